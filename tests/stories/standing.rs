//! The chapter's own list: who is not eligible on it is not asked, where the chapter wants it so.

use model::{EvidenceId, TaskKind};
use roster::{Decision, NewEvidence, NewHospital, Person};
use serde_json::json;
use testkit::Chapter;

use crate::{
    ALL, JESS,
    papers::lists::{act, ruth},
};

/// The chapter's own list asks for one training, and these have it.
async fn asks_for_training(chapter: &Chapter, trained: &[&str]) -> Vec<EvidenceId> {
    let store = chapter.dispatch().store();
    let (act, looks) = (act(chapter, Person::Service), act(chapter, ruth(chapter).await));
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
    let mut papers = Vec::new();
    for name in trained {
        let content =
            json!({"type": "training", "issued": "2026-01-01", "attrs": {"topic": "hipaa"}});
        let new = NewEvidence { member: chapter.member(name), content, id: None };
        let sent = roster::submit(store, &act, new).await.expect("sent");
        let verified = Decision::Verify { lookup: Some("seen".to_owned()) };
        roster::decide(store, &looks, sent.id, None, verified).await.expect("verified");
        papers.push(sent.id);
    }
    papers
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

#[tokio::test]
async fn what_changes_about_the_list_counts_for_the_next_referral() {
    let chapter = Chapter::with_settings(json!({"enforce_baseline": true})).await;
    let paper = asks_for_training(&chapter, &ALL[..2]).await;
    let asked = async |family: &str, members: &[&str]| {
        chapter.family(family).texts(JESS).await;
        chapter.settle().await;
        let _ = chapter.family(family).receives("Got it");
        for member in members {
            let _ = chapter.phone(member).receives_offer();
        }
        for member in ALL.iter().filter(|member| !members.contains(member)) {
            chapter.phone(member).receives_nothing();
        }
    };
    asked("jess", &ALL[..2]).await;
    // Nothing changed: what is held counts. Then one loses her paper.
    asked("kim", &ALL[..2]).await;
    let store = chapter.dispatch().store();
    let looks = act(&chapter, ruth(&chapter).await);
    let reject = Decision::Reject { reason: "it is another's".to_owned() };
    roster::decide(store, &looks, paper[0], None, reject).await.expect("rejected");
    asked("lee", &ALL[1..2]).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn who_is_off_the_list_by_the_morning_is_not_asked_then() {
    let chapter = Chapter::with_settings(json!({"enforce_baseline": true})).await;
    let papers = asks_for_training(&chapter, &ALL[..2]).await;
    chapter.until(23, 0).await;
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    let _ = chapter.family("jess").receives("Got it");
    let looks = act(&chapter, ruth(&chapter).await);
    let store = chapter.dispatch().store();
    let reject = Decision::Reject { reason: "It is a copy of another's".to_owned() };
    roster::decide(store, &looks, papers[0], None, reject).await.expect("rejected");
    chapter.until(9, 0).await;
    chapter.phone(ALL[0]).receives_nothing();
    let _ = chapter.phone(ALL[1]).receives_offer();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
