//! Twilio: its webhooks, its REST API and its errors.

mod errors;
mod listing;
mod message;
mod pictures;
mod rest;
mod signature;
mod twiml;
mod webhooks;

use futures_util::future::BoxFuture;
use model::{CarrierKind, OutboxId, Phone, Timestamp};
pub(crate) use rest::http_client_with;
pub use rest::{ClientError, HttpOptions, http_client};
pub use signature::Signing;
use tracing::{Instrument as _, field::Empty, info_span};

use crate::{
    Account, AskError, Carrier, Event, Found, Hook, HookError, InboundText, Missing, OutboundText,
    Picture, RawRequest, Sent,
};

/// Twilio, for all lines: one client with its pool of connections, and no state besides.
///
/// Its API has no way to make a send idempotent, so a text is handed over once and never repeated
/// here; what was written and not answered comes back as [`Sent::Unknown`].
#[derive(Clone)]
pub struct Twilio {
    http: reqwest::Client,
}

impl Twilio {
    /// Makes the client that all lines share.
    ///
    /// # Errors
    /// [`ClientError`] where TLS cannot be set up.
    pub fn new(options: &HttpOptions) -> Result<Self, ClientError> {
        Ok(Self { http: http_client(options)? })
    }
}

impl Carrier for Twilio {
    fn kind(&self) -> CarrierKind {
        CarrierKind::Twilio
    }

    fn addressed_to(
        &self,
        hook: Hook,
        request: RawRequest<'_>,
    ) -> Result<Option<Phone>, HookError> {
        Ok(webhooks::addressed_to(hook, request))
    }

    fn about(&self, hook: Hook, request: RawRequest<'_>) -> Option<OutboxId> {
        webhooks::about(hook, request)
    }

    fn verify(&self, account: &Account, request: RawRequest<'_>) -> Result<(), HookError> {
        signature::verify(account, request)
    }

    fn parse(&self, hook: Hook, request: RawRequest<'_>) -> Result<Vec<Event>, HookError> {
        webhooks::parse(hook, request)
    }

    fn send<'a>(&'a self, account: &'a Account, text: &'a OutboundText) -> BoxFuture<'a, Sent> {
        let span = info_span!("carrier.twilio.send", outbox = %text.id.as_uuid(), outcome = Empty, code = Empty);
        let told = span.clone();
        let send = async move {
            let sent = rest::send(&self.http, account, text).await;
            told.record("outcome", sent.word());
            if let Sent::Refused(refusal) = &sent {
                told.record("code", refusal.code.as_str());
            }
            sent
        };
        Box::pin(send.instrument(span))
    }

    fn find<'a>(
        &'a self,
        account: &'a Account,
        missing: &'a Missing,
    ) -> BoxFuture<'a, Result<Found, AskError>> {
        let span = info_span!("carrier.twilio.find", outbox = %missing.id.as_uuid());
        Box::pin(listing::find(&self.http, account, missing).instrument(span))
    }

    fn inbound_since<'a>(
        &'a self,
        account: &'a Account,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<Vec<(Timestamp, InboundText)>, AskError>> {
        let span = info_span!("carrier.twilio.inbound_since", %since);
        Box::pin(listing::inbound_since(&self.http, account, since).instrument(span))
    }

    fn pictures<'a>(
        &'a self,
        account: &'a Account,
        carrier_message_id: &'a str,
    ) -> BoxFuture<'a, Result<Vec<Picture>, AskError>> {
        let span = info_span!("carrier.twilio.pictures");
        Box::pin(pictures::pictures(&self.http, account, carrier_message_id).instrument(span))
    }

    fn wrote_since<'a>(
        &'a self,
        account: &'a Account,
        to: &'a Phone,
        since: Timestamp,
    ) -> BoxFuture<'a, Result<bool, AskError>> {
        let span = info_span!("carrier.twilio.wrote_since", %since);
        Box::pin(listing::wrote_since(&self.http, account, to, since).instrument(span))
    }

    fn has_voice(&self, lang: &str) -> bool {
        twiml::voice(lang).is_some()
    }

    fn spoken(&self, words: &str, lang: &str) -> (&'static str, String) {
        (twiml::CONTENT_TYPE, twiml::say(words, lang))
    }

    fn receipt(&self) -> (&'static str, &'static str) {
        (twiml::CONTENT_TYPE, twiml::RECEIPT)
    }
}
