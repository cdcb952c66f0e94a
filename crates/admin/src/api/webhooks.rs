//! `/webhooks`: a chapter's own tools that are told of changes, in the form of Standard Webhooks.

use axum::extract::State;
use dispatch::{Unreachable, WebhookChange, WebhookRefusal};
use model::{
    DeliveryState, EventId, Timestamp, WebhookId, WebhookState,
    schemars::{self, JsonSchema},
    shapes::{Line, Slug},
};
use serde::{Deserialize, Serialize};
use storage::{Delivery, Webhook};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::{Created, Done, Secret, Versioned},
    bearer::{Caller, Keeper},
    body::{Nothing, Told},
    cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
    seen::{Seen, counted},
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Webhooks;
    routes
        .get("/webhooks", area, ("List webhooks", "The chapter's own tools that are told of changes."), list)
        .post("/webhooks", area, ("Add a webhook", "Adds a tool. Its secret is told here once; each request to it is signed (standardwebhooks.com). It is told ids, kinds and instants, nothing personal. An https:// address of the internet, unless the installation allows others."), new)
        .get("/webhooks/{id}", area, ("Read a webhook", "One of the chapter's tools, and how it fares."), one)
        .patch("/webhooks/{id}", area, ("Change a webhook", "Changes what is given; the rest stays. One that is not active is told nothing, and what waits for it is given up."), change)
        .delete("/webhooks/{id}", area, ("Remove a webhook", "It is told nothing any more."), remove)
        .post("/webhooks/{id}/secret", area, ("Make a new secret", "Makes the secret anew, and tells it once. For a day each request is signed with the one before it as well."), renew)
        .get("/webhooks/{id}/deliveries", area, ("List deliveries", "What was or is to be told to a tool, the newest change first, and how far that has come."), deliveries)
}

/// A tool that is told of changes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
struct Shown {
    /// Its id.
    id: WebhookId,
    /// Where it is told.
    url: String,
    /// The kinds of change it is told of; null for all.
    kinds: Option<Vec<String>>,
    /// Whether it is told anything.
    state: WebhookState,
    /// Since when it has taken nothing.
    failing_since: Option<Timestamp>,
    /// When it was added.
    created_at: Timestamp,
    /// Counts its changes, from 1.
    version: i64,
}

impl From<Webhook> for Shown {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id,
            url: webhook.content.url,
            kinds: webhook.kinds,
            state: webhook.state,
            failing_since: webhook.failing_since,
            created_at: webhook.created_at,
            version: webhook.version,
        }
    }
}

impl From<Webhook> for Versioned<Shown> {
    fn from(webhook: Webhook) -> Self {
        Self { version: webhook.version.to_string(), body: webhook.into() }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "webhooks";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

impl From<WebhookRefusal> for Problem {
    fn from(refusal: WebhookRefusal) -> Self {
        match refusal {
            WebhookRefusal::NotFound => Self::not_found(),
            WebhookRefusal::Changed => Self::changed(),
            WebhookRefusal::Address(why) => address(why),
            WebhookRefusal::Many => Self::conflict("The chapter has as many as it may have."),
        }
    }
}

fn address(why: Unreachable) -> Problem {
    Problem::unprocessable("url", format!("It {why}."))
}

async fn all(desk: &Desk, by: &Caller) -> Result<Vec<Webhook>, Problem> {
    Ok(desk.dispatch().webhooks(by.act.chapter).await?)
}

async fn list(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    paging.of(all(&desk, &by).await?.into_iter().map(Shown::from).collect())
}

async fn one(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<WebhookId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Versioned<Shown>, Problem> {
    let found = all(&desk, &by).await?.into_iter().find(|webhook| webhook.id == id);
    Ok(found.ok_or_else(Problem::not_found)?.into())
}

/// A tool to be added.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWebhook {
    /// Where it is told.
    #[schemars(with = "Line<2000>")]
    url: String,
    /// The kinds of change it is told of, as the audit log names them; without it, all.
    #[schemars(with = "Option<Vec<Slug>>", length(max = 50))]
    kinds: Option<Vec<String>>,
}

/// A tool as it was added, with the secret that is told once.
#[derive(Serialize, JsonSchema)]
struct NewlyMade {
    #[serde(flatten)]
    webhook: Shown,
    /// What its requests are signed with.
    secret: String,
}

async fn new(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Told(NewWebhook { url, kinds }): Told<NewWebhook>,
) -> Result<Created<Secret<NewlyMade>>, Problem> {
    let (dispatch, reach) = (desk.dispatch(), desk.options().reach);
    let added = dispatch.add_webhook(by.act.chapter, by.who(), reach, url, kinds).await?;
    let (webhook, secret) = added?;
    Ok(Created(Secret(NewlyMade { webhook: webhook.into(), secret })))
}

/// What is to be changed of a tool.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WebhookChange")]
struct Change {
    /// Where it is told.
    #[schemars(with = "Option<Line<2000>>")]
    url: Option<String>,
    /// The kinds of change it is told of; none for all.
    #[schemars(with = "Option<Vec<Slug>>", length(max = 50))]
    kinds: Option<Vec<String>>,
    /// Whether it is told anything.
    active: Option<bool>,
}

async fn change(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<WebhookId>>,
    Seen(seen): Seen,
    Told(Change { url, kinds, active }): Told<Change>,
) -> Result<Versioned<Shown>, Problem> {
    let (at, seen) = ((by.act.chapter, id), counted(seen)?);
    let (reach, change) = (desk.options().reach, WebhookChange { url, kinds, active });
    let changed = desk.dispatch().change_webhook(at, by.who(), reach, seen, change).await?;
    Ok(changed?.into())
}

async fn remove(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<WebhookId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Done, Problem> {
    desk.dispatch().remove_webhook(by.act.chapter, id, by.who()).await??;
    Ok(Done)
}

/// A secret that is told once.
#[derive(Serialize, JsonSchema)]
struct NewSecret {
    /// What requests are signed with from now on.
    secret: String,
}

async fn renew(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<WebhookId>>,
    _: Nothing,
) -> Result<Created<Secret<NewSecret>>, Problem> {
    let renewed = desk.dispatch().renew_webhook_secret(by.act.chapter, id, by.who()).await?;
    Ok(Created(Secret(NewSecret { secret: renewed? })))
}

/// A change that is told to a tool.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
struct Sent {
    /// The change: the id under which it is told.
    event: EventId,
    /// Its kind.
    kind: String,
    /// How far it has come.
    state: DeliveryState,
    /// How often it was tried.
    attempts: i64,
    /// What came back last: a status, or a word for why none did.
    answer: Option<String>,
    /// When it is told, or was to be.
    due_at: Timestamp,
    /// When it was taken or given up.
    ended_at: Option<Timestamp>,
}

impl From<Delivery> for Sent {
    fn from(delivery: Delivery) -> Self {
        Self {
            event: delivery.event.id,
            kind: delivery.event.kind,
            state: delivery.state,
            attempts: delivery.attempts,
            answer: delivery.answer,
            due_at: delivery.due_at,
            ended_at: delivery.ended_at,
        }
    }
}

impl Listed for Sent {
    const NAME: &'static str = "deliveries";

    fn place(&self) -> String {
        self.event.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only those that have come so far.
    state: Option<DeliveryState>,
    #[serde(flatten)]
    paging: Paging,
}

async fn deliveries(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<WebhookId>>,
    Asked(Filter { state, paging }): Asked<Filter>,
) -> Result<Page<Sent>, Problem> {
    let (chapter, before) = (by.act.chapter, paging.begins(cursor::place)?);
    let found = desk.dispatch().deliveries(chapter, id, state, before, paging.limit() + 1).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    Ok(paging.page(found.into_iter().map(Sent::from).collect(), cursor::of_place))
}
