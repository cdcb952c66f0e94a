//! Members are reminded once of each thing that ends, in one text for all their lists.

use model::{MemberStatus, TaskKind, day_hours};
use testkit::databases::TestDatabase;

use super::lists::{DAILY, chapter, has, reminds};

testkit::on_both! {
    one_text_for_all_lists_once_at_each_mark,
    nothing_is_doubled_by_a_second_run_or_a_second_node,
    who_stopped_texts_or_is_on_no_list_is_left_alone,
    nobody_is_reminded_at_night,
}

async fn one_text_for_all_lists_once_at_each_mark(database: TestDatabase) {
    let chapter = chapter(database).await;
    // On 17 Nov 2026 the training is good for 30 days, the insurance for 54.
    has(&chapter, "ana", "2025-12-17", "2027-01-10").await;
    has(&chapter, "beth", "2026-10-01", "2027-10-01").await;
    chapter.dispatch().plan_for_chapters().await.expect("it is planned");
    chapter.run().await;
    let ana = chapter.phone("ana");
    let text = ana.receives("NYLCA: HIPAA training ends Thu Dec 17 (2 lists)");
    let text = text.says("and insurance ends Sun Jan 10 (1 list)").says("Reply with a photo");
    assert!(text.link_to("m").is_some(), "{}", text.text);
    chapter.phone("beth").receives_nothing();
    // Nothing is said again until the next mark.
    chapter.advance(day_hours(22 * 24)).await;
    ana.receives_nothing();
    chapter.advance(day_hours(24)).await;
    let _ = ana.receives("HIPAA training ends Thu Dec 17 (2 lists). Reply").lacks("insurance");
    chapter.advance(day_hours(24)).await;
    let _ = ana.receives("insurance ends Sun Jan 10 (1 list). Reply").lacks("HIPAA");
    chapter.advance(day_hours(6 * 24)).await;
    let _ = ana.receives("HIPAA training ends today (2 lists)");
    chapter.advance(day_hours(24)).await;
    let _ = ana.receives("HIPAA training has ended, grace runs to Thu Dec 31 (2 lists)");
    chapter.advance(day_hours(10 * 24)).await;
    ana.receives_nothing();
    chapter.done_leaving(&DAILY).await;
}

async fn nothing_is_doubled_by_a_second_run_or_a_second_node(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2025-12-17", "2026-12-31").await;
    reminds(&chapter).await;
    let _ = chapter.phone("ana").receives("HIPAA training ends Thu Dec 17");
    // It crashed before it had planned the next day: the same day is done again, by two at once.
    let node = chapter.house().another_node().await;
    for _ in 0..2 {
        let id = chapter.id();
        let task = storage::Task { kind: TaskKind::Remind, subject: id.as_uuid(), chapter_id: id };
        let now = chapter.now();
        chapter.change(move |tx| Box::pin(async move { tx.plan(task, now).await })).await;
        let (one, other) = tokio::join!(chapter.dispatch().run_due_tasks(), node.run_due_tasks());
        assert_eq!(one.expect("it runs") + other.expect("it runs"), 1, "one of them leased it");
        chapter.run().await;
    }
    chapter.phone("ana").receives_nothing();
    let member = chapter.member("ana");
    let told = chapter.look(move |tx| Box::pin(async move { tx.reminders_of(member).await })).await;
    assert_eq!(told.len(), 2);
    chapter.done_leaving(&DAILY).await;
}

async fn who_stopped_texts_or_is_on_no_list_is_left_alone(database: TestDatabase) {
    let chapter = chapter(database).await;
    for member in ["ana", "beth", "cleo"] {
        has(&chapter, member, "2025-12-17", "2026-12-31").await;
    }
    chapter.phone("ana").texts("STOP").await;
    let _ = chapter.phone("ana").receives("unsubscribed");
    let _ = chapter.admin("ruth").reads_all();
    let beth = chapter.member("beth");
    chapter
        .change(move |tx| {
            Box::pin(async move {
                tx.set_member_status(beth, MemberStatus::Suspended, None).await.map(drop)
            })
        })
        .await;
    reminds(&chapter).await;
    for member in ["ana", "beth", "dora"] {
        chapter.phone(member).receives_nothing();
    }
    let _ = chapter.phone("cleo").receives("HIPAA training ends Thu Dec 17");
    // She comes back: what was not told is told the next day.
    chapter.phone("ana").texts("START").await;
    let _ = chapter.phone("ana").receives("You are back");
    chapter.advance(day_hours(24)).await;
    let _ = chapter.phone("ana").receives("HIPAA training ends Thu Dec 17");
    chapter.done_leaving(&[TaskKind::Remind, TaskKind::Page]).await;
}

async fn nobody_is_reminded_at_night(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2025-12-17", "2026-12-31").await;
    chapter.until(22, 30).await;
    reminds(&chapter).await;
    chapter.until(7, 59).await;
    chapter.phone("ana").receives_nothing();
    chapter.until(8, 0).await;
    let text = chapter.phone("ana").receives("HIPAA training ends Thu Dec 17");
    let link = text.link_to("m").expect("a link");
    // The link in it works for a week.
    chapter.advance(day_hours(6 * 24)).await;
    assert!(chapter.dispatch().own_page(&link).await.expect("it is looked for").is_some());
    chapter.advance(day_hours(25)).await;
    assert!(chapter.dispatch().own_page(&link).await.expect("it is looked for").is_none());
    chapter.done_leaving(&DAILY).await;
}
