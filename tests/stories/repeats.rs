//! What a carrier tells twice, late or in another order changes nothing.

use carriers::{Call, InboundText, Report};
use dispatch::Received;
use model::{Chance, LinePurpose, OutboxState, TaskKind, minutes, seconds};
use testkit::Chapter;

use crate::{ALL, JESS, jess_asks};

/// How many orders are tried.
const ORDERS: u64 = 6;

/// Reports on everything carried so far, accepted and delivered.
fn reports(chapter: &Chapter) -> Vec<Report> {
    let states = [OutboxState::Accepted, OutboxState::Delivered];
    let carried = chapter.house().network.carried();
    let report = |text: &testkit::network::Carried, state| Report {
        outbox_id: Some(text.id),
        carrier_message_id: text.carrier_message_id.clone(),
        state,
        error: None,
    };
    carried.iter().flat_map(|text| states.map(|state| report(text, state))).collect()
}

#[tokio::test]
async fn any_order_of_claims_with_repeats_comes_to_three_names_once() {
    for seed in 0..ORDERS {
        let chapter = Chapter::begin().await;
        let chance = Chance::seeded(seed);
        chapter.family("jess");
        let first = chapter.text_from("jess", JESS);
        for _ in 0..=chance.below(3) {
            chapter.delivers(&first).await;
        }
        chapter.settle().await;
        let code = chapter.family("jess").receives("Got it").code();
        chapter.delivers(&first).await;
        chapter.settle().await;

        let said = ["ana", "beth", "cleo", "dora"].map(|name| chapter.text_from(name, &code));
        let passes = chapter.text_from("ella", "pass");
        let mut events: Vec<InboundText> =
            said.iter().chain([&passes]).flat_map(|text| [text.clone(), text.clone()]).collect();
        events.push(first.clone());
        chance.shuffle(&mut events);
        let mut news = 0;
        for event in &events {
            news += usize::from(chapter.delivers(event).await == Received::New);
            if chance.below(2) == 0 {
                chapter.run().await;
                let mut told = reports(&chapter);
                chance.shuffle(&mut told);
                told.truncate(4);
                for report in told {
                    chapter.dispatch().report(chapter.line(), report).await.expect("taken in");
                }
            }
        }
        assert_eq!(news, 5, "seed {seed}");
        chapter.run().await;
        let (firm, standby) = chapter.places(&chapter.referral().await).await;
        assert_eq!((firm.len(), standby.len()), (3, 1), "seed {seed}");
        let _ = chapter.family("jess").receives("Here are 3 consultants");
        chapter.family("jess").receives_nothing();

        // Everything once more, back to front.
        let carried = chapter.house().network.carried().len();
        for event in events.iter().rev() {
            assert_eq!(chapter.delivers(event).await, Received::Repeated);
        }
        for report in reports(&chapter).into_iter().rev() {
            chapter.dispatch().report(chapter.line(), report).await.expect("taken in");
        }
        chapter.advance(minutes(5)).await;
        assert_eq!(chapter.house().network.carried().len(), carried, "seed {seed}");
        assert_eq!(chapter.referrals().await.len(), 1);
        for member in ALL {
            let told = chapter.phone(member).reads_all();
            let answers = if member == "ella" { 0 } else { 1 };
            assert_eq!(told.len(), 1 + answers, "seed {seed}: {member}: {told:?}");
        }
        chapter.done_leaving(&[TaskKind::FollowUp]).await;
    }
}

#[tokio::test]
async fn a_text_the_carrier_could_not_deliver_is_found_in_its_list() {
    let chapter = Chapter::begin().await;
    chapter.dispatch().plan_for_lines().await.expect("it is planned");
    let code = jess_asks(&chapter, &ALL).await;
    let claim = chapter.text_from("ana", &code);
    let network = &chapter.house().network;
    network.list(chapter.line().account.number.e164(), chapter.now(), claim.clone());
    chapter.advance(minutes(6)).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    // And then the carrier delivers it after all.
    assert_eq!(chapter.delivers(&claim).await, Received::Repeated);
    chapter.advance(minutes(6)).await;
    chapter.phone("ana").receives_nothing();
    chapter.done_leaving(&[TaskKind::Listing, TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_call_told_twice_is_answered_by_one_text() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let call = Call { carrier_call_id: "CA1".to_owned(), from: Some(jess.number()) };
    for _ in 0..2 {
        let spoken = chapter.dispatch().call(chapter.line(), call.clone()).await.expect("taken in");
        assert!(spoken.words.contains("text"), "{}", spoken.words);
    }
    chapter.run().await;
    let _ = jess.receives("this line works by text only");
    jess.receives_nothing();
    chapter.done().await;
}

#[tokio::test]
async fn a_caller_hears_her_language_where_the_carrier_speaks_it() {
    let chapter = Chapter::begin().await;
    for (name, said, lang) in [
        ("luz", "Hola, vivo en Corona 11368. Mi bebé tiene 10 días y no agarra el pecho", "es"),
        ("rina", "Bonjou, mwen rete nan 11203, tibebe m gen 10 jou, li pa pran tete a byen", "en"),
    ] {
        let family = chapter.family(name);
        family.texts(said).await;
        chapter.settle().await;
        let call = Call { carrier_call_id: format!("CA{name}"), from: Some(family.number()) };
        let spoken = chapter.dispatch().call(chapter.line(), call).await.expect("taken in");
        assert_eq!(spoken.lang, lang, "{}", spoken.words);
        chapter.run().await;
        let _ = family.reads_all();
    }
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_member_who_calls_is_a_family_on_the_families_line_alone() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    let ana = chapter.phone("ana");
    for (line, id) in [(&chapter.lines()[0], "CA1"), (&chapter.lines()[1], "CA2")] {
        let call = Call { carrier_call_id: id.to_owned(), from: Some(ana.number()) };
        chapter.dispatch().call(line, call).await.expect("taken in");
    }
    chapter.run().await;
    let _ = ana.receives("this line works by text only");
    ana.receives_nothing();
    chapter.done().await;
}

#[tokio::test]
async fn whoever_says_nothing_useful_is_answered_five_times_and_then_no_more() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    // A stranger on the members' line, somebody who phones, and a family's machine.
    let (stranger, caller) = (chapter.family("stranger"), chapter.family("caller"));
    let machine = chapter.family("machine").on(1);
    for number in 0..20 {
        stranger.texts("is this the pizza place?").await;
        machine.texts(&format!("This is an automatic reply, number {number}.")).await;
        let call = Call { carrier_call_id: format!("CA{number}"), from: Some(caller.number()) };
        chapter.dispatch().call(&chapter.lines()[1], call).await.expect("taken in");
        chapter.advance(minutes(5)).await;
    }
    // A machine is asked once; what it says then is a person's.
    let told = [stranger.reads_all(), caller.reads_all(), machine.reads_all()];
    assert_eq!(told.each_ref().map(Vec::len), [5, 5, 2], "{told:?}");
    stranger.texts("HELP").await;
    chapter.run().await;
    let _ = stranger.receives("We don't know this number");
    // What is useful is answered, and after it the count begins anew.
    let caller = caller.on(1);
    caller.texts(JESS).await;
    chapter.settle().await;
    let _ = caller.receives("Got it");
    let call = Call { carrier_call_id: "CA20".to_owned(), from: Some(caller.number()) };
    chapter.dispatch().call(&chapter.lines()[1], call).await.expect("taken in");
    chapter.run().await;
    let _ = caller.receives("You called");
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let ruth = chapter.admin("ruth");
    let _ = (ruth.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

#[tokio::test]
async fn a_family_gets_six_texts_and_then_a_person() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    let code = jess_asks(&chapter, &ALL).await;
    for _ in 0..6 {
        jess.texts("any news yet?").await;
        chapter.settle().await;
    }
    let ruth = chapter.admin("ruth");
    ruth.is_called("a family has had its texts");
    ruth.replies("ok").await;
    let _ = ruth.receives("is with you");
    assert!(jess.history().len() <= 4, "two are kept for the names: {}", jess.history().len());
    let told = jess.reads_all();
    let (last, before) = told.split_last().expect("it was told something");
    assert!(last.contains("A person from our team"), "the last text says who writes next: {last}");
    assert!(before.iter().all(|text| text.contains("names by")), "{before:?}");
    crate::claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let _ = jess.receives("Here are 3 consultants");
    for _ in 0..5 {
        jess.texts("what about the second one?").await;
        chapter.settle().await;
    }
    chapter.advance(seconds(60)).await;
    assert!(jess.history().len() <= 6, "{}", jess.history().len());
    let _ = (jess.reads_all(), ruth.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Page]).await;
}
