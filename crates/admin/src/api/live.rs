//! `/events`: what changes in the chapter, as it changes. Ids and words of the trade, nothing more; what it
//! is now is read from where it lives.

mod place;

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt as _, stream};
use model::{ChapterId, TokenId};
use serde_json::json;
use storage::{Recorded, Wake};
use tokio::sync::broadcast::{self, error::RecvError};

use self::place::Place;
use super::{
    Problem,
    bearer::Looker,
    door::Open,
    operation::{Answers, Operation, Taken},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

/// A stream ends after so long; who listens comes back.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// Proxies cut a connection on which nothing passes for long.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// Hints may be lost: the record is looked at so often in any case.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// So much is read at once.
const AT_ONCE: i64 = 200;
/// Whoever has missed more is told so, and goes on from now.
const MOST_MISSED: i64 = 10_000;

pub(super) fn add(routes: Routes) -> Routes {
    routes.get(
        "/events",
        Area::Events,
        (
            "Listen to changes",
            "Server-sent events: each recorded change of the chapter's as it happens, by ids and one word. A \
             stream ends after 15 minutes; send the last id as Last-Event-ID, and it goes on from there. Where \
             too much was missed, the event `missed` says so: read anew what you show.",
        ),
        listen,
    )
}

/// The id of the last event that was heard.
struct Heard(Option<Place>);

impl<S: Send + Sync> FromRequestParts<S> for Heard {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(told) = parts.headers.get("last-event-id") else { return Ok(Self(None)) };
        let told = told.to_str().unwrap_or("?").trim();
        if told.is_empty() {
            return Ok(Self(None));
        }
        let place = told.parse().map_err(|()| {
            Problem::field("Last-Event-ID", "It must be the id of an event that was heard.")
        })?;
        Ok(Self(Some(place)))
    }
}

impl Taken for Heard {
    fn describe(operation: &mut Operation<'_>) {
        let told = json!("The id of the last event that was heard: those after it are told.");
        let schema = json!({"type": "string", "pattern": place::FORM});
        operation.parameter("header", "Last-Event-ID", false, told, &schema);
        operation.may_fail(400);
    }
}

/// A stream of events.
struct Stream(Response);

impl Answers for Stream {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer_in(status, &[("text/event-stream", json!({"type": "string"}))]);
    }
}

impl IntoResponse for Stream {
    fn into_response(self) -> Response {
        self.0
    }
}

/// Somebody who listens.
struct Listener {
    desk: Desk,
    chapter: ChapterId,
    token: TokenId,
    place: Place,
    wakes: broadcast::Receiver<Wake>,
    told: VecDeque<Event>,
    _open: Open,
}

async fn listen(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Heard(heard): Heard,
) -> Result<Stream, Problem> {
    let open = desk.listeners().begin(by.token.id)?;
    // From before the first look on: nothing falls between.
    let wakes = desk.dispatch().store().wakes();
    let newest = newest(&desk).await?;
    let mut told = VecDeque::new();
    let place = match heard {
        Some(place) if place.last() <= newest && newest - place.last() <= MOST_MISSED => place,
        Some(_) => {
            told.push_back(Event::default().event("missed").id(newest.to_string()).data("{}"));
            Place::at(newest)
        }
        None => Place::at(newest),
    };
    let (chapter, token) = (by.act.chapter, by.token.id);
    let closing = desk.options().closing.clone();
    let listener = Listener { desk, chapter, token, place, wakes, told, _open: open };
    let end = async move {
        tokio::select! {
            () = closing.cancelled_owned() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let events = Sse::new(events.take_until(Box::pin(end)));
    Ok(Stream(events.keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()))
}

async fn newest(desk: &Desk) -> Result<i64, Problem> {
    let store = desk.dispatch().store();
    let read = store.read::<_, storage::Error, _>(|tx| Box::pin(tx.newest_event()));
    Ok(read.await.map_err(Error::from)?)
}

impl Listener {
    /// The next event; `None` where the stream is to end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.told.pop_front() {
                return Some(event);
            }
            let more = match self.look().await {
                Ok(more) => more?,
                Err(error) => {
                    error.log();
                    return None;
                }
            };
            if self.told.is_empty() && !more {
                self.wait().await;
            }
        }
    }

    /// Looks for what was recorded; gives whether there is more, or `None` once the token opens nothing.
    async fn look(&mut self) -> Result<Option<bool>, Error> {
        let (token, last, missing) = (self.token, self.place.last(), self.place.missing());
        let read = self.desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                if !tx.token_stands(token).await? {
                    return Ok(None);
                }
                let mut found = Vec::new();
                for seq in missing {
                    found.extend(tx.event_at(seq).await?);
                }
                let later = tx.events_after(last, AT_ONCE).await?;
                Ok(Some((found, later)))
            })
        });
        let Some((found, later)) = read.await? else { return Ok(None) };
        let more = i64::try_from(later.len()).unwrap_or(i64::MAX) >= AT_ONCE;
        let now = self.desk.dispatch().now();
        for recorded in found.into_iter().chain(later) {
            self.place.pass(recorded.seq, now);
            if recorded.event.chapter_id == self.chapter {
                self.told.push_back(event(&recorded, &self.place));
            }
        }
        self.place.give_up(now);
        Ok(Some(more))
    }

    async fn wait(&mut self) {
        let ours = async {
            loop {
                match self.wakes.recv().await {
                    Ok(Wake::Chapter(id)) if id == self.chapter => return,
                    Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                    Ok(_) => {}
                }
            }
        };
        let _ = tokio::time::timeout(LOOK_EVERY, ours).await;
    }
}

fn event(Recorded { event, .. }: &Recorded, place: &Place) -> Event {
    let change = json!(dispatch::Change::from(event));
    Event::default().event("change").id(place.to_string()).data(change.to_string())
}
