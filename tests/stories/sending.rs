//! What the carrier makes of our texts: refused, put off, unknown, late, in order.

use carriers::Report;
use model::{ErrorClass, OutboxState, TaskKind, day_hours, minutes, seconds};
use testkit::{
    Chapter,
    chapter::Joining,
    network::{Carried, Fate},
};

use crate::{ALL, JESS, claim, jess_asks, jess_has_names};

const OPEN: [TaskKind; 2] = [TaskKind::Promise, TaskKind::DeadEnd];

#[tokio::test]
async fn a_carriers_opt_out_is_ours_too() {
    let chapter = Chapter::begin().await;
    chapter.phone("ana").next_texts([Fate::Refused(ErrorClass::OptedOut, "21610")]);
    let code = jess_asks(&chapter, &["beth", "cleo", "dora", "ella"]).await;
    chapter.phone("ana").receives_nothing();
    chapter.phone("ana").texts(&code).await;
    chapter.phone("ana").receives_nothing();
    chapter.admin("ruth").is_left_alone();
    chapter
        .family("kim")
        .texts("Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna")
        .await;
    chapter.settle().await;
    let _ = chapter.family("kim").receives("We are asking 4 consultants.");
    for member in ["beth", "cleo", "dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.knows_failed(ErrorClass::OptedOut).await;
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_number_that_takes_no_texts_is_told_to_a_person() {
    let chapter = Chapter::begin().await;
    chapter.family("jess").next_texts([Fate::Refused(ErrorClass::BadNumber, "30006")]);
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    chapter.family("jess").receives_nothing();
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.admin("ruth").is_called("a text did not reach its person");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.knows_failed(ErrorClass::BadNumber).await;
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_line_that_is_refused_pauses_keeps_its_texts_and_calls_by_email_alone() {
    let chapter = Chapter::begin().await;
    chapter.family("jess").next_texts([Fate::Refused(ErrorClass::Configuration, "20003")]);
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    chapter.family("jess").receives_nothing();
    let ruth = chapter.admin("ruth");
    ruth.emailed("the line does not carry texts");
    ruth.receives_nothing();
    chapter.advance(minutes(4)).await;
    chapter.family("jess").receives_nothing();
    chapter.advance(minutes(1)).await;
    let _ = chapter.family("jess").receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    chapter.advance(minutes(20)).await;
    ruth.is_left_alone();
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_text_whose_words_are_refused_is_not_repeated() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::Refused(ErrorClass::Content, "30007")]);
    jess.texts(JESS).await;
    chapter.settle().await;
    chapter.advance(minutes(5)).await;
    jess.receives_nothing();
    chapter.admin("ruth").is_called("a text did not reach its person");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.knows_failed(ErrorClass::Content).await;
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn passing_faults_are_waited_out_longer_each_time() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let busy = Fate::Refused(ErrorClass::RetryLater, "20429");
    jess.next_texts([busy.clone(), Fate::NotWritten, busy]);
    jess.texts(JESS).await;
    chapter.settle().await;
    chapter.advance(minutes(2)).await;
    let _ = jess.receives("Got it");
    let number = chapter.person("jess").phone;
    assert_eq!(chapter.house().network.attempts(number.e164()), 4);
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_carrier_that_asks_for_patience_gets_it_from_the_whole_line() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let busy = |wait| Fate::RefusedFor(ErrorClass::RetryLater, "20429", wait);
    jess.next_texts([busy(seconds(40))]);
    jess.texts(JESS).await;
    chapter.settle().await;
    let network = &chapter.house().network;
    let refused_at = chapter.now();
    let before = network.carried().len();
    let kim = chapter.family("kim");
    kim.texts("STOP").await;
    kim.receives_nothing();
    chapter.advance(minutes(1)).await;
    let _ = jess.receives("Got it");
    let _ = kim.receives("You are unsubscribed");
    let first = network.carried().get(before).map(|text| text.at.since(refused_at));
    assert!(first.is_some_and(|wait| (seconds(38)..seconds(60)).contains(&wait)), "{first:?}");
    // One that asks for a day is asked again within minutes.
    jess.next_texts([busy(minutes(1440))]);
    jess.texts("any news yet?").await;
    chapter.settle().await;
    chapter.advance(minutes(6)).await;
    let _ = jess.receives("asking");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn the_names_wait_for_tomorrow_where_the_day_is_used_up() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth"], 1).await;
    chapter.family("jess").next_texts([Fate::Refused(ErrorClass::Tomorrow, "30023")]);
    claim(&chapter, &code, &["cleo"], 3).await;
    chapter.until(2, 59).await;
    chapter.family("jess").receives_nothing();
    chapter.until(3, 5).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_about_and_nothing_sent_twice() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::AnswerLost]);
    jess_asks(&chapter, &ALL).await;
    chapter.advance(minutes(2)).await;
    jess.receives_nothing();
    let number = chapter.person("jess").phone;
    assert_eq!(chapter.house().network.attempts(number.e164()), 1);
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn a_lost_text_is_sent_again_once_it_is_certain() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.next_texts([Fate::TextLost]);
    jess.texts(JESS).await;
    chapter.settle().await;
    chapter.advance(seconds(40)).await;
    jess.receives_nothing();
    // What comes after it waits: texts to one person keep their order.
    let code = chapter.referral().await.code.expect("a code").to_string();
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    jess.receives_nothing();
    chapter.advance(seconds(30)).await;
    let _ = jess.receives("Got it");
    let _ = jess.receives("Here are 3 consultants");
    jess.receives_nothing();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn an_offer_that_comes_too_late_is_not_sent() {
    let chapter = Chapter::begin().await;
    chapter.phone("ana").next_texts(vec![Fate::NotWritten; 200]);
    let code = jess_asks(&chapter, &["beth", "cleo", "dora", "ella"]).await;
    claim(&chapter, &code, &["beth"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = chapter.family("jess").receives("Here is 1 consultant");
    chapter.phone("ana").receives_nothing();
    chapter.knows_failed(ErrorClass::Expired).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn a_line_sends_one_text_a_second_and_names_overtake_a_broadcast() {
    let chapter = Chapter::sending_every(seconds(1)).await;
    let mut members = ALL.map(str::to_owned).to_vec();
    for n in 0..40 {
        let name = format!("m{n}");
        chapter.joins(&name, Joining::usual(&format!("Member {n} Sample"))).await;
        members.push(name);
    }
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.advance(seconds(31)).await;
    let code = jess.receives("We are asking 45 consultants").code();
    let asked = members.iter().filter(|name| !chapter.phone(name).reads_all().is_empty());
    let asked = asked.take(4).cloned().collect::<Vec<_>>();
    assert!((3..=6).contains(&asked.len()), "{}", asked.len());
    let kim = chapter.family("kim");
    kim.texts("is this free? my baby is 3 weeks").await;
    for name in &asked[..3] {
        let claim = chapter.text_from(name, &code);
        chapter.delivers(&claim).await;
    }
    let claimed_at = chapter.now();
    chapter.advance(seconds(6)).await;
    let names = jess.receives("Here are 3 consultants");
    assert!(names.carried.at.since(claimed_at) <= seconds(1), "{}", names.carried.at);
    for name in &asked[..3] {
        let _ = chapter.phone(name).receives("of 3");
    }
    chapter.advance(minutes(2)).await;
    assert!(!kim.reads_all().is_empty());
    let carried = chapter.house().network.carried();
    assert!(carried.windows(2).all(|two| two[1].at.since(two[0].at) >= seconds(1)));
    assert!(carried.len() < 20, "the rest of the broadcast is taken back: {}", carried.len());
    for name in &members {
        let _ = chapter.phone(name).reads_all();
    }
    chapter.knows_failed(ErrorClass::Expired).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Unanswered]).await;
}

#[tokio::test]
async fn reports_move_a_text_forward_only() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let text = chapter.family("jess").history().remove(0);
    for state in [OutboxState::Delivered, OutboxState::Accepted, OutboxState::Delivered] {
        let report = Report {
            outbox_id: Some(text.id),
            carrier_message_id: text.carrier_message_id.clone(),
            state,
            error: None,
        };
        chapter.dispatch().report(chapter.line(), report).await.expect("it is taken in");
    }
    let id = text.id;
    let row = chapter.look(move |tx| Box::pin(async move { tx.outgoing(id).await })).await;
    assert_eq!(row.expect("the row").state, OutboxState::Delivered);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

fn not_arrived(text: &Carried, class: ErrorClass, code: &str) -> Report {
    Report {
        outbox_id: Some(text.id),
        carrier_message_id: text.carrier_message_id.clone(),
        state: OutboxState::Failed,
        error: Some(carriers::Refusal { code: code.to_owned(), class, retry_after: None }),
    }
}

/// The carrier took the newest text to somebody, and tells now that it did not arrive.
async fn is_reported_failed(chapter: &Chapter, name: &str, class: ErrorClass, code: &str) {
    let text = chapter.phone(name).history().pop().expect("a text");
    let report = not_arrived(&text, class, code);
    for _ in 0..3 {
        chapter.dispatch().report(chapter.line(), report.clone()).await.expect("it is taken in");
    }
    chapter.run().await;
}

#[tokio::test]
async fn a_text_that_was_taken_and_not_delivered_goes_again() {
    let chapter = Chapter::begin().await;
    jess_asks(&chapter, &ALL).await;
    let jess = chapter.family("jess");
    for _ in 0..2 {
        is_reported_failed(&chapter, "jess", ErrorClass::RetryLater, "30008").await;
        chapter.advance(minutes(3)).await;
        let _ = jess.receives("Got it");
        jess.receives_nothing();
    }
    // Three times, and no more: then a person knows.
    is_reported_failed(&chapter, "jess", ErrorClass::RetryLater, "30008").await;
    chapter.advance(minutes(5)).await;
    jess.receives_nothing();
    chapter.admin("ruth").is_called("a text did not reach its person");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.knows_failed(ErrorClass::RetryLater).await;
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn an_offer_that_goes_again_is_open_to_her_and_goes_no_third_time() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    is_reported_failed(&chapter, "ana", ErrorClass::RetryLater, "30008").await;
    chapter.advance(minutes(3)).await;
    let ana = chapter.phone("ana");
    assert_eq!(ana.receives_offer().code(), code);
    ana.replies("me").await;
    let _ = ana.receives(&format!("{code}: place 1 of 3"));
    // Nor does a widening write to one whose offer has gone again.
    is_reported_failed(&chapter, "beth", ErrorClass::RetryLater, "30008").await;
    chapter.joins("gina", Joining::usual("Gina Far").areas(&["Staten Island"])).await;
    chapter.advance(minutes(120)).await;
    let _ = chapter.family("jess").receives("Here is 1 consultant");
    assert_eq!(chapter.phone("gina").receives_offer().code(), code);
    assert_eq!(chapter.phone("beth").receives_offer().code(), code);
    chapter.phone("beth").receives_nothing();
    chapter.knows_failed(ErrorClass::RetryLater).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn what_became_of_an_earlier_rounds_offer_is_no_news_of_this_rounds() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let (jess, dora) = (chapter.family("jess"), chapter.phone("dora"));
    let first = dora.history().remove(0);
    let _ = dora.reads_all();
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone");
    jess.replies("0").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking again");
    let code = dora.receives_offer().code();
    let report = not_arrived(&first, ErrorClass::RetryLater, "30008");
    chapter.dispatch().report(chapter.line(), report).await.expect("it is taken in");
    dora.replies("me").await;
    let _ = dora.receives(&format!("{code}: place 1 of 3"));
    chapter.advance(minutes(3)).await;
    chapter.admin("ruth").is_called("a family reached nobody");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    dora.receives_nothing();
    let _ = chapter.phone("ella").reads_all();
    chapter.knows_failed(ErrorClass::RetryLater).await;
    chapter
        .done_leaving(&[
            TaskKind::FollowUp,
            TaskKind::Promise,
            TaskKind::DeadEnd,
            TaskKind::Unanswered,
        ])
        .await;
}

#[tokio::test]
async fn an_offer_that_she_has_answered_does_not_go_again() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    let offer = chapter.phone("ana").history().pop().expect("an offer");
    claim(&chapter, &code, &["ana"], 1).await;
    let report = not_arrived(&offer, ErrorClass::Unlisted, "30008");
    chapter.dispatch().report(chapter.line(), report).await.expect("it is taken in");
    chapter.advance(minutes(3)).await;
    chapter.phone("ana").receives_nothing();
    chapter.knows_failed(ErrorClass::Unlisted).await;
    chapter.done_leaving(&OPEN).await;
}

#[tokio::test]
async fn names_that_are_reported_over_the_days_limit_wait_for_tomorrow() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    is_reported_failed(&chapter, "jess", ErrorClass::Tomorrow, "30023").await;
    chapter.until(2, 59).await;
    jess.receives_nothing();
    chapter.until(3, 5).await;
    let _ = jess.receives("Here are 3 consultants");
    chapter.knows_failed(ErrorClass::Tomorrow).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn names_that_are_reported_as_the_lines_fault_are_kept_until_it_works() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let (jess, ruth) = (chapter.family("jess"), chapter.admin("ruth"));
    for time in 0..4 {
        is_reported_failed(&chapter, "jess", ErrorClass::Configuration, "30034").await;
        if time == 0 {
            ruth.emailed("the line does not carry texts");
        }
        chapter.advance(minutes(4)).await;
        jess.receives_nothing();
        chapter.advance(minutes(2)).await;
        let _ = jess.receives("Here are 3 consultants");
    }
    let (_, _) = (ruth.reads_all(), ruth.reads_mails());
    ruth.texts("ok").await;
    let _ = ruth.receives("is with you");
    chapter.knows_failed(ErrorClass::Configuration).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
