//! No, question and yes, in this order, and what is left when none of them was said.

use model::{Code, reading::Intent};

use crate::member::{
    Verdict,
    claims::{Sides, affirmation, claim, decline, negations, only_limits, sides},
    lexicon::{Found, Meaning},
    offers,
    reply::Reply,
    tokens::Tag,
};

/// No comes before yes: "not me" holds "me".
pub(super) fn no(reply: &Reply<'_>) -> Option<Verdict> {
    let sides = sides(reply);
    if !sides.no.is_empty() {
        return Some(if sides.yes.is_empty() {
            decline(reply, &sides, negations(reply).next())
        } else {
            claim(reply, Intent::Claim, "claim.sides", affirmation(reply), &sides)
        });
    }
    let yes = affirmation(reply);
    let Some(no) = negations(reply).min_by_key(|found| found.from) else {
        // "At a birth" says no where nothing says yes.
        let excuse = reply.first(Meaning::Excuse)?;
        let offered = !reply.free_codes().is_empty()
            && sides.yes.is_empty()
            && yes.is_none()
            && !reply.asks();
        let else_said = reply
            .any(&[Meaning::Standby, Meaning::Perhaps, Meaning::Condition, Meaning::Chatter])
            .is_some();
        return (offered && !else_said).then(|| decline(reply, &sides, Some(excuse)));
    };
    if reply.has(Meaning::Standby) {
        return None;
    }
    if (yes.is_some() || !sides.yes.is_empty()) && only_limits(reply, yes) {
        return None;
    }
    // "Isn't it taken?" and "can't she wait?" ask.
    if reply.asked_in(no.from) && (reply.has(Meaning::Question) || reply.has(Meaning::Status)) {
        return None;
    }
    // "No, wait: I can take it", once the no is over.
    if let Some(yes) = yes
        && reply.has(Meaning::Claim)
        && negations(reply).all(|no| no.to <= yes.from)
        && reply.tokens.clause_of(yes.from) != reply.tokens.clause_of(no.from)
        && negations(reply).all(|no| no.meaning == Meaning::No)
    {
        return None;
    }
    Some(decline(reply, &sides, Some(no)))
}

/// Questions: how it stands, whether her own terms suit, what the family wants.
pub(super) fn question(reply: &Reply<'_>) -> Option<Verdict> {
    let typed = reply.codes();
    let about = || if typed.is_empty() { only(reply.free_codes()) } else { typed.clone() };
    let asks = reply.asks();
    // "Yes still available?" takes it; whether it is open is ours to know.
    let after = |yes: usize| reply.all(Meaning::Status).any(|status| status.from > yes);
    let yes = affirmation(reply).filter(|yes| !reply.asked_in(yes.from) || after(yes.from));
    if yes.is_some() {
        return None;
    }
    if let Some(found) =
        reply.first(Meaning::OwnTerms).filter(|_| asks || !reply.has(Meaning::Status))
    {
        let offered = !reply.free_codes().is_empty() || !typed.is_empty();
        if offered && (asks || typed.is_empty()) {
            let sides = Sides { yes: typed.clone(), no: Vec::new() };
            return Some(claim(reply, Intent::ClaimConditional, "own_terms", Some(found), &sides));
        }
    }
    let status = reply.first(Meaning::Status);
    if let Some(found) = status.or_else(|| reply.first(Meaning::StatusIfAsked).filter(|_| asks)) {
        let place = reply.claimed().or_else(|| reply.last());
        let codes = match (about(), place) {
            (codes, Some(place)) if codes.is_empty() => vec![place],
            (codes, _) => codes,
        };
        return Some(Verdict::new(Intent::StatusQuery, codes).found("status", reply, found));
    }
    // "K7Q?" and "?" alone.
    if asks && reply.plain_words() == 0 {
        return Some(
            Verdict::new(Intent::StatusQuery, about())
                .because("status.mark", reply.text.original()),
        );
    }
    let found = reply.first(Meaning::Question);
    if !asks && found.is_none() {
        return None;
    }
    // "I could if it's after 5?"
    if reply.has(Meaning::Condition) && found.is_none() {
        return None;
    }
    // "Me?" is a shy yes.
    if let Some(yes) = affirmation(reply).filter(|yes| reply.asked_in(yes.from) && found.is_none())
    {
        let sides = Sides { yes: typed.clone(), no: Vec::new() };
        let intent = if reply.has(Meaning::Condition) {
            Intent::ClaimConditional
        } else {
            Intent::ClaimProvisional
        };
        let surely = yes.to - yes.from > 1;
        let intent =
            if surely && intent == Intent::ClaimProvisional { Intent::Claim } else { intent };
        return Some(claim(reply, intent, "claim.asked", Some(yes), &sides));
    }
    // A question word without its mark counts only where it begins a clause and nothing greets.
    let place = reply.claimed().or_else(|| reply.last()).filter(|_| reply.free_codes().is_empty());
    let codes = if about().is_empty() { place.into_iter().collect() } else { about() };
    let verdict = Verdict::new(Intent::Question, codes);
    Some(match found {
        Some(found) => verdict.found("question", reply, found),
        None if reply.has(Meaning::Chatter)
            && !reply
                .tokens
                .all
                .iter()
                .any(|token| token.text.len() > 2 && token.text.ends_with('?'))
            && reply.plain_words() < 4 =>
        {
            return None;
        }
        None => verdict.because("question.mark", reply.text.original()),
    })
}

/// Yes in all its kinds: by code, by word, by description, perhaps, if, only if nobody else.
pub(super) fn yes(reply: &Reply<'_>) -> Option<Verdict> {
    let sides = sides(reply);
    let yes = affirmation(reply);
    if let Some(found) = reply.first(Meaning::Standby) {
        return Some(claim(reply, Intent::ClaimStandby, "standby", Some(found), &sides));
    }
    if let Some(near) = did_you_mean(reply, &sides) {
        return Some(near);
    }
    // "If it's still open" is for us to say, and no condition of hers.
    let ours = |found: &Found| {
        let clause = reply.tokens.clause_of(found.from);
        reply.all(Meaning::Status).any(|status| clause.contains(&status.from))
    };
    let condition =
        reply.all(Meaning::Condition).filter(|found| !ours(found)).min_by_key(|found| found.from);
    if let Some(found) = condition.filter(|_| sides.yes.is_empty()) {
        return Some(claim(reply, Intent::ClaimConditional, "condition", Some(found), &sides));
    }
    if !sides.yes.is_empty() {
        return code_claim(reply, yes, &sides);
    }
    if let Some(yes) = yes {
        return Some(claim(reply, Intent::Claim, "claim", Some(yes), &sides));
    }
    let offers = reply.free_offers();
    if offers.len() > 1 {
        let named = offers::described(reply, &offers, false);
        if !named.is_empty() {
            let named = Sides { yes: named, no: Vec::new() };
            return Some(claim(reply, Intent::Claim, "claim.described", None, &named));
        }
    }
    let perhaps = reply.first(Meaning::Perhaps)?;
    let thanks_first =
        reply.first(Meaning::Thanks).is_some_and(|thanks| thanks.from < perhaps.from);
    if offers.is_empty() || thanks_first {
        return None;
    }
    let intent = Intent::ClaimProvisional;
    Some(claim(reply, intent, "perhaps", Some(perhaps), &sides))
}

/// A code alone is a claim; one that she cannot mean is only if it is most of the message.
fn code_claim(reply: &Reply<'_>, yes: Option<Found>, sides: &Sides) -> Option<Verdict> {
    let known = sides.yes.iter().any(|code| reply.known.holds(*code));
    if !known && yes.is_none() && reply.plain_words() > 4 {
        return None;
    }
    Some(claim(reply, Intent::Claim, "claim.code", yes, sides))
}

/// A code one slip away from exactly one that is open.
fn did_you_mean(reply: &Reply<'_>, sides: &Sides) -> Option<Verdict> {
    if sides.yes.iter().any(|code| reply.known.holds(*code)) {
        return None;
    }
    let alone = reply.tokens.all.len() <= 3;
    let mut near = Vec::new();
    let mut at = 0;
    for (index, token) in reply.tokens.all.iter().enumerate() {
        let said = reply.found.iter().any(|found| {
            found.from <= index
                && index < found.to
                && !found.meaning.informs()
                && token.tag == Tag::Plain
        });
        if said {
            continue;
        }
        for code in reply.known.near(&token.text, alone) {
            if !near.contains(&code) {
                near.push(code);
                at = index;
            }
        }
    }
    if near.is_empty() && alone && reply.tokens.all.len() > 1 {
        // "k 7", "k7 o"
        let joined = reply.tokens.all.iter().map(|token| token.text.as_str()).collect::<String>();
        near = reply.known.near(&joined, true);
    }
    let (&first, others) = near.split_first()?;
    let meant = Sides { yes: near.clone(), no: sides.no.clone() };
    let found = Found { meaning: Meaning::Perhaps, from: at, to: at + 1 };
    let intent = if others.is_empty() { Intent::ClaimProvisional } else { Intent::ClaimAmbiguous };
    let mut verdict = claim(reply, intent, "claim.near", Some(found), &meant);
    verdict.extract.did_you_mean = others.is_empty().then_some(first);
    Some(verdict)
}

/// Nothing was understood but which way it leans. A no needs little: it costs nobody a place.
pub(super) fn lean(reply: &Reply<'_>) -> Option<Verdict> {
    let told = [Meaning::Chatter, Meaning::Prior, Meaning::Connected, Meaning::AutoReplyWeak];
    if reply.asks() || reply.any(&told).is_some() || reply.tokens.all.len() > 12 {
        return None;
    }
    let sides = Sides::default();
    let offered = !reply.free_codes().is_empty();
    if let Some(found) = reply.first(Meaning::LeanNo) {
        return match reply.claimed() {
            _ if offered => Some(decline(reply, &sides, Some(found))),
            Some(mine) => {
                let after = reply.handed_off(mine);
                let intent = if after { Intent::ReleaseAfterSend } else { Intent::Release };
                Some(Verdict::new(intent, vec![mine]).found("lean_no", reply, found))
            }
            None => None,
        };
    }
    let found = reply.first(Meaning::LeanYes).filter(|_| offered && !reply.has(Meaning::Thanks))?;
    Some(claim(reply, Intent::Claim, "lean_yes", Some(found), &sides))
}

/// What is neither yes, no nor question.
pub(super) fn leftover(reply: &Reply<'_>) -> Verdict {
    let place = || reply.claimed().map(|code| vec![code]).unwrap_or_default();
    if let Some(found) = reply.first(Meaning::Thanks) {
        return Verdict::new(Intent::Acknowledgement, place()).found("thanks", reply, found);
    }
    if let Some(found) = reply.first(Meaning::Perhaps).filter(|_| reply.free_codes().is_empty()) {
        return Verdict::new(Intent::Acknowledgement, place()).found("perhaps", reply, found);
    }
    if let Some(found) = reply.first(Meaning::Chatter) {
        return Verdict::bare(Intent::Chatter).found("chatter", reply, found);
    }
    Verdict::bare(Intent::Unclear)
}

/// The only one of several; none where there are several.
fn only(codes: Vec<Code>) -> Vec<Code> {
    if codes.len() == 1 { codes } else { Vec::new() }
}
