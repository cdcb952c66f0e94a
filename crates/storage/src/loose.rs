//! Texts that belong to no inquiry: STOP, START and HELP, what came after a STOP or from a blocked number,
//! and what was answered to them.

use model::{ChapterId, MessageText, PhoneId, Timestamp};

use crate::{
    Error, ReadTx, Result, WriteTx,
    members::open_text,
    sql::{Row, Sql},
};

/// What somebody texted who was neither a member nor one of the chapter's people.
macro_rules! loose_inbound {
    () => {
        "phone_id = $1 AND inquiry_id IS NULL AND standing IN ('family', 'stranger')"
    };
}

/// What we answered to that. What a member is told by herself is of other kinds.
macro_rules! loose_answers {
    () => {
        "phone_id = $1 AND inquiry_id IS NULL AND referral_id IS NULL AND kind IN ('consent', 'reply')"
    };
}

/// A text that belongs to no inquiry.
#[derive(Debug, Clone)]
pub struct LooseText {
    /// When it was written or received.
    pub at: Timestamp,
    /// It came from the number; otherwise it went there.
    pub is_theirs: bool,
    /// The words; `None` once they were erased.
    pub body: Option<MessageText>,
    /// How many pictures came with it.
    pub media: i64,
}

impl ReadTx {
    /// What a number texted and was answered that belongs to no inquiry, in the order of their times.
    ///
    /// # Errors
    /// What the database says.
    pub async fn loose_texts(&mut self, phone: PhoneId) -> Result<Vec<LooseText>> {
        let theirs =
            sql!("SELECT id, received_at AS at, body, media FROM inbound WHERE " loose_inbound!());
        let ours = sql!("SELECT id, created_at AS at, body FROM outbox WHERE " loose_answers!());
        let mut all = self.loose("inbound", theirs, phone).await?;
        all.extend(self.loose("outbox", ours, phone).await?);
        all.sort_by_key(|text| text.at);
        Ok(all)
    }

    async fn loose(
        &mut self,
        table: &'static str,
        statement: Sql,
        phone: PhoneId,
    ) -> Result<Vec<LooseText>> {
        let is_theirs = table == "inbound";
        let place = if is_theirs { "inbound.body" } else { "outbox.body" };
        let rows = self.statement(statement).bind(phone).rows().await?;
        let read = |row: &Row| {
            let (id, sealed) = (row.get(table, "id")?, row.maybe::<Vec<u8>>(table, "body")?);
            let body = sealed.map(|sealed| {
                let opened = open_text(&self.vault, place, id, &sealed).map(MessageText::new);
                opened.ok_or_else(|| Error::unopened(table, "body", id))
            });
            Ok(LooseText {
                at: row.get(table, "at")?,
                is_theirs,
                body: body.transpose()?,
                media: if is_theirs { row.get(table, "media")? } else { 0 },
            })
        };
        rows.iter().map(read).collect()
    }
}

impl WriteTx {
    /// Erases the words of [`ReadTx::loose_texts`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_loose_words_of(&mut self, phone: PhoneId) -> Result<()> {
        for statement in [
            sql!("UPDATE inbound SET body = NULL WHERE " loose_inbound!()),
            sql!("UPDATE outbox SET body = NULL, subject = NULL WHERE " loose_answers!()),
        ] {
            self.statement(statement).bind(phone).execute().await?;
        }
        Ok(())
    }

    /// Erases the words of texts that belong to no referral and to no open inquiry, written before an
    /// instant, at most so many each way. Gives how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_loose_words(
        &mut self,
        chapter: ChapterId,
        before: Timestamp,
        most: i64,
    ) -> Result<u64> {
        let mut erased = 0;
        for statement in [
            sql!(
                "UPDATE inbound SET body = NULL WHERE id IN (
                     SELECT id FROM inbound WHERE chapter_id = $1 AND received_at < $2
                       AND inquiry_id IS NULL AND body IS NOT NULL ORDER BY received_at LIMIT $3)"
            ),
            sql!(
                "UPDATE outbox SET body = NULL, subject = NULL WHERE id IN (
                     SELECT id FROM outbox o WHERE o.chapter_id = $1 AND o.created_at < $2
                       AND o.referral_id IS NULL AND o.body IS NOT NULL
                       AND o.state NOT IN ('waiting', 'sending', 'unknown')
                       AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.id = o.inquiry_id AND i.closed_at IS NULL)
                     ORDER BY o.created_at LIMIT $3)"
            ),
        ] {
            let statement = self.statement(statement).bind(chapter).bind(before).bind(most);
            erased += statement.execute().await?;
        }
        Ok(erased)
    }
}
