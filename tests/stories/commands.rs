//! What a member asks for in a word: what is open, what is hers, rest and return, how it went; and
//! words that come to nothing.

use model::TaskKind;
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, claim, jess_asks, jess_has_names};

testkit::on_both!(
    open_and_mine_tell_what_there_is_and_drop_needs_no_code_for_the_only_one,
    mine_is_a_list_and_mine_said_otherwise_is_asked_about,
    away_rests_until_its_day_and_back_returns_sooner,
    how_it_went_is_told_in_a_word_and_kept_apart_from_what_families_say,
    words_about_nothing_change_nothing,
);

async fn open_and_mine_tell_what_there_is_and_drop_needs_no_code_for_the_only_one(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    let ana = chapter.phone("ana");
    ana.replies("OPEN").await;
    let _ = ana.receives("Nothing is open for you right now.");
    ana.replies("MINE").await;
    let _ = ana.receives("You have no place right now.").lacks("Reply");
    let code = jess_asks(&chapter, &ALL).await;
    ana.replies("OPEN").await;
    let _ = ana.receives("Open: ").says(&code).says("Reply a code to claim it.");
    claim(&chapter, &code, &["ana"], 1).await;
    ana.replies("MINE").await;
    let _ = ana.receives("Yours: ").says(&format!("{code} place 1 of 3"));
    ana.replies("DROP").await;
    let _ = ana.receives("released");
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn mine_is_a_list_and_mine_said_otherwise_is_asked_about(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").replies("MINE").await;
    let _ = chapter
        .phone("ana")
        .receives("You have no place right now.")
        .says(&format!("Reply {code} to claim it."));
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    chapter.phone("beth").replies("Mine!").await;
    let _ = chapter.phone("beth").receives(&format!("Claim {code}?")).says("We hold your place");
    chapter.phone("beth").replies("y").await;
    let _ = chapter.phone("beth").receives("place 1 of 3");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Hold]).await;
}

async fn away_rests_until_its_day_and_back_returns_sooner(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let ana = chapter.phone("ana");
    ana.replies("AWAY until Friday").await;
    let _ = ana.receives("No referrals until Fri").says("Text BACK");
    let _ = jess_asks(&chapter, &["beth", "cleo", "dora", "ella"]).await;
    ana.receives_nothing();
    ana.replies("BACK").await;
    let _ = ana.receives("You are back");
    let kim = chapter.family("kim");
    kim.texts("Flatbush 11226, baby 3 weeks, low supply, home visit please, Aetna").await;
    chapter.settle().await;
    let code = kim.receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    // A day that is over, or none at all: until she says so.
    for words in ["AWAY until 11/2/2026", "AWAY until someday"] {
        ana.replies(words).await;
        let _ = ana.receives("No referrals until you text BACK");
    }
    ana.replies("BACK").await;
    let _ = ana.receives("You are back");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn how_it_went_is_told_in_a_word_and_kept_apart_from_what_families_say(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    let _ = jess_has_names(&chapter).await;
    for (member, word, told) in [
        ("ana", "BOOKED", "booked. Thank you"),
        ("beth", "SEEN", "noted. Thank you"),
        ("cleo", "NO CONTACT", "noted. Thank you"),
    ] {
        chapter.phone(member).replies(word).await;
        let _ = chapter.phone(member).receives(told);
    }
    let referral = chapter.referral().await;
    let trace = chapter.trace(&referral).await;
    let told = trace.iter().filter(|event| event.kind == "member_outcome");
    let told = told.map(|event| event.detail["outcome"].as_str().unwrap_or_default().to_owned());
    assert_eq!(told.collect::<Vec<_>>(), ["booked", "seen", "none_yet"]);
    assert_eq!(referral.outcome, None);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn words_about_nothing_change_nothing(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let dora = chapter.phone("dora");
    for words in ["DROP", "BOOKED", "SEEN Q4X"] {
        dora.replies(words).await;
        assert!(!dora.reads_all().join(" ").contains("Thank you"), "{words}");
    }
    let code = jess_has_names(&chapter).await;
    let _ = dora.reads_all();
    // Not hers: neither to give back nor to tell of.
    dora.replies(&format!("DROP {code}")).await;
    let _ = dora.reads_all();
    dora.replies(&format!("BOOKED {code}")).await;
    let _ = dora.reads_all();
    let referral = chapter.referral().await;
    let trace = chapter.trace(&referral).await;
    assert!(
        !trace.iter().any(|event| ["member_outcome", "released"].contains(&event.kind.as_str()))
    );
    assert_eq!(chapter.places(&referral).await.0, ["ana", "beth", "cleo"]);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
