//! What a family or a member may ask for: everything that is known of her, or that it be erased.

use axum::{Json, extract::State};
use dispatch::NotErased;
use model::{
    InquiryId, MemberId,
    schemars::{JsonSchema, Schema, SchemaGenerator, json_schema},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::Done,
    bearer::Keeper,
    body::Nothing,
    routes::{Area, Routes},
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let (families, members) = (Area::Conversations, Area::Members);
    routes
        .get("/conversations/{id}/export", families, ("Export a family", "Everything the chapter has of the family of a conversation, for the family itself. That it was asked for is recorded."), export_family)
        .post("/conversations/{id}/erase", families, ("Erase a family", "Erases all that the family of a conversation wrote and was written to, what was read of it, and its number. Counts stay, and that there was consent. Its conversations must be closed."), erase_family)
        .get("/members/{id}/export", members, ("Export a member", "Everything the chapter has of a member, for herself. That it was asked for is recorded."), export_member)
        .post("/members/{id}/erase", members, ("Erase a member", "Takes a member off the roster and every list, and erases all that is known of her. Counts stay, and the editions that were published."), erase_member)
}

/// Everything that is known of somebody.
#[derive(Serialize)]
#[serde(transparent)]
struct Known(Value);

impl JsonSchema for Known {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Known".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}

async fn export_family(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<InquiryId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Known>, Problem> {
    let told = desk.dispatch().export_family(by.act.chapter, id, by.who()).await?;
    Ok(Json(Known(told.ok_or_else(Problem::not_found)?)))
}

async fn erase_family(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<InquiryId>>,
    _: Nothing,
) -> Result<Done, Problem> {
    match desk.dispatch().erase_family(by.act.chapter, id, by.who()).await? {
        Ok(()) => Ok(Done),
        Err(NotErased::NotFound) => Err(Problem::not_found()),
        Err(NotErased::Open) => {
            let detail = "A conversation of that family is open: close it first. Nothing changed.";
            Err(Problem::conflict(detail))
        }
    }
}

async fn export_member(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Known>, Problem> {
    Ok(Json(Known(roster::export_member(desk.dispatch().store(), &by.act, id).await?)))
}

async fn erase_member(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    _: Nothing,
) -> Result<Done, Problem> {
    roster::erase_member(desk.dispatch().store(), &by.act, id).await?;
    Ok(Done)
}
