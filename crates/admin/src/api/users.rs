//! `/users`: the chapter's people and what each may do.

use axum::{Json, extract::State};
use model::{
    AdminId, Role,
    schemars::{self, JsonSchema},
};
use serde::Serialize;
use storage::Admin;

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    bearer::{Caller, Keeper},
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Users;
    routes
        .get("/users", area, ("List users", "The chapter's people, with what each may do."), list)
        .get("/users/{id}", area, ("Read a user", "One of the chapter's people."), one)
}

/// One of the chapter's people.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "User")]
struct Shown {
    /// Her id.
    id: AdminId,
    /// Her name.
    name: String,
    /// Her e-mail address.
    email: String,
    /// What she may do.
    role: Role,
    /// Her turn when somebody is called: the lowest first.
    paging_order: i64,
}

impl From<Admin> for Shown {
    fn from(admin: Admin) -> Self {
        Self {
            id: admin.id,
            name: admin.name.reveal().to_owned(),
            email: admin.email.reveal().to_owned(),
            role: admin.role,
            paging_order: admin.paging_order,
        }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "users";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn all(desk: &Desk, by: &Caller) -> Result<Vec<Shown>, Problem> {
    let chapter = by.act.chapter;
    let read = desk
        .dispatch()
        .store()
        .read::<_, storage::Error, _>(move |tx| Box::pin(async move { tx.admins(chapter).await }));
    Ok(read.await.map_err(Error::from)?.into_iter().map(Shown::from).collect())
}

async fn list(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    paging.of(all(&desk, &by).await?)
}

async fn one(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<AdminId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Shown>, Problem> {
    let all = all(&desk, &by).await?;
    Ok(Json(all.into_iter().find(|user| user.id == id).ok_or_else(Problem::not_found)?))
}
