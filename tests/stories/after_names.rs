//! What a family asks for once it has its names, in English and in Spanish.

use model::{MemberStatus, Outcome, ReferralState, TaskKind, day_hours, minutes};
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, claim, jess_has_names};

testkit::on_both!(
    more_names_are_asked_for_and_nothing_is_said_of_those_it_has,
    a_number_is_given_after_a_written_yes_and_never_before,
    a_second_opinion_is_asked_of_others_under_a_code_of_its_own,
    what_changed_reaches_those_who_have_a_place_and_nobody_else,
    what_it_thought_of_the_line_is_asked_once_and_a_low_score_is_a_case_for_a_person,
    who_asks_to_be_deleted_is_left_alone_and_a_person_sees_to_it,
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
    let code = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    let number = jess.number().national();
    jess.texts("can someone call me please").await;
    chapter.settle().await;
    let asked = jess.receives("Ana Sample, Beth Example and Cleo Specimen can call you");
    let _ = asked.says("Reply YES").says(&code);
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    jess.texts("no thanks").await;
    chapter.settle().await;
    let _ = jess.reads_all();
    for member in &ALL[..3] {
        assert!(!chapter.phone(member).reads_all().join("\n").contains(&number));
    }
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    assert!(consents(&chapter, "call").await.is_empty());
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
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

async fn who_asks_to_be_deleted_is_left_alone_and_a_person_sees_to_it(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let _ = jess_has_names(&chapter).await;
    let jess = chapter.family("jess");
    jess.texts("please delete my data").await;
    chapter.settle().await;
    let _ = jess.receives("You are unsubscribed");
    chapter.admin("ruth").is_called("a family asks to be deleted");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    assert_eq!(chapter.referral().await.state, ReferralState::Withdrawn);
    // No follow-up comes.
    chapter.advance(day_hours(30)).await;
    jess.receives_nothing();
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
