//! Everything that decides who is on which list, as it stands in the database at one moment.

use std::collections::{HashMap, HashSet};

use eligibility::{
    AsOf, Evaluation, Forecast, Overrides, Profile, evaluate,
    file::{read_evidence, read_profile, read_rule_set},
};
use jiff::civil::Date;
use model::{ChapterId, HospitalId, MemberId, MemberStatus};
use storage::{Chapter, ReadTx, Recall};

use crate::{Error, Refusal, Result, areas::with_boroughs};

/// A chapter's hospitals, members, papers and exceptions.
#[derive(Debug, Clone)]
pub struct Roll {
    /// The chapter.
    pub chapter: Chapter,
    /// The hospitals, the chapter's own baseline first.
    pub hospitals: Vec<storage::Hospital>,
    /// The members who were not removed.
    pub members: Vec<storage::Member>,
    /// The exceptions, those that wait or are over included.
    pub exceptions: Vec<storage::Override>,
    /// Who is taken off which list.
    pub recalls: Vec<Recall>,
    /// The hospitals' rules, in the order of `hospitals`, each under its slug.
    rules: Vec<eligibility::Hospital>,
    /// The members' facts, in the order of `members`, each under her id.
    facts: Vec<eligibility::Member>,
    overrides: Overrides,
}

impl Roll {
    /// Reads a chapter's.
    ///
    /// # Errors
    /// Where the database failed or holds what cannot be understood.
    pub async fn load(tx: &mut ReadTx, chapter: ChapterId) -> Result<Self> {
        let members = tx.roster(chapter).await?;
        Self::of(tx, chapter, members).await
    }

    /// Reads what concerns one member alone.
    ///
    /// # Errors
    /// Where the database failed, or there is no such member.
    pub async fn of_member(tx: &mut ReadTx, chapter: ChapterId, id: MemberId) -> Result<Self> {
        let member = tx.member(id).await?.filter(|member| member.chapter_id == chapter);
        let member = member.ok_or(Refusal::NotFound)?;
        Self::of(tx, chapter, vec![member]).await
    }

    async fn of(tx: &mut ReadTx, id: ChapterId, members: Vec<storage::Member>) -> Result<Self> {
        let chapter = tx.chapter(id).await?.ok_or(Refusal::NotFound)?;
        let hospitals = tx.hospitals(id).await?;
        let exceptions = tx.overrides(id).await?;
        let recalls = tx.recalls(id).await?;
        let rules = rules(tx, id, &hospitals).await?;
        let kept = match &members[..] {
            [one] => Kept::of_member(tx, one.id).await?,
            _ => Kept::of_chapter(tx, id).await?,
        };
        let judged = |one: &storage::Member| kept.judged(one.id, one.status, &one.profile);
        let facts = members.iter().map(judged).collect();
        let overrides = granted(&exceptions, &hospitals);
        Ok(Self { chapter, hospitals, members, exceptions, recalls, rules, facts, overrides })
    }

    /// The hospitals' rules as they are judged, in the order of `hospitals`.
    #[must_use]
    pub fn rules(&self) -> &[eligibility::Hospital] {
        &self.rules
    }

    /// The members as they are judged, in the order of `members`.
    #[must_use]
    pub fn facts(&self) -> &[eligibility::Member] {
        &self.facts
    }

    /// The exceptions that somebody approved and nobody took back.
    #[must_use]
    pub fn overrides(&self) -> &Overrides {
        &self.overrides
    }

    /// A hospital's place among `hospitals`, by its slug.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn place_of(&self, slug: &str) -> Result<usize> {
        let place = self.hospitals.iter().position(|hospital| hospital.slug == slug);
        Ok(place.ok_or(Refusal::NotFound)?)
    }

    /// Judges every member for one hospital on one day, in the order of `members`.
    pub fn judge(&self, hospital: usize, day: Date) -> impl Iterator<Item = Evaluation<'_>> {
        let rules = &self.rules[hospital];
        self.facts
            .iter()
            .map(move |member| evaluate(rules, member, &self.overrides, AsOf::day(day)))
    }

    /// Looks ahead for every member and one hospital, in the order of `members`.
    pub fn forecast(
        &self,
        hospital: usize,
        day: Date,
        days: u32,
    ) -> impl Iterator<Item = Forecast<'_>> {
        let rules = &self.rules[hospital];
        self.facts.iter().map(move |member| {
            eligibility::forecast(rules, member, &self.overrides, AsOf::day(day), days)
        })
    }

    /// Whether a member is on a hospital's list as she was judged: eligible, and not taken off.
    #[must_use]
    pub fn is_on(&self, hospital: usize, member: MemberId, judged: &Evaluation<'_>) -> bool {
        judged.outcome.is_listed() && !self.is_recalled(self.hospitals[hospital].id, member)
    }

    /// Who is on a hospital's list on a day, in the order of `members`, each as she was judged.
    pub fn listed(
        &self,
        hospital: usize,
        day: Date,
    ) -> impl Iterator<Item = (&storage::Member, Evaluation<'_>)> {
        let judged = self.members.iter().zip(self.judge(hospital, day));
        judged.filter(move |(member, evaluation)| self.is_on(hospital, member.id, evaluation))
    }

    /// Who is in good standing by the chapter's own list on a day; `None` where it has none, or one
    /// that asks for nothing yet.
    #[must_use]
    pub fn in_standing(&self, day: Date) -> Option<HashSet<MemberId>> {
        let baseline = self.hospitals.iter().position(|hospital| hospital.baseline)?;
        let asks = self.rules[baseline].asks_on(day);
        asks.then(|| self.listed(baseline, day).map(|(member, _)| member.id).collect())
    }

    /// Of a roll of one member: on how many lists she is on a day, and how many ask for anything.
    #[must_use]
    pub fn standing_of_one(&self, day: Date) -> (usize, usize) {
        let asked = (0..self.hospitals.len()).filter(|place| self.rules[*place].asks_on(day));
        let (mut on, mut of) = (0, 0);
        for place in asked {
            of += 1;
            on += self.listed(place, day).count();
        }
        (on, of)
    }

    /// Whether a member is taken off a hospital's list.
    #[must_use]
    pub fn is_recalled(&self, hospital: HospitalId, member: MemberId) -> bool {
        self.recalls
            .iter()
            .any(|recall| recall.hospital_id == hospital && recall.member_id == member)
    }
}

/// The rules of hospitals, in their order, each under its slug.
pub(crate) async fn rules(
    tx: &mut ReadTx,
    chapter: ChapterId,
    hospitals: &[storage::Hospital],
) -> Result<Vec<eligibility::Hospital>> {
    let mut rules: Vec<_> = hospitals
        .iter()
        .map(|hospital| eligibility::Hospital {
            id: hospital.slug.clone(),
            name: hospital.name.clone(),
            rule_sets: Vec::new(),
        })
        .collect();
    for set in tx.rule_sets(chapter).await? {
        let place = hospitals.iter().position(|hospital| hospital.id == set.hospital_id);
        let Some(hospital) = place.and_then(|at| rules.get_mut(at)) else { continue };
        let read = read_rule_set(&set.content)
            .map_err(|_| Error::unreadable("version of a hospital's rules", set.id))?;
        hospital.rule_sets.push(read);
    }
    Ok(rules)
}

/// The exceptions for these hospitals that somebody approved and nobody took back.
pub(crate) fn granted(
    exceptions: &[storage::Override],
    hospitals: &[storage::Hospital],
) -> Overrides {
    let standing = exceptions.iter().filter(|it| it.ended_at.is_none() && it.granted.is_some());
    let counted = standing.filter_map(|entry| {
        let hospital = hospitals.iter().find(|hospital| hospital.id == entry.hospital_id)?;
        Some(counted(entry, &hospital.slug))
    });
    Overrides::new(counted.collect())
}

/// Members' papers, and the facts beside them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    papers: HashMap<MemberId, Vec<eligibility::Evidence>>,
    facts: HashMap<MemberId, Profile>,
}

impl Kept {
    /// Those of all members of a chapter.
    pub(crate) async fn of_chapter(tx: &mut ReadTx, chapter: ChapterId) -> Result<Self> {
        Self::read(tx.evidence_of_chapter(chapter).await?, tx.member_facts(chapter).await?)
    }

    /// Those of one member.
    async fn of_member(tx: &mut ReadTx, member: MemberId) -> Result<Self> {
        let facts = tx.facts_of_member(member).await?.into_iter().collect();
        Self::read(tx.evidence_of(member).await?, facts)
    }

    fn read(evidence: Vec<storage::Evidence>, facts: Vec<storage::MemberFacts>) -> Result<Self> {
        let mut kept = Self::default();
        for paper in evidence {
            let read = paper_of(&paper)?;
            kept.papers.entry(paper.member_id).or_default().push(read);
        }
        for facts in facts {
            let read = read_profile(&facts.content)
                .map_err(|_| Error::unreadable("facts of a member", facts.member_id))?;
            kept.facts.insert(facts.member_id, read);
        }
        Ok(kept)
    }

    /// A member as she is judged: what the roster says of her, her facts and her papers.
    pub(crate) fn judged(
        &self,
        member: MemberId,
        status: MemberStatus,
        profile: &storage::Profile,
    ) -> eligibility::Member {
        let own = Profile {
            chapter_status: status.into(),
            visit_types: profile.visit_types.clone(),
            payers: profile.payers.clone(),
            languages: profile.languages.clone(),
            areas: with_boroughs(&profile.areas),
            ..self.facts.get(&member).cloned().unwrap_or_default()
        };
        let papers = self.papers.get(&member).cloned().unwrap_or_default();
        eligibility::Member::new(&member.to_string(), own, papers)
    }
}

/// A piece of evidence as it is judged.
pub(crate) fn paper_of(evidence: &storage::Evidence) -> Result<eligibility::Evidence> {
    let read = read_evidence(&evidence.content)
        .map_err(|_| Error::unreadable("piece of evidence", evidence.id))?;
    Ok(eligibility::Evidence { id: evidence.id.to_string(), status: evidence.status, ..read })
}

/// A paper that nobody has read or looked at.
pub(crate) fn unsent(
    proof: eligibility::Proof,
    issued: Option<Date>,
    expires: Option<Date>,
) -> eligibility::Evidence {
    eligibility::Evidence {
        id: String::new(),
        proof,
        issued,
        expires,
        status: eligibility::EvidenceStatus::Submitted,
        rejected_because: None,
        verifier: None,
        verified_on: None,
        lookup: None,
    }
}

/// An exception as it is judged.
fn counted(entry: &storage::Override, hospital: &str) -> eligibility::Override {
    eligibility::Override {
        id: entry.id.to_string(),
        hospital: hospital.to_owned(),
        member: entry.member_id.to_string(),
        rule: entry.rule.clone(),
        reason: entry.reason.clone(),
        requested_by: Some(entry.requested_by.clone()),
        approver: entry.approved_by.clone(),
        granted: entry.granted,
        expires: Some(entry.expires),
    }
}
