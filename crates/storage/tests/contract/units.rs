//! A unit of work is kept whole or not at all, and its caller is told which.

use std::{future::Future, pin::Pin, task::Poll};

use futures_util::{
    FutureExt as _,
    future::{BoxFuture, MaybeDone, maybe_done},
};
use model::{ChapterId, TaskKind};
use sqlx::{ConnectOptions as _, Executor as _, SqliteConnection};
use storage::{Error, Result, Store, Task, WriteTx};
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::{
    cells::Raw,
    sample::{Sample, at_once, new_chapter, start},
};

testkit::on_both! {
    a_unit_that_fails_leaves_nothing,
    a_unit_that_panics_leaves_nothing_and_hurts_nobody,
    a_unit_that_overlooks_a_failed_statement_is_not_kept,
    a_unit_whose_caller_goes_away_is_kept_whole_or_not_at_all,
    closing_finishes_what_is_queued,
}

/// Writes two rows that stand or fall together.
async fn mark(tx: &mut WriteTx, chapter_id: ChapterId, n: u128) -> Result<()> {
    let task = Task { kind: TaskKind::Settle, subject: Uuid::from_u128(n), chapter_id };
    tx.plan(task, start()).await?;
    tx.plan(Task { kind: TaskKind::Promise, ..task }, start()).await
}

/// How many of a mark's two rows are there.
async fn marks(store: &Store, n: u128) -> usize {
    seen!(store, tx => {
        let subject = Uuid::from_u128(n);
        let first = tx.task_due_at(TaskKind::Settle, subject).await?;
        let second = tx.task_due_at(TaskKind::Promise, subject).await?;
        usize::from(first.is_some()) + usize::from(second.is_some())
    })
}

fn marking(sample: &Sample, n: u128) -> impl Future<Output = Result<()>> + Send + 'static {
    let (store, chapter) = (sample.store.clone(), sample.chapter);
    async move { store.write(move |tx| Box::pin(mark(tx, chapter, n))).await }
}

/// Fails after it has written.
fn failing(sample: &Sample, n: u128) -> impl Future<Output = Result<()>> + Send + 'static {
    let (store, chapter) = (sample.store.clone(), sample.chapter);
    async move {
        let unit = store.write(move |tx| {
            Box::pin(async move {
                mark(tx, chapter, n).await?;
                Err(Error::WrongKey)
            })
        });
        unit.await
    }
}

fn panicking(sample: &Sample, n: u128) -> impl Future<Output = Result<()>> + Send + 'static {
    let (store, chapter) = (sample.store.clone(), sample.chapter);
    async move {
        let unit = store.write(move |tx| {
            Box::pin(async move {
                mark(tx, chapter, n).await?;
                panic!("a unit of this test breaks off");
            })
        });
        unit.await
    }
}

/// Is refused by the table, after it has written.
fn refused(sample: &Sample, n: u128) -> impl Future<Output = Result<()>> + Send + 'static {
    let (store, chapter) = (sample.store.clone(), sample.chapter);
    async move {
        let unit = store.write(move |tx| {
            Box::pin(async move {
                mark(tx, chapter, n).await?;
                mark(tx, ChapterId::from_uuid(Uuid::nil()), n + 1_000_000).await
            })
        });
        unit.await
    }
}

async fn a_unit_that_fails_leaves_nothing(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let told = failing(&sample, 1).await;
    assert!(matches!(told, Err(Error::WrongKey)), "the unit's own error: {told:?}");
    let told = refused(&sample, 2).await;
    assert!(matches!(&told, Err(error @ Error::Sql(_)) if !error.is_passing()), "{told:?}");
    marking(&sample, 3).await.expect("the next is kept");
    assert_eq!([marks(&sample.store, 1).await, marks(&sample.store, 2).await], [0, 0]);
    assert_eq!(marks(&sample.store, 3).await, 2);
}

async fn a_unit_that_panics_leaves_nothing_and_hurts_nobody(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let told = panicking(&sample, 1).await;
    assert!(matches!(told, Err(Error::BrokenOff)), "{told:?}");
    // Already before it has begun to wait for anything.
    let told: Result<()> = sample
        .store
        .write(|_| -> BoxFuture<'_, Result<()>> { panic!("a unit of this test breaks off") })
        .await;
    assert!(matches!(told, Err(Error::BrokenOff)), "{told:?}");
    let told: Result<()> = sample
        .store
        .read(|_| -> BoxFuture<'_, Result<()>> { panic!("a unit of this test breaks off") })
        .await;
    assert!(matches!(told, Err(Error::BrokenOff)), "{told:?}");
    let all = at_once((2..34).map(|n| marking(&sample, n))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(marks(&sample.store, 1).await, 0);
    assert_eq!(marks(&sample.store, 33).await, 2);
}

/// PostgreSQL keeps nothing of a transaction in which a statement failed, and says so to nobody who
/// does not ask; a caller who was told that all is well would believe it.
async fn a_unit_that_overlooks_a_failed_statement_is_not_kept(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let chapter = sample.chapter;
    let told: Result<()> = sample
        .store
        .write(move |tx| {
            Box::pin(async move {
                mark(tx, chapter, 1).await?;
                let nobody = ChapterId::from_uuid(Uuid::nil());
                assert!(mark(tx, nobody, 2).await.is_err(), "there is no such chapter");
                Ok(())
            })
        })
        .await;
    assert!(matches!(told, Err(Error::BrokenOff)), "{told:?}");
    assert_eq!(marks(&sample.store, 1).await, 0);
    marking(&sample, 3).await.expect("the next is kept");
}

/// Callers go away at any moment: before their unit began, in its midst, after it. Between them
/// units fail, whose rows a unit that inherits their transaction would keep.
async fn a_unit_whose_caller_goes_away_is_kept_whole_or_not_at_all(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let callers = (0..300_u64).map(|n| {
        let unit = match n % 3 {
            0 => marking(&sample, u128::from(n)).boxed(),
            1 => failing(&sample, u128::from(n)).boxed(),
            _ => marking(&sample, u128::from(n)).boxed(),
        };
        let patience = std::time::Duration::from_micros(sample.chance.below(4_000));
        async move { tokio::time::timeout(patience, unit).await.ok() }
    });
    let told = at_once(callers).await;
    assert!(told.iter().any(Option::is_none), "no caller went away");
    // Closing waits for what is still in hand.
    sample.store.close().await;
    let store = database.store().await;
    for (n, told) in told.into_iter().enumerate() {
        let rows = marks(&store, n as u128).await;
        match told {
            Some(Ok(())) => assert_eq!(rows, 2, "unit {n} was kept"),
            Some(Err(Error::WrongKey)) => assert_eq!(rows, 0, "unit {n} failed"),
            Some(Err(error)) => panic!("unit {n}: {error}"),
            None if n % 3 == 1 => assert_eq!(rows, 0, "unit {n} failed unheard"),
            None => assert!(rows != 1, "half of unit {n} was kept"),
        }
    }
}

async fn closing_finishes_what_is_queued(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut units = Vec::new();
    for n in 0..60 {
        units.push(Box::pin(maybe_done(marking(&sample, n).boxed())));
    }
    poll_each_once(&mut units).await;
    let store = sample.store.clone();
    let closing = tokio::spawn(async move { store.close().await });
    for (n, mut unit) in units.into_iter().enumerate() {
        unit.as_mut().await;
        let told = unit.as_mut().take_output().expect("its outcome");
        assert!(told.is_ok(), "unit {n}: {told:?}");
    }
    closing.await.expect("it closes");
    let told = marking(&sample, 99).await;
    assert!(matches!(&told, Err(error @ Error::Closed) if error.is_passing()), "{told:?}");
    let read: Result<()> = sample.store.read(|_| Box::pin(async { Ok(()) })).await;
    assert!(matches!(read, Err(Error::Closed)), "{read:?}");
    sample.store.close().await;
    let again = database.store().await;
    for n in 0..60 {
        assert_eq!(marks(&again, n).await, 2);
    }
    assert_eq!(marks(&again, 99).await, 0);
}

type Queued = Pin<Box<MaybeDone<BoxFuture<'static, Result<()>>>>>;

/// Begins every unit and waits for none. Unconstrained: tokio would let a task begin only so many.
async fn poll_each_once(units: &mut [Queued]) {
    let begin = std::future::poll_fn(|context| {
        for unit in units.iter_mut() {
            let _ = unit.as_mut().poll(context);
        }
        Poll::Ready(())
    });
    tokio::task::unconstrained(begin).await;
}

async fn second_connection(database: &TestDatabase) -> SqliteConnection {
    let file = database.sqlite_file().expect("a file");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    options.connect().await.expect("SQLite opens")
}

/// Lets the units queue behind another connection that writes, and tells what came of each.
async fn behind_another_writer(
    database: &TestDatabase,
    units: Vec<BoxFuture<'static, Result<()>>>,
) -> Vec<Result<()>> {
    let mut other = second_connection(database).await;
    other.execute("BEGIN IMMEDIATE").await.expect("the lock");
    let mut units: Vec<_> = units.into_iter().map(|unit| Box::pin(maybe_done(unit))).collect();
    poll_each_once(&mut units).await;
    other.execute("COMMIT").await.expect("let go");
    let mut told = Vec::new();
    for mut unit in units {
        unit.as_mut().await;
        told.push(unit.as_mut().take_output().expect("its outcome"));
    }
    told
}

/// How many commits SQLite's log holds: each ends with a frame that tells the file's new size.
fn commits(database: &TestDatabase) -> usize {
    let log = format!("{}-wal", database.sqlite_file().expect("a file").display());
    let log = std::fs::read(log).expect("the log");
    let word = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().expect("four bytes"));
    let (page, salt) = (word(8) as usize, &log[16..24]);
    let frames = log[32..].chunks_exact(24 + page);
    frames.take_while(|frame| frame[8..16] == *salt).filter(|frame| frame[4..8] != [0; 4]).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_writers_share_commits_on_sqlite() {
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    let before = commits(&database);
    marking(&sample, 1000).await.expect("kept");
    assert_eq!(commits(&database) - before, 1, "each commit is counted");
    let units = (0..100).map(|n| marking(&sample, n).boxed()).collect();
    let told = behind_another_writer(&database, units).await;
    assert!(told.iter().all(Result::is_ok), "{told:?}");
    // The first to come may go alone or with some; of the others 64 go at once.
    let shared = commits(&database) - before - 1;
    assert!(shared <= 3, "100 units took {shared} commits");
    for n in 0..100 {
        assert_eq!(marks(&sample.store, n).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neighbours_in_a_shared_commit_do_not_hurt_each_other() {
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    let units = (0..60)
        .map(|n| match n % 5 {
            1 => failing(&sample, n).boxed(),
            2 => panicking(&sample, n).boxed(),
            3 => refused(&sample, n).boxed(),
            _ => marking(&sample, n).boxed(),
        })
        .collect();
    let told = behind_another_writer(&database, units).await;
    for (n, told) in told.into_iter().enumerate() {
        let rows = marks(&sample.store, n as u128).await;
        let expected = match n % 5 {
            1 => matches!(told, Err(Error::WrongKey)) && rows == 0,
            2 => matches!(told, Err(Error::BrokenOff)) && rows == 0,
            3 => matches!(told, Err(Error::Sql(_))) && rows == 0,
            _ => told.is_ok() && rows == 2,
        };
        assert!(expected, "unit {n}: {told:?}, {rows} rows");
    }
}

/// A full disk or a failing one makes SQLite take back the whole transaction in the midst of it, as
/// this trigger does. Then nothing of it may be kept, and nobody may be told otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_sqlite_takes_back_takes_nobody_in() {
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    let mut raw = Raw::connect(&database).await;
    raw.run(
        "CREATE TRIGGER full BEFORE INSERT ON chapters
         BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END",
    )
    .await
    .expect("a trigger");
    let poison = |overlooked: bool| {
        let (store, known) = (sample.store.clone(), sample.chapter);
        let chapter = new_chapter(ChapterId::from_uuid(Uuid::from_u128(9)), "full");
        async move {
            let unit = store.write(move |tx| {
                Box::pin(async move {
                    match tx.add_chapter(&chapter).await {
                        Err(_) if overlooked => mark(tx, known, 77).await,
                        other => other.map(|_| ()),
                    }
                })
            });
            unit.await
        }
    };
    for (round, overlooked) in [(0, false), (100, true)] {
        let mut units = (0..20).map(|n| marking(&sample, round + n).boxed()).collect::<Vec<_>>();
        units.insert(10, poison(overlooked).boxed());
        let mut told = behind_another_writer(&database, units).await;
        assert!(told.remove(10).is_err());
        let mut kept = 0;
        for (n, told) in told.into_iter().enumerate() {
            let rows = marks(&sample.store, round + n as u128).await;
            assert_eq!(rows, if told.is_ok() { 2 } else { 0 }, "unit {n} was told {told:?}");
            kept += rows;
        }
        assert!(kept < 40, "none was in one transaction with the one that broke it");
        assert_eq!(marks(&sample.store, 77).await, 0);
        marking(&sample, round + 50).await.expect("the next is kept");
    }
}

/// Nothing is kept, the callers are told that it may pass, and it does pass by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_another_program_holds_too_long_is_told_and_got_over() {
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    let mut other = second_connection(&database).await;
    other.execute("BEGIN IMMEDIATE").await.expect("the lock");
    let told = marking(&sample, 1).await;
    assert!(matches!(&told, Err(error) if error.is_passing()), "{told:?}");
    other.execute("COMMIT").await.expect("let go");
    marking(&sample, 2).await.expect("kept");
    assert_eq!([marks(&sample.store, 1).await, marks(&sample.store, 2).await], [0, 2]);
}
