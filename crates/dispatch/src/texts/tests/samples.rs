//! A chapter, its clock, and families as they come.

use std::sync::LazyLock;

use model::{
    Code, TimeZone, Timestamp,
    reading::{Insurance, Urgency},
    referral::{Facts, Place},
};

use crate::texts::{Ask, Care, Texts, ToAdmin, ToFamily, ToMember, Voice};

pub(super) const NO_CARE: Care = Care {
    now: false,
    today: false,
    parent: false,
    baby_too: false,
    poison: false,
    support: false,
    weight: false,
};

/// Every combination of care that a message can call for.
pub(super) fn cares() -> Vec<Care> {
    let none = NO_CARE;
    vec![
        none,
        Care { now: true, ..none },
        Care { now: true, parent: true, ..none },
        Care { now: true, parent: true, baby_too: true, ..none },
        Care { now: true, poison: true, ..none },
        Care { now: true, support: true, ..none },
        Care { today: true, ..none },
        Care { today: true, weight: true, ..none },
        Care { today: true, parent: true, ..none },
        Care { today: true, parent: true, baby_too: true, ..none },
        Care { today: true, weight: true, support: true, ..none },
        Care { support: true, ..none },
    ]
}

/// Read once: it is what takes time.
static TEXTS: LazyLock<Texts> = LazyLock::new(Texts::new);

/// A chapter, its clock and its voice.
pub(super) struct Chapter {
    pub(super) texts: &'static Texts,
    zone: TimeZone,
    pub(super) now: Timestamp,
}

impl Chapter {
    /// Friday, 20 November 2026, a quarter past ten in New York.
    pub(super) fn new() -> Self {
        Self::at("2026-11-20T10:15:00-05:00")
    }

    pub(super) fn at(now: &str) -> Self {
        Self {
            texts: &TEXTS,
            zone: "America/New_York".parse().expect("a zone"),
            now: now.parse().expect("an instant"),
        }
    }

    pub(super) fn voice<'a>(&'a self, lang: &'a str) -> Voice<'a> {
        Voice { name: "NYLCA", lang, contact: "refer@example.org", zone: &self.zone, now: self.now }
    }

    pub(super) fn family(&self, lang: &str, what: &ToFamily<'_>) -> String {
        self.texts.to_family(&self.voice(lang), what).reveal().to_owned()
    }

    pub(super) fn member(&self, what: &ToMember<'_>) -> String {
        self.texts.to_member(&self.voice("en"), what).reveal().to_owned()
    }

    pub(super) fn admin(&self, what: &ToAdmin<'_>) -> String {
        self.texts.to_admin(&self.voice("en"), what).reveal().to_owned()
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(super) fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A place from its parts; an empty one is not known.
pub(super) fn place(area: &str, zip: &str, borough: &str) -> Place {
    let part = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Place { zip: part(zip), neighborhood: part(area), borough: part(borough) }
}

pub(super) fn insurance(payer: &str, class: &str) -> Option<Insurance> {
    Some(Insurance { payer: payer.to_owned(), class: class.to_owned(), plan: None })
}

/// What a usual family tells.
pub(super) fn usual() -> Facts {
    Facts {
        place: place("Park Slope", "11215", "Brooklyn"),
        baby: "5 days".to_owned(),
        concerns: words(&["latch_difficulty", "nipple_pain"]),
        visit_types: words(&["home"]),
        insurance: insurance("aetna", "commercial"),
        urgency: Some(Urgency::Soon48h),
        contact_role: "parent".to_owned(),
        ..Facts::default()
    }
}

/// More than anybody tells, in the longest words there are.
pub(super) fn longest() -> Facts {
    Facts {
        place: place("Prospect Lefferts Gardens", "11225", "Brooklyn"),
        baby: "11 months".to_owned(),
        babies: Some(3),
        concerns: words(&crate::texts::words::CONCERNS),
        visit_types: words(&["home", "office", "virtual"]),
        insurance: insurance("uhc_community", "medicaid"),
        languages: words(&["ht", "fr", "es"]),
        time_wish: Some("Mon-Wed mornings before 11".to_owned()),
        urgency: Some(Urgency::UrgentToday),
        contact_role: "postpartum doula".to_owned(),
        preferences: words(&["lgbtq_affirming"]),
        prenatal: false,
    }
}

/// An acknowledgement of `facts`, promised at 4:15 pm, with nothing special about it.
pub(super) fn ack(facts: &Facts) -> ToFamily<'_> {
    ToFamily::Ack {
        facts,
        due: None,
        code: code("K7Q"),
        asked: 23,
        by: at("2026-11-20T16:15:00-05:00"),
        starts: None,
        care: NO_CARE,
        proxy: false,
        private_details_seen: false,
        questions: &[],
        age_asked: false,
    }
}

/// A question about the place, with nothing special about it.
pub(super) fn ask(what: Ask<'_>) -> ToFamily<'_> {
    ToFamily::Ask {
        what,
        care: NO_CARE,
        night_until: None,
        age_too: false,
        prenatal: false,
        questions: &[],
    }
}
