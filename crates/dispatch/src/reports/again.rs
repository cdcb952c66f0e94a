//! A text that the carrier took, and then did not deliver, goes again while that is of use: as a
//! message of its own, as what the carrier knows of the first is not to be written over.

use carriers::Refusal;
use jiff::ToSpan as _;
use model::{ErrorClass, OfferState, OutboxId, Timestamp, minutes, seconds};
use storage::{By, NewMessage, Outgoing};

use crate::{Result, desk::Desk, places};

/// A text that a passing fault kept from arriving is sent so many times in all.
pub(crate) const TRIES: i64 = 3;

impl Desk<'_> {
    /// Writes a text anew that was not delivered, for when its carrier may take it: in a moment after a
    /// passing fault, and no more than a few times; after the carrier's midnight where the day is used
    /// up; and where the line as a whole is refused, as soon as the line is tried again. Gives the new
    /// message's id, or nothing where it is of no use any more.
    pub(super) async fn send_again(
        &mut self,
        message: &Outgoing,
        refusal: &Refusal,
    ) -> Result<Option<OutboxId>> {
        let (at, counts) = match refusal.class {
            ErrorClass::RetryLater | ErrorClass::Unlisted => (self.now.after(minutes(2)), true),
            ErrorClass::Tomorrow => (midnight_pacific(self.now), false),
            ErrorClass::Configuration => (self.now.after(seconds(30)), false),
            _ => return Ok(None),
        };
        let (Some(line), Some(phone), Some(body)) =
            (message.line_id, message.phone_id, message.body.clone())
        else {
            return Ok(None);
        };
        let known = self.tx.dedupe_of(message.id).await?.unwrap_or_default();
        let sent = times_sent(&known);
        if at >= message.expires_at || (counts && sent >= TRIES) || !self.is_of_use(message).await?
        {
            return Ok(None);
        }
        let id = OutboxId::generate(self.now, &self.shared.chance);
        let again = NewMessage {
            id,
            chapter_id: self.chapter.id,
            by: By::Line { line, phone },
            kind: message.kind,
            dedupe: again(sent + i64::from(counts), message.id),
            inquiry_id: message.inquiry_id,
            referral_id: message.referral_id,
            offer_id: message.offer_id,
            body,
            now: self.now,
            due_at: at,
            expires_at: message.expires_at,
        };
        if !self.tx.enqueue(&again).await? {
            return Ok(None);
        }
        self.tx.set_refused_before(id, &refusal.code, refusal.class).await?;
        Ok(Some(id))
    }

    /// Whether a text would still be of use: an offer is while she may take it, has not answered it,
    /// and was not written to about it anew.
    pub(crate) async fn is_of_use(&mut self, message: &Outgoing) -> Result<bool> {
        let (Some(offer), Some(referral)) = (message.offer_id, message.referral_id) else {
            return Ok(true);
        };
        let offer = self.tx.offer(offer).await?;
        let waits = offer.is_some_and(|offer| {
            offer.state == OfferState::Sent && offer.outbox_id == Some(message.id)
        });
        let runs = self.tx.referral(referral).await?.is_some_and(|it| it.state.takes_claims());
        Ok(waits && runs && places::free_place(&self.tx.claims(referral).await?).is_some())
    }
}

/// What makes a repeat the one it is: the message it repeats, and how often that was sent with it.
fn again(sent: i64, message: OutboxId) -> String {
    format!("again:{sent}:{message}")
}

/// How often a text was sent with the message that is known so; once, where it repeats none.
fn times_sent(known: &str) -> i64 {
    let counted =
        known.strip_prefix("again:").and_then(|rest| rest.split_once(':')?.0.parse().ok());
    counted.unwrap_or(1)
}

/// Carriers count their daily limits from midnight in California.
pub(crate) fn midnight_pacific(now: Timestamp) -> Timestamp {
    let tomorrow = now
        .as_jiff()
        .in_tz("America/Los_Angeles")
        .and_then(|local| local.checked_add(1.day()))
        .and_then(|local| local.start_of_day());
    tomorrow.map_or_else(
        |_| now.after(model::day_hours(12)),
        |at| Timestamp::new(at.timestamp()).after(seconds(60)),
    )
}
