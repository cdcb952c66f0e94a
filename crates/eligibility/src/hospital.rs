use jiff::civil::Date;

use crate::{Rule, Severity};

/// A hospital's list, as the rules see it. The chapter's own baseline is one as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hospital {
    /// Names it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The versions of its rules, in any order.
    pub rule_sets: Vec<RuleSet>,
}

/// One version of a hospital's rules. It replaces the one before it as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSet {
    /// What the version is called, such as `H1-7`.
    pub version: String,
    /// The first day on which it is in force; `None` for the one that always was.
    pub effective_from: Option<Date>,
    /// What it asks, in the order in which it is shown.
    pub rules: Vec<Rule>,
    /// How the chapter knows, or what is particular about it.
    pub note: Option<String>,
}

impl RuleSet {
    pub(crate) fn starts(&self) -> Date {
        self.effective_from.unwrap_or(Date::MIN)
    }
}

impl Hospital {
    /// The version in force on a day: the latest that has begun, and of two that begin together
    /// the later in the list. `None` before the first.
    #[must_use]
    pub fn rules_on(&self, day: Date) -> Option<&RuleSet> {
        self.rule_sets.iter().filter(|set| set.starts() <= day).max_by_key(|set| set.starts())
    }

    /// Whether anything mandatory is in force on a day. Where nothing is, the list is nobody's yet.
    #[must_use]
    pub fn asks_on(&self, day: Date) -> bool {
        let rules = self.rules_on(day).map_or(&[][..], |set| &set.rules);
        rules.iter().any(|rule| rule.severity == Severity::Mandatory && rule.in_force_from() <= day)
    }

    /// The next day after `day` on which another version comes into force.
    pub(crate) fn next_version(&self, day: Date) -> Option<Date> {
        self.rule_sets.iter().map(RuleSet::starts).filter(|start| *start > day).min()
    }
}
