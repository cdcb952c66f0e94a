//! Notifications on phones that asked for them: web push (RFC 8030), sealed for the one browser that
//! reads them (RFC 8291) and signed so that its push service knows whose they are (RFC 8292).

mod sealing;
mod service;
mod signing;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use model::OutboxId;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::{
    service::{PushServices, WebPush},
    signing::{PushKey, PushKeyError},
};
use crate::Sent;

/// Where a browser wants its notifications, and how they are sealed for it.
///
/// Whoever knows the address can try to disturb its owner: it is kept like a number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The address at its push service.
    pub endpoint: String,
    /// The browser's public key, 65 bytes in base64url.
    pub p256dh: String,
    /// What it shares with us alone, 16 bytes in base64url.
    pub auth: String,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription(..)")
    }
}

impl Subscription {
    /// Whether it has the form of one: an address, and keys of their lengths.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.endpoint.len() <= 1000 && self.address().is_some() && self.keys().is_some()
    }

    fn address(&self) -> Option<Url> {
        Url::parse(&self.endpoint).ok()
    }

    /// The browser's public key, and what it shares with us.
    fn keys(&self) -> Option<([u8; 65], [u8; 16])> {
        let bytes = |text: &str| BASE64URL.decode(text.trim_end_matches('=')).ok();
        let key: [u8; 65] = bytes(&self.p256dh)?.try_into().ok()?;
        // A point of the curve that is written out in full begins with 4.
        (key[0] == 4).then_some((key, bytes(&self.auth)?.try_into().ok()?))
    }
}

/// A notification on its way out.
#[derive(Debug, Clone)]
pub struct Push {
    /// Our id of it.
    pub id: OutboxId,
    /// For which browser.
    pub to: Subscription,
    /// What its page of ours reads.
    pub body: Vec<u8>,
    /// Of no use after so long.
    pub life: SignedDuration,
    /// One that waits for the same browser under the same word is replaced by this one.
    pub topic: String,
}

/// Somebody who carries notifications.
///
/// Nothing here retries: the outbox decides. One that came twice shows once, under its topic; so one
/// that may or may not have gone is [`Sent::NotWritten`] and goes again.
pub trait Pusher: Send + Sync {
    /// Hands a notification over, once. A browser that is gone, or takes none of ours, is refused as a
    /// [bad number](model::ErrorClass::BadNumber).
    fn send<'a>(&'a self, push: &'a Push) -> BoxFuture<'a, Sent>;

    /// The public key that browsers subscribe with, in base64url.
    fn public_key(&self) -> &str;

    /// Whether a subscription is whole and at a push service that we speak to.
    fn takes(&self, subscription: &Subscription) -> bool;
}
