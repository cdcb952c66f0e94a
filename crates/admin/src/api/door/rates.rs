//! How often a token may ask. Each node counts for itself: this keeps a program that has gone wrong
//! from taking a node's time, and shares nothing out.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::SignedDuration;
use model::{Timestamp, TokenId};

use super::seconds_until;
use crate::api::Problem;

/// How often each token has asked.
pub(crate) struct Rates {
    per_minute: u32,
    /// Until when what each has asked for fills its minute.
    filled: Mutex<HashMap<TokenId, Timestamp>>,
}

impl Rates {
    /// So many requests a minute; 0 for as many as come.
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute, filled: Mutex::default() }
    }

    /// Counts a request, or says when to come again.
    pub(crate) fn take(&self, token: TokenId, now: Timestamp) -> Result<(), Problem> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let each = SignedDuration::from_micros(60_000_000 / i64::from(self.per_minute));
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        let until = filled.get(&token).copied().unwrap_or(now).max(now).after(each);
        let room = now.after(SignedDuration::from_mins(1));
        if until > room {
            return Err(Problem::too_often(seconds_until(room, until)));
        }
        filled.insert(token, until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use model::{Chance, Timestamp, TokenId};

    use super::Rates;

    #[test]
    fn a_minute_s_worth_may_come_at_once_and_then_one_at_a_time() {
        let now: Timestamp = "2026-11-21T15:00:00Z".parse().expect("an instant");
        let chance = Chance::seeded(1);
        let (one, other) = (TokenId::generate(now, &chance), TokenId::generate(now, &chance));
        let rates = Rates::new(60);
        for _ in 0..60 {
            rates.take(one, now).expect("there is room");
        }
        rates.take(one, now).expect_err("the minute is full");
        rates.take(other, now).expect("another token has its own");
        let later = now.after(SignedDuration::from_secs(1));
        rates.take(one, later).expect("a second is free again");
        rates.take(one, later).expect_err("and no more");
        for _ in 0..1000 {
            Rates::new(0).take(one, now).expect("no bound");
        }
    }
}
