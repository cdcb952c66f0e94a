//! A text in one worker's hand is in no other's, and a lapsed lease is a question to the carrier.

use std::collections::HashSet;

use model::{
    AdminId, Chance, EmailAddress, LineId, MessageKind, OutboxId, OutboxState, PersonName, Role,
    minutes, seconds,
};
use storage::{By, NewAdmin, NewMessage, Settled, Store};
use testkit::databases::TestDatabase;

use super::{
    cells::Raw,
    sample::{Sample, UNPACED, at_once, start},
};

testkit::on_both! {
    six_workers_never_lease_the_same_text,
    six_workers_keep_the_order_of_each_person,
    a_helping_is_never_larger_than_asked_for,
    a_lapsed_lease_is_unknown_and_never_waiting,
    an_unknown_text_is_asked_about_by_one_node_at_a_time,
    a_lapsed_e_mail_goes_again,
    the_line_s_next_moment_is_used_by_one_node,
}

/// Leases and accepts until nothing is left, and tells what was in hand.
async fn work(store: Store, line: LineId, most: i64) -> Vec<OutboxId> {
    let mut mine = Vec::new();
    loop {
        let leased =
            kept!(store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, most).await?);
        if leased.is_empty() {
            let waiting = seen!(store, tx => tx.next_message_at(line).await?);
            if waiting.is_none() {
                return mine;
            }
            // Others have earlier texts to the same people in hand.
            tokio::task::yield_now().await;
            continue;
        }
        for text in leased {
            mine.push(text.id);
            let accepted = Settled::to(OutboxState::Accepted);
            assert!(kept!(store, tx => tx.settle_message(text.id, &accepted, start()).await?));
        }
    }
}

async fn six_workers_never_lease_the_same_text(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut written = HashSet::new();
    for n in 0..60 {
        let phone = sample.phone(n).await;
        written.insert(sample.enqueue(phone, MessageKind::Offer, &format!("m{n}")).await);
    }
    let mut workers = Vec::new();
    for _ in 0..3 {
        workers.push(work(sample.store.clone(), sample.line, 4));
        workers.push(work(database.store().await, sample.line, 4));
    }
    let leased = at_once(workers).await.concat();
    assert_eq!(leased.len(), 60);
    assert_eq!(leased.into_iter().collect::<HashSet<_>>(), written);
    let (chapter, accepted) = (sample.chapter, OutboxState::Accepted);
    let all = seen!(sample.store, tx => tx.outbox_in(Some(chapter), accepted, 100).await?);
    assert!(all.iter().all(|text| text.attempts == 1));
}

async fn six_workers_keep_the_order_of_each_person(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut order = Vec::new();
    for n in 0..4 {
        let phone = sample.phone(n).await;
        let mut hers = Vec::new();
        for m in 0..10 {
            hers.push(sample.enqueue(phone, MessageKind::Reply, &format!("{n}.{m}")).await);
        }
        order.push(hers);
    }
    // Each worker tells, inside the unit that settles a text, that it was handed over.
    let (handed, mut told) = tokio::sync::mpsc::unbounded_channel();
    at_once((0..6).map(|_| {
        let (store, line, handed) = (sample.store.clone(), sample.line, handed.clone());
        async move {
            loop {
                let leased = kept!(store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 2).await?);
                if leased.is_empty() && seen!(store, tx => tx.next_message_at(line).await?).is_none() {
                    return;
                }
                for text in leased {
                    handed.send(text.id).expect("somebody listens");
                    let accepted = Settled::to(OutboxState::Accepted);
                    kept!(store, tx => tx.settle_message(text.id, &accepted, start()).await?);
                }
                tokio::task::yield_now().await;
            }
        }
    }))
    .await;
    drop(handed);
    let mut sequence = Vec::new();
    while let Some(id) = told.recv().await {
        sequence.push(id);
    }
    for hers in order {
        let came: Vec<_> = sequence.iter().filter(|id| hers.contains(id)).copied().collect();
        assert_eq!(came, hers);
    }
}

/// PostgreSQL may run the choice of rows again for each row it looks at, and each run would then
/// skip what the last one took, unless the choice is made once and kept.
async fn a_helping_is_never_larger_than_asked_for(database: TestDatabase) {
    if let Some(options) = database.postgres_options() {
        let name = options.get_database().expect("a name").to_owned();
        let mut raw = Raw::connect(&database).await;
        for plan in ["hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"] {
            raw.run(&format!("ALTER DATABASE {name} SET enable_{plan} = off")).await.expect("set");
        }
    }
    let sample = Sample::new(&database).await;
    for n in 0..40 {
        let phone = sample.phone(n).await;
        sample.enqueue(phone, MessageKind::Offer, &format!("m{n}")).await;
    }
    let (line, chapter) = (sample.line, sample.chapter);
    let mut raw = Raw::connect(&database).await;
    raw.run("ANALYZE").await.expect("counted");
    for most in [1, 3] {
        let leased = kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, most).await?);
        assert_eq!(i64::try_from(leased.len()), Ok(most));
    }
    let lapsed = start().after(minutes(2));
    let leased = kept!(sample.store, tx => tx.lease_unknown(line, lapsed, minutes(1), 2).await?);
    assert_eq!(leased.len(), 2);
    kept!(sample.store, tx => {
        for n in 0..40 {
            let subject = uuid::Uuid::from_u128(n);
            let task = storage::Task { kind: model::TaskKind::Hold, subject, chapter_id: chapter };
            tx.plan(task, start()).await?;
        }
    });
    raw.run("ANALYZE").await.expect("counted");
    let leased = kept!(sample.store, tx => tx.lease_tasks(start(), minutes(1), 3).await?);
    assert_eq!(leased.len(), 3);
}

async fn a_lapsed_lease_is_unknown_and_never_waiting(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, line) = (sample.phone(1).await, sample.line);
    let id = sample.enqueue(ana, MessageKind::Reply, "1").await;
    kept!(sample.store, tx => tx.lease_texts(line, start(), seconds(30), UNPACED, 9).await?);
    let almost = start().after(seconds(29));
    let unknown = kept!(sample.store, tx => tx.lease_unknown(line, almost, minutes(1), 9).await?);
    assert!(unknown.is_empty(), "a node still has it in hand");
    let lapsed = start().after(seconds(30));
    let (again, unknown) = kept!(sample.store, tx => (
        tx.lease_texts(line, lapsed, minutes(1), UNPACED, 9).await?,
        tx.lease_unknown(line, lapsed, minutes(1), 9).await?,
    ));
    assert!(again.is_empty(), "it may have been written");
    assert_eq!(unknown.len(), 1);
    assert_eq!((unknown[0].id, unknown[0].written_at, unknown[0].attempts), (id, Some(start()), 1));
    assert!(unknown[0].to.is_some() && unknown[0].body.is_some(), "the carrier is asked by them");
    let row = seen!(sample.store, tx => tx.outgoing(id).await?.expect("the text"));
    assert_eq!(
        (row.state, row.lease_until),
        (OutboxState::Unknown, Some(lapsed.after(minutes(1))))
    );
    // The carrier has no trace of it: it goes again, once.
    let resend = Settled { settled_how: Some("not listed"), ..Settled::to(OutboxState::Waiting) };
    assert!(kept!(sample.store, tx => tx.settle_message(id, &resend, lapsed).await?));
    let again =
        kept!(sample.store, tx => tx.lease_texts(line, lapsed, minutes(1), UNPACED, 9).await?);
    assert_eq!((again.len(), again[0].attempts), (1, 2));
}

async fn an_unknown_text_is_asked_about_by_one_node_at_a_time(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let line = sample.line;
    for n in 0..20 {
        let phone = sample.phone(n).await;
        sample.enqueue(phone, MessageKind::Offer, &format!("m{n}")).await;
    }
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 20).await?);
    // Ten lapse; of ten the outcome is not known, and nobody said when to ask.
    for text in leased.into_iter().take(10) {
        let unknown = Settled::to(OutboxState::Unknown);
        kept!(sample.store, tx => tx.settle_message(text.id, &unknown, start()).await?);
    }
    let lapsed = start().after(minutes(1));
    let asked = at_once((0..6).map(|_| {
        let store = sample.store.clone();
        async move { kept!(store, tx => tx.lease_unknown(line, lapsed, minutes(1), 9).await?) }
    }))
    .await
    .concat();
    let ids = asked.iter().map(|text| text.id).collect::<HashSet<_>>();
    assert_eq!((asked.len(), ids.len()), (20, 20));
    // Asked in vain: again in five minutes, and not before.
    let later = lapsed.after(minutes(5));
    kept!(sample.store, tx => {
        for text in &asked {
            let still = Settled { again_at: Some(later), ..Settled::to(OutboxState::Unknown) };
            assert!(tx.settle_message(text.id, &still, lapsed).await?);
        }
    });
    let early = lapsed.after(minutes(4));
    let asked = kept!(sample.store, tx => tx.lease_unknown(line, early, minutes(1), 99).await?);
    assert!(asked.is_empty());
    let asked = kept!(sample.store, tx => tx.lease_unknown(line, later, minutes(1), 99).await?);
    assert_eq!(asked.len(), 20);
}

async fn a_lapsed_e_mail_goes_again(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let phone = sample.phone(1).await;
    let admin = AdminId::generate(start(), &Chance::seeded(3));
    let new = NewAdmin {
        id: admin,
        chapter_id: sample.chapter,
        phone_id: phone,
        name: PersonName::new("Admin One"),
        email: EmailAddress::new("one@example.org"),
        role: Role::Owner,
        now: start(),
    };
    let mut emails = Vec::new();
    for n in 0..3 {
        emails.push(NewMessage {
            by: By::Email { admin, subject: format!("Referral {n}") },
            ..sample.text(phone, MessageKind::Page, &format!("e{n}"))
        });
    }
    let line = sample.line;
    kept!(sample.store, tx => {
        tx.add_admin(&new).await?;
        for email in &emails {
            tx.enqueue(email).await?;
        }
    });
    let texts =
        kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?);
    assert!(texts.is_empty(), "an e-mail is no text");
    let leased = at_once((0..4).map(|_| {
        let store = sample.store.clone();
        async move { kept!(store, tx => tx.lease_emails(start(), minutes(1), 1).await?) }
    }))
    .await
    .concat();
    let told = leased.iter().map(|email| email.subject.clone()).collect::<HashSet<_>>();
    assert_eq!((leased.len(), told.len()), (3, 3));
    assert_eq!(leased[0].address, Some(EmailAddress::new("one@example.org")));
    let accepted = Settled::to(OutboxState::Accepted);
    kept!(sample.store, tx => tx.settle_message(leased[0].id, &accepted, start()).await?);
    let lapsed = start().after(minutes(1));
    let early = kept!(sample.store, tx => tx.return_lapsed(start()).await?);
    let returned = kept!(sample.store, tx => tx.return_lapsed(lapsed).await?);
    assert_eq!((early, returned), (0, 2));
    let again = kept!(sample.store, tx => tx.lease_emails(lapsed, minutes(1), 9).await?);
    assert_eq!(again.iter().map(|email| email.attempts).collect::<Vec<_>>(), [2, 2]);
}

/// The rate is the caller's; the locked row makes sure that no two count from the same moment.
async fn the_line_s_next_moment_is_used_by_one_node(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let line = sample.line;
    let mut slots = at_once((0..12).map(|_| {
        let store = sample.store.clone();
        async move {
            kept!(store, tx => {
                let line = tx.line_for_update(line).await?.expect("the line");
                let next = line.next_send_at.after(jiff::SignedDuration::from_micros(line.gap_micros));
                tx.set_line_next_send(line.id, next).await?;
                line.next_send_at
            })
        }
    }))
    .await;
    slots.sort_unstable();
    assert_eq!(slots, (0..12).map(|n| start().after(seconds(n))).collect::<Vec<_>>());
    kept!(sample.store, tx => {
        assert!(tx.pause_line(line, "30007", start()).await?);
        assert!(!tx.pause_line(line, "30002", start()).await?);
        assert_eq!(tx.line(line).await?.expect("the line").paused_code.as_deref(), Some("30007"));
        assert!(tx.resume_line(line).await?);
        assert!(!tx.resume_line(line).await?);
        tx.set_line_listed(line, start().after(minutes(5))).await?;
        tx.set_line_listed(line, start().after(minutes(4))).await?;
    });
    let read = seen!(sample.store, tx => tx.line(line).await?.expect("the line"));
    assert_eq!((read.listed_until, read.paused_at), (start().after(minutes(5)), None));
}
