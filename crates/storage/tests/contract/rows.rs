//! Rows come back as they went in: every noun, in any script, to the microsecond.

use model::{
    ActorKind, CarrierKind, ChapterId, ClaimKind, CorrectionId, EventId, InquiryState, LineId,
    LinePurpose, LineState, MemberStatus, MessageKind, MessageText, OfferState, OutboxId,
    OutboxState, Outcome, ReferralState, Role, Standing, Timestamp, Word as _,
    reading::Urgency,
    referral::{Facts, Place},
};
use proptest::{prelude::*, strategy::ValueTree as _};
use serde_json::{Value, json};
use storage::{
    By, Chapter, LineAccount, NewCorrection, NewEvent, NewLine, NewMessage, ReferralFilter, WriteTx,
};
use testkit::databases::TestDatabase;

use super::{
    cells::Raw,
    filled::{self, fill, reading},
    sample::{Sample, at, new_line, number, start},
};

testkit::on_both! {
    a_chapter_and_its_line,
    everybody_s_rows,
    an_inquiry_with_its_reading_and_its_texts,
    a_referral_with_all_that_happens_to_it,
    referrals_are_listed_newest_first_in_pages,
    an_event_and_the_order_of_a_trace,
    corrections_newest_first,
    a_message_on_its_way,
    every_word_of_the_trade_is_stored_and_read,
    any_text_and_any_instant_comes_back,
}

/// Half a second past a whole one, and one microsecond: what a sloppy text form would mix up.
fn odd() -> Timestamp {
    at("2026-03-08T06:59:59.500001Z")
}

async fn a_chapter_and_its_line(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (id, line) = (ChapterId::from_uuid(uuid::Uuid::from_u128(9)), sample.line);
    let settings = json!({
        "mode": "reviewed", "names_by_minutes": 90, "ratio": 0.25, "nested": {"a": [1, null, "é🤱"]},
    });
    let Value::Object(settings) = settings else { panic!("an object") };
    let chapter = Chapter {
        id,
        slug: "zürich".to_owned(),
        name: "Stillberatung “Zürich” 母乳 🤱".to_owned(),
        timezone: "Europe/Zurich".parse().expect("a zone"),
        settings: settings.clone(),
        created_at: odd(),
    };
    let (put, twice) = (
        chapter.clone(),
        Chapter { id: ChapterId::from_uuid(uuid::Uuid::max()), ..chapter.clone() },
    );
    let added =
        kept!(sample.store, tx => [tx.add_chapter(&put).await?, tx.add_chapter(&twice).await?]);
    assert_eq!(added, [true, false], "the slug is taken");
    let (read, all) = seen!(sample.store, tx => (
        tx.chapter_by_slug("zürich").await?.expect("the chapter"),
        tx.chapters().await?.into_iter().map(|chapter| chapter.id).collect::<Vec<_>>(),
    ));
    assert_eq!(
        (read.id, read.slug, read.name, read.timezone, read.created_at),
        (chapter.id, chapter.slug, chapter.name, chapter.timezone, chapter.created_at)
    );
    assert_eq!(read.settings, settings);
    assert_eq!(all, [id, sample.chapter], "the oldest first");
    kept!(sample.store, tx => tx.set_chapter_settings(id, &serde_json::Map::new()).await?);
    assert!(
        seen!(sample.store, tx => tx.chapter(id).await?.expect("the chapter").settings.is_empty())
    );
    let new = NewLine {
        carrier: CarrierKind::Twilio,
        purpose: LinePurpose::Families,
        account: LineAccount {
            account_sid: "AC1".to_owned(),
            auth_token: "tökén".to_owned(),
            messaging_service: Some("MG1".to_owned()),
            api_base: Some("http://127.0.0.1:1".to_owned()),
        },
        gap_micros: 1_000_001,
        now: odd(),
        ..new_line(LineId::from_uuid(uuid::Uuid::from_u128(3)), id, "+41315550100")
    };
    let (put, taken) =
        (new.clone(), NewLine { id: LineId::from_uuid(uuid::Uuid::max()), ..new.clone() });
    let added = kept!(sample.store, tx => [tx.add_line(&put).await?, tx.add_line(&taken).await?]);
    assert_eq!(added, [true, false], "the number belongs to a line");
    let (read, lines) = seen!(sample.store, tx => {
        let found = tx.line_by_number(&put_number()).await?.expect("the line");
        (found, tx.line_entries().await?.into_iter().map(|line| line.id).collect::<Vec<_>>())
    });
    assert_eq!(
        (read.id, read.chapter_id, read.carrier, read.number),
        (new.id, id, new.carrier, new.number)
    );
    assert_eq!(
        (read.purpose, read.state, read.gap_micros),
        (new.purpose, LineState::Active, 1_000_001)
    );
    assert_eq!((read.next_send_at, read.listed_until), (odd(), odd()));
    assert_eq!((read.paused_code, read.paused_at), (None, None));
    let (ours, theirs) = (read.account, new.account);
    assert_eq!((ours.account_sid, ours.auth_token), (theirs.account_sid, theirs.auth_token));
    assert_eq!(
        (ours.messaging_service, ours.api_base),
        (theirs.messaging_service, theirs.api_base)
    );
    assert_eq!(lines, [new.id, line]);
}

fn put_number() -> model::Phone {
    model::Phone::from_carrier("+41315550100").expect("a number")
}

async fn everybody_s_rows(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let chapter = sample.chapter;
    let (phone, member, admin, suppressions) = seen!(sample.store, tx => {
        let phone = tx.phone(filled.phone).await?.expect("the number");
        let suppressions = tx.suppressions(&phone).await?;
        let member = tx.member(filled.member).await?.expect("the member");
        (phone, member, tx.admin(filled.admin).await?.expect("the admin"), suppressions)
    });
    assert_eq!(phone.number.as_ref().map(model::Phone::e164), Some(filled::FAMILY));
    assert_eq!((phone.chapter_id, phone.language.as_deref()), (chapter, Some("es")));
    assert_eq!(
        (phone.blocked_at, phone.unreachable_code.as_deref()),
        (Some(start()), Some("30005"))
    );
    assert_eq!(phone.passive_replies, 0);
    assert_eq!(suppressions.len(), 1);
    let told =
        (suppressions[0].scope.as_str(), suppressions[0].source.as_str(), suppressions[0].since);
    assert_eq!(told, ("chapter", "keyword", start()));
    assert_eq!((member.name.reveal(), member.chapter_id), (filled::NAME, chapter));
    assert_eq!(member.email.as_ref().map(model::EmailAddress::reveal), Some("zoe@example.org"));
    assert_eq!(member.private.booking_url.as_deref(), Some("https://book.example/zoe"));
    assert_eq!(member.private.note, "Prefers Tuesdays; ex-NICU");
    assert_eq!(member.status, MemberStatus::Paused);
    assert_eq!(member.status_reason.as_deref(), Some("Insurance lapsed in June"));
    assert_eq!(
        (member.away_until, member.awaiting),
        (Some(start()), Some(json!({"confirm": "K7Q"})))
    );
    assert_eq!(member.created_at, start());
    assert_eq!(
        (admin.name.reveal(), admin.email.reveal()),
        ("Marguerite Quill", "m.quill@chapter.example")
    );
    assert_eq!((admin.role, admin.paging_order, admin.chapter_id), (Role::Owner, 1, chapter));
    kept!(sample.store, tx => {
        tx.set_phone_blocked(filled.phone, None).await?;
        tx.set_phone_unreachable(filled.phone, None).await?;
        tx.set_passive_replies(filled.phone, 3).await?;
    });
    let phone = seen!(sample.store, tx => tx.phone(filled.phone).await?.expect("the number"));
    assert_eq!((phone.blocked_at, phone.unreachable_code, phone.passive_replies), (None, None, 3));
    let mut raw = Raw::connect(&database).await;
    for (column, value) in
        [("kind", "opt_out"), ("wording", "stop.v1"), ("language", "es"), ("channel", "text")]
    {
        assert_eq!(raw.cells("consents", column).await, [value.as_bytes()]);
    }
}

async fn an_inquiry_with_its_reading_and_its_texts(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let (chapter, line) = (sample.chapter, sample.line);
    let (inquiry, texts, previous) = seen!(sample.store, tx => (
        tx.inquiry(filled.inquiry).await?.expect("the inquiry"),
        tx.inquiry_texts(filled.inquiry, false).await?,
        tx.previous_inquiry(line, filled.phone).await?.expect("the inquiry"),
    ));
    assert_eq!((inquiry.id, inquiry.chapter_id, inquiry.line_id), (filled.inquiry, chapter, line));
    assert_eq!(
        (inquiry.phone_id, inquiry.state, previous.id),
        (filled.phone, InquiryState::Closed, inquiry.id)
    );
    assert_eq!((inquiry.language.as_str(), inquiry.handled_by.as_str()), ("en", "service"));
    assert_eq!((inquiry.reading, inquiry.asked.as_deref()), (Some(reading()), Some("zip")));
    assert_eq!((inquiry.closed_at, inquiry.close_reason.as_deref()), (Some(start()), Some("done")));
    let [text] = &texts[..] else { panic!("{} texts", texts.len()) };
    assert_eq!(text.body.as_ref().map(MessageText::reveal), Some(filled::BODY));
    assert_eq!((text.id, text.chapter_id, text.line_id), (filled.inbound, chapter, line));
    assert_eq!((text.phone_id, text.standing, text.media), (filled.phone, Standing::Family, 2));
    assert_eq!((text.inquiry_id, text.received_at), (Some(filled.inquiry), start()));
}

async fn a_referral_with_all_that_happens_to_it(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let id = filled.referral;
    let facts = Facts {
        place: Place { neighborhood: Some("Côte-des-Neiges".to_owned()), ..Place::default() },
        baby: "5 days".to_owned(),
        babies: Some(2),
        concerns: vec!["latch_difficulty".to_owned()],
        languages: vec!["zh".to_owned()],
        urgency: Some(Urgency::UrgentToday),
        prenatal: true,
        ..Facts::default()
    };
    let before = seen!(sample.store, tx => tx.referral(id).await?.expect("the referral"));
    assert_eq!((before.facts, before.version, before.urgent), (Facts::default(), 2, false));
    assert_eq!((before.round, before.asked, before.widened, before.top_ups), (1, 0, 0, 0));
    let expected = facts.clone();
    kept!(sample.store, tx => {
        let mut referral = tx.referral_for_update(id).await?.expect("the referral");
        referral.facts = facts;
        referral.urgent = true;
        referral.state = ReferralState::HandedOff;
        (referral.round, referral.asked, referral.widened, referral.top_ups) = (2, 11, 1, 3);
        referral.promised_at = Some(odd());
        referral.followed_at = None;
        tx.save_referral(&mut referral).await?;
        assert_eq!(referral.version, 3);
    });
    let (read, offers, claims) = seen!(sample.store, tx => (
        tx.referral_of_inquiry(filled.inquiry).await?.expect("the referral"),
        tx.offers(id).await?,
        tx.claims(id).await?,
    ));
    assert_eq!((read.id, read.facts, read.urgent, read.version), (id, expected, true, 3));
    assert_eq!((read.state, read.outcome), (ReferralState::HandedOff, Some(Outcome::Connected)));
    assert_eq!((read.round, read.asked, read.widened, read.top_ups), (2, 11, 1, 3));
    assert_eq!(read.code.map(|code| code.to_string()).as_deref(), Some("K7Q"));
    assert_eq!(
        (read.promised_at, read.followed_at, read.asking_from),
        (Some(odd()), None, Some(start()))
    );
    assert_eq!(
        (read.opened_at, read.filled_at, read.names_at),
        (Some(start()), Some(start()), Some(start()))
    );
    assert_eq!(read.closed_at, Some(at("2026-11-22T00:00:00.000001Z")));
    assert_eq!(
        (read.policy, read.collects_until, read.satisfaction),
        (model::Policy::Window, Some(start()), Some(4))
    );
    assert_eq!(
        (read.hold_reason.as_deref(), read.close_reason.as_deref()),
        (Some("crisis"), Some("done"))
    );
    assert_eq!(
        (read.phone_id, read.line_id, read.created_at),
        (filled.phone, sample.line, start())
    );
    let [offer] = &offers[..] else { panic!("{} offers", offers.len()) };
    assert_eq!((offer.member_id, offer.round, offer.position), (filled.member, 1, 1));
    assert_eq!((offer.state, offer.outbox_id), (OfferState::Sent, Some(filled.text)));
    assert_eq!((offer.due_at, offer.answered_at), (start(), Some(start())));
    let [claim] = &claims[..] else { panic!("{} claims", claims.len()) };
    assert_eq!((claim.id, claim.member_id, claim.referral_id), (filled.claim, filled.member, id));
    assert_eq!((claim.kind, claim.place, claim.turn), (ClaimKind::Provisional, Some(1), 1));
    assert_eq!(claim.caveat.as_deref(), Some(filled::CAVEAT));
    assert_eq!(
        (claim.held_until, claim.named_at, claim.claimed_at),
        (Some(start()), Some(start()), start())
    );
}

async fn referrals_are_listed_newest_first_in_pages(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut ids = Vec::new();
    for n in 0..5_u32 {
        let phone = sample.phone(n).await;
        let inquiry = sample.new_inquiry(phone);
        // Two of the same moment: their ids decide.
        let now = start().after(model::minutes(i64::from(n / 2)));
        let referral = storage::NewReferral { now, ..sample.new_referral(inquiry.id, phone) };
        ids.push((referral.now, referral.id));
        kept!(sample.store, tx => {
            tx.open_inquiry(&inquiry).await?;
            tx.add_referral(&referral).await?;
            if n == 3 {
                let mut referral = tx.referral_for_update(referral.id).await?.expect("the referral");
                referral.state = ReferralState::Closed;
                referral.closed_at = Some(start());
                tx.save_referral(&mut referral).await?;
            }
        });
    }
    let closed = ids[3].1;
    ids.sort_unstable();
    ids.reverse();
    let (mut before, mut listed) = (None, Vec::<(Timestamp, model::ReferralId)>::new());
    loop {
        let page =
            list(&sample, ReferralFilter { before, limit: 2, ..ReferralFilter::default() }).await;
        before = page.last().copied();
        listed.extend(&page);
        if page.len() < 2 {
            break;
        }
    }
    assert_eq!(listed, ids);
    let of_state =
        |state| ReferralFilter { state: Some(state), limit: 9, ..ReferralFilter::default() };
    assert_eq!(list(&sample, of_state(ReferralState::Closed)).await[0].1, closed);
    assert_eq!(list(&sample, of_state(ReferralState::Open)).await.len(), 4);
    let running = ReferralFilter { running: true, limit: 9, ..ReferralFilter::default() };
    assert!(list(&sample, running).await.iter().all(|(_, id)| *id != closed));
}

async fn list(sample: &Sample, filter: ReferralFilter) -> Vec<(Timestamp, model::ReferralId)> {
    let chapter = sample.chapter;
    let page = seen!(sample.store, tx => tx.referrals(chapter, &filter).await?);
    page.into_iter().map(|referral| (referral.created_at, referral.id)).collect()
}

async fn an_event_and_the_order_of_a_trace(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let referral = sample.referral(1).await;
    let inquiry =
        seen!(sample.store, tx => tx.referral(referral).await?.expect("the referral").inquiry_id);
    let event = |n: i64, of_referral: bool| NewEvent {
        id: EventId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        inquiry_id: (!of_referral).then_some(inquiry),
        referral_id: of_referral.then_some(referral),
        // The clock went back: the order stays that in which they happened.
        at: odd().after(model::seconds(-n)),
        actor: ActorKind::Admin,
        actor_id: Some(uuid::Uuid::from_u128(5)),
        kind: "place_taken".to_owned(),
        detail: json!({"place": n, "why": null, "list": ["ü", 1.5]}),
    };
    let events = (0..6).map(|n| event(n, n % 2 == 0)).collect::<Vec<_>>();
    let expected = events.clone();
    kept!(sample.store, tx => {
        for event in &events {
            tx.add_event(event).await?;
        }
    });
    let trace = seen!(sample.store, tx => tx.trace(referral, inquiry).await?);
    assert_eq!(trace.len(), expected.len());
    for (read, expected) in trace.into_iter().zip(expected) {
        assert_eq!((read.id, read.at, read.detail), (expected.id, expected.at, expected.detail));
        assert_eq!(
            (read.inquiry_id, read.referral_id),
            (expected.inquiry_id, expected.referral_id)
        );
        assert_eq!(
            (read.actor, read.actor_id, read.kind),
            (expected.actor, expected.actor_id, expected.kind)
        );
    }
}

async fn corrections_newest_first(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let referral = sample.referral(1).await;
    let inquiry =
        seen!(sample.store, tx => tx.referral(referral).await?.expect("the referral").inquiry_id);
    let correction = |n: i64| NewCorrection {
        id: CorrectionId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        inquiry_id: inquiry,
        field: "extract.location".to_owned(),
        content: json!({"texts": [filled::BODY], "n": n, "was": null}),
        actor: ActorKind::Token,
        actor_id: uuid::Uuid::from_u128(5),
        corrected_at: odd().after(model::seconds(n)),
    };
    let mut expected = (0..3).map(correction).collect::<Vec<_>>();
    let kept = expected.clone();
    kept!(sample.store, tx => {
        for correction in &kept {
            tx.add_correction(correction).await?;
        }
    });
    expected.reverse();
    let (chapter, other) = (sample.chapter, ChapterId::from_uuid(uuid::Uuid::from_u128(9)));
    let (all, newest, theirs) = seen!(sample.store, tx => (
        tx.corrections(chapter, 9).await?,
        tx.corrections(chapter, 1).await?,
        tx.corrections(other, 9).await?,
    ));
    assert_eq!(all, expected);
    assert_eq!(newest, expected[..1]);
    assert_eq!(theirs, []);
    let told = format!("{:?}", all[0]);
    assert!(!told.contains("Finnegan"), "nothing personal is told: {told}");
}

async fn a_message_on_its_way(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let id = OutboxId::generate(start(), &sample.chance);
    let text = NewMessage {
        id,
        inquiry_id: Some(filled.inquiry),
        referral_id: Some(filled.referral),
        body: MessageText::new("NYLCA: “names” für dich 🍼\n1 Zoë"),
        now: odd(),
        due_at: odd(),
        expires_at: odd().after(model::minutes(1)),
        ..sample.text(filled.phone, MessageKind::Notice, "a dedupe ü")
    };
    let By::Line { line, phone } = text.by else { panic!("a text") };
    let (expires_at, body) = (text.expires_at, text.body.clone());
    kept!(sample.store, tx => tx.enqueue(&text).await?);
    let (read, failed, email) = seen!(sample.store, tx => (
        tx.outgoing(id).await?.expect("the text"),
        tx.outgoing(filled.text).await?.expect("the text"),
        tx.outgoing(filled.email).await?.expect("the e-mail"),
    ));
    assert_eq!(
        (read.body, read.kind, read.state),
        (Some(body), MessageKind::Notice, OutboxState::Waiting)
    );
    assert_eq!((read.line_id, read.phone_id, read.admin_id), (Some(line), Some(phone), None));
    assert_eq!((read.due_at, read.created_at, read.expires_at), (odd(), odd(), expires_at));
    assert_eq!(
        (read.attempts, read.lease_until, read.written_at, read.accepted_at),
        (0, None, None, None)
    );
    assert_eq!(
        (read.inquiry_id, read.referral_id, read.offer_id),
        (Some(filled.inquiry), Some(filled.referral), None)
    );
    assert!(read.seq > failed.seq);
    assert_eq!(
        (failed.state, failed.attempts, failed.written_at),
        (OutboxState::Failed, 1, Some(start()))
    );
    assert_eq!((failed.error_code.as_deref(), failed.segments), (Some("30003"), Some(1)));
    assert_eq!(
        (failed.carrier_message_id.as_deref(), failed.settled_how.as_deref()),
        (Some("SM0002"), Some("listed"))
    );
    assert_eq!(
        (email.channel, email.admin_id, email.line_id),
        (model::Channel::Email, Some(filled.admin), None)
    );
    assert_eq!(
        (email.state, email.lease_until),
        (OutboxState::Sending, Some(start().after(model::minutes(1))))
    );
}

/// A word that the type knows and the statement or the table does not would be found here.
async fn every_word_of_the_trade_is_stored_and_read(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    kept!(sample.store, tx => {
        for state in ReferralState::ALL {
            let mut referral = tx.referral_for_update(filled.referral).await?.expect("the referral");
            referral.state = *state;
            tx.save_referral(&mut referral).await?;
            assert_eq!(tx.referral(filled.referral).await?.expect("it").state, *state);
        }
        for outcome in Outcome::ALL {
            let mut referral = tx.referral_for_update(filled.referral).await?.expect("the referral");
            referral.outcome = Some(*outcome);
            tx.save_referral(&mut referral).await?;
            assert_eq!(tx.referral(filled.referral).await?.expect("it").outcome, Some(*outcome));
        }
        for state in InquiryState::ALL {
            let mut inquiry = tx.inquiry_for_update(filled.inquiry).await?.expect("the inquiry");
            inquiry.state = *state;
            tx.save_inquiry(&inquiry).await?;
            assert_eq!(tx.inquiry(filled.inquiry).await?.expect("it").state, *state);
        }
        for kind in ClaimKind::ALL {
            let mut claim = tx.claims(filled.referral).await?.remove(0);
            claim.kind = *kind;
            tx.save_claim(&claim).await?;
            assert_eq!(tx.claims(filled.referral).await?[0].kind, *kind);
        }
        for state in OfferState::ALL {
            let mut offer = tx.offer_to(filled.referral, filled.member).await?.expect("the offer");
            offer.state = *state;
            tx.save_offer(&offer).await?;
            assert_eq!(tx.offers(filled.referral).await?[0].state, *state);
        }
        for status in MemberStatus::ALL {
            tx.set_member_status(filled.member, *status, None).await?;
            assert_eq!(tx.member(filled.member).await?.expect("her row").status, *status);
        }
        words_of_messages(tx, filled).await?;
    });
    let kinds = MessageKind::ALL
        .iter()
        .map(|kind| (*kind, sample.text(filled.phone, *kind, &format!("a {kind}"))));
    let kinds = kinds.collect::<Vec<_>>();
    kept!(sample.store, tx => {
        for (kind, text) in &kinds {
            tx.enqueue(text).await?;
            assert_eq!(tx.outgoing(text.id).await?.expect("it").kind, *kind);
        }
    });
    let tasks = model::TaskKind::ALL.iter().map(|kind| storage::Task {
        kind: *kind,
        subject: uuid::Uuid::from_u128(1),
        chapter_id: sample.chapter,
    });
    let (tasks, chapter) = (tasks.collect::<Vec<_>>(), sample.chapter);
    kept!(sample.store, tx => {
        for task in &tasks {
            tx.plan(*task, start()).await?;
        }
        let planned = tx.planned_tasks(chapter, 99).await?;
        assert!(tasks.iter().all(|task| planned.iter().any(|(planned, _)| planned == task)));
    });
}

async fn words_of_messages(tx: &mut WriteTx, filled: filled::Filled) -> storage::Result<()> {
    for class in model::ErrorClass::ALL {
        tx.retry_message(filled.text, start(), start()).await?;
        let failed = storage::Settled {
            error_class: Some(*class),
            ..storage::Settled::to(OutboxState::Failed)
        };
        assert!(tx.settle_message(filled.text, &failed, start()).await?);
        assert_eq!(tx.outgoing(filled.text).await?.expect("it").error_class, Some(*class));
    }
    tx.retry_message(filled.text, start(), start()).await?;
    let mut states = OutboxState::ALL.to_vec();
    states.sort_by_key(|state| state.rank());
    for state in states {
        let reported = storage::Settled::to(state);
        if state != OutboxState::Waiting {
            assert!(tx.report_message(filled.text, &reported, start()).await?);
        }
        assert_eq!(tx.outgoing(filled.text).await?.expect("it").state, state);
    }
    Ok(())
}

/// Whatever people write, and whenever: drawn at random, with what databases stumble over among it.
async fn any_text_and_any_instant_comes_back(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let micros = prop_oneof![
        -62_135_596_800_000_000_i64..253_402_207_200_000_000,
        Just(0),
        Just(946_684_800_000_000),
        Just(946_684_799_999_999),
    ];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let words = prop_oneof![any::<String>(), ".{0,40}", Just("a\0b\u{feff}\u{202e}".to_owned())];
    let mut drawn = Vec::new();
    for n in 0..60 {
        let tree = (words.clone(), micros.clone()).new_tree(&mut runner).expect("a value");
        let (words, micros) = tree.current();
        let due_at = Timestamp::from_micros(micros).expect("an instant");
        let body = MessageText::new(words);
        drawn.push(NewMessage {
            body,
            due_at,
            ..sample.text(phone, MessageKind::Reply, &format!("{n}"))
        });
    }
    let written = drawn.clone();
    kept!(sample.store, tx => {
        for text in &written {
            tx.enqueue(text).await?;
        }
    });
    for text in drawn {
        let read = seen!(sample.store, tx => tx.outgoing(text.id).await?.expect("the text"));
        assert_eq!(read.body.as_ref().map(MessageText::reveal), Some(text.body.reveal()));
        assert_eq!(read.due_at, text.due_at);
    }
    assert_eq!(number(1).e164(), "+17185550001");
}

proptest! {
    /// SQLite keeps instants as text and compares them as text, so text order must be time order.
    #[test]
    fn instants_sort_as_text(
        first in -62_135_596_800_000_000_i64..253_402_207_000_000_000,
        step in prop_oneof![0_i64..5, 0_i64..2_000_000, 0_i64..100_000_000_000_000],
    ) {
        let instant = |micros| Timestamp::from_micros(micros).expect("an instant");
        let last = 253_402_207_200_000_000;
        let (earlier, later) = (instant(first), instant((first + step).min(last)));
        prop_assert_eq!(earlier.cmp(&later), earlier.to_text().cmp(&later.to_text()));
        prop_assert_eq!(earlier.to_text().len(), 27);
        prop_assert_eq!(earlier.to_text().parse::<Timestamp>().ok(), Some(earlier));
    }
}
