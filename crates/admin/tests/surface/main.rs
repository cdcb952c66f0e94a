//! The console and the API as a browser and a program meet them: requests in, answers out, on a
//! database of its own a test.

mod api;
mod asking;
mod asking_whom;
mod authenticator;
mod calls;
mod codes;
mod day;
mod desk;
mod door;
mod elsewhere;
mod erasing;
mod finding;
mod hearing;
mod house;
mod known;
mod lists;
mod live;
mod morning;
mod pages;
mod papers;
mod passkeys;
mod people_by_api;
mod reading;
mod rooms;
mod roster;
mod roster_member;
mod settings;
mod sign_in;
mod site;
mod webhooks;
