//! The desk at which one unit of work is done, for one chapter.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use model::{
    ActorKind, ChapterId, EventId, InquiryId, MemberId, ReferralId, TaskKind, Timestamp,
    settings::Settings,
};
use serde_json::Value;
use storage::{Chapter, Inquiry, NewEvent, Referral, Task, WriteTx};
use uuid::Uuid;

use crate::{
    Dispatch, Error, Result, Shared,
    chapter::settings_of,
    texts::{Care, Texts, Voice},
};

/// One unit of work on the rows of one chapter.
///
/// Locks are taken in this order and no other: inquiry, referral, member, outbox and tasks.
pub(crate) struct Desk<'t> {
    pub(crate) tx: &'t mut WriteTx,
    pub(crate) shared: Arc<Shared>,
    pub(crate) chapter: Chapter,
    pub(crate) settings: Settings,
    pub(crate) now: Timestamp,
    /// What the words that are being answered call for: the first text to their family says it.
    pub(crate) care: Care,
    /// The chapter's lines, read when first needed.
    pub(crate) lines: Option<Vec<storage::Line>>,
}

/// Who made a change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actor(pub(crate) ActorKind, pub(crate) Option<Uuid>);

impl Actor {
    pub(crate) const FAMILY: Self = Self(ActorKind::Family, None);
    pub(crate) const SERVICE: Self = Self(ActorKind::Service, None);
    pub(crate) const CARRIER: Self = Self(ActorKind::Carrier, None);

    pub(crate) fn member(id: MemberId) -> Self {
        Self(ActorKind::Member, Some(id.as_uuid()))
    }

    pub(crate) fn admin(id: model::AdminId) -> Self {
        Self(ActorKind::Admin, Some(id.as_uuid()))
    }

    pub(crate) fn token(id: model::TokenId) -> Self {
        Self(ActorKind::Token, Some(id.as_uuid()))
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About(pub(crate) Option<InquiryId>, pub(crate) Option<ReferralId>);

impl From<&Inquiry> for About {
    fn from(inquiry: &Inquiry) -> Self {
        Self(Some(inquiry.id), None)
    }
}

impl From<&Referral> for About {
    fn from(referral: &Referral) -> Self {
        Self(Some(referral.inquiry_id), Some(referral.id))
    }
}

impl Dispatch {
    /// Does one unit of work for a chapter: all of it is kept, or none.
    pub(crate) async fn at_desk<T, F>(&self, chapter: ChapterId, work: F) -> Result<T>
    where
        F: for<'d, 't> FnOnce(&'d mut Desk<'t>) -> BoxFuture<'d, Result<T>>
            + Clone
            + Send
            + 'static,
        T: Send + 'static,
    {
        let shared = self.0.clone();
        self.0
            .store
            .write_again(move |tx| {
                Box::pin(async move {
                    let mut desk = Desk::open(tx, shared, chapter).await?;
                    work(&mut desk).await
                })
            })
            .await
    }
}

impl<'t> Desk<'t> {
    pub(crate) async fn open(
        tx: &'t mut WriteTx,
        shared: Arc<Shared>,
        chapter: ChapterId,
    ) -> Result<Self> {
        let chapter = tx.chapter(chapter).await?.ok_or(Error::Missing("chapter"))?;
        Self::of(tx, shared, chapter)
    }

    /// The desk of a chapter that was read just now.
    pub(crate) fn of(tx: &'t mut WriteTx, shared: Arc<Shared>, chapter: Chapter) -> Result<Self> {
        let settings = settings_of(&chapter, &shared.settings)?;
        let now = shared.clock.now();
        Ok(Self { tx, shared, chapter, settings, now, care: Care::default(), lines: None })
    }

    pub(crate) fn texts(&self) -> &Texts {
        &self.shared.texts
    }

    /// How the chapter calls itself at the head of a text.
    pub(crate) fn name(&self) -> &str {
        if self.settings.short_name.is_empty() {
            &self.chapter.name
        } else {
            &self.settings.short_name
        }
    }

    /// The chapter speaking in a language; in English where the chapter does not accept our texts
    /// in that language.
    pub(crate) fn voice<'a>(&'a self, lang: &'a str) -> Voice<'a> {
        let spoken = self.texts().speaks(lang, &self.settings.unreviewed_languages);
        Voice {
            name: self.name(),
            lang: if spoken { lang } else { "en" },
            contact: &self.settings.contact,
            zone: &self.chapter.timezone,
            now: self.now,
        }
    }

    /// The instant as RFC 3339 with the chapter's offset, as readings want it.
    pub(crate) fn local(&self, at: Timestamp) -> String {
        at.in_zone(&self.chapter.timezone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Records a change.
    pub(crate) async fn record(
        &mut self,
        about: impl Into<About>,
        actor: Actor,
        kind: &str,
        detail: Value,
    ) -> Result<()> {
        let About(inquiry_id, referral_id) = about.into();
        self.tx
            .add_event(&NewEvent {
                id: EventId::generate(self.now, &self.shared.chance),
                chapter_id: self.chapter.id,
                inquiry_id,
                referral_id,
                at: self.now,
                actor: actor.0,
                actor_id: actor.1,
                kind: kind.to_owned(),
                detail,
            })
            .await?;
        Ok(())
    }

    /// Plans timed work about a row of the chapter's, whenever it was planned before.
    pub(crate) async fn plan(
        &mut self,
        kind: TaskKind,
        subject: Uuid,
        at: Timestamp,
    ) -> Result<()> {
        Ok(self.tx.plan(Task { kind, subject, chapter_id: self.chapter.id }, at).await?)
    }

    /// From when members are asked, now or in the morning, and by when names are promised then.
    pub(crate) fn asking_times(&self, urgent: bool) -> (Timestamp, Timestamp) {
        let from = self.settings.quiet_hours.end_after(self.now, &self.chapter.timezone);
        (from, from.after(self.settings.names_by(urgent)))
    }

    /// A referral and its inquiry, locked in their order.
    pub(crate) async fn locked(
        &mut self,
        referral: ReferralId,
    ) -> Result<Option<(Inquiry, Referral)>> {
        let Some(unlocked) = self.tx.referral(referral).await? else { return Ok(None) };
        if unlocked.chapter_id != self.chapter.id {
            return Ok(None);
        }
        let inquiry = self
            .tx
            .inquiry_for_update(unlocked.inquiry_id)
            .await?
            .ok_or(Error::Missing("inquiry"))?;
        let referral =
            self.tx.referral_for_update(referral).await?.ok_or(Error::Missing("referral"))?;
        Ok(Some((inquiry, referral)))
    }

    /// Keeps both rows of a request.
    pub(crate) async fn save(&mut self, inquiry: &Inquiry, referral: &mut Referral) -> Result<()> {
        self.tx.save_inquiry(inquiry).await?;
        self.tx.save_referral(referral).await?;
        Ok(())
    }
}
