//! The inbox: a chapter's threads in the order of their last texts.

use model::{ChapterId, InquiryId, MessageText, PhoneId, Shelf, Timestamp};

use super::Inquiry;
use crate::{
    ReadTx, Result,
    sql::{FromRow as _, Row},
};

/// The inquiries that wait for a person: somebody is called about them, or their referral is held.
macro_rules! waiting_for_person {
    () => {
        " (SELECT inquiry_id FROM pages WHERE chapter_id = $1 AND answered_at IS NULL AND inquiry_id IS NOT NULL \
          UNION SELECT inquiry_id FROM referrals WHERE chapter_id = $1 AND state = 'held' AND closed_at IS NULL) "
    };
}

/// The end of every list of threads.
macro_rules! newest_text_first {
    () => {
        " AND (last_text_at, id) < ($2, $3) ORDER BY last_text_at DESC, id DESC LIMIT $4"
    };
}

/// Which threads to list, the one with the newest text first.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    /// Only those on this shelf.
    pub shelf: Option<Shelf>,
    /// Only those whose last text came before this one's.
    pub before: Option<(Timestamp, InquiryId)>,
    /// At most so many.
    pub limit: i64,
}

impl ReadTx {
    /// A chapter's threads, and of each whether it waits for a person; the newest text first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inbox(
        &mut self,
        chapter: ChapterId,
        filter: &InboxFilter,
    ) -> Result<Vec<(Inquiry, bool)>> {
        let statement = match filter.shelf {
            None => sql!(
                "SELECT " inquiry_columns!() ", id IN" waiting_for_person!() "AS waits
                 FROM inquiries WHERE chapter_id = $1" newest_text_first!()
            ),
            Some(Shelf::NeedsPerson) => sql!(
                "SELECT " inquiry_columns!() ", TRUE AS waits
                 FROM inquiries WHERE id IN" waiting_for_person!() newest_text_first!()
            ),
            Some(Shelf::Running) => sql!(
                "SELECT " inquiry_columns!() ", FALSE AS waits FROM inquiries
                 WHERE chapter_id = $1 AND state <> 'closed' AND handled_by = 'service'
                   AND id NOT IN" waiting_for_person!() newest_text_first!()
            ),
            Some(Shelf::TakenOver) => sql!(
                "SELECT " inquiry_columns!() ", id IN" waiting_for_person!() "AS waits FROM inquiries
                 WHERE chapter_id = $1 AND state <> 'closed' AND handled_by <> 'service'" newest_text_first!()
            ),
            Some(Shelf::Closed) => sql!(
                "SELECT " inquiry_columns!() ", id IN" waiting_for_person!() "AS waits
                 FROM inquiries WHERE chapter_id = $1 AND state = 'closed'" newest_text_first!()
            ),
        };
        let latest = (Timestamp::LATEST, InquiryId::from_uuid(uuid::Uuid::max()));
        let (at, id) = filter.before.unwrap_or(latest);
        let rows =
            self.statement(statement).bind(chapter).bind(at).bind(id).bind(filter.limit).rows();
        rows.await?
            .iter()
            .map(|row: &Row| {
                Ok((Inquiry::from_row(row, &self.vault)?, row.get("inquiries", "waits")?))
            })
            .collect()
    }

    /// The threads that somebody has, as `handled_by` names her.
    ///
    /// # Errors
    /// What the database says.
    pub async fn threads_of(
        &mut self,
        chapter: ChapterId,
        handled_by: &str,
    ) -> Result<Vec<InquiryId>> {
        let rows = self
            .statement(sql!(
                "SELECT id FROM inquiries
                 WHERE chapter_id = $1 AND state <> 'closed' AND handled_by = $2 ORDER BY id"
            ))
            .bind(chapter)
            .bind(handled_by)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("inquiries", "id")).collect()
    }

    /// The inquiry of a number, on whichever line, in which it texted last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newest_inquiry_of(&mut self, phone: PhoneId) -> Result<Option<InquiryId>> {
        self.statement(sql!(
            "SELECT id FROM inquiries WHERE phone_id = $1 ORDER BY last_text_at DESC, id DESC LIMIT 1"
        ))
        .bind(phone)
        .scalar("inquiries")
        .await
    }

    /// The words of an inquiry's last text from its family; `None` where there is none, or it was erased.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_words(&mut self, inquiry: InquiryId) -> Result<Option<MessageText>> {
        Ok(self.inquiry_texts(inquiry, false).await?.pop().and_then(|text| text.body))
    }

    /// The other inquiries of an inquiry's number on its line, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn other_inquiries(&mut self, of: &Inquiry, most: i64) -> Result<Vec<Inquiry>> {
        let rows = self
            .statement(sql!(
                "SELECT " inquiry_columns!() " FROM inquiries
                 WHERE phone_id = $1 AND line_id = $2 AND id <> $3 ORDER BY last_text_at DESC LIMIT $4"
            ))
            .bind(of.phone_id)
            .bind(of.line_id)
            .bind(of.id)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }
}
