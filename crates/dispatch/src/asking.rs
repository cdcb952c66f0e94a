//! The one question: which one, and what its answer or its silence leads to.

use model::{
    InquiryId, InquiryState, MessageKind, ReferralState, Timestamp, day_hours,
    reading::{Answer, BabyStage, FamilyKind, FamilyReading, Precision},
    referral::Facts,
};
use serde_json::json;
use storage::{Inquiry, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    gather,
    outgoing::Belongs,
    paging::Reason,
    texts::{Ask, Care, ToFamily},
};

impl Desk<'_> {
    /// Asks what is missing: once in a thread's life.
    pub(crate) async fn ask(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        facts: Facts,
        reading: &FamilyReading,
        care: Care,
        cause: &str,
    ) -> Result<()> {
        let location = reading.extract.location.as_ref();
        let borough = location.and_then(|at| at.borough.clone()).unwrap_or_default();
        let raw = location.and_then(|at| at.raw.clone()).unwrap_or_default();
        let town =
            location.and_then(|at| at.zip.clone().or(at.neighborhood.clone())).unwrap_or_default();
        let place = location
            .and_then(|at| at.neighborhood.clone().or(at.zip.clone()).or(at.borough.clone()));
        let candidates = location.map(|at| at.candidates.clone()).unwrap_or_default();
        let (asked, what) = match (reading.kind, location.map(|at| at.precision)) {
            (FamilyKind::MedicalQuestion, _) => {
                let medication =
                    reading.extract.concerns.iter().any(|concern| concern == "medication_safety");
                ("wants_referral", Ask::WantsReferral { place: place.as_deref(), medication })
            }
            (FamilyKind::MediaOnly, _) => ("place", Ask::Photo),
            (FamilyKind::EmojiOnly, _) => ("place", Ask::Emoji),
            (_, Some(Precision::Borough)) => ("zip", Ask::Zip { borough: &borough }),
            (_, Some(Precision::Ambiguous)) => ("which", Ask::Which { candidates: &candidates }),
            (_, Some(Precision::Invalid)) => ("zip_again", Ask::ZipAgain { raw: &raw }),
            (_, Some(Precision::OutOfArea)) => ("virtual_ok", Ask::OutOfArea { place: &town }),
            _ => ("place", Ask::Place),
        };
        let stage = reading.extract.baby.as_ref().map_or(BabyStage::Unknown, |baby| baby.stage);
        let morning = self.settings.quiet_hours.end_after(self.now, &self.chapter.timezone);
        let text = ToFamily::Ask {
            what,
            care,
            night_until: (morning > self.now).then_some(morning),
            age_too: stage == BabyStage::Unknown
                && reading.missing.iter().any(|slot| slot == "baby_age"),
            prenatal: stage == BabyStage::Expected,
            questions: &reading.extract.questions_asked,
        };
        let mut referral = self.referral_for(&inquiry, referral, ReferralState::Gathering).await?;
        let kind = care.kind();
        self.tell_family(&mut inquiry, Some(&referral), kind, format!("ask:{cause}"), &text)
            .await?;
        if care.now {
            self.page(Reason::Doctor, Some(inquiry.id), Some(referral.id), None).await?;
        }
        if !has_substance(reading)
            && let Some(phone) = self.tx.phone(inquiry.phone_id).await?
        {
            self.tx.set_passive_replies(phone.id, phone.passive_replies + 1).await?;
        }
        inquiry.state = InquiryState::Asked;
        inquiry.asked = Some(asked.to_owned());
        referral.facts = facts;
        self.record(&referral, Actor::SERVICE, "asked_family", json!({"question": asked})).await?;
        self.save(&inquiry, &mut referral).await?;
        self.plan_unanswered(inquiry.id, None).await
    }

    /// The question was put and something came back that is no place.
    #[expect(clippy::too_many_arguments, reason = "it is the whole of what was just read")]
    pub(crate) async fn hear_answer(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        facts: Facts,
        reading: &FamilyReading,
        care: Care,
        question: &str,
        answer: Option<Answer>,
        cause: &str,
    ) -> Result<()> {
        let location = reading.extract.location.as_ref();
        match (question, &answer) {
            ("virtual_ok", Some(Answer::Yes)) => {
                let mut facts = facts;
                facts.visit_types = vec!["virtual".to_owned()];
                return self.put_to_members(inquiry, referral, facts, reading, care).await;
            }
            ("virtual_ok" | "wants_referral", Some(Answer::No)) => {
                let Some(referral) = referral else { return Ok(()) };
                self.tx.save_inquiry(&inquiry).await?;
                return self.close(inquiry, referral, Actor::FAMILY, "declined").await;
            }
            ("wants_referral", Some(Answer::Yes)) if !gather::is_roughly_placed(location) => {
                // The first question was whether a consultant is wanted at all; where she is wanted
                // is the question we may put.
                inquiry.asked = None;
                let mut reading = reading.clone();
                reading.kind = FamilyKind::Inquiry;
                return self.ask(inquiry, referral, facts, &reading, care, cause).await;
            }
            _ => {}
        }
        if gather::is_roughly_placed(location) && (question != "which" || answer.is_none()) {
            return self.put_to_members(inquiry, referral, facts, reading, care).await;
        }
        if !has_substance(reading) {
            // An answering machine, a stranger, a pocket: explained a few times, and nobody is called.
            if let Some(phone) = self.tx.phone(inquiry.phone_id).await? {
                let body =
                    self.texts().to_family(&self.voice(&inquiry.language), &ToFamily::Unclear);
                let belongs = Belongs { inquiry: Some(inquiry.id), ..Belongs::default() };
                self.answer_passively(
                    inquiry.line_id,
                    &phone,
                    format!("reply:{cause}"),
                    belongs,
                    body,
                )
                .await?;
            }
            self.tx.save_inquiry(&inquiry).await?;
            return Ok(());
        }
        // Never a second question: a person takes it from here.
        let mut referral = self.referral_for(&inquiry, referral, ReferralState::Held).await?;
        let text = ToFamily::PersonWillText;
        self.tell_family(
            &mut inquiry,
            Some(&referral),
            MessageKind::Reply,
            format!("reply:{cause}"),
            &text,
        )
        .await?;
        referral.facts = facts;
        self.hold(&mut inquiry, &mut referral, Reason::Held, Actor::SERVICE).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// The question found no answer: with a borough we go on; without a place the thread rests, and
    /// is closed after a day.
    pub(crate) async fn unanswered(&mut self, id: InquiryId) -> Result<Option<Timestamp>> {
        let Some(inquiry) = self.tx.inquiry_for_update(id).await? else { return Ok(None) };
        if inquiry.state != InquiryState::Asked {
            return Ok(None);
        }
        let Some(referral) = self.tx.referral_of_inquiry(id).await? else { return Ok(None) };
        let Some(referral) = self.tx.referral_for_update(referral.id).await? else {
            return Ok(None);
        };
        let Some(reading) = inquiry.reading.clone() else { return Ok(None) };
        let location = reading.extract.location.as_ref();
        if gather::is_roughly_placed(location) && inquiry.asked.as_deref() == Some("zip") {
            let facts = Facts::from_reading(&reading);
            self.put_to_members(inquiry, Some(referral), facts, &reading, Care::default()).await?;
            return Ok(None);
        }
        let end = inquiry.last_text_at.after(day_hours(i64::from(self.settings.dead_end_hours)));
        if self.now < end {
            return Ok(Some(end));
        }
        self.close(inquiry, referral, Actor::SERVICE, "no_answer").await?;
        Ok(None)
    }
}

/// Whether anything tells of a need: a concern, a baby, a place, a wish to be called.
fn has_substance(reading: &FamilyReading) -> bool {
    let extract = &reading.extract;
    let baby = extract
        .baby
        .as_ref()
        .is_some_and(|baby| baby.stage != BabyStage::Unknown || baby.age.is_some());
    baby || extract.location.is_some()
        || extract.callback.is_some()
        || !extract.visit_types.is_empty()
        || extract.insurance.is_some()
        || !extract.concerns.is_empty()
}
