//! Away, back, and rules for what she is sent from now on.

use model::reading::{Intent, MemberExtract};

use super::Places;
use crate::member::{
    Verdict, availability, caveat,
    claims::{Sides, affirmation, decline},
    lexicon::{Found, Meaning},
    reply::Reply,
};

/// Away, back, and rules for what she is sent.
pub(super) fn absence(reply: &Reply<'_>, places: &Places) -> Option<Verdict> {
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
        visit_types: caveat::visit_types(reply),
        quiet_days: if every { days } else { Vec::new() },
        ..MemberExtract::default()
    };
    Some(Verdict::bare(Intent::PreferenceUpdate).with(extract).found("preference", reply, found))
}
