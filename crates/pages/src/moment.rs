//! Times as people say them, in the chapter's zone.

use model::{TimeZone, Timestamp};

/// "4:15 pm", with its day where that is another one than today.
pub(crate) fn clock(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (local, today) = (at.in_zone(zone), now.in_zone(zone));
    let clock = local.strftime("%-I:%M %P").to_string();
    if local.date() == today.date() {
        clock
    } else {
        format!("{} {clock}", local.strftime("%a %b %-d,"))
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_time_of_another_day_names_its_day() {
        let zone = "America/New_York".parse().expect("a zone");
        let at = |text: &str| text.parse().expect("an instant");
        let now = at("2026-11-21T20:52:00Z");
        assert_eq!(clock(at("2026-11-21T21:15:00Z"), now, &zone), "4:15 pm");
        assert_eq!(clock(at("2026-11-22T14:05:00Z"), now, &zone), "Sun Nov 22, 9:05 am");
    }
}
