//! Findings in words: what the rule asks, the fact, its date, and what to do about it.

use jiff::civil::Date;

use crate::{
    Dates, Evidence, EvidenceStatus, Fact, Finding, Override, Proof, Refusal, RuleKind,
    ScreenResult, Status, Subject, dates::days_between, fact::Defect, ibclc,
};

mod fix;
mod names;
mod remedy;

pub(crate) use names::short;
use names::{join_or, thing};

impl Finding<'_> {
    /// The finding in one sentence: fact, date, waiver or refused override, and what to do. The
    /// rule's key is not in it. `day` is the day for which the rule was judged.
    #[must_use]
    pub fn sentence(&self, day: Date, dates: Dates) -> String {
        let mut text = self.fact_sentence(day, dates);
        if let Some(waiver) = self.waiver {
            text.push_str("; ");
            text.push_str(&waiver.sentence(dates));
            return text;
        }
        for (entry, refusal) in &self.refused {
            text.push_str("; ");
            text.push_str(&refusal.sentence(entry, dates));
        }
        if let Some(fix) = self.fix(day, dates) {
            text.push_str("; ");
            text.push_str(&fix);
        }
        text
    }

    /// The fact alone, without what to do.
    #[must_use]
    pub fn fact_sentence(&self, day: Date, dates: Dates) -> String {
        if self.children.is_empty() {
            return fact(&self.fact, self.status, day, dates);
        }
        if self.rule.requirement.kind() == RuleKind::AnyOf && self.status.blocks() {
            let each: Vec<_> =
                self.children.iter().map(|child| child.fact_sentence(day, dates)).collect();
            return format!("none of: {}", each.join(" | "));
        }
        self.telling().fact_sentence(day, dates)
    }

    /// Something to look at that decides nothing: an IBCLC certificate whose end is unusual.
    #[must_use]
    pub fn caution(&self, dates: Dates) -> Option<String> {
        if let Some(text) = self.children.iter().find_map(|child| child.caution(dates)) {
            return Some(text);
        }
        let (Fact::Held { paper, .. }
        | Fact::Lapsed { paper, .. }
        | Fact::Unverified { paper, .. }) = self.fact
        else {
            return None;
        };
        let Proof::Credential { credential, .. } = &paper.proof else { return None };
        if !ibclc::is_ibclc(credential) {
            return None;
        }
        match paper.expires {
            None => Some("no end date is on record for the IBCLC certificate; check it".to_owned()),
            Some(end) if !ibclc::is_usual_end(end) => Some(format!(
                "the IBCLC certificate is recorded to end on {}; they end on 30 June or 31 \
                 December, so check it",
                dates.show(end)
            )),
            Some(_) => None,
        }
    }
}

/// Whether an id was drawn by a program: it says nothing to people.
fn is_drawn(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A paper as people name it: by the id that somebody gave it.
fn called(paper: &Evidence) -> &str {
    if is_drawn(&paper.id) { "a paper" } else { &paper.id }
}

impl Override {
    /// The override as people name it.
    fn called(&self) -> String {
        if is_drawn(&self.id) { "an override".to_owned() } else { format!("override {}", self.id) }
    }

    /// The override in words, where it counts.
    #[must_use]
    pub fn sentence(&self, dates: Dates) -> String {
        let approver = self.approver.as_deref().unwrap_or("nobody");
        let until = self.expires.map(|end| format!(" until {}", dates.show(end)));
        let until = until.unwrap_or_default();
        format!("waived by {approver}{until} ({})", self.reason.trim())
    }
}

impl Refusal {
    /// Why the override does not count, in words.
    #[must_use]
    pub fn sentence(&self, entry: &Override, dates: Dates) -> String {
        let why = match self {
            Self::Ended(on) => return format!("{} ended {}", entry.called(), dates.show(*on)),
            Self::NotBegun(on) => {
                return format!("{} begins {}", entry.called(), dates.show(*on));
            }
            Self::NoSuchRule => "the hospital has no such rule",
            Self::NotWaivable => "this rule cannot be waived",
            Self::NoReason => "no reason is given",
            Self::NoRequester => "it does not say who asked for it",
            Self::NoApprover => "nobody has approved it",
            Self::ApprovedByRequester => "the requester cannot approve",
            Self::ApprovedByMember => "the member cannot approve her own",
            Self::NoEnd => "it has no end date",
        };
        format!("{} refused: {why}", entry.called())
    }
}

fn fact(fact: &Fact<'_>, status: Status, day: Date, dates: Dates) -> String {
    let through = |last: Option<Date>| {
        last.map_or_else(String::new, |last| format!(" through {}", dates.show(last)))
    };
    match *fact {
        Fact::Held { of, paper, through: last } => match (of, &paper.proof) {
            (Subject::Screen(_) | Subject::Background, _) => format!(
                "{}{} is clear and good{}",
                thing(of, Some(paper)),
                dated(paper.issued, dates),
                through(last)
            ),
            _ => format!("{} valid{}", thing(of, Some(paper)), through(last)),
        },
        Fact::Lapsed { of, paper, on, grace_through } => {
            let of = match of {
                Subject::Screen(_) => {
                    format!("{}{}", thing(of, Some(paper)), dated(paper.issued, dates))
                }
                _ => thing(of, Some(paper)),
            };
            format!("{of} {}", lapse("expired", on, grace_through, status, day, dates))
        }
        Fact::Past { of, on, grace_through } => {
            let verb = if matches!(of, Subject::Event(_)) { "counted until" } else { "ended" };
            format!("{} {}", thing(of, None), lapse(verb, on, grace_through, status, day, dates))
        }
        Fact::Current { of, through: last } => match of {
            Subject::Event(_) => format!("{} counts{}", thing(of, None), through(last)),
            _ => format!("{} paid{}", thing(of, None), through(last)),
        },
        Fact::Unverified { of, paper } => {
            let how = match &paper.proof {
                Proof::BackgroundCheck { result: Some(ScreenResult::Review) }
                | Proof::ExclusionScreen { result: Some(ScreenResult::Review), .. } => {
                    "found something that is being looked into"
                }
                _ if paper.status == EvidenceStatus::Verified => {
                    "verified by the member herself, which does not count"
                }
                _ => "submitted, not yet verified",
            };
            format!("{}: {} {how}", thing(of, Some(paper)), called(paper))
        }
        Fact::Wrong { of, paper, ref defect } => {
            format!("{}: {}", thing(of, Some(paper)), wrong(defect, paper.issued, dates))
        }
        Fact::Begins { of, paper, on } => {
            format!(
                "{}: {} counts only from {}",
                thing(of, Some(paper)),
                called(paper),
                dates.show(on)
            )
        }
        Fact::Rejected { of, paper } => {
            let why = paper.rejected_because.as_deref().map(str::trim).unwrap_or_default();
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            format!("{}: {} was rejected{why}", thing(of, Some(paper)), called(paper))
        }
        Fact::Nothing { of } => match of {
            Subject::Event(months) => {
                format!("no chapter event on record, one in {months} months needed")
            }
            _ => format!("{}: nothing on file", thing(of, None)),
        },
        Fact::References { good, unverified, old, needed, roles, through: last } => {
            let from =
                if roles.is_empty() { String::new() } else { format!(" from {}", join_or(roles)) };
            let mut text = format!("{good} of {needed} references{from}");
            if unverified > 0 {
                text.push_str(&format!(", {unverified} not yet verified"));
            }
            if old > 0 {
                text.push_str(&format!(", {old} too old"));
            }
            match (status, last) {
                (Status::Grace, Some(last)) => {
                    text.push_str(&format!("; grace ends {}", dates.show(last)));
                }
                (Status::Met | Status::Expiring, last) => {
                    text.push_str(&through(last).replacen(" through", ", enough through", 1));
                }
                _ => {}
            }
            text
        }
        Fact::Practice { since, full_years, needed, reached } => {
            let years = |n: u32| if n == 1 { "year" } else { "years" };
            match (since, reached) {
                (Some(since), Some(reached)) => {
                    let mut text = format!(
                        "{full_years} full {} in practice since {}, {needed} needed",
                        years(full_years),
                        dates.show(since)
                    );
                    if reached > day {
                        text.push_str(&format!("; reached {}", dates.show(reached)));
                    }
                    text
                }
                _ => format!(
                    "no start of practice on record, {needed} full {} needed",
                    years(needed)
                ),
            }
        }
        Fact::Profile { what, any_of, has, or_sliding_scale } => {
            names::profile(what, any_of, has, or_sliding_scale, status)
        }
        Fact::Conflict(None) => "no conflict of interest on record".to_owned(),
        Fact::Conflict(Some(conflict)) => format!("conflict of interest: {conflict}"),
        Fact::ChapterStatus(status) => format!("chapter status is {}", status.as_str()),
        Fact::Children => "nothing is asked".to_owned(),
    }
}

/// `expired 11 Nov 2026 (10 days ago); grace ends 11 Dec 2026`.
fn lapse(
    verb: &str,
    on: Date,
    grace_through: Option<Date>,
    status: Status,
    day: Date,
    dates: Dates,
) -> String {
    let mut text = format!("{verb} {}", dates.show(on));
    if status == Status::Grace {
        let days = days_between(on, day);
        let unit = if days == 1 { "day" } else { "days" };
        text.push_str(&format!(" ({days} {unit} ago)"));
    }
    if let Some(end) = grace_through {
        let verb = if end < day { "ended" } else { "ends" };
        text.push_str(&format!("; grace {verb} {}", dates.show(end)));
    }
    text
}

fn dated(issued: Option<Date>, dates: Dates) -> String {
    issued.map_or_else(String::new, |on| format!(" of {}", dates.show(on)))
}

fn wrong(defect: &Defect<'_>, issued: Option<Date>, dates: Dates) -> String {
    match *defect {
        Defect::Number(None) => "no certificate number on record".to_owned(),
        Defect::Number(Some(number)) => {
            format!("IBCLC number {number} is not of the form L-12345 or L-123456")
        }
        Defect::Limits { per_occurrence, aggregate, min_occurrence, min_aggregate } => format!(
            "limits {}/{} are below {}/{}",
            names::amount(per_occurrence),
            names::amount(aggregate),
            names::amount(min_occurrence),
            names::amount(min_aggregate)
        ),
        Defect::NotInsured(whom) => format!("{whom} is not named as additional insured"),
        Defect::Version { signed: Some(signed), current } => {
            format!("signed version {signed}, current is {current}")
        }
        Defect::Version { signed: None, current } => {
            format!("no version on record, current is {current}")
        }
        Defect::Hours { stated: Some(stated), needed } => {
            format!("states first visit within {stated} h, {needed} h needed")
        }
        Defect::Hours { stated: None, needed } => {
            format!("states no hours, first visit within {needed} h needed")
        }
        Defect::NoWeekend => "does not state the weekend".to_owned(),
        Defect::Match => {
            issued.map_or_else(|| "MATCH".to_owned(), |on| format!("MATCH on {}", dates.show(on)))
        }
        Defect::NotClear => issued.map_or_else(
            || "not clear".to_owned(),
            |on| format!("not clear on {}", dates.show(on)),
        ),
        Defect::NoResult => format!("no result on record{}", dated(issued, dates)),
        Defect::Declined => "declined, which this hospital does not accept".to_owned(),
        Defect::Undated => "no issue date on record, and its age matters".to_owned(),
    }
}
