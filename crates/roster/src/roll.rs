//! Everything that decides who is on which list, as it stands in the database at one moment.

use std::collections::{HashMap, HashSet};

use eligibility::{
    AsOf, Evaluation, Forecast, Overrides, Profile, evaluate,
    file::{read_evidence, read_profile, read_rule_set},
};
use jiff::civil::Date;
use model::{ChapterId, HospitalId, MemberId};
use storage::{Chapter, ReadTx, Recall};

use crate::{Error, Refusal, Result};

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
        let mut rules: Vec<_> = hospitals
            .iter()
            .map(|hospital| eligibility::Hospital {
                id: hospital.slug.clone(),
                name: hospital.name.clone(),
                rule_sets: Vec::new(),
            })
            .collect();
        let place: HashMap<HospitalId, usize> =
            hospitals.iter().enumerate().map(|(at, hospital)| (hospital.id, at)).collect();
        for set in tx.rule_sets(id).await? {
            let read = read_rule_set(&set.content)
                .map_err(|_| Error::unreadable("version of a hospital's rules", set.id))?;
            if let Some(hospital) = place.get(&set.hospital_id).and_then(|at| rules.get_mut(*at)) {
                hospital.rule_sets.push(read);
            }
        }
        let facts = facts(tx, id, &members).await?;
        let overrides = exceptions
            .iter()
            .filter(|entry| entry.ended_at.is_none() && entry.granted.is_some())
            .filter_map(|entry| {
                let hospital = &hospitals[*place.get(&entry.hospital_id)?];
                Some(counted(entry, &hospital.slug))
            })
            .collect();
        Ok(Self {
            chapter,
            hospitals,
            members,
            exceptions,
            recalls,
            rules,
            facts,
            overrides: Overrides::new(overrides),
        })
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
        let Some(member) = self.members.first() else { return (0, 0) };
        let (mut on, mut of) = (0, 0);
        for (place, hospital) in self.hospitals.iter().enumerate() {
            if self.rules[place].rules_on(day).is_none() {
                continue;
            }
            of += 1;
            let listed = self.judge(place, day).next().is_some_and(|it| it.outcome.is_listed());
            on += usize::from(listed && !self.is_recalled(hospital.id, member.id));
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

/// The members as they are judged: what the roster says of them, their facts and their papers.
async fn facts(
    tx: &mut ReadTx,
    chapter: ChapterId,
    members: &[storage::Member],
) -> Result<Vec<eligibility::Member>> {
    let evidence = match members {
        [one] => tx.evidence_of(one.id).await?,
        _ => tx.evidence_of_chapter(chapter).await?,
    };
    let mut papers: HashMap<MemberId, Vec<eligibility::Evidence>> = HashMap::new();
    for paper in evidence {
        let read = paper_of(&paper)?;
        papers.entry(paper.member_id).or_default().push(read);
    }
    let mut known = HashMap::new();
    let stored = match members {
        [one] => tx.facts_of_member(one.id).await?.into_iter().collect(),
        _ => tx.member_facts(chapter).await?,
    };
    for facts in stored {
        let read = read_profile(&facts.content)
            .map_err(|_| Error::unreadable("facts of a member", facts.member_id))?;
        known.insert(facts.member_id, read);
    }
    Ok(members
        .iter()
        .map(|member| {
            let own = Profile {
                chapter_status: member.status.into(),
                visit_types: member.profile.visit_types.clone(),
                payers: member.profile.payers.clone(),
                languages: member.profile.languages.clone(),
                areas: member.profile.areas.clone(),
                ..known.remove(&member.id).unwrap_or_default()
            };
            let papers = papers.remove(&member.id).unwrap_or_default();
            eligibility::Member::new(&member.id.to_string(), own, papers)
        })
        .collect())
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
