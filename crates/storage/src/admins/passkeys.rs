//! Passkeys of the chapter's people, and what their browsers were asked to sign.

use model::{AdminId, PasskeyId, Timestamp};
use serde_json::Value;

use crate::{
    ReadTx, Result, Vault, WriteTx, hash_secret,
    sql::{Document, FromRow, Row},
};

/// A passkey: what is kept of it is public.
#[derive(Debug, Clone)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// Whose it is.
    pub admin: AdminId,
    /// Its public key and its counter, in the words of whoever judges signatures.
    pub content: Value,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last signed in with.
    pub used_at: Option<Timestamp>,
}

impl FromRow for Passkey {
    const TABLE: &'static str = "passkeys";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            admin: row.get(Self::TABLE, "admin_id")?,
            content: row.get::<Document<_>>(Self::TABLE, "content")?.0,
            created_at: row.get(Self::TABLE, "created_at")?,
            used_at: row.maybe(Self::TABLE, "used_at")?,
        })
    }
}

/// What a browser was asked to sign.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// Who adds a passkey; `None` where somebody signs in.
    pub admin: Option<AdminId>,
    /// What its answer is judged by.
    pub content: Value,
}

impl ReadTx {
    /// The passkeys of one of the chapter's people, in the order in which they were added.
    ///
    /// # Errors
    /// What the database says.
    pub async fn passkeys(&mut self, admin: AdminId) -> Result<Vec<Passkey>> {
        let rows = self
            .statement(sql!(
                "SELECT id, admin_id, content, created_at, used_at FROM passkeys
                 WHERE admin_id = $1 ORDER BY created_at, id"
            ))
            .bind(admin)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Keeps what a browser is asked to sign, by the hash of its token; those that are too old are forgotten,
    /// and of those that were asked by nobody who is signed in the oldest beyond `most`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_challenge(
        &mut self,
        token: &str,
        challenge: &Challenge,
        now: Timestamp,
        until: Timestamp,
        most: i64,
    ) -> Result<()> {
        self.statement(sql!("DELETE FROM passkey_challenges WHERE expires_at <= $1"))
            .bind(now)
            .execute()
            .await?;
        self.statement(sql!(
            "DELETE FROM passkey_challenges WHERE hash IN (
                 SELECT hash FROM passkey_challenges WHERE admin_id IS NULL
                 ORDER BY expires_at DESC LIMIT 1000 OFFSET $1)"
        ))
        .bind(most - 1)
        .execute()
        .await?;
        self.statement(sql!(
            "INSERT INTO passkey_challenges (hash, admin_id, content, expires_at) VALUES ($1, $2, $3, $4)"
        ))
        .bind(hash_secret(token))
        .bind(challenge.admin)
        .bind(Document(&challenge.content))
        .bind(until)
        .execute()
        .await?;
        Ok(())
    }

    /// Takes a challenge: nobody gets it twice.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_challenge(
        &mut self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Challenge>> {
        let row = self
            .statement(sql!(
                "DELETE FROM passkey_challenges WHERE hash = $1 AND expires_at > $2
                 RETURNING admin_id, content"
            ))
            .bind(hash_secret(token))
            .bind(now)
            .row()
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Challenge {
            admin: row.maybe("passkey_challenges", "admin_id")?,
            content: row.get::<Document<_>>("passkey_challenges", "content")?.0,
        }))
    }

    /// Keeps a passkey; `false` where it is known already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_passkey(&mut self, passkey: &Passkey, credential: &[u8]) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO passkeys (id, admin_id, lookup, content, created_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING"
            ))
            .bind(passkey.id)
            .bind(passkey.admin)
            .bind(lookup(credential))
            .bind(Document(&passkey.content))
            .bind(passkey.created_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// The passkey of a credential, locked: its counter is judged by whoever has it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn passkey_for_update(&mut self, credential: &[u8]) -> Result<Option<Passkey>> {
        let row = self
            .statement(sql!(
                "SELECT id, admin_id, content, created_at, used_at FROM passkeys WHERE lookup = $1" for_update
            ))
            .bind(lookup(credential))
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps that a passkey was signed in with, and its counter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_passkey(
        &mut self,
        id: PasskeyId,
        content: &Value,
        now: Timestamp,
    ) -> Result<()> {
        self.statement(sql!("UPDATE passkeys SET content = $2, used_at = $3 WHERE id = $1"))
            .bind(id)
            .bind(Document(content))
            .bind(now)
            .execute()
            .await?;
        Ok(())
    }

    /// Takes a passkey away from its owner; `false` where she has no such passkey.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_passkey(&mut self, admin: AdminId, id: PasskeyId) -> Result<bool> {
        let ended = self
            .statement(sql!("DELETE FROM passkeys WHERE admin_id = $1 AND id = $2"))
            .bind(admin)
            .bind(id)
            .execute()
            .await?;
        Ok(ended == 1)
    }
}

/// A credential's id as it is found: of one length, whatever a browser sends.
fn lookup(credential: &[u8]) -> Vec<u8> {
    hash_secret(&model::hex(credential))
}
