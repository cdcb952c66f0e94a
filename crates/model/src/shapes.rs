//! How texts that people and programs send are described, and so bounded: nothing without an end,
//! nothing with characters that a database or a page cannot hold. These types are never made.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// One line that says something, of at most so many letters.
#[derive(Debug)]
pub struct Line<const MOST: u32>;

/// Any words, on several lines or none, of at most so many letters.
#[derive(Debug)]
pub struct Words<const MOST: u32>;

/// A name for addresses and files: letters, digits, hyphens and underscores.
#[derive(Debug)]
pub struct Slug;

/// An e-mail address, as far as its form tells.
#[derive(Debug)]
pub struct Email;

/// What a closed set of words is called in a document: two rooms may each have one of the same name.
#[must_use]
pub fn word_name(module: &str, name: &str) -> String {
    let room = module.split("::").next().unwrap_or_default();
    let (first, rest) = room.split_at(usize::from(!room.is_empty()));
    let room =
        if room == env!("CARGO_CRATE_NAME") { String::new() } else { first.to_uppercase() + rest };
    room + name
}

macro_rules! inline {
    ($name:literal) => {
        fn schema_name() -> Cow<'static, str> {
            $name.into()
        }

        fn inline_schema() -> bool {
            true
        }
    };
}

impl<const MOST: u32> JsonSchema for Line<MOST> {
    inline!("Line");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "minLength": 1, "maxLength": MOST,
            "pattern": r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
        })
    }
}

impl<const MOST: u32> JsonSchema for Words<MOST> {
    inline!("Words");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "maxLength": MOST,
            "pattern": r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
        })
    }
}

impl JsonSchema for Slug {
    inline!("Slug");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$"})
    }
}

impl JsonSchema for Email {
    inline!("Email");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "minLength": 3, "maxLength": 254, "pattern": "^[!-?A-~]+@[!-?A-~]+$",
        })
    }
}
