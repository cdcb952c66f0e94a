//! What a chapter may decide for itself, over what the installation decides for all.

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, civil, civil::Time};
use serde::{Deserialize, Serialize};

use crate::{
    Policy, TimeZone, Timestamp, seconds,
    shapes::{Line, Words},
    word,
};

word! {
    /// Who lets a broadcast go.
    Mode {
        /// The service, except what is flagged.
        Automatic = "automatic",
        /// The admin, every one.
        Reviewed = "reviewed",
    }
}

word! {
    /// How far a STOP reaches.
    StopScope {
        /// Every line of the chapter.
        Chapter = "chapter",
        /// The line it was sent to.
        Line = "line",
    }
}

/// The hours in which members are left alone: `21:00-08:00`, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuietHours {
    /// Members may be asked at any hour.
    Off,
    /// From the first time to the second, over midnight if the second is earlier.
    Between(Time, Time),
}

/// Quiet hours that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("quiet hours are written as \"21:00-08:00\" or \"off\"")]
pub struct QuietHoursError;

impl QuietHours {
    /// Whether `at` lies in them, by the clocks of `zone`.
    #[must_use]
    pub fn cover(self, at: Timestamp, zone: &TimeZone) -> bool {
        let Self::Between(from, to) = self else { return false };
        let time = at.in_zone(zone).time();
        if from <= to { (from..to).contains(&time) } else { time >= from || time < to }
    }

    /// When they end, if `at` lies in them; `at` itself otherwise.
    #[must_use]
    pub fn end_after(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let Self::Between(_, to) = self else { return at };
        if !self.cover(at, zone) {
            return at;
        }
        let local = at.in_zone(zone);
        let today = local.date();
        let day = if local.time() < to { today } else { today.tomorrow().unwrap_or(today) };
        zone.instant(civil::DateTime::from_parts(day, to)).unwrap_or(at)
    }
}

impl FromStr for QuietHours {
    type Err = QuietHoursError;

    fn from_str(text: &str) -> Result<Self, QuietHoursError> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let (from, to) = text.split_once('-').ok_or(QuietHoursError)?;
        let time = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| QuietHoursError);
        let (from, to) = (time(from)?, time(to)?);
        if from == to { Err(QuietHoursError) } else { Ok(Self::Between(from, to)) }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Between(from, to) => {
                write!(f, "{}-{}", from.strftime("%H:%M"), to.strftime("%H:%M"))
            }
        }
    }
}

impl Serialize for QuietHours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl schemars::JsonSchema for QuietHours {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "QuietHours".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^(off|([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])$",
        })
    }
}

impl<'de> Deserialize<'de> for QuietHours {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that the chapter's people keep at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Canned {
    /// What it is called in the console.
    #[schemars(with = "Line<60>")]
    pub name: String,
    /// The words.
    #[schemars(with = "Words<800>")]
    pub text: String,
}

/// What a long code's segment costs at Twilio, with the usual carrier's fee.
fn usual_price() -> u32 {
    118
}

fn usual_canned() -> Vec<Canned> {
    let canned = |name: &str, text: &str| Canned { name: name.to_owned(), text: text.to_owned() };
    vec![
        canned(
            "A person is reading",
            "This is a person from the team. I have read your texts and am looking into it now.",
        ),
        canned("May we call", "Would a call help? Tell me the number and the hours that suit you."),
        canned(
            "Still looking",
            "We have not found somebody yet. I am asking further and will text you today.",
        ),
        canned(
            "See a doctor",
            "This sounds like something for a doctor. Please call yours today; in an emergency call 911.",
        ),
    ]
}

/// How the dispatch behaves. The installation's `[dispatch]` section gives every value; a chapter
/// overrides those it wants other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Texts within so many seconds of each other are one message; 0 reads at once.
    #[schemars(range(min = 0, max = 3600))]
    pub settle_seconds: u32,
    /// However long texts keep coming, they are read after so many seconds.
    #[schemars(range(min = 0, max = 3600))]
    pub settle_cap_seconds: u32,
    /// Names by so many minutes after asking starts.
    #[schemars(range(min = 1, max = 2880))]
    pub names_by_minutes: u32,
    /// The same when it is urgent; `names_by_minutes` where that is less.
    #[schemars(range(min = 1, max = 2880))]
    pub urgent_names_by_minutes: u32,
    /// How many minutes a provisional claim keeps its place.
    #[schemars(range(min = 1, max = 1440))]
    pub hold_minutes: u32,
    /// How many minutes a family has for the one question before we go on with what there is.
    #[schemars(range(min = 1, max = 1440))]
    pub answer_minutes: u32,
    /// Hours without a name after which resources are sent and a person takes over.
    #[schemars(range(min = 1, max = 240))]
    pub dead_end_hours: u32,
    /// Hours after the names at which the follow-up goes out.
    #[schemars(range(min = 1, max = 240))]
    pub follow_up_hours: u32,
    /// Members are not asked between these times.
    pub quiet_hours: QuietHours,
    /// Minutes before an unanswered page goes to the next admin.
    #[schemars(range(min = 1, max = 1440))]
    pub page_minutes: u32,
    /// How many referrals a member may hold open at once.
    #[schemars(range(min = 1, max = 100))]
    pub member_cap: u32,
    /// How many answers a number gets that says nothing useful.
    #[schemars(range(min = 0, max = 100))]
    pub passive_replies: u32,
    /// How many texts a family gets for a referral without a human.
    #[schemars(range(min = 1, max = 50))]
    pub family_texts: u32,
    /// How places are given where more members want one than there are.
    pub policy: Policy,
    /// Under a fair start claims are collected until every copy is out, and for no longer than so
    /// many minutes.
    #[schemars(range(min = 1, max = 1440))]
    pub fair_start_minutes: u32,
    /// Under waves so many members are asked at once; 0 counts as 1 ...
    #[schemars(range(min = 0, max = 1000))]
    pub wave_size: u32,
    /// ... and the next so many minutes later.
    #[schemars(range(min = 1, max = 1440))]
    pub wave_minutes: u32,
    /// Under a window claims are collected for so many minutes.
    #[schemars(range(min = 1, max = 1440))]
    pub window_minutes: u32,
    /// Whether a new member is asked to answer a text before she receives referrals, so that her
    /// number is known to be hers.
    pub confirm_numbers: bool,
    /// Who lets a broadcast go.
    pub mode: Mode,
    /// How far a STOP reaches.
    pub stop_scope: StopScope,
    /// Members see area and age band only, never a ZIP or an age as told.
    pub coarse_offers: bool,
    /// Languages whose texts the chapter accepts before a native reader has seen them; `*` for all.
    #[schemars(with = "Vec<Line<20>>", length(max = 50))]
    pub unreviewed_languages: Vec<String>,
    /// Whether members must be eligible on the chapter's own baseline list to receive referrals.
    #[serde(default)]
    pub enforce_baseline: bool,
    /// The words of a conversation are erased so many days after it was closed.
    #[schemars(range(min = 1, max = 3650))]
    pub keep_texts_days: u32,
    /// A family's number is erased so many days after its last conversation was closed; no sooner than the
    /// words.
    #[schemars(range(min = 1, max = 3650))]
    pub keep_numbers_days: u32,
    /// What the chapter calls itself at the head of a text; empty for its name.
    #[schemars(with = "Words<40>")]
    pub short_name: String,
    /// Where families and members may write instead.
    #[schemars(with = "Words<200>")]
    pub contact: String,
    /// What one segment of a text costs the chapter, carriers' fees included, in hundredths of a cent: the
    /// console tells by it what a text costs.
    #[serde(default = "usual_price")]
    #[schemars(range(min = 0, max = 10_000))]
    pub segment_price: u32,
    /// Texts that the chapter's people keep at hand for answering families.
    #[serde(default = "usual_canned")]
    #[schemars(length(max = 30))]
    pub canned: Vec<Canned>,
    /// What is read of families' messages beside the vocabularies that are built in, in the form of
    /// their files.
    #[serde(default)]
    #[schemars(with = "Words<50000>")]
    pub lexicon: String,
    /// The same for members' replies.
    #[serde(default)]
    #[schemars(with = "Words<50000>")]
    pub member_lexicon: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            settle_seconds: 25,
            settle_cap_seconds: 90,
            names_by_minutes: 120,
            urgent_names_by_minutes: 45,
            hold_minutes: 10,
            answer_minutes: 20,
            dead_end_hours: 24,
            follow_up_hours: 24,
            quiet_hours: QuietHours::Between(civil::time(21, 0, 0, 0), civil::time(8, 0, 0, 0)),
            page_minutes: 10,
            member_cap: 3,
            passive_replies: 5,
            family_texts: 6,
            policy: Policy::FirstThree,
            fair_start_minutes: 6,
            wave_size: 10,
            wave_minutes: 10,
            window_minutes: 15,
            confirm_numbers: false,
            mode: Mode::Automatic,
            stop_scope: StopScope::Chapter,
            coarse_offers: false,
            unreviewed_languages: vec!["*".to_owned()],
            enforce_baseline: false,
            keep_texts_days: 30,
            keep_numbers_days: 90,
            short_name: String::new(),
            contact: String::new(),
            segment_price: usual_price(),
            canned: usual_canned(),
            lexicon: String::new(),
            member_lexicon: String::new(),
        }
    }
}

impl Settings {
    /// How long texts may go on belonging together, from the first of them: never shorter than what
    /// is waited for after each.
    #[must_use]
    pub fn settle_cap(&self) -> SignedDuration {
        seconds(i64::from(self.settle_cap_seconds.max(self.settle_seconds)))
    }

    /// How long names may take from the moment asking starts.
    #[must_use]
    pub fn names_by(&self, urgent: bool) -> SignedDuration {
        let most = self.names_by_minutes;
        let wanted = if urgent { most.min(self.urgent_names_by_minutes) } else { most };
        crate::minutes(i64::from(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::{QuietHours, Timestamp};

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn quiet_hours_span_midnight_and_end_in_the_morning() {
        let zone = "America/New_York".parse().expect("a zone");
        let quiet: QuietHours = "21:00-08:00".parse().expect("hours");
        assert_eq!(quiet.end_after(at("2026-11-21T02:30:00Z"), &zone), at("2026-11-21T13:00:00Z"));
        assert_eq!(quiet.end_after(at("2026-11-21T12:59:59Z"), &zone), at("2026-11-21T13:00:00Z"));
        assert_eq!(quiet.end_after(at("2026-11-21T13:00:00Z"), &zone), at("2026-11-21T13:00:00Z"));
        assert!(!quiet.cover(at("2026-11-21T20:00:00Z"), &zone));
        assert_eq!("off".parse(), Ok(QuietHours::Off));
        assert!("21-8".parse::<QuietHours>().is_err());
        assert_eq!(quiet.to_string(), "21:00-08:00");
    }

    #[test]
    fn the_night_that_loses_an_hour_still_ends_at_eight() {
        let zone = "America/New_York".parse().expect("a zone");
        let quiet: QuietHours = "21:00-08:00".parse().expect("hours");
        assert_eq!(quiet.end_after(at("2026-03-08T04:00:00Z"), &zone), at("2026-03-08T12:00:00Z"));
    }
}
