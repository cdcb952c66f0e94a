//! What a page says about what was just done. It comes back in the address as one word, so that nothing
//! anybody can write there is ever shown.

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

/// A saying a line: its name, whether it went well, its head and the rest.
macro_rules! sayings {
    ($($name:ident, $tone:ident, $head:literal, $rest:literal;)*) => {
        /// What was just done, or why it was not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Said {
            $($name,)*
        }

        impl Said {
            const ALL: &[Self] = &[$(Self::$name,)*];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            pub(crate) fn tone(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($tone),)*
                }
            }

            pub(crate) fn head(self) -> &'static str {
                match self {
                    $(Self::$name => $head,)*
                }
            }

            pub(crate) fn rest(self) -> &'static str {
                match self {
                    $(Self::$name => $rest,)*
                }
            }
        }
    };
}

sayings! {
    Released, good, "Released.", "The consultants who fit are asked, and the family is told.";
    Held, good, "Taken into your hands.", "Nobody further is asked until you release it.";
    Widened, good, "Asked more widely.", "Those who were asked are in the trace.";
    Closed, good, "Closed.", "Consultants who waited for its names are told.";
    ClosedAndTold, good, "Closed.", "The family is told, and so are consultants who waited for its names.";
    NotClosed, wait, "It was not closed.", "Choose whether the family is told and tick that you are sure, then press the button.";
    Seen, good, "Noted.", "Nobody else is called about this.";
    Blocked, good, "The number is blocked.", "It gets no texts, and what it sends opens nothing.";
    Unblocked, good, "The block is lifted.", "Its next text is received as any other.";
    Changed, wait, "Somebody changed it meanwhile.", "Nothing of yours was done. Look again, then decide.";
    State, wait, "It cannot be done any more.", "Nothing was changed: it has gone on since.";
    Nobody, wait, "There is nobody left to ask.", "Nothing was changed: everybody who may be asked has been.";
    Retried, good, "It goes out again.", "It waits for its turn in the outbox.";
    NotRetried, wait, "It cannot be sent again.", "Nothing was changed: it has gone on since, or its person wants no texts.";
    Corrected, good, "Corrected.", "It holds from now on, and is kept as a case to learn from.";
    TakenUp, good, "It is a referral now.", "It waits for you: look through its facts, then release it.";
    NotUnderstood, wait, "That could not be understood.", "Nothing was changed. Write it as a family would, such as 11215 or 5 days.";
    Published, good, "Published.", "The private link shows it from now on.";
    NewLink, good, "There is a new link.", "Give it to the hospital: the old one stopped working.";
    Verified, good, "Verified.", "It counts for every list from now on.";
    Rejected, good, "Rejected.", "The reason stands beside the requirement.";
    OwnPaper, wait, "This is about yourself.", "Nothing was changed. Somebody else decides it.";
    ExceptionAsked, good, "Asked for.", "It counts once another person approves it.";
    ExceptionApproved, good, "Approved.", "It counts from today through its end.";
    ExceptionEnded, good, "Ended.", "It does not count any more.";
    SecondPerson, wait, "This needs another person.", "Nothing was changed. Neither who asked for it nor the member herself can approve it.";
    NotWaivable, wait, "Nobody can waive this.", "Nothing was changed.";
    NoRules, wait, "There is nothing to publish yet.", "Nothing was changed: the hospital has no rules in force.";
    Recalled, good, "Taken off.", "If she was on the current list, it was corrected at once.";
    RecallLifted, good, "Lifted.", "The next edition takes her in if she is eligible.";
    Standing, good, "Her standing is changed.", "Whoever is barred is off every published list at once.";
    PhotoGone, good, "The photo is gone.", "Families see her name without it. She may give another.";
    MemberAdded, good, "She is on the roster.", "Enter what she offers; where the chapter wants numbers confirmed she is asked first.";
    OnRoster, wait, "This number is on the roster.", "Nobody was added: this is whose it is.";
    NumberChanged, good, "Her number is changed.", "She is asked by text, at the new one, whether it is hers.";
    NumberTaken, wait, "This number is another member's.", "Nothing was changed: look for it on the roster, among the removed as well.";
    NoNumber, wait, "This is no new number.", "Nothing was changed. Write all ten digits of another number than she has.";
    MemberAway, good, "She is away.", "What was open to her is passed; the places she has stay hers.";
    NoDay, wait, "That day cannot be used.", "Nothing was changed. Name a day after today, or none.";
    MemberBack, good, "She is back.", "She is asked again from now on.";
    NoReason, wait, "The reason is missing.", "Nothing was changed. Say why, in at most 400 letters.";
    NoLookup, wait, "Where you looked is missing.", "Nothing was changed. Say where you looked it up.";
    NoEnd, wait, "The last day cannot be used.", "Nothing was changed. Name a day from today on, at most two years away.";
    Incomplete, wait, "Something cannot be used.", "Nothing was changed. Open the page anew and try again.";
    TakenOver, good, "This thread is yours.", "The service says nothing by itself here, except what danger and STOP call for.";
    HandedBack, good, "Handed back.", "The service answers this family again, from where things stand.";
    Theirs, wait, "Somebody else has this thread.", "Nothing was changed. Her name stands on the page.";
    Sent, good, "Written.", "It goes out now. How far it has come stands beside it.";
    SentLater, good, "Written, and it waits.", "It is night for this family: it goes out in the morning.";
    NoWords, wait, "There was nothing to send.", "Nothing was sent. Write at least a word, and at most 800 letters.";
    WantsNone, wait, "This number wants no texts.", "Nothing was sent: it said STOP, or it is blocked. You may call.";
    Gone, wait, "This number was erased.", "Nothing was sent: it is kept no longer.";
    ThreadClosed, wait, "This thread is closed.", "Nothing was sent. If the family texts again, a new one begins.";
    Invited, good, "The link is on its way.", "It works once, for a week, with a code that is texted.";
    NotErased, wait, "Nothing was erased.", "Tick that you are sure, then press the button.";
    StillOpen, wait, "Nothing was erased.", "A conversation of this family is open: close it first.";
    Erased, good, "Erased.", "Counts stay, and that there was consent. Nothing that names anybody does.";
    NotSure, wait, "Nobody was let go.", "Tick that you are sure, then press the button.";
    LetGo, good, "Let go.", "Her sessions ended at once. What she did stays in the record.";
    OwnRole, wait, "This is about yourself.", "Nothing was changed. Another owner decides about you.";
    KnownNumber, wait, "This number is known.", "Nothing was changed: it is one of the chapter's people's already.";
    SessionEnded, good, "Ended.", "That device needs a new link.";
    Placed, good, "The place is hers.", "She is told by text, like everybody who claims.";
    LongCaveat, wait, "The condition is too long.", "Nothing was changed. Say it in at most 80 letters: the family reads it beside her name.";
    Replaced, good, "Replaced.", "Whoever stands by moves up; if nobody does, members are asked again.";
    OwnPlace, wait, "This is about yourself.", "Nothing was changed. Somebody else gives you a place, or you claim it by text.";
    NobodyFound, wait, "Nobody was found.", "Nothing was changed. Write her whole name as on the roster, or her number.";
    NothingFound, wait, "Nothing was found.", "Write a code such as K7Q, or a number whole; numbers are found by moderators.";
    PasskeyAdded, good, "The passkey is added.", "Next time it signs you in on this device.";
    PasskeyEnded, good, "The passkey is taken away.", "It signs nobody in any more.";
    Merged, good, "Made one.", "The other request is closed; what only it told is added here.";
    Kept, good, "Kept.", "What you changed holds from now on.";
    PaperKept, good, "The paper is kept.", "Somebody looks at it under Lists, Papers.";
    NotSaved, wait, "Something cannot be used.", "Nothing was changed. What it is stands beside its field.";
    ImportedInPart, wait, "Brought in, but for some lines.", "Those that were left alone are as they were; everybody else is on the roster as the file says.";
    Imported, good, "Brought in.", "Everybody in the file is on the roster as it says.";
}

impl Said {
    /// Its word in an address.
    pub(crate) fn word(self) -> String {
        let mut word = String::new();
        for letter in self.name().chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('_');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    }

    /// Leads to a page that says it.
    pub(crate) fn at(self, page: &str) -> Response {
        let and = if page.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{page}{and}said={}", self.word())).into_response()
    }
}

/// What the address says was just done.
pub(crate) struct Saying(pub(crate) Option<Said>);

#[derive(Deserialize)]
struct SaidInAddress {
    said: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Saying {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let said = Query::<SaidInAddress>::from_request_parts(parts, state).await;
        let word = said.ok().and_then(|Query(given)| given.said).unwrap_or_default();
        Ok(Self(Said::ALL.iter().copied().find(|said| said.word() == word)))
    }
}
