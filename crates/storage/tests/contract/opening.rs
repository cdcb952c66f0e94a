//! Opening a database: fresh or known, alone or together with others.

use model::Chance;
use storage::{Error, Store};
use testkit::databases::TestDatabase;

use super::{
    cells::Raw,
    sample::{Sample, at_once, start},
};

testkit::on_both! {
    four_nodes_open_a_fresh_database_at_once,
    opening_again_changes_nothing,
    a_step_that_a_newer_release_added_does_not_stop_an_older_one,
    a_step_that_was_changed_is_refused,
    an_address_of_neither_kind_is_refused,
}

async fn four_nodes_open_a_fresh_database_at_once(database: TestDatabase) {
    let nodes = at_once((0..4).map(|n| {
        let (url, keys) = (database.url(), database.keys().clone());
        async move { Store::open(&url, &keys, Chance::seeded(n), start()).await }
    }))
    .await;
    let mut stores = Vec::new();
    for node in nodes {
        stores.push(node.expect("each opens it"));
    }
    let sample = Sample::in_store(stores[0].clone()).await;
    let chapter = sample.chapter;
    for store in &stores {
        assert!(seen!(store, tx => tx.chapter(chapter).await?).is_some());
        kept!(store, tx => tx.probe().await?);
    }
    let mut raw = Raw::connect(&database).await;
    assert_eq!(raw.count("SELECT COUNT(*) FROM installation").await, 1);
}

async fn opening_again_changes_nothing(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut raw = Raw::connect(&database).await;
    let steps = raw.count("SELECT COUNT(*) FROM _sqlx_migrations").await;
    sample.store.close().await;
    let again = database.store().await;
    let chapter = sample.chapter;
    assert!(seen!(again, tx => tx.chapter(chapter).await?).is_some());
    assert_eq!(raw.count("SELECT COUNT(*) FROM _sqlx_migrations").await, steps);
    assert!(steps >= 1);
}

/// Old and new nodes work side by side while an installation is brought up to date.
async fn a_step_that_a_newer_release_added_does_not_stop_an_older_one(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut raw = Raw::connect(&database).await;
    raw.run(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         SELECT 9999, 'from the future', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1;
         ALTER TABLE chapters ADD COLUMN added_later TEXT",
    )
    .await
    .expect("a newer release was here");
    let (older, chapter) = (database.store().await, sample.chapter);
    assert!(seen!(older, tx => tx.chapter(chapter).await?).is_some());
    assert!(seen!(sample.store, tx => tx.chapter(chapter).await?).is_some());
}

async fn a_step_that_was_changed_is_refused(database: TestDatabase) {
    Sample::new(&database).await;
    let mut raw = Raw::connect(&database).await;
    let zero = if database.sqlite_file().is_some() { "x'00'" } else { "'\\x00'::bytea" };
    raw.run(&format!("UPDATE _sqlx_migrations SET checksum = {zero}")).await.expect("changed");
    let refused = database.store_with(database.keys()).await;
    assert!(matches!(refused, Err(Error::Migrate(_))), "{refused:?}");
}

async fn an_address_of_neither_kind_is_refused(database: TestDatabase) {
    for url in ["mysql://localhost/latchline", "latchline.db", ""] {
        let refused = Store::open(url, database.keys(), Chance::seeded(1), start()).await;
        assert!(matches!(refused, Err(Error::UnknownUrl)), "{url}: {refused:?}");
    }
}
