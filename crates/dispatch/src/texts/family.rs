//! What a family is told.

use model::{Code, MessageText, PersonName, Timestamp, referral::Facts};

use super::{
    ack::Ack,
    care::Care,
    names::{Card, Occasion},
    question::{Ask, Question},
    speech::{Limit, Speech, first_that_fits},
};

/// One text to a family. Every one stands on its own: a family reads it on a lock screen.
#[derive(Clone, Copy)]
pub enum ToFamily<'a> {
    /// The first answer to a request that goes to the members: what we understood, how many are
    /// asked, by when names come, what is shared with whom, the code, 911, STOP.
    Ack {
        /// What we understood.
        facts: &'a Facts,
        /// The due date as it was told (`2027-01-14`): it is said to the family to the day, to
        /// members only roughly.
        due: Option<&'a str>,
        /// The referral's code, as the reference.
        code: Code,
        /// How many consultants are asked now; 0 says no number.
        asked: u32,
        /// The promised time.
        by: Timestamp,
        /// Asking starts later than now: at night.
        starts: Option<Timestamp>,
        /// The care it calls for.
        care: Care,
        /// Somebody asks for somebody else.
        proxy: bool,
        /// Names, a room or a date of birth came with it: none is passed on, and we say so.
        private_details_seen: bool,
        /// Questions put to us, as read: `cost`, `insurance:cigna`.
        questions: &'a [String],
        /// The baby's age is asked for by the way.
        age_asked: bool,
    },
    /// A person looks at the request before the members are asked.
    Held {
        /// What we understood.
        facts: &'a Facts,
        /// The referral's code, where it has one.
        code: Option<Code>,
        /// The care it calls for.
        care: Care,
    },
    /// The one question.
    Ask {
        /// What is asked.
        what: Ask<'a>,
        /// The care the message calls for; a care line to be followed now leaves out STOP.
        care: Care,
        /// Asking members starts at this time: it is night.
        night_until: Option<Timestamp>,
        /// The baby's age is asked in the same question. Never before a birth or after a loss.
        age_too: bool,
        /// The baby is not born yet: nothing is said about signs in a baby.
        prenatal: bool,
        /// Questions put to us, as read.
        questions: &'a [String],
    },
    /// A life is in danger: 911 and nothing else, not even the chapter's name.
    Emergency,
    /// Somebody may harm herself, himself or the baby: 988, the hotline, 911, a person.
    Crisis {
        /// It is the baby that may be harmed.
        about_baby: bool,
    },
    /// Somebody at home may be dangerous and may read along: asks only whether it is safe to text.
    PrivateDanger,
    /// A baby died: sorrow, a person, the hotline; no question, no STOP.
    Loss {
        /// What the family called the child: `son`, `daughter`, `twins`, `baby`; `None` says none.
        child: Option<&'a str>,
        /// The care the message calls for.
        care: Care,
    },
    /// Somebody asks to be called: a person will.
    Callback {
        /// Not before this.
        after: Option<Timestamp>,
    },
    /// Anger at us: an apology, and a person looks.
    Sorry {
        /// The care the message calls for.
        care: Care,
    },
    /// Who is this? Without a word about health: somebody else may hold the phone.
    WhoIs,
    /// The message was meant for somebody else.
    WrongNumber,
    /// Somebody sells something or offers money.
    NotFamily,
    /// An answer to thanks and praise.
    Thanks,
    /// The answer to HELP, which carriers want with contact and STOP.
    Help,
    /// The one confirmation of a STOP.
    Stopped {
        /// The family asked to be deleted as well.
        deleting: bool,
    },
    /// Texts again after a STOP.
    Restarted,
    /// The text that follows a phone call to the line.
    MissedCall,
    /// We did not understand; said once.
    Unclear,
    /// The family asks to be deleted: it goes by itself.
    Deleting,
    /// A person will text: the budget of texts is used up, or the matter is beyond the service.
    PersonWillText,
    /// The names.
    Names {
        /// One to three consultants, in the order of their places.
        cards: &'a [Card<'a>],
        /// The referral's code.
        code: Code,
        /// There are fewer than three, and we keep asking.
        more_coming: bool,
        /// The first names for this referral; false after a second try.
        first: bool,
        /// The family's private page with the same names.
        page: Option<&'a str>,
    },
    /// The names that were missing from the first text.
    TopUp {
        /// The new consultants alone.
        cards: &'a [Card<'a>],
        /// The referral's code.
        code: Code,
        /// The family's private page with all the names.
        page: Option<&'a str>,
    },
    /// A consultant whose name the family has cannot come.
    Replacement {
        /// Her name, as the family got it.
        gone: &'a PersonName,
        /// Who comes instead; `None` while we ask.
        card: Option<Card<'a>>,
        /// The referral's code.
        code: Code,
    },
    /// Nobody by the promised time: we ask more widely and a person knows.
    StillLooking {
        /// The referral's code.
        code: Code,
        /// How many are asked now; below 2 says no number.
        asked: u32,
        /// When the family hears from us next.
        until: Timestamp,
    },
    /// Nobody within a day: resources, and a person will text.
    NoneFound {
        /// The referral's code.
        code: Code,
    },
    /// Did you reach someone? Once, a day or two after the names.
    FollowUp {
        /// The consultants' names in the order of the cards.
        names: &'a [PersonName],
        /// The referral's code.
        code: Code,
    },
    /// It reached somebody: what it thought of the line, from 1 to 5.
    Rate,
    /// It wants more names: they are asked for.
    More {
        /// The referral's code.
        code: Code,
        /// When it hears again.
        by: Timestamp,
    },
    /// It wants to be called: those named may get its number, if it says so.
    CallAsk {
        /// Whose names it has.
        names: &'a [PersonName],
        /// The referral's code.
        code: Code,
    },
    /// It said so: they have its number.
    CallAgreed {
        /// Who.
        names: &'a [PersonName],
        /// The referral's code.
        code: Code,
    },
    /// The follow-up was answered with 0: we ask again, without those.
    FollowUpAgain {
        /// The referral's code.
        code: Code,
        /// By when new names come.
        by: Timestamp,
    },
    /// The family called its request off.
    Withdrawn {
        /// The referral's code.
        code: Code,
    },
    /// More facts came and were passed on.
    Noted {
        /// The referral's code.
        code: Code,
        /// The care the message calls for.
        care: Care,
    },
    /// None of the consultants called back: an apology, and we ask again.
    Reopened {
        /// The referral's code.
        code: Code,
        /// By when new names come.
        by: Timestamp,
    },
    /// The family asks again while we are asking.
    AlreadyAsking {
        /// The referral's code.
        code: Code,
        /// By when names come.
        by: Timestamp,
        /// The care the message calls for.
        care: Care,
    },
}

impl ToFamily<'_> {
    /// Whether the family waits for a further text of ours after this one.
    pub(crate) fn leaves_waiting(&self) -> bool {
        match self {
            // A line of care is said whatever waits.
            Self::Ask { care, .. }
            | Self::Noted { care, .. }
            | Self::AlreadyAsking { care, .. } => !care.is_some(),
            Self::StillLooking { .. }
            | Self::Rate
            | Self::More { .. }
            | Self::CallAsk { .. }
            | Self::FollowUpAgain { .. }
            | Self::Reopened { .. }
            | Self::Replacement { card: None, .. } => true,
            _ => false,
        }
    }

    /// Whether the text says itself what care is called for, or is about nothing else.
    pub(crate) fn speaks_of_care(&self) -> bool {
        matches!(
            self,
            Self::Ack { .. }
                | Self::Held { .. }
                | Self::Ask { .. }
                | Self::Emergency
                | Self::Crisis { .. }
                | Self::PrivateDanger
                | Self::Loss { .. }
                | Self::Sorry { .. }
                | Self::Noted { .. }
                | Self::AlreadyAsking { .. }
        )
    }
}

/// What was chosen, with the care lines at their places.
pub(super) fn with_care_first(speech: &Speech<'_>, care: Care, what: &ToFamily<'_>) -> MessageText {
    let plain = text(speech, what);
    if what.speaks_of_care() || !care.is_some() {
        return plain;
    }
    let (head, words) = (speech.headed(""), plain.reveal());
    let words = words.strip_prefix(head.trim_end()).unwrap_or(words).trim_start();
    speech.letter(&with_care(speech, care, vec![words.to_owned()]))
}

/// What was chosen, in the speech's language.
pub(super) fn text(speech: &Speech<'_>, what: &ToFamily<'_>) -> MessageText {
    let code_alone = |key: &str, code: Code| {
        speech.letter(&[speech.say(key, &[("code", code.as_str().into())])])
    };
    let alone = |key: &str| speech.letter(&[speech.say(key, &[])]);
    match *what {
        ToFamily::Ack {
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
        } => speech.acknowledge(&Ack {
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
        }),
        ToFamily::Held { facts, code, care } => speech.hold(facts, code, care),
        ToFamily::Ask { what, care, night_until, age_too, prenatal, questions } => {
            let question = Question { what, care, night_until, age_too, prenatal, questions };
            let tries = [false, true]
                .map(|short| speech.headed(&speech.sentences(&speech.ask(&question, short))));
            let limit = if care.is_some() { Limit::CARE } else { Limit::ANSWER };
            MessageText::new(first_that_fits(limit, tries.into_iter()))
        }
        ToFamily::Emergency => MessageText::new(speech.say("danger", &[])),
        ToFamily::Crisis { about_baby: false } => alone("crisis"),
        ToFamily::Crisis { about_baby: true } => alone("crisis-baby"),
        ToFamily::PrivateDanger => alone("safe-to-text"),
        ToFamily::Loss { child, care } => {
            let sorrow = match child {
                Some(child) => speech.say("loss", &[("child", child.into())]),
                None => speech.say("loss-plain", &[]),
            };
            speech.letter(&with_care(speech, Care { support: false, ..care }, vec![sorrow]))
        }
        ToFamily::Callback { after } => {
            let call = match after.map(|at| speech.on_its_day(at)) {
                Some(after) => speech.say("callback-after", &[("after", after.into())]),
                None => speech.say("callback", &[]),
            };
            let rest = ["watch", "emergency", "stop"].map(|key| speech.say(key, &[]));
            speech.letter(&[&[call], &rest[..]].concat())
        }
        ToFamily::Sorry { care } => {
            let mut text = with_care(speech, care, vec![speech.say("sorry", &[])]);
            if !care.now && !care.poison {
                text.push(speech.say("emergency", &[]));
            }
            speech.letter(&text)
        }
        ToFamily::WhoIs => speech.letter(&[speech.say("who", &[("name", speech.name().into())])]),
        ToFamily::WrongNumber => alone("wrong-number"),
        ToFamily::NotFamily => alone("vendors"),
        ToFamily::Thanks => alone("thanks"),
        ToFamily::Help => match speech.contact() {
            Some(contact) => speech.letter(&[speech.say("help", &[("contact", contact.into())])]),
            None => alone("help-plain"),
        },
        ToFamily::Stopped { deleting: false } => alone("stopped"),
        ToFamily::Stopped { deleting: true } => alone("stopped-deleting"),
        ToFamily::Restarted => explained(speech, "restarted"),
        ToFamily::MissedCall => explained(speech, "missed-call"),
        ToFamily::Unclear => explained(speech, "unclear"),
        ToFamily::Deleting => alone("deleting"),
        ToFamily::PersonWillText => alone("person"),
        ToFamily::Names { cards, code, more_coming, first, page } => {
            let occasion = if first { Occasion::First } else { Occasion::Again };
            speech.names(cards, code, occasion, more_coming, page)
        }
        ToFamily::TopUp { cards, code, page } => {
            speech.names(cards, code, Occasion::TopUp, false, page)
        }
        ToFamily::Replacement { gone, card, code } => {
            let key = if card.is_some() { "replaced" } else { "replacing" };
            let args = [("gone", gone.reveal().into()), ("code", code.as_str().into())];
            let mut lines = vec![speech.headed(&speech.say(key, &args))];
            lines.extend(card.map(|card| speech.card(&card)));
            MessageText::new(lines.join("\n"))
        }
        ToFamily::StillLooking { code, asked, until } => speech.letter(&[speech.say(
            "still-looking",
            &[
                ("code", code.as_str().into()),
                ("asked", i64::from(asked).into()),
                ("until", speech.promised(until).into()),
            ],
        )]),
        ToFamily::NoneFound { code } => code_alone("none-found", code),
        ToFamily::FollowUp { names, code } => {
            let choices =
                (1..).zip(names).map(|(number, name)| format!("{number} {}", name.reveal()));
            let choices = speech.list(&choices.collect::<Vec<_>>());
            speech.letter(&[speech
                .say("follow-up", &[("choices", choices.into()), ("code", code.as_str().into())])])
        }
        ToFamily::Rate => alone("rate"),
        ToFamily::More { code, by } => promise(speech, "more", code, by),
        ToFamily::CallAsk { names, code } => about_calling(speech, "call-ask", names, code),
        ToFamily::CallAgreed { names, code } => about_calling(speech, "call-agreed", names, code),
        ToFamily::FollowUpAgain { code, by } => promise(speech, "follow-up-again", code, by),
        ToFamily::Withdrawn { code } => code_alone("withdrawn", code),
        ToFamily::Noted { code, care } => {
            let noted = speech.say("noted", &[("code", code.as_str().into())]);
            speech.letter(&with_care(speech, care, vec![noted]))
        }
        ToFamily::Reopened { code, by } => promise(speech, "reopened", code, by),
        ToFamily::AlreadyAsking { code, by, care } => {
            let args = [("code", code.as_str().into()), ("by", speech.promised(by).into())];
            let asking = speech.say("already-asking", &args);
            speech.letter(&with_care(speech, care, vec![asking]))
        }
    }
}

fn promise(speech: &Speech<'_>, key: &str, code: Code, by: Timestamp) -> MessageText {
    let args = [("code", code.as_str().into()), ("by", speech.promised(by).into())];
    speech.letter(&[speech.say(key, &args)])
}

fn about_calling(speech: &Speech<'_>, key: &str, names: &[PersonName], code: Code) -> MessageText {
    let names = names.iter().map(|name| name.reveal().to_owned()).collect::<Vec<_>>();
    let names = speech.series(&names, "and");
    speech.letter(&[speech.say(key, &[("names", names.into()), ("code", code.as_str().into())])])
}

/// What a family is to text, after a first sentence that says why we write.
fn explained(speech: &Speech<'_>, first: &str) -> MessageText {
    let keys = [first, "tell-us", "emergency", "stop"];
    speech.letter(&keys.map(|key| speech.say(key, &[])))
}

/// The sentences with the care lines at their places.
fn with_care(speech: &Speech<'_>, care: Care, sentences: Vec<String>) -> Vec<String> {
    let mut text = Vec::from_iter(speech.care_now(care));
    text.extend(sentences);
    text.extend(speech.care_beside(care));
    text
}
