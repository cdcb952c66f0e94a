use std::fmt;

use jiff::civil::Date;

use crate::{ChapterStatus, Evidence, Immunization};

/// What a fact is about: the thing a rule asks for, as far as words are needed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// One of these certificates.
    Credential(&'a [String]),
    /// One of these licences of a state.
    License(&'a [String], Option<&'a str>),
    /// Liability insurance.
    Liability,
    /// The training in a topic.
    Training(&'a str),
    /// A background report.
    Background,
    /// A screen of one exclusion list.
    Screen(&'a str),
    /// One immunisation or test.
    Immunization(&'a Immunization),
    /// The statement of how soon she sees a family.
    Availability,
    /// A document.
    Document(&'a str),
    /// The chapter's dues.
    Dues,
    /// The last chapter event, and the months for which it counts.
    Event(u32),
}

/// What is wrong with a paper that no day will mend. It prints without what stands in the paper.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Defect<'a> {
    /// An IBCLC without a number, or with one of the wrong form.
    Number(Option<&'a str>),
    /// Limits below those asked: hers and the hospital's.
    Limits {
        /// Her limit for one occurrence.
        per_occurrence: Option<u64>,
        /// Her limit for all together.
        aggregate: Option<u64>,
        /// The least for one occurrence.
        min_occurrence: Option<u64>,
        /// The least for all together.
        min_aggregate: Option<u64>,
    },
    /// Somebody who must be insured too is not.
    NotInsured(&'a str),
    /// A signature under another version.
    Version {
        /// What she signed.
        signed: Option<&'a str>,
        /// What is in use.
        current: &'a str,
    },
    /// More hours to the first visit than asked.
    Hours {
        /// What she stated.
        stated: Option<u32>,
        /// What is asked.
        needed: u32,
    },
    /// Nothing is said of the weekend.
    NoWeekend,
    /// She is on the list.
    Match,
    /// The report is not clear.
    NotClear,
    /// Nobody wrote down what was found.
    NoResult,
    /// A declination where none will do.
    Declined,
    /// It has no issue date, and its age matters.
    Undated,
}

/// The fact on which a rule's status rests. Sentences are made of it; it is cheap to make. It prints
/// without what it tells of the member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fact<'a> {
    /// A paper meets it.
    Held {
        /// What was asked.
        of: Subject<'a>,
        /// The paper that lasts longest.
        paper: &'a Evidence,
        /// The last day on which this or a paper that follows it is good; `None` for no end.
        through: Option<Date>,
    },
    /// A paper met it and has expired.
    Lapsed {
        /// What was asked.
        of: Subject<'a>,
        /// The paper.
        paper: &'a Evidence,
        /// Its last good day.
        on: Date,
        /// The last day of grace; `None` where the rule gives none.
        grace_through: Option<Date>,
    },
    /// A paper would meet it and nobody has verified it.
    Unverified {
        /// What was asked.
        of: Subject<'a>,
        /// The paper.
        paper: &'a Evidence,
    },
    /// A paper is there, and something is wrong with it.
    Wrong {
        /// What was asked.
        of: Subject<'a>,
        /// The paper.
        paper: &'a Evidence,
        /// What is wrong.
        defect: Defect<'a>,
    },
    /// A paper will count from a day to come.
    Begins {
        /// What was asked.
        of: Subject<'a>,
        /// The paper.
        paper: &'a Evidence,
        /// Its first day.
        on: Date,
    },
    /// What was sent was rejected.
    Rejected {
        /// What was asked.
        of: Subject<'a>,
        /// The paper.
        paper: &'a Evidence,
    },
    /// Nothing is there.
    Nothing {
        /// What was asked.
        of: Subject<'a>,
    },
    /// Letters of reference.
    References {
        /// Good ones.
        good: usize,
        /// Sent, not verified.
        unverified: usize,
        /// Too old.
        old: usize,
        /// How many are asked.
        needed: usize,
        /// From whom.
        roles: &'a [String],
        /// The last day on which there are enough, with grace where that runs.
        through: Option<Date>,
    },
    /// Years in practice.
    Practice {
        /// The first day of it.
        since: Option<Date>,
        /// Full years on the day.
        full_years: u32,
        /// How many are asked.
        needed: u32,
        /// The day on which she has them.
        reached: Option<Date>,
    },
    /// Her profile has one of those asked for, or none.
    Profile {
        /// What is compared.
        what: ProfileFact,
        /// Those asked for.
        any_of: &'a [String],
        /// The one she has.
        has: Option<&'a str>,
        /// Whether a sliding scale would do as well.
        or_sliding_scale: bool,
    },
    /// A conflict of interest, or none.
    Conflict(Option<&'a str>),
    /// Her standing with the chapter.
    ChapterStatus(&'a ChapterStatus),
    /// Dues or an event, good through a day.
    Current {
        /// Which.
        of: Subject<'a>,
        /// The last good day.
        through: Option<Date>,
    },
    /// Dues or an event that was good once.
    Past {
        /// Which.
        of: Subject<'a>,
        /// The last good day.
        on: Date,
        /// The last day of grace.
        grace_through: Option<Date>,
    },
    /// Children decide: look there.
    Children,
}

/// Which list of her profile a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileFact {
    /// Where she works.
    Area,
    /// How she sees families.
    Visit,
    /// What she speaks.
    Languages,
    /// Whom she bills.
    Payer,
}

impl fmt::Debug for Defect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number",
            Self::Limits { .. } => "Limits",
            Self::NotInsured(_) => "NotInsured",
            Self::Version { .. } => "Version",
            Self::Hours { .. } => "Hours",
            Self::NoWeekend => "NoWeekend",
            Self::Match => "Match",
            Self::NotClear => "NotClear",
            Self::NoResult => "NoResult",
            Self::Declined => "Declined",
            Self::Undated => "Undated",
        })
    }
}

impl fmt::Debug for Fact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { paper, .. } => write!(f, "Held({})", paper.id),
            Self::Lapsed { paper, .. } => write!(f, "Lapsed({})", paper.id),
            Self::Unverified { paper, .. } => write!(f, "Unverified({})", paper.id),
            Self::Wrong { paper, .. } => write!(f, "Wrong({})", paper.id),
            Self::Begins { paper, .. } => write!(f, "Begins({})", paper.id),
            Self::Rejected { paper, .. } => write!(f, "Rejected({})", paper.id),
            Self::Nothing { .. } => f.write_str("Nothing"),
            Self::References { .. } => f.write_str("References"),
            Self::Practice { .. } => f.write_str("Practice"),
            Self::Profile { what, .. } => write!(f, "Profile({what:?})"),
            Self::Conflict(_) => f.write_str("Conflict"),
            Self::ChapterStatus(_) => f.write_str("ChapterStatus"),
            Self::Current { .. } => f.write_str("Current"),
            Self::Past { .. } => f.write_str("Past"),
            Self::Children => f.write_str("Children"),
        }
    }
}
