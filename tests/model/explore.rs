//! Breadth first through every state there is; the first that is wrong is told with the way to it.

use std::{
    collections::HashMap,
    fmt::{self, Display},
};

use crate::protocol::{Cast, State, Step};

/// More states than this and the cast is too large to be looked through in a test.
const MOST: usize = 3_000_000;

/// What is wrong in a state, and the shortest way to it.
pub(crate) struct Found {
    pub(crate) wrong: String,
    way: Vec<Step>,
    states: usize,
}

impl Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} (found among {} states). The way to it:", self.wrong, self.states)?;
        self.way.iter().try_for_each(|step| writeln!(f, "  {step:?}"))
    }
}

/// How many states there are, if none of them is wrong.
pub(crate) fn explore(cast: &Cast) -> Result<usize, Found> {
    let first = State::first(cast);
    let mut known = HashMap::from([(first.clone(), 0_u32)]);
    let mut queue = vec![(first, 0_u32, None)];
    let mut at = 0;
    while at < queue.len() {
        let state = queue[at].0.clone();
        let mut ends = true;
        for step in state.steps(cast) {
            ends = false;
            let next = state.after(cast, step);
            if let Some(wrong) = next.wrong() {
                let mut way = way_to(&queue, at);
                way.push(step);
                return Err(Found { wrong, way, states: known.len() });
            }
            if !known.contains_key(&next) {
                let nth = u32::try_from(queue.len()).expect("fewer than four billion states");
                known.insert(next.clone(), nth);
                queue.push((next, u32::try_from(at).expect("as few"), Some(step)));
                assert!(queue.len() <= MOST, "the cast is too large");
            }
        }
        if ends && let Some(wrong) = state.wrong_at_the_end(cast) {
            return Err(Found { wrong, way: way_to(&queue, at), states: known.len() });
        }
        at += 1;
    }
    Ok(queue.len())
}

fn way_to(queue: &[(State, u32, Option<Step>)], mut at: usize) -> Vec<Step> {
    let mut way = Vec::new();
    while let (_, before, Some(step)) = &queue[at] {
        way.push(*step);
        at = *before as usize;
    }
    way.reverse();
    way
}
