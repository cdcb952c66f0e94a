//! A chapter with its line, and what else a test asks for.

use std::future::Future;

use jiff::SignedDuration;
use model::{
    CarrierKind, Chance, ChapterId, InquiryId, LineId, LinePurpose, MemberId, MemberStatus,
    MessageKind, MessageText, OutboxId, PersonName, Phone, PhoneId, ReferralId, ReferralState,
    Timestamp, day_hours, seconds,
};
use serde_json::Map;
use storage::{
    By, Chapter, LineAccount, MemberPrivate, NewInquiry, NewLine, NewMember, NewMessage,
    NewReferral, Profile, Store,
};
use testkit::databases::TestDatabase;

pub(crate) struct Sample {
    pub(crate) store: Store,
    pub(crate) chapter: ChapterId,
    pub(crate) line: LineId,
    pub(crate) chance: Chance,
}

impl Sample {
    pub(crate) async fn new(database: &TestDatabase) -> Self {
        Self::in_store(database.store().await).await
    }

    pub(crate) async fn in_store(store: Store) -> Self {
        let (chance, now) = (Chance::seeded(7), start());
        let (chapter, line) = (ChapterId::generate(now, &chance), LineId::generate(now, &chance));
        let new = new_chapter(chapter, "nylca");
        let new_line = new_line(line, chapter, "+12125550100");
        kept!(store, tx => {
            assert!(tx.add_chapter(&new).await?);
            assert!(tx.add_line(&new_line).await?);
        });
        Self { store, chapter, line, chance }
    }

    /// A further line of the chapter.
    pub(crate) async fn second_line(&self) -> LineId {
        let line = LineId::generate(start(), &self.chance);
        let new = new_line(line, self.chapter, "+12125550101");
        assert!(kept!(self.store, tx => tx.add_line(&new).await?));
        line
    }

    pub(crate) async fn phone(&self, n: u32) -> PhoneId {
        let (chapter, chance) = (self.chapter, self.chance.clone());
        kept!(self.store, tx => tx.phone_for(chapter, &number(n), start(), &chance).await?.id)
    }

    pub(crate) async fn member(&self, n: u32) -> MemberId {
        let new = self.new_member(self.phone(n).await, &format!("Member {n}"));
        kept!(self.store, tx => tx.put_member(&new).await?.0)
    }

    pub(crate) fn new_member(&self, phone_id: PhoneId, name: &str) -> NewMember {
        NewMember {
            id: MemberId::generate(start(), &self.chance),
            chapter_id: self.chapter,
            phone_id,
            name: PersonName::new(name),
            email: None,
            private: MemberPrivate::default(),
            status: MemberStatus::Active,
            profile: Profile::default(),
            now: start(),
        }
    }

    pub(crate) fn new_inquiry(&self, phone_id: PhoneId) -> NewInquiry {
        NewInquiry {
            id: InquiryId::generate(start(), &self.chance),
            chapter_id: self.chapter,
            line_id: self.line,
            phone_id,
            language: "en".to_owned(),
            now: start(),
        }
    }

    pub(crate) fn new_referral(&self, inquiry_id: InquiryId, phone_id: PhoneId) -> NewReferral {
        NewReferral {
            id: ReferralId::generate(start(), &self.chance),
            chapter_id: self.chapter,
            inquiry_id,
            line_id: self.line,
            phone_id,
            state: ReferralState::Open,
            now: start(),
        }
    }

    pub(crate) async fn referral(&self, n: u32) -> ReferralId {
        let phone = self.phone(n).await;
        let inquiry = self.new_inquiry(phone);
        let referral = self.new_referral(inquiry.id, phone);
        kept!(self.store, tx => {
            tx.open_inquiry(&inquiry).await?;
            tx.add_referral(&referral).await?.id
        })
    }

    /// A text to a number, due at once and of use for a day.
    pub(crate) fn text(&self, phone: PhoneId, kind: MessageKind, dedupe: &str) -> NewMessage {
        NewMessage {
            id: OutboxId::generate(start(), &self.chance),
            chapter_id: self.chapter,
            by: By::Line { line: self.line, phone },
            kind,
            dedupe: dedupe.to_owned(),
            inquiry_id: None,
            referral_id: None,
            offer_id: None,
            body: MessageText::new("NYLCA: K7Q is yours."),
            now: start(),
            due_at: start(),
            expires_at: start().after(day_hours(24)),
        }
    }

    pub(crate) async fn enqueue(
        &self,
        phone: PhoneId,
        kind: MessageKind,
        dedupe: &str,
    ) -> OutboxId {
        let text = self.text(phone, kind, dedupe);
        kept!(self.store, tx => {
            assert!(tx.enqueue(&text).await?);
            text.id
        })
    }
}

pub(crate) fn new_chapter(id: ChapterId, slug: &str) -> Chapter {
    Chapter {
        id,
        slug: slug.to_owned(),
        name: "New York Lactation Consultants".to_owned(),
        timezone: "America/New_York".parse().expect("a zone"),
        settings: Map::new(),
        created_at: start(),
    }
}

pub(crate) fn new_line(id: LineId, chapter_id: ChapterId, number: &str) -> NewLine {
    NewLine {
        id,
        chapter_id,
        carrier: CarrierKind::Simulated,
        number: Phone::from_carrier(number).expect("a number"),
        purpose: LinePurpose::Both,
        account: LineAccount {
            account_sid: "AC0".to_owned(),
            auth_token: "token".to_owned(),
            messaging_service: None,
            api_base: None,
        },
        gap_micros: 1_000_000,
        now: start(),
    }
}

/// A pace at which no person's texts are held back.
pub(crate) const UNPACED: (SignedDuration, i64) = (seconds(1), 100_000);

/// The instant at which every sample begins.
pub(crate) fn start() -> Timestamp {
    TestDatabase::start()
}

/// The instant that an RFC 3339 text tells.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn number(n: u32) -> Phone {
    Phone::from_carrier(&format!("+1718555{n:04}")).expect("a number")
}

/// Runs the futures side by side and gives what came of them in their order.
pub(crate) async fn at_once<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let tasks = futures.into_iter().map(tokio::spawn).collect::<Vec<_>>();
    let mut outputs = Vec::with_capacity(tasks.len());
    for task in tasks {
        outputs.push(task.await.expect("the task ends well"));
    }
    outputs
}
