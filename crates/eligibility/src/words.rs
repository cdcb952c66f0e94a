use model::word;

word! {
    /// What an evaluation comes to, from the worst to the best: a later one is the greater.
    Outcome {
        /// Off the list, as everybody is: no mandatory requirement is in force yet.
        NothingAsked = "nothing_asked",
        /// Off the list: a mandatory requirement is unmet or nothing was sent for it, or the chapter
        /// bars her.
        Ineligible = "ineligible",
        /// Off the list until the chapter has checked what was sent.
        Pending = "pending",
        /// On the list because somebody granted an exception.
        EligibleByOverride = "eligible_by_override",
        /// On the list although something has expired: the hospital's days of grace run.
        EligibleInGrace = "eligible_in_grace",
        /// On the list; something ends soon.
        EligibleExpiring = "eligible_expiring",
        /// On the list.
        Eligible = "eligible",
    }
}

impl Outcome {
    /// Whether she is on the hospital's list.
    #[must_use]
    pub fn is_listed(self) -> bool {
        self >= Self::EligibleByOverride
    }
}

word! {
    /// How one rule stands on one day, from the best to the worst: a later one is the greater.
    Status {
        /// It is met.
        Met = "met",
        /// It is met, and its last good day is near.
        Expiring = "expiring",
        /// It is not met, and an override lets that pass.
        Waived = "waived",
        /// What met it has expired, and the rule gives some days of grace.
        Grace = "grace",
        /// Something was sent and nobody has verified it yet.
        Pending = "pending",
        /// Nothing was sent that counts.
        Missing = "missing",
        /// What there is does not meet it.
        Unmet = "unmet",
    }
}

impl Status {
    /// Whether a mandatory rule that stands so keeps her off the list for good reason, rather
    /// than for want of a check.
    #[must_use]
    pub fn blocks(self) -> bool {
        matches!(self, Self::Missing | Self::Unmet)
    }

    /// The same with the nearness of the end left out: `expiring` is `met`.
    pub(crate) fn class(self) -> Self {
        if self == Self::Expiring { Self::Met } else { self }
    }
}

word! {
    /// What a rule can do to an outcome.
    Severity {
        /// It decides.
        Mandatory = "mandatory",
        /// It is reported and decides nothing.
        Preferred = "preferred",
    }
}

word! {
    /// The kinds of requirement a hospital may make.
    RuleKind {
        /// Holds one of some certificates, such as IBCLC or CLC.
        Credential = "credential",
        /// Holds one of some state licences.
        License = "license",
        /// Carries professional liability insurance, possibly of some amount.
        Liability = "liability",
        /// Has been in practice for some full years.
        Years = "years",
        /// Was trained in a topic.
        Training = "training",
        /// Has a clear background report.
        Background = "background",
        /// Is on none of some exclusion lists by a recent screen.
        Exclusion = "exclusion",
        /// Has some immunisations or tests.
        Immunization = "immunization",
        /// Serves one of some areas.
        Area = "area",
        /// Offers one of some kinds of visit.
        Visit = "visit",
        /// Speaks one of some languages.
        Languages = "languages",
        /// Takes one of some payers.
        Payer = "payer",
        /// Has said how soon she sees a family.
        Availability = "availability",
        /// Has some letters of reference.
        References = "references",
        /// Has signed or sent a document.
        Document = "document",
        /// Has none of some conflicts of interest.
        NoConflict = "no_conflict",
        /// Is a member in good standing, perhaps with an event in the last months.
        ChapterStanding = "chapter_standing",
        /// Meets at least one of its children.
        AnyOf = "any_of",
        /// Meets all of its children.
        AllOf = "all_of",
    }
}

word! {
    /// What a background report or the look at an exclusion list found.
    ScreenResult {
        /// Nothing.
        Clear = "clear",
        /// A name that may be hers: a person looks before it is recorded as a match.
        Review = "review",
        /// She is on the list.
        Match = "match",
        /// The report is not clear.
        NotClear = "not_clear",
    }
}

word! {
    /// How an immunisation is shown.
    ImmunizationForm {
        /// A record of the vaccination or test.
        Record = "record",
        /// A blood test that shows immunity.
        Titer = "titer",
        /// A signed declination, which counts only where the rule allows it.
        Declination = "declination",
    }
}
