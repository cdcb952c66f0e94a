//! How many streams a token has open. Each node counts for itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use model::TokenId;

use crate::api::Problem;

/// So many streams a token may have open on a node.
const MOST: usize = 8;

/// Who listens.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listeners(Arc<Mutex<HashMap<TokenId, usize>>>);

/// A stream that is open; it is counted until this goes.
#[derive(Debug)]
pub(crate) struct Open(Listeners, TokenId);

impl Listeners {
    /// Counts a stream that begins, or says that there are enough.
    pub(crate) fn begin(&self, token: TokenId) -> Result<Open, Problem> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = all.entry(token).or_default();
        if *open >= MOST {
            return Err(Problem::too_often(60));
        }
        *open += 1;
        Ok(Open(self.clone(), token))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Self(Listeners(all), token) = self;
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = all.get_mut(token) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                all.remove(token);
            }
        }
    }
}
