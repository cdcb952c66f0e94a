use super::{AVAILABILITY_MONTHS, is_one_of, is_same_word};
use crate::{
    Age, Defect, EvidenceKind, Immunization, ImmunizationForm, Proof, Requirement, Subject, ibclc,
};

/// How one paper answers what is asked.
pub(super) enum Fit<'a> {
    /// It is about something else.
    Other,
    /// It answers.
    Fits,
    /// It is about this, and something is wrong with it.
    Wrong(Defect<'a>),
}

/// What the requirements that a single paper meets ask of it.
pub(super) fn asked_of_papers(requirement: &Requirement) -> (Subject<'_>, EvidenceKind, Age) {
    match requirement {
        Requirement::Credential { any_of, age } => {
            (Subject::Credential(any_of), EvidenceKind::Credential, *age)
        }
        Requirement::License { any_of, state, age } => {
            (Subject::License(any_of, state.as_deref()), EvidenceKind::License, *age)
        }
        Requirement::Training { topic, age } => {
            (Subject::Training(topic), EvidenceKind::Training, *age)
        }
        Requirement::Availability { age, .. } => {
            (Subject::Availability, EvidenceKind::Availability, age.or_months(AVAILABILITY_MONTHS))
        }
        Requirement::Document { doc, age, .. } => {
            (Subject::Document(doc), EvidenceKind::Document, *age)
        }
        Requirement::Liability { age, .. } => (Subject::Liability, EvidenceKind::Liability, *age),
        // The other kinds are judged before papers are asked for.
        _ => (Subject::Liability, EvidenceKind::Liability, Age::default()),
    }
}

/// How a paper answers a requirement that a single paper meets.
pub(super) fn fit<'a>(requirement: &'a Requirement, proof: &'a Proof) -> Fit<'a> {
    match (requirement, proof) {
        (Requirement::Credential { any_of, .. }, Proof::Credential { credential, number }) => {
            let both_ibclc =
                |wanted: &String| ibclc::is_ibclc(wanted) && ibclc::is_ibclc(credential);
            if !is_one_of(any_of, credential) && !any_of.iter().any(both_ibclc) {
                Fit::Other
            } else if ibclc::is_ibclc(credential)
                && !number.as_deref().is_some_and(ibclc::is_number)
            {
                Fit::Wrong(Defect::Number(number.as_deref()))
            } else {
                Fit::Fits
            }
        }
        (Requirement::License { any_of, state, .. }, Proof::License { kind, state: issuer }) => {
            let from_there = state.as_deref().is_none_or(|state| is_same_word(state, issuer));
            if is_one_of(any_of, kind) && from_there { Fit::Fits } else { Fit::Other }
        }
        (
            &Requirement::Liability {
                min_occurrence, min_aggregate, ref additional_insured, ..
            },
            &Proof::Liability { per_occurrence, aggregate, additional_insured: ref insured },
        ) => {
            let enough = |least: Option<u64>, has: Option<u64>| {
                least.is_none_or(|least| has.is_some_and(|has| has >= least))
            };
            if !enough(min_occurrence, per_occurrence) || !enough(min_aggregate, aggregate) {
                return Fit::Wrong(Defect::Limits {
                    per_occurrence,
                    aggregate,
                    min_occurrence,
                    min_aggregate,
                });
            }
            match additional_insured {
                Some(wanted) if !is_one_of(insured, wanted) => {
                    Fit::Wrong(Defect::NotInsured(wanted))
                }
                _ => Fit::Fits,
            }
        }
        (Requirement::Training { topic, .. }, Proof::Training { topic: taught }) => {
            if is_same_word(topic, taught) { Fit::Fits } else { Fit::Other }
        }
        (
            &Requirement::Availability { within_hours, weekend, .. },
            &Proof::Availability { within_hours: stated, weekend: at_weekend },
        ) => match within_hours {
            Some(needed) if stated.is_none_or(|stated| stated > needed) => {
                Fit::Wrong(Defect::Hours { stated, needed })
            }
            _ if weekend && !at_weekend => Fit::Wrong(Defect::NoWeekend),
            _ => Fit::Fits,
        },
        (
            Requirement::Document { doc, version, .. },
            Proof::Document { doc: is, version: signed },
        ) => {
            if !is_same_word(doc, is) {
                return Fit::Other;
            }
            match version {
                Some(current) if !signed.as_deref().is_some_and(|it| is_same_word(it, current)) => {
                    Fit::Wrong(Defect::Version { signed: signed.as_deref(), current })
                }
                _ => Fit::Fits,
            }
        }
        _ => Fit::Other,
    }
}

/// How a paper answers what is asked of one immunisation or test.
pub(super) fn immunization<'a>(item: &'a Immunization, proof: &'a Proof) -> Fit<'a> {
    let Proof::Immunization { code, season, form } = proof else { return Fit::Other };
    let in_season = item
        .season
        .as_deref()
        .is_none_or(|wanted| season.as_deref().is_some_and(|has| is_same_word(wanted, has)));
    if !is_same_word(&item.code, code) || !in_season {
        Fit::Other
    } else if *form == ImmunizationForm::Declination && !item.declination {
        Fit::Wrong(Defect::Declined)
    } else {
        Fit::Fits
    }
}
