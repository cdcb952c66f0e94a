//! Which text goes next.

use model::{MessageKind, OutboxId, OutboxState, minutes, seconds};
use storage::{Leased, NewMessage, Settled};
use testkit::databases::TestDatabase;

use super::sample::{Sample, UNPACED, number, start};

testkit::on_both! {
    the_most_urgent_goes_first_and_then_the_oldest,
    a_text_waits_for_the_earlier_ones_to_the_same_person,
    a_safety_text_waits_for_nobody,
    an_offer_or_a_follow_up_on_its_way_holds_up_no_answer,
    an_unknown_outcome_holds_up_what_comes_after_it,
    nothing_goes_before_it_is_due,
    whoever_wants_no_texts_is_marked,
    an_erased_number_is_told,
    one_line_s_texts_are_not_another_s,
    one_person_s_texts_keep_their_pace,
}

async fn lease(sample: &Sample, most: i64) -> Vec<Leased> {
    let line = sample.line;
    kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, most).await?)
}

fn ids(leased: &[Leased]) -> Vec<OutboxId> {
    leased.iter().map(|text| text.id).collect()
}

async fn accept(sample: &Sample, id: OutboxId) {
    let accepted = Settled::to(OutboxState::Accepted);
    assert!(kept!(sample.store, tx => tx.settle_message(id, &accepted, start()).await?));
}

async fn the_most_urgent_goes_first_and_then_the_oldest(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut written = Vec::new();
    for (n, kind) in [
        MessageKind::FollowUp,
        MessageKind::Offer,
        MessageKind::Offer,
        MessageKind::Notice,
        MessageKind::Page,
        MessageKind::ClaimReply,
        MessageKind::Reply,
        MessageKind::HandOff,
        MessageKind::Consent,
        MessageKind::Safety,
    ]
    .into_iter()
    .enumerate()
    {
        let phone = sample.phone(u32::try_from(n).expect("small")).await;
        written.push(sample.enqueue(phone, kind, &format!("m{n}")).await);
    }
    let expected = [9, 8, 7, 5, 6, 4, 3, 1, 2, 0].map(|n| written[n]);
    // In small helpings as in one.
    let mut leased = ids(&lease(&sample, 4).await);
    assert_eq!(leased.len(), 4);
    leased.extend(ids(&lease(&sample, 100).await));
    assert_eq!(leased, expected);
    assert!(lease(&sample, 100).await.is_empty());
}

async fn a_text_waits_for_the_earlier_ones_to_the_same_person(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, beth) = (sample.phone(1).await, sample.phone(2).await);
    let first = sample.enqueue(ana, MessageKind::Reply, "1").await;
    let second = sample.enqueue(ana, MessageKind::Reply, "2").await;
    let third = sample.enqueue(ana, MessageKind::HandOff, "3").await;
    let other = sample.enqueue(beth, MessageKind::Reply, "4").await;
    let leased = lease(&sample, 9).await;
    assert_eq!(ids(&leased), [first, other]);
    assert_eq!(leased[0].to, Some(number(1)));
    assert_eq!(
        leased[0].body.as_ref().map(model::MessageText::reveal),
        Some("NYLCA: K7Q is yours.")
    );
    assert_eq!(
        (leased[0].attempts, leased[0].suppressed, leased[0].phone_id),
        (1, false, Some(ana))
    );
    assert!(lease(&sample, 9).await.is_empty(), "the first is on its way");
    accept(&sample, first).await;
    assert_eq!(ids(&lease(&sample, 9).await), [second]);
    // The second is to be tried again in a minute: the third still waits for it.
    let later =
        Settled { again_at: Some(start().after(minutes(1))), ..Settled::to(OutboxState::Waiting) };
    assert!(kept!(sample.store, tx => tx.settle_message(second, &later, start()).await?));
    assert!(lease(&sample, 9).await.is_empty());
    let (line, now) = (sample.line, start().after(minutes(1)));
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, now, minutes(1), UNPACED, 9).await?);
    assert_eq!(ids(&leased), [second]);
    assert_eq!(leased[0].attempts, 2);
    let failed = Settled::to(OutboxState::Failed);
    assert!(kept!(sample.store, tx => tx.settle_message(second, &failed, start()).await?));
    assert_eq!(ids(&lease(&sample, 9).await), [third]);
}

async fn a_safety_text_waits_for_nobody(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let ana = sample.phone(1).await;
    sample.enqueue(ana, MessageKind::Reply, "1").await;
    sample.enqueue(ana, MessageKind::Reply, "2").await;
    let safety = sample.enqueue(ana, MessageKind::Safety, "3").await;
    let stop = sample.enqueue(ana, MessageKind::Consent, "4").await;
    let leased = ids(&lease(&sample, 9).await);
    assert_eq!(leased.len(), 2);
    assert_eq!(leased[0], safety);
    assert!(!leased.contains(&stop), "among themselves they keep their order");
    accept(&sample, safety).await;
    assert_eq!(ids(&lease(&sample, 9).await), [stop]);
}

/// Otherwise a hand-off would stand behind a text that itself stands behind ten thousand offers.
async fn an_offer_or_a_follow_up_on_its_way_holds_up_no_answer(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, family) = (sample.phone(1).await, sample.phone(2).await);
    let offer = sample.enqueue(ana, MessageKind::Offer, "1").await;
    let follow_up = sample.enqueue(family, MessageKind::FollowUp, "2").await;
    let answer = sample.enqueue(ana, MessageKind::ClaimReply, "3").await;
    let names = sample.enqueue(family, MessageKind::HandOff, "4").await;
    assert_eq!(ids(&lease(&sample, 2).await), [names, answer]);
    // The other way round they do wait: an offer after an answer comes after it.
    assert!(lease(&sample, 9).await.iter().all(|text| text.id == offer || text.id == follow_up));
    let (beth, reply) = (sample.phone(3).await, MessageKind::ClaimReply);
    let earlier = sample.enqueue(beth, reply, "5").await;
    sample.enqueue(beth, MessageKind::Offer, "6").await;
    assert_eq!(ids(&lease(&sample, 9).await), [earlier]);
}

async fn an_unknown_outcome_holds_up_what_comes_after_it(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let ana = sample.phone(1).await;
    let first = sample.enqueue(ana, MessageKind::Reply, "1").await;
    let second = sample.enqueue(ana, MessageKind::Reply, "2").await;
    assert_eq!(ids(&lease(&sample, 9).await), [first]);
    let unknown = Settled::to(OutboxState::Unknown);
    assert!(kept!(sample.store, tx => tx.settle_message(first, &unknown, start()).await?));
    assert!(lease(&sample, 9).await.is_empty());
    accept(&sample, first).await;
    assert_eq!(ids(&lease(&sample, 9).await), [second]);
}

async fn nothing_goes_before_it_is_due(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, line) = (sample.phone(1).await, sample.line);
    // Half a second past a whole one: text order must agree with time order in SQLite.
    let due = start().after(seconds(30)).after(jiff::SignedDuration::from_millis(500));
    let text = NewMessage { due_at: due, ..sample.text(ana, MessageKind::Reply, "1") };
    let id = text.id;
    kept!(sample.store, tx => tx.enqueue(&text).await?);
    let next = seen!(sample.store, tx => tx.next_message_at(line).await?);
    assert_eq!(next, Some(due));
    let early = start().after(seconds(30));
    assert!(
        kept!(sample.store, tx => tx.lease_texts(line, early, minutes(1), UNPACED, 9).await?)
            .is_empty()
    );
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, due, minutes(1), UNPACED, 9).await?);
    assert_eq!(ids(&leased), [id]);
    assert_eq!(seen!(sample.store, tx => tx.next_message_at(line).await?), None);
}

async fn whoever_wants_no_texts_is_marked(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, second) = (sample.line, sample.second_line().await);
    let mut phones = Vec::new();
    for n in 1..=5 {
        phones.push(sample.phone(n).await);
    }
    let numbers = phones.clone();
    kept!(sample.store, tx => {
        for (phone, scope) in [
            (numbers[0], "chapter".to_owned()),
            (numbers[1], line.to_string()),
            (numbers[2], second.to_string()),
        ] {
            let row = tx.phone(phone).await?.expect("the row");
            assert!(tx.suppress(&row, &scope, "keyword", start()).await?);
            assert!(!tx.suppress(&row, &scope, "words", start()).await?);
            assert_eq!(tx.is_suppressed(&row, line).await?, scope != second.to_string());
            assert_eq!(tx.suppressions(&row).await?[0].source, "keyword");
        }
        tx.set_phone_blocked(numbers[3], Some(start())).await?;
    });
    for (n, phone) in phones.iter().enumerate() {
        sample.enqueue(*phone, MessageKind::Reply, &format!("m{n}")).await;
    }
    let leased = lease(&sample, 9).await;
    let marks = leased.iter().map(|text| text.suppressed).collect::<Vec<_>>();
    assert_eq!(marks, [true, true, false, true, false]);
    kept!(sample.store, tx => {
        let row = tx.phone(phones[0]).await?.expect("the row");
        assert!(tx.lift_suppressions(&row).await?);
        assert!(!tx.lift_suppressions(&row).await?);
        assert!(!tx.is_suppressed(&row, line).await?);
    });
}

async fn an_erased_number_is_told(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let ana = sample.phone(1).await;
    sample.enqueue(ana, MessageKind::Reply, "1").await;
    let mut raw = super::cells::Raw::connect(&database).await;
    raw.run("UPDATE phones SET number = NULL; UPDATE outbox SET body = NULL")
        .await
        .expect("erased");
    let leased = lease(&sample, 9).await;
    assert_eq!((leased[0].to.as_ref(), leased[0].body.as_ref()), (None, None));
    assert_eq!(leased[0].phone_id, Some(ana));
}

async fn one_line_s_texts_are_not_another_s(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, second) = (sample.phone(1).await, sample.second_line().await);
    sample.enqueue(ana, MessageKind::Reply, "1").await;
    let leased =
        kept!(sample.store, tx => tx.lease_texts(second, start(), minutes(1), UNPACED, 9).await?);
    assert!(leased.is_empty());
    assert_eq!(lease(&sample, 9).await.len(), 1);
    let lapsed = start().after(minutes(5));
    let other = kept!(sample.store, tx => tx.lease_unknown(second, lapsed, minutes(1), 9).await?);
    assert!(other.is_empty());
}

/// Five at once, then one every three seconds; what keeps her safe is not held back.
async fn one_person_s_texts_keep_their_pace(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, beth, line) = (sample.phone(1).await, sample.phone(2).await, sample.line);
    for n in 0..8 {
        sample.enqueue(ana, MessageKind::Reply, &format!("{n}")).await;
    }
    let mut sent = Vec::new();
    for second in 0..12 {
        let now = start().after(seconds(second));
        loop {
            let leased = kept!(sample.store, tx => tx.lease_texts(line, now, minutes(1), (seconds(3), 5), 9).await?);
            let [text] = &leased[..] else { break };
            sent.push(second);
            accept(&sample, text.id).await;
        }
    }
    assert_eq!(sent, [0, 0, 0, 0, 0, 3, 6, 9]);
    let safety = sample.enqueue(ana, MessageKind::Safety, "safety").await;
    let other = sample.enqueue(beth, MessageKind::Reply, "other").await;
    sample.enqueue(ana, MessageKind::Reply, "waits").await;
    let now = start().after(seconds(11));
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, now, minutes(1), (seconds(3), 5), 9).await?);
    assert_eq!(ids(&leased), [safety, other]);
}
