//! A family asks to be deleted: what happens at once, and what by itself when a day is over.

use model::{InquiryId, ReferralState, TaskKind, day_hours};
use serde_json::json;
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, jess_has_names};

testkit::on_both!(
    who_asks_to_be_deleted_is_left_alone_and_forgotten_when_a_day_is_over,
    who_was_given_the_number_is_asked_to_delete_it_too,
    who_wants_no_texts_or_is_blocked_may_still_ask_to_be_deleted,
    all_that_it_asked_for_is_called_off,
    a_need_and_a_danger_beside_the_wish_come_first,
);

/// Members' reminders, and the forgetting of every night.
const DAILY: [TaskKind; 2] = [TaskKind::Remind, TaskKind::Erase];

/// Whether anything is kept of what was written in an inquiry, and its number.
async fn is_kept(chapter: &Chapter, inquiry: InquiryId) -> (bool, bool) {
    let look = chapter.look(move |tx| {
        Box::pin(async move {
            let texts = tx.inquiry_texts(inquiry, false).await?;
            let row = tx.inquiry(inquiry).await?.expect("the row stays");
            let phone = tx.phone(row.phone_id).await?.expect("the row stays");
            let words = texts.iter().any(|text| text.body.is_some()) || row.reading.is_some();
            Ok((words, phone.number.is_some()))
        })
    });
    look.await
}

async fn ruth_sees_it(chapter: &Chapter) {
    chapter.admin("ruth").is_called("a family asks to be deleted");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
}

async fn who_asks_to_be_deleted_is_left_alone_and_forgotten_when_a_day_is_over(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    chapter.dispatch().plan_for_chapters().await.expect("it is planned");
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("please delete my data").await;
    chapter.settle().await;
    let _ = jess.receives("You are unsubscribed").says("We delete what you texted and your number");
    ruth_sees_it(&chapter).await;
    let referral = chapter.referral().await;
    assert_eq!(referral.state, ReferralState::Withdrawn);
    // Nobody has its number, so nobody else hears of it.
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    // For a day a person can see what it was about; no follow-up comes; the night after it is gone.
    chapter.advance(day_hours(22)).await;
    assert_eq!(is_kept(&chapter, referral.inquiry_id).await, (true, true));
    chapter.advance(day_hours(26)).await;
    assert_eq!(is_kept(&chapter, referral.inquiry_id).await, (false, false));
    jess.receives_nothing();
    let trace = chapter.trace(&referral).await;
    let gone = trace.iter().filter(|event| event.kind == "family_erased").collect::<Vec<_>>();
    let [gone] = gone[..] else { panic!("once") };
    assert_eq!(
        (gone.detail["conversations"].as_i64(), &gone.detail["number"]),
        (Some(1), &true.into())
    );
    chapter.done_leaving(&DAILY).await;
}

async fn who_was_given_the_number_is_asked_to_delete_it_too(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.dispatch().plan_for_chapters().await.expect("it is planned");
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("can someone call me please").await;
    chapter.settle().await;
    let _ = jess.receives("Reply YES");
    jess.texts("Yes").await;
    chapter.settle().await;
    let _ = jess.receives("have your number");
    for member in ["ana", "beth", "cleo"] {
        let _ = chapter.phone(member).receives("asks you to call");
    }
    jess.texts("please delete my data").await;
    chapter.settle().await;
    let _ = jess.receives("We delete what you texted");
    for member in ["ana", "beth", "cleo"] {
        let _ = chapter.phone(member).receives("Please delete its number too").says(&code);
    }
    for member in ["dora", "ella"] {
        chapter.phone(member).receives_nothing();
    }
    ruth_sees_it(&chapter).await;
    let first = chapter.referral().await.inquiry_id;

    // It writes again before the day is over: it is served, and nothing goes while that is open.
    jess.texts("START").await;
    let _ = jess.receives("Texts are on again");
    jess.texts("Can someone call me? 11219").await;
    chapter.settle().await;
    let _ = (jess.reads_all(), chapter.admin("ruth").reads_all());
    chapter.advance(day_hours(48)).await;
    assert_eq!(is_kept(&chapter, first).await, (true, true));
    for phone in ALL.map(|name| chapter.phone(name)) {
        let _ = phone.reads_all();
    }
    let ruth = chapter.admin("ruth");
    let _ = (jess.reads_all(), ruth.reads_all(), ruth.reads_mails());
    let may = [DAILY[0], DAILY[1], TaskKind::Unanswered, TaskKind::Page, TaskKind::FollowUp];
    chapter.done_leaving(&may).await;
}

/// Names, then STOP, and the wish to be deleted after it: the usual order.
async fn who_wants_no_texts_or_is_blocked_may_still_ask_to_be_deleted(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.dispatch().plan_for_chapters().await.expect("it is planned");
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("STOP").await;
    let _ = jess.receives("unsubscribed");
    jess.texts("what a lovely day").await;
    jess.texts("please delete my data").await;
    chapter.settle().await;
    jess.receives_nothing();
    ruth_sees_it(&chapter).await;
    let inquiry = chapter.referral().await.inquiry_id;
    chapter.advance(day_hours(48)).await;
    assert_eq!(is_kept(&chapter, inquiry).await, (false, false));
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&DAILY).await;
}

/// Of two requests under way neither goes on, and whatever it has had of texts it is answered.
async fn all_that_it_asked_for_is_called_off(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"family_texts": 4})).await;
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("I want a second opinion on a tongue tie please").await;
    chapter.settle().await;
    let _ = jess.reads_all();
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    jess.texts("please delete all my data").await;
    chapter.settle().await;
    let _ = jess.receives("We delete what you texted");
    for referral in chapter.referrals().await {
        assert!(referral.state.is_over(), "{:?}", referral.state);
    }
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::Page]).await;
}

/// Who asks for help and to be deleted afterwards is helped, and who tells of danger is answered; it goes
/// when that is over.
async fn a_need_and_a_danger_beside_the_wish_come_first(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.dispatch().plan_for_chapters().await.expect("it is planned");
    let jess = chapter.family("jess");
    jess.texts("baby is 5 days and wont latch, 11215. please delete my data when we are done")
        .await;
    chapter.settle().await;
    ruth_sees_it(&chapter).await;
    let _ = jess.reads_all();
    assert_eq!(chapter.referral().await.state, ReferralState::Open);
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    jess.texts("she stopped breathing and her lips are blue. delete my data").await;
    chapter.settle().await;
    let _ = jess.receives("911");
    let inquiry = chapter.referral().await.inquiry_id;
    assert_eq!(is_kept(&chapter, inquiry).await, (true, true));
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let _ = jess.reads_all();
    let may = [DAILY[0], DAILY[1], TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page];
    chapter.done_leaving(&may).await;
}
