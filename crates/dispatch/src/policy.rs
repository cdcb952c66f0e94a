//! How places are given where more want one than there are: policies, in numbers. Pure.
//!
//! A policy decides four things and no more: how far the matching is widened at the start, in which
//! order and how far apart members are asked, for how long claims are collected before anybody has a
//! place, and in which order those who were collected get one. Everything else (three places,
//! standby, replacing) is the same under each. The service and [`simulation`] use the same code.

pub mod simulation;

use jiff::SignedDuration;
use model::{MemberId, Timestamp, minutes, settings::Settings};

pub use model::Policy;

use crate::matching::{ALL_IN_REACH, opening_stage};

/// A policy with its numbers, for one referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    policy: Policy,
    fair_start: SignedDuration,
    window: SignedDuration,
    wave_gap: SignedDuration,
    wave_size: usize,
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

impl Gate {
    /// How long after asking began at the latest it opens; `None` where there is none.
    #[must_use]
    pub fn latest(self) -> Option<SignedDuration> {
        match self {
            Self::Open => None,
            Self::After(wait) | Self::WhenAllAreAsked(wait) => Some(wait),
        }
    }
}

/// When a member's clock starts: when her own copy arrived, or, where the carrier does not tell or
/// told so after she had answered it, when the carrier took it. Who heard of it elsewhere had it from
/// the moment at which asking began.
#[must_use]
pub fn clock_starts(
    delivered: Option<Timestamp>,
    accepted: Option<Timestamp>,
    began: Timestamp,
    claimed: Timestamp,
) -> Timestamp {
    let before = |at: &Timestamp| *at <= claimed;
    delivered.filter(before).or(accepted.filter(before)).unwrap_or(began)
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
    /// The terms on which a referral is put to the members now. Somebody who needs help today does
    /// not wait for claims to be collected over minutes.
    #[must_use]
    pub fn of(settings: &Settings, urgent: bool) -> Self {
        let in_a_hurry = urgent && settings.policy == Policy::Window;
        Self::under(if in_a_hurry { Policy::FirstThree } else { settings.policy }, settings)
    }

    /// A policy with the chapter's numbers: the one that held when a referral was put to the members.
    #[must_use]
    pub fn under(policy: Policy, settings: &Settings) -> Self {
        let minutes_of = |setting: u32| minutes(i64::from(setting));
        Self {
            policy,
            fair_start: minutes_of(settings.fair_start_minutes),
            window: minutes_of(settings.window_minutes),
            wave_gap: minutes_of(settings.wave_minutes),
            wave_size: usize::try_from(settings.wave_size).unwrap_or(usize::MAX).max(1),
        }
    }

    /// The policy that holds.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// How far the matching is widened at the start: no wider than it must be; under waves to
    /// everybody whom the family can reach, as whoever fits best comes first.
    #[must_use]
    pub fn opening(&self, stages: &[i64]) -> i64 {
        let opening = opening_stage(stages);
        if self.policy == Policy::Waves { opening.max(ALL_IN_REACH) } else { opening }
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
        let wave = i32::try_from(nth / self.wave_size).unwrap_or(i32::MAX);
        self.wave_gap.checked_mul(wave).unwrap_or(SignedDuration::MAX)
    }

    /// How many are asked at once, and how long after them the next; `None` where all are.
    #[must_use]
    pub fn waves(&self) -> Option<(usize, SignedDuration)> {
        (self.policy == Policy::Waves).then_some((self.wave_size, self.wave_gap))
    }

    /// For how long claims are collected.
    #[must_use]
    pub fn gate(&self) -> Gate {
        match self.policy {
            Policy::FirstThree | Policy::Waves => Gate::Open,
            Policy::FairStart => Gate::WhenAllAreAsked(self.fair_start),
            Policy::Window => Gate::After(self.window),
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
        Terms::of(&Settings { policy, ..Settings::default() }, urgent)
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
        let (size, gap) = waves.waves().expect("waves");
        assert_eq!(
            [waves.wait(0), waves.wait(size - 1), waves.wait(size), waves.wait(2 * size)],
            [SignedDuration::ZERO, SignedDuration::ZERO, gap, gap * 2]
        );
        assert_eq!(terms(Policy::Window, false).wait(500), SignedDuration::ZERO);
        // The best match comes first, and all in reach have their turn without anybody's widening.
        assert_eq!((waves.opening(&[0, 0, 0, 2, 3, 4]), waves.opening(&[4, 5])), (3, 4));
        assert_eq!(terms(Policy::Window, false).opening(&[0, 0, 0, 2, 3, 4]), 0);
    }

    #[test]
    fn a_clock_starts_with_ones_own_copy() {
        let at = |text: &str| Some(format!("2026-11-20T10:{text}Z").parse().expect("an instant"));
        let (began, claimed) = (at("00:00").expect("a time"), at("05:00").expect("a time"));
        let starts = |delivered, accepted| Some(clock_starts(delivered, accepted, began, claimed));
        assert_eq!(starts(at("02:00"), at("01:00")), at("02:00"));
        assert_eq!(starts(None, at("01:00")), at("01:00"));
        // A report that came after her answer tells nothing of when she read it.
        assert_eq!(starts(at("06:00"), at("01:00")), at("01:00"));
        assert_eq!(starts(None, None), at("00:00"));
        assert_eq!(starts(at("06:00"), at("06:00")), at("00:00"));
    }

    #[test]
    fn who_needs_help_today_does_not_wait_for_a_window() {
        assert!(matches!(terms(Policy::Window, false).gate(), Gate::After(_)));
        assert_eq!(terms(Policy::Window, true).gate(), Gate::Open);
        assert!(matches!(terms(Policy::FairStart, true).gate(), Gate::WhenAllAreAsked(_)));
        assert_eq!(terms(Policy::FirstThree, false).gate(), Gate::Open);
    }
}
