//! Telling a chapter's own tools: one signed request each, in the form of Standard Webhooks. It follows
//! nowhere else, and reaches into no private network unless that was allowed.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use futures_util::future::BoxFuture;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
};
use sha2::Sha256;
use url::{Host, Url};

use crate::twilio::{ClientError, HttpOptions, http_client_with};

/// Where tools may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// Over plain http too.
    pub plain_http: bool,
    /// At addresses of this machine and of private networks too.
    pub private_addresses: bool,
}

/// Why an address cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// It is no address of the web.
    #[error("must be an https:// address")]
    Form,
    /// It holds a name and a password.
    #[error("must hold no name and no password")]
    Credentials,
    /// It is one of this machine or of a private network.
    #[error("must not be an address of a private network")]
    Private,
}

impl Reach {
    /// The address, if it may be told. Where it is a name, what the name stands for is looked at again with
    /// every request.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub fn check(self, address: &str) -> Result<Url, Unreachable> {
        let url = Url::parse(address).map_err(|_| Unreachable::Form)?;
        let scheme = url.scheme();
        if scheme != "https" && !(scheme == "http" && self.plain_http) {
            return Err(Unreachable::Form);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Unreachable::Credentials);
        }
        let address = match url.host() {
            None => return Err(Unreachable::Form),
            Some(Host::Domain(_)) => return Ok(url),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
        };
        if self.private_addresses || is_public(address) {
            Ok(url)
        } else {
            Err(Unreachable::Private)
        }
    }
}

/// Whether an address is one of the internet's at large.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = match (a, b, c) {
        // This network, shared by carriers, protocol assignments, benchmarks, what is not given out.
        (0 | 240..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18 | 19, _) => true,
        _ => false,
    };
    !(reserved
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast, without documentation and the tunnels of old.
    (0x2000..0x4000).contains(&first) && !(first == 0x2001 && (second < 0x200 || second == 0x0db8))
}

/// The older address that stands in a newer one.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, third, ..] = address.segments();
    let [.., a, b, c, d] = address.octets();
    let octets = address.octets();
    match (first, second) {
        (0x0064, 0xff9b) => Some(Ipv4Addr::new(a, b, c, d)),
        (0x2002, _) => Some(Ipv4Addr::from([octets[2], octets[3], octets[4], octets[5]])),
        (0, 0) if third == 0 => address.to_ipv4(),
        _ => None,
    }
}

/// What is to be told.
#[derive(Clone, Copy)]
pub struct Notice<'n> {
    /// Its id: the same whenever it is told.
    pub id: &'n str,
    /// Seconds since 1970.
    pub at: i64,
    /// The words, as JSON.
    pub body: &'n str,
    /// The secrets with which it is signed, in base64, the newest first.
    pub secrets: &'n [&'n str],
}

impl Notice<'_> {
    /// What stands in `webhook-signature`.
    #[must_use]
    pub fn signature(&self) -> String {
        let signed = self.secrets.iter().filter_map(|secret| {
            let key = BASE64.decode(secret).ok()?;
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
            mac.update(format!("{}.{}.{}", self.id, self.at, self.body).as_bytes());
            Some(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
        });
        signed.collect::<Vec<_>>().join(" ")
    }
}

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A status.
    Status(u16),
    /// The address may not be told.
    Refused(Unreachable),
    /// Nobody was reached, or nobody answered in time.
    Silence,
}

/// Who tells tools.
pub trait Post: Send + Sync {
    /// Tells one tool, once.
    fn post<'a>(&'a self, url: &'a str, notice: Notice<'a>) -> BoxFuture<'a, Answer>;
}

/// Tells tools over HTTP.
#[derive(Clone)]
pub struct Poster {
    http: Client,
    reach: Reach,
}

impl Poster {
    /// Makes ready to tell tools that are within reach.
    ///
    /// # Errors
    /// [`ClientError`] where TLS cannot be set up.
    pub fn new(reach: Reach) -> Result<Self, ClientError> {
        let options = HttpOptions { idle_connections: 4, ..HttpOptions::default() };
        let http =
            http_client_with(&options, |client| client.dns_resolver(Arc::new(Looked(reach))))?;
        Ok(Self { http, reach })
    }
}

impl Post for Poster {
    fn post<'a>(&'a self, url: &'a str, notice: Notice<'a>) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let url = match self.reach.check(url) {
                Ok(url) => url,
                Err(unreachable) => return Answer::Refused(unreachable),
            };
            let request = self
                .http
                .post(url)
                .header("content-type", "application/json")
                .header("webhook-id", notice.id)
                .header("webhook-timestamp", notice.at)
                .header("webhook-signature", notice.signature())
                .body(notice.body.to_owned());
            match request.send().await {
                Ok(response) => Answer::Status(response.status().as_u16()),
                Err(error) if is_private(&error) => Answer::Refused(Unreachable::Private),
                Err(_) => Answer::Silence,
            }
        })
    }
}

/// Names as the system knows them, without those that lead into a private network.
struct Looked(Reach);

impl Resolve for Looked {
    fn resolve(&self, name: Name) -> Resolving {
        let Self(reach) = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may = |address: &SocketAddr| reach.private_addresses || is_public(address.ip());
            let found: Vec<SocketAddr> = found.filter(may).collect();
            if found.is_empty() {
                return Err(Unreachable::Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn is_private(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.downcast_ref::<Unreachable>().is_some() {
            return true;
        }
        source = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Notice, Reach, Unreachable, is_public};

    #[test]
    fn addresses_that_may_not_be_told_are_refused() {
        let reach = Reach::default();
        for (address, why) in [
            ("http://example.org/x", Unreachable::Form),
            ("ftp://example.org/x", Unreachable::Form),
            ("nonsense", Unreachable::Form),
            ("https://me:secret@example.org/", Unreachable::Credentials),
            ("https://127.0.0.1/", Unreachable::Private),
            ("https://2130706433/", Unreachable::Private),
            ("https://0x7f.1/", Unreachable::Private),
            ("https://10.1.2.3/", Unreachable::Private),
            ("https://169.254.169.254/latest", Unreachable::Private),
            ("https://100.64.0.1/", Unreachable::Private),
            ("https://[::1]/", Unreachable::Private),
            ("https://[::ffff:10.0.0.1]/", Unreachable::Private),
            ("https://[64:ff9b::a00:1]/", Unreachable::Private),
            ("https://[fd00::1]/", Unreachable::Private),
        ] {
            assert_eq!(reach.check(address).map(|_| ()), Err(why), "{address}");
        }
        assert!(reach.check("https://example.org/x?y=1").is_ok());
        assert!(reach.check("https://93.184.215.14/").is_ok());
        let wide = Reach { plain_http: true, private_addresses: true };
        assert!(wide.check("http://127.0.0.1:9/").is_ok());
        assert!(is_public("2606:4700::1".parse().expect("an address")));
    }

    #[test]
    fn a_notice_is_signed_as_the_standard_s_example() {
        // The example of the Standard Webhooks specification's libraries.
        let notice = Notice {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: 1_614_265_330,
            body: r#"{"test": 2432232314}"#,
            secrets: &["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        };
        assert_eq!(notice.signature(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = Notice { secrets: &["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "AAAA"], ..notice };
        assert_eq!(both.signature().split(' ').count(), 2, "both secrets sign for a while");
    }
}
