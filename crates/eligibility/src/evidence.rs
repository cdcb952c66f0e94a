use std::fmt;

use jiff::civil::Date;

use crate::{
    Age, EvidenceKind, EvidenceStatus, ImmunizationForm, ScreenResult,
    dates::{FOREVER, days_after, months_after},
};

/// One paper or statement of a member's: what it shows, from when, until when, and whether anybody
/// has checked it.
///
/// It prints without its content, which may be a certificate number or a matter of health.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Names it; unique among the member's papers.
    pub id: String,
    /// What it shows.
    pub proof: Proof,
    /// The day from which it counts; `None` where none is on the paper.
    pub issued: Option<Date>,
    /// The last day on which it is good; `None` where the paper names none.
    pub expires: Option<Date>,
    /// How far it has come.
    pub status: EvidenceStatus,
    /// Why it was rejected.
    pub rejected_because: Option<String>,
    /// Who verified it, as an id. A member's own verification counts as none.
    pub verifier: Option<String>,
    /// The day it was verified.
    pub verified_on: Option<Date>,
    /// Which register was looked at to verify it, and how.
    pub lookup: Option<String>,
}

/// What a piece of evidence shows, by its kind.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// A certificate, by its initials, with its number.
    Credential {
        /// Such as `IBCLC`.
        credential: String,
        /// Such as `L-41207`.
        number: Option<String>,
    },
    /// A licence.
    License {
        /// Such as `RN`.
        kind: String,
        /// The state that issued it, such as `NY`.
        state: String,
    },
    /// Professional liability insurance; whole dollars.
    Liability {
        /// Limit for one occurrence.
        per_occurrence: Option<u64>,
        /// Limit for all occurrences together.
        aggregate: Option<u64>,
        /// Who else is insured by it, such as a hospital's id.
        additional_insured: Vec<String>,
    },
    /// A training.
    Training {
        /// Such as `hipaa`.
        topic: String,
    },
    /// A background report.
    BackgroundCheck {
        /// What it found; `None` where nobody wrote it down.
        result: Option<ScreenResult>,
    },
    /// A look at an exclusion list.
    ExclusionScreen {
        /// Such as `OIG_LEIE`.
        list: String,
        /// What it found; `None` where nobody wrote it down.
        result: Option<ScreenResult>,
    },
    /// An immunisation or test.
    Immunization {
        /// Such as `mmr` or `tb`.
        code: String,
        /// The season it is for, such as `2026-27`.
        season: Option<String>,
        /// How it is shown.
        form: ImmunizationForm,
    },
    /// A statement of how soon she sees a family.
    Availability {
        /// Hours to the first visit.
        within_hours: Option<u32>,
        /// Whether that holds at the weekend too.
        weekend: bool,
    },
    /// A letter of reference.
    Reference {
        /// What the writer is, such as `midwife`.
        role: String,
    },
    /// A signed document.
    Document {
        /// Such as `who_code` or `listing_agreement:H1`.
        doc: String,
        /// Which version of it.
        version: Option<String>,
    },
    /// Nobody has said yet what it is: it meets nothing.
    Unsorted,
}

impl Proof {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Credential { .. } => EvidenceKind::Credential,
            Self::License { .. } => EvidenceKind::License,
            Self::Liability { .. } => EvidenceKind::Liability,
            Self::Training { .. } => EvidenceKind::Training,
            Self::BackgroundCheck { .. } => EvidenceKind::BackgroundCheck,
            Self::ExclusionScreen { .. } => EvidenceKind::ExclusionScreen,
            Self::Immunization { .. } => EvidenceKind::Immunization,
            Self::Availability { .. } => EvidenceKind::Availability,
            Self::Reference { .. } => EvidenceKind::Reference,
            Self::Document { .. } => EvidenceKind::Document,
            Self::Unsorted => EvidenceKind::Unsorted,
        }
    }

    /// The same kind of paper before anybody has read it: what it is stays, what it says is gone.
    #[must_use]
    pub fn unread(&self) -> Self {
        match self {
            Self::Credential { credential, .. } => {
                Self::Credential { credential: credential.clone(), number: None }
            }
            Self::Liability { .. } => Self::Liability {
                per_occurrence: None,
                aggregate: None,
                additional_insured: Vec::new(),
            },
            Self::BackgroundCheck { .. } => Self::BackgroundCheck { result: None },
            Self::ExclusionScreen { list, .. } => {
                Self::ExclusionScreen { list: list.clone(), result: None }
            }
            other => other.clone(),
        }
    }
}

impl Proof {
    /// Whether a photo or file of it may be kept: of an immunisation its status and date are kept alone.
    #[must_use]
    pub fn has_original(&self) -> bool {
        !matches!(self, Self::Immunization { .. })
    }
}

impl Evidence {
    /// A verified paper, with nothing more said about it.
    #[must_use]
    pub fn verified(id: &str, proof: Proof, issued: Date, expires: Option<Date>) -> Self {
        Self {
            id: id.to_owned(),
            proof,
            issued: Some(issued),
            expires,
            status: EvidenceStatus::Verified,
            rejected_because: None,
            verifier: None,
            verified_on: None,
            lookup: None,
        }
    }

    /// The last day on which it is good for a rule that limits its age: the earlier of its expiry
    /// and its issue day plus the age. `None` where the rule limits the age and no issue day is
    /// known.
    pub(crate) fn good_through(&self, age: Age) -> Option<Date> {
        let mut through = self.expires.unwrap_or(FOREVER);
        if let Some(months) = age.months {
            through = through.min(months_after(self.issued?, months));
        }
        if let Some(days) = age.days {
            through = through.min(days_after(self.issued?, days));
        }
        Some(through)
    }

    /// The day from which it counts.
    pub(crate) fn good_from(&self) -> Date {
        self.issued.unwrap_or(Date::MIN)
    }

    /// Whether somebody other than the member has verified it. Nobody verifies her own papers.
    pub(crate) fn counts_as_verified(&self, member: &str) -> bool {
        self.status == EvidenceStatus::Verified && !self.verified_by(member)
    }

    /// Whether this member verified it herself.
    pub(crate) fn verified_by(&self, member: &str) -> bool {
        self.verifier.as_deref().is_some_and(|verifier| is_same_person(verifier, member))
    }
}

/// Whether an actor such as `A06` or `member:A06` is this member.
pub(crate) fn is_same_person(actor: &str, member: &str) -> bool {
    let actor = actor.trim();
    actor.strip_prefix("member:").unwrap_or(actor).eq_ignore_ascii_case(member.trim())
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({} {} {})", self.id, self.proof.kind(), self.status)
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proof({})", self.kind())
    }
}
