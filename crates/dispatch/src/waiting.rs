//! How long families wait, as a metric for whoever looks after the service.

use model::Timestamp;
use storage::{Claim, Inquiry};

/// What a family waits for, from its first text on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// That it is answered at all.
    Answer,
    /// A place is taken.
    FirstClaim,
    /// The third is.
    ThirdClaim,
    /// It has names.
    HandOff,
}

impl Step {
    /// What taking one more place comes to, where these claims were there before.
    pub(crate) fn of_place(before: &[Claim]) -> Option<Self> {
        match before.iter().filter(|claim| claim.place.is_some()).count() {
            0 => Some(Self::FirstClaim),
            2 => Some(Self::ThirdClaim),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::FirstClaim => "first_claim",
            Self::ThirdClaim => "third_claim",
            Self::HandOff => "hand_off",
        }
    }
}

/// Counts how long a family has waited for this.
pub(crate) fn waited(step: Step, inquiry: &Inquiry, now: Timestamp) {
    let seconds = now.since(inquiry.first_text_at).as_secs_f64().max(0.0);
    metrics::histogram!("latchline_referral_seconds", "step" => step.word()).record(seconds);
}
