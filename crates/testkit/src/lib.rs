//! What tests of every room stand on: a clock in the test's hand, databases of its own, a carrier
//! that misbehaves.

pub mod clock;
pub mod databases;
pub mod misbehaving;
