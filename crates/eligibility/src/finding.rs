use std::cmp::Reverse;

use jiff::civil::Date;

use crate::{Fact, Override, Refusal, Rule, RuleKind, Status, dates::bounded};

/// How one rule stands for one member on one day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// How it stands.
    pub status: Status,
    /// The fact on which that rests; under a waiver, the fact that is waived.
    pub fact: Fact<'a>,
    /// The override that lets it pass, where one does.
    pub waiver: Option<&'a Override>,
    /// Overrides that are meant for it and do not count, each with the reason. Empty where the
    /// rule needs none.
    pub refused: Vec<(&'a Override, Refusal)>,
    /// The findings of its children, for `any_of` and `all_of`.
    pub children: Vec<Finding<'a>>,
    /// See [`Finding::last_good`]; `FOREVER` for no end.
    pub(crate) last_good: Date,
    /// The last day through which nothing about it changes.
    pub(crate) unchanged_through: Date,
}

impl Finding<'_> {
    /// The last day through which the rule stands as well as on the day it was judged: expiry,
    /// age, dues, event window, end of grace or of an override. `None` where nothing ends it, and
    /// where it is pending, missing or unmet.
    #[must_use]
    pub fn last_good(&self) -> Option<Date> {
        (self.status <= Status::Grace).then_some(self.last_good).and_then(bounded)
    }

    /// The finding that tells most: for `any_of` and `all_of` the deciding child's, and so on
    /// down; otherwise itself.
    #[must_use]
    pub fn telling(&self) -> &Self {
        let children = self.children.iter();
        let deciding = match self.rule.requirement.kind() {
            // The best decides: of the best ones, the one that lasts longest.
            RuleKind::AnyOf => {
                children.min_by_key(|child| (child.status, Reverse(child.last_good)))
            }
            _ => children.max_by_key(|child| (child.status, Reverse(child.last_good))),
        };
        deciding.map_or(self, Finding::telling)
    }
}
