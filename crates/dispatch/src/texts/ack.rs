//! The first answer: what we understood, how many are asked, by when names come, what is shared.

use model::{Code, MessageText, Timestamp, referral::Facts};

use super::{
    care::Care,
    speech::{Limit, Speech, first_that_fits},
};

/// A first answer in the making; its fields are those of `ToFamily::Ack`.
pub(super) struct Ack<'a> {
    pub(super) facts: &'a Facts,
    pub(super) due: Option<&'a str>,
    pub(super) code: Code,
    pub(super) asked: u32,
    pub(super) by: Timestamp,
    pub(super) starts: Option<Timestamp>,
    pub(super) care: Care,
    pub(super) proxy: bool,
    pub(super) private_details_seen: bool,
    pub(super) questions: &'a [String],
    pub(super) age_asked: bool,
}

/// How much is said. Each step says less than the one before; what is shared with whom is shortened
/// last of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Repeated {
    /// Everything.
    All,
    /// Four concerns, and the rest.
    Four,
    /// Two concerns, and no payment, time or language.
    Two,
    /// Place, age and wishes.
    Place,
    /// The same, and nothing by the way: no answers but medical ones, no question.
    NoAside,
    /// The place alone, and what is shared in fewest words.
    Bare,
}

/// How much is said, and whether "even if fewer than three" is part of it.
const STEPS: [(Repeated, bool); 9] = [
    (Repeated::All, true),
    (Repeated::All, false),
    (Repeated::Four, true),
    (Repeated::Four, false),
    (Repeated::Two, true),
    (Repeated::Two, false),
    (Repeated::Place, false),
    (Repeated::NoAside, false),
    (Repeated::Bare, false),
];

/// The sentences that tell what is shared with whom.
pub(super) const SHARED: [&str; 4] = ["shared", "shared-prenatal", "shared-proxy", "shared-short"];

impl Speech<'_> {
    /// The first answer, as full as fits.
    pub(super) fn acknowledge(&self, ack: &Ack<'_>) -> MessageText {
        let long = ack.care.is_some() || ack.private_details_seen;
        let limit = if long { Limit::CARE } else { Limit::ANSWER };
        let tries = STEPS.iter().map(|(repeated, even_if_few)| {
            self.headed(&self.sentences(&self.ack(ack, *repeated, *even_if_few)))
        });
        MessageText::new(first_that_fits(limit, tries))
    }

    /// The answer to a request that a person looks at first.
    pub(super) fn hold(&self, facts: &Facts, code: Option<Code>, care: Care) -> MessageText {
        let tries = [Repeated::All, Repeated::Two, Repeated::Place].map(|repeated| {
            let mut text = Vec::from_iter(self.care_now(care));
            text.push(self.understood(facts, None, false, repeated));
            text.push(self.say("held", &[]));
            text.extend(self.care_beside(care));
            text.extend(code.map(|code| self.reference(code)));
            text.extend(self.closing(care));
            self.headed(&self.sentences(&text))
        });
        let limit = if care.is_some() { Limit::CARE } else { Limit::ANSWER };
        MessageText::new(first_that_fits(limit, tries.into_iter()))
    }

    fn ack(&self, ack: &Ack<'_>, repeated: Repeated, even_if_few: bool) -> Vec<String> {
        let mut text = Vec::from_iter(self.care_now(ack.care));
        text.push(self.understood(ack.facts, ack.due, ack.proxy, repeated));
        text.push(match ack.starts {
            Some(starts) => self.say("asking-from", &[("starts", self.from(starts).into())]),
            None => self.say("asking", &[("asked", i64::from(ack.asked).into())]),
        });
        let names = match (ack.proxy, even_if_few) {
            (true, _) => "names-here",
            (false, true) => "names-by-few",
            (false, false) => "names-by",
        };
        text.push(self.say(names, &[("by", self.promised(ack.by).into())]));
        let shared = match (ack.proxy, ack.facts.prenatal) {
            _ if repeated == Repeated::Bare => "shared-short",
            (true, _) => "shared-proxy",
            (false, true) => "shared-prenatal",
            (false, false) => "shared",
        };
        text.push(self.say(shared, &[]));
        if ack.private_details_seen {
            text.push(self.say("private-details", &[]));
        }
        text.extend(self.answers(ack.questions, repeated >= Repeated::NoAside));
        text.extend(self.care_beside(ack.care));
        if ack.age_asked && !ack.facts.prenatal && repeated < Repeated::NoAside {
            text.push(self.say("ask-age", &[]));
        }
        text.push(self.reference(ack.code));
        text.extend(self.closing(ack.care));
        text
    }

    fn reference(&self, code: Code) -> String {
        self.say("reference", &[("code", code.as_str().into())])
    }

    /// "got it - Park Slope 11215, 5 days, latch, nipple pain, home, Aetna."
    fn understood(
        &self,
        facts: &Facts,
        due: Option<&str>,
        proxy: bool,
        repeated: Repeated,
    ) -> String {
        let mut understood = vec![facts.place.label()];
        if repeated < Repeated::Bare {
            understood.extend(self.babies(facts));
            understood.extend(due.and_then(|due| self.due_day(due)).or_else(|| self.baby(facts)));
        }
        let concerns = self.concerns(facts);
        let most = match repeated {
            Repeated::All => concerns.len(),
            Repeated::Four => 4,
            Repeated::Two => 2,
            Repeated::Place | Repeated::NoAside | Repeated::Bare => 0,
        };
        understood.extend(concerns.into_iter().take(most));
        if repeated <= Repeated::Four {
            understood.extend(self.visits(&facts.visit_types));
            understood.extend(facts.time_wish.clone());
            understood.extend(facts.insurance.as_ref().map(|payer| self.insurance(payer)));
            understood.extend(self.languages(&facts.languages));
        }
        if repeated < Repeated::Bare {
            understood.extend(self.wishes(&facts.preferences));
        }
        understood.retain(|item| !item.is_empty());
        if understood.is_empty() {
            return self.say("got-plain", &[]);
        }
        let key = if proxy { "got-proxy" } else { "got" };
        self.say(key, &[("facts", self.list(&understood).into())])
    }
}
