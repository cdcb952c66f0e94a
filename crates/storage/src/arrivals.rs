//! What is known of texts at the moment they come in, in one look; and how those of people never
//! heard of are kept, many at once.

use model::{
    ChapterId, EventId, InboundId, InquiryId, LineId, MessageText, Phone, PhoneId, Timestamp,
};
use serde_json::json;

use crate::{
    Chapter, PhoneRow, ReadTx, Result, Wake, WriteTx,
    sql::{Document, FromRow as _, Sql},
};

/// A text at the door.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The chapter whose line it came to.
    pub chapter: ChapterId,
    /// The line it came to.
    pub line: LineId,
    /// Who sends it.
    pub number: Phone,
    /// The carrier's id of it.
    pub carrier_message_id: String,
}

/// What is known of a text that comes in, and of who sends it.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The chapter whose line it came to.
    pub chapter: Chapter,
    /// Its sender's number; `None` if the chapter has never heard of it.
    pub phone: Option<PhoneRow>,
    /// Whether the number is a member's.
    pub is_member: bool,
    /// Whether the number is an admin's.
    pub is_admin: bool,
    /// Whether no texts may go to it from this line.
    pub is_suppressed: bool,
    /// Whether the carrier's text of this id is kept already.
    pub is_kept: bool,
}

/// A family's first text, from a number of which its chapter has never heard, with everything that
/// is begun by it.
#[derive(Debug, Clone)]
pub struct FirstText {
    /// The number's new row.
    pub phone: PhoneId,
    /// The number.
    pub number: Phone,
    /// The inquiry it begins.
    pub inquiry: InquiryId,
    /// The event that says so.
    pub event: EventId,
    /// The text's own row.
    pub id: InboundId,
    /// The chapter whose line it came to.
    pub chapter: ChapterId,
    /// The line it came to.
    pub line: LineId,
    /// The carrier's id of it.
    pub carrier_message_id: String,
    /// The words.
    pub body: MessageText,
    /// How many pictures came with it.
    pub media: i64,
    /// When we received it.
    pub received_at: Timestamp,
    /// When it is to be read.
    pub read_at: Timestamp,
}

impl ReadTx {
    /// What is known of texts that come in, in their order; `None` where there is no such chapter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn arrivals(&mut self, callers: &[Caller]) -> Result<Vec<Option<Arrival>>> {
        let lookups =
            callers.iter().map(|caller| self.vault.lookup(caller.chapter, &caller.number));
        let lookups = lookups.collect::<Vec<_>>();
        let list = callers.iter().zip(&lookups).enumerate().map(|(at, (caller, lookup))| {
            json!({
                "at": at, "chapter": caller.chapter.as_uuid().simple(), "line": caller.line.as_uuid().simple(),
                "lookup": model::hex(lookup), "scope": caller.line, "sid": caller.carrier_message_id,
            })
        });
        let rows = self
            .statement(sql!(
                "WITH a AS MATERIALIZED ("
                either(
                    "SELECT value ->> 'at' AS at, unhex(value ->> 'chapter') AS chapter,
                            unhex(value ->> 'line') AS line, unhex(value ->> 'lookup') AS lookup,
                            value ->> 'scope' AS scope, value ->> 'sid' AS sid FROM json_each($1)",
                    "SELECT at, chapter, line, decode(lookup, 'hex') AS lookup, scope, sid
                     FROM jsonb_to_recordset($1)
                          AS t(at BIGINT, chapter UUID, line UUID, lookup TEXT, scope TEXT, sid TEXT)",
                )
                // Each look has a `LIMIT`, because PostgreSQL answers a bare `EXISTS` for many rows by
                // reading the other table whole.
                ") SELECT a.at, c.id, c.slug, c.name, c.timezone, c.settings, c.created_at,
                          p.id AS phone_id, p.number, p.language, p.blocked_at, p.unreachable_code,
                          p.passive_replies,
                          (SELECT TRUE FROM members m WHERE m.chapter_id = c.id AND m.phone_id = p.id LIMIT 1)
                              IS NOT NULL AS is_member,
                          (SELECT TRUE FROM admins d WHERE d.chapter_id = c.id AND d.phone_id = p.id LIMIT 1)
                              IS NOT NULL AS is_admin,
                          (SELECT TRUE FROM suppressions s WHERE s.chapter_id = c.id AND s.lookup = a.lookup
                           AND s.scope IN ('chapter', a.scope) LIMIT 1) IS NOT NULL AS is_suppressed,
                          (SELECT TRUE FROM inbound i WHERE i.line_id = a.line
                           AND i.carrier_message_id = a.sid LIMIT 1) IS NOT NULL AS is_kept
                   FROM a JOIN chapters c ON c.id = a.chapter
                   LEFT JOIN phones p ON p.chapter_id = a.chapter AND p.lookup = a.lookup"
            ))
            .bind(Document(&list.collect::<Vec<_>>()))
            .rows()
            .await?;
        let mut arrivals = vec![None; callers.len()];
        for row in rows {
            let at: i64 = row.get("arrival", "at")?;
            let truth = |column| row.get::<bool>("arrival", column);
            let Some((place, (caller, lookup))) = usize::try_from(at)
                .ok()
                .and_then(|at| Some((arrivals.get_mut(at)?, (callers.get(at)?, lookups.get(at)?))))
            else {
                continue;
            };
            *place = Some(Arrival {
                phone: PhoneRow::beside(&row, caller.chapter, lookup.clone(), &self.vault)?,
                is_member: truth("is_member")?,
                is_admin: truth("is_admin")?,
                is_suppressed: truth("is_suppressed")?,
                is_kept: truth("is_kept")?,
                chapter: Chapter::from_row(&row, &self.vault)?,
            });
        }
        Ok(arrivals)
    }
}

impl WriteTx {
    /// Keeps families' first texts with the numbers, the inquiries, the events and the tasks that come
    /// of them: each as [`Self::add_phone`], [`Self::open_inquiry`], [`Self::add_inbound`],
    /// [`Self::add_event`] and [`Self::plan`] would one after another.
    ///
    /// # Errors
    /// What the database says; also where one of them is not a first text after all, because another
    /// node was quicker.
    pub async fn begin_inquiries(&mut self, texts: &[FirstText]) -> Result<()> {
        let list = texts.iter().map(|text| {
            let number = text.number.e164().as_bytes();
            let body = text.body.reveal().as_bytes();
            json!({
                "phone": text.phone.as_uuid().simple(), "chapter": text.chapter.as_uuid().simple(),
                "lookup": model::hex(&self.vault.lookup(text.chapter, &text.number)),
                "number": model::hex(&self.vault.seal("phones.number", text.phone.as_uuid(), number)),
                "line": text.line.as_uuid().simple(), "inquiry": text.inquiry.as_uuid().simple(),
                "id": text.id.as_uuid().simple(), "sid": text.carrier_message_id,
                "body": model::hex(&self.vault.seal("inbound.body", text.id.as_uuid(), body)), "media": text.media,
                "now": text.received_at.to_text(), "event": text.event.as_uuid().simple(),
                "due": text.read_at.to_text(),
            })
        });
        let list = list.collect::<Vec<_>>();
        let statements: &[Sql] =
            if self.is_postgres() { &FIRST_TEXTS_ON_POSTGRES } else { &FIRST_TEXTS_ON_SQLITE };
        for statement in statements {
            self.statement(*statement).bind(Document(&list)).execute().await?;
        }
        self.wake(Wake::Tasks);
        for text in texts {
            self.wake(Wake::Chapter(text.chapter));
        }
        Ok(())
    }
}

/// What first texts are kept by, from the list in `$1`: as rows, under the names of its fields.
macro_rules! rows_on_sqlite {
    () => {
        "WITH t AS (SELECT unhex(value ->> 'phone') AS phone, unhex(value ->> 'chapter') AS chapter,
                           unhex(value ->> 'lookup') AS lookup, unhex(value ->> 'number') AS number,
                           unhex(value ->> 'line') AS line, unhex(value ->> 'inquiry') AS inquiry,
                           unhex(value ->> 'id') AS id, value ->> 'sid' AS sid,
                           unhex(value ->> 'body') AS body, value ->> 'media' AS media, value ->> 'now' AS now,
                           unhex(value ->> 'event') AS event, '{}' AS detail, value ->> 'due' AS due
                    FROM json_each($1)) "
    };
}
macro_rules! rows_on_postgres {
    () => {
        "WITH t AS MATERIALIZED (
             SELECT phone, chapter, decode(lookup, 'hex') AS lookup, decode(number, 'hex') AS number, line,
                    inquiry, id, sid, decode(body, 'hex') AS body, media, now, event, '{}'::JSONB AS detail, due
             FROM jsonb_to_recordset($1)
                  AS t(phone UUID, chapter UUID, lookup TEXT, number TEXT, line UUID, inquiry UUID, id UUID,
                       sid TEXT, body TEXT, media BIGINT, now TIMESTAMPTZ, event UUID, due TIMESTAMPTZ))"
    };
}
macro_rules! add_phones {
    () => {
        "INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
         SELECT phone, chapter, lookup, number, now, now FROM t"
    };
}
macro_rules! add_inquiries {
    () => {
        "INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, handled_by,
                                first_text_at, last_text_at)
         SELECT inquiry, chapter, line, phone, 'settling', 'und', 'service', now, now FROM t"
    };
}
macro_rules! add_texts {
    () => {
        "INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body, media,
                              inquiry_id, received_at)
         SELECT id, chapter, line, phone, sid, 'family', body, media, inquiry, now FROM t"
    };
}
macro_rules! add_events {
    () => {
        "INSERT INTO events (id, chapter_id, inquiry_id, at, actor, kind, detail)
         SELECT event, chapter, inquiry, now, 'family', 'inquiry_begun', detail FROM t"
    };
}
macro_rules! add_tasks {
    () => {
        "INSERT INTO tasks (kind, subject, chapter_id, due_at) SELECT 'settle', inquiry, chapter, due FROM t"
    };
}

const FIRST_TEXTS_ON_SQLITE: [Sql; 5] = [
    sql!(sqlite_only rows_on_sqlite!() add_phones!()),
    sql!(sqlite_only rows_on_sqlite!() add_inquiries!()),
    sql!(sqlite_only rows_on_sqlite!() add_texts!()),
    sql!(sqlite_only rows_on_sqlite!() add_events!()),
    sql!(sqlite_only rows_on_sqlite!() add_tasks!()),
];
/// One statement: what takes PostgreSQL longest is to read the list.
const FIRST_TEXTS_ON_POSTGRES: [Sql; 1] = [sql!(
    postgres_only rows_on_postgres!() ", a AS (" add_phones!() "), b AS (" add_inquiries!() "), c AS (" add_texts!()
    "), d AS (" add_events!() ") " add_tasks!()
)];
