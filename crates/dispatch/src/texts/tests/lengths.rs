//! No text is longer or dearer than it may be, with the longest words there are.

use carriers::segments::{self, Encoding};

use super::every_text::{FamilyText, every_admin_text, every_member_text, family_texts};
use crate::texts::{Care, bundles};

/// How many segments a text to a family may take: two of GSM 7-bit or four of UCS-2, half as many
/// again for each care line, and names without limit.
fn most(name: &str, care: Care, encoding: Encoding) -> u32 {
    let first = care.now || care.poison;
    let today = care.today && !first;
    let lines =
        [first, today && care.parent, today && (!care.parent || care.baby_too), care.support];
    let lines = lines.iter().filter(|line| **line).count() + usize::from(name == "ack of a proxy");
    let lines = u32::try_from(lines).expect("few lines");
    match encoding {
        _ if name.starts_with("names") || name.starts_with("top up") || name == "spoken" => 9,
        Encoding::Gsm7 => 2 + lines,
        Encoding::Ucs2 => 4 + 2 * lines,
    }
}

#[test]
fn texts_to_families_keep_to_their_segments_in_every_language() {
    let mut long = Vec::new();
    for (lang, _) in bundles::LANGUAGES {
        for FamilyText { name, care, text } in family_texts(lang) {
            let counted = segments::count(text);
            let most = most(name, *care, counted.encoding);
            if counted.segments > most {
                long.push(format!("{lang}: {name}, {counted:?} of {most}: {text}"));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn english_and_creole_are_gsm_seven_bit() {
    for lang in ["en", "ht"] {
        for FamilyText { name, text, .. } in family_texts(lang) {
            assert!(segments::is_gsm7(text), "{lang}: {name}: {text}");
        }
    }
    let cheap = |name: &str, text: String| assert!(segments::is_gsm7(&text), "{name}: {text}");
    every_member_text(cheap);
    every_admin_text(cheap);
}

#[test]
fn a_member_gets_one_segment() {
    every_member_text(|name, text| {
        let most = if name == "answer" { 9 } else { 1 };
        let counted = segments::count(&text);
        assert!(counted.segments <= most, "{name}, {counted:?}: {text}");
    });
    every_admin_text(|name, text| {
        let by_mail = name.contains("e-mail") || ["sign-in", "invited"].contains(&name);
        let most = if by_mail { 9 } else { 1 };
        let counted = segments::count(&text);
        assert!(counted.segments <= most, "{name}, {counted:?}: {text}");
    });
}
