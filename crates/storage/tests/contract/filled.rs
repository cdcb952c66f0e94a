//! A database in which every table has a row and every column a value, the private ones telling.

use model::{
    ActorKind, AdminId, AnswerId, Chance, ClaimId, ClaimKind, ConsentId, CorrectionId,
    EmailAddress, ErrorClass, EventId, InboundId, InquiryId, InquiryState, LinkPurpose, MemberId,
    MemberStatus, MessageKind, MessageText, OfferId, OfferState, OutboxId, OutboxState, Outcome,
    PageId, PasskeyId, PersonName, Phone, PhoneId, PushId, ReferralId, Role, Standing, TaskKind,
    TokenId, WebhookId, WebhookState, minutes,
    reading::{
        FamilyExtract, FamilyKind, FamilyReading, Location, Precision, Reason, Route, Urgency,
    },
};
use serde_json::json;
use storage::{
    Answered, By, Challenge, DeliveryOutcome, Keyed, LineAccount, Link, MemberPrivate, NewAdmin,
    NewClaim, NewCorrection, NewEvent, NewInbound, NewMessage, NewOffer, NewPage, NewSubscription,
    Passkey, Settled, Task, Token, Webhook, WebhookContent, WriteTx, hash_secret,
};

use super::sample::{Sample, UNPACED, at, new_line, start};

pub(crate) const FAMILY: &str = "+17185550142";
pub(crate) const MEMBER: &str = "+19175550163";
pub(crate) const ADMIN: &str = "+16465550177";
pub(crate) const NAME: &str = "Zoë O’Neil-Ñandú 🤱";
pub(crate) const BODY: &str = "Baby Finnegan won’t latch, we are at 14 Larkspur Lane 🍼 請幫忙";
pub(crate) const CAVEAT: &str = "After 5 pm, « vidéo » only";

/// Whatever went in that nobody may read without the key.
pub(crate) const PRIVATE: &[&str] = &[
    "17185550142",
    "7185550142",
    "718-555-0142",
    "19175550163",
    "9175550163",
    "917-555-0163",
    "16465550177",
    "6465550177",
    "Zoë",
    "Neil",
    "Ñandú",
    "🤱",
    "zoe@example",
    "book.example",
    "ex-NICU",
    "lapsed in June",
    "Marguerite",
    "Quill",
    "quill@",
    "Finnegan",
    "latch, we",
    "Larkspur",
    "🍼",
    "請幫忙",
    "Larkspur Lane corner",
    "After 5",
    "vidéo",
    "needs your eye",
    "calls: Zo",
    "ACfeedface",
    "sekret-token",
    "MGcafe",
    "carrier.example",
    "link-secret",
    "session-secret",
    "api-secret",
    "page-secret",
    "tools.example",
    "aG9vay1zZWNyZXQ",
    "b2xkLWhvb2s",
    "portrait-of-her",
];

/// Columns that no unit of work fills yet.
pub(crate) const NOT_FILLED: &[(&str, &str)] = &[
    ("tokens", "revoked_at"),
    ("lines", "lost_from"),
    ("lines", "lost_until"),
    ("inquiries", "words_erased_at"),
];

#[derive(Debug, Clone, Copy)]
pub(crate) struct Filled {
    pub(crate) phone: PhoneId,
    pub(crate) member: MemberId,
    pub(crate) admin: AdminId,
    pub(crate) inquiry: InquiryId,
    pub(crate) referral: ReferralId,
    pub(crate) claim: ClaimId,
    pub(crate) inbound: InboundId,
    pub(crate) text: OutboxId,
    pub(crate) email: OutboxId,
}

pub(crate) async fn fill(sample: &Sample) -> Filled {
    let chance = sample.chance.clone();
    let people = people(sample).await;
    let Filled { phone, member, admin, inquiry, referral, claim, inbound, text, .. } = people;
    let (chapter, line) = (sample.chapter, sample.line);
    let new_inquiry = storage::NewInquiry { id: inquiry, ..sample.new_inquiry(phone) };
    let new_referral = storage::NewReferral { id: referral, ..sample.new_referral(inquiry, phone) };
    let offer = OfferId::generate(start(), &chance);
    let (taken_up, given_up) =
        (WebhookId::generate(start(), &chance), WebhookId::generate(start(), &chance));
    kept!(sample.store, tx => {
        open(tx, &new_inquiry, &new_referral).await?;
        tx.add_inbound(&NewInbound {
            id: inbound,
            chapter_id: chapter,
            line_id: line,
            phone_id: phone,
            carrier_message_id: "SM0001".to_owned(),
            standing: Standing::Family,
            body: MessageText::new(BODY),
            media: 2,
        inquiry_id: None,
            received_at: start(),
        })
        .await?;
        tx.assign_inbound(inbound, inquiry).await?;
        tx.mark_read(inquiry, start()).await?;
        tx.add_offer(&NewOffer {
            id: offer,
            chapter_id: chapter,
            referral_id: referral,
            member_id: member,
            round: 1,
            position: 1,
            state: OfferState::Sent,
            due_at: start(),
            outbox_id: Some(text),
        })
        .await?;
        let mut kept = tx.offer_to(referral, member).await?.expect("the offer");
        kept.answered_at = Some(start());
        tx.save_offer(&kept).await?;
        let link = Link {
            chapter_id: chapter,
            purpose: LinkPurpose::Offer,
            subject: offer.as_uuid(),
            created_at: start(),
            expires_at: start(),
        };
        tx.add_link(hash_secret("page-secret"), &link).await?;
        tx.put_claim(&NewClaim {
            id: claim,
            chapter_id: chapter,
            referral_id: referral,
            member_id: member,
            kind: ClaimKind::Provisional,
            place: Some(1),
            turn: 1,
            caveat: Some(CAVEAT.to_owned()),
            held_until: Some(start()),
            now: start(),
        })
        .await?;
        let mut kept = tx.claims(referral).await?.remove(0);
        kept.named_at = Some(start());
        tx.save_claim(&kept).await?;
        for webhook in [taken_up, given_up] {
            tx.add_webhook(&new_webhook(webhook, chapter)).await?;
        }
        tx.add_event(&NewEvent {
            id: EventId::generate(start(), &chance),
            chapter_id: chapter,
            inquiry_id: Some(inquiry),
            referral_id: Some(referral),
            at: start(),
            actor: ActorKind::Admin,
            actor_id: Some(admin.as_uuid()),
            kind: "referral_opened".to_owned(),
            detail: json!({"rule": "released"}),
        })
        .await?;
        // One is under way, the other was given up, by a tool that fails.
        let mut due = tx.lease_deliveries(start(), minutes(1), 9).await?;
        due.retain(|delivery| delivery.webhook_id == given_up);
        tx.settle_delivery(&due[0], &DeliveryOutcome::GivenUp, "500", start()).await?;
        let mut failing = tx.webhook_for_update(given_up).await?.expect("the tool");
        failing.rests_until = Some(start());
        tx.save_webhook(&mut failing, start()).await?;
        let page = PageId::generate(start(), &chance);
        tx.add_page(&NewPage {
            id: page,
            chapter_id: chapter,
            reason: "held".to_owned(),
            inquiry_id: Some(inquiry),
            referral_id: Some(referral),
            line_id: Some(line),
            member_id: Some(member),
            now: start(),
        })
        .await?;
        tx.open_page(page, start()).await?;
        tx.answer_page(page, admin, start()).await?;
        tx.add_correction(&NewCorrection {
            id: CorrectionId::generate(start(), &chance),
            chapter_id: chapter,
            inquiry_id: inquiry,
            field: "location".to_owned(),
            content: json!({"texts": [BODY], "was": null, "is": {"raw": "Larkspur Lane corner"}}),
            actor: ActorKind::Admin,
            actor_id: admin.as_uuid(),
            corrected_at: start(),
        })
        .await?;
        tx.plan(Task { kind: TaskKind::Settle, subject: inquiry.as_uuid(), chapter_id: chapter }, start())
            .await?;
        tx.lease_tasks(start(), minutes(1), 1).await?;
    });
    messages(sample, people, offer).await;
    super::lists::fill(sample, member, inbound).await;
    people
}

fn new_webhook(id: WebhookId, chapter: model::ChapterId) -> Webhook {
    Webhook {
        id,
        chapter_id: chapter,
        content: WebhookContent {
            url: "https://tools.example/hook-path".to_owned(),
            secret: "aG9vay1zZWNyZXQ=".to_owned(),
            previous: Some(("b2xkLWhvb2s=".to_owned(), start())),
        },
        kinds: Some(vec!["referral_opened".to_owned()]),
        state: WebhookState::Active,
        failing_since: None,
        rests_until: None,
        version: 1,
        created_at: start(),
    }
}

/// Everybody, and what is known of them.
async fn people(sample: &Sample) -> Filled {
    let (chapter, chance) = (sample.chapter, sample.chance.clone());
    let paused = model::LineId::generate(start(), &chance);
    let mut paused_line = new_line(paused, chapter, "+12125550109");
    paused_line.account = LineAccount {
        account_sid: "ACfeedface0011".to_owned(),
        auth_token: "sekret-token-9f8e".to_owned(),
        messaging_service: Some("MGcafe0011".to_owned()),
        api_base: Some("https://carrier.example/v1".to_owned()),
    };
    let new_member = storage::NewMember {
        name: PersonName::new(NAME),
        email: Some(EmailAddress::new("zoe@example.org")),
        private: MemberPrivate {
            booking_url: Some("https://book.example/zoe".to_owned()),
            note: "Prefers Tuesdays; ex-NICU".to_owned(),
        },
        ..sample.new_member(PhoneId::generate(start(), &chance), "")
    };
    let phone_of = |number: &str| Phone::from_carrier(number).expect("a number");
    let (family, member_phone, admin_phone) = (phone_of(FAMILY), phone_of(MEMBER), phone_of(ADMIN));
    kept!(sample.store, tx => {
        tx.add_line(&paused_line).await?;
        tx.pause_line(paused, "30007", start()).await?;
        let phone = tx.phone_for(chapter, &family, start(), &chance).await?;
        tx.set_phone_language(phone.id, "es").await?;
        tx.set_phone_blocked(phone.id, Some(start())).await?;
        tx.forget_from(phone.id, start()).await?;
        tx.set_phone_unreachable(phone.id, Some("30005")).await?;
        tx.suppress(&phone, "chapter", "keyword", start()).await?;
        let consent = ConsentId::generate(start(), &chance);
        tx.add_consent(consent, &phone, "opt_out", "stop.v1", "es", "text", start()).await?;
        let hers = tx.phone_for(chapter, &member_phone, start(), &chance).await?;
        let (member, _) =
            tx.put_member(&storage::NewMember { phone_id: hers.id, ..new_member }).await?;
        tx.set_member_status(member, MemberStatus::Paused, Some("Insurance lapsed in June")).await?;
        tx.set_member_away(member, Some(start())).await?;
        tx.set_member_awaiting(member, Some(&json!({"confirm": "K7Q"}))).await?;
        tx.set_number_asked(member, start()).await?;
        assert!(tx.set_number_confirmed(member, start()).await?);
        assert!(!tx.set_number_confirmed(member, start().after(model::minutes(1))).await?);
        tx.set_member_practised(member, start()).await?;
        tx.put_portrait(chapter, member, b"portrait-of-her", start()).await?;
        let theirs = tx.phone_for(chapter, &admin_phone, start(), &chance).await?;
        let admin = AdminId::generate(start(), &chance);
        tx.add_admin(&NewAdmin {
            id: admin,
            chapter_id: chapter,
            phone_id: theirs.id,
            name: PersonName::new("Marguerite Quill"),
            email: EmailAddress::new("m.quill@chapter.example"),
            role: Role::Owner,
            now: start(),
        })
        .await?;
        doors(tx, chapter, admin, &chance).await?;
        tx.end_admin(admin, start()).await?;
        // What is hers ends with her.
        signs_with_passkey(tx, admin, &chance).await?;
        Filled {
            phone: phone.id,
            member,
            admin,
            inquiry: InquiryId::generate(start(), &chance),
            referral: ReferralId::generate(start(), &chance),
            claim: ClaimId::generate(start(), &chance),
            inbound: InboundId::generate(start(), &chance),
            text: OutboxId::generate(start(), &chance),
            email: OutboxId::generate(start(), &chance),
        }
    })
}

/// A used sign-in link with its code, an ended session, what a passkey was asked to sign, a token.
async fn doors(
    tx: &mut WriteTx,
    chapter_id: model::ChapterId,
    admin: AdminId,
    chance: &Chance,
) -> storage::Result<()> {
    let later = start().after(minutes(10));
    tx.add_sign_in(hash_secret("link-secret"), admin, later).await?;
    tx.set_link_code(hash_secret("link-secret"), hash_secret("123456"), later).await?;
    tx.use_sign_in(hash_secret("link-secret"), start()).await?;
    tx.begin_session(hash_secret("session-secret"), admin, start(), later).await?;
    tx.end_session(hash_secret("session-secret"), start()).await?;
    let wanted = Challenge { admin: Some(admin), content: json!({"challenge": "c"}) };
    tx.add_challenge("challenge-secret", &wanted, start(), later, 1000).await?;
    let id = TokenId::generate(start(), chance);
    let owner = tx.admin(admin).await?.map(|admin| (admin.id, admin.phone_id));
    let scopes = Some(vec!["referrals:read".to_owned()]);
    let token = Token { id, chapter_id, name: "ci".to_owned(), role: Role::Reader, owner, scopes };
    tx.add_token(&token, hash_secret("api-secret"), start()).await?;
    let keyed = Keyed {
        id: AnswerId::generate(start(), chance),
        token_id: id,
        key: hash_secret("key-of-a-caller"),
        request: hash_secret("POST /hospitals"),
        now: start(),
        until: start().after(model::day_hours(24)),
    };
    tx.begin_keyed(&keyed).await?;
    let (kind, tag) = (Some("application/json".to_owned()), None);
    let body = NAME.to_owned();
    tx.keep_answer(keyed.id, &Answered { status: 201, kind, tag, body }).await?;
    Ok(())
}

/// A passkey that was signed in with.
async fn signs_with_passkey(
    tx: &mut WriteTx,
    admin: AdminId,
    chance: &Chance,
) -> storage::Result<()> {
    let passkey = Passkey {
        id: PasskeyId::generate(start(), chance),
        admin,
        content: json!({"counter": 0}),
        created_at: start(),
        used_at: None,
    };
    tx.add_passkey(&passkey, b"a credential").await?;
    tx.use_passkey(passkey.id, &json!({"counter": 1}), start()).await
}

/// An inquiry that was read and closed, and a referral that went all the way.
async fn open(
    tx: &mut WriteTx,
    new_inquiry: &storage::NewInquiry,
    new_referral: &storage::NewReferral,
) -> storage::Result<()> {
    let (mut inquiry, _) = tx.open_inquiry(new_inquiry).await?;
    inquiry.state = InquiryState::Closed;
    inquiry.reading = Some(reading());
    inquiry.asked = Some("zip".to_owned());
    inquiry.closed_at = Some(start());
    inquiry.close_reason = Some("done".to_owned());
    tx.save_inquiry(&inquiry).await?;
    let mut referral = tx.add_referral(new_referral).await?;
    referral.code = Some("K7Q".parse().expect("a code"));
    referral.hold_reason = Some("crisis".to_owned());
    referral.asking_from = Some(start());
    referral.promised_at = Some(start());
    referral.opened_at = Some(start());
    referral.filled_at = Some(start());
    referral.names_at = Some(start());
    referral.followed_at = Some(start());
    referral.policy = model::Policy::Window;
    referral.collects_until = Some(start());
    referral.satisfaction = Some(4);
    referral.outcome = Some(Outcome::Connected);
    referral.closed_at = Some(at("2026-11-22T00:00:00.000001Z"));
    referral.close_reason = Some("done".to_owned());
    tx.save_referral(&mut referral).await
}

/// A text that failed, one that a node has in hand, and an e-mail.
async fn messages(sample: &Sample, filled: Filled, offer: OfferId) {
    let text = NewMessage {
        id: filled.text,
        inquiry_id: Some(filled.inquiry),
        referral_id: Some(filled.referral),
        offer_id: Some(offer),
        body: MessageText::new("NYLCA calls: Zoë O’Neil, 917-555-0163"),
        ..sample.text(filled.phone, MessageKind::HandOff, "names")
    };
    let in_hand = sample.text(filled.phone, MessageKind::Safety, "safety");
    let email = NewMessage {
        id: filled.email,
        by: By::Email { admin: filled.admin, subject: "Referral K7Q needs your eye".to_owned() },
        ..sample.text(filled.phone, MessageKind::Page, "page")
    };
    let browser = NewSubscription {
        id: PushId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        member_id: filled.member,
        endpoint: "https://push.example/Finnegan".to_owned(),
        content: json!({"endpoint": "https://push.example/Finnegan", "auth": "Quill"}),
        now: start(),
    };
    let push = NewMessage {
        by: By::Push { to: browser.id, member: filled.member },
        ..sample.text(filled.phone, MessageKind::Offer, "push")
    };
    let line = sample.line;
    kept!(sample.store, tx => {
        tx.add_subscription(&browser).await?;
        assert_eq!(tx.push_key(b"Larkspur", start()).await?, b"Larkspur");
        tx.enqueue(&push).await?;
        assert_eq!(tx.lease_pushes(start(), minutes(1), 9).await?.len(), 1);
        tx.enqueue(&text).await?;
        tx.enqueue(&in_hand).await?;
        tx.enqueue(&email).await?;
        assert_eq!(tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?.len(), 2);
        let settled = Settled {
            carrier_message_id: Some("SM0002".to_owned()),
            segments: Some(1),
            error_code: Some("30003".to_owned()),
            error_class: Some(ErrorClass::BadNumber),
            settled_how: Some("listed"),
            ..Settled::to(OutboxState::Failed)
        };
        assert!(tx.settle_message(text.id, &settled, start()).await?);
        let arrived = Settled::to(OutboxState::Delivered);
        assert!(tx.report_message(in_hand.id, &arrived, start()).await?);
        assert_eq!(tx.lease_emails(start(), minutes(1), 9).await?.len(), 1);
    });
}

pub(crate) fn reading() -> FamilyReading {
    FamilyReading {
        kind: FamilyKind::Inquiry,
        route: Route::Dispatch,
        urgency: Some(Urgency::UrgentToday),
        red_flags: Vec::new(),
        lang: "en".to_owned(),
        missing: vec!["zip".to_owned()],
        extract: FamilyExtract {
            location: Some(Location {
                precision: Precision::Neighborhood,
                zip: None,
                neighborhood: Some("Park Slope".to_owned()),
                borough: Some("Brooklyn".to_owned()),
                state: None,
                raw: Some("Larkspur Lane corner".to_owned()),
                candidates: Vec::new(),
            }),
            concerns: vec!["latch_difficulty".to_owned()],
            ..FamilyExtract::default()
        },
        answer: None,
        reasons: vec![Reason {
            field: "concerns".to_owned(),
            rule: "latch".to_owned(),
            words: "Finnegan won’t latch, we".to_owned(),
        }],
    }
}
