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
