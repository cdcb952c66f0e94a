//! Times as the chapter's people read them: how far off, and the exact one beside, in their zone.

use std::fmt;

use jiff::Unit;
use model::{TimeZone, Timestamp};

/// The present and the chapter's zone.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    now: Timestamp,
    zone: TimeZone,
}

impl Clock {
    pub(crate) fn new(now: Timestamp, zone: &TimeZone) -> Self {
        Self { now, zone: zone.clone() }
    }

    /// For what is awaited: "4:15 pm, in 23 min".
    pub(crate) fn due(&self, at: Timestamp) -> Moment {
        Moment { at, words: format!("{}, {}", self.exactly(at), self.apart(at)) }
    }

    /// For what was: "23 min ago (4:15 pm)".
    pub(crate) fn both(&self, at: Timestamp) -> Moment {
        Moment { at, words: format!("{} ({})", self.apart(at), self.exactly(at)) }
    }

    /// "4:15 pm", with its day where that is another one.
    pub(crate) fn exact(&self, at: Timestamp) -> Moment {
        Moment { at, words: self.exactly(at) }
    }

    /// Until when somebody is away; `None` where she is not. Far off stands for no day.
    pub(crate) fn away(&self, until: Option<Timestamp>) -> Option<String> {
        let until = until.filter(|until| *until > self.now)?;
        let local = until.in_zone(&self.zone);
        Some(match local.year() {
            9000.. => "until she says that she is back".to_owned(),
            _ => local.strftime("until %A, %b %-d, %Y").to_string(),
        })
    }

    /// The day after this one.
    pub(crate) fn tomorrow(&self) -> String {
        let today = self.now.in_zone(&self.zone).date();
        today.tomorrow().unwrap_or(today).to_string()
    }

    fn exactly(&self, at: Timestamp) -> String {
        let (local, today) = (at.in_zone(&self.zone), self.now.in_zone(&self.zone));
        let clock = local.strftime("%-I:%M %P").to_string();
        if local.date() == today.date() {
            clock
        } else if local.year() == today.year() {
            format!("{}, {clock}", local.strftime("%b %-d"))
        } else {
            format!("{}, {clock}", local.strftime("%b %-d, %Y"))
        }
    }

    fn apart(&self, at: Timestamp) -> String {
        let ahead = at > self.now;
        let seconds = at.since(self.now).as_secs().unsigned_abs();
        let apart = match seconds {
            0..60 => return if ahead { "within a minute" } else { "just now" }.to_owned(),
            60..3600 => count(seconds.div_ceil(60).min(59), Unit::Minute),
            3600..14_400 => {
                let minutes = seconds / 60;
                let hours = count(minutes / 60, Unit::Hour);
                match minutes % 60 {
                    0 => hours,
                    rest => format!("{hours} {rest} min"),
                }
            }
            14_400..129_600 => count((seconds + 1800) / 3600, Unit::Hour),
            _ => count((seconds + 43_200) / 86_400, Unit::Day),
        };
        if ahead { format!("in {apart}") } else { format!("{apart} ago") }
    }
}

fn count(many: u64, unit: Unit) -> String {
    match unit {
        Unit::Minute => format!("{many} min"),
        Unit::Hour if many == 1 => "1 hour".to_owned(),
        Unit::Hour => format!("{many} hours"),
        _ if many == 1 => "1 day".to_owned(),
        _ => format!("{many} days"),
    }
}

/// An instant in words, as a `time` element.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    at: Timestamp,
    words: String,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<time datetime=\"{}\">{}</time>", self.at, self.words)
    }
}

// It holds digits and the words above, nothing that anybody wrote.
impl askama::filters::HtmlSafe for Moment {}

#[cfg(test)]
mod tests {
    use super::Clock;

    fn words(at: &str) -> String {
        let zone = "America/New_York".parse().expect("a zone");
        let clock = Clock::new("2026-11-21T20:52:00Z".parse().expect("an instant"), &zone);
        clock.both(at.parse().expect("an instant")).words
    }

    #[test]
    fn a_time_is_told_by_how_far_off_it_is_and_exactly() {
        assert_eq!(words("2026-11-21T21:15:00Z"), "in 23 min (4:15 pm)");
        assert_eq!(words("2026-11-21T20:51:30Z"), "just now (3:51 pm)");
        assert_eq!(words("2026-11-21T18:52:00Z"), "2 hours ago (1:52 pm)");
        assert_eq!(words("2026-11-21T22:27:00Z"), "in 1 hour 35 min (5:27 pm)");
        assert_eq!(words("2026-11-21T04:00:00Z"), "17 hours ago (Nov 20, 11:00 pm)");
        assert_eq!(words("2025-11-21T20:52:00Z"), "365 days ago (Nov 21, 2025, 3:52 pm)");
    }
}
