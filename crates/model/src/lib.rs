//! What we talk about: ids, time, phones, codes, words, settings and readings.
//!
//! No I/O and no async: every other room of the house may know this one, and it knows none.
//! The words are the glossary's (`docs/ARCHITECTURE.md`); a thing that has no word there gets one
//! there before it gets a type here.

mod chance;
mod code;
mod hex;
mod ids;
mod phone;
mod private;
pub mod reading;
pub mod referral;
pub mod settings;
pub mod shapes;
mod time;
mod words;

pub use chance::Chance;
pub use code::{Code, CodeError};
pub use hex::hex;
pub use ids::*;
pub use phone::{Phone, PhoneError};
pub use private::{EmailAddress, MessageText, PersonName};
/// What describes our types to those who speak with us: the words of [`word!`] need it everywhere.
pub use schemars;
pub use time::{Clock, TimeZone, Timestamp, day_hours, minutes, seconds};
pub use words::*;
