//! A text comes in: kept once, judged by who sends it, and put where it belongs.

mod door;

use carriers::{CarrierAnswered, InboundText};
use futures_util::future::BoxFuture;
use model::{
    Code, InboundId, InquiryId, InquiryState, LinePurpose, MemberStatus, MessageKind, MessageText,
    Standing, TaskKind, Timestamp, seconds,
};
use reading::keywords::{Keyword, keyword};
use serde_json::json;
use storage::{Admin, Arrival, Caller, Inquiry, Member, NewInbound, NewInquiry, PhoneRow};

use crate::{
    Dispatch, Error, RegisteredLine, Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    texts::{ToAdmin, ToMember},
};

pub(crate) use door::Door;

/// What became of a text the carrier delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is new, and has had its effect.
    New,
    /// It was delivered before: nothing changed.
    Repeated,
    /// It comes from nobody who could be answered: a withheld number, say. Nothing is kept.
    Unanswerable,
}

/// A text at the desk.
pub(crate) struct Text {
    pub(crate) id: InboundId,
    pub(crate) body: MessageText,
    pub(crate) media: i64,
    pub(crate) answered: Option<CarrierAnswered>,
    /// Whether a service that was lost has answered it, nobody knows with what.
    pub(crate) answered_before: bool,
}

/// Who somebody is on the line she texts.
enum Who {
    Family,
    Member(Box<Member>),
    Admin(Box<Admin>),
    Stranger,
}

impl Who {
    fn standing(&self) -> Standing {
        match self {
            Self::Family => Standing::Family,
            Self::Member(_) => Standing::Member,
            Self::Admin(_) => Standing::Admin,
            Self::Stranger => Standing::Stranger,
        }
    }
}

impl Dispatch {
    /// Takes in a text that a line's carrier delivered. Delivered again, it changes nothing.
    ///
    /// # Errors
    /// Where the database failed: nothing was kept, and the carrier may deliver it again.
    #[tracing::instrument(name = "dispatch.receive", skip_all, fields(line = %line.id))]
    pub fn receive<'a>(
        &'a self,
        line: &'a RegisteredLine,
        text: InboundText,
    ) -> BoxFuture<'a, Result<Received>> {
        Box::pin(async move {
            if !text.from.can_be_texted() {
                return Ok(Received::Unanswerable);
            }
            self.receive_at_door(line, text).await
        })
    }

    /// The same for a text that the carrier listed; `answered_before` where the service has lost its
    /// memory of it, and the carrier knows of an answer.
    pub(crate) async fn receive_found(
        &self,
        line: &RegisteredLine,
        text: InboundText,
        answered_before: bool,
    ) -> Result<Received> {
        if !text.from.can_be_texted() {
            return Ok(Received::Unanswerable);
        }
        self.receive_alone(line.clone(), text, answered_before).await
    }

    async fn receive_alone(
        &self,
        line: RegisteredLine,
        text: InboundText,
        answered_before: bool,
    ) -> Result<Received> {
        let shared = self.0.clone();
        self.0
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let caller = Caller {
                        chapter: line.chapter_id,
                        line: line.id,
                        number: text.from.clone(),
                        carrier_message_id: text.carrier_message_id.clone(),
                    };
                    let arrival = tx.arrivals(&[caller]).await?.pop().flatten();
                    let arrival = arrival.ok_or(Error::Missing("chapter"))?;
                    if arrival.is_kept {
                        return Ok(Received::Repeated);
                    }
                    let mut desk = Desk::of(tx, shared, arrival.chapter.clone())?;
                    desk.receive(line, text, arrival, answered_before).await
                })
            })
            .await
    }
}

/// The word of opting out, in or for help that a text consists of; of one that the carrier has
/// answered itself, what it took it for.
fn word_of(text: &InboundText) -> Option<Keyword> {
    match text.carrier_answered {
        Some(CarrierAnswered::Stop) => Some(Keyword::Stop),
        Some(CarrierAnswered::Start) => Some(Keyword::Start),
        Some(CarrierAnswered::Help) => Some(Keyword::Help),
        None => keyword(text.text.reveal()),
    }
}

impl Desk<'_> {
    async fn receive(
        &mut self,
        line: RegisteredLine,
        text: InboundText,
        arrival: Arrival,
        answered_before: bool,
    ) -> Result<Received> {
        let phone = match &arrival.phone {
            Some(phone) if phone.number.is_none() => {
                // It was erased, and its person texts again.
                self.tx.know_again(phone.id, &text.from).await?;
                PhoneRow { number: Some(text.from.clone()), ..phone.clone() }
            }
            Some(phone) => phone.clone(),
            None => {
                let chance = &self.shared.chance;
                self.tx.add_phone(self.chapter.id, &text.from, self.now, chance).await?
            }
        };
        let who = self.who(&line, &phone, &arrival, &text.text).await?;
        let word = word_of(&text);
        // Whoever wants no texts is not answered and not dispatched; but danger is still seen.
        let is_need = word.is_none()
            && matches!(who, Who::Family)
            && phone.blocked_at.is_none()
            && (!arrival.is_suppressed || self.reader().danger(text.text.reveal()));
        let inquiry = if is_need { Some(self.open_inquiry(&line, &phone).await?) } else { None };
        let inbound = NewInbound {
            id: InboundId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            line_id: line.id,
            phone_id: phone.id,
            carrier_message_id: text.carrier_message_id,
            standing: who.standing(),
            body: text.text.clone(),
            media: i64::from(text.media),
            inquiry_id: inquiry.as_ref().map(|(inquiry, _)| inquiry.id),
            received_at: self.now,
        };
        if !self.tx.add_inbound(&inbound).await? {
            return match inquiry {
                // It came twice at once, and the inquiry of the first is over already: nothing may
                // be left of the one begun for the second. Asked to come again, it is a repeat.
                Some((_, true)) => Err(storage::Error::BrokenOff.into()),
                _ => Ok(Received::Repeated),
            };
        }
        // Of a blocked number only its STOP is heard, so that it holds when the block is lifted, and
        // that it wants to be deleted.
        if phone.blocked_at.is_some() && word != Some(Keyword::Stop) {
            self.hears_deletion(&phone, &text.text).await?;
            return Ok(Received::New);
        }
        let text = Text {
            id: inbound.id,
            body: text.text,
            media: inbound.media,
            answered: text.carrier_answered,
            answered_before,
        };
        if let Some((inquiry, begun)) = inquiry {
            self.inquiry_grows(&inquiry, begun, &text).await?;
            return Ok(Received::New);
        }
        match (word, who) {
            (Some(Keyword::Stop), who) => {
                self.opt_out(&line, &phone, member_of(who), &text, "keyword").await?;
            }
            (Some(Keyword::Start), who) => {
                self.opt_in(&line, &phone, member_of(who), &text).await?;
            }
            (Some(Keyword::Help), Who::Family) => self.help_family(&line, &phone, &text).await?,
            (None, Who::Family) => self.hears_deletion(&phone, &text.body).await?,
            (_, Who::Member(member)) => self.member_texts(&line, *member, &text).await?,
            (_, Who::Admin(admin)) => self.admin_texts(&admin, &text).await?,
            (word, Who::Stranger) => {
                let asks = word == Some(Keyword::Help);
                self.stranger_texts(&line, &phone, &text, asks).await?;
            }
        }
        Ok(Received::New)
    }

    async fn who(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        arrival: &Arrival,
        body: &MessageText,
    ) -> Result<Who> {
        if arrival.is_member
            && let Some(member) = self.tx.member_by_phone(phone.id, self.chapter.id).await?
        {
            // Members are parents too: on a line for families everyone is one, unless she names an
            // offer of hers; and anybody can apply with a family's number.
            let own = match line.purpose {
                LinePurpose::Members => true,
                LinePurpose::Both if member.status != MemberStatus::Applied => true,
                _ => self.names_own_offer(&member, body).await?,
            };
            return Ok(if own { Who::Member(Box::new(member)) } else { Who::Family });
        }
        if line.purpose != LinePurpose::Families
            && arrival.is_admin
            && let Some(admin) = self.tx.admin_by_phone(phone.id, self.chapter.id).await?
        {
            return Ok(Who::Admin(Box::new(admin)));
        }
        Ok(if line.purpose == LinePurpose::Members { Who::Stranger } else { Who::Family })
    }

    async fn names_own_offer(&mut self, member: &Member, body: &MessageText) -> Result<bool> {
        for code in codes_in(body.reveal()) {
            if let Some(referral) = self.tx.referral_by_code(member.chapter_id, code).await?
                && referral.closed_at.is_none()
                && self.tx.offer_to(referral.id, member.id).await?.is_some()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts a family's text, kept already, to its inquiry and plans when it is read.
    pub(crate) async fn family_texts(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        text: &Text,
    ) -> Result<()> {
        let (inquiry, begun) = self.open_inquiry(line, phone).await?;
        self.tx.assign_inbound(text.id, inquiry.id).await?;
        self.inquiry_grows(&inquiry, begun, text).await
    }

    /// The open inquiry of a number on a line, and whether it was begun now.
    pub(crate) async fn open_inquiry(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
    ) -> Result<(Inquiry, bool)> {
        let new = NewInquiry {
            id: InquiryId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            line_id: line.id,
            phone_id: phone.id,
            language: phone.language.clone().unwrap_or_else(|| "und".to_owned()),
            now: self.now,
        };
        Ok(self.tx.open_inquiry(&new).await?)
    }

    /// Plans when a text that came to an inquiry is read. Danger does not wait.
    async fn inquiry_grows(&mut self, inquiry: &Inquiry, begun: bool, text: &Text) -> Result<()> {
        if begun {
            self.record(inquiry, Actor::FAMILY, "inquiry_begun", json!({})).await?;
        } else {
            self.tx.touch_inquiry(inquiry.id, self.now).await?;
        }
        if text.answered_before {
            self.hand_to_person(inquiry.id).await?;
        }
        let due = if self.reader().danger(text.body.reveal()) {
            self.now
        } else {
            self.read_at(inquiry, begun).await?
        };
        self.plan(TaskKind::Settle, inquiry.id.as_uuid(), due).await?;
        Ok(())
    }

    /// When an inquiry's unread texts are read: so long after the last, and never later than the
    /// cap after the first.
    async fn read_at(&mut self, inquiry: &Inquiry, begun: bool) -> Result<Timestamp> {
        let settle = self.now.after(seconds(i64::from(self.settings.settle_seconds)));
        if begun {
            return Ok(settle);
        }
        let unread = self.tx.inquiry_texts(inquiry.id, true).await?;
        let first = unread.first().map_or(self.now, |text| text.received_at);
        let cap = first.after(self.settings.settle_cap());
        let danger = unread
            .iter()
            .filter_map(|text| text.body.as_ref())
            .any(|body| self.reader().danger(body.reveal()));
        Ok(if danger { self.now } else { settle.min(cap.max(self.now)) })
    }

    async fn admin_texts(&mut self, admin: &Admin, text: &Text) -> Result<()> {
        let Some(line) = self.members_line().await? else { return Ok(()) };
        let answered =
            if is_ok(text.body.reveal()) { self.answer_pages(admin.id, None).await? } else { None };
        let body = match &answered {
            Some(id) => self.texts().to_admin(&self.voice("en"), &ToAdmin::PageAnswered { id }),
            None => self.texts().to_admin(
                &self.voice("en"),
                &ToAdmin::Console { address: &self.shared.public_url },
            ),
        };
        let Some(phone) = self.tx.phone(admin.phone_id).await? else { return Ok(()) };
        let what = format!("reply:{}", text.id);
        if answered.is_some() {
            let kind = MessageKind::Page;
            self.write_text(line, phone.id, kind, what, Belongs::default(), body, None).await?;
            Ok(())
        } else {
            self.answer_passively(line, &phone, what, Belongs::default(), body).await
        }
    }

    /// What somebody is told who turns to the members' line and is none of them.
    pub(crate) async fn words_for_strangers(&mut self) -> Result<MessageText> {
        let families = self.families_number().await?;
        let text = ToMember::Stranger { families_line: families.as_ref() };
        Ok(self.texts().to_member(&self.voice("en"), &text))
    }

    async fn stranger_texts(
        &mut self,
        line: &RegisteredLine,
        phone: &PhoneRow,
        text: &Text,
        asks: bool,
    ) -> Result<()> {
        let body = self.words_for_strangers().await?;
        let (what, belongs) = (format!("reply:{}", text.id), Belongs::default());
        if asks && text.answered.is_none() {
            let kind = MessageKind::Reply;
            self.write_text(line.id, phone.id, kind, what, belongs, body, None).await?;
            return Ok(());
        }
        self.answer_passively(line.id, phone, what, belongs, body).await
    }
}

fn member_of(who: Who) -> Option<Member> {
    match who {
        Who::Member(member) => Some(*member),
        _ => None,
    }
}

/// The codes that stand in a text as words of their own.
pub(crate) fn codes_in(text: &str) -> Vec<Code> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.parse().ok()).collect()
}

/// Whether an admin says that she has seen it.
pub(crate) fn is_ok(text: &str) -> bool {
    let said = text.trim().trim_end_matches(['.', '!']).to_lowercase();
    matches!(
        said.as_str(),
        "ok" | "okay" | "k" | "yes" | "y" | "on it" | "got it" | "seen" | "\u{1f44d}"
    )
}

/// Whether an inquiry's texts are still being gathered.
pub(crate) fn is_gathering(inquiry: &Inquiry) -> bool {
    matches!(inquiry.state, InquiryState::Settling | InquiryState::Asked)
}
