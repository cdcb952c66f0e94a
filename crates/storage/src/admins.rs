//! The chapter's people: who they are, and how they are signed in.

use model::{AdminId, ChapterId, EmailAddress, PersonName, PhoneId, Role, Timestamp};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    members::open_text,
    sql::{FromRow, Row},
};

macro_rules! admin_columns {
    () => {
        "id, chapter_id, phone_id, name, email, role, paging_order"
    };
}

mod passkeys;
mod signing_in;

pub use passkeys::{Challenge, Passkey};
pub use signing_in::{CodedLink, SessionRow};

/// One of a chapter's people.
#[derive(Debug, Clone)]
pub struct Admin {
    /// Her id.
    pub id: AdminId,
    /// Her chapter.
    pub chapter_id: ChapterId,
    /// Her number's row.
    pub phone_id: PhoneId,
    /// Her name.
    pub name: PersonName,
    /// Her e-mail address.
    pub email: EmailAddress,
    /// What she may do.
    pub role: Role,
    /// Her turn when somebody is paged: the lowest first.
    pub paging_order: i64,
}

impl FromRow for Admin {
    const TABLE: &'static str = "admins";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: AdminId = row.get(Self::TABLE, "id")?;
        let text = |column: &'static str, place: &'static str| -> Result<String> {
            let sealed: Vec<u8> = row.get(Self::TABLE, column)?;
            open_text(vault, place, id.as_uuid(), &sealed)
                .ok_or_else(|| Error::unopened(Self::TABLE, column, id.as_uuid()))
        };
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            name: PersonName::new(text("name", "admins.name")?),
            email: EmailAddress::new(text("email", "admins.email")?),
            role: row.get(Self::TABLE, "role")?,
            paging_order: row.get(Self::TABLE, "paging_order")?,
        })
    }
}

/// One of the chapter's people to be added.
#[derive(Debug, Clone)]
pub struct NewAdmin {
    /// Her id.
    pub id: AdminId,
    /// Her chapter.
    pub chapter_id: ChapterId,
    /// Her number's row.
    pub phone_id: PhoneId,
    /// Her name.
    pub name: PersonName,
    /// Her e-mail address.
    pub email: EmailAddress,
    /// What she may do.
    pub role: Role,
    /// When.
    pub now: Timestamp,
}

/// What came of using a sign-in link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// It was good, and is used up now.
    Welcome(AdminId),
    /// It was used before.
    Used,
    /// It is too old, or there is no such link.
    Unknown,
}

impl ReadTx {
    /// A chapter's people in the order in which they are paged.
    ///
    /// # Errors
    /// What the database says.
    pub async fn admins(&mut self, chapter: ChapterId) -> Result<Vec<Admin>> {
        let rows = self
            .statement(sql!(
                "SELECT " admin_columns!() " FROM admins
                 WHERE chapter_id = $1 AND ended_at IS NULL ORDER BY paging_order, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's people, and those who were: for what tells who did something.
    ///
    /// # Errors
    /// What the database says.
    pub async fn admins_ever(&mut self, chapter: ChapterId) -> Result<Vec<Admin>> {
        let rows = self
            .statement(sql!(
                "SELECT " admin_columns!() " FROM admins WHERE chapter_id = $1 ORDER BY paging_order, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// One of the chapter's people by her id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn admin(&mut self, id: AdminId) -> Result<Option<Admin>> {
        let row = self
            .statement(sql!("SELECT " admin_columns!() " FROM admins WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The one of the chapter's people with this number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn admin_by_phone(
        &mut self,
        phone: PhoneId,
        chapter: ChapterId,
    ) -> Result<Option<Admin>> {
        let row = self
            .statement(sql!("SELECT " admin_columns!() " FROM admins
                 WHERE chapter_id = $1 AND phone_id = $2 AND ended_at IS NULL"))
            .bind(chapter)
            .bind(phone)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Who is signed in with the session of this hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(&mut self, hash: Vec<u8>, now: Timestamp) -> Result<Option<Admin>> {
        let row = self
            .statement(sql!(
                "SELECT a.id, a.chapter_id, a.phone_id, a.name, a.email, a.role, a.paging_order
                 FROM sessions s JOIN admins a ON a.id = s.admin_id
                 WHERE s.hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.ended_at IS NULL"
            ))
            .bind(hash)
            .bind(now)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Adds one of the chapter's people, last in the paging order; `false` if her number is one of
    /// theirs already. A number of somebody who was let go comes back with the name, the address and
    /// the role that are told now: it may be another's today.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_admin(&mut self, admin: &NewAdmin) -> Result<bool> {
        let known: Option<AdminId> = self
            .statement(sql!("SELECT id FROM admins WHERE chapter_id = $1 AND phone_id = $2"))
            .bind(admin.chapter_id)
            .bind(admin.phone_id)
            .scalar("admins")
            .await?;
        let row = known.unwrap_or(admin.id).as_uuid();
        let ended: Option<AdminId> = self
            .statement(sql!(
                "SELECT id FROM admins WHERE chapter_id = $1 AND phone_id = $2 AND ended_at IS NOT NULL"
            ))
            .bind(admin.chapter_id)
            .bind(admin.phone_id)
            .scalar("admins")
            .await?;
        if let Some(before) = ended {
            // What was on its way while she was let go opens nothing for whoever has the number now.
            self.end_admin(before, admin.now).await?;
        }
        let seal = |place, text: &str| self.vault.seal(place, row, text.as_bytes());
        let (name, email) =
            (seal("admins.name", admin.name.reveal()), seal("admins.email", admin.email.reveal()));
        let added = self
            .statement(sql!(
                "INSERT INTO admins (id, chapter_id, phone_id, name, email, role, paging_order, created_at)
                 SELECT $1, $2, $3, $4, $5, $6, COALESCE(MAX(paging_order), 0) + 1, $7
                 FROM admins WHERE chapter_id = $2
                 ON CONFLICT (chapter_id, phone_id) DO UPDATE
                     SET ended_at = NULL, role = EXCLUDED.role, name = EXCLUDED.name, email = EXCLUDED.email
                     WHERE admins.ended_at IS NOT NULL"
            ))
            .bind(admin.id)
            .bind(admin.chapter_id)
            .bind(admin.phone_id)
            .bind(name)
            .bind(email)
            .bind(admin.role)
            .bind(admin.now)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Keeps a sign-in link's hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_sign_in(
        &mut self,
        hash: Vec<u8>,
        admin: AdminId,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO sign_ins (hash, admin_id, expires_at) VALUES ($1, $2, $3)"
        ))
        .bind(hash)
        .bind(admin)
        .bind(expires_at)
        .execute()
        .await?;
        Ok(())
    }

    /// Uses up a sign-in link: it works once, whoever comes at the same time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_sign_in(&mut self, hash: Vec<u8>, now: Timestamp) -> Result<SignIn> {
        let admin: Option<AdminId> = self
            .statement(sql!(
                "UPDATE sign_ins SET used_at = $2
                 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 AND NOT with_code
                 RETURNING admin_id"
            ))
            .bind(hash.clone())
            .bind(now)
            .scalar("sign_ins")
            .await?;
        if let Some(admin) = admin {
            return Ok(SignIn::Welcome(admin));
        }
        let used = self
            .statement(sql!(
                "SELECT EXISTS (SELECT 1 FROM sign_ins WHERE hash = $1 AND used_at IS NOT NULL)"
            ))
            .bind(hash)
            .truth()
            .await?;
        Ok(if used { SignIn::Used } else { SignIn::Unknown })
    }

    /// Begins a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_session(
        &mut self,
        hash: Vec<u8>,
        admin: AdminId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO sessions (hash, admin_id, created_at, expires_at) VALUES ($1, $2, $3, $4)"
        ))
        .bind(hash)
        .bind(admin)
        .bind(now)
        .bind(expires_at)
        .execute()
        .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session(&mut self, hash: Vec<u8>, now: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE sessions SET ended_at = $2 WHERE hash = $1 AND ended_at IS NULL"
        ))
        .bind(hash)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }
}
