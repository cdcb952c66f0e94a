//! The API: who may what, how it answers, and what it never tells.

use axum::http::{Method, header};
use model::{ReferralId, ReferralState};

use crate::{
    asking::{get, post},
    house::{FAMILY, House, MEMBER, WORDS, run},
};

#[tokio::test]
async fn without_a_known_token_nothing_is_told() {
    let house = House::new().await;
    for path in ["/api/v1/referrals", "/api/v1/outbox", "/api/v1/outbox/messages?state=failed"] {
        for authorization in ["", "Bearer", "Bearer wrong", "Basic cnV0aDpydXRo"] {
            let answer = get(path).header("authorization", authorization).of(&house.router).await;
            answer.is_problem(401, "unauthorized");
            assert!(answer.header(header::WWW_AUTHENTICATE).starts_with("Bearer"), "{path}");
        }
    }
    // A session of the console opens nothing here: other sites could make a browser send it.
    let cookie = house.signed_in(house.ours.owner).await;
    get("/api/v1/referrals")
        .cookie(&cookie)
        .of(&house.router)
        .await
        .is_problem(401, "unauthorized");
}

#[tokio::test]
async fn a_token_sees_its_own_chapter_alone() {
    let house = House::new().await;
    let (ours, theirs) = (&house.ours, &house.theirs);
    let list = get("/api/v1/referrals").bearer(&ours.token).of(&house.router).await.json();
    let ids: Vec<_> =
        list["referrals"].as_array().expect("a list").iter().map(|r| &r["id"]).collect();
    assert_eq!(ids, [&serde_json::json!(ours.held)]);
    let path = format!("/api/v1/referrals/{}", theirs.held);
    get(&path).bearer(&ours.token).of(&house.router).await.is_problem(404, "not-found");
    for decision in ["release", "hold", "widen", "close", "close-and-tell"] {
        let answer = post(format!("{path}/{decision}")).bearer(&ours.token).of(&house.router).await;
        answer.is_problem(404, "not-found");
    }
    let path = format!("/api/v1/outbox/messages/{}/retry", theirs.failed);
    post(path).bearer(&ours.token).of(&house.router).await.is_problem(404, "not-found");
    let path = "/api/v1/outbox/messages?state=failed";
    let list = get(path).bearer(&ours.token).of(&house.router).await.json();
    assert_eq!(list["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["messages"][0]["id"], ours.failed.to_string());
    let counts = get("/api/v1/outbox").bearer(&ours.token).of(&house.router).await.json();
    assert_eq!(counts["counts"][0]["count"], 1);
    let untouched = house.dispatch.referral(theirs.id, theirs.held).await;
    let untouched = untouched.expect("it can be read").expect("it is there");
    assert_eq!(untouched.summary.state, ReferralState::Held);
}

#[tokio::test]
async fn a_family_that_waits_for_names_is_told_that_its_request_is_closed() {
    let house = House::new().await;
    run(&house).await;
    let path = format!("/api/v1/referrals/{}/close-and-tell", house.ours.held);
    let close = |token: &str| post(&path).bearer(token).of(&house.router);
    close(&house.ours.reader_token).await.is_problem(403, "forbidden");
    assert_eq!(close(&house.ours.token).await.json()["state"], "closed");
    close(&house.ours.token).await.is_problem(409, "conflict");
    let thread = house.held().await.thread;
    let told = thread.iter().filter_map(|text| text.body.as_ref());
    let told = told.filter(|body| body.reveal().contains("We have stopped asking (ref K7Q)"));
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn a_referral_is_told_whole_and_without_anything_of_the_family_s() {
    let house = House::new().await;
    run(&house).await;
    let path = format!("/api/v1/referrals/{}", house.ours.held);
    let answer = get(path).bearer(&house.ours.token).of(&house.router).await;
    let told = answer.json();
    assert_eq!(told["code"], "K7Q");
    assert_eq!(told["state"], "open");
    assert_eq!(told["facts"]["place"]["zip"], "11215");
    assert_eq!(told["places"][0]["member"], house.ours.member.to_string());
    assert_eq!(told["places"][0]["name"], MEMBER, "as the family was given it");
    assert_eq!(told["places"].as_array().map(Vec::len), Some(3));
    assert_eq!(told["trace"][0]["kind"], "held");
    assert_eq!(told["sent"][0]["error_code"], "30005");
    let version = told["version"].to_string();
    assert_eq!(answer.header(header::ETAG), format!("\"{version}\""));
    let digits = FAMILY.replace('-', "");
    let lists = get("/api/v1/outbox/messages?state=failed").bearer(&house.ours.token);
    let lists = lists.of(&house.router).await.body;
    for body in [&answer.body, &lists] {
        for secret in [WORDS, "latch https", "Milo", &digits, FAMILY, "after 5", "somebody will"] {
            assert!(!body.contains(secret), "the API told {secret}");
        }
    }
}

#[tokio::test]
async fn a_decision_is_carried_out_once_on_the_version_that_was_seen() {
    let house = House::new().await;
    let path = format!("/api/v1/referrals/{}", house.ours.held);
    let token = &house.ours.token;
    let seen = get(&path).bearer(token).of(&house.router).await;
    let tag = seen.header(header::ETAG).to_owned();
    let close = || post(format!("{path}/close")).bearer(token);

    close()
        .header("if-match", "\"999\"")
        .of(&house.router)
        .await
        .is_problem(412, "changed-meanwhile");
    close()
        .header("if-match", "W/\"1\"")
        .of(&house.router)
        .await
        .is_problem(412, "changed-meanwhile");
    let problem =
        close().header("if-match", "2").of(&house.router).await.is_problem(400, "invalid-request");
    assert_eq!(problem["field"], "If-Match");
    assert_eq!(house.held().await.summary.state, ReferralState::Held, "nothing was done");

    let done = close().header("if-match", &tag).json("{}").of(&house.router).await;
    assert_eq!(done.status, 200);
    assert_eq!(done.json()["state"], "closed");
    assert_ne!(done.header(header::ETAG), tag);
    close().header("if-match", &tag).of(&house.router).await.is_problem(412, "changed-meanwhile");
    let again = close().header("if-match", "*").of(&house.router).await.is_problem(409, "conflict");
    assert!(again["detail"].as_str().is_some_and(|why| why.contains("closed")), "{again}");
    // A program did it, and no person has looked.
    let view = house.held().await;
    assert_eq!(view.calls.len(), 1);
    assert_eq!(view.trace.last().map(|step| step.actor), Some(model::ActorKind::Token));
}

#[tokio::test]
async fn a_reader_s_token_reads_and_changes_nothing() {
    let house = House::new().await;
    let token = &house.ours.reader_token;
    let path = format!("/api/v1/referrals/{}", house.ours.held);
    assert_eq!(get(&path).bearer(token).of(&house.router).await.status, 200);
    for path in [
        format!("{path}/release"),
        format!("{path}/close"),
        format!("/api/v1/outbox/messages/{}/retry", house.ours.failed),
    ] {
        post(&path).bearer(token).of(&house.router).await.is_problem(403, "forbidden");
    }
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
}

#[tokio::test]
async fn what_cannot_be_understood_is_a_problem_that_names_the_field_and_repeats_nothing() {
    let house = House::new().await;
    let token = &house.ours.token;
    let close = format!("/api/v1/referrals/{}/close", house.ours.held);
    let evil = "%3Cscript%3Ezyxwv";
    for (asking, status, kind, field) in [
        (get(format!("/api/v1/referrals?state={evil}")), 400, "invalid-request", "state"),
        (get("/api/v1/referrals?running=zyxwv"), 400, "invalid-request", "running"),
        (get("/api/v1/referrals?limit=0"), 400, "invalid-request", "limit"),
        (get("/api/v1/referrals?limit=201"), 400, "invalid-request", "limit"),
        (get(format!("/api/v1/referrals?cursor={evil}")), 400, "invalid-request", "cursor"),
        (get(format!("/api/v1/referrals?{evil}=1")), 400, "invalid-request", "query"),
        (get("/api/v1/referrals?state=open&state=held"), 400, "invalid-request", "query"),
        (get("/api/v1/outbox/messages"), 400, "invalid-request", "state"),
        (get("/api/v1/outbox/messages?state=zyxwv"), 400, "invalid-request", "state"),
        (post(&close).json("{zyxwv"), 400, "invalid-request", "body"),
        (post(&close).json("[1]"), 400, "invalid-request", "body"),
        (post(&close).json("{\"zyxwv\":1}"), 400, "invalid-request", "body"),
        (post(&close).json(&"zyxwv".repeat(20_000)), 413, "too-large", ""),
        (get(format!("/api/v1/referrals/{evil}")), 404, "not-found", ""),
        (get("/api/v1/referrals/%FF%FE"), 404, "not-found", ""),
        (post(format!("/api/v1/referrals/{}/{evil}", house.ours.held)), 404, "not-found", ""),
        (get(format!("/api/v1/{evil}")), 404, "not-found", ""),
        (get("/api/v1/referrals/").method(Method::DELETE), 404, "not-found", ""),
        (post("/api/v1/referrals"), 405, "method-not-allowed", ""),
        (get(&close), 405, "method-not-allowed", ""),
    ] {
        let answer = asking.bearer(token).of(&house.router).await;
        let problem = answer.is_problem(status, kind);
        assert_eq!(problem["field"].as_str().unwrap_or_default(), field, "{problem}");
        assert!(!answer.body.contains("zyxwv"), "{problem}");
        if status == 405 {
            assert!(!answer.header(header::ALLOW).is_empty());
        }
    }
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
}

#[tokio::test]
async fn the_document_and_its_page_are_told_to_everybody_and_name_every_address() {
    let house = House::new().await;
    let document = get("/api/v1/openapi.json").of(&house.router).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let page = get("/api/docs").of(&house.router).await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script") && !page.body.contains("style="), "a strict policy");
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("default-src 'self'"));
    for outside in ["http://", "src=\"//", "href=\"//"] {
        assert!(!page.body.contains(outside), "nothing is loaded from elsewhere: {outside}");
    }
    for (path, item) in document["paths"].as_object().expect("paths") {
        assert!(page.body.contains(&format!("<code>{path}</code>")), "{path}");
        // What the document lists is there: without a token it is refused, not unknown.
        for method in item.as_object().expect("methods").keys() {
            let address = path.replace("{slug}", "x").replace("{edition}", "1");
            let address = address.replace("{decision}", "close");
            let address = address.split('/').map(|part| {
                if part.starts_with('{') { "0193a000-0000-7000-8000-000000000001" } else { part }
            });
            let address = format!("/api/v1{}", address.collect::<Vec<_>>().join("/"));
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let answer = get(address).method(method).of(&house.router).await;
            let expected = if path == "/openapi.json" { 200 } else { 401 };
            assert_eq!(answer.status, expected, "{path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    let house = House::new().await;
    let made = more_referrals(&house, 5).await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    for _ in 0..4 {
        let path = format!("/api/v1/referrals?limit=2{cursor}");
        let page = get(path).bearer(&house.ours.token).of(&house.router).await.json();
        let ids = page["referrals"].as_array().expect("a list").iter();
        seen.extend(ids.map(|r| r["id"].as_str().expect("an id").to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let mut all: Vec<String> = made.iter().rev().map(ReferralId::to_string).collect();
    all.push(house.ours.held.to_string());
    assert_eq!(seen, all, "newest first, each once");
    let running = get("/api/v1/referrals?running=true").bearer(&house.ours.token);
    let running = running.of(&house.router).await.json();
    assert_eq!(running["referrals"].as_array().map(Vec::len), Some(1), "those that ran are over");
    let closed = get("/api/v1/referrals?state=closed").bearer(&house.ours.token);
    let closed = closed.of(&house.router).await.json();
    assert_eq!(closed["referrals"].as_array().map(Vec::len), Some(5));
}

/// Closed referrals of our chapter, the oldest first.
async fn more_referrals(house: &House, many: i64) -> Vec<ReferralId> {
    let (chapter, start) = (house.ours.clone(), house.dispatch.now());
    house
        .write(move |tx| {
            Box::pin(async move {
                let chance = model::Chance::seeded(11);
                let mut made = Vec::new();
                for n in 1..=many {
                    let now = start.after(model::minutes(n));
                    let number = format!("+1917555010{n}");
                    let number = model::Phone::from_carrier(&number).expect("a number");
                    let phone = tx.phone_for(chapter.id, &number, now, &chance).await?;
                    let new = storage::NewInquiry {
                        id: model::InquiryId::generate(now, &chance),
                        chapter_id: chapter.id,
                        line_id: chapter.line,
                        phone_id: phone.id,
                        language: "en".to_owned(),
                        now,
                    };
                    let (inquiry, _) = tx.open_inquiry(&new).await?;
                    let id = ReferralId::generate(now, &chance);
                    let mut referral = tx
                        .add_referral(&storage::NewReferral {
                            id,
                            chapter_id: chapter.id,
                            inquiry_id: inquiry.id,
                            line_id: chapter.line,
                            phone_id: phone.id,
                            state: ReferralState::Closed,
                            now,
                        })
                        .await?;
                    referral.closed_at = Some(now);
                    tx.save_referral(&mut referral).await?;
                    made.push(id);
                }
                Ok(made)
            })
        })
        .await
}

#[tokio::test]
async fn a_failed_text_is_tried_again_once() {
    let house = House::new().await;
    let path = format!("/api/v1/outbox/messages/{}/retry", house.ours.failed);
    let retry = || post(&path).bearer(&house.ours.token);
    assert_eq!(retry().of(&house.router).await.status, 202);
    retry().of(&house.router).await.is_problem(409, "conflict");
    let waiting = get("/api/v1/outbox/messages?state=waiting").bearer(&house.ours.token);
    let waiting = waiting.of(&house.router).await.json();
    assert_eq!(waiting["messages"][0]["id"], house.ours.failed.to_string());
    assert_eq!(waiting["messages"][0]["settled_how"], "sent again by hand");
}

#[tokio::test]
async fn whoever_wants_no_texts_gets_none_by_hand_either() {
    let house = House::new().await;
    let (chapter, now) = (house.ours.clone(), house.dispatch.now());
    house
        .write(move |tx| {
            Box::pin(async move {
                tx.retry_message(chapter.failed, now, now).await?;
                tx.drop_waiting(chapter.family, None, model::ErrorClass::Suppressed, now).await
            })
        })
        .await;
    let path = format!("/api/v1/outbox/messages/{}/retry", house.ours.failed);
    post(path).bearer(&house.ours.token).of(&house.router).await.is_problem(409, "conflict");
}
