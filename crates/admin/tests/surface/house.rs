//! An installation with two chapters, each with its people, a line, a member and a held referral.

use std::sync::Arc;

use admin::Options;
use axum::Router;
use dispatch::{Dispatch, Parts};
use model::{
    AdminId, CarrierKind, Chance, ChapterId, ClaimId, ClaimKind, EmailAddress, ErrorClass, EventId,
    InboundId, InquiryId, InquiryState, LineId, LinePurpose, MemberId, MemberStatus, MessageKind,
    MessageText, OutboxId, OutboxState, PageId, PersonName, Phone, PhoneId, ReferralId,
    ReferralState, Role, Standing, TokenId, day_hours,
    reading::{FamilyExtract, FamilyKind, FamilyReading, Reason, Route, Urgency},
    referral::{Facts, Place},
    settings::Settings,
};
use storage::{
    By, NewAdmin, NewClaim, NewEvent, NewInbound, NewInquiry, NewLine, NewMember, NewMessage,
    NewPage, NewReferral, Settled, Store, Token, WriteTx, hash_secret,
};
use testkit::{clock::ManualClock, databases::TestDatabase};

/// What the family of the first chapter wrote.
pub(crate) const WORDS: &str = "Please help, my baby <b>Milo</b> won't latch https://evil.example";
/// The family's number, as people read it.
pub(crate) const FAMILY: &str = "718-555-0142";
/// The member's name.
pub(crate) const MEMBER: &str = "Ana Sample, IBCLC";

/// The installation.
pub(crate) struct House {
    pub(crate) dispatch: Dispatch,
    pub(crate) router: Router,
    pub(crate) clock: ManualClock,
    pub(crate) ours: Chapter,
    pub(crate) theirs: Chapter,
    pub(crate) options: Options,
    pub(crate) database: TestDatabase,
}

/// One of its chapters.
#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    pub(crate) id: ChapterId,
    pub(crate) owner: AdminId,
    pub(crate) keeper: AdminId,
    pub(crate) reader: AdminId,
    /// API tokens: the keeper's, the owner's, a program's that may keep lists, a reader's.
    pub(crate) token: String,
    pub(crate) owner_token: String,
    pub(crate) program_token: String,
    pub(crate) reader_token: String,
    pub(crate) line: LineId,
    pub(crate) member: MemberId,
    pub(crate) family: PhoneId,
    /// A referral that waits for a person, with a call about it.
    pub(crate) held: ReferralId,
    /// A text of its that failed.
    pub(crate) failed: OutboxId,
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(Options { secure: false, ..Options::default() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self::of(TestDatabase::sqlite(), options).await
    }

    pub(crate) async fn on(database: TestDatabase) -> Self {
        Self::of(database, Options { secure: false, ..Options::default() }).await
    }

    async fn of(database: TestDatabase, options: Options) -> Self {
        let store = database.store().await;
        let clock = ManualClock::new(TestDatabase::start());
        let chance = Chance::seeded(7);
        let ours = chapter(&store, &clock, &chance, "nylca", 1).await;
        let theirs = chapter(&store, &clock, &chance, "other", 2).await;
        let dispatch = Dispatch::new(Parts {
            store,
            carriers: Vec::new(),
            mailer: None,
            clock: Arc::new(clock.clone()),
            chance,
            settings: Settings::default(),
            sending: dispatch::Sending::default(),
            public_url: "https://refer.example.org".to_owned(),
            links: false,
        });
        let router = admin::router(dispatch.clone(), options.clone());
        Self { dispatch, router, clock, ours, theirs, options, database }
    }

    /// The `Cookie` header of somebody who is signed in.
    pub(crate) async fn signed_in(&self, admin: AdminId) -> String {
        let set = admin::begin_session(&self.dispatch, admin, &self.options).await;
        let set = set.expect("a session begins");
        let set = set.to_str().expect("a cookie is text").to_owned();
        set.split(';').next().expect("a cookie has a value").to_owned()
    }

    /// A unit of work on the database, beside the console.
    pub(crate) async fn write<T, F>(&self, work: F) -> T
    where
        F: for<'t> FnOnce(
                &'t mut WriteTx,
            ) -> futures_util::future::BoxFuture<'t, storage::Result<T>>
            + Send
            + 'static,
        T: Send + 'static,
    {
        self.dispatch.store().write(work).await.expect("the unit of work is kept")
    }

    /// The held referral of our chapter as it is now.
    pub(crate) async fn held(&self) -> dispatch::view::View {
        let view = self.dispatch.referral(self.ours.id, self.ours.held).await;
        view.expect("it can be read").expect("there is one")
    }
}

fn number(text: &str) -> Phone {
    Phone::from_carrier(text).expect("a number")
}

async fn chapter(
    store: &Store,
    clock: &ManualClock,
    chance: &Chance,
    slug: &'static str,
    n: u32,
) -> Chapter {
    let (now, chance) = (model::Clock::now(clock), chance.clone());
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { fill(tx, now, &chance, slug, n).await })
        })
        .await
        .expect("a chapter is made")
}

async fn fill(
    tx: &mut WriteTx,
    now: model::Timestamp,
    chance: &Chance,
    slug: &'static str,
    n: u32,
) -> storage::Result<Chapter> {
    let id = ChapterId::generate(now, chance);
    tx.add_chapter(&storage::Chapter {
        id,
        slug: slug.to_owned(),
        name: format!("Chapter {slug}"),
        timezone: "America/New_York".parse().expect("a zone"),
        settings: serde_json::Map::new(),
        created_at: now,
    })
    .await?;
    let line = LineId::generate(now, chance);
    tx.add_line(&NewLine {
        id: line,
        chapter_id: id,
        carrier: CarrierKind::Twilio,
        number: number(&format!("+1212555010{n}")),
        purpose: LinePurpose::Both,
        account: storage::LineAccount {
            account_sid: "AC0".to_owned(),
            auth_token: "secret-of-the-line".to_owned(),
            messaging_service: None,
            api_base: None,
        },
        gap_micros: 1_000_000,
        now,
    })
    .await?;
    let owner = person(tx, now, chance, id, Role::Owner, n).await?;
    let reader = person(tx, now, chance, id, Role::Reader, n + 4).await?;
    let keeper = person(tx, now, chance, id, Role::Admin, n + 6).await?;
    let program_token = token(tx, now, chance, id, Role::Admin, None).await?;
    let reader_token = token(tx, now, chance, id, Role::Reader, None).await?;
    let owner_token = token(tx, now, chance, id, Role::Owner, Some(owner)).await?;
    let token = token(tx, now, chance, id, Role::Admin, Some(keeper)).await?;

    let phone = tx.phone_for(id, &number(&format!("+1347555012{n}")), now, chance).await?;
    let member = NewMember {
        id: MemberId::generate(now, chance),
        chapter_id: id,
        phone_id: phone.id,
        name: PersonName::new(MEMBER),
        email: None,
        private: storage::MemberPrivate::default(),
        status: MemberStatus::Active,
        profile: storage::Profile::default(),
        now,
    };
    let (member, _) = tx.put_member(&member).await?;
    let family = tx.phone_for(id, &number(&format!("+1718555014{}", n + 1)), now, chance).await?.id;
    let held = held(tx, now, chance, id, line, family).await?;
    let failed = failed(tx, now, chance, id, line, family, held).await?;
    Ok(Chapter {
        id,
        owner,
        keeper,
        reader,
        token,
        owner_token,
        program_token,
        reader_token,
        line,
        member,
        family,
        held,
        failed,
    })
}

async fn person(
    tx: &mut WriteTx,
    now: model::Timestamp,
    chance: &Chance,
    chapter: ChapterId,
    role: Role,
    n: u32,
) -> storage::Result<AdminId> {
    let phone = tx.phone_for(chapter, &number(&format!("+1646555013{n}")), now, chance).await?;
    let id = AdminId::generate(now, chance);
    tx.add_admin(&NewAdmin {
        id,
        chapter_id: chapter,
        phone_id: phone.id,
        name: PersonName::new(format!("Ruth {role}")),
        email: EmailAddress::new(format!("{role}@example.org")),
        role,
        now,
    })
    .await?;
    Ok(id)
}

async fn token(
    tx: &mut WriteTx,
    now: model::Timestamp,
    chance: &Chance,
    chapter: ChapterId,
    role: Role,
    of: Option<AdminId>,
) -> storage::Result<String> {
    let owner = match of {
        Some(id) => tx.admin(id).await?.map(|admin| (admin.id, admin.phone_id)),
        None => None,
    };
    let secret = format!("{role}-{}", u64::from_be_bytes(chance.bytes()));
    let token = Token {
        id: TokenId::generate(now, chance),
        chapter_id: chapter,
        name: secret.clone(),
        role,
        owner,
        scopes: None,
    };
    tx.add_token(&token, hash_secret(&secret), now).await?;
    Ok(secret)
}

async fn held(
    tx: &mut WriteTx,
    now: model::Timestamp,
    chance: &Chance,
    chapter: ChapterId,
    line: LineId,
    family: PhoneId,
) -> storage::Result<ReferralId> {
    let new = NewInquiry {
        id: InquiryId::generate(now, chance),
        chapter_id: chapter,
        line_id: line,
        phone_id: family,
        language: "en".to_owned(),
        now,
    };
    let (mut inquiry, _) = tx.open_inquiry(&new).await?;
    let text = NewInbound {
        id: InboundId::generate(now, chance),
        chapter_id: chapter,
        line_id: line,
        phone_id: family,
        carrier_message_id: format!("SM{}", inquiry.id),
        standing: Standing::Family,
        body: MessageText::new(WORDS),
        media: 1,
        inquiry_id: None,
        received_at: now,
    };
    tx.add_inbound(&text).await?;
    tx.assign_inbound(text.id, inquiry.id).await?;
    let reading = FamilyReading {
        kind: FamilyKind::CallbackRequest,
        route: Route::HoldAdmin,
        urgency: Some(Urgency::Soon48h),
        red_flags: Vec::new(),
        lang: "en".to_owned(),
        missing: Vec::new(),
        extract: FamilyExtract::default(),
        answer: None,
        reasons: vec![Reason {
            field: "concerns".to_owned(),
            rule: "latch".to_owned(),
            words: "won't latch".to_owned(),
        }],
    };
    inquiry.reading = Some(reading);
    inquiry.state = InquiryState::Referred;
    tx.save_inquiry(&inquiry).await?;
    let id = ReferralId::generate(now, chance);
    let mut referral = tx
        .add_referral(&NewReferral {
            id,
            chapter_id: chapter,
            inquiry_id: inquiry.id,
            line_id: line,
            phone_id: family,
            state: ReferralState::Held,
            now,
        })
        .await?;
    referral.hold_reason = Some("callback".to_owned());
    referral.facts = Facts {
        place: Place {
            zip: Some("11215".to_owned()),
            neighborhood: Some("Park Slope".to_owned()),
            borough: Some("Brooklyn".to_owned()),
        },
        baby: "5 days".to_owned(),
        concerns: vec!["latch_difficulty".to_owned()],
        ..Facts::default()
    };
    tx.save_referral(&mut referral).await?;
    tx.add_page(&NewPage {
        id: PageId::generate(now, chance),
        chapter_id: chapter,
        reason: "callback".to_owned(),
        inquiry_id: Some(inquiry.id),
        referral_id: Some(id),
        line_id: None,
        member_id: None,
        now,
    })
    .await?;
    tx.add_event(&NewEvent {
        id: EventId::generate(now, chance),
        chapter_id: chapter,
        inquiry_id: Some(inquiry.id),
        referral_id: Some(id),
        at: now,
        actor: model::ActorKind::Service,
        actor_id: None,
        kind: "held".to_owned(),
        detail: serde_json::json!({"reason": "callback"}),
    })
    .await?;
    Ok(id)
}

async fn failed(
    tx: &mut WriteTx,
    now: model::Timestamp,
    chance: &Chance,
    chapter: ChapterId,
    line: LineId,
    family: PhoneId,
    referral: ReferralId,
) -> storage::Result<OutboxId> {
    let id = OutboxId::generate(now, chance);
    let inquiry = tx.referral(referral).await?.map(|referral| referral.inquiry_id);
    tx.enqueue(&NewMessage {
        id,
        chapter_id: chapter,
        by: By::Line { line, phone: family },
        kind: MessageKind::Reply,
        dedupe: format!("reply:{id}"),
        inquiry_id: inquiry,
        referral_id: Some(referral),
        offer_id: None,
        body: MessageText::new("HLC: somebody will call you."),
        now,
        due_at: now,
        expires_at: now.after(day_hours(4)),
    })
    .await?;
    let settled = Settled {
        error_code: Some("30005".to_owned()),
        error_class: Some(ErrorClass::RetryLater),
        ..Settled::to(OutboxState::Failed)
    };
    tx.settle_message(id, &settled, now).await?;
    Ok(id)
}

/// Gives our held referral a code, a promise and one firm place, as if it ran.
pub(crate) async fn run(house: &House) {
    let (chapter, now) = (house.ours.clone(), model::Clock::now(&house.clock));
    house
        .write(move |tx| {
            Box::pin(async move {
                let mut referral = tx.referral(chapter.held).await?.expect("it is there");
                referral.state = ReferralState::Open;
                referral.hold_reason = None;
                referral.code = Some("K7Q".parse().expect("a code"));
                referral.promised_at = Some(now.after(model::minutes(23)));
                tx.save_referral(&mut referral).await?;
                tx.put_claim(&NewClaim {
                    id: ClaimId::generate(now, &Chance::seeded(3)),
                    chapter_id: chapter.id,
                    referral_id: chapter.held,
                    member_id: chapter.member,
                    kind: ClaimKind::Firm,
                    place: Some(1),
                    turn: 1,
                    caveat: Some("after 5 pm".to_owned()),
                    held_until: None,
                    now,
                })
                .await
            })
        })
        .await;
}
