//! Passkeys of the chapter's people: what is asked and kept. Whether a signature is right is judged by
//! the room above, within the unit of work in which the passkey is locked.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use model::{AdminId, ChapterId, PasskeyId, minutes};
use serde_json::{Value, json};
use storage::{Challenge, Passkey};

use crate::{
    Dispatch, Result,
    desk::{About, Actor},
};

/// A browser has so many minutes to answer.
const CHALLENGE_MINUTES: i64 = 5;
/// So many strangers may be asked at once; whoever asks beyond that takes the place of the oldest.
const MOST_ASKED: i64 = 1000;
/// So many passkeys one person may have.
const MOST: usize = 10;

/// Judges what a browser sent by the passkey as it is kept: gives the passkey as it is from now on, `None`
/// where the answer is wrong.
pub type Judge = Arc<dyn Fn(&Value) -> Option<Value> + Send + Sync>;

impl Dispatch {
    /// Keeps what a browser is asked to sign, and gives the token by which it answers, once and within
    /// five minutes. `admin` is who adds a passkey.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn challenge(
        &self,
        admin: Option<AdminId>,
        content: Value,
    ) -> BoxFuture<'_, Result<String>> {
        Box::pin(async move {
            let drawn: [u8; 32] = self.chance().bytes();
            let token = model::hex(&drawn);
            let (key, now) = (token.clone(), self.now());
            let until = now.after(minutes(CHALLENGE_MINUTES));
            let kept = self.store().write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let asked = Challenge { admin, content };
                    tx.add_challenge(&key, &asked, now, until, MOST_ASKED).await
                })
            });
            kept.await?;
            Ok(token)
        })
    }

    /// What a browser was asked to sign; `None` where it was answered before, is too old, or was meant for
    /// something else.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn challenged(
        &self,
        token: String,
        admin: Option<AdminId>,
    ) -> BoxFuture<'_, Result<Option<Value>>> {
        Box::pin(async move {
            let now = self.now();
            let taken = self.store().write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.take_challenge(&token, now).await })
            });
            let taken = taken.await?.filter(|taken| taken.admin == admin);
            Ok(taken.map(|taken| taken.content))
        })
    }

    /// The passkeys of one of the chapter's people.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn passkeys(&self, admin: AdminId) -> BoxFuture<'_, Result<Vec<Passkey>>> {
        Box::pin(async move {
            let read = self.store().read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.passkeys(admin).await })
            });
            Ok(read.await?)
        })
    }

    /// Keeps a passkey; `false` where it is known already, or she has as many as one may.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn add_passkey(
        &self,
        chapter: ChapterId,
        admin: AdminId,
        credential: Vec<u8>,
        content: Value,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    if desk.tx.passkeys(admin).await?.len() >= MOST {
                        return Ok(false);
                    }
                    let id = PasskeyId::generate(desk.now, &desk.shared.chance);
                    let created_at = desk.now;
                    let passkey = Passkey { id, admin, content, created_at, used_at: None };
                    if !desk.tx.add_passkey(&passkey, &credential).await? {
                        return Ok(false);
                    }
                    let (about, detail) = (About(None, None), json!({"passkey": id}));
                    desk.record(about, Actor::admin(admin), "passkey_added", detail).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    /// Takes a passkey away from its owner; `false` where she has no such passkey.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn end_passkey(
        &self,
        chapter: ChapterId,
        admin: AdminId,
        id: PasskeyId,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    if !desk.tx.end_passkey(admin, id).await? {
                        return Ok(false);
                    }
                    let (about, detail) = (About(None, None), json!({"passkey": id}));
                    desk.record(about, Actor::admin(admin), "passkey_ended", detail).await?;
                    Ok(true)
                })
            })
            .await
        })
    }

    /// Signs somebody in by her passkey, if what her browser sent is right by it. `claimed` is who the
    /// browser says it is: another's passkey is as wrong as a wrong signature.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn enter_by_passkey(
        &self,
        claimed: AdminId,
        credential: Vec<u8>,
        judge: Judge,
    ) -> BoxFuture<'_, Result<Option<AdminId>>> {
        Box::pin(async move {
            let known = self.store().read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.admin(claimed).await })
            });
            let Some(admin) = known.await? else {
                return Ok(None);
            };
            self.at_desk(admin.chapter_id, move |desk| {
                Box::pin(async move {
                    let kept = desk.tx.passkey_for_update(&credential).await?;
                    let kept = kept.filter(|passkey| passkey.admin == claimed);
                    let right = kept.and_then(|kept| Some((kept.id, judge(&kept.content)?)));
                    let (about, actor) = (About(None, None), Actor::admin(claimed));
                    let Some((id, content)) = right else {
                        let detail = json!({"by": "passkey"});
                        desk.record(about, actor, "sign_in_refused", detail).await?;
                        return Ok(None);
                    };
                    desk.tx.use_passkey(id, &content, desk.now).await?;
                    let detail = json!({"by": "passkey", "passkey": id});
                    desk.record(about, actor, "signed_in", detail).await?;
                    Ok(Some(claimed))
                })
            })
            .await
        })
    }
}
