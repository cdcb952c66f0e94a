//! What lies further ahead than anybody can have planned it: a clock that was ahead has been set back
//! since, and what it planned would wait for it to come round again.

use model::{TaskKind, Timestamp};

use crate::{ReadTx, Result, Task, WriteTx};

/// How far ahead of now what is sent may be put off at the most.
#[derive(Debug, Clone, Copy)]
pub struct Furthest {
    /// A text that waits.
    pub due: Timestamp,
    /// A text that waits for its carrier's next day.
    pub tomorrow: Timestamp,
    /// The end of a lease, and when a carrier is asked.
    pub lease: Timestamp,
    /// A person's next text.
    pub person: Timestamp,
}

impl ReadTx {
    /// The planned tasks of a kind that are due later than `beyond`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tasks_beyond(
        &mut self,
        kind: TaskKind,
        beyond: Timestamp,
    ) -> Result<Vec<(Task, Timestamp)>> {
        let rows = self
            .statement(sql!(
                "SELECT subject, chapter_id, due_at FROM tasks WHERE kind = $1 AND due_at > $2"
            ))
            .bind(kind)
            .bind(beyond)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                let task = Task {
                    kind,
                    subject: row.get("tasks", "subject")?,
                    chapter_id: row.get("tasks", "chapter_id")?,
                };
                Ok((task, row.get("tasks", "due_at")?))
            })
            .collect()
    }
}

impl WriteTx {
    /// Makes due what is to be sent and lies too far ahead. Gives how many rows did.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bring_back_texts(&mut self, now: Timestamp, furthest: &Furthest) -> Result<u64> {
        let due = self
            .statement(sql!(
                "UPDATE outbox SET due_at = $1 WHERE state = 'waiting'
                   AND ((due_at > $2 AND (error_class IS NULL OR error_class <> 'tomorrow')) OR due_at > $3)"
            ))
            .bind(now)
            .bind(furthest.due)
            .bind(furthest.tomorrow)
            .execute()
            .await?;
        let leases = self
            .statement(sql!(
                "UPDATE outbox SET lease_until = $1
                 WHERE state IN ('sending', 'unknown') AND lease_until > $2"
            ))
            .bind(now)
            .bind(furthest.lease)
            .execute()
            .await?;
        Ok(due + leases)
    }

    /// Lets those have their next text now to whom one waits and whose turn lies too far ahead. Gives
    /// how many they are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bring_back_people(&mut self, now: Timestamp, furthest: &Furthest) -> Result<u64> {
        self.statement(sql!(
            "UPDATE phones SET next_text_at = $1 WHERE next_text_at > $2
               AND id IN (SELECT phone_id FROM outbox WHERE state = 'waiting')"
        ))
        .bind(now)
        .bind(furthest.person)
        .execute()
        .await
    }

    /// Frees the tasks whose lease would end later than `beyond`. Gives how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn free_tasks(&mut self, beyond: Timestamp) -> Result<u64> {
        self.statement(sql!("UPDATE tasks SET lease_until = NULL WHERE lease_until > $1"))
            .bind(beyond)
            .execute()
            .await
    }

    /// Makes a task due now, unless it has been planned anew.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bring_back_task(
        &mut self,
        task: Task,
        was_due: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "UPDATE tasks SET due_at = $4 WHERE kind = $1 AND subject = $2 AND due_at = $3"
        ))
        .bind(task.kind)
        .bind(task.subject)
        .bind(was_due)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }
}
