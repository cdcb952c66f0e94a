//! `/tokens`: who may use this API, and for what. A token is told once; only its hash is kept.

use axum::{Json, extract::State};
use model::{
    Role, Timestamp, TokenId, Word as _,
    schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema},
    shapes::Line,
};
use serde::{Deserialize, Serialize};
use storage::{ListedToken, Token, hash_secret};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::{Created, Done},
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

/// From the least to the most that one may do.
fn rank(role: Role) -> usize {
    Role::ALL.iter().rev().position(|one| *one == role).unwrap_or(0)
}

async fn new(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Told(NewToken { name, role, scopes }): Told<NewToken>,
) -> Result<Created<Json<Made>>, Problem> {
    if rank(role) > rank(by.token.role) {
        return Err(Problem::unprocessable(
            "role",
            "It may not do more than the one that makes it.",
        ));
    }
    if let Some(own) = &by.token.scopes
        && !scopes.as_ref().is_some_and(|all| all.iter().all(|scope| own.contains(scope)))
    {
        return Err(Problem::unprocessable(
            "scopes",
            "It may not open more than the one that makes it.",
        ));
    }
    let (now, chance) = (by.act.now, &by.act.chance);
    let token = format!("latchline_{}", hex(&chance.bytes::<32>()));
    let (id, hash) = (TokenId::generate(now, chance), hash_secret(&token));
    let owner = by.token.owner;
    let row = Token { id, chapter_id: by.act.chapter, name, role, owner, scopes };
    let added = desk
        .dispatch()
        .store()
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.add_token(&row, hash, now).await })
        })
        .await
        .map_err(Error::from)?;
    if !added {
        return Err(Problem::conflict("The chapter has a token of that name already."));
    }
    Ok(Created(Json(Made { id, token })))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn revoke(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<TokenId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    let (chapter, now) = (by.act.chapter, by.act.now);
    let revoked = desk
        .dispatch()
        .store()
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.revoke_token(chapter, id, now).await })
        })
        .await
        .map_err(Error::from)?;
    if revoked { Ok(Done) } else { Err(Problem::not_found()) }
}
