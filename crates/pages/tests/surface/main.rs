//! The public pages as a phone meets them: requests in, answers out, on a chapter whose offers carry
//! links.

mod hospital_list;
mod house;
mod join;
mod member;
mod names;
mod offer;
mod own_pages;
mod portraits;
mod telling;
