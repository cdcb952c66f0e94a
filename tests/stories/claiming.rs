//! Claims that are no plain code: a thumbs-up, a condition, a slip, a yes with two open.

use model::{OfferState, ReferralState, TaskKind, minutes, seconds};
use testkit::{Chapter, chapter::Joining, network::Fate};

use crate::{ALL, claim, jess_asks, jess_has_names};

/// A second family asks for the same; gives the code.
async fn kim_asks(chapter: &Chapter) -> String {
    let kim = chapter.family("kim");
    kim.texts("Flatbush 11226, baby 3 weeks, low supply, home visit please, Aetna").await;
    chapter.settle().await;
    let code = kim.receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    code
}

#[tokio::test]
async fn a_thumbs_up_holds_a_place_until_she_confirms_it() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    let ana = chapter.phone("ana");
    ana.replies("\u{1f44d}").await;
    let _ = ana.receives(&format!("Claim {code}?")).says("We hold your place 10 min.");
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.family("jess").receives_nothing();
    ana.replies("Y").await;
    let _ = ana.receives(&format!("{code}: place 1 of 3"));
    let names = chapter.family("jess").receives("Here are 3 consultants");
    assert!(names.says("Ana Sample").lacks("Dora").text.find("Ana") < Some(120));
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_place_held_for_ten_minutes_goes_to_who_stands_by() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").replies("ok").await;
    let _ = chapter.phone("ana").receives(&format!("Claim {code}?"));
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.advance(minutes(9)).await;
    chapter.family("jess").receives_nothing();
    chapter.advance(minutes(1)).await;
    let _ = chapter.phone("ana").receives("we did not hear back");
    let _ = chapter.phone("dora").receives("place 1 of 3");
    let _ = chapter.family("jess").receives("Here are 3 consultants").says("Dora").lacks("Ana");
    chapter.phone("ana").replies("Y").await;
    let late = chapter.phone("ana").reads_all();
    assert!(late.iter().all(|text| !text.contains("place 1 of 3")), "{late:?}");
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["dora", "beth", "cleo"]);
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Hold]).await;
}

#[tokio::test]
async fn a_held_place_lapses_at_the_promised_time() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["beth"], 1).await;
    chapter.advance(minutes(115)).await;
    chapter.phone("ana").replies("ok").await;
    let _ = chapter.phone("ana").receives(&format!("Claim {code}?"));
    chapter.advance(minutes(5)).await;
    let _ = chapter.phone("ana").receives("we did not hear back");
    let _ = chapter.family("jess").receives("Here is 1 consultant").says("Beth").lacks("Ana");
    chapter.advance(minutes(10)).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn a_condition_is_asked_for_and_travels_with_the_name() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    let ana = chapter.phone("ana");
    ana.replies("is it ok if it's Friday?").await;
    let _ = ana.receives("to claim, reply").says("We hold your place 10 min.");
    ana.replies(&format!("{code} Friday only")).await;
    let _ = ana.receives(&format!("{code}: place 1 of 3")).says("Friday only");
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants").says("Friday only");
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_caveat_reaches_the_family_and_private_things_in_it_do_not() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").replies(&format!("{code} yes after 5 pm, video only")).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.phone("beth").replies(&format!("{code} call me at 917-555-0142, evenings only")).await;
    let _ = chapter.phone("beth").receives("place 2 of 3").lacks("917-555-0142");
    claim(&chapter, &code, &["cleo"], 3).await;
    let names = chapter.family("jess").receives("Here are 3 consultants").says("after 5");
    let _ = names.lacks("917-555-0142");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_code_one_letter_off_is_asked_about() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    // A digit is taken for another that looks like none of the code's own.
    let slip =
        format!("{}{}{}", &code[..1], if &code[1..2] == "3" { "4" } else { "3" }, &code[2..]);
    let ana = chapter.phone("ana");
    ana.replies(&slip).await;
    let heard = ana.receives("");
    if heard.text.contains("Did you mean") {
        let _ = heard.says(&code);
        ana.replies("y").await;
        let _ = ana.receives(&format!("{code}: place 1 of 3"));
        let (firm, _) = chapter.places(&chapter.referral().await).await;
        assert_eq!(firm, ["ana"]);
    } else {
        panic!("a slip of one sign should be asked about: {}", heard.text);
    }
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_code_that_is_over_is_no_slip_for_one_that_is_open() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    let over = chapter.referral().await;
    let open = kim_asks(&chapter).await;
    // Jess's code was a letter away from Kim's all along.
    let last = if &open[2..] == "Q" { "M" } else { "Q" };
    let near = format!("{}{last}", &open[..2]);
    let mut over = storage::Referral { code: near.parse().ok(), ..over };
    chapter.change(move |tx| Box::pin(async move { tx.save_referral(&mut over).await })).await;
    let dora = chapter.phone("dora");
    dora.replies(&format!("{near} yes after 5")).await;
    let _ = dora.receives(&near).says("filled").lacks(&open);
    assert!(chapter.places(&chapter.referral().await).await.0.is_empty());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd]).await;
}

/// Of many the codes lie near each other: the one she types is the one she means, full or not.
#[tokio::test]
async fn a_code_typed_exactly_is_taken_for_no_other_among_many() {
    let chapter = Chapter::begin().await;
    jess_has_names(&chapter).await;
    for n in 0..4 {
        let family = chapter.family(&format!("family{n}"));
        family.texts("Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna").await;
        chapter.settle().await;
        let code = family.receives("Got it").code();
        for member in ALL {
            assert_eq!(chapter.phone(member).receives_offer().code(), code);
        }
    }
    // The newest first: four that are open, and Jess's, which is full.
    let codes = ["J6D", "J7P", "K6P", "Q3M", "J6P"];
    for (mut referral, code) in chapter.referrals().await.into_iter().zip(codes) {
        referral.code = code.parse().ok();
        chapter
            .change(move |tx| Box::pin(async move { tx.save_referral(&mut referral).await }))
            .await;
    }
    let (dora, ella) = (chapter.phone("dora"), chapter.phone("ella"));
    for (phone, words) in [(&dora, "J6P"), (&ella, "J6P yes")] {
        phone.replies(words).await;
        let _ = phone.receives("J6P just filled").says("standby").lacks("J6D").lacks("J7P");
    }
    // One that runs and was never put to her is no slip either.
    chapter.joins("gina", Joining::usual("Gina Late")).await;
    chapter.phone("gina").replies("Q3M").await;
    let _ = chapter.phone("gina").receives("Q3M: place 1 of 3");
    for referral in &chapter.referrals().await[..3] {
        let (firm, standby) = chapter.places(referral).await;
        assert!(firm.is_empty() && standby.is_empty(), "{firm:?} {standby:?}");
    }
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_yes_with_two_open_is_held_and_never_guessed() {
    let chapter = Chapter::begin().await;
    let first = jess_asks(&chapter, &ALL).await;
    let second = kim_asks(&chapter).await;
    let ana = chapter.phone("ana");
    ana.replies("yes").await;
    let asked = ana.receives("2 are open:").says(&first).says(&second).says("1)").says("2)");
    let number = |n: &str| asked.text.find(&format!("{n}) ")).expect("a number");
    let one = if asked.text.find(&first) > Some(number("2")) { &second } else { &first };
    let other = if one == &first { &second } else { &first };
    ana.replies("1").await;
    let _ = ana.receives(&format!("{one}: place 1 of 3"));
    // The one she did not choose is free again.
    claim(&chapter, other, &["beth"], 1).await;
    chapter.advance(minutes(11)).await;
    ana.receives_nothing();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

/// Kim's request is put to the members, and Ana's text of it waits at the carrier's door.
async fn kim_asks_and_ana_waits(chapter: &Chapter) -> String {
    chapter.phone("ana").next_texts([Fate::NotWritten]);
    chapter
        .family("kim")
        .texts("Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna")
        .await;
    let ella = chapter.phone("ella");
    for _ in 0..60 {
        if !ella.reads_all().is_empty() {
            break;
        }
        chapter.advance(seconds(1)).await;
    }
    chapter.phone("ana").receives_nothing();
    let code = chapter.family("kim").receives("Got it").code();
    for member in ["beth", "cleo", "dora"] {
        let _ = chapter.phone(member).receives_offer();
    }
    code
}

#[tokio::test]
async fn a_bare_yes_is_for_what_she_has_got_alone() {
    let chapter = Chapter::begin().await;
    let first = jess_asks(&chapter, &ALL).await;
    let second = kim_asks_and_ana_waits(&chapter).await;
    let ana = chapter.phone("ana");
    ana.replies("yes").await;
    let _ = ana.receives(&format!("{first}: place 1 of 3"));
    chapter.advance(seconds(30)).await;
    assert_eq!(ana.receives_offer().code(), second);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_bare_no_passes_on_what_she_has_got_alone() {
    let chapter = Chapter::begin().await;
    let first = jess_asks(&chapter, &ALL).await;
    let second = kim_asks_and_ana_waits(&chapter).await;
    let ana = chapter.phone("ana");
    ana.replies("NO").await;
    let me = chapter.member("ana");
    for referral in chapter.referrals().await {
        let id = referral.id;
        let offer =
            chapter.look(move |tx| Box::pin(async move { tx.offer_to(id, me).await })).await;
        let passed = offer.expect("her offer").state == OfferState::Passed;
        assert_eq!(passed, referral.code.expect("a code").as_str() == first);
    }
    chapter.advance(seconds(30)).await;
    assert_eq!(ana.receives_offer().code(), second);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_code_is_hers_to_claim_before_its_text_has_come() {
    let chapter = Chapter::begin().await;
    jess_asks(&chapter, &ALL).await;
    let second = kim_asks_and_ana_waits(&chapter).await;
    let ana = chapter.phone("ana");
    ana.replies(&second).await;
    let _ = ana.receives(&format!("{second}: place 1 of 3"));
    chapter.advance(seconds(30)).await;
    assert_eq!(ana.receives_offer().code(), second);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn both_is_both() {
    let chapter = Chapter::begin().await;
    let first = jess_asks(&chapter, &ALL).await;
    let second = kim_asks(&chapter).await;
    let ana = chapter.phone("ana");
    ana.replies("yes").await;
    let _ = ana.receives("2 are open:");
    ana.replies("both").await;
    let _ =
        ana.receives(&format!("{first}: place 1 of 3")).says(&format!("{second}: place 1 of 3"));
    ana.replies("mine").await;
    let _ = ana.receives("Yours:").says(&first).says(&second);
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn she_asks_how_it_stands_and_passes() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["beth"], 1).await;
    let ana = chapter.phone("ana");
    ana.replies("which insurance?").await;
    let _ = ana.receives(&format!("{code}, all we know:")).says("Aetna").lacks("Jess");
    ana.replies("what's her number? I'll call her").await;
    let _ = ana.receives("We don't share a family's number");
    ana.replies(&format!("{code}?")).await;
    let _ = ana.receives(&format!("{code}: 1 of 3 places taken"));
    ana.replies("no thanks, too far").await;
    ana.receives_nothing();
    ana.replies("Thanks!").await;
    ana.receives_nothing();
    assert_eq!(chapter.referral().await.state, ReferralState::Open);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn what_is_claimed_twice_or_too_late_is_told_so() {
    let chapter = Chapter::begin().await;
    let code = jess_has_names(&chapter).await;
    chapter.phone("ana").replies("me!!").await;
    let _ = chapter.phone("ana").receives("place 1 of 3 already");
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("filled").says("standby");
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby already");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
