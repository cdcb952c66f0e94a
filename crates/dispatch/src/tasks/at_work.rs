//! The tasks that a node has in hand.

use std::collections::HashMap;

use model::TaskKind;
use storage::{DueTask, Task};
use tokio::task::{JoinHandle, JoinSet};

use crate::Dispatch;

/// So many tasks are done at once.
const AT_ONCE: usize = 32;

/// What is being done.
#[derive(Default)]
pub(super) struct AtWork {
    doing: JoinSet<()>,
    /// Those that ask carriers or erase much, which may take minutes: they take up no room.
    asking: HashMap<Task, JoinHandle<()>>,
}

impl AtWork {
    /// For how many tasks there is room.
    pub(super) fn room(&self) -> usize {
        AT_ONCE.saturating_sub(self.doing.len())
    }

    /// Begins tasks.
    pub(super) fn begin(&mut self, dispatch: &Dispatch, due: Vec<DueTask>) {
        for due in due {
            let dispatch = dispatch.clone();
            let work = async move { dispatch.run_task(due).await };
            if !matches!(due.task.kind, TaskKind::Listing | TaskKind::Photo | TaskKind::Erase) {
                self.doing.spawn(work);
            } else if self.asking.get(&due.task).is_none_or(JoinHandle::is_finished) {
                // One that outlasts its lease is leased again: once is enough.
                self.asking.insert(due.task, tokio::spawn(work));
            }
        }
    }

    /// Waits until at least half of the room is free, so that one look into the database fetches many.
    pub(super) async fn worth_filling(&mut self) {
        while self.doing.len() > AT_ONCE / 2 {
            self.ended().await;
        }
    }

    /// Waits until a task that takes up room ends; for ever while there is none.
    pub(super) async fn ended(&mut self) {
        if self.doing.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits for all of them.
    pub(super) async fn finish(mut self) {
        while self.doing.join_next().await.is_some() {}
        for asking in self.asking.into_values() {
            let _ = asking.await;
        }
    }
}
