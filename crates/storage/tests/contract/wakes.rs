//! Hints: after the commit, to every node, and never for what was not kept.

use std::{collections::HashSet, time::Duration};

use model::{ChapterId, MessageKind, TaskKind};
use storage::{Error, Result, Store, Task, Wake};
use testkit::databases::TestDatabase;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};
use uuid::Uuid;

use super::sample::{Sample, start};

testkit::on_both! {
    a_hint_comes_after_the_commit,
    what_is_not_kept_gives_no_hint,
    every_kind_of_change_gives_its_hint,
}

/// Far more than a hint ever takes: a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(10);

fn chapter(n: u128) -> Wake {
    Wake::Chapter(ChapterId::from_uuid(Uuid::from_u128(n)))
}

async fn hint(store: &Store, wake: Wake) {
    kept!(store, tx => tx.wake(wake));
}

async fn next(wakes: &mut Receiver<Wake>) -> Wake {
    tokio::time::timeout(PATIENCE, wakes.recv()).await.expect("a hint").expect("a store")
}

async fn a_hint_comes_after_the_commit(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let text = sample.text(phone, MessageKind::Reply, "1");
    let id = text.id;
    let mut wakes = sample.store.wakes();
    let mut wakes = kept!(sample.store, tx => {
        tx.enqueue(&text).await?;
        assert_eq!(wakes.try_recv(), Err(TryRecvError::Empty), "it is not kept yet");
        wakes
    });
    assert_eq!(next(&mut wakes).await, Wake::Outbox);
    assert!(seen!(sample.store, tx => tx.outgoing(id).await?).is_some());
    // Whoever acts on the hint at once finds the row, each time.
    let (mut wakes, store) = (sample.store.wakes(), sample.store.clone());
    let listener = tokio::spawn(async move {
        for n in 0..30 {
            while next(&mut wakes).await != Wake::Tasks {}
            let subject = Uuid::from_u128(n);
            assert!(seen!(store, tx => tx.task_due_at(TaskKind::Hold, subject).await?).is_some());
        }
    });
    for n in 0..30 {
        let task =
            Task { kind: TaskKind::Hold, subject: Uuid::from_u128(n), chapter_id: sample.chapter };
        kept!(sample.store, tx => tx.plan(task, start()).await?);
    }
    listener.await.expect("it found every row");
}

async fn what_is_not_kept_gives_no_hint(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut wakes = sample.store.wakes();
    for broken in [false, true] {
        let told: Result<()> = sample
            .store
            .write(move |tx| {
                Box::pin(async move {
                    tx.wake(chapter(1));
                    assert!(!broken, "a unit of this test breaks off");
                    Err(Error::WrongKey)
                })
            })
            .await;
        told.expect_err("it fails");
    }
    hint(&sample.store, chapter(2)).await;
    assert_eq!(next(&mut wakes).await, chapter(2));
}

async fn every_kind_of_change_gives_its_hint(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, phone) = (sample.chapter, sample.phone(1).await);
    let (referral, text) = (sample.referral(2).await, sample.text(phone, MessageKind::Reply, "1"));
    let task = Task { kind: TaskKind::Hold, subject: Uuid::nil(), chapter_id: chapter };
    let mut wakes = sample.store.wakes();
    kept!(sample.store, tx => {
        let mut referral = tx.referral_for_update(referral).await?.expect("the referral");
        tx.save_referral(&mut referral).await?;
        tx.enqueue(&text).await?;
        tx.plan(task, start()).await?;
        // Twice the same hint is one.
        tx.wake(Wake::Outbox);
    });
    hint(&sample.store, self::chapter(9)).await;
    let mut came = Vec::new();
    while came.last() != Some(&self::chapter(9)) {
        came.push(next(&mut wakes).await);
    }
    assert_eq!(came, [Wake::Chapter(chapter), Wake::Outbox, Wake::Tasks, self::chapter(9)]);
}

/// Hints until the other node hears: it may only just have begun to listen.
async fn introduce(from: &Store, to: &mut Receiver<Wake>) {
    let hinted = async {
        for n in 1000.. {
            hint(from, chapter(n)).await;
            let heard = tokio::time::timeout(Duration::from_millis(200), to.recv()).await;
            if heard.is_ok() {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, hinted).await.expect("the other node hears");
}

/// Hints once each, expects each once at the other node, and gives what else was heard there.
async fn all_are_heard(
    from: &Store,
    to: &mut Receiver<Wake>,
    hints: std::ops::Range<u128>,
) -> Vec<Wake> {
    for n in hints.clone() {
        hint(from, chapter(n)).await;
    }
    let hinted = hints.map(chapter).collect::<HashSet<_>>();
    let (mut missing, mut others) = (hinted.clone(), Vec::new());
    while !missing.is_empty() {
        let heard = next(to).await;
        if hinted.contains(&heard) {
            assert!(missing.remove(&heard), "{heard:?} was heard twice");
        } else {
            others.push(heard);
        }
    }
    others
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_postgresql_every_node_hears_of_it_once() {
    let database = TestDatabase::postgres().await;
    let (one, two) = (database.store().await, database.store().await);
    let (mut at_one, mut at_two) = (one.wakes(), two.wakes());
    introduce(&one, &mut at_two).await;
    introduce(&two, &mut at_one).await;
    all_are_heard(&one, &mut at_two, 0..40).await;
    // The first node hears its own at once, and not again when they come round.
    let mut own = one.wakes();
    hint(&one, chapter(200)).await;
    assert_eq!(next(&mut own).await, chapter(200));
    let others = all_are_heard(&two, &mut own, 300..320).await;
    assert!(!others.contains(&chapter(200)), "{others:?}");
    for kind in [Wake::Outbox, Wake::Tasks] {
        hint(&one, kind).await;
        while next(&mut at_two).await != kind {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_lost_its_connections_hears_again() {
    let database = TestDatabase::postgres().await;
    let (one, two) = (database.store().await, database.store().await);
    let mut at_two = two.wakes();
    introduce(&one, &mut at_two).await;
    super::faults::cut_all_connections(&database).await;
    introduce(&one, &mut at_two).await;
}
