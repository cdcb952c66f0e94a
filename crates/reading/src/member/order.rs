//! The order in which a reply is read.

use model::{
    Code,
    reading::{Intent, MemberExtract},
};

use super::{
    Verdict, availability,
    claims::{Sides, affirmation, claim, decline, negations, only_limits, sides},
    colleagues,
    lexicon::{Found, Meaning},
    offers, outcomes,
    reply::Reply,
    tokens::Tag,
};
use crate::keywords::{Refusal, refusal};

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

/// The answer to what we asked her last.
fn answer(reply: &Reply<'_>) -> Option<Verdict> {
    let (asked, codes) = reply.context.awaiting.as_deref()?.split_once(':')?;
    match asked {
        "confirm" => {
            let code = codes.trim().parse::<Code>().ok()?;
            let sides = sides(reply);
            if sides.yes.iter().chain(&sides.no).any(|typed| *typed != code) {
                return None;
            }
            let meant = Sides { yes: vec![code], no: Vec::new() };
            let yes = affirmation(reply).or_else(|| reply.first(Meaning::Perhaps));
            let no =
                negations(reply).chain(reply.all(Meaning::Release)).min_by_key(|found| found.from);
            if let Some(no) = no.filter(|_| !(yes.is_some() && only_limits(reply, yes))) {
                let codes = Sides { yes: Vec::new(), no: vec![code] };
                return Some(decline(reply, &codes, Some(no)));
            }
            if reply.asks()
                || (yes.is_none() && sides.yes.is_empty())
                || reply.has(Meaning::Standby)
            {
                return None;
            }
            Some(claim(reply, Intent::Claim, "answer.confirm", yes, &meant))
        }
        "which" => which(reply, codes),
        "preference" => {
            let yes = affirmation(reply).or_else(|| reply.first(Meaning::Perhaps));
            if !reply.codes().is_empty() {
                return None;
            }
            if let Some(no) = negations(reply).next() {
                return Some(Verdict::bare(Intent::Decline).found("answer.preference", reply, no));
            }
            Some(Verdict::bare(Intent::PreferenceUpdate).found("answer.preference", reply, yes?))
        }
        _ => None,
    }
}

/// Which of several she meant: a figure, a word for one of them, a code, both, neither.
fn which(reply: &Reply<'_>, codes: &str) -> Option<Verdict> {
    let codes =
        codes.split(',').filter_map(|code| code.trim().parse::<Code>().ok()).collect::<Vec<_>>();
    if reply.asks() {
        return None;
    }
    let typed = sides(reply);
    if !typed.yes.is_empty() && typed.yes.iter().all(|code| codes.contains(code)) {
        return Some(claim(reply, Intent::DisambiguationAnswer, "answer.which.code", None, &typed));
    }
    let offered = codes.iter().filter_map(|code| {
        reply.context.open_referrals.iter().find(|offer| offer.code.parse() == Ok(*code))
    });
    let named = offers::described(reply, &offered.collect::<Vec<_>>(), true);
    let no = reply.first(Meaning::Neither).or_else(|| negations(reply).next());
    if let Some(no) = no.filter(|_| affirmation(reply).is_none()) {
        let left = if named.is_empty() { codes } else { named };
        return Some(decline(reply, &Sides { yes: Vec::new(), no: left }, Some(no)));
    }
    if !named.is_empty() {
        let named = Sides { yes: named, no: Vec::new() };
        return Some(claim(reply, Intent::DisambiguationAnswer, "answer.which", None, &named));
    }
    None
}

/// No more texts, in her own words. Leaving one family, or one kind of referral, is none.
fn refused(reply: &Reply<'_>, text: &str, places: &Places) -> Option<Verdict> {
    if !reply.codes().is_empty() {
        return None;
    }
    let kind =
        refusal(text).filter(|kind| *kind == Refusal::Plain || !reply.has(Meaning::Preference))?;
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

/// Away, back, and rules for what she is sent.
fn absence(reply: &Reply<'_>, places: &Places) -> Option<Verdict> {
    let opted_out = reply.context.member_status == "opted_out";
    if let Some(found) = reply.any(&[Meaning::OptIn, Meaning::Back]).filter(|_| opted_out) {
        return Some(Verdict::bare(Intent::OptIn).found("opt_in", reply, found));
    }
    if !reply.codes().is_empty()
        || reply.asks() && !reply.has(Meaning::Preference) && !asks_to_pause(reply)
    {
        return None;
    }
    let resting = matches!(reply.context.member_status.as_str(), "away" | "paused");
    // "Available again" holds "available".
    let part_of_back = |yes: Found| {
        reply.all(Meaning::Back).any(|back| {
            let longer = back.to - back.from > yes.to - yes.from;
            back.from <= yes.from && yes.to <= back.to && (longer || resting)
        })
    };
    let yes = affirmation(reply).is_some_and(|yes| !part_of_back(yes));
    let away = reply.first(Meaning::Away).or_else(|| {
        reply.first(Meaning::AwayIfDated).filter(|_| availability::returns_on_a_day(reply))
    });
    let dated = availability::absence(reply);
    if let Some(found) = reply.any(&[Meaning::Back, Meaning::OptIn]) {
        let ahead =
            dated.until.zip(reply.received).is_some_and(|(day, received)| day > received.at.date());
        if !(ahead && away.is_some()) && (!yes || resting) {
            return Some(Verdict::bare(Intent::AvailabilityOn).found("back", reply, found));
        }
    }
    if yes {
        return None;
    }
    if let Some(verdict) = preference(reply, places) {
        return Some(verdict);
    }
    let found = away?;
    // Off today is a no to what is open, and no absence.
    let tomorrow = reply.received.and_then(|received| received.at.date().tomorrow().ok());
    if dated.from.is_none() && dated.until.is_some() && dated.until == tomorrow {
        let says_until = reply.tokens.all.iter().any(|token| {
            matches!(token.text.as_str(), "until" | "till" | "til" | "away" | "pause" | "skip")
        });
        if !says_until && !reply.free_codes().is_empty() {
            return Some(decline(reply, &Sides::default(), Some(found)));
        }
    }
    let extract = MemberExtract {
        away_from: dated.from.map(|day| day.to_string()),
        away_until: dated.until.map(|day| day.to_string()),
        ..MemberExtract::default()
    };
    Some(Verdict::bare(Intent::AvailabilityOff).with(extract).found("away", reply, found))
}

/// "Can you pause me until Friday?"
fn asks_to_pause(reply: &Reply<'_>) -> bool {
    reply.has(Meaning::Away) || (reply.has(Meaning::AreaRule) && !reply.has(Meaning::Question))
}

fn preference(reply: &Reply<'_>, places: &Places) -> Option<Verdict> {
    let days = availability::quiet_days(reply);
    let areas = availability::areas(reply, places);
    let every = availability::names_every(reply);
    if let Some(found) = reply.first(Meaning::DayRule).filter(|_| !days.is_empty() && every) {
        let extract =
            MemberExtract { quiet_days: days, exclude_areas: areas, ..MemberExtract::default() };
        return Some(Verdict::bare(Intent::PreferenceUpdate).with(extract).found(
            "preference.days",
            reply,
            found,
        ));
    }
    if let Some(found) = reply.first(Meaning::AreaRule).filter(|_| !areas.is_empty()) {
        let extract = MemberExtract { exclude_areas: areas, ..MemberExtract::default() };
        return Some(Verdict::bare(Intent::PreferenceUpdate).with(extract).found(
            "preference.areas",
            reply,
            found,
        ));
    }
    let found = reply.first(Meaning::Preference)?;
    let extract = MemberExtract {
        visit_types: super::caveat::visit_types(reply),
        quiet_days: if every { days } else { Vec::new() },
        ..MemberExtract::default()
    };
    Some(Verdict::bare(Intent::PreferenceUpdate).with(extract).found("preference", reply, found))
}

/// No comes before yes: "not me" holds "me".
fn no(reply: &Reply<'_>) -> Option<Verdict> {
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
fn question(reply: &Reply<'_>) -> Option<Verdict> {
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
    let verdict = Verdict::new(Intent::Question, about());
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
fn yes(reply: &Reply<'_>) -> Option<Verdict> {
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
fn lean(reply: &Reply<'_>) -> Option<Verdict> {
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
fn leftover(reply: &Reply<'_>) -> Verdict {
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
