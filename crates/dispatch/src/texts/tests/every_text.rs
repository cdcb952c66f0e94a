//! One of every text, filled in as in a busy chapter.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::date;
use model::{PersonName, Phone, Word, referral::Facts};

use super::samples::{Chapter, NO_CARE, ack, at, cares, code, longest, usual, words};
use crate::texts::{
    Ask, Card, Care, Email, HeldPlace, OpenOffer, PageReason, ToAdmin, ToFamily, ToMember, bundles,
};

/// One text to a family.
pub(super) struct FamilyText {
    /// A name for it, so that a test can say which one fails.
    pub(super) name: String,
    /// The care it calls for.
    pub(super) care: Care,
    /// The text itself.
    pub(super) text: String,
}

/// One of every text to a family in every language, written once for all tests.
static FAMILY_TEXTS: LazyLock<BTreeMap<&'static str, Vec<FamilyText>>> = LazyLock::new(|| {
    let chapter = Chapter::new();
    let written = bundles::LANGUAGES.map(|(lang, _)| {
        let mut texts = Vec::new();
        write_family_texts(&chapter, lang, |name, care, text| {
            texts.push(FamilyText { name: name.to_owned(), care, text });
        });
        (lang, texts)
    });
    BTreeMap::from(written)
});

/// One of every text to a family in `lang`.
pub(super) fn family_texts(lang: &str) -> &'static [FamilyText] {
    &FAMILY_TEXTS[lang]
}

fn write_family_texts(chapter: &Chapter, lang: &str, mut each: impl FnMut(&str, Care, String)) {
    let care_of = |what: &ToFamily<'_>| match *what {
        ToFamily::Ack { care, .. }
        | ToFamily::Held { care, .. }
        | ToFamily::Ask { care, .. }
        | ToFamily::Loss { care, .. }
        | ToFamily::Sorry { care }
        | ToFamily::Noted { care, .. }
        | ToFamily::AlreadyAsking { care, .. } => care,
        _ => NO_CARE,
    };
    let mut say =
        |name: &str, what: &ToFamily<'_>| each(name, care_of(what), chapter.family(lang, what));
    let later = at("2026-11-20T16:15:00-05:00");
    let morning = at("2026-11-21T08:00:00-05:00");
    let (k7q, phone) = (code("K7Q"), Phone::from_carrier("+17185550123").expect("a number"));
    let usual = usual();
    let longest = longest();
    let prenatal = Facts { baby: "due mid-Jan".to_owned(), prenatal: true, ..longest.clone() };
    let nothing = Facts::default();
    let all = cares();
    let few = [all[0], all[1], all[7]];
    for (facts, cares) in
        [(&usual, &few[..]), (&longest, &all), (&prenatal, &few), (&nothing, &few)]
    {
        for &care in cares {
            let ToFamily::Ack { due, code, asked, by, questions, .. } = ack(facts) else {
                unreachable!("an acknowledgement");
            };
            let whole = |starts, proxy, private_details_seen, age_asked| ToFamily::Ack {
                facts,
                due,
                code,
                asked,
                by,
                starts,
                care,
                proxy,
                private_details_seen,
                questions,
                age_asked,
            };
            say("ack", &whole(None, false, false, false));
            say("ack at night", &whole(Some(morning), false, false, true));
            say("ack of a proxy", &whole(None, true, true, true));
            say("held", &ToFamily::Held { facts, code: Some(k7q), care });
        }
    }
    let due = ToFamily::Ack {
        facts: &prenatal,
        due: Some("2027-01-14"),
        code: k7q,
        asked: 1,
        by: later,
        starts: None,
        care: NO_CARE,
        proxy: false,
        private_details_seen: false,
        questions: &words(&["cost", "insurance_or_superbill", "home_visits"]),
        age_asked: true,
    };
    say("ack before a birth", &due);
    say("held without a code", &ToFamily::Held { facts: &usual, code: None, care: NO_CARE });
    let candidates =
        words(&["Washington Heights", "Brooklyn Heights", "Crown Heights", "Jackson Heights"]);
    let questions = words(&["cost", "home_visits", "insurance:cigna", "cause_of_fever"]);
    let asks = [
        ("place", Ask::Place),
        ("zip", Ask::Zip { borough: "Bronx" }),
        ("zip of another borough", Ask::Zip { borough: "Staten Island" }),
        ("which", Ask::Which { candidates: &candidates }),
        ("zip again", Ask::ZipAgain { raw: "10000" }),
        ("out of area", Ask::OutOfArea { place: "Montclair 07042" }),
        ("wants referral", Ask::WantsReferral { place: None, medication: false }),
        ("medicine", Ask::WantsReferral { place: Some("Williamsburg"), medication: true }),
        ("photo", Ask::Photo),
        ("emoji", Ask::Emoji),
    ];
    for (name, what) in asks {
        let cares =
            if matches!(what, Ask::Place | Ask::WantsReferral { .. }) { &all } else { &few[..] };
        for &care in cares {
            for (night_until, age_too) in [(None, false), (Some(morning), true)] {
                say(
                    &format!("ask {name}"),
                    &ToFamily::Ask {
                        what,
                        care,
                        night_until,
                        age_too,
                        prenatal: false,
                        questions: &[],
                    },
                );
            }
        }
    }
    say(
        "ask with questions",
        &ToFamily::Ask {
            what: Ask::Place,
            care: NO_CARE,
            night_until: None,
            age_too: true,
            prenatal: true,
            questions: &questions,
        },
    );
    say("emergency", &ToFamily::Emergency);
    say("crisis", &ToFamily::Crisis { about_baby: false });
    say("crisis about the baby", &ToFamily::Crisis { about_baby: true });
    say("private danger", &ToFamily::PrivateDanger);
    for child in [None, Some("son"), Some("daughter"), Some("twins"), Some("baby")] {
        say("loss", &ToFamily::Loss { child, care: NO_CARE });
    }
    say("callback", &ToFamily::Callback { after: None });
    say("callback after", &ToFamily::Callback { after: Some(at("2026-11-21T20:00:00-05:00")) });
    for &care in &all {
        say("sorry", &ToFamily::Sorry { care });
        say("noted", &ToFamily::Noted { code: k7q, care });
        say("already asking", &ToFamily::AlreadyAsking { code: k7q, by: later, care });
    }
    say("who is this", &ToFamily::WhoIs);
    say("wrong number", &ToFamily::WrongNumber);
    say("vendors", &ToFamily::NotFamily);
    say("thanks", &ToFamily::Thanks);
    say("help", &ToFamily::Help);
    say("stopped", &ToFamily::Stopped { deleting: false });
    say("stopped and deleting", &ToFamily::Stopped { deleting: true });
    say("restarted", &ToFamily::Restarted);
    say("missed call", &ToFamily::MissedCall);
    say("unclear", &ToFamily::Unclear);
    say("deleting", &ToFamily::Deleting);
    say("person will text", &ToFamily::PersonWillText);
    let cards = cards(&phone);
    for (count, more_coming, first) in [(3, false, true), (1, true, true), (2, false, false)] {
        say(
            "names",
            &ToFamily::Names {
                cards: &cards[..count],
                code: k7q,
                more_coming,
                first,
                page: Some("https://refer.example.org/f/Zk3bQ0x9"),
            },
        );
    }
    say("top up", &ToFamily::TopUp { cards: &cards[1..], code: k7q, page: None });
    say("top up of one", &ToFamily::TopUp { cards: &cards[..1], code: k7q, page: None });
    for card in [None, Some(cards[1])] {
        say("replacement", &ToFamily::Replacement { gone: cards[0].name, card, code: k7q });
    }
    for asked in [0, 1, 41] {
        say("still looking", &ToFamily::StillLooking { code: k7q, asked, until: morning });
    }
    say("none found", &ToFamily::NoneFound { code: k7q });
    let names = ["Dana", "Rivka", "Li"].map(PersonName::new);
    say("follow-up", &ToFamily::FollowUp { names: &names, code: k7q });
    say("rate", &ToFamily::Rate);
    say("more", &ToFamily::More { code: k7q, by: later });
    say("call ask", &ToFamily::CallAsk { names: &names, code: k7q });
    say("call agreed", &ToFamily::CallAgreed { names: &names[..1], code: k7q });
    say("follow-up again", &ToFamily::FollowUpAgain { code: k7q, by: later });
    say("withdrawn", &ToFamily::Withdrawn { code: k7q });
    say("reopened", &ToFamily::Reopened { code: k7q, by: later });
    each("spoken", NO_CARE, chapter.texts.spoken(&chapter.voice(lang)));
}

pub(super) fn cards(phone: &Phone) -> [Card<'_>; 3] {
    // Card borrows its lists; the sample's live as long as the program.
    let list = |items: &[&str]| -> &'static [String] { words(items).leak() };
    let name = |name: &str| -> &'static PersonName { Box::leak(Box::new(PersonName::new(name))) };
    [
        Card {
            name: name("Dana Osei"),
            credentials: list(&["IBCLC", "RN"]),
            area: "Park Slope",
            visits: list(&["home", "virtual"]),
            payers: list(&["aetna", "cigna"]),
            phone,
            booking: Some("https://example.org/dana"),
            caveat: Some("after 5 pm, video only"),
        },
        Card {
            name: name("Rivka Blum"),
            credentials: list(&["IBCLC"]),
            area: "Borough Park",
            visits: list(&["home"]),
            payers: list(&["self_pay"]),
            phone,
            booking: None,
            caveat: None,
        },
        Card {
            name: name("Li Wen"),
            credentials: list(&["IBCLC"]),
            area: "",
            visits: &[],
            payers: &[],
            phone,
            booking: None,
            caveat: Some("tomorrow 10am"),
        },
    ]
}

/// Runs `each` over one of every text to a member.
pub(super) fn every_member_text(mut each: impl FnMut(&str, String)) {
    let chapter = Chapter::new();
    let mut say = |name: &str, what: &ToMember<'_>| each(name, chapter.member(what));
    let (code, other) = (code("K7Q"), code("M3T"));
    let usual = usual();
    let longest = longest();
    let nothing = Facts::default();
    for facts in [&usual, &longest, &nothing] {
        for coarse in [false, true] {
            for link in [None, Some("https://refer.example.org/c/Zk3bQ0x9Lm2R")] {
                let offer =
                    |urgent, again| ToMember::Offer { code, facts, coarse, urgent, again, link };
                say("offer", &offer(false, false));
                say("offer again, today", &offer(true, true));
            }
            say("answer", &ToMember::Answer { code, facts, coarse });
        }
    }
    let open = [(code, "Park Slope 11215, home"), (other, "Jackson Heights, video"), (code, "")]
        .map(|(code, about)| OpenOffer { code, about: about.to_owned() });
    let held = [(code, Some(2)), (other, None)].map(|(code, place)| HeldPlace {
        code,
        place,
        about: "Park Slope 11215".to_owned(),
    });
    say("claimed", &ToMember::Claimed { code, place: 2, caveat: None });
    say("claimed with a caveat", &ToMember::Claimed { code, place: 3, caveat: Some("after 5 pm") });
    say("claimed many", &ToMember::ClaimedMany { claims: &held });
    for (place, colleague) in [(Some(2), Some("Dana")), (None, None)] {
        say("self only", &ToMember::SelfOnly { code, place, colleague });
        say("proxy", &ToMember::Proxy { colleague });
    }
    say("confirm", &ToMember::Confirm { code, minutes: 10 });
    say("confirm terms", &ToMember::ConfirmTerms { code, minutes: 10 });
    say("did you mean", &ToMember::DidYouMean { code, minutes: 10 });
    say("which", &ToMember::Which { open: &open[..2], minutes: 10 });
    say("which of three", &ToMember::Which { open: &open, minutes: 10 });
    say("collected", &ToMember::Collected { code, by: chapter.now.after(model::minutes(15)) });
    say("confirm turn", &ToMember::ConfirmTurn { code, minutes: 10 });
    let phone = Phone::from_carrier("+17185550123").expect("a number");
    say("family call", &ToMember::FamilyCall { code, phone: &phone });
    say("family deleted", &ToMember::FamilyDeleted { code });
    say("changed", &ToMember::Changed { code, facts: &super::samples::usual(), coarse: false });
    say("approved", &ToMember::Approved);
    say("turned down", &ToMember::TurnedDown { days: 30 });
    say("page kept", &ToMember::PageKept { days: 180 });
    say("confirm number", &ToMember::ConfirmNumber);
    say("practice", &ToMember::Practice { code });
    say("practised", &ToMember::Practised { code });
    say("none of hers", &ToMember::NoneYours { code });
    say("standby", &ToMember::Standby { code });
    say("filled", &ToMember::Filled { code });
    say("already", &ToMember::Already { code, place: Some(1) });
    say("already on standby", &ToMember::Already { code, place: None });
    say("moved up", &ToMember::MovedUp { code, place: 3 });
    say("lapsed", &ToMember::Lapsed { code });
    say("names sent", &ToMember::NamesSent { code });
    say("dropped", &ToMember::Dropped { code });
    say("dropped after names", &ToMember::DroppedAfterNames { code });
    say("closed", &ToMember::Closed { code, by_family: true });
    say("closed by the chapter", &ToMember::Closed { code, by_family: false });
    for code in [None, Some(code)] {
        say("none open", &ToMember::NoneOpen { last: code });
        say("how", &ToMember::How { code });
        say("ethics", &ToMember::Ethics { code });
    }
    say("no family contact", &ToMember::NoFamilyContact { code });
    for (taken, mine) in [(1, None), (3, None), (2, Some(Some(2))), (3, Some(None))] {
        say("status", &ToMember::Status { code, taken, mine });
    }
    say("open", &ToMember::Open { lines: &open });
    say("open, none", &ToMember::Open { lines: &[] });
    say("mine", &ToMember::Mine { lines: &held });
    say("mine, none", &ToMember::Mine { lines: &[] });
    say("away", &ToMember::Away { until: None });
    say("away until", &ToMember::Away { until: Some(date(2027, 1, 5)) });
    say("back", &ToMember::Back);
    let (days, areas) = (words(&["sun"]), words(&["Manhattan"]));
    say("preference", &ToMember::PreferenceAsk { quiet_days: &days, exclude_areas: &areas });
    say("no preference", &ToMember::PreferenceAsk { quiet_days: &[], exclude_areas: &[] });
    say("preference noted", &ToMember::PreferenceNoted);
    say("help", &ToMember::Help);
    say("welcome", &ToMember::Welcome);
    say("stopped", &ToMember::Stopped);
    say("restarted", &ToMember::Restarted);
    say("not active", &ToMember::NotActive);
    for (paper, expired) in [
        (None, None),
        (Some("liability insurance"), None),
        (Some("liability insurance"), Some(date(2026, 10, 31))),
    ] {
        say("not eligible", &ToMember::NotEligible { paper, expired });
    }
    say("no clinical", &ToMember::NoClinical { code });
    say("outcome booked", &ToMember::OutcomeThanks { code, booked: true });
    say("outcome noted", &ToMember::OutcomeThanks { code, booked: false });
    say("prior", &ToMember::Prior { code });
    super::papers::every_text(&mut |name, about| say(name, &ToMember::Papers(about)));
    say("not the group", &ToMember::NotGroup);
    say("which need", &ToMember::WhichNeed);
    let line = Phone::from_carrier("+16465550100").expect("a number");
    say("stranger", &ToMember::Stranger { families_line: Some(&line) });
    say("stranger, one line", &ToMember::Stranger { families_line: None });
}

/// Runs `each` over one of every text and e-mail to an admin.
pub(super) fn every_admin_text(mut each: impl FnMut(&str, String)) {
    let chapter = Chapter::new();
    for &reason in PageReason::ALL {
        for again in [false, true] {
            let id = "4F2A";
            let of_inquiry = !matches!(reason, PageReason::LineFailing | PageReason::Restored);
            each("page", chapter.admin(&ToAdmin::Page { id, of_inquiry, reason, again }));
            let console = "https://refer.example.org/inquiries/4F2A";
            let mail = Email::Page { id, reason, again, console };
            let (subject, body) = chapter.texts.email(&chapter.voice("en"), &mail);
            each("page by e-mail, subject", subject);
            each("page by e-mail", body.reveal().to_owned());
        }
    }
    each("page answered", chapter.admin(&ToAdmin::PageAnswered { id: "4F2A" }));
    each("sign-in code", chapter.admin(&ToAdmin::SignInCode { code: "493021", minutes: 10 }));
    let mail = Email::Invited { link: "https://refer.example.org/sign-in/Zk3bQ0x9", days: 7 };
    let (subject, body) = chapter.texts.email(&chapter.voice("en"), &mail);
    each("invited, subject", subject);
    each("invited", body.reveal().to_owned());
    let mail = Email::SignIn { link: "https://refer.example.org/sign-in/Zk3bQ0x9", minutes: 15 };
    let (subject, body) = chapter.texts.email(&chapter.voice("en"), &mail);
    each("sign-in, subject", subject);
    each("sign-in", body.reveal().to_owned());
}
