//! Rows that are locked on PostgreSQL, and what they may not hold up.
//!
//! A row that refers to another takes a share of that row's lock. A decision's lock must let those
//! pass: otherwise each text that comes in would wait for the line's sender, and two units that had
//! each written a row of a chapter could not both go on to draw a code.

use std::{sync::Arc, time::Duration};

use model::{ActorKind, EventId, MessageKind, minutes};
use serde_json::json;
use storage::NewEvent;
use testkit::databases::TestDatabase;
use tokio::sync::Barrier;

use super::sample::{Sample, UNPACED, at_once, start};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_that_wrote_in_a_chapter_may_all_lock_it() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    let both_have_written = Arc::new(Barrier::new(2));
    let units = (0..2).map(|_| {
        let (store, chapter, met) =
            (sample.store.clone(), sample.chapter, both_have_written.clone());
        let event = NewEvent {
            id: EventId::generate(start(), &sample.chance),
            chapter_id: chapter,
            inquiry_id: None,
            referral_id: None,
            at: start(),
            actor: ActorKind::Service,
            actor_id: None,
            kind: "opened".to_owned(),
            detail: json!({}),
        };
        async move {
            kept!(store, tx => {
                tx.add_event(&event).await?;
                met.wait().await;
                tx.lock_chapter(chapter).await?;
            });
        }
    });
    at_once(units).await;
}

/// A lease has texts in hand when it counts them to their numbers: if it then waited for a number, and
/// whoever has that waited for one of the texts, neither would go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_in_hand_holds_up_no_lease_but_its_own_text() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    let (line, store) = (sample.line, sample.store.clone());
    let (held, free) = (sample.phone(1).await, sample.phone(2).await);
    sample.enqueue(held, MessageKind::Reply, "1").await;
    let other = sample.enqueue(free, MessageKind::Reply, "2").await;
    let lease = move |store: storage::Store| async move {
        kept!(store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?)
    };
    kept!(sample.store, tx => {
        tx.set_passive_replies(held, 1).await?;
        let leased = tokio::time::timeout(Duration::from_secs(5), lease(store)).await;
        let leased = leased.expect("the lease waits for the number");
        assert_eq!(leased.iter().map(|text| text.id).collect::<Vec<_>>(), [other]);
    });
    assert_eq!(lease(sample.store.clone()).await.len(), 1, "and afterwards it goes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_holds_a_line_holds_up_no_text() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    let (line, phone, store) = (sample.line, sample.phone(1).await, sample.store.clone());
    let text = sample.text(phone, MessageKind::Reply, "1");
    kept!(sample.store, tx => {
        tx.line_for_update(line).await?.expect("the line");
        let beside = async move { kept!(store, tx => tx.enqueue(&text).await?) };
        let written = tokio::time::timeout(Duration::from_secs(5), beside).await;
        assert_eq!(written, Ok(true), "the text waits for the sender");
    });
}
