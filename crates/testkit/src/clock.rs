//! A clock that stands still until a test moves it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::SignedDuration;
use model::{Clock, Timestamp};

/// The time, held in a test's hand. Cloning shares it.
///
/// It never moves by itself, so a test says when something falls due and never waits for it.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.as_micros())))
    }

    /// Moves the clock on and gives what it shows then; a negative duration moves it back, as an
    /// operator's mistake or a time server's correction would.
    pub fn advance(&self, by: SignedDuration) -> Timestamp {
        let moved = self.now().after(by);
        self.0.store(moved.as_micros(), Ordering::SeqCst);
        moved
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst)).expect("it was set from an instant")
    }
}

#[cfg(test)]
mod tests {
    use model::{Clock as _, minutes};

    use super::ManualClock;

    #[test]
    fn it_moves_only_when_told_to_and_for_everybody_who_shares_it() {
        let start = "2026-11-21T15:00:00.000001Z".parse().expect("an instant");
        let clock = ManualClock::new(start);
        let shared = clock.clone();
        assert_eq!(shared.now(), start);
        assert_eq!(clock.advance(minutes(5)), start.after(minutes(5)));
        assert_eq!(shared.now(), start.after(minutes(5)));
        clock.advance(minutes(-5));
        assert_eq!(shared.now(), start);
    }
}
