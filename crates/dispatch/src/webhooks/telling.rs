//! Telling tools what is due: leased, posted outside any unit of work, settled.

use std::{sync::Arc, time::Duration};

use carriers::webhook::{Answer, Notice, Post};
use futures_util::future::{BoxFuture, join_all};
use jiff::SignedDuration;
use model::{ActorKind, EventId, InquiryId, ReferralId, Timestamp};
use serde::Serialize;
use serde_json::json;
use storage::{Delivery, DeliveryOutcome, Event, Wake, Webhook};
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::{Dispatch, Result};

/// What is told is one node's for so long; no request takes as long.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// So much is told at once.
const AT_ONCE: i64 = 32;
/// The pauses after each try that failed; after the last it is given up.
const PAUSES: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];
/// A tool that fails is left alone for as long as it has failed; at the most for so long.
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(5);
/// The tool is there no more, and says so.
const GONE: u16 = 410;

/// A recorded change as it is told: ids and words of the trade, nothing of anybody's.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What, in one word.
    pub kind: String,
    /// Who, by kind.
    pub actor: ActorKind,
    /// The conversation it is about.
    pub conversation: Option<InquiryId>,
    /// The referral it is about.
    pub referral: Option<ReferralId>,
}

impl From<&Event> for Change {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id,
            at: event.at,
            kind: event.kind.clone(),
            actor: event.actor,
            conversation: event.inquiry_id,
            referral: event.referral_id,
        }
    }
}

/// A delivery and the tool it is for; `None` where that cannot be opened.
type Due = (Delivery, Option<Webhook>);

/// A delivery that was tried.
#[derive(Clone)]
struct Told {
    delivery: Delivery,
    answer: Answer,
    /// Since when the tool has taken nothing.
    since: Option<Timestamp>,
}

impl Told {
    fn outcome(&self, now: Timestamp) -> DeliveryOutcome {
        match self.answer {
            Answer::Status(200..=299) => return DeliveryOutcome::Taken,
            Answer::Status(GONE) => return DeliveryOutcome::GivenUp,
            _ => {}
        }
        let nth = usize::try_from(self.delivery.attempts - 1).unwrap_or(0);
        let failing = self.since.map_or(SignedDuration::ZERO, |since| now.since(since));
        match PAUSES.get(nth) {
            Some(pause) => DeliveryOutcome::Again {
                due_at: now.after(*pause),
                rests_until: now.after(failing.clamp(PAUSES[0], LONGEST_REST)),
            },
            None => DeliveryOutcome::GivenUp,
        }
    }
}

impl Dispatch {
    /// Tells tools what is due now. Gives how much was due.
    ///
    /// # Errors
    /// Where the database failed; what was told is told again, and known by its id.
    pub fn tell_webhooks<'a>(&'a self, post: &'a dyn Post) -> BoxFuture<'a, Result<usize>> {
        Box::pin(async move {
            let due = self.lease_deliveries().await?;
            let many = due.len();
            let told = due.into_iter().map(|(delivery, webhook)| async move {
                let answer = match &webhook {
                    Some(webhook) => self.tell(post, webhook, &delivery).await,
                    None => Answer::Silence,
                };
                let since = webhook.and_then(|webhook| webhook.failing_since);
                Told { delivery, answer, since }
            });
            let told = join_all(told).await;
            self.settle_deliveries(told).await?;
            Ok(many)
        })
    }

    /// Tells tools for as long as the service runs.
    pub fn run_webhooks(
        &self,
        post: Arc<dyn Post>,
        shutdown: CancellationToken,
    ) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut wakes = self.store().wakes();
            while !shutdown.is_cancelled() {
                let told = self.tell_webhooks(&*post).await;
                let more = told.as_ref().is_ok_and(|many| *many as i64 >= AT_ONCE);
                self.log("tell a chapter's tools", told);
                if more {
                    continue;
                }
                let changed = async {
                    loop {
                        match wakes.recv().await {
                            Ok(Wake::Chapter(_)) | Err(RecvError::Lagged(_)) => return,
                            Err(RecvError::Closed) => std::future::pending().await,
                            Ok(_) => {}
                        }
                    }
                };
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    () = changed => {}
                    () = tokio::time::sleep(Duration::from_secs(1)) => {}
                }
            }
        })
    }

    async fn lease_deliveries(&self) -> Result<Vec<Due>> {
        let now = self.now();
        let leased = self.store().write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let mut due = Vec::new();
                for delivery in tx.lease_deliveries(now, LEASE, AT_ONCE).await? {
                    let webhook = tx.webhook(delivery.webhook_id).await?;
                    due.push((delivery, webhook));
                }
                Ok(due)
            })
        });
        Ok(leased.await?)
    }

    #[tracing::instrument(name = "dispatch.webhook", skip_all, fields(webhook = %webhook.id, event = %delivery.event.id))]
    async fn tell(&self, post: &dyn Post, webhook: &Webhook, delivery: &Delivery) -> Answer {
        let change = Change::from(&delivery.event);
        let body = json!({"type": change.kind, "timestamp": change.at, "data": change}).to_string();
        let (now, content) = (self.now(), &webhook.content);
        let mut secrets = vec![content.secret.as_str()];
        let previous = content.previous.as_ref().filter(|(_, until)| now < *until);
        secrets.extend(previous.map(|(secret, _)| secret.as_str()));
        let id = change.id.to_string();
        let at = now.as_micros() / 1_000_000;
        let notice = Notice { id: &id, at, body: &body, secrets: &secrets };
        let answer = post.post(&content.url, notice).await;
        metrics::counter!("latchline_webhooks_told_total", "answer" => word(answer)).increment(1);
        answer
    }

    async fn settle_deliveries(&self, mut told: Vec<Told>) -> Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let now = self.now();
        // Each locks its tool: two nodes take the tools they share in the same order.
        told.sort_by_key(|told| (told.delivery.webhook_id, told.delivery.event.id));
        let settled = self.store().write_again::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                for told in told {
                    let said = match told.answer {
                        Answer::Status(status) => status.to_string(),
                        other => word(other).to_owned(),
                    };
                    tx.settle_delivery(&told.delivery, &told.outcome(now), &said, now).await?;
                    if told.answer == Answer::Status(GONE) {
                        tx.pause_webhook(told.delivery.webhook_id, now).await?;
                    }
                }
                Ok(())
            })
        });
        Ok(settled.await?)
    }
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Status(200..=299) => "taken",
        Answer::Status(_) => "refused",
        Answer::Refused(_) => "not_allowed",
        Answer::Silence => "silence",
    }
}
