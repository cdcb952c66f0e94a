//! What no text of any story may be: loud, long, or one that shows what members must not see.

use carriers::segments::{count, is_gsm7};

/// Words that no English text holds.
const UNSAID: [&str; 16] = [
    "mom",
    "moms",
    "mama",
    "she",
    "she's",
    "hers",
    "ladies",
    "congrats",
    "congratulations",
    "perfect",
    "guarantee",
    "promise",
    "survey",
    "worry",
    "police",
    "unfortunately",
];

/// Words that carriers take for an opt-out.
const CARRIER_WORDS: [&str; 5] = ["CANCEL", "END", "QUIT", "REMOVE", "UNSUBSCRIBE"];

/// Typographic marks that cost the cheap encoding, and loud ones.
const MARKS: [char; 9] = [
    '!', '\u{a1}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2013}', '\u{2014}',
    '\u{2026}',
];

/// The most segments a text may take that is no hand-off: those carry up to three cards. Languages
/// that need the wide encoding have twice as many, as each holds half as much.
const SEGMENTS: u32 = 3;
const SEGMENTS_WITH_CARDS: u32 = 5;

/// What is wrong with a text; empty where nothing is.
#[must_use]
pub fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(mark) =
        text.chars().find(|c| MARKS.contains(c) || (0x1F000..=0x1FAFF).contains(&(*c as u32)))
    {
        faults.push(format!("holds {mark:?}"));
    }
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    for word in words() {
        if CARRIER_WORDS.contains(&word) {
            faults.push(format!("teaches {word}"));
        }
        if UNSAID.contains(&word.to_lowercase().as_str()) {
            faults.push(format!("says {word:?}"));
        }
    }
    // Hand-offs are numbered, in whatever language.
    let (size, cards) = (count(text), text.contains("\n1) "));
    let wide = if is_gsm7(text) { 1 } else { 2 };
    let most = wide * if cards { SEGMENTS_WITH_CARDS } else { SEGMENTS };
    if size.segments > most {
        faults.push(format!("takes {} segments", size.segments));
    }
    if is_offer(text) && (!is_gsm7(text) || size.segments != 1) {
        faults.push("is an offer of more than one plain segment".to_owned());
    }
    if text.contains('{') || text.contains("  ") || text.trim() != text {
        faults.push("is not put together well".to_owned());
    }
    faults
}

/// Whether a text is a member's copy of a broadcast.
#[must_use]
pub fn is_offer(text: &str) -> bool {
    text.contains("to claim, NO to pass") && text.get(3..4).is_some_and(|c| c == ":" || c == " ")
}

#[cfg(test)]
mod tests {
    use super::{faults, is_offer};

    #[test]
    fn a_loud_text_and_a_long_offer_are_found() {
        assert_eq!(faults("K7Q: place 1 of 3. Can't do it? Reply DROP K7Q."), Vec::<String>::new());
        assert_eq!(faults("Great!").len(), 1);
        assert_eq!(faults("Reply CANCEL").len(), 1);
        let long = format!("K7Q: {}Reply K7Q to claim, NO to pass.", "latch, ".repeat(30));
        assert!(is_offer(&long) && faults(&long).len() == 1, "{:?}", faults(&long));
    }
}
