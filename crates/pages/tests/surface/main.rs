//! The public pages as a phone meets them: requests in, answers out, on a chapter whose offers carry
//! links.

mod house;
mod names;
mod offer;
