//! Since when texts are missing from their carriers' lists, as far as this node has seen.
//!
//! How old a text is cannot be told from a clock that may have been set, nor from another node's: it
//! may be on its way at this moment. That it was missing for as long as a request takes is certain
//! only by time that this process has seen go by.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::SignedDuration;
use model::OutboxId;

/// What is missing longer than this was not on its way: no request takes so long.
const REQUEST: SignedDuration = SignedDuration::from_secs(15);
/// What is forgotten is waited for once more, and nothing worse.
const MOST: usize = 10_000;

/// One handing-over of a text: another one, by whichever node, has a time of its own.
type Handing = (OutboxId, i64);

/// The texts that are missing now.
#[derive(Debug, Default)]
pub(crate) struct Missed(Mutex<HashMap<Handing, SignedDuration>>);

impl Missed {
    /// Whether a text that the carrier does not list at this moment has been missing for as long as a
    /// request may take, since it was handed over this time. `steady` is what the steady clock shows.
    pub(super) fn for_long(&self, text: Handing, steady: SignedDuration) -> bool {
        let mut missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if missed.len() >= MOST {
            missed.clear();
        }
        let since = *missed.entry(text).or_insert(steady);
        steady - since >= REQUEST
    }

    /// A text is missing no more: it was found, or is handed over again.
    pub(super) fn settled(&self, text: Handing) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&text);
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use model::{Chance, OutboxId, seconds};

    use super::{MOST, Missed};

    fn text(chance: &Chance) -> (OutboxId, i64) {
        (OutboxId::generate("2026-11-22T03:00:00Z".parse().expect("an instant"), chance), 1)
    }

    #[test]
    fn a_text_is_missing_for_long_only_by_time_that_was_seen_to_pass() {
        let (missed, chance) = (Missed::default(), Chance::seeded(1));
        let (one, other) = (text(&chance), text(&chance));
        assert!(!missed.for_long(one, seconds(100)));
        assert!(!missed.for_long(one, seconds(114)));
        assert!(!missed.for_long(other, seconds(115)));
        assert!(missed.for_long(one, seconds(115)));
        missed.settled(one);
        assert!(!missed.for_long(one, seconds(200)));
    }

    /// Another node found it missing and sent it again: what this one saw before is of an earlier
    /// request, and tells nothing of that one.
    #[test]
    fn a_text_that_is_handed_over_again_is_missed_anew() {
        let missed = Missed::default();
        let (id, _) = text(&Chance::seeded(1));
        assert!(!missed.for_long((id, 1), seconds(100)));
        assert!(!missed.for_long((id, 2), seconds(160)));
        assert!(!missed.for_long((id, 2), seconds(174)));
        assert!(missed.for_long((id, 2), seconds(175)));
    }

    #[test]
    fn what_is_missing_takes_no_more_room_than_it_may() {
        let (missed, chance) = (Missed::default(), Chance::seeded(1));
        for _ in 0..=MOST {
            assert!(!missed.for_long(text(&chance), SignedDuration::ZERO));
        }
        assert_eq!(missed.0.lock().expect("it").len(), 1);
    }
}
