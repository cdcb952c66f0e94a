//! What tests of every room stand on: a clock in the test's hand, databases of its own, a carrier
//! that misbehaves, and a whole chapter in memory in which stories are told.

pub mod chapter;
pub mod clock;
pub mod databases;
pub mod manners;
pub mod misbehaving;
pub mod network;
pub mod push;
mod troubles;

pub use chapter::Chapter;
