//! Members as the roster has them.

use model::{
    ChapterId, EmailAddress, MemberId, MemberStatus, OfferBy, PersonName, PhoneId, Timestamp,
    settings::QuietHours,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{Document, FromRow, Row, id_list},
};

macro_rules! member_columns {
    () => {
        "id, chapter_id, phone_id, name, email, private, status, status_reason, profile, away_until, \
         awaiting, created_at, number_asked_at, number_confirmed_at, practised_at"
    };
}

mod joining;
mod looking;

pub use looking::{Askable, Named};

/// Among the days on which a member is left alone: from Friday afternoon until Saturday night.
pub const SHABBAT: &str = "shabbat";

/// What a member offers, in structured words. An empty list means no limit for areas and visit
/// types, and nothing told for the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Credentials as shown on the card: `IBCLC`, `RN`.
    pub credentials: Vec<String>,
    /// Boroughs, neighbourhoods or ZIPs she serves.
    pub areas: Vec<String>,
    /// Languages she works in, as ISO 639-1 where there is one.
    pub languages: Vec<String>,
    /// Payers she takes.
    pub payers: Vec<String>,
    /// The day on which they were last confirmed.
    pub payers_confirmed: Option<jiff::civil::Date>,
    /// `home`, `office`, `virtual`, ...
    pub visit_types: Vec<String>,
    /// Whether she wants to be asked at night.
    pub night_owl: bool,
    /// Days on which she is left alone: `sun`; or [`SHABBAT`].
    pub quiet_days: Vec<String>,
    /// Areas she does not want.
    pub exclude_areas: Vec<String>,
    /// The hours in which she is left alone, where they are others than the chapter's.
    pub quiet_hours: Option<QuietHours>,
    /// How many referrals she wants to hold at once, where that is fewer than the chapter allows.
    pub cap: Option<u32>,
    /// By which way she wants to be told of offers.
    pub offer_by: OfferBy,
}

/// What the roster knows of a member that is sealed beside her name and number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberPrivate {
    /// Where families book.
    pub booking_url: Option<String>,
    /// The chapter's note.
    pub note: String,
}

/// A member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Her id.
    pub id: MemberId,
    /// Her chapter.
    pub chapter_id: ChapterId,
    /// Her number's row.
    pub phone_id: PhoneId,
    /// Her name, exactly as families are to read it.
    pub name: PersonName,
    /// Her e-mail address.
    pub email: Option<EmailAddress>,
    /// Her booking link and the chapter's note.
    pub private: MemberPrivate,
    /// Her standing.
    pub status: MemberStatus,
    /// Why she is paused or suspended; for the chapter's people alone.
    pub status_reason: Option<String>,
    /// What she offers.
    pub profile: Profile,
    /// Away until this instant.
    pub away_until: Option<Timestamp>,
    /// What we asked her and wait to hear.
    pub awaiting: Option<Value>,
    /// When she came onto the roster.
    pub created_at: Timestamp,
    /// When a text went to her number that she was to answer.
    pub number_asked_at: Option<Timestamp>,
    /// When she answered it: the number is hers.
    pub number_confirmed_at: Option<Timestamp>,
    /// When she claimed a practice referral.
    pub practised_at: Option<Timestamp>,
}

impl FromRow for Member {
    const TABLE: &'static str = "members";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: MemberId = row.get(Self::TABLE, "id")?;
        let text = |column: &'static str, place: &'static str, sealed: Vec<u8>| -> Result<String> {
            open_text(vault, place, id.as_uuid(), &sealed)
                .ok_or_else(|| Error::unopened(Self::TABLE, column, id.as_uuid()))
        };
        let private = text("private", "members.private", row.get(Self::TABLE, "private")?)?;
        let email: Option<Vec<u8>> = row.maybe(Self::TABLE, "email")?;
        let reason: Option<Vec<u8>> = row.maybe(Self::TABLE, "status_reason")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            name: PersonName::new(text("name", "members.name", row.get(Self::TABLE, "name")?)?),
            email: email
                .map(|sealed| text("email", "members.email", sealed))
                .transpose()?
                .map(EmailAddress::new),
            private: serde_json::from_str(&private).map_err(|_| {
                Error::unreadable(Self::TABLE, "private", id, "it is no such document")
            })?,
            status: row.get(Self::TABLE, "status")?,
            status_reason: reason
                .map(|sealed| text("status_reason", "members.status_reason", sealed))
                .transpose()?,
            profile: row.get::<Document<_>>(Self::TABLE, "profile")?.0,
            away_until: row.maybe(Self::TABLE, "away_until")?,
            awaiting: row.maybe::<Document<_>>(Self::TABLE, "awaiting")?.map(|document| document.0),
            created_at: row.get(Self::TABLE, "created_at")?,
            number_asked_at: row.maybe(Self::TABLE, "number_asked_at")?,
            number_confirmed_at: row.maybe(Self::TABLE, "number_confirmed_at")?,
            practised_at: row.maybe(Self::TABLE, "practised_at")?,
        })
    }
}

pub(crate) fn open_text(
    vault: &Vault,
    place: &'static str,
    id: Uuid,
    sealed: &[u8],
) -> Option<String> {
    String::from_utf8(vault.open(place, id, sealed)?).ok()
}

/// A member to be put on the roster, or to take the place of what the roster has of her number.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Her id if she is new.
    pub id: MemberId,
    /// Her chapter.
    pub chapter_id: ChapterId,
    /// Her number's row.
    pub phone_id: PhoneId,
    /// Her name.
    pub name: PersonName,
    /// Her e-mail address.
    pub email: Option<EmailAddress>,
    /// Her booking link and the chapter's note.
    pub private: MemberPrivate,
    /// Her standing.
    pub status: MemberStatus,
    /// What she offers.
    pub profile: Profile,
    /// When.
    pub now: Timestamp,
}

impl ReadTx {
    /// A chapter's whole roster but the removed, in the order they came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn roster(&mut self, chapter: ChapterId) -> Result<Vec<Member>> {
        let rows = self
            .statement(sql!(
                "SELECT " member_columns!() " FROM members WHERE chapter_id = $1 AND status <> 'removed'
                 ORDER BY created_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The members of these ids, those who were removed among them, in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_of(&mut self, ids: &[MemberId]) -> Result<Vec<Member>> {
        let rows = self
            .statement(sql!("SELECT " member_columns!() " FROM members WHERE id" in_list))
            .bind(Document(&id_list(ids.iter().map(|id| id.as_uuid()))))
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A page of a chapter's members in the order of their ids: those after `after`, of this standing
    /// where one is named, else all but the removed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_after(
        &mut self,
        chapter: ChapterId,
        status: Option<MemberStatus>,
        after: Option<MemberId>,
        limit: i64,
    ) -> Result<Vec<Member>> {
        let rows = self
            .statement(sql!(
                "SELECT " member_columns!() " FROM members
                 WHERE chapter_id = $1 AND id > $2
                   AND (status = $3 OR (CAST($3 AS TEXT) IS NULL AND status <> 'removed'))
                 ORDER BY id LIMIT $4"
            ))
            .bind(chapter)
            .bind(after.unwrap_or(MemberId::from_uuid(Uuid::nil())))
            .bind(status)
            .bind(limit)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A member by her id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn member(&mut self, id: MemberId) -> Result<Option<Member>> {
        let row = self
            .statement(sql!("SELECT " member_columns!() " FROM members WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The member with this number, unless she was removed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn member_by_phone(
        &mut self,
        phone: PhoneId,
        chapter: ChapterId,
    ) -> Result<Option<Member>> {
        let row = self
            .statement(sql!(
                "SELECT " member_columns!() " FROM members
                 WHERE chapter_id = $1 AND phone_id = $2 AND status <> 'removed'"
            ))
            .bind(chapter)
            .bind(phone)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The member with this number, whatever her standing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn member_with_phone(
        &mut self,
        phone: PhoneId,
        chapter: ChapterId,
    ) -> Result<Option<Member>> {
        let row = self
            .statement(sql!(
                "SELECT " member_columns!() " FROM members WHERE chapter_id = $1 AND phone_id = $2"
            ))
            .bind(chapter)
            .bind(phone)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// A member, locked: what is changed of her rests on what was read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn member_for_update(&mut self, id: MemberId) -> Result<Option<Member>> {
        let row = self
            .statement(sql!("SELECT " member_columns!() " FROM members WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Puts a member on the roster; one with the same number is brought up to date. Gives her id
    /// and whether she is new.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_member(&mut self, member: &NewMember) -> Result<(MemberId, bool)> {
        if let Some(known) = self.member_with_number(member).await? {
            self.update_member(known, member).await?;
            return Ok((known, false));
        }
        let [name, email, private] = self.seal_member(member.id, member);
        let added = self
            .statement(sql!(
                "INSERT INTO members (id, chapter_id, phone_id, name, email, private, status, profile, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (chapter_id, phone_id) DO NOTHING"
            ))
            .bind(member.id)
            .bind(member.chapter_id)
            .bind(member.phone_id)
            .bind(name)
            .bind(email)
            .bind(private)
            .bind(member.status)
            .bind(Document(&member.profile))
            .bind(member.now)
            .execute()
            .await?;
        if added == 1 {
            return Ok((member.id, true));
        }
        // Another node put her there between our look and our insert. What is sealed opens only in
        // the row whose id it was sealed for, so it is sealed once more for hers.
        let known = self.member_with_number(member).await?;
        let known = known.ok_or_else(|| {
            Error::unreadable("members", "phone_id", member.phone_id, "the row vanished")
        })?;
        self.update_member(known, member).await?;
        Ok((known, false))
    }

    async fn member_with_number(&mut self, member: &NewMember) -> Result<Option<MemberId>> {
        self.statement(
            sql!("SELECT id FROM members WHERE chapter_id = $1 AND phone_id = $2" for_update),
        )
        .bind(member.chapter_id)
        .bind(member.phone_id)
        .scalar("members")
        .await
    }

    async fn update_member(&mut self, id: MemberId, member: &NewMember) -> Result<()> {
        let [name, email, private] = self.seal_member(id, member);
        self.statement(sql!(
            "UPDATE members SET name = $2, email = $3, private = $4, status = $5, profile = $6 WHERE id = $1"
        ))
        .bind(id)
        .bind(name)
        .bind(email)
        .bind(private)
        .bind(member.status)
        .bind(Document(&member.profile))
        .execute()
        .await?;
        Ok(())
    }

    /// Her name, her e-mail address and what is sealed as one, for the row of this id.
    fn seal_member(&self, id: MemberId, member: &NewMember) -> [Option<Vec<u8>>; 3] {
        let seal = |place, text: &str| self.vault.seal(place, id.as_uuid(), text.as_bytes());
        let private = serde_json::to_string(&member.private).unwrap_or_default();
        [
            Some(seal("members.name", member.name.reveal())),
            member.email.as_ref().map(|email| seal("members.email", email.reveal())),
            Some(seal("members.private", &private)),
        ]
    }

    /// Keeps a member's standing and the reason for it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_status(
        &mut self,
        id: MemberId,
        status: MemberStatus,
        reason: Option<&str>,
    ) -> Result<()> {
        let reason = reason
            .map(|text| self.vault.seal("members.status_reason", id.as_uuid(), text.as_bytes()));
        self.statement(sql!("UPDATE members SET status = $2, status_reason = $3 WHERE id = $1"))
            .bind(id)
            .bind(status)
            .bind(reason)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps until when a member is away; `None` brings her back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_away(&mut self, id: MemberId, until: Option<Timestamp>) -> Result<()> {
        self.statement(sql!("UPDATE members SET away_until = $2 WHERE id = $1"))
            .bind(id)
            .bind(until)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps that a member has another number, from which she has answered nothing yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_number(&mut self, id: MemberId, phone: PhoneId) -> Result<()> {
        self.statement(sql!(
            "UPDATE members SET phone_id = $2, number_asked_at = NULL, number_confirmed_at = NULL,
                    awaiting = NULL WHERE id = $1"
        ))
        .bind(id)
        .bind(phone)
        .execute()
        .await?;
        Ok(())
    }

    /// Keeps what a member offers.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_profile(&mut self, id: MemberId, profile: &Profile) -> Result<()> {
        self.statement(sql!("UPDATE members SET profile = $2 WHERE id = $1"))
            .bind(id)
            .bind(Document(profile))
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps what we asked a member and wait to hear; `None` once she has answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_awaiting(
        &mut self,
        id: MemberId,
        awaiting: Option<&Value>,
    ) -> Result<()> {
        self.statement(sql!("UPDATE members SET awaiting = $2 WHERE id = $1"))
            .bind(id)
            .bind(awaiting.map(Document))
            .execute()
            .await?;
        Ok(())
    }
}
