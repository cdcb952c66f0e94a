//! `/hospitals/{slug}/recalls`: who was taken off a list.

use axum::{Json, extract::State};
use model::{
    MemberId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::{Line, Slug},
};
use serde::{Deserialize, Serialize};

use super::{Area, Hospital, Problem, Routes, editions::Summary, roll};
use crate::{
    Desk,
    api::{
        address::{Asked, Named, Whole},
        answer::{Created, Done},
        bearer::{Keeper, Looker},
        body::Told,
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Lists;
    routes
        .get("/hospitals/{slug}/recalls", area, ("List recalls", "Who is taken off a hospital's list."), list)
        .post("/hospitals/{slug}/recalls", area, ("Recall a member", "Takes a member off a hospital's list: at once, by an edition that corrects the current one, and off later ones until it is lifted."), recall)
        .delete("/hospitals/{slug}/recalls/{member}", area, ("Lift a recall", "Lets a member onto later editions again."), lift)
}

/// The taking off of a member.
#[derive(Serialize, JsonSchema)]
struct Recall {
    /// The member.
    member: MemberId,
    /// Why; `null` for who does not keep lists.
    reason: Option<String>,
    /// Who did it.
    recalled_by: String,
    /// When.
    recalled_at: Timestamp,
}

impl Listed for Recall {
    const NAME: &'static str = "recalls";

    fn place(&self) -> String {
        self.member.to_string()
    }
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Recall>, Problem> {
    let roll = roll(&desk, &by.act).await?;
    let hospital = roll.hospitals[roll.place_of(&slug)?].id;
    let own = roll.recalls.iter().filter(|recall| recall.hospital_id == hospital);
    let own = own.map(|recall| Recall {
        member: recall.member_id,
        reason: by.reads_papers().then(|| recall.reason.clone()),
        recalled_by: recall.recalled_by.clone(),
        recalled_at: recall.recalled_at,
    });
    paging.of(own.collect())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRecall {
    /// The member.
    member: MemberId,
    /// Why; for the chapter's people alone.
    #[schemars(with = "Line<400>")]
    reason: String,
}

/// What came of taking a member off.
#[derive(Serialize, JsonSchema)]
struct Recalled {
    /// The member.
    member: MemberId,
    /// The edition that corrects the list; `null` where she was not on it.
    correction: Option<Summary>,
}

async fn recall(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    Told(NewRecall { member, reason }): Told<NewRecall>,
) -> Result<Created<Json<Recalled>>, Problem> {
    let store = desk.dispatch().store();
    let edition = roster::recall(store, &by.act, &slug, member, &reason).await?;
    let correction = edition.as_ref().map(Summary::from);
    Ok(Created(Json(Recalled { member, correction })))
}

#[derive(Deserialize, JsonSchema)]
struct Whom {
    /// The hospital's slug.
    #[schemars(with = "Slug")]
    slug: String,
    /// The member.
    member: MemberId,
}

async fn lift(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Whom { slug, member }): Named<Whom>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    roster::lift_recall(desk.dispatch().store(), &by.act, &slug, member).await?;
    Ok(Done)
}
