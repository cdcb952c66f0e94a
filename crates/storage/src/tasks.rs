//! Timed work as rows: leased by whichever node wakes.

use jiff::SignedDuration;
use model::{ChapterId, TaskKind, Timestamp};
use uuid::Uuid;

use crate::{ReadTx, Result, Wake, WriteTx};

/// A piece of timed work: its kind and the row it is about. It carries no input; what is due is
/// read from the tables when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Task {
    /// What is to be done.
    pub kind: TaskKind,
    /// The row it is about.
    pub subject: Uuid,
    /// Whose it is.
    pub chapter_id: ChapterId,
}

/// A leased task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueTask {
    /// The task.
    pub task: Task,
    /// When it was due.
    pub due_at: Timestamp,
    /// How often it was begun, this time included.
    pub attempts: i64,
}

impl ReadTx {
    /// When there is next something to lease: a task falls due, or the lease of one runs out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_task_at(&mut self) -> Result<Option<Timestamp>> {
        let row = self
            .statement(sql!(
                "SELECT (SELECT due_at FROM tasks WHERE lease_until IS NULL ORDER BY due_at LIMIT 1) AS due_at,
                        (SELECT MIN(lease_until) FROM tasks WHERE lease_until IS NOT NULL) AS lease_until"
            ))
            .row()
            .await?;
        let Some(row) = row else { return Ok(None) };
        let due: Option<Timestamp> = row.maybe("tasks", "due_at")?;
        let lapses: Option<Timestamp> = row.maybe("tasks", "lease_until")?;
        Ok(due.into_iter().chain(lapses).min())
    }

    /// When a task is due, if it is planned.
    ///
    /// # Errors
    /// What the database says.
    pub async fn task_due_at(
        &mut self,
        kind: TaskKind,
        subject: Uuid,
    ) -> Result<Option<Timestamp>> {
        self.statement(sql!("SELECT due_at FROM tasks WHERE kind = $1 AND subject = $2"))
            .bind(kind)
            .bind(subject)
            .scalar("tasks")
            .await
    }

    /// A chapter's planned tasks, the next first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn planned_tasks(
        &mut self,
        chapter: ChapterId,
        most: i64,
    ) -> Result<Vec<(Task, Timestamp)>> {
        let rows = self
            .statement(sql!(
                "SELECT kind, subject, chapter_id, due_at FROM tasks WHERE chapter_id = $1 ORDER BY due_at LIMIT $2"
            ))
            .bind(chapter)
            .bind(most)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                let task = Task {
                    kind: row.get("tasks", "kind")?,
                    subject: row.get("tasks", "subject")?,
                    chapter_id: row.get("tasks", "chapter_id")?,
                };
                Ok((task, row.get("tasks", "due_at")?))
            })
            .collect()
    }
}

impl WriteTx {
    /// Plans a task for `due_at`, or moves it there. The row it is about must be locked, or new.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan(&mut self, task: Task, due_at: Timestamp) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO tasks (kind, subject, chapter_id, due_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, lease_until = NULL, attempts = 0"
        ))
        .bind(task.kind)
        .bind(task.subject)
        .bind(task.chapter_id)
        .bind(due_at)
        .execute()
        .await?;
        self.wake(Wake::Tasks);
        Ok(())
    }

    /// Plans a task unless it is planned already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_once(&mut self, task: Task, due_at: Timestamp) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO tasks (kind, subject, chapter_id, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
        ))
        .bind(task.kind)
        .bind(task.subject)
        .bind(task.chapter_id)
        .bind(due_at)
        .execute()
        .await?;
        self.wake(Wake::Tasks);
        Ok(())
    }

    /// Takes a task off the plan.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unplan(&mut self, kind: TaskKind, subject: Uuid) -> Result<()> {
        self.statement(sql!("DELETE FROM tasks WHERE kind = $1 AND subject = $2"))
            .bind(kind)
            .bind(subject)
            .execute()
            .await?;
        Ok(())
    }

    /// Takes up to `most` due tasks for this node; a lease that lapses is taken up again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_tasks(
        &mut self,
        now: Timestamp,
        lease: SignedDuration,
        most: i64,
    ) -> Result<Vec<DueTask>> {
        let rows = self
            .statement(sql!(
                "WITH next AS MATERIALIZED (
                     SELECT kind, subject FROM tasks
                     WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
                     ORDER BY due_at LIMIT $3" skip_locked ")
                 UPDATE tasks SET lease_until = $2, attempts = attempts + 1
                 WHERE (kind, subject) IN (SELECT kind, subject FROM next)
                 RETURNING kind, subject, chapter_id, due_at, attempts"
            ))
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
            .rows()
            .await?;
        let mut due = rows
            .iter()
            .map(|row| {
                Ok(DueTask {
                    task: Task {
                        kind: row.get("tasks", "kind")?,
                        subject: row.get("tasks", "subject")?,
                        chapter_id: row.get("tasks", "chapter_id")?,
                    },
                    due_at: row.get("tasks", "due_at")?,
                    attempts: row.get("tasks", "attempts")?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        due.sort_by_key(|task| task.due_at);
        Ok(due)
    }

    /// Puts a leased task off after a failure, without touching what others planned meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_off(
        &mut self,
        task: Task,
        was_due: Timestamp,
        until: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "UPDATE tasks SET lease_until = $4 WHERE kind = $1 AND subject = $2 AND due_at = $3"
        ))
        .bind(task.kind)
        .bind(task.subject)
        .bind(was_due)
        .bind(until)
        .execute()
        .await?;
        Ok(())
    }
}
