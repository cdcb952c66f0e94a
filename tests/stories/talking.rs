//! A person takes a thread over, writes as the line, and hands it back.

use dispatch::{AboutPerson, Answered, TalkRefusal};
use model::{ErrorClass, MessageText, ReferralState, Role, Shelf, TaskKind, minutes};
use storage::InboxFilter;
use testkit::{Chapter, databases::TestDatabase, network::Fate};

use crate::{ALL, claim, jess_asks, jess_has_names};

testkit::on_both!(names_wait_for_the_person, two_take_it_at_once);

async fn takes(chapter: &Chapter, admin: &str) -> Result<(), TalkRefusal> {
    takes_from(chapter, admin, None).await
}

async fn takes_from(chapter: &Chapter, admin: &str, from: Option<&str>) -> Result<(), TalkRefusal> {
    let (inquiry, by) = (chapter.referral().await.inquiry_id, chapter.admin_id(admin).into());
    let from = from.map(|name| chapter.admin_id(name));
    let done = chapter.dispatch().take_over(chapter.id(), inquiry, by, from).await;
    chapter.run().await;
    done.expect("the database takes it")
}

async fn hands_back(chapter: &Chapter, admin: &str) -> Result<(), TalkRefusal> {
    let (inquiry, by) = (chapter.referral().await.inquiry_id, chapter.admin_id(admin).into());
    let done = chapter.dispatch().hand_back(chapter.id(), inquiry, by).await;
    chapter.run().await;
    done.expect("the database takes it")
}

async fn writes(
    chapter: &Chapter,
    admin: &str,
    key: &str,
    words: &str,
) -> Result<Answered, TalkRefusal> {
    let (inquiry, by) = (chapter.referral().await.inquiry_id, chapter.admin_id(admin).into());
    let words = MessageText::new(words);
    let done = chapter.dispatch().answer(chapter.id(), inquiry, by, key.to_owned(), words).await;
    chapter.run().await;
    done.expect("the database takes it")
}

/// How many threads are on a shelf.
async fn on(chapter: &Chapter, shelf: Shelf) -> usize {
    let filter = InboxFilter { shelf: Some(shelf), limit: 10, ..InboxFilter::default() };
    chapter.dispatch().inbox(chapter.id(), filter).await.expect("the inbox").len()
}

/// Names come while Ruth talks with Jess; they wait, and go when she hands the thread back.
async fn names_wait_for_the_person(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let (jess, ruth) = (chapter.family("jess"), chapter.admin("ruth"));
    let code = jess_asks(&chapter, &ALL).await;
    assert_eq!(on(&chapter, Shelf::Running).await, 1);
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    assert_eq!((on(&chapter, Shelf::Running).await, on(&chapter, Shelf::TakenOver).await), (0, 1));
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    jess.receives_nothing();
    ruth.is_called("names are ready");
    jess.texts("how long will it take?").await;
    chapter.settle().await;
    jess.receives_nothing();
    ruth.is_called("a family wrote in a thread you have");
    assert_eq!(on(&chapter, Shelf::NeedsPerson).await, 1);
    for _ in 0..2 {
        let answered =
            writes(&chapter, "ruth", "one press", "It is Ruth. A few minutes more.").await;
        assert_eq!(answered, Ok(Answered { goes_at: chapter.now() }));
    }
    let _ = jess.receives("It is Ruth. A few minutes more.");
    jess.receives_nothing();
    assert_eq!(hands_back(&chapter, "ruth").await, Ok(()));
    let _ = jess.receives("Ana Sample").says("Beth Example").says("Cleo Specimen");
    assert_eq!(chapter.referral().await.state, ReferralState::HandedOff);
    ruth.is_left_alone();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// Ruth and Rosa press at once: one has the thread, and the other is told whose it is.
async fn two_take_it_at_once(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.employs("rosa", Role::Moderator).await;
    jess_asks(&chapter, &ALL).await;
    let inquiry = chapter.referral().await.inquiry_id;
    let (one, other) = (chapter.dispatch().clone(), chapter.house().another_node().await);
    let take = |dispatch: dispatch::Dispatch, name| {
        let (id, by) = (chapter.id(), chapter.admin_id(name).into());
        async move { dispatch.take_over(id, inquiry, by, None).await.expect("it is taken in") }
    };
    let both = tokio::join!(take(one, "ruth"), take(other, "rosa"));
    let (has, has_not) = match both {
        (Ok(()), Err(TalkRefusal::Theirs)) => ("ruth", "rosa"),
        (Err(TalkRefusal::Theirs), Ok(())) => ("rosa", "ruth"),
        other => panic!("one of them has it: {other:?}"),
    };
    assert_eq!(writes(&chapter, has_not, "k", "Hello").await, Err(TalkRefusal::Theirs));
    assert_eq!(hands_back(&chapter, has_not).await, Err(TalkRefusal::Theirs));
    assert!(writes(&chapter, has, "k", "Hello from us").await.is_ok());
    let _ = chapter.family("jess").receives("Hello from us");
    assert_eq!(takes_from(&chapter, has_not, Some(has)).await, Ok(()));
    assert_eq!(writes(&chapter, has, "l", "Hello again").await, Err(TalkRefusal::Theirs));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn danger_and_stop_are_answered_while_a_person_has_the_thread() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess_asks(&chapter, &ALL).await;
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    jess.texts("she is blue and not breathing").await;
    chapter.run().await;
    let _ = jess.receives("911");
    chapter.admin("ruth").is_called("danger to life");
    jess.texts("STOP").await;
    let _ = jess.receives("You are unsubscribed");
    assert_eq!(writes(&chapter, "ruth", "k", "Hello").await, Err(TalkRefusal::WantsNone));
    assert_eq!(takes(&chapter, "ruth").await, Err(TalkRefusal::Closed), "it was not opened again");
    chapter.admin("ruth").is_left_alone();
    chapter.done_leaving(&[TaskKind::Page]).await;
}

#[tokio::test]
async fn an_answer_at_night_waits_for_the_morning_unless_the_family_is_awake() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    chapter.until(20, 30).await;
    jess_asks(&chapter, &ALL).await;
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    chapter.until(22, 5).await;
    let answered = writes(&chapter, "ruth", "k", "I am asking further.").await.expect("written");
    assert!(answered.goes_at > chapter.now().after(minutes(9 * 60)), "it waits for the morning");
    jess.receives_nothing();
    jess.texts("are you there?").await;
    chapter.settle().await;
    let now = writes(&chapter, "ruth", "k", "Yes, this is Ruth.").await.expect("written");
    assert_eq!(now.goes_at, chapter.now());
    let _ = jess.receives("Yes, this is Ruth.");
    chapter.until(8, 1).await;
    let _ = jess.receives("I am asking further.");
    chapter.admin("ruth").is_called("nobody answered by the promised time");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

#[tokio::test]
async fn a_thread_handed_back_before_it_was_understood_is_understood_then() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("my baby does not latch, 5 days old").await;
    chapter.settle().await;
    let _ = jess.receives("ZIP");
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    jess.texts("11215, home visit please, we have Aetna").await;
    chapter.settle().await;
    jess.receives_nothing();
    chapter.admin("ruth").is_called("a family wrote in a thread you have");
    assert_eq!(hands_back(&chapter, "ruth").await, Ok(()));
    let code = jess.receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

#[tokio::test]
async fn nobody_talks_in_a_neighbours_thread_or_to_who_wants_no_texts() {
    let chapter = Chapter::begin().await;
    jess_asks(&chapter, &ALL).await;
    let (neighbour, inquiry) =
        (chapter.neighbour("bayside").await, chapter.referral().await.inquiry_id);
    let by: dispatch::By = chapter.admin_id("ruth").into();
    let dispatch = chapter.dispatch();
    let taken = dispatch.take_over(neighbour.id(), inquiry, by, None).await.expect("asked");
    assert_eq!(taken, Err(TalkRefusal::NotFound));
    assert_eq!(writes(&chapter, "ruth", "k", "  ").await, Err(TalkRefusal::Words));
    assert_eq!(writes(&chapter, "ruth", "k", &"a".repeat(801)).await, Err(TalkRefusal::Words));
    let phone = chapter.referral().await.phone_id;
    let ruth = chapter.admin_id("ruth");
    dispatch.set_blocked(chapter.id(), phone, ruth, true).await.expect("blocked");
    assert_eq!(writes(&chapter, "ruth", "k", "Hello").await, Err(TalkRefusal::WantsNone));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
    neighbour.done().await;
}

#[tokio::test]
async fn a_yes_to_a_person_gives_nobody_the_number() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let (jess, ruth) = (chapter.family("jess"), chapter.admin("ruth"));
    jess.texts("can someone call me please").await;
    chapter.settle().await;
    let _ = jess.receives("can call you").says("Reply YES");
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    assert!(writes(&chapter, "ruth", "k", "Is Tuesday fine for you?").await.is_ok());
    let _ = jess.receives("Is Tuesday fine");
    assert_eq!(hands_back(&chapter, "ruth").await, Ok(()));
    jess.texts("yes").await;
    chapter.settle().await;
    let number = jess.number().national();
    for member in ALL {
        assert!(!chapter.phone(member).reads_all().join(" ").contains(&number));
    }
    let _ = (jess.reads_all(), ruth.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Page]).await;
}

#[tokio::test]
async fn a_wish_to_be_deleted_is_heard_in_a_thread_that_a_person_has() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let (jess, ruth) = (chapter.family("jess"), chapter.admin("ruth"));
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    jess.texts("please delete my data").await;
    chapter.settle().await;
    let reasons = ruth.reads_all().join("\n");
    assert!(reasons.contains("delete") || reasons.contains("eras"), "{reasons}");
    let _ = (jess.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Page]).await;
}

#[tokio::test]
async fn who_is_let_go_leaves_her_threads_to_the_service() {
    let chapter = Chapter::begin().await;
    chapter.employs("mo", Role::Moderator).await;
    let code = jess_asks(&chapter, &ALL).await;
    assert_eq!(takes(&chapter, "mo").await, Ok(()));
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    chapter.family("jess").receives_nothing();
    let (ruth, mo) = (chapter.admin_id("ruth"), chapter.admin_id("mo"));
    let done = chapter.dispatch().decide_about_person(chapter.id(), ruth, mo, AboutPerson::LetGo);
    assert_eq!(done.await.expect("taken in"), Ok(()));
    chapter.run().await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    for admin in ["ruth", "mo"] {
        let _ = (chapter.admin(admin).reads_all(), chapter.admin(admin).reads_mails());
    }
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn an_answer_that_does_not_arrive_calls_a_person() {
    let chapter = Chapter::begin().await;
    jess_asks(&chapter, &ALL).await;
    let jess = chapter.family("jess");
    assert_eq!(takes(&chapter, "ruth").await, Ok(()));
    jess.next_texts([Fate::Refused(ErrorClass::Content, "30007")]);
    assert!(writes(&chapter, "ruth", "k", "It is Ruth.").await.is_ok());
    jess.receives_nothing();
    chapter.admin("ruth").is_called("a text did not reach its person");
    chapter.knows_failed(ErrorClass::Content).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

/// A thread that was closed by mistake is written in for a week, by whoever keeps the roster; it is hers
/// until she hands it back, and closed again then.
#[tokio::test]
async fn what_was_closed_by_mistake_is_written_in_for_a_week() {
    let chapter = Chapter::begin().await;
    chapter.employs("rosa", Role::Moderator).await;
    let jess = chapter.family("jess");
    jess_asks(&chapter, &ALL).await;
    let seen = chapter.referral().await;
    let (id, ruth) = (chapter.id(), chapter.admin_id("ruth").into());
    let close = dispatch::Decision::Close;
    let closed = chapter.dispatch().decide(id, seen.id, ruth, None, close).await;
    closed.expect("the database takes it").expect("it is closed");
    assert_eq!(writes(&chapter, "rosa", "k", "Hello").await, Err(TalkRefusal::Closed));
    chapter.advance(model::day_hours(24 * 6)).await;
    assert!(writes(&chapter, "ruth", "k", "I closed this by mistake.").await.is_ok());
    let _ = jess.receives("I closed this by mistake.");
    assert_eq!(on(&chapter, Shelf::TakenOver).await, 1);
    jess.texts("thank you, we still need help").await;
    chapter.settle().await;
    jess.receives_nothing();
    let ruth = chapter.admin("ruth");
    ruth.is_called("a family wrote in a thread you have");
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    assert_eq!(hands_back(&chapter, "ruth").await, Ok(()));
    assert_eq!(on(&chapter, Shelf::Closed).await, 1);
    jess.receives_nothing();
    chapter.advance(model::day_hours(24 * 8)).await;
    let late = writes(&chapter, "ruth", "l", "Hello again").await;
    assert_eq!(late, Err(TalkRefusal::Closed));
    chapter.done().await;
}
