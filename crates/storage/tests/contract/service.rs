//! One service at most works on a SQLite file; over PostgreSQL any number do.

use std::process::Command;

use model::Chance;
use storage::{Error, Keyring, Store};
use testkit::databases::TestDatabase;

use super::sample::{Sample, start};

testkit::on_both! {
    no_service_and_no_restore_at_once,
}

/// Where this test, started once more as another process, finds the database.
const SECOND_PROCESS: &str = "LATCHLINE_TEST_SECOND_PROCESS";
const THIS_TEST: &str = "contract::service::another_process_is_refused_until_the_first_is_done";
/// What the other process exits with where the file has its service.
const REFUSED: i32 = 42;

#[tokio::test]
async fn another_process_is_refused_until_the_first_is_done() {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is how the first process speaks to the second"
    )]
    if let Ok(url) = std::env::var(SECOND_PROCESS) {
        let keys = Keyring::generate(&Chance::seeded(1));
        let store = Store::open(&url, &keys, Chance::seeded(2), start()).await.expect("it opens");
        kept!(store, tx => tx.probe().await?);
        match store.begin_service().await {
            Ok(_) => std::process::exit(0),
            Err(Error::AlreadyServed) => std::process::exit(REFUSED),
            Err(error) => panic!("{error}"),
        }
    }
    let database = TestDatabase::sqlite();
    let sample = Sample::new(&database).await;
    let another_process = async || {
        let (url, program) = (database.url(), std::env::current_exe().expect("this program"));
        let ended = tokio::task::spawn_blocking(move || {
            Command::new(program).args(["--exact", THIS_TEST]).env(SECOND_PROCESS, url).output()
        });
        let ended = ended.await.expect("it ends").expect("it starts");
        ended.status.code().expect("it exits")
    };
    assert_eq!(another_process().await, 0, "nobody serves yet");
    let service = sample.store.begin_service().await.expect("nobody else serves");
    assert_eq!(another_process().await, REFUSED);
    let refused = database.store().await.begin_service().await;
    assert!(matches!(refused, Err(Error::AlreadyServed)), "nor in the same process: {refused:?}");
    drop(service);
    assert_eq!(another_process().await, 0, "the next may serve");
}

#[tokio::test]
async fn over_postgresql_every_node_serves() {
    let database = TestDatabase::postgres().await;
    let (one, two) = (database.store().await, database.store().await);
    let _first = one.begin_service().await.expect("it serves");
    let _second = two.begin_service().await.expect("it serves as well");
}

async fn no_service_and_no_restore_at_once(database: TestDatabase) {
    let (serving, restoring) = (database.store().await, database.store().await);
    let service = serving.begin_service().await.expect("it serves");
    let refused = restoring.keep_services_away().await;
    assert!(matches!(refused, Err(Error::Served)), "{refused:?}");
    drop(service);
    // PostgreSQL sees some moments later that a connection is gone.
    let mut tries = 0;
    let alone = loop {
        match restoring.keep_services_away().await {
            Ok(alone) => break alone,
            Err(Error::Served) if tries < 1000 => tries += 1,
            Err(error) => panic!("{error}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    let refused = serving.begin_service().await;
    assert!(matches!(refused, Err(Error::BeingRestored | Error::AlreadyServed)), "{refused:?}");
    drop(alone);
}
