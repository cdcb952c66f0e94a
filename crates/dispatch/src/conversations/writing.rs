//! What one of the chapter's people writes to a family, as the line it texted, and when it goes out.

use model::{MessageKind, MessageText, OutboxId, Timestamp, minutes};
use serde_json::json;
use storage::{Inquiry, NewMessage, Referral};

use super::TalkRefusal;
use crate::{Error, Result, desk::Desk, moderation::By, outgoing::useful_life};

/// A family that wrote within so many minutes is awake: it is answered at any hour.
const AWAKE_MINUTES: i64 = 60;

impl Desk<'_> {
    /// Why nobody can write to a family, if that is so.
    pub(crate) async fn not_reached(&mut self, inquiry: &Inquiry) -> Result<Option<TalkRefusal>> {
        let phone = self.tx.phone(inquiry.phone_id).await?.ok_or(Error::Missing("phone"))?;
        if phone.number.is_none() {
            return Ok(Some(TalkRefusal::Erased));
        }
        let blocked = phone.blocked_at.is_some();
        let wants_none = blocked || self.tx.is_suppressed(&phone, inquiry.line_id).await?;
        Ok(wants_none.then_some(TalkRefusal::WantsNone))
    }

    /// Writes to a family for one of the chapter's people; gives when it goes out. `what` makes it
    /// this text and no other.
    pub(crate) async fn write_for(
        &mut self,
        by: By,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
        what: String,
        body: MessageText,
    ) -> Result<Timestamp> {
        let goes_at = self.answer_at(inquiry);
        let message = NewMessage {
            id: OutboxId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            by: storage::By::Line { line: inquiry.line_id, phone: inquiry.phone_id },
            kind: MessageKind::Person,
            dedupe: what,
            inquiry_id: Some(inquiry.id),
            referral_id: referral.map(|referral| referral.id),
            offer_id: None,
            body,
            now: self.now,
            due_at: goes_at,
            expires_at: goes_at.after(useful_life(MessageKind::Person)),
        };
        if self.tx.enqueue(&message).await? {
            let about = crate::desk::About(Some(inquiry.id), message.referral_id);
            self.record(about, by.into(), "answered_by_person", json!({"goes_at": goes_at}))
                .await?;
        }
        Ok(goes_at)
    }

    /// When an answer goes out. The chapter's quiet hours hold for families too, but not for one that
    /// is writing just now.
    fn answer_at(&self, inquiry: &Inquiry) -> Timestamp {
        answer_at(self.now, inquiry.last_text_at, &self.settings, &self.chapter.timezone)
    }
}

/// When what a person writes now to a family whose last text came at `last` goes out.
pub(crate) fn answer_at(
    now: Timestamp,
    last: Timestamp,
    settings: &model::settings::Settings,
    zone: &model::TimeZone,
) -> Timestamp {
    if now < last.after(minutes(AWAKE_MINUTES)) {
        now
    } else {
        settings.quiet_hours.end_after(now, zone)
    }
}
