//! Twilio's REST API: handing a text over, and asking.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use model::{ErrorClass, OutboxId};
use reqwest::{Client, ClientBuilder, Response, StatusCode, header::RETRY_AFTER, redirect, retry};
use serde::Deserialize;
use serde_json::Value;

use super::{
    errors::{self, Verdict},
    message::{self, Message},
};
use crate::{Account, OutboundText, Refusal, Sent};

/// Where Twilio's API is, unless the account says otherwise.
const API: &str = "https://api.twilio.com";

/// More of an answer than this is not read.
const MOST_BYTES: usize = 8 << 20;

/// How the HTTP client behaves.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// How long reaching the carrier may take: names, connection and TLS together.
    pub connect_timeout: Duration,
    /// How long a request may take as a whole. It must be longer than `connect_timeout`:
    /// a text cut off while connecting would count as one that may have been written.
    pub request_timeout: Duration,
    /// How many idle connections are kept for each host.
    pub idle_connections: usize,
    /// How long an idle connection is kept.
    pub idle_timeout: Duration,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(4),
            request_timeout: Duration::from_secs(12),
            idle_connections: 64,
            idle_timeout: Duration::from_secs(50),
        }
    }
}

/// The HTTP client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("making the HTTP client for the carrier")]
pub struct ClientError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// Makes an HTTP client as every carrier here wants it. It follows no redirects and repeats nothing: a text handed over twice is two
/// texts, and the credentials are for one host. It trusts the bundled roots, so that it works the
/// same in an empty container, and it needs no provider of cryptography to be installed.
///
/// # Errors
/// [`ClientError`] where TLS cannot be set up.
pub fn http_client(options: &HttpOptions) -> Result<Client, ClientError> {
    http_client_with(options, |client| client)
}

/// The same, with something more to it.
pub(crate) fn http_client_with(
    options: &HttpOptions,
    more: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Client, ClientError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ClientError(error.into()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("latchline/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(options.connect_timeout)
        .timeout(options.request_timeout)
        .pool_max_idle_per_host(options.idle_connections)
        .pool_idle_timeout(options.idle_timeout)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy();
    more(client).build().map_err(|error| ClientError(error.without_url().into()))
}

/// The address of the account's messages; `None` where the account has no proper id.
pub(super) fn messages(account: &Account) -> Option<String> {
    let sid = &account.account_sid;
    let proper = !sid.is_empty() && sid.bytes().all(|b| b.is_ascii_alphanumeric());
    proper.then(|| format!("{}/2010-04-01/Accounts/{sid}/Messages.json", base(account)))
}

/// Where the account's API is, without a slash at its end.
pub(super) fn base(account: &Account) -> &str {
    account.api_base.as_deref().unwrap_or(API).trim_end_matches('/')
}

/// Hands a text over, once.
pub(super) async fn send(http: &Client, account: &Account, text: &OutboundText) -> Sent {
    let Some(address) = messages(account) else { return misconfigured("account-sid") };
    let callback = text.status_url.as_deref().map(|url| with_outbox_id(url, text.id));
    // Twilio takes one second to ten hours.
    let valid = text.valid_seconds.clamp(1, 36_000).to_string();
    let mut fields = vec![
        ("To", text.to.e164()),
        ("Body", text.text.reveal()),
        ("ValidityPeriod", valid.as_str()),
        // What we counted is what must be sent, and what we later look for.
        ("SmartEncoded", "false"),
    ];
    match &account.messaging_service {
        Some(service) => fields.push(("MessagingServiceSid", service)),
        None => fields.push(("From", account.number.e164())),
    }
    if let Some(callback) = &callback {
        fields.push(("StatusCallback", callback));
    }
    let request = http
        .post(address)
        .basic_auth(&account.account_sid, Some(&account.auth_token))
        .form(&fields)
        .build();
    let Ok(request) = request else { return misconfigured("api-base") };
    match http.execute(request).await {
        Ok(response) => outcome(Answer::read(response).await),
        Err(error) => {
            let written = !error.is_connect();
            tracing::debug!(error = &error.without_url() as &dyn std::error::Error, written);
            // Everything that fails up to the finished TLS handshake fails before the request is
            // written. After that nobody can tell.
            if written { Sent::Unknown } else { Sent::NotWritten }
        }
    }
}

fn misconfigured(what: &str) -> Sent {
    refused(what, ErrorClass::Configuration, None)
}

fn refused(code: &str, class: ErrorClass, retry_after: Option<SignedDuration>) -> Sent {
    Sent::Refused(Refusal { code: code.to_owned(), class, retry_after })
}

/// The callback's address with our id in it, before any fragment (Twilio reads its own settings
/// there).
fn with_outbox_id(url: &str, id: OutboxId) -> String {
    if crate::form::query(url).get("m").is_some() {
        return url.to_owned();
    }
    let (address, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let join = if address.contains('?') { '&' } else { '?' };
    format!("{address}{join}m={id}{fragment}")
}

/// What came back over HTTP.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) retry_after: Option<SignedDuration>,
    /// `None` where it broke off or is too long to be an answer of Twilio's.
    pub(super) body: Option<Vec<u8>>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Self {
        let status = response.status();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| {
            let seconds: u32 = value.to_str().ok()?.trim().parse().ok()?;
            Some(SignedDuration::from_secs(seconds.into()))
        });
        let mut body = Vec::new();
        let whole = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= MOST_BYTES => {
                    body.extend_from_slice(&chunk);
                }
                Ok(None) => break true,
                Ok(Some(_)) | Err(_) => break false,
            }
        };
        Self { status, retry_after, body: whole.then_some(body) }
    }

    /// The code of Twilio's own error, where that is what came.
    pub(super) fn error_code(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Error {
            code: Value,
        }
        let error: Error = serde_json::from_slice(self.body.as_ref()?).ok()?;
        Some(message::code(&error.code)).filter(|code| !code.is_empty())
    }
}

/// What an answer to a handed-over text means. Only what is certain is said: whatever may have
/// been taken is [`Sent::Unknown`], and the carrier is asked about it.
fn outcome(answer: Answer) -> Sent {
    let status = answer.status;
    if status.is_success() {
        let made = answer.body.and_then(|body| serde_json::from_slice::<Message>(&body).ok());
        return made.as_ref().map_or(Sent::Unknown, accepted);
    }
    let retry_after = answer.retry_after;
    if let Some(code) = answer.error_code() {
        return match errors::listed(&code) {
            Some(Verdict::Class(class)) => refused(&code, class, retry_after),
            Some(Verdict::Doubt) => Sent::Unknown,
            None if status == StatusCode::TOO_MANY_REQUESTS => {
                refused(&code, ErrorClass::RetryLater, retry_after)
            }
            None if status.is_server_error() => Sent::Unknown,
            None => refused(&code, ErrorClass::Unlisted, retry_after),
        };
    }
    // Not Twilio's own words: a proxy's, or a wrong address. Refusals of the request itself are
    // certain; the rest may stand for anything.
    let code = format!("http-{}", status.as_u16());
    match status.as_u16() {
        429 => refused(&code, ErrorClass::RetryLater, retry_after),
        301 | 302 | 307 | 308 | 401 | 403 | 404 | 405 | 407 => {
            refused(&code, ErrorClass::Configuration, None)
        }
        408 => Sent::Unknown,
        400..=499 => refused(&code, ErrorClass::Unlisted, None),
        _ => Sent::Unknown,
    }
}

fn accepted(made: &Message) -> Sent {
    let Some(sid) = made.id() else { return Sent::Unknown };
    if made.state() == Some(model::OutboxState::Failed) {
        return Sent::Refused(made.error());
    }
    let segments = made.num_segments.as_deref().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
    Sent::Accepted { carrier_message_id: sid.to_owned(), segments }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use model::{Chance, ErrorClass, OutboxId, Timestamp};
    use reqwest::StatusCode;

    use super::{Answer, outcome, with_outbox_id};
    use crate::{Refusal, Sent};

    fn answered(status: u16, body: &str) -> Sent {
        outcome(Answer {
            status: StatusCode::from_u16(status).expect("a status"),
            retry_after: Some(SignedDuration::from_secs(2)),
            body: Some(body.as_bytes().to_vec()),
        })
    }

    fn class(sent: &Sent) -> Option<ErrorClass> {
        if let Sent::Refused(Refusal { class, .. }) = sent { Some(*class) } else { None }
    }

    #[test]
    fn a_taken_text_has_its_id() {
        let taken = |body| answered(201, body);
        assert_eq!(
            taken(r#"{"sid":"SM1","status":"queued","num_segments":"2","error_code":null}"#),
            Sent::Accepted { carrier_message_id: "SM1".into(), segments: Some(2) }
        );
        // With a messaging service no sender is chosen yet, and so nothing is counted.
        assert_eq!(
            taken(r#"{"sid":"SM1","status":"accepted","num_segments":"0"}"#),
            Sent::Accepted { carrier_message_id: "SM1".into(), segments: None }
        );
        let failed = taken(r#"{"sid":"SM1","status":"failed","error_code":30005}"#);
        assert_eq!(class(&failed), Some(ErrorClass::BadNumber));
        for odd in ["", "{}", "<html>", r#"{"sid":""}"#, "[]"] {
            assert_eq!(taken(odd), Sent::Unknown, "{odd}");
        }
    }

    #[test]
    fn only_what_is_certain_counts_as_refused() {
        let json = |code: u32| format!(r#"{{"code":{code},"message":"...","status":400}}"#);
        for (status, body, expected) in [
            (400, json(21610), Some(ErrorClass::OptedOut)),
            (400, json(21211), Some(ErrorClass::BadNumber)),
            (401, json(20003), Some(ErrorClass::Configuration)),
            (429, json(20429), Some(ErrorClass::RetryLater)),
            (429, json(99999), Some(ErrorClass::RetryLater)),
            (429, "slow down".into(), Some(ErrorClass::RetryLater)),
            (400, json(99999), Some(ErrorClass::Unlisted)),
            (503, json(20503), Some(ErrorClass::RetryLater)),
            (500, json(20500), None),
            (500, json(99999), None),
            (500, "<html>oops</html>".into(), None),
            (502, String::new(), None),
            (503, String::new(), None),
            (408, String::new(), None),
            (303, String::new(), None),
            (301, String::new(), Some(ErrorClass::Configuration)),
            (404, "<html>".into(), Some(ErrorClass::Configuration)),
            (413, String::new(), Some(ErrorClass::Unlisted)),
        ] {
            let sent = answered(status, &body);
            assert_eq!(class(&sent), expected, "{status} {body}");
            assert!(expected.is_some() || sent == Sent::Unknown, "{status} {body}");
        }
        let Sent::Refused(refusal) = answered(429, &json(20429)) else { panic!("not refused") };
        assert_eq!(refusal.code, "20429");
        assert_eq!(refusal.retry_after, Some(SignedDuration::from_secs(2)));
    }

    #[test]
    fn our_id_travels_in_the_callbacks_address_once() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().expect("an instant");
        let id = OutboxId::generate(now, &Chance::seeded(1));
        for (url, expected) in [
            ("https://a.example/s", format!("https://a.example/s?m={id}")),
            ("https://a.example/s?x=1", format!("https://a.example/s?x=1&m={id}")),
            ("https://a.example/s#rc=5&rp=all", format!("https://a.example/s?m={id}#rc=5&rp=all")),
            ("https://a.example/s?m=7#rc=5", "https://a.example/s?m=7#rc=5".into()),
        ] {
            assert_eq!(with_outbox_id(url, id), expected);
        }
    }
}
