//! A database and its key belong together.

use model::Chance;
use storage::{Error, Keyring};
use testkit::databases::TestDatabase;

use super::sample::{Sample, number};

testkit::on_both! {
    another_key_is_refused_and_changes_nothing,
    a_ring_with_a_newer_key_opens_what_the_older_sealed,
}

async fn another_key_is_refused_and_changes_nothing(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let other = Keyring::generate(&Chance::seeded(99));
    for _ in 0..3 {
        let refused = database.store_with(&other).await;
        assert!(matches!(refused, Err(Error::WrongKey)), "{refused:?}");
    }
    let again = database.store().await;
    let read = seen!(again, tx => tx.phone(phone).await?.expect("the row"));
    assert_eq!(read.number, Some(number(1)));
}

async fn a_ring_with_a_newer_key_opens_what_the_older_sealed(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let newer = "2 AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    let both = Keyring::parse(&format!("{}{newer}\n", *database.keys().to_text())).expect("a ring");
    let rotated = Sample { store: database.store_with(&both).await.expect("it opens"), ..sample };
    let store = rotated.store.clone();
    assert_eq!(
        seen!(store, tx => tx.phone(phone).await?.expect("the row").number),
        Some(number(1))
    );
    assert_eq!(rotated.phone(1).await, phone, "the number is found under the same hash");
    let newly = rotated.phone(2).await;
    // What the newer key sealed needs the newer key.
    let old = database.store().await;
    let read = old.read(move |tx| Box::pin(tx.phone(newly))).await;
    assert!(matches!(read, Err(Error::Unreadable { table: "phones", column: "number", .. })));
}
