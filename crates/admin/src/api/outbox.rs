//! `/outbox`: what is on its way, what did not arrive, and another try.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
};
use dispatch::view::Message;
use model::{MessageKind, OutboxId, OutboxState, Timestamp};
use serde::Serialize;

use super::{Problem, bearer::Bearer, query::Parameters};
use crate::Desk;

/// So many are listed unless the caller wants fewer or more.
const PAGE: i64 = 50;
/// So many are listed at most.
const MOST: i64 = 200;

#[derive(Serialize)]
pub(crate) struct Counts {
    counts: Vec<Count>,
    settled: Vec<Settled>,
}

#[derive(Serialize)]
struct Count {
    state: OutboxState,
    kind: MessageKind,
    count: i64,
    oldest: Timestamp,
}

/// How unknown outcomes came to be known.
#[derive(Serialize)]
struct Settled {
    how: String,
    state: OutboxState,
    count: i64,
    latest: Timestamp,
}

#[derive(Serialize)]
pub(crate) struct Messages {
    messages: Vec<Message>,
}

/// How many messages are in which state, for which purpose, and since when; and how those of which it
/// was unknown whether the carrier has them were settled.
pub(crate) async fn counts(
    State(desk): State<Desk>,
    Bearer(token): Bearer,
    asked: Parameters,
) -> Result<Json<Counts>, Problem> {
    asked.none_left("none")?;
    let counts = desk.dispatch().outbox_counts(token.chapter_id).await?;
    let counts = counts.into_iter().map(|of| Count {
        state: of.state,
        kind: of.kind,
        count: of.count,
        oldest: of.oldest,
    });
    let settled = desk.dispatch().outbox_settled(token.chapter_id).await?;
    let settled = settled.into_iter().map(|of| Settled {
        how: of.how,
        state: of.state,
        count: of.count,
        latest: of.latest,
    });
    Ok(Json(Counts { counts: counts.collect(), settled: settled.collect() }))
}

/// The messages in one state, the oldest first, without their words.
pub(crate) async fn messages(
    State(desk): State<Desk>,
    Bearer(token): Bearer,
    mut asked: Parameters,
) -> Result<Json<Messages>, Problem> {
    let state = asked
        .take::<OutboxState>("state", "a state of a message")?
        .ok_or_else(|| Problem::field("state", "Name the state that is wanted."))?;
    let limit = asked.take::<i64>("limit", "a number from 1 to 200")?.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::field("limit", "It must be a number from 1 to 200."));
    }
    asked.none_left("state, limit")?;
    let messages = desk.dispatch().outbox_in(token.chapter_id, state, limit).await?;
    Ok(Json(Messages { messages }))
}

/// Sets a failed message waiting again.
pub(crate) async fn retry(
    State(desk): State<Desk>,
    bearer: Bearer,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Path(id) = id.map_err(|_| Problem::not_found())?;
    let id = id.parse::<OutboxId>().map_err(|_| Problem::not_found())?;
    let Bearer(token) = bearer.may_act()?;
    match desk.dispatch().retry_message(token.chapter_id, id, token.id.into()).await? {
        None => Err(Problem::not_found()),
        Some(false) => {
            Err(Problem::conflict("It did not fail, or it may not be sent again; nothing changed."))
        }
        Some(true) => Ok(StatusCode::ACCEPTED),
    }
}
