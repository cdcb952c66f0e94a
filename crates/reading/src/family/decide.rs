//! How soon, which way, and what is missing: the rules of the trade, in their order.

use model::reading::{BabyStage, FamilyKind, FlagLevel, Precision, Route, Urgency};

use crate::family::{
    kind::Thread,
    lexicon::{Concept, concept as c},
    seen::Seen,
};

/// Up to this day a feeding concern is soon's.
const FIRST_DAYS: u32 = 14;
/// Up to this day twins and preterm babies are.
const SIX_WEEKS: u32 = 42;

/// Whether the message is an inquiry, for which urgency and missing things make sense.
pub(crate) fn is_inquiry(kind: FamilyKind) -> bool {
    matches!(
        kind,
        FamilyKind::Inquiry
            | FamilyKind::InquiryProxy
            | FamilyKind::MedicalQuestion
            | FamilyKind::Complaint
            | FamilyKind::MediaOnly
            | FamilyKind::EmojiOnly
            | FamilyKind::CallbackRequest
    )
}

/// How soon help is needed.
pub(crate) fn urgency(seen: &Seen, kind: FamilyKind) -> Option<Urgency> {
    let gravest = seen.flags.iter().map(|flag| flag.level).min();
    if matches!(gravest, Some(FlagLevel::Emergency | FlagLevel::Crisis)) {
        return Some(Urgency::Emergency);
    }
    let flagged = seen.flags.iter().any(|flag| flag.level == FlagLevel::DoctorNow);
    let today = seen.wants_today();
    if !is_inquiry(kind) && kind != FamilyKind::Bereavement && !flagged {
        let runs = matches!(kind, FamilyKind::Followup | FamilyKind::Answer);
        return (runs && today).then_some(Urgency::UrgentToday);
    }
    if kind == FamilyKind::Complaint && !flagged && !seen.has_need() {
        return None;
    }
    if flagged || kind == FamilyKind::Bereavement || today {
        return Some(Urgency::UrgentToday);
    }
    let days = seen.baby.days();
    let young = days.is_some_and(|days| days <= FIRST_DAYS) && seen.says_concern(is_feeding);
    let breast =
        seen.says_concern(|concern| matches!(concern, c::MASTITIS | c::PLUGGED | c::ENGORGEMENT));
    let small = days.is_some_and(|days| days <= SIX_WEEKS)
        && seen.says_concern(|concern| matches!(concern, c::MULTIPLES | c::NICU_PRETERM));
    let doctor = seen.flags.iter().any(|flag| flag.level == FlagLevel::DoctorToday);
    Some(if young || breast || small || doctor {
        Urgency::Soon48h
    } else if seen.baby.baby.stage == BabyStage::Expected {
        Urgency::Planning
    } else if days.is_none() {
        Urgency::Unknown
    } else {
        Urgency::Routine
    })
}

/// Whether a concern is about feeding: nearly all are, but not a wish, a mood or a class.
fn is_feeding(concern: Concept) -> bool {
    !matches!(
        concern,
        c::MOOD | c::PRENATAL | c::MEDICATION | c::WEANING | c::LOSS_LACTATION | c::INDUCED
    )
}

/// What is not known, in the order in which it is asked for.
pub(crate) fn missing(seen: &Seen, kind: FamilyKind) -> Vec<&'static str> {
    let mut out = Vec::new();
    let held = seen
        .flags
        .iter()
        .any(|flag| matches!(flag.level, FlagLevel::Emergency | FlagLevel::Crisis));
    let asked = kind == FamilyKind::Answer && seen.thread == Thread::Asked;
    if held || !(is_inquiry(kind) || asked || kind == FamilyKind::Unclear) {
        return out;
    }
    if seen.thread.has_referral() {
        return out;
    }
    if kind == FamilyKind::Complaint && !seen.has_need() {
        return out;
    }
    let doctor = seen
        .flags
        .iter()
        .any(|flag| matches!(flag.level, FlagLevel::DoctorNow | FlagLevel::DoctorToday));
    if kind == FamilyKind::MedicalQuestion && !doctor {
        return vec!["wants_referral"];
    }
    if kind == FamilyKind::Answer && seen.located.is_none() {
        return out;
    }
    match seen.precision() {
        None | Some(Precision::Ambiguous | Precision::Invalid) => out.push("location"),
        Some(Precision::Borough) => out.push("zip"),
        Some(Precision::OutOfArea) => out.push("virtual_ok"),
        Some(Precision::Zip | Precision::Neighborhood) => {}
    }
    if out.first() == Some(&"virtual_ok")
        && seen.visits.iter().any(|(visit, _)| *visit == "virtual")
    {
        // They asked for a video visit themselves.
        out.clear();
    }
    if kind == FamilyKind::MedicalQuestion {
        if out.is_empty() {
            out.push("wants_referral");
        }
        return out;
    }
    if kind == FamilyKind::Answer {
        return out;
    }
    if seen.baby.days().is_none()
        && !matches!(seen.baby.baby.stage, BabyStage::Expected | BabyStage::Loss)
    {
        out.push("baby_age");
    }
    if seen.concerns.is_empty()
        && matches!(
            kind,
            FamilyKind::MediaOnly
                | FamilyKind::EmojiOnly
                | FamilyKind::CallbackRequest
                | FamilyKind::Unclear
        )
    {
        out.push("concern");
    }
    out
}

/// Which way it goes.
pub(crate) fn route(seen: &Seen, kind: FamilyKind, missing: &[&str]) -> Route {
    let has = |level| seen.flags.iter().any(|flag| flag.level == level);
    if matches!(kind, FamilyKind::Reaction) {
        return Route::None;
    }
    if has(FlagLevel::Emergency) || has(FlagLevel::Crisis) {
        return Route::SafetyHold;
    }
    if has(FlagLevel::Private) || kind == FamilyKind::Bereavement {
        return Route::HoldAdmin;
    }
    if kind == FamilyKind::OptOut {
        return Route::Close;
    }
    let known = matches!(seen.precision(), Some(Precision::Zip | Precision::Neighborhood))
        || seen.thread.has_referral()
        || (missing.is_empty() && seen.precision() == Some(Precision::OutOfArea));
    if has(FlagLevel::DoctorNow) || has(FlagLevel::DoctorToday) {
        let question = kind == FamilyKind::MedicalQuestion && !seen.thread.has_referral();
        return if known && !question { Route::SafetyThenDispatch } else { Route::SafetyThenAsk };
    }
    match kind {
        FamilyKind::Inquiry | FamilyKind::InquiryProxy if known => Route::Dispatch,
        FamilyKind::Inquiry
        | FamilyKind::InquiryProxy
        | FamilyKind::MediaOnly
        | FamilyKind::EmojiOnly => Route::Ask,
        FamilyKind::MedicalQuestion if seen.thread.has_referral() => Route::Info,
        FamilyKind::MedicalQuestion => Route::Ask,
        FamilyKind::Followup => Route::UpdateExisting,
        FamilyKind::Answer => answer(seen, known),
        FamilyKind::Praise if seen.thread.has_referral() => Route::UpdateExisting,
        FamilyKind::Unclear if seen.thread == Thread::New => Route::Ask,
        FamilyKind::Unclear
        | FamilyKind::Complaint
        | FamilyKind::Solicitation
        | FamilyKind::CallbackRequest => Route::HoldAdmin,
        FamilyKind::Spam | FamilyKind::Abuse => Route::None,
        _ => Route::Info,
    }
}

/// An answer goes where the question came from.
fn answer(seen: &Seen, known: bool) -> Route {
    if seen.thread.has_referral() {
        return Route::UpdateExisting;
    }
    if seen.located.is_some() && !known {
        return Route::Ask;
    }
    match &seen.answer {
        Some(model::reading::Answer::No) if seen.located.is_none() => Route::Close,
        Some(model::reading::Answer::DeleteMe) => Route::HoldAdmin,
        Some(_) => Route::Dispatch,
        None if known => Route::Dispatch,
        None => Route::Ask,
    }
}
