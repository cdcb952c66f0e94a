//! `/outbox`: what is on its way, what did not arrive, and another try.

use axum::{Json, extract::State};
use dispatch::view::Message;
use model::{
    MessageKind, OutboxId, OutboxState, Timestamp,
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::TakenUp,
    bearer::{Looker, Moderator},
    body::Nothing,
    cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Outbox;
    routes
        .get(
            "/outbox",
            area,
            (
                "Count messages",
                "How many messages are in which state, for which purpose, and since when: all that are on their way \
                 or failed, and those that carriers took in the last week. And how those of which it was unknown whether the carrier has them were settled.",
            ),
            counts,
        )
        .get(
            "/outbox/messages",
            area,
            (
                "List messages",
                "The messages in one state, the oldest first, without their words.",
            ),
            messages,
        )
        .post(
            "/outbox/messages/{id}/retry",
            area,
            ("Try a message again", "Sets a failed message waiting again."),
            retry,
        )
}

#[derive(Serialize, JsonSchema)]
struct Counts {
    /// By state and purpose.
    counts: Vec<Count>,
    /// How unknown outcomes came to be known.
    settled: Vec<Settled>,
}

/// Messages of one state and purpose.
#[derive(Serialize, JsonSchema)]
struct Count {
    /// Their state.
    state: OutboxState,
    /// Their purpose.
    kind: MessageKind,
    /// How many.
    count: i64,
    /// When the oldest was written.
    oldest: Timestamp,
}

/// How unknown outcomes came to be known.
#[derive(Serialize, JsonSchema)]
struct Settled {
    /// How.
    how: String,
    /// What they are now.
    state: OutboxState,
    /// How many.
    count: i64,
    /// When the latest was.
    latest: Timestamp,
}

impl Listed for Message {
    const NAME: &'static str = "messages";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Filter {
    /// Only those in this state.
    state: OutboxState,
    #[serde(flatten)]
    paging: Paging,
}

async fn counts(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Counts>, Problem> {
    let counts = desk.dispatch().outbox_counts(by.act.chapter).await?;
    let counts = counts.into_iter().map(|of| Count {
        state: of.state,
        kind: of.kind,
        count: of.count,
        oldest: of.oldest,
    });
    let settled = desk.dispatch().outbox_settled(by.act.chapter).await?;
    let settled = settled.into_iter().map(|of| Settled {
        how: of.how,
        state: of.state,
        count: of.count,
        latest: of.latest,
    });
    Ok(Json(Counts { counts: counts.collect(), settled: settled.collect() }))
}

async fn messages(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Filter { state, paging }): Asked<Filter>,
) -> Result<Page<Message>, Problem> {
    let (after, most) = (paging.begins(cursor::place)?, paging.limit() + 1);
    let messages = desk.dispatch().outbox_page(by.act.chapter, state, after, most).await?;
    Ok(paging.page(messages, cursor::of_place))
}

async fn retry(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<OutboxId>>,
    _: Nothing,
) -> Result<TakenUp, Problem> {
    match desk.dispatch().retry_message(by.act.chapter, id, by.token.id.into()).await? {
        None => Err(Problem::not_found()),
        Some(false) => {
            Err(Problem::conflict("It did not fail, or it may not be sent again; nothing changed."))
        }
        Some(true) => Ok(TakenUp),
    }
}
