//! A family's message: from words to a reading.

use model::reading::{
    Answer, BabyStage, FamilyContext, FamilyExtract, FamilyKind, FamilyReading, FlagLevel, Reason,
};

use crate::family::{lexicon::concept as c, seen::Seen};

mod answer;
mod concerns;
mod contact;
mod decide;
pub(crate) mod flags;
pub(crate) mod found;
mod kind;
pub(crate) mod lexicon;
mod private;
mod questions;
pub(crate) mod seen;
mod subject;
pub(crate) mod text;
pub(crate) mod tongue;
mod whole;
mod wishes;

/// Reads a message in the light of its thread.
pub(crate) fn read(
    lexicon: &lexicon::Lexicon,
    texts: &[&str],
    context: &FamilyContext,
) -> FamilyReading {
    let seen = Seen::new(lexicon, texts, context);
    let (kind, kind_rule) = kind::kind(&seen);
    let missing = decide::missing(&seen, kind);
    let mut reading = FamilyReading {
        kind,
        route: decide::route(&seen, kind, &missing),
        urgency: decide::urgency(&seen, kind),
        red_flags: flags::told(lexicon, &seen.flags),
        lang: seen.found.languages.code.to_owned(),
        missing: missing.into_iter().map(str::to_owned).collect(),
        extract: extract(lexicon, &seen, kind, context),
        answer: seen.answer.clone().filter(|answer| answers(kind, answer)),
        reasons: reasons(lexicon, &seen, kind, kind_rule),
    };
    if matches!(kind, FamilyKind::Reaction) {
        // What a reaction quotes is ours, not the family's.
        reading.red_flags.clear();
        reading.urgency = None;
        reading.missing.clear();
    }
    reading
}

/// Whether an answer in a message of this kind answers us. The wish to be deleted is one in whatever a family
/// writes: beside a need, beside danger.
fn answers(kind: FamilyKind, answer: &Answer) -> bool {
    let is_a_familys = has_facts(kind) || kind == FamilyKind::OptOut;
    (*answer == Answer::DeleteMe && is_a_familys)
        || matches!(
            kind,
            FamilyKind::Answer
                | FamilyKind::Followup
                | FamilyKind::OptOut
                | FamilyKind::Complaint
                | FamilyKind::Praise
        )
}

/// Whether the facts of a message of this kind are a family's.
fn has_facts(kind: FamilyKind) -> bool {
    !matches!(
        kind,
        FamilyKind::Reaction
            | FamilyKind::Spam
            | FamilyKind::Solicitation
            | FamilyKind::WrongNumber
            | FamilyKind::Abuse
            | FamilyKind::OptOut
            | FamilyKind::OptIn
            | FamilyKind::HelpKeyword
    )
}

/// Whether a message of this kind is about a baby even where nothing of it is told.
fn about_a_baby(kind: FamilyKind) -> bool {
    decide::is_inquiry(kind)
        || matches!(kind, FamilyKind::Emergency | FamilyKind::Crisis | FamilyKind::Bereavement)
}

fn extract(
    lexicon: &lexicon::Lexicon,
    seen: &Seen,
    kind: FamilyKind,
    context: &FamilyContext,
) -> FamilyExtract {
    let mut out = FamilyExtract { contact_role: "parent".to_owned(), ..FamilyExtract::default() };
    if kind == FamilyKind::Solicitation {
        "other".clone_into(&mut out.contact_role);
    }
    if !has_facts(kind) {
        return out;
    }
    let told = seen.baby.baby.stage != BabyStage::Unknown;
    if about_a_baby(kind) || told {
        out.baby = Some(seen.baby.baby.clone());
    }
    out.location = seen.located.as_ref().map(|located| located.location.clone());
    out.concerns =
        seen.concerns.iter().map(|concern| lexicon.name(concern.concept).to_owned()).collect();
    let general = matches!(
        kind,
        FamilyKind::Inquiry
            | FamilyKind::InquiryProxy
            | FamilyKind::MedicalQuestion
            | FamilyKind::Crisis
    );
    if out.concerns.is_empty() && general {
        out.concerns.push(lexicon.name(c::GENERAL).to_owned());
    }
    out.concerns.sort_unstable();
    out.visit_types = seen.visits.iter().map(|(visit, _)| (*visit).to_owned()).collect();
    out.insurance =
        wishes::insurance(lexicon, &seen.text, &seen.found).map(|(insurance, _)| insurance);
    let wishes_language = general
        || matches!(
            kind,
            FamilyKind::Bereavement
                | FamilyKind::CallbackRequest
                | FamilyKind::Complaint
                | FamilyKind::Emergency
        )
        || (kind == FamilyKind::Answer && out.location.is_some());
    if wishes_language || seen.found.any(c::SPEAKS) {
        out.consult_languages = wishes::languages(lexicon, &seen.found);
    }
    seen.role.clone_into(&mut out.contact_role);
    let received = seen::received(context);
    out.callback = contact::callback(&seen.text, &seen.found, received.as_ref());
    if out.callback.is_none() && general {
        out.time_prefs = wishes::times(&seen.text, &seen.found);
    }
    out.preferences = wishes::preferences(lexicon, &seen.found);
    out.referral_source = contact::source(lexicon, &seen.found, seen.role);
    if general || kind == FamilyKind::Followup {
        out.questions_asked = questions::questions(lexicon, &seen.text, &seen.found);
    }
    out
}

/// Why each thing was read, for the admin.
fn reasons(
    lexicon: &lexicon::Lexicon,
    seen: &Seen,
    kind: FamilyKind,
    kind_rule: &'static str,
) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut add = |field: &str, rule: &str, words: String| {
        out.push(Reason { field: field.to_owned(), rule: rule.to_owned(), words });
    };
    add("kind", kind_rule, kind_words(seen, kind).unwrap_or_default());
    for flag in &seen.flags {
        add(lexicon.name(flag.concept), &flag.rule, flag.words.clone());
    }
    if has_facts(kind) {
        if let Some(located) = &seen.located {
            add("location", located.rule, located.words.clone());
        }
        for (rule, words) in &seen.baby.reasons {
            add("baby", rule, words.clone());
        }
        for concern in &seen.concerns {
            add(lexicon.name(concern.concept), concern.rule, concern.words.clone());
        }
        for (visit, words) in &seen.visits {
            add("visit_types", visit, words.clone());
        }
        if let Some(words) = &seen.role_words {
            add("contact_role", seen.role, words.clone());
        }
        if let Some((insurance, words)) = wishes::insurance(lexicon, &seen.text, &seen.found) {
            add("insurance", &insurance.payer, words);
        }
        if let Some(hit) = seen.found.first(c::TODAY_REQUEST) {
            add("urgency", "asks_for_today", seen.text.quote(&hit.at).to_owned());
        }
    }
    if seen.baby.baby.stage == BabyStage::Loss
        && let Some(child) = private::child(&seen.text, &seen.found)
    {
        add("child", "lost_child", child.to_owned());
    }
    if let Some((rule, words)) = private::overshared(&seen.text, seen.role) {
        add("private", rule, words);
    }
    if seen.answer.is_some() {
        add("answer", "short_answer", seen.answer_words.clone());
    }
    out
}

/// The words that made the message what it is, where single words did.
fn kind_words(seen: &Seen, kind: FamilyKind) -> Option<String> {
    let concepts: &[lexicon::Concept] = match kind {
        FamilyKind::Bereavement => &[c::LOSS],
        FamilyKind::WrongNumber => &[c::WRONG_NUMBER],
        FamilyKind::Spam => &[c::SPAM, c::URL],
        FamilyKind::Solicitation => &[c::SOLICITATION],
        FamilyKind::Abuse => &[c::ABUSE],
        FamilyKind::Complaint => &[c::COMPLAINT, c::ANGER],
        FamilyKind::OptOut => &[c::KEY_STOP, c::PLAIN_STOP, c::DELETE_ME],
        FamilyKind::OptIn => &[c::KEY_START],
        FamilyKind::ServiceQuestion => &[c::ASK_COST, c::ASK_WHO, c::ASK_HOW, c::ASK_AVAILABLE],
        FamilyKind::MedicalQuestion => &[c::ASK_MEDICAL, c::ASK_NORMAL, c::MEDICATION],
        FamilyKind::CallbackRequest => &[c::CALL_ME],
        FamilyKind::Praise => &[c::PRAISE, c::THANKS],
        FamilyKind::Followup => &[c::NO_ANSWER, c::SOMEONE_ELSE, c::OUTCOME, c::CORRECTION],
        _ => return None,
    };
    let hit = concepts.iter().find_map(|&concept| seen.found.of(concept).next())?;
    Some(seen.text.quote(&hit.at).to_owned())
}

/// Whether one text holds a sign so grave that it may not wait for the texts to settle.
pub(crate) fn danger(lexicon: &lexicon::Lexicon, text: &str) -> bool {
    let seen = Seen::new(lexicon, &[text], &FamilyContext::default());
    !whole::is_reaction(&seen.text)
        && seen.flags.iter().any(|flag| flag.level <= FlagLevel::DoctorNow)
}
