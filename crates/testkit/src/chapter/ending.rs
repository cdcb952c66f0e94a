//! How a story ends: with nothing left over that it did not expect.

use std::sync::{PoisonError, atomic::Ordering};

use carriers::email::Mail;
use model::{OutboxState, TaskKind};
use storage::Outgoing;

use super::Chapter;
use crate::{manners, troubles};

impl Chapter {
    /// Ends the story with nothing left to do.
    ///
    /// # Panics
    /// Where anything is left over that the story did not expect.
    pub async fn done(&self) {
        self.done_leaving(&[]).await;
    }

    /// Ends the story; of tasks, these kinds may still be planned.
    ///
    /// # Panics
    /// Where anything else is left over.
    pub async fn done_leaving(&self, tasks: &[TaskKind]) {
        self.ended.store(true, Ordering::SeqCst);
        self.run().await;
        let mut left = self.unread_by_people();
        left.extend(self.unsettled().await);
        left.extend(self.planned(tasks).await);
        left.extend(troubles::take().into_iter().map(|trouble| format!("error: {trouble}")));
        left.extend(self.bad_manners());
        assert!(left.is_empty(), "the story leaves over:\n  {}", left.join("\n  "));
    }

    /// The story knows that errors were logged that say this.
    ///
    /// # Panics
    /// Where none was.
    pub fn knows_of_trouble(&self, part: &str) {
        assert!(troubles::forget(part) > 0, "no error says {part:?}");
    }

    fn unread_by_people(&self) -> Vec<String> {
        let names = self.people().keys().cloned().collect::<Vec<_>>();
        let mut left = Vec::new();
        for name in names {
            let unread = self.phone(&name).reads_all();
            left.extend(unread.into_iter().map(|text| format!("{name} did not expect: {text}")));
            let mails = self.unread_mails(&name);
            left.extend(mails.iter().map(|mail| format!("{name} was e-mailed: {}", mail.subject)));
        }
        left
    }

    async fn unsettled(&self) -> Vec<String> {
        let id = self.id;
        let rows = self
            .look(move |tx| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for state in [OutboxState::Waiting, OutboxState::Sending, OutboxState::Unknown]
                    {
                        rows.extend(tx.outbox_in(Some(id), state, 100).await?);
                    }
                    Ok(rows)
                })
            })
            .await;
        let excused = self.excused.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let failed = self.failed().await.into_iter().filter(|row| !excused.contains(&row.id));
        let line = |row: Outgoing| {
            let class = row.error_class.map(|class| class.to_string()).unwrap_or_default();
            format!("a text in the outbox: {} is {} {class}", row.kind, row.state)
        };
        rows.into_iter().chain(failed).map(line).collect()
    }

    pub(super) async fn failed(&self) -> Vec<Outgoing> {
        let id = self.id;
        self.look(move |tx| {
            Box::pin(async move { tx.outbox_in(Some(id), OutboxState::Failed, 1000).await })
        })
        .await
    }

    async fn planned(&self, allowed: &[TaskKind]) -> Vec<String> {
        let id = self.id;
        let planned =
            self.look(move |tx| Box::pin(async move { tx.planned_tasks(id, 100).await })).await;
        let left = planned.into_iter().filter(|(task, _)| !allowed.contains(&task.kind));
        left.map(|(task, due)| format!("a task is planned: {} at {due}", task.kind)).collect()
    }

    /// Every text of every story is looked at for what no text may be.
    fn bad_manners(&self) -> Vec<String> {
        let carried = self.house.network.carried();
        let faults = carried.iter().flat_map(|carried| {
            let faults = manners::faults(&carried.text);
            faults.into_iter().map(|fault| format!("a text {fault}: {}", carried.text))
        });
        faults.collect()
    }

    /// How many errors were logged up to now: those the story expected.
    #[must_use]
    pub fn expects_errors(&self) -> usize {
        troubles::take().len()
    }

    /// Every e-mail to an address, read or not, oldest first: for people who are nobody's here.
    #[must_use]
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mails = self.house.mailer.mails().into_iter().map(|kept| kept.mail);
        mails.filter(|mail| mail.to.reveal() == address).collect()
    }

    pub(super) fn unread_mails(&self, name: &str) -> Vec<Mail> {
        let address = self.person(name).email;
        let read = self.read_texts();
        let mails = self.house.mailer.mails().into_iter().map(|kept| kept.mail);
        mails
            .filter(|mail| {
                !address.is_empty() && mail.to.reveal() == address && !read.contains(&mail.id)
            })
            .collect()
    }
}

impl Drop for Chapter {
    fn drop(&mut self) {
        if !self.ended.load(Ordering::SeqCst) && !std::thread::panicking() {
            panic!("a story ends with done() or done_leaving()");
        }
    }
}
