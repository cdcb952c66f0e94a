//! Who is on the chapter's own list, where that decides who is asked. What decides it is held between
//! referrals and read anew once something of it has changed, before the work of a task that asks members begins: no family
//! waits, and no other unit of work, while members' papers are read and opened.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use model::{ChapterId, TaskKind};
use roster::Baseline;
use storage::{ReadTx, Task};

use crate::{Dispatch, Error, Result, chapter::settings_of, desk::Desk};

/// What was read of each chapter's own list.
#[derive(Default)]
pub(crate) struct Baselines(RwLock<HashMap<ChapterId, Arc<Baseline>>>);

impl Baselines {
    /// What decides who is asked by a chapter's own list; `None` where it decides nothing.
    pub(crate) async fn deciding(
        &self,
        tx: &mut ReadTx,
        chapter: &storage::Chapter,
        settings: &model::settings::Settings,
        now: model::Timestamp,
    ) -> Result<Option<Arc<Baseline>>> {
        if !settings.enforce_baseline {
            return Ok(None);
        }
        let today = now.in_zone(&chapter.timezone).date();
        let current = self.current(tx, chapter.id).await?;
        Ok(current.filter(|baseline| baseline.asks(today)))
    }

    fn get(&self, chapter: ChapterId) -> Option<Arc<Baseline>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&chapter).cloned()
    }

    fn put(&self, chapter: ChapterId, baseline: Arc<Baseline>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(chapter, baseline);
    }

    /// What is held of a chapter's list if nothing of it has changed, and what is read anew otherwise.
    async fn current(&self, tx: &mut ReadTx, chapter: ChapterId) -> Result<Option<Arc<Baseline>>> {
        let version = tx.list_version(chapter).await?;
        if let Some(held) = self.get(chapter).filter(|held| held.version() == version) {
            return Ok(Some(held));
        }
        match Baseline::load(tx, chapter).await {
            Ok(read) => {
                let read = Arc::new(read);
                self.put(chapter, read.clone());
                Ok(Some(read))
            }
            Err(roster::Error::Storage(error @ storage::Error::Sql(_))) => Err(error.into()),
            // What is stored of lists and cannot be understood must not keep families from being
            // answered: it is told to the log, and everybody is asked.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(
                    error,
                    "the chapter's own list cannot be judged: it decides nothing"
                );
                Ok(None)
            }
        }
    }
}

/// Whether a task may end in members being asked.
fn may_ask(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Settle | TaskKind::Unanswered | TaskKind::Hours | TaskKind::Promise)
}

impl Dispatch {
    /// Reads the chapter's own list anew before a task that may need it, where it has changed.
    pub(crate) async fn foresee_standing(&self, task: Task) -> Result<()> {
        if !may_ask(task.kind) {
            return Ok(());
        }
        let (shared, chapter) = (self.0.clone(), task.chapter_id);
        self.store()
            .read::<_, Error, _>(move |tx| {
                Box::pin(async move {
                    let Some(row) = tx.chapter(chapter).await? else { return Ok(()) };
                    if settings_of(&row, &shared.settings)?.enforce_baseline {
                        shared.baselines.current(tx, chapter).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

impl Desk<'_> {
    /// What decides who is asked by the chapter's own list; `None` where it decides nothing.
    pub(crate) async fn baseline(&mut self) -> Result<Option<Arc<Baseline>>> {
        let (chapter, settings, now) = (&self.chapter, &self.settings, self.now);
        self.shared.baselines.deciding(self.tx, chapter, settings, now).await
    }
}
