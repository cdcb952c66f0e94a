//! The simulated carrier: a network of phones inside this program.
//!
//! It stands behind the same [`Carrier`] as the real ones, so the demo and a try-out take every
//! path that real traffic takes: texts are handed over and reported on, phones text the line by
//! signed webhooks, and a bad day can be switched on. It tells the time by the clock it is given
//! and waits only for the latency it is set to.

mod faults;
mod network;
mod webhooks;

use std::sync::Arc;

pub use faults::Faults;
use futures_util::future::BoxFuture;
use model::{CarrierKind, Chance, Clock, MessageText, OutboxState, Phone, Timestamp};
use network::Network;
pub use network::{PhoneText, Way};
use tokio::sync::watch;
pub use webhooks::Webhook;

use crate::{
    Account, AskError, Carrier, Event, Found, Hook, HookError, InboundText, Missing, OutboundText,
    RawRequest, Refusal, Sent,
};

/// The simulated carrier. Clones are the same network.
///
/// What it has to tell (texts that phones wrote, reports) waits in it as [`Webhook`]s until
/// somebody takes them and puts them to the service, by HTTP or directly. All but reading needs a
/// Tokio runtime where the latency is not zero.
#[derive(Clone)]
pub struct Simulated {
    network: Arc<Network>,
}

impl Simulated {
    /// Starts a network without phones; a phone exists as soon as a text goes to it or comes from
    /// it.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, chance: Chance, faults: Faults) -> Self {
        Self { network: Arc::new(Network::new(clock, chance, faults)) }
    }

    /// What goes wrong at present.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.network.faults()
    }

    /// Sets what goes wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.network.set_faults(faults);
    }

    /// Every text that the network remembers, oldest first: the last 20,000.
    #[must_use]
    pub fn texts(&self) -> Vec<PhoneText> {
        self.network.texts(|_| true)
    }

    /// What stands on one phone, oldest first.
    #[must_use]
    pub fn thread(&self, phone: &Phone) -> Vec<PhoneText> {
        self.network.texts(|text| text.phone == *phone)
    }

    /// A counter that moves whenever a text appears or its state changes.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.network.changes()
    }

    /// Has a phone text the line of an account, and returns the carrier's id of the text. Its
    /// webhook waits to be taken, unless it is lost: then only asking shows the text.
    pub fn text(&self, account: &Account, from: &Phone, words: impl Into<String>) -> String {
        self.network.text(account, from, MessageText::new(words))
    }

    /// Has a phone call the line of an account, and returns the carrier's id of the call.
    pub fn call(&self, account: &Account, from: &Phone) -> String {
        let id = self.network.id("SC");
        let webhook = webhooks::call(account, &id, from);
        self.network.tell(webhook);
        id
    }

    /// Takes the next webhook if there is one.
    #[must_use]
    pub fn take_webhook(&self) -> Option<Webhook> {
        self.network.take()
    }

    /// Waits for the next webhook.
    pub async fn next_webhook(&self) -> Webhook {
        self.network.next().await
    }

    async fn hand_over(&self, account: &Account, text: &OutboundText) -> Sent {
        let faults = self.faults();
        self.network.pause(faults.latency).await;
        let refused = |code: &str| Sent::Refused(webhooks::refusal(code));
        if self.network.happens(faults.busy) {
            let retry_after = Some(jiff::SignedDuration::from_secs(1));
            return Sent::Refused(Refusal { retry_after, ..webhooks::refusal("busy") });
        }
        if self.network.happens(faults.timeout_before) {
            return Sent::Unknown;
        }
        if faults.opted_out.contains(&text.to) {
            return refused("opted-out");
        }
        if faults.bad_numbers.contains(&text.to) {
            return refused("bad-number");
        }
        let id = self.network.accept(account, text);
        if self.network.happens(faults.timeout_after) {
            return Sent::Unknown;
        }
        let segments = Some(crate::segments::count(text.text.reveal()).segments);
        Sent::Accepted { carrier_message_id: id, segments }
    }
}

impl Carrier for Simulated {
    fn kind(&self) -> CarrierKind {
        CarrierKind::Simulated
    }

    fn addressed_to(&self, _: Hook, request: RawRequest<'_>) -> Result<Option<Phone>, HookError> {
        Ok(webhooks::line(request))
    }

    fn verify(&self, account: &Account, request: RawRequest<'_>) -> Result<(), HookError> {
        webhooks::verify(account, request)
    }

    fn parse(&self, hook: Hook, request: RawRequest<'_>) -> Result<Vec<Event>, HookError> {
        webhooks::parse(hook, request).map(|event| vec![event])
    }

    fn send<'a>(&'a self, account: &'a Account, text: &'a OutboundText) -> BoxFuture<'a, Sent> {
        Box::pin(self.hand_over(account, text))
    }

    fn find<'a>(
        &'a self,
        account: &'a Account,
        missing: &'a Missing,
    ) -> BoxFuture<'a, Result<Found, AskError>> {
        let found = self.network.texts(|text| {
            text.line == account.number
                && text.phone == missing.to
                && text.text == missing.text
                && text.at >= missing.written_after
                && !missing.accounted_for.contains(&text.id)
        });
        let found = found.into_iter().find_map(|text| match text.way {
            Way::ToPhone(state) => Some(Found::Message {
                carrier_message_id: text.id,
                state,
                error: (state == OutboxState::Failed).then(|| webhooks::refusal("lost")),
            }),
            Way::FromPhone => None,
        });
        Box::pin(std::future::ready(Ok(found.unwrap_or(Found::Nothing))))
    }

    fn inbound_since<'a>(
        &'a self,
        account: &'a Account,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<Vec<(Timestamp, InboundText)>, AskError>> {
        let texts = self.network.texts(|text| {
            text.line == account.number && text.way == Way::FromPhone && text.at >= since
        });
        let texts = texts.into_iter().map(|text| {
            let inbound = InboundText {
                carrier_message_id: text.id,
                from: text.phone,
                text: text.text,
                media: 0,
                carrier_answered: None,
            };
            (text.at, inbound)
        });
        Box::pin(std::future::ready(Ok(texts.collect())))
    }

    fn wrote_since<'a>(
        &'a self,
        account: &'a Account,
        to: &'a Phone,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<bool, AskError>> {
        let texts = self.network.texts(|text| {
            text.line == account.number
                && text.phone == *to
                && text.at >= since
                && text.way != Way::FromPhone
        });
        Box::pin(std::future::ready(Ok(!texts.is_empty())))
    }

    fn has_voice(&self, lang: &str) -> bool {
        matches!(lang, "en" | "es")
    }

    fn spoken(&self, words: &str, _: &str) -> (&'static str, String) {
        ("text/plain; charset=utf-8", words.to_owned())
    }

    fn receipt(&self) -> (&'static str, &'static str) {
        ("text/plain; charset=utf-8", "")
    }
}
