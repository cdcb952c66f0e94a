//! How places were given among those whose claims were collected, so that anybody can follow it by
//! hand: what each was ranked by, in the order that came of it.

use std::collections::HashMap;

use model::{MemberId, PersonName, TimeZone, Timestamp};
use serde_json::Value;

use super::name;

pub(super) fn told(
    detail: &Value,
    names: &HashMap<MemberId, PersonName>,
    zone: &TimeZone,
) -> String {
    let entrants = detail["order"].as_array().map(Vec::as_slice).unwrap_or_default();
    if entrants.is_empty() {
        return "Claims are no longer collected: nobody had claimed. From now on each is judged as \
                it comes."
            .to_owned();
    }
    let by = detail["policy"].as_str().unwrap_or_default();
    let told = entrants.iter().map(|one| {
        let why = match by {
            "fair_start" => quickness(one, zone),
            "window" => fit(one, zone),
            _ => "in the order of the claims".to_owned(),
        };
        format!("{} ({why})", name(&one["member"], names))
    });
    let told = told.collect::<Vec<_>>().join(", ");
    let rule = match by {
        "fair_start" => "whoever answered her own copy most quickly comes first",
        "window" => "whoever fits best comes first, then whoever was placed least recently",
        _ => "whoever claimed first comes first",
    };
    format!("Places are given among those who claimed; {rule}: {told}.")
}

fn quickness(one: &Value, zone: &TimeZone) -> String {
    let seconds = one["took_ms"].as_i64().unwrap_or_default() / 1000;
    let copy = moment(&one["clock_from"], zone, "%-I:%M:%S %P");
    let claimed = moment(&one["claimed_at"], zone, "%-I:%M:%S %P");
    format!("{seconds} s: copy {copy}, claim {claimed}")
}

fn fit(one: &Value, zone: &TimeZone) -> String {
    let fit = fits(one["stage"].as_i64());
    match one["last_placed"].as_str() {
        Some(_) => {
            format!("{fit}, last named {}", moment(&one["last_placed"], zone, "%b %-d, %-I:%M %P"))
        }
        None => format!("{fit}, never named"),
    }
}

/// How well somebody fits, by how far one must widen to reach her.
pub(super) fn fits(stage: Option<i64>) -> &'static str {
    match stage {
        Some(0) => "fits in all",
        Some(1) => "another payer",
        Some(2) => "other visits",
        Some(3) => "another area, by video",
        Some(4) => "another language",
        _ => "another area",
    }
}

fn moment(at: &Value, zone: &TimeZone, as_told: &str) -> String {
    let at = at.as_str().and_then(|at| at.parse::<Timestamp>().ok());
    at.map_or_else(|| "unknown".to_owned(), |at| at.in_zone(zone).strftime(as_told).to_string())
}
