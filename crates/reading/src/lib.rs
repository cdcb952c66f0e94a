//! reading

pub mod normalise;
