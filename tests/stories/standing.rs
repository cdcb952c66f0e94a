//! The chapter's own list: who is not eligible on it is not asked, where the chapter wants it so.

use model::TaskKind;
use roster::{Act, Decision, NewEvidence, NewHospital, Person};
use serde_json::json;
use testkit::Chapter;

use crate::{ALL, JESS};

/// The chapter's own list asks for one training, and these have it.
async fn asks_for_training(chapter: &Chapter, trained: &[&str]) {
    let store = chapter.dispatch().store();
    let chance = chapter.dispatch().chance().clone();
    let act = Act { chapter: chapter.id(), by: Person::Service, now: chapter.now(), chance };
    let own = NewHospital {
        slug: "chapter".to_owned(),
        name: "The chapter".to_owned(),
        baseline: true,
        stage: None,
        renewal_on: None,
        note: String::new(),
    };
    roster::add_hospital(store, &act, own).await.expect("a list");
    let rules = json!({"version": "CH-1", "rules": [
        {"key": "hipaa", "kind": "training", "params": {"topic": "hipaa"}},
    ]});
    roster::add_rule_set(store, &act, "chapter", rules).await.expect("rules");
    let (id, number) = (chapter.id(), chapter.admin("ruth").number());
    let ruth = chapter
        .look(move |tx| Box::pin(async move { tx.phone_by_number(id, &number).await }))
        .await
        .expect("her phone");
    let by_ruth = Act { by: Person::Admin(chapter.admin_id("ruth"), ruth.id), ..act.clone() };
    for name in trained {
        let content =
            json!({"type": "training", "issued": "2026-01-01", "attrs": {"topic": "hipaa"}});
        let new = NewEvidence { member: chapter.member(name), content, id: None };
        let sent = roster::submit(store, &act, new).await.expect("sent");
        let verified = Decision::Verify { lookup: Some("the course itself".to_owned()) };
        roster::decide(store, &by_ruth, sent.id, None, verified).await.expect("verified");
    }
}

#[tokio::test]
async fn only_those_on_the_chapters_own_list_are_asked_where_it_counts() {
    let chapter = Chapter::with_settings(json!({"enforce_baseline": true})).await;
    asks_for_training(&chapter, &ALL[..2]).await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.settle().await;
    let _ = jess.receives("Got it").says("We are asking 2 consultants");
    for member in &ALL[..2] {
        let _ = chapter.phone(member).receives_offer();
    }
    for member in &ALL[2..] {
        chapter.phone(member).receives_nothing();
    }
    let trace = chapter.trace(&chapter.referral().await).await;
    let asked = trace.iter().find(|event| event.kind == "asked_members").expect("it is told");
    assert_eq!(asked.detail.to_string().matches("standing").count(), ALL.len() - 2);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn where_it_does_not_count_everybody_is_asked() {
    let chapter = Chapter::begin().await;
    asks_for_training(&chapter, &[]).await;
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    let _ = chapter.family("jess").receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
