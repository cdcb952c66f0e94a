//! STOP and its kin: our own list is the authority, and it holds at the last moment too.

use carriers::CarrierAnswered;
use model::{ErrorClass, LinePurpose, ReferralState, TaskKind};
use serde_json::json;
use testkit::Chapter;

use crate::{ALL, JESS, claim, jess_asks};

#[tokio::test]
async fn stop_in_the_middle_ends_the_texts_and_tells_who_claimed() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth"], 1).await;
    jess.texts("STOP").await;
    let _ = jess.receives("You are unsubscribed").says("START");
    for member in ["ana", "beth"] {
        let _ = chapter.phone(member).receives(&format!("{code} is closed"));
    }
    assert_eq!(chapter.referral().await.state, ReferralState::Withdrawn);
    chapter.phone("cleo").replies(&code).await;
    let _ = chapter.phone("cleo").receives("filled");
    jess.texts("stop").await;
    jess.receives_nothing();
    jess.texts("Park Slope 11215, latch").await;
    chapter.settle().await;
    jess.receives_nothing();
    jess.texts("START").await;
    let _ = jess.receives("Texts are on again");
    jess.texts(JESS).await;
    chapter.settle().await;
    let _ = jess.receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn who_has_found_help_elsewhere_calls_it_off_and_those_who_wait_are_told() {
    for (words, told) in [
        ("Never mind, we found someone, thank you", "We have stopped asking"),
        ("ya no necesitamos, encontramos a alguien", "Dejamos de preguntar"),
    ] {
        let chapter = Chapter::begin().await;
        let jess = chapter.family("jess");
        let code = jess_asks(&chapter, &ALL).await;
        claim(&chapter, &code, &["ana"], 1).await;
        jess.texts(words).await;
        chapter.settle().await;
        let _ = jess.receives(told).says(&code);
        let _ = chapter.phone("ana").receives(&format!("{code} is closed"));
        assert_eq!(chapter.referral().await.state, ReferralState::Withdrawn);
        // She may ask again at any time.
        jess.texts(JESS).await;
        chapter.settle().await;
        let again = jess.reads_all().join("\n");
        assert!(!again.is_empty() && !again.contains(&code), "{again}");
        for member in ALL {
            let _ = chapter.phone(member).reads_all();
        }
        chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
    }
}

#[tokio::test]
async fn a_sign_of_danger_or_a_further_need_calls_nothing_off() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let _ = jess_asks(&chapter, &ALL).await;
    jess.texts("never mind the bottle question, he has had no wet diaper since yesterday").await;
    chapter.settle().await;
    let _ = jess.receives("This needs a doctor now");
    assert_eq!(chapter.referral().await.state, ReferralState::Open);
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

#[tokio::test]
async fn words_that_refuse_count_and_a_question_about_weaning_does_not() {
    let chapter = Chapter::begin().await;
    jess_asks(&chapter, &ALL).await;
    let jess = chapter.family("jess");
    jess.texts("please stop texting me").await;
    chapter.settle().await;
    let _ = jess.receives("You are unsubscribed");
    assert_eq!(chapter.referral().await.state, ReferralState::Withdrawn);
    let kim = chapter.family("kim");
    kim.texts("how do I stop breastfeeding? baby is 14 months, Flatbush 11226, home visit, Aetna")
        .await;
    chapter.settle().await;
    let _ = kim.receives("Got it").lacks("unsubscribed");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn what_the_carrier_answered_is_not_answered_twice() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess_asks(&chapter, &ALL).await;
    chapter.delivers_answered("jess", "Stop", CarrierAnswered::Stop).await;
    jess.receives_nothing();
    assert_eq!(chapter.referral().await.state, ReferralState::Withdrawn);
    chapter.delivers_answered("jess", "HELP", CarrierAnswered::Help).await;
    jess.receives_nothing();
    chapter.delivers_answered("jess", "START", CarrierAnswered::Start).await;
    jess.receives_nothing();
    jess.texts(JESS).await;
    chapter.settle().await;
    let _ = jess.receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn what_waits_for_her_is_not_sent_after_a_stop() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    // Written, and not handed over yet.
    chapter.house().clock.advance(model::seconds(26));
    chapter.dispatch().run_due_tasks().await.expect("tasks run");
    let stop = chapter.text_from("jess", "STOP");
    chapter.delivers(&stop).await;
    chapter.run().await;
    let _ = jess.receives("You are unsubscribed");
    jess.receives_nothing();
    // What members have not seen of it is taken back.
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    chapter.knows_failed(ErrorClass::Suppressed).await;
    chapter.knows_failed(ErrorClass::Expired).await;
    chapter.done().await;
}

#[tokio::test]
async fn a_stop_may_be_for_one_line_alone() {
    for (scope, answered) in [("line", true), ("chapter", false)] {
        let chapter = Chapter::with_lines_and_settings(
            &[LinePurpose::Both, LinePurpose::Families],
            json!({"stop_scope": scope}),
        )
        .await;
        let jess = chapter.family("jess");
        jess.clone().on(1).texts("STOP").await;
        let _ = jess.receives("You are unsubscribed");
        jess.texts(JESS).await;
        chapter.settle().await;
        if answered {
            let _ = jess.receives("Got it");
            for member in ALL {
                let _ = chapter.phone(member).receives_offer();
            }
        }
        jess.clone().on(1).texts(JESS).await;
        chapter.settle().await;
        jess.receives_nothing();
        chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
    }
}

#[tokio::test]
async fn a_stop_for_one_line_leaves_what_waits_on_another() {
    let chapter = Chapter::with_lines_and_settings(
        &[LinePurpose::Both, LinePurpose::Families],
        json!({"stop_scope": "line"}),
    )
    .await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    // Written, and not handed over yet.
    chapter.house().clock.advance(model::seconds(26));
    chapter.dispatch().run_due_tasks().await.expect("tasks run");
    jess.clone().on(1).texts("STOP").await;
    let mut told = jess.reads_all();
    told.sort();
    assert!(told.len() == 2 && told[0].contains("Got it"), "{told:?}");
    assert!(told[1].contains("You are unsubscribed"), "{told:?}");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_blocked_number_that_says_stop_is_told_nothing_and_is_left_alone_for_good() {
    let chapter = Chapter::begin().await;
    let (id, ruth) = (chapter.id(), chapter.admin_id("ruth"));
    let kim = chapter.family("kim");
    kim.texts("who is this").await;
    chapter.settle().await;
    assert!(!kim.reads_all().is_empty());
    let number = kim.number();
    let row = chapter
        .look(move |tx| Box::pin(async move { tx.phone_by_number(id, &number).await }))
        .await
        .expect("a phone");
    for (blocked, words) in [(true, "STOP"), (false, JESS)] {
        chapter.dispatch().set_blocked(id, row.id, ruth, blocked).await.expect("it is done");
        kim.texts(words).await;
        chapter.settle().await;
        kim.receives_nothing();
    }
    kim.texts("START").await;
    let _ = kim.receives("Texts are on again");
    chapter.done().await;
}

#[tokio::test]
async fn help_is_answered_each_time() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    for line in 0..2 {
        let kim = chapter.family("kim").on(line);
        for _ in 0..8 {
            kim.texts("HELP").await;
            let _ = kim.receives("NYLCA");
            chapter.advance(model::minutes(1)).await;
        }
    }
    chapter.done().await;
}

#[tokio::test]
async fn a_member_who_stops_on_the_families_line_gives_back_what_she_holds() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    let jess = chapter.family("jess").on(1);
    jess.texts(JESS).await;
    chapter.settle().await;
    let code = jess.receives("Got it").code();
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.phone("ana").on(1).texts("STOP").await;
    let _ = chapter.phone("ana").receives("You are unsubscribed from referral texts");
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert!(firm.is_empty(), "{firm:?}");
    let id = chapter.id();
    let pages = chapter.look(move |tx| Box::pin(async move { tx.open_pages(id).await })).await;
    assert_eq!(pages.iter().map(|page| page.reason.as_str()).collect::<Vec<_>>(), ["opt_out"]);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_member_who_stops_gives_back_what_she_holds() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.phone("ana").replies("STOP").await;
    let _ = chapter.phone("ana").receives("You are unsubscribed from referral texts");
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert!(firm.is_empty(), "{firm:?}");
    chapter.phone("ana").replies(&code).await;
    chapter.phone("ana").receives_nothing();
    let kim = chapter.family("kim");
    kim.texts("Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna").await;
    chapter.settle().await;
    let _ = kim.receives("We are asking 4 consultants.");
    for member in ["beth", "cleo", "dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
