//! Writing to people: every text goes through the outbox, counted and kept within its useful life.

use jiff::SignedDuration;
use model::{
    ConsentId, InquiryId, MessageKind, MessageText, OfferId, OutboxId, PhoneId, ReferralId,
    Timestamp, day_hours, minutes,
};
use serde_json::json;
use storage::{By, Inquiry, Member, NewMessage, PhoneRow, Referral};

use crate::{
    Result,
    asks::Question,
    desk::{Actor, Desk},
    paging::Reason,
    texts::{ToFamily, ToMember},
    waiting::{Step, waited},
};

/// How long a text is of use: one that comes later than this would mislead.
pub(crate) fn useful_life(kind: MessageKind) -> SignedDuration {
    match kind {
        // A confirmation of an opt-out may follow within five minutes and no later.
        MessageKind::Consent => minutes(5),
        MessageKind::SignIn => minutes(10),
        MessageKind::Safety | MessageKind::Page => day_hours(1),
        MessageKind::ClaimReply | MessageKind::Offer => day_hours(2),
        MessageKind::Reply | MessageKind::Person | MessageKind::Notice | MessageKind::FollowUp => {
            day_hours(6)
        }
        MessageKind::HandOff => day_hours(24),
    }
}

/// What a message belongs to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Belongs {
    pub(crate) inquiry: Option<InquiryId>,
    pub(crate) referral: Option<ReferralId>,
    pub(crate) offer: Option<OfferId>,
}

impl Belongs {
    pub(crate) fn to(referral: &Referral) -> Self {
        Self { inquiry: Some(referral.inquiry_id), referral: Some(referral.id), offer: None }
    }
}

/// What became of a text to a family.
pub(crate) enum Said {
    /// It was written, in these words.
    Written(MessageText),
    /// This very text was written before.
    Before,
    /// A person speaks for us: she has the thread, or the family has had all our texts and she is
    /// called.
    LeftToPerson,
}

impl Said {
    /// The words, where it was written.
    pub(crate) fn words(&self) -> Option<&MessageText> {
        match self {
            Self::Written(words) => Some(words),
            Self::Before | Self::LeftToPerson => None,
        }
    }
}

impl Desk<'_> {
    /// Writes a text into the outbox. `what` makes it this text and no other: written twice, it
    /// goes once.
    pub(crate) async fn write_text(
        &mut self,
        line: model::LineId,
        phone: PhoneId,
        kind: MessageKind,
        what: String,
        belongs: Belongs,
        body: MessageText,
        until: Option<Timestamp>,
    ) -> Result<Option<OutboxId>> {
        let id = OutboxId::generate(self.now, &self.shared.chance);
        let message = NewMessage {
            id,
            chapter_id: self.chapter.id,
            by: By::Line { line, phone },
            kind,
            dedupe: what,
            inquiry_id: belongs.inquiry,
            referral_id: belongs.referral,
            offer_id: belongs.offer,
            body,
            now: self.now,
            due_at: self.now,
            expires_at: until.unwrap_or_else(|| self.now.after(useful_life(kind))),
        };
        Ok(self.tx.enqueue(&message).await?.then_some(id))
    }

    /// Answers a family from the line it texted, in its language.
    ///
    /// Without a human a family gets so many texts for a referral and no more (`texts_left`), and
    /// the last one tells it that a person will write. Safety and consent are never counted out.
    /// Where a person has taken the thread over, the service says nothing but those. Gives the text,
    /// if it was written.
    pub(crate) async fn tell_family(
        &mut self,
        inquiry: &mut Inquiry,
        referral: Option<&Referral>,
        kind: MessageKind,
        what: String,
        text: &ToFamily<'_>,
    ) -> Result<Option<MessageText>> {
        Ok(match self.say_to_family(inquiry, referral, kind, what, text).await? {
            Said::Written(words) => Some(words),
            Said::Before | Said::LeftToPerson => None,
        })
    }

    /// The same, and tells why it was not written.
    pub(crate) async fn say_to_family(
        &mut self,
        inquiry: &mut Inquiry,
        referral: Option<&Referral>,
        kind: MessageKind,
        what: String,
        mut text: &ToFamily<'_>,
    ) -> Result<Said> {
        let care = std::mem::take(&mut self.care);
        let kind = match kind {
            MessageKind::Reply if !text.speaks_of_care() => care.kind(),
            other => other,
        };
        let always = matches!(kind, MessageKind::Safety | MessageKind::Consent);
        if !always {
            if inquiry.is_taken() {
                return Ok(Said::LeftToPerson);
            }
            let left = self.texts_left(inquiry, referral, kind);
            // What would leave the family waiting for a text that may not come any more says instead
            // that a person will write; then there is silence until she does.
            let last = left == 1 && text.leaves_waiting();
            if last {
                text = &ToFamily::PersonWillText;
            }
            if last || left <= 0 {
                let about = referral.map(|referral| referral.id);
                if self.page_anew(Reason::Budget, Some(inquiry.id), about, None).await? {
                    let detail = json!({"texts": inquiry.texts_sent});
                    self.record(&*inquiry, Actor::SERVICE, "texts_used_up", detail).await?;
                }
            }
            if left <= 0 {
                return Ok(Said::LeftToPerson);
            }
        }
        let voice = self.voice(&inquiry.language);
        let body = self.texts().to_family_in_need(&voice, care, text);
        let belongs =
            Belongs { inquiry: Some(inquiry.id), referral: referral.map(|r| r.id), offer: None };
        let (line, phone) = (inquiry.line_id, inquiry.phone_id);
        let written = self.write_text(line, phone, kind, what, belongs, body.clone(), None).await?;
        if written.is_none() {
            return Ok(Said::Before);
        }
        // What we asked before is answered by what came before our next text, or not at all.
        Question::forget(inquiry);
        if inquiry.texts_sent == 0 && kind != MessageKind::Consent {
            waited(Step::Answer, inquiry, self.now);
        }
        if !always {
            inquiry.texts_sent += 1;
            self.tx.count_family_text(inquiry.id).await?;
        }
        Ok(Said::Written(body))
    }

    /// How many texts of this kind the family may still get without a human: two are kept for names
    /// until it has some.
    fn texts_left(&self, inquiry: &Inquiry, referral: Option<&Referral>, kind: MessageKind) -> i64 {
        let has_names = referral.is_some_and(|referral| referral.names_at.is_some());
        let kept = if kind == MessageKind::HandOff || has_names { 0 } else { 2 };
        i64::from(self.settings.family_texts) - kept - inquiry.texts_sent
    }

    /// Records that the family was told what is shared with whom, word for word as the text said it;
    /// nothing where the text did not say it, or was not written.
    pub(crate) async fn record_sharing(
        &mut self,
        inquiry: &Inquiry,
        told: Option<&MessageText>,
    ) -> Result<()> {
        let voice = self.voice(&inquiry.language);
        let Some(wording) = told.and_then(|told| self.texts().sharing(&voice, told)) else {
            return Ok(());
        };
        let lang = voice.lang.to_owned();
        let Some(phone) = self.tx.phone(inquiry.phone_id).await? else { return Ok(()) };
        let id = ConsentId::generate(self.now, &self.shared.chance);
        self.tx.add_consent(id, &phone, "sharing", &wording, &lang, "text", self.now).await?;
        Ok(())
    }

    /// Writes to a member from the line she always hears from.
    pub(crate) async fn tell_member(
        &mut self,
        member: &Member,
        kind: MessageKind,
        what: String,
        belongs: Belongs,
        text: &ToMember<'_>,
    ) -> Result<()> {
        let Some(line) = self.members_line().await? else { return Ok(()) };
        let body = self.texts().to_member(&self.voice("en"), text);
        self.write_text(line, member.phone_id, kind, what, belongs, body, None).await?;
        Ok(())
    }

    /// Answers somebody who gave no reason for an answer: strangers, thanks, what we cannot read.
    /// After a few such answers there are no more; `body` is not even made then.
    pub(crate) async fn answer_passively(
        &mut self,
        line: model::LineId,
        phone: &PhoneRow,
        what: String,
        belongs: Belongs,
        body: MessageText,
    ) -> Result<()> {
        if phone.passive_replies >= i64::from(self.settings.passive_replies) {
            return Ok(());
        }
        if self
            .write_text(line, phone.id, MessageKind::Reply, what, belongs, body, None)
            .await?
            .is_some()
        {
            self.tx.set_passive_replies(phone.id, phone.passive_replies + 1).await?;
        }
        Ok(())
    }
}
