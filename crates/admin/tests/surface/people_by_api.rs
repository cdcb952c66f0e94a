//! Threads, people and profiles through the API: done as they were seen, and refused to whoever may not.

use axum::http::{Method, header};
use serde_json::{Value, json};

use crate::{
    asking::{Answer, get, post},
    house::House,
};

async fn told(house: &House, path: &str) -> Answer {
    let path = format!("/api/v1{path}");
    let answer = get(&path).bearer(&house.ours.owner_token).of(&house.router).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer
}

async fn sent(
    house: &House,
    method: Method,
    path: &str,
    token: &str,
    tag: &str,
    body: Value,
) -> Answer {
    let asked = post(format!("/api/v1{path}")).method(method).bearer(token);
    let asked = if tag.is_empty() { asked } else { asked.header("if-match", tag) };
    asked.json(&body.to_string()).of(&house.router).await
}

#[tokio::test]
async fn a_thread_is_taken_over_answered_once_and_handed_back() {
    let house = House::new().await;
    let (token, talk) = (house.ours.owner_token.clone(), house.held().await.inquiry);
    let path = |way: &str| format!("/conversations/{talk}{way}");
    let seen = told(&house, &path("")).await;
    let tag = seen.header(header::ETAG).to_owned();
    for (who, status, kind) in
        [(&house.ours.reader_token, 403, "forbidden"), (&house.theirs.token, 404, "not-found")]
    {
        for (way, body) in [("/take-over", json!({})), ("/answer", json!({"text": "Hello"}))] {
            let refused = sent(&house, Method::POST, &path(way), who, "", body).await;
            refused.is_problem(status, kind);
        }
        let back = post(format!("/api/v1{}", path("/hand-back"))).bearer(who);
        back.of(&house.router).await.is_problem(status, kind);
    }
    let stale = sent(&house, Method::POST, &path("/take-over"), &token, "\"old\"", json!({})).await;
    stale.is_problem(412, "changed-meanwhile");
    let taken = sent(&house, Method::POST, &path("/take-over"), &token, &tag, json!({})).await;
    assert_eq!(taken.json()["handled_by"], house.ours.owner.to_string(), "{}", taken.body);
    let other =
        sent(&house, Method::POST, &path("/take-over"), &house.ours.token, "", json!({})).await;
    other.is_problem(409, "conflict");
    let from = json!({"from": house.ours.owner});
    let mine = sent(&house, Method::POST, &path("/take-over"), &house.ours.token, "", from).await;
    assert_eq!(mine.json()["handled_by"], house.ours.keeper.to_string());
    let empty =
        sent(&house, Method::POST, &path("/answer"), &house.ours.token, "", json!({"text": " "}))
            .await;
    assert_eq!(empty.is_problem(422, "unprocessable")["field"], "text");
    let answer = || async {
        let asked = post(format!("/api/v1{}", path("/answer"))).bearer(&house.ours.token);
        let asked = asked.header("idempotency-key", "once");
        asked.json("{\"text\":\"This is Ruth.\"}").of(&house.router).await
    };
    let (first, again) = (answer().await, answer().await);
    assert_eq!((first.status.as_u16(), &first.body), (200, &again.body), "{}", first.body);
    assert_eq!(
        again.headers.get("idempotency-replayed").map(axum::http::HeaderValue::as_bytes),
        Some(&b"true"[..])
    );
    let texts = told(&house, &path("/messages")).await.json();
    let said = texts["messages"].as_array().expect("texts").iter();
    assert_eq!(
        said.filter(|text| text["words"]
            .as_str()
            .is_some_and(|words| words.contains("This is Ruth")))
            .count(),
        1
    );
    let back = post(format!("/api/v1{}", path("/hand-back"))).bearer(&house.ours.token);
    assert_eq!(back.of(&house.router).await.json()["handled_by"], "service");
}

#[tokio::test]
async fn owners_invite_people_give_roles_and_let_go() {
    let house = House::new().await;
    let (owner, reader) = (house.ours.owner_token.clone(), house.ours.reader);
    let nina = json!({"name": "Nina New", "email": "nina@example.org", "phone": "718-555-0177", "role": "moderator"});
    for who in [&house.ours.token, &house.ours.program_token, &house.ours.reader_token] {
        let refused = sent(&house, Method::POST, "/users", who, "", nina.clone()).await;
        refused.is_problem(403, "forbidden");
    }
    let invited = sent(&house, Method::POST, "/users", &owner, "", nina.clone()).await;
    assert_eq!(invited.status, 202, "{}", invited.body);
    let known = sent(&house, Method::POST, "/users", &owner, "", nina).await;
    known.is_problem(409, "conflict");
    let bad = json!({"name": "X", "email": "x@example.org", "phone": "hello", "role": "reader"});
    let bad = sent(&house, Method::POST, "/users", &owner, "", bad).await;
    assert_eq!(bad.is_problem(422, "unprocessable")["field"], "phone");
    let path = format!("/users/{reader}");
    let tag = told(&house, &path).await.header(header::ETAG).to_owned();
    let role = json!({"role": "moderator"});
    let unseen = sent(&house, Method::PATCH, &path, &owner, "", role.clone()).await;
    unseen.is_problem(428, "precondition-required");
    let changed = sent(&house, Method::PATCH, &path, &owner, &tag, role.clone()).await;
    assert_eq!(changed.json()["role"], "moderator", "{}", changed.body);
    let stale = sent(&house, Method::PATCH, &path, &owner, &tag, role.clone()).await;
    stale.is_problem(412, "changed-meanwhile");
    let own = format!("/users/{}", house.ours.owner);
    let own = sent(&house, Method::PATCH, &own, &owner, "*", json!({"role": "reader"})).await;
    own.is_problem(409, "conflict");
    let theirs = format!("/users/{}", house.theirs.reader);
    sent(&house, Method::PATCH, &theirs, &owner, "*", role).await.is_problem(404, "not-found");
    let again = post(format!("/api/v1{path}/invite")).bearer(&owner).of(&house.router).await;
    assert_eq!(again.status, 202, "{}", again.body);
    let gone = get(format!("/api/v1{path}")).method(Method::DELETE).bearer(&owner);
    assert_eq!(gone.of(&house.router).await.status, 204);
    let gone = get(format!("/api/v1{path}")).bearer(&owner).of(&house.router).await;
    gone.is_problem(404, "not-found");
    let log = told(&house, "/audit?kind=person_let_go").await.json();
    assert_eq!(log["entries"][0]["detail"], json!({"person": reader}));
}

#[tokio::test]
async fn a_member_s_profile_is_changed_as_it_was_seen() {
    let house = House::new().await;
    let member = format!("/members/{}", house.ours.member);
    let path = format!("{member}/profile");
    let tag = told(&house, &member).await.header(header::ETAG).to_owned();
    let change = json!({"areas": ["Brooklyn"], "languages": ["Spanish"], "quiet_hours": "20:00-09:00", "cap": 2});
    for (who, status, kind) in
        [(&house.ours.reader_token, 403, "forbidden"), (&house.theirs.token, 404, "not-found")]
    {
        sent(&house, Method::PATCH, &path, who, "*", change.clone()).await.is_problem(status, kind);
    }
    let unseen = sent(&house, Method::PATCH, &path, &house.ours.token, "", change.clone()).await;
    unseen.is_problem(428, "precondition-required");
    let changed = sent(&house, Method::PATCH, &path, &house.ours.token, &tag, change.clone()).await;
    let now = changed.json();
    assert_eq!((&now["areas"], &now["languages"]), (&json!(["Brooklyn"]), &json!(["es"])), "{now}");
    assert_eq!((&now["quiet_hours"], &now["cap"]), (&json!("20:00-09:00"), &json!(2)));
    let stale = sent(&house, Method::PATCH, &path, &house.ours.token, &tag, change).await;
    stale.is_problem(412, "changed-meanwhile");
    let bad = json!({"visit_types": ["teleport"]});
    let bad = sent(&house, Method::PATCH, &path, &house.ours.token, "*", bad).await;
    assert_eq!(bad.is_problem(422, "unprocessable")["field"], "visit_types");
    let unknown =
        sent(&house, Method::PATCH, &path, &house.ours.token, "*", json!({"name": "X"})).await;
    unknown.is_problem(400, "invalid-request");
}
