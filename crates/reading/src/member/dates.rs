//! Days and times in a member's words, relative to when she wrote.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan, fmt::temporal::Pieces, tz::Offset};

use super::tokens::Token;

mod calendar;
mod names;

pub(crate) use names::weekday_of;

/// When the reply came, on the clock of the chapter's wall.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Received {
    /// Day and time there.
    pub(crate) at: DateTime,
    offset: Option<Offset>,
}

/// Which way an incomplete date points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Today or later.
    Ahead,
    /// Later than today: "until Monday", said on a Monday.
    After,
    /// Today or earlier: "saw her Monday".
    Behind,
}

/// A day or days that were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// The first.
    pub(crate) first: Date,
    /// The day after the last.
    pub(crate) end: Date,
}

impl Received {
    /// Reads RFC 3339; `None` where it is none, and then no date can be told.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        let at = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
        Some(Self { at, offset: pieces.to_numeric_offset() })
    }

    /// An instant as RFC 3339 with the offset in which the reply came.
    pub(crate) fn instant(&self, date: Date, time: Time) -> String {
        let offset = self.offset.unwrap_or(Offset::UTC);
        let sign = if offset.seconds() < 0 { '-' } else { '+' };
        let minutes = offset.seconds().unsigned_abs() / 60;
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        format!(
            "{date}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}",
            minutes / 60,
            minutes % 60
        )
    }

    fn today(&self) -> Date {
        self.at.date()
    }

    /// Monday of the next week.
    fn next_monday(&self) -> Date {
        plus(self.today(), (7 - i64::from(self.today().weekday().to_monday_zero_offset())).days())
    }

    /// The days told from token `at` on, and how many tokens tell them.
    pub(crate) fn days(
        &self,
        tokens: &[Token],
        at: usize,
        direction: Direction,
    ) -> Option<(Days, usize)> {
        let words = names::Words(tokens);
        let today = self.today();
        let skip = usize::from(names::ARTICLES.contains(&words.text(at)));
        let start = at + skip;
        let word = words.text(start);
        let day = |date: Date, count: usize| Some((one(date), skip + count));

        if let Some((ahead, count)) = names::relative(words, start) {
            return day(plus(today, ahead.days()), count);
        }
        if let Some((modifier, count)) = names::which(words, start) {
            let then = start + count;
            if let Some(weekday) = names::weekday(words.text(then)) {
                return day(self.weekday(weekday, direction, modifier), count + 1);
            }
            if let Some(days) = self.period(words.text(then), modifier) {
                return Some((days, skip + count + 1));
            }
        }
        if let Some(weekday) = names::weekday(word) {
            // "Monday Nov 23": the date tells, the weekday agrees.
            let the = usize::from(names::ARTICLES.contains(&words.text(start + 1)));
            if let Some((days, count)) = self.calendar(words, start + 1 + the, direction) {
                return Some((days, skip + 1 + the + count));
            }
            // "next" may follow: "el lunes proximo", "mon next week".
            let count = 1 + names::next_after(words, start + 1);
            let which = if count > 1 { names::Which::Next } else { names::Which::Coming };
            return day(self.weekday(weekday, direction, which), count);
        }
        if let Some((days, count)) = self.calendar(words, start, direction) {
            return Some((days, skip + count));
        }
        if let Some((holiday, count)) = names::holiday(words, start) {
            return day(self.next_of(|year| holiday.on(year), direction)?, count);
        }
        if let Some((span, count)) = names::length(words, start) {
            return Some((Days { first: today, end: plus(today, span) }, skip + count));
        }
        self.period(word, names::Which::Coming)
            .filter(|_| names::bare_period(word))
            .map(|days| (days, skip + 1))
    }

    /// A day of the month, a date in figures, a month alone.
    fn calendar(
        &self,
        words: names::Words<'_>,
        start: usize,
        direction: Direction,
    ) -> Option<(Days, usize)> {
        let (told, count) = calendar::calendar(words, start)?;
        let days = match told {
            calendar::Told::Full(date) => one(date),
            calendar::Told::MonthDay(month, day) => {
                one(self.next_of(|year| Date::new(year, month, day).ok(), direction)?)
            }
            calendar::Told::Month(month) => {
                let first = self.next_of(|year| Date::new(year, month, 1).ok(), direction)?;
                Days { first, end: plus(first, 1.month()) }
            }
            calendar::Told::Day(day) => {
                let this = self.today().first_of_month();
                let step = if direction == Direction::Behind { -1 } else { 1 };
                let date = (0..3)
                    .map(|months| plus(this, (step * months).months()))
                    .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
                    .find(|&date| self.points(date, direction))?;
                one(date)
            }
        };
        Some((days, count))
    }

    /// A time of day from token `at` on, and how many tokens tell it. `told` says that something
    /// (`at`, a day) makes a bare number a time.
    pub(crate) fn time(tokens: &[Token], at: usize, told: bool) -> Option<(Time, usize)> {
        calendar::time(names::Words(tokens), at, told)
    }

    fn points(&self, date: Date, direction: Direction) -> bool {
        match direction {
            Direction::Ahead => date >= self.today(),
            Direction::After => date > self.today(),
            Direction::Behind => date <= self.today(),
        }
    }

    fn next_of(&self, on: impl Fn(i16) -> Option<Date>, direction: Direction) -> Option<Date> {
        let year = self.today().year();
        let years = match direction {
            Direction::Behind => [year, year.saturating_sub(1), year.saturating_sub(2)],
            _ => [year, year.saturating_add(1), year.saturating_add(2)],
        };
        years.into_iter().filter_map(on).find(|&date| self.points(date, direction))
    }

    fn weekday(&self, weekday: Weekday, direction: Direction, which: names::Which) -> Date {
        let today = self.today();
        let ahead = i64::from(today.weekday().until(weekday));
        let coming = plus(today, ahead.days());
        match (which, direction) {
            (names::Which::Last, _) | (_, Direction::Behind) => {
                let back = (7 - ahead) % 7;
                let back = if which == names::Which::Last && back == 0 { 7 } else { back };
                plus(today, (-back).days())
            }
            // "Next Tuesday", said on a Wednesday, is the coming one; "next Friday" is not.
            (names::Which::Next, _) if coming < self.next_monday() => plus(coming, 7.days()),
            (_, Direction::After) if ahead == 0 => plus(today, 7.days()),
            _ => coming,
        }
    }

    fn period(&self, word: &str, which: names::Which) -> Option<Days> {
        let today = self.today();
        let next = self.next_monday();
        let days = |first, end| Some(Days { first, end });
        match (names::period(word)?, which) {
            (names::Period::Week, names::Which::Next) => days(next, plus(next, 7.days())),
            (names::Period::Week, names::Which::Last) => {
                days(plus(next, (-14).days()), plus(next, (-7).days()))
            }
            (names::Period::Week, _) => days(today, next),
            (names::Period::Weekend, which) => {
                let saturday = plus(next, (-2).days());
                let weeks = i64::from(which == names::Which::Next) * 7;
                days(plus(saturday, weeks.days()).max(today), plus(next, weeks.days()))
            }
            (names::Period::Month, names::Which::Next) => {
                let first = plus(today.first_of_month(), 1.month());
                days(first, plus(first, 1.month()))
            }
            (names::Period::Month, _) => days(today, plus(today.first_of_month(), 1.month())),
            (names::Period::Year, names::Which::Next) => {
                let first = Date::new(today.year().saturating_add(1), 1, 1).ok()?;
                days(first, plus(first, 1.year()))
            }
            (names::Period::Year, _) => {
                days(today, Date::new(today.year().saturating_add(1), 1, 1).ok()?)
            }
        }
    }
}

fn one(date: Date) -> Days {
    Days { first: date, end: plus(date, 1.day()) }
}

fn plus(date: Date, span: Span) -> Date {
    date.saturating_add(span)
}
