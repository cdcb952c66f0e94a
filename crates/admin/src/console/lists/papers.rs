//! `/papers`: what members sent and nobody has looked at yet, the oldest first.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use eligibility::EvidenceStatus;
use model::EvidenceId;
use serde::Deserialize;
use serde_json::Value;

use super::{Keeper, act};
use crate::{
    Desk,
    console::{
        clock::{Clock, Moment},
        fault::Fault,
        frame::{Frame, Room, show},
        names,
        said::Saying,
    },
};

/// So many are on a page.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "papers.html")]
struct Page {
    frame: Frame,
    papers: Vec<Waiting>,
    is_first: bool,
    next: Option<EvidenceId>,
}

struct Waiting {
    id: EvidenceId,
    member: String,
    kind: String,
    facts: Vec<(String, String)>,
    at: Moment,
    has_original: bool,
    is_own: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    after: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Saying(said): Saying,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let by = act(&desk, &session);
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let after = chosen.ok().and_then(|Query(chosen)| chosen.after.parse().ok());
    let (store, status) = (desk.dispatch().store(), EvidenceStatus::Submitted);
    let more = i64::try_from(SHOWN).unwrap_or(1) + 1;
    let mut queue = roster::queue(store, &by, status, after, more).await?;
    let is_last = queue.len() <= SHOWN;
    queue.truncate(SHOWN);
    let next = queue.last().filter(|_| !is_last).map(|last| last.evidence.id);
    let papers = queue.into_iter().map(|paper| Waiting {
        id: paper.evidence.id,
        member: paper.member.name.reveal().to_owned(),
        kind: names::plain(paper.evidence.kind),
        facts: facts(&paper.evidence.content),
        at: clock.both(paper.evidence.submitted_at),
        has_original: paper.original.is_some(),
        is_own: paper.is_own,
    });
    let frame = Frame::new(Room::Papers, &session, said);
    show(&Page { papers: papers.collect(), is_first: after.is_none(), next, frame })
}

/// What a paper says of itself, by name.
pub(in crate::console) fn facts(content: &Value) -> Vec<(String, String)> {
    let attrs = content["attrs"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    attrs
        .chain(["issued", "expires"])
        .map(|name| (names::plain(name), roster::written(content, name)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}
