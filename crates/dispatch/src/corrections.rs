//! What a person puts right of what was read: it holds for the referral at once, and is kept as a case.

use futures_util::future::BoxFuture;
use model::{
    ChapterId, CorrectionId, InquiryId, InquiryState, ReferralState,
    reading::{
        BabyStage, FamilyContext, FamilyReading, Insurance, Location, Precision, Route, Urgency,
    },
    referral::Facts,
};
use serde_json::{Map, Value, json};
use storage::{Inquiry, NewCorrection, Referral};

use crate::{
    Dispatch, Result,
    desk::{Actor, Desk},
    moderation::{By, Refusal},
    paging::{Reason, short},
    settle::words_of,
    texts::Care,
};

/// So many corrections are told at once; a chapter makes a few a week.
const MOST: i64 = 10_000;

/// One thing of a reading, as it should have been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Where the family is, in words as a family writes them: `11215`, `Park Slope`.
    Place(String),
    /// How old the baby is, or when it is due, in words: `5 days`, `due in March`.
    Age(String),
    /// How soon help is needed.
    Urgency(Urgency),
    /// Whether a concern, by its code, is one of hers.
    Concern(String, bool),
    /// Whether a kind of visit is wished.
    VisitType(String, bool),
    /// Who pays, by the payer's code; `None` where nothing tells.
    Payer(Option<String>),
    /// Whether a language is wished for the visit.
    VisitLanguage(String, bool),
    /// The language the family writes and is answered in.
    Language(String),
    /// Which way it goes: to the members (`dispatch`), or to a person first (`hold_admin`).
    Route(Route),
}

impl Correction {
    /// The field of the reading that it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Place(_) => "extract.location",
            Self::Age(_) => "extract.baby",
            Self::Urgency(_) => "urgency",
            Self::Concern(..) => "extract.concerns",
            Self::VisitType(..) => "extract.visit_types",
            Self::Payer(_) => "extract.insurance",
            Self::VisitLanguage(..) => "extract.consult_languages",
            Self::Language(_) => "lang",
            Self::Route(_) => "route",
        }
    }
}

impl Dispatch {
    /// Puts right what was read of an inquiry that became no referral. [`Correction::Route`] to the
    /// members makes it one, which waits for a person to release it.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn correct_inquiry(
        &self,
        chapter: ChapterId,
        inquiry: InquiryId,
        by: By,
        correction: Correction,
    ) -> BoxFuture<'_, Result<Result<(), Refusal>>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move { desk.correct_inquiry(inquiry, by, &correction).await })
            })
            .await
        })
    }

    /// What was corrected, as cases for the reader: one an inquiry, in the form of
    /// `latchline read`'s input with what should be read beside it. The words are without names,
    /// numbers, addresses and dates of birth; who corrected is not told.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn corrections(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Vec<Value>>> {
        Box::pin(async move {
            let kept = self
                .store()
                .read::<_, crate::Error, _>(move |tx| {
                    Box::pin(async move { Ok(tx.corrections(chapter, MOST).await?) })
                })
                .await?;
            let mut cases: Vec<(InquiryId, Value)> = Vec::new();
            for correction in kept.iter().rev() {
                let id = correction.inquiry_id;
                let at =
                    cases.iter().position(|(inquiry, _)| *inquiry == id).unwrap_or_else(|| {
                        cases.push((
                            id,
                            json!({"id": short(id.as_uuid()), "expected": {"must": []}}),
                        ));
                        cases.len() - 1
                    });
                let (content, case) = (&correction.content, &mut cases[at].1);
                case["texts"] = content["texts"].clone();
                case["context"] = content["context"].clone();
                let expected = &mut case["expected"];
                let place =
                    correction.field.split('.').fold(&mut *expected, |at, key| &mut at[key]);
                *place = content["is"].clone();
                if let Value::Array(must) = &mut expected["must"] {
                    let field = Value::from(correction.field.as_str());
                    if !must.contains(&field) {
                        must.push(field);
                    }
                }
            }
            Ok(cases.into_iter().map(|(_, case)| case).collect())
        })
    }
}

impl Desk<'_> {
    /// Puts right what was read of a referral's inquiry, and what follows from it.
    pub(crate) async fn correct(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        by: By,
        correction: &Correction,
    ) -> Result<Result<(), Refusal>> {
        let Some(before) = inquiry.reading.clone() else {
            return Ok(Err(Refusal::State(referral.state)));
        };
        let mut after = before.clone();
        if !self.put_right(&mut after, Some(&referral.facts), correction) {
            return Ok(Err(Refusal::NotUnderstood));
        }
        let actor = Actor::from(by);
        self.keep_correction(&inquiry, Some(&referral), &before, &after, by, correction).await?;
        self.say_in(&mut inquiry, correction).await?;
        inquiry.reading = Some(after.clone());
        if let Correction::Route(route) = correction {
            return self.take_route(inquiry, referral, &after, *route, actor).await;
        }
        let urgent = referral.urgent;
        lay_in(&mut referral, &Facts::from_reading(&after), correction);
        if referral.urgent && !urgent {
            self.promise_sooner(&mut referral).await?;
        }
        if referral.state == ReferralState::Queued {
            // Nobody has been asked yet: whoever fits what is known now is.
            self.tx.take_back_unseen_offers(referral.id, self.now).await?;
            referral.widened = -1;
            let asked = self.ask_members(&mut referral, actor).await?;
            if asked.now > 0 {
                self.opens(&mut referral).await?;
            } else if asked.later == 0 {
                self.hold(&mut inquiry, &mut referral, Reason::Unfilled, Actor::SERVICE).await?;
            }
        }
        self.save(&inquiry, &mut referral).await?;
        Ok(Ok(()))
    }

    async fn correct_inquiry(
        &mut self,
        id: InquiryId,
        by: By,
        correction: &Correction,
    ) -> Result<Result<(), Refusal>> {
        let inquiry = self.tx.inquiry_for_update(id).await?;
        let Some(mut inquiry) = inquiry.filter(|inquiry| inquiry.chapter_id == self.chapter.id)
        else {
            return Ok(Err(Refusal::NotFound));
        };
        if self.tx.referral_of_inquiry(id).await?.is_some() {
            return Ok(Err(Refusal::Changed));
        }
        let Some(before) = inquiry.reading.clone() else { return Ok(Err(Refusal::NotUnderstood)) };
        let mut after = before.clone();
        if !self.put_right(&mut after, None, correction) {
            return Ok(Err(Refusal::NotUnderstood));
        }
        let to_members = *correction == Correction::Route(Route::Dispatch);
        if to_members
            && let Some(open) = self.tx.open_inquiry_of(inquiry.line_id, inquiry.phone_id).await?
            && open.id != id
        {
            // She has asked again since: that is the one to look at.
            return Ok(Err(Refusal::Changed));
        }
        self.keep_correction(&inquiry, None, &before, &after, by, correction).await?;
        self.say_in(&mut inquiry, correction).await?;
        inquiry.reading = Some(after.clone());
        if to_members {
            (inquiry.closed_at, inquiry.close_reason) = (None, None);
            inquiry.state = InquiryState::Referred;
            let mut referral = self.referral_for(&inquiry, None, ReferralState::Held).await?;
            referral.facts = Facts::from_reading(&after);
            referral.urgent = after.urgency == Some(Urgency::UrgentToday);
            referral.hold_reason = Some(Reason::Held.to_string());
            self.record(&referral, Actor::from(by), "held", json!({"reason": Reason::Held}))
                .await?;
            self.save(&inquiry, &mut referral).await?;
        } else {
            self.tx.save_inquiry(&inquiry).await?;
        }
        Ok(Ok(()))
    }

    /// Carries the correction into a reading; `false` where its words cannot be understood. Lists
    /// begin from what the referral has, where there is one.
    fn put_right(
        &self,
        reading: &mut FamilyReading,
        facts: Option<&Facts>,
        correction: &Correction,
    ) -> bool {
        let extract = &mut reading.extract;
        match correction {
            Correction::Place(words) => match self.place_in(words) {
                Some(place) => extract.location = Some(place),
                None => return false,
            },
            Correction::Age(words) => {
                let Some(read) = self.baby_in(words) else { return false };
                let baby = extract.baby.get_or_insert_default();
                (baby.stage, baby.age, baby.age_days) = (read.stage, read.age, read.age_days);
                // The day of birth is more than a case needs.
                (baby.birth_date, baby.due_date) = (None, read.due_date);
            }
            Correction::Urgency(urgency) => reading.urgency = Some(*urgency),
            Correction::Concern(code, holds) => {
                if let Some(facts) = facts {
                    extract.concerns.clone_from(&facts.concerns);
                }
                set(&mut extract.concerns, code, *holds);
                if extract.concerns.len() > 1 {
                    extract.concerns.retain(|concern| concern != "general");
                }
            }
            Correction::VisitType(code, holds) => {
                if let Some(facts) = facts {
                    extract.visit_types.clone_from(&facts.visit_types);
                }
                set(&mut extract.visit_types, code, *holds);
            }
            Correction::Payer(None) => extract.insurance = None,
            Correction::Payer(Some(words)) => match self.payer_in(words) {
                Some(insurance) => extract.insurance = Some(insurance),
                None => return false,
            },
            Correction::VisitLanguage(code, holds) => {
                if let Some(facts) = facts {
                    extract.consult_languages.clone_from(&facts.languages);
                }
                set(&mut extract.consult_languages, code, *holds);
            }
            Correction::Language(code) => reading.lang.clone_from(code),
            Correction::Route(route) => reading.route = *route,
        }
        let missing = &mut reading.missing;
        match correction {
            Correction::Place(_) => missing.retain(|slot| slot != "location" && slot != "zip"),
            Correction::Age(_) => missing.retain(|slot| slot != "baby_age"),
            Correction::Concern(..) if !reading.extract.concerns.is_empty() => {
                missing.retain(|slot| slot != "concern");
            }
            _ => {}
        }
        true
    }

    fn read_words(&self, words: &str) -> FamilyReading {
        let context = FamilyContext {
            received_at: self.local(self.now),
            state: "new".to_owned(),
            ..FamilyContext::default()
        };
        self.reader().family(&[words], &context)
    }

    /// A place as the reader knows it, without the words it was written in.
    fn place_in(&self, words: &str) -> Option<Location> {
        let mut place = self.read_words(words).extract.location?;
        let known = matches!(
            place.precision,
            Precision::Zip | Precision::Neighborhood | Precision::Borough
        );
        (place.raw, place.candidates) = (None, Vec::new());
        Some(place).filter(|_| known)
    }

    /// The baby of "5 days", "3 weeks", "due in March": as it stands, and as the age of a baby.
    fn baby_in(&self, words: &str) -> Option<model::reading::Baby> {
        let tries = [words.to_owned(), format!("my baby is {words} old"), format!("baby {words}")];
        tries.iter().find_map(|words| {
            let baby = self.read_words(words).extract.baby?;
            let told = match baby.stage {
                BabyStage::Expected => true,
                BabyStage::Born => baby.age_days.is_some() || baby.age.is_some(),
                BabyStage::Loss | BabyStage::Unknown => false,
            };
            Some(baby).filter(|_| told)
        })
    }

    fn payer_in(&self, words: &str) -> Option<Insurance> {
        let words = words.replace('_', " ");
        let tries = [format!("we have {words}"), format!("my insurance is {words}"), words];
        tries.iter().find_map(|words| self.read_words(words).extract.insurance)
    }

    /// From now on the family is answered in the language it writes.
    async fn say_in(&mut self, inquiry: &mut Inquiry, correction: &Correction) -> Result<()> {
        if let Correction::Language(lang) = correction {
            inquiry.language.clone_from(lang);
            self.tx.set_phone_language(inquiry.phone_id, lang).await?;
        }
        Ok(())
    }

    /// To the members, or into a person's hands.
    async fn take_route(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        reading: &FamilyReading,
        route: Route,
        actor: Actor,
    ) -> Result<Result<(), Refusal>> {
        use ReferralState::{Gathering, Held, Open, Queued};
        match route {
            Route::HoldAdmin if matches!(referral.state, Gathering | Queued | Open) => {
                self.take_into_hands(&mut inquiry, &mut referral, actor).await?;
                self.save(&inquiry, &mut referral).await?;
            }
            Route::Dispatch if matches!(referral.state, Held | Gathering) => {
                self.record(&referral, actor, "released_by_admin", json!({})).await?;
                self.open_and_tell(inquiry, referral, reading, Care::default(), actor).await?;
            }
            // It has gone its way: what should have been is kept all the same.
            _ => self.save(&inquiry, &mut referral).await?,
        }
        Ok(Ok(()))
    }

    pub(crate) async fn promise_sooner(&mut self, referral: &mut Referral) -> Result<()> {
        let waits = referral.state.is_asking();
        let from = referral.asking_from.unwrap_or(self.now).max(self.now);
        let by = from.after(self.settings.names_by(true));
        if waits && referral.promised_at.is_some_and(|promised| promised > by) {
            referral.promised_at = Some(by);
            self.plan_promise(referral).await?;
        }
        Ok(())
    }

    async fn keep_correction(
        &mut self,
        inquiry: &Inquiry,
        referral: Option<&Referral>,
        before: &FamilyReading,
        after: &FamilyReading,
        by: By,
        correction: &Correction,
    ) -> Result<()> {
        let field = correction.field();
        let texts = self.tx.inquiry_texts(inquiry.id, false).await?;
        let first = texts.first().map_or(inquiry.first_text_at, |text| text.received_at);
        let offsets =
            texts.iter().map(|text| text.received_at.since(first).as_secs()).collect::<Vec<_>>();
        let words = words_of(&texts);
        // What leaves us as a case tells neither who wrote nor the minute.
        let texts = words.iter().map(|words| reading::redact::redact(words).text);
        let content = json!({
            "texts": texts.collect::<Vec<_>>(),
            "context": {
                "received_at": self.local_hour(first),
                "state": "new",
                "media": 0,
                "offsets_s": if offsets.len() == words.len() { offsets } else { vec![0; words.len()] },
            },
            "was": value_of(before, field),
            "is": value_of(after, field),
        });
        let (actor, actor_id) = match by {
            By::Admin(admin) => (model::ActorKind::Admin, admin.as_uuid()),
            By::Token(token) => (model::ActorKind::Token, token.as_uuid()),
        };
        self.tx
            .add_correction(&NewCorrection {
                id: CorrectionId::generate(self.now, &self.shared.chance),
                chapter_id: self.chapter.id,
                inquiry_id: inquiry.id,
                field: field.to_owned(),
                content,
                actor,
                actor_id,
                corrected_at: self.now,
            })
            .await?;
        let about = crate::desk::About(Some(inquiry.id), referral.map(|referral| referral.id));
        self.record(about, Actor::from(by), "corrected", json!({"field": field})).await
    }

    /// The instant with the chapter's offset, to the hour.
    fn local_hour(&self, at: model::Timestamp) -> String {
        at.in_zone(&self.chapter.timezone).strftime("%Y-%m-%dT%H:00:00%:z").to_string()
    }
}

/// Carries the one corrected fact into what members see; the others stay as they are.
fn lay_in(referral: &mut Referral, facts: &Facts, correction: &Correction) {
    let ours = &mut referral.facts;
    match correction {
        Correction::Place(_) => ours.place = facts.place.clone(),
        Correction::Age(_) => (ours.baby, ours.prenatal) = (facts.baby.clone(), facts.prenatal),
        Correction::Urgency(urgency) => {
            ours.urgency = facts.urgency;
            referral.urgent = *urgency == Urgency::UrgentToday;
        }
        Correction::Concern(..) => ours.concerns.clone_from(&facts.concerns),
        Correction::VisitType(..) => ours.visit_types.clone_from(&facts.visit_types),
        Correction::Payer(_) => ours.insurance = facts.insurance.clone(),
        Correction::VisitLanguage(..) => ours.languages.clone_from(&facts.languages),
        Correction::Language(_) | Correction::Route(_) => {}
    }
}

fn set(list: &mut Vec<String>, code: &str, holds: bool) {
    list.retain(|kept| kept != code);
    if holds {
        list.push(code.to_owned());
        list.sort();
    }
}

/// What stands in a field of a reading.
fn value_of(reading: &FamilyReading, field: &str) -> Value {
    let whole = serde_json::to_value(reading).unwrap_or_else(|_| Value::Object(Map::new()));
    field.split('.').fold(&whole, |at, key| &at[key]).clone()
}
