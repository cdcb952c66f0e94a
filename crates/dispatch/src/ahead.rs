//! A clock that was ahead, and has been set back, leaves instants behind that lie further ahead than
//! anybody plans: what waits for them would wait until the clock comes round again. They are looked
//! for every minute, and what they belong to is due at once.
//!
//! Nothing is concluded from two clocks' agreeing: each kind of waiting has its longest time, and a
//! difference of a minute between nodes is left out of account. What people were told, such as by
//! when there are names, stays as it was told.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::SignedDuration;
use model::{PageId, TaskKind, Timestamp, day_hours, minutes};
use storage::{Furthest, Line, Task};

use crate::{
    Dispatch, Result,
    desk::Desk,
    paging::Reason,
    sender::{LONGEST_PAUSE, MOST_PATIENCE},
    tasks::PUT_OFF,
};

const EVERY: SignedDuration = SignedDuration::from_mins(1);
/// So far apart may the clocks of two nodes be.
pub(crate) const APART: SignedDuration = SignedDuration::from_mins(1);

/// What is due by then is waited for: for so little no chapter's settings need be asked.
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// The tasks that must not wait for a clock, and are planned no further ahead than can be said.
const KINDS: [TaskKind; 7] = [
    TaskKind::Settle,
    TaskKind::Unanswered,
    TaskKind::Hold,
    TaskKind::Gate,
    TaskKind::Page,
    TaskKind::Listing,
    TaskKind::Probe,
];

/// When it was last looked for, in seconds of the steady clock.
#[derive(Debug)]
pub(crate) struct Looked(AtomicI64);

impl Default for Looked {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl Looked {
    /// Whether it is time to look again; then it counts as looked for.
    fn again(&self, steady: SignedDuration) -> bool {
        let (now, last) = (steady.as_secs(), self.0.load(Ordering::Relaxed));
        let again = now >= last.saturating_add(EVERY.as_secs());
        again && self.0.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

impl Dispatch {
    /// Looks now and then for what a clock that was ahead has left, and makes it due.
    pub(crate) async fn look_ahead(&self) -> Result<()> {
        if !self.0.looked.again(self.0.clock.steady()) {
            return Ok(());
        }
        let sending = &self.0.sending;
        let now = self.now();
        let from_now = |most: SignedDuration| now.after(most).after(APART);
        let burst = i32::try_from(sending.phone_burst).unwrap_or(i32::MAX);
        let furthest = Furthest {
            due: from_now(LONGEST_PAUSE),
            tomorrow: from_now(day_hours(26)),
            lease: from_now(sending.lease.max(minutes(1))),
            person: from_now(sending.phone_gap * burst),
        };
        // Each in a unit of its own: they take no lock for longer than they need it.
        let (store, put_off, soon) = (&self.0.store, from_now(PUT_OFF), from_now(SOON));
        let mut found = store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.bring_back_texts(now, &furthest).await })
            })
            .await?;
        found += store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.bring_back_people(now, &furthest).await })
            })
            .await?;
        found += store
            .write::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.free_tasks(put_off).await })
            })
            .await?;
        if found > 0 {
            tracing::warn!(found, "the clock was set back: what waited for it is due now");
        }
        let far = store
            .read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let mut far = Vec::new();
                    for kind in KINDS {
                        far.extend(tx.tasks_beyond(kind, soon).await?);
                    }
                    Ok(far)
                })
            })
            .await?;
        for (task, due) in far {
            self.at_desk(task.chapter_id, move |desk| Box::pin(desk.bring_back(task, due))).await?;
        }
        Ok(())
    }
}

/// Whether a line waits for its turn at this instant. Its rate and its carrier's wish for patience put
/// it off by so much and no more: what lies beyond was planned by a clock that was ahead.
pub(crate) fn must_wait(line: &Line, now: Timestamp) -> bool {
    let gap = SignedDuration::from_micros(line.gap_micros);
    line.next_send_at > now && line.next_send_at <= now.after(gap.max(MOST_PATIENCE)).after(APART)
}

impl Desk<'_> {
    async fn bring_back(&mut self, task: Task, due: Timestamp) -> Result<()> {
        let most = self.most_ahead(task).await?;
        if due > self.now.after(most).after(APART) {
            tracing::warn!(kind = %task.kind, "a task was planned by a clock that was ahead");
            self.tx.bring_back_task(task, due, self.now).await?;
            self.tx.wake(storage::Wake::Tasks);
        }
        Ok(())
    }

    /// How far ahead a task of this chapter is planned at the most.
    async fn most_ahead(&mut self, task: Task) -> Result<SignedDuration> {
        let settings = &self.settings;
        let minutes_of = |setting: u32| minutes(i64::from(setting));
        Ok(match task.kind {
            TaskKind::Settle => settings.settle_cap(),
            TaskKind::Hold => minutes_of(settings.hold_minutes),
            TaskKind::Gate => minutes_of(settings.fair_start_minutes.max(settings.window_minutes)),
            TaskKind::Unanswered => minutes_of(settings.answer_minutes)
                .max(day_hours(i64::from(settings.dead_end_hours))),
            TaskKind::Page => {
                let between = minutes_of(settings.page_minutes);
                let page = self.tx.page_for_update(PageId::from_uuid(task.subject)).await?;
                let reason = page.and_then(|page| page.reason.parse::<Reason>().ok());
                match reason {
                    Some(reason) => {
                        self.next_call(reason, usize::MAX, 1).since(self.now).max(between)
                    }
                    None => between,
                }
            }
            _ => SOON,
        })
    }
}
