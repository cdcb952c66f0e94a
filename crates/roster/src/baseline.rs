//! The chapter's own list, kept apart from the members' rows: whoever asks members may hold it for as long
//! as nothing that decides it changes, and reads nothing of it while a family waits.

use std::collections::HashSet;

use eligibility::{AsOf, Overrides, evaluate};
use jiff::civil::Date;
use model::{ChapterId, MemberId, MemberStatus};
use storage::{Profile, ReadTx, Recall};

use crate::{
    Result,
    roll::{Kept, granted, rules},
};

/// Everything that decides who is on the chapter's own list but what the roster says of a member.
#[derive(Debug, Clone)]
pub struct Baseline {
    version: i64,
    rules: Option<eligibility::Hospital>,
    overrides: Overrides,
    kept: Kept,
    taken_off: HashSet<MemberId>,
}

impl Baseline {
    /// Reads it.
    ///
    /// # Errors
    /// Where the database failed or holds what cannot be understood.
    pub async fn load(tx: &mut ReadTx, chapter: ChapterId) -> Result<Self> {
        // First: what changes while the rest is read is then known to be newer.
        let version = tx.list_version(chapter).await?;
        let mut hospitals = tx.hospitals(chapter).await?;
        hospitals.retain(|hospital| hospital.baseline);
        let rules = rules(tx, chapter, &hospitals).await?.pop();
        let overrides = granted(&tx.overrides(chapter).await?, &hospitals);
        let kept = match &rules {
            Some(_) => Kept::of_chapter(tx, chapter).await?,
            None => Kept::default(),
        };
        let own = |recall: &Recall| hospitals.iter().any(|list| list.id == recall.hospital_id);
        let taken_off = tx.recalls(chapter).await?.into_iter().filter(own);
        let taken_off = taken_off.map(|recall| recall.member_id).collect();
        Ok(Self { version, rules, overrides, kept, taken_off })
    }

    /// The number of the chapter's lists that it was read at: with another it is old.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Whether it asks for anything on a day: where it does not, it leaves out nobody.
    #[must_use]
    pub fn asks(&self, day: Date) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.asks_on(day))
    }

    /// Whether an active member, with what the roster says of her now, is on it on a day.
    #[must_use]
    pub fn has(&self, member: MemberId, profile: &Profile, day: Date) -> bool {
        let Some(rules) = &self.rules else { return true };
        let judged = self.kept.judged(member, MemberStatus::Active, profile);
        let outcome = evaluate(rules, &judged, &self.overrides, AsOf::day(day)).outcome;
        outcome.is_listed() && !self.taken_off.contains(&member)
    }
}
