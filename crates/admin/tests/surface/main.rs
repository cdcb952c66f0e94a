//! The console and the API as a browser and a program meet them: requests in, answers out, on a
//! database of its own a test.

mod api;
mod asking;
mod codes;
mod desk;
mod door;
mod erasing;
mod hearing;
mod house;
mod lists;
mod live;
mod pages;
mod papers;
mod reading;
mod rooms;
mod roster;
mod sign_in;
mod site;
mod webhooks;
