//! `/events`: tells an open page that something of its chapter changed. It says no more than that.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt as _};
use storage::Wake;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use super::signed::Signed;
use crate::Desk;

/// A stream ends after so long; the browser comes back, and must still be signed in then.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// Proxies cut a connection on which nothing passes for long.
const HEARTBEAT: Duration = Duration::from_secs(20);

pub(crate) async fn stream(
    State(desk): State<Desk>,
    Signed(session): Signed,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + Send> {
    let chapter = session.chapter.id;
    let wakes = BroadcastStream::new(desk.dispatch().store().wakes());
    let changes = wakes.filter_map(move |wake| async move {
        match wake {
            Ok(Wake::Chapter(id)) if id == chapter => Some(Ok(changed())),
            // What was missed may have been ours.
            Err(BroadcastStreamRecvError::Lagged(_)) => Some(Ok(changed())),
            Ok(_) => None,
        }
    });
    let closing = desk.options().closing.clone();
    let end = async move {
        tokio::select! {
            () = closing.cancelled_owned() => {}
            () = tokio::time::sleep(LONGEST) => {}
        }
    };
    Sse::new(changes.take_until(Box::pin(end))).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

fn changed() -> Event {
    // A browser passes over an event without data.
    Event::default().event("changed").data("now")
}
