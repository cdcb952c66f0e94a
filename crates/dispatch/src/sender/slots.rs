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
