//! What is erased when its time is over, and what is sealed anew with another key.

use model::{InquiryState, minutes};
use storage::Keyring;
use testkit::databases::TestDatabase;

use super::{
    cells::Raw,
    filled::{Filled, fill},
    sample::{Sample, number, start},
};

testkit::on_both! {
    words_and_numbers_go_and_rows_stay,
    an_erased_number_is_known_again_when_it_texts,
    everything_is_sealed_anew_beside_a_node_that_runs,
}

async fn closed(sample: &Sample, people: Filled, closed: bool) {
    kept!(sample.store, tx => {
        let mut inquiry = tx.inquiry_for_update(people.inquiry).await?.expect("the inquiry");
        inquiry.state = if closed { InquiryState::Closed } else { InquiryState::Referred };
        inquiry.closed_at = closed.then_some(start());
        tx.save_inquiry(&inquiry).await?;
    });
}

async fn words_and_numbers_go_and_rows_stay(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let people = fill(&sample).await;
    let (chapter, later) = (sample.chapter, start().after(minutes(1)));
    closed(&sample, people, false).await;
    let erased = kept!(sample.store, tx => tx.erase_words(chapter, later, later, 9).await?);
    assert_eq!(erased, 0, "an open inquiry keeps its words");
    closed(&sample, people, true).await;
    let Filled { inquiry, inbound, text, referral, phone, .. } = people;
    let early = kept!(sample.store, tx => tx.erase_words(chapter, start(), later, 9).await?);
    assert_eq!(early, 0, "its time is not over");
    let erased = kept!(sample.store, tx => tx.erase_words(chapter, later, later, 9).await?);
    let again = kept!(sample.store, tx => tx.erase_words(chapter, later, later, 9).await?);
    assert_eq!((erased, again), (1, 0));
    let (read, texts, ours, claims) = seen!(sample.store, tx => (
        tx.inquiry(inquiry).await?.expect("the row").reading,
        tx.inquiry_texts(inquiry, false).await?,
        tx.outgoing(text).await?.expect("the row").body,
        tx.claims(referral).await?,
    ));
    assert!(read.is_none() && ours.is_none());
    let of_inquiry = |text: &storage::Inbound| text.id == inbound && text.body.is_none();
    assert!(texts.iter().all(of_inquiry) && !texts.is_empty(), "the rows stay");
    assert!(claims.iter().all(|claim| claim.caveat.is_none()) && !claims.is_empty());
    // A number in use stays; one that nobody has used goes, and its hash is still found.
    let far = start().after(model::day_hours(24 * 365));
    kept!(sample.store, tx => tx.erase_number(phone).await?);
    let gone = seen!(sample.store, tx => tx.phone(phone).await?.expect("the row"));
    assert_eq!(gone.number, None);
    let unused = sample.phone(7).await;
    let early =
        kept!(sample.store, tx => tx.erase_numbers(chapter, start().after(-minutes(1)), 99).await?);
    assert_eq!(early, 0);
    kept!(sample.store, tx => tx.erase_numbers(chapter, far, 99).await?);
    let (unused, member, admin) = seen!(sample.store, tx => (
        tx.phone(unused).await?.expect("the row").number,
        tx.member(people.member).await?.expect("the row").phone_id,
        tx.admin(people.admin).await?.expect("the row").phone_id,
    ));
    assert_eq!(unused, None);
    for phone in [member, admin] {
        let kept = seen!(sample.store, tx => tx.phone(phone).await?.expect("the row").number);
        assert!(kept.is_some(), "members and the chapter's people are reached");
    }
}

async fn an_erased_number_is_known_again_when_it_texts(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(3).await;
    kept!(sample.store, tx => tx.erase_number(phone).await?);
    assert_eq!(sample.phone(3).await, phone, "the hash finds the same row");
    let again = seen!(sample.store, tx => tx.phone(phone).await?.expect("the row").number);
    assert_eq!(again, Some(number(3)));
}

async fn everything_is_sealed_anew_beside_a_node_that_runs(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let people = fill(&sample).await;
    let from = start().after(minutes(1));
    let ring = database.keys().grown(&sample.chance, from).expect("a ring");
    let other = database.store_with(&ring).await.expect("another node");
    assert!(sample.store.renew_keys(&ring, start()), "both know the new key");
    let phone = sample.phone(5).await;
    assert!(!sealed_by(&database, 2).await, "its time has not come");
    let foreign = Keyring::generate(&model::Chance::seeded(5));
    assert!(!sample.store.renew_keys(&foreign, from), "another ring is not taken up");
    assert!(other.renew_keys(&ring, from) && sample.store.renew_keys(&ring, from));
    let many = other.seal_anew().await.expect("it is sealed anew");
    assert!(many > 20, "{many}");
    assert_eq!(other.seal_anew().await.expect("once more"), 0, "nothing is left");
    assert!(sealed_by(&database, 2).await && !sealed_by(&database, 1).await);
    // Both nodes read it, and so does one that starts on the ring that is settled.
    let settled = database.store_with(&ring.settled()).await.expect("a later node");
    for store in [&sample.store, &other, &settled] {
        let inquiry = people.inquiry;
        let (read, texts) = seen!(store, tx => (
            tx.phone(phone).await?.expect("the row").number,
            tx.inquiry_texts(inquiry, false).await?,
        ));
        assert_eq!(read, Some(number(5)));
        assert!(texts.iter().all(|text| text.body.is_some()));
    }
}

/// Whether anything is sealed by the key of a number, in columns that hold nothing but what is sealed.
async fn sealed_by(database: &TestDatabase, key: u8) -> bool {
    let mut raw = Raw::connect(database).await;
    for (table, column) in [
        ("phones", "number"),
        ("inbound", "body"),
        ("members", "name"),
        ("outbox", "body"),
        ("inquiries", "reading"),
        ("lines", "account"),
        ("webhooks", "content"),
        ("originals", "content"),
    ] {
        let cells = raw.cells(table, column).await;
        if cells.iter().any(|cell| cell.starts_with(&[1, key])) {
            return true;
        }
    }
    false
}
