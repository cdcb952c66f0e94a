//! An offer tells what decides, in one segment, and nothing that tells who the family is.

use carriers::segments;
use model::referral::Facts;

use super::samples::{Chapter, code, longest, place, usual, words};
use crate::texts::ToMember;

fn offer(facts: &Facts, coarse: bool, link: Option<&str>) -> String {
    let (urgent, again) = (false, false);
    let offer = ToMember::Offer { code: code("K7Q"), facts, coarse, urgent, again, link };
    Chapter::new().member(&offer)
}

#[test]
fn a_coarse_offer_tells_neither_zip_nor_age() {
    assert_eq!(
        offer(&usual(), true, None),
        "K7Q: Park Slope, Brooklyn. Baby under 2 weeks. Latch + nipple pain. Home. Aetna. Reply \
         K7Q to claim, NO to pass."
    );
    let bands = [
        ("13 days", "under 2 weeks"),
        ("2 weeks", "2 to 6 weeks"),
        ("6 weeks", "6 weeks to 3 months"),
        ("3 months", "3 to 6 months"),
        ("6 months", "6 to 12 months"),
        ("2 years", "over 1 year"),
    ];
    for (age, band) in bands {
        let text = offer(&Facts { baby: age.to_owned(), ..usual() }, true, None);
        assert!(text.contains(&format!("Baby {band}.")), "{age}: {text}");
    }
    let prenatal = Facts { baby: "due mid-Jan".to_owned(), prenatal: true, ..usual() };
    assert!(offer(&prenatal, false, None).contains("PRENATAL, due mid-Jan."));
    assert!(!offer(&prenatal, true, None).contains("Jan"));
    let zip_alone = Facts { place: place("", "11215", ""), ..usual() };
    assert!(offer(&zip_alone, true, None).contains("Place not given."));
}

#[test]
fn how_a_parent_feels_is_told_to_nobody() {
    let facts = Facts { concerns: words(&["low_supply", "postpartum_mood"]), ..usual() };
    let chapter = Chapter::new();
    let answer = ToMember::Answer { code: code("K7Q"), facts: &facts, coarse: false };
    let acknowledged = chapter.family("en", &super::samples::ack(&facts));
    for text in [offer(&facts, false, None), chapter.member(&answer), acknowledged] {
        assert!(!text.contains("mood") && !text.contains("Mood"), "{text}");
        assert!(text.to_lowercase().contains("low supply"), "{text}");
    }
}

#[test]
fn after_a_loss_no_baby_is_spoken_of() {
    let facts = Facts {
        concerns: words(&["loss_lactation"]),
        baby: String::new(),
        insurance: None,
        visit_types: Vec::new(),
        ..usual()
    };
    assert_eq!(
        offer(&facts, false, None),
        "K7Q: Park Slope 11215. Milk after a loss. Reply K7Q to claim, NO to pass."
    );
}

#[test]
fn the_link_stands_where_it_fits_and_gives_way_where_it_does_not() {
    let link = Some("https://refer.example.org/c/Zk3bQ0x9Lm2R");
    let short = offer(&usual(), false, link);
    assert!(short.ends_with("or tap https://refer.example.org/c/Zk3bQ0x9Lm2R"), "{short}");
    for text in [short, offer(&longest(), false, link), offer(&longest(), true, None)] {
        assert_eq!(segments::count(&text).segments, 1, "{text}");
        assert!(text.contains("Reply K7Q to claim, NO to pass"), "{text}");
    }
}

#[test]
fn letters_beyond_the_cheap_alphabet_are_folded() {
    let facts = Facts {
        place: place("Pe\u{f1}a \u{2013} \u{c1}vila", "11215", ""),
        time_wish: Some("ma\u{f1}ana \u{201c}ma\u{301}s\u{201d} tarde".to_owned()),
        ..usual()
    };
    let text = offer(&facts, false, None);
    assert!(segments::is_gsm7(&text), "{text}");
    assert!(text.contains("Pe\u{f1}a - Avila 11215") && text.contains("mas"), "{text}");
}

#[test]
fn what_is_left_out_of_a_long_list_is_counted() {
    let codes =
        ["biting", "latch_difficulty", "low_supply", "nipple_pain", "pumping", "tongue_tie"];
    let facts = Facts {
        concerns: words(&codes),
        time_wish: Some("weekday mornings or after 6 pm".to_owned()),
        ..usual()
    };
    let text = offer(&facts, false, None);
    assert!(text.contains("Latch, nipple pain, low supply"), "{text}");
    let told = text.matches(", ").count();
    assert!(text.contains('+') || told >= 5, "{text}");
}
