//! API tokens: only their hashes are kept.

use model::{AdminId, ChapterId, PhoneId, Role, Timestamp, TokenId};

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

/// An API token: for one chapter, with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// The chapter it opens.
    pub chapter_id: ChapterId,
    /// What it is called.
    pub name: String,
    /// What it may do: no more than its owner may now.
    pub role: Role,
    /// For whom of the chapter's people it was made, with her number's row: whatever is done with it,
    /// she does. `None` for a program's.
    pub owner: Option<(AdminId, PhoneId)>,
    /// The parts of the API it opens, such as `referrals:read`; `None` for all that its role may do.
    pub scopes: Option<Vec<String>>,
}

impl Token {
    /// Whether its scopes hold one: whoever may change something may look at it.
    #[must_use]
    pub fn opens(&self, scope: &str) -> bool {
        let Some(own) = &self.scopes else { return true };
        let whole = scope.strip_suffix(":read").map(|area| format!("{area}:write"));
        own.iter().any(|one| one == scope || Some(one) == whole.as_ref())
    }
}

/// A token in a list of a chapter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedToken {
    /// What it is.
    pub token: Token,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it opens nothing.
    pub revoked_at: Option<Timestamp>,
}

impl FromRow for Token {
    const TABLE: &'static str = "tokens";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        let admin: Option<AdminId> = row.maybe(Self::TABLE, "admin_id")?;
        let phone: Option<PhoneId> = row.maybe(Self::TABLE, "phone_id")?;
        let scopes: Option<String> = row.maybe(Self::TABLE, "scopes")?;
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            name: row.get(Self::TABLE, "name")?,
            role: row.get::<Role>(Self::TABLE, "role")?.at_most(row.maybe("admins", "most")?),
            owner: admin.zip(phone),
            scopes: scopes.map(|all| all.split_whitespace().map(str::to_owned).collect()),
        })
    }
}

impl FromRow for ListedToken {
    const TABLE: &'static str = "tokens";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        Ok(Self {
            token: Token::from_row(row, vault)?,
            created_at: row.get(Self::TABLE, "created_at")?,
            revoked_at: row.maybe(Self::TABLE, "revoked_at")?,
        })
    }
}

impl ReadTx {
    /// The token of this hash, unless it was revoked or its owner was let go. It may no more than she.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token(&mut self, hash: Vec<u8>) -> Result<Option<Token>> {
        let row = self
            .statement(sql!(
                "SELECT t.id, t.chapter_id, t.name, t.role, t.admin_id, t.scopes, a.phone_id, a.role AS most
                 FROM tokens t LEFT JOIN admins a ON a.id = t.admin_id
                 WHERE t.hash = $1 AND t.revoked_at IS NULL AND a.ended_at IS NULL"
            ))
            .bind(hash)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Whether a token still opens anything.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token_stands(&mut self, id: TokenId) -> Result<bool> {
        self.statement(sql!(
            "SELECT EXISTS (SELECT 1 FROM tokens t LEFT JOIN admins a ON a.id = t.admin_id
                            WHERE t.id = $1 AND t.revoked_at IS NULL AND a.ended_at IS NULL)"
        ))
        .bind(id)
        .truth()
        .await
    }

    /// A chapter's tokens, those that were revoked included, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens(&mut self, chapter: ChapterId) -> Result<Vec<ListedToken>> {
        let rows = self
            .statement(sql!(
                "SELECT t.id, t.chapter_id, t.name, t.role, t.admin_id, t.scopes, t.created_at, t.revoked_at,
                        a.phone_id, a.role AS most
                 FROM tokens t LEFT JOIN admins a ON a.id = t.admin_id
                 WHERE t.chapter_id = $1 ORDER BY t.created_at, t.id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
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
                "INSERT INTO tokens (id, chapter_id, name, hash, role, created_at, admin_id, scopes)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
            ))
            .bind(token.id)
            .bind(token.chapter_id)
            .bind(token.name.as_str())
            .bind(hash)
            .bind(token.role)
            .bind(now)
            .bind(token.owner.map(|(admin, _)| admin))
            .bind(token.scopes.as_ref().map(|all| all.join(" ")))
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Revokes a chapter's token: from now on it opens nothing. `false` if there is none that does.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoke_token(
        &mut self,
        chapter: ChapterId,
        id: TokenId,
        now: Timestamp,
    ) -> Result<bool> {
        let revoked = self
            .statement(sql!(
                "UPDATE tokens SET revoked_at = $1
                 WHERE id = $2 AND chapter_id = $3 AND revoked_at IS NULL"
            ))
            .bind(now)
            .bind(id)
            .bind(chapter)
            .execute()
            .await?;
        Ok(revoked == 1)
    }
}
