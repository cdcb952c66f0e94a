//! Who is called, and what her answer answers.

use model::{Role, TaskKind, minutes};
use testkit::Chapter;

/// Why pages of the chapter are open, the oldest first.
async fn open(chapter: &Chapter) -> Vec<String> {
    let id = chapter.id();
    let pages = chapter.look(move |tx| Box::pin(async move { tx.open_pages(id).await })).await;
    pages.into_iter().map(|page| page.reason).collect()
}

#[tokio::test]
async fn her_ok_answers_what_she_was_called_for_and_nothing_else() {
    let chapter = Chapter::begin().await;
    chapter.employs("mia", Role::Admin).await;
    let (jess, kim) = (chapter.family("jess"), chapter.family("kim"));
    kim.texts("Hi, I sell breast pumps and want to partner with you, special prices").await;
    chapter.settle().await;
    let _ = kim.reads_all();
    jess.texts("help my baby is not breathing").await;
    let _ = jess.receives("911");
    let (ruth, mia) = (chapter.admin("ruth"), chapter.admin("mia"));
    ruth.is_called("danger to life");
    assert_eq!(open(&chapter).await, ["money", "emergency"]);
    // Nobody has called Mia.
    mia.texts("ok").await;
    let _ = mia.receives("latchline.example");
    assert_eq!(open(&chapter).await, ["money", "emergency"]);
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    // What waits in the console is not answered by the way.
    assert_eq!(open(&chapter).await, ["money"]);
    chapter.advance(minutes(30)).await;
    ruth.is_left_alone();
    mia.is_left_alone();
    chapter.done().await;
}

#[tokio::test]
async fn her_ok_in_the_night_does_not_answer_what_she_is_called_for_by_day() {
    let chapter = Chapter::begin().await;
    chapter.until(22, 30).await;
    let (jess, kim) = (chapter.family("jess"), chapter.family("kim"));
    kim.texts("this is outrageous, nobody ever called me back, I want to complain").await;
    chapter.settle().await;
    let _ = kim.reads_all();
    jess.texts("help my baby is not breathing").await;
    let _ = jess.receives("911");
    let ruth = chapter.admin("ruth");
    ruth.is_called("danger to life");
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    assert_eq!(open(&chapter).await, ["complaint"]);
    chapter.until(8, 5).await;
    ruth.is_called("a complaint");
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    chapter.done_leaving(&[TaskKind::Unanswered]).await;
}

#[tokio::test]
async fn what_is_no_danger_calls_everybody_twice_then_once_an_hour_and_never_at_night() {
    let chapter = Chapter::begin().await;
    chapter.employs("mia", Role::Admin).await;
    let kim = chapter.family("kim");
    kim.texts("this is outrageous, nobody ever called me back, I want to complain").await;
    chapter.settle().await;
    let _ = kim.reads_all();
    let (ruth, mia) = (chapter.admin("ruth"), chapter.admin("mia"));
    let called = || ruth.reads_all().len() + mia.reads_all().len();
    for turn in 0..4 {
        assert_eq!(called(), 1, "turn {turn}");
        chapter.advance(minutes(10)).await;
    }
    chapter.advance(minutes(45)).await;
    assert_eq!(called(), 0, "an hour passes between");
    chapter.advance(minutes(10)).await;
    assert_eq!(called(), 1);
    chapter.until(21, 30).await;
    let _ = called();
    chapter.until(7, 55).await;
    assert_eq!(called(), 0, "the night is quiet");
    chapter.advance(minutes(10)).await;
    assert_eq!(called(), 1);
    let _ = (ruth.reads_mails(), mia.reads_mails());
    chapter.done_leaving(&[TaskKind::Page, TaskKind::Unanswered]).await;
}

#[tokio::test]
async fn danger_calls_on_at_the_same_pace_at_any_hour() {
    let chapter = Chapter::begin().await;
    chapter.until(22, 30).await;
    let jess = chapter.family("jess");
    jess.texts("help my baby is not breathing").await;
    let _ = jess.receives("911");
    let ruth = chapter.admin("ruth");
    for turn in 0..6 {
        assert_eq!(ruth.reads_all().len(), 1, "turn {turn}");
        chapter.advance(minutes(10)).await;
    }
    let _ = (ruth.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::Page]).await;
}

#[tokio::test]
async fn two_members_who_stop_are_two_calls_by_name() {
    let chapter = Chapter::begin().await;
    for name in ["ana", "beth"] {
        chapter.phone(name).texts("STOP").await;
        let _ = chapter.phone(name).receives("You are unsubscribed");
    }
    let now = chapter.dispatch().now_in(chapter.id()).await.expect("it can be read");
    let about = |call: &dispatch::view::Call| {
        let (_, name) = call.member.as_ref().expect("it is about a member");
        (call.words.clone(), name.reveal().split(' ').next().unwrap_or_default().to_owned())
    };
    let mut calls = now.calls.iter().map(about).collect::<Vec<_>>();
    calls.sort();
    let why = "somebody with an open request opted out".to_owned();
    assert_eq!(calls, [(why.clone(), "Ana".to_owned()), (why, "Beth".to_owned())]);
    chapter.done().await;
}

/// The number that a new member has is not hers: Ruth is called about her, by e-mail with her page.
#[tokio::test]
async fn a_call_about_a_member_leads_to_her_page() {
    let chapter = Chapter::begin().await;
    let asked = chapter.dispatch().ask_number(chapter.id(), chapter.member("ana")).await;
    assert!(asked.expect("it is written"));
    chapter.run().await;
    let ana = chapter.phone("ana");
    assert!(!ana.reads_all().is_empty());
    ana.replies("wrong number").await;
    let ruth = chapter.admin("ruth");
    let _ = ruth.receives("a text did not reach its person");
    let mail = ruth.emailed("a text did not reach its person");
    assert!(mail.contains(&format!("/roster/{}", chapter.member("ana"))), "{mail}");
    chapter.done_leaving(&[TaskKind::Page]).await;
}

/// Whoever looks at it is not called again, nor is anybody else; but what comes on top of it calls anew.
#[tokio::test]
async fn who_opens_it_is_called_no_more() {
    let chapter = Chapter::begin().await;
    chapter.employs("mia", Role::Admin).await;
    let jess = chapter.family("jess");
    jess.texts("help my baby is not breathing").await;
    let _ = jess.receives("911");
    let (ruth, mia) = (chapter.admin("ruth"), chapter.admin("mia"));
    let _ = ruth.receives("danger to life");
    let mail = ruth.emailed("danger to life");
    assert!(mail.contains("/inquiries/") || mail.contains("/referrals/"), "{mail}");
    let calls = chapter.dispatch().now_in(chapter.id()).await.expect("it can be read").calls;
    let opens = async || {
        let by = chapter.admin_id("ruth");
        let opened = chapter.dispatch().open_page(chapter.id(), calls[0].id, by).await;
        opened.expect("it is taken in")
    };
    assert_eq!([opens().await, opens().await], [true, false]);
    chapter.advance(minutes(60)).await;
    ruth.is_left_alone();
    mia.is_left_alone();
    assert_eq!(open(&chapter).await, ["emergency"], "it stands until somebody decides");
    jess.texts("he is blue and not breathing!!").await;
    assert!(!jess.reads_all().is_empty());
    mia.is_called("danger to life");
    mia.texts("ok").await;
    let _ = mia.receives("is with you");
    assert!(open(&chapter).await.is_empty());
    chapter.done().await;
}
