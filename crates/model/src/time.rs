use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Zoned, civil};

/// Tells the time. It is passed in, so that tests and the demo can move it.
///
/// The database's clock is never asked, and nothing may rest on two nodes agreeing.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// How far time has gone on, from no moment in particular, by a clock that nobody sets: what must
    /// hold whether or not [`Self::now`] was right is measured by it. It tells nothing once the
    /// process has ended. A clock that is never set is its own.
    fn steady(&self) -> SignedDuration {
        SignedDuration::from_micros(self.now().as_micros())
    }
}

/// An instant in UTC, cut to the microsecond: the finest that both databases keep.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// Before everything that is ever kept.
    pub const EARLIEST: Self = Self(jiff::Timestamp::UNIX_EPOCH);
    /// After everything that is ever kept.
    pub const LATEST: Self = Self(jiff::Timestamp::constant(253_370_764_800, 0));

    /// Cuts an instant to the microsecond.
    #[must_use]
    pub fn new(at: jiff::Timestamp) -> Self {
        Self(jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at))
    }

    /// The instant so many microseconds after 1970; `None` beyond the year 9999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        jiff::Timestamp::from_microsecond(micros).ok().map(Self)
    }

    /// Microseconds since 1970.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The same instant as jiff knows it.
    #[must_use]
    pub fn as_jiff(self) -> jiff::Timestamp {
        self.0
    }

    /// The instant `duration` later (or earlier, if it is negative), held within what can be kept.
    #[must_use]
    pub fn after(self, duration: SignedDuration) -> Self {
        Self(self.0.saturating_add(duration).unwrap_or(self.0))
    }

    /// How long from `earlier` to this instant.
    #[must_use]
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.0.duration_since(earlier.0)
    }

    /// What a clock on the wall in `zone` shows at this instant.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Zoned {
        self.0.to_zoned(zone.0.clone())
    }

    /// RFC 3339 in UTC with six digits of fraction: text order is time order.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{:.6}", self.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self::new)
    }
}

impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time"})
    }
}

/// A chapter's time zone, by its IANA name.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeZone(jiff::tz::TimeZone);

impl TimeZone {
    /// The IANA name, such as `America/New_York`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The zone as jiff knows it.
    #[must_use]
    pub fn as_jiff(&self) -> &jiff::tz::TimeZone {
        &self.0
    }

    /// The instant at which clocks here show `at`; in the hour that daylight saving skips, the
    /// first moment after it.
    #[must_use]
    pub fn instant(&self, at: civil::DateTime) -> Option<Timestamp> {
        self.0.to_ambiguous_zoned(at).later().ok().map(|zoned| Timestamp::new(zoned.timestamp()))
    }
}

impl FromStr for TimeZone {
    type Err = jiff::Error;

    fn from_str(name: &str) -> Result<Self, jiff::Error> {
        jiff::tz::TimeZone::get(name).map(Self)
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// So many seconds.
#[must_use]
pub const fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

/// So many minutes.
#[must_use]
pub const fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

/// So many hours.
#[must_use]
pub const fn day_hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

#[cfg(test)]
mod tests {
    use super::{TimeZone, Timestamp};

    #[test]
    fn text_order_is_time_order() {
        let texts = [
            "2026-03-01T12:00:00Z",
            "2026-03-01T12:00:00.5Z",
            "2026-03-01T12:00:00.500001Z",
            "2026-03-01T12:00:01Z",
        ]
        .map(|text| text.parse::<Timestamp>().map(Timestamp::to_text).unwrap_or_default());
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(texts.iter().all(|text| text.len() == texts[0].len()));
    }

    #[test]
    fn an_instant_is_cut_to_the_microsecond() {
        let at: Timestamp = "2026-03-01T12:00:00.123456789Z".parse().expect("an instant");
        assert_eq!(at.to_text(), "2026-03-01T12:00:00.123456Z");
        assert_eq!(Timestamp::from_micros(at.as_micros()), Some(at));
    }

    #[test]
    fn the_hour_that_spring_skips_is_the_one_after() {
        let zone: TimeZone = "America/New_York".parse().expect("a zone");
        let skipped = jiff::civil::date(2026, 3, 8).at(2, 30, 0, 0);
        assert_eq!(zone.instant(skipped).expect("an instant").to_string(), "2026-03-08T07:30:00Z");
    }
}
