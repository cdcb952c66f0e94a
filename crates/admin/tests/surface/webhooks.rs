//! `/api/v1/webhooks`: a chapter's own tools, what they are told, and what happens when they fail.

use std::sync::{Arc, Mutex};

use axum::http::{Method, header};
use carriers::webhook::{Answer, Notice, Post};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use crate::{
    asking::{Asking, get, post},
    house::{Chapter, FAMILY, House},
};

/// A tool that answers with what stands in `answers`, the last again and again.
#[derive(Clone, Default)]
struct Tool {
    heard: Arc<Mutex<Vec<(String, String, Value)>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Tool {
    fn answering(answers: &[u16]) -> Self {
        let tool = Self::default();
        *tool.answers.lock().expect("the answers") = answers.to_vec();
        tool
    }

    fn heard(&self) -> Vec<(String, String, Value)> {
        self.heard.lock().expect("what was heard").clone()
    }
}

impl Post for Tool {
    fn post<'a>(&'a self, url: &'a str, notice: Notice<'a>) -> BoxFuture<'a, Answer> {
        let body = serde_json::from_str(notice.body).expect("JSON");
        let signed = notice.signature();
        assert_eq!(signed.split(' ').count(), notice.secrets.len(), "{url}");
        let heard = (notice.id.to_owned(), signed, body);
        self.heard.lock().expect("what was heard").push(heard);
        let mut answers = self.answers.lock().expect("the answers");
        let status = if answers.len() > 1 { answers.remove(0) } else { answers[0] };
        Box::pin(async move { Answer::Status(status) })
    }
}

fn ask(house: &House, path: &str) -> Asking {
    get(format!("/api/v1/webhooks{path}")).bearer(&house.ours.token)
}

async fn added(house: &House, kinds: &Value) -> Value {
    let body = json!({"url": "https://tools.example/hook", "kinds": kinds}).to_string();
    let made = post("/api/v1/webhooks").bearer(&house.ours.token).json(&body);
    let made = made.of(&house.router).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()
}

/// A decision about a chapter's held referral: something happens.
async fn decided(house: &House, chapter: &Chapter, decision: &str) {
    let path = format!("/api/v1/referrals/{}/{decision}", chapter.held);
    let done = post(path).bearer(&chapter.token).of(&house.router).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

async fn tell(house: &House, tool: &Tool) -> usize {
    house.dispatch.tell_webhooks(tool).await.expect("they are told")
}

#[tokio::test]
async fn a_tool_is_told_of_its_chapter_s_changes_by_ids_alone() {
    let house = House::new().await;
    let made = added(&house, &Value::Null).await;
    assert!(made["secret"].as_str().is_some_and(|secret| secret.starts_with("whsec_")), "{made}");
    let (id, tool) = (made["id"].as_str().expect("an id"), Tool::answering(&[204]));
    while tell(&house, &tool).await > 0 {}
    let before = tool.heard().len();
    decided(&house, &house.theirs, "close").await;
    assert_eq!(tell(&house, &tool).await, 0, "nothing of the other chapter's");
    decided(&house, &house.ours, "close").await;
    while tell(&house, &tool).await > 0 {}
    let heard = tool.heard().split_off(before);
    let closed =
        heard.iter().find(|(_, _, body)| body["data"]["referral"] == house.ours.held.to_string());
    let (event, _, body) = closed.expect("it was told");
    assert_eq!(
        (body["type"].as_str(), &body["data"]["id"]),
        (body["data"]["kind"].as_str(), &json!(event))
    );
    let all = format!("{heard:?}");
    for secret in ["Milo", "Ruth", "Ana Sample", &FAMILY.replace('-', ""), "11215", "Park Slope"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    let sent =
        ask(&house, &format!("/{id}/deliveries?state=taken&limit=1")).of(&house.router).await;
    assert_eq!(sent.json()["deliveries"][0]["attempts"], 1);
    let listed = ask(&house, "").of(&house.router).await;
    assert!(!listed.body.contains("secret"), "a secret is told once: {}", listed.body);
}

#[tokio::test]
async fn what_is_not_taken_is_told_again_with_the_same_id_and_at_last_given_up() {
    let house = House::new().await;
    let made = added(&house, &json!(["chapter_changed"])).await;
    let id = made["id"].as_str().expect("an id");
    let tool = Tool::answering(&[500]);
    let name = json!({"name": "Harbor"}).to_string();
    let change = post("/api/v1/chapter").method(Method::PATCH).bearer(&house.ours.token);
    let change = change.header("if-match", "*").json(&name).of(&house.router).await;
    assert_eq!(change.status, 200);
    assert_eq!(tell(&house, &tool).await, 1);
    assert_eq!(tell(&house, &tool).await, 0, "not again at once");
    let failing = ask(&house, &format!("/{id}")).of(&house.router).await.json();
    assert!(failing["failing_since"].is_string(), "{failing}");
    for _ in 0..9 {
        house.clock.advance(model::day_hours(25));
        assert_eq!(tell(&house, &tool).await, 1);
    }
    house.clock.advance(model::day_hours(25));
    assert_eq!(tell(&house, &tool).await, 0, "ten tries are enough");
    let heard = tool.heard();
    assert!(heard.iter().all(|(event, _, _)| *event == heard[0].0), "one id: {heard:?}");
    let sent = ask(&house, &format!("/{id}/deliveries")).of(&house.router).await.json();
    let sent = &sent["deliveries"][0];
    assert_eq!(
        (&sent["state"], &sent["attempts"], &sent["answer"]),
        (&json!("given_up"), &json!(10), &json!("500"))
    );
}

#[tokio::test]
async fn a_lapsed_lease_is_told_again_and_one_that_is_gone_is_left_alone() {
    let house = House::new().await;
    let made = added(&house, &json!(["webhook_changed"])).await;
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().expect("an id"));
    let change = |body: &Value| {
        let asked = post(&path).method(Method::PATCH).bearer(&house.ours.token);
        asked.header("if-match", "*").json(&body.to_string()).of(&house.router)
    };
    assert_eq!(change(&json!({"active": true})).await.status, 200);
    // A node that dies with it in hand: nobody told it.
    let now = house.dispatch.now();
    let leased =
        house.write(move |tx| Box::pin(tx.lease_deliveries(now, model::minutes(1), 9))).await;
    assert_eq!(leased.len(), 1);
    let tool = Tool::answering(&[410]);
    assert_eq!(tell(&house, &tool).await, 0);
    house.clock.advance(model::minutes(2));
    assert_eq!(tell(&house, &tool).await, 1);
    let gone = get(&path).bearer(&house.ours.token).of(&house.router).await;
    assert_eq!(gone.json()["state"], "paused");
    assert_eq!(change(&json!({"kinds": []})).await.status, 200);
    assert_eq!(tell(&house, &tool).await, 0, "one that is paused is told nothing");
}

#[tokio::test]
async fn a_new_secret_signs_beside_the_one_before_it_for_a_day() {
    let house = House::new().await;
    let made = added(&house, &json!(["webhook_secret"])).await;
    let path = format!("/api/v1/webhooks/{}/secret", made["id"].as_str().expect("an id"));
    let tool = Tool::answering(&[204]);
    for (hours, secrets) in [(0, 2), (25, 1)] {
        let renewed = post(&path).bearer(&house.ours.token).of(&house.router).await;
        assert_eq!(renewed.status, 201, "{}", renewed.body);
        assert_ne!(renewed.json()["secret"], made["secret"]);
        house.clock.advance(model::day_hours(hours));
        assert_eq!(tell(&house, &tool).await, 1);
        let (_, signed, _) = tool.heard().pop().expect("it was told");
        assert_eq!(signed.split(' ').count(), secrets);
    }
}

#[tokio::test]
async fn a_tool_that_cannot_be_opened_silences_no_other_and_can_be_removed() {
    let house = House::new().await;
    let (broken, _) = (added(&house, &Value::Null).await, added(&house, &Value::Null).await);
    let id = broken["id"].as_str().expect("an id");
    let blob = id.replace('-', "");
    let statement = format!("UPDATE webhooks SET content = x'0101' WHERE id = x'{blob}'");
    house.database.tamper(statement).await;
    let tool = Tool::answering(&[204]);
    decided(&house, &house.ours, "close").await;
    tell(&house, &tool).await;
    assert!(!tool.heard().is_empty(), "the other one is told");
    let listed = ask(&house, "").of(&house.router).await.json();
    assert_eq!(listed["webhooks"].as_array().map(Vec::len), Some(1), "{listed}");
    ask(&house, &format!("/{id}")).of(&house.router).await.is_problem(404, "not-found");
    let remove = |bearer: &str| {
        let path = format!("/api/v1/webhooks/{id}");
        post(path).method(Method::DELETE).bearer(bearer).of(&house.router)
    };
    remove(&house.theirs.token).await.is_problem(404, "not-found");
    assert_eq!(remove(&house.ours.token).await.status, 204);
    remove(&house.ours.token).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn a_dead_tool_is_tried_by_one_change_and_rests_for_as_long_as_it_was_dead() {
    let house = House::new().await;
    added(&house, &json!(["chapter_changed"])).await;
    let happens = async |n: u32| {
        let name = json!({"name": format!("Harbor {n}")}).to_string();
        let change = post("/api/v1/chapter").method(Method::PATCH).bearer(&house.ours.token);
        let change = change.header("if-match", "*").json(&name).of(&house.router).await;
        assert_eq!(change.status, 200);
    };
    for n in 0..6 {
        happens(n).await;
    }
    let dead = Tool::answering(&[500]);
    assert_eq!(tell(&house, &dead).await, 6, "nobody knows yet");
    for (after, told) in [(5, 1), (4, 0), (6, 1), (9, 0), (6, 1)] {
        house.clock.advance(model::seconds(after));
        happens(after as u32 + 10 * dead.heard().len() as u32).await;
        assert_eq!(tell(&house, &dead).await, told, "{after} s later");
    }
    house.clock.advance(model::minutes(6));
    let well = Tool::answering(&[204]);
    assert_eq!(tell(&house, &well).await, 1, "one is tried");
    assert!(tell(&house, &well).await > 1, "and then all are told");
}

#[tokio::test]
async fn webhooks_are_refused_as_they_should_be() {
    let house = House::new().await;
    for url in [
        "http://tools.example/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://a:b@tools.example/",
        "x",
    ] {
        let made = post("/api/v1/webhooks").bearer(&house.ours.token);
        let made = made.json(&json!({"url": url}).to_string()).of(&house.router).await;
        assert_eq!(made.is_problem(422, "unprocessable")["field"], "url", "{url}");
        assert!(!made.body.contains("tools.example"), "nothing is repeated: {}", made.body);
    }
    let made = added(&house, &Value::Null).await;
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().expect("an id"));
    let seen = get(&path).bearer(&house.ours.token).of(&house.router).await;
    let tag = seen.header(header::ETAG).to_owned();
    let change = |bearer: &str, tag: &str| {
        let asked = post(&path).method(Method::PATCH).bearer(bearer);
        asked.header("if-match", tag).json("{\"active\":false}").of(&house.router)
    };
    change(&house.ours.token, "\"99\"").await.is_problem(412, "changed-meanwhile");
    assert_eq!(change(&house.ours.token, &tag).await.status, 200);
    change(&house.ours.token, &tag).await.is_problem(412, "changed-meanwhile");
    change(&house.theirs.token, "*").await.is_problem(404, "not-found");
    change(&house.ours.reader_token, "*").await.is_problem(403, "forbidden");
    for path in [path.clone(), format!("{path}/deliveries")] {
        let theirs = get(&path).bearer(&house.theirs.token).of(&house.router).await;
        theirs.is_problem(404, "not-found");
    }
    let remove = |bearer: &str| post(&path).method(Method::DELETE).bearer(bearer).of(&house.router);
    remove(&house.theirs.token).await.is_problem(404, "not-found");
    assert_eq!(remove(&house.ours.token).await.status, 204);
    remove(&house.ours.token).await.is_problem(404, "not-found");
}
