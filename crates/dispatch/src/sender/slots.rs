//! Requests to carriers that may be under way at once, and the texts that stand ready behind them.
//!
//! A text is leased before its turn, so that the next request never waits for the database; and many
//! at a time, so that the database commits once for all of them. But few enough that an urgent text
//! soon has its turn, and that little is in doubt if this node dies. How many that is depends on the
//! carrier: where requests are over sooner than a look into the database, more stand ready.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many texts stand ready for each that is on its way, ...
const READY: usize = 2;
/// ... and so many at the most, where requests have waited for the database.
const MOST_READY: usize = 8;

/// The places of one node.
#[derive(Clone)]
pub(super) struct Slots {
    concurrency: usize,
    in_hand: Arc<Semaphore>,
    under_way: Arc<Semaphore>,
    pace: Arc<Pace>,
}

/// How many stand ready for each that is on its way, and whether there was more to have last time.
struct Pace {
    ready: AtomicUsize,
    more: AtomicBool,
}

/// A text's place in the queue for its request.
pub(super) struct Waiting {
    in_hand: Option<OwnedSemaphorePermit>,
    under_way: Arc<Semaphore>,
}

/// A request's time; dropped, it is the next one's.
pub(super) struct Turn {
    _in_hand: Option<OwnedSemaphorePermit>,
    _under_way: Option<OwnedSemaphorePermit>,
}

impl Slots {
    pub(super) fn new(concurrency: usize) -> Self {
        let concurrency = concurrency.max(1);
        Self {
            concurrency,
            in_hand: Arc::new(Semaphore::new(concurrency * (1 + MOST_READY))),
            under_way: Arc::new(Semaphore::new(concurrency)),
            pace: Arc::new(Pace { ready: AtomicUsize::new(READY), more: AtomicBool::new(false) }),
        }
    }

    /// Of all places, those that are not to be filled at this pace.
    fn kept_free(&self) -> usize {
        self.concurrency * (MOST_READY - self.pace.ready.load(Relaxed))
    }

    /// For how many texts there is room; 0 while it is too few to be worth a look into the database.
    pub(super) fn free(&self) -> usize {
        let free = self.in_hand.available_permits().saturating_sub(self.kept_free());
        if free < self.concurrency { 0 } else { free }
    }

    /// Waits until there is room worth filling.
    pub(super) async fn worth_filling(&self) {
        let most = u32::try_from(self.kept_free() + self.concurrency).unwrap_or(u32::MAX);
        drop(self.in_hand.acquire_many(most).await);
    }

    /// Takes note of a look into the database, and of whether there was as much as there was room for:
    /// if requests stood idle meanwhile, more are to stand ready, as long as there is more.
    pub(super) fn filled(&self, more: bool) {
        let idle = self.under_way.available_permits() > 0;
        let ready = self.pace.ready.load(Relaxed);
        let ready = match (self.pace.more.swap(more, Relaxed), idle) {
            (false, _) => READY,
            (true, false) => ready,
            (true, true) => (ready * 2).min(MOST_READY),
        };
        self.pace.ready.store(ready, Relaxed);
    }

    /// Takes a place, of those that were free.
    pub(super) fn take(&self) -> Waiting {
        Waiting {
            in_hand: self.in_hand.clone().try_acquire_owned().ok(),
            under_way: self.under_way.clone(),
        }
    }

    /// Waits for everything that is in hand.
    pub(super) async fn empty(&self) {
        let all = u32::try_from(self.concurrency * (1 + MOST_READY)).unwrap_or(u32::MAX);
        let _ = self.in_hand.acquire_many(all).await;
    }
}

impl Waiting {
    /// Waits for its turn: texts have it in the order in which they began to wait.
    pub(super) async fn come(self) -> Turn {
        let under_way = self.under_way.acquire_owned().await.ok();
        Turn { _in_hand: self.in_hand, _under_way: under_way }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::{Slots, Turn};

    /// The turn of a text for which a request is free.
    fn now(turn: impl Future<Output = Turn>) -> Turn {
        turn.now_or_never().expect("its turn has come")
    }

    #[test]
    fn there_is_room_for_three_times_as_many_and_a_look_is_worth_a_third() {
        let slots = Slots::new(4);
        assert_eq!(slots.free(), 12);
        let mut taken = (0..8).map(|_| slots.take()).collect::<Vec<_>>();
        assert_eq!(slots.free(), 4);
        taken.push(slots.take());
        // Three are free, and too few for a look into the database.
        assert_eq!(slots.free(), 0);
        assert!(slots.worth_filling().now_or_never().is_none());
        drop(taken.pop());
        assert_eq!(slots.free(), 4);
        assert!(slots.worth_filling().now_or_never().is_some());
        // Looking takes nothing.
        assert_eq!(slots.free(), 4);
    }

    #[test]
    fn more_stand_ready_where_requests_waited_for_the_database() {
        let slots = Slots::new(4);
        // There was more than it had room for: whether it comes too late shows next time.
        slots.filled(true);
        assert_eq!(slots.free(), 12);
        slots.filled(true);
        assert_eq!(slots.free(), 20);
        for _ in 0..3 {
            slots.filled(true);
        }
        assert_eq!(slots.free(), 36);
        let under_way = (0..4).map(|_| now(slots.take().come())).collect::<Vec<_>>();
        slots.filled(true);
        assert_eq!(slots.free(), 32);
        drop(under_way);
        // What comes when there was nothing left is no sign of haste.
        slots.filled(false);
        slots.filled(true);
        assert_eq!(slots.free(), 12);
    }

    #[test]
    fn requests_that_are_busy_need_no_more_behind_them() {
        let slots = Slots::new(4);
        let _under_way = (0..4).map(|_| now(slots.take().come())).collect::<Vec<_>>();
        for _ in 0..3 {
            slots.filled(true);
        }
        assert_eq!(slots.free(), 8);
    }

    #[test]
    fn no_concurrency_is_one_at_once() {
        assert_eq!(Slots::new(0).free(), 3);
    }

    #[test]
    fn texts_have_their_turn_in_the_order_in_which_they_wait() {
        let slots = Slots::new(1);
        let (first, second, third) = (slots.take(), slots.take(), slots.take());
        let first = now(first.come());
        let (mut second, mut third) = (Box::pin(second.come()), Box::pin(third.come()));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        drop(first);
        assert!((&mut third).now_or_never().is_none());
        let second = now(second);
        assert!((&mut third).now_or_never().is_none());
        drop(second);
        drop(now(third));
        assert_eq!(slots.free(), 3);
    }

    #[test]
    fn it_is_empty_when_everything_has_gone() {
        let slots = Slots::new(2);
        assert!(slots.empty().now_or_never().is_some());
        let (waits, goes) = (slots.take(), slots.take());
        let goes = now(goes.come());
        assert!(slots.empty().now_or_never().is_none());
        drop(goes);
        assert!(slots.empty().now_or_never().is_none());
        drop(waits);
        assert!(slots.empty().now_or_never().is_some());
    }
}
