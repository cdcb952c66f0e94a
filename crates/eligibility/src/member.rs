use std::fmt;

use jiff::civil::Date;
use model::{MemberStatus, Word};

use crate::{Age, Evidence, EvidenceKind, Proof, ibclc};

/// A member as the rules see her: facts of her profile and her papers, without name or number.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// Names her.
    pub id: String,
    /// What the roster says of her.
    pub profile: Profile,
    /// Her papers, by kind; the order within a kind decides nothing.
    evidence: Vec<Evidence>,
    /// Where each kind begins in `evidence`, and after the last one its length.
    starts: [usize; KINDS + 1],
}

const KINDS: usize = EvidenceKind::ALL.len();

impl Member {
    /// Takes a member's papers, in any order.
    #[must_use]
    pub fn new(id: &str, profile: Profile, mut evidence: Vec<Evidence>) -> Self {
        evidence.sort_by_key(|paper| paper.proof.kind());
        let starts = std::array::from_fn(|kind| {
            evidence.partition_point(|paper| (paper.proof.kind() as usize) < kind)
        });
        Self { id: id.to_owned(), profile, evidence, starts }
    }

    /// All her papers.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Her papers of one kind.
    #[must_use]
    pub fn papers(&self, kind: EvidenceKind) -> &[Evidence] {
        let kind = kind as usize;
        &self.evidence[self.starts[kind]..self.starts[kind + 1]]
    }

    /// The initials of her certificates, then of her licences, that are verified and good on a day.
    #[must_use]
    pub fn verified_initials(&self, day: Date) -> Vec<String> {
        let mut initials = Vec::new();
        for kind in [EvidenceKind::Credential, EvidenceKind::License] {
            let good = self.papers(kind).iter().filter(|paper| {
                let through = paper.good_through(Age::default());
                paper.counts_as_verified(&self.id)
                    && paper.good_from() <= day
                    && through.is_some_and(|through| day <= through)
            });
            let mut own: Vec<_> = good.filter_map(initials_of).map(str::to_owned).collect();
            own.sort();
            own.dedup();
            initials.extend(own);
        }
        initials
    }

    /// The same member with one more paper, or with another in place of the one of the same id.
    #[must_use]
    pub fn with(&self, paper: Evidence) -> Self {
        let mut evidence: Vec<_> =
            self.evidence.iter().filter(|old| old.id != paper.id).cloned().collect();
        evidence.push(paper);
        Self::new(&self.id, self.profile.clone(), evidence)
    }
}

/// What a certificate or licence is called on a card. An IBCLC's number that cannot be right does not
/// count.
fn initials_of(paper: &Evidence) -> Option<&str> {
    match &paper.proof {
        Proof::Credential { credential, number } => {
            let is_right = number.as_deref().is_some_and(ibclc::is_number);
            (is_right || !ibclc::is_ibclc(credential)).then_some(credential.trim())
        }
        Proof::License { kind, .. } => Some(kind.trim()),
        _ => None,
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Member({}, {} papers)", self.id, self.evidence.len())
    }
}

/// What the roster says of a member, as far as rules ask for it. It prints without content.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Her standing with the chapter.
    pub chapter_status: ChapterStatus,
    /// The last day for which her dues are paid.
    pub membership_paid_through: Option<Date>,
    /// Days on which she took part in a chapter event, in any order. For today the last is
    /// enough; a day in the past needs those before it.
    pub events: Vec<Date>,
    /// Her conflicts of interest, such as `employed_by:H1` or `sells_pumps`.
    pub conflicts: Vec<String>,
    /// How she sees families, such as `home` or `virtual`.
    pub visit_types: Vec<String>,
    /// Whom she bills, such as `medicaid`.
    pub payers: Vec<String>,
    /// Whether she has a sliding scale.
    pub sliding_scale: bool,
    /// What she speaks, as language tags such as `es` or `zh-yue`.
    pub languages: Vec<String>,
    /// The first day of her practice.
    pub practice_start: Option<Date>,
    /// Where she works, such as `Brooklyn`.
    pub areas: Vec<String>,
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Profile({})", self.chapter_status.as_str())
    }
}

/// A member's standing with the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ChapterStatus {
    /// Waits for the chapter's answer: on no list yet.
    Applied,
    /// In good standing.
    #[default]
    Active,
    /// Barred: off every list until reinstated.
    Suspended,
    /// No longer a member: off every list.
    Removed,
    /// Any other word, such as `paused`: not in good standing, which matters to the
    /// rules that ask for it.
    Other(String),
}

impl ChapterStatus {
    /// Reads a status word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match MemberStatus::from_word(word) {
            Some(status) => status.into(),
            None => Self::Other(word.to_owned()),
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Applied => MemberStatus::Applied.as_str(),
            Self::Active => MemberStatus::Active.as_str(),
            Self::Suspended => MemberStatus::Suspended.as_str(),
            Self::Removed => MemberStatus::Removed.as_str(),
            Self::Other(word) => word,
        }
    }

    /// Whether it keeps her off every list, whatever the rules say.
    #[must_use]
    pub fn bars(&self) -> bool {
        matches!(self, Self::Applied | Self::Suspended | Self::Removed)
    }
}

impl From<MemberStatus> for ChapterStatus {
    fn from(status: MemberStatus) -> Self {
        match status {
            MemberStatus::Applied => Self::Applied,
            MemberStatus::Active => Self::Active,
            MemberStatus::Suspended => Self::Suspended,
            MemberStatus::Removed => Self::Removed,
            MemberStatus::Paused => Self::Other(status.as_str().to_owned()),
        }
    }
}
