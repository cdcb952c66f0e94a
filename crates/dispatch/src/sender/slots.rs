//! Requests to carriers that may be under way at once, and the texts that stand ready behind them.
//!
//! A text is leased before its turn, so that the next request never waits for the database; and many
//! at a time, so that the database commits once for all of them. But few enough that an urgent text
//! soon has its turn, and that little is in doubt if this node dies.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many texts stand ready for each that is on its way.
const READY: usize = 2;

/// The places of one node.
#[derive(Clone)]
pub(super) struct Slots {
    concurrency: usize,
    in_hand: Arc<Semaphore>,
    under_way: Arc<Semaphore>,
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
            in_hand: Arc::new(Semaphore::new(concurrency * (1 + READY))),
            under_way: Arc::new(Semaphore::new(concurrency)),
        }
    }

    /// For how many texts there is room; 0 while it is too few to be worth a look into the database.
    pub(super) fn free(&self) -> usize {
        let free = self.in_hand.available_permits();
        if free < self.concurrency { 0 } else { free }
    }

    /// Waits until there is room worth filling.
    pub(super) async fn worth_filling(&self) {
        let most = u32::try_from(self.concurrency).unwrap_or(u32::MAX);
        drop(self.in_hand.acquire_many(most).await);
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
        let all = u32::try_from(self.concurrency * (1 + READY)).unwrap_or(u32::MAX);
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
