//! After a restore from a backup: what came in and went out since is not known, and is found out
//! before anything else is done.
//!
//! The carrier's list gives the texts that came in. What the lost service answered we cannot have back
//! in full; but the carrier knows whether it wrote to somebody. A family that was answered in the lost
//! time is not answered again by guess: a person takes the thread. Everything else runs again as if it
//! came late, and each text that it writes is asked about before it goes (`storage::Line::lost_from`).

use carriers::InboundText;
use jiff::SignedDuration;
use model::{InquiryId, ReferralState, TaskKind, Timestamp};
use storage::{DueTask, Line, Task, WriteTx};

use crate::{
    Dispatch, RegisteredLine, Result, Shared,
    desk::{Actor, Desk},
    paging::{Reason, calls_at_any_hour},
    receive::is_gathering,
};

/// A task of a chapter that is catching up is put off so long at a time, ...
const PAUSE: SignedDuration = SignedDuration::from_secs(2);
/// ... and until the list was asked for so many times in vain, each after a pause twice as long as the
/// one before: a carrier that cannot be asked must not stop everything for ever. It is five minutes in
/// all, and not for each task.
const TRIES: i64 = 5;

/// Leaves of the leased tasks those that may run. The others belong to chapters that do not yet know
/// what came in while their database was lost: they wait. Danger waits for nothing.
pub(crate) async fn may_run(
    tx: &mut WriteTx,
    shared: &Shared,
    due: Vec<DueTask>,
    now: Timestamp,
) -> Result<Vec<DueTask>, storage::Error> {
    if due.iter().all(|due| due.task.kind == TaskKind::Listing) {
        return Ok(due);
    }
    let behind = tx.chapters_catching_up(TRIES).await?;
    let mut run = Vec::new();
    for due in due {
        let task = due.task;
        let waits = task.kind != TaskKind::Listing
            && behind.contains(&task.chapter_id)
            && !is_danger(tx, shared, task).await?;
        if waits {
            tx.put_off(task, due.due_at, now.after(PAUSE)).await?;
        } else {
            run.push(due);
        }
    }
    Ok(run)
}

/// Whether a task is about danger: a family's text that tells of it, or the call for a person.
async fn is_danger(tx: &mut WriteTx, shared: &Shared, task: Task) -> Result<bool, storage::Error> {
    match task.kind {
        TaskKind::Settle => {
            let reader = shared.readers.plain();
            match tx.inquiry_texts(InquiryId::from_uuid(task.subject), true).await {
                Ok(texts) => Ok(texts
                    .iter()
                    .filter_map(|text| text.body.as_ref())
                    .any(|body| reader.danger(body.reveal()))),
                // It says so itself, and holds up no other.
                Err(error) if !error.is_passing() => Ok(true),
                Err(error) => Err(error),
            }
        }
        TaskKind::Page => {
            let pages = tx.open_pages(task.chapter_id).await?;
            let page = pages.iter().find(|page| page.id.as_uuid() == task.subject);
            Ok(page.and_then(|page| page.reason.parse().ok()).is_some_and(calls_at_any_hour))
        }
        _ => Ok(false),
    }
}

impl Dispatch {
    /// Has a person take over every family of a restored line that was still being understood when
    /// the backup was taken, and was written to since.
    pub(crate) async fn hand_over_answered(&self, line: &Line) -> Result<()> {
        let Some(since) = line.lost_from else { return Ok(()) };
        let id = line.id;
        let gathering = self
            .0
            .store
            .read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move {
                    let mut families = Vec::new();
                    for inquiry in tx.gathering_inquiries(id).await? {
                        let phone = tx.phone(inquiry.phone_id).await?;
                        families.extend(
                            phone.and_then(|phone| phone.number).map(|number| (inquiry.id, number)),
                        );
                    }
                    Ok(families)
                })
            })
            .await?;
        let registered = RegisteredLine::from(line);
        let Some(carrier) = self.carrier(line.carrier) else { return Ok(()) };
        for (inquiry, number) in gathering {
            if carrier.wrote_since(&registered.account, &number, since).await? {
                self.at_desk(line.chapter_id, move |desk| Box::pin(desk.hand_to_person(inquiry)))
                    .await?;
            }
        }
        Ok(())
    }

    /// Whether a text that is found now was answered by the service that was lost.
    pub(crate) async fn was_answered(
        &self,
        line: &Line,
        at: Timestamp,
        text: &InboundText,
    ) -> Result<bool> {
        if !line.is_catching_up() || line.lost_until.is_some_and(|until| at > until) {
            return Ok(false);
        }
        let registered = RegisteredLine::from(line);
        match self.carrier(line.carrier) {
            Some(carrier) => Ok(carrier.wrote_since(&registered.account, &text.from, at).await?),
            None => Ok(false),
        }
    }
}

impl Desk<'_> {
    /// What a restored line still has to do once the carrier's list has been read: a person is told;
    /// and one listing later nothing new can repeat what was sent before.
    pub(crate) async fn caught_up(&mut self, line: &Line) -> Result<()> {
        if line.is_catching_up() {
            self.page(Reason::Restored, None, None, Some(line.id)).await
        } else if line.lost_from.is_some() {
            Ok(self.tx.set_line_recovered(line.id).await?)
        } else {
            Ok(())
        }
    }

    /// A family that the lost service has answered, we do not know what: a person sees to it.
    pub(crate) async fn hand_to_person(&mut self, id: InquiryId) -> Result<()> {
        let Some(mut inquiry) = self.tx.inquiry_for_update(id).await? else { return Ok(()) };
        if !is_gathering(&inquiry) {
            return Ok(());
        }
        let referral = match self.tx.referral_of_inquiry(id).await? {
            Some(referral) => self.tx.referral_for_update(referral.id).await?,
            None => None,
        };
        let mut referral = self.referral_for(&inquiry, referral, ReferralState::Held).await?;
        self.tx.unplan(TaskKind::Unanswered, id.as_uuid()).await?;
        self.hold(&mut inquiry, &mut referral, Reason::AfterRestore, Actor::SERVICE).await?;
        self.save(&inquiry, &mut referral).await
    }
}
