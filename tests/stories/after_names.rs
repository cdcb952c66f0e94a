//! What a family asks for once it has its names, in English and in Spanish.

use model::{MemberStatus, Outcome, ReferralState, TaskKind, day_hours, minutes};
use serde_json::json;
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, claim, jess_asks, jess_has_names};

testkit::on_both!(
    more_names_are_asked_for_and_nothing_is_said_of_those_it_has,
    a_number_is_given_after_a_written_yes_and_never_before,
    who_has_allowed_a_call_is_not_asked_again,
    a_sign_of_danger_is_answered_whatever_else_is_asked,
    with_more_names_it_keeps_those_it_has,
    where_nobody_is_left_no_more_names_are_promised,
    a_second_opinion_is_asked_of_others_under_a_code_of_its_own,
    what_changed_reaches_those_who_have_a_place_and_nobody_else,
    what_it_thought_of_the_line_is_asked_once_and_a_low_score_is_a_case_for_a_person,
    in_spanish_it_is_the_same,
);

async fn more_names_are_asked_for_and_nothing_is_said_of_those_it_has(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("More").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking for more names").says(&code);
    for member in ["dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    claim(&chapter, &code, &["dora", "ella"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = jess.receives("2 new names").says("Dora Pattern").lacks("Ana");
    assert_eq!(chapter.referral().await.outcome, None);
    for member in ["ana", "beth", "cleo"] {
        chapter.phone(member).receives_nothing();
    }
    chapter.admin("ruth").is_left_alone();
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

async fn a_number_is_given_after_a_written_yes_and_never_before(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"family_texts": 20})).await;
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    let number = jess.number().national();
    let asks = async || {
        jess.texts("can someone call me please").await;
        chapter.settle().await;
        let asked = jess.receives("Ana Sample, Beth Example and Cleo Specimen can call you");
        let _ = asked.says("Reply YES");
    };
    asks().await;
    // A no is a no to that and to nothing else: the names stand.
    jess.texts("no thanks").await;
    chapter.settle().await;
    let _ = jess.receives("Thank you");
    assert_eq!(chapter.places(&chapter.referral().await).await.0, ["ana", "beth", "cleo"]);
    // What answers another question, or comes much later, is no yes to this one.
    asks().await;
    jess.texts("Ana came yesterday, all good").await;
    chapter.settle().await;
    let _ = jess.receives("from 1 (bad) to 5 (good)");
    assert!(consents(&chapter, "call").await.is_empty());
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    chapter.admin("ruth").is_left_alone();
    asks().await;
    // Cleo drops out: she does not get it, nor does whoever comes for her.
    let code = chapter.referral().await.code.expect("a code").as_str().to_owned();
    chapter.phone("cleo").replies(&format!("DROP {code}")).await;
    let _ = chapter.phone("cleo").reads_all();
    let _ = jess.receives("Cleo Specimen");
    asks_again(&chapter).await;
    jess.texts("Yes").await;
    chapter.settle().await;
    for member in ["ana", "beth"] {
        let _ = chapter.phone(member).receives("asks you to call").says(&number);
    }
    let _ = jess.receives("have your number").lacks("Cleo");
    for member in ["cleo", "dora", "ella"] {
        assert!(!chapter.phone(member).reads_all().join("\n").contains(&number));
    }
    let kept = consents(&chapter, "call").await;
    assert_eq!(kept.len(), 1);
    let gone = chapter.member("cleo").to_string();
    assert!(!kept[0].0.contains(&gone), "{kept:?}");
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::Page]).await;
}

/// Three have the number by its yes and the family asks for a call once more: it is told so, a person is called,
/// and the three get nothing twice. Of whoever is named later it is asked.
async fn who_has_allowed_a_call_is_not_asked_again(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"family_texts": 20})).await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("please have them call me").await;
    chapter.settle().await;
    let _ = jess.receives("can call you").says("Reply YES");
    jess.texts("yes").await;
    chapter.settle().await;
    let _ = jess.receives("have your number");
    for member in ["ana", "beth", "cleo"] {
        let _ = chapter.phone(member).receives("asks you to call");
    }
    chapter.admin("ruth").is_left_alone();
    jess.texts("please have them call me").await;
    chapter.settle().await;
    let _ = jess.receives("have your number").says("Beth Example").lacks("Reply YES");
    let called = chapter.admin("ruth").reads_all().join("\n");
    assert!(called.contains(&code) && called.contains("call"), "{called}");
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    assert_eq!(consents(&chapter, "call").await.len(), 1);
    jess.texts("More").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking for more names");
    for member in ["dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    claim(&chapter, &code, &["dora"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = jess.receives("1 new name");
    jess.texts("please have them call me").await;
    chapter.settle().await;
    let _ = jess.receives("Dora Pattern can call you").says("Reply YES").lacks("Ana");
    for phone in [jess, chapter.phone("dora"), chapter.phone("ella")] {
        let _ = phone.reads_all();
    }
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::Page]).await;
}

/// What was asked about three counts for none once one of them is gone: a yes is asked for anew.
async fn asks_again(chapter: &Chapter) {
    let jess = chapter.family("jess");
    jess.texts("can someone call me please").await;
    chapter.settle().await;
    let _ = jess.receives("Ana Sample and Beth Example can call you").says("Reply YES");
}

/// Whatever it is that answers a family whose words call for a doctor: that is said first.
async fn a_sign_of_danger_is_answered_whatever_else_is_asked(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"family_texts": 20})).await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    let care = "This needs a doctor now. Call baby's doctor";
    jess.texts("none of them called back and he had no wet diaper since yesterday").await;
    chapter.settle().await;
    let _ = jess.receives(care).says("We are asking again");
    for member in ["dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    claim(&chapter, &code, &["dora"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = jess.receives("1 new name");
    let called = chapter.admin("ruth").reads_all().join("\n");
    assert!(called.contains("doctor") && called.contains("reached nobody"), "{called}");
    chapter.admin("ruth").replies("ok").await;
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone");
    jess.texts("1").await;
    chapter.settle().await;
    let _ = jess.receives("from 1 (bad) to 5 (good)");
    // It begins with a digit and is no score.
    jess.texts("4 days old and no wet diaper").await;
    chapter.settle().await;
    let _ = jess.receives(care);
    let called = chapter.admin("ruth").reads_all().join("\n");
    assert!(called.contains("doctor"), "{called}");
    let _ = chapter.admin("ruth").reads_mails();
    assert!(chapter.referrals().await.iter().all(|one| one.satisfaction.is_none()));
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let _ = jess.reads_all();
    chapter
        .done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page])
        .await;
}

async fn with_more_names_it_keeps_those_it_has(database: TestDatabase) {
    let chapter = Chapter::with_links(database).await;
    chapter.decides_for_itself(json!({"family_texts": 20})).await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let jess = chapter.family("jess");
    let link = jess.receives("Here are 3 consultants").link_to("f").expect("a link");
    let shown = async || {
        let sheet = chapter.dispatch().names_page(&link).await.expect("the database answers");
        sheet
            .expect("it is open")
            .cards
            .into_iter()
            .map(|card| card.name.reveal().to_owned())
            .collect::<Vec<_>>()
    };
    jess.texts("More").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking for more names");
    assert_eq!(shown().await, ["Ana Sample", "Beth Example", "Cleo Specimen"]);
    for member in ["dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    // Whoever is named already takes no second place, and may still give hers back.
    chapter.phone("beth").replies(&code).await;
    let _ = chapter.phone("beth").reads_all();
    chapter.phone("ana").replies(&format!("DROP {code}")).await;
    let _ = chapter.phone("ana").receives("We tell the family");
    let _ = jess.receives("Ana Sample");
    claim(&chapter, &code, &["dora", "ella"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = jess.receives("2 new names");
    assert_eq!(shown().await, ["Beth Example", "Cleo Specimen", "Dora Pattern", "Ella Model"]);
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone").says("4 Ella");
    jess.texts("4").await;
    chapter.settle().await;
    let _ = jess.receives("from 1 (bad) to 5 (good)");
    let trace = chapter.trace(&chapter.referral().await).await;
    let ella = chapter.member("ella").to_string();
    let outcome = trace.iter().rfind(|event| event.kind == "outcome").expect("it is told");
    assert_eq!(outcome.detail["member"].as_str(), Some(ella.as_str()));
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

async fn where_nobody_is_left_no_more_names_are_promised(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    for member in ["dora", "ella"] {
        chapter.phone(member).replies("AWAY").await;
        let _ = chapter.phone(member).reads_all();
    }
    let code = jess_asks(&chapter, &["ana", "beth", "cleo"]).await;
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let jess = chapter.family("jess");
    let _ = jess.receives("Here are 3 consultants");
    jess.texts("More").await;
    chapter.settle().await;
    let _ = jess.receives("A person").lacks("You get them by");
    assert_eq!(chapter.referral().await.state, ReferralState::Held);
    chapter.admin("ruth").is_called("nobody");
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter
        .done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page])
        .await;
}

async fn consents(chapter: &Chapter, kind: &str) -> Vec<(String, String)> {
    let id = chapter.referral().await.phone_id;
    let all = chapter.look(move |tx| Box::pin(async move { tx.consents_of(id).await })).await;
    let of_kind = all.into_iter().filter(|consent| consent.kind == kind);
    of_kind.map(|consent| (consent.wording, consent.language)).collect()
}

async fn a_second_opinion_is_asked_of_others_under_a_code_of_its_own(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let first = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    chapter.advance(day_hours(3)).await;
    jess.texts("Thanks, Ana was here. I would like a second opinion").await;
    chapter.settle().await;
    let code = jess.receives("Got it").code();
    assert_ne!(code, first);
    for member in ["dora", "ella"] {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    for member in ["ana", "beth", "cleo"] {
        chapter.phone(member).receives_nothing();
    }
    // However she heard of the code: it is not for her.
    chapter.phone("ana").replies(&code).await;
    let _ = chapter.phone("ana").receives("Nothing is open for you");
    let all = chapter.referrals().await;
    let before = all.iter().find(|one| one.code.is_some_and(|has| has.as_str() == first));
    let before = before.expect("the first referral");
    assert_eq!((before.state, before.outcome), (ReferralState::Closed, Some(Outcome::Connected)));
    claim(&chapter, &code, &["dora", "ella"], 1).await;
    chapter.advance(minutes(121)).await;
    let _ = jess.receives("2 consultants").says("Ella Model");
    let _ = jess.reads_all();
    for member in ["ana", "beth", "cleo"] {
        chapter.phone(member).receives_nothing();
    }
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

async fn what_changed_reaches_those_who_have_a_place_and_nobody_else(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("Sorry, we moved to my mother's place: Flatbush 11226").await;
    chapter.settle().await;
    let _ = jess.receives("Noted and passed on").says(&code);
    for member in ["ana", "beth", "cleo"] {
        let _ =
            chapter.phone(member).receives(&format!("{code}, changed by the family")).says("11226");
    }
    for member in ["dora", "ella"] {
        chapter.phone(member).receives_nothing();
    }
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn what_it_thought_of_the_line_is_asked_once_and_a_low_score_is_a_case_for_a_person(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    chapter.advance(day_hours(25)).await;
    let _ = jess.receives("Did you reach someone");
    jess.texts("1").await;
    chapter.settle().await;
    let _ = jess.receives("from 1 (bad) to 5 (good)");
    jess.texts("2 it took so long").await;
    chapter.settle().await;
    let _ = jess.receives("Thank you for telling us");
    chapter.admin("ruth").is_called("a complaint");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    let referral = chapter.referral().await;
    assert_eq!((referral.state, referral.satisfaction), (ReferralState::Closed, Some(2)));
    assert_eq!(referral.outcome, Some(Outcome::Connected));
    let trace = chapter.trace(&referral).await;
    assert!(trace.iter().all(|event| !event.detail.to_string().contains("so long")));
    for name in ["ana", "beth", "cleo"] {
        let id = chapter.member(name);
        let member = chapter.look(move |tx| Box::pin(async move { tx.member(id).await })).await;
        assert_eq!(member.map(|member| member.status), Some(MemberStatus::Active));
    }
    chapter.done().await;
}

async fn in_spanish_it_is_the_same(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let luz = chapter.family("luz");
    luz.texts(
        "Hola, vivo en Park Slope 11215. Mi bebe tiene 5 dias y no se prende. Visita en casa",
    )
    .await;
    chapter.settle().await;
    let code = luz.receives("consultora").code();
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.phone("ana").replies(&code).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.advance(minutes(121)).await;
    let _ = luz.receives("Ana Sample");
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    luz.texts("Me pueden llamar por favor?").await;
    chapter.settle().await;
    let _ = luz.receives("Responda YES").says("Ana Sample");
    chapter.phone("ana").receives_nothing();
    luz.texts("Si").await;
    chapter.settle().await;
    let number = luz.number().national();
    let _ = chapter.phone("ana").receives("asks you to call").says(&number);
    let _ = luz.receives("ya tienen su n");
    let kept = consents(&chapter, "call").await;
    let [(wording, language)] = &kept[..] else { panic!("{kept:?}") };
    assert!(language == "es" && wording.contains("si les damos su n"), "{kept:?}");
    for member in &ALL[1..] {
        chapter.phone(member).receives_nothing();
    }
    luz.texts("m\u{e1}s nombres").await;
    chapter.settle().await;
    let _ = luz.receives("Estamos preguntando por m\u{e1}s nombres").says(&code);
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter
        .done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page])
        .await;
}
