//! Readers see one state, and neither wait for writers nor make them wait.

use model::ConsentId;
use testkit::databases::TestDatabase;
use tokio::sync::oneshot;

use super::sample::{Sample, number, start};

testkit::on_both! {
    a_reader_sees_one_state_while_a_writer_goes_on,
    a_reader_is_not_held_up_by_a_unit_that_writes,
    what_is_absent_is_none,
}

async fn a_reader_sees_one_state_while_a_writer_goes_on(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, store) = (sample.chapter, sample.store.clone());
    let (looked, has_looked) = oneshot::channel();
    let (wrote, has_written) = oneshot::channel::<()>();
    let reader = tokio::spawn(async move {
        seen!(store, tx => {
            let before = tx.phone_by_number(chapter, &number(1)).await?.is_some();
            looked.send(()).expect("somebody waits");
            has_written.await.expect("it is written");
            (before, tx.phone_by_number(chapter, &number(1)).await?.is_some())
        })
    });
    has_looked.await.expect("it has looked");
    sample.phone(1).await;
    wrote.send(()).expect("the reader waits");
    assert_eq!(reader.await.expect("the reader ends"), (false, false));
    assert!(seen!(sample.store, tx => tx.phone_by_number(chapter, &number(1)).await?.is_some()));
}

async fn a_reader_is_not_held_up_by_a_unit_that_writes(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, line, store) = (sample.chapter, sample.line, sample.store.clone());
    let phone = sample.phone(1).await;
    let found = kept!(sample.store, tx => {
        let row = tx.phone(phone).await?.expect("the row");
        tx.set_phone_language(phone, "es").await?;
        let id = ConsentId::from_uuid(uuid::Uuid::from_u128(1));
        tx.add_consent(id, &row, "opt_in", "start.v1", "es", "text", start()).await?;
        tx.line_for_update(line).await?;
        // Eight at once, more than SQLite has connections for.
        let mut readers = Vec::new();
        for _ in 0..8 {
            let store = store.clone();
            readers.push(tokio::spawn(async move {
                seen!(store, tx => {
                    tx.line(line).await?.expect("the line");
                    tx.phone_by_number(chapter, &number(1)).await?.expect("the row").language
                })
            }));
        }
        let mut languages = Vec::new();
        for reader in readers {
            languages.push(reader.await.expect("the reader ends"));
        }
        languages
    });
    assert_eq!(found, vec![None; 8], "nothing is seen before it is kept");
    let language = seen!(sample.store, tx => tx.phone(phone).await?.expect("the row").language);
    assert_eq!(language.as_deref(), Some("es"));
}

async fn what_is_absent_is_none(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (chapter, line, nil) = (sample.chapter, sample.line, uuid::Uuid::nil());
    seen!(sample.store, tx => {
        let (phone, member) = (model::PhoneId::from_uuid(nil), model::MemberId::from_uuid(nil));
        let (inquiry, referral) = (model::InquiryId::from_uuid(nil), model::ReferralId::from_uuid(nil));
        assert!(tx.chapter(model::ChapterId::from_uuid(nil)).await?.is_none());
        assert!(tx.chapter_by_slug("nobody").await?.is_none());
        assert!(tx.line(model::LineId::from_uuid(nil)).await?.is_none());
        assert!(tx.line_by_number(&number(9)).await?.is_none());
        assert!(tx.phone(phone).await?.is_none());
        assert!(tx.phone_by_number(chapter, &number(9)).await?.is_none());
        assert!(tx.member(member).await?.is_none());
        assert!(tx.member_by_phone(phone, chapter).await?.is_none());
        assert!(tx.admin(model::AdminId::from_uuid(nil)).await?.is_none());
        assert!(tx.admin_by_phone(phone, chapter).await?.is_none());
        assert!(tx.session(vec![0; 32], start()).await?.is_none());
        assert!(tx.token(vec![0; 32]).await?.is_none());
        assert!(tx.inquiry(inquiry).await?.is_none());
        assert!(tx.previous_inquiry(line, phone).await?.is_none());
        assert!(tx.referral(referral).await?.is_none());
        assert!(tx.referral_of_inquiry(inquiry).await?.is_none());
        assert!(tx.offer_to(referral, member).await?.is_none());
        assert!(tx.last_named(member).await?.is_none());
        assert!(tx.outgoing(model::OutboxId::from_uuid(nil)).await?.is_none());
        assert!(tx.outgoing_by_carrier_id(line, "SM0").await?.is_none());
        assert!(tx.next_message_at(line).await?.is_none());
        assert!(tx.task_due_at(model::TaskKind::Hold, nil).await?.is_none());
    });
    kept!(sample.store, tx => {
        assert!(tx.referral_for_update(model::ReferralId::from_uuid(nil)).await?.is_none());
        assert!(tx.inquiry_for_update(model::InquiryId::from_uuid(nil)).await?.is_none());
        assert!(tx.open_inquiry_of(line, model::PhoneId::from_uuid(nil)).await?.is_none());
        assert!(tx.line_for_update(model::LineId::from_uuid(nil)).await?.is_none());
        assert!(tx.page_for_update(model::PageId::from_uuid(nil)).await?.is_none());
        let gone = model::OutboxId::from_uuid(nil);
        let delivered = storage::Settled::to(model::OutboxState::Delivered);
        assert!(!tx.report_message(gone, &delivered, start()).await?);
        assert!(!tx.settle_message(gone, &delivered, start()).await?);
        assert!(!tx.retry_message(gone, start(), start()).await?);
    });
}
