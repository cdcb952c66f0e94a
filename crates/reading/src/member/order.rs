//! The order in which a reply is read.

use model::reading::{Intent, MemberExtract};

use super::{
    Verdict, availability,
    claims::{Sides, affirmation, decline, negations, only_limits},
    colleagues,
    lexicon::{Found, Meaning},
    outcomes,
    reply::Reply,
};
use crate::keywords::{Refusal, refusal_in};

mod answers;
mod rests;
mod takes;

use answers::answer;
use rests::absence;
use takes::{lean, leftover, no, question, yes};

type Places = [(Vec<String>, String)];

/// Reads what is neither a keyword nor a reaction.
pub(super) fn read(reply: &Reply<'_>, text: &str, places: &Places) -> Verdict {
    let steps: [&dyn Fn() -> Option<Verdict>; 16] = [
        &|| machine(reply),
        &|| ethics(reply),
        &|| answer(reply),
        &|| refused(reply, text, places),
        &|| command(reply),
        &|| needs_help(reply),
        &|| off_topic(reply),
        &|| proxy(reply),
        &|| prior(reply),
        &|| outcome(reply),
        &|| release(reply),
        &|| absence(reply, places),
        &|| no(reply),
        &|| question(reply),
        &|| yes(reply),
        &|| lean(reply),
    ];
    steps.iter().find_map(|step| step()).unwrap_or_else(|| leftover(reply))
}

/// An answer that a machine wrote.
fn machine(reply: &Reply<'_>) -> Option<Verdict> {
    if !reply.codes().is_empty() {
        return None;
    }
    if let Some(found) = reply.first(Meaning::AutoReply) {
        return Some(Verdict::bare(Intent::AutoReply).found("auto_reply", reply, found));
    }
    let weak = reply.first(Meaning::AutoReplyWeak)?;
    let apart = |no: &Found| no.to <= weak.from || weak.to <= no.from;
    if affirmation(reply).is_some() || negations(reply).any(|no| apart(&no)) {
        return None;
    }
    Some(Verdict::bare(Intent::AutoReply).found("auto_reply.weak", reply, weak))
}

/// Money or a swap for a place: a note for the admin, and never a claim.
fn ethics(reply: &Reply<'_>) -> Option<Verdict> {
    let found = reply.first(Meaning::Ethics)?;
    Some(Verdict::new(Intent::EthicsFlag, reply.codes()).found("ethics", reply, found))
}

/// No more texts, in her own words. Leaving one family, or one kind of referral, is none.
fn refused(reply: &Reply<'_>, text: &str, places: &Places) -> Option<Verdict> {
    if !reply.codes().is_empty() {
        return None;
    }
    let kind = refusal_in(&reply.text)
        .filter(|kind| *kind == Refusal::Plain || !reply.has(Meaning::Preference))?;
    let scoped = !availability::quiet_days(reply).is_empty()
        || !availability::areas(reply, places).is_empty()
        || availability::returns_on_a_day(reply);
    if scoped {
        return None;
    }
    match kind {
        Refusal::Plain => Some(Verdict::bare(Intent::Resign).because("refusal", text)),
        Refusal::Short if reply.has(Meaning::Release) || reply.has(Meaning::Away) => None,
        Refusal::Short => Some(Verdict::bare(Intent::OptOut).because("refusal.short", text)),
    }
}

/// OPEN, MINE and how the line works.
fn command(reply: &Reply<'_>) -> Option<Verdict> {
    if !reply.codes().is_empty() {
        return None;
    }
    if let Some(found) = reply.first(Meaning::HowTo) {
        return Some(Verdict::bare(Intent::Help).found("how_to", reply, found));
    }
    let mine = reply.plain_words() == 1
        && reply.tokens.all.first().is_some_and(|token| token.text == "mine");
    if mine && (reply.claimed().is_some() || reply.free_codes().is_empty()) {
        return Some(Verdict::bare(Intent::ListMine).because("mine", reply.text.original()));
    }
    // "Open?" asks about the one that is.
    if reply.asks() && reply.plain_words() == 1 && reply.free_codes().len() == 1 {
        return None;
    }
    let (intent, found) = match (reply.first(Meaning::ListOpen), reply.first(Meaning::ListMine)) {
        (_, Some(found)) => (Intent::ListMine, found),
        (Some(found), None) => (Intent::ListOpen, found),
        (None, None) => return None,
    };
    Some(Verdict::bare(intent).found("list", reply, found))
}

/// A member may be a mother too: then we ask which it is.
fn needs_help(reply: &Reply<'_>) -> Option<Verdict> {
    let outright = reply.first(Meaning::NeedsHelp);
    let told = reply.first(Meaning::OwnBaby).filter(|_| reply.has(Meaning::Trouble));
    let found = outright.or(told)?;
    let speaks_as_member = !reply.codes().is_empty()
        || affirmation(reply).is_some_and(|yes| reply.has(Meaning::Claim) && yes.from < found.from)
        || reply.has(Meaning::Decline)
        || reply.has(Meaning::Release)
        || reply.has(Meaning::Prior);
    (!speaks_as_member).then(|| Verdict::bare(Intent::NeedsHelp).found("needs_help", reply, found))
}

/// Talk for the members' group.
fn off_topic(reply: &Reply<'_>) -> Option<Verdict> {
    let found = reply.first(Meaning::OffTopic)?;
    let about_offer = !reply.codes().is_empty()
        || reply.has(Meaning::Status)
        || affirmation(reply).is_some_and(|yes| {
            reply.tokens.clause_of(yes.from) != reply.tokens.clause_of(found.from)
        });
    // "Sorry, at a conference" is about the offer.
    let refuses =
        !reply.asks() && (negations(reply).next().is_some() || reply.has(Meaning::Excuse));
    (!about_offer && !refuses)
        .then(|| Verdict::bare(Intent::OffTopic).found("off_topic", reply, found))
}

/// A claim for a colleague: places are claimed from one's own phone.
fn proxy(reply: &Reply<'_>) -> Option<Verdict> {
    if reply.has(Meaning::Release) && reply.claimed().is_some() {
        return None;
    }
    let colleague = colleagues::claimed_for(reply)?;
    let extract = MemberExtract { colleague: colleague.name, ..MemberExtract::default() };
    let reason = reply.reason("intent", "proxy", reply.tokens.clause_of(colleague.at));
    let mut verdict = Verdict::new(Intent::ProxyClaim, reply.codes()).with(extract);
    verdict.reasons.push(reason);
    Some(verdict)
}

/// She believes she knows the family; we neither confirm nor deny.
fn prior(reply: &Reply<'_>) -> Option<Verdict> {
    let named = is_this_somebody(reply);
    let found = reply.first(Meaning::Prior).or(named)?;
    // About a family whose names she was sent it is news of it, not a guess.
    let about_offer = !reply.free_codes().is_empty() || reply.last().is_none();
    if !about_offer || reply.has(Meaning::Claim) {
        return None;
    }
    Some(Verdict::new(Intent::PriorRelationship, reply.codes()).found("prior", reply, found))
}

/// "Is this Rachel?"
fn is_this_somebody(reply: &Reply<'_>) -> Option<Found> {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    let at = (0..reply.tokens.all.len()).find(|&at| {
        text(at) == "is"
            && matches!(text(at + 1), "this" | "that" | "it")
            && colleagues::name_at(reply, at + 2).is_some()
    })?;
    Some(Found { meaning: Meaning::Prior, from: at, to: at + 3 })
}

fn outcome(reply: &Reply<'_>) -> Option<Verdict> {
    let gives_back = reply
        .all(Meaning::Release)
        .any(|found| !matches!(reply.tokens.all[found.from].text.as_str(), "ghosted"));
    if gives_back && reply.claimed().is_some() {
        return None;
    }
    let outcome = outcomes::read(reply)?;
    let verdict = Verdict::new(outcome.intent, vec![outcome.code]).with(outcome.extract);
    Some(verdict.found("outcome", reply, outcome.found))
}

/// She gives her place back, or passes if she has none.
fn release(reply: &Reply<'_>) -> Option<Verdict> {
    let typed = reply.codes();
    let mine = reply.claimed();
    let found = reply.first(Meaning::Release);
    let held = mine.or_else(|| typed.first().copied());
    let refuses =
        || negations(reply).chain(reply.all(Meaning::Retract)).min_by_key(|found| found.from);
    let found = match (found, mine) {
        (Some(found), _) => found,
        // "Actually I can't", when the only thing she can mean is her place.
        (None, Some(mine)) => {
            let free = reply.free_codes();
            let about_it = typed.is_empty() && free.is_empty() || typed == [mine];
            let yes = affirmation(reply);
            refuses().filter(|_| {
                about_it && !reply.asks() && !(yes.is_some() && only_limits(reply, yes))
            })?
        }
        (None, None) => return None,
    };
    let Some(held) = held else {
        let refused = refuses().is_some() || reply.free_codes().is_empty();
        let offered = !reply.free_codes().is_empty();
        return match (offered, refused || found.to - found.from >= 1) {
            (true, true) => Some(decline(reply, &Sides::default(), Some(found))),
            _ => Some(Verdict::bare(Intent::Release).found("release", reply, found)),
        };
    };
    let codes = if typed.is_empty() { vec![held] } else { typed };
    let sent = codes.iter().any(|code| reply.handed_off(*code));
    let intent = if sent { Intent::ReleaseAfterSend } else { Intent::Release };
    Some(Verdict::new(intent, codes).found("release", reply, found))
}
