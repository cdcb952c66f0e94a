//! What an admin decides: release, hold, widen, close, a claim made elsewhere.

use dispatch::{Decision, Refusal};
use model::{LinePurpose, ReferralState, Role, TaskKind, minutes};
use serde_json::json;
use storage::Referral;
use testkit::{Chapter, chapter::Joining};

use crate::{ALL, JESS, claim, jess_asks, jess_has_names};

pub(crate) async fn decides(
    chapter: &Chapter,
    admin: &str,
    referral: &Referral,
    decision: Decision,
) -> Result<(), Refusal> {
    let (by, version) = (chapter.admin_id(admin), Some(referral.version));
    let outcome =
        chapter.dispatch().decide(chapter.id(), referral.id, by.into(), version, decision).await;
    chapter.run().await;
    outcome.expect("the database takes it")
}

#[tokio::test]
async fn in_a_reviewed_chapter_the_admin_lets_every_broadcast_go() {
    let chapter = Chapter::with_settings(json!({"mode": "reviewed"})).await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.settle().await;
    let _ = jess.receives("Got it").says("A person from our team reads this first");
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    chapter.admin("ruth").is_called("a request waits for you");
    let seen = chapter.referral().await;
    assert_eq!(seen.state, ReferralState::Held);
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Release).await, Ok(()));
    let code = jess.receives("Got it").says("We are asking 5 consultants").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Close).await, Err(Refusal::Changed));
    chapter.advance(model::minutes(30)).await;
    chapter.admin("ruth").is_left_alone();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn what_is_closed_is_told_to_those_who_claimed() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    let seen = chapter.referral().await;
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Close).await, Ok(()));
    let _ = chapter.phone("ana").receives(&format!("{code} is closed"));
    assert_eq!(chapter.referral().await.state, ReferralState::Closed);
    chapter.phone("beth").replies(&code).await;
    let _ = chapter.phone("beth").receives("filled");
    chapter.done().await;
}

/// Names are promised and none was sent: the family hears that nobody is asked any more, in its language,
/// if whoever closes it wants that, and nothing otherwise.
#[tokio::test]
async fn whoever_was_promised_names_hears_that_it_is_closed() {
    for (decision, told) in [(Decision::CloseAndTell, true), (Decision::Close, false)] {
        let chapter = Chapter::begin().await;
        let jess = chapter.family("jess");
        jess.texts("Hola, mi bebe de 5 dias no agarra el pecho, estoy en 11215, visita a casa")
            .await;
        chapter.settle().await;
        let code = chapter.referral().await.code.expect("it has a code").to_string();
        assert!(!jess.reads_all().is_empty());
        for member in ALL {
            let _ = chapter.phone(member).reads_all();
        }
        let seen = chapter.referral().await;
        let view = chapter.dispatch().referral(chapter.id(), seen.id).await;
        let goodbye = view.expect("it can be read").expect("it is there").goodbye;
        let goodbye = goodbye.expect("it waits for names");
        assert!(goodbye.reveal().contains("Dejamos de preguntar"), "{}", goodbye.reveal());
        assert_eq!(decides(&chapter, "ruth", &seen, decision).await, Ok(()));
        if told {
            assert_eq!(jess.receives(&code).carried.text, goodbye.reveal());
        }
        jess.receives_nothing();
        assert_eq!(chapter.referral().await.state, ReferralState::Closed);
        chapter.done().await;
    }
}

/// Jess tells of a loss after she has names; Ruth sees to it.
async fn jess_tells_of_a_loss(chapter: &Chapter) -> Referral {
    let jess = chapter.family("jess");
    jess.texts("our daughter died last night").await;
    chapter.settle().await;
    let _ = jess.receives("We are so sorry");
    chapter.admin("ruth").is_called("a loss, needs a person");
    let held = chapter.referral().await;
    assert_eq!(held.state, ReferralState::Held);
    held
}

#[tokio::test]
async fn what_is_released_after_some_names_goes_on_to_the_others() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.advance(minutes(121)).await;
    let jess = chapter.family("jess");
    let _ = jess.receives("Here is 1 consultant").says("Ana Sample");
    let held = jess_tells_of_a_loss(&chapter).await;
    chapter.joins("gina", Joining::usual("Gina Fresh")).await;
    assert_eq!(decides(&chapter, "ruth", &held, Decision::Release).await, Ok(()));
    let _ = jess.receives("Got it").says(&code);
    assert_eq!(chapter.phone("gina").receives_offer().code(), code);
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    let names = jess.receives("2 new names").says("Beth Example").says("Cleo Specimen");
    let _ = names.lacks("Ana");
    assert_eq!(chapter.referral().await.state, ReferralState::HandedOff);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn what_is_released_after_all_names_asks_nobody_and_is_not_forgotten() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    let held = jess_tells_of_a_loss(&chapter).await;
    chapter.joins("gina", Joining::usual("Gina Fresh")).await;
    assert_eq!(decides(&chapter, "ruth", &held, Decision::Release).await, Ok(()));
    assert_eq!(chapter.referral().await.state, ReferralState::HandedOff);
    chapter.phone("gina").receives_nothing();
    chapter.advance(model::day_hours(26)).await;
    let _ = chapter.family("jess").receives("Did you reach someone").says(&code);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// What a person holds back and lets go again is open to all who were asked; and what was held for ten
/// minutes was held for no longer meanwhile.
#[tokio::test]
async fn a_place_that_was_to_be_confirmed_does_not_outlive_its_minutes_in_a_persons_hands() {
    for (held_for, still_hers) in [(3, true), (12, false)] {
        let chapter = Chapter::begin().await;
        let code = jess_asks(&chapter, &ALL).await;
        let ana = chapter.phone("ana");
        ana.replies("ok").await;
        let _ = ana.receives("Claim");
        let seen = chapter.referral().await;
        assert_eq!(decides(&chapter, "ruth", &seen, Decision::Hold).await, Ok(()));
        chapter.advance(minutes(held_for)).await;
        let seen = chapter.referral().await;
        assert_eq!(decides(&chapter, "ruth", &seen, Decision::Release).await, Ok(()));
        let _ = chapter.family("jess").receives("Got it").says("We are asking 5 consultants");
        if still_hers {
            ana.receives_nothing();
            claim(&chapter, &code, &["beth"], 2).await;
            chapter.advance(minutes(8)).await;
        }
        let _ = ana.receives("we did not hear back");
        claim(&chapter, &code, &["cleo"], 1).await;
        chapter.admin("ruth").is_left_alone();
        chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
    }
}

#[tokio::test]
async fn widening_asks_those_who_were_left_out_and_no_one_twice() {
    let chapter = Chapter::begin().await;
    chapter
        .joins("gina", Joining::usual("Gina Far").areas(&["Staten Island"]).visits(&["virtual"]))
        .await;
    let code = jess_asks(&chapter, &ALL).await;
    let seen = chapter.referral().await;
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Widen).await, Ok(()));
    assert_eq!(chapter.phone("gina").receives_offer().code(), code);
    let seen = chapter.referral().await;
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Widen).await, Err(Refusal::Nobody));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_claim_made_elsewhere_takes_a_place_unless_it_is_ones_own() {
    let chapter = Chapter::begin().await;
    chapter.employs("ana", Role::Moderator).await;
    let code = jess_asks(&chapter, &ALL).await;
    let seen = chapter.referral().await;
    let own = Decision::AddClaim(chapter.member("ana"), None);
    assert_eq!(decides(&chapter, "ana", &seen, own.clone()).await, Err(Refusal::OwnPlace));
    assert_eq!(decides(&chapter, "ruth", &seen, own).await, Ok(()));
    let _ = chapter.phone("ana").receives(&format!("{code}: place 1 of 3"));
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants").says("Ana Sample");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn nobody_gives_herself_a_place_by_another_number_or_by_taking_ones() {
    let chapter = Chapter::begin().await;
    chapter.employs("mia", Role::Moderator).await;
    let known = Joining::usual("Mia Both").email(&chapter.person("mia").email);
    chapter.joins("mia at work", known).await;
    let members = ["ana", "beth", "cleo", "dora", "ella", "mia at work"];
    let code = jess_asks(&chapter, &members).await;
    let own = Decision::AddClaim(chapter.member("mia at work"), None);
    let seen = chapter.referral().await;
    assert_eq!(decides(&chapter, "mia", &seen, own).await, Err(Refusal::OwnPlace));
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    chapter.phone("mia at work").replies(&code).await;
    let _ = chapter.phone("mia at work").receives("standby");
    let seen = chapter.referral().await;
    let taken = Decision::Replace(chapter.member("ana"));
    assert_eq!(decides(&chapter, "mia", &seen, taken.clone()).await, Err(Refusal::OwnPlace));
    assert_eq!(decides(&chapter, "ruth", &seen, taken).await, Ok(()));
    let _ = chapter.phone("mia at work").receives("place 1 of 3");
    let _ = chapter.family("jess").receives("Ana Sample can't take");
    let _ = chapter.phone("ana").reads_all();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_consultant_is_replaced_by_who_stands_by() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    let seen = chapter.referral().await;
    let decision = Decision::Replace(chapter.member("ana"));
    assert_eq!(decides(&chapter, "ruth", &seen, decision).await, Ok(()));
    let _ = chapter.phone("dora").receives("place 1 of 3");
    let _ = chapter.family("jess").receives("Ana Sample can't take").says("Dora Pattern");
    let _ = chapter.phone("ana").reads_all();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_blocked_number_is_not_answered() {
    let chapter = Chapter::begin().await;
    let troll = chapter.family("troll");
    troll.texts("who is this").await;
    chapter.settle().await;
    assert!(!troll.reads_all().is_empty());
    let (id, phone) = (chapter.id(), chapter.person("troll").phone);
    let row = chapter
        .look(move |tx| Box::pin(async move { tx.phone_by_number(id, &phone).await }))
        .await
        .expect("a phone");
    let ruth = chapter.admin_id("ruth");
    assert!(chapter.dispatch().set_blocked(id, row.id, ruth, true).await.expect("it is blocked"));
    troll.texts(JESS).await;
    chapter.settle().await;
    troll.receives_nothing();
    assert!(chapter.referrals().await.is_empty());
    chapter.done().await;
}

#[tokio::test]
async fn on_a_members_line_strangers_learn_the_families_line_and_nothing_else() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    let stranger = chapter.family("stranger");
    for _ in 0..8 {
        stranger.texts("me please").await;
    }
    let told = stranger.reads_all();
    assert_eq!(told.len(), 5, "a few answers, and no more: {told:?}");
    assert!(told.iter().all(|text| text.contains("We don't know this number here")), "{told:?}");
    assert!(chapter.referrals().await.is_empty());
    chapter.done().await;
}

#[tokio::test]
async fn on_a_families_line_a_member_is_a_family_unless_she_names_her_offer() {
    let chapter = Chapter::with_lines(&[LinePurpose::Members, LinePurpose::Families]).await;
    let jess = chapter.family("jess").on(1);
    jess.texts(JESS).await;
    chapter.settle().await;
    let ack = jess.receives("Got it");
    let code = ack.code();
    for member in ALL {
        let offer = chapter.phone(member).receives_offer();
        assert_ne!(offer.carried.from, ack.carried.from, "members hear from their own line");
    }
    chapter.phone("ana").on(1).texts(&code).await;
    let told = chapter.phone("ana").receives(&format!("{code}: place 1 of 3"));
    assert_ne!(told.carried.from, ack.carried.from);
    let beth = chapter.phone("beth").on(1);
    beth.texts("Hi I just had a baby, 4 days old, Flatbush 11226, low supply, home visit, Aetna")
        .await;
    chapter.settle().await;
    let own = beth.receives("Got it");
    assert_eq!(own.carried.from, ack.carried.from);
    let second = own.code();
    for member in ["ana", "cleo", "dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), second);
    }
    let _ = beth.reads_all();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_suspended_a_paused_and_an_absent_member_take_no_place() {
    let chapter = Chapter::begin().await;
    let paused = Joining::usual("Hana Paused").standing(model::MemberStatus::Paused);
    chapter.joins("hana", paused).await;
    let barred = Joining::usual("Iris Barred").standing(model::MemberStatus::Suspended);
    chapter.joins("iris", barred).await;
    chapter.phone("ella").replies("away until friday").await;
    let _ = chapter.phone("ella").receives("No referrals until");
    let code = jess_asks(&chapter, &["ana", "beth", "cleo", "dora"]).await;
    for member in ["hana", "iris"] {
        chapter.phone(member).replies(&code).await;
        let _ = chapter.phone(member).receives("contact the admin");
    }
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert!(firm.is_empty() && standby.is_empty());
    chapter.phone("ella").receives_nothing();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_member_who_needs_help_herself_is_asked_and_then_a_family() {
    let chapter = Chapter::begin().await;
    let ana = chapter.phone("ana");
    ana.texts("Hi, I just had a baby 5 days ago and he won't latch, I'm in 11215 and need help")
        .await;
    chapter.settle().await;
    let _ = ana.receives("do you need help yourself?");
    ana.replies("MYSELF").await;
    chapter.settle().await;
    let code = ana.receives("Got it").says("11215").code();
    for member in ["beth", "cleo", "dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    ana.receives_nothing();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
