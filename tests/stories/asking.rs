//! One question, never a second.

use model::{ReferralState, TaskKind, day_hours, minutes};
use testkit::{Chapter, chapter::Joining};

use crate::ALL;

async fn all_are_asked(chapter: &Chapter) {
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn without_a_place_she_is_asked_for_it() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("hi need help breastfeeding").await;
    chapter.settle().await;
    let _ = jess.receives("What is your ZIP code or neighborhood").says("how old");
    jess.replies("11215, 5 days. home visit, aetna").await;
    chapter.settle().await;
    let _ = jess.receives("Got it").says("11215").says("5 days");
    all_are_asked(&chapter).await;
}

#[tokio::test]
async fn a_borough_alone_goes_on_after_twenty_minutes() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("my 2 week old wont latch, we are in Brooklyn, home visit, Aetna").await;
    chapter.settle().await;
    let _ = jess.receives("What is the ZIP code in Brooklyn?");
    chapter.advance(minutes(19)).await;
    jess.receives_nothing();
    chapter.advance(minutes(1)).await;
    let _ = jess.receives("Got it").says("Brooklyn");
    all_are_asked(&chapter).await;
}

#[tokio::test]
async fn a_zip_that_is_none_is_asked_for_again_once() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("baby 3 weeks old wont latch zip is 1121").await;
    chapter.settle().await;
    let heard = jess.receives("ZIP code").text;
    assert!(heard.contains('?'), "{heard}");
    jess.replies("brooklyn 1121").await;
    chapter.settle().await;
    let told = jess.reads_all();
    assert!(told.iter().all(|text| !text.contains('?')), "a second question: {told:?}");
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let ruth = chapter.admin("ruth");
    if !ruth.reads_all().is_empty() {
        let _ = ruth.reads_mails();
        ruth.replies("ok").await;
        let _ = ruth.reads_all();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Unanswered]).await;
}

#[tokio::test]
async fn out_of_the_area_she_is_asked_whether_video_will_do() {
    for (answer, goes_on) in [("yes", true), ("no thanks", false)] {
        let chapter = Chapter::begin().await;
        let jess = chapter.family("jess");
        jess.texts("do u have anyone in Montclair NJ 07042? baby 6 weeks using nipple shield")
            .await;
        chapter.settle().await;
        let _ = jess.receives("outside the area").says("video").says("Reply YES");
        jess.replies(answer).await;
        chapter.settle().await;
        if goes_on {
            let _ = jess.receives("Got it").says("video");
            for member in ["beth", "ella"] {
                let _ = chapter.phone(member).receives_offer().says("irtual");
            }
            for member in ["ana", "cleo", "dora"] {
                chapter.phone(member).receives_nothing();
            }
            chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
        } else {
            jess.receives_nothing();
            assert_eq!(chapter.referral().await.state, ReferralState::Closed);
            chapter.done().await;
        }
    }
}

#[tokio::test]
async fn a_medical_question_is_not_answered_and_a_consultant_offered() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("is it safe to take sudafed while nursing? 5 month old. williamsburg").await;
    chapter.settle().await;
    let _ = jess.receives("We can't advise on medicines").says("Reply YES");
    jess.replies("yes").await;
    chapter.settle().await;
    let _ = jess.receives("Got it");
    all_are_asked(&chapter).await;
}

#[tokio::test]
async fn a_photo_and_an_emoji_are_asked_for_the_place() {
    let chapter = Chapter::begin().await;
    let (jess, kim) = (chapter.family("jess"), chapter.family("kim"));
    jess.texts_picture("").await;
    kim.texts("\u{1f62d}\u{1f62d}\u{1f931}\u{1f3fd}").await;
    chapter.settle().await;
    let _ = jess.receives("We can't see photos here");
    let _ = kim.receives("We are here").says("ZIP");
    chapter.advance(day_hours(25)).await;
    jess.receives_nothing();
    kim.receives_nothing();
    let referrals = chapter.referrals().await;
    assert!(referrals.iter().all(|referral| referral.state == ReferralState::Closed));
    chapter.done().await;
}

#[tokio::test]
async fn whoever_answers_with_no_place_is_given_to_a_person() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("my baby is 3 weeks and wont latch").await;
    chapter.settle().await;
    let _ = jess.receives("What is your ZIP code or neighborhood");
    jess.replies("its really painful and my supply is low").await;
    chapter.settle().await;
    let _ = jess.receives("A person from our team will text you").lacks("?");
    let ruth = chapter.admin("ruth");
    ruth.is_called("a request waits for you");
    ruth.replies("ok").await;
    let _ = ruth.receives("is with you");
    assert_eq!(chapter.referral().await.state, ReferralState::Held);
    // Nothing comes of the silence that we waited for.
    chapter.advance(minutes(20)).await;
    chapter.done().await;
}

#[tokio::test]
async fn at_night_night_owls_are_asked_and_the_promise_counts_from_the_morning() {
    let chapter = Chapter::begin().await;
    chapter.joins("hana", Joining::usual("Hana Resting").quiet_on(&["wed"])).await;
    chapter.until(23, 0).await;
    let jess = chapter.family("jess");
    jess.texts(crate::JESS).await;
    chapter.settle().await;
    let code = jess.receives("Got it").says("We are asking 1 consultant.").says("10 am").code();
    assert_eq!(chapter.phone("dora").receives_offer().code(), code);
    for member in ["ana", "beth", "cleo", "ella", "hana"] {
        chapter.phone(member).receives_nothing();
    }
    crate::claim(&chapter, &code, &["dora"], 1).await;
    chapter.until(7, 59).await;
    chapter.phone("ana").receives_nothing();
    chapter.until(8, 0).await;
    for member in ["ana", "beth", "cleo", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    chapter.phone("hana").receives_nothing();
    chapter.until(9, 59).await;
    jess.receives_nothing();
    chapter.until(10, 0).await;
    let _ = jess.receives("Here is 1 consultant").says("Dora Pattern");
    crate::claim(&chapter, &code, &["ana", "beth"], 2).await;
    let _ = jess.receives("2 more names");
    chapter.until(8, 30).await;
    chapter.phone("hana").receives_nothing();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_night_without_owls_is_queued_for_the_morning() {
    let chapter = Chapter::begin().await;
    chapter.joins("dora", Joining::usual("Dora Pattern")).await;
    chapter.until(2, 0).await;
    let jess = chapter.family("jess");
    jess.texts(crate::JESS).await;
    chapter.settle().await;
    let code =
        jess.receives("Got it").says("We ask our consultants from 8 am").says("10 am").code();
    assert_eq!(chapter.referral().await.state, ReferralState::Queued);
    chapter.until(7, 59).await;
    jess.receives_nothing();
    chapter.until(8, 0).await;
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    assert_eq!(chapter.referral().await.state, ReferralState::Open);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
