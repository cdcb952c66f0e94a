//! What kind of message it is.
//!
//! The order matters: danger before everything, a need before what only looks like spam, and a
//! thread that runs before a new inquiry.

use model::reading::{Answer, BabyStage, FamilyKind, FlagLevel};

use crate::family::{
    contact,
    found::Found,
    lexicon::{Concept, concept as c},
    seen::Seen,
    whole,
};

/// How far the family's thread has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thread {
    /// Nothing before.
    New,
    /// Our question is out.
    Asked,
    /// The members are being asked.
    Open,
    /// The family has the names.
    Sent,
    /// We asked how it went.
    FollowedUp,
}

impl Thread {
    /// By the word of the context; an unknown word is a new thread.
    pub(crate) fn of(state: &str) -> Self {
        if state.starts_with("asked") {
            Self::Asked
        } else if state.starts_with("referral") {
            Self::Open
        } else if state.starts_with("names_sent") {
            Self::Sent
        } else if state.starts_with("followup") {
            Self::FollowedUp
        } else {
            Self::New
        }
    }

    /// Whether a referral runs or ran.
    pub(crate) fn has_referral(self) -> bool {
        matches!(self, Self::Open | Self::Sent | Self::FollowedUp)
    }

    /// Whether the family has names to speak of.
    pub(crate) fn has_names(self) -> bool {
        matches!(self, Self::Sent | Self::FollowedUp)
    }
}

/// The kind, and the rule that decided.
pub(crate) fn kind(seen: &Seen) -> (FamilyKind, &'static str) {
    if let Some(kind) = by_whole(seen) {
        return kind;
    }
    if let Some(kind) = by_danger(seen) {
        return kind;
    }
    let found = &seen.found;
    if seen.opts_out() {
        return (FamilyKind::OptOut, "plain_stop");
    }
    if let Some(kind) = stranger(seen) {
        return kind;
    }
    if (seen.thread.has_referral() || seen.thread == Thread::Asked)
        && let Some(kind) = in_thread(seen)
    {
        return kind;
    }
    if found.says(c::COMPLAINT) {
        return (FamilyKind::Complaint, "complaint");
    }
    if found.says(c::ANGER) && (found.says(c::NO_ANSWER) || !seen.has_need()) {
        return (FamilyKind::Complaint, "anger");
    }
    if found.says(c::CALL_ME) && wants_call_alone(seen) {
        return (FamilyKind::CallbackRequest, "call_me");
    }
    if is_medical_question(seen) {
        return (FamilyKind::MedicalQuestion, "medical_question");
    }
    if seen.role != "parent" && seen.role != "partner" && (seen.has_need() || found.says(c::CLIENT))
    {
        return (FamilyKind::InquiryProxy, "role");
    }
    if seen.has_need() {
        return (FamilyKind::Inquiry, "need");
    }
    if asks_about_us(found) {
        return (FamilyKind::ServiceQuestion, "service_question");
    }
    if found.says(c::PRAISE) || found.says(c::THANKS) {
        return (FamilyKind::Praise, "praise");
    }
    if seen.answer.is_some() {
        return (FamilyKind::Answer, "answer");
    }
    if found.says_any(&[c::HELP_WORD, c::GREETING, c::WANT_CONSULTANT, c::BREASTFEEDING])
        || seen.located.is_some()
    {
        return (FamilyKind::Inquiry, "asks_for_help");
    }
    (FamilyKind::Unclear, "nothing_understood")
}

/// Keywords, reactions, pictures, emoji.
fn by_whole(seen: &Seen) -> Option<(FamilyKind, &'static str)> {
    let (text, found) = (&seen.text, &seen.found);
    if whole::is_reaction(text) {
        return Some((FamilyKind::Reaction, "reaction"));
    }
    if text.is_wordless() {
        return Some(if seen.media > 0 {
            (FamilyKind::MediaOnly, "media")
        } else if !text.tokens.is_empty() {
            if seen.answer.is_some() && seen.thread != Thread::New {
                (FamilyKind::Answer, "emoji")
            } else {
                (FamilyKind::EmojiOnly, "emoji")
            }
        } else {
            (FamilyKind::Unclear, "empty")
        });
    }
    if whole::is_all(text, found, c::KEY_STOP) {
        return Some((FamilyKind::OptOut, "keyword"));
    }
    if whole::is_all(text, found, c::KEY_START) {
        return Some((FamilyKind::OptIn, "keyword"));
    }
    if whole::is_all(text, found, c::KEY_HELP) {
        return Some((FamilyKind::HelpKeyword, "keyword"));
    }
    None
}

fn by_danger(seen: &Seen) -> Option<(FamilyKind, &'static str)> {
    match seen.flags.first().map(|flag| flag.level) {
        Some(FlagLevel::Emergency) => return Some((FamilyKind::Emergency, "flag")),
        Some(FlagLevel::Crisis) => return Some((FamilyKind::Crisis, "flag")),
        _ => {}
    }
    (seen.baby.baby.stage == BabyStage::Loss).then_some((FamilyKind::Bereavement, "loss"))
}

/// Those who are no family: spam, vendors, wrong numbers, insults.
fn stranger(seen: &Seen) -> Option<(FamilyKind, &'static str)> {
    let found = &seen.found;
    if !seen.flags.is_empty() {
        return None;
    }
    let personal = seen.baby.baby.stage != BabyStage::Unknown && !found.says(c::URL);
    if found.says(c::SOLICITATION) && !personal {
        return Some((FamilyKind::Solicitation, "solicitation"));
    }
    if found.says(c::SPAM) && !personal && (found.says(c::URL) || seen.concerns.is_empty()) {
        return Some((FamilyKind::Spam, "spam"));
    }
    if found.says(c::URL) && !seen.has_need() {
        return Some((FamilyKind::Spam, "link"));
    }
    if found.says(c::WRONG_NUMBER) && !seen.has_need() && seen.thread != Thread::Open {
        return Some((FamilyKind::WrongNumber, "wrong_number"));
    }
    if found.says(c::ABUSE)
        && !seen.has_need()
        && !found.says(c::NO_ANSWER)
        && !found.says(c::COMPLAINT)
    {
        return Some((FamilyKind::Abuse, "abuse"));
    }
    None
}

/// A message in a thread that runs.
fn in_thread(seen: &Seen) -> Option<(FamilyKind, &'static str)> {
    let found = &seen.found;
    let short = seen.text.length() <= 6;
    if seen.thread == Thread::Asked {
        let asked_back = asks_about_us(found) && !seen.has_need();
        let fresh = seen.text.length() > 12 && !seen.concerns.is_empty();
        if asked_back || fresh {
            return None;
        }
        if seen.located.is_some()
            || seen.answer.is_some()
            || seen.baby.baby.stage != BabyStage::Unknown
        {
            return Some((FamilyKind::Answer, "answers_our_question"));
        }
        return None;
    }
    if found.says(c::COMPLAINT) || (found.says(c::ANGER) && !found.says(c::PRAISE)) {
        return Some((FamilyKind::Complaint, "complaint"));
    }
    if let Some(answer) = &seen.answer {
        let outcome = found.says(c::OUTCOME) || found.says(c::NO_ANSWER);
        if matches!(answer, Answer::Choice(_)) || (short && !outcome) {
            return Some((FamilyKind::Answer, "answer"));
        }
    }
    if found.says(c::NO_ANSWER) || found.says(c::SOMEONE_ELSE) || found.says(c::CORRECTION) {
        return Some((FamilyKind::Followup, "running_referral"));
    }
    // "Can someone call me?" asks for the call, and nothing about us.
    if found.says(c::CALL_ME) && seen.concerns.is_empty() {
        return Some((FamilyKind::CallbackRequest, "call_me"));
    }
    if asks_about_us(found) && seen.concerns.is_empty() && seen.located.is_none() {
        return Some((FamilyKind::ServiceQuestion, "service_question"));
    }
    let outcome = found.says(c::OUTCOME) || seen.names_consultant();
    if (found.says(c::PRAISE) || found.says(c::THANKS)) && !outcome && !seen.has_need() {
        return Some((FamilyKind::Praise, "praise"));
    }
    if is_medical_question(seen) && seen.located.is_none() {
        return Some((FamilyKind::MedicalQuestion, "medical_question"));
    }
    if found.says(c::WRONG_NUMBER) && !outcome {
        return Some((FamilyKind::WrongNumber, "wrong_number"));
    }
    Some((FamilyKind::Followup, "running_referral"))
}

/// Whether the wish to be called is the whole of it: nothing else is told, or a number was given for
/// the call, or texting is no way to reach them. Such a family is a person's to answer, whatever else
/// it tells: its number goes to no member without its yes.
fn wants_call_alone(seen: &Seen) -> bool {
    let told = !seen.concerns.is_empty() || !seen.flags.is_empty();
    let number = contact::phone(&seen.text).is_some();
    seen.flags.iter().all(|flag| flag.level > FlagLevel::DoctorToday)
        && (!told || number || seen.found.any(c::CANNOT_TEXT))
}

/// A question that a doctor or pharmacist answers, and no wish for a consultant.
fn is_medical_question(seen: &Seen) -> bool {
    let found = &seen.found;
    let wish = found.says_any(&[
        c::WANT_CONSULTANT,
        c::VISIT_HOME,
        c::VISIT_VIRTUAL,
        c::VISIT_OFFICE,
        c::PAYER,
    ]);
    let own: Vec<Concept> = seen
        .concerns
        .iter()
        .map(|concern| concern.concept)
        .filter(|&concept| !matches!(concept, c::MEDICATION | c::GENERAL | c::PRENATAL))
        .collect();
    if wish || seen.role == "doula" || seen.role == "nurse" {
        return false;
    }
    if found.any(c::MEDICATION) || (found.any(c::DRUG) && found.any(c::ASK_MEDICAL)) {
        // Pumping after a glass of wine is the same question.
        return own.iter().all(|&concept| matches!(concept, c::PUMPING | c::WEANING));
    }
    if !seen.flags.is_empty() && own.is_empty() && found.any(c::ASK_WHAT_DO) {
        return true;
    }
    let asks = found.any(c::ASK_NORMAL) || found.any(c::ASK_CAUSE) || found.any(c::ASK_MEDICAL);
    asks && own.is_empty() && !found.says(c::HELP_WORD)
}

fn asks_about_us(found: &Found) -> bool {
    found.any(c::ASK_COST)
        || found.any(c::ASK_WHO)
        || found.any(c::ASK_HOW)
        || found.any(c::ASK_SUPERBILL)
        || found.any(c::ASK_AVAILABLE)
        || found.any(c::TAKE_PLAN)
}
