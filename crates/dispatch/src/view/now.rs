//! The chapter at this moment: what needs a person, what runs, what was done lately.

use futures_util::future::BoxFuture;
use model::{ChapterId, LineState, ReferralState, Timestamp};
use storage::{ReadTx, ReferralFilter};

use super::{Call, LineView, PlaceView, Summary, attention, claims_of, names_of, of, place_views};
use crate::{Dispatch, Result};

/// So many running referrals are shown at most; a chapter with more has its list.
const MOST_RUNNING: i64 = 200;
/// So many of the newest are looked through for what was done lately.
const NEWEST: i64 = 40;
/// So many of those are shown.
const MOST_DONE: usize = 10;

/// A chapter at this moment.
#[derive(Debug, Clone)]
pub struct Now {
    /// When it was looked at.
    pub at: Timestamp,
    /// Calls for attention that nobody has answered.
    pub calls: Vec<Call>,
    /// Lines that carry nothing.
    pub failing: Vec<LineView>,
    /// Referrals that wait for a person, the oldest first.
    pub held: Vec<Summary>,
    /// Referrals past their promised time without a name, the oldest first.
    pub unfilled: Vec<Running>,
    /// Referrals that run by themselves, the soonest promise first.
    pub running: Vec<Running>,
    /// Names sent, closed or called off lately, the newest first.
    pub done: Vec<Summary>,
    /// Whether the chapter has a line at all.
    pub has_line: bool,
    /// Nothing has happened in the chapter, and nobody is on its roster.
    pub is_without_members: bool,
}

/// A referral that runs, with its places.
#[derive(Debug, Clone)]
pub struct Running {
    /// What a list shows.
    pub summary: Summary,
    /// The three places.
    pub places: Vec<PlaceView>,
}

impl Now {
    /// How many things need a person.
    #[must_use]
    pub fn attention(&self) -> usize {
        let called = |id| self.calls.iter().any(|call| call.referral == Some(id));
        self.calls.len()
            + self.failing.len()
            + self.held.iter().filter(|held| !called(held.id)).count()
            + self.unfilled.iter().filter(|late| !called(late.summary.id)).count()
    }
}

impl Dispatch {
    /// A chapter at this moment.
    ///
    /// # Errors
    /// Where the database failed, or the chapter is gone.
    pub fn now_in(&self, chapter: ChapterId) -> BoxFuture<'_, Result<Now>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| Box::pin(async move { dispatch.look_around(tx, chapter).await }))
                .await
        })
    }

    async fn look_around(&self, tx: &mut ReadTx, chapter: ChapterId) -> Result<Now> {
        let row = tx.chapter(chapter).await?.ok_or(crate::Error::Missing("chapter"))?;
        let now = self.now();
        let lines = attention::lines(tx, chapter).await?;
        let mut view = Now {
            at: now,
            calls: self.calls(tx, &row).await?,
            has_line: !lines.is_empty(),
            failing: lines.into_iter().filter(|line| line.state == LineState::Paused).collect(),
            held: Vec::new(),
            unfilled: Vec::new(),
            running: Vec::new(),
            done: Vec::new(),
            is_without_members: false,
        };
        let filter =
            ReferralFilter { running: true, limit: MOST_RUNNING, ..ReferralFilter::default() };
        let mut running = tx.referrals(chapter, &filter).await?;
        running.retain(|referral| referral.state != ReferralState::HandedOff);
        let all = claims_of(tx, &running).await?;
        let placed = all.values().flatten().filter(|claim| claim.kind.holds_place());
        let names = names_of(tx, placed.map(|claim| claim.member_id)).await?;
        for referral in running.into_iter().rev() {
            let claims = of(&all, referral.id);
            let firm = crate::places::firm(claims);
            let summary = self.summary(&row, &referral, firm);
            if referral.state == ReferralState::Held {
                view.held.push(summary);
                continue;
            }
            let running = Running { summary, places: place_views(claims, &names) };
            let called = view.calls.iter().any(|call| call.referral == Some(referral.id));
            let late = referral.promised_at.is_some_and(|by| by <= now);
            if (late || called) && firm == 0 && referral.state == ReferralState::Open {
                view.unfilled.push(running);
            } else {
                view.running.push(running);
            }
        }
        view.running.sort_by_key(|running| {
            (running.summary.promised_at.is_none(), running.summary.promised_at)
        });
        let filter = ReferralFilter { limit: NEWEST, ..ReferralFilter::default() };
        let mut done = tx.referrals(chapter, &filter).await?;
        done.retain(|one| one.state.is_over() || one.state == ReferralState::HandedOff);
        done.truncate(MOST_DONE);
        let claims = claims_of(tx, &done).await?;
        view.done.extend(done.iter().map(|referral| {
            self.summary(&row, referral, crate::places::firm(of(&claims, referral.id)))
        }));
        if view.running.is_empty() && view.done.is_empty() {
            view.is_without_members = tx.members_after(chapter, None, None, 1).await?.is_empty();
        }
        Ok(view)
    }
}
