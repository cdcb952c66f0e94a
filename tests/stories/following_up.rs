//! Did you reach someone?

use model::{Outcome, ReferralState, TaskKind, day_hours, minutes};
use testkit::Chapter;

use crate::{claim, jess_has_names};

#[tokio::test]
async fn nobody_reached_is_a_second_try_under_the_same_code_without_the_three() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone").says(&code);
    jess.replies("0").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking again, without those names").says(&code);
    chapter.admin("ruth").is_called("a family reached nobody");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    for member in ["dora", "ella"] {
        let _ = chapter.phone(member).receives_offer().says(&format!("{code} (again)"));
    }
    for member in ["ana", "beth", "cleo"] {
        chapter.phone(member).receives_nothing();
    }
    // Nor does one of the three come back by a text that was late, or by herself.
    chapter.phone("ana").replies(&code).await;
    let _ = chapter.phone("ana").receives("Nothing is open for you");
    claim(&chapter, &code, &["dora", "ella"], 1).await;
    chapter.advance(minutes(120)).await;
    let names = jess.receives("2 new names").says("Dora Pattern").says("Ella Model");
    let _ = names.lacks("Ana").lacks("Beth").lacks("Cleo");
    let referral = chapter.referral().await;
    assert_eq!((referral.round, referral.outcome), (2, Some(Outcome::NoneYet)));
    assert!(jess.history().len() <= 6);
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn none_of_them_called_me_back() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    chapter.advance(day_hours(5)).await;
    jess.texts("hi none of them called me back :(").await;
    chapter.settle().await;
    let _ = jess.receives("We are sorry. We are asking again now").says(&code);
    chapter.admin("ruth").is_called("a family reached nobody");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    for member in ["dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn praise_is_an_outcome_and_no_answer_is_not() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone");
    jess.texts("Yes!! Ana came yesterday she's amazing 10/10 thank you so much").await;
    chapter.settle().await;
    let _ = jess.receives("Thank you for telling us");
    assert_eq!(chapter.referral().await.outcome, Some(Outcome::Connected));
    chapter.advance(day_hours(50)).await;
    assert_eq!(chapter.referral().await.state, ReferralState::Closed);
    assert_eq!(chapter.referral().await.outcome, Some(Outcome::Connected));
    chapter.done().await;
}

#[tokio::test]
async fn silence_is_unknown_and_not_success() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    chapter.advance(day_hours(25)).await;
    let _ = chapter.family("jess").receives("Did you reach someone");
    chapter.advance(day_hours(46)).await;
    assert_eq!(chapter.referral().await.state, ReferralState::HandedOff);
    chapter.advance(day_hours(3)).await;
    let referral = chapter.referral().await;
    assert_eq!(
        (referral.state, referral.outcome),
        (ReferralState::Closed, Some(Outcome::NoAnswer))
    );
    chapter.done().await;
}

#[tokio::test]
async fn a_member_tells_an_outcome_and_it_is_kept_apart() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    chapter.phone("ana").replies(&format!("Booked! {code} seeing them tmrw")).await;
    let _ = chapter.phone("ana").receives("booked. Thank you");
    chapter
        .phone("beth")
        .replies(&format!("saw {code}, tongue tie, referred to Dr Siegel ENT"))
        .await;
    let _ = chapter.phone("beth").receives("keep clinical details out").lacks("Siegel");
    let referral = chapter.referral().await;
    assert_eq!(referral.outcome, None);
    let trace = chapter.trace(&referral).await;
    let told = trace.iter().filter(|event| event.kind == "member_outcome").collect::<Vec<_>>();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|event| !event.detail.to_string().contains("Siegel")));
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
