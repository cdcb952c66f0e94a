//! How places may be given where more want one than there are: policies, in numbers. Pure.
//!
//! A policy decides three things and no more: in which order and how far apart members are asked,
//! for how long claims are collected before anybody has a place, and in which order those who were
//! collected get one. Everything else (three places, standby, replacing) is the same under each. The
//! service itself gives places as [`Policy::FirstThree`] does; the others are here to be compared.

pub mod simulation;

use jiff::SignedDuration;
use model::{MemberId, Timestamp, minutes, word};

word! {
    /// How places are given where more members want one than there are.
    Policy {
        /// Each claim is judged as it comes.
        FirstThree = "first_three",
        /// A member's clock starts when her own copy has arrived.
        FairStart = "fair_start",
        /// Whoever fits best is asked first, others some minutes later.
        Waves = "waves",
        /// Claims are collected for some minutes; the best match, then the least recently placed.
        Window = "window",
    }
}

/// Under a fair start claims are collected until every copy is out, and for no longer than this.
pub const GATE: SignedDuration = minutes(6);
/// So many members are asked at once, under waves ...
pub const WAVE_SIZE: usize = 10;
/// ... and the next so much later.
pub const WAVE_GAP: SignedDuration = minutes(10);
/// Under a window claims are collected for so long.
pub const WINDOW: SignedDuration = minutes(15);

/// A policy with its numbers, for one referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    policy: Policy,
}

/// When claims stop being collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// There is none: each claim is judged as it comes.
    Open,
    /// So long after asking began.
    After(SignedDuration),
    /// Once every copy is out, and no later than so long after asking began.
    WhenAllAreAsked(SignedDuration),
}

/// One who claimed while claims were collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrant {
    /// Who.
    pub member: MemberId,
    /// Her turn among the claims, as they came.
    pub turn: i64,
    /// How long she took from her own copy's arrival.
    pub took: SignedDuration,
    /// How far one must widen to reach her: 0 fits in everything.
    pub stage: i64,
    /// When a family last got her name.
    pub last_placed: Option<Timestamp>,
}

impl Terms {
    /// The terms of a policy. Somebody who needs help today does not wait for claims to be collected
    /// over minutes.
    #[must_use]
    pub fn of(policy: Policy, urgent: bool) -> Self {
        let in_a_hurry = urgent && policy == Policy::Window;
        Self { policy: if in_a_hurry { Policy::FirstThree } else { policy } }
    }

    /// The policy that holds.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// In which order those are asked who come shuffled, each with how far one must widen to reach
    /// her: as they come, or whoever fits best first.
    #[must_use]
    pub fn order(&self, stages: &[i64]) -> Vec<usize> {
        let mut order = (0..stages.len()).collect::<Vec<_>>();
        if self.policy == Policy::Waves {
            order.sort_by_key(|&nth| stages[nth]);
        }
        order
    }

    /// How long the `nth` of those asked waits for her copy, beside what the line needs.
    #[must_use]
    pub fn wait(&self, nth: usize) -> SignedDuration {
        if self.policy != Policy::Waves {
            return SignedDuration::ZERO;
        }
        let wave = i32::try_from(nth / WAVE_SIZE).unwrap_or(i32::MAX);
        WAVE_GAP.checked_mul(wave).unwrap_or(SignedDuration::MAX)
    }

    /// For how long claims are collected.
    #[must_use]
    pub fn gate(&self) -> Gate {
        match self.policy {
            Policy::FirstThree | Policy::Waves => Gate::Open,
            Policy::FairStart => Gate::WhenAllAreAsked(GATE),
            Policy::Window => Gate::After(WINDOW),
        }
    }

    /// Puts those who were collected into the order in which they get places: by how quickly each
    /// answered her own copy, or by who fits best and, among those, was placed least recently. Whom
    /// nothing else tells apart, the order of their claims does.
    pub fn rank(&self, entrants: &mut [Entrant]) {
        match self.policy {
            Policy::FairStart => entrants.sort_by_key(|one| (one.took, one.turn)),
            Policy::Window => {
                entrants.sort_by_key(|one| (one.stage, one.last_placed, one.turn));
            }
            Policy::FirstThree | Policy::Waves => entrants.sort_by_key(|one| one.turn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(policy: Policy, urgent: bool) -> Terms {
        Terms::of(policy, urgent)
    }

    fn entrant(turn: i64, took: i64, stage: i64, placed: Option<&str>) -> Entrant {
        Entrant {
            member: MemberId::from_uuid(uuid::Uuid::from_u128(turn.unsigned_abs().into())),
            turn,
            took: SignedDuration::from_secs(took),
            stage,
            last_placed: placed.map(|at| at.parse().expect("an instant")),
        }
    }

    fn ranked(policy: Policy) -> Vec<i64> {
        let mut entrants = [
            entrant(1, 50, 1, None),
            entrant(2, 9, 0, Some("2026-11-20T10:00:00Z")),
            entrant(3, 50, 0, None),
            entrant(4, 7, 0, Some("2026-11-01T10:00:00Z")),
        ];
        terms(policy, false).rank(&mut entrants);
        entrants.map(|one| one.turn).to_vec()
    }

    #[test]
    fn each_policy_ranks_by_what_it_says() {
        assert_eq!(ranked(Policy::FirstThree), [1, 2, 3, 4]);
        assert_eq!(ranked(Policy::Waves), [1, 2, 3, 4]);
        assert_eq!(ranked(Policy::FairStart), [4, 2, 1, 3]);
        // Fits best; never placed before long ago before lately.
        assert_eq!(ranked(Policy::Window), [3, 4, 2, 1]);
    }

    #[test]
    fn waves_ask_whoever_fits_best_first_and_others_ask_all_at_once() {
        let stages = [2, 0, 1, 0];
        assert_eq!(terms(Policy::Waves, false).order(&stages), [1, 3, 2, 0]);
        assert_eq!(terms(Policy::FairStart, false).order(&stages), [0, 1, 2, 3]);
        let waves = terms(Policy::Waves, false);
        assert_eq!(
            [
                waves.wait(0),
                waves.wait(WAVE_SIZE - 1),
                waves.wait(WAVE_SIZE),
                waves.wait(2 * WAVE_SIZE)
            ],
            [SignedDuration::ZERO, SignedDuration::ZERO, WAVE_GAP, WAVE_GAP * 2]
        );
        assert_eq!(terms(Policy::Window, false).wait(500), SignedDuration::ZERO);
    }

    #[test]
    fn who_needs_help_today_does_not_wait_for_a_window() {
        assert!(matches!(terms(Policy::Window, false).gate(), Gate::After(_)));
        assert_eq!(terms(Policy::Window, true).gate(), Gate::Open);
        assert!(matches!(terms(Policy::FairStart, true).gate(), Gate::WhenAllAreAsked(_)));
        assert_eq!(terms(Policy::FirstThree, false).gate(), Gate::Open);
    }
}
