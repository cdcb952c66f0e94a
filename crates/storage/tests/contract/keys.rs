//! A database and its key belong together.

use model::{Chance, minutes};
use storage::{Error, Keyring};
use testkit::databases::TestDatabase;

use super::sample::{Sample, number, start};

testkit::on_both! {
    another_key_is_refused_and_changes_nothing,
    a_ring_with_a_newer_key_opens_what_the_older_sealed,
    of_two_that_take_a_new_key_one_is_refused,
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
    // What the newer key sealed needs the newer key.
    for _ in 0..2 {
        let old = database.store_with(database.keys()).await;
        assert!(matches!(old, Err(Error::OldKey)), "{old:?}");
    }
}

/// Two machines with a copy of the key file each begin a rotation at once.
async fn of_two_that_take_a_new_key_one_is_refused(database: TestDatabase) {
    let (first, second) = (database.store().await, database.store().await);
    let from = start().after(minutes(1));
    let grown = |seed| database.keys().grown(&Chance::seeded(seed), from).expect("a ring");
    let (ours, theirs) = (grown(7), grown(8));
    first.take_key(&ours, start()).await.expect("it is taken");
    first.take_key(&ours, start()).await.expect("and may be again, where it was broken off");
    let refused = second.take_key(&theirs, start()).await;
    assert!(matches!(refused, Err(Error::WrongKey)), "{refused:?}");
    // The new one's time has not come: a node that starts on it seals with the old one, and takes nothing back.
    drop(database.store_with(&ours).await.expect("it knows both"));
    let old = database.store_with(database.keys()).await;
    assert!(matches!(old, Err(Error::OldKey)), "{old:?}");
}
