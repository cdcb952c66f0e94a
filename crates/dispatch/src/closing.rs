//! A person ends a request: a family that waits for names hears of it, and a thread that was closed by
//! mistake can be written in again.

use model::{InquiryId, InquiryState, Timestamp, day_hours};
use serde_json::json;
use storage::{Inquiry, Referral};

use crate::{
    Result,
    conversations::{Talk, TalkRefusal},
    desk::{About, Desk},
    moderation::By,
    texts::ToFamily,
};

/// For so many days after it was closed whoever keeps the roster may write in a thread.
const DAYS: i64 = 7;

/// Whether a family waits for names that are told to nobody once its referral is closed.
pub(crate) fn waits_for_names(referral: &Referral) -> bool {
    referral.promised_at.is_some() && referral.names_at.is_none() && !referral.state.is_over()
}

/// Whether a thread was closed so lately that it may be written in.
pub(crate) fn may_reopen(inquiry: &Inquiry, now: Timestamp) -> bool {
    inquiry.closed_at.is_some_and(|at| now < at.after(day_hours(24 * DAYS)))
}

/// Whether a thread was closed, and somebody has written in it since. It is hers until she hands it back.
pub(crate) fn is_reopened(inquiry: &Inquiry) -> bool {
    inquiry.state != InquiryState::Closed && inquiry.close_reason.is_some()
}

impl Desk<'_> {
    /// Tells a family that nobody is asked for it any more, as the person who closes its request.
    pub(crate) async fn tell_closed(
        &mut self,
        inquiry: &Inquiry,
        referral: &Referral,
        by: By,
    ) -> Result<()> {
        let Some(code) = referral.code.filter(|_| waits_for_names(referral)) else { return Ok(()) };
        if self.not_reached(inquiry).await?.is_some() {
            return Ok(());
        }
        let voice = self.voice(&inquiry.language);
        let body = self.texts().to_family(&voice, &ToFamily::Withdrawn { code });
        let what = format!("closed:{}:family", referral.id);
        self.write_for(by, inquiry, Some(referral), what, body).await?;
        Ok(())
    }

    /// A thread to write in: one that is open, or one that was closed lately, for whoever keeps the
    /// roster, where its family has not begun another since.
    pub(crate) async fn thread_to_write(
        &mut self,
        id: InquiryId,
        by: By,
    ) -> Talk<(Inquiry, Option<Referral>)> {
        let closed = match self.open_thread(id).await? {
            Err(TalkRefusal::Closed) => Ok(Err(TalkRefusal::Closed)),
            open => return Ok(open),
        };
        let By::Admin(admin) = by else { return closed };
        let keeps = self.tx.admin(admin).await?.is_some_and(|one| one.role.may_keep_lists());
        let Some(mut inquiry) = self.tx.inquiry_for_update(id).await? else { return closed };
        let (line, phone) = (inquiry.line_id, inquiry.phone_id);
        if !keeps
            || !may_reopen(&inquiry, self.now)
            || self.tx.open_inquiry_of(line, phone).await?.is_some()
        {
            return closed;
        }
        let referral = self.tx.referral_of_inquiry(id).await?;
        inquiry.state =
            if referral.is_some() { InquiryState::Referred } else { InquiryState::Asked };
        // Nobody has it who had it when it was closed.
        inquiry.give_back();
        Ok(Ok((inquiry, referral)))
    }

    /// Keeps a thread open that was closed, if it is one; why it was closed tells that it was.
    pub(crate) async fn reopens(
        &mut self,
        inquiry: &mut Inquiry,
        referral: Option<&Referral>,
        by: By,
    ) -> Result<()> {
        if inquiry.closed_at.take().is_none() {
            return Ok(());
        }
        let about = About(Some(inquiry.id), referral.map(|referral| referral.id));
        self.record(about, by.into(), "thread_reopened", json!({})).await?;
        Ok(self.tx.save_inquiry(inquiry).await?)
    }

    /// A thread that was opened again is closed again when it is handed back: nothing of it runs.
    pub(crate) async fn closes_again(&mut self, mut inquiry: Inquiry) -> Result<()> {
        inquiry.state = InquiryState::Closed;
        inquiry.closed_at = Some(self.now);
        Ok(self.tx.save_inquiry(&inquiry).await?)
    }
}
