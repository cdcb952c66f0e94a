//! The API's tokens: nobody makes one that may do more than her own, or ends one that may. That one was
//! made or ended is recorded.

use model::{AdminId, PhoneId, Role, TokenId, Word as _};
use serde_json::json;
use storage::{Store, Token, hash_secret};

use crate::{Act, Error, Refusal, Result};

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is called; no two of a chapter's are called the same.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// For whom of the chapter's people it is made.
    pub owner: Option<(AdminId, PhoneId)>,
    /// The parts of the API it opens; `None` for all that its role may do.
    pub scopes: Option<Vec<String>>,
}

/// From the least to the most that one may do.
fn rank(role: Role) -> usize {
    Role::ALL.iter().rev().position(|one| *one == role).unwrap_or(0)
}

/// Makes a token, and gives its id and the token itself, which is told here alone. `own` is the one that
/// whoever acts has; whoever has the command line has none.
///
/// # Errors
/// [`Refusal::Invalid`] where it would do more than `own`, another [`Refusal`], or what the database says.
pub async fn make_token(
    store: &Store,
    act: &Act,
    own: Option<&Token>,
    new: NewToken,
) -> Result<(TokenId, String)> {
    if let Some(own) = own {
        if rank(new.role) > rank(own.role) {
            return Err(Error::invalid("role", "must not do more than the token that makes it"));
        }
        let opens = |scope: &String| own.opens(scope);
        if own.scopes.is_some() && !new.scopes.as_ref().is_some_and(|all| all.iter().all(opens)) {
            return Err(Error::invalid(
                "scopes",
                "must not open more than the token that makes it",
            ));
        }
    }
    let token = format!("latchline_{}", model::hex(&act.chance.bytes::<32>()));
    let (id, hash) = (TokenId::generate(act.now, &act.chance), hash_secret(&token));
    let NewToken { name, role, owner, scopes } = new;
    let row = Token { id, chapter_id: act.chapter, name, role, owner, scopes };
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                if !tx.add_token(&row, hash, act.now).await? {
                    return Err(Refusal::Taken("name").into());
                }
                let owner = row.owner.map(|(admin, _)| admin);
                let detail =
                    json!({"token": id, "role": role, "owner": owner, "scopes": row.scopes});
                act.record(tx, "token_made", detail).await?;
                Ok((id, token))
            })
        })
        .await
}

/// Ends a token: from now on it opens nothing.
///
/// # Errors
/// [`Refusal::NeedsRole`] where it may do more than `own`, the one that whoever acts has if she has one;
/// [`Refusal::Over`] where it is ended already, another [`Refusal`], or what the database says.
pub async fn end_token(store: &Store, act: &Act, own: Option<&Token>, id: TokenId) -> Result<()> {
    let (act, most) = (act.clone(), own.map_or(usize::MAX, |own| rank(own.role)));
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let all = tx.tokens(act.chapter).await?;
                let known = all.into_iter().find(|known| known.token.id == id);
                let role = known.ok_or(Refusal::NotFound)?.token.role;
                if rank(role) > most {
                    return Err(Refusal::NeedsRole(role).into());
                }
                if !tx.revoke_token(act.chapter, id, act.now).await? {
                    return Err(Refusal::Over.into());
                }
                Ok(act.record(tx, "token_ended", json!({"token": id, "role": role})).await?)
            })
        })
        .await
}
