//! One play: a database, a network of phones and a clock of its own, from the start to a restart.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{Router, http::HeaderValue};
use carriers::{
    email::{Kept, Mailer},
    simulated::{Faults, Simulated},
};
use dispatch::{Dispatch, Parts, Sending};
use jiff::{SignedDuration, ToSpan as _};
use model::{Chance, Clock as _, Phone, ReferralState, Timestamp, seconds, settings::Settings};
use storage::{Keyring, ReferralFilter, Room, Store};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{
    lists,
    sample::{self, Sample},
};
use crate::{clock::MovedClock, commands::begin, http, install};

/// How fast the simulated carrier is unless the visitor says otherwise.
const LATENCY: Duration = Duration::from_millis(250);

/// A jump waits no longer than this for texts that are on their way.
const LONGEST_WAIT: Duration = Duration::from_secs(4);

/// Where nothing moves for long, a jump goes on by steps of two to the power of this, in seconds.
const MOST_IDLE: u32 = 6;

pub(super) struct Play {
    pub(super) dispatch: Dispatch,
    pub(super) simulated: Simulated,
    pub(super) mails: Kept,
    pub(super) sample: Sample,
    pub(super) console: Router,
    /// Signs the visitor in as the chapter's owner.
    pub(super) cookie: HeaderValue,
    clock: Arc<MovedClock>,
    version: Arc<AtomicU64>,
    changed: watch::Sender<u64>,
    shutdown: CancellationToken,
    place: Place,
}

/// Where the rows of a play lie; they go with it.
enum Place {
    Folder(tempfile::TempDir),
    Room(Box<Room>),
}

impl Place {
    async fn make(database: Option<&str>, chance: &Chance) -> Result<Self> {
        Ok(match database {
            Some(url) => {
                let room = Room::make(url, chance).await;
                Self::Room(Box::new(room.context("no room in the database (--database)")?))
            }
            None => {
                Self::Folder(tempfile::tempdir().context("a throw-away folder cannot be made")?)
            }
        })
    }

    fn url(&self) -> String {
        match self {
            Self::Folder(folder) => format!("sqlite:{}", folder.path().join("demo.db").display()),
            Self::Room(room) => room.url().to_owned(),
        }
    }
}

impl Play {
    pub(super) async fn begin(public_url: String, database: Option<&str>) -> Result<Self> {
        let (clock, chance) = (Arc::new(MovedClock::default()), install::chance()?);
        start_by_day(&clock);
        let place = Place::make(database, &chance).await?;
        let store =
            Store::open(&place.url(), &Keyring::generate(&chance), chance.clone(), clock.now())
                .await?;
        let simulated = Simulated::new(
            clock.clone(),
            chance.clone(),
            Faults { latency: LATENCY, ..Faults::default() },
        );
        let mails = Kept::new(clock.clone());
        let mailer: Arc<dyn Mailer> = Arc::new(mails.clone());
        let dispatch = Dispatch::new(Parts {
            store: store.clone(),
            carriers: vec![Arc::new(simulated.clone())],
            mailer: Some(mailer),
            clock: clock.clone(),
            chance: chance.clone(),
            settings: Settings::default(),
            sending: Sending::default(),
            public_url,
            links: true,
        });
        let sample = sample::fill(&store, chance.clone(), clock.now()).await?;
        lists::fill(&store, sample.chapter, chance, clock.now()).await?;
        let shutdown = CancellationToken::new();
        let cookie =
            admin::begin_session(&dispatch, sample.admin, &http::console(&dispatch, &shutdown))
                .await?;
        begin(&dispatch, &simulated, &shutdown);
        let play = Self {
            console: http::app(&dispatch, http::console(&dispatch, &shutdown)),
            dispatch,
            simulated,
            mails,
            sample,
            cookie,
            clock,
            version: Arc::new(AtomicU64::new(1)),
            changed: watch::Sender::new(1),
            shutdown,
            place,
        };
        play.watch();
        Ok(play)
    }

    /// Counts every change that the page may show.
    fn watch(&self) {
        let mut wakes = self.dispatch.store().wakes();
        let (mut texts, mut mails) = (self.simulated.changes(), self.mails.changes());
        let (version, changed, shutdown) =
            (self.version.clone(), self.changed.clone(), self.shutdown.clone());
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    woken = wakes.recv() => if let Err(tokio::sync::broadcast::error::RecvError::Closed) = woken { return },
                    moved = texts.changed() => if moved.is_err() { return },
                    moved = mails.changed() => if moved.is_err() { return },
                }
                changed.send_replace(version.fetch_add(1, Ordering::Relaxed) + 1);
            }
        });
    }

    pub(super) fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(super) fn touch(&self) {
        self.changed.send_replace(self.version.fetch_add(1, Ordering::Relaxed) + 1);
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Has one of the phones text the line.
    pub(super) fn text(&self, from: &Phone, words: &str) {
        self.simulated.text(&self.sample.account, from, words);
    }

    /// Waits for texts that are on their way: what was written before the clock moves arrives before.
    pub(super) async fn let_texts_arrive(&self) {
        let latency = self.simulated.faults().latency;
        tokio::time::sleep(latency.mul_f32(1.6).min(LONGEST_WAIT)).await;
    }

    /// Moves the clock on to an instant, doing everything that is due on the way in its order. Texts
    /// that wait for their line's turn go by small steps: none is overtaken by the clock.
    pub(super) async fn jump_to(&self, target: Timestamp) -> Result<()> {
        let (mut before, mut idle) = (0, 0);
        loop {
            let ran = self.dispatch.run_due_tasks().await? + self.dispatch.send_due().await?;
            let now = self.now();
            if now >= target && ran == 0 {
                self.touch();
                return Ok(());
            }
            let (task, (texts, oldest)) = self
                .dispatch
                .store()
                .read::<_, storage::Error, _>(|tx| {
                    Box::pin(
                        async move { Ok((tx.next_task_at().await?, tx.outbox_depth().await?)) },
                    )
                })
                .await?;
            idle = if texts == before { idle + 1 } else { 0 };
            before = texts;
            let mut next = task.unwrap_or(target).min(target);
            if let Some(due) = oldest {
                let soon = now.after(seconds(1 << idle.min(MOST_IDLE)));
                next = next.min(if due > now { due } else { soon });
            }
            let step = next.since(now);
            if step > SignedDuration::ZERO {
                self.clock.advance(step);
            }
        }
    }

    /// The promised time that comes next.
    pub(super) async fn next_promise(&self) -> Result<Option<Timestamp>> {
        let filter = ReferralFilter { running: true, limit: 20, ..ReferralFilter::default() };
        let running = self.dispatch.referrals(self.sample.chapter, filter).await?;
        Ok(running
            .iter()
            .filter(|referral| {
                referral.state.is_asking()
                    || (referral.state == ReferralState::HandedOff && referral.firm < 3)
            })
            .filter_map(|referral| referral.promised_at)
            .filter(|&at| at > self.now())
            .min())
    }

    /// Eight in the morning, the next time it comes.
    pub(super) fn next_morning(&self) -> Timestamp {
        let local = self.now().in_zone(&zone());
        let day = if local.hour() < 8 {
            local.date()
        } else {
            local.date().tomorrow().unwrap_or(local.date())
        };
        zone().instant(day.at(8, 0, 0, 0)).unwrap_or(self.now())
    }

    /// Ends the play; its database goes with it.
    pub(super) async fn end(&self) {
        self.shutdown.cancel();
        self.dispatch.store().close().await;
        if let Place::Room(room) = &self.place
            && let Err(error) = room.leave().await
        {
            tracing::error!(error = &error as &dyn std::error::Error, "a play's rows are left");
        }
    }
}

pub(super) fn zone() -> model::TimeZone {
    "America/New_York".parse().unwrap_or_else(|_| unreachable!("the zone is built in"))
}

/// Members are asked by day: who opens the demo in the evening begins on the next morning.
fn start_by_day(clock: &MovedClock) {
    let local = clock.now().in_zone(&zone());
    if (8..17).contains(&local.hour()) {
        return;
    }
    let day = if local.hour() < 8 { Ok(local.clone()) } else { local.checked_add(1.day()) };
    let Ok(morning) =
        day.and_then(|day| day.with().hour(10).minute(4).second(0).subsec_nanosecond(0).build())
    else {
        return;
    };
    clock.advance(morning.timestamp().duration_since(local.timestamp()).max(seconds(0)));
}
