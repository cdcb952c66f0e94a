//! API tokens: only their hashes are kept.

use model::{AdminId, ChapterId, PhoneId, Role, Timestamp, TokenId};

use crate::{ReadTx, Result, WriteTx};

/// An API token: for one chapter, with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// The chapter it opens.
    pub chapter_id: ChapterId,
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// For whom of the chapter's people it was made, with her number's row: whatever is done with it,
    /// she does. `None` for a program's.
    pub owner: Option<(AdminId, PhoneId)>,
}

impl ReadTx {
    /// The token of this hash, unless it was revoked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token(&mut self, hash: Vec<u8>) -> Result<Option<Token>> {
        let row = self
            .statement(sql!(
                "SELECT t.id, t.chapter_id, t.name, t.role, t.admin_id, a.phone_id
                 FROM tokens t LEFT JOIN admins a ON a.id = t.admin_id
                 WHERE t.hash = $1 AND t.revoked_at IS NULL"
            ))
            .bind(hash)
            .row()
            .await?;
        row.map(|row| {
            let admin: Option<AdminId> = row.maybe("tokens", "admin_id")?;
            let phone: Option<PhoneId> = row.maybe("tokens", "phone_id")?;
            Ok(Token {
                id: row.get("tokens", "id")?,
                chapter_id: row.get("tokens", "chapter_id")?,
                name: row.get("tokens", "name")?,
                role: row.get("tokens", "role")?,
                owner: admin.zip(phone),
            })
        })
        .transpose()
    }
}

impl WriteTx {
    /// Adds a token under its hash; `false` if the chapter has one of that name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_token(
        &mut self,
        token: &Token,
        hash: Vec<u8>,
        now: Timestamp,
    ) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO tokens (id, chapter_id, name, hash, role, created_at, admin_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ))
            .bind(token.id)
            .bind(token.chapter_id)
            .bind(token.name.as_str())
            .bind(hash)
            .bind(token.role)
            .bind(now)
            .bind(token.owner.map(|(admin, _)| admin))
            .execute()
            .await?;
        Ok(added == 1)
    }
}
