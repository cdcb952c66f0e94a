//! A member's fair share: how often she was asked, claimed and named, against the chapter's median.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use model::{ChapterId, Timestamp, day_hours, minutes};

use super::OwnPage;
use crate::{Dispatch, Result};

/// Over so many days.
const DAYS: i64 = 90;
/// A median of fewer members would tell of one of them.
const FEWEST: usize = 5;
/// The medians are counted anew after so long: all offers of the time are looked at.
const KEPT: SignedDuration = minutes(10);

/// A member's share of what the chapter had to give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Over so many days.
    pub days: i64,
    /// How many active members the medians are of; none are told of fewer than five.
    pub members: usize,
    /// How often she was asked.
    pub asked: Figure,
    /// How often she claimed.
    pub claimed: Figure,
    /// How often a family was given her name.
    pub placed: Figure,
}

/// A count, and the chapter's median beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Hers.
    pub own: i64,
    /// That of the chapter's active members.
    pub median: Option<f64>,
}

/// The medians of each chapter, when they were counted, and of how many members.
#[derive(Default)]
pub(crate) struct Medians(RwLock<HashMap<ChapterId, Counted>>);

type Counted = (Timestamp, usize, [Option<f64>; 3]);

impl Medians {
    fn fresh(&self, chapter: ChapterId, now: Timestamp) -> Option<Counted> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&chapter).copied()?;
        (kept.0.after(KEPT) > now).then_some(kept)
    }

    fn keep(&self, chapter: ChapterId, counted: Counted) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(chapter, counted);
    }
}

impl Dispatch {
    /// A member's share of what her chapter had to give lately.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_share(&self, page: OwnPage) -> BoxFuture<'_, Result<Share>> {
        Box::pin(async move {
            let (now, chapter) = (self.now(), page.chapter);
            let since = now.after(-day_hours(24 * DAYS));
            let fresh = self.0.medians.fresh(chapter, now);
            let read = self.store().read::<_, crate::Error, _>(move |tx| {
                Box::pin(async move {
                    let own = tx.shares(chapter, since, Some(page.member)).await?;
                    let own = own.first().map_or([0; 3], |(_, counts)| *counts);
                    let counted = match fresh {
                        Some(counted) => counted,
                        None => {
                            let all = tx.shares(chapter, since, None).await?;
                            let all = all.into_iter().map(|(_, counts)| counts);
                            counted(now, &all.collect::<Vec<_>>())
                        }
                    };
                    Ok((own, counted))
                })
            });
            let (own, counted) = read.await?;
            self.0.medians.keep(chapter, counted);
            let (_, members, medians) = counted;
            let figure = |which: usize| Figure { own: own[which], median: medians[which] };
            let [asked, claimed, placed] = [figure(0), figure(1), figure(2)];
            Ok(Share { days: DAYS, members, asked, claimed, placed })
        })
    }
}

fn counted(now: Timestamp, all: &[[i64; 3]]) -> Counted {
    let of = |which: usize| median(all.iter().map(|counts| counts[which]).collect());
    (now, all.len(), [of(0), of(1), of(2)])
}

/// The count in the middle; between two, their mean. None of too few.
fn median(mut counts: Vec<i64>) -> Option<f64> {
    if counts.len() < FEWEST {
        return None;
    }
    counts.sort_unstable();
    let (low, high) = (counts[(counts.len() - 1) / 2], counts[counts.len() / 2]);
    let sum = i32::try_from(low + high).unwrap_or(i32::MAX);
    Some(f64::from(sum) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_median_is_the_count_in_the_middle_and_none_of_too_few() {
        assert_eq!(median(vec![9, 0, 3, 1, 2]), Some(2.0));
        assert_eq!(median(vec![9, 0, 3, 1, 2, 8]), Some(2.5));
        assert_eq!(median(vec![9, 0, 3, 1]), None);
    }
}
