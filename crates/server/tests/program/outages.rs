//! The database goes away under a running service, or takes nothing more: nothing is half done, and
//! nothing needs a hand when it is back.

use std::process::Command;

use testkit::databases::TestDatabase;

use super::{
    cluster::Cluster,
    house::{House, MEMBERS},
};

const JESS: &str = "+17185550111";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql_stops_and_starts_again() {
    let mut cluster = Cluster::start();
    let mut house = House::new(&cluster.url()).await;
    house.serve().await;
    let code = house.asks(JESS, &[]).await;
    cluster.stop();
    what_comes_meanwhile_is_taken_afterwards(&house, &code, || cluster.begin()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlites_disk_is_full_and_has_room_again() {
    let database = TestDatabase::sqlite();
    let mut house = House::new(&database.url()).await;
    house.serve().await;
    let code = house.asks(JESS, &[]).await;
    house.outbox_rests().await;
    let pid = house.pid().to_string();
    // No file of the service's may grow beyond its first byte, nor be written beyond it.
    let limit = |soft: &str| {
        let limit = format!("--fsize={soft}:unlimited");
        let done = Command::new("prlimit").args(["--pid", &pid, &limit]).status();
        assert!(done.expect("prlimit starts").success(), "{limit}");
    };
    limit("1");
    what_comes_meanwhile_is_taken_afterwards(&house, &code, || limit("unlimited")).await;
}

/// While the database cannot be written to, a text is refused with 503 and has no effect; the service
/// lives, and says that it is not ready. Afterwards the same text is taken, once.
async fn what_comes_meanwhile_is_taken_afterwards(house: &House, code: &str, mend: impl FnOnce()) {
    let [(_, ana), (_, beth), ..] = MEMBERS;
    house
        .until("serve is not ready", async || {
            (house.status("/readyz").await == Some(503)).then_some(())
        })
        .await;
    assert_eq!(house.status("/healthz").await, Some(200));
    let refused = house.text_once(ana, code).await;
    assert_eq!(refused.statuses, [503]);
    mend();
    house
        .until("serve is ready again", async || {
            (house.status("/readyz").await == Some(200)).then_some(())
        })
        .await;
    house
        .until("the text is taken", async || {
            (house.again(&refused.sid).await == [200]).then_some(())
        })
        .await;
    house.told(ana, "place 1 of 3").await;
    assert_eq!(house.again(&refused.sid).await, [200], "and once more");
    assert_eq!(house.text(beth, code).await, [200]);
    house.told(beth, "place 2 of 3").await;
    house.outbox_rests().await;
    house.nothing_was_sent_twice();
}
