//! A chapter with hospitals that ask for papers, and members who have some.

use model::{EvidenceStatus, TaskKind};
use roster::{Act, Decision, NewEvidence, NewHospital, Person};
use serde_json::{Value, json};
use storage::Task;
use testkit::{Chapter, databases::TestDatabase};

/// The beginning of a photo, as phones send them.
pub(super) const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo of a certificate";

/// What may be planned where members are reminded: that, and the forgetting of every night.
pub(super) const DAILY: [TaskKind; 2] = [TaskKind::Remind, TaskKind::Erase];

pub(crate) fn act(chapter: &Chapter, by: Person) -> Act {
    let chance = chapter.dispatch().chance().clone();
    Act { chapter: chapter.id(), by, now: chapter.now(), chance }
}

/// A hospital with these rules.
pub(super) async fn hospital(chapter: &Chapter, slug: &str, rules: Value) {
    let (store, act) = (chapter.dispatch().store(), act(chapter, Person::Service));
    let new = NewHospital {
        slug: slug.to_owned(),
        name: slug.to_uppercase(),
        baseline: false,
        stage: None,
        renewal_on: None,
        note: String::new(),
    };
    roster::add_hospital(store, &act, new).await.expect("a hospital");
    let set = json!({"version": "1", "rules": rules});
    roster::add_rule_set(store, &act, slug, set).await.expect("rules");
}

/// Two hospitals that ask for a training a year, with a fortnight of grace; one asks for insurance too.
pub(super) async fn chapter(database: TestDatabase) -> Chapter {
    let chapter = Chapter::with_links(database).await;
    let hipaa = json!({"key": "hipaa", "kind": "training", "grace_days": 14,
                       "params": {"topic": "hipaa", "max_age_months": 12}});
    let cover = json!({"key": "cover", "kind": "liability", "params": {}});
    hospital(&chapter, "h1", json!([hipaa])).await;
    hospital(&chapter, "h2", json!([hipaa, cover])).await;
    chapter
}

/// Ruth, who looks at papers.
pub(crate) async fn ruth(chapter: &Chapter) -> Person {
    let id = chapter.admin_id("ruth");
    let admin = chapter.look(move |tx| Box::pin(async move { tx.admin(id).await })).await;
    Person::Admin(id, admin.expect("she is there").phone_id)
}

/// A member's verified training and insurance: the day of the one, the last day of the other.
pub(super) async fn has(chapter: &Chapter, member: &str, trained: &str, insured: &str) {
    let papers = [
        json!({"type": "training", "issued": trained, "attrs": {"topic": "hipaa"}}),
        json!({"type": "liability", "issued": "2026-01-01", "expires": insured, "attrs": {}}),
    ];
    let store = chapter.dispatch().store();
    let (act, looks) = (act(chapter, Person::Service), act(chapter, ruth(chapter).await));
    for content in papers {
        let new = NewEvidence { member: chapter.member(member), content, id: None };
        let sent = roster::submit(store, &act, new).await.expect("sent");
        let verify = Decision::Verify { lookup: Some("seen".to_owned()) };
        roster::decide(store, &looks, sent.id, None, verify).await.expect("verified");
    }
}

/// Today's reminders, again if they went out already: as after a crash.
pub(super) async fn reminds(chapter: &Chapter) {
    let (id, now) = (chapter.id(), chapter.now());
    let task = Task { kind: TaskKind::Remind, subject: id.as_uuid(), chapter_id: id };
    chapter.change(move |tx| Box::pin(async move { tx.plan(task, now).await })).await;
    chapter.run().await;
}

/// What waits for somebody to look at it: whose, its content, its original.
pub(super) async fn waiting(chapter: &Chapter) -> Vec<(String, Value, Vec<u8>)> {
    let (store, act) = (chapter.dispatch().store(), act(chapter, Person::Service));
    let mut waiting = Vec::new();
    let queue =
        roster::queue(store, &act, EvidenceStatus::Submitted, None, 50).await.expect("the queue");
    for paper in queue {
        let (evidence, member) = (paper.evidence, paper.member);
        let original = roster::original(store, &act, evidence.id).await.expect("its original");
        assert_eq!(evidence.submitted_by, format!("member:{}", member.id));
        waiting.push((member.name.reveal().to_owned(), evidence.content, original.content));
    }
    waiting
}
