//! An inquiry that became no referral, as the chapter's people see it: somebody texted, and a person
//! was called.

use futures_util::future::BoxFuture;
use std::collections::HashMap;

use model::{
    ChapterId, InquiryId, InquiryState, Phone, PhoneId, ReferralId, Timestamp,
    reading::FamilyReading,
};

use super::{Call, Step, ThreadText, thread};
use crate::{Dispatch, Result, paging::short};

/// An inquiry with its thread and its trace.
#[derive(Debug, Clone)]
pub struct InquiryView {
    /// Its id.
    pub id: InquiryId,
    /// The short id by which people speak of it.
    pub called: String,
    /// How far it has come.
    pub state: InquiryState,
    /// The referral it became.
    pub referral: Option<ReferralId>,
    /// When its first text came.
    pub began_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What was read.
    pub reading: Option<FamilyReading>,
    /// The thread with whoever texted.
    pub thread: Vec<ThreadText>,
    /// Everything that happened, in order.
    pub trace: Vec<Step>,
    /// The calls for attention about it that nobody has answered.
    pub calls: Vec<Call>,
    /// The number; `None` once it was erased.
    pub phone: Option<Phone>,
    /// The row of the number.
    pub phone_id: PhoneId,
    /// Since when the chapter wants nothing from that number.
    pub blocked_at: Option<Timestamp>,
}

impl Dispatch {
    /// An inquiry with its thread; `None` where the chapter has no such inquiry.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn inquiry(
        &self,
        chapter: ChapterId,
        id: InquiryId,
    ) -> BoxFuture<'_, Result<Option<InquiryView>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(None) };
                        let inquiry = tx.inquiry(id).await?;
                        let Some(inquiry) = inquiry.filter(|inquiry| inquiry.chapter_id == chapter)
                        else {
                            return Ok(None);
                        };
                        let referral =
                            tx.referral_of_inquiry(id).await?.map(|referral| referral.id);
                        // No referral has the nil id: the inquiry's own events come.
                        let of = referral.unwrap_or(ReferralId::from_uuid(uuid::Uuid::nil()));
                        let events = tx.trace(of, id).await?;
                        let phone = tx.phone(inquiry.phone_id).await?;
                        let mut calls = dispatch.calls(tx, &row).await?;
                        calls.retain(|call| call.inquiry == Some(id));
                        let texts = thread::thread(
                            tx,
                            inquiry.line_id,
                            inquiry.phone_id,
                            id,
                            dispatch.now(),
                        )
                        .await?;
                        Ok(Some(InquiryView {
                            id,
                            called: short(id.as_uuid()),
                            state: inquiry.state,
                            referral,
                            began_at: inquiry.first_text_at,
                            closed_at: inquiry.closed_at,
                            reading: inquiry.reading,
                            thread: texts,
                            trace: thread::steps(events, &HashMap::new(), &row),
                            calls,
                            phone_id: inquiry.phone_id,
                            blocked_at: phone.as_ref().and_then(|phone| phone.blocked_at),
                            phone: phone.and_then(|phone| phone.number),
                        }))
                    })
                })
                .await
        })
    }
}
