//! reading

pub mod keywords;
pub mod member;
pub mod normalise;
pub mod redact;
