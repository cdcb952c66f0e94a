//! Signing in: a link by e-mail, and a code by text to the phone that is paged.
//!
//! Whoever asks is told the same, whether or not the address is one of the chapter's people's. A link
//! works once and for a quarter of an hour, with the code that was texted for it last; a few codes and
//! a few tries, then it is over.

use futures_util::future::BoxFuture;
use model::{AdminId, MessageKind, OutboxId, Timestamp, minutes};
use serde_json::json;
use storage::{Admin, By, NewMessage, hash_secret};

use crate::{
    Dispatch, Error, Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    texts::{Email, ToAdmin},
};

/// A link that was asked for works for so many minutes, and a code for fewer.
const LINK_MINUTES: i64 = 15;
const CODE_MINUTES: i64 = 10;
/// An invitation works for a week.
const INVITED_MINUTES: i64 = 7 * 24 * 60;
/// So many links that work at a time, so many codes a link, so many tries a link.
const MOST_LINKS: i64 = 5;
const MOST_CODES: i64 = 3;
const MOST_TRIES: i64 = 5;

/// What came of asking for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeSent {
    /// It is on its way.
    Sent,
    /// The link is used, too old, or none of ours.
    Unknown,
    /// The chapter has no line that could text it.
    NoLine,
    /// As many codes as there are for a link have been sent.
    Enough,
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// It was right: the link is used up.
    Welcome(AdminId),
    /// It was not.
    Wrong,
    /// The link is used, too old, tried too often, or none of ours.
    Unknown,
}

impl Dispatch {
    /// Sends a link to whichever of any chapter's people have this address. It tells nothing.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn ask_for_link(&self, address: String) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let wanted = address.trim().to_lowercase();
            let everybody = self
                .store()
                .read::<_, storage::Error, _>(|tx| Box::pin(tx.everybodys_admins()))
                .await?;
            let hers = |admin: &Admin| admin.email.reveal().trim().to_lowercase() == wanted;
            for admin in everybody.into_iter().filter(hers) {
                self.at_desk(admin.chapter_id, move |desk| {
                    Box::pin(async move { desk.send_link(&admin).await })
                })
                .await?;
            }
            Ok(())
        })
    }

    /// Texts a code for a link that was e-mailed.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn text_code(&self, token: String) -> BoxFuture<'_, Result<CodeSent>> {
        Box::pin(async move {
            let Some(admin) = self.whose_link(&token).await? else { return Ok(CodeSent::Unknown) };
            self.at_desk(admin.chapter_id, move |desk| {
                Box::pin(async move { desk.text_code(&token).await })
            })
            .await
        })
    }

    /// Tries a code on its link.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn enter_code(&self, token: String, code: String) -> BoxFuture<'_, Result<Entered>> {
        Box::pin(async move {
            let Some(admin) = self.whose_link(&token).await? else { return Ok(Entered::Unknown) };
            self.at_desk(admin.chapter_id, move |desk| {
                Box::pin(async move { desk.enter_code(&token, &code).await })
            })
            .await
        })
    }

    /// Whose a link is that wants a code; `None` where it works no more, or was never one.
    async fn whose_link(&self, token: &str) -> Result<Option<Admin>> {
        let (hash, now) = (hash_secret(token), self.now());
        let found = self.store().write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                match tx.coded_link(hash, now).await? {
                    Some(link) => tx.admin(link.admin).await,
                    None => Ok(None),
                }
            })
        });
        Ok(found.await?)
    }

    /// Whether a link wants a code: whatever it is, this tells nothing of whose it is.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn wants_code(&self, token: String) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move { Ok(self.whose_link(&token).await?.is_some()) })
    }
}

/// The hash of a code is bound to its link: neither is of use without the other.
fn code_hash(token: &str, code: &str) -> Vec<u8> {
    hash_secret(&format!("{token}:{code}"))
}

impl Desk<'_> {
    async fn send_link(&mut self, admin: &Admin) -> Result<()> {
        // Whoever asks in her name keeps her out for no moment: she has one that works, or gets one.
        if self.tx.live_coded_links(admin.id, self.now).await? >= MOST_LINKS {
            return Ok(());
        }
        let (token, until) = self.draw_sign_in(admin.id, LINK_MINUTES).await?;
        let link = format!("{}/sign-in/{token}", self.shared.public_url);
        let email = Email::SignIn { link: &link, minutes: 15 };
        let (subject, body) = self.texts().email(&self.voice("en"), &email);
        self.mail_link(admin.id, subject, body, until).await
    }

    /// Invites somebody who was just added: her link works for a week.
    pub(crate) async fn send_invitation(&mut self, admin: AdminId) -> Result<()> {
        let (token, until) = self.draw_sign_in(admin, INVITED_MINUTES).await?;
        let link = format!("{}/sign-in/{token}", self.shared.public_url);
        let (subject, body) =
            self.texts().email(&self.voice("en"), &Email::Invited { link: &link, days: 7 });
        self.mail_link(admin, subject, body, until).await
    }

    async fn draw_sign_in(
        &mut self,
        admin: AdminId,
        for_minutes: i64,
    ) -> Result<(String, Timestamp)> {
        let token = model::hex(&self.shared.chance.bytes::<32>());
        let until = self.now.after(minutes(for_minutes));
        self.tx.add_coded_link(hash_secret(&token), admin, until).await?;
        Ok((token, until))
    }

    async fn mail_link(
        &mut self,
        admin: AdminId,
        subject: String,
        body: model::MessageText,
        until: Timestamp,
    ) -> Result<()> {
        let id = OutboxId::generate(self.now, &self.shared.chance);
        let message = NewMessage {
            id,
            chapter_id: self.chapter.id,
            by: By::Email { admin, subject },
            kind: MessageKind::SignIn,
            dedupe: format!("sign_in:{id}"),
            inquiry_id: None,
            referral_id: None,
            offer_id: None,
            body,
            now: self.now,
            due_at: self.now,
            expires_at: until,
        };
        self.tx.enqueue(&message).await?;
        Ok(())
    }

    async fn text_code(&mut self, token: &str) -> Result<CodeSent> {
        let Some(link) = self.tx.coded_link(hash_secret(token), self.now).await? else {
            return Ok(CodeSent::Unknown);
        };
        if link.codes >= MOST_CODES || link.tries >= MOST_TRIES {
            return Ok(CodeSent::Enough);
        }
        let admin = self.tx.admin(link.admin).await?.ok_or(Error::Missing("admin"))?;
        let Some(line) = self.members_line().await? else { return Ok(CodeSent::NoLine) };
        let drawn = u64::from_be_bytes(self.shared.chance.bytes());
        let code = format!("{:06}", drawn % 1_000_000);
        let until = self.now.after(minutes(CODE_MINUTES));
        self.tx.set_link_code(hash_secret(token), code_hash(token, &code), until).await?;
        let body = self
            .texts()
            .to_admin(&self.voice("en"), &ToAdmin::SignInCode { code: &code, minutes: 10 });
        let what = format!("sign_in_code:{}", self.message_id());
        let (kind, belongs) = (MessageKind::SignIn, Belongs::default());
        self.write_text(line, admin.phone_id, kind, what, belongs, body, Some(until)).await?;
        Ok(CodeSent::Sent)
    }

    async fn enter_code(&mut self, token: &str, code: &str) -> Result<Entered> {
        let hash = hash_secret(token);
        let Some(link) = self.tx.coded_link(hash.clone(), self.now).await? else {
            return Ok(Entered::Unknown);
        };
        if link.tries >= MOST_TRIES {
            return Ok(Entered::Unknown);
        }
        let code = code.chars().filter(char::is_ascii_digit).collect::<String>();
        let in_time = link.code_until.is_some_and(|until| until > self.now);
        // Hashes are compared: how long that takes tells nothing of the code.
        if !in_time || link.code != Some(code_hash(token, &code)) {
            self.tx.count_try(hash).await?;
            self.record(About(None, None), Actor::admin(link.admin), "sign_in_refused", json!({}))
                .await?;
            return Ok(Entered::Wrong);
        }
        self.tx.use_coded_link(hash, self.now).await?;
        self.record(About(None, None), Actor::admin(link.admin), "signed_in", json!({})).await?;
        Ok(Entered::Welcome(link.admin))
    }
}
