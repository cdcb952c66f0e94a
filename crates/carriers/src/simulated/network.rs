//! The phones, what stands on them, and what waits to be told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{Chance, Clock, MessageText, OutboxState, Phone, Timestamp};
use tokio::sync::{Notify, watch};

use super::{
    Faults,
    webhooks::{self, Webhook},
};
use crate::{Account, OutboundText};

/// How many texts are remembered. A demo never comes near; a try-out that runs for weeks does.
const MOST_TEXTS: usize = 20_000;

/// How many webhooks wait at most; the oldest give way, as they do at a real carrier.
const MOST_WEBHOOKS: usize = 20_000;

/// A text on the simulated network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneText {
    /// The carrier's id of it.
    pub id: String,
    /// The line's number.
    pub line: Phone,
    /// The phone's number.
    pub phone: Phone,
    /// Which way it goes.
    pub way: Way,
    /// The words.
    pub text: MessageText,
    /// When the carrier took it.
    pub at: Timestamp,
}

/// Which way a text goes on the simulated network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The phone's owner wrote it.
    FromPhone,
    /// The line sent it, and it has come so far.
    ToPhone(OutboxState),
}

/// A webhook that waits, and whether it is a repetition already.
struct Waiting {
    webhook: Webhook,
    repeated: bool,
}

struct State {
    faults: Faults,
    texts: VecDeque<PhoneText>,
    waiting: VecDeque<Waiting>,
}

pub(super) struct Network {
    clock: Arc<dyn Clock>,
    chance: Chance,
    state: Mutex<State>,
    changes: watch::Sender<u64>,
    /// Wakes whoever waits for webhooks.
    told: Notify,
}

impl Network {
    pub(super) fn new(clock: Arc<dyn Clock>, chance: Chance, faults: Faults) -> Self {
        let state = State { faults, texts: VecDeque::new(), waiting: VecDeque::new() };
        Self {
            clock,
            chance,
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
            told: Notify::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn faults(&self) -> Faults {
        self.state().faults.clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        self.state().faults = faults;
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub(super) fn texts(&self, wanted: impl Fn(&PhoneText) -> bool) -> Vec<PhoneText> {
        self.state().texts.iter().filter(|text| wanted(text)).cloned().collect()
    }

    /// Draws whether something of this chance happens.
    pub(super) fn happens(&self, chance: f64) -> bool {
        const FINE: u32 = 1_000_000;
        #[expect(clippy::cast_precision_loss, reason = "below a million every step is exact")]
        let drawn = self.chance.below(FINE.into()) as f64;
        drawn < chance * f64::from(FINE)
    }

    /// An id that the carrier gives.
    pub(super) fn id(&self, kind: &str) -> String {
        format!("{kind}{:032x}", u128::from_be_bytes(self.chance.bytes()))
    }

    /// Lets the latency pass, give or take half of it.
    pub(super) async fn pause(&self, latency: Duration) {
        if !latency.is_zero() {
            let share = 500 + u32::try_from(self.chance.below(1000)).unwrap_or(500);
            tokio::time::sleep(latency * share / 1000).await;
        }
    }

    /// Does `then` after the latency; at once where there is none.
    fn later(self: &Arc<Self>, then: impl FnOnce(&Arc<Self>) + Send + 'static) {
        let latency = self.faults().latency;
        if latency.is_zero() {
            return then(self);
        }
        let network = Arc::clone(self);
        tokio::spawn(async move {
            network.pause(latency).await;
            then(&network);
        });
    }

    fn remember(&self, text: PhoneText) {
        let mut state = self.state();
        if state.texts.len() >= MOST_TEXTS {
            state.texts.pop_front();
        }
        state.texts.push_back(text);
        drop(state);
        self.changed();
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Takes a text of ours, and has it arrive and be reported on.
    pub(super) fn accept(self: &Arc<Self>, account: &Account, text: &OutboundText) -> String {
        let id = self.id("SO");
        self.remember(PhoneText {
            id: id.clone(),
            line: account.number.clone(),
            phone: text.to.clone(),
            way: Way::ToPhone(OutboxState::Accepted),
            text: text.text.clone(),
            at: self.clock.now(),
        });
        let arrives = !self.happens(self.faults().loss);
        let reports = [
            OutboxState::Accepted,
            if arrives { OutboxState::Delivered } else { OutboxState::Failed },
        ]
        .map(|state| webhooks::report(account, text, &id, state));
        let arrived = id.clone();
        self.later(move |network| {
            let way = if arrives { OutboxState::Delivered } else { OutboxState::Failed };
            for text in network.state().texts.iter_mut().filter(|text| text.id == arrived) {
                text.way = Way::ToPhone(way);
            }
            network.changed();
            reports.into_iter().for_each(|report| network.tell(report));
        });
        id
    }

    /// Takes a text that a phone wrote.
    pub(super) fn text(
        self: &Arc<Self>,
        account: &Account,
        from: &Phone,
        words: MessageText,
    ) -> String {
        let id = self.id("SI");
        let webhook = webhooks::text(account, &id, from, &words);
        self.remember(PhoneText {
            id: id.clone(),
            line: account.number.clone(),
            phone: from.clone(),
            way: Way::FromPhone,
            text: words,
            at: self.clock.now(),
        });
        if !self.happens(self.faults().loss) {
            self.later(move |network| network.tell(webhook));
        }
        id
    }

    /// Puts a webhook among those that wait.
    pub(super) fn tell(&self, webhook: Webhook) {
        let mut state = self.state();
        if state.waiting.len() >= MOST_WEBHOOKS {
            state.waiting.pop_front();
        }
        state.waiting.push_back(Waiting { webhook, repeated: false });
        drop(state);
        self.told.notify_one();
    }

    /// Takes the next webhook: by chance a later one first, by chance leaving a repetition.
    pub(super) fn take(&self) -> Option<Webhook> {
        let faults = self.faults();
        let overtaken = self.happens(faults.reordering);
        let twice = self.happens(faults.duplicates);
        let mut state = self.state();
        let others = state.waiting.len().checked_sub(1)?;
        let at = match others {
            1.. if overtaken => 1 + usize::try_from(self.chance.below(others as u64)).unwrap_or(0),
            _ => 0,
        };
        let Waiting { webhook, repeated } = state.waiting.remove(at)?;
        if twice && !repeated {
            state.waiting.push_back(Waiting { webhook: webhook.clone(), repeated: true });
        }
        let more = !state.waiting.is_empty();
        drop(state);
        if more {
            self.told.notify_one();
        }
        Some(webhook)
    }

    pub(super) async fn next(&self) -> Webhook {
        loop {
            if let Some(webhook) = self.take() {
                return webhook;
            }
            self.told.notified().await;
        }
    }
}
