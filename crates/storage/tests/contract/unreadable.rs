//! A row that cannot be understood says where it is and nothing of what it holds.

use std::error::Error as _;

use model::{MessageKind, OutboxState, minutes};
use storage::Result;
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::{
    cells::{Raw, contains},
    filled::{Filled, PRIVATE, fill},
    sample::{Sample, UNPACED, start},
};

testkit::on_both! {
    a_damaged_seal_names_table_column_and_row,
    what_was_sealed_for_one_row_opens_in_no_other,
    an_unknown_word_names_table_column_and_row,
    a_document_of_another_shape_repeats_nothing_of_it,
    a_damaged_message_holds_up_none_that_is_whole,
}

/// Asserts that `result` is the error for this place, and that no part of it repeats anything.
fn assert_named<T>(result: Result<T>, place: &str, id: Uuid) {
    let Err(error) = result else { panic!("{place} was read") };
    let told = format!("{place} of row {id} cannot be understood");
    assert_eq!(error.to_string(), told);
    let mut said = format!("{error:?}");
    let mut source = error.source();
    while let Some(cause) = source {
        said.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    for word in PRIVATE.iter().chain(&["Paula"]) {
        assert!(!contains(said.as_bytes(), word), "the error of {place} tells {word}");
    }
}

async fn read_all(sample: &Sample, filled: Filled, table: &str) -> Result<()> {
    let (table, line, chapter) = (table.to_owned(), sample.line, sample.chapter);
    sample
        .store
        .read(move |tx| {
            Box::pin(async move {
                match table.as_str() {
                    "phones" => drop(tx.phone(filled.phone).await?),
                    "members" => drop(tx.member(filled.member).await?),
                    "admins" => drop(tx.admin(filled.admin).await?),
                    "inquiries" => drop(tx.inquiry(filled.inquiry).await?),
                    "inbound" => drop(tx.inquiry_texts(filled.inquiry, false).await?),
                    "claims" => drop(tx.claims(filled.referral).await?),
                    "outbox" => drop(tx.outgoing(filled.text).await?),
                    "lines" => drop(tx.line(line).await?),
                    "referrals" => drop(tx.referral(filled.referral).await?),
                    "chapters" => drop(tx.chapter(chapter).await?),
                    _ => panic!("no such table here"),
                }
                Ok(())
            })
        })
        .await
}

fn rows(sample: &Sample, filled: Filled) -> [(&'static str, &'static str, Uuid); 10] {
    [
        ("phones", "number", filled.phone.as_uuid()),
        ("members", "name", filled.member.as_uuid()),
        ("members", "email", filled.member.as_uuid()),
        ("members", "private", filled.member.as_uuid()),
        ("members", "status_reason", filled.member.as_uuid()),
        ("admins", "name", filled.admin.as_uuid()),
        ("inquiries", "reading", filled.inquiry.as_uuid()),
        ("inbound", "body", filled.inbound.as_uuid()),
        ("claims", "caveat", filled.claim.as_uuid()),
        ("lines", "account", sample.line.as_uuid()),
    ]
}

/// Changes a column for the moment in which `check` looks at it.
async fn a_damaged_seal_names_table_column_and_row(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let mut raw = Raw::connect(&database).await;
    for (table, column, id) in rows(&sample, filled) {
        read_all(&sample, filled, table).await.expect("an unharmed row");
        raw.run(&format!("CREATE TABLE unharmed AS SELECT id, {column} AS kept FROM {table}"))
            .await
            .expect("the cells put by");
        let damaged = bytes(&database, &[1, 1, 42, 43, 44]);
        raw.run(&format!("UPDATE {table} SET {column} = {damaged}")).await.expect("damaged");
        assert_named(read_all(&sample, filled, table).await, &format!("{table}.{column}"), id);
        raw.run(&format!(
            "UPDATE {table} SET {column} = (SELECT kept FROM unharmed WHERE unharmed.id = {table}.id);
             DROP TABLE unharmed"
        ))
        .await
        .expect("mended");
        read_all(&sample, filled, table).await.expect("a mended row");
    }
}

async fn what_was_sealed_for_one_row_opens_in_no_other(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let other = sample.member(9).await;
    let mut raw = Raw::connect(&database).await;
    raw.run(
        "CREATE TABLE names AS SELECT id, name FROM members;
         UPDATE members SET name = (SELECT names.name FROM names WHERE names.id <> members.id)",
    )
    .await
    .expect("two names exchanged");
    for id in [filled.member, other] {
        let read = sample.store.read(move |tx| Box::pin(tx.member(id))).await;
        assert_named(read, "members.name", id.as_uuid());
    }
}

async fn an_unknown_word_names_table_column_and_row(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let mut raw = Raw::connect(&database).await;
    for (table, column, id) in [
        ("referrals", "state", filled.referral.as_uuid()),
        ("referrals", "code", filled.referral.as_uuid()),
        ("inquiries", "state", filled.inquiry.as_uuid()),
        ("outbox", "kind", filled.text.as_uuid()),
        ("claims", "kind", filled.claim.as_uuid()),
        ("chapters", "timezone", sample.chapter.as_uuid()),
    ] {
        raw.run(&format!("UPDATE {table} SET {column} = 'nowhere'")).await.expect("an odd word");
        assert_named(read_all(&sample, filled, table).await, &format!("{table}.{column}"), id);
        raw.run(&format!("UPDATE {table} SET {column} = '{}'", good_word(table, column)))
            .await
            .expect("mended");
    }
}

fn good_word(table: &str, column: &str) -> &'static str {
    match (table, column) {
        ("referrals", "state") | ("inquiries", "state") => "closed",
        ("referrals", "code") => "K7Q",
        ("outbox", _) => "hand_off",
        ("claims", _) => "firm",
        _ => "America/New_York",
    }
}

async fn a_document_of_another_shape_repeats_nothing_of_it(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let mut raw = Raw::connect(&database).await;
    raw.run("UPDATE members SET profile = '{\"night_owl\": \"only for Paula\"}'")
        .await
        .expect("an odd profile");
    raw.run("UPDATE referrals SET facts = '{\"urgency\": \"Paula\"}'").await.expect("odd facts");
    raw.run("UPDATE chapters SET settings = '\"Paula\"'").await.expect("odd settings");
    for (table, column, id) in [
        ("members", "profile", filled.member.as_uuid()),
        ("referrals", "facts", filled.referral.as_uuid()),
        ("chapters", "settings", sample.chapter.as_uuid()),
    ] {
        assert_named(read_all(&sample, filled, table).await, &format!("{table}.{column}"), id);
    }
}

/// Its seal is looked at when it is leased: it is told of, and whatever is whole goes on.
async fn a_damaged_message_holds_up_none_that_is_whole(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let filled = fill(&sample).await;
    let mut raw = Raw::connect(&database).await;
    let damaged = bytes(&database, &[9; 40]);
    let (line, email) = (sample.line, filled.email);
    let whole = sample.enqueue(sample.phone(77).await, MessageKind::Reply, "whole").await;
    let broken = sample.enqueue(sample.phone(78).await, MessageKind::Reply, "broken").await;
    let nowhere = sample.enqueue(sample.phone(79).await, MessageKind::Reply, "nowhere").await;
    raw.run(&format!("UPDATE outbox SET body = {damaged} WHERE dedupe = 'broken'"))
        .await
        .expect("damaged");
    raw.run(&format!(
        "UPDATE phones SET number = {damaged}
         WHERE id = (SELECT phone_id FROM outbox WHERE dedupe = 'nowhere')"
    ))
    .await
    .expect("damaged");
    let leased =
        kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), UNPACED, 9).await?);
    let told = |id| leased.iter().find(|text| text.id == id).map(|text| text.unreadable);
    assert_eq!(told(whole), Some(None));
    assert_eq!(told(broken), Some(Some("outbox.body")));
    assert_eq!(told(nowhere), Some(Some("phones.number")));
    let asked = start().after(minutes(2));
    let asked = kept!(sample.store, tx => tx.lease_unknown(line, asked, minutes(1), 9).await?);
    let told = |id| asked.iter().find(|text| text.id == id).map(|text| text.unreadable);
    assert_eq!((told(whole), told(broken)), (Some(None), Some(Some("outbox.body"))));
    let row = seen!(sample.store, tx => tx.outgoing(broken).await?.expect("the text"));
    assert_eq!((row.state, row.body), (OutboxState::Unknown, None), "the rest of it is shown");

    let lapsed = start().after(minutes(2));
    kept!(sample.store, tx => tx.return_lapsed(lapsed).await?);
    raw.run(&format!("UPDATE outbox SET subject = {damaged} WHERE subject IS NOT NULL"))
        .await
        .expect("damaged");
    let leased = kept!(sample.store, tx => tx.lease_emails(lapsed, minutes(1), 9).await?);
    let told = leased.iter().find(|mail| mail.id == email).map(|mail| mail.unreadable);
    assert_eq!(told, Some(Some("outbox.subject")));
    raw.run(&format!("UPDATE admins SET email = {damaged}")).await.expect("damaged");
    let later = lapsed.after(minutes(1));
    kept!(sample.store, tx => tx.return_lapsed(later).await?);
    let leased = kept!(sample.store, tx => tx.lease_emails(later, minutes(1), 9).await?);
    let told = leased.iter().find(|mail| mail.id == email).map(|mail| mail.unreadable);
    assert_eq!(told, Some(Some("admins.email")));
}

/// A literal of bytes.
fn bytes(database: &TestDatabase, bytes: &[u8]) -> String {
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    if database.sqlite_file().is_some() {
        format!("x'{hex}'")
    } else {
        format!("'\\x{hex}'::bytea")
    }
}
