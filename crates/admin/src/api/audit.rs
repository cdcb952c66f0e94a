//! `/audit`: who did what, and when. It is only ever added to, and holds ids, states and rules.

use axum::extract::State;
use model::{
    ActorKind, EventId, InquiryId, ReferralId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::Slug,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use storage::{EventFilter, Recorded};
use uuid::Uuid;

use super::{
    Problem,
    address::Asked,
    bearer::Keeper,
    cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

pub(super) fn add(routes: Routes) -> Routes {
    routes.get(
        "/audit",
        Area::Audit,
        (
            "List what was done",
            "Every recorded change of the chapter's, the newest first: who, what and when, without anything \
             personal. It is only ever added to.",
        ),
        list,
    )
}

/// A recorded change.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub(super) struct Entry {
    /// Its id.
    pub(super) id: EventId,
    /// When.
    pub(super) at: Timestamp,
    /// Who, by kind.
    pub(super) actor: ActorKind,
    /// Who, by id, where it is a person or a program.
    #[schemars(with = "Option<EventId>")]
    pub(super) actor_id: Option<Uuid>,
    /// What, in one word.
    pub(super) kind: String,
    /// The conversation it is about.
    pub(super) conversation: Option<InquiryId>,
    /// The referral it is about.
    pub(super) referral: Option<ReferralId>,
    /// The rest: ids, counts, states and rules.
    pub(super) detail: Value,
    /// Its place in the record.
    #[serde(skip)]
    pub(super) seq: i64,
}

impl From<Recorded> for Entry {
    fn from(Recorded { seq, event }: Recorded) -> Self {
        Self {
            id: event.id,
            at: event.at,
            actor: event.actor,
            actor_id: event.actor_id,
            kind: event.kind,
            conversation: event.inquiry_id,
            referral: event.referral_id,
            detail: event.detail,
            seq,
        }
    }
}

impl Listed for Entry {
    const NAME: &'static str = "entries";

    fn place(&self) -> String {
        self.seq.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only what was done by this kind of actor.
    actor: Option<ActorKind>,
    /// Only what was done by this person or program.
    #[schemars(with = "Option<EventId>")]
    actor_id: Option<Uuid>,
    /// Only changes of this kind.
    #[schemars(with = "Option<Slug>")]
    kind: Option<String>,
    /// Only what is about this referral.
    referral: Option<ReferralId>,
    /// Not before this instant.
    since: Option<Timestamp>,
    /// Before this instant.
    until: Option<Timestamp>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(asked): Asked<Filter>,
) -> Result<Page<Entry>, Problem> {
    let Filter { actor, actor_id, kind, referral, since, until, paging } = asked;
    let before = paging.begins(cursor::place)?;
    let limit = paging.limit() + 1;
    let filter = EventFilter { actor, actor_id, kind, referral, since, until, before, limit };
    let chapter = by.act.chapter;
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.events(chapter, &filter).await })
    });
    let entries = read.await.map_err(Error::from)?.into_iter().map(Entry::from).collect();
    Ok(paging.page(entries, cursor::of_place))
}
