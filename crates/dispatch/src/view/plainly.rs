//! The words that are kept as codes, as a person says them in the middle of a sentence.

use model::{
    ErrorClass, Outcome,
    reading::{FamilyKind, Intent, Urgency},
};
use serde_json::Value;

/// What a code of a detail says, in the words that `say` has for it; a code that an older version
/// wrote is told as it stands.
pub(super) fn told<T: std::str::FromStr>(
    detail: &Value,
    key: &str,
    say: impl Fn(T) -> &'static str,
) -> String {
    let code = detail[key].as_str().unwrap_or_default();
    code.parse().map_or_else(|_| code.replace('_', " "), |word| say(word).to_owned())
}

/// What a family's message is.
#[must_use]
pub fn kind(kind: FamilyKind) -> &'static str {
    match kind {
        FamilyKind::Inquiry => "a request",
        FamilyKind::InquiryProxy => "a request for somebody else",
        FamilyKind::Emergency => "danger to life",
        FamilyKind::Crisis => "danger words",
        FamilyKind::Bereavement => "a loss",
        FamilyKind::MedicalQuestion => "a medical question",
        FamilyKind::Followup => "more about its request",
        FamilyKind::WrongNumber => "a wrong number",
        FamilyKind::Spam => "advertising or fraud",
        FamilyKind::Solicitation => "an offer to sell something",
        FamilyKind::Abuse => "insults",
        FamilyKind::Complaint => "a complaint",
        FamilyKind::MediaOnly => "a picture or a voice note without words",
        FamilyKind::EmojiOnly => "emoji alone",
        FamilyKind::OptOut => "no more texts",
        FamilyKind::OptIn => "texts again",
        FamilyKind::ServiceQuestion => "a question about the line",
        FamilyKind::HelpKeyword => "HELP",
        FamilyKind::CallbackRequest => "a wish to be called",
        FamilyKind::Reaction => "a reaction to a text",
        FamilyKind::Praise => "thanks",
        FamilyKind::Answer => "an answer",
        FamilyKind::Unclear => "not understood",
    }
}

/// How soon help is needed; nothing where nothing tells.
#[must_use]
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => ", help now",
        Urgency::UrgentToday => ", help today",
        Urgency::Soon48h => ", help within two days",
        Urgency::Routine => ", help this week",
        Urgency::Planning => ", help for after the birth",
        Urgency::Unknown => "",
    }
}

/// What a member's reply comes to, after her name.
#[must_use]
pub fn intent(intent: Intent) -> &'static str {
    match intent {
        Intent::Claim => "says yes",
        Intent::ClaimProvisional => "seems to say yes",
        Intent::ClaimConditional => "says yes, on a condition",
        Intent::ClaimStandby => "says yes, and the places are taken",
        Intent::ClaimLate => "says yes to one that is closed",
        Intent::ClaimAmbiguous => "says yes, and not to which",
        Intent::DisambiguationAnswer => "says which one she meant",
        Intent::Duplicate => "says yes once more",
        Intent::Decline => "says no to this one",
        Intent::Release => "says that she cannot",
        Intent::ReleaseAfterSend => "says that she cannot, and the family has her name",
        Intent::Question => "asks about the family or the terms",
        Intent::StatusQuery => "asks how it stands",
        Intent::Reaction => "reacts to a text",
        Intent::OptOut => "wants no more texts",
        Intent::OptIn => "wants texts again",
        Intent::Resign => "leaves",
        Intent::AvailabilityOff => "is away",
        Intent::AvailabilityOn => "is back",
        Intent::PreferenceUpdate => "says what she wants to be asked for",
        Intent::NotEligible => "says yes, and may get no referrals now",
        Intent::NotOnRoster => "writes, and is not on the roster",
        Intent::ProxyClaim => "says yes for a colleague",
        Intent::Help => "asks for HELP",
        Intent::OutcomeReport => "says that a visit is booked",
        Intent::OutcomeNoContact => "says that the family never called",
        Intent::OutcomeFamilyNoShow => "says that the family did not come",
        Intent::OutcomeSeen => "says that the visit took place",
        Intent::PriorRelationship => "may know the family",
        Intent::Acknowledgement => "says thanks",
        Intent::Chatter => "writes what needs no answer",
        Intent::OffTopic => "writes what is for the group",
        Intent::EthicsFlag => "writes of money or a swap for a referral",
        Intent::MediaOnly => "sends a picture without words",
        Intent::ListOpen => "asks what is open",
        Intent::ListMine => "asks what is hers",
        Intent::AutoReply => "answers by a machine",
        Intent::NeedsHelp => "may need help herself",
        Intent::Unclear => "writes what is not understood",
    }
}

/// What came of it.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Connected => "it reached a consultant",
        Outcome::Booked => "a visit is booked",
        Outcome::Seen => "a visit took place",
        Outcome::NoneYet => "nobody was reached yet",
        Outcome::NoAnswer => "nothing",
    }
}

/// Why a text did not arrive.
#[must_use]
pub fn why_not_sent(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::OptedOut => "the person wants no texts",
        ErrorClass::BadNumber => "texts do not reach the number",
        ErrorClass::Configuration => "the account or the line is at fault",
        ErrorClass::Content => "the text itself was refused",
        ErrorClass::RetryLater => "a passing fault lasted too long",
        ErrorClass::Tomorrow => "the carrier's limit for the day was reached",
        ErrorClass::NeedsTemplate => "a template is needed",
        ErrorClass::Unlisted => "a reason that we do not know",
        ErrorClass::Expired => "it came too late to be of use",
        ErrorClass::Suppressed => "the person had opted out or is blocked",
        ErrorClass::Lost => "the carrier has no trace of it",
        ErrorClass::Unreadable => "its row cannot be read: look at the key file",
    }
}

/// Why somebody is called, where its code alone would not be understood.
pub(super) fn reason(code: &str) -> String {
    match code {
        "budget" => "the family has had its texts".to_owned(),
        "callback" => "the family wants to be called".to_owned(),
        "dead_end" => "nobody answered within a day".to_owned(),
        "held" => "it waits for a decision".to_owned(),
        "merged" => "the family's other phone expects a person".to_owned(),
        "names_wait" => "names are ready, and a person has the thread".to_owned(),
        "reopened" => "the family reached nobody".to_owned(),
        "replacement" => "nobody stands by".to_owned(),
        "unfilled" => "nobody by the promised time".to_owned(),
        "written" => "the family wrote in a thread that a person has".to_owned(),
        other => other.replace('_', " "),
    }
}
