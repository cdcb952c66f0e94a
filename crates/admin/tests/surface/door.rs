//! What every request of the API passes: keys, scopes, rates, revoked tokens.

use axum::http::{Method, header};
use serde_json::json;

use crate::{
    asking::{Asking, get, post},
    house::House,
};

const HOSPITALS: &str = "/api/v1/hospitals";

fn hospital(house: &House, key: &str, slug: &str) -> Asking {
    let body = json!({"slug": slug, "name": slug}).to_string();
    let asked = post(HOSPITALS).bearer(&house.ours.token).json(&body);
    asked.header("idempotency-key", key)
}

async fn how_many(house: &House) -> usize {
    let all = get(HOSPITALS).bearer(&house.ours.token).of(&house.router).await.json();
    all["hospitals"].as_array().expect("a list").len()
}

#[tokio::test]
async fn the_same_request_is_carried_out_once_and_answered_the_same() {
    let house = House::new().await;
    let first = hospital(&house, "one", "kings-bay").of(&house.router).await;
    assert_eq!(first.status, 201, "{}", first.body);
    // Another router on the same database is what is left after a restart.
    let restarted = admin::router(house.dispatch.clone(), house.options.clone());
    let again = hospital(&house, "one", "kings-bay").of(&restarted).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header(header::ETAG), first.header(header::ETAG));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(how_many(&house).await, 1);
    let other = hospital(&house, "one", "queens-bay").of(&house.router).await;
    assert_eq!(other.is_problem(422, "unprocessable")["field"], "Idempotency-Key");
    // Another token's key is another key, and a day later it is a fresh one.
    let theirs = post(HOSPITALS).bearer(&house.theirs.token).header("idempotency-key", "one");
    let theirs = theirs.json(&json!({"slug": "x", "name": "X"}).to_string());
    assert_eq!(theirs.of(&house.router).await.status, 201);
    house.clock.advance(model::day_hours(25));
    let later = hospital(&house, "one", "queens-bay").of(&house.router).await;
    assert_eq!(later.status, 201, "{}", later.body);
}

#[tokio::test]
async fn requests_that_come_at_once_are_carried_out_once() {
    let house = House::new().await;
    let asked = (0..8).map(|_| hospital(&house, "race", "kings-bay").of(&house.router));
    let answers = futures_util::future::join_all(asked).await;
    assert!(answers.iter().any(|answer| answer.status == 201));
    for answer in &answers {
        if answer.status != 201 {
            answer.is_problem(409, "conflict");
            assert!(!answer.header(header::RETRY_AFTER).is_empty());
        }
    }
    assert_eq!(how_many(&house).await, 1);
}

#[tokio::test]
async fn what_changed_nothing_may_be_sent_again_with_the_same_key() {
    let house = House::new().await;
    let wrong = post(HOSPITALS).bearer(&house.ours.token).header("idempotency-key", "two");
    wrong.json("{\"slug\":1}").of(&house.router).await.is_problem(400, "invalid-request");
    assert_eq!(hospital(&house, "two", "kings-bay").of(&house.router).await.status, 201);
    for key in ["", "a b", &"x".repeat(256)] {
        let answer = hospital(&house, key, "x").of(&house.router).await;
        assert_eq!(answer.is_problem(400, "invalid-request")["field"], "Idempotency-Key");
    }
}

#[tokio::test]
async fn a_token_opens_its_scopes_alone_until_it_is_revoked() {
    let house = House::new().await;
    let make = |body: serde_json::Value| {
        post("/api/v1/tokens").bearer(&house.ours.token).json(&body.to_string())
    };
    let wanted = json!({"name": "lists", "role": "admin", "scopes": ["lists:write"]});
    let made = make(wanted).of(&house.router).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let (id, token) = (made.json()["id"].clone(), made.json()["token"].clone());
    let (id, token) = (id.as_str().expect("an id"), token.as_str().expect("a token"));
    assert_eq!(get(HOSPITALS).bearer(token).of(&house.router).await.status, 200);
    let referrals = get("/api/v1/referrals").bearer(token).of(&house.router).await;
    let why = referrals.is_problem(403, "forbidden");
    assert!(why["detail"].as_str().is_some_and(|why| why.contains("referrals:read")), "{why}");
    // Nobody makes a token that may do more than her own.
    let owner = make(json!({"name": "more", "role": "owner"})).of(&house.router).await;
    assert_eq!(owner.is_problem(422, "unprocessable")["field"], "role");
    let reader = post("/api/v1/tokens").bearer(&house.ours.reader_token);
    let reader = reader.json(&json!({"name": "x", "role": "reader"}).to_string());
    reader.of(&house.router).await.is_problem(403, "forbidden");

    let path = format!("/api/v1/tokens/{id}");
    let revoke = |bearer: &str| post(&path).method(Method::DELETE).bearer(bearer);
    revoke(&house.theirs.token).of(&house.router).await.is_problem(404, "not-found");
    assert_eq!(revoke(&house.ours.token).of(&house.router).await.status, 204);
    get(HOSPITALS).bearer(token).of(&house.router).await.is_problem(401, "unauthorized");
    let listed = get("/api/v1/tokens").bearer(&house.ours.token).of(&house.router).await;
    assert!(!listed.body.contains(token), "only its hash is kept");
    assert!(listed.body.contains(id) && listed.body.contains("revoked_at"));
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let options =
        admin::Options { secure: false, requests_per_minute: 3, ..admin::Options::default() };
    let house = House::with(options).await;
    let ask = || get(HOSPITALS).bearer(&house.ours.token);
    for _ in 0..3 {
        assert_eq!(ask().of(&house.router).await.status, 200);
    }
    let refused = ask().of(&house.router).await;
    refused.is_problem(429, "too-many-requests");
    let seconds: i64 = refused.header(header::RETRY_AFTER).parse().expect("seconds");
    let other = get(HOSPITALS).bearer(&house.ours.reader_token).of(&house.router).await;
    assert_eq!(other.status, 200, "another token has its own");
    house.clock.advance(model::seconds(seconds));
    assert_eq!(ask().of(&house.router).await.status, 200);
}

#[tokio::test]
async fn what_is_changed_must_have_been_seen() {
    let house = House::new().await;
    assert_eq!(hospital(&house, "k", "kings-bay").of(&house.router).await.status, 201);
    let change = |tag: Option<&str>| {
        let asked = post(format!("{HOSPITALS}/kings-bay")).method(Method::PATCH);
        let asked = asked.bearer(&house.ours.token).json("{\"note\":\"x\"}");
        tag.into_iter().fold(asked, |asked, tag| asked.header("if-match", tag))
    };
    let unseen = change(None).of(&house.router).await;
    assert_eq!(unseen.is_problem(428, "precondition-required")["field"], "If-Match");
    change(Some("\"99\"")).of(&house.router).await.is_problem(412, "changed-meanwhile");
    assert_eq!(change(Some("*")).of(&house.router).await.status, 200);
}

#[tokio::test]
async fn what_failed_is_not_carried_out_again_by_guess() {
    let house = House::new().await;
    let breaks =
        "CREATE TRIGGER broken BEFORE INSERT ON hospitals BEGIN SELECT RAISE(ABORT, 'x'); END";
    house.database.tamper(breaks.to_owned()).await;
    let failed = hospital(&house, "lost", "kings-bay").of(&house.router).await;
    failed.is_problem(500, "failed");
    house.database.tamper("DROP TRIGGER broken".to_owned()).await;
    let again = hospital(&house, "lost", "kings-bay").of(&house.router).await;
    assert_eq!(again.is_problem(409, "conflict")["field"], "Idempotency-Key");
    assert_eq!(hospital(&house, "fresh", "kings-bay").of(&house.router).await.status, 201);
}

#[tokio::test]
async fn a_secret_is_told_once_and_kept_in_no_answer() {
    let house = House::new().await;
    assert_eq!(hospital(&house, "h", "kings-bay").of(&house.router).await.status, 201);
    for (path, body) in [
        ("/api/v1/tokens".to_owned(), json!({"name": "x", "role": "reader"})),
        (format!("{HOSPITALS}/kings-bay/link"), json!({})),
    ] {
        let ask = || {
            let asked = post(&path).bearer(&house.ours.token).json(&body.to_string());
            asked.header("idempotency-key", "once").of(&house.router)
        };
        assert_eq!(ask().await.status, 201, "{path}");
        let again = ask().await;
        assert_eq!(again.is_problem(409, "conflict")["field"], "Idempotency-Key");
        assert_eq!(again.headers["idempotency-replayed"], "true");
        house.clock.advance(model::day_hours(25));
    }
}

#[tokio::test]
async fn a_token_ends_none_of_a_higher_role_and_who_writes_may_read() {
    let house = House::new().await;
    let all = get("/api/v1/tokens").bearer(&house.ours.token).of(&house.router).await.json();
    let all = all["tokens"].as_array().expect("tokens").clone();
    let owners = all.iter().find(|token| token["role"] == "owner").expect("the owner's");
    let end = |bearer: &str| {
        let path = format!("/api/v1/tokens/{}", owners["id"].as_str().expect("an id"));
        post(path).method(Method::DELETE).bearer(bearer)
    };
    end(&house.ours.token).of(&house.router).await.is_problem(403, "forbidden");
    let make = async |bearer: &str, name: &str, scopes: serde_json::Value| {
        let body = json!({"name": name, "role": "admin", "scopes": scopes});
        post("/api/v1/tokens").bearer(bearer).json(&body.to_string()).of(&house.router).await
    };
    let made = make(&house.ours.token, "writes", json!(["tokens:write", "lists:write"])).await;
    let writes = made.json()["token"].as_str().expect("a token").to_owned();
    assert_eq!(make(&writes, "reads", json!(["lists:read"])).await.status, 201);
    let wider = make(&writes, "wider", json!(["lists:read", "members:read"])).await;
    assert_eq!(wider.is_problem(422, "unprocessable")["field"], "scopes");
    assert_eq!(end(&house.ours.owner_token).of(&house.router).await.status, 204);
    let recorded = house.database.recorded().await;
    let of = |kind: &str| recorded.iter().filter(|(known, _)| known == kind).count();
    assert_eq!((of("token_made"), of("token_ended")), (2, 1));
}

#[tokio::test]
async fn a_token_without_a_scope_opens_no_operation() {
    let house = House::new().await;
    let body = json!({"name": "nothing", "role": "admin", "scopes": []}).to_string();
    let made = post("/api/v1/tokens").bearer(&house.ours.token).json(&body);
    let made = made.of(&house.router).await.json();
    let token = made["token"].as_str().expect("a token");
    let document = admin::api_document();
    let mut refused = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            if operation["security"] == json!([]) {
                continue;
            }
            let address = format!("/api/v1{}", path.replace(['{', '}'], ""));
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let asked = post(&address).method(method).bearer(token).of(&house.router).await;
            let why = asked.is_problem(403, "forbidden");
            let scope = operation["security"][0]["token"][0].as_str().expect("a scope");
            assert!(why["detail"].as_str().is_some_and(|why| why.contains(scope)), "{path}: {why}");
            refused += 1;
        }
    }
    assert!(refused > 30, "{refused} operations");
}
