//! What is private never survives: in the given cases, in what members write, and in ten thousand
//! generated texts.

use reading::redact::{CutKind, holds_private, redact};
use serde_json::Value;

fn lines(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).expect("the cases");
    file.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

/// What each family case holds that nobody else may read.
const PRIVATE: [(&str, &[&str]); 8] = [
    ("F02", &["Jess"]),
    ("F11", &["Dave", "917", "0142", "86th", "2nd", "11/3"]),
    ("F20", &["Marco"]),
    ("F21", &["wa1mart", "xyz"]),
    ("F25", &["Keisha"]),
    ("F26", &["Maria", "Sarah", "Levy", "3/4/93", "512"]),
    ("F35", &["Dana"]),
    ("F41", &["Rivky", "718", "0199"]),
];

#[test]
fn no_name_and_no_number_of_the_family_cases_survives() {
    let cases = lines("family_messages.jsonl");
    for (id, words) in PRIVATE {
        let case = cases.iter().find(|case| case["id"] == id).expect("the case");
        for text in case["texts"].as_array().expect("texts") {
            let left = redact(text.as_str().expect("a text")).text;
            for word in words {
                assert!(!left.contains(word), "{id}: {word} in {left}");
            }
        }
        let whole = case["texts"].to_string();
        assert!(words.iter().all(|word| whole.contains(word)), "{id} holds what it is tested for");
        assert!(holds_private(&whole), "{id}");
    }
}

/// The held-back sets of families' messages: the first has no number.
const HELD_BACK: std::ops::RangeInclusive<u32> = 2..=12;

#[test]
fn whatever_stands_around_it_a_name_a_number_and_an_address_are_cut() {
    let first = lines("family_heldout.jsonl");
    let others = HELD_BACK.flat_map(|number| lines(&format!("family_heldout_{number}.jsonl")));
    let mut messages = 0;
    for case in first.into_iter().chain(others) {
        for text in case["texts"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            messages += 1;
            let private = "My name is Zelda Quimby, call 718-555-0142, 412 Maple Street apt 5B";
            // Behind it and before it by turns.
            let whole = if messages % 2 == 0 {
                format!("{text}\n{private}")
            } else {
                format!("{private}\n{text}")
            };
            let left = redact(&whole).text;
            for word in ["Zelda", "Quimby", "555", "0142", "412", "5B"] {
                let added = !text.contains(word);
                assert!(!added || !left.contains(word), "{}: {word} in {left}", case["id"]);
            }
            // What is cut once stays cut, and no more goes.
            assert_eq!(redact(&left).text, left, "{}", case["id"]);
        }
    }
    assert!(messages >= 2_000, "{messages} messages");
}

#[test]
fn what_a_broadcast_must_not_say_is_cut_wherever_it_is_a_name_or_number() {
    for case in lines("family_messages.jsonl") {
        let texts = case["texts"].as_array().expect("texts");
        let forbidden = case["expected"]["broadcast"]["must_not_include"].as_array();
        for word in forbidden.into_iter().flatten().filter_map(Value::as_str) {
            // Words of the family's trouble ("starving") are no names; a broadcast never quotes.
            let private = word.starts_with(char::is_uppercase)
                || word.contains('/')
                || word.len() > 2 && word.chars().all(|c| c.is_ascii_digit());
            if !private || matches!(word, "2015" | "102" | "Maimonides") {
                continue;
            }
            for text in texts.iter().filter_map(Value::as_str) {
                let left = redact(text).text;
                assert!(!left.contains(word), "{}: {word} in {left}", case["id"]);
            }
        }
    }
}

#[test]
fn a_text_with_nothing_private_stays_as_it_is() {
    for text in [
        "after 5 pm, video only",
        "Sunday; office visit W 72nd St",
        "Sunday in my office on W 72nd, I'm OON but give superbills",
        "Mon-Wed mornings, Park Slope or Gowanus",
        "$250 for 90 minutes, superbill provided",
        "I can come 9-11am or 2-4pm",
        "I take Aetna, Cigna and UHC",
        "Available Nov 25 at noon",
        "hablo español, solo por la tarde",
        "говорю по-русски, после 18:00",
        "not before Monday, 11215 and 11217 only",
        "evenings only, two flights of stairs are fine",
        "I'll be near Mount Sinai on Thursday",
        "home visits in Crown Heights and St George",
        "",
    ] {
        let read = redact(text);
        assert_eq!(read.text, text);
        assert!(read.cut.is_empty(), "{text}");
        assert!(!holds_private(text), "{text}");
    }
}

#[test]
fn each_kind_is_known_and_its_words_never_show_in_debug_output() {
    for (text, kind) in [
        ("call 917-555-0188", CutKind::Phone),
        ("(718) 555 0111", CutKind::Phone),
        ("nine one seven five five five zero one eight eight", CutKind::Phone),
        ("৯১৭৫৫৫০১৮৮", CutKind::Phone),
        ("mail dana.o@example.org", CutKind::Email),
        ("jane at gmail dot com", CutKind::Email),
        ("https://example.org/book?x=1", CutKind::Link),
        ("danaibclc.as.me", CutKind::Link),
        ("@dana_ibclc", CutKind::Link),
        ("1423 Ave J", CutKind::Address),
        ("we live at 86th and 2nd", CutKind::Address),
        ("34-12 Steinway St", CutKind::Address),
        ("on Ocean Parkway", CutKind::Address),
        ("apt 3B", CutKind::Room),
        ("she is in room 512", CutKind::Room),
        ("bed 2", CutKind::Room),
        ("DOB 3/4/93", CutKind::BirthDate),
        ("March 4, 1993", CutKind::BirthDate),
        ("MRN 00412", CutKind::Record),
        ("member id W23456", CutKind::Record),
        ("ask for rivky", CutKind::Name),
        ("my daughter Emma", CutKind::Name),
        ("Dr. Siegel", CutKind::Name),
        ("evenings, thanks, Yenty", CutKind::Name),
        ("меня зовут Ольга", CutKind::Name),
        ("我叫王小明", CutKind::Name),
    ] {
        let cut = redact(text).cut;
        assert_eq!(cut.iter().map(|cut| cut.kind).collect::<Vec<_>>(), [kind], "{text}");
        assert!(!cut[0].words.is_empty());
        assert!(!format!("{cut:?}").contains(cut[0].words.as_str()), "{text}");
    }
}

/// Numbers that come out the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }

    fn figures(&mut self, count: usize) -> String {
        (0..count)
            .map(|place| {
                char::from(
                    b'0' + u8::try_from(
                        self.roll(if place == 0 { 8 } else { 10 }) + usize::from(place == 0),
                    )
                    .unwrap_or(1),
                )
            })
            .collect()
    }
}

/// A private thing as people write it, and the parts of it that must not survive.
fn private(dice: &mut Dice) -> (String, Vec<String>) {
    let area = ["212", "646", "718", "917", "347", "929"][dice.roll(6)];
    let (middle, last) = (dice.figures(3), dice.figures(4));
    let word = |dice: &mut Dice| {
        dice.of(&["dana", "rivka", "milk", "mama", "latch", "nyc", "jane", "doe"]).to_owned()
    };
    match dice.roll(9) {
        0 => {
            let text = match dice.roll(9) {
                0 => format!("{area}-{middle}-{last}"),
                1 => format!("({area}) {middle}-{last}"),
                2 => format!("{area}.{middle}.{last}"),
                3 => format!("{area}{middle}{last}"),
                4 => format!("+1 {area} {middle} {last}"),
                5 => format!("1-{area}-{middle}-{last}"),
                6 => format!("{area} {middle}{last}"),
                7 => format!("{area}/{middle}-{last}"),
                _ => format!("+1{area}{middle}{last}"),
            };
            (text, vec![middle, last])
        }
        1 => {
            let (name, host) = (word(dice) + &dice.figures(3), word(dice) + "mail");
            let ending = dice.of(&["com", "org", "net", "co.uk", "edu"]);
            (format!("{name}@{host}.{ending}"), vec![name, host])
        }
        2 => {
            let host = word(dice) + &word(dice) + "site";
            let path = dice.figures(5);
            let scheme = dice.of(&["https://", "http://www.", "www.", ""]);
            (format!("{scheme}{host}.com/{path}"), vec![host, path])
        }
        3 => {
            let house = dice.figures(3);
            let street = dice.of(&["Ocean", "Prospect", "Henry", "Clinton", "Grand", "Bergen"]);
            let kind = dice.of(&["Ave", "Avenue", "St", "Street", "Pl", "Road", "Blvd", "Pkwy"]);
            (format!("{house} {street} {kind}"), vec![house, format!("{street} {kind}")])
        }
        4 => {
            let (house, number) = (dice.figures(3), 4 + dice.roll(80));
            let side = dice.of(&["E", "W", "East", "West"]);
            let end = match number % 10 {
                1 if number != 11 => "st",
                2 if number != 12 => "nd",
                3 if number != 13 => "rd",
                _ => "th",
            };
            (format!("{house} {side} {number}{end} St"), vec![house, format!("{number}{end}")])
        }
        5 => {
            let number = dice.figures(3) + dice.of(&["", "A", "B", "F"]);
            let kind = dice.of(&["apt", "Apt.", "apartment", "room", "rm", "unit", "Apt #"]);
            (format!("{kind} {number}"), vec![number])
        }
        6 => {
            let (month, day, year) = (1 + dice.roll(12), 1 + dice.roll(28), 1970 + dice.roll(56));
            let text = match dice.roll(4) {
                0 => format!("DOB {month}/{day}/{:02}", year % 100),
                1 => format!("{month}/{day}/{year}"),
                2 => format!("born {year}-{month:02}-{day:02}"),
                _ => format!("dob: {month}-{day}-{year}"),
            };
            (text, vec![format!("{year}"), format!("{month}/{day}")])
        }
        7 => {
            let number = dice.figures(6);
            let kind = dice.of(&["MRN", "mrn #", "MRN:", "acct", "member id"]);
            (format!("{kind} {number}"), vec![number])
        }
        _ => {
            let name = dice.of(&[
                "Rivky",
                "Keisha",
                "Yocheved",
                "Svetlana",
                "Guadalupe",
                "Fatoumata",
                "Siobhan",
                "Jayden",
            ]);
            let before = dice.of(&["ask for", "my daughter", "this is", "pt", "Dr.", "tell"]);
            (format!("{before} {name}"), vec![name.to_owned()])
        }
    }
}

#[test]
fn whatever_private_thing_is_put_into_a_text_disappears() {
    let around = [
        "after five, video only",
        "evenings are best",
        "she can come to me",
        "I take Aetna",
        "weekends only please",
        "puedo por la tarde",
        "могу вечером",
        "我可以",
        "baby is great with cats",
        "home visit in Park Slope",
        "superbill provided",
        "so happy to help",
        "pls",
        "ok",
    ];
    let mut dice = Dice(20_261_121);
    for _ in 0..10_000 {
        let (text, parts) = private(&mut dice);
        let (before, after) = (dice.of(&around), dice.of(&around));
        let join = dice.of(&[" ", ", ", ". ", " - ", "\n", "; "]);
        let whole = match dice.roll(4) {
            0 => text.clone(),
            1 => format!("{before}{join}{text}"),
            2 => format!("{text}{join}{after}"),
            _ => format!("{before}{join}{text}{join}{after}"),
        };
        let read = redact(&whole);
        for part in parts {
            assert!(
                !read.text.contains(part.as_str()),
                "{part:?} survives: {whole:?} became {:?}",
                read.text
            );
        }
        assert!(holds_private(&whole), "{whole:?}");
        // What is left holds nothing more to cut, and cutting again changes nothing.
        let again = redact(&read.text);
        assert_eq!(again.text, read.text, "of {whole:?}");
    }
}

#[test]
fn any_text_at_all_is_taken() {
    let pieces = [
        "@",
        ".",
        "a@b",
        "...",
        "((((",
        "917",
        "-",
        "+",
        "/",
        "1/1/",
        "dob",
        "Dr",
        "Dr.",
        "#",
        "apt",
        "at gmail",
        "corner of",
        "St",
        "86th",
        "and",
        "\u{301}",
        "\u{200D}",
        "👍🏾",
        "我叫",
        "меня зовут",
        "\n",
        "  ",
        "my name is",
        "-",
        "Thanks,",
        "I",
        "İ",
        "ß",
        "٣",
        "www.",
        "http:",
        "://",
        "x",
        "ﷺ",
        "\u{0}",
        "é",
    ];
    let mut dice = Dice(7);
    for _ in 0..8_000 {
        let text = (0..dice.roll(12))
            .map(|_| pieces[dice.roll(pieces.len())].to_owned() + [" ", ""][dice.roll(2)])
            .collect::<String>();
        let read = redact(&text);
        assert!(read.text.len() <= text.len() + 2, "{text:?}");
    }
}
