//! A chapter's own tools: who is told of changes, and the telling. A change and what is to be told of it are
//! written in one unit of work; what is told is leased, tried again with growing pauses, and has an id by
//! which a tool knows what it was told before.

mod telling;

use futures_util::future::BoxFuture;
use model::{
    Chance, ChapterId, DeliveryState, EventId, Timestamp, WebhookId, WebhookState, day_hours,
};
use serde_json::json;
use storage::{Delivery, Webhook, WebhookContent};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};

use crate::{
    By, Dispatch, Result,
    desk::{About, Actor, Desk},
};

pub use carriers::webhook::{Reach, Unreachable};
pub use telling::Change;

/// A chapter has at most so many tools.
const MOST: usize = 20;
/// After a new secret was made, the one before it signs as well for so many hours.
const BOTH_HOURS: i64 = 24;

/// What is to be changed of a tool; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct WebhookChange {
    /// The address.
    pub url: Option<String>,
    /// The kinds of change it is told of; none for all.
    pub kinds: Option<Vec<String>>,
    /// Whether it is told anything.
    pub active: Option<bool>,
}

/// Why nothing was done; nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookRefusal {
    /// The chapter has no such tool.
    NotFound,
    /// Somebody changed it meanwhile.
    Changed,
    /// The address cannot be told.
    Address(Unreachable),
    /// The chapter has as many as it may have.
    Many,
}

/// What came of it.
type Done<T> = Result<std::result::Result<T, WebhookRefusal>>;

impl Dispatch {
    /// A chapter's tools.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn webhooks(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Vec<Webhook>>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| Box::pin(async move { Ok(tx.webhooks(chapter).await?) }))
                .await
        })
    }

    /// What was, or is, to be told to a chapter's tool, the newest change first; `None` where the chapter
    /// has no such tool.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn deliveries(
        &self,
        chapter: ChapterId,
        id: WebhookId,
        state: Option<DeliveryState>,
        before: Option<EventId>,
        most: i64,
    ) -> BoxFuture<'_, Result<Option<Vec<Delivery>>>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let webhook = tx.webhook(id).await?;
                        if webhook.is_none_or(|webhook| webhook.chapter_id != chapter) {
                            return Ok(None);
                        }
                        Ok(Some(tx.deliveries(id, state, before, most).await?))
                    })
                })
                .await
        })
    }

    /// Adds a tool; its secret is told here and with a new one, and nowhere else.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn add_webhook(
        &self,
        chapter: ChapterId,
        by: By,
        reach: Reach,
        url: String,
        kinds: Option<Vec<String>>,
    ) -> BoxFuture<'_, Done<(Webhook, String)>> {
        Box::pin(async move {
            if let Err(unreachable) = reach.check(&url) {
                return Ok(Err(WebhookRefusal::Address(unreachable)));
            }
            self.at_desk(chapter, move |desk| Box::pin(desk.add_webhook(by, url, kinds))).await
        })
    }

    /// Changes a tool, if it is still the version that was seen.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn change_webhook(
        &self,
        (chapter, id): (ChapterId, WebhookId),
        by: By,
        reach: Reach,
        seen: Option<i64>,
        change: WebhookChange,
    ) -> BoxFuture<'_, Done<Webhook>> {
        Box::pin(async move {
            if let Some(Err(unreachable)) = change.url.as_ref().map(|url| reach.check(url)) {
                return Ok(Err(WebhookRefusal::Address(unreachable)));
            }
            self.at_desk(chapter, move |desk| Box::pin(desk.change_webhook(id, by, seen, change)))
                .await
        })
    }

    /// Removes a tool, and what was to be told to it.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn remove_webhook(
        &self,
        chapter: ChapterId,
        id: WebhookId,
        by: By,
    ) -> BoxFuture<'_, Done<()>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.remove_webhook(id, by))).await
        })
    }

    /// Makes a tool's secret anew. The one before it signs as well for a day, so that no change is lost
    /// while the tool is told.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn renew_webhook_secret(
        &self,
        chapter: ChapterId,
        id: WebhookId,
        by: By,
    ) -> BoxFuture<'_, Done<String>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(desk.renew_webhook_secret(id, by))).await
        })
    }
}

fn new_secret(chance: &Chance) -> String {
    BASE64.encode(chance.bytes::<32>())
}

/// A secret as tools take it.
fn told(secret: &str) -> String {
    format!("whsec_{secret}")
}

/// None of the kinds is all of them.
fn some(kinds: Option<Vec<String>>) -> Option<Vec<String>> {
    kinds.filter(|kinds| !kinds.is_empty())
}

impl Desk<'_> {
    async fn add_webhook(
        &mut self,
        by: By,
        url: String,
        kinds: Option<Vec<String>>,
    ) -> Done<(Webhook, String)> {
        self.tx.lock_chapter(self.chapter.id).await?;
        if self.tx.webhooks(self.chapter.id).await?.len() >= MOST {
            return Ok(Err(WebhookRefusal::Many));
        }
        let secret = new_secret(&self.shared.chance);
        let webhook = Webhook {
            id: WebhookId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            content: WebhookContent { url, secret: secret.clone(), previous: None },
            kinds: some(kinds),
            state: WebhookState::Active,
            failing_since: None,
            rests_until: None,
            version: 1,
            created_at: self.now,
        };
        self.tx.add_webhook(&webhook).await?;
        self.note(by, "webhook_added", webhook.id).await?;
        Ok(Ok((webhook, told(&secret))))
    }

    async fn change_webhook(
        &mut self,
        id: WebhookId,
        by: By,
        seen: Option<i64>,
        change: WebhookChange,
    ) -> Done<Webhook> {
        let Some(mut webhook) = self.own_webhook(id).await? else {
            return Ok(Err(WebhookRefusal::NotFound));
        };
        if seen.is_some_and(|seen| seen != webhook.version) {
            return Ok(Err(WebhookRefusal::Changed));
        }
        webhook.content.url = change.url.unwrap_or(webhook.content.url);
        if change.kinds.is_some() {
            webhook.kinds = some(change.kinds);
        }
        match change.active {
            Some(true) => webhook.state = WebhookState::Active,
            Some(false) => webhook.state = WebhookState::Paused,
            None => {}
        }
        // Whoever changed it means it to be tried now.
        webhook.rests_until = None;
        self.tx.save_webhook(&mut webhook, self.now).await?;
        self.note(by, "webhook_changed", id).await?;
        Ok(Ok(webhook))
    }

    async fn remove_webhook(&mut self, id: WebhookId, by: By) -> Done<()> {
        if !self.tx.remove_webhook(self.chapter.id, id).await? {
            return Ok(Err(WebhookRefusal::NotFound));
        }
        self.note(by, "webhook_removed", id).await?;
        Ok(Ok(()))
    }

    async fn renew_webhook_secret(&mut self, id: WebhookId, by: By) -> Done<String> {
        let Some(mut webhook) = self.own_webhook(id).await? else {
            return Ok(Err(WebhookRefusal::NotFound));
        };
        let secret = new_secret(&self.shared.chance);
        let until: Timestamp = self.now.after(day_hours(BOTH_HOURS));
        let before = std::mem::replace(&mut webhook.content.secret, secret.clone());
        webhook.content.previous = Some((before, until));
        self.tx.save_webhook(&mut webhook, self.now).await?;
        self.note(by, "webhook_secret", id).await?;
        Ok(Ok(told(&secret)))
    }

    async fn own_webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>> {
        let webhook = self.tx.webhook_for_update(id).await?;
        Ok(webhook.filter(|webhook| webhook.chapter_id == self.chapter.id))
    }

    async fn note(&mut self, by: By, kind: &str, id: WebhookId) -> Result<()> {
        self.record(About(None, None), Actor::from(by), kind, json!({"webhook": id})).await
    }
}
