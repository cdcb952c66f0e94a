//! A member gives her place back, before and after the family has her name.

use model::{MemberStatus, ReferralState, TaskKind, minutes, seconds};
use testkit::{Chapter, chapter::Joining, databases::TestDatabase};

use crate::{
    ALL, JESS, claim, jess_asks, jess_has_names,
    papers::lists::{act, ruth},
};

testkit::on_both!(
    who_is_barred_loses_her_place_before_the_names,
    who_is_erased_with_the_only_place_leaves_the_family_waiting,
);

#[tokio::test]
async fn before_the_names_nobody_but_she_and_the_next_hear_of_it() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth"], 1).await;
    chapter.phone("ana").replies(&format!("DROP {code}")).await;
    let _ = chapter.phone("ana").receives("released");
    chapter.family("jess").receives_nothing();
    claim(&chapter, &code, &["cleo"], 1).await;
    claim(&chapter, &code, &["dora"], 3).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants").lacks("Ana");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn standby_is_given_back_too() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    // Two hold their places for ten minutes, so that nothing is handed off yet.
    for member in ["beth", "cleo"] {
        chapter.phone(member).replies("ok").await;
        let _ = chapter.phone(member).receives("Claim");
    }
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.phone("ella").replies(&code).await;
    let _ = chapter.phone("ella").receives("standby");
    chapter.phone("dora").replies(&format!("drop {code}")).await;
    let _ = chapter.phone("dora").receives("released");
    chapter.phone("ana").replies(&format!("drop {code}")).await;
    let _ = chapter.phone("ana").receives("released");
    let _ = chapter.phone("ella").receives("place 1 of 3");
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert_eq!((firm, standby), (vec!["ella".to_owned()], vec![]));
    for member in ["beth", "cleo"] {
        chapter.phone(member).replies("y").await;
        let _ = chapter.phone(member).receives("of 3");
    }
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn after_the_names_the_family_gets_one_text_with_who_stood_by() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.phone("beth").replies(&format!("I have to drop {code}, my kid is sick")).await;
    let _ = chapter.phone("beth").receives("We tell the family");
    let _ = chapter.phone("dora").receives("place 2 of 3");
    let jess = chapter.family("jess");
    let _ =
        jess.receives("Beth Example can't take new families now").says("Dora Pattern").says(&code);
    jess.receives_nothing();
    chapter.admin("ruth").is_left_alone();
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["ana", "dora", "cleo"]);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// Of two who are there the family hears of one in place of her who cannot come, and of the other as
/// it was told: nobody is taken for named who is in no text.
#[tokio::test]
async fn one_name_for_another_and_who_waits_to_be_named_is_not_forgotten() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.advance(minutes(121)).await;
    let jess = chapter.family("jess");
    let _ = jess.receives("Here is 1 consultant").says("Ana Sample");
    claim(&chapter, &code, &["beth"], 2).await;
    chapter.phone("cleo").replies("ok").await;
    let _ = chapter.phone("cleo").receives("Claim");
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.phone("ana").replies(&format!("DROP {code}")).await;
    let _ = chapter.phone("ana").receives("We tell the family");
    let _ = chapter.phone("dora").receives("place 1 of 3");
    let _ = jess.receives("Ana Sample can't take").says("Dora Pattern").lacks("Beth");
    jess.receives_nothing();
    chapter.phone("cleo").replies("y").await;
    let _ = chapter.phone("cleo").receives("place 3 of 3");
    let _ = jess.receives("2 more names").says("Beth Example").says("Cleo Specimen").lacks("Dora");
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn after_the_names_without_standby_others_are_asked_and_a_person_knows() {
    let chapter = Chapter::begin().await;
    chapter
        .joins("gina", Joining::usual("Gina Far").areas(&["Staten Island"]).visits(&["virtual"]))
        .await;
    let code = jess_has_names(&chapter).await;
    chapter.phone("beth").replies(&format!("drop {code}")).await;
    let _ = chapter.phone("beth").receives("We tell the family");
    let jess = chapter.family("jess");
    let _ =
        jess.receives("Beth Example can't take new families now").says("asking for another name");
    chapter.admin("ruth").is_called("a consultant dropped out");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    assert_eq!(chapter.phone("gina").receives_offer().code(), code);
    claim(&chapter, &code, &["gina"], 2).await;
    let _ = jess.receives("1 more name").says("Gina Far");
    assert_eq!(chapter.referral().await.state, ReferralState::HandedOff);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn who_goes_away_gives_nothing_back_that_the_family_counts_on() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    chapter.phone("beth").replies("away until friday").await;
    let _ = chapter.phone("beth").receives("No referrals until");
    chapter.phone("beth").replies("back").await;
    let _ = chapter.phone("beth").receives("You are back");
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["ana"]);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn every_name_comes_although_one_after_the_other_gives_her_place_back() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    let (jess, ruth) = (chapter.family("jess"), chapter.admin("ruth"));
    for (gone, comes, name) in [("ana", "dora", "Dora"), ("beth", "ella", "Ella")] {
        chapter.phone(gone).replies(&format!("DROP {code}")).await;
        let _ = chapter.phone(gone).reads_all();
        let _ = jess.receives("can't take");
        chapter.phone(comes).replies(&code).await;
        let _ = chapter.phone(comes).receives("of 3");
        let _ = jess.receives(name);
        // Her phone gets five texts at once, and no more.
        chapter.advance(minutes(1)).await;
    }
    let (_, _) = (ruth.reads_all(), ruth.reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Page, TaskKind::Promise]).await;
}

/// Whose offer was taken back unseen, because the places were gone, is asked after all when one is free
/// again and nobody stands by.
#[tokio::test]
async fn who_was_spared_an_offer_gets_it_when_a_place_is_free_again() {
    let chapter = Chapter::sending_every(seconds(1)).await;
    let mut members = ALL.map(str::to_owned).to_vec();
    for n in 0..20 {
        let name = format!("m{n}");
        chapter.joins(&name, Joining::usual(&format!("Member {n} Sample"))).await;
        members.push(name);
    }
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.advance(seconds(31)).await;
    let code = jess.receives("We are asking 25 consultants").code();
    let asked = members.iter().filter(|name| !chapter.phone(name).reads_all().is_empty());
    let asked = asked.cloned().collect::<Vec<_>>();
    for name in &asked[..3] {
        let claim = chapter.text_from(name, &code);
        chapter.delivers(&claim).await;
    }
    chapter.advance(seconds(10)).await;
    let _ = jess.receives("Here are 3 consultants");
    for name in &members {
        let _ = chapter.phone(name).reads_all();
    }
    let dropped = chapter.text_from(&asked[0], &format!("DROP {code}"));
    chapter.delivers(&dropped).await;
    chapter.advance(minutes(1)).await;
    let _ = jess.reads_all();
    for name in members.iter().filter(|name| !asked.contains(name)) {
        let texts = chapter.phone(name).reads_all();
        assert_eq!(texts.len(), 1, "{name}: {texts:?}");
        assert!(testkit::manners::is_offer(&texts[0]), "{name}: {texts:?}");
    }
    for name in &asked {
        let _ = chapter.phone(name).reads_all();
    }
    let ruth = chapter.admin("ruth");
    let (_, _) = (ruth.reads_all(), ruth.reads_mails());
    chapter.knows_failed(model::ErrorClass::Expired).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::Page]).await;
}

/// What Ruth decides about a member's standing.
async fn stands(chapter: &Chapter, member: &str, status: MemberStatus) {
    let (store, act) = (chapter.dispatch().store(), act(chapter, ruth(chapter).await));
    let id = chapter.member(member);
    roster::set_standing(store, &act, id, status, "a complaint").await.expect("kept");
    chapter.run().await;
}

async fn who_is_barred_loses_her_place_before_the_names(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    for member in ["beth", "cleo"] {
        chapter.phone(member).replies("ok").await;
        let _ = chapter.phone(member).receives("Claim");
    }
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.phone("ella").replies(&code).await;
    let _ = chapter.phone("ella").receives("standby");
    // One who stands by is no longer in line, nor does one who has a place keep it.
    stands(&chapter, "dora", MemberStatus::Suspended).await;
    stands(&chapter, "ana", MemberStatus::Suspended).await;
    let _ = chapter.phone("ella").receives("place 1 of 3");
    for member in ["beth", "cleo"] {
        chapter.phone(member).replies("y").await;
        let _ = chapter.phone(member).receives("of 3");
    }
    let names = chapter.family("jess").receives("Here are 3 consultants").says("Ella Model");
    let _ = names.lacks("Ana").lacks("Dora");
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// Her erased claim does not pass for a name: the family hears that nobody has come yet.
async fn who_is_erased_with_the_only_place_leaves_the_family_waiting(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana"], 1).await;
    let (store, act) = (chapter.dispatch().store(), act(&chapter, ruth(&chapter).await));
    roster::erase_member(store, &act, chapter.member("ana")).await.expect("erased");
    chapter.run().await;
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert!(firm.is_empty() && standby.is_empty());
    chapter.advance(minutes(120)).await;
    let _ = chapter.family("jess").receives("Nobody has answered yet");
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}
