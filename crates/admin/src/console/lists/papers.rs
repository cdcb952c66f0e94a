//! `/papers`: what members sent and nobody has looked at yet, the oldest first.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use eligibility::{EvidenceKind, EvidenceStatus};
use model::{EvidenceId, Word as _};
use roster::Decision;
use serde::Deserialize;
use serde_json::Value;

use super::{Keeper, act, back};
use crate::{
    Desk,
    console::{
        clock::{Clock, Moment},
        fault::Fault,
        frame::{Frame, Room, Said, Saying, show},
        names,
    },
};

/// So many are shown at once.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "papers.html")]
struct Page {
    frame: Frame,
    papers: Vec<Paper>,
}

struct Paper {
    id: String,
    member: String,
    kind: String,
    facts: Vec<(String, String)>,
    /// What it is, says and is dated, for whoever reads it off the photo.
    what: EvidenceKind,
    says: String,
    issued: String,
    expires: String,
    at: Moment,
    has_original: bool,
    is_own: bool,
    seen: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let by = act(&desk, &session);
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let queue =
        roster::queue(desk.dispatch().store(), &by, EvidenceStatus::Submitted, SHOWN).await?;
    let papers = queue.into_iter().map(|paper| Paper {
        id: paper.evidence.id.to_string(),
        member: paper.member.name.reveal().to_owned(),
        kind: names::plain(paper.evidence.kind),
        facts: facts(&paper.evidence.content),
        what: paper.evidence.kind,
        says: roster::typed(&paper.evidence.content),
        issued: day(&paper.evidence.content, "issued"),
        expires: day(&paper.evidence.content, "expires"),
        at: clock.both(paper.evidence.submitted_at),
        has_original: paper.has_original,
        is_own: paper.is_own,
        seen: paper.seen,
    });
    show(&Page { papers: papers.collect(), frame: Frame::new(Room::Papers, &session, said) })
}

fn day(content: &Value, name: &str) -> String {
    content[name].as_str().unwrap_or_default().to_owned()
}

/// What a paper says of itself, by name.
fn facts(content: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let attrs = content["attrs"].as_object().into_iter().flatten();
    let days = ["issued", "expires"].iter().filter_map(|day| Some((*day, content.get(*day)?)));
    attrs
        .map(|(name, value)| (name.as_str(), value))
        .chain(days)
        .map(|(name, value)| (names::plain(name), text(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    lookup: String,
    /// What was looked at. The form always sends it.
    seen: String,
    #[serde(flatten)]
    read: Option<ReadOff>,
}

/// What somebody read off the paper.
#[derive(Deserialize)]
struct ReadOff {
    what: String,
    says: String,
    issued: String,
    expires: String,
}

/// Verifies or rejects one.
pub(super) async fn decide(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path((id, decision)): Path<(String, String)>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Fault> {
    let id: EvidenceId = id.parse().map_err(|_| Fault::not_found())?;
    let Form(sent) = sent.map_err(|_| Fault::form())?;
    let seen = Some(sent.seen);
    let lookup = Some(sent.lookup);
    let (decision, well) = match (decision.as_str(), sent.read) {
        ("verify", Some(read)) => {
            let shows = roster::transcribed(&read.what, &read.says, &read.issued, &read.expires);
            match shows {
                Ok(shows) => (Decision::VerifyAs { shows, lookup }, Said::Verified),
                Err(error) => return back::<()>("/papers", Err(error), Said::Verified),
            }
        }
        ("verify", None) => (Decision::Verify { lookup }, Said::Verified),
        ("reject", _) => (Decision::Reject { reason: sent.reason }, Said::Rejected),
        _ => return Err(Fault::not_found()),
    };
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let done = roster::decide(store, &by, id, seen, decision).await;
    back("/papers", done, well)
}

/// The photo or file of one. It is shown in the browser and runs nothing.
pub(super) async fn original(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id: EvidenceId = id.parse().map_err(|_| Fault::not_found())?;
    let original = roster::original(desk.dispatch().store(), &act(&desk, &session), id).await?;
    let mut headers = HeaderMap::new();
    if let Ok(media_type) = HeaderValue::from_str(&original.media_type) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    Ok((headers, original.content).into_response())
}
