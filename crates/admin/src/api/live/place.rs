//! How far somebody has heard. Numbers of the record are given before a unit of work is kept: a lower one
//! may come to be seen after a higher one. Those that were passed over are looked for a while, and are part
//! of the place, so that whoever comes back misses none and hears none twice.

use std::{fmt, str::FromStr};

use jiff::SignedDuration;
use model::Timestamp;

/// A unit of work that has not been kept by then never will be.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// So many are looked for at the most.
const MOST: usize = 16;

/// The form of a place as it is told.
pub(super) const FORM: &str = "^[0-9]{1,18}([.][0-9]{1,18}){0,16}$";

/// How far somebody has heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    last: i64,
    /// Lower ones that were not there yet, and since when they are looked for.
    missing: Vec<(i64, Option<Timestamp>)>,
}

impl Place {
    /// Everything up to here was heard.
    pub(super) fn at(last: i64) -> Self {
        Self { last, missing: Vec::new() }
    }

    pub(super) fn last(&self) -> i64 {
        self.last
    }

    pub(super) fn missing(&self) -> Vec<i64> {
        self.missing.iter().map(|(seq, _)| *seq).collect()
    }

    /// One was seen.
    pub(super) fn pass(&mut self, seq: i64, now: Timestamp) {
        if seq <= self.last {
            self.missing.retain(|(missing, _)| *missing != seq);
            return;
        }
        let room = i64::try_from(MOST).unwrap_or(0);
        let from = (self.last + 1).max(seq - room);
        self.missing.extend((from..seq).map(|seq| (seq, Some(now))));
        let many = self.missing.len().saturating_sub(MOST);
        self.missing.drain(..many);
        self.last = seq;
    }

    /// Looks no longer for what has not come for long.
    pub(super) fn give_up(&mut self, now: Timestamp) {
        for (_, since) in &mut self.missing {
            since.get_or_insert(now);
        }
        self.missing.retain(|(_, since)| since.is_some_and(|since| now.since(since) < PATIENCE));
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.last)?;
        self.missing.iter().try_for_each(|(seq, _)| write!(f, ".{seq}"))
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| {
            let digits = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse::<i64>().ok()).flatten().ok_or(())
        };
        let mut all = text.split('.');
        let last = number(all.next().unwrap_or_default())?;
        let missing = all.map(|seq| Ok((number(seq)?, None))).collect::<Result<Vec<_>, ()>>()?;
        if missing.len() > MOST || missing.iter().any(|(seq, _)| *seq >= last) {
            return Err(());
        }
        Ok(Self { last, missing })
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::Place;

    #[test]
    fn what_was_passed_over_is_looked_for_and_told_once() {
        let now = "2026-11-21T15:00:00Z".parse().expect("an instant");
        let mut place = Place::at(10);
        place.pass(11, now);
        place.pass(14, now);
        assert_eq!((place.to_string().as_str(), place.missing()), ("14.12.13", vec![12, 13]));
        let back: Place = "14.12.13".parse().expect("a place");
        assert_eq!((back.last(), back.missing()), (14, vec![12, 13]));
        place.pass(13, now);
        place.pass(15, now);
        assert_eq!(place.to_string(), "15.12");
        place.give_up(now.after(SignedDuration::from_secs(61)));
        assert_eq!(place.to_string(), "15", "what was undone never comes");
        place.pass(1_000, now);
        assert_eq!(place.missing().len(), 16, "no more than so many");
        assert!(place.to_string().parse::<Place>().is_ok());
    }

    #[test]
    fn nothing_else_is_a_place() {
        for text in [
            "",
            "x",
            "-1",
            "1.2",
            "3.x",
            "3.",
            "+1",
            "9999999999999999999",
            "2.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
        ] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }
}
