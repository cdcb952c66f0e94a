//! Referrals: an inquiry put to the members.

use std::collections::HashMap;

use model::{
    ChapterId, Code, InquiryId, LineId, Outcome, PhoneId, Policy, ReferralId, ReferralState,
    Timestamp, referral::Facts,
};

use crate::{
    Member, ReadTx, Result, Vault, WriteTx,
    sql::{Document, FromRow, Row, id_list},
};

mod figures;

pub use figures::Figures;

macro_rules! referral_columns {
    () => {
        "id, chapter_id, inquiry_id, line_id, phone_id, code, state, hold_reason, urgent, facts, round, \
         widened, asked, asking_from, promised_at, opened_at, filled_at, names_at, top_ups, followed_at, \
         outcome, closed_at, close_reason, version, created_at, policy, collects_until, satisfaction"
    };
}

macro_rules! made_then {
    () => {
        " AND created_at >= $7 AND created_at < $8"
    };
}

/// The rest of what is asked for a list of referrals.
macro_rules! those_wanted {
    () => {
        " AND chapter_id = $1 AND (created_at, id) < ($2, $3) AND (CAST($4 AS TEXT) IS NULL OR state = $4) \
         AND (CAST($6 AS TEXT) IS NULL OR code = $6) ORDER BY created_at DESC, id DESC LIMIT $5"
    };
}

/// A referral.
#[derive(Debug, Clone)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// Its chapter.
    pub chapter_id: ChapterId,
    /// The inquiry it puts to the members.
    pub inquiry_id: InquiryId,
    /// The line the family texts.
    pub line_id: LineId,
    /// The family's number.
    pub phone_id: PhoneId,
    /// Its code, from the moment it is put to the members or queued for them.
    pub code: Option<Code>,
    /// How far it has come.
    pub state: ReferralState,
    /// Why it is held.
    pub hold_reason: Option<String>,
    /// Whether names are promised sooner.
    pub urgent: bool,
    /// What members may see.
    pub facts: Facts,
    /// 1, or 2 and on for a further try.
    pub round: i64,
    /// How far the matching was widened: 0 is the chapter's own policy.
    pub widened: i64,
    /// How many members were asked.
    pub asked: i64,
    /// When asking begins.
    pub asking_from: Option<Timestamp>,
    /// By when the family was promised names.
    pub promised_at: Option<Timestamp>,
    /// When the first members were asked.
    pub opened_at: Option<Timestamp>,
    /// When the third place became firm.
    pub filled_at: Option<Timestamp>,
    /// When the family was first given names.
    pub names_at: Option<Timestamp>,
    /// How many further names texts there were.
    pub top_ups: i64,
    /// When the follow-up went out.
    pub followed_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When it was over.
    pub closed_at: Option<Timestamp>,
    /// Why it is over.
    pub close_reason: Option<String>,
    /// Counts every change, for `If-Match`.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// By which policy its places are given: the one that held when it was put to the members.
    pub policy: Policy,
    /// Until when, at the latest, claims are collected and nobody has a place; `None` once places
    /// are given, and where each claim is judged as it comes.
    pub collects_until: Option<Timestamp>,
    /// What the family thought of it, from 1 to 5.
    pub satisfaction: Option<i64>,
}

impl FromRow for Referral {
    const TABLE: &'static str = "referrals";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            inquiry_id: row.get(Self::TABLE, "inquiry_id")?,
            line_id: row.get(Self::TABLE, "line_id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            code: row.maybe(Self::TABLE, "code")?,
            state: row.get(Self::TABLE, "state")?,
            hold_reason: row.maybe(Self::TABLE, "hold_reason")?,
            urgent: row.get(Self::TABLE, "urgent")?,
            facts: row.get::<Document<_>>(Self::TABLE, "facts")?.0,
            round: row.get(Self::TABLE, "round")?,
            widened: row.get(Self::TABLE, "widened")?,
            asked: row.get(Self::TABLE, "asked")?,
            asking_from: row.maybe(Self::TABLE, "asking_from")?,
            promised_at: row.maybe(Self::TABLE, "promised_at")?,
            opened_at: row.maybe(Self::TABLE, "opened_at")?,
            filled_at: row.maybe(Self::TABLE, "filled_at")?,
            names_at: row.maybe(Self::TABLE, "names_at")?,
            top_ups: row.get(Self::TABLE, "top_ups")?,
            followed_at: row.maybe(Self::TABLE, "followed_at")?,
            outcome: row.maybe(Self::TABLE, "outcome")?,
            closed_at: row.maybe(Self::TABLE, "closed_at")?,
            close_reason: row.maybe(Self::TABLE, "close_reason")?,
            version: row.get(Self::TABLE, "version")?,
            created_at: row.get(Self::TABLE, "created_at")?,
            policy: row.get(Self::TABLE, "policy")?,
            collects_until: row.maybe(Self::TABLE, "collects_until")?,
            satisfaction: row.maybe(Self::TABLE, "satisfaction")?,
        })
    }
}

/// A referral to be made.
#[derive(Debug, Clone)]
pub struct NewReferral {
    /// Its id.
    pub id: ReferralId,
    /// Its chapter.
    pub chapter_id: ChapterId,
    /// The inquiry it puts to the members.
    pub inquiry_id: InquiryId,
    /// The line the family texts.
    pub line_id: LineId,
    /// The family's number.
    pub phone_id: PhoneId,
    /// Its first state.
    pub state: ReferralState,
    /// When.
    pub now: Timestamp,
}

/// By which of their times referrals are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferralTime {
    /// When they were made.
    #[default]
    Made,
    /// When their families were first given names.
    Named,
    /// By when names were promised, where none were given and the family did not call it off.
    Unnamed,
}

/// Which referrals to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct ReferralFilter {
    /// In this state only.
    pub state: Option<ReferralState>,
    /// Only those that are not over.
    pub running: bool,
    /// With this code only.
    pub code: Option<Code>,
    /// By which of their times.
    pub by: ReferralTime,
    /// At this instant or later.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Older than this one.
    pub before: Option<(Timestamp, ReferralId)>,
    /// At most so many.
    pub limit: i64,
}

/// So many referrals that were put to a member are told of at once.
const MOST_PUT: i64 = 50;

impl ReadTx {
    /// A referral by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral(&mut self, id: ReferralId) -> Result<Option<Referral>> {
        let row = self
            .statement(sql!("SELECT " referral_columns!() " FROM referrals WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The referral of an inquiry, if it has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_of_inquiry(&mut self, inquiry: InquiryId) -> Result<Option<Referral>> {
        let row = self
            .statement(sql!("SELECT " referral_columns!() " FROM referrals WHERE inquiry_id = $1"))
            .bind(inquiry)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The newest referral with this code in a chapter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_by_code(
        &mut self,
        chapter: ChapterId,
        code: Code,
    ) -> Result<Option<Referral>> {
        let row = self
            .statement(sql!(
                "SELECT " referral_columns!() " FROM referrals WHERE chapter_id = $1 AND code = $2
                 ORDER BY created_at DESC LIMIT 1"
            ))
            .bind(chapter)
            .bind(code)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// A chapter's referrals, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals(
        &mut self,
        chapter: ChapterId,
        filter: &ReferralFilter,
    ) -> Result<Vec<Referral>> {
        let latest = (Timestamp::LATEST, ReferralId::from_uuid(uuid::Uuid::max()));
        let (at, id) = filter.before.unwrap_or(latest);
        let running = filter.running || filter.state.is_some_and(|state| !state.is_over());
        // The few that run, had this code or were given none in time are found without passing by all others:
        // SQLite would go through them by age.
        let statement = match (filter.by, running, filter.code.is_some()) {
            (ReferralTime::Named, ..) => sql!(
                "SELECT " referral_columns!() " FROM referrals WHERE names_at >= $7 AND names_at < $8"
                those_wanted!()
            ),
            (ReferralTime::Unnamed, ..) => sql!(
                "SELECT " referral_columns!() " FROM referrals" either(" INDEXED BY referrals_by_promise", "")
                " WHERE names_at IS NULL AND promised_at >= $7 AND promised_at < $8 AND state <> 'withdrawn'"
                those_wanted!()
            ),
            (ReferralTime::Made, true, _) => sql!(
                "SELECT " referral_columns!() " FROM referrals" either(" INDEXED BY referrals_running", "")
                " WHERE closed_at IS NULL" made_then!()
                those_wanted!()
            ),
            (ReferralTime::Made, false, true) => sql!(
                "SELECT " referral_columns!() " FROM referrals WHERE code = $6" made_then!() those_wanted!()
            ),
            (ReferralTime::Made, false, false) => sql!(
                "SELECT " referral_columns!() " FROM referrals WHERE TRUE" made_then!() those_wanted!()
            ),
        };
        let rows = self
            .statement(statement)
            .bind(chapter)
            .bind(at)
            .bind(id)
            .bind(filter.state)
            .bind(filter.limit)
            .bind(filter.code)
            .bind(filter.since.unwrap_or(Timestamp::EARLIEST))
            .bind(filter.until.unwrap_or(Timestamp::LATEST))
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The codes of several referrals; one without a code is not among them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn codes_of(&mut self, ids: &[ReferralId]) -> Result<HashMap<ReferralId, Code>> {
        let rows = self
            .statement(
                sql!("SELECT id, code FROM referrals WHERE id" in_list "AND code IS NOT NULL"),
            )
            .bind(Document(&id_list(ids.iter().map(|id| id.as_uuid()))))
            .rows()
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("referrals", "id")?, row.get("referrals", "code")?)))
            .collect()
    }

    /// The codes that referrals of a chapter have now, or had until `since`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn codes_in_use(
        &mut self,
        chapter: ChapterId,
        since: Timestamp,
    ) -> Result<Vec<Code>> {
        let rows = self
            .statement(sql!(
                "SELECT code FROM referrals
                 WHERE chapter_id = $1 AND code IS NOT NULL AND (closed_at IS NULL OR closed_at > $2)"
            ))
            .bind(chapter)
            .bind(since)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("referrals", "code")).collect()
    }

    /// The code whose last referral was closed longest ago.
    ///
    /// # Errors
    /// What the database says.
    pub async fn longest_unused_code(&mut self, chapter: ChapterId) -> Result<Option<Code>> {
        self.statement(sql!(
            "SELECT code FROM referrals WHERE chapter_id = $1 AND code IS NOT NULL
             GROUP BY code HAVING COUNT(*) = COUNT(closed_at) ORDER BY MAX(closed_at) LIMIT 1"
        ))
        .bind(chapter)
        .scalar("referrals")
        .await
    }

    /// The referrals that run and were put to a member, the newest offer first; of each how many places
    /// others hold. One whose text has not reached her is not among them: a yes that names nothing cannot
    /// be meant for it; nor is one that was handed off in full. Where she has a part it is, in any case.
    /// Of more than fifty the older ones are left out: whoever means one of those types its code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals_put_to(&mut self, member: &Member) -> Result<Vec<(Referral, i64)>> {
        let rows = self
            .statement(sql!(
                "SELECT " referral_columns!() ", others FROM (
                     SELECT r.*, o.due_at, o.id AS offer_id,
                            (SELECT COUNT(*) FROM claims c WHERE c.referral_id = r.id AND c.member_id <> $1
                               AND c.kind IN ('firm', 'provisional')) AS others,
                            EXISTS (SELECT 1 FROM claims c WHERE c.referral_id = r.id AND c.member_id = $1) AS has_part,
                            EXISTS (SELECT 1 FROM outbox m WHERE m.id = o.outbox_id
                               AND m.state IN ('sending', 'unknown', 'accepted', 'delivered')) AS reached
                     FROM referrals r JOIN offers o ON o.referral_id = r.id AND o.member_id = $1
                     WHERE r.chapter_id = $2 AND r.closed_at IS NULL AND r.state IN ('open', 'filled', 'handed_off')
                       AND (o.state IN ('sent', 'claimed') OR (o.state = 'passed' AND r.state = 'open'))) AS put
                 WHERE has_part OR (reached AND (state <> 'handed_off' OR others < $3))
                 ORDER BY due_at DESC, offer_id DESC LIMIT $4"
            ))
            .bind(member.id)
            .bind(member.chapter_id)
            .bind(model::referral::PLACES)
            .bind(MOST_PUT)
            .rows()
            .await?;
        rows.iter()
            .map(|row| Ok((Referral::from_row(row, &self.vault)?, row.get("claims", "others")?)))
            .collect()
    }
}

impl WriteTx {
    /// Makes a referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_referral(&mut self, new: &NewReferral) -> Result<Referral> {
        let referral = Referral {
            id: new.id,
            chapter_id: new.chapter_id,
            inquiry_id: new.inquiry_id,
            line_id: new.line_id,
            phone_id: new.phone_id,
            code: None,
            state: new.state,
            hold_reason: None,
            urgent: false,
            facts: Facts::default(),
            round: 1,
            widened: 0,
            asked: 0,
            asking_from: None,
            promised_at: None,
            opened_at: None,
            filled_at: None,
            names_at: None,
            top_ups: 0,
            followed_at: None,
            outcome: None,
            closed_at: None,
            close_reason: None,
            version: 1,
            created_at: new.now,
            policy: Policy::FirstThree,
            collects_until: None,
            satisfaction: None,
        };
        self.statement(sql!(
            "INSERT INTO referrals (id, chapter_id, inquiry_id, line_id, phone_id, state, urgent, facts, round,
                                    created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)"
        ))
        .bind(referral.id)
        .bind(referral.chapter_id)
        .bind(referral.inquiry_id)
        .bind(referral.line_id)
        .bind(referral.phone_id)
        .bind(referral.state)
        .bind(referral.urgent)
        .bind(Document(&referral.facts))
        .bind(referral.created_at)
        .execute()
        .await?;
        Ok(referral)
    }

    /// A referral, locked: the referee of its places.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_for_update(&mut self, id: ReferralId) -> Result<Option<Referral>> {
        let row = self
            .statement(
                sql!("SELECT " referral_columns!() " FROM referrals WHERE id = $1" for_update),
            )
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps everything of a referral that changes; it must be locked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_referral(&mut self, referral: &mut Referral) -> Result<()> {
        referral.version += 1;
        self.statement(sql!(
            "UPDATE referrals SET code = $2, state = $3, hold_reason = $4, urgent = $5, facts = $6, round = $7,
                    widened = $8, asked = $9, asking_from = $10, promised_at = $11, opened_at = $12,
                    filled_at = $13, names_at = $14, top_ups = $15, followed_at = $16, outcome = $17,
                    closed_at = $18, close_reason = $19, version = $20, policy = $21, collects_until = $22,
                    satisfaction = $23
             WHERE id = $1"
        ))
        .bind(referral.id)
        .bind(referral.code)
        .bind(referral.state)
        .bind(referral.hold_reason.as_deref())
        .bind(referral.urgent)
        .bind(Document(&referral.facts))
        .bind(referral.round)
        .bind(referral.widened)
        .bind(referral.asked)
        .bind(referral.asking_from)
        .bind(referral.promised_at)
        .bind(referral.opened_at)
        .bind(referral.filled_at)
        .bind(referral.names_at)
        .bind(referral.top_ups)
        .bind(referral.followed_at)
        .bind(referral.outcome)
        .bind(referral.closed_at)
        .bind(referral.close_reason.as_deref())
        .bind(referral.version)
        .bind(referral.policy)
        .bind(referral.collects_until)
        .bind(referral.satisfaction)
        .execute()
        .await?;
        self.wake(crate::Wake::Chapter(referral.chapter_id));
        Ok(())
    }

    /// Locks a chapter's row, so that two referrals cannot draw the same code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lock_chapter(&mut self, chapter: ChapterId) -> Result<()> {
        self.statement(sql!("SELECT id FROM chapters WHERE id = $1" for_update))
            .bind(chapter)
            .rows()
            .await?;
        Ok(())
    }
}
