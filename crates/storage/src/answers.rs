//! What was answered to requests that must not be carried out twice.

use model::{AnswerId, Timestamp, TokenId};
use serde::{Deserialize, Serialize};

use crate::{Result, WriteTx};

/// A request that carries a key of its caller's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// What the answer will be kept as.
    pub id: AnswerId,
    /// Whose key it is.
    pub token_id: TokenId,
    /// The key's hash.
    pub key: Vec<u8>,
    /// The hash of what is asked.
    pub request: Vec<u8>,
    /// Now.
    pub now: Timestamp,
    /// Until when the answer is kept.
    pub until: Timestamp,
}

/// An answer that was given. It may hold what is private: it is sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Its status.
    pub status: u16,
    /// Of which kind its body is.
    pub kind: Option<String>,
    /// The version of what it tells.
    pub tag: Option<String>,
    /// Its body.
    pub body: String,
}

impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answered").field("status", &self.status).finish_non_exhaustive()
    }
}

/// How a request with a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// It is the first with this key: it is to be carried out.
    First,
    /// The first one has no answer yet: it is being carried out, or was when the service ended.
    Unanswered,
    /// The key was used for another request.
    Other,
    /// It was answered.
    Answered(Answered),
}

impl WriteTx {
    /// Begins a request with a key, unless it was begun before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_keyed(&mut self, keyed: &Keyed) -> Result<Begun> {
        self.statement(sql!("DELETE FROM answers WHERE token_id = $1 AND expires_at <= $2"))
            .bind(keyed.token_id)
            .bind(keyed.now)
            .execute()
            .await?;
        let added = self
            .statement(sql!(
                "INSERT INTO answers (id, token_id, key, request, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (token_id, key) DO NOTHING"
            ))
            .bind(keyed.id)
            .bind(keyed.token_id)
            .bind(keyed.key.clone())
            .bind(keyed.request.clone())
            .bind(keyed.now)
            .bind(keyed.until)
            .execute()
            .await?;
        if added == 1 {
            return Ok(Begun::First);
        }
        let row = self
            .statement(sql!(
                "SELECT id, request, answer FROM answers WHERE token_id = $1 AND key = $2"
            ))
            .bind(keyed.token_id)
            .bind(keyed.key.clone())
            .row()
            .await?;
        // It can only have expired in between, and then nobody knows what became of it.
        let Some(row) = row else { return Ok(Begun::Unanswered) };
        let request: Vec<u8> = row.get("answers", "request")?;
        if request != keyed.request {
            return Ok(Begun::Other);
        }
        let id: AnswerId = row.get("answers", "id")?;
        let answer: Option<Vec<u8>> = row.maybe("answers", "answer")?;
        let Some(sealed) = answer else { return Ok(Begun::Unanswered) };
        Ok(Begun::Answered(self.vault.open_document("answers.answer", id.as_uuid(), &sealed)?))
    }

    /// Keeps the answer to a request with a key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_answer(&mut self, id: AnswerId, answered: &Answered) -> Result<()> {
        let sealed = self.vault.seal_document("answers.answer", id.as_uuid(), answered);
        self.statement(sql!("UPDATE answers SET status = $1, answer = $2 WHERE id = $3"))
            .bind(i64::from(answered.status))
            .bind(sealed)
            .bind(id)
            .execute()
            .await?;
        Ok(())
    }

    /// Forgets a request with a key that changed nothing: it may be sent again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_keyed(&mut self, id: AnswerId) -> Result<()> {
        self.statement(sql!("DELETE FROM answers WHERE id = $1")).bind(id).execute().await?;
        Ok(())
    }
}
