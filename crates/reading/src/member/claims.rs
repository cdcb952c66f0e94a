//! Yes, perhaps and no, for which referral.

use model::{
    Code,
    reading::{Intent, MemberExtract},
};

use super::{
    Verdict, caveat, colleagues,
    lexicon::{Found, Meaning},
    offers,
    reply::{Reply, filled},
    tokens::Tag,
};

/// Codes she takes and codes she passes on, in the order she names them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) yes: Vec<Code>,
    pub(crate) no: Vec<Code>,
}

/// Which of the typed codes are said no to.
pub(crate) fn sides(reply: &Reply<'_>) -> Sides {
    let codes = reply.codes();
    let mut no = Vec::new();
    for found in negations(reply) {
        let inside = (found.from..found.to).filter_map(|at| code_at(reply, at));
        let mut named = inside.collect::<Vec<_>>();
        if named.is_empty() && codes.len() > 1 {
            named.extend(beside(reply, found));
        }
        no.extend(named.into_iter().filter(|code| codes.contains(code)));
    }
    // "M3T yes": said yes to outright.
    let affirmed = |code: Code| {
        reply
            .all(Meaning::Yes)
            .chain(reply.all(Meaning::Claim))
            .any(|found| (found.from..found.to).any(|at| code_at(reply, at) == Some(code)))
    };
    let several = codes.len() > 1;
    let denied = |code: &Code| no.contains(code) && !(several && affirmed(*code));
    let (no, yes) = codes.into_iter().partition(denied);
    Sides { yes, no }
}

/// Phrases that say no, without those that only limit.
pub(crate) fn negations<'r>(reply: &'r Reply<'_>) -> impl Iterator<Item = Found> + 'r {
    [Meaning::Decline, Meaning::No, Meaning::Neither]
        .into_iter()
        .flat_map(|meaning| reply.all(meaning))
}

/// Phrases that say yes, without those inside a longer no.
pub(crate) fn affirmation(reply: &Reply<'_>) -> Option<Found> {
    let said = reply.all(Meaning::Claim).chain(reply.all(Meaning::Yes));
    said.filter(|found| !negations(reply).any(|no| no.from <= found.from && found.from < no.to))
        .filter(|found| !denied_before(reply, found.from))
        .min_by_key(|found| found.from)
}

/// "Not available", "don't think I can": the word before takes the yes back.
fn denied_before(reply: &Reply<'_>, at: usize) -> bool {
    let clause = reply.tokens.clause_of(at);
    let words = [
        "not", "dont", "cant", "isnt", "never", "no", "wish", "doubt", "arent", "whether",
        "unless", "hope", "until", "when", "till",
    ];
    (1..=3).filter_map(|back| at.checked_sub(back)).filter(|at| clause.contains(at)).any(|at| {
        reply.tokens.all.get(at).is_some_and(|token| words.contains(&token.text.as_str()))
    })
}

fn code_at(reply: &Reply<'_>, at: usize) -> Option<Code> {
    match reply.tokens.all.get(at)?.tag {
        Tag::Code(code) => Some(code),
        Tag::Plain => None,
    }
}

/// The code that a "no" standing alone belongs to: the one right after it, else right before.
fn beside(reply: &Reply<'_>, found: Found) -> Option<Code> {
    let clause = reply.tokens.clause_of(found.from);
    let after = (found.to..clause.end.min(found.to + 3)).find_map(|at| code_at(reply, at));
    let before = || found.from.checked_sub(1).and_then(|at| code_at(reply, at));
    after.or_else(before)
}

/// A no that is only a limit on a yes: "yes, but I can't do mornings".
pub(crate) fn only_limits(reply: &Reply<'_>, yes: Option<Found>) -> bool {
    negations(reply).all(|no| {
        let limit = reply.all(Meaning::Limit).any(|limit| limit.from < no.to && no.from < limit.to);
        let elsewhere = match yes {
            Some(yes) => !reply.tokens.clause_of(no.from).contains(&yes.from) || yes.from < no.from,
            // The code alone said yes; a no in its own clause is a no to it.
            None => !reply.tokens.clause_of(no.from).clone().any(|at| code_at(reply, at).is_some()),
        };
        limit && elsewhere
    })
}

/// A claim of whatever kind, with its codes judged by what is open.
pub(crate) fn claim(
    reply: &Reply<'_>,
    intent: Intent,
    rule: &str,
    found: Option<Found>,
    sides: &Sides,
) -> Verdict {
    let mut extract = MemberExtract::default();
    caveat::read(reply, &mut extract);
    extract.declined = sides.no.clone();
    extract.colleague = colleagues::beside_her(reply);
    let (intent, codes) = targets(reply, intent, sides);
    let verdict = Verdict::new(intent, codes).with(extract);
    match found {
        Some(found) => verdict.found(rule, reply, found),
        None => verdict.because(rule, reply.text.original()),
    }
}

/// Which referrals a claim is for, and what that makes of it.
fn targets(reply: &Reply<'_>, intent: Intent, sides: &Sides) -> (Intent, Vec<Code>) {
    let free = reply.free_codes();
    let offers = reply.free_offers();
    let mut codes = sides.yes.clone();
    if codes.is_empty() && offers.len() > 1 {
        codes = offers::described(reply, &offers, false);
        if codes.is_empty() {
            let left =
                free.iter().copied().filter(|code| !sides.no.contains(code)).collect::<Vec<_>>();
            let several = left.len() > 1;
            return (if several { Intent::ClaimAmbiguous } else { intent }, left);
        }
    }
    if codes.is_empty() {
        match (free.as_slice(), reply.claimed()) {
            ([only], _) => codes.push(*only),
            ([], Some(mine)) => return (Intent::Duplicate, vec![mine]),
            _ => return (Intent::ClaimLate, codes),
        }
    }
    // A wrong code for a reply that names several is not made late by one of them.
    let mine = reply.claimed();
    if codes.iter().all(|code| Some(*code) == mine) {
        return (Intent::Duplicate, codes);
    }
    let open = |code: &Code| {
        reply
            .context
            .open_referrals
            .iter()
            .any(|offer| !filled(offer) && offer.code.parse() == Ok(*code))
    };
    if intent == Intent::Claim && !codes.iter().any(open) {
        return (Intent::ClaimLate, codes);
    }
    (intent, codes)
}

/// A no, for the codes she typed or for all that are open.
pub(crate) fn decline(reply: &Reply<'_>, sides: &Sides, found: Option<Found>) -> Verdict {
    let mut codes = if sides.no.is_empty() { sides.yes.clone() } else { sides.no.clone() };
    if codes.is_empty() {
        let offers = reply.free_offers();
        codes =
            if offers.len() > 1 { offers::described(reply, &offers, false) } else { Vec::new() };
        if codes.is_empty() {
            codes = reply.free_codes();
        }
    }
    let verdict = Verdict::new(Intent::Decline, codes);
    match found {
        Some(found) => verdict.found("decline", reply, found),
        None => verdict,
    }
}
