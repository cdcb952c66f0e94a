//! Whose token it is, and what its role may do.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use model::Role;
use roster::{Act, Person};
use storage::{Token, hash_secret};

use super::{
    Problem,
    operation::{Operation, Taken},
};
use crate::{Desk, Error};

/// Who asks: a token, and what is done with it.
pub(crate) struct Caller {
    pub(crate) token: Token,
    pub(crate) act: Act,
}

impl Caller {
    /// Who it is that decides, as referrals and settings know it.
    pub(crate) fn who(&self) -> dispatch::By {
        self.token.id.into()
    }

    /// Who it is that speaks or decides about people: the person whose token it is, or the program.
    pub(crate) fn person(&self) -> dispatch::By {
        self.token.owner.map_or_else(|| self.who(), |(admin, _)| admin.into())
    }

    /// Whether she reads what papers say, and why somebody was taken off: who keeps lists does.
    pub(crate) fn reads_papers(&self) -> bool {
        self.token.role.may_keep_lists()
    }
}

/// A token of any role.
pub(crate) struct Looker(pub(crate) Caller);

/// A token that may change referrals.
pub(crate) struct Moderator(pub(crate) Caller);

/// A token that may keep lists.
pub(crate) struct Keeper(pub(crate) Caller);

/// A token that may decide who the chapter's people are.
pub(crate) struct Owner(pub(crate) Caller);

/// The token of a request.
pub(super) async fn token(headers: &HeaderMap, desk: &Desk) -> Result<Token, Problem> {
    let told = headers.get(header::AUTHORIZATION).and_then(|told| told.to_str().ok());
    let (scheme, token) =
        told.and_then(|told| told.split_once(' ')).ok_or_else(Problem::unauthorized)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::unauthorized());
    }
    let hash = hash_secret(token.trim());
    desk.dispatch()
        .store()
        .read::<_, storage::Error, _>(move |tx| Box::pin(tx.token(hash)))
        .await
        .map_err(Error::from)?
        .ok_or_else(Problem::unauthorized)
}

/// Who asks: whose token it is was found out at the door.
fn caller(parts: &Parts, desk: &Desk) -> Result<Caller, Problem> {
    let token = parts.extensions.get::<Token>().cloned().ok_or_else(Problem::unauthorized)?;
    let dispatch = desk.dispatch();
    let act = Act {
        chapter: token.chapter_id,
        by: token.owner.map_or(Person::Token(token.id), |(id, phone)| Person::Admin(id, phone)),
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    };
    Ok(Caller { token, act })
}

macro_rules! roles {
    ($($name:ident $least:ident $may:expr;)*) => {$(
        impl FromRequestParts<Desk> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
                let caller = caller(parts, desk)?;
                let may: fn(Role) -> bool = $may;
                if may(caller.token.role) { Ok(Self(caller)) } else { Err(Problem::forbidden(Role::$least)) }
            }
        }

        impl Taken for $name {
            fn describe(operation: &mut Operation<'_>) {
                operation.role = Some(Role::$least);
                operation.may_fail(401);
                operation.may_fail(403);
            }
        }
    )*};
}

roles! {
    Looker Reader |_| true;
    Moderator Moderator Role::may_moderate;
    Keeper Admin Role::may_keep_lists;
    Owner Owner |role| role == Role::Owner;
}
