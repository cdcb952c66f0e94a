//! The database goes away and comes back, and nothing needs a hand.

use std::time::Duration;

use model::TaskKind;
use storage::{Error, Result, Task};
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::{
    cells::Raw,
    sample::{Sample, at_once, start},
};

testkit::on_both! {
    a_refusal_that_stays_is_told_from_one_that_passes,
}

/// As a restart of PostgreSQL or of a proxy before it does.
pub(crate) async fn cut_all_connections(database: &TestDatabase) {
    let mut raw = Raw::connect(database).await;
    let cut = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(raw.count(cut).await > 0, "there was none to cut");
}

fn task(sample: &Sample, n: u128) -> Task {
    Task { kind: TaskKind::Hold, subject: Uuid::from_u128(n), chapter_id: sample.chapter }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_unit_works_when_connections_were_cut() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    for round in 0..3 {
        // Fill the pool first, so that what follows borrows connections that were cut.
        at_once((0..16).map(|n| {
            let (store, task) = (sample.store.clone(), task(&sample, n));
            async move { kept!(store, tx => tx.plan(task, start()).await?) }
        }))
        .await;
        cut_all_connections(&database).await;
        let task = task(&sample, 1000 + round);
        kept!(sample.store, tx => tx.plan(task, start()).await?);
        assert!(
            seen!(sample.store, tx => tx.task_due_at(task.kind, task.subject).await?).is_some()
        );
    }
}

/// How many of the store's connections are doing or keeping something.
const BUSY: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_callers_who_go_away_leave_no_connection_inside_a_transaction() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    let callers = (0..300_u128).map(|n| {
        let (store, task) = (sample.store.clone(), task(&sample, n));
        let unit = async move {
            match n % 3 {
                0 => drop(
                    store.read(move |tx| Box::pin(tx.task_due_at(task.kind, task.subject))).await,
                ),
                1 => drop(store.write(move |tx| Box::pin(tx.plan(task, start()))).await),
                _ => {
                    let failing: Result<()> = store
                        .write(move |tx| {
                            Box::pin(async move {
                                tx.plan(task, start()).await?;
                                Err(Error::WrongKey)
                            })
                        })
                        .await;
                    drop(failing);
                }
            }
        };
        let patience = Duration::from_micros(sample.chance.below(6_000));
        async move { tokio::time::timeout(patience, unit).await.is_ok() }
    });
    let stayed = at_once(callers).await.into_iter().filter(|stayed| *stayed).count();
    assert!(stayed < 300, "no caller went away");
    let mut raw = Raw::connect(&database).await;
    let rest = async { while raw.count(BUSY).await > 0 {} };
    tokio::time::timeout(Duration::from_secs(10), rest).await.expect("a transaction stays open");
    // Every connection serves the next who comes, with a transaction of his own.
    at_once((1000..1064).map(|n| {
        let (store, task) = (sample.store.clone(), task(&sample, n));
        async move { kept!(store, tx => tx.plan(task, start()).await?) }
    }))
    .await;
    let mut raw = Raw::connect(&database).await;
    let kept = raw.count("SELECT COUNT(*) FROM tasks").await;
    sample.store.close().await;
    assert_eq!(
        raw.count("SELECT COUNT(*) FROM tasks").await,
        kept,
        "what was kept was kept at once"
    );
    assert!((64..=164).contains(&kept), "{kept} rows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_in_whose_midst_the_connection_is_cut_leaves_nothing() {
    let database = TestDatabase::postgres().await;
    let sample = Sample::new(&database).await;
    let (first, second) = (task(&sample, 1), task(&sample, 2));
    let database = std::sync::Arc::new(database);
    let cutting = database.clone();
    let told: Result<()> = sample
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.plan(first, start()).await?;
                cut_all_connections(&cutting).await;
                tx.plan(second, start()).await
            })
        })
        .await;
    assert!(matches!(&told, Err(error @ Error::Sql(_)) if error.is_passing()), "{told:?}");
    // Cut between its last statement and its commit, it is not kept either.
    let cutting = database.clone();
    let told: Result<()> = sample
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.plan(second, start()).await?;
                cut_all_connections(&cutting).await;
                Ok(())
            })
        })
        .await;
    assert!(matches!(&told, Err(error @ Error::Sql(_)) if error.is_passing()), "{told:?}");
    let kept = seen!(sample.store, tx => {
        (tx.task_due_at(first.kind, first.subject).await?, tx.task_due_at(second.kind, second.subject).await?)
    });
    assert_eq!(kept, (None, None));
}

async fn a_refusal_that_stays_is_told_from_one_that_passes(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    // PostgreSQL keeps no NUL in text; however often it is tried, that will not pass.
    let nul: Result<()> =
        sample.store.write(move |tx| Box::pin(tx.set_phone_language(phone, "e\0n"))).await;
    match (database.postgres_options(), nul) {
        (Some(_), Err(error)) => assert!(!error.is_passing(), "{error:?}"),
        (None, Ok(())) => {}
        (_, other) => panic!("{other:?}"),
    }
    let nobody = Task { chapter_id: model::ChapterId::from_uuid(Uuid::nil()), ..task(&sample, 1) };
    let missing: Result<()> =
        sample.store.write(move |tx| Box::pin(tx.plan(nobody, start()))).await;
    assert!(matches!(&missing, Err(error) if !error.is_passing()), "{missing:?}");
    assert!(!Error::WrongKey.is_passing() && Error::BrokenOff.is_passing());
}
