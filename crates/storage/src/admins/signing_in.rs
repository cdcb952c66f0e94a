//! E-mailed links with their texted codes, sessions, and who belongs to the chapter's people.

use model::{AdminId, ChapterId, Role, Timestamp};

use super::Admin;
use crate::{ReadTx, Result, WriteTx, sql::Row};

/// A link that was e-mailed and works with a code.
#[derive(Debug, Clone)]
pub struct CodedLink {
    /// Whose it is.
    pub admin: AdminId,
    /// The hash of the code that was texted last.
    pub code: Option<Vec<u8>>,
    /// Until when that works.
    pub code_until: Option<Timestamp>,
    /// How many codes were texted for it.
    pub codes: i64,
    /// How many codes were tried.
    pub tries: i64,
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The hash by which it is known.
    pub hash: Vec<u8>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

impl ReadTx {
    /// Everybody who is one of some chapter's people. Addresses are sealed: they are compared when opened.
    ///
    /// # Errors
    /// What the database says.
    pub async fn everybodys_admins(&mut self) -> Result<Vec<Admin>> {
        let rows = self
            .statement(
                sql!("SELECT " admin_columns!() " FROM admins WHERE ended_at IS NULL ORDER BY id"),
            )
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The sessions of one of the chapter's people that have not ended, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sessions_of(&mut self, admin: AdminId, now: Timestamp) -> Result<Vec<SessionRow>> {
        let rows = self
            .statement(sql!(
                "SELECT hash, created_at, expires_at FROM sessions
                 WHERE admin_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY created_at DESC"
            ))
            .bind(admin)
            .bind(now)
            .rows()
            .await?;
        let session = |row: &Row| {
            Ok(SessionRow {
                hash: row.get("sessions", "hash")?,
                created_at: row.get("sessions", "created_at")?,
                expires_at: row.get("sessions", "expires_at")?,
            })
        };
        rows.iter().map(session).collect()
    }

    /// How many links that were e-mailed to one of the chapter's people can still be used.
    ///
    /// # Errors
    /// What the database says.
    pub async fn live_coded_links(&mut self, admin: AdminId, now: Timestamp) -> Result<i64> {
        let count: Option<i64> = self
            .statement(sql!(
                "SELECT COUNT(*) FROM sign_ins
                 WHERE admin_id = $1 AND with_code AND used_at IS NULL AND expires_at > $2"
            ))
            .bind(admin)
            .bind(now)
            .scalar("sign_ins")
            .await?;
        Ok(count.unwrap_or(0))
    }
}

impl WriteTx {
    /// Keeps the hash of a link that works with a code alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_coded_link(
        &mut self,
        hash: Vec<u8>,
        admin: AdminId,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO sign_ins (hash, admin_id, expires_at, with_code) VALUES ($1, $2, $3, TRUE)"
        ))
        .bind(hash)
        .bind(admin)
        .bind(expires_at)
        .execute()
        .await?;
        Ok(())
    }

    /// A link that works with a code and is neither used nor too old, locked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn coded_link(&mut self, hash: Vec<u8>, now: Timestamp) -> Result<Option<CodedLink>> {
        let row = self
            .statement(sql!(
                "SELECT admin_id, code, code_until, codes, tries FROM sign_ins
                 WHERE hash = $1 AND with_code AND used_at IS NULL AND expires_at > $2" for_update
            ))
            .bind(hash)
            .bind(now)
            .row()
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(CodedLink {
            admin: row.get("sign_ins", "admin_id")?,
            code: row.maybe("sign_ins", "code")?,
            code_until: row.maybe("sign_ins", "code_until")?,
            codes: row.get("sign_ins", "codes")?,
            tries: row.get("sign_ins", "tries")?,
        }))
    }

    /// Keeps the hash of the code that goes out now; the one before works no more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_link_code(
        &mut self,
        hash: Vec<u8>,
        code: Vec<u8>,
        until: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "UPDATE sign_ins SET code = $2, code_until = $3, codes = codes + 1 WHERE hash = $1"
        ))
        .bind(hash)
        .bind(code)
        .bind(until)
        .execute()
        .await?;
        Ok(())
    }

    /// Counts a code that was tried.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_try(&mut self, hash: Vec<u8>) -> Result<()> {
        self.statement(sql!("UPDATE sign_ins SET tries = tries + 1 WHERE hash = $1"))
            .bind(hash)
            .execute()
            .await?;
        Ok(())
    }

    /// Uses a link with a code up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_coded_link(&mut self, hash: Vec<u8>, now: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE sign_ins SET used_at = $2 WHERE hash = $1"))
            .bind(hash)
            .bind(now)
            .execute()
            .await?;
        Ok(())
    }

    /// Ends a session of somebody's; `false` where she has no such session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session_of(
        &mut self,
        admin: AdminId,
        hash: Vec<u8>,
        now: Timestamp,
    ) -> Result<bool> {
        let ended = self
            .statement(sql!(
                "UPDATE sessions SET ended_at = $3 WHERE admin_id = $1 AND hash = $2 AND ended_at IS NULL"
            ))
            .bind(admin)
            .bind(hash)
            .bind(now)
            .execute()
            .await?;
        Ok(ended == 1)
    }

    /// Gives one of the chapter's people another role; her sessions go on with it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_admin_role(&mut self, id: AdminId, role: Role) -> Result<()> {
        self.statement(sql!("UPDATE admins SET role = $2 WHERE id = $1"))
            .bind(id)
            .bind(role)
            .execute()
            .await?;
        Ok(())
    }

    /// Somebody is none of the chapter's people any more, or is again: her sessions and links end.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_admin(&mut self, id: AdminId, now: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE admins SET ended_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(now)
            .execute()
            .await?;
        self.statement(sql!(
            "UPDATE sessions SET ended_at = $2 WHERE admin_id = $1 AND ended_at IS NULL"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
        self.statement(sql!(
            "UPDATE sign_ins SET used_at = $2 WHERE admin_id = $1 AND used_at IS NULL"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
        self.statement(sql!("DELETE FROM passkeys WHERE admin_id = $1")).bind(id).execute().await?;
        Ok(())
    }

    /// The chapter's people, locked: what is decided about one of them rests on the others.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lock_admins(&mut self, chapter: ChapterId) -> Result<Vec<Admin>> {
        let rows = self
            .statement(sql!(
                "SELECT " admin_columns!() " FROM admins WHERE chapter_id = $1 AND ended_at IS NULL ORDER BY id" for_update
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }
}
