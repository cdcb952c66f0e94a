//! A family that asks to be deleted: what is done at once, and what a day later, so that a person whom
//! we call can still see what it was about.

use model::{
    InquiryState, MemberId, MessageKind, MessageText, PhoneId, Timestamp, day_hours,
    reading::{Answer, FamilyContext, FamilyKind, FamilyReading, FlagLevel},
};
use serde_json::json;
use storage::{Inquiry, PhoneRow, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    texts::{ToFamily, ToMember},
};

/// What it wrote is kept for so long after it asked; it goes the night after.
const KEPT_HOURS: i64 = 24;

impl Desk<'_> {
    /// The family wants what it wrote deleted: nobody is asked on its behalf any more, and nothing further
    /// is sent unasked.
    pub(crate) async fn is_to_be_deleted(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        cause: &str,
    ) -> Result<()> {
        let what = format!("reply:{cause}");
        let (kind, text) = (MessageKind::Consent, ToFamily::Deleting);
        self.tell_family(&mut inquiry, referral.as_ref(), kind, what, &text).await?;
        self.deletion_is_asked(&inquiry, referral.as_ref()).await?;
        let (id, phone) = (inquiry.id, inquiry.phone_id);
        self.withdraw(inquiry, Actor::FAMILY, "asked_to_be_deleted").await?;
        // What else it asked for is called off too, unless a person has the thread: she has been called.
        for other in self.tx.inquiries_of(phone).await? {
            if other.id == id || other.state == InquiryState::Closed {
                continue;
            }
            let Some(other) = self.tx.inquiry_for_update(other.id).await? else { continue };
            if other.state != InquiryState::Closed && !other.is_taken() {
                self.withdraw(other, Actor::FAMILY, "asked_to_be_deleted").await?;
            }
        }
        Ok(())
    }

    /// Whoever wants no texts, or is blocked, may still ask to be deleted: it is done, and not answered.
    pub(crate) async fn hears_deletion(
        &mut self,
        phone: &PhoneRow,
        words: &MessageText,
    ) -> Result<()> {
        let context = FamilyContext {
            received_at: self.local(self.now),
            state: "new".to_owned(),
            ..FamilyContext::default()
        };
        let reading = self.reader().family(&[words.reveal()], &context);
        if reading.answer != Some(Answer::DeleteMe) {
            return Ok(());
        }
        let Some(last) = self.tx.inquiries_of(phone.id).await?.pop() else {
            self.tx.forget_from(phone.id, self.now.after(day_hours(KEPT_HOURS))).await?;
            return Ok(());
        };
        let referral = self.tx.referral_of_inquiry(last.id).await?;
        self.deletion_is_asked(&last, referral.as_ref()).await
    }

    /// What that brings whatever else ends with it: the page of its names is closed, whoever was given its
    /// number hears of it, a person is called, and the rest goes by itself.
    pub(crate) async fn deletion_is_asked(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
    ) -> Result<()> {
        let phone = inquiry.phone_id;
        self.tx.forget_names_links(phone).await?;
        self.tx.forget_from(phone, self.now.after(day_hours(KEPT_HOURS))).await?;
        self.record(inquiry, Actor::FAMILY, "deletion_asked", json!({})).await?;
        self.tell_who_has_the_number(phone).await?;
        let referral = referral.map(|referral| referral.id);
        self.page(Reason::Erasure, Some(inquiry.id), referral, None).await
    }

    /// Those whom the family agreed to be called by are asked to delete its number too. Nobody else knows
    /// anything of it.
    async fn tell_who_has_the_number(&mut self, phone: PhoneId) -> Result<()> {
        for inquiry in self.tx.inquiries_of(phone).await? {
            let Some(referral) = self.tx.referral_of_inquiry(inquiry.id).await? else { continue };
            let agreed = self.tx.trace(referral.id, inquiry.id).await?;
            let agreed = agreed.iter().filter(|event| event.kind == "call_agreed");
            let told =
                agreed.flat_map(|event| event.detail["members"].as_array().into_iter().flatten());
            let told =
                told.filter_map(|id| id.as_str()?.parse::<MemberId>().ok()).collect::<Vec<_>>();
            for id in told {
                let Some(member) = self.tx.member(id).await? else { continue };
                let text = ToMember::FamilyDeleted { code: self.code_of(&referral) };
                let what = format!("deleted:{}:{id}", referral.id);
                let belongs = Belongs::to(&referral);
                self.tell_member(&member, MessageKind::ClaimReply, what, belongs, &text).await?;
            }
        }
        Ok(())
    }

    /// Forgets those who asked for it and whose day is over, at most so many; gives how many conversations
    /// went, and how many numbers.
    pub(crate) async fn forget_who_asked(&mut self, most: i64) -> Result<(u64, u64)> {
        let (mut conversations, mut numbers) = (0, 0);
        for phone in self.tx.numbers_to_forget(self.chapter.id, self.now, most).await? {
            let all = self.tx.inquiries_of(phone).await?;
            // A text that came meanwhile has opened one: then it is done when that is over.
            if is_open(&all) {
                continue;
            }
            conversations += all.len() as u64;
            numbers += u64::from(self.forget(phone, &all, Actor::SERVICE).await?);
        }
        Ok((conversations, numbers))
    }

    /// Erases all that is known of a number's person; `true` where the number went too, which it does not
    /// where it is a member's or one of the chapter's people's.
    pub(crate) async fn forget(
        &mut self,
        phone: PhoneId,
        all: &[Inquiry],
        actor: Actor,
    ) -> Result<bool> {
        let now: Timestamp = self.now;
        for inquiry in all {
            self.tx.erase_words_of(inquiry.id, now).await?;
        }
        let chapter = self.chapter.id;
        self.tx.erase_loose_words_of(phone).await?;
        self.tx.forget_names_links(phone).await?;
        let is_ours = self.tx.member_by_phone(phone, chapter).await?.is_some()
            || self.tx.admin_by_phone(phone, chapter).await?.is_some();
        if !is_ours {
            self.tx.erase_number(phone).await?;
        }
        self.tx.is_forgotten(phone).await?;
        if let Some(last) = all.last() {
            let detail = json!({"conversations": all.len(), "number": !is_ours});
            self.record(last, actor, "family_erased", detail).await?;
        }
        Ok(!is_ours)
    }
}

/// Whether the wish to be deleted stands beside a sign of danger or a need: then all goes once that is over,
/// and nothing is left undone for it.
pub(crate) fn stands_beside_more(reading: &FamilyReading) -> bool {
    let care = reading.gravest().is_some_and(|level| level < FlagLevel::Support);
    let asks = matches!(reading.kind, FamilyKind::Inquiry | FamilyKind::InquiryProxy);
    let needs = reading.extract.concerns.iter().any(|concern| concern != "general");
    reading.answer == Some(Answer::DeleteMe) && (care || asks && needs)
}

/// Whether one of these is open.
pub(crate) fn is_open(all: &[Inquiry]) -> bool {
    all.iter().any(|inquiry| inquiry.state != InquiryState::Closed)
}
