//! What a member sees of herself: which lists she is on, what is missing and would mend it, what a
//! renewal would bring, and what became of the papers she sent.

use eligibility::{
    AsOf, Dates, Effect, EvidenceStatus, Outcome, Proof, Remedy, Renewal, Severity, Status,
    renewals,
};
use jiff::civil::Date;
use model::{ChapterId, EvidenceId, MemberId, Timestamp};
use serde_json::Value;
use storage::{Chapter, Member, ReadTx};

use crate::{Result, Roll, roll::paper_of};

/// So many of her papers are told, the last sent first.
const SHOWN: usize = 20;

/// A member's lists and papers on a day.
#[derive(Debug, Clone)]
pub struct Own {
    /// Her chapter.
    pub chapter: Chapter,
    /// Who she is.
    pub member: Member,
    /// The day it is where the chapter is.
    pub day: Date,
    /// Every list that asks for anything, the chapter's own first.
    pub lists: Vec<OwnList>,
    /// What she could bring, what puts her on most lists first.
    pub wanted: Vec<Wanted>,
    /// What she sent, the last first.
    pub sent: Vec<Sent>,
}

/// How she stands with one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnList {
    /// Whose it is.
    pub hospital: String,
    /// How she stands.
    pub outcome: Outcome,
    /// The chapter took her off, whatever the rules say.
    pub is_recalled: bool,
    /// The last day on which it holds if nothing new comes in.
    pub valid_until: Option<Date>,
    /// The rules that keep her off, or that end soon, each with what to do.
    pub open: Vec<Open>,
}

impl OwnList {
    /// Whether she is on it.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.outcome.is_listed() && !self.is_recalled
    }
}

/// A rule that is not plainly met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The rule.
    pub rule: String,
    /// The fact and its date.
    pub because: String,
    /// What would mend it.
    pub fix: Option<String>,
}

/// Something she could bring, and what it would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is.
    pub what: String,
    /// The papers that would be it; none where the chapter does it, or it is no paper.
    pub papers: Vec<Proof>,
    /// The lists it would put her on.
    pub opens: Vec<String>,
    /// The lists it would keep her on for longer.
    pub keeps: Vec<String>,
    /// The lists it would bring her nearer to.
    pub nearer: Vec<String>,
}

/// A paper she sent, or that somebody wrote down for her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub id: EvidenceId,
    /// What it is.
    pub what: String,
    /// How far it has come.
    pub status: EvidenceStatus,
    /// When it came.
    pub at: Timestamp,
    /// Why it was not good enough.
    pub why: Option<String>,
    /// What it shows, its dates, who looked at it and where: for the chapter's people.
    pub content: Value,
}

/// Reads what a member may see of herself.
///
/// # Errors
/// [`Refusal::NotFound`](crate::Refusal::NotFound) where there is no such member, or what the
/// database says.
pub async fn own(
    tx: &mut ReadTx,
    chapter: ChapterId,
    member: MemberId,
    now: Timestamp,
) -> Result<Own> {
    let mut sent = Vec::new();
    for evidence in tx.evidence_of(member).await?.iter().rev().take(SHOWN) {
        let paper = paper_of(evidence)?;
        sent.push(Sent {
            id: evidence.id,
            what: paper.proof.words(),
            status: evidence.status,
            at: evidence.submitted_at,
            why: paper.rejected_because,
            content: evidence.content.clone(),
        });
    }
    let roll = Roll::of_member(tx, chapter, member).await?;
    let day = now.in_zone(&roll.chapter.timezone).date();
    let lists = lists(&roll, day);
    let wanted = roll.facts().first().map_or_else(Vec::new, |facts| {
        renewals(roll.rules(), facts, roll.overrides(), AsOf::day(day))
            .into_iter()
            .map(|renewal| wanted(&renewal))
            .collect()
    });
    let Roll { chapter, mut members, .. } = roll;
    let member = members.pop().ok_or(crate::Refusal::NotFound)?;
    Ok(Own { chapter, member, day, lists, wanted, sent })
}

fn lists(roll: &Roll, day: Date) -> Vec<OwnList> {
    let asked = roll.hospitals.iter().enumerate();
    let asked = asked.filter(|(place, _)| roll.rules()[*place].asks_on(day));
    asked
        .flat_map(|(place, hospital)| {
            roll.judge(place, day).map(move |evaluation| {
                let telling = evaluation.findings.iter().filter(|finding| {
                    let is_open = if evaluation.outcome.is_listed() {
                        !matches!(finding.status, Status::Met | Status::Waived)
                    } else {
                        finding.status >= Status::Pending
                    };
                    finding.rule.severity == Severity::Mandatory && is_open
                });
                OwnList {
                    hospital: hospital.name.clone(),
                    outcome: evaluation.outcome,
                    is_recalled: roll.is_recalled(hospital.id, roll.members[0].id),
                    valid_until: evaluation.valid_until,
                    open: telling
                        .map(|finding| Open {
                            rule: finding.rule.key.replace('_', " "),
                            because: finding.fact_sentence(day, Dates::Spoken),
                            fix: finding.fix(day, Dates::Spoken),
                        })
                        .collect(),
                }
            })
        })
        .collect()
}

fn wanted<'a>(renewal: &Renewal<'a>) -> Wanted {
    let named = |fits: fn(&Effect<'a>) -> bool| {
        let hospitals = renewal.effects.iter().filter(|effect| fits(effect));
        hospitals.map(|effect| effect.hospital.name.clone()).collect::<Vec<_>>()
    };
    let papers = match &renewal.remedy {
        Remedy::Check { .. } => Vec::new(),
        remedy => remedy.papers(),
    };
    Wanted {
        what: renewal.remedy.words(),
        papers,
        opens: named(Effect::opens),
        keeps: named(Effect::keeps),
        nearer: named(Effect::nearer),
    }
}
