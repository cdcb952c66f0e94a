//! A chapter's own tools that are told of changes, and what is to be told to each. A row of what is to be
//! told is written with the change itself, by the database: no way of recording a change passes it by.

use jiff::SignedDuration;
use model::{ChapterId, DeliveryState, EventId, Timestamp, WebhookId, WebhookState};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Event, ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! webhook_columns {
    () => {
        "id, chapter_id, content, kinds, state, failing_since, rests_until, version, created_at"
    };
}

macro_rules! delivery_columns {
    () => {
        "d.webhook_id, d.event_id, d.state, d.due_at, d.attempts, d.answer, d.ended_at, \
         e.id, e.chapter_id, e.inquiry_id, e.referral_id, e.at, e.actor, e.actor_id, e.kind, e.detail"
    };
}

/// Where something is told, and what it is signed with. Sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookContent {
    /// The address.
    pub url: String,
    /// The secret, in base64.
    pub secret: String,
    /// The one before it, and until when it signs as well.
    pub previous: Option<(String, Timestamp)>,
}

impl std::fmt::Debug for WebhookContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookContent")
    }
}

/// A tool of a chapter's that is told of changes.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Its chapter.
    pub chapter_id: ChapterId,
    /// Where, and with which secrets.
    pub content: WebhookContent,
    /// Of which kinds of change; `None` for all.
    pub kinds: Option<Vec<String>>,
    /// Whether it is told anything.
    pub state: WebhookState,
    /// Since when nothing was taken.
    pub failing_since: Option<Timestamp>,
    /// It is left alone until then.
    pub rests_until: Option<Timestamp>,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it was added.
    pub created_at: Timestamp,
}

impl FromRow for Webhook {
    const TABLE: &'static str = "webhooks";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: WebhookId = row.get(Self::TABLE, "id")?;
        let sealed: Vec<u8> = row.get(Self::TABLE, "content")?;
        let kinds: Option<String> = row.maybe(Self::TABLE, "kinds")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            content: vault.open_document("webhooks.content", id.as_uuid(), &sealed)?,
            kinds: kinds.map(|all| all.split_whitespace().map(str::to_owned).collect()),
            state: row.get(Self::TABLE, "state")?,
            failing_since: row.maybe(Self::TABLE, "failing_since")?,
            rests_until: row.maybe(Self::TABLE, "rests_until")?,
            version: row.get(Self::TABLE, "version")?,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

/// A change that is to be told to one tool, and how far that has come.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// To whom.
    pub webhook_id: WebhookId,
    /// The change.
    pub event: Event,
    /// How far it has come.
    pub state: DeliveryState,
    /// Not before this instant.
    pub due_at: Timestamp,
    /// How often it was begun.
    pub attempts: i64,
    /// What came back last: a status, or a word for why none did.
    pub answer: Option<String>,
    /// When it was taken or given up.
    pub ended_at: Option<Timestamp>,
}

impl FromRow for Delivery {
    const TABLE: &'static str = "deliveries";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        Ok(Self {
            webhook_id: row.get(Self::TABLE, "webhook_id")?,
            event: Event::from_row(row, vault)?,
            state: row.get(Self::TABLE, "state")?,
            due_at: row.get(Self::TABLE, "due_at")?,
            attempts: row.get(Self::TABLE, "attempts")?,
            answer: row.maybe(Self::TABLE, "answer")?,
            ended_at: row.maybe(Self::TABLE, "ended_at")?,
        })
    }
}

/// What came of telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was taken.
    Taken,
    /// It was not, and is tried again.
    Again {
        /// Not before this instant.
        due_at: Timestamp,
        /// The tool is left alone until then.
        rests_until: Timestamp,
    },
    /// It is given up.
    GivenUp,
}

impl ReadTx {
    /// A chapter's tools, in the order of their ids, without those that cannot be opened.
    ///
    /// # Errors
    /// What the database says.
    pub async fn webhooks(&mut self, chapter: ChapterId) -> Result<Vec<Webhook>> {
        let rows = self
            .statement(sql!(
                "SELECT " webhook_columns!() " FROM webhooks WHERE chapter_id = $1 ORDER BY id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        let read = |row| self.readable(Some(row)).transpose();
        rows.into_iter().filter_map(read).collect()
    }

    /// One that cannot be opened counts as none: it must not silence the others.
    fn readable(&self, row: Option<Row>) -> Result<Option<Webhook>> {
        match self.decode_one(row) {
            Err(error @ Error::Unreadable { .. }) => {
                tracing::error!(%error, "a chapter's tool cannot be read, and is told nothing");
                Ok(None)
            }
            read => read,
        }
    }

    /// A tool by its id; `None` too where it cannot be opened.
    ///
    /// # Errors
    /// What the database says.
    pub async fn webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>> {
        let row = self
            .statement(sql!("SELECT " webhook_columns!() " FROM webhooks WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.readable(row)
    }

    /// What was to be told to a tool, the newest change first: those before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn deliveries(
        &mut self,
        webhook: WebhookId,
        state: Option<DeliveryState>,
        before: Option<EventId>,
        limit: i64,
    ) -> Result<Vec<Delivery>> {
        let rows = self
            .statement(sql!(
                "SELECT " delivery_columns!() " FROM deliveries d JOIN events e ON e.id = d.event_id
                 WHERE d.webhook_id = $1 AND d.event_id < $2 AND (CAST($3 AS TEXT) IS NULL OR d.state = $3)
                 ORDER BY d.event_id DESC LIMIT $4"
            ))
            .bind(webhook)
            .bind(before.unwrap_or(EventId::from_uuid(uuid::Uuid::max())))
            .bind(state)
            .bind(limit)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Adds a tool.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_webhook(&mut self, webhook: &Webhook) -> Result<()> {
        let content = self.sealed(webhook);
        self.statement(sql!(
            "INSERT INTO webhooks (id, chapter_id, content, kinds, state, version, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ))
        .bind(webhook.id)
        .bind(webhook.chapter_id)
        .bind(content)
        .bind(webhook.kinds.as_ref().map(|all| all.join(" ")))
        .bind(webhook.state)
        .bind(webhook.version)
        .bind(webhook.created_at)
        .execute()
        .await?;
        Ok(())
    }

    /// A tool, locked; `None` too where it cannot be opened.
    ///
    /// # Errors
    /// What the database says.
    pub async fn webhook_for_update(&mut self, id: WebhookId) -> Result<Option<Webhook>> {
        let row = self
            .statement(sql!("SELECT " webhook_columns!() " FROM webhooks WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        self.readable(row)
    }

    /// Keeps what a tool is now; it counts as one change. What waits for one that is told nothing any more
    /// is given up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_webhook(&mut self, webhook: &mut Webhook, now: Timestamp) -> Result<()> {
        webhook.version += 1;
        let content = self.sealed(webhook);
        self.statement(sql!(
            "UPDATE webhooks SET content = $2, kinds = $3, state = $4, failing_since = $5, rests_until = $6,
                    version = $7
             WHERE id = $1"
        ))
        .bind(webhook.id)
        .bind(content)
        .bind(webhook.kinds.as_ref().map(|all| all.join(" ")))
        .bind(webhook.state)
        .bind(webhook.failing_since)
        .bind(webhook.rests_until)
        .bind(webhook.version)
        .execute()
        .await?;
        if webhook.state != WebhookState::Active {
            self.give_up_deliveries(webhook.id, now).await?;
        }
        Ok(())
    }

    /// Tells a tool nothing any more, whether it can be opened or not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pause_webhook(&mut self, id: WebhookId, now: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE webhooks SET state = 'paused', version = version + 1 WHERE id = $1"
        ))
        .bind(id)
        .execute()
        .await?;
        self.give_up_deliveries(id, now).await
    }

    async fn give_up_deliveries(&mut self, id: WebhookId, now: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE deliveries SET state = 'given_up', ended_at = $2, lease_until = NULL
             WHERE webhook_id = $1 AND state = 'waiting'"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }

    /// Removes a chapter's tool and what was to be told to it, whether it can be opened or not; `false`
    /// where the chapter has no such tool.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_webhook(&mut self, chapter: ChapterId, id: WebhookId) -> Result<bool> {
        let found: Option<WebhookId> = self
            .statement(sql!("SELECT id FROM webhooks WHERE id = $1 AND chapter_id = $2" for_update))
            .bind(id)
            .bind(chapter)
            .scalar("webhooks")
            .await?;
        if found.is_none() {
            return Ok(false);
        }
        self.statement(sql!("DELETE FROM deliveries WHERE webhook_id = $1"))
            .bind(id)
            .execute()
            .await?;
        self.statement(sql!("DELETE FROM webhooks WHERE id = $1")).bind(id).execute().await?;
        Ok(true)
    }

    /// Takes up to `most` of what is due for this node, and one a tool of what is due for those that failed
    /// last. A lease that lapses is taken up again: whoever is told twice knows it by the id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_deliveries(
        &mut self,
        now: Timestamp,
        lease: SignedDuration,
        most: i64,
    ) -> Result<Vec<Delivery>> {
        let until = now.after(lease);
        let mut leased = self
            .statement(sql!(
                "WITH next AS MATERIALIZED (
                     SELECT webhook_id, event_id FROM deliveries
                     WHERE state = 'waiting' AND due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
                       AND NOT EXISTS (SELECT 1 FROM webhooks w
                                        WHERE w.id = deliveries.webhook_id
                                          AND (w.rests_until > $1 OR w.failing_since IS NOT NULL))
                     ORDER BY due_at LIMIT $3" skip_locked ")
                 UPDATE deliveries SET lease_until = $2, attempts = attempts + 1
                 WHERE (webhook_id, event_id) IN (SELECT webhook_id, event_id FROM next)
                 RETURNING webhook_id, event_id"
            ))
            .bind(now)
            .bind(until)
            .bind(most)
            .rows()
            .await?;
        for webhook in self.tried_again(now, until).await? {
            leased.extend(self.lease_delivery_of(webhook, now, until).await?);
        }
        let mut all = Vec::with_capacity(leased.len());
        for row in leased {
            let webhook: WebhookId = row.get("deliveries", "webhook_id")?;
            let event: EventId = row.get("deliveries", "event_id")?;
            let row = self
                .statement(sql!(
                    "SELECT " delivery_columns!() " FROM deliveries d JOIN events e ON e.id = d.event_id
                     WHERE d.webhook_id = $1 AND d.event_id = $2"
                ))
                .bind(webhook)
                .bind(event)
                .row()
                .await?;
            all.extend(self.decode_one::<Delivery>(row)?);
        }
        all.sort_by_key(|delivery| (delivery.event.at, delivery.event.id));
        Ok(all)
    }

    /// The tools that failed last, have rested, and have something due. They are this node's to try: for
    /// others they rest until then.
    async fn tried_again(&mut self, now: Timestamp, until: Timestamp) -> Result<Vec<WebhookId>> {
        let rows = self
            .statement(sql!(
                "WITH rested AS MATERIALIZED (
                     SELECT id FROM webhooks
                     WHERE failing_since IS NOT NULL AND (rests_until IS NULL OR rests_until <= $1)
                       AND EXISTS (SELECT 1 FROM deliveries d
                                    WHERE d.webhook_id = webhooks.id AND d.state = 'waiting' AND d.due_at <= $1
                                      AND (d.lease_until IS NULL OR d.lease_until <= $1))
                     ORDER BY id" skip_locked ")
                 UPDATE webhooks SET rests_until = $2 WHERE id IN (SELECT id FROM rested) RETURNING id"
            ))
            .bind(now)
            .bind(until)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("webhooks", "id")).collect()
    }

    async fn lease_delivery_of(
        &mut self,
        webhook: WebhookId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Row>> {
        self.statement(sql!(
            "WITH next AS MATERIALIZED (
                 SELECT webhook_id, event_id FROM deliveries
                 WHERE webhook_id = $3 AND state = 'waiting' AND due_at <= $1
                   AND (lease_until IS NULL OR lease_until <= $1)
                 ORDER BY due_at LIMIT 1" skip_locked ")
             UPDATE deliveries SET lease_until = $2, attempts = attempts + 1
             WHERE (webhook_id, event_id) IN (SELECT webhook_id, event_id FROM next)
             RETURNING webhook_id, event_id"
        ))
        .bind(now)
        .bind(until)
        .bind(webhook)
        .rows()
        .await
    }

    /// Records what came of telling.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_delivery(
        &mut self,
        delivery: &Delivery,
        outcome: &DeliveryOutcome,
        answer: &str,
        now: Timestamp,
    ) -> Result<()> {
        let (state, due_at) = match outcome {
            DeliveryOutcome::Taken => (DeliveryState::Taken, delivery.due_at),
            DeliveryOutcome::Again { due_at, .. } => (DeliveryState::Waiting, *due_at),
            DeliveryOutcome::GivenUp => (DeliveryState::GivenUp, delivery.due_at),
        };
        let taken = *outcome == DeliveryOutcome::Taken;
        let rests_until = match outcome {
            DeliveryOutcome::Again { rests_until, .. } => Some(*rests_until),
            DeliveryOutcome::Taken | DeliveryOutcome::GivenUp => None,
        };
        self.statement(sql!(
            "UPDATE webhooks SET rests_until = $2,
                    failing_since = CASE WHEN $3 THEN NULL ELSE COALESCE(failing_since, $4) END
             WHERE id = $1"
        ))
        .bind(delivery.webhook_id)
        .bind(rests_until)
        .bind(taken)
        .bind(now)
        .execute()
        .await?;
        let ended_at = (state != DeliveryState::Waiting).then_some(now);
        self.statement(sql!(
            "UPDATE deliveries SET state = $3, due_at = $4, lease_until = NULL, answer = $5, ended_at = $6
             WHERE webhook_id = $1 AND event_id = $2 AND state = 'waiting'"
        ))
        .bind(delivery.webhook_id)
        .bind(delivery.event.id)
        .bind(state)
        .bind(due_at)
        .bind(answer)
        .bind(ended_at)
        .execute()
        .await?;
        Ok(())
    }

    fn sealed(&self, webhook: &Webhook) -> Vec<u8> {
        self.vault.seal_document("webhooks.content", webhook.id.as_uuid(), &webhook.content)
    }
}
