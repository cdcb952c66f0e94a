//! Twilio's signature of a webhook.
//!
//! An HMAC over the address that Twilio was told to call, followed by every parameter of the form,
//! sorted, each name and value once. For a JSON body the address carries the body's SHA-256, and
//! both have to hold. There is no time in it, so a request can be replayed: only the message id,
//! stored once, stands against that.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::{Account, HookError, RawRequest, form, form::Form};

const HEADER: &str = "x-twilio-signature";

/// The secret that signs, and how it does.
#[derive(Clone, Copy)]
pub enum Signing<'a> {
    /// The account's auth token, with HMAC-SHA1.
    AuthToken(&'a str),
    /// A key of the webhooks API, with HMAC-SHA256.
    SharedKey(&'a str),
}

impl<'a> Signing<'a> {
    /// How Twilio signs for this account: a matter of the account, never of what a request says.
    #[must_use]
    pub fn of(account: &'a Account) -> Self {
        match &account.shared_key {
            Some(key) => Self::SharedKey(key),
            None => Self::AuthToken(&account.auth_token),
        }
    }

    /// The signature of a form sent to `url`, which is taken as it stands but for its fragment.
    #[must_use]
    pub fn sign(self, url: &str, body: &[u8]) -> String {
        self.over(url.split('#').next().unwrap_or_default(), &Form::read(body))
    }

    fn over(self, url: &str, form: &Form) -> String {
        match self {
            Self::AuthToken(key) => mac::<Hmac<Sha1>>(key, url, form),
            Self::SharedKey(key) => mac::<Hmac<Sha256>>(key, url, form),
        }
    }
}

fn mac<M: Mac + KeyInit>(key: &str, url: &str, form: &Form) -> String {
    let mut mac =
        <M as KeyInit>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in form.sorted_unique() {
        mac.update(name);
        mac.update(value);
    }
    BASE64.encode(mac.finalize().into_bytes())
}

/// Whether the request is signed for the account.
///
/// # Errors
/// [`HookError::Unsigned`] where it is not, or the account has no secret to compare with.
pub(super) fn verify(account: &Account, request: RawRequest<'_>) -> Result<(), HookError> {
    let signing = Signing::of(account);
    let (Signing::AuthToken(secret) | Signing::SharedKey(secret)) = signing;
    let given = (request.header)(HEADER).ok_or(HookError::Unsigned)?;
    // With an empty key anybody could sign.
    if secret.is_empty() || given.is_empty() {
        return Err(HookError::Unsigned);
    }
    let url = request.url.split('#').next().unwrap_or_default();
    let (form, body_holds) = match body_hash(request) {
        Some(expected) => {
            let actual = model::hex(&Sha256::digest(request.body));
            (Form::default(), actual.as_bytes().ct_eq(expected.as_bytes()))
        }
        None => (Form::read(request.body), Choice::from(1)),
    };
    // Twilio's back end is not of one mind whether the port belongs to the address: both count,
    // and both are tried whatever the first one gave.
    let mut holds = Choice::from(0);
    for url in [without_port(url), with_port(url)] {
        holds |= signing.over(&url, &form).as_bytes().ct_eq(given.as_bytes());
    }
    if bool::from(holds & body_holds) { Ok(()) } else { Err(HookError::Unsigned) }
}

/// The hash that a JSON request's address promises of its body. A form is signed itself.
fn body_hash(request: RawRequest<'_>) -> Option<String> {
    let form = (request.header)("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form"));
    if form { None } else { form::query(request.url).get("bodySHA256").map(Cow::into_owned) }
}

/// An address in three: up to the host and with it, the port with its colon, and the rest.
fn split(url: &str) -> (&str, &str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?']).map_or(url.len(), |at| host + at);
    let authority = &url[host..end];
    // A name and password may hold colons, and so may an address of IPv6 in its brackets.
    let start = authority.rfind(['@', ']']).map_or(0, |at| at + 1);
    let port = authority[start..].find(':').map_or(end, |at| host + start + at);
    (&url[..port], &url[port..end], &url[end..])
}

fn without_port(url: &str) -> String {
    let (before, _, after) = split(url);
    format!("{before}{after}")
}

fn with_port(url: &str) -> String {
    let (before, port, after) = split(url);
    let standard = if url.starts_with("https:") { ":443" } else { ":80" };
    format!("{before}{}{after}", if port.is_empty() { standard } else { port })
}

#[cfg(test)]
mod tests {
    use super::{with_port, without_port};

    #[test]
    fn a_port_is_found_where_it_is_one() {
        for (bare, ported) in [
            ("https://a.example/x?y=b:1", "https://a.example:443/x?y=b:1"),
            ("http://a.example", "http://a.example:80"),
            ("https://u:p@a.example?x", "https://u:p@a.example:443?x"),
            ("https://[::1]/x", "https://[::1]:443/x"),
        ] {
            assert_eq!(with_port(bare), ported);
            assert_eq!(without_port(ported), bare);
            assert_eq!(without_port(bare), bare);
            assert_eq!(with_port(ported), ported);
        }
        assert_eq!(with_port("https://a.example:8443/x"), "https://a.example:8443/x");
        assert_eq!(without_port("https://a.example:8443/x"), "https://a.example/x");
        for odd in ["", "://", "https://", "a:b", "https://[::", "no scheme"] {
            let _ = (with_port(odd), without_port(odd));
        }
    }
}
