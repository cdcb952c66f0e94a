//! `/hospitals/{slug}/rules`: what a hospital asks for, version by version.

mod kinds;

use axum::{Json, extract::State};
use jiff::civil::Date;
use model::{
    RuleSetId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::{Line, Words},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Area, Hospital, Problem, Routes, hospitals::found};
use crate::{
    Desk,
    api::{
        address::{Asked, Named},
        answer::Created,
        bearer::{Keeper, Looker},
        body::Shaped,
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Lists;
    routes
        .get("/hospitals/{slug}/rules", area, ("List versions of rules", "What a hospital asks for: every version of its rules, in the order in which they were written down."), list)
        .post("/hospitals/{slug}/rules", area, ("Add a version of rules", "Adds a version of a hospital's rules. A version is never replaced."), new)
}

/// A version of a hospital's rules, to be added.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct NewRules {
    /// What it is called; no two of a hospital's are called the same.
    #[schemars(with = "Line<60>")]
    version: String,
    /// The first day on which it is in force; the one without always was.
    effective_from: Option<Date>,
    /// The chapter's note.
    #[schemars(with = "Option<Words<4000>>")]
    note: Option<String>,
    /// The rules; no two have the same key.
    #[schemars(length(max = 200))]
    rules: Vec<kinds::NewRule>,
}

/// A version of a hospital's rules.
#[derive(Serialize, Deserialize, JsonSchema)]
struct RuleSet {
    /// What it is called.
    version: String,
    /// The first day on which it is in force; without it, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<Date>,
    /// The chapter's note.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The rules, as they were added.
    rules: Vec<Map<String, Value>>,
}

/// A version of a hospital's rules, with who wrote it down.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RuleSet")]
struct Shown {
    /// Its id.
    id: RuleSetId,
    #[serde(flatten)]
    set: RuleSet,
    /// Who wrote it down.
    added_by: String,
    /// When.
    added_at: Timestamp,
}

impl TryFrom<storage::RuleSet> for Shown {
    type Error = Problem;

    fn try_from(set: storage::RuleSet) -> Result<Self, Problem> {
        let unreadable = |_| roster::Error::Unreadable { what: "rules", id: set.id.to_string() };
        // As they would be written down today, so that they can be sent again as they are.
        let read = eligibility::file::read_rule_set(&set.content).map_err(unreadable)?;
        Ok(Self {
            id: set.id,
            set: super::read("rules", set.id, eligibility::file::write::rule_set(&read))?,
            added_by: set.added_by,
            added_at: set.created_at,
        })
    }
}

impl Listed for Shown {
    const NAME: &'static str = "rule_sets";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    let hospital = found(&desk, &by.act, slug).await?;
    let sets = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.rule_sets(hospital.chapter_id).await?) })
    });
    let own = sets.await?.into_iter().filter(|set| set.hospital_id == hospital.id);
    paging.of(own.map(Shown::try_from).collect::<Result<_, _>>()?)
}

async fn new(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    Shaped(rules, _): Shaped<NewRules>,
) -> Result<Created<Json<Shown>>, Problem> {
    let set = roster::add_rule_set(desk.dispatch().store(), &by.act, &slug, rules).await?;
    Ok(Created(Json(set.try_into()?)))
}
