//! `/overrides`: exceptions asked for, approved by another, ended.

use axum::{Json, extract::State};
use jiff::civil::Date;
use model::{
    MemberId, OverrideId, Timestamp,
    schemars::{self, JsonSchema},
};
use roster::NewException;
use serde::Serialize;
use storage::Override;

use super::{Area, Problem, Routes, hospitals::found};
use crate::{
    Desk,
    api::{
        address::{Asked, Id, Named},
        answer::{Created, Done},
        bearer::{Caller, Keeper, Looker},
        body::{Nothing, Told},
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Lists;
    routes
        .get("/overrides", area, ("List exceptions", "The chapter's exceptions, those that are over included, in the order in which they were asked for."), list)
        .post("/overrides", area, ("Ask for an exception", "Asks that one rule of one hospital be waived for one member until a day. It counts once somebody else approves it."), request)
        .post("/overrides/{id}/approve", area, ("Approve an exception", "It counts from today through its end. Another person than the one who asked must approve it."), approve)
        .post("/overrides/{id}/end", area, ("End an exception", "Refuses an exception that waits, or takes one back."), end)
}

/// An exception.
#[derive(Serialize, JsonSchema)]
struct Exception {
    /// Its id.
    id: OverrideId,
    /// The hospital's slug.
    hospital: String,
    /// The member.
    member: MemberId,
    /// The key of the rule.
    rule: String,
    /// Why; `null` for who does not keep lists.
    reason: Option<String>,
    /// The last day on which it counts.
    expires: Date,
    /// Who asked for it.
    requested_by: String,
    /// When.
    requested_at: Timestamp,
    /// Who approved it; `null` until somebody has.
    approver: Option<String>,
    /// The first day on which it counts, once it is approved.
    granted: Option<Date>,
    /// Who refused it or took it back.
    ended_by: Option<String>,
    /// When.
    ended_at: Option<Timestamp>,
}

impl Exception {
    fn of(hospital: String, entry: Override, by: &Caller) -> Self {
        Self {
            id: entry.id,
            hospital,
            member: entry.member_id,
            rule: entry.rule,
            reason: by.reads_papers().then_some(entry.reason),
            expires: entry.expires,
            requested_by: entry.requested_by,
            requested_at: entry.requested_at,
            approver: entry.approved_by,
            granted: entry.granted,
            ended_by: entry.ended_by,
            ended_at: entry.ended_at,
        }
    }
}

impl Listed for Exception {
    const NAME: &'static str = "overrides";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Exception>, Problem> {
    let all = roster::exceptions(desk.dispatch().store(), &by.act).await?;
    let all = all.into_iter().map(|(hospital, entry)| Exception::of(hospital, entry, &by));
    paging.of(all.collect())
}

async fn request(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Told(new): Told<NewException>,
) -> Result<Created<Json<Exception>>, Problem> {
    let hospital = new.hospital.clone();
    let unknown = |field: &'static str| {
        move |problem: Problem| {
            if problem.is_not_found() {
                Problem::unprocessable(field, format!("The chapter has no such {field}."))
            } else {
                problem
            }
        }
    };
    found(&desk, &by.act, hospital.clone()).await.map_err(unknown("hospital"))?;
    let entry = roster::request(desk.dispatch().store(), &by.act, new).await;
    let entry = entry.map_err(Problem::from).map_err(unknown("member"))?;
    Ok(Created(Json(Exception::of(hospital, entry, &by))))
}

async fn approve(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<OverrideId>>,
    _: Nothing,
) -> Result<Done, Problem> {
    roster::approve(desk.dispatch().store(), &by.act, id).await?;
    Ok(Done)
}

async fn end(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<OverrideId>>,
    _: Nothing,
) -> Result<Done, Problem> {
    roster::end(desk.dispatch().store(), &by.act, id).await?;
    Ok(Done)
}
