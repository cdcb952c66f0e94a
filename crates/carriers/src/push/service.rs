//! Handing notifications over to push services (RFC 8030).

use std::sync::Arc;

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use model::{Chance, Clock, ErrorClass};
use reqwest::{Client, Response, StatusCode, header};
use ring::rand::SystemRandom;
use url::Url;

use super::{Push, PushKey, Pusher, Subscription, sealing};
use crate::{
    Refusal, Sent,
    twilio::{ClientError, HttpOptions, http_client},
};

/// The push services that are spoken to, by their hosts: a subscription's address comes from a phone,
/// and must not make us call anybody it likes.
#[derive(Debug, Clone)]
pub struct PushServices {
    hosts: Vec<String>,
    plain: bool,
}

impl PushServices {
    /// These hosts, over TLS; `*.` before one stands for any under it.
    #[must_use]
    pub fn at(hosts: Vec<String>) -> Self {
        Self { hosts, plain: false }
    }

    /// The same, and without TLS too: for a service on this machine, in a test.
    #[must_use]
    pub fn plain_at(hosts: Vec<String>) -> Self {
        Self { hosts, plain: true }
    }

    fn take(&self, address: &Url) -> bool {
        let safe = address.scheme() == "https" && address.port().is_none();
        let known = |host: &str| {
            self.hosts.iter().any(|known| match known.strip_prefix("*.") {
                Some(above) => host.strip_suffix(above).is_some_and(|part| part.ends_with('.')),
                None => host == known,
            })
        };
        (safe || self.plain)
            && address.username().is_empty()
            && address.host_str().is_some_and(known)
    }
}

/// Notifications by web push.
pub struct WebPush {
    http: Client,
    key: PushKey,
    services: PushServices,
    contact: String,
    clock: Arc<dyn Clock>,
    chance: Chance,
}

impl WebPush {
    /// Speaks to these services with this key; `contact` is the address by which they can find whoever
    /// runs this.
    ///
    /// # Errors
    /// [`ClientError`] where TLS cannot be set up.
    pub fn new(
        key: PushKey,
        services: PushServices,
        contact: &str,
        clock: Arc<dyn Clock>,
        chance: Chance,
    ) -> Result<Self, ClientError> {
        let http = http_client(&HttpOptions::default())?;
        Ok(Self { http, key, services, contact: contact.to_owned(), clock, chance })
    }

    async fn hand_over(&self, push: &Push) -> Sent {
        let Some(address) = push.to.address().filter(|address| self.services.take(address)) else {
            return refused("address", ErrorClass::BadNumber);
        };
        let service = address.origin().ascii_serialization();
        let (now, random) = (self.clock.now(), SystemRandom::new());
        let Ok(sealed) = sealing::seal(&push.to, &push.body, self.chance.bytes(), &random) else {
            return refused("keys", ErrorClass::BadNumber);
        };
        let Ok(authorization) = self.key.authorization(&service, &self.contact, now) else {
            return refused("signature", ErrorClass::RetryLater);
        };
        let request = self
            .http
            .post(address)
            .header(header::AUTHORIZATION, authorization)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", push.life.as_secs().clamp(0, 86_400).to_string())
            .header("urgency", "high")
            .header("topic", &push.topic)
            .body(sealed);
        match request.send().await {
            Ok(answer) => outcome(push, &answer),
            // One that came twice shows once.
            Err(_) => Sent::NotWritten,
        }
    }
}

impl Pusher for WebPush {
    fn send<'a>(&'a self, push: &'a Push) -> BoxFuture<'a, Sent> {
        Box::pin(self.hand_over(push))
    }

    fn public_key(&self) -> &str {
        self.key.public()
    }

    fn takes(&self, subscription: &Subscription) -> bool {
        subscription.is_whole()
            && subscription.address().is_some_and(|address| self.services.take(&address))
    }
}

fn outcome(push: &Push, answer: &Response) -> Sent {
    let status = answer.status();
    match status {
        _ if status.is_success() => {
            Sent::Accepted { carrier_message_id: push.id.to_string(), segments: None }
        }
        // Gone, or subscribed with another key than ours: it takes nothing of ours any more.
        StatusCode::NOT_FOUND
        | StatusCode::GONE
        | StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN => refused(status.as_str(), ErrorClass::BadNumber),
        StatusCode::TOO_MANY_REQUESTS => later(answer),
        _ if status.is_server_error() => later(answer),
        _ => refused(status.as_str(), ErrorClass::Content),
    }
}

fn later(answer: &Response) -> Sent {
    let wait = answer.headers().get(header::RETRY_AFTER);
    let wait = wait.and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
    Sent::Refused(Refusal {
        code: answer.status().as_str().to_owned(),
        class: ErrorClass::RetryLater,
        retry_after: wait.map(SignedDuration::from_secs),
    })
}

fn refused(code: &str, class: ErrorClass) -> Sent {
    Sent::Refused(Refusal { code: code.to_owned(), class, retry_after: None })
}

#[cfg(test)]
mod tests {
    use super::PushServices;

    #[test]
    fn no_phone_makes_us_call_whom_it_likes() {
        let known = ["fcm.googleapis.com", "*.push.apple.com"].map(str::to_owned).to_vec();
        let services = PushServices::at(known);
        let takes = |address: &str| services.take(&address.parse().expect("an address"));
        for address in ["https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com/x"] {
            assert!(takes(address), "{address}");
        }
        for address in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://user@fcm.googleapis.com/x",
            "https://evil.fcm.googleapis.com/x",
            "https://push.apple.com/x",
            "https://notpush.apple.com/x",
            "https://localhost/x",
            "https://169.254.169.254/latest",
        ] {
            assert!(!takes(address), "{address}");
        }
    }
}
