//! `/users`: the chapter's people and what each may do.

use axum::extract::State;
use dispatch::{AboutPerson, Invited};
use model::{
    AdminId, EmailAddress, PersonName, Phone, Role,
    schemars::{self, JsonSchema},
    shapes::{Email, Line},
};
use serde::{Deserialize, Serialize};
use storage::Admin;

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::{Done, TakenUp, Versioned},
    bearer::{Caller, Keeper, Owner},
    body::{Nothing, Told},
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
    seen::{Seen, unless_changed},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Users;
    routes
        .get("/users", area, ("List users", "The chapter's people, with what each may do."), list)
        .post("/users", area, ("Invite a user", "Adds somebody to the chapter's people and e-mails her a link, which works for a week with a code that is texted."), invite)
        .get("/users/{id}", area, ("Read a user", "One of the chapter's people."), one)
        .patch("/users/{id}", area, ("Give a user another role", "Her sessions go on with it. Nobody decides about herself, and one owner stays."), change)
        .post("/users/{id}/invite", area, ("Invite a user again", "E-mails her another link."), again)
        .delete("/users/{id}", area, ("Let a user go", "She is none of the chapter's people any more: her sessions and passkeys end at once."), let_go)
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
) -> Result<Versioned<Shown>, Problem> {
    user(&desk, &by, id).await
}

async fn user(desk: &Desk, by: &Caller, id: AdminId) -> Result<Versioned<Shown>, Problem> {
    let all = all(desk, by).await?;
    let found = all.into_iter().find(|user| user.id == id).ok_or_else(Problem::not_found)?;
    Ok(Versioned::hashed(found))
}

/// Somebody who is to be one of the chapter's people.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewUser {
    /// Her name.
    #[schemars(with = "Line<200>")]
    name: String,
    /// Where her link goes.
    #[schemars(with = "Email")]
    email: String,
    /// Where her codes and calls go.
    #[schemars(with = "Line<40>")]
    phone: String,
    /// What she may do.
    role: Role,
}

async fn invite(
    State(desk): State<Desk>,
    Owner(by): Owner,
    Told(NewUser { name, email, phone, role }): Told<NewUser>,
) -> Result<TakenUp, Problem> {
    let unusable = |_| Problem::unprocessable("phone", "It must be a phone number.");
    let phone = Phone::parse(&phone).map_err(unusable)?;
    let (name, email) = (PersonName::new(name), EmailAddress::new(email));
    let invited = Invited { name, email, phone, role };
    desk.dispatch().invite(by.act.chapter, by.person(), invited).await??;
    Ok(TakenUp)
}

/// What is to be other.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UserChange")]
struct Change {
    /// What she may do from now on.
    role: Role,
}

async fn change(
    State(desk): State<Desk>,
    Owner(by): Owner,
    Named(Id { id }): Named<Id<AdminId>>,
    Seen(seen): Seen,
    Told(Change { role }): Told<Change>,
) -> Result<Versioned<Shown>, Problem> {
    let now = user(&desk, &by, id).await?;
    unless_changed(seen, &now.version)?;
    decide(&desk, &by, id, AboutPerson::Role(role)).await?;
    user(&desk, &by, id).await
}

async fn again(
    State(desk): State<Desk>,
    Owner(by): Owner,
    Named(Id { id }): Named<Id<AdminId>>,
    _: Nothing,
) -> Result<TakenUp, Problem> {
    decide(&desk, &by, id, AboutPerson::InviteAgain).await?;
    Ok(TakenUp)
}

async fn let_go(
    State(desk): State<Desk>,
    Owner(by): Owner,
    Named(Id { id }): Named<Id<AdminId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    decide(&desk, &by, id, AboutPerson::LetGo).await?;
    Ok(Done)
}

async fn decide(
    desk: &Desk,
    by: &Caller,
    id: AdminId,
    decision: AboutPerson,
) -> Result<(), Problem> {
    let (chapter, person) = (by.act.chapter, by.person());
    Ok(desk.dispatch().decide_about_person(chapter, person, id, decision).await??)
}
