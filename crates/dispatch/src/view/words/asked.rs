//! Who was asked, in which order, and why others were not.

use std::collections::HashMap;

use model::{MemberId, PersonName, TimeZone};
use serde_json::Value;

use super::{MOST_REASONS, clock, first_of, gate, name, shortened};

pub(super) fn told(
    detail: &Value,
    names: &HashMap<MemberId, PersonName>,
    zone: &TimeZone,
) -> String {
    let of = |key: &str| detail[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let waves = detail["wave_size"].as_i64().zip(detail["wave_minutes"].as_i64());
    let stages: HashMap<&str, i64> = of("fits")
        .iter()
        .filter_map(|one| Some((one["member"].as_str()?, one["stage"].as_i64()?)))
        .collect();
    // Where the fit decided who comes first, it is told of each.
    let one = |id: &Value| {
        let stage = waves.and(id.as_str().and_then(|id| stages.get(id)));
        let fit = stage.map(|&stage| format!(" ({})", gate::fits(Some(stage))));
        format!("{}{}", name(id, names), fit.unwrap_or_default())
    };
    let list = |key: &str| shortened(of(key), one);
    let order = match waves {
        Some(_) => "best match first, those alike in shuffled order",
        None => "in shuffled order",
    };
    let mut words = match of("asked").len() {
        0 => "Nobody can be asked at this hour.".to_owned(),
        1 => format!("Asked one consultant: {}.", list("asked")),
        n => format!("Asked {n} consultants, {order}: {}.", list("asked")),
    };
    let later = of("resting").len();
    if later > 0 {
        let when = match waves {
            Some((size, minutes)) => format!(
                "in turn while a place is free: {size} every {minutes} minutes, each in her hours: {}",
                list("resting")
            ),
            None => "when their hours begin".to_owned(),
        };
        words.push_str(&format!(" {later} more {when}."));
    }
    if !of("not_asked").is_empty() {
        words.push_str(&format!(" Not asked: {}.", left_out(of("not_asked"), names)));
    }
    let by = detail["promised_at"].as_str().and_then(|at| at.parse().ok());
    if let Some(by) = by {
        words.push_str(&format!(" Names are promised by {}.", clock(by, zone)));
    }
    words
}

/// Why others were not asked.
fn left_out(all: &[Value], names: &HashMap<MemberId, PersonName>) -> String {
    let one = |entry: &Value| {
        let why = why_not(entry["why"].as_str().unwrap_or_default());
        format!("{} ({why})", name(&entry["member"], names))
    };
    first_of(all, MOST_REASONS, one)
}

/// Why a member was not asked.
pub(in crate::view) fn why_not(word: &str) -> &str {
    match word {
        "area" => "another area",
        "visit" => "other visits",
        "language" => "another language",
        "payer" => "another payer",
        "asks" => "asks for herself",
        "at_cap" => "has enough",
        "standing" => "is not eligible on the chapter's own list",
        "has_it" => "has been asked",
        "named_before" => "was named before",
        "unconfirmed" => "has not confirmed her number",
        why => why,
    }
}
