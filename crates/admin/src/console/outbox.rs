//! `/outbox`: what is on its way, what is not known, what did not arrive and why; another try.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::view::{Message, plainly};
use model::{OutboxId, OutboxState, Word as _};
use serde::Deserialize;

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    said::{Said, Saying},
    signed::{Filled, Id, Moderator, Signed},
};
use crate::Desk;

/// So many of each list are shown.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "outbox.html")]
struct Page {
    frame: Frame,
    counts: Vec<Count>,
    failed: Vec<Row>,
    unknown: Vec<Row>,
    waiting: Vec<Row>,
}

/// How many are in a state.
struct Count {
    badge: Badge,
    meaning: &'static str,
    count: i64,
    oldest: Option<Moment>,
}

struct Row {
    id: String,
    kind: &'static str,
    channel: &'static str,
    referral: Option<String>,
    written: Moment,
    attempts: i64,
    why: Option<String>,
    how: Option<String>,
    can_retry: bool,
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    let all = dispatch.outbox_counts(chapter).await?;
    let count = |state: OutboxState| {
        let of = all.iter().filter(|count| count.state == state);
        Count {
            badge: names::message(state),
            meaning: meaning(state),
            count: of.clone().map(|count| count.count).sum(),
            oldest: of.map(|count| count.oldest).min().map(|at| clock.both(at)),
        }
    };
    let rows = |messages: Vec<Message>| messages.iter().map(|one| row(one, &clock)).collect();
    let failed = dispatch.failed_last(chapter, SHOWN).await?;
    let unknown = dispatch.outbox_page(chapter, OutboxState::Unknown, None, SHOWN).await?;
    let waiting = dispatch.outbox_page(chapter, OutboxState::Waiting, None, SHOWN).await?;
    show(&Page {
        counts: OutboxState::ALL.iter().map(|&state| count(state)).collect(),
        failed: rows(failed),
        unknown: rows(unknown),
        waiting: rows(waiting),
        frame: Frame::new(Room::Outbox, &session, said),
    })
}

/// Sets a failed message waiting again.
pub(crate) async fn retry(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<OutboxId>,
    Filled(sent): Filled<From>,
) -> Result<Response, Fault> {
    let tried =
        desk.dispatch().retry_message(session.chapter.id, id, session.admin.id.into()).await?;
    let said = match tried {
        None => return Err(Fault::not_found()),
        Some(true) => Said::Retried,
        Some(false) => Said::NotRetried,
    };
    Ok(said.at(sent.page().unwrap_or("/outbox")))
}

/// From which page it was sent again.
#[derive(Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    back: String,
}

impl From {
    /// The page, where it is one that shows texts.
    fn page(&self) -> Option<&str> {
        let rooms = ["/referrals/", "/conversations/", "/inquiries/", "/roster/"];
        let id = rooms.iter().find_map(|room| self.back.strip_prefix(room))?;
        uuid::Uuid::try_parse(id).is_ok().then_some(&self.back)
    }
}

fn row(message: &Message, clock: &Clock) -> Row {
    Row {
        id: message.id.to_string(),
        kind: names::message_kind(message.kind),
        channel: message.channel.as_str(),
        referral: message.referral.map(|id| format!("/referrals/{id}")),
        written: clock.both(message.written_at),
        attempts: message.attempts,
        why: message.failure.as_ref().map(|failure| {
            let class = failure.class.map_or("no reason was told", plainly::why_not_sent);
            match &failure.code {
                Some(code) => format!("{class} (code {code})"),
                None => class.to_owned(),
            }
        }),
        how: message.settled_how.clone(),
        can_retry: message.can_retry,
    }
}

fn meaning(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Waiting => "ready to go when due",
        OutboxState::Sending => "handed to the carrier just now",
        OutboxState::Accepted => "the carrier has it",
        OutboxState::Delivered => "the carrier says that it arrived",
        OutboxState::Failed => "will not arrive",
        OutboxState::Unknown => "handed over without an answer: the carrier is being asked",
    }
}
