//! Her answer to what we asked her last.

use model::{Code, reading::Intent};

use crate::member::{
    Verdict,
    claims::{Sides, affirmation, claim, decline, negations, only_limits, sides},
    lexicon::Meaning,
    offers,
    reply::Reply,
};

/// The answer to what we asked her last.
pub(super) fn answer(reply: &Reply<'_>) -> Option<Verdict> {
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
