//! Texts of which we do not know whether the carrier has them: it is asked, and only then are they
//! settled or sent again.

use carriers::{AskError, Found, Missing};
use futures_util::future::join_all;
use jiff::SignedDuration;
use model::{ErrorClass, LineId, OutboxState, seconds};
use storage::{Leased, Line, Settled};

use super::waiting_again;
use crate::{Dispatch, Result, lines::account_of};

/// So far may a carrier's clock be from the one by which a text was written.
const CLOCKS: SignedDuration = SignedDuration::from_hours(12);
/// How many are asked about at once, a line.
const ASKED_AT_ONCE: i64 = 8;

impl Dispatch {
    /// Asks the carriers about every text whose outcome is unknown and whose time to ask has come.
    pub(super) async fn settle_unknown(&self) -> Result<usize> {
        let lines = self.line_entries().await?;
        // A carrier that is slow to answer keeps no other line waiting.
        let each = join_all(lines.into_iter().map(|line| self.settle_unknown_of(line.id))).await;
        each.into_iter().sum()
    }

    async fn settle_unknown_of(&self, id: LineId) -> Result<usize> {
        let (now, lease) = (self.now(), self.0.sending.lease);
        let (line, unknown) = self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let unknown = tx.lease_unknown(id, now, lease, ASKED_AT_ONCE).await?;
                    // Most lines have none: their accounts stay closed.
                    let line = if unknown.is_empty() { None } else { tx.line(id).await? };
                    Ok((line, unknown))
                })
            })
            .await?;
        let Some(line) = line else { return Ok(0) };
        let settled = unknown.len();
        // One after the other where they go to the same person: what one is found to be is not
        // taken for the other.
        let groups = by_person(unknown).into_iter().map(|group| self.ask_about(&line, group));
        for answered in join_all(groups).await {
            answered?;
        }
        Ok(settled)
    }

    async fn ask_about(&self, line: &Line, unknown: Vec<Leased>) -> Result<()> {
        for leased in unknown {
            let settled = self.ask(line, &leased).await?;
            if settled.state != OutboxState::Unknown {
                self.0.missed.settled((leased.id, leased.attempts));
            }
            // A node that asked for longer than its lease tells nothing of a later handing-over.
            let settled = Settled { attempt: Some(leased.attempts), ..settled };
            let id = leased.id;
            self.at_desk(leased.chapter_id, move |desk| {
                Box::pin(async move {
                    if settled.state == OutboxState::Failed {
                        desk.lock_around(id).await?;
                    }
                    let moved = desk.tx.settle_message(id, &settled, desk.now).await?;
                    if moved
                        && settled.state == OutboxState::Failed
                        && let Some(message) = desk.tx.outgoing(id).await?
                    {
                        let refusal = carriers::Refusal {
                            code: settled.error_code.unwrap_or_default(),
                            class: settled.error_class.unwrap_or(ErrorClass::Lost),
                            retry_after: None,
                        };
                        desk.undelivered(&message, &refusal, true).await?;
                    }
                    desk.tx.wake(storage::Wake::Outbox);
                    Ok(())
                })
            })
            .await?;
        }
        Ok(())
    }

    async fn ask(&self, line: &Line, leased: &Leased) -> Result<Settled> {
        let now = self.now();
        let again = |after| Settled {
            again_at: Some(now.after(after)),
            ..Settled::to(OutboxState::Unknown)
        };
        if let Some(place) = leased.unreadable {
            return Ok(Settled {
                error_code: Some(place.to_owned()),
                error_class: Some(ErrorClass::Unreadable),
                ..Settled::to(OutboxState::Failed)
            });
        }
        let (Some(phone), Some(to), Some(body), Some(written)) =
            (leased.phone_id, leased.to.clone(), leased.body.clone(), leased.written_at)
        else {
            return Ok(Settled {
                error_class: Some(ErrorClass::Lost),
                ..Settled::to(OutboxState::Failed)
            });
        };
        let Some(carrier) = self.carrier(line.carrier) else { return Ok(again(seconds(60))) };
        // By the carrier's clock, from which ours may be hours away. What it took in that time for
        // other rows is accounted for, however long they had waited.
        let (written_after, since) = (written.after(-CLOCKS), written.after(-CLOCKS * 3));
        let accounted_for = self
            .0
            .store
            .read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.accounted_for(phone, since).await })
            })
            .await?;
        let missing = Missing { id: leased.id, to, text: body, written_after, accounted_for };
        Ok(match carrier.find(&account_of(line), &missing).await {
            Ok(Found::Message { carrier_message_id, state, error }) => Settled {
                carrier_message_id: Some(carrier_message_id),
                error_code: error.as_ref().map(|error| error.code.clone()),
                error_class: error.as_ref().map(|error| error.class),
                settled_how: Some("the carrier has it"),
                ..Settled::to(state)
            },
            // A list may lag behind: only what is still missing a while later was never taken.
            Ok(Found::Nothing)
                if !self.0.missed.for_long((leased.id, leased.attempts), self.0.clock.steady())
                    || now < written.after(self.0.sending.lost_after) =>
            {
                again(seconds(5))
            }
            Ok(Found::Nothing) if leased.expires_at <= now => Settled {
                error_class: Some(ErrorClass::Expired),
                settled_how: Some("the carrier does not have it"),
                ..Settled::to(OutboxState::Failed)
            },
            Ok(Found::Nothing) => {
                Settled { settled_how: Some("the carrier does not have it"), ..waiting_again(now) }
            }
            Err(AskError::Unreachable) => again(seconds(15)),
            Err(AskError::Refused(_) | AskError::Unreadable) => again(seconds(60)),
        })
    }
}

fn by_person(unknown: Vec<Leased>) -> Vec<Vec<Leased>> {
    let mut groups: Vec<Vec<Leased>> = Vec::new();
    for leased in unknown {
        match groups.iter_mut().find(|group| group[0].phone_id == leased.phone_id) {
            Some(group) => group.push(leased),
            None => groups.push(vec![leased]),
        }
    }
    groups
}
