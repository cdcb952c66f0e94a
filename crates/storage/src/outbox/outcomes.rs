//! What became of messages: by our own handing over, by the carrier's report, by hand.

use model::{ErrorClass, LineId, OutboxId, OutboxState, PhoneId, Timestamp};
use serde_json::json;

use crate::{Result, Wake, WriteTx, sql::Document};

/// A message that the carrier took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: OutboxId,
    /// The carrier's id of it.
    pub carrier_message_id: String,
    /// In how many segments it goes, where the carrier said so.
    pub segments: Option<i64>,
}

/// What became of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The state it comes to.
    pub state: OutboxState,
    /// The carrier's id of it.
    pub carrier_message_id: Option<String>,
    /// In how many segments it went.
    pub segments: Option<i64>,
    /// The carrier's code.
    pub error_code: Option<String>,
    /// What the code means.
    pub error_class: Option<ErrorClass>,
    /// When it is to be tried again, or the carrier asked again.
    pub again_at: Option<Timestamp>,
    /// How an unknown outcome was settled.
    pub settled_how: Option<&'static str>,
    /// Of which handing-over this is the outcome ([`Leased::attempts`]). What a slow node tells of an
    /// earlier one than the last changes nothing, unless it is that the carrier has the message.
    pub attempt: Option<i64>,
}

impl Settled {
    /// A message that comes to `state` with nothing more to say of it.
    #[must_use]
    pub fn to(state: OutboxState) -> Self {
        Self {
            state,
            carrier_message_id: None,
            segments: None,
            error_code: None,
            error_class: None,
            again_at: None,
            settled_how: None,
            attempt: None,
        }
    }
}

impl WriteTx {
    /// Records what became of a message that this node handed over, or asked the carrier about;
    /// `false` if a report overtook us and it is further already, or if another node has it in hand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_message(
        &mut self,
        id: OutboxId,
        settled: &Settled,
        now: Timestamp,
    ) -> Result<bool> {
        let ended =
            matches!(settled.state, OutboxState::Failed | OutboxState::Delivered).then_some(now);
        let accepted =
            matches!(settled.state, OutboxState::Accepted | OutboxState::Delivered).then_some(now);
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = $2, carrier_message_id = COALESCE($3, carrier_message_id),
                        segments = COALESCE($4, segments), error_code = $5, error_class = $6,
                        due_at = CASE WHEN $2 = 'waiting' THEN COALESCE($7, due_at) ELSE due_at END,
                        lease_until = CASE WHEN $2 = 'unknown' THEN COALESCE($7, $11) ELSE NULL END,
                        settled_how = COALESCE($8, settled_how),
                        accepted_at = COALESCE(accepted_at, $9), ended_at = COALESCE(ended_at, $10)
                 WHERE id = $1 AND state IN ('waiting', 'sending', 'unknown')
                   AND (attempts = COALESCE($12, attempts) OR $2 IN ('accepted', 'delivered'))"
            ))
            .bind(id)
            .bind(settled.state)
            .bind(settled.carrier_message_id.as_deref())
            .bind(settled.segments)
            .bind(settled.error_code.as_deref())
            .bind(settled.error_class)
            .bind(settled.again_at)
            .bind(settled.settled_how)
            .bind(accepted)
            .bind(ended)
            .bind(now)
            .bind(settled.attempt)
            .execute()
            .await?;
        if moved == 0 {
            // A report came first. The carrier's id is still news.
            self.statement(sql!(
                "UPDATE outbox SET carrier_message_id = COALESCE(carrier_message_id, $2),
                        segments = COALESCE(segments, $3) WHERE id = $1"
            ))
            .bind(id)
            .bind(settled.carrier_message_id.as_deref())
            .bind(settled.segments)
            .execute()
            .await?;
        }
        Ok(moved == 1)
    }

    /// Records that the carrier took messages which this node handed over, all at once: the same as
    /// [`Self::settle_message`] to accepted, for each.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accept_messages(&mut self, taken: &[Taken], now: Timestamp) -> Result<()> {
        let list = taken.iter().map(|taken| {
            json!({"id": taken.id.as_uuid().simple(), "sid": taken.carrier_message_id, "segments": taken.segments})
        });
        let list = list.collect::<Vec<_>>();
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = 'accepted', carrier_message_id = n.sid,
                        segments = COALESCE(n.segments, outbox.segments), error_code = NULL,
                        error_class = NULL, lease_until = NULL, accepted_at = COALESCE(accepted_at, $2)
                 FROM "
                either(
                    "(SELECT unhex(value ->> 'id') AS id, value ->> 'sid' AS sid,
                             value ->> 'segments' AS segments FROM json_each($1)) AS n",
                    "jsonb_to_recordset($1) AS n(id UUID, sid TEXT, segments BIGINT)",
                )
                // COALESCE: the bare condition is that of an index of all that is unsettled, and
                // PostgreSQL would look through the whole of it for each.
                " WHERE outbox.id = n.id AND COALESCE(state, '') IN ('waiting', 'sending', 'unknown')"
            ))
            .bind(Document(&list))
            .bind(now)
            .execute()
            .await?;
        if moved < taken.len() as u64 {
            // Reports came first. The carrier's ids are still news.
            self.statement(sql!(
                "UPDATE outbox SET carrier_message_id = n.sid, segments = COALESCE(outbox.segments, n.segments)
                 FROM "
                either(
                    "(SELECT unhex(value ->> 'id') AS id, value ->> 'sid' AS sid,
                             value ->> 'segments' AS segments FROM json_each($1)) AS n",
                    "jsonb_to_recordset($1) AS n(id UUID, sid TEXT, segments BIGINT)",
                )
                " WHERE outbox.id = n.id AND carrier_message_id IS NULL"
            ))
            .bind(Document(&list))
            .execute()
            .await?;
        }
        Ok(())
    }

    /// Takes in a carrier's report: it moves a message forward, never back. `false` if it is as far
    /// already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report_message(
        &mut self,
        id: OutboxId,
        report: &Settled,
        now: Timestamp,
    ) -> Result<bool> {
        let ended =
            matches!(report.state, OutboxState::Failed | OutboxState::Delivered).then_some(now);
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = $2, carrier_message_id = COALESCE(carrier_message_id, $3),
                        error_code = $4, error_class = $5, lease_until = NULL,
                        settled_how = CASE WHEN state = 'unknown' THEN 'reported' ELSE settled_how END,
                        accepted_at = COALESCE(accepted_at, $6), ended_at = $7
                 WHERE id = $1 AND CASE state WHEN 'waiting' THEN 0 WHEN 'sending' THEN 1 WHEN 'unknown' THEN 2
                                        WHEN 'accepted' THEN 3 WHEN 'failed' THEN 4 ELSE 5 END < $8"
            ))
            .bind(id)
            .bind(report.state)
            .bind(report.carrier_message_id.as_deref())
            .bind(report.error_code.as_deref())
            .bind(report.error_class)
            .bind(now)
            .bind(ended)
            .bind(report.state.rank())
            .execute()
            .await?;
        Ok(moved == 1)
    }

    /// Fails the messages to a number that wait, for a reason of ours; gives how many. Of one line's
    /// alone, where one is named. Confirmations of an opt-out are left: they are its last word.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_waiting(
        &mut self,
        phone: PhoneId,
        line: Option<LineId>,
        class: ErrorClass,
        now: Timestamp,
    ) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'failed', error_class = $2, ended_at = $3
             WHERE phone_id = $1 AND state = 'waiting' AND kind <> 'consent'
               AND (CAST($4 AS TEXT) IS NULL OR line_id = $5)"
        ))
        .bind(phone)
        .bind(class)
        .bind(now)
        .bind(line.map(|line| line.to_string()))
        .bind(line)
        .execute()
        .await
    }

    /// Fails what a member's number waits for as a member: offers, and answers to her claims.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_waiting_for_member(
        &mut self,
        phone: PhoneId,
        class: ErrorClass,
        now: Timestamp,
    ) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'failed', error_class = $2, ended_at = $3
             WHERE phone_id = $1 AND state = 'waiting' AND kind IN ('offer', 'claim_reply')"
        ))
        .bind(phone)
        .bind(class)
        .bind(now)
        .execute()
        .await
    }

    /// Keeps why the message that this one repeats did not arrive: it tells for how long it may wait.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_refused_before(
        &mut self,
        id: OutboxId,
        code: &str,
        class: ErrorClass,
    ) -> Result<()> {
        self.statement(sql!("UPDATE outbox SET error_code = $2, error_class = $3 WHERE id = $1"))
            .bind(id)
            .bind(code)
            .bind(class)
            .execute()
            .await?;
        Ok(())
    }

    /// Sets a failed message waiting again, by hand; `false` if it did not fail.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retry_message(
        &mut self,
        id: OutboxId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool> {
        let again = self
            .statement(sql!(
                "UPDATE outbox SET state = 'waiting', due_at = $2, expires_at = $3, error_code = NULL,
                        error_class = NULL, ended_at = NULL, lease_until = NULL, settled_how = 'sent again by hand'
                 WHERE id = $1 AND state = 'failed' AND body IS NOT NULL"
            ))
            .bind(id)
            .bind(now)
            .bind(expires_at)
            .execute()
            .await?;
        self.wake(Wake::Outbox);
        Ok(again == 1)
    }
}
