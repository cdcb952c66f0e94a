//! The promised time, and what keeps a request from ending nowhere.

use model::{ReferralState, Role, TaskKind, day_hours, minutes};
use testkit::{Chapter, chapter::Joining};

use crate::{ALL, claim, jess_asks};

#[tokio::test]
async fn those_there_are_are_named_at_the_promised_time_and_the_rest_once() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.advance(minutes(118)).await;
    chapter.family("jess").receives_nothing();
    chapter.advance(minutes(2)).await;
    let jess = chapter.family("jess");
    let _ =
        jess.receives("Here is 1 consultant").says("Ana Sample").says("text you if more answer");
    claim(&chapter, &code, &["beth"], 2).await;
    jess.receives_nothing();
    claim(&chapter, &code, &["cleo"], 3).await;
    let _ = jess.receives("2 more names").says("Beth Example").says("Cleo Specimen").lacks("Ana");
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    jess.receives_nothing();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_second_name_that_comes_alone_is_told_when_the_time_is_over_again() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.advance(minutes(120)).await;
    let _ = chapter.family("jess").receives("Here is 1 consultant");
    claim(&chapter, &code, &["beth"], 2).await;
    chapter.family("jess").receives_nothing();
    chapter.advance(minutes(120)).await;
    let _ = chapter.family("jess").receives("1 more name").says("Beth Example");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn nobody_answers_and_a_person_and_more_members_are_asked() {
    let chapter = Chapter::begin().await;
    chapter.employs("mia", Role::Admin).await;
    chapter
        .joins("gina", Joining::usual("Gina Far").areas(&["Staten Island"]).visits(&["virtual"]))
        .await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("gina").receives_nothing();
    chapter.advance(minutes(119)).await;
    chapter.admin("ruth").is_left_alone();
    chapter.advance(minutes(1)).await;
    let _ = chapter.family("jess").receives("Nobody has answered yet").says(&code);
    assert_eq!(chapter.phone("gina").receives_offer().code(), code);
    chapter.admin("ruth").is_called("nobody answered by the promised time");
    chapter.admin("mia").is_left_alone();
    chapter.advance(minutes(10)).await;
    chapter.admin("mia").is_called("not answered yet");
    chapter.admin("ruth").is_left_alone();
    chapter.advance(minutes(10)).await;
    chapter.admin("ruth").is_called("not answered yet");
    chapter.admin("mia").replies("ok").await;
    let _ = chapter.admin("mia").receives(&format!("{code} is with you"));
    chapter.advance(minutes(30)).await;
    chapter.admin("ruth").is_left_alone();
    claim(&chapter, &code, &["gina"], 1).await;
    chapter.advance(minutes(120)).await;
    let _ = chapter.family("jess").receives("Here is 1 consultant").says("Gina Far");
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn nobody_within_a_day_and_the_family_gets_resources_and_a_person() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let code = jess_asks(&chapter, &ALL).await;
    let mut told = 0;
    for hour in 1..=24 {
        chapter.advance(minutes(60)).await;
        for text in jess.reads_all() {
            told += 1;
            assert!(text.contains("Nobody has answered yet") || hour == 24, "{hour}: {text}");
        }
        if !chapter.admin("ruth").reads_all().is_empty() {
            chapter.admin("ruth").replies("OK").await;
            let _ = chapter.admin("ruth").reads_all();
        }
    }
    assert!((1..=3).contains(&told), "{told}");
    let last = jess.history().pop().expect("a text");
    assert!(last.text.contains("We are sorry") && last.text.contains(&code), "{}", last.text);
    let referral = chapter.referral().await;
    assert_eq!(referral.state, ReferralState::Held);
    assert_eq!(referral.hold_reason.as_deref(), Some("dead_end"));
    chapter.admin("ruth").reads_mails();
    chapter.advance(day_hours(1)).await;
    jess.receives_nothing();
    chapter.done().await;
}

#[tokio::test]
async fn whoever_has_a_place_is_named_also_when_nothing_is_promised_any_more() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.advance(minutes(121)).await;
    let jess = chapter.family("jess");
    let _ = jess.receives("Here is 1 consultant");
    // The second promised time passes, and nobody has come.
    chapter.advance(minutes(121)).await;
    claim(&chapter, &code, &["beth"], 2).await;
    let _ = jess.receives("Beth");
    claim(&chapter, &code, &["cleo"], 3).await;
    let _ = jess.receives("Cleo");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
