//! The worker: does what is due. A task names a row and carries nothing else; what is to be done is
//! read from the tables, so that doing it late, twice or on another node comes to the same.

mod at_work;

use futures_util::future::BoxFuture;
use std::time::Duration;

use jiff::SignedDuration;
use model::{
    EditionId, InquiryId, LineId, MemberId, PageId, ReferralId, TaskKind, Timestamp, minutes,
    seconds,
};
use storage::{DueTask, Task, Wake};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use self::at_work::AtWork;
use crate::{Dispatch, Error, RegisteredLine, Result, desk::Desk, recovery};

const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A task that failed is put off for so long at the most.
pub(crate) const PUT_OFF: SignedDuration = SignedDuration::from_secs(5 << MOST_DOUBLED);
const MOST_DOUBLED: i64 = 6;
/// So many tasks are leased at once at the most.
const MOST: usize = 32;
/// The carrier's list of incoming texts is compared with ours so often, and so far back beyond what
/// was compared already: lists lag, and clocks differ.
const LIST_EVERY: SignedDuration = SignedDuration::from_mins(5);
const LIST_BACK: SignedDuration = SignedDuration::from_mins(10);

impl Dispatch {
    /// Plans what every line needs from the start: a look at the carrier's list of incoming texts, for
    /// those that came while nobody was there.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn plan_for_lines(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let now = self.now();
            self.0
                .store
                .write::<_, Error, _>(move |tx| {
                    Box::pin(async move {
                        for line in tx.line_entries().await? {
                            let task = Task {
                                kind: TaskKind::Listing,
                                subject: line.id.as_uuid(),
                                chapter_id: line.chapter_id,
                            };
                            tx.plan(task, now).await?;
                        }
                        Ok(())
                    })
                })
                .await
        })
    }

    /// Does everything that is due now: for tests and for the demo. Gives how many tasks ran.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn run_due_tasks(&self) -> BoxFuture<'_, Result<usize>> {
        Box::pin(async move {
            let due = self.lease_due(MOST).await?;
            let count = due.len();
            for task in due {
                self.run_task(task).await;
            }
            Ok(count)
        })
    }

    /// Does what is due for as long as the service runs. A task that takes long holds up no other.
    pub fn run_tasks(&self, shutdown: CancellationToken) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let mut wakes = self.0.store.wakes();
            let mut at_work = AtWork::default();
            while !shutdown.is_cancelled() {
                let room = at_work.room();
                let more = match self.lease_due(room).await {
                    Ok(due) => {
                        let more = due.len() >= room;
                        at_work.begin(self, due);
                        more
                    }
                    Err(error) => {
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            "the tasks that are due could not be leased"
                        );
                        false
                    }
                };
                if more {
                    tokio::select! {
                        () = shutdown.cancelled() => {}
                        () = at_work.worth_filling() => {}
                    }
                } else {
                    self.rest(&mut at_work, &mut wakes, &shutdown).await;
                }
            }
            at_work.finish().await;
        })
    }

    /// Rests until something may be due.
    async fn rest(
        &self,
        at_work: &mut AtWork,
        wakes: &mut broadcast::Receiver<Wake>,
        shutdown: &CancellationToken,
    ) {
        let due = tokio::time::sleep(self.until_due().await);
        tokio::pin!(due);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = &mut due => return,
                () = task_wake(wakes) => return,
                () = at_work.ended() => {}
            }
        }
    }

    /// Until the next task is due, and a second at most: another node may plan one.
    async fn until_due(&self) -> Duration {
        let next = self
            .0
            .store
            .read::<_, storage::Error, _>(|tx| Box::pin(async move { tx.next_task_at().await }))
            .await;
        let most = Duration::from_secs(1);
        match next {
            Ok(Some(at)) => {
                let wait = at.since(self.now()).max(SignedDuration::from_millis(1)).unsigned_abs();
                wait.min(most)
            }
            _ => most,
        }
    }

    /// Takes what is due, at most so much.
    async fn lease_due(&self, most: usize) -> Result<Vec<DueTask>> {
        self.look_ahead().await?;
        let shared = self.0.clone();
        let (now, most) = (self.now(), i64::try_from(most).unwrap_or(i64::MAX));
        Ok(self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let due = tx.lease_tasks(now, LEASE, most).await?;
                    recovery::may_run(tx, &shared, due, now).await
                })
            })
            .await?)
    }

    /// Runs one task; a failure is logged here, once, and the task put off.
    #[tracing::instrument(name = "dispatch.task", skip_all, fields(kind = %due.task.kind, subject = %due.task.subject))]
    async fn run_task(&self, due: DueTask) {
        let task = due.task;
        // Where it fails the list is read while the task is done.
        self.log("read the chapter's own list", self.foresee_standing(task).await);
        let done = match task.kind {
            TaskKind::Listing => self.list_inbound(task).await,
            TaskKind::Probe => self.probe_line(task).await,
            TaskKind::Remind => self.remind(task).await,
            TaskKind::Photo => self.fetch_photo(due).await,
            TaskKind::Erase => self.erase_due(task).await,
            _ => self.at_desk(task.chapter_id, move |desk| Box::pin(desk.do_task(task))).await,
        };
        let Err(error) = done else { return };
        tracing::error!(
            error = &error as &dyn std::error::Error,
            attempts = due.attempts,
            "a task failed"
        );
        let pause = seconds(5 << due.attempts.clamp(0, MOST_DOUBLED));
        let (was_due, until) = (due.due_at, self.now().after(pause));
        let put_off = self
            .0
            .store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.put_off(task, was_due, until).await })
            })
            .await;
        if let Err(error) = put_off {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a failed task waits for its lease to end"
            );
        }
    }

    /// Compares the carrier's list of incoming texts with ours: what it could not deliver is found
    /// here. What we have already changes nothing.
    async fn list_inbound(&self, task: Task) -> Result<()> {
        let id = LineId::from_uuid(task.subject);
        let line = self
            .0
            .store
            .read::<_, storage::Error, _>(move |tx| Box::pin(async move { tx.line(id).await }))
            .await?;
        let asked_at = self.now();
        let mut newest = None;
        if let Some(line) = &line
            && let Some(carrier) = self.carrier(line.carrier)
        {
            let registered = RegisteredLine::from(line);
            let texts = carrier
                .inbound_since(&registered.account, line.listed_until.after(-LIST_BACK))
                .await?;
            if line.is_catching_up() {
                self.hand_over_answered(line).await?;
            }
            newest = texts.last().map(|(at, _)| *at);
            for (at, text) in texts {
                let known = text.carrier_message_id.clone();
                let looked_for = known.clone();
                let kept = self
                    .0
                    .store
                    .read::<_, storage::Error, _>(move |tx| {
                        Box::pin(async move { tx.has_inbound(id, &looked_for).await })
                    })
                    .await?;
                if !kept {
                    tracing::info!(line = %id, "a text was found that the carrier had not delivered");
                    metrics::counter!("latchline_inbound_found_total").increment(1);
                    let answered = self.was_answered(line, at, &text).await?;
                    match self.receive_found(&registered, text, answered).await {
                        // Those after it are not at fault, and it is found again next time.
                        Err(error) if !error.is_passing() => tracing::error!(
                            error = &error as &dyn std::error::Error,
                            line = %id,
                            message = known,
                            "a text that was found cannot be taken in"
                        ),
                        received => drop(received?),
                    }
                }
            }
        }
        let next = self.now().after(LIST_EVERY);
        self.at_desk(task.chapter_id, move |desk| {
            Box::pin(async move {
                if let Some(line) = line {
                    desk.caught_up(&line).await?;
                    // By the carrier's clock: if ours was ahead, the next look would begin too late.
                    let listed = if line.is_catching_up() { Some(asked_at) } else { newest };
                    if let Some(listed) = listed {
                        desk.tx.set_line_listed(id, listed).await?;
                    }
                    desk.ask_new_numbers().await?;
                    desk.tx.plan(task, next).await?;
                } else {
                    desk.tx.unplan(task.kind, task.subject).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Lets a paused line try again: the next text shows whether it works.
    async fn probe_line(&self, task: Task) -> Result<()> {
        self.at_desk(task.chapter_id, move |desk| {
            Box::pin(async move {
                let line = LineId::from_uuid(task.subject);
                if desk.tx.resume_line(line).await? {
                    let detail = serde_json::json!({"line": line});
                    desk.record(
                        crate::desk::About(None, None),
                        crate::desk::Actor::SERVICE,
                        "line_tried",
                        detail,
                    )
                    .await?;
                }
                desk.tx.unplan(task.kind, task.subject).await?;
                desk.tx.wake(Wake::Outbox);
                Ok(())
            })
        })
        .await
    }
}

impl Desk<'_> {
    /// Does one task on the rows, and plans it again for when it next wants to run.
    async fn do_task(&mut self, task: Task) -> Result<()> {
        let referral = ReferralId::from_uuid(task.subject);
        let inquiry = InquiryId::from_uuid(task.subject);
        let next: Option<Timestamp> = match task.kind {
            TaskKind::Settle => self.settle(inquiry).await?,
            TaskKind::Unanswered => self.unanswered(inquiry).await?,
            TaskKind::Hours => self.hours_begin(referral).await?,
            TaskKind::Hold => self.holds_lapse(referral).await?,
            TaskKind::Gate => self.gate_opens(referral).await?,
            TaskKind::Promise => self.promised_time(referral).await?,
            TaskKind::DeadEnd => self.dead_end(referral).await?,
            TaskKind::FollowUp => self.follow_up(referral).await?,
            TaskKind::Page => self.call_next_admin(PageId::from_uuid(task.subject)).await?,
            TaskKind::Application => self.application(MemberId::from_uuid(task.subject)).await?,
            TaskKind::Notice => self.tell_contacts(EditionId::from_uuid(task.subject)).await?,
            TaskKind::Barred => self.is_barred(MemberId::from_uuid(task.subject)).await?,
            // These are done before they come to a desk.
            TaskKind::Listing
            | TaskKind::Probe
            | TaskKind::Remind
            | TaskKind::Photo
            | TaskKind::Erase => Some(self.now.after(minutes(1))),
        };
        match next {
            Some(at) => self.tx.plan(task, at).await?,
            None => self.tx.unplan(task.kind, task.subject).await?,
        }
        Ok(())
    }
}

async fn task_wake(wakes: &mut broadcast::Receiver<Wake>) {
    loop {
        match wakes.recv().await {
            Ok(Wake::Tasks) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
