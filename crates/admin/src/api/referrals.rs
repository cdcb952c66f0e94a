//! `/referrals`: what runs and what ran, with its trace; and what may be decided about it. Nothing of
//! the family's is told, neither number nor words; of members their ids, and the name of one who has
//! a place, as the family is given it.

use axum::extract::State;
use dispatch::{
    Decision,
    view::{Summary, View},
};
use model::{
    Code, ReferralId, ReferralState, Timestamp,
    schemars::{self, JsonSchema},
    word,
};
use serde::Deserialize;
use storage::ReferralFilter;

use super::{
    Problem,
    address::{Asked, Id, Named},
    answer::Versioned,
    bearer::{Looker, Moderator},
    body::{Nothing, Told},
    corrections, cursor,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
    seen::{MayHaveSeen, counted},
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Referrals;
    routes
        .get(
            "/referrals",
            area,
            ("List referrals", "A chapter's referrals, newest first."),
            list,
        )
        .get(
            "/referrals/{id}",
            area,
            (
                "Read a referral",
                "A referral whole: its facts, its places, who was asked and who was not and why, what was \
                 sent and how it fared, and its trace. Nothing of the family's is told.",
            ),
            one,
        )
        .post(
            "/referrals/{id}/{decision}",
            area,
            (
                "Decide about a referral",
                "Releases, holds, widens or closes a referral, and answers with what it is now.",
            ),
            decide,
        )
        .post(
            "/referrals/{id}/merge",
            area,
            (
                "Make two referrals one",
                "Closes this referral in favour of another that the same family began, adds to that what only this \
                 one told, and answers with the one that goes on.",
            ),
            merge,
        )
        .get(
            "/corrections",
            area,
            (
                "Export corrections",
                "What the chapter's people put right of what was read, as cases, a line of JSON each. The \
                 words are without names, numbers, addresses and dates of birth.",
            ),
            corrections::list,
        )
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Filter {
    /// Only those in this state.
    state: Option<ReferralState>,
    /// Only those that are not over.
    running: Option<bool>,
    /// Only those that have or had this code.
    code: Option<Code>,
    /// Only those made at this instant or later.
    since: Option<Timestamp>,
    /// Only those made before this instant.
    until: Option<Timestamp>,
    #[serde(flatten)]
    paging: Paging,
}

impl Listed for Summary {
    const NAME: &'static str = "referrals";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Filter { state, running, code, since, until, paging }): Asked<Filter>,
) -> Result<Page<Summary>, Problem> {
    let filter = ReferralFilter {
        state,
        running: running.unwrap_or(false),
        code,
        since,
        until,
        before: paging.begins(cursor::decode)?,
        limit: paging.limit() + 1,
        ..ReferralFilter::default()
    };
    let referrals = desk.dispatch().referrals(by.act.chapter, filter).await?;
    Ok(paging.page(referrals, |last| cursor::encode(last.created_at, last.id)))
}

async fn one(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Id { id }): Named<Id<ReferralId>>,
) -> Result<Versioned<View>, Problem> {
    shown(&desk, by.act.chapter, id).await
}

async fn shown(
    desk: &Desk,
    chapter: model::ChapterId,
    id: ReferralId,
) -> Result<Versioned<View>, Problem> {
    let view = desk.dispatch().referral(chapter, id).await?.ok_or_else(Problem::not_found)?;
    Ok(Versioned { version: view.summary.version.to_string(), body: view })
}

word! {
    /// What may be decided about a referral.
    Decided {
        /// It is put to the members.
        Release = "release",
        /// It waits for a person.
        Hold = "hold",
        /// More members are asked.
        Widen = "widen",
        /// It is over. The family is told nothing.
        Close = "close",
        /// It is over, and a family that waits for names is told that nobody is asked any more.
        CloseAndTell = "close-and-tell",
    }
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct About {
    /// The referral.
    id: ReferralId,
    /// What is decided.
    decision: Decided,
}

async fn decide(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(About { id, decision }): Named<About>,
    MayHaveSeen(seen): MayHaveSeen,
    _: Nothing,
) -> Result<Versioned<View>, Problem> {
    let decision = match decision {
        Decided::Release => Decision::Release,
        Decided::Hold => Decision::Hold,
        Decided::Widen => Decision::Widen,
        Decided::Close => Decision::Close,
        Decided::CloseAndTell => Decision::CloseAndTell,
    };
    let (chapter, version) = (by.act.chapter, counted(seen)?);
    desk.dispatch().decide(chapter, id, by.who(), version, decision).await??;
    shown(&desk, chapter, id).await
}

/// Which referral goes on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Merge {
    /// The other one.
    into: ReferralId,
}

async fn merge(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Named(Id { id }): Named<Id<ReferralId>>,
    MayHaveSeen(seen): MayHaveSeen,
    Told(Merge { into }): Told<Merge>,
) -> Result<Versioned<View>, Problem> {
    let (chapter, version) = (by.act.chapter, counted(seen)?);
    let decision = Decision::MergeInto(into);
    desk.dispatch().decide(chapter, id, by.who(), version, decision).await??;
    shown(&desk, chapter, into).await
}
