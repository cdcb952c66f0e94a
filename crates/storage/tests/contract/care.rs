//! What is erased when its time is over, and what is sealed anew with another key.

use model::{
    InboundId, InquiryState, MessageKind, MessageText, OutboxState, Standing, minutes,
    reading::Insurance,
    referral::{Facts, Place},
};
use storage::{Keyring, NewInbound, Settled};
use testkit::databases::TestDatabase;

use super::{
    cells::Raw,
    filled::{Filled, fill},
    sample::{Sample, number, start},
};

testkit::on_both! {
    words_and_numbers_go_and_rows_stay,
    words_of_no_inquiry_go_by_age_and_by_number,
    whoever_was_let_go_is_forgotten_and_families_texts_name_her_no_more,
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
    kept!(sample.store, tx => {
        let mut referral = tx.referral(people.referral).await?.expect("the referral");
        referral.facts = facts();
        tx.save_referral(&mut referral).await?;
    });
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
    let facts = seen!(sample.store, tx => tx.referral(referral).await?.expect("the row").facts);
    let left = serde_json::to_string(&facts).expect("JSON");
    for personal in ["11215", "Park Slope", "5 days", "evenings", "Gold PPO"] {
        assert!(!left.contains(personal), "{personal}: {left}");
    }
    for counted in ["Brooklyn", "latch_difficulty", "aetna"] {
        assert!(left.contains(counted), "{counted}: {left}");
    }
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
    let (unused, member) = seen!(sample.store, tx => (
        tx.phone(unused).await?.expect("the row").number,
        tx.member(people.member).await?.expect("the row").phone_id,
    ));
    assert_eq!(unused, None);
    let kept = seen!(sample.store, tx => tx.phone(member).await?.expect("the row").number);
    assert!(kept.is_some(), "members are reached");
}

fn facts() -> Facts {
    Facts {
        place: Place {
            zip: Some("11215".to_owned()),
            neighborhood: Some("Park Slope".to_owned()),
            borough: Some("Brooklyn".to_owned()),
        },
        baby: "5 days".to_owned(),
        concerns: vec!["latch_difficulty".to_owned()],
        insurance: Some(Insurance {
            payer: "aetna".to_owned(),
            class: "commercial".to_owned(),
            plan: Some("Gold PPO".to_owned()),
        }),
        time_wish: Some("evenings".to_owned()),
        ..Facts::default()
    }
}

async fn words_of_no_inquiry_go_by_age_and_by_number(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (hers, other) = (sample.phone(1).await, sample.phone(2).await);
    let (chapter, line) = (sample.chapter, sample.line);
    let stop = |phone, nth: &str| NewInbound {
        id: InboundId::generate(start(), &sample.chance),
        chapter_id: chapter,
        line_id: line,
        phone_id: phone,
        carrier_message_id: format!("SM-loose-{nth}"),
        standing: Standing::Family,
        body: MessageText::new("STOP texting Finnegan's mother"),
        media: 0,
        inquiry_id: None,
        received_at: start(),
    };
    let (first, second) = (stop(hers, "1"), stop(other, "2"));
    let answers =
        [hers, other].map(|phone| sample.text(phone, MessageKind::Consent, &phone.to_string()));
    let sent: Vec<_> = answers.iter().map(|answer| answer.id).collect();
    kept!(sample.store, tx => {
        assert!(tx.add_inbound(&first).await? && tx.add_inbound(&second).await?);
        for answer in &answers {
            tx.enqueue(answer).await?;
            tx.settle_message(answer.id, &Settled::to(OutboxState::Delivered), start()).await?;
        }
    });
    let words = async |phone| {
        let (texts, ours) = seen!(sample.store, tx => (
            tx.texts_of_phone(line, phone, 9).await?,
            tx.messages_to_phone(line, phone, 9).await?,
        ));
        assert_eq!((texts.len(), ours.len()), (1, 1), "the rows stay");
        let theirs = texts.iter().filter(|text| text.body.is_some()).count();
        theirs + ours.iter().filter(|text| text.body.is_some()).count()
    };
    kept!(sample.store, tx => tx.erase_loose_words_of(hers).await?);
    assert_eq!((words(hers).await, words(other).await), (0, 2), "hers alone");
    let early = kept!(sample.store, tx => tx.erase_loose_words(chapter, start(), 9).await?);
    assert_eq!((early, words(other).await), (0, 2), "its time is not over");
    let later = start().after(minutes(1));
    let erased = kept!(sample.store, tx => tx.erase_loose_words(chapter, later, 9).await?);
    assert_eq!((erased, words(other).await), (2, 0));
    assert_eq!(sent.len(), 2);
}

async fn whoever_was_let_go_is_forgotten_and_families_texts_name_her_no_more(
    database: TestDatabase,
) {
    let sample = Sample::new(&database).await;
    let people = fill(&sample).await;
    let (chapter, far) = (sample.chapter, start().after(model::day_hours(24 * 365)));
    let known = async || {
        let phone =
            seen!(sample.store, tx => tx.admin(people.admin).await?.expect("the row").phone_id);
        seen!(sample.store, tx => (
            tx.admin(people.admin).await?.expect("the row"),
            tx.phone(phone).await?.expect("the row").number,
        ))
    };
    // She was let go at the start.
    kept!(sample.store, tx => {
        tx.erase_admins(chapter, start()).await?;
        tx.erase_numbers(chapter, start(), 99).await?;
    });
    let (admin, number) = known().await;
    assert!(number.is_some() && admin.name.reveal() == "Marguerite Quill", "her time is not over");
    kept!(sample.store, tx => {
        tx.erase_admins(chapter, far).await?;
        tx.erase_numbers(chapter, far, 99).await?;
    });
    let (admin, number) = known().await;
    assert_eq!((number, admin.email.reveal()), (None, ""));
    assert!(!admin.name.reveal().contains("Quill"));
    // What a family was told of a member who is erased now.
    let body =
        async || seen!(sample.store, tx => tx.outgoing(people.text).await?.expect("the row").body);
    assert!(body().await.is_some_and(|body| body.reveal().contains("Zo")));
    let phone = seen!(sample.store, tx => tx.member(people.member).await?.expect("a row").phone_id);
    kept!(sample.store, tx => tx.erase_member(people.member, phone).await?);
    assert!(body().await.is_none(), "the family's text names her no more");
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
    let sealed = sealed_by(&database, 1).await;
    assert!(sealed.len() > 20, "{sealed:?}");
    assert!(sample.store.renew_keys(&ring, start()), "both know the new key");
    let phone = sample.phone(5).await;
    assert_eq!(sealed_by(&database, 2).await, Vec::<String>::new(), "its time has not come");
    let foreign = Keyring::generate(&model::Chance::seeded(5));
    assert!(!sample.store.renew_keys(&foreign, from), "another ring is not taken up");
    assert!(other.renew_keys(&ring, from) && sample.store.renew_keys(&ring, from));
    let many = other.seal_anew().await.expect("it is sealed anew");
    assert!(many > 20, "{many}");
    assert_eq!(other.seal_anew().await.expect("once more"), 0, "nothing is left");
    // Both nodes read it, and so does one that starts on the ring that is settled.
    let settled = database.store_with(&ring.settled()).await.expect("a later node");
    assert_eq!(sealed_by(&database, 1).await, Vec::<String>::new());
    assert_eq!(sealed_by(&database, 2).await, sealed, "every column that was sealed");
    let before = database.store_with(database.keys()).await;
    assert!(before.is_err(), "a copy of the key file from before is refused at the start");
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

/// The columns in which something is sealed by the key of a number: of all tables that there are. Nothing
/// else is as long and begins so.
async fn sealed_by(database: &TestDatabase, key: u8) -> Vec<String> {
    let mut raw = Raw::connect(database).await;
    let mut found = Vec::new();
    for (table, column) in raw.columns().await {
        let cells = raw.cells(&table, &column).await;
        if cells.iter().any(|cell| cell.len() >= 42 && cell.starts_with(&[1, key])) {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}
