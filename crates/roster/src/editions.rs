//! Published lists: frozen with their number, time, rules, entries and explanations. Whoever is taken
//! off one is off the current list at once, by an edition that corrects it and says so.

mod card;
mod changes;
mod csv;
mod fhir;
mod pdf;
mod recalls;
mod seen;

use eligibility::{Dates, Evaluation, Fact, Finding, Outcome, Status, file::write};
use jiff::civil::Date;
use model::{EditionId, HospitalId, MemberId, TaskKind, Timestamp, schemars::JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{Hospital, ReadTx, Store, Task, WriteTx};

pub(crate) use self::recalls::corrected;
pub use self::{
    changes::{Change, changes},
    csv::{card_rows, csv},
    fhir::fhir,
    pdf::pdf,
    recalls::{lift_recall, recall},
    seen::{Seen, edition_of_link},
};
use crate::{Act, Error, Refusal, Result, Roll, hospitals};

/// What a hospital's staff read of a member. It holds what she lets families know and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Card {
    /// Her name as the roster has it.
    pub name: String,
    /// Her certificates and licences that were verified and good on the day, by their initials.
    pub credentials: Vec<String>,
    /// Her number.
    pub phone: Option<String>,
    /// Where families book.
    pub booking_url: Option<String>,
    /// Where she works.
    pub areas: Vec<String>,
    /// What she speaks.
    pub languages: Vec<String>,
    /// Whom she bills.
    pub payers: Vec<String>,
    /// How she sees families.
    pub visit_types: Vec<String>,
    /// How she stands.
    pub standing: Standing,
    /// The last day on which that holds if nothing new comes in.
    pub valid_until: Option<Date>,
}

/// How somebody on a list stands, as far as the list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars", rename = "ListedAs")]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// She meets everything.
    Eligible,
    /// Something has expired and the hospital's days of grace run.
    InGrace,
    /// Somebody granted an exception.
    ByException,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::InGrace => "in_grace",
            Self::ByException => "by_exception",
        }
    }

    fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::EligibleInGrace => Self::InGrace,
            Outcome::EligibleByOverride => Self::ByException,
            _ => Self::Eligible,
        }
    }
}

/// One member of a published list: her card, and for the chapter alone why she is on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Entry {
    /// Who she is.
    pub member: MemberId,
    /// What the list tells of her.
    #[serde(flatten)]
    pub card: Card,
    /// The outcome.
    pub outcome: Outcome,
    /// Each rule with how it stood and why; empty for who does not keep lists.
    pub explanation: Vec<Explained>,
    /// The papers it rests on; empty for who does not keep lists.
    pub evidence: Vec<String>,
}

/// How one rule stood for one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Explained {
    /// The rule's key.
    pub rule: String,
    /// How it stood.
    pub status: Status,
    /// The fact and its date.
    pub because: String,
}

/// A published list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its number.
    pub number: i64,
    /// The number of the one it corrects, where somebody was taken off.
    pub corrects: Option<i64>,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who published it.
    pub published_by: String,
    /// The day for which it was judged.
    pub as_of: Date,
    /// What was frozen.
    #[serde(flatten)]
    pub frozen: Frozen,
}

/// What an edition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Frozen {
    /// The chapter's name.
    pub chapter: String,
    /// The hospital's slug.
    pub hospital: String,
    /// The hospital's name.
    pub hospital_name: String,
    /// The rules by which it was judged.
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub rule_set: Value,
    /// Who is on it, by name.
    pub entries: Vec<Entry>,
    /// How many were taken off by the correction that this edition is.
    #[serde(default)]
    pub taken_off: usize,
}

impl Edition {
    /// Keeps back what papers say: why each is on it and by which papers.
    pub fn keep_back_papers(&mut self) {
        for entry in &mut self.frozen.entries {
            (entry.explanation, entry.evidence) = (Vec::new(), Vec::new());
        }
    }
}

impl TryFrom<storage::Edition> for Edition {
    type Error = Error;

    fn try_from(stored: storage::Edition) -> Result<Self> {
        let frozen = serde_json::from_value(stored.content)
            .map_err(|_| Error::unreadable("edition", stored.id))?;
        Ok(Self {
            id: stored.id,
            number: stored.number,
            corrects: stored.corrects,
            published_at: stored.published_at,
            published_by: stored.published_by,
            as_of: stored.as_of,
            frozen,
        })
    }
}

/// Publishes a hospital's list as it is today. It gets a private link if it has none.
///
/// # Errors
/// [`Refusal::NoRules`] where nothing is asked for yet, another [`Refusal`], or what the database says.
pub async fn publish(store: &Store, act: &Act, slug: &str) -> Result<Edition> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                tx.lock_hospital(hospital.id).await?;
                let hospital = hospitals::with_link(tx, &act, hospital).await?;
                let roll = Roll::load(tx, act.chapter).await?;
                let today = act.today(&roll.chapter);
                let frozen = freeze(tx, &roll, &hospital, today).await?;
                add(tx, &act, &hospital, today, None, frozen).await
            })
        })
        .await
}

async fn add(
    tx: &mut WriteTx,
    act: &Act,
    hospital: &Hospital,
    as_of: Date,
    corrects: Option<i64>,
    frozen: Frozen,
) -> Result<Edition> {
    let last = tx.newest_edition(hospital.id, None).await?.map_or(0, |edition| edition.number);
    let edition = Edition {
        id: EditionId::generate(act.now, &act.chance),
        number: last + 1,
        corrects,
        published_at: act.now,
        published_by: act.by.to_string(),
        as_of,
        frozen,
    };
    let stored = storage::Edition {
        id: edition.id,
        chapter_id: act.chapter,
        hospital_id: hospital.id,
        number: edition.number,
        corrects,
        as_of,
        content: serde_json::to_value(&edition.frozen)
            .map_err(|_| Error::unreadable("edition", edition.id))?,
        published_by: edition.published_by.clone(),
        published_at: act.now,
    };
    if !tx.add_edition(&stored).await? {
        return Err(Refusal::Changed.into());
    }
    let detail = json!({
        "hospital": hospital.id, "edition": edition.number, "corrects": corrects,
        "entries": edition.frozen.entries.len(),
    });
    act.record(tx, "edition_published", detail).await?;
    // The hospital's people are told by whoever does the timed work, once.
    let (kind, subject) = (TaskKind::Notice, edition.id.as_uuid());
    tx.plan(Task { kind, subject, chapter_id: act.chapter }, act.now).await?;
    Ok(edition)
}

/// Who is on a hospital's list on a day, with everything that is frozen of it.
async fn freeze(tx: &mut ReadTx, roll: &Roll, hospital: &Hospital, day: Date) -> Result<Frozen> {
    let place = roll.place_of(&hospital.slug)?;
    let asked = Some(&roll.rules()[place]).filter(|rules| rules.asks_on(day));
    let rules = asked.and_then(|rules| rules.rules_on(day)).ok_or(Refusal::NoRules)?;
    let mut entries = Vec::new();
    for (member, evaluation) in roll.listed(place, day) {
        let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
        entries.push(entry(member, phone.as_ref(), &evaluation));
    }
    entries.sort_by(|a, b| {
        (a.card.name.to_lowercase(), a.member).cmp(&(b.card.name.to_lowercase(), b.member))
    });
    Ok(Frozen {
        chapter: roll.chapter.name.clone(),
        hospital: hospital.slug.clone(),
        hospital_name: hospital.name.clone(),
        rule_set: write::rule_set(rules),
        entries,
        taken_off: 0,
    })
}

fn entry(
    member: &storage::Member,
    phone: Option<&model::Phone>,
    evaluation: &Evaluation<'_>,
) -> Entry {
    let profile = &member.profile;
    let explained = |finding: &Finding<'_>| Explained {
        rule: finding.rule.key.clone(),
        status: finding.status,
        because: finding.sentence(evaluation.day, Dates::Iso),
    };
    let mut evidence = Vec::new();
    for finding in &evaluation.findings {
        papers(finding, &mut evidence);
    }
    evidence.sort();
    evidence.dedup();
    Entry {
        member: member.id,
        card: Card {
            name: member.name.reveal().to_owned(),
            credentials: evaluation.member.verified_initials(evaluation.day),
            phone: phone.map(|phone| phone.e164().to_owned()),
            booking_url: member.private.booking_url.clone(),
            areas: profile.areas.clone(),
            languages: profile.languages.clone(),
            payers: profile.payers.clone(),
            visit_types: profile.visit_types.clone(),
            standing: Standing::of(evaluation.outcome),
            valid_until: evaluation.valid_until,
        },
        outcome: evaluation.outcome,
        explanation: evaluation.findings.iter().map(explained).collect(),
        evidence,
    }
}

/// The papers on which a finding rests.
fn papers(finding: &Finding<'_>, into: &mut Vec<String>) {
    if let Fact::Held { paper, .. } | Fact::Lapsed { paper, .. } = finding.fact {
        into.push(paper.id.clone());
    }
    for child in &finding.children {
        papers(child, into);
    }
}

async fn newest(
    tx: &mut ReadTx,
    hospital: HospitalId,
    before: Option<i64>,
) -> Result<Option<Edition>> {
    tx.newest_edition(hospital, before).await?.map(Edition::try_from).transpose()
}

/// The current list of a hospital, and the one before it.
///
/// # Errors
/// [`Refusal::NotFound`] where none was published yet, or what the database says.
pub async fn current(store: &Store, act: &Act, slug: &str) -> Result<(Edition, Option<Edition>)> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .read(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                of_hospital(tx, hospital.id).await?.ok_or_else(|| Refusal::NotFound.into())
            })
        })
        .await
}

/// An edition of a hospital's list by its number, and the one before it.
///
/// # Errors
/// [`Refusal::NotFound`], or what the database says.
pub async fn edition(
    store: &Store,
    act: &Act,
    slug: &str,
    number: i64,
) -> Result<(Edition, Option<Edition>)> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .read(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                let found = tx.edition(hospital.id, number).await?.ok_or(Refusal::NotFound)?;
                Ok((found.try_into()?, newest(tx, hospital.id, Some(number)).await?))
            })
        })
        .await
}

/// The editions of a hospital's list, newest first, so many at most.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn editions(store: &Store, act: &Act, slug: &str, limit: i64) -> Result<Vec<Edition>> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .read(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                let all = tx.editions(hospital.id, limit).await?;
                all.into_iter().map(Edition::try_from).collect()
            })
        })
        .await
}

async fn of_hospital(
    tx: &mut ReadTx,
    hospital: HospitalId,
) -> Result<Option<(Edition, Option<Edition>)>> {
    let Some(current) = newest(tx, hospital, None).await? else { return Ok(None) };
    let before = newest(tx, hospital, Some(current.number)).await?;
    Ok(Some((current, before)))
}
