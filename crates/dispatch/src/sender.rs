//! The sender: takes what is due from the outbox, hands it over outside any transaction, and records
//! what became of it.
//!
//! A leased row may have been written, whatever happens next. If this node dies, the row's lease runs
//! out and it is *unknown*: the carrier is asked before anything is sent again.

mod missed;
mod outcome;
mod slots;
mod unknown;

use futures_util::future::BoxFuture;
use std::{sync::Arc, time::Duration};

use carriers::{OutboundText, Sent, email::Mail};
use futures_util::future::join_all;
use jiff::SignedDuration;
use model::{LineId, LineState, OutboxState, Timestamp, seconds};
use storage::{Leased, Line, Settled, StillGoes, Wake};
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;

use self::slots::Slots;
pub(crate) use self::{
    missed::Missed,
    outcome::{LONGEST_PAUSE, MOST_PATIENCE, refused, unreadable},
};
use crate::{Dispatch, Result, ahead::must_wait, lines::account_of};

/// How texts are sent.
#[derive(Debug, Clone)]
pub struct Sending {
    /// So many requests to carriers at once on this node. Twice as many texts stand ready behind
    /// them, so that no request waits for the database.
    pub concurrency: usize,
    /// A message is this node's for so long; then its outcome is unknown.
    pub lease: SignedDuration,
    /// The carrier is first asked about an unknown outcome after so long.
    pub ask_after: SignedDuration,
    /// A text that the carrier does not list so long after it was written was never taken.
    pub lost_after: SignedDuration,
    /// The most that is sent to one person: a text every so often on average, ...
    pub phone_gap: SignedDuration,
    /// ... and so many at once.
    pub phone_burst: i64,
}

impl Default for Sending {
    fn default() -> Self {
        Self {
            concurrency: 32,
            lease: seconds(60),
            ask_after: seconds(5),
            lost_after: seconds(45),
            phone_gap: seconds(3),
            phone_burst: 5,
        }
    }
}

/// A text that was leased so short a time ago is not looked at again: she who says STOP now says it
/// too late for it.
const LOOKED_AT: SignedDuration = SignedDuration::from_secs(1);

/// What the sender rests for after a round, and at most how long.
enum Rest {
    /// Until something is due, as far as is known.
    For(Duration),
    /// Until there is room in hand for more: there may be more at once.
    ForRoom(Duration),
}

/// A message that was handed over, and what came of it.
#[derive(Clone)]
pub(crate) struct Handed {
    pub(crate) line: Option<LineId>,
    pub(crate) leased: Leased,
    pub(crate) sent: Sent,
}

impl Dispatch {
    /// Sends everything that is due now, and settles what is unknown: for tests and for commands.
    /// Gives how many messages moved.
    ///
    /// # Errors
    /// Where the database failed; what was handed over is settled later.
    pub fn send_due(&self) -> BoxFuture<'_, Result<usize>> {
        Box::pin(async move {
            let mut moved = self.settle_unknown().await?;
            for id in self.sending_lines().await? {
                let Some((line, leased, _)) = self.lease(id, 64).await? else { continue };
                let handed =
                    join_all(leased.into_iter().map(|leased| self.hand_over(&line, leased))).await;
                moved += handed.len();
                self.record_outcomes(handed).await?;
            }
            moved += self.send_emails().await?;
            moved += self.send_pushes().await?;
            Ok(moved)
        })
    }

    /// Sends for as long as the service runs. On shutdown what is on its way is finished.
    ///
    /// Texts wait neither for a mail server nor for a carrier that is asked what became of others.
    pub fn run_sender(&self, shutdown: CancellationToken) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let settling = async {
                while !shutdown.is_cancelled() {
                    self.log("settle unknown outcomes", self.settle_unknown().await);
                    a_second(&shutdown).await;
                }
            };
            let mailing = async {
                while !shutdown.is_cancelled() {
                    self.log("send e-mails", self.send_emails().await);
                    a_second(&shutdown).await;
                }
            };
            let pushing = async {
                while !shutdown.is_cancelled() {
                    self.log("send notifications", self.send_pushes().await);
                    a_second(&shutdown).await;
                }
            };
            tokio::join!(self.send_texts(&shutdown), settling, mailing, pushing);
        })
    }

    async fn send_texts(&self, shutdown: &CancellationToken) {
        let slots = Slots::new(self.0.sending.concurrency);
        let (outcomes, recorded) = mpsc::channel(self.0.sending.concurrency * 4);
        let recorder = tokio::spawn(self.clone().record_all(recorded));
        let mut wakes = self.0.store.wakes();
        while !shutdown.is_cancelled() {
            let (pause, full) = match self.send_round(&slots, &outcomes).await {
                Ok(Rest::For(pause)) => (pause, false),
                Ok(Rest::ForRoom(pause)) => (pause, true),
                Err(error) => {
                    self.log::<()>("send", Err(error));
                    (Duration::from_secs(1), false)
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
                () = outbox_wake(&mut wakes) => {}
                () = slots.worth_filling(), if full => {}
            }
        }
        slots.empty().await;
        drop(outcomes);
        let _ = recorder.await;
    }

    /// Leases for every line what its rate and our free slots allow, and hands it over. Tells for what
    /// to rest if nothing wakes us.
    async fn send_round(&self, slots: &Slots, outcomes: &mpsc::Sender<Handed>) -> Result<Rest> {
        let mut rest = Duration::from_secs(1);
        for id in self.sending_lines().await? {
            loop {
                let most = i64::try_from(slots.free()).unwrap_or(i64::MAX);
                if most == 0 {
                    return Ok(Rest::ForRoom(rest));
                }
                let ready = self.0.clock.steady();
                let (line, leased, next) = match self.lease(id, most).await {
                    Ok(Some(leased)) => leased,
                    Ok(None) => break,
                    // The database is away, for every line.
                    Err(error) if error.is_passing() => return Err(error),
                    // The lines after this one are not at fault.
                    Err(error) => {
                        self.log::<()>("lease the texts of a line", Err(error));
                        break;
                    }
                };
                if let Some(next) = next {
                    let wait = next.since(self.now()).max(SignedDuration::ZERO).unsigned_abs();
                    rest = rest.min(wait.max(Duration::from_millis(1)));
                }
                let (line, got) = (Arc::new(line), leased.len());
                let more = i64::try_from(got).unwrap_or(0) >= most;
                slots.filled(more);
                for leased in leased {
                    let (dispatch, line, outcomes) = (self.clone(), line.clone(), outcomes.clone());
                    let turn = slots.take();
                    tokio::spawn(async move {
                        let turn = turn.come().await;
                        let stood = dispatch.0.clock.steady() - ready;
                        let handed = match dispatch.reason_to_keep(&line, &leased, stood).await {
                            None => dispatch.hand_over(&line, leased).await,
                            Some(sent) => Handed { line: Some(line.id), leased, sent },
                        };
                        // The slot is free for the next; the outcome is recorded beside it.
                        drop(turn);
                        let _ = outcomes.send(handed).await;
                    });
                }
                if !more {
                    break;
                }
            }
        }
        Ok(Rest::For(rest))
    }

    /// The lines that may send now, with a carrier this service has.
    async fn sending_lines(&self) -> Result<Vec<LineId>> {
        let mut lines = self.line_entries().await?;
        lines.retain(|line| {
            line.state == LineState::Active && self.0.carriers.contains_key(&line.carrier)
        });
        Ok(lines.into_iter().map(|line| line.id).collect())
    }

    /// Takes what a line may send now, at most `most`; and when it may send again, if its rate is why
    /// there was no more. `None` where it sends nothing at all.
    async fn lease(
        &self,
        line: LineId,
        most: i64,
    ) -> Result<Option<(Line, Vec<Leased>, Option<Timestamp>)>> {
        let (now, sending) = (self.now(), self.0.sending.clone());
        let leased = self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let Some(line) = tx.line_for_update(line).await? else { return Ok(None) };
                    if line.state != LineState::Active {
                        return Ok(None);
                    }
                    if must_wait(&line, now) {
                        let waits = tx.next_message_at(line.id).await?.is_some();
                        let next = waits.then_some(line.next_send_at);
                        return Ok(Some((line, Vec::new(), next)));
                    }
                    let most = if line.gap_micros > 0 { 1 } else { most };
                    let rate = (sending.phone_gap, sending.phone_burst);
                    let leased = tx.lease_texts(line.id, now, sending.lease, rate, most).await?;
                    let mut next = None;
                    if line.gap_micros > 0 && !leased.is_empty() {
                        let at = now.after(SignedDuration::from_micros(line.gap_micros));
                        tx.set_line_next_send(line.id, at).await?;
                        next = Some(at);
                    }
                    Ok(Some((line, leased, next)))
                })
            })
            .await?;
        Ok(leased)
    }

    /// Why a text that stood ready for so long is not handed over; nothing is kept back that was
    /// leased just now.
    async fn reason_to_keep(
        &self,
        line: &Line,
        leased: &Leased,
        stood: SignedDuration,
    ) -> Option<Sent> {
        if stood < LOOKED_AT {
            return None;
        }
        // It may soon be another node's.
        if stood >= self.0.sending.lease / 2 {
            return Some(Sent::NotWritten);
        }
        let (id, attempt, line) = (leased.id, leased.attempts, line.id);
        let goes = self
            .0
            .store
            .read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.still_goes(id, attempt, line).await })
            })
            .await;
        match goes {
            Ok(StillGoes::Yes) => None,
            Ok(StillGoes::No(class)) => Some(outcome::refused(class)),
            // Nor is one sent of which we cannot know: it comes again.
            Ok(StillGoes::WithAnother) | Err(_) => Some(Sent::NotWritten),
        }
    }

    /// Hands one text to the carrier, unless there is a reason not to.
    async fn hand_over(&self, line: &Line, leased: Leased) -> Handed {
        let sent = self.try_to_send(line, &leased).await;
        Handed { line: Some(line.id), leased, sent }
    }

    #[tracing::instrument(name = "carrier.send", skip_all, fields(carrier = %line.carrier, message = %leased.id, kind = %leased.kind))]
    async fn try_to_send(&self, line: &Line, leased: &Leased) -> Sent {
        let now = self.now();
        if let Some(place) = leased.unreadable {
            tracing::error!(place, "a message cannot be read, and will not be sent");
            return outcome::unreadable(place);
        }
        if leased.expires_at <= now {
            return outcome::refused(model::ErrorClass::Expired);
        }
        // The confirmation of an opt-out is the last word; nothing else goes to who wants nothing.
        if leased.suppressed && leased.kind != model::MessageKind::Consent {
            return outcome::refused(model::ErrorClass::Suppressed);
        }
        let (Some(to), Some(body), Some(carrier)) =
            (&leased.to, &leased.body, self.0.carriers.get(&line.carrier))
        else {
            return outcome::refused(model::ErrorClass::Suppressed);
        };
        let left = leased.expires_at.since(now).as_secs();
        let text = OutboundText {
            id: leased.id,
            to: to.clone(),
            text: body.clone(),
            status_url: Some(format!("{}/hooks/{}/status", self.0.public_url, line.carrier)),
            valid_seconds: u32::try_from(left.clamp(10, 36_000)).unwrap_or(36_000),
        };
        let sent = carrier.send(&account_of(line), &text).await;
        metrics::counter!("latchline_sends_total", "carrier" => line.carrier.to_string(), "outcome" => sent.word()).increment(1);
        sent
    }

    async fn send_emails(&self) -> Result<usize> {
        let Some(mailer) = &self.0.mailer else { return Ok(0) };
        let (now, lease) = (self.now(), self.0.sending.lease);
        let leased = self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    tx.return_lapsed(now).await?;
                    tx.lease_emails(now, lease, 16).await
                })
            })
            .await?;
        // All at once: each may take as long as a mail server is patient.
        let handed = join_all(leased.into_iter().map(async |leased| {
            let mail = match (&leased.address, &leased.subject, &leased.body) {
                (Some(to), Some(subject), Some(body)) if leased.expires_at > now => Some(Mail {
                    id: leased.id,
                    to: to.clone(),
                    subject: subject.clone(),
                    text: body.clone(),
                }),
                _ => None,
            };
            let sent = match (&mail, leased.unreadable) {
                (_, Some(place)) => outcome::unreadable(place),
                (Some(mail), None) => mailer.send(mail).await,
                (None, None) => outcome::refused(model::ErrorClass::Expired),
            };
            Handed { line: None, leased, sent }
        }))
        .await;
        let moved = handed.len();
        self.record_outcomes(handed).await?;
        Ok(moved)
    }

    async fn record_all(self, mut outcomes: mpsc::Receiver<Handed>) {
        let mut batch = Vec::new();
        while outcomes.recv_many(&mut batch, 256).await > 0 {
            let mut handed = std::mem::take(&mut batch);
            // A database that is away comes back; the outcome must not be lost meanwhile, and if we
            // die before, the carrier is asked.
            loop {
                match self.record_outcomes(handed.clone()).await {
                    Ok(()) => break,
                    Err(error) => self.log::<()>("record outcomes", Err(error)),
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
                // By then the leases have long run out and the carrier has been asked.
                handed.retain(|handed| handed.leased.expires_at > self.now());
                if handed.is_empty() {
                    break;
                }
            }
        }
    }
}

/// Waits for a second, or until the service stops.
async fn a_second(shutdown: &CancellationToken) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
}

async fn outbox_wake(wakes: &mut broadcast::Receiver<Wake>) {
    loop {
        match wakes.recv().await {
            Ok(Wake::Outbox) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// The row as an outcome leaves it, for [`outcome`] and [`unknown`].
fn waiting_again(at: Timestamp) -> Settled {
    Settled { again_at: Some(at), ..Settled::to(OutboxState::Waiting) }
}
