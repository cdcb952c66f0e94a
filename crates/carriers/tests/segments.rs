//! Segments against vectors made with the carrier's own calculator, and what folding promises.

use carriers::segments::{Encoding, count, fold, is_gsm7, to_gsm7};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    text: String,
    encoding: String,
    segments: u32,
    message_bits: u32,
    smart_encoding: Smart,
}

#[derive(Deserialize)]
struct Smart {
    encoding: String,
    segments: u32,
}

fn vectors() -> Vec<Vector> {
    let file: Vectors =
        serde_json::from_str(include_str!("data/gsm_segments.json")).expect("the vectors");
    assert_eq!(file.vectors.len(), 56);
    file.vectors
}

fn name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    }
}

fn bits(encoding: Encoding) -> u32 {
    if encoding == Encoding::Gsm7 { 7 } else { 16 }
}

#[test]
fn a_text_counts_as_the_carriers_own_calculator_counts_it() {
    for vector in vectors() {
        let counted = count(&vector.text);
        assert_eq!(name(counted.encoding), vector.encoding, "{}", vector.name);
        assert_eq!(counted.segments, vector.segments, "{}", vector.name);
        assert_eq!(counted.units * bits(counted.encoding), vector.message_bits, "{}", vector.name);
    }
}

#[test]
fn a_folded_text_takes_no_more_than_the_carriers_smart_encoding_makes_of_it() {
    for vector in vectors() {
        let counted = count(&fold(&vector.text));
        if vector.smart_encoding.encoding == "GSM-7" {
            assert_eq!(counted.encoding, Encoding::Gsm7, "{}", vector.name);
        }
        assert!(counted.segments <= vector.smart_encoding.segments, "{}", vector.name);
    }
}

#[test]
fn ornaments_are_written_plainly() {
    for (ornate, plain) in [
        ("Baby won’t “latch”", "Baby won't \"latch\""),
        ("Brooklyn — 5–10 days…", "Brooklyn - 5-10 days..."),
        ("2½ weeks, ½ oz", "2 1/2 weeks, 1/2 oz"),
        ("a\u{A0}b\u{202F}c\td", "a b c d"),
        ("\u{2068}Ana\u{2069}\u{200B}, K7\u{AD}Q", "Ana, K7Q"),
        ("＋１（７１８）５５５", "+1(718)555"),
        ("• one\u{2028}‣ two", "- one\n- two"),
        ("la\u{200D}tch", "latch"),
    ] {
        assert_eq!(fold(ornate), plain);
    }
}

#[test]
fn letters_stay_whatever_they_cost() {
    for text in [
        "lactación",
        "más, ¿aquí?",
        "Fè tete ti bebe",
        "Боль",
        "你好，请问。",
        "הילף",
        "👩\u{200D}👶",
        "ক\u{200D}ষ",
    ] {
        assert_eq!(fold(text), text);
    }
    // The same letter however it was typed.
    assert_eq!(fold("lactacio\u{301}n"), "lactación");
}

#[test]
fn a_text_for_one_segment_loses_only_the_accents_it_cannot_afford() {
    for (written, plain) in [
        ("más de 3 días: lactación", "mas de 3 dias: lactacion"),
        ("mañana, bébé, où, Österreich", "mañana, bébé, où, Österreich"),
        ("ça, tête, Łódź, cœur, São", "ca, tete, Lodz, coeur, Sao"),
        ("Ana’s “home” visit", "Ana's \"home\" visit"),
    ] {
        assert_eq!(to_gsm7(written), plain);
        assert!(is_gsm7(&to_gsm7(written)));
    }
    // What has no likeness is not hidden behind a question mark.
    assert_eq!(to_gsm7("Боль"), "Боль");
}

proptest! {
    #[test]
    fn parts_are_never_fewer_than_the_units_need_nor_half_empty(text in "\\PC{0,700}") {
        let counted = count(&text);
        let (alone, part) = if counted.encoding == Encoding::Gsm7 { (160, 153) } else { (70, 67) };
        if counted.units <= alone {
            prop_assert_eq!(counted.segments, 1);
        } else {
            prop_assert!(counted.segments >= counted.units.div_ceil(part));
            // A part is left with at most one unit unused: the other half of a pair.
            prop_assert!(counted.segments <= counted.units.div_ceil(part - 1));
        }
    }

    #[test]
    fn folding_never_fails_and_is_done_once(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        let written = to_gsm7(&text);
        prop_assert_eq!(&to_gsm7(&written), &written);
    }

    #[test]
    fn a_plain_text_is_left_alone(text in "[ -_a-~\n¡£¿ÄÉÑÖÜàäèéìñòöùü]{0,200}") {
        prop_assert_eq!(&fold(&text), &text);
        prop_assert_eq!(&to_gsm7(&text), &text);
    }
}
