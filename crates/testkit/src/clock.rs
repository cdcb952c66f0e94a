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
pub struct ManualClock(Arc<Hands>);

#[derive(Debug)]
struct Hands {
    /// What it shows.
    shows: AtomicI64,
    /// What it would show if nobody had ever set it.
    true_time: AtomicI64,
}

impl ManualClock {
    /// A clock that shows `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        let start = start.as_micros();
        Self(Arc::new(Hands { shows: start.into(), true_time: start.into() }))
    }

    /// Lets time pass, and gives what the clock shows then.
    pub fn advance(&self, by: SignedDuration) -> Timestamp {
        let micros = i64::try_from(by.as_micros()).expect("a duration within reason");
        self.0.true_time.fetch_add(micros, Ordering::SeqCst);
        self.set(by)
    }

    /// Sets the clock on, or back where the duration is negative, as an operator's mistake or a time
    /// server's correction would: no time passes. Gives what it shows then.
    pub fn set(&self, by: SignedDuration) -> Timestamp {
        let set = self.now().after(by);
        self.0.shows.store(set.as_micros(), Ordering::SeqCst);
        set
    }

    /// The time that others have, whose clocks nobody sets.
    #[must_use]
    pub fn true_time(&self) -> Timestamp {
        let micros = self.0.true_time.load(Ordering::SeqCst);
        Timestamp::from_micros(micros).expect("it was set from an instant")
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        let micros = self.0.shows.load(Ordering::SeqCst);
        Timestamp::from_micros(micros).expect("it was set from an instant")
    }

    fn steady(&self) -> SignedDuration {
        SignedDuration::from_micros(self.true_time().as_micros())
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
        clock.set(minutes(-5));
        assert_eq!((shared.now(), shared.true_time()), (start, start.after(minutes(5))));
    }
}
