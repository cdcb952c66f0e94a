//! testkit

pub mod misbehaving;
