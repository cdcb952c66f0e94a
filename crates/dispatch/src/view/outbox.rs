//! The outbox as the chapter's people see it: what is on its way, what did not arrive, and why.

use futures_util::future::BoxFuture;
use model::{
    Channel, ChapterId, ErrorClass, LineId, MessageKind, OutboxId, OutboxState, ReferralId,
    Timestamp, day_hours, schemars::JsonSchema,
};
use serde::Serialize;
use storage::{OutboxCount, Outgoing, SettledCount};

use crate::{Dispatch, Result, desk::Actor};

/// A message that is tried again by hand is of use for so many hours.
const RETRY_HOURS: i64 = 4;
/// Of what carriers took, so many days are counted.
const COUNTED_DAYS: i64 = 7;

/// A message without its words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Message {
    /// Its id.
    pub id: OutboxId,
    /// What it is for.
    pub kind: MessageKind,
    /// Text or e-mail.
    pub channel: Channel,
    /// The line it goes out from.
    pub line: Option<LineId>,
    /// The referral it belongs to.
    pub referral: Option<ReferralId>,
    /// How far it has come.
    pub state: OutboxState,
    /// When it was written.
    pub written_at: Timestamp,
    /// Not before this instant.
    pub due_at: Timestamp,
    /// After this instant it is of no use.
    pub expires_at: Timestamp,
    /// How often it was handed to the carrier.
    pub attempts: i64,
    /// Why it failed; `None` unless it did.
    pub failure: Option<Failure>,
    /// How an unknown outcome was settled.
    pub settled_how: Option<String>,
    /// Whether it can be tried again by hand.
    pub can_retry: bool,
}

/// Why a message failed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Failure {
    /// The carrier's code.
    pub code: Option<String>,
    /// What it means.
    pub class: Option<ErrorClass>,
}

impl Message {
    fn of(message: &Outgoing, now: Timestamp) -> Self {
        Self {
            id: message.id,
            kind: message.kind,
            channel: message.channel,
            line: message.line_id,
            referral: message.referral_id,
            state: message.state,
            written_at: message.created_at,
            due_at: message.due_at,
            expires_at: message.expires_at,
            attempts: message.attempts,
            failure: (message.state == OutboxState::Failed)
                .then(|| Failure { code: message.error_code.clone(), class: message.error_class }),
            settled_how: message.settled_how.clone(),
            can_retry: retry_until(message, now).is_some(),
        }
    }
}

/// Until when a failed message is of use if it is tried again by hand; `None` where it may not be.
///
/// Whoever wants no texts gets none by hand either; words that were erased are gone; and an offer
/// past its useful life would mislead.
#[must_use]
pub fn retry_until(message: &Outgoing, now: Timestamp) -> Option<Timestamp> {
    let until = match message.kind {
        MessageKind::Offer => message.expires_at,
        _ => now.after(day_hours(RETRY_HOURS)).max(message.expires_at),
    };
    let unwanted =
        matches!(message.error_class, Some(ErrorClass::OptedOut | ErrorClass::Suppressed));
    let failed = message.state == OutboxState::Failed && message.body.is_some();
    (failed && !unwanted && until > now).then_some(until)
}

impl Dispatch {
    /// How many of a chapter's messages are in which state, for which purpose, and since when: all that are
    /// on their way or failed, and those that carriers took in the last week.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn outbox_counts(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Vec<OutboxCount>>> {
        Box::pin(async move {
            let since = self.now().after(-day_hours(24 * COUNTED_DAYS));
            self.store()
                .read(move |tx| {
                    Box::pin(async move { Ok(tx.outbox_counts_since(chapter, since).await?) })
                })
                .await
        })
    }

    /// How a chapter's unknown outcomes were settled, and how often.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn outbox_settled(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Vec<SettledCount>>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move { Ok(tx.outbox_settled(Some(chapter)).await?) })
                })
                .await
        })
    }

    /// A page of a chapter's messages in one state, the oldest first: at most `most`, after `after`.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn outbox_page(
        &self,
        chapter: ChapterId,
        state: OutboxState,
        after: Option<OutboxId>,
        most: i64,
    ) -> BoxFuture<'_, Result<Vec<Message>>> {
        Box::pin(async move {
            let now = self.now();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let messages = tx.outbox_after(chapter, state, after, most).await?;
                        Ok(messages.iter().map(|message| Message::of(message, now)).collect())
                    })
                })
                .await
        })
    }

    /// A chapter's messages that failed, the one written last first.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn failed_last(
        &self,
        chapter: ChapterId,
        most: i64,
    ) -> BoxFuture<'_, Result<Vec<Message>>> {
        Box::pin(async move {
            let now = self.now();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let messages = tx.failed_last(chapter, most).await?;
                        Ok(messages.iter().map(|message| Message::of(message, now)).collect())
                    })
                })
                .await
        })
    }

    /// Sets a failed message of a chapter waiting again; `None` where the chapter has no such
    /// message, `Some(false)` where it did not fail or may not be sent again.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn retry_message(
        &self,
        chapter: ChapterId,
        id: OutboxId,
        by: crate::By,
    ) -> BoxFuture<'_, Result<Option<bool>>> {
        Box::pin(async move {
            let actor = Actor::from(by);
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let message = desk.tx.outgoing(id).await?;
                    let Some(message) = message.filter(|message| message.chapter_id == chapter)
                    else {
                        return Ok(None);
                    };
                    let Some(until) = retry_until(&message, desk.now) else {
                        return Ok(Some(false));
                    };
                    if !desk.tx.retry_message(id, desk.now, until).await? {
                        return Ok(Some(false));
                    }
                    let about = crate::desk::About(message.inquiry_id, message.referral_id);
                    let detail = serde_json::json!({"message": id, "for": message.kind});
                    desk.record(about, actor, "sent_again", detail).await?;
                    Ok(Some(true))
                })
            })
            .await
        })
    }
}
