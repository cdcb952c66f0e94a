//! The clocks of the service and of the demo.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use jiff::SignedDuration;
use model::{Clock, Timestamp};

/// From when [`Clock::steady`] counts.
#[expect(clippy::disallowed_methods, reason = "this is where the service's time comes from")]
static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The time of this machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the service's time comes from")]
    fn now(&self) -> Timestamp {
        Timestamp::new(jiff::Timestamp::now())
    }

    fn steady(&self) -> SignedDuration {
        SignedDuration::try_from(BEGAN.elapsed()).unwrap_or(SignedDuration::MAX)
    }
}

/// The time of this machine, moved on by hand: for the demo.
#[derive(Debug, Default)]
pub(crate) struct MovedClock(AtomicI64);

impl MovedClock {
    /// Moves the clock on; never back.
    pub(crate) fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(0).max(0);
        self.0.fetch_add(micros, Ordering::Relaxed);
    }

    fn moved(&self) -> SignedDuration {
        SignedDuration::from_micros(self.0.load(Ordering::Relaxed))
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().after(self.moved())
    }

    fn steady(&self) -> SignedDuration {
        SystemClock.steady() + self.moved()
    }
}
