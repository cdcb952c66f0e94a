//! States and kinds by the names people give them.

use std::fmt;

use dispatch::view::Weight;
use model::{ClaimKind, Code, MessageKind, OutboxState, ReferralState, Role, reading::FlagLevel};
use storage::Admin;

/// A state as a badge shows it: the style sheet's word, and the name beside it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Badge {
    pub(crate) state: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) fn referral(state: ReferralState) -> Badge {
    let (state, name) = match state {
        ReferralState::Gathering => ("gathering", "gathering"),
        ReferralState::Held => ("held", "held"),
        ReferralState::Queued => ("queued", "for the morning"),
        ReferralState::Open => ("open", "open"),
        ReferralState::Filled => ("filled", "filled"),
        ReferralState::HandedOff => ("handed_off", "names sent"),
        ReferralState::Closed => ("closed", "closed"),
        ReferralState::Withdrawn => ("withdrawn", "withdrawn"),
    };
    Badge { state, name }
}

pub(crate) fn message(state: OutboxState) -> Badge {
    let (state, name) = match state {
        OutboxState::Waiting => ("waiting", "waiting"),
        OutboxState::Sending => ("sending", "sending"),
        OutboxState::Accepted => ("accepted", "sent"),
        OutboxState::Delivered => ("delivered", "delivered"),
        OutboxState::Failed => ("failed", "failed"),
        OutboxState::Unknown => ("unknown", "unknown"),
    };
    Badge { state, name }
}

pub(crate) fn message_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Safety => "safety text",
        MessageKind::Consent => "stop or start confirmed",
        MessageKind::HandOff => "the names",
        MessageKind::Reply => "answer to a family",
        MessageKind::ClaimReply => "answer to a member",
        MessageKind::Person => "from a person",
        MessageKind::Page => "call to an admin",
        MessageKind::Offer => "offer to a member",
        MessageKind::Notice => "news to a family",
        MessageKind::FollowUp => "follow-up",
        MessageKind::SignIn => "sign-in",
    }
}

pub(crate) fn claim(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Firm => "firm",
        ClaimKind::Provisional => "being asked",
        ClaimKind::Standby => "standby",
        ClaimKind::Collected => "claimed, places not given yet",
        ClaimKind::Dropped => "gave it back",
        ClaimKind::Lapsed => "ran out",
        ClaimKind::Replaced => "replaced",
        ClaimKind::Kept => "named before",
    }
}

pub(crate) fn flag(level: FlagLevel) -> Badge {
    let (state, name) = match level {
        FlagLevel::Emergency => ("emergency", "emergency"),
        FlagLevel::Crisis => ("crisis", "crisis"),
        FlagLevel::Private => ("crisis", "not safe to text"),
        FlagLevel::DoctorNow => ("doctor_now", "doctor now"),
        FlagLevel::DoctorToday => ("doctor_today", "doctor today"),
        FlagLevel::Support => ("support", "support"),
    };
    Badge { state, name }
}

pub(crate) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Plain => "plain",
        Weight::Key => "key",
        Weight::Warn => "warn",
        Weight::Safety => "safety",
    }
}

pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Admin => "admin",
        Role::Moderator => "moderator",
        Role::Reader => "reader",
    }
}

/// What was read, in plain words: codes have underscores.
pub(crate) fn plain(code: impl fmt::Display) -> String {
    code.to_string().replace('_', " ")
}

/// Who did something, by name where it was one of the chapter's people.
pub(crate) fn person(admins: &[Admin], actor: &str) -> String {
    let id = actor.split_once(':').map(|(_, id)| id);
    let known = admins.iter().find(|admin| id == Some(admin.id.to_string().as_str()));
    known.map_or_else(|| "a program".to_owned(), |admin| admin.name.reveal().to_owned())
}

/// What a referral is called, for a title.
pub(crate) fn title(code: Option<Code>, called: &str) -> String {
    match code {
        Some(code) => format!("Referral {code}"),
        None => format!("Inquiry {called}"),
    }
}
