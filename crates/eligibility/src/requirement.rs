use jiff::civil::Date;

use crate::{RuleKind, Severity};

/// One rule of a hospital's: what it asks, how hard, since when, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Names it within its rule set; overrides and explanations use it.
    pub key: String,
    /// What it asks.
    pub requirement: Requirement,
    /// Whether it decides or is only reported. That of a child decides nothing.
    pub severity: Severity,
    /// Whether the hospital lets it be waived. See [`Rule::may_be_waived`].
    pub waivable: bool,
    /// Days for which what has expired still counts. For expiry only, never for wrong limits or
    /// missing papers. A child of `any_of` or `all_of` that names none has its parent's.
    pub grace_days: u32,
    /// The first day on which it is asked.
    pub effective_from: Option<Date>,
    /// How the chapter knows.
    pub source: Option<Source>,
}

/// Who at the hospital said so, when, in what words, and when to ask again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Who said it, as a role or a name.
    pub told_by: Option<String>,
    /// When it was learned.
    pub learned_on: Option<Date>,
    /// The hospital's own words.
    pub words: Option<String>,
    /// When it is to be asked again.
    pub recheck_on: Option<Date>,
}

/// How old a paper may be. Both limits may stand together; the earlier end wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Age {
    /// Months from its issue: good through the same day of the month, or that month's last.
    pub months: Option<u32>,
    /// Days from its issue.
    pub days: Option<u32>,
}

impl Age {
    /// No older than so many months.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self { months: Some(months), days: None }
    }

    /// No older than so many days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self { months: None, days: Some(days) }
    }

    /// This limit, or so many months where there is none.
    pub(crate) fn or_months(self, months: u32) -> Self {
        if self == Self::default() { Self::months(months) } else { self }
    }
}

/// One immunisation or test that a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Immunization {
    /// Such as `influenza` or `tb`.
    pub code: String,
    /// The season it must be for. A paper for that season does not age: the next season is a new
    /// version of the rule.
    pub season: Option<String>,
    /// How old it may be.
    pub age: Age,
    /// Whether a signed declination will do.
    pub declination: bool,
}

/// What a rule asks, by its kind. Words are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// One of these certificates; an IBCLC with a number of the right form.
    Credential {
        /// Such as `IBCLC`.
        any_of: Vec<String>,
        /// How old it may be.
        age: Age,
    },
    /// One of these licences.
    License {
        /// Such as `RN`.
        any_of: Vec<String>,
        /// The state that must have issued it.
        state: Option<String>,
        /// How old it may be.
        age: Age,
    },
    /// Liability insurance; whole dollars.
    Liability {
        /// Least limit for one occurrence.
        min_occurrence: Option<u64>,
        /// Least limit for all together.
        min_aggregate: Option<u64>,
        /// Who must be insured by it too.
        additional_insured: Option<String>,
        /// How old it may be.
        age: Age,
    },
    /// Full years in practice.
    Years {
        /// How many.
        min_years: u32,
    },
    /// A training.
    Training {
        /// Such as `hipaa`.
        topic: String,
        /// How old it may be.
        age: Age,
    },
    /// A clear background report.
    Background {
        /// How old it may be.
        age: Age,
    },
    /// A clear screen of every one of these lists.
    Exclusion {
        /// Such as `OIG_LEIE`.
        lists: Vec<String>,
        /// How old each may be.
        age: Age,
    },
    /// All of these.
    Immunization {
        /// Each of them.
        items: Vec<Immunization>,
    },
    /// Serves one of these areas.
    Area {
        /// Such as `Brooklyn`.
        any_of: Vec<String>,
    },
    /// Offers one of these visits.
    Visit {
        /// Such as `home`.
        any_of: Vec<String>,
    },
    /// Speaks one of these; `zh` is met by `zh-yue`.
    Languages {
        /// Language tags.
        any_of: Vec<String>,
    },
    /// Takes one of these payers.
    Payer {
        /// Such as `medicaid`.
        any_of: Vec<String>,
        /// Whether a sliding scale will do.
        or_sliding_scale: bool,
    },
    /// A statement that she sees a family soon; a year old at most where no age is named.
    Availability {
        /// Hours to the first visit, at most.
        within_hours: Option<u32>,
        /// Whether that must hold at the weekend.
        weekend: bool,
        /// How old the statement may be.
        age: Age,
    },
    /// Letters of reference.
    References {
        /// How many.
        count: u32,
        /// From whom; anybody where the list is empty.
        roles: Vec<String>,
        /// How old each may be.
        age: Age,
    },
    /// A signed document.
    Document {
        /// Such as `who_code`.
        doc: String,
        /// The version now in use: another one must be signed anew.
        version: Option<String>,
        /// How old the signature may be.
        age: Age,
    },
    /// None of these conflicts. `employed_by` alone means by any hospital.
    NoConflict {
        /// Such as `sells_formula`.
        disallow: Vec<String>,
    },
    /// Membership active and paid, perhaps with a chapter event.
    ChapterStanding {
        /// Months within which the last event must lie.
        event_within_months: Option<u32>,
    },
    /// At least one of these: the best decides.
    AnyOf(Vec<Rule>),
    /// All of these: the worst decides.
    AllOf(Vec<Rule>),
}

impl Requirement {
    /// Of which kind it is.
    #[must_use]
    pub fn kind(&self) -> RuleKind {
        match self {
            Self::Credential { .. } => RuleKind::Credential,
            Self::License { .. } => RuleKind::License,
            Self::Liability { .. } => RuleKind::Liability,
            Self::Years { .. } => RuleKind::Years,
            Self::Training { .. } => RuleKind::Training,
            Self::Background { .. } => RuleKind::Background,
            Self::Exclusion { .. } => RuleKind::Exclusion,
            Self::Immunization { .. } => RuleKind::Immunization,
            Self::Area { .. } => RuleKind::Area,
            Self::Visit { .. } => RuleKind::Visit,
            Self::Languages { .. } => RuleKind::Languages,
            Self::Payer { .. } => RuleKind::Payer,
            Self::Availability { .. } => RuleKind::Availability,
            Self::References { .. } => RuleKind::References,
            Self::Document { .. } => RuleKind::Document,
            Self::NoConflict { .. } => RuleKind::NoConflict,
            Self::ChapterStanding { .. } => RuleKind::ChapterStanding,
            Self::AnyOf(_) => RuleKind::AnyOf,
            Self::AllOf(_) => RuleKind::AllOf,
        }
    }

    /// Its children; none where it is no `any_of` or `all_of`.
    #[must_use]
    pub fn children(&self) -> &[Rule] {
        match self {
            Self::AnyOf(children) | Self::AllOf(children) => children,
            _ => &[],
        }
    }
}

impl Rule {
    /// A mandatory, waivable rule without grace that is in force.
    #[must_use]
    pub fn new(key: &str, requirement: Requirement) -> Self {
        Self {
            key: key.to_owned(),
            requirement,
            severity: Severity::Mandatory,
            waivable: true,
            grace_days: 0,
            effective_from: None,
            source: None,
        }
    }

    /// Whether an override can let it pass: the hospital allows it and it is, or contains, neither
    /// a credential nor an exclusion screen, which nobody can waive.
    #[must_use]
    pub fn may_be_waived(&self) -> bool {
        self.waivable && !self.concerns_the_unwaivable()
    }

    fn concerns_the_unwaivable(&self) -> bool {
        matches!(self.requirement.kind(), RuleKind::Credential | RuleKind::Exclusion)
            || self.requirement.children().iter().any(Self::concerns_the_unwaivable)
    }

    /// The first day on which anything of it is asked; the first day there is where it has always
    /// been.
    pub(crate) fn in_force_from(&self) -> Date {
        let own = self.effective_from.unwrap_or(Date::MIN);
        let children = self.requirement.children().iter().map(Self::in_force_from).min();
        children.map_or(own, |children| own.max(children))
    }
}
