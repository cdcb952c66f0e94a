use std::fmt;

use jiff::civil::Date;

use crate::{Rule, evidence::is_same_person};

/// A granted exception: one member, one hospital, one rule, with a reason and an end.
///
/// It is recorded as it was asked for; whether it counts is judged by [`Override::refusal`]. It
/// prints without the reason, which is about a person.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Override {
    /// Names it.
    pub id: String,
    /// The one hospital for which it is.
    pub hospital: String,
    /// The one member for whom it is.
    pub member: String,
    /// The key of the one rule that it lets pass.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub requested_by: Option<String>,
    /// Who granted it: not the one who asked, and not the member.
    pub approver: Option<String>,
    /// The first day on which it counts; `None` for always.
    pub granted: Option<Date>,
    /// The last day on which it counts. Without one it does not count at all.
    pub expires: Option<Date>,
}

/// Why an override does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The hospital has no rule of that key in this version.
    NoSuchRule,
    /// Nobody can waive the rule.
    NotWaivable,
    /// No reason is given.
    NoReason,
    /// It does not say who asked for it, so nobody can see that another one approved.
    NoRequester,
    /// Nobody approved it.
    NoApprover,
    /// Who asked for it approved it.
    ApprovedByRequester,
    /// The member approved it.
    ApprovedByMember,
    /// It has no end date.
    NoEnd,
    /// It is over since that day.
    Ended(Date),
    /// It begins on that day.
    NotBegun(Date),
}

impl Override {
    /// Why it does not count for `rule` on a day; `None` where it counts. What is wrong with it
    /// for good comes before what the day decides.
    #[must_use]
    pub fn refusal(&self, rule: &Rule, day: Date) -> Option<Refusal> {
        if !rule.may_be_waived() {
            return Some(Refusal::NotWaivable);
        }
        match self.flaw() {
            Ok((granted, expires)) => {
                if day > expires {
                    Some(Refusal::Ended(expires))
                } else if day < granted {
                    Some(Refusal::NotBegun(granted))
                } else {
                    None
                }
            }
            Err(refusal) => Some(refusal),
        }
    }

    /// Its first and last day, or what is wrong with it whatever the rule and the day.
    ///
    /// # Errors
    /// The refusal, where reason, requester, approver or end are wanting or one person did both.
    pub fn flaw(&self) -> Result<(Date, Date), Refusal> {
        let named = |person: &Option<String>| {
            person.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_lowercase)
        };
        if self.reason.trim().is_empty() {
            return Err(Refusal::NoReason);
        }
        let requester = named(&self.requested_by).ok_or(Refusal::NoRequester)?;
        let approver = named(&self.approver).ok_or(Refusal::NoApprover)?;
        if requester == approver {
            return Err(Refusal::ApprovedByRequester);
        }
        if is_same_person(&approver, &self.member) {
            return Err(Refusal::ApprovedByMember);
        }
        let expires = self.expires.ok_or(Refusal::NoEnd)?;
        Ok((self.granted.unwrap_or(Date::MIN), expires))
    }
}

impl fmt::Debug for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Override({} {}/{}/{})", self.id, self.hospital, self.member, self.rule)
    }
}

/// All overrides of a chapter, ready to be found by hospital and member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides(Vec<Override>);

impl Overrides {
    /// Takes them in any order.
    #[must_use]
    pub fn new(mut overrides: Vec<Override>) -> Self {
        overrides.sort_by(|a, b| {
            (&a.hospital, &a.member, &a.rule, &a.id).cmp(&(&b.hospital, &b.member, &b.rule, &b.id))
        });
        Self(overrides)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Override] {
        &self.0
    }

    /// Those of one hospital and one member.
    #[must_use]
    pub fn between(&self, hospital: &str, member: &str) -> &[Override] {
        let pair = (hospital, member);
        let of = |entry: &Override| (entry.hospital.as_str(), entry.member.as_str()).cmp(&pair);
        let from = self.0.partition_point(|entry| of(entry).is_lt());
        let len = self.0[from..].partition_point(|entry| of(entry).is_eq());
        &self.0[from..from + len]
    }
}
