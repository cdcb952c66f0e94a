//! What is known of the members whom a file names, read once: who each is called, her papers, her facts.

use std::collections::{HashMap, HashSet};

use model::{ChapterId, MemberId, Phone};
use serde_json::{Map, Value};
use storage::{Evidence, ReadTx};

use crate::{Act, Result, facts::facts_of, roll::paper_of};

/// The roster by everything that may name somebody: number, e-mail address, exact name, id.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<String, Vec<MemberId>>,
    /// The members whom whoever brings the file in is herself.
    own: HashSet<MemberId>,
}

impl Names {
    pub(super) async fn load(tx: &mut ReadTx, act: &Act) -> Result<Self> {
        let mut names = Self::default();
        let known = act.by.known(tx).await?;
        for member in tx.roster(act.chapter).await? {
            if known.is(&member) {
                names.own.insert(member.id);
            }
            names.add(member.name.reveal(), member.id);
            names.add(&member.id.to_string(), member.id);
            if let Some(email) = &member.email {
                names.add(email.reveal(), member.id);
            }
            let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
            if let Some(phone) = phone {
                names.add(phone.e164(), member.id);
            }
        }
        Ok(names)
    }

    fn add(&mut self, name: &str, id: MemberId) {
        let ids = self.ids.entry(name.trim().to_ascii_lowercase()).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    /// Whether this is whoever brings the file in.
    pub(super) fn is_own(&self, member: MemberId) -> bool {
        self.own.contains(&member)
    }

    /// Everybody whom a cell may mean.
    pub(super) fn of(&self, cell: &str) -> HashSet<MemberId> {
        let named = self.ids.get(&cell.trim().to_ascii_lowercase());
        let phone = Phone::parse(cell).ok();
        let called = phone.and_then(|phone| self.ids.get(phone.e164()));
        named.into_iter().chain(called).flatten().copied().collect()
    }
}

/// Papers and facts as they are in the database, and as the lines so far make them.
#[derive(Default)]
pub(super) struct Book {
    papers: HashMap<MemberId, Vec<(eligibility::Evidence, Evidence)>>,
    facts: HashMap<MemberId, Value>,
}

impl Book {
    /// Those of a whole chapter.
    pub(super) async fn of_chapter(tx: &mut ReadTx, chapter: ChapterId) -> Result<Self> {
        let mut book = Self::default();
        for evidence in tx.evidence_of_chapter(chapter).await? {
            book.put(paper_of(&evidence)?, evidence);
        }
        for facts in tx.member_facts(chapter).await? {
            book.facts.insert(facts.member_id, facts.content);
        }
        Ok(book)
    }

    /// Those of some members.
    pub(super) async fn of(tx: &mut ReadTx, members: &HashSet<MemberId>) -> Result<Self> {
        let mut book = Self::default();
        for member in members {
            for evidence in tx.evidence_of(*member).await? {
                book.put(paper_of(&evidence)?, evidence);
            }
            book.facts.insert(*member, facts_of(tx, *member).await?);
        }
        Ok(book)
    }

    /// Her paper that shows the same and was issued on the same day.
    pub(super) fn same(
        &self,
        member: MemberId,
        paper: &eligibility::Evidence,
    ) -> Option<&(eligibility::Evidence, Evidence)> {
        let hers = self.papers.get(&member)?;
        hers.iter().find(|(known, _)| known.proof == paper.proof && known.issued == paper.issued)
    }

    /// Keeps a paper in place of the one of its id.
    pub(super) fn put(&mut self, paper: eligibility::Evidence, evidence: Evidence) {
        let hers = self.papers.entry(evidence.member_id).or_default();
        hers.retain(|(_, known)| known.id != evidence.id);
        hers.push((paper, evidence));
    }

    pub(super) fn facts(&self, member: MemberId) -> Map<String, Value> {
        self.facts.get(&member).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    pub(super) fn put_facts(&mut self, member: MemberId, facts: Value) {
        self.facts.insert(member, facts);
    }
}
