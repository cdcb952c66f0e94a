//! The one question a family is asked, and answers to what it asked us.

use model::Timestamp;

use super::{care::Care, speech::Speech};

/// What the one question is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ask<'a> {
    /// Nothing tells where the family is.
    Place,
    /// The borough is known.
    Zip {
        /// The borough, by its English name.
        borough: &'a str,
    },
    /// It may be one of several places.
    Which {
        /// Their names.
        candidates: &'a [String],
    },
    /// It looks like a ZIP and is none.
    ZipAgain {
        /// What was written. It is repeated to the family, cut to twenty characters.
        raw: &'a str,
    },
    /// The place is not served: are consultants by video wanted?
    OutOfArea {
        /// The ZIP or the town.
        place: &'a str,
    },
    /// A medical question, which we do not answer: is a consultant wanted?
    WantsReferral {
        /// Where the family is, if it said so.
        place: Option<&'a str>,
        /// The question is about a medicine.
        medication: bool,
    },
    /// A picture without words.
    Photo,
    /// Nothing but emoji.
    Emoji,
}

/// A question in the making.
pub(super) struct Question<'a> {
    pub(super) what: Ask<'a>,
    pub(super) care: Care,
    pub(super) night_until: Option<Timestamp>,
    pub(super) age_too: bool,
    pub(super) prenatal: bool,
    pub(super) questions: &'a [String],
}

impl Speech<'_> {
    /// The sentences of a question; where `short`, only those that must be there.
    pub(super) fn ask(&self, question: &Question<'_>, short: bool) -> Vec<String> {
        let Question { what, care, night_until, age_too, prenatal, questions } = question;
        if let Some(first) = self.care_now(*care) {
            // Whoever must call a doctor now reads no more than that and what comes after it.
            let mut text = vec![first];
            text.extend(self.answers(questions, true));
            text.push(match what {
                Ask::Place | Ask::Photo | Ask::Emoji => self.say("then-place", &[]),
                other => self.bare_question(*other, *age_too, short),
            });
            return text;
        }
        let feeding = matches!(what, Ask::Place | Ask::Zip { .. });
        let answers = self.answers(questions, false);
        let mut text = Vec::new();
        match night_until.filter(|_| !matches!(what, Ask::WantsReferral { .. })) {
            Some(starts) => {
                text.push(self.say("hello-night", &[("starts", self.from(starts).into())]));
            }
            None if feeding && answers.is_empty() && !short => text.push(self.say("hello", &[])),
            None => {}
        }
        text.extend(answers);
        text.extend(self.care_beside(*care));
        text.push(self.bare_question(*what, *age_too, short));
        let lonely = matches!(what, Ask::Emoji) || (feeding && night_until.is_some());
        if lonely && !care.support {
            text.push(self.say("support", &[]));
        }
        let watched = feeding || matches!(what, Ask::Photo);
        if watched && !care.today && !prenatal && !short {
            text.push(self.say("watch", &[]));
        }
        text.extend(self.closing(*care));
        text
    }

    fn bare_question(&self, what: Ask<'_>, age_too: bool, short: bool) -> String {
        match what {
            Ask::Place if age_too => self.say("ask-place-age", &[]),
            Ask::Place => self.say("ask-place", &[]),
            Ask::Zip { borough } => {
                let key = if age_too { "ask-zip-age" } else { "ask-zip" };
                self.say(key, &[("borough", borough.into())])
            }
            Ask::Which { candidates } => {
                let places = self.series(candidates, "or");
                self.say("ask-which", &[("places", places.into())])
            }
            Ask::ZipAgain { raw } => {
                let raw = raw.chars().filter(|c| !c.is_control()).take(20).collect::<String>();
                self.say("ask-zip-again", &[("raw", raw.into())])
            }
            Ask::OutOfArea { place } => self.say("out-of-area", &[("place", place.into())]),
            Ask::WantsReferral { place, medication } => {
                let answer = if medication { "answer-medication" } else { "answer-advice" };
                let wish = match place.filter(|_| !short) {
                    Some(place) => self.say("wants-referral-place", &[("place", place.into())]),
                    None => self.say("wants-referral", &[]),
                };
                self.sentences(&[self.say(answer, &[]), wish])
            }
            Ask::Photo => self.sentences(&[self.say("photo", &[]), self.say("tell-us", &[])]),
            Ask::Emoji => self.sentences(&[self.say("emoji", &[]), self.say("tell-us", &[])]),
        }
    }

    /// Answers to questions the family put to us, as read: `cost`, `insurance:cigna`. One that we
    /// have no answer to is left to a person. `advice_only` leaves out what can wait.
    pub(super) fn answers(&self, questions: &[String], advice_only: bool) -> Vec<String> {
        let mut answers = Vec::new();
        for question in questions {
            let (kind, about) = question.split_once(':').unwrap_or((question, ""));
            let answer = match kind {
                "medication" => self.say("answer-medication", &[]),
                _ if kind.starts_with("cause_of_") || kind == "advice" => {
                    self.say("answer-advice", &[])
                }
                _ if advice_only => continue,
                "insurance" if !about.is_empty() => {
                    let payer = self.payer(about);
                    self.say("answer-insurance", &[("payer", payer.into())])
                }
                "insurance" | "insurance_or_superbill" => {
                    self.say("answer-insurance_or_superbill", &[])
                }
                "cost" => self.say("answer-cost", &[]),
                "home_visits" => self.say("answer-home_visits", &[]),
                _ => continue,
            };
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        answers
    }
}
