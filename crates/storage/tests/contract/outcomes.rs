//! What becomes of a message: it only moves forward, and it is written once.

use model::{
    ErrorClass, MessageKind, OfferId, OfferState, OutboxId, OutboxState, day_hours, minutes,
    seconds,
};
use storage::{NewMessage, NewOffer, Outgoing, Settled};
use testkit::databases::TestDatabase;

use super::sample::{Sample, UNPACED, at_once, start};

testkit::on_both! {
    reports_and_the_answer_move_a_text_forward_in_any_order,
    a_report_that_overtakes_the_answer_keeps_the_carrier_s_id,
    a_node_that_was_slow_undoes_nothing,
    the_same_message_is_written_once,
    waiting_texts_are_dropped_but_for_the_last_word_on_consent,
    offers_that_nobody_saw_are_taken_back,
    a_failed_message_is_tried_again_by_hand,
    what_the_operator_counts,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// Our call to the carrier came to this.
    Answer(OutboxState),
    /// The carrier reported this.
    Report(OutboxState),
}

/// Every order of the steps.
fn orders(steps: &[Step]) -> Vec<Vec<Step>> {
    if steps.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..steps.len() {
        let mut rest = steps.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first);
            all.push(order);
        }
    }
    all
}

fn outcome(state: OutboxState) -> Settled {
    let failed = state == OutboxState::Failed;
    Settled {
        carrier_message_id: Some("SM9".to_owned()),
        error_code: failed.then(|| "30005".to_owned()),
        error_class: failed.then_some(ErrorClass::BadNumber),
        ..Settled::to(state)
    }
}

/// What holds after every step: never a step back, and everything told agrees with the state.
fn check(before: &Outgoing, after: &Outgoing, step: Step, moved: bool) {
    let told = format!("{step:?} on {:?} gave {:?}", before.state, after.state);
    assert!(after.state.rank() >= before.state.rank(), "{told}");
    assert_eq!(moved, after.state != before.state, "{told}");
    assert_eq!(after.carrier_message_id.as_deref(), Some("SM9"), "{told}");
    let ended = matches!(after.state, OutboxState::Failed | OutboxState::Delivered);
    assert_eq!(after.ended_at.is_some(), ended, "{told}");
    assert_eq!(after.error_code.is_some(), after.state == OutboxState::Failed, "{told}");
    assert_eq!(after.error_class.is_some(), after.state == OutboxState::Failed, "{told}");
    let taken = matches!(after.state, OutboxState::Accepted | OutboxState::Delivered);
    assert!(!taken || after.accepted_at.is_some(), "{told}");
    let asked_again = after.state == OutboxState::Unknown;
    assert_eq!(after.lease_until.is_some(), asked_again, "{told}");
}

/// All orders of the three reports, each also repeated, with each answer the carrier may give.
async fn reports_and_the_answer_move_a_text_forward_in_any_order(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let mut played = 0;
    for answer in [OutboxState::Accepted, OutboxState::Unknown, OutboxState::Failed] {
        let steps = [
            Step::Answer(answer),
            Step::Report(OutboxState::Accepted),
            Step::Report(OutboxState::Failed),
            Step::Report(OutboxState::Delivered),
        ];
        for left_out in 0..=steps.len() {
            let mut chosen = steps.to_vec();
            if left_out < steps.len() {
                chosen.remove(left_out);
            }
            for order in orders(&chosen) {
                let text = sample.text(phone, MessageKind::Reply, &format!("m{played}"));
                played += 1;
                kept!(sample.store, tx => {
                    tx.enqueue(&text).await?;
                    assert_eq!(tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?.len(), 1);
                    for step in &order {
                        for repeated in [false, true] {
                            let before = tx.outgoing(text.id).await?.expect("the text");
                            let moved = match *step {
                                Step::Answer(_) if repeated => continue,
                                Step::Answer(to) => tx.settle_message(text.id, &outcome(to), start()).await?,
                                Step::Report(to) => tx.report_message(text.id, &outcome(to), start()).await?,
                            };
                            let after = tx.outgoing(text.id).await?.expect("the text");
                            check(&before, &after, *step, moved);
                        }
                    }
                    let last = tx.outgoing(text.id).await?.expect("the text").state;
                    let furthest = order.iter().map(|(Step::Answer(to) | Step::Report(to))| to);
                    let furthest = furthest.max_by_key(|state| state.rank()).expect("a step");
                    assert_eq!(last, *furthest, "{order:?}");
                    // Out of the way of the next.
                    tx.report_message(text.id, &outcome(OutboxState::Delivered), start()).await?;
                });
            }
        }
    }
    assert_eq!(played, 3 * (24 + 4 * 6));
}

async fn a_report_that_overtakes_the_answer_keeps_the_carrier_s_id(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let id = sample.enqueue(phone, MessageKind::Reply, "1").await;
    kept!(sample.store, tx => {
        tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?;
        assert!(tx.report_message(id, &Settled::to(OutboxState::Delivered), start()).await?);
        let answer = Settled {
            carrier_message_id: Some("SM9".to_owned()),
            segments: Some(2),
            ..Settled::to(OutboxState::Accepted)
        };
        assert!(!tx.settle_message(id, &answer, start()).await?);
    });
    let (row, found, elsewhere, accounted) = seen!(sample.store, tx => (
        tx.outgoing(id).await?.expect("the text"),
        tx.outgoing_by_carrier_id(line, "SM9").await?,
        tx.outgoing_by_carrier_id(model::LineId::from_uuid(uuid::Uuid::nil()), "SM9").await?,
        tx.accounted_for(phone, start()).await?,
    ));
    assert_eq!((row.state, row.segments), (OutboxState::Delivered, Some(2)));
    assert_eq!((found, elsewhere, accounted), (Some(id), None, vec!["SM9".to_owned()]));
    let later = start().after(seconds(1));
    assert!(seen!(sample.store, tx => tx.accounted_for(phone, later).await?).is_empty());
}

async fn the_same_message_is_written_once(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let written = at_once((0..12).map(|_| {
        let store = sample.store.clone();
        let text = sample.text(phone, MessageKind::HandOff, "names of K7Q");
        async move { kept!(store, tx => tx.enqueue(&text).await?) }
    }))
    .await;
    assert_eq!(written.iter().filter(|written| **written).count(), 1);
    let other = sample.text(phone, MessageKind::HandOff, "names of M3T");
    assert!(kept!(sample.store, tx => tx.enqueue(&other).await?));
    assert_eq!(seen!(sample.store, tx => tx.messages_to_phone(line, phone, 9).await?.len()), 2);
}

async fn waiting_texts_are_dropped_but_for_the_last_word_on_consent(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, ana, beth) = (sample.line, sample.phone(1).await, sample.phone(2).await);
    let on_its_way = sample.enqueue(ana, MessageKind::Reply, "1").await;
    kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 1).await?);
    let offer = sample.enqueue(ana, MessageKind::Offer, "2").await;
    let names = sample.enqueue(ana, MessageKind::HandOff, "3").await;
    let stop = sample.enqueue(ana, MessageKind::Consent, "4").await;
    let hers = sample.enqueue(beth, MessageKind::Reply, "5").await;
    let later = start().after(seconds(9));
    let dropped =
        kept!(sample.store, tx => tx.drop_waiting(ana, None, ErrorClass::OptedOut, later).await?);
    assert_eq!(dropped, 2);
    let ids = [on_its_way, offer, names, stop, hers];
    let states = seen!(sample.store, tx => {
        let mut states = Vec::new();
        for id in ids {
            let row = tx.outgoing(id).await?.expect("the text");
            states.push((row.state, row.error_class, row.ended_at));
        }
        states
    });
    let gone = (OutboxState::Failed, Some(ErrorClass::OptedOut), Some(later));
    let waits = (OutboxState::Waiting, None, None);
    assert_eq!(states, [(OutboxState::Sending, None, None), gone, gone, waits, waits]);
}

async fn offers_that_nobody_saw_are_taken_back(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (referral, other) = (sample.referral(1).await, sample.referral(2).await);
    let mut texts = Vec::new();
    for (n, referral, state) in [
        (0, referral, OfferState::Sent),    // its text waits
        (1, referral, OfferState::Resting), // it has no text yet
        (2, referral, OfferState::Sent),    // its text is on its way
        (3, referral, OfferState::Sent),    // its text arrived
        (4, referral, OfferState::Claimed), // answered before its text was sent to her
        (5, other, OfferState::Sent),       // another referral's
    ] {
        let (phone, member) = (sample.phone(100 + n).await, sample.member(100 + n).await);
        let (id, rests) =
            (OfferId::generate(start(), &sample.chance), state == OfferState::Resting);
        let text = NewMessage {
            referral_id: Some(referral),
            offer_id: Some(id),
            ..sample.text(phone, MessageKind::Offer, &format!("m{n}"))
        };
        let offer = NewOffer {
            id,
            chapter_id: sample.chapter,
            referral_id: referral,
            member_id: member,
            round: 1,
            position: i64::from(n),
            state,
            due_at: start(),
            outbox_id: (!rests).then_some(text.id),
        };
        texts.push(text.id);
        kept!(sample.store, tx => {
            assert!(tx.add_offer(&offer).await?);
            if !rests {
                assert!(tx.enqueue(&text).await?);
            }
        });
    }
    let (on_its_way, arrived, line) = (texts[2], texts[3], sample.line);
    // The two are leased by name, as it were: all others are put back.
    kept!(sample.store, tx => {
        for text in tx.lease_texts(line, start(), minutes(1), UNPACED, 99).await? {
            if text.id == arrived {
                tx.report_message(text.id, &Settled::to(OutboxState::Delivered), start()).await?;
            } else if text.id != on_its_way {
                tx.settle_message(text.id, &Settled::to(OutboxState::Waiting), start()).await?;
            }
        }
    });
    let back = kept!(sample.store, tx => tx.take_back_unseen_offers(referral, start()).await?);
    assert_eq!(back, 2);
    let (offers, others) =
        seen!(sample.store, tx => (tx.offers(referral).await?, tx.offers(other).await?));
    let states = offers.iter().map(|offer| offer.state).collect::<Vec<_>>();
    assert_eq!(
        states,
        [
            OfferState::Unsent,
            OfferState::Unsent,
            OfferState::Sent,
            OfferState::Sent,
            OfferState::Claimed
        ]
    );
    assert_eq!(others[0].state, OfferState::Sent);
    let left =
        kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 99).await?);
    assert_eq!(
        left.iter().map(|text| text.id).collect::<Vec<_>>(),
        [texts[5]],
        "the rest never go"
    );
    let gone = seen!(sample.store, tx => tx.messages_of_referral(referral).await?);
    let gone = gone.iter().filter(|text| text.state == OutboxState::Failed).collect::<Vec<_>>();
    assert_eq!(gone.len(), 2);
    assert!(gone.iter().all(|text| text.body.is_none() && text.ended_at == Some(start())));
}

async fn a_failed_message_is_tried_again_by_hand(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let id: OutboxId = sample.enqueue(phone, MessageKind::HandOff, "1").await;
    let (later, until) = (start().after(minutes(9)), start().after(day_hours(2)));
    let early = kept!(sample.store, tx => tx.retry_message(id, later, until).await?);
    assert!(!early, "it has not failed");
    kept!(sample.store, tx => {
        tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?;
        assert!(tx.settle_message(id, &outcome(OutboxState::Failed), start()).await?);
        assert!(tx.retry_message(id, later, until).await?);
        assert!(!tx.retry_message(id, later, until).await?);
    });
    let row = seen!(sample.store, tx => tx.outgoing(id).await?.expect("the text"));
    assert_eq!((row.state, row.due_at, row.expires_at), (OutboxState::Waiting, later, until));
    assert_eq!((row.error_code, row.error_class, row.ended_at), (None, None, None));
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, later, minutes(1), UNPACED, 9).await?);
    assert_eq!((leased.len(), leased[0].attempts), (1, 2));
}

async fn what_the_operator_counts(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, line) = (sample.chapter, sample.line);
    assert_eq!(seen!(sample.store, tx => tx.outbox_depth().await?), (0, None));
    assert!(seen!(sample.store, tx => tx.outbox_counts(None).await?).is_empty());
    for n in 0..3 {
        let (phone, at) = (sample.phone(n).await, start().after(minutes(i64::from(n))));
        let text = NewMessage {
            now: at,
            due_at: at,
            ..sample.text(phone, MessageKind::Reply, &format!("m{n}"))
        };
        kept!(sample.store, tx => tx.enqueue(&text).await?);
    }
    kept!(sample.store, tx => {
        let leased = tx.lease_texts(line, start().after(minutes(1)), minutes(1), UNPACED, 9).await?;
        assert_eq!(leased.len(), 2);
        tx.settle_message(leased[0].id, &Settled::to(OutboxState::Accepted), start()).await?;
    });
    let nobody = model::ChapterId::from_uuid(uuid::Uuid::nil());
    let (depth, counts, all, none, waiting) = seen!(sample.store, tx => (
        tx.outbox_depth().await?,
        tx.outbox_counts(Some(chapter)).await?,
        tx.outbox_counts(None).await?,
        tx.outbox_counts(Some(nobody)).await?,
        tx.outbox_in(None, OutboxState::Waiting, 9).await?,
    ));
    assert_eq!(depth, (2, Some(start().after(minutes(1)))));
    let told = counts.iter().map(|c| (c.state, c.kind, c.count, c.oldest)).collect::<Vec<_>>();
    let reply = MessageKind::Reply;
    assert_eq!(
        told,
        [
            (OutboxState::Accepted, reply, 1, start()),
            (OutboxState::Sending, reply, 1, start().after(minutes(1))),
            (OutboxState::Waiting, reply, 1, start().after(minutes(2))),
        ]
    );
    assert_eq!((all, none, waiting.len()), (counts, Vec::new(), 1));
}

/// Its lease lapsed, the carrier had no trace, and another node has the text in hand by now.
async fn a_node_that_was_slow_undoes_nothing(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let id = sample.enqueue(phone, MessageKind::Reply, "1").await;
    let lapsed = start().after(minutes(2));
    let (slow, quick) = kept!(sample.store, tx => {
        let slow = tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?.remove(0);
        tx.lease_unknown(line, lapsed, minutes(1), 9).await?;
        assert!(tx.settle_message(id, &Settled::to(OutboxState::Waiting), lapsed).await?);
        (slow.attempts, tx.lease_texts(line, lapsed, minutes(1), UNPACED, 9).await?[0].attempts)
    });
    assert_eq!((slow, quick), (1, 2));
    let told = |state, attempt| Settled { attempt: Some(attempt), ..outcome(state) };
    kept!(sample.store, tx => {
        for state in [OutboxState::Waiting, OutboxState::Unknown, OutboxState::Failed] {
            assert!(!tx.settle_message(id, &told(state, slow), lapsed).await?, "{state}");
            assert_eq!(tx.outgoing(id).await?.expect("it").state, OutboxState::Sending);
        }
        // That the carrier has it after all is news from whomever it comes.
        assert!(tx.settle_message(id, &told(OutboxState::Accepted, slow), lapsed).await?);
        assert!(!tx.settle_message(id, &told(OutboxState::Waiting, quick), lapsed).await?);
        assert_eq!(tx.outgoing(id).await?.expect("it").state, OutboxState::Accepted);
    });
}
