//! The day in figures: what came of a chapter's work since its midnight.

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, civil::Date};
use model::{ChapterId, TimeZone, Timestamp};
use storage::Figures;

use crate::{Dispatch, Error, Result};

/// A chapter's day so far.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// When it began, where the chapter is.
    pub began: Timestamp,
    /// What came of it.
    pub figures: Figures,
}

impl Day {
    /// How long the middle one of the families that were given names had waited for them; of two in the
    /// middle the longer. `None` where none was.
    #[must_use]
    pub fn median_wait(&self) -> Option<SignedDuration> {
        let mut waits = self.figures.waits.clone();
        waits.sort_unstable();
        waits.get(waits.len() / 2).copied()
    }
}

impl Dispatch {
    /// What came of a chapter's work since its midnight.
    ///
    /// # Errors
    /// Where the database failed, or the chapter is gone.
    pub fn day(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Day>> {
        Box::pin(async move {
            let now = self.now();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let row = tx.chapter(chapter).await?.ok_or(Error::Missing("chapter"))?;
                        let (date, began) = today(now, &row.timezone);
                        Ok(Day { date, began, figures: tx.figures(chapter, began, now).await? })
                    })
                })
                .await
        })
    }
}

/// The day it is in a zone, and when it began there.
fn today(now: Timestamp, zone: &TimeZone) -> (Date, Timestamp) {
    let date = now.in_zone(zone).date();
    (date, zone.instant(date.at(0, 0, 0, 0)).unwrap_or(now))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::{minutes, seconds};

    use super::{Day, Figures, today};

    #[test]
    fn a_day_begins_at_midnight_where_the_chapter_is() {
        let zone = "America/New_York".parse().expect("a zone");
        for (now, day, began) in [
            ("2026-11-22T04:59:59Z", date(2026, 11, 21), "2026-11-21T05:00:00Z"),
            ("2026-11-22T05:00:00Z", date(2026, 11, 22), "2026-11-22T05:00:00Z"),
            ("2026-11-01T20:00:00Z", date(2026, 11, 1), "2026-11-01T04:00:00Z"),
        ] {
            let now = now.parse().expect("an instant");
            assert_eq!(today(now, &zone), (day, began.parse().expect("an instant")));
        }
    }

    #[test]
    fn the_median_is_the_middle_wait() {
        let median = |waits: &[i64]| {
            let waits = waits.iter().map(|&wait| minutes(wait)).collect();
            let figures = Figures { waits, ..Figures::default() };
            let began = model::Timestamp::EARLIEST;
            Day { date: date(2026, 11, 22), began, figures }.median_wait()
        };
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[40]), Some(minutes(40)));
        assert_eq!(median(&[90, 10, 30]), Some(seconds(30 * 60)));
    }
}
