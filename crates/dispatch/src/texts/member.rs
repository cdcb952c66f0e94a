//! What a member is told.

use jiff::civil::Date;
use model::{Code, MessageText, Phone, Timestamp, referral::Facts};

mod lists;
mod papers;

use self::lists::{held_lines, open_lines, place_of, preference, status, which};
pub(super) use self::papers::things;
pub use self::papers::{AboutPapers, Ending};
use super::{
    offer::{self, Offer},
    speech::Speech,
};

/// A referral that is open to a member, as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOffer {
    /// Its code.
    pub code: Code,
    /// What it is about, from [`Texts::about`](super::Texts::about).
    pub about: String,
}

/// A referral that a member has claimed, as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPlace {
    /// Its code.
    pub code: Code,
    /// Her place; `None` on standby.
    pub place: Option<i64>,
    /// What it is about, from [`Texts::about`](super::Texts::about); may be empty.
    pub about: String,
}

/// One text to a member. No text says who else claimed, nor anything about the family that the
/// offer did not say.
#[derive(Clone, Copy)]
pub enum ToMember<'a> {
    /// Her copy of a broadcast, in one segment where possible.
    Offer {
        /// The referral's code.
        code: Code,
        /// What may be told.
        facts: &'a Facts,
        /// Area and age band only.
        coarse: bool,
        /// Help is wanted today.
        urgent: bool,
        /// It was broadcast before: a second try, or a wider one.
        again: bool,
        /// The page on which she can claim by tapping; left out where it does not fit.
        link: Option<&'a str>,
    },
    /// She has a place.
    Claimed {
        /// The referral's code.
        code: Code,
        /// 1, 2 or 3.
        place: i64,
        /// What the family will read beside her name.
        caveat: Option<&'a str>,
    },
    /// She claimed several at once.
    ClaimedMany {
        /// What she has now.
        claims: &'a [HeldPlace],
    },
    /// She claimed for herself and a colleague: only her own claim counts.
    SelfOnly {
        /// The referral's code.
        code: Code,
        /// Her place; `None` on standby.
        place: Option<i64>,
        /// The colleague as she named her.
        colleague: Option<&'a str>,
    },
    /// A thumbs-up or an "ok": her place is held while we ask.
    Confirm {
        /// The referral's code.
        code: Code,
        /// How long it is held.
        minutes: u32,
    },
    /// She would take it on a condition: her place is held while we ask for her terms.
    ConfirmTerms {
        /// The referral's code.
        code: Code,
        /// How long it is held.
        minutes: u32,
    },
    /// A code one letter away from an open one: her place is held while we ask.
    DidYouMean {
        /// The open one.
        code: Code,
        /// How long it is held.
        minutes: u32,
    },
    /// Yes, and several are open: all are held while we ask which.
    Which {
        /// Those that are open, in the order of the numbers she may answer with.
        open: &'a [OpenOffer],
        /// How long they are held.
        minutes: u32,
    },
    /// Her claim is kept, and places are given later.
    Collected {
        /// The referral's code.
        code: Code,
        /// When, at the latest.
        by: Timestamp,
    },
    /// A thumbs-up, a condition or a slip of the finger while claims are collected: her turn is kept
    /// while we ask.
    ConfirmTurn {
        /// The referral's code.
        code: Code,
        /// How long it is kept.
        minutes: u32,
    },
    /// The family asks for a call, and has said in writing that she gets its number.
    FamilyCall {
        /// The referral's code.
        code: Code,
        /// The family's number.
        phone: &'a Phone,
    },
    /// The family asks to be deleted: to those who were given its number.
    FamilyDeleted {
        /// The referral's code.
        code: Code,
    },
    /// The family changed what it needs: to those who have a place.
    Changed {
        /// The referral's code.
        code: Code,
        /// What may be told.
        facts: &'a Facts,
        /// Area and age band only.
        coarse: bool,
    },
    /// The chapter took her in.
    Approved,
    /// The chapter did not take her in.
    TurnedDown {
        /// In how many days what she sent is erased.
        days: i64,
    },
    /// A link to her pages was made that can be kept.
    PageKept {
        /// For how long it works.
        days: i64,
    },
    /// She is new: is this her number?
    ConfirmNumber,
    /// An offer to practise on: no family waits.
    Practice {
        /// A code that nothing has.
        code: Code,
    },
    /// She claimed it.
    Practised {
        /// Its code.
        code: Code,
    },
    /// She asks what is hers: nothing, and this one is open to her.
    NoneYours {
        /// The one that is open.
        code: Code,
    },
    /// She is on standby. Her rank is not told, and she hears again only if a place opens.
    Standby {
        /// The referral's code.
        code: Code,
    },
    /// All three places went before hers: filled, and she is on standby.
    Filled {
        /// The referral's code.
        code: Code,
    },
    /// She claims what she has.
    Already {
        /// The referral's code.
        code: Code,
        /// Her place; `None` on standby.
        place: Option<i64>,
    },
    /// A place opened and she has it.
    MovedUp {
        /// The referral's code.
        code: Code,
        /// 1, 2 or 3.
        place: i64,
    },
    /// She did not confirm in time.
    Lapsed {
        /// The referral's code.
        code: Code,
    },
    /// The family has her name now.
    NamesSent {
        /// The referral's code.
        code: Code,
    },
    /// She gave her place back.
    Dropped {
        /// The referral's code.
        code: Code,
    },
    /// She gave it back after the family had her name.
    DroppedAfterNames {
        /// The referral's code.
        code: Code,
    },
    /// The referral is over before the names went out.
    Closed {
        /// The referral's code.
        code: Code,
        /// The family called it off; else the chapter closed it.
        by_family: bool,
    },
    /// She claims, and nothing is open to her.
    NoneOpen {
        /// The last one that was, and is filled.
        last: Option<Code>,
    },
    /// We did not understand: how to claim.
    How {
        /// The one that is open to her, where there is one.
        code: Option<Code>,
    },
    /// She asks about the family or the terms: all we know, nothing more.
    Answer {
        /// The referral's code.
        code: Code,
        /// What may be told.
        facts: &'a Facts,
        /// Area and age band only.
        coarse: bool,
    },
    /// She asks for the family's number.
    NoFamilyContact {
        /// The referral's code.
        code: Code,
    },
    /// How it stands.
    Status {
        /// The referral's code.
        code: Code,
        /// How many places are taken, hers included.
        taken: i64,
        /// Her own: `Some(None)` on standby.
        mine: Option<Option<i64>>,
    },
    /// What is open to her.
    Open {
        /// Those; may be none.
        lines: &'a [OpenOffer],
    },
    /// What she has.
    Mine {
        /// Those; may be none.
        lines: &'a [HeldPlace],
    },
    /// Away.
    Away {
        /// The day on which she is back.
        until: Option<Date>,
    },
    /// Back, or texts again after a STOP is [`Restarted`](Self::Restarted).
    Back,
    /// A wish of hers that needs her yes.
    PreferenceAsk {
        /// Days without referrals: `sun`.
        quiet_days: &'a [String],
        /// Areas she does not want.
        exclude_areas: &'a [String],
    },
    /// Her wish stands on her listing now.
    PreferenceSet,
    /// Her wish goes to the admin.
    PreferenceNoted,
    /// The commands.
    Help,
    /// The first text to a new member: what she will get, and how to stop it.
    Welcome,
    /// The one confirmation of a STOP or a resignation.
    Stopped,
    /// Texts again after a STOP.
    Restarted,
    /// Her listing rests: no reason is told.
    NotActive,
    /// A paper of hers is not current.
    NotEligible {
        /// The paper in plain words ("liability insurance"); `None` tells no reason.
        paper: Option<&'a str>,
        /// The day on which it expired.
        expired: Option<Date>,
    },
    /// She claims for a colleague.
    Proxy {
        /// The colleague as she named her.
        colleague: Option<&'a str>,
    },
    /// She told an outcome with clinical words in it.
    NoClinical {
        /// The referral's code.
        code: Code,
    },
    /// She told an outcome.
    OutcomeThanks {
        /// The referral's code.
        code: Code,
        /// A visit is booked.
        booked: bool,
    },
    /// She believes she knows the family: neither yes nor no.
    Prior {
        /// The referral's code.
        code: Code,
    },
    /// Talk for the members' group.
    NotGroup,
    /// Money or a swap for a referral.
    Ethics {
        /// The one that is open to her, where there is one.
        code: Option<Code>,
    },
    /// Her papers and her lists.
    Papers(AboutPapers<'a>),
    /// She seems to need help herself: which is it?
    WhichNeed,
    /// Somebody we do not know, on the members' line: tells nothing but the families' line.
    Stranger {
        /// The families' line, where there is another.
        families_line: Option<&'a Phone>,
    },
}

/// What was chosen.
pub(super) fn text(speech: &Speech<'_>, what: &ToMember<'_>) -> MessageText {
    MessageText::new(words(speech, what))
}

fn words(speech: &Speech<'_>, what: &ToMember<'_>) -> String {
    let coded = |key: &str, code: Code| speech.say(key, &[("code", code.as_str().into())]);
    let placed = |key: &str, code: Code, place: i64| {
        speech.say(key, &[("code", code.as_str().into()), ("place", place.into())])
    };
    let held = |key: &str, code: Code, minutes: u32| {
        let minutes = i64::from(minutes).into();
        speech.say(key, &[("code", code.as_str().into()), ("minutes", minutes)])
    };
    let headed = |key: &str| speech.headed(&speech.say(key, &[]));
    let for_days = |key: &str, days: i64| speech.headed(&speech.say(key, &[("days", days.into())]));
    let colleague =
        |name: Option<&str>| name.map_or_else(|| speech.say("colleague", &[]), str::to_owned);
    match *what {
        ToMember::Offer { code, facts, coarse, urgent, again, link } => {
            offer::offer(speech, &Offer { code, facts, coarse, urgent, again, link })
        }
        ToMember::Claimed { code, place, caveat: None } => placed("claimed", code, place),
        ToMember::Claimed { code, place, caveat: Some(caveat) } => speech.say(
            "claimed-caveat",
            &[("code", code.as_str().into()), ("place", place.into()), ("caveat", caveat.into())],
        ),
        ToMember::ClaimedMany { claims } => {
            let mut text = claims
                .iter()
                .map(|claim| place_of(speech, claim.code, claim.place))
                .collect::<Vec<_>>();
            text.push(speech.say("claimed-many", &[]));
            speech.sentences(&text)
        }
        ToMember::SelfOnly { code, place, colleague: name } => speech.sentences(&[
            place_of(speech, code, place),
            speech.say(
                "self-only",
                &[("colleague", colleague(name).into()), ("code", code.as_str().into())],
            ),
        ]),
        ToMember::Confirm { code, minutes } => held("confirm", code, minutes),
        ToMember::ConfirmTerms { code, minutes } => held("confirm-terms", code, minutes),
        ToMember::DidYouMean { code, minutes } => held("did-you-mean", code, minutes),
        ToMember::Which { open, minutes } => which(speech, open, minutes),
        ToMember::Collected { code, by } => {
            let by = speech.from(by).into();
            speech.say("collected", &[("code", code.as_str().into()), ("by", by)])
        }
        ToMember::ConfirmTurn { code, minutes } => held("confirm-turn", code, minutes),
        ToMember::FamilyCall { code, phone } => speech.say(
            "family-call",
            &[("code", code.as_str().into()), ("phone", phone.national().into())],
        ),
        ToMember::FamilyDeleted { code } => {
            speech.say("family-deleted", &[("code", code.as_str().into())])
        }
        ToMember::Changed { code, facts, coarse } => {
            let facts = offer::everything(speech, facts, coarse);
            speech.say("changed", &[("code", code.as_str().into()), ("facts", facts.into())])
        }
        ToMember::Approved => headed("approved"),
        ToMember::TurnedDown { days } => for_days("turned-down", days),
        ToMember::PageKept { days } => for_days("page-kept", days),
        ToMember::ConfirmNumber => headed("confirm-number"),
        ToMember::Practice { code } => coded("practice", code),
        ToMember::Practised { code } => coded("practised", code),
        ToMember::NoneYours { code } => coded("mine-none-open", code),
        ToMember::Standby { code } => coded("standby", code),
        ToMember::Filled { code } => coded("filled", code),
        ToMember::Already { code, place: Some(place) } => placed("already", code, place),
        ToMember::Already { code, place: None } => coded("already-standby", code),
        ToMember::MovedUp { code, place } => placed("moved-up", code, place),
        ToMember::Lapsed { code } => coded("lapsed", code),
        ToMember::NamesSent { code } => coded("names-sent", code),
        ToMember::Dropped { code } => coded("dropped", code),
        ToMember::DroppedAfterNames { code } => coded("dropped-after-names", code),
        ToMember::Closed { code, by_family: true } => coded("closed", code),
        ToMember::Closed { code, by_family: false } => coded("closed-by-chapter", code),
        ToMember::NoneOpen { last: Some(code) } => coded("none-open-last", code),
        ToMember::NoneOpen { last: None } => speech.say("none-open", &[]),
        ToMember::How { code: Some(code) } => coded("how", code),
        ToMember::How { code: None } => speech.say("how-plain", &[]),
        ToMember::Answer { code, facts, coarse } => {
            let facts = offer::everything(speech, facts, coarse);
            speech.say("answer", &[("code", code.as_str().into()), ("facts", facts.into())])
        }
        ToMember::NoFamilyContact { code } => coded("no-family-contact", code),
        ToMember::Status { code, taken, mine } => status(speech, code, taken, mine),
        ToMember::Open { lines: [] } => headed("open-none"),
        ToMember::Open { lines } => open_lines(speech, lines),
        ToMember::Mine { lines: [] } => headed("mine-none"),
        ToMember::Mine { lines } => held_lines(speech, lines),
        ToMember::Away { until: Some(day) } => {
            speech.headed(&speech.say("away-until", &[("date", speech.day(day).into())]))
        }
        ToMember::Away { until: None } => headed("away"),
        ToMember::Back => headed("back"),
        ToMember::PreferenceAsk { quiet_days, exclude_areas } => {
            preference(speech, quiet_days, exclude_areas)
        }
        ToMember::PreferenceSet => speech.say("preference-set", &[]),
        ToMember::PreferenceNoted => speech.say("preference-noted", &[]),
        ToMember::Help => match speech.contact() {
            Some(contact) => {
                speech.headed(&speech.say("member-help", &[("contact", contact.into())]))
            }
            None => headed("member-help-plain"),
        },
        ToMember::Welcome => headed("welcome"),
        ToMember::Stopped => headed("member-stopped"),
        ToMember::Restarted => headed("member-restarted"),
        ToMember::NotActive => headed("not-active"),
        ToMember::NotEligible { paper: None, .. } => headed("not-eligible"),
        ToMember::NotEligible { paper: Some(paper), expired } => speech.headed(&match expired {
            Some(day) => speech.say(
                "not-eligible-expired",
                &[("paper", paper.into()), ("date", speech.day(day).into())],
            ),
            None => speech.say("not-eligible-paper", &[("paper", paper.into())]),
        }),
        ToMember::Proxy { colleague: name } => {
            speech.say("proxy", &[("colleague", colleague(name).into())])
        }
        ToMember::NoClinical { code } => coded("no-clinical", code),
        ToMember::OutcomeThanks { code, booked: true } => coded("outcome-booked", code),
        ToMember::OutcomeThanks { code, booked: false } => coded("outcome-noted", code),
        ToMember::Prior { code } => coded("prior", code),
        ToMember::NotGroup => headed("not-group"),
        ToMember::Ethics { code: Some(code) } => coded("ethics-code", code),
        ToMember::Ethics { code: None } => speech.say("ethics", &[]),
        ToMember::Papers(ref about) => papers::words(speech, about),
        ToMember::WhichNeed => headed("which-need"),
        ToMember::Stranger { families_line: Some(line) } => {
            speech.headed(&speech.say("stranger", &[("line", line.national().into())]))
        }
        ToMember::Stranger { families_line: None } => headed("stranger-plain"),
    }
}
