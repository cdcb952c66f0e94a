//! Members as they are looked through when somebody is sought: of each no more is read, and opened, than
//! decides it.

use std::collections::HashMap;

use model::{ChapterId, LineId, MemberId, MemberStatus, PersonName, PhoneId, Timestamp};

use super::{Profile, open_text};
use crate::{
    Error, ReadTx, Result, Vault,
    sql::{Document, FromRow, Row},
};

/// An active member as she is looked at when members are asked. Nothing of it is sealed.
#[derive(Debug, Clone)]
pub struct Askable {
    /// Her id.
    pub id: MemberId,
    /// Her number's row.
    pub phone_id: PhoneId,
    /// What she offers.
    pub profile: Profile,
    /// Away until this instant.
    pub away_until: Option<Timestamp>,
    /// The number is hers: she answered from it.
    pub confirmed: bool,
    /// Texts reach her number, and it wants them from the line.
    pub reachable: bool,
    /// How many places she holds in referrals that run.
    pub holding: i64,
}

impl FromRow for Askable {
    const TABLE: &'static str = "members";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            profile: row.get::<Document<_>>(Self::TABLE, "profile")?.0,
            away_until: row.maybe(Self::TABLE, "away_until")?,
            confirmed: row.get(Self::TABLE, "confirmed")?,
            reachable: row.get(Self::TABLE, "reachable")?,
            holding: 0,
        })
    }
}

/// A member by what she is found by: her name and what she offers.
#[derive(Debug, Clone)]
pub struct Named {
    /// Her id.
    pub id: MemberId,
    /// Her name.
    pub name: PersonName,
    /// What she offers.
    pub profile: Profile,
}

impl FromRow for Named {
    const TABLE: &'static str = "members";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: MemberId = row.get(Self::TABLE, "id")?;
        let sealed: Vec<u8> = row.get(Self::TABLE, "name")?;
        let name = open_text(vault, "members.name", id.as_uuid(), &sealed);
        let name = name.ok_or_else(|| Error::unopened(Self::TABLE, "name", id.as_uuid()))?;
        let profile = row.get::<Document<_>>(Self::TABLE, "profile")?.0;
        Ok(Self { id, name: PersonName::new(name), profile })
    }
}

impl ReadTx {
    /// The members who may be asked: active, and of each whether texts reach her number and it wants them
    /// from this line; in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn askable_members(
        &mut self,
        chapter: ChapterId,
        line: LineId,
    ) -> Result<Vec<Askable>> {
        let rows = self
            .statement(sql!(
                "SELECT m.id, m.phone_id, m.profile, m.away_until, m.number_confirmed_at IS NOT NULL AS confirmed,
                        (p.blocked_at IS NULL AND p.unreachable_code IS NULL AND p.number IS NOT NULL
                          AND NOT EXISTS (SELECT 1 FROM suppressions s
                               WHERE s.chapter_id = p.chapter_id AND s.lookup = p.lookup
                                 AND s.scope IN ('chapter', $2))) AS reachable
                 FROM members m JOIN phones p ON p.id = m.phone_id
                 WHERE m.chapter_id = $1 AND m.status = 'active'"
            ))
            .bind(chapter)
            .bind(line.to_string())
            .rows()
            .await?;
        let mut members: Vec<Askable> = self.decode(rows)?;
        let held = self.places_held(chapter).await?;
        for member in &mut members {
            member.holding = held.get(&member.id).copied().unwrap_or(0);
        }
        Ok(members)
    }

    /// How many places each member holds in a chapter's referrals that run; who holds none is not among them.
    async fn places_held(&mut self, chapter: ChapterId) -> Result<HashMap<MemberId, i64>> {
        let rows = self
            .statement(sql!(
                "SELECT c.member_id, COUNT(*) AS holding
                 FROM referrals r JOIN claims c ON c.referral_id = r.id
                 WHERE r.chapter_id = $1 AND r.closed_at IS NULL AND c.kind IN ('firm', 'provisional')
                 GROUP BY c.member_id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        let held = |row: &Row| Ok((row.get("claims", "member_id")?, row.get("claims", "holding")?));
        rows.iter().map(held).collect()
    }

    /// A chapter's members in the order of their ids, by what they are found by: those of this standing
    /// where one is named, else all but the removed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_by_name(
        &mut self,
        chapter: ChapterId,
        status: Option<MemberStatus>,
        after: Option<MemberId>,
    ) -> Result<Vec<Named>> {
        let rows = self
            .statement(sql!(
                "SELECT id, name, profile FROM members
                 WHERE chapter_id = $1 AND id > $2
                   AND (status = $3 OR (CAST($3 AS TEXT) IS NULL AND status <> 'removed')) ORDER BY id"
            ))
            .bind(chapter)
            .bind(after.unwrap_or(MemberId::from_uuid(uuid::Uuid::nil())))
            .bind(status)
            .rows()
            .await?;
        self.decode(rows)
    }
}
