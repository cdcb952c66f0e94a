//! All that was read of one message, before kind and route are decided.

use model::reading::{Answer, BabyStage, FamilyContext, FlagLevel, Precision};

use crate::{
    age::{self, BabyRead},
    family::{
        answer,
        concerns::{self, Concern},
        contact,
        flags::{self, Flag, Weighing},
        found::Found,
        kind::Thread,
        lexicon::{Concept, Lexicon, concept as c},
        text::Text,
        wishes,
    },
    places::locate::{self, Located},
};

/// Longest message that can be a refusal of texts and nothing else, in words.
const REFUSAL: usize = 14;

/// One message, read but not yet judged.
pub(crate) struct Seen<'a> {
    /// Its tokens.
    pub(crate) text: Text<'a>,
    /// What was found in them.
    pub(crate) found: Found,
    /// The baby.
    pub(crate) baby: BabyRead,
    /// The place.
    pub(crate) located: Option<Located>,
    /// Signs of danger, gravest first.
    pub(crate) flags: Vec<Flag>,
    /// Concerns; empty where only "general" could be said.
    pub(crate) concerns: Vec<Concern>,
    /// Wished kinds of visit.
    pub(crate) visits: Vec<(&'static str, String)>,
    /// The writer's role.
    pub(crate) role: &'static str,
    /// The words that tell the role.
    pub(crate) role_words: Option<String>,
    /// An answer to our question.
    pub(crate) answer: Option<Answer>,
    /// The words of the answer.
    pub(crate) answer_words: String,
    /// How far the thread has come.
    pub(crate) thread: Thread,
    /// Pictures that came with it.
    pub(crate) media: u32,
    /// The consultants that were named to the family, in lower case.
    names: Vec<String>,
}

impl<'a> Seen<'a> {
    /// Reads everything that the words say.
    pub(crate) fn new(lexicon: &Lexicon, texts: &[&'a str], context: &FamilyContext) -> Self {
        let text = Text::new(texts, lexicon);
        let found = Found::search(lexicon, &text);
        let thread = Thread::of(&context.state);
        let today = received(context).map(|received| received.date());
        let mut baby = age::read(&text, &found, today);
        if found.says(c::LOSS) {
            baby.baby.stage = BabyStage::Loss;
            baby.baby.age = None;
            baby.baby.age_days = None;
            baby.baby.birth_date = None;
            baby.baby.due_date = None;
            baby.baby.in_nicu = None;
            baby.baby.count = baby.baby.count.or(Some(1));
        }
        let flags = flags::flags(&Weighing {
            lexicon,
            text: &text,
            found: &found,
            baby: &baby,
            amounts: std::cell::OnceCell::new(),
        });
        let concerns = concerns::concerns(lexicon, &text, &found, &baby, &flags);
        let located = locate::locate(lexicon, &text, &found, thread == Thread::Asked);
        let visits = wishes::visits(&text, &found);
        let (role, role_words) = contact::role(&text, &found);
        let names: Vec<String> =
            context.prior_referral.iter().flat_map(|prior| prior.names.iter().cloned()).collect();
        let answer = answer::answer(&text, &found, thread, &names);
        let (answer, answer_words) =
            answer.map_or((None, String::new()), |(answer, words)| (Some(answer), words));
        Self {
            baby,
            located,
            flags,
            concerns,
            visits,
            role,
            role_words,
            answer,
            answer_words,
            thread,
            media: context.media,
            names: names.iter().map(|name| name.to_lowercase()).collect(),
            text,
            found,
        }
    }

    /// Whether anything says that somebody needs a consultant.
    pub(crate) fn has_need(&self) -> bool {
        !self.concerns.is_empty()
            || !self.flags.is_empty()
            || self.baby.baby.stage != BabyStage::Unknown
            || self.has_place()
            || self.found.says_any(&[c::WANT_CONSULTANT, c::BREASTFEEDING])
    }

    /// Whether a place is known.
    pub(crate) fn has_place(&self) -> bool {
        self.located.is_some()
    }

    /// How well the place is known.
    pub(crate) fn precision(&self) -> Option<Precision> {
        self.located.as_ref().map(|located| located.location.precision)
    }

    /// Whether some concern is said.
    pub(crate) fn says_concern(&self, is: impl Fn(Concept) -> bool) -> bool {
        self.concerns.iter().any(|concern| is(concern.concept))
    }

    /// Whether help is asked for at once.
    pub(crate) fn wants_today(&self) -> bool {
        self.found.says(c::TODAY_REQUEST)
    }

    /// Whether the message plainly asks for no more texts: short, and not about something else that
    /// stops.
    pub(crate) fn opts_out(&self) -> bool {
        let plain = self.found.says(c::PLAIN_STOP) || self.found.says(c::DELETE_ME);
        let grave = self.flags.iter().any(|flag| flag.level <= FlagLevel::DoctorNow);
        plain && !grave && self.concerns.is_empty() && self.text.length() <= REFUSAL
    }

    /// Whether one of the consultants we named is named back.
    pub(crate) fn names_consultant(&self) -> bool {
        self.names.iter().any(|name| {
            let first = name.split_whitespace().next().unwrap_or("");
            first.len() > 1 && (0..self.text.tokens.len()).any(|at| self.text.word(at) == first)
        })
    }
}

/// When the message came, with the chapter's offset; `None` where the context does not say.
pub(crate) fn received(context: &FamilyContext) -> Option<jiff::Zoned> {
    let text = context.received_at.as_str();
    let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    let time = pieces.time().unwrap_or_default();
    let zone =
        pieces.to_numeric_offset().map_or(jiff::tz::TimeZone::UTC, jiff::tz::TimeZone::fixed);
    pieces.date().to_datetime(time).to_zoned(zone).ok()
}
