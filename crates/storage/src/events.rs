//! Events: every change, with who, when and why. Only ever added to.

use model::{ActorKind, ChapterId, EventId, InquiryId, MemberId, ReferralId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{Document, FromRow, Row},
};

macro_rules! event_columns {
    () => {
        "id, chapter_id, inquiry_id, referral_id, at, actor, actor_id, kind, detail"
    };
}

/// A change that happened. Its detail holds ids, counts, states and rules, never anything personal.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The inquiry it is about.
    pub inquiry_id: Option<InquiryId>,
    /// The referral it is about.
    pub referral_id: Option<ReferralId>,
    /// When.
    pub at: Timestamp,
    /// Who, by kind.
    pub actor: ActorKind,
    /// Who, by id, where it is a person of the chapter.
    pub actor_id: Option<Uuid>,
    /// What happened, in one word of the trade.
    pub kind: String,
    /// The rest.
    pub detail: Value,
}

impl FromRow for Event {
    const TABLE: &'static str = "events";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            inquiry_id: row.maybe(Self::TABLE, "inquiry_id")?,
            referral_id: row.maybe(Self::TABLE, "referral_id")?,
            at: row.get(Self::TABLE, "at")?,
            actor: row.get(Self::TABLE, "actor")?,
            actor_id: row.maybe(Self::TABLE, "actor_id")?,
            kind: row.get(Self::TABLE, "kind")?,
            detail: row.get::<Document<_>>(Self::TABLE, "detail")?.0,
        })
    }
}

/// A recorded change with its place in the record.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its place: later ones have higher numbers.
    pub seq: i64,
    /// What happened.
    pub event: Event,
}

impl FromRow for Recorded {
    const TABLE: &'static str = "events";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        Ok(Self { seq: row.get(Self::TABLE, "seq")?, event: Event::from_row(row, vault)? })
    }
}

/// Which of the changes looked at are listed, and how many, by the index of a chapter's changes in time.
macro_rules! chosen_events {
    () => {
        " WHERE chapter_id = $1 AND (at, seq) < ($2, $3) AND at >= $4 \
            AND (CAST($5 AS TEXT) IS NULL OR actor = $5) \
            AND (actor_id = $6 OR $6 IS NULL) \
            AND (CAST($7 AS TEXT) IS NULL OR kind = $7) \
          ORDER BY at DESC, seq DESC LIMIT $8"
    };
}

/// Which changes of a chapter's to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Only those made by this kind of actor.
    pub actor: Option<ActorKind>,
    /// Only those of this person or program.
    pub actor_id: Option<Uuid>,
    /// Only those of this kind.
    pub kind: Option<String>,
    /// Only those about this referral.
    pub referral: Option<ReferralId>,
    /// Not before this instant.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Recorded before this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// A change to be recorded: an [`Event`] as it is made.
pub type NewEvent = Event;

impl ReadTx {
    /// A referral's events, its inquiry's included, in the order they happened.
    ///
    /// # Errors
    /// What the database says.
    pub async fn trace(&mut self, referral: ReferralId, inquiry: InquiryId) -> Result<Vec<Event>> {
        let rows = self
            .statement(sql!(
                "SELECT " event_columns!() " FROM events
                 WHERE seq IN (SELECT seq FROM events WHERE referral_id = $1
                               UNION SELECT seq FROM events WHERE inquiry_id = $2) ORDER BY seq"
            ))
            .bind(referral)
            .bind(inquiry)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The place of the newest change of any chapter's; 0 where there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newest_event(&mut self) -> Result<i64> {
        let newest = self.statement(sql!("SELECT MAX(seq) FROM events")).scalar("events").await?;
        Ok(newest.unwrap_or(0))
    }

    /// The change at this place, whoever's it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn event_at(&mut self, seq: i64) -> Result<Option<Recorded>> {
        let row = self
            .statement(sql!("SELECT seq, " event_columns!() " FROM events WHERE seq = $1"))
            .bind(seq)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The changes of all chapters after this place, in their order. On PostgreSQL one with a lower place
    /// may be kept later.
    ///
    /// # Errors
    /// What the database says.
    pub async fn events_after(&mut self, seq: i64, most: i64) -> Result<Vec<Recorded>> {
        let rows = self
            .statement(sql!(
                "SELECT seq, " event_columns!() " FROM events WHERE seq > $1 ORDER BY seq LIMIT $2"
            ))
            .bind(seq)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's changes, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn events(
        &mut self,
        chapter: ChapterId,
        filter: &EventFilter,
    ) -> Result<Vec<Recorded>> {
        let until = filter.until.unwrap_or(Timestamp::LATEST);
        // Changes of one instant stand in the order of their places.
        let (at, seq) = match filter.before {
            None => (until, i64::MIN),
            Some(seq) => match self.event_at(seq).await? {
                Some(before) if before.event.at < until => (before.event.at, seq),
                Some(_) => (until, i64::MIN),
                None => return Ok(Vec::new()),
            },
        };
        let mut statement = self
            .statement(match filter.referral {
                None => sql!("SELECT seq, " event_columns!() " FROM events" chosen_events!()),
                Some(_) => sql!(
                    "WITH own AS MATERIALIZED (SELECT * FROM events WHERE referral_id = $9)
                     SELECT seq, " event_columns!() " FROM own" chosen_events!()
                ),
            })
            .bind(chapter)
            .bind(at)
            .bind(seq)
            .bind(filter.since.unwrap_or(Timestamp::EARLIEST))
            .bind(filter.actor)
            .bind(filter.actor_id)
            .bind(filter.kind.clone())
            .bind(filter.limit);
        if let Some(referral) = filter.referral {
            statement = statement.bind(referral);
        }
        let rows = statement.rows().await?;
        self.decode(rows)
    }
}

impl ReadTx {
    /// What a member last told of a referral by an event of this kind.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_told(
        &mut self,
        referral: ReferralId,
        member: MemberId,
        kind: &'static str,
    ) -> Result<Option<Event>> {
        let row = self
            .statement(sql!(
                "SELECT " event_columns!() " FROM events
                 WHERE referral_id = $1 AND kind = $2 AND actor = 'member' AND actor_id = $3
                 ORDER BY seq DESC LIMIT 1"
            ))
            .bind(referral)
            .bind(kind)
            .bind(member)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Records a change.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_event(&mut self, event: &NewEvent) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO events (id, chapter_id, inquiry_id, referral_id, at, actor, actor_id, kind, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ))
        .bind(event.id)
        .bind(event.chapter_id)
        .bind(event.inquiry_id)
        .bind(event.referral_id)
        .bind(event.at)
        .bind(event.actor)
        .bind(event.actor_id)
        .bind(event.kind.as_str())
        .bind(Document(&event.detail))
        .execute()
        .await?;
        self.wake(crate::Wake::Chapter(event.chapter_id));
        Ok(())
    }
}
