use jiff::civil::Date;

use crate::{
    AsOf, Evaluation, Fact, Finding, Hospital, Member, Outcome, Overrides, Severity, Status,
    evaluate,
};

mod remedy;

pub use remedy::Remedy;

/// What a change in a member's facts does to one hospital's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect<'a> {
    /// The hospital.
    pub hospital: &'a Hospital,
    /// The outcome as things are.
    pub before: Outcome,
    /// The outcome as they would be.
    pub after: Outcome,
    /// Until when it holds as things are.
    pub valid_until_before: Option<Date>,
    /// Until when it would hold.
    pub valid_until_after: Option<Date>,
    /// The rules that would no longer keep her off the list.
    pub cleared: Vec<&'a str>,
    /// The rules that still would.
    pub still_blocking: Vec<String>,
}

impl Effect<'_> {
    /// Whether it puts her on the list.
    #[must_use]
    pub fn opens(&self) -> bool {
        !self.before.is_listed() && self.after.is_listed()
    }

    /// Whether it keeps her on the list for longer, or in better standing.
    #[must_use]
    pub fn keeps(&self) -> bool {
        let lasting = |until: Option<Date>| until.unwrap_or(Date::MAX);
        self.before.is_listed()
            && self.after.is_listed()
            && (self.after > self.before
                || lasting(self.valid_until_after) > lasting(self.valid_until_before))
    }

    /// Whether it brings her nearer and not there: something else is still wanting.
    #[must_use]
    pub fn nearer(&self) -> bool {
        !self.after.is_listed() && (self.after > self.before || !self.cleared.is_empty())
    }
}

/// Compares a member as she is with the same member as she might be, over some hospitals. Only
/// hospitals for which anything changes are given, in their order.
#[must_use]
pub fn what_if<'a>(
    hospitals: &'a [Hospital],
    before: &Member,
    after: &Member,
    overrides: &Overrides,
    as_of: AsOf,
) -> Vec<Effect<'a>> {
    let compare = |hospital: &'a Hospital| {
        let was = evaluate(hospital, before, overrides, as_of);
        let would = evaluate(hospital, after, overrides, as_of);
        let still: Vec<String> = would.blocking().into_iter().map(str::to_owned).collect();
        let cleared = cleared(hospital, &was, &still);
        let effect = Effect {
            hospital,
            before: was.outcome,
            after: would.outcome,
            valid_until_before: was.valid_until,
            valid_until_after: would.valid_until,
            cleared,
            still_blocking: still,
        };
        let changes = effect.before != effect.after
            || effect.valid_until_before != effect.valid_until_after
            || !effect.cleared.is_empty();
        changes.then_some(effect)
    };
    hospitals.iter().filter_map(compare).collect()
}

fn cleared<'a>(hospital: &'a Hospital, was: &Evaluation<'_>, still: &[String]) -> Vec<&'a str> {
    let blocked = was.blocking();
    hospital
        .rules_on(was.day)
        .map_or(&[][..], |set| &set.rules)
        .iter()
        .map(|rule| rule.key.as_str())
        .filter(|key| blocked.contains(key) && !still.iter().any(|still| still == key))
        .collect()
}

/// One thing that a member could bring, and what it would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal<'a> {
    /// The thing.
    pub remedy: Remedy,
    /// The hospitals for which it changes anything.
    pub effects: Vec<Effect<'a>>,
}

/// What each thing that is wanting or ends soon would change if she brought it today and it was
/// verified: what puts her on most lists first, then what keeps her on most, then what brings her
/// nearer. A paper that several hospitals want is one thing, good enough for all of them.
#[must_use]
pub fn renewals<'a>(
    hospitals: &'a [Hospital],
    member: &Member,
    overrides: &Overrides,
    as_of: AsOf,
) -> Vec<Renewal<'a>> {
    let mut remedies: Vec<Remedy> = Vec::new();
    for hospital in hospitals {
        let evaluation = evaluate(hospital, member, overrides, as_of);
        let wanting = evaluation
            .findings
            .iter()
            .filter(|finding| finding.rule.severity == Severity::Mandatory);
        for finding in wanting {
            collect(finding, member, as_of, &mut remedies);
        }
    }
    let mut renewals: Vec<_> = remedies
        .into_iter()
        .map(|remedy| {
            let after = remedy.applied(member, as_of.day);
            Renewal { effects: what_if(hospitals, member, &after, overrides, as_of), remedy }
        })
        .filter(|renewal| !renewal.effects.is_empty())
        .collect();
    renewals.sort_by_key(|renewal| {
        let (mut opens, mut keeps, mut nearer) = (0, 0, 0);
        for effect in &renewal.effects {
            opens += usize::from(effect.opens());
            keeps += usize::from(effect.keeps());
            nearer += usize::from(effect.nearer());
        }
        std::cmp::Reverse((opens, keeps, nearer))
    });
    renewals
}

/// The remedies for one finding; for composites, those of each child that is not well.
fn collect(finding: &Finding<'_>, member: &Member, as_of: AsOf, remedies: &mut Vec<Remedy>) {
    if matches!(finding.status, Status::Met | Status::Waived) {
        return;
    }
    if !finding.children.is_empty() {
        for child in &finding.children {
            collect(child, member, as_of, remedies);
        }
        return;
    }
    let found = match finding.fact {
        Fact::Unverified { paper, .. } => Some(Remedy::Check { paper: paper.id.clone() }),
        fact => Remedy::of(&finding.rule.requirement, &fact, member, as_of.moment()),
    };
    if let Some(found) = found
        && !remedies.iter_mut().any(|known| known.take_in(&found))
    {
        remedies.push(found);
    }
}
