//! What goes when its time is over, and what a family or a member may ask for.

use serde_json::{Value, json};

use crate::{
    asking::{Answer, get, post},
    house::{FAMILY, House, WORDS},
    lists::Lists,
};

async fn conversation(house: &House) -> String {
    let all = get("/api/v1/conversations").bearer(&house.ours.token).of(&house.router).await.json();
    all["conversations"][0]["id"].as_str().expect("an id").to_owned()
}

async fn close(house: &House) {
    let path = format!("/api/v1/referrals/{}/close", house.ours.held);
    assert_eq!(post(path).bearer(&house.ours.token).of(&house.router).await.status, 200);
}

async fn words(house: &House, id: &str) -> Vec<Value> {
    let path = format!("/api/v1/conversations/{id}/messages");
    let texts = get(path).bearer(&house.ours.token).of(&house.router).await.json();
    let texts = texts["messages"].as_array().expect("texts").clone();
    texts.into_iter().map(|text| text["words"].clone()).collect()
}

async fn ask(house: &House, method: &str, path: &str, token: &str) -> Answer {
    let path = format!("/api/v1{path}");
    let asked = if method == "post" { post(path) } else { get(path) };
    asked.bearer(token).of(&house.router).await
}

#[tokio::test]
async fn words_go_a_month_after_a_conversation_was_closed() {
    let house = House::new().await;
    let id = conversation(&house).await;
    house.dispatch.plan_for_chapters().await.expect("it is planned");
    close(&house).await;
    let run = async || {
        for _ in 0..6 {
            house.dispatch.run_due_tasks().await.expect("tasks run");
        }
    };
    house.clock.advance(model::day_hours(24 * 29));
    run().await;
    assert!(words(&house, &id).await.contains(&json!(WORDS)), "not before its time");
    house.clock.advance(model::day_hours(24 * 2));
    run().await;
    assert!(words(&house, &id).await.iter().all(Value::is_null), "the texts stay, without words");
    let view = house.held().await;
    assert!(view.reading.is_none() && view.facts.concerns == ["latch_difficulty"], "counts stay");
    assert_eq!((view.facts.baby.as_str(), view.facts.place.label().as_str()), ("", "Brooklyn"));
    let log = get("/api/v1/audit?kind=erased").bearer(&house.ours.token).of(&house.router).await;
    let log = log.json();
    assert_eq!(log["entries"][0]["actor"], "service", "{log}");
    assert!(
        log["entries"]
            .as_array()
            .expect("entries")
            .iter()
            .any(|entry| entry["detail"]["conversations"] == 1),
        "{log}"
    );
    let theirs = house.dispatch.referral(house.theirs.id, house.theirs.held).await;
    let theirs = theirs.expect("it can be read").expect("it is there");
    assert!(theirs.reading.is_some(), "an open conversation keeps its words");
}

const STOP: &str = "STOP. This is Rosalind";
const STOPPED: &str = "You are unsubscribed";

/// The family says STOP after a STOP: it belongs to no conversation, and neither does the answer.
async fn stops(house: &House) {
    let (ours, now) = (house.ours.clone(), house.dispatch.now());
    let chance = model::Chance::seeded(11);
    let text = storage::NewInbound {
        id: model::InboundId::generate(now, &chance),
        chapter_id: ours.id,
        line_id: ours.line,
        phone_id: ours.family,
        carrier_message_id: "SM-stop".to_owned(),
        standing: model::Standing::Family,
        body: model::MessageText::new(STOP),
        media: 0,
        inquiry_id: None,
        received_at: now,
    };
    let answer = storage::NewMessage {
        id: model::OutboxId::generate(now, &chance),
        chapter_id: ours.id,
        by: storage::By::Line { line: ours.line, phone: ours.family },
        kind: model::MessageKind::Consent,
        dedupe: "stopped".to_owned(),
        inquiry_id: None,
        referral_id: None,
        offer_id: None,
        body: model::MessageText::new(STOPPED),
        now,
        due_at: now,
        expires_at: now.after(model::minutes(5)),
    };
    house
        .write(move |tx| {
            Box::pin(async move {
                tx.add_inbound(&text).await?;
                tx.enqueue(&answer).await.map(drop)
            })
        })
        .await;
}

#[tokio::test]
async fn a_family_is_told_what_is_known_of_it_and_is_forgotten() {
    let house = House::new().await;
    let id = conversation(&house).await;
    let (export, erase) =
        (format!("/conversations/{id}/export"), format!("/conversations/{id}/erase"));
    for (method, path) in [("get", &export), ("post", &erase)] {
        ask(&house, method, path, &house.ours.reader_token).await.is_problem(403, "forbidden");
        ask(&house, method, path, &house.theirs.token).await.is_problem(404, "not-found");
    }
    stops(&house).await;
    let told = ask(&house, "get", &export, &house.ours.token).await.json();
    assert_eq!(told["number"], format!("+1{}", FAMILY.replace('-', "")));
    assert_eq!(told["conversations"][0]["texts"][0]["words"], WORDS);
    assert_eq!(told["texts"][0]["words"], STOP, "what belongs to no conversation too");
    assert_eq!(told["texts"][1]["words"], STOPPED);
    ask(&house, "post", &erase, &house.ours.token).await.is_problem(409, "conflict");
    assert!(words(&house, &id).await.contains(&json!(WORDS)), "nothing changed");
    close(&house).await;
    let erased = ask(&house, "post", &erase, &house.ours.token).await;
    assert_eq!(erased.status, 204, "{}", erased.body);
    assert!(words(&house, &id).await.iter().all(Value::is_null));
    let told = ask(&house, "get", &export, &house.ours.token).await.json();
    assert_eq!((&told["number"], &told["conversations"][0]["read"]), (&Value::Null, &Value::Null));
    let left = told.to_string();
    for personal in ["Milo", "Rosalind", "unsubscribed", "11215", "Park Slope", "5 days", "718555"]
    {
        assert!(!left.contains(personal), "{personal}: {left}");
    }
    assert!(left.contains("Brooklyn") && left.contains("latch_difficulty"), "{left}");
    for texts in [&told["texts"], &told["conversations"][0]["texts"]] {
        let texts = texts.as_array().expect("the rows stay");
        assert!(!texts.is_empty() && texts.iter().all(|text| text["words"].is_null()), "{left}");
    }
    let log = ask(&house, "get", "/audit?kind=family_erased", &house.ours.token).await;
    assert_eq!(log.json()["entries"][0]["actor"], "token");
    assert!(!log.body.contains(&FAMILY.replace('-', "")));
}

#[tokio::test]
async fn a_member_is_told_what_is_known_of_her_and_is_forgotten() {
    let house = House::new().await;
    let member = format!("/members/{}", house.ours.member);
    let (export, erase) = (format!("{member}/export"), format!("{member}/erase"));
    for (method, path) in [("get", &export), ("post", &erase)] {
        ask(&house, method, path, &house.ours.reader_token).await.is_problem(403, "forbidden");
        ask(&house, method, path, &house.theirs.token).await.is_problem(404, "not-found");
    }
    let told = ask(&house, "get", &export, &house.ours.token).await.json();
    assert_eq!((&told["name"], &told["status"]), (&json!("Ana Sample, IBCLC"), &json!("active")));
    let erased = ask(&house, "post", &erase, &house.ours.token).await;
    assert_eq!(erased.status, 204, "{}", erased.body);
    let told = ask(&house, "get", &export, &house.ours.token).await.json();
    assert_eq!((&told["number"], &told["status"]), (&Value::Null, &json!("removed")));
    assert!(!told.to_string().contains("Ana"), "{told}");
    let listed = ask(&house, "get", "/members", &house.ours.token).await;
    assert!(!listed.body.contains(&house.ours.member.to_string()));
}

#[tokio::test]
async fn what_was_decided_about_her_goes_with_her_and_so_do_her_links() {
    let lists = Lists::new().await;
    let (house, member) = (&lists.house, lists.house.ours.member);
    let reason = "she spoke ill of a patient";
    let recall = json!({"member": member, "reason": reason});
    lists.sends("/hospitals/kings-bay/recalls", &recall).await.is(201);
    let exception = json!({
        "hospital": "kings-bay", "member": member, "rule": "hipaa", "reason": "the course is full",
        "expires": "2027-01-31",
    });
    lists.sends("/overrides", &exception).await.is(201);
    let path = format!("/members/{member}/export");
    let told = ask(house, "get", &path, &house.ours.token).await.json();
    assert_eq!(told["recalls"][0]["reason"], reason, "{told}");
    assert_eq!(told["recalls"][0]["hospital"], "kings-bay");
    assert_eq!(told["exceptions"][0]["reason"], "the course is full");

    let (chapter, now) = (house.ours.id, house.dispatch.now());
    let link = storage::Link {
        chapter_id: chapter,
        purpose: model::LinkPurpose::Member,
        subject: member.as_uuid(),
        created_at: now,
        expires_at: now.after(model::day_hours(1)),
    };
    house.write(move |tx| Box::pin(async move { tx.add_link(vec![7; 32], &link).await })).await;
    let erase = format!("/members/{member}/erase");
    assert_eq!(ask(house, "post", &erase, &house.ours.token).await.status, 204);
    let (recalls, link) = house
        .write(move |tx| {
            Box::pin(async move {
                let link = tx.link(vec![7; 32], model::LinkPurpose::Member, now).await?;
                Ok((tx.recalls(chapter).await?, link))
            })
        })
        .await;
    assert_eq!((recalls.len(), link), (1, None), "that she is off the list stays");
    assert!(!recalls[0].reason.contains("patient"), "{}", recalls[0].reason);
    let told = ask(house, "get", &path, &house.ours.token).await.json();
    assert!(!told.to_string().contains("patient"), "{told}");
}
