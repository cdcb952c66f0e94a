//! How many segments a text takes, and how to write it so that it takes fewer.
//!
//! A text whose every character is in the GSM 7-bit alphabet holds 160 of them (153 in each part
//! of a longer one); a single other character turns the whole text into UCS-2 with 70 (67). So one
//! long dash triples the cost of a broadcast, and the last member hears of it three times as late:
//! texts are folded before they are counted, and what was counted is what is sent.

mod fold;
mod gsm7;

pub use fold::{fold, to_gsm7};

/// How a text is written on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit alphabet with its extension table.
    Gsm7,
    /// 16-bit units, for everything else.
    Ucs2,
}

impl Encoding {
    /// How many units one part holds: of a text that is alone, or of one in several parts.
    fn room(self, alone: bool) -> u32 {
        match (self, alone) {
            (Self::Gsm7, true) => 160,
            (Self::Gsm7, false) => 153,
            (Self::Ucs2, true) => 70,
            (Self::Ucs2, false) => 67,
        }
    }
}

/// What a text takes on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// How it is written.
    pub encoding: Encoding,
    /// Its length: septets in GSM 7-bit, 16-bit units in UCS-2.
    pub units: u32,
    /// In how many parts it travels and is charged; an empty text is one.
    pub segments: u32,
}

/// Counts what `text` takes exactly as it stands.
///
/// A character of two units (an extended GSM one, or one beyond the first plane) is never split
/// between parts, so dividing the length by the room of a part is not enough.
#[must_use]
pub fn count(text: &str) -> Segments {
    let encoding = if text.chars().all(gsm7::holds) { Encoding::Gsm7 } else { Encoding::Ucs2 };
    let width = |c: char| match encoding {
        Encoding::Gsm7 if gsm7::is_extended(c) => 2,
        Encoding::Gsm7 => 1,
        Encoding::Ucs2 if (c as u32) > 0xFFFF => 2,
        Encoding::Ucs2 => 1,
    };
    let units = text.chars().map(width).fold(0, u32::saturating_add);
    if units <= encoding.room(true) {
        return Segments { encoding, units, segments: 1 };
    }
    let (mut segments, mut used) = (1, 0);
    for wide in text.chars().map(width) {
        if used + wide > encoding.room(false) {
            segments += 1;
            used = 0;
        }
        used += wide;
    }
    Segments { encoding, units, segments }
}

/// Whether every character of `text` is in the GSM 7-bit alphabet.
#[must_use]
pub fn is_gsm7(text: &str) -> bool {
    text.chars().all(gsm7::holds)
}
