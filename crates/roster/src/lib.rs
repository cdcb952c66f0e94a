//! The roster: members as the chapter's people bring them in and take them out.

mod export;
mod import;
mod languages;

pub use export::export;
pub use import::{Bad, Change, Imported, Row, import, parse};
