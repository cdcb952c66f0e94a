//! The chapter, its lines, conversations, people and audit log through the API.

use axum::http::{Method, header};
use serde_json::{Value, json};

use crate::{
    asking::{Asking, get, post},
    house::{FAMILY, House, WORDS},
};

fn ask(house: &House, path: &str) -> Asking {
    get(format!("/api/v1{path}")).bearer(&house.ours.token)
}

async fn told(house: &House, path: &str) -> Value {
    let answer = ask(house, path).of(&house.router).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

fn change(house: &House, tag: &str, body: &Value) -> Asking {
    let asked = post("/api/v1/chapter").method(Method::PATCH).bearer(&house.ours.token);
    asked.header("if-match", tag).json(&body.to_string())
}

#[tokio::test]
async fn a_chapter_s_settings_are_changed_as_they_were_seen() {
    let house = House::new().await;
    let seen = ask(&house, "/chapter").of(&house.router).await;
    let tag = seen.header(header::ETAG).to_owned();
    assert_eq!(seen.json()["settings"]["names_by_minutes"], 120);
    let wanted = json!({"settings": {"names_by_minutes": 90, "mode": "reviewed"}});
    change(&house, "\"stale\"", &wanted)
        .of(&house.router)
        .await
        .is_problem(412, "changed-meanwhile");
    let done = change(&house, &tag, &wanted).of(&house.router).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.json()["settings"]["names_by_minutes"], 90);
    assert_eq!(done.json()["own"], json!(["mode", "names_by_minutes"]));
    change(&house, &tag, &wanted).of(&house.router).await.is_problem(412, "changed-meanwhile");
    // Null goes back to the installation's; what is not given stays.
    let back = json!({"name": "Harbor", "settings": {"mode": null}});
    let back = change(&house, "*", &back).of(&house.router).await.json();
    assert_eq!((&back["settings"]["mode"], &back["name"]), (&json!("automatic"), &json!("Harbor")));
    assert_eq!(back["own"], json!(["names_by_minutes"]));
    let log = told(&house, "/audit?kind=chapter_changed").await;
    assert_eq!(log["entries"][0]["detail"], json!({"settings": ["mode", "name"]}), "names alone");
    assert_eq!(log["entries"][0]["actor"], "token");
    let theirs = get("/api/v1/chapter").bearer(&house.theirs.token).of(&house.router).await.json();
    assert_eq!(theirs["settings"]["names_by_minutes"], 120, "the other chapter's are its own");
}

#[tokio::test]
async fn settings_that_cannot_be_are_refused_by_name() {
    let house = House::new().await;
    for (body, status, kind, field) in [
        (
            json!({"settings": {"names_by_minutes": 0}}),
            400,
            "invalid-request",
            "settings.names_by_minutes",
        ),
        (
            json!({"settings": {"quiet_hours": "9-5"}}),
            400,
            "invalid-request",
            "settings.quiet_hours",
        ),
        (json!({"settings": {"nonsense": 1}}), 400, "invalid-request", "settings"),
        (json!({"slug": "x"}), 400, "invalid-request", "body"),
        (json!({"timezone": "Mars/Base"}), 422, "unprocessable", "timezone"),
        (json!({"settings": {"quiet_hours": "08:00-08:00"}}), 422, "unprocessable", "settings"),
        (
            json!({"settings": {"lexicon": "no such rule"}}),
            422,
            "unprocessable",
            "settings.lexicon",
        ),
    ] {
        let refused = change(&house, "*", &body).of(&house.router).await;
        assert_eq!(refused.is_problem(status, kind)["field"], field, "{body}");
    }
    let reader = post("/api/v1/chapter").method(Method::PATCH).bearer(&house.ours.reader_token);
    let reader = reader.header("if-match", "*").json("{\"name\":\"x\"}");
    reader.of(&house.router).await.is_problem(403, "forbidden");
    assert_eq!(told(&house, "/chapter").await["own"], json!([]));
}

#[tokio::test]
async fn lines_tell_how_they_fare() {
    let house = House::new().await;
    let lines = told(&house, "/lines").await;
    assert_eq!(lines["lines"].as_array().map(Vec::len), Some(1));
    assert_eq!(lines["lines"][0]["waiting"], 0);
    let retry = format!("/api/v1/outbox/messages/{}/retry", house.ours.failed);
    assert_eq!(post(retry).bearer(&house.ours.token).of(&house.router).await.status, 202);
    let line = told(&house, &format!("/lines/{}", house.ours.line)).await;
    assert_eq!((&line["waiting"], &line["state"]), (&json!(1), &json!("active")));
    assert!(line["waiting_since"].is_string(), "{line}");
    assert!(!line.to_string().contains("secret-of-the-line"));
    let theirs = format!("/lines/{}", house.theirs.line);
    ask(&house, &theirs).of(&house.router).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn conversations_are_paged_and_their_words_are_for_who_may_answer() {
    let house = House::new().await;
    let all = told(&house, "/conversations?open=true&limit=1").await;
    let id = all["conversations"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(all["conversations"][0]["referral"], house.ours.held.to_string());
    assert_eq!(all["conversations"][0]["handled_by"], "service");
    assert_eq!(all["next_cursor"], Value::Null);
    let closed = told(&house, "/conversations?state=closed").await;
    assert_eq!(closed["conversations"], json!([]));
    let path = format!("/conversations/{id}");
    assert_eq!(told(&house, &path).await["id"], id);
    let texts = told(&house, &format!("{path}/messages?limit=1")).await;
    assert_eq!(
        (&texts["messages"][0]["words"], &texts["messages"][0]["from"]),
        (&json!(WORDS), &json!("family"))
    );
    let cursor = texts["next_cursor"].as_str().expect("there is more");
    let rest = told(&house, &format!("{path}/messages?cursor={cursor}")).await;
    assert_eq!(
        (&rest["messages"][0]["from"], &rest["messages"][0]["state"]),
        (&json!("line"), &json!("failed"))
    );
    for body in [&all, &texts, &rest] {
        assert!(!body.to_string().contains(&FAMILY.replace('-', "")), "the number is not told");
    }
    let reader = get(format!("/api/v1{path}/messages")).bearer(&house.ours.reader_token);
    reader.of(&house.router).await.is_problem(403, "forbidden");
    for path in [path.clone(), format!("{path}/messages")] {
        let theirs = get(format!("/api/v1{path}")).bearer(&house.theirs.token);
        theirs.of(&house.router).await.is_problem(404, "not-found");
    }
}

#[tokio::test]
async fn members_and_users_are_told_to_whoever_keeps_them() {
    let house = House::new().await;
    let member = told(&house, &format!("/members/{}", house.ours.member)).await;
    assert_eq!(member["status"], "active");
    assert!(
        member["phone"].as_str().is_some_and(|phone| phone.starts_with("+1347555")),
        "{member}"
    );
    let users = told(&house, "/users").await;
    let roles: Vec<_> =
        users["users"].as_array().expect("users").iter().map(|user| user["role"].clone()).collect();
    assert_eq!(roles.len(), 3);
    let owner = format!("/users/{}", house.ours.owner);
    assert_eq!(told(&house, &owner).await["email"], "owner@example.org");
    for path in
        [format!("/members/{}", house.ours.member), owner, "/users".to_owned(), "/audit".to_owned()]
    {
        let reader = get(format!("/api/v1{path}")).bearer(&house.ours.reader_token);
        reader.of(&house.router).await.is_problem(403, "forbidden");
    }
    for path in
        [format!("/members/{}", house.theirs.member), format!("/users/{}", house.theirs.owner)]
    {
        ask(&house, &path).of(&house.router).await.is_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_scope_opens_its_part_alone() {
    let house = House::new().await;
    let body = json!({"name": "watch", "role": "admin", "scopes": ["audit:read", "chapter:read"]});
    let made = post("/api/v1/tokens").bearer(&house.ours.token).json(&body.to_string());
    let made = made.of(&house.router).await.json();
    let token = made["token"].as_str().expect("a token");
    for (path, status) in [
        ("/audit", 200),
        ("/chapter", 200),
        ("/lines", 200),
        ("/conversations", 403),
        ("/users", 403),
    ] {
        let answer = get(format!("/api/v1{path}")).bearer(token).of(&house.router).await;
        assert_eq!(answer.status, status, "{path}");
    }
    let write = post("/api/v1/chapter").method(Method::PATCH).bearer(token);
    let write = write.header("if-match", "*").json("{}").of(&house.router).await;
    let why = write.is_problem(403, "forbidden");
    assert!(why["detail"].as_str().is_some_and(|why| why.contains("chapter:write")), "{why}");
}

#[tokio::test]
async fn the_audit_log_is_filtered_and_paged_newest_first() {
    let house = House::new().await;
    for minutes in [80, 81, 82] {
        let body = json!({"settings": {"names_by_minutes": minutes}});
        assert_eq!(change(&house, "*", &body).of(&house.router).await.status, 200);
        house.clock.advance(model::minutes(1));
    }
    let mut seen = Vec::new();
    let mut path = "/audit?limit=1&actor=token".to_owned();
    while let [entry] = &told(&house, &path).await["entries"].as_array().expect("entries")[..] {
        seen.push(entry["at"].as_str().expect("an instant").to_owned());
        let page = told(&house, &path).await;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/audit?limit=1&actor=token&cursor={cursor}");
    }
    assert_eq!(seen.len(), 3);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    let since = format!("/audit?kind=chapter_changed&since={}", seen[1]);
    assert_eq!(told(&house, &since).await["entries"].as_array().map(Vec::len), Some(2));
    let of = format!("/audit?referral={}", house.ours.held);
    assert_eq!(told(&house, &of).await["entries"][0]["kind"], "held");
    let of = format!("/audit?referral={}", house.theirs.held);
    assert_eq!(told(&house, &of).await["entries"], json!([]), "nothing of the other chapter's");
    for path in ["/audit", "/conversations", "/members", "/outbox/messages?state=failed"] {
        let and = if path.contains('?') { '&' } else { '?' };
        let bad = ask(&house, &format!("{path}{and}cursor=bm9uc2Vuc2U")).of(&house.router).await;
        assert_eq!(bad.is_problem(422, "unprocessable")["field"], "cursor", "{path}");
    }
}

#[tokio::test]
async fn a_member_s_standing_is_changed_as_it_was_seen() {
    let house = House::new().await;
    let path = format!("/members/{}", house.ours.member);
    let change = |bearer: &str, tag: &str, body: Value| {
        let asked = post(format!("/api/v1{path}")).method(Method::PATCH).bearer(bearer);
        asked.header("if-match", tag).json(&body.to_string()).of(&house.router)
    };
    let seen = ask(&house, &path).of(&house.router).await;
    let tag = seen.header(header::ETAG).to_owned();
    let pause = json!({"status": "paused", "reason": "away until spring"});
    change(&house.theirs.token, "*", pause.clone()).await.is_problem(404, "not-found");
    change(&house.ours.reader_token, "*", pause.clone()).await.is_problem(403, "forbidden");
    change(&house.ours.token, "\"stale\"", pause.clone())
        .await
        .is_problem(412, "changed-meanwhile");
    let bare = change(&house.ours.token, "*", json!({"status": "suspended"})).await;
    assert_eq!(bare.is_problem(422, "unprocessable")["field"], "reason");
    let paused = change(&house.ours.token, &tag, pause.clone()).await;
    assert_eq!(paused.json()["status"], "paused", "{}", paused.body);
    change(&house.ours.token, &tag, pause).await.is_problem(412, "changed-meanwhile");
    let back = change(&house.ours.token, "*", json!({"status": "active"})).await;
    assert_eq!(back.json()["status"], "active");
    let log = told(&house, "/audit?kind=member_standing").await;
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(2));
    assert!(!log.to_string().contains("spring"), "the reason stays on the roster");
}
