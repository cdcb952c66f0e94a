//! Texts as a chapter's families and members read them, in every language, with what each takes.

use carriers::segments::{self, Encoding};
use model::{
    Code, LinkPurpose, PersonName, Phone, Timestamp, minutes,
    reading::{Insurance, Urgency},
    referral::{Facts, Place},
};

use crate::{
    ChapterView, Dispatch,
    links::{masked, stand_in},
    texts::{Ask, Card, Care, Texts, ToFamily, ToMember, Voice},
};

/// What a text takes on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Its length in the units in which it is counted.
    pub units: u32,
    /// In how many parts it travels and is charged.
    pub segments: u32,
    /// It has letters for which a part holds less than half as many.
    pub is_wide: bool,
}

/// What a text takes exactly as it stands.
#[must_use]
pub fn length(text: &str) -> Length {
    let counted = segments::count(text);
    let is_wide = counted.encoding == Encoding::Ucs2;
    Length { units: counted.units, segments: counted.segments, is_wide }
}

/// One text as it would go out.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it is for.
    pub what: &'static str,
    /// The words.
    pub text: String,
    /// What it takes.
    pub length: Length,
}

impl Sample {
    fn new(what: &'static str, text: &model::MessageText) -> Self {
        let text = text.reveal().to_owned();
        Self { what, length: length(&text), text }
    }

    /// The same without what a link hides: its length is the whole text's.
    fn masked(self, public_url: &str) -> Self {
        Self { text: masked(&self.text, public_url), ..self }
    }
}

impl Dispatch {
    /// The languages that we have texts in, and whether a native reader has read them.
    #[must_use]
    pub fn languages(&self) -> Vec<(&'static str, bool)> {
        self.texts().languages()
    }

    /// Whether families of a chapter are answered in a language.
    #[must_use]
    pub fn answers_in(&self, view: &ChapterView, lang: &str) -> bool {
        self.texts().speaks(lang, &view.settings.unreviewed_languages)
    }

    /// What a made-up family of a chapter would be texted, in one language, in the order in which it
    /// would come.
    #[must_use]
    pub fn samples(&self, view: &ChapterView, lang: &str) -> Vec<Sample> {
        to_family(self.texts(), &self.voice_of(view, lang))
    }

    /// What members of a chapter are texted about a made-up family.
    #[must_use]
    pub fn samples_to_members(&self, view: &ChapterView) -> Vec<Sample> {
        let (Some(code), facts) = (code(), facts()) else { return Vec::new() };
        let voice = self.voice_of(view, "en");
        let coarse = view.settings.coarse_offers;
        let link = self.0.links.then(|| stand_in(LinkPurpose::Offer, self.public_url()));
        let offer = ToMember::Offer {
            code,
            facts: &facts,
            coarse,
            urgent: false,
            again: false,
            link: link.as_deref(),
        };
        let claimed = ToMember::Claimed { code, place: 1, caveat: None };
        [("An offer", offer), ("She has a place", claimed)]
            .map(|(what, text)| Sample::new(what, &self.texts().to_member(&voice, &text)))
            .map(|sample| sample.masked(self.public_url()))
            .to_vec()
    }

    fn voice_of<'a>(&self, view: &'a ChapterView, lang: &'a str) -> Voice<'a> {
        Voice { lang, ..self.chapter_voice(&view.chapter, &view.settings) }
    }
}

fn code() -> Option<Code> {
    "K7Q".parse().ok()
}

/// A family as most are.
fn facts() -> Facts {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    Facts {
        place: Place {
            zip: Some("11215".to_owned()),
            neighborhood: Some("Park Slope".to_owned()),
            borough: Some("Brooklyn".to_owned()),
        },
        baby: "5 days".to_owned(),
        concerns: words(&["latch_difficulty", "nipple_pain"]),
        visit_types: words(&["home"]),
        insurance: Some(Insurance {
            payer: "aetna".to_owned(),
            class: "commercial".to_owned(),
            plan: None,
        }),
        urgency: Some(Urgency::Soon48h),
        contact_role: "parent".to_owned(),
        ..Facts::default()
    }
}

fn to_family(texts: &Texts, voice: &Voice<'_>) -> Vec<Sample> {
    let Some(code) = code() else { return Vec::new() };
    let (facts, by) = (facts(), in_two_hours(voice.now));
    let names = ["Ana Sample, IBCLC", "Bea Sample, IBCLC", "Cai Sample, CLC"].map(PersonName::new);
    let numbers = ["+17185550111", "+17185550112", "+17185550113"];
    let phones: Vec<_> = numbers.iter().filter_map(|number| Phone::parse(number).ok()).collect();
    let (visits, payers) = (["home".to_owned()], ["aetna".to_owned()]);
    let card = |(name, phone)| Card {
        name,
        credentials: &[],
        area: "Brooklyn",
        visits: &visits,
        payers: &payers,
        phone,
        booking: None,
        caveat: None,
    };
    let cards: Vec<_> = names.iter().zip(&phones).map(card).collect();
    let first = |care: Care| ToFamily::Ack {
        facts: &facts,
        due: None,
        code,
        asked: 23,
        by,
        starts: None,
        care,
        proxy: false,
        private_details_seen: false,
        questions: &[],
        age_asked: false,
    };
    let question = ToFamily::Ask {
        what: Ask::Place,
        care: Care::default(),
        night_until: None,
        age_too: false,
        prenatal: false,
        questions: &[],
    };
    let given =
        ToFamily::Names { cards: &cards, code, more_coming: false, first: true, page: None };
    [
        ("The first answer", first(Care::default())),
        (
            "The same, where a doctor should look today",
            first(Care { today: true, ..Care::default() }),
        ),
        ("The one question", question),
        ("The names", given),
        ("Nobody by the promised time", ToFamily::StillLooking { code, asked: 40, until: by }),
        ("A day later", ToFamily::FollowUp { names: &names, code }),
        ("An emergency", ToFamily::Emergency),
        ("The answer to HELP", ToFamily::Help),
        ("The answer to STOP", ToFamily::Stopped { deleting: false }),
    ]
    .map(|(what, text)| Sample::new(what, &texts.to_family(voice, &text)))
    .to_vec()
}

fn in_two_hours(now: Timestamp) -> Timestamp {
    now.after(minutes(120))
}
