//! Takes out of a text what no stranger may read: names, numbers, addresses, dates of birth.
//!
//! Used on whatever a member's words carry to a family, and as a second lock on whatever a member
//! is shown. It errs to the side of cutting: a caveat that loses a word is mended by a phone call,
//! a leaked name by nothing. It never makes a text "de-identified" in the sense of the law.

use std::ops::Range;

use crate::normalise::Normalised;

pub(crate) mod names;
mod numbers;
mod streets;

/// What kind of private thing was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutKind {
    /// A person's name.
    Name,
    /// A phone number, or any long run of digits.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address or a handle.
    Link,
    /// A street, a corner, a house number.
    Address,
    /// An apartment, room, bed or floor.
    Room,
    /// A full date, such as a date of birth.
    BirthDate,
    /// A medical record, account or insurance number.
    Record,
}

/// One thing that was cut.
#[derive(Clone, PartialEq, Eq)]
pub struct Cut {
    /// What it is.
    pub kind: CutKind,
    /// The words that were cut. Sealed wherever they are kept; never logged.
    pub words: String,
}

impl std::fmt::Debug for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cut").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A text without what is private in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// What is left, with single spaces and no stray punctuation. Text beyond
    /// [`crate::normalise::MAX_CHARS`] is gone as well.
    pub text: String,
    /// What was cut, in the order of the text.
    pub cut: Vec<Cut>,
}

/// Cuts every name, number, address and date of birth out of a text.
///
/// The street of an office stays where the writer says that it is her office: "my office on W 72nd".
#[must_use]
pub fn redact(text: &str) -> Redacted {
    let mut out = String::with_capacity(text.len());
    let mut cut = Vec::new();
    let mut done = 0;
    let read = Normalised::plain(text).original();
    for (span, kind) in spans(text) {
        cut.push(Cut { kind, words: read[span.clone()].to_owned() });
        let kept = without_lead_in(&read[done..span.start]);
        out.push_str(kept);
        // A word on either side must not grow together.
        out.push(' ');
        done = span.end;
    }
    out.push_str(&read[done..]);
    Redacted { text: if cut.is_empty() { out } else { tidy(&out) }, cut }
}

/// Whether a text holds anything that [`redact`] would cut; a nurse's or a doula's text may.
#[must_use]
pub fn holds_private(text: &str) -> bool {
    !spans(text).is_empty()
}

/// What is private in a text, in bytes of it, in order and apart from each other.
pub(crate) fn spans(text: &str) -> Vec<(Range<usize>, CutKind)> {
    spans_of(&Normalised::plain(text))
}

/// The same of a text that is normalised already.
pub(crate) fn spans_of(text: &Normalised) -> Vec<(Range<usize>, CutKind)> {
    let mut words = numbers::find(text);
    words.extend(streets::find(text));
    words.extend(names::find(text));
    let source = |(words, kind): (Range<usize>, CutKind)| {
        let words = text.words().get(words)?;
        Some((words.first()?.source.start..words.last()?.source.end, kind))
    };
    // Merged in the text as it was written: one character of it may have become several words.
    let mut found = words.into_iter().filter_map(source).collect::<Vec<_>>();
    found.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut merged = Vec::<(Range<usize>, CutKind)>::new();
    for (span, kind) in found {
        match merged.last_mut() {
            Some((last, _)) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push((span, kind)),
        }
    }
    merged
}

/// Words that lead to what was cut and mean nothing without it.
const LEAD_INS: [&str; 50] = [
    "call me at",
    "text me at",
    "call or text me at",
    "call or text",
    "call me on",
    "call at",
    "text at",
    "reach me at",
    "my # is",
    "my # :",
    "my num is",
    "my no is",
    "my number is",
    "my cell is",
    "my phone is",
    "my email is",
    "email me at",
    "email is",
    "cell is",
    "number is",
    "tell her to ask for",
    "tell them to ask for",
    "ask for",
    "my name is",
    "name is",
    "the name is",
    "this is",
    "it's",
    "its",
    "i'm",
    "i am",
    "signed",
    "named",
    "at",
    "on",
    "near",
    "by",
    "located at",
    "apt",
    "email",
    "phone",
    "cell",
    "tel",
    "call",
    "text",
    "dob",
    "mrn",
    "book at",
    "see",
    "-",
];

fn without_lead_in(text: &str) -> &str {
    let mut text = text.trim_end();
    let lower = text.to_lowercase();
    // Lower case may be longer in bytes; then nothing is taken.
    if lower.len() == text.len() {
        let found = LEAD_INS.iter().filter(|lead| {
            lower.strip_suffix(*lead).is_some_and(|rest| {
                text.is_char_boundary(rest.len()) && !rest.ends_with(char::is_alphanumeric)
            })
        });
        if let Some(lead) = found.max_by_key(|lead| lead.len()) {
            text = &text[..text.len() - lead.len()];
        }
    }
    text.trim_end_matches([':', '#', '@', '(', '"', '<', '-'])
}

/// One space between words, no punctuation that has lost its words.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let mark = word.chars().all(|c| ",.;:!?-()/&\"'".contains(c));
        if mark {
            let ends =
                out.is_empty() || out.ends_with([',', '.', ';', ':', '!', '?', '-', '/', '&']);
            if !ends && !word.starts_with(['(', ')', '"', '\'']) {
                if !word.starts_with(['-', '/', '&']) {
                    out.truncate(out.trim_end().len());
                } else {
                    out.push(' ');
                }
                out.push_str(word.get(..1).unwrap_or(word));
            }
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.trim_start_matches([',', ';', ')']));
    }
    out.trim_matches(|c: char| c.is_whitespace() || ",;:-/&".contains(c)).to_owned()
}
