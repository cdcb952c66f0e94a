//! Backups: what goes into one comes back, in either database; what is not one changes nothing.

use std::{
    fs::File,
    io::{Read as _, Seek as _, Write as _},
};

use model::{Chance, MessageKind, OutboxState, minutes};
use storage::{BackedUp, Backup, BackupError, Error, Keyring, Restored, Restoring, Store};
use testkit::databases::TestDatabase;

use super::{
    cells::{Raw, contains},
    filled::{PRIVATE, fill},
    sample::{Sample, at_once, start},
};

testkit::on_both! {
    what_is_backed_up_comes_back_through_the_other_database,
    what_was_on_its_way_is_asked_about_and_new_texts_too,
    a_backup_holds_one_moment,
    what_is_no_whole_backup_of_ours_is_refused_and_changes_nothing,
    a_database_in_use_is_kept_unless_it_is_to_be_replaced,
}

/// What a restore changes, because time was lost.
const CHANGED: &[&str] = &[
    "outbox.state",
    "outbox.lease_until",
    "outbox.written_at",
    "outbox.settled_how",
    "outbox.error_class",
    "outbox.ended_at",
    "lines.lost_from",
    "lines.lost_until",
    "tasks.lease_until",
    "tasks.attempts",
    "sessions.ended_at",
    "sign_ins.used_at",
    "installation.key_check",
];

async fn taken(store: &Store) -> (BackedUp, Vec<u8>) {
    let mut file = tempfile::tempfile().expect("a file");
    let out = file.try_clone().expect("the same file");
    let backed_up = store.back_up(out, "9.9.9", start()).await.expect("a backup");
    let mut bytes = Vec::new();
    file.rewind().expect("it rewinds");
    file.read_to_end(&mut bytes).expect("it is read");
    assert_eq!(backed_up.bytes, bytes.len() as u64);
    (backed_up, bytes)
}

fn file_of(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("it is written");
    file
}

fn checked(bytes: &[u8], keys: &Keyring) -> Result<Backup, BackupError> {
    Backup::check(file_of(bytes), keys, Chance::seeded(5))
}

fn how(replace: bool) -> Restoring {
    let now = start().after(minutes(30));
    Restoring { replace, now, ask_at: now.after(minutes(1)) }
}

async fn restored(into: &TestDatabase, bytes: &[u8]) -> (Store, Restored) {
    let backup = checked(bytes, into.keys()).expect("a backup");
    let store = into.store().await;
    let restored = store.restore(backup, how(false)).await.expect("it is restored");
    (store, restored)
}

async fn fresh(like: &TestDatabase, other_kind: bool) -> TestDatabase {
    if like.sqlite_file().is_some() == other_kind {
        TestDatabase::postgres().await
    } else {
        TestDatabase::sqlite()
    }
}

/// Every cell of every column, sorted.
async fn contents(database: &TestDatabase) -> Vec<(String, Vec<Vec<u8>>)> {
    let mut raw = Raw::connect(database).await;
    let mut all = Vec::new();
    for (table, column) in raw.columns().await {
        let mut cells = raw.cells(&table, &column).await;
        cells.sort();
        all.push((format!("{table}.{column}"), cells));
    }
    all
}

async fn what_is_backed_up_comes_back_through_the_other_database(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    // More rows than are read or written at once.
    for n in 0..230 {
        sample.phone(100 + n).await;
    }
    let (backed_up, bytes) = taken(&sample.store).await;
    assert!(backed_up.rows["phones"] >= 230 && backed_up.rows["outbox"] == 6, "{backed_up:?}");
    for word in PRIVATE.iter().filter(|word| !word.is_ascii()) {
        assert!(!contains(&bytes, word), "the backup tells {word}");
    }
    let between = fresh(&database, true).await;
    let (store, told) = restored(&between, &bytes).await;
    assert_eq!(told.rows, backed_up.rows);
    let (_, again) = taken(&store).await;
    let back = fresh(&database, false).await;
    let (store, _) = restored(&back, &again).await;
    let (was, is) = (contents(&database).await, contents(&back).await);
    assert_eq!(was.len(), is.len());
    for ((column, was), (_, is)) in was.iter().zip(&is) {
        assert!(was == is || CHANGED.contains(&column.as_str()), "{column} differs");
    }
    // It opens, and goes on numbering where it was.
    let inquiry = filled.inquiry;
    assert!(seen!(store, tx => tx.inquiry(inquiry).await?.expect("the row")).reading.is_some());
    let sample = Sample { store, ..sample };
    let phone = sample.phone(1).await;
    let before = seen!(sample.store, tx => tx.outgoing(filled.email).await?.expect("the row").seq);
    let text = sample.enqueue(phone, MessageKind::Reply, "after").await;
    assert!(seen!(sample.store, tx => tx.outgoing(text).await?.expect("the row").seq) > before);
}

async fn what_was_on_its_way_is_asked_about_and_new_texts_too(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, phone) = (sample.line, sample.phone(1).await);
    let waiting = sample.enqueue(phone, MessageKind::Reply, "waiting").await;
    let (_, bytes) = taken(&sample.store).await;
    let into = fresh(&database, false).await;
    let (store, told) = restored(&into, &bytes).await;
    assert_eq!((told.to_ask, told.given_up), (1, 0));
    let row = seen!(store, tx => tx.outgoing(waiting).await?.expect("the row"));
    assert_eq!(row.state, OutboxState::Unknown);
    assert_eq!((row.written_at, row.lease_until), (Some(start()), Some(how(false).ask_at)));
    let sample = Sample { store: store.clone(), ..sample };
    let text = sample.enqueue(phone, MessageKind::Reply, "new").await;
    let row = seen!(store, tx => tx.outgoing(text).await?.expect("the row"));
    assert_eq!(row.state, OutboxState::Unknown, "it may have gone out before");
    assert_eq!(row.written_at, Some(start()), "since the backup");
    assert!(seen!(store, tx => tx.line(line).await?.expect("the line")).is_catching_up());
    let now = how(false).now;
    kept!(store, tx => {
        assert_eq!(tx.chapters_catching_up(5).await?.len(), 1);
        tx.set_line_listed(line, now).await?;
        assert!(tx.chapters_catching_up(5).await?.is_empty());
        tx.set_line_recovered(line).await?;
    });
    let text = sample.enqueue(phone, MessageKind::Reply, "later").await;
    let row = seen!(store, tx => tx.outgoing(text).await?.expect("the row"));
    assert_eq!((row.state, row.written_at, row.lease_until), (OutboxState::Waiting, None, None));
}

/// Units of two rows each are kept while the backup is taken: it holds both or neither.
async fn a_backup_holds_one_moment(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let writing = (0..60).map(|n| {
        let (store, chapter, chance) = (sample.store.clone(), sample.chapter, sample.chance.clone());
        let mut text = sample.text(model::PhoneId::generate(start(), &chance), MessageKind::Reply, &n.to_string());
        async move {
            kept!(store, tx => {
                let phone = tx.phone_for(chapter, &super::sample::number(n), start(), &chance).await?;
                if let storage::By::Line { phone: to, .. } = &mut text.by {
                    *to = phone.id;
                }
                tx.enqueue(&text).await?;
            });
        }
    });
    let writing = tokio::spawn(at_once(writing.collect::<Vec<_>>()));
    let (mut backups, mut last) = (Vec::new(), 0);
    while last < 60 {
        let (backed_up, bytes) = taken(&sample.store).await;
        last = backed_up.rows["phones"];
        assert_eq!(last, backed_up.rows["outbox"]);
        backups.push(bytes);
    }
    writing.await.expect("all are kept");
    let first = backups.swap_remove(0);
    let into = fresh(&database, false).await;
    let (_, told) = restored(&into, &first).await;
    assert_eq!(told.rows["phones"], told.rows["outbox"]);
}

async fn what_is_no_whole_backup_of_ours_is_refused_and_changes_nothing(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    fill(&sample).await;
    let (_, bytes) = taken(&sample.store).await;
    let before = contents(&database).await;
    let keys = database.keys();
    assert!(checked(&bytes, keys).is_ok());
    for length in [0, 1, 17, 19, 100, bytes.len() / 2, bytes.len() - 32, bytes.len() - 1] {
        let cut = checked(&bytes[..length], keys);
        assert!(
            matches!(cut, Err(BackupError::NotABackup | BackupError::Damaged)),
            "cut to {length}: {cut:?}"
        );
    }
    for at in (0..bytes.len()).step_by(bytes.len() / 97) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x20;
        assert!(checked(&altered, keys).is_err(), "byte {at} was altered");
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    assert!(matches!(checked(&longer, keys), Err(BackupError::Damaged)));
    assert!(matches!(checked(b"name,phone,email\n", keys), Err(BackupError::NotABackup)));
    let other = checked(&bytes, &Keyring::generate(&Chance::seeded(99)));
    assert!(matches!(other, Err(BackupError::OtherKey)), "{other:?}");
    let newer = String::from_utf8_lossy(&bytes).replacen("backup 1\n", "backup 2\n", 1);
    assert!(matches!(checked(newer.as_bytes(), keys), Err(BackupError::NewerForm(2))));
    let newer = String::from_utf8_lossy(&bytes).replacen("\"schema\":", "\"schema\":9", 1);
    let newer = checked(newer.as_bytes(), keys);
    assert!(
        matches!(&newer, Err(BackupError::NewerTables { program, schema }) if program == "9.9.9" && *schema > 9),
        "{newer:?}"
    );
    assert!(contents(&database).await == before, "something has changed");
}

async fn a_database_in_use_is_kept_unless_it_is_to_be_replaced(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    sample.phone(1).await;
    let (_, bytes) = taken(&sample.store).await;
    sample.phone(2).await;
    let before = contents(&database).await;
    let backup = || checked(&bytes, database.keys()).expect("a backup");
    let refused = sample.store.restore(backup(), how(false)).await;
    assert!(matches!(refused, Err(BackupError::Occupied)), "{refused:?}");
    let node = database.store().await;
    let service = node.begin_service().await.expect("it serves");
    let refused = sample.store.restore(backup(), how(true)).await;
    assert!(matches!(refused, Err(BackupError::Store(Error::Served))), "{refused:?}");
    assert!(contents(&database).await == before, "something has changed");
    drop((service, node));
    let told = loop {
        match sample.store.restore(backup(), how(true)).await {
            // PostgreSQL sees some moments later that a connection is gone.
            Err(BackupError::Store(Error::Served)) => tokio::task::yield_now().await,
            told => break told.expect("it is restored"),
        }
    };
    assert_eq!(told.rows["phones"], 1);
    assert_eq!(told.taken_at, start());
    let mut raw = Raw::connect(&database).await;
    assert_eq!(raw.count("SELECT COUNT(*) FROM phones").await, 1);
}
