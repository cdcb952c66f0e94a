//! `/tokens`: who may use this API, and for what. A token is told once; only its hash is kept.

use axum::extract::State;
use model::{
    Role, Timestamp, TokenId,
    schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema},
    shapes::Line,
};
use serde::{Deserialize, Serialize};
use storage::{ListedToken, Token};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::{Created, Done, Secret},
    bearer::Keeper,
    body::Told,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Tokens;
    routes
        .get("/tokens", area, ("List tokens", "The chapter's tokens, those that were revoked included."), list)
        .post("/tokens", area, ("Make a token", "Makes a token, which is told here once. It may not do more than the one that makes it."), new)
        .delete("/tokens/{id}", area, ("Revoke a token", "From now on it opens nothing."), revoke)
}

/// A token without its secret.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Token")]
struct Shown {
    /// Its id.
    id: TokenId,
    /// What it is called.
    name: String,
    /// What it may do.
    role: Role,
    /// The parts of the API it opens; `null` for all that its role may do.
    scopes: Option<Vec<String>>,
    /// When it was made.
    created_at: Timestamp,
    /// Since when it opens nothing.
    revoked_at: Option<Timestamp>,
}

impl From<ListedToken> for Shown {
    fn from(listed: ListedToken) -> Self {
        let ListedToken { token, created_at, revoked_at } = listed;
        let Token { id, name, role, scopes, .. } = token;
        Self { id, name, role, scopes, created_at, revoked_at }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "tokens";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn list(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    let chapter = by.act.chapter;
    let tokens = desk
        .dispatch()
        .store()
        .read::<_, storage::Error, _>(move |tx| Box::pin(async move { tx.tokens(chapter).await }));
    paging.of(tokens.await.map_err(Error::from)?.into_iter().map(Shown::from).collect())
}

/// A part of the API, to look at or to change.
struct Scope;

impl JsonSchema for Scope {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scope".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": super::scopes()})
    }
}

/// A token to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    /// What it is called; no two of a chapter's are called the same.
    #[schemars(with = "Line<80>")]
    name: String,
    /// What it may do.
    role: Role,
    /// The parts of the API it opens; without it, all that its role may do.
    #[schemars(with = "Option<Vec<Scope>>", length(max = 50))]
    scopes: Option<Vec<String>>,
}

/// A token as it is told once.
#[derive(Serialize, JsonSchema)]
struct Made {
    /// Its id.
    id: TokenId,
    /// What goes into the header: `Authorization: Bearer` and this.
    token: String,
}

async fn new(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Told(NewToken { name, role, scopes }): Told<NewToken>,
) -> Result<Created<Secret<Made>>, Problem> {
    let new = roster::NewToken { name, role, owner: by.token.owner, scopes };
    let store = desk.dispatch().store();
    let (id, token) = roster::make_token(store, &by.act, Some(&by.token), new).await?;
    Ok(Created(Secret(Made { id, token })))
}

async fn revoke(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<TokenId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    match roster::end_token(desk.dispatch().store(), &by.act, Some(&by.token), id).await {
        Err(roster::Error::Refused(roster::Refusal::Over)) => Err(Problem::not_found()),
        done => Ok(done.map(|()| Done)?),
    }
}
