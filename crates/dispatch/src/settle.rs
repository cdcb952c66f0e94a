//! An inquiry's texts have settled: they are read, and what they say is acted on.

use model::{
    InquiryId, InquiryState, MessageKind, ReferralId, ReferralState, TaskKind, Timestamp, minutes,
    reading::{Answer, FamilyContext, FamilyKind, FamilyReading, FlagLevel, PriorReferral, Route},
    referral::Facts,
    seconds,
};
use serde_json::json;
use storage::{Inbound, Inquiry, NewReferral, Referral};

use crate::{
    Result,
    consent::DELETE_ME,
    deleting,
    desk::{Actor, Desk},
    gather,
    outgoing::Belongs,
    paging::Reason,
    receive::is_gathering,
    texts::{Care, ToFamily},
};

/// Two texts with the same words so close together are one text that the phone sent twice.
const SAME_TEXT_WITHIN_MINUTES: i64 = 5;

impl Desk<'_> {
    /// Reads what has settled of an inquiry. Gives when to look again, if it is too early.
    pub(crate) async fn settle(&mut self, id: InquiryId) -> Result<Option<Timestamp>> {
        let Some(mut inquiry) = self.tx.inquiry_for_update(id).await? else { return Ok(None) };
        let unread = self.tx.inquiry_texts(id, true).await?;
        let (Some(first), Some(last)) = (unread.first(), unread.last()) else { return Ok(None) };
        let due = last
            .received_at
            .after(seconds(i64::from(self.settings.settle_seconds)))
            .min(first.received_at.after(self.settings.settle_cap()));
        let bodies = words_of(&unread);
        let reader = self.reader();
        let danger = bodies.iter().any(|body| reader.danger(body));
        if inquiry.state == InquiryState::Closed {
            return self.comes_after_the_end(&inquiry, &unread, danger).await.map(|()| None);
        }
        // Later than it can be, it was counted by a clock that was ahead and has been set back.
        let latest = self.now.after(self.settings.settle_cap());
        if self.now < due && due <= latest && !danger {
            return Ok(Some(due));
        }
        let referral = match self.tx.referral_of_inquiry(id).await? {
            Some(referral) => self.tx.referral_for_update(referral.id).await?,
            None => None,
        };
        let context = self.context(&inquiry, referral.as_ref(), &unread).await?;
        let texts = bodies.iter().map(String::as_str).collect::<Vec<_>>();
        let mut reading = reader.family(&texts, &context);
        self.tx.mark_read(id, self.now).await?;
        self.record_reading(&inquiry, referral.as_ref(), &reading).await?;
        let lang =
            if reading.lang == "und" { inquiry.language.clone() } else { reading.lang.clone() };
        let changed = lang != inquiry.language;
        if changed {
            inquiry.language.clone_from(&lang);
            self.tx.set_phone_language(inquiry.phone_id, &lang).await?;
        }
        self.ask_about_language(&inquiry, referral.as_ref(), &reading, changed, &unread).await?;
        // What tells one reading's answers from another's: the last text it rests on.
        let cause = last.id.to_string();
        if let Some(line) = self.tx.line(inquiry.line_id).await?
            && reading.kind == FamilyKind::OptOut
            && let Some(phone) = self.tx.phone(inquiry.phone_id).await?
        {
            let text = crate::receive::Text {
                id: last.id,
                body: last.body.clone().unwrap_or_default(),
                media: 0,
                answered: None,
                answered_before: false,
            };
            let source = if reading.answer == Some(Answer::DeleteMe) { DELETE_ME } else { "words" };
            self.opt_out(&(&line).into(), &phone, None, &text, source).await?;
            if source == DELETE_ME {
                self.deletion_is_asked(&inquiry, referral.as_ref()).await?;
            }
            return Ok(None);
        }
        if deleting::stands_beside_more(&reading) {
            self.deletion_is_asked(&inquiry, referral.as_ref()).await?;
            reading.answer = None;
        }
        if self.danger_first(&mut inquiry, referral.as_ref(), &reading, &cause).await? {
            return Ok(None);
        }
        if inquiry.is_taken() {
            return self.person_reads(inquiry, referral, reading, &cause).await.map(|()| None);
        }
        if let Some(phone) = self.tx.phone(inquiry.phone_id).await?
            && self.tx.is_suppressed(&phone, inquiry.line_id).await?
        {
            // No text of ours reaches her: a person must find another way.
            let mut referral = self.referral_for(&inquiry, referral, ReferralState::Held).await?;
            referral.facts = Facts::from_reading(&reading);
            inquiry.reading = Some(reading);
            self.hold(&mut inquiry, &mut referral, Reason::Doctor, Actor::SERVICE).await?;
            self.save(&inquiry, &mut referral).await?;
            return Ok(None);
        }
        match referral {
            Some(referral) if !is_gathering(&inquiry) => {
                self.family_adds(inquiry, referral, reading, &texts.join(" "), &cause).await?;
            }
            referral => self.family_asks(inquiry, referral, reading, &cause).await?,
        }
        Ok(None)
    }

    /// What was still settling when a person, or time, closed its inquiry begins another. Of a family
    /// that wants no more texts only danger does.
    async fn comes_after_the_end(
        &mut self,
        closed: &Inquiry,
        unread: &[Inbound],
        danger: bool,
    ) -> Result<()> {
        let (Some(line), Some(phone)) =
            (self.tx.line(closed.line_id).await?, self.tx.phone(closed.phone_id).await?)
        else {
            return Ok(());
        };
        let silent = phone.blocked_at.is_some()
            || (!danger && self.tx.is_suppressed(&phone, closed.line_id).await?);
        if silent {
            self.tx.mark_read(closed.id, self.now).await?;
            return Ok(());
        }
        let (inquiry, begun) = self.open_inquiry(&(&line).into(), &phone).await?;
        if begun {
            self.record(&inquiry, Actor::FAMILY, "inquiry_begun", json!({})).await?;
        }
        for text in unread {
            self.tx.assign_inbound(text.id, inquiry.id).await?;
        }
        self.plan(TaskKind::Settle, inquiry.id.as_uuid(), self.now).await
    }

    /// Emergency, crisis and danger at home: the safety text only, no question, no broadcast, and a
    /// person at any hour. `true` where it was one of these.
    async fn danger_first(
        &mut self,
        inquiry: &mut Inquiry,
        referral: Option<&Referral>,
        reading: &FamilyReading,
        cause: &str,
    ) -> Result<bool> {
        let about_baby = || reading.red_flags.iter().any(|flag| flag.code == "parent_harm_baby");
        let (text, reason) = match reading.gravest() {
            Some(FlagLevel::Emergency) => (ToFamily::Emergency, Reason::Emergency),
            Some(FlagLevel::Crisis) => {
                (ToFamily::Crisis { about_baby: about_baby() }, Reason::Crisis)
            }
            Some(FlagLevel::Private) => (ToFamily::PrivateDanger, Reason::Private),
            _ => return Ok(false),
        };
        self.tell_family(inquiry, referral, MessageKind::Safety, format!("safety:{cause}"), &text)
            .await?;
        if is_gathering(inquiry) {
            let mut merged = self.with_what_was_known(inquiry, reading.clone());
            merged.red_flags.clone_from(&reading.red_flags);
            let mut held =
                self.referral_for(inquiry, referral.cloned(), ReferralState::Held).await?;
            held.facts = Facts::from_reading(&merged);
            inquiry.reading = Some(merged);
            self.hold(inquiry, &mut held, reason, Actor::SERVICE).await?;
            self.save(inquiry, &mut held).await?;
        } else {
            self.tx.save_inquiry(inquiry).await?;
            self.page(reason, Some(inquiry.id), referral.map(|referral| referral.id), None).await?;
        }
        Ok(true)
    }

    /// A need that has not been put to the members yet.
    pub(crate) async fn family_asks(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        new: FamilyReading,
        cause: &str,
    ) -> Result<()> {
        let (kind, route, answer) = (new.kind, new.route, new.answer.clone());
        let care = Care::of(&new.red_flags);
        let asked_before = inquiry.asked.clone();
        if asked_before.is_none()
            && matches!(route, Route::Info | Route::Close | Route::None | Route::UpdateExisting)
        {
            return self.answer_only(inquiry, referral, &new, cause).await;
        }
        let reading = self.with_what_was_known(&inquiry, new);
        let facts = Facts::from_reading(&reading);
        inquiry.reading = Some(reading.clone());
        if answer == Some(Answer::DeleteMe) {
            return self.is_to_be_deleted(inquiry, referral, cause).await;
        }
        if route == Route::HoldAdmin {
            return self
                .hold_for_admin(inquiry, referral, facts, kind, care, &reading, cause)
                .await;
        }
        let placed = gather::is_placed(reading.extract.location.as_ref());
        if kind == FamilyKind::MedicalQuestion && asked_before.is_none() {
            return self.ask(inquiry, referral, facts, &reading, care, cause).await;
        }
        if placed && (route != Route::Ask || asked_before.is_some()) {
            return self.put_to_members(inquiry, referral, facts, &reading, care).await;
        }
        match asked_before.as_deref() {
            None => self.ask(inquiry, referral, facts, &reading, care, cause).await,
            Some(question) => {
                self.hear_answer(inquiry, referral, facts, &reading, care, question, answer, cause)
                    .await
            }
        }
    }

    /// What needs one answer and nothing more: questions about us, thanks, wrong numbers.
    async fn answer_only(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        reading: &FamilyReading,
        cause: &str,
    ) -> Result<()> {
        let text = match reading.kind {
            FamilyKind::WrongNumber => Some(ToFamily::WrongNumber),
            FamilyKind::ServiceQuestion => Some(ToFamily::WhoIs),
            FamilyKind::HelpKeyword => Some(ToFamily::Help),
            FamilyKind::Praise | FamilyKind::Followup => Some(ToFamily::Thanks),
            FamilyKind::Complaint => Some(ToFamily::Sorry { care: Care::of(&reading.red_flags) }),
            FamilyKind::Spam | FamilyKind::Abuse | FamilyKind::Reaction => None,
            _ if reading.route == Route::Info => Some(ToFamily::Unclear),
            _ => None,
        };
        if let (Some(text), Some(phone)) = (text, self.tx.phone(inquiry.phone_id).await?) {
            let body = self.texts().to_family(&self.voice(&inquiry.language), &text);
            let belongs = Belongs { inquiry: Some(inquiry.id), ..Belongs::default() };
            self.answer_passively(inquiry.line_id, &phone, format!("reply:{cause}"), belongs, body)
                .await?;
        }
        if reading.kind == FamilyKind::Complaint {
            self.page(Reason::Complaint, Some(inquiry.id), None, None).await?;
        }
        inquiry.reading.get_or_insert_with(|| reading.clone());
        if referral.is_none() {
            inquiry.state = InquiryState::Closed;
            inquiry.closed_at = Some(self.now);
            inquiry.close_reason = Some(reading.kind.to_string());
            self.record(
                &inquiry,
                Actor::SERVICE,
                "inquiry_closed",
                json!({"reason": reading.kind}),
            )
            .await?;
        }
        self.tx.save_inquiry(&inquiry).await?;
        Ok(())
    }

    /// What a person must look at: loss, a wish to be called, anger, vendors.
    async fn hold_for_admin(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        facts: Facts,
        kind: FamilyKind,
        care: Care,
        reading: &FamilyReading,
        cause: &str,
    ) -> Result<()> {
        let after = reading
            .extract
            .callback
            .as_ref()
            .and_then(|callback| callback.after.as_deref()?.parse().ok());
        let child = child_of(reading);
        let (text, reason) = match kind {
            FamilyKind::Bereavement => {
                (ToFamily::Loss { child: child.as_deref(), care }, Reason::Loss)
            }
            FamilyKind::CallbackRequest => (ToFamily::Callback { after }, Reason::Callback),
            FamilyKind::Complaint => (ToFamily::Sorry { care }, Reason::Complaint),
            FamilyKind::Solicitation => (ToFamily::NotFamily, Reason::Money),
            _ => (ToFamily::Held { facts: &facts, code: None, care }, Reason::Held),
        };
        let mut referral = self.referral_for(&inquiry, referral, ReferralState::Held).await?;
        let kind = if care.now || kind == FamilyKind::Bereavement {
            MessageKind::Safety
        } else {
            MessageKind::Reply
        };
        self.tell_family(&mut inquiry, Some(&referral), kind, format!("reply:{cause}"), &text)
            .await?;
        referral.facts = facts.clone();
        self.hold(&mut inquiry, &mut referral, reason, Actor::SERVICE).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// Puts a referral where a person must release it, and calls one.
    pub(crate) async fn hold(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        reason: Reason,
        actor: Actor,
    ) -> Result<()> {
        inquiry.state = InquiryState::Referred;
        referral.state = ReferralState::Held;
        referral.hold_reason = Some(reason.to_string());
        self.record(&*referral, actor, "held", json!({"reason": reason})).await?;
        self.page(reason, Some(inquiry.id), Some(referral.id), None).await
    }

    /// The inquiry's referral, made in `state` if there is none yet.
    pub(crate) async fn referral_for(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<Referral>,
        state: ReferralState,
    ) -> Result<Referral> {
        if let Some(referral) = referral {
            return Ok(referral);
        }
        let new = NewReferral {
            id: ReferralId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            inquiry_id: inquiry.id,
            line_id: inquiry.line_id,
            phone_id: inquiry.phone_id,
            state,
            now: self.now,
        };
        Ok(self.tx.add_referral(&new).await?)
    }

    pub(crate) fn with_what_was_known(
        &self,
        inquiry: &Inquiry,
        new: FamilyReading,
    ) -> FamilyReading {
        match &inquiry.reading {
            Some(known) => gather::together(known.clone(), new),
            None => new,
        }
    }

    /// How the thread stands, as the reader wants to know it.
    pub(crate) async fn context(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
        unread: &[Inbound],
    ) -> Result<FamilyContext> {
        let state = match (inquiry.state, referral.map(|referral| referral.state)) {
            (InquiryState::Asked, _) => "asked",
            (InquiryState::Settling, _) | (_, None | Some(ReferralState::Gathering)) => "new",
            (_, Some(ReferralState::HandedOff)) => {
                if referral.is_some_and(|referral| referral.followed_at.is_some()) {
                    "followup_sent"
                } else {
                    "names_sent"
                }
            }
            (_, Some(ReferralState::Open))
                if referral.is_some_and(|r| r.promised_at.is_some_and(|at| at < self.now)) =>
            {
                "referral_open_unfilled"
            }
            _ => "referral_open_collecting",
        };
        let prior_referral = match referral {
            Some(referral) if state != "new" => Some(PriorReferral {
                code: referral.code.map(|code| code.to_string()).unwrap_or_default(),
                location_zip: referral.facts.place.zip.clone(),
                names: self
                    .named_members(referral.id)
                    .await?
                    .iter()
                    .map(|member| member.name.reveal().to_owned())
                    .collect(),
            }),
            _ => None,
        };
        let first = unread.first().map_or(self.now, |text| text.received_at);
        Ok(FamilyContext {
            received_at: self.local(first),
            state: state.to_owned(),
            media: u32::try_from(unread.iter().map(|text| text.media).sum::<i64>())
                .unwrap_or(u32::MAX),
            offsets_s: unread.iter().map(|text| text.received_at.since(first).as_secs()).collect(),
            prior_referral,
        })
    }

    /// Records what was read: kinds, codes and counts, none of the family's words.
    async fn record_reading(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
        reading: &FamilyReading,
    ) -> Result<()> {
        let about = crate::desk::About(Some(inquiry.id), referral.map(|referral| referral.id));
        let place = reading.extract.location.as_ref().map(|at| at.precision);
        let flags = reading.red_flags.iter().map(|flag| flag.code.as_str()).collect::<Vec<_>>();
        let detail = json!({
            "kind": reading.kind, "route": reading.route, "urgency": reading.urgency, "lang": reading.lang,
            "place": place, "red_flags": flags, "concerns": reading.extract.concerns, "missing": reading.missing,
        });
        self.record(about, Actor::SERVICE, "read", detail).await
    }

    /// Plans what happens if the one question finds no answer.
    pub(crate) async fn plan_unanswered(
        &mut self,
        inquiry: InquiryId,
        at: Option<Timestamp>,
    ) -> Result<()> {
        let at =
            at.unwrap_or_else(|| self.now.after(minutes(i64::from(self.settings.answer_minutes))));
        self.plan(TaskKind::Unanswered, inquiry.as_uuid(), at).await
    }
}

/// The words of texts, without those that the phone sent twice.
pub(crate) fn words_of(texts: &[Inbound]) -> Vec<String> {
    let mut kept: Vec<(&str, Timestamp)> = Vec::new();
    for text in texts {
        let body = text.body.as_ref().map_or("", |body| body.reveal());
        let twice = kept.iter().any(|(other, at)| {
            *other == body && text.received_at < at.after(minutes(SAME_TEXT_WITHIN_MINUTES))
        });
        if !twice {
            kept.push((body, text.received_at));
        }
    }
    kept.into_iter().map(|(body, _)| body.to_owned()).collect()
}

/// What the family called the child it lost, where the reading kept it.
fn child_of(reading: &FamilyReading) -> Option<String> {
    reading.reasons.iter().find(|reason| reason.field == "child").map(|reason| reason.words.clone())
}
