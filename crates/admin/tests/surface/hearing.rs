//! `/api/v1/events`: what happens in the chapter, to whoever listens; and the sheets of what happened.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream},
    http::Request,
};
use futures_util::StreamExt as _;
use model::{ActorKind, EventId};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{
    asking::{get, post},
    house::{Chapter, House},
};

struct Ear(BodyDataStream, String);

impl Ear {
    async fn new(house: &House, token: &str, last: Option<&str>) -> Self {
        let mut request = Request::get("/api/v1/events");
        request = request.header("authorization", format!("Bearer {token}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = house.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self(answer.into_body().into_data_stream(), String::new())
    }

    /// The next event: its name, its id and what it says.
    async fn hears(&mut self) -> (String, String, Value) {
        let listen = async {
            loop {
                if let Some((event, rest)) = self.1.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    self.1 = rest;
                    let line = |name: &str| {
                        let found = event.lines().find_map(|line| line.strip_prefix(name));
                        found.unwrap_or_default().trim().to_owned()
                    };
                    let data = serde_json::from_str(&line("data:"));
                    return (line("event:"), line("id:"), data.expect("JSON"));
                }
                let bytes = self.0.next().await.expect("it goes on").expect("bytes");
                self.1.push_str(std::str::from_utf8(&bytes).expect("text"));
            }
        };
        tokio::time::timeout(Duration::from_secs(20), listen).await.expect("something is heard")
    }
}

async fn happens(house: &House, chapter: &Chapter, kind: &'static str) {
    happen(house, chapter, kind, 1).await;
}

/// So many changes in one unit of work.
async fn happen(house: &House, chapter: &Chapter, kind: &'static str, many: usize) {
    let (id, held, now) = (chapter.id, chapter.held, house.dispatch.now());
    let chance = house.dispatch.chance().clone();
    house
        .write(move |tx| {
            Box::pin(async move {
                for _ in 0..many {
                    tx.add_event(&storage::NewEvent {
                        id: EventId::generate(now, &chance),
                        chapter_id: id,
                        inquiry_id: None,
                        referral_id: Some(held),
                        at: now,
                        actor: ActorKind::Service,
                        actor_id: None,
                        kind: kind.to_owned(),
                        detail: serde_json::json!({"zip": "11215"}),
                    })
                    .await?;
                }
                Ok(())
            })
        })
        .await;
}

#[tokio::test]
async fn who_listens_hears_of_its_own_chapter_and_goes_on_where_it_was() {
    let house = House::new().await;
    let (ours, theirs) = (house.ours.clone(), house.theirs.clone());
    let mut ear = Ear::new(&house, &ours.reader_token, None).await;
    happens(&house, &theirs, "theirs").await;
    happens(&house, &ours, "first").await;
    let (name, id, told) = ear.hears().await;
    assert_eq!((name.as_str(), told["kind"].as_str()), ("change", Some("first")));
    assert_eq!(told["referral"], ours.held.to_string());
    assert!(!told.to_string().contains("11215"), "ids and words of the trade: {told}");
    drop(ear);
    happens(&house, &ours, "second").await;
    happens(&house, &theirs, "theirs").await;
    happens(&house, &ours, "third").await;
    let mut again = Ear::new(&house, &ours.reader_token, Some(&id)).await;
    assert_eq!(again.hears().await.2["kind"], "second");
    assert_eq!(again.hears().await.2["kind"], "third");
    // A place that never was: it is told to look anew.
    let mut lost = Ear::new(&house, &ours.reader_token, Some("999999")).await;
    assert_eq!(lost.hears().await.0, "missed");
    happens(&house, &ours, "fourth").await;
    assert_eq!(lost.hears().await.2["kind"], "fourth");
}

#[tokio::test]
async fn a_stream_is_refused_and_ends_as_it_should() {
    let house = House::new().await;
    get("/api/v1/events").of(&house.router).await.is_problem(401, "unauthorized");
    let token = &house.ours.program_token;
    let bad = get("/api/v1/events").bearer(token).header("last-event-id", "nonsense");
    assert_eq!(
        bad.of(&house.router).await.is_problem(400, "invalid-request")["field"],
        "Last-Event-ID"
    );
    let mut ears = Vec::new();
    for _ in 0..8 {
        ears.push(Ear::new(&house, token, None).await);
    }
    get("/api/v1/events")
        .bearer(token)
        .of(&house.router)
        .await
        .is_problem(429, "too-many-requests");
    drop(ears);
    let mut ear = Ear::new(&house, token, None).await;
    let all = get("/api/v1/tokens").bearer(&house.ours.owner_token).of(&house.router).await.json();
    let name = |one: &&Value| one["name"] == token.as_str();
    let id = all["tokens"].as_array().expect("tokens").iter().find(name).expect("it")["id"].clone();
    let revoke = post(format!("/api/v1/tokens/{}", id.as_str().expect("an id")));
    let revoke = revoke.method(axum::http::Method::DELETE).bearer(&house.ours.owner_token);
    assert_eq!(revoke.of(&house.router).await.status, 204);
    happens(&house, &house.ours, "secret").await;
    let end = tokio::time::timeout(Duration::from_secs(20), ear.0.next()).await;
    assert!(end.expect("it ends").is_none(), "a revoked token hears nothing more");
}

#[tokio::test]
async fn sheets_are_whole_and_of_one_chapter() {
    let house = House::new().await;
    happen(&house, &house.ours, "many", 501).await;
    let sheet = |path: &str, token: &str| {
        get(format!("/api/v1/exports/{path}")).bearer(token).of(&house.router)
    };
    let audit = sheet("audit.csv", &house.ours.token).await;
    assert_eq!(
        (audit.status.as_u16(), audit.body.lines().count()),
        (200, 503),
        "a header and two pages"
    );
    assert!(!audit.body.contains(&house.theirs.held.to_string()));
    let referrals = sheet("referrals.csv", &house.ours.reader_token).await;
    assert_eq!(referrals.body.lines().count(), 2);
    assert!(referrals.body.contains(&house.ours.held.to_string()), "{}", referrals.body);
    let members = sheet("members.csv", &house.ours.token).await;
    assert!(
        members.body.contains("Ana Sample") && members.body.starts_with("name,phone"),
        "{}",
        members.body
    );
    for path in ["audit.csv", "members.csv"] {
        sheet(path, &house.ours.reader_token).await.is_problem(403, "forbidden");
    }
    let until = sheet("audit.csv?until=2000-01-01T00:00:00Z", &house.ours.token).await;
    assert_eq!(until.body.lines().count(), 1, "the header alone");
}
