//! `/exports`: the roster, referrals and the audit log as sheets. The long ones are read and sent page by
//! page, however much there is.

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, future::BoxFuture, stream};
use model::{
    ChapterId, Timestamp,
    schemars::{self, JsonSchema},
};
use serde::Deserialize;
use storage::{EventFilter, ReferralFilter};

use super::{
    Problem,
    address::{Asked, Whole},
    answer::Csv,
    audit::Entry,
    bearer::{Keeper, Looker},
    operation::{Answers, Operation},
    routes::{Area, Routes},
};
use crate::{Desk, Error};

/// So many rows are read at once.
const AT_ONCE: i64 = 500;

pub(super) fn add(routes: Routes) -> Routes {
    routes
        .get(
            "/exports/members.csv",
            Area::Members,
            (
                "Export the roster",
                "The roster as a sheet that can be imported, with names and numbers.",
            ),
            members,
        )
        .get(
            "/exports/referrals.csv",
            Area::Referrals,
            ("Export referrals", "What ran, the newest first, without anything of the families'."),
            referrals,
        )
        .get(
            "/exports/audit.csv",
            Area::Audit,
            ("Export the audit log", "Who did what and when, the newest first."),
            audit,
        )
}

/// A sheet that is sent as it is read.
pub(crate) struct Rows(Body);

impl Answers for Rows {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        Csv::describe(operation, status);
    }
}

impl IntoResponse for Rows {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("text/csv; charset=utf-8");
        ([(header::CONTENT_TYPE, kind)], self.0).into_response()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Between {
    /// Not before this instant.
    since: Option<Timestamp>,
    /// Before this instant.
    until: Option<Timestamp>,
}

async fn members(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Csv, Problem> {
    let sheet = roster::export(desk.dispatch().store(), by.act.chapter).await;
    Ok(Csv(sheet.map_err(Error::from)?))
}

/// Pages one after another: each call gives its rows as text, and where the next begins.
fn pages<C, F>(header: String, read: F) -> impl Stream<Item = Result<Bytes, Error>> + Send
where
    C: Send + 'static,
    F: Fn(Option<C>) -> BoxFuture<'static, Result<(String, Option<C>), Error>> + Send + 'static,
{
    let start = Some((header, None));
    stream::unfold((start, read), |(at, read)| async move {
        let (before, cursor) = at?;
        match read(cursor).await {
            Ok((rows, next)) => {
                let at = next.map(|next| (String::new(), Some(next)));
                Some((Ok(Bytes::from(before + &rows)), (at, read)))
            }
            // What was sent cannot be taken back: the sheet breaks off, and its reader sees that.
            Err(error) => {
                error.log();
                Some((Err(error), (None, read)))
            }
        }
    })
}

async fn referrals(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Between { since, until }): Asked<Between>,
) -> Result<Rows, Problem> {
    const HEADER: [&str; 12] = [
        "id",
        "code",
        "state",
        "created_at",
        "asking_from",
        "promised_at",
        "names_at",
        "closed_at",
        "urgent",
        "asked",
        "firm",
        "outcome",
    ];
    let (dispatch, chapter) = (desk.dispatch().clone(), by.act.chapter);
    let read = move |before| -> BoxFuture<'static, _> {
        let dispatch = dispatch.clone();
        Box::pin(async move {
            let limit = AT_ONCE;
            let filter =
                ReferralFilter { since, until, before, limit, ..ReferralFilter::default() };
            let page = dispatch.referrals(chapter, filter).await?;
            let next = page.last().filter(|_| page.len() as i64 == limit);
            let next = next.map(|last| (last.created_at, last.id));
            let instant = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
            let rows = page.iter().map(|one| {
                [
                    one.id.to_string(),
                    one.code.map(|code| code.to_string()).unwrap_or_default(),
                    one.state.to_string(),
                    one.created_at.to_string(),
                    instant(one.asking_from),
                    instant(one.promised_at),
                    instant(one.names_at),
                    instant(one.closed_at),
                    if one.urgent { "yes" } else { "no" }.to_owned(),
                    one.asked.to_string(),
                    one.firm.to_string(),
                    one.outcome.map(|outcome| outcome.to_string()).unwrap_or_default(),
                ]
            });
            Ok((roster::csv_rows(rows), next))
        })
    };
    Ok(Rows(Body::from_stream(pages(roster::csv_rows([HEADER.map(str::to_owned)]), read))))
}

async fn audit(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(Between { since, until }): Asked<Between>,
) -> Result<Rows, Problem> {
    let filter = EventFilter { since, until, ..EventFilter::default() };
    Ok(audit_sheet(&desk, by.act.chapter, filter))
}

/// A chapter's record as a sheet, as far as the filter lets it through; where it begins and how much is read
/// at once is this sheet's own.
pub(crate) fn audit_sheet(desk: &Desk, chapter: ChapterId, filter: EventFilter) -> Rows {
    const HEADER: [&str; 7] =
        ["at", "actor", "actor_id", "kind", "conversation", "referral", "detail"];
    let store = desk.dispatch().store().clone();
    let read = move |before| -> BoxFuture<'static, _> {
        let (store, filter) =
            (store.clone(), EventFilter { before, limit: AT_ONCE, ..filter.clone() });
        Box::pin(async move {
            let page = store.read::<_, storage::Error, _>(move |tx| {
                Box::pin(async move { tx.events(chapter, &filter).await })
            });
            let page: Vec<_> = page.await?.into_iter().map(Entry::from).collect();
            let next = page.last().filter(|_| page.len() as i64 == AT_ONCE).map(|last| last.seq);
            let rows = page.iter().map(|one| {
                [
                    one.at.to_string(),
                    one.actor.to_string(),
                    one.actor_id.map(|id| id.to_string()).unwrap_or_default(),
                    one.kind.clone(),
                    one.conversation.map(|id| id.to_string()).unwrap_or_default(),
                    one.referral.map(|id| id.to_string()).unwrap_or_default(),
                    one.detail.to_string(),
                ]
            });
            Ok((roster::csv_rows(rows), next))
        })
    };
    Rows(Body::from_stream(pages(roster::csv_rows([HEADER.map(str::to_owned)]), read)))
}
