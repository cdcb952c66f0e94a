//! A message tried out: what would be read, and what would be said. Nothing of it is kept.
//!
//! A family's message goes the whole way, in a unit of work that is undone at its end, so that what
//! is shown is what would be sent, word for word.

use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};

use carriers::segments;
use model::{
    ChapterId, InboundId, InquiryId, LinePurpose, MessageKind, MessageText, Phone, Standing,
    reading::{FamilyReading, Intent, MemberContext, MemberReading, OpenOffer},
    referral::Facts,
};
use storage::{NewInbound, NewInquiry};

use crate::{Dispatch, Error, Result, desk::Desk, texts::ToMember};

/// The number of a family that is nobody: no numbering plan has it.
const NOBODY: &str = "+10000000000";

/// What a family's message would lead to.
#[derive(Debug, Clone)]
pub struct FamilyTrial {
    /// What is read.
    pub reading: FamilyReading,
    /// The same fact by fact, in plain words, as members would see it.
    pub told: Vec<(&'static str, String)>,
    /// What the family would be sent, in order.
    pub to_family: Vec<Said>,
    /// What each member who is asked would be sent.
    pub offer: Option<Said>,
    /// How many members would be asked now.
    pub asked: usize,
}

/// What a member's reply would lead to.
#[derive(Debug, Clone)]
pub struct MemberTrial {
    /// What is read, of one who has the offer K7Q open.
    pub reading: MemberReading,
    /// What she would be sent, where that does not hang on how the referral stands.
    pub to_member: Option<Said>,
}

/// A text, and what it takes on its way.
#[derive(Debug, Clone)]
pub struct Said {
    /// The words.
    pub body: MessageText,
    /// In how many parts it travels.
    pub segments: u32,
    /// Its characters are in the plain alphabet, of which most fit into a part.
    pub is_plain: bool,
}

impl Said {
    fn of(body: MessageText) -> Self {
        let counted = segments::count(body.reveal());
        Self {
            segments: counted.segments,
            is_plain: counted.encoding == segments::Encoding::Gsm7,
            body,
        }
    }
}

impl Dispatch {
    /// Tries a family's message. Nothing is kept, and nothing is sent.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn try_family(
        &self,
        chapter: ChapterId,
        words: MessageText,
    ) -> BoxFuture<'_, Result<Option<FamilyTrial>>> {
        Box::pin(async move {
            let tried = Arc::new(Mutex::new(None));
            let told = tried.clone();
            let undone: Result<()> = self
                .at_desk(chapter, move |desk| {
                    Box::pin(async move {
                        let trial = desk.try_family(words).await?;
                        *told.lock().unwrap_or_else(PoisonError::into_inner) = trial;
                        // Whatever was written for it goes with the unit.
                        Err(Error::Tried)
                    })
                })
                .await;
            match undone {
                Ok(()) | Err(Error::Tried) => {
                    Ok(tried.lock().unwrap_or_else(PoisonError::into_inner).take())
                }
                Err(error) => Err(error),
            }
        })
    }

    /// Tries a member's reply to an offer.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn try_member(
        &self,
        chapter: ChapterId,
        words: MessageText,
    ) -> BoxFuture<'_, Result<MemberTrial>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| Box::pin(async move { Ok(desk.try_member(&words)) }))
                .await
        })
    }
}

impl Desk<'_> {
    async fn try_family(&mut self, words: MessageText) -> Result<Option<FamilyTrial>> {
        (self.settings.settle_seconds, self.settings.settle_cap_seconds) = (0, 0);
        let lines = self.lines().await?;
        let of = |purpose| lines.iter().find(|line| line.purpose == purpose);
        let line = of(LinePurpose::Families).or_else(|| of(LinePurpose::Both)).map(|line| line.id);
        let (Some(line), Ok(number)) = (line, Phone::from_carrier(NOBODY)) else {
            return Ok(None);
        };
        let chance = self.shared.chance.clone();
        let (chapter, now) = (self.chapter.id, self.now);
        let phone = self.tx.phone_for(chapter, &number, now, &chance).await?;
        let new = NewInquiry {
            id: InquiryId::generate(now, &chance),
            chapter_id: chapter,
            line_id: line,
            phone_id: phone.id,
            language: "en".to_owned(),
            now,
        };
        let (inquiry, _) = self.tx.open_inquiry(&new).await?;
        let text = NewInbound {
            id: InboundId::generate(now, &chance),
            chapter_id: chapter,
            line_id: line,
            phone_id: phone.id,
            carrier_message_id: format!("tried:{}", inquiry.id),
            standing: Standing::Family,
            body: words,
            media: 0,
            inquiry_id: Some(inquiry.id),
            received_at: now,
        };
        self.tx.add_inbound(&text).await?;
        let unread = self.tx.inquiry_texts(inquiry.id, true).await?;
        let context = self.context(&inquiry, None, &unread).await?;
        let reading = self.reader().family(&[text.body.reveal()], &context);
        self.settle(inquiry.id).await?;

        let mut to_family = self.tx.messages_to_phone(line, phone.id, 9).await?;
        to_family.sort_by_key(|message| message.seq);
        let mut trial = FamilyTrial {
            told: self.texts().told(&self.voice("en"), &Facts::from_reading(&reading)),
            reading,
            to_family: to_family.into_iter().filter_map(|sent| sent.body).map(Said::of).collect(),
            offer: None,
            asked: 0,
        };
        if let Some(referral) = self.tx.referral_of_inquiry(inquiry.id).await? {
            let sent = self.tx.messages_of_referral(referral.id).await?;
            let offers = sent.into_iter().filter(|sent| sent.kind == MessageKind::Offer);
            let offers = offers.collect::<Vec<_>>();
            trial.asked = offers.len();
            trial.offer = offers.into_iter().find_map(|offer| offer.body).map(Said::of);
        }
        Ok(Some(trial))
    }

    fn try_member(&self, words: &MessageText) -> MemberTrial {
        let context = MemberContext {
            received_at: self.local(self.now),
            member_status: "active".to_owned(),
            open_referrals: vec![OpenOffer {
                code: "K7Q".to_owned(),
                state: "collecting".to_owned(),
                slots: 3,
                area: "Park Slope 11215, Brooklyn".to_owned(),
                visit: Some("home".to_owned()),
                baby: "5 days".to_owned(),
                concerns: vec!["latch_difficulty".to_owned()],
                broadcast_at: self.local(self.now),
                ..OpenOffer::default()
            }],
            ..MemberContext::default()
        };
        let reading = self.read_member(words.reveal(), &context);
        let text = reading.codes.first().and_then(|&code| match reading.intent {
            Intent::Claim | Intent::ClaimConditional => Some(ToMember::Claimed {
                code,
                place: 1,
                caveat: reading.extract.caveat.as_deref(),
            }),
            _ => None,
        });
        let said = text.map(|text| Said::of(self.texts().to_member(&self.voice("en"), &text)));
        MemberTrial { to_member: said, reading }
    }
}
