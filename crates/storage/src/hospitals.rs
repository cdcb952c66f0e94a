//! Hospitals, the people there, and the versions of what they ask.

use jiff::civil::Date;
use model::{AgreementStage, ChapterId, ContactId, HospitalId, RuleSetId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! hospital_columns {
    () => {
        "id, chapter_id, slug, name, baseline, stage, stage_since, renewal_on, private, version, created_at"
    };
}

macro_rules! contact_columns {
    () => {
        "id, chapter_id, hospital_id, role, private, created_at"
    };
}

macro_rules! rule_set_columns {
    () => {
        "id, chapter_id, hospital_id, version, effective_from, content, added_by, created_at"
    };
}

/// What is known of a hospital and sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HospitalPrivate {
    /// The chapter's note.
    pub note: String,
    /// The secret part of the private link to the current list.
    pub link: Option<String>,
}

/// A hospital, or the chapter itself with its baseline list.
#[derive(Debug, Clone, PartialEq)]
pub struct Hospital {
    /// Its id.
    pub id: HospitalId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// How it is called in addresses, files and rules, such as `kings-bay`; a chapter's own.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Whether its list is the chapter's own, which may decide who receives referrals.
    pub baseline: bool,
    /// How far the chapter has come with it.
    pub stage: AgreementStage,
    /// Since when.
    pub stage_since: Timestamp,
    /// The day on which the agreement is to be renewed.
    pub renewal_on: Option<Date>,
    /// What is sealed.
    pub private: HospitalPrivate,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it was added.
    pub created_at: Timestamp,
}

impl FromRow for Hospital {
    const TABLE: &'static str = "hospitals";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: HospitalId = row.get(Self::TABLE, "id")?;
        let private: Vec<u8> = row.get(Self::TABLE, "private")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            slug: row.get(Self::TABLE, "slug")?,
            name: row.get(Self::TABLE, "name")?,
            baseline: row.get(Self::TABLE, "baseline")?,
            stage: row.get(Self::TABLE, "stage")?,
            stage_since: row.get(Self::TABLE, "stage_since")?,
            renewal_on: row.maybe(Self::TABLE, "renewal_on")?,
            private: vault.open_document("hospitals.private", id.as_uuid(), &private)?,
            version: row.get(Self::TABLE, "version")?,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

/// Who a hospital's contact is.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactPrivate {
    /// Her name.
    pub name: String,
    /// Her e-mail address.
    pub email: Option<String>,
    /// Her number.
    pub phone: Option<String>,
    /// The chapter's note.
    pub note: String,
}

/// One of a hospital's people.
#[derive(Clone, PartialEq)]
pub struct Contact {
    /// Her id.
    pub id: ContactId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The hospital.
    pub hospital_id: HospitalId,
    /// What she does there, such as `unit manager`.
    pub role: String,
    /// Who she is.
    pub private: ContactPrivate,
    /// When she was added.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact").field("id", &self.id).finish_non_exhaustive()
    }
}

impl FromRow for Contact {
    const TABLE: &'static str = "hospital_contacts";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: ContactId = row.get(Self::TABLE, "id")?;
        let private: Vec<u8> = row.get(Self::TABLE, "private")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            hospital_id: row.get(Self::TABLE, "hospital_id")?,
            role: row.get(Self::TABLE, "role")?,
            private: vault.open_document("hospital_contacts.private", id.as_uuid(), &private)?,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

/// A version of a hospital's rules.
#[derive(Clone, PartialEq)]
pub struct RuleSet {
    /// Its id.
    pub id: RuleSetId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The hospital.
    pub hospital_id: HospitalId,
    /// What it is called; no two of a hospital's are called the same.
    pub version: String,
    /// The first day on which it is in force; `None` for the one that always was.
    pub effective_from: Option<Date>,
    /// The rules, with who told them, when and in which words.
    pub content: Value,
    /// Who wrote it down, such as `admin:` and an id.
    pub added_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RuleSet").field("version", &self.version).finish_non_exhaustive()
    }
}

impl FromRow for RuleSet {
    const TABLE: &'static str = "rule_sets";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: RuleSetId = row.get(Self::TABLE, "id")?;
        let content: Vec<u8> = row.get(Self::TABLE, "content")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            hospital_id: row.get(Self::TABLE, "hospital_id")?,
            version: row.get(Self::TABLE, "version")?,
            effective_from: row.maybe(Self::TABLE, "effective_from")?,
            content: vault.open_document("rule_sets.content", id.as_uuid(), &content)?,
            added_by: row.get(Self::TABLE, "added_by")?,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

impl ReadTx {
    /// A chapter's hospitals, its own baseline first, then by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hospitals(&mut self, chapter: ChapterId) -> Result<Vec<Hospital>> {
        let rows = self
            .statement(sql!(
                "SELECT " hospital_columns!() " FROM hospitals WHERE chapter_id = $1 ORDER BY baseline DESC, name, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's hospital by its slug.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hospital(&mut self, chapter: ChapterId, slug: &str) -> Result<Option<Hospital>> {
        let row = self
            .statement(sql!(
                "SELECT " hospital_columns!() " FROM hospitals WHERE chapter_id = $1 AND slug = $2"
            ))
            .bind(chapter)
            .bind(slug)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The hospital to whose list a private link leads, by the hash of its secret part.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hospital_by_link(&mut self, hash: Vec<u8>) -> Result<Option<Hospital>> {
        let row = self
            .statement(sql!("SELECT " hospital_columns!() " FROM hospitals WHERE link_hash = $1"))
            .bind(hash)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The people of a chapter's hospitals, in the order they came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contacts(&mut self, chapter: ChapterId) -> Result<Vec<Contact>> {
        let rows = self
            .statement(sql!(
                "SELECT " contact_columns!() " FROM hospital_contacts
                 WHERE chapter_id = $1 AND ended_at IS NULL ORDER BY created_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// Every version of the rules of a chapter's hospitals, in the order they were written down.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rule_sets(&mut self, chapter: ChapterId) -> Result<Vec<RuleSet>> {
        let rows = self
            .statement(sql!(
                "SELECT " rule_set_columns!() " FROM rule_sets WHERE chapter_id = $1 ORDER BY created_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Adds a hospital; `false` if its slug is taken, or the chapter has a baseline already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_hospital(&mut self, hospital: &Hospital) -> Result<bool> {
        self.lists_change(hospital.chapter_id).await?;
        let private =
            self.vault.seal_document("hospitals.private", hospital.id.as_uuid(), &hospital.private);
        let added = self
            .statement(sql!(
                "INSERT INTO hospitals (id, chapter_id, slug, name, baseline, stage, stage_since, renewal_on, private,
                                        link_hash, version, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"
            ))
            .bind(hospital.id)
            .bind(hospital.chapter_id)
            .bind(hospital.slug.as_str())
            .bind(hospital.name.as_str())
            .bind(hospital.baseline)
            .bind(hospital.stage)
            .bind(hospital.stage_since)
            .bind(hospital.renewal_on)
            .bind(private)
            .bind(hospital.private.link.as_deref().map(crate::hash_secret))
            .bind(hospital.version)
            .bind(hospital.created_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Keeps what is changed of a hospital whose version is still the one that was read; `false` if
    /// somebody changed it meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_hospital(&mut self, hospital: &Hospital) -> Result<bool> {
        let private =
            self.vault.seal_document("hospitals.private", hospital.id.as_uuid(), &hospital.private);
        let saved = self
            .statement(sql!(
                "UPDATE hospitals SET name = $3, stage = $4, stage_since = $5, renewal_on = $6, private = $7,
                        link_hash = $8, version = version + 1
                 WHERE id = $1 AND version = $2"
            ))
            .bind(hospital.id)
            .bind(hospital.version)
            .bind(hospital.name.as_str())
            .bind(hospital.stage)
            .bind(hospital.stage_since)
            .bind(hospital.renewal_on)
            .bind(private)
            .bind(hospital.private.link.as_deref().map(crate::hash_secret))
            .execute()
            .await?;
        Ok(saved == 1)
    }

    /// Locks a hospital, so that two who publish its list do so one after the other.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lock_hospital(&mut self, id: HospitalId) -> Result<()> {
        self.statement(sql!("SELECT id FROM hospitals WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        Ok(())
    }

    /// Adds one of a hospital's people; `false` if she is there already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_contact(&mut self, contact: &Contact) -> Result<bool> {
        let private = self.vault.seal_document(
            "hospital_contacts.private",
            contact.id.as_uuid(),
            &contact.private,
        );
        let added = self
            .statement(sql!(
                "INSERT INTO hospital_contacts (id, chapter_id, hospital_id, role, private, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
            ))
            .bind(contact.id)
            .bind(contact.chapter_id)
            .bind(contact.hospital_id)
            .bind(contact.role.as_str())
            .bind(private)
            .bind(contact.created_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Lets one of a hospital's people go: what is known of her is erased.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_contact(
        &mut self,
        hospital: HospitalId,
        id: ContactId,
        now: Timestamp,
    ) -> Result<bool> {
        let nothing = self.vault.seal_document(
            "hospital_contacts.private",
            id.as_uuid(),
            &ContactPrivate::default(),
        );
        let ended = self
            .statement(sql!(
                "UPDATE hospital_contacts SET ended_at = $3, private = $4
                 WHERE id = $1 AND hospital_id = $2 AND ended_at IS NULL"
            ))
            .bind(id)
            .bind(hospital)
            .bind(now)
            .bind(nothing)
            .execute()
            .await?;
        Ok(ended == 1)
    }

    /// Adds a version of a hospital's rules; `false` if it has one of that name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_rule_set(&mut self, set: &RuleSet) -> Result<bool> {
        self.lists_change(set.chapter_id).await?;
        let content = self.vault.seal_document("rule_sets.content", set.id.as_uuid(), &set.content);
        let added = self
            .statement(sql!(
                "INSERT INTO rule_sets (id, chapter_id, hospital_id, version, effective_from, content, added_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
            ))
            .bind(set.id)
            .bind(set.chapter_id)
            .bind(set.hospital_id)
            .bind(set.version.as_str())
            .bind(set.effective_from)
            .bind(content)
            .bind(set.added_by.as_str())
            .bind(set.created_at)
            .execute()
            .await?;
        Ok(added == 1)
    }
}
