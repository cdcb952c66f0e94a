//! A carrier that speaks Twilio's API and misbehaves as the real one does on a bad day.
//!
//! It is a local HTTP server of its own, so that our real client, signatures and webhooks are
//! tested through real connections. What it does wrong is set by number, by script or by chance;
//! what it took it keeps in a log for an accountant to read. It sends its webhooks signed, repeats
//! them as the fragment of their address asks (`#rc=5&rp=all`), and lists what it has.

mod api;
mod calls;
mod control;
mod faults;
mod log;
mod server;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub use calls::Delivery;
use carriers::twilio::{HttpOptions, http_client};
pub use faults::{Chances, Fault};
use jiff::SignedDuration;
use log::Log;
pub use log::{Accepted, Received};
use model::{Chance, Clock};
use tokio::{net::TcpListener, task::JoinHandle};

/// How the carrier is set up.
#[derive(Clone)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The one account it knows.
    pub account_sid: String,
    /// The account's token: it opens the API and signs the webhooks.
    pub auth_token: String,
    /// The messaging service it knows, and the number that sends for it.
    pub service: Option<(String, String)>,
    /// Whether it answers STOP and START itself, and refuses texts to who said STOP.
    pub answers_stop: bool,
    /// How long every answer takes.
    pub latency: Duration,
    /// How long it is silent before it hangs up, where it gives no answer.
    pub silence: Duration,
    /// How long each step of a text takes on its way to the phone.
    pub step: Duration,
    /// How late its list shows a text.
    pub listing_lag: SignedDuration,
    /// How many messages a page of its list holds at most.
    pub page_size: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            account_sid: "AC00000000000000000000000000000001".into(),
            auth_token: "a token for tests".into(),
            service: None,
            answers_stop: false,
            latency: Duration::ZERO,
            silence: Duration::from_secs(30),
            step: Duration::ZERO,
            listing_lag: SignedDuration::ZERO,
            page_size: 1000,
        }
    }
}

/// The carrier while it runs. It stops when this is dropped.
pub struct Misbehaving {
    carrier: Arc<Carrier>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

/// What its parts share.
struct Carrier {
    options: Options,
    clock: Arc<dyn Clock>,
    chance: Chance,
    http: reqwest::Client,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    chances: Chances,
    sends: VecDeque<Fault>,
    lists: VecDeque<Fault>,
    numbers: BTreeMap<String, Fault>,
    stopped: BTreeSet<(String, String)>,
    log: Log,
}

impl Misbehaving {
    /// Starts the carrier.
    ///
    /// # Errors
    /// Where its address cannot be listened on.
    pub async fn start(
        options: Options,
        clock: Arc<dyn Clock>,
        chance: Chance,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let http = http_client(&HttpOptions::default()).map_err(std::io::Error::other)?;
        let state = Mutex::new(State::default());
        let carrier = Arc::new(Carrier { options, clock, chance, http, state });
        let server = tokio::spawn(server::serve(listener, api::router(Arc::clone(&carrier))));
        Ok(Self { carrier, address, server })
    }

    /// Where its API is: an account's `api_base`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Has the next texts handed over go so, one each; after them it is chance's turn again.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.carrier.state().sends.extend(faults);
    }

    /// Has the next questions for the list go so.
    pub fn script_lists(&self, faults: impl IntoIterator<Item = Fault>) {
        self.carrier.state().lists.extend(faults);
    }

    /// Has every text to a number go so, from now on.
    pub fn number(&self, number: &str, fault: Fault) {
        self.carrier.state().numbers.insert(number.to_owned(), fault);
    }

    /// Sets what goes wrong by chance from now on.
    pub fn set_chances(&self, chances: Chances) {
        self.carrier.state().chances = chances;
    }

    /// Every text it took, oldest first.
    #[must_use]
    pub fn accepted(&self) -> Vec<Accepted> {
        self.carrier.state().log.accepted()
    }

    /// Every text that came in to it, oldest first.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.carrier.state().log.received()
    }

    /// How often it was asked to take a text, whatever came of it.
    #[must_use]
    pub fn attempts(&self) -> u64 {
        self.carrier.state().log.attempts
    }

    /// Has somebody text a line: the text is taken, and the webhook at `url` is called, signed.
    /// Chance may lose or double the call; the list has the text in any case.
    pub async fn text(&self, url: &str, from: &str, to: &str, body: &str) -> Delivery {
        calls::text(&self.carrier, url, from, to, body).await
    }

    /// Calls the webhook at `url` once more for a text that came in.
    pub async fn redeliver(&self, url: &str, sid: &str) -> Delivery {
        calls::redeliver(&self.carrier, url, sid).await
    }

    /// Has somebody call a line: the webhook at `url` is called, signed.
    pub async fn call(&self, url: &str, from: &str, to: &str) -> Delivery {
        calls::call(&self.carrier, url, from, to).await
    }

    /// Waits until the carrier is stopped from outside: for a program that is nothing else.
    pub async fn run(mut self) {
        // An error would be the server's panic, which has been printed.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Misbehaving {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Carrier {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws whether something of this chance happens.
    fn happens(&self, chance: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "below a million every step is exact")]
        let drawn = self.chance.below(1_000_000) as f64;
        drawn < chance * 1_000_000.0
    }

    /// An id as Twilio makes them.
    fn sid(&self, kind: &str) -> String {
        format!("{kind}{:032x}", u128::from_be_bytes(self.chance.bytes()))
    }

    /// How a text to `to` goes.
    fn fault_of(&self, to: &str) -> Fault {
        let mut state = self.state();
        if let Some(fault) = state.numbers.get(to) {
            return *fault;
        }
        if let Some(fault) = state.sends.pop_front() {
            return fault;
        }
        let chances = state.chances;
        drop(state);
        chances.draw(|chance| self.happens(chance))
    }
}
