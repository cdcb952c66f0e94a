//! A new member answers from her number, and claims once before a family waits.

use model::TaskKind;
use roster::{Act, Person, Refusal};
use serde_json::json;
use testkit::{Chapter, chapter::Joining, databases::TestDatabase};

use crate::{ALL, JESS, jess_asks};

testkit::on_both!(
    a_new_member_is_asked_answers_practises_and_then_gets_offers,
    whose_number_it_is_not_gets_nothing_and_a_person_knows,
    who_is_asked_by_several_at_once_is_asked_once_and_by_day,
    a_member_with_another_number_is_asked_there_and_goes_on,
);

async fn asked_of(chapter: &Chapter) -> usize {
    let asked = chapter.dispatch().ask_new_numbers(chapter.id()).await;
    let asked = asked.expect("the database answers");
    chapter.run().await;
    asked
}

async fn a_new_member_is_asked_answers_practises_and_then_gets_offers(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    // Nobody is asked where the chapter does not want it.
    assert_eq!(asked_of(&chapter).await, 0);
    chapter.decides_for_itself(json!({"confirm_numbers": true})).await;
    assert_eq!(asked_of(&chapter).await, ALL.len());
    assert_eq!(asked_of(&chapter).await, 0);
    for member in ALL {
        let _ = chapter.phone(member).receives("Reply YES and we send you a practice one");
    }
    let ana = chapter.phone("ana");
    ana.replies("yes").await;
    let practice = ana.receives("PRACTICE, no family waits").code();
    ana.replies(&practice).await;
    let _ = ana.receives("place 1 of 3").says("That was practice");
    let id = chapter.member("ana");
    let member = chapter.look(move |tx| Box::pin(async move { tx.member(id).await })).await;
    let member = member.expect("she is on the roster");
    assert!(member.number_confirmed_at.is_some() && member.practised_at.is_some());
    // Only she is asked: the others have not answered yet.
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    let code = chapter.family("jess").receives("We are asking 1 consultant").code();
    assert_eq!(ana.receives_offer().code(), code);
    for member in &ALL[1..] {
        chapter.phone(member).receives_nothing();
    }
    ana.replies(&code).await;
    let _ = ana.receives("place 1 of 3").lacks("practice");
    // Whoever wants to may practise again.
    ana.replies("PRACTICE").await;
    let _ = ana.receives("PRACTICE, no family waits");
    // A pass on practice gives back nothing that is real.
    ana.replies("no").await;
    ana.receives_nothing();
    assert_eq!(chapter.places(&chapter.referral().await).await.0, ["ana"]);
    assert_eq!(chapter.referrals().await.len(), 1);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn whose_number_it_is_not_gets_nothing_and_a_person_knows(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.joins("fay", Joining::usual("Fay Latest")).await;
    let fay = chapter.member("fay");
    let asks = chapter.dispatch().ask_number(chapter.id(), fay).await;
    assert!(asks.expect("the database answers"));
    chapter.run().await;
    let _ = chapter.phone("fay").receives("Is this your number");
    chapter.phone("fay").replies("wrong number").await;
    chapter.admin("ruth").is_called("a text did not reach its person");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    // Another chapter's member is none of this one's.
    let other = chapter.neighbour("bayside").await;
    assert!(!other.dispatch().ask_number(other.id(), fay).await.expect("the database answers"));
    assert!(!other.dispatch().offer_practice(other.id(), fay).await.expect("the database answers"));
    other.done().await;
    chapter.done().await;
}

/// Ana lost her phone: Ruth enters her new number, and she claims from there.
async fn a_member_with_another_number_is_asked_there_and_goes_on(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    let (ruth, ana, new) = (chapter.admin_id("ruth"), chapter.member("ana"), chapter.family("new"));
    let number = chapter.text_from("new", "").from;
    let known = chapter.look(move |tx| Box::pin(async move { tx.admin(ruth).await })).await;
    let by = Person::Admin(ruth, known.expect("she is known").phone_id);
    let (now, chance) = (chapter.now(), model::Chance::seeded(77));
    let act = Act { chapter: chapter.id(), by, now, chance };
    let changes = async |act: &Act, member, number: &model::Phone| {
        let done = chapter.dispatch().change_number(act.clone(), member, number.clone()).await;
        chapter.run().await;
        done.expect("the database answers")
    };
    assert_eq!(changes(&act, ana, &number).await, Ok(()));
    let _ = new.receives("Is this your number");
    chapter.phone("ana").receives_nothing();
    new.replies("yes").await;
    let _ = new.receives("PRACTICE, no family waits");
    new.replies(&code).await;
    let _ = new.receives("place 1 of 3");
    assert_eq!(chapter.places(&chapter.referral().await).await.0, ["ana"]);
    // A number is one member's, and nobody becomes a member by her own word.
    assert_eq!(changes(&act, chapter.member("beth"), &number).await, Err(Refusal::Taken("number")));
    let own = chapter.text_from("ruth", "").from;
    assert_eq!(changes(&act, chapter.member("beth"), &own).await, Err(Refusal::OwnPaper));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn who_is_asked_by_several_at_once_is_asked_once_and_by_day(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"confirm_numbers": true})).await;
    chapter.until(23, 0).await;
    assert_eq!(asked_of(&chapter).await, 0);
    chapter.until(10, 0).await;
    // The lists of two lines are looked through at one time, on two nodes.
    let other = chapter.house().another_node().await;
    let (one, two) = futures_util::future::join(
        chapter.dispatch().ask_new_numbers(chapter.id()),
        other.ask_new_numbers(chapter.id()),
    )
    .await;
    let asked = one.expect("the database answers") + two.expect("the database answers");
    assert_eq!(asked, ALL.len());
    chapter.run().await;
    for member in ALL {
        let _ = chapter.phone(member).receives("Is this your number");
        chapter.phone(member).receives_nothing();
    }
    chapter.done().await;
}
