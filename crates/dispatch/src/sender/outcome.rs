//! What an outcome means for the row, and for everything around it.

use std::collections::{HashMap, HashSet};

use carriers::{Refusal, Sent};
use jiff::SignedDuration;
use model::{ChapterId, ErrorClass, OutboxState, seconds};
use storage::{Leased, Settled, Taken};

use super::{Handed, waiting_again};
use crate::{
    Dispatch, Result,
    desk::Desk,
    reports::{TRIES, midnight_pacific},
};

/// The first pause after a passing fault; each further one is twice as long, with chance in it so that
/// many do not come back at once.
const PAUSE: i64 = 5;
/// No text waits longer for its next attempt, whatever its carrier says; but for a daily limit.
pub(crate) const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// A carrier's wish for patience with all of a line's texts is heard for so long: then one shows
/// whether it still holds.
pub(crate) const MOST_PATIENCE: SignedDuration = SignedDuration::from_mins(1);

impl Dispatch {
    /// Records what came of messages: those that carriers took all at once, a chapter's unknown ones
    /// together, and each of the others in a unit of its own, whose locks come before the messages'.
    ///
    /// # Errors
    /// Where the database is away: told again, it comes to the same.
    pub(crate) async fn record_outcomes(&self, handed: Vec<Handed>) -> Result<()> {
        let (mut taken, mut others) = (Vec::new(), Vec::new());
        let mut unknown: HashMap<ChapterId, Vec<Handed>> = HashMap::new();
        for handed in handed {
            let chapter = handed.leased.chapter_id;
            match &handed.sent {
                Sent::Accepted { carrier_message_id, segments } => taken.push((
                    chapter,
                    Taken {
                        id: handed.leased.id,
                        carrier_message_id: carrier_message_id.clone(),
                        segments: segments.map(i64::from),
                    },
                )),
                Sent::Unknown => unknown.entry(chapter).or_default().push(handed),
                _ => others.push(vec![handed]),
            }
        }
        if !taken.is_empty() {
            self.record_taken(taken).await?;
        }
        for unit in unknown.into_values().chain(others) {
            self.record_unit(unit).await?;
        }
        Ok(())
    }

    async fn record_taken(&self, taken: Vec<(ChapterId, Taken)>) -> Result<()> {
        let now = self.now();
        let (chapters, taken): (HashSet<_>, Vec<_>) = taken.into_iter().unzip();
        self.0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    tx.accept_messages(&taken, now).await?;
                    for chapter in chapters {
                        tx.wake(storage::Wake::Chapter(chapter));
                    }
                    Ok(())
                })
            })
            .await?;
        Ok(())
    }

    /// Records outcomes together; where one of them cannot be recorded at all, that holds up none of
    /// the others, and of it only where its own row stands is kept.
    async fn record_unit(&self, handed: Vec<Handed>) -> Result<()> {
        let Err(error) = self.record_at_once(handed.clone(), Follow::UpOn).await else {
            return Ok(());
        };
        if error.is_passing() {
            return Err(error);
        }
        self.log::<()>("do what follows from an outcome", Err(error));
        for handed in handed {
            match self.record_at_once(vec![handed], Follow::Nothing).await {
                Err(error) if error.is_passing() => return Err(error),
                recorded => self.log("record an outcome", recorded),
            }
        }
        Ok(())
    }

    async fn record_at_once(&self, handed: Vec<Handed>, follow: Follow) -> Result<()> {
        let Some(chapter) = handed.first().map(|handed| handed.leased.chapter_id) else {
            return Ok(());
        };
        self.at_desk(chapter, move |desk| {
            Box::pin(async move {
                for handed in &handed {
                    desk.record_outcome(handed, follow).await?;
                }
                desk.tx.wake(storage::Wake::Chapter(chapter));
                Ok(())
            })
        })
        .await
    }
}

/// Whether what an outcome leads to is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follow {
    /// Yes.
    UpOn,
    /// It cannot be: the message's own row is all that is kept.
    Nothing,
}

impl Desk<'_> {
    async fn record_outcome(&mut self, handed: &Handed, follow: Follow) -> Result<()> {
        let Handed { line, leased, sent } = handed;
        let settled = match sent {
            // Recorded all at once, before these.
            Sent::Accepted { .. } => return Ok(()),
            Sent::NotWritten => self.later(leased, None),
            Sent::Unknown => Settled {
                again_at: Some(self.now.after(self.shared.sending.ask_after)),
                ..Settled::to(OutboxState::Unknown)
            },
            Sent::Refused(refusal) => self.refusal(leased, refusal),
        };
        let settled = if settled.state == OutboxState::Waiting
            && settled.again_at.is_some_and(|at| at >= leased.expires_at)
        {
            Settled {
                error_class: Some(ErrorClass::Expired),
                again_at: None,
                ..Settled { state: OutboxState::Failed, ..settled }
            }
        } else {
            settled
        };
        // What a slow node tells of an earlier handing-over undoes nothing of a later one.
        let settled = Settled { attempt: Some(leased.attempts), ..settled };
        if follow == Follow::UpOn
            && (settled.state == OutboxState::Failed || matches!(sent, Sent::Refused(_)))
        {
            self.lock_around(leased.id).await?;
        }
        let moved = self.tx.settle_message(leased.id, &settled, self.now).await?;
        if !moved || follow == Follow::Nothing {
            return Ok(());
        }
        if let Sent::Refused(refusal) = sent {
            if let (Some(line), Some(wait)) = (line, refusal.retry_after) {
                // The carrier asks for patience: that holds for the line, not for this text alone.
                let wait = wait.min(MOST_PATIENCE);
                self.tx.set_line_next_send(*line, self.now.after(wait)).await?;
            }
            if let Some(message) = self.tx.outgoing(leased.id).await? {
                if settled.state == OutboxState::Failed {
                    self.undelivered(&message, refusal, false).await?;
                } else if refusal.class == ErrorClass::Configuration {
                    self.line_fails(&message, &refusal.code).await?;
                }
            }
        } else if settled.state == OutboxState::Failed
            && let Some(message) = self.tx.outgoing(leased.id).await?
        {
            let expired =
                Refusal { code: String::new(), class: ErrorClass::Expired, retry_after: None };
            self.undelivered(&message, &expired, false).await?;
        }
        Ok(())
    }

    fn refusal(&self, leased: &Leased, refusal: &Refusal) -> Settled {
        let failed = Settled {
            error_code: Some(refusal.code.clone()),
            error_class: Some(refusal.class),
            ..Settled::to(OutboxState::Failed)
        };
        let named = |settled: Settled| Settled {
            error_code: Some(refusal.code.clone()),
            error_class: Some(refusal.class),
            ..settled
        };
        match refusal.class {
            // The line is at fault, not the text: it is kept until the line works.
            ErrorClass::Configuration => named(waiting_again(self.now.after(seconds(30)))),
            ErrorClass::RetryLater => named(self.later(leased, refusal.retry_after)),
            ErrorClass::Tomorrow => named(waiting_again(midnight_pacific(self.now))),
            ErrorClass::Unlisted if leased.attempts < 2 => {
                named(self.later(leased, refusal.retry_after))
            }
            _ => failed,
        }
    }

    /// Waiting again, longer after each attempt.
    fn later(&self, leased: &Leased, wait: Option<SignedDuration>) -> Settled {
        let doubled = PAUSE << leased.attempts.clamp(1, 8).min(TRIES + 5).saturating_sub(1);
        let pause = doubled.min(LONGEST_PAUSE.as_secs());
        let jitter = self.shared.chance.below(u64::try_from(pause * 500).unwrap_or(1));
        let pause = seconds(pause / 2)
            + SignedDuration::from_millis(i64::try_from(jitter).unwrap_or(0) + pause * 250);
        let wait = wait.unwrap_or_default().min(LONGEST_PAUSE);
        waiting_again(self.now.after(wait.max(pause)))
    }
}

/// A refusal of our own: the carrier was never asked.
pub(crate) fn refused(class: ErrorClass) -> Sent {
    Sent::Refused(Refusal { code: String::new(), class, retry_after: None })
}

/// What we cannot read ourselves cannot be sent.
pub(crate) fn unreadable(place: &str) -> Sent {
    let class = ErrorClass::Unreadable;
    Sent::Refused(Refusal { code: place.to_owned(), class, retry_after: None })
}
