use crate::{Evidence, Fact, Finding, ProfileFact, Proof, Status, Subject};

/// What a subject is called. Where a paper is at hand its own kind is named: `IBCLC`, not `IBCLC
/// or CLC`.
pub(super) fn thing(of: Subject<'_>, paper: Option<&Evidence>) -> String {
    match of {
        Subject::Credential(any_of) => match paper.map(|paper| &paper.proof) {
            Some(Proof::Credential { credential, .. }) => credential.clone(),
            _ => join_or(any_of),
        },
        Subject::License(any_of, state) => {
            let kind = match paper.map(|paper| &paper.proof) {
                Some(Proof::License { kind, .. }) => kind.clone(),
                _ => join_or(any_of),
            };
            match state {
                Some(state) => format!("{state} {kind} license"),
                None => format!("{kind} license"),
            }
        }
        Subject::Liability => "professional liability insurance".to_owned(),
        Subject::Training(topic) => format!("{} training", topic_name(topic)),
        Subject::Background => "background check".to_owned(),
        Subject::Screen(list) => format!("{list} exclusion screen"),
        Subject::Immunization(item) => {
            let name = immunization_name(&item.code);
            match &item.season {
                Some(season) => format!("{name} for {season}"),
                None => name,
            }
        }
        Subject::Availability => "availability statement".to_owned(),
        Subject::Document(doc) => document_name(doc),
        Subject::Dues => "membership".to_owned(),
        Subject::Event(_) => "the last chapter event".to_owned(),
    }
}

impl Proof {
    /// What it is called, in a word or two: `HIPAA training`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Credential { credential, .. } => format!("{credential} certificate"),
            Self::License { kind, state } => format!("{state} {kind} license").trim().to_owned(),
            Self::Liability { .. } => "insurance".to_owned(),
            Self::Training { topic } => format!("{} training", topic_name(topic)),
            Self::BackgroundCheck { .. } => "background check".to_owned(),
            Self::ExclusionScreen { list, .. } => format!("{list} exclusion screen"),
            Self::Immunization { code, season, .. } => match season {
                Some(season) => format!("{} for {season}", immunization_name(code)),
                None => immunization_name(code),
            },
            Self::Availability { .. } => "availability statement".to_owned(),
            Self::Reference { role } if role.is_empty() => "letter of reference".to_owned(),
            Self::Reference { role } => format!("letter of reference from a {role}"),
            Self::Document { doc, .. } => document_name(doc),
            Self::Unsorted => "paper that nobody has looked at".to_owned(),
        }
    }
}

/// The one or two words for what a finding is about: `insurance`, `HIPAA training`, `IBCLC`.
pub(crate) fn short(finding: &Finding<'_>) -> String {
    let finding = finding.telling();
    match finding.fact {
        Fact::Held { of, paper, .. }
        | Fact::Lapsed { of, paper, .. }
        | Fact::Unverified { of, paper }
        | Fact::Wrong { of, paper, .. }
        | Fact::Begins { of, paper, .. }
        | Fact::Rejected { of, paper } => match of {
            Subject::Liability => "insurance".to_owned(),
            _ => thing(of, Some(paper)),
        },
        Fact::Nothing { of } | Fact::Current { of, .. } | Fact::Past { of, .. } => match of {
            Subject::Liability => "insurance".to_owned(),
            Subject::Event(_) => "chapter event".to_owned(),
            _ => thing(of, None),
        },
        Fact::References { .. } => "references".to_owned(),
        Fact::Practice { .. } => "years in practice".to_owned(),
        Fact::Profile { what: ProfileFact::Area, .. } => "area".to_owned(),
        Fact::Profile { what: ProfileFact::Visit, .. } => "kind of visit".to_owned(),
        Fact::Profile { what: ProfileFact::Languages, .. } => "languages".to_owned(),
        Fact::Profile { what: ProfileFact::Payer, .. } => "payers".to_owned(),
        Fact::Conflict(_) => "conflict of interest".to_owned(),
        Fact::ChapterStatus(_) => "chapter status".to_owned(),
        Fact::Children => words(&finding.rule.key),
    }
}

/// What a profile shows of what is asked.
pub(super) fn profile(
    what: ProfileFact,
    any_of: &[String],
    has: Option<&str>,
    or_sliding_scale: bool,
    status: Status,
) -> String {
    let all = join_comma(any_of);
    let verb = match what {
        ProfileFact::Area => "serves",
        ProfileFact::Visit => "offers visits:",
        ProfileFact::Languages => "speaks",
        ProfileFact::Payer => "takes",
    };
    match (has, what) {
        (Some(has), _) => format!("{verb} {has}"),
        (None, ProfileFact::Payer) if or_sliding_scale && status <= Status::Expiring => {
            "has a sliding scale".to_owned()
        }
        (None, ProfileFact::Payer) if or_sliding_scale => {
            format!("takes none of {all} and has no sliding scale")
        }
        (None, ProfileFact::Payer) => format!("takes none of {all}"),
        (None, ProfileFact::Languages) => format!("speaks none of {all}"),
        (None, ProfileFact::Area) => format!("does not serve {}", join_or(any_of)),
        (None, ProfileFact::Visit) => format!("offers no {} visits", join_or(any_of)),
    }
}

/// What a document is called: the known ones by name, others by their own words; what follows a
/// colon is whose it is.
pub(super) fn document_name(doc: &str) -> String {
    let (doc, of) = doc.split_once(':').map_or((doc, None), |(doc, of)| (doc, Some(of)));
    let name = match doc {
        "who_code" => "WHO Code statement".to_owned(),
        "bill_of_rights" => "Bill of Rights".to_owned(),
        "coi_disclosure" => "conflict of interest disclosure".to_owned(),
        "listing_agreement" => "listing agreement".to_owned(),
        "confidentiality" => "confidentiality agreement".to_owned(),
        "npi" => "NPI".to_owned(),
        "w9" | "w_9" => "W-9".to_owned(),
        other => words(other),
    };
    match of {
        Some(of) => format!("{name} ({of})"),
        None => name,
    }
}

pub(super) fn topic_name(topic: &str) -> String {
    match topic {
        "hipaa" => "HIPAA".to_owned(),
        "infant_cpr" => "infant CPR".to_owned(),
        "nicu_lactation" => "NICU lactation".to_owned(),
        "lgbtq_affirming" => "LGBTQ affirming care".to_owned(),
        other => words(other),
    }
}

pub(super) fn immunization_name(code: &str) -> String {
    match code {
        "tb" => "TB test".to_owned(),
        "mmr" => "MMR immunization".to_owned(),
        "tdap" => "Tdap immunization".to_owned(),
        "hep_b" | "hepatitis_b" => "hepatitis B immunization".to_owned(),
        other => format!("{} immunization", words(other)),
    }
}

fn words(key: &str) -> String {
    key.replace('_', " ")
}

/// `a, b or c`.
pub(super) fn join_or(words: &[String]) -> String {
    match words {
        [] => "any".to_owned(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} or {last}", some.join(", ")),
    }
}

fn join_comma(words: &[String]) -> String {
    words.join(", ")
}

/// Whole dollars with commas; `none` where nothing is on record or asked.
pub(super) fn amount(dollars: Option<u64>) -> String {
    let Some(dollars) = dollars else { return "none".to_owned() };
    let digits = dollars.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
