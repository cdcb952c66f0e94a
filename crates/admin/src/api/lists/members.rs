//! `/members`: who they are, and the facts of each that rules ask for.

use axum::{Json, extract::State};
use jiff::civil::Date;
use model::{
    MemberId, MemberStatus,
    schemars::{self, JsonSchema},
    shapes::Line,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Area, Problem, Routes, read};
use crate::{
    Desk,
    api::{
        address::{Asked, Id, Named, Whole},
        bearer::{Keeper, Looker},
        body::Told,
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Members;
    routes
        .get(
            "/members",
            area,
            ("List members", "The chapter's members, in the order in which they came."),
            list,
        )
        .get(
            "/members/{id}/facts",
            area,
            (
                "Read a member's facts",
                "The facts of a member that rules ask for and the roster does not hold.",
            ),
            facts,
        )
        .put(
            "/members/{id}/facts",
            area,
            (
                "Put a member's facts",
                "Keeps the facts of a member in place of those that were known.",
            ),
            put,
        )
}

/// A member.
#[derive(Serialize, JsonSchema)]
struct Member {
    /// Her id.
    id: MemberId,
    /// Her name as the roster has it.
    name: String,
    /// Her standing on the roster.
    status: MemberStatus,
}

impl Listed for Member {
    const NAME: &'static str = "members";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only those of this standing.
    status: Option<MemberStatus>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Filter { status, paging }): Asked<Filter>,
) -> Result<Page<Member>, Problem> {
    let chapter = by.act.chapter;
    let members = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.roster(chapter).await?) })
    });
    let members = members.await?;
    let wanted =
        members.iter().filter(|member| status.is_none_or(|status| status == member.status));
    let shown = wanted.map(|member| Member {
        id: member.id,
        name: member.name.reveal().to_owned(),
        status: member.status,
    });
    paging.of(shown.collect())
}

/// The facts of a member that rules ask for and the roster does not hold.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MemberFacts")]
struct Facts {
    /// Until when her dues are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    membership_paid_through: Option<Date>,
    /// The chapter's events she came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    events: Option<Vec<Date>>,
    /// Her conflicts of interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Vec<Line<200>>>", length(max = 100))]
    conflicts: Option<Vec<String>>,
    /// Since when she has practised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    practice_start: Option<Date>,
    /// Whether she has a sliding scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sliding_scale: Option<bool>,
}

async fn facts(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Facts>, Problem> {
    let facts = roster::facts(desk.dispatch().store(), &by.act, id).await?;
    Ok(Json(read("facts", id, facts)?))
}

async fn put(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Told(facts): Told<Facts>,
) -> Result<Json<Facts>, Problem> {
    let kept = roster::put_facts(desk.dispatch().store(), &by.act, id, json!(facts)).await?;
    Ok(Json(read("facts", id, kept)?))
}
