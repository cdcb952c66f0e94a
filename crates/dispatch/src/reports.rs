//! News of what we sent: a carrier's report, a refusal, and what follows from it.

mod again;

use carriers::{Call, Refusal, Report};
use futures_util::future::BoxFuture;
use model::{
    Channel, ErrorClass, LinePurpose, MessageKind, OfferState, OutboxId, OutboxState, TaskKind,
    minutes,
};
use serde_json::json;
use storage::{Outgoing, Settled};

pub(crate) use self::again::{TRIES, midnight_pacific};
use crate::{
    Dispatch, RegisteredLine, Result,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    texts::ToFamily,
};

/// A paused line is tried again after so many minutes.
const PROBE_MINUTES: i64 = 5;

impl Dispatch {
    /// Takes in a carrier's report. It moves a message forward, never back; told twice, or in any
    /// order, it comes to the same.
    ///
    /// # Errors
    /// Where the database failed: the carrier may tell it again.
    pub fn report<'a>(
        &'a self,
        line: &'a RegisteredLine,
        report: Report,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (line, chapter) = (line.id, line.chapter_id);
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let id = match report.outbox_id {
                        Some(id) => Some(id),
                        None => {
                            desk.tx.outgoing_by_carrier_id(line, &report.carrier_message_id).await?
                        }
                    };
                    let Some(id) = id else { return Ok(()) };
                    let Some(message) =
                        desk.tx.outgoing(id).await?.filter(|message| message.line_id == Some(line))
                    else {
                        return Ok(());
                    };
                    let settled = Settled {
                        carrier_message_id: Some(report.carrier_message_id),
                        error_code: report.error.as_ref().map(|error| error.code.clone()),
                        error_class: report.error.as_ref().map(|error| error.class),
                        ..Settled::to(report.state)
                    };
                    if report.state == OutboxState::Failed {
                        desk.lock_around(id).await?;
                    }
                    let moved = desk.tx.report_message(id, &settled, desk.now).await?;
                    if moved && report.state == OutboxState::Failed {
                        let refusal = report.error.unwrap_or(Refusal {
                            code: String::new(),
                            class: ErrorClass::Unlisted,
                            retry_after: None,
                        });
                        desk.undelivered(&message, &refusal, true).await?;
                    }
                    desk.tx.wake(storage::Wake::Chapter(desk.chapter.id));
                    // Whoever waited for this one to be settled may go now.
                    desk.tx.wake(storage::Wake::Outbox);
                    Ok(())
                })
            })
            .await
        })
    }

    /// Somebody calls the line: she hears a sentence, in her language where it is known and the carrier
    /// has a voice for it, and gets a text, once a call.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn call<'a>(
        &'a self,
        line: &'a RegisteredLine,
        call: Call,
    ) -> BoxFuture<'a, Result<Spoken>> {
        Box::pin(async move {
            let (line_id, purpose, carrier) = (line.id, line.purpose, line.carrier);
            self.at_desk(line.chapter_id, move |desk| {
                Box::pin(async move {
                    let Some(from) = call.from.filter(model::Phone::can_be_texted) else {
                        return Ok(desk.says("en"));
                    };
                    let phone = desk
                        .tx
                        .phone_for(desk.chapter.id, &from, desk.now, &desk.shared.chance)
                        .await?;
                    let lang = phone.language.as_deref().unwrap_or("en");
                    let has_voice = desk.shared.carriers.get(&carrier);
                    let has_voice = has_voice.is_some_and(|carrier| carrier.has_voice(lang));
                    let spoken = desk.says(if has_voice { lang } else { "en" });
                    let member = desk.tx.member_by_phone(phone.id, desk.chapter.id).await?;
                    // On a families' line a member who calls is a family.
                    let is_member = member.is_some() && purpose != LinePurpose::Families;
                    if phone.blocked_at.is_some() || is_member {
                        return Ok(spoken);
                    }
                    let body = if purpose == LinePurpose::Members {
                        desk.words_for_strangers().await?
                    } else {
                        desk.texts().to_family(&desk.voice(lang), &ToFamily::MissedCall)
                    };
                    let what = format!("call:{line_id}:{}", call.carrier_call_id);
                    desk.answer_passively(line_id, &phone, what, Belongs::default(), body).await?;
                    Ok(spoken)
                })
            })
            .await
        })
    }
}

/// What a caller hears.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The sentence.
    pub words: String,
    /// Its language.
    pub lang: String,
}

impl Desk<'_> {
    /// What a caller hears whose language this is, as far as the chapter speaks it.
    fn says(&self, lang: &str) -> Spoken {
        let voice = self.voice(lang);
        Spoken { words: self.texts().spoken(&voice), lang: voice.lang.to_owned() }
    }

    /// Locks what a message belongs to, before the message itself: whoever learns that it will not
    /// arrive may have to change that, and those who change it go on to its messages.
    pub(crate) async fn lock_around(&mut self, message: OutboxId) -> Result<()> {
        let Some(message) = self.tx.outgoing(message).await? else { return Ok(()) };
        match (message.referral_id, message.inquiry_id) {
            (Some(referral), _) => drop(self.locked(referral).await?),
            (None, Some(inquiry)) => drop(self.tx.inquiry_for_update(inquiry).await?),
            (None, None) => {}
        }
        Ok(())
    }

    /// What follows when a text will not arrive. `reported` tells that the carrier had taken it first.
    pub(crate) async fn undelivered(
        &mut self,
        message: &Outgoing,
        refusal: &Refusal,
        reported: bool,
    ) -> Result<()> {
        if message.channel == Channel::Push {
            return self.push_fails(message, refusal).await;
        }
        let about = About(message.inquiry_id, message.referral_id);
        let detail = json!({
            "message": message.id, "for": message.kind, "code": refusal.code, "class": refusal.class,
        });
        self.record(about, Actor::CARRIER, "undelivered", detail).await?;
        let again = if reported { self.send_again(message, refusal).await? } else { None };
        self.offer_fares(message, again).await?;
        let (Some(phone), Some(line)) = (message.phone_id, message.line_id) else { return Ok(()) };
        match refusal.class {
            ErrorClass::OptedOut => {
                if let Some(row) = self.tx.phone(phone).await? {
                    if let Some(inquiry) = self.tx.open_inquiry_of(line, phone).await? {
                        self.withdraw(inquiry, Actor::CARRIER, "opted_out").await?;
                    }
                    self.tx.suppress(&row, "chapter", "carrier", self.now).await?;
                    self.tx.drop_waiting(phone, None, ErrorClass::Suppressed, self.now).await?;
                    self.page_for(Reason::OptOut, message).await?;
                }
                return Ok(());
            }
            ErrorClass::BadNumber => {
                self.tx.set_phone_unreachable(phone, Some(&refusal.code)).await?;
                self.tx.drop_waiting(phone, None, ErrorClass::BadNumber, self.now).await?;
            }
            ErrorClass::Configuration => self.line_fails(message, &refusal.code).await?,
            _ => {}
        }
        if again.is_none() && matters(message.kind) {
            self.page_for(Reason::Unreachable, message).await?;
        }
        Ok(())
    }

    /// Calls for attention for a text's sake: about its need, or about the member it was to.
    async fn page_for(&mut self, reason: Reason, message: &Outgoing) -> Result<()> {
        if message.inquiry_id.is_none()
            && let Some(phone) = message.phone_id
            && let Some(member) = self.tx.member_by_phone(phone, self.chapter.id).await?
        {
            return self.page_about(reason, member.id).await;
        }
        self.page(reason, message.inquiry_id, message.referral_id, None).await
    }

    /// An offer whose text did not arrive is open to her still where it goes again, and was never made
    /// where it does not. What became of an earlier text about it changes nothing: she has been written
    /// to anew.
    async fn offer_fares(&mut self, message: &Outgoing, again: Option<OutboxId>) -> Result<()> {
        let Some(offer) = message.offer_id else { return Ok(()) };
        let Some(mut offer) = self.tx.offer(offer).await? else { return Ok(()) };
        if offer.state == OfferState::Sent && offer.outbox_id == Some(message.id) {
            match again {
                Some(again) => offer.outbox_id = Some(again),
                None => offer.state = OfferState::Unsent,
            }
            self.tx.save_offer(&offer).await?;
        }
        Ok(())
    }

    /// The carrier refuses the line as a whole: its texts are kept, it is tried again later, and a
    /// person is told by e-mail.
    pub(crate) async fn line_fails(&mut self, message: &Outgoing, code: &str) -> Result<()> {
        let Some(line) = message.line_id else { return Ok(()) };
        if self.tx.pause_line(line, code, self.now).await? {
            self.lines = None;
            self.record(
                About(None, None),
                Actor::CARRIER,
                "line_paused",
                json!({"line": line, "code": code}),
            )
            .await?;
            self.plan(TaskKind::Probe, line.as_uuid(), self.now.after(minutes(PROBE_MINUTES)))
                .await?;
            self.page(Reason::LineFailing, None, None, Some(line)).await?;
        }
        Ok(())
    }
}

/// Whether a person must know when such a text does not arrive.
fn matters(kind: MessageKind) -> bool {
    matches!(
        kind,
        MessageKind::Safety
            | MessageKind::HandOff
            | MessageKind::Reply
            | MessageKind::Notice
            | MessageKind::Person
    )
}
