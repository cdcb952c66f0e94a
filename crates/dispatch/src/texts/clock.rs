//! Times as people say them: "4:15 pm", "10 am tomorrow", "noon Mon".

use jiff::{RoundMode, ZonedRound};
use jiff::{
    Unit, Zoned,
    civil::{Date, Time},
};
use model::Timestamp;

use super::speech::Speech;

impl Speech<'_> {
    /// A time by which we promise something, in the chapter's zone: told on the five minutes at or
    /// after it, as people do, so that what we say is never earlier than what we keep.
    pub(super) fn promised(&self, at: Timestamp) -> String {
        let minute = floor_to_minute(&at.in_zone(self.zone()));
        let fives = ZonedRound::new().smallest(Unit::Minute).increment(5).mode(RoundMode::Ceil);
        self.moment(&minute.round(fives).unwrap_or(minute), Naming::Near)
    }

    /// A time at which something starts, to the minute.
    pub(super) fn from(&self, at: Timestamp) -> String {
        self.moment(&floor_to_minute(&at.in_zone(self.zone())), Naming::Near)
    }

    /// A time with its weekday, unless it is today: for what somebody else has named by its day.
    pub(super) fn on_its_day(&self, at: Timestamp) -> String {
        self.moment(&floor_to_minute(&at.in_zone(self.zone())), Naming::Weekday)
    }

    /// A day as "Mon Nov 30".
    pub(super) fn day(&self, date: Date) -> String {
        format!("{} {}", self.weekday(date), self.date(date))
    }

    fn moment(&self, at: &Zoned, naming: Naming) -> String {
        let now = self.now().in_zone(self.zone());
        self.say(
            "moment",
            &[
                ("day", day(&now, at, naming).into()),
                ("clock", self.clock(at.time()).into()),
                ("weekday", self.weekday(at.date()).into()),
                ("date", self.date(at.date()).into()),
            ],
        )
    }

    fn clock(&self, time: Time) -> String {
        let at = match (time.hour(), time.minute()) {
            (0, 0) => "midnight",
            (12, 0) => "noon",
            (_, 0) => "whole",
            _ => "minutes",
        };
        let hour12 = (time.hour() + 11) % 12 + 1;
        self.say(
            "clock",
            &[
                ("at", at.into()),
                ("hour12", i64::from(hour12).into()),
                ("hour24", i64::from(time.hour()).into()),
                ("minute", format!("{:02}", time.minute()).into()),
                ("half", if time.hour() < 12 { "am" } else { "pm" }.into()),
                ("part", part_of_day(time.hour()).into()),
            ],
        )
    }

    fn weekday(&self, date: Date) -> String {
        self.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()), &[])
    }

    fn date(&self, date: Date) -> String {
        let month = self.say(&format!("month-{}", date.month()), &[]);
        self.say("date", &[("month", month.into()), ("number", i64::from(date.day()).into())])
    }
}

/// How a day is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// "tonight" and "tomorrow" where they fit.
    Near,
    /// By its weekday, unless it is today.
    Weekday,
}

fn floor_to_minute(at: &Zoned) -> Zoned {
    let minute = ZonedRound::new().smallest(Unit::Minute).mode(RoundMode::Floor);
    at.round(minute).unwrap_or_else(|_| at.clone())
}

fn day(now: &Zoned, at: &Zoned, naming: Naming) -> &'static str {
    let days = at.date().since(now.date()).map_or(i32::MAX, |span| span.get_days());
    match days {
        0 => "today",
        // Half past midnight is "tonight" to somebody who reads it in the evening.
        1 if at.hour() < 5 && now.hour() >= 17 => "tonight",
        1 if naming == Naming::Near => "tomorrow",
        1..=6 => "week",
        _ => "later",
    }
}

/// The part of the day, for languages that name it instead of "am" and "pm".
fn part_of_day(hour: i8) -> &'static str {
    match hour {
        0..=4 => "night",
        5..=11 => "morning",
        12..=17 => "afternoon",
        _ => "evening",
    }
}
