//! Clocks that are set on and back by hours, while the service runs.

use jiff::SignedDuration;
use model::{ErrorClass, OutboxState, TaskKind, day_hours, minutes, seconds};
use testkit::{Chapter, network::Fate};

use crate::{ALL, JESS, claim, jess_asks};

const OPEN: [TaskKind; 2] = [TaskKind::Promise, TaskKind::DeadEnd];

/// The clock is set by so much; no time passes.
fn set(chapter: &Chapter, by: SignedDuration) {
    chapter.house().clock.set(by);
}

/// So many minutes go by, and at each it is looked for what the clock has left.
async fn pass(chapter: &Chapter, count: i64) {
    for _ in 0..count {
        chapter.advance(minutes(1)).await;
    }
}

#[tokio::test]
async fn a_family_is_answered_although_the_clock_was_set_back_meanwhile() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    set(&chapter, minutes(-90));
    pass(&chapter, 4).await;
    let code = jess.receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let _ = jess.receives("Here are 3 consultants");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_line_goes_on_at_its_rate_although_the_clock_was_set_back() {
    let chapter = Chapter::sending_every(seconds(1)).await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.settle().await;
    // One text has gone; five wait for their turn.
    let before = chapter.house().network.carried().len();
    assert!((1..5).contains(&before), "{before}");
    set(&chapter, day_hours(-1));
    pass(&chapter, 2).await;
    let carried = chapter.house().network.carried();
    assert_eq!(carried.len(), 6);
    assert!(carried.windows(2).skip(before).all(|two| two[1].at.since(two[0].at) >= seconds(1)));
    let _ = jess.receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn who_had_many_texts_gets_her_next_although_the_clock_was_set_back() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    let ana = chapter.phone("ana");
    for _ in 0..8 {
        let asks = chapter.text_from("ana", &format!("{code}?"));
        chapter.delivers(&asks).await;
    }
    chapter.run().await;
    let had = ana.reads_all().len();
    assert!(had < 8, "{had}");
    set(&chapter, day_hours(-5));
    pass(&chapter, 3).await;
    assert_eq!(had + ana.reads_all().len(), 8);
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn what_is_tried_again_is_tried_soon_although_the_clock_was_set_back() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::RefusedFor(ErrorClass::RetryLater, "20429", day_hours(20))]);
    jess.texts(JESS).await;
    chapter.settle().await;
    set(&chapter, day_hours(-2));
    // Nor is a carrier heard that wants to be left alone for a day.
    pass(&chapter, 8).await;
    let _ = jess.receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_about_although_the_clock_was_set_back() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::AnswerLost]);
    jess_asks(&chapter, &ALL).await;
    set(&chapter, day_hours(-4));
    pass(&chapter, 3).await;
    let number = chapter.person("jess").phone;
    assert_eq!(chapter.house().network.attempts(number.e164()), 1);
    jess.receives_nothing();
    chapter.done_leaving(&OPEN).await;
}

/// The clock was ahead of the carrier's when the text was written: it is found all the same.
#[tokio::test]
async fn a_text_is_found_by_a_carrier_whose_clock_is_hours_behind() {
    let chapter = Chapter::begin().await;
    set(&chapter, day_hours(2));
    let jess = chapter.family("jess");
    jess.next_texts([Fate::AnswerLost]);
    jess_asks(&chapter, &ALL).await;
    pass(&chapter, 3).await;
    let number = chapter.person("jess").phone;
    assert_eq!(chapter.house().network.attempts(number.e164()), 1);
    jess.receives_nothing();
    chapter.done_leaving(&OPEN).await;
}

/// A clock that is set on does not make a text old that was written a moment ago.
#[tokio::test]
async fn nothing_goes_twice_because_the_clock_was_set_on() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::AnswerLostListedLate(seconds(15))]);
    jess.texts(JESS).await;
    chapter.settle().await;
    assert_eq!(jess.history().len(), 1);
    set(&chapter, minutes(30));
    pass(&chapter, 3).await;
    let code = jess.receives("Got it").code();
    jess.receives_nothing();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    let text = jess.history().remove(0).id;
    let row = chapter.look(move |tx| Box::pin(async move { tx.outgoing(text).await })).await;
    let row = row.expect("the row");
    assert_eq!((row.state, row.attempts), (OutboxState::Accepted, 1));
    chapter.done_leaving(&OPEN).await;
}

/// What was promised is kept by the time that was told, and nobody is told of places twice.
#[tokio::test]
async fn a_clock_set_on_past_the_promised_time_gives_the_names_there_are() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth"], 1).await;
    set(&chapter, day_hours(3));
    pass(&chapter, 1).await;
    let jess = chapter.family("jess");
    let _ = jess.receives("Here are 2 consultants");
    set(&chapter, day_hours(-3));
    pass(&chapter, 1).await;
    let cleo = chapter.phone("cleo");
    cleo.replies(&code).await;
    pass(&chapter, 3).await;
    let _ = cleo.receives("place 3 of 3");
    let _ = jess.receives("1 more name").says("Cleo");
    jess.receives_nothing();
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn a_held_place_is_held_no_longer_because_the_clock_was_set_back() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").replies("ok").await;
    let _ = chapter.phone("ana").receives(&format!("Claim {code}?"));
    set(&chapter, day_hours(-1));
    pass(&chapter, 15).await;
    let _ = chapter.phone("ana").receives("we did not hear back");
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn an_admin_is_called_although_the_clock_was_set_back() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let danger = chapter.text_from("jess", "help my baby is not breathing");
    chapter.delivers(&danger).await;
    set(&chapter, day_hours(-2));
    pass(&chapter, 4).await;
    let _ = jess.receives("911");
    let ruth = chapter.admin("ruth");
    ruth.is_called("danger to life");
    pass(&chapter, 30).await;
    assert!(ruth.reads_all().len() >= 2, "she is called again");
    let _ = ruth.reads_mails();
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    chapter.done().await;
}

/// Texts are looked for from the newest that the carrier has shown, by its clock and not by ours.
#[tokio::test]
async fn no_text_is_missed_because_our_clock_was_ahead() {
    let chapter = Chapter::begin().await;
    set(&chapter, day_hours(2));
    chapter.dispatch().plan_for_lines().await.expect("it is planned");
    let code = jess_asks(&chapter, &ALL).await;
    let network = &chapter.house().network;
    let line = chapter.line().account.number.e164();
    // Listed by now, by a clock that was ahead.
    pass(&chapter, 12).await;
    let claim = chapter.text_from("ana", &code);
    network.list(line, chapter.house().clock.true_time(), claim);
    pass(&chapter, 6).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    set(&chapter, day_hours(-2));
    let claim = chapter.text_from("beth", &code);
    network.list(line, chapter.house().clock.true_time(), claim);
    pass(&chapter, 8).await;
    let _ = chapter.phone("beth").receives("place 2 of 3");
    chapter.done_leaving(&[TaskKind::Listing, TaskKind::Promise, TaskKind::DeadEnd]).await;
}
