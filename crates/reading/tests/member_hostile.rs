//! Whatever comes in, a reply is read: no panic, and the same reading every time.

use model::reading::{ClaimRef, MemberContext, OpenOffer};

#[path = "member/inputs.rs"]
mod inputs;

use inputs::{Dice, text};

fn context(dice: &mut Dice) -> MemberContext {
    let offer = |code: &str| OpenOffer {
        code: code.to_owned(),
        state: "collecting".to_owned(),
        slots: 3,
        area: "Park Slope 11215, Brooklyn".to_owned(),
        visit: Some("home".to_owned()),
        baby: "5 days".to_owned(),
        ..OpenOffer::default()
    };
    let place = |code: &str, state: &str| ClaimRef {
        code: code.to_owned(),
        state: state.to_owned(),
        position: Some(1),
    };
    let mut context = MemberContext {
        received_at: [
            "2026-11-18T10:24:00-05:00",
            "",
            "9999-12-31T23:59:59Z",
            "nonsense",
            "-009999-01-01T00:00:00Z",
        ][dice.roll(5)]
        .to_owned(),
        member_status: [
            "active",
            "away",
            "suspended",
            "unknown_number",
            "opted_out",
            "active_blocked:x",
            "",
        ][dice.roll(7)]
        .to_owned(),
        awaiting: [
            None,
            Some("confirm:K7Q"),
            Some("which:K7Q,M3T"),
            Some("which:"),
            Some(":::"),
            Some("preference:x"),
        ][dice.roll(6)]
        .map(str::to_owned),
        media: u32::from(dice.roll(4) == 0),
        ..MemberContext::default()
    };
    for code in ["K7Q", "M3T", "not a code"] {
        if dice.roll(2) == 0 {
            context.open_referrals.push(offer(code));
        }
    }
    if dice.roll(3) == 0 {
        context.already_claimed = Some(place("K7Q", ""));
    }
    if dice.roll(3) == 0 {
        context.last_referral = Some(place(["K7Q", "A3C", ""][dice.roll(3)], "names_sent"));
    }
    context
}

#[test]
fn any_mixture_of_words_is_read_and_read_alike_twice() {
    let mut dice = Dice::new(42);
    for _ in 0..6_000 {
        let text = text(&mut dice, 14);
        let context = context(&mut dice);
        let once = reading::member::read(&text, &context);
        assert_eq!(once, reading::member::read(&text, &context), "{text:?}");
        // A caveat never carries a number to call or an address.
        if let Some(caveat) = &once.extract.caveat {
            assert!(!reading::redact::holds_private(caveat), "{text:?} gave {caveat:?}");
            assert!(caveat.chars().count() <= 160);
        }
        for code in &once.codes {
            assert!(once.codes.iter().filter(|other| *other == code).count() == 1, "{text:?}");
        }
    }
}

#[test]
fn any_characters_at_all_are_taken() {
    let mut dice = Dice::new(3);
    let context = context(&mut dice);
    for _ in 0..2_000 {
        let text = (0..dice.roll(40))
            .filter_map(|_| {
                let most = [0x80, 0x3000, 0x2_0000][dice.roll(3)];
                char::from_u32(u32::try_from(dice.roll(most)).unwrap_or(0))
            })
            .collect::<String>();
        let _ = reading::member::read(&text, &context);
        let _ = reading::keywords::keyword(&text);
        let _ = reading::keywords::refusal(&text);
    }
}

#[test]
fn a_very_long_text_is_taken() {
    let context = context(&mut Dice::new(1));
    for piece in [
        "me ",
        "no ",
        "k7q ",
        "until ",
        "(",
        "1",
        "a",
        "👍",
        "K 7 ",
        "if she can ",
        "\u{301}",
        "我",
        "@",
        "1/",
        "apt 3 ",
    ] {
        let _ = reading::member::read(&piece.repeat(5_000), &context);
        let _ = reading::redact::redact(&piece.repeat(5_000));
    }
}
