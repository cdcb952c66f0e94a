//! A push service on this machine: it keeps what it was given, answers as it is told, and opens what was
//! sealed for the one browser it knows.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use carriers::push::{PushKey, PushServices, Subscription, WebPush};
use model::{Chance, Clock};
#[expect(deprecated, reason = "the one way to a key that is known beforehand")]
use ring::test::rand::FixedSliceRandom;
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf,
    signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey as SignedBy},
};
use tokio::net::TcpListener;

/// The browser's private key and what it shares with whoever pushes: those of RFC 8291's example.
const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const PUBLIC: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

/// A notification that was handed over.
#[derive(Debug, Clone)]
pub struct Pushed {
    /// The request's headers.
    pub headers: HeaderMap,
    /// Its body, as it was sealed.
    pub sealed: Vec<u8>,
}

#[derive(Default)]
struct Kept {
    pushed: Vec<Pushed>,
    answers: VecDeque<StatusCode>,
}

/// A push service, for as long as its test runs.
#[derive(Clone)]
pub struct PushService {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

impl PushService {
    /// Opens one.
    ///
    /// # Panics
    /// Where no port is free.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let kept = Arc::new(Mutex::new(Kept::default()));
        let router = Router::new().route("/push/{browser}", post(take)).with_state(kept.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, kept }
    }

    /// Somebody who pushes by it.
    ///
    /// # Panics
    /// Where there is no key.
    pub fn pusher(&self, clock: Arc<dyn Clock>) -> WebPush {
        let key = PushKey::open(&PushKey::generate().expect("a key")).expect("it opens");
        let services = PushServices::plain_at(vec![self.address.ip().to_string()]);
        let contact = "https://latchline.example";
        WebPush::new(key, services, contact, clock, Chance::seeded(3)).expect("a client")
    }

    /// Where a browser of this name wants its notifications.
    #[must_use]
    pub fn subscription(&self, browser: &str) -> Subscription {
        Subscription {
            endpoint: format!("http://{}/push/{browser}", self.address),
            p256dh: PUBLIC.to_owned(),
            auth: AUTH.to_owned(),
        }
    }

    /// Answers the next ones so, and those after them well.
    ///
    /// # Panics
    /// Where one is no status.
    pub fn answers(&self, next: &[u16]) {
        let next = next.iter().map(|&status| StatusCode::from_u16(status).expect("a status"));
        self.kept().answers.extend(next);
    }

    /// What was handed over so far.
    #[must_use]
    pub fn pushed(&self) -> Vec<Pushed> {
        self.kept().pushed.clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn take(
    State(kept): State<Arc<Mutex<Kept>>>,
    headers: HeaderMap,
    sealed: Bytes,
) -> StatusCode {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.pushed.push(Pushed { headers, sealed: sealed.to_vec() });
    kept.answers.pop_front().unwrap_or(StatusCode::CREATED)
}

impl Pushed {
    /// What it says, opened as the browser opens it (RFC 8188 and 8291).
    ///
    /// # Panics
    /// Where it was not sealed for this browser.
    #[must_use]
    pub fn opened(&self) -> String {
        let (salt, rest) = self.sealed.split_at(16);
        let (key, sealed) = rest[5..].split_at(usize::from(rest[4]));
        let private = bytes(PRIVATE);
        #[expect(deprecated, reason = "the one way to a key that is known beforehand")]
        let random = FixedSliceRandom { bytes: &private };
        let ours = EphemeralPrivateKey::generate(&ECDH_P256, &random).expect("the browser's key");
        let theirs = UnparsedPublicKey::new(&ECDH_P256, key);
        let shared = agree_ephemeral(ours, &theirs, |shared| {
            let info: [&[u8]; 3] = [b"WebPush: info\0", &bytes(PUBLIC), key];
            derived::<32>(&bytes(AUTH), shared, &info)
        });
        let shared = shared.expect("a shared secret");
        let content = derived::<16>(salt, &shared, &[b"Content-Encoding: aes128gcm\0"]);
        let nonce = derived::<12>(salt, &shared, &[b"Content-Encoding: nonce\0"]);
        let content = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content).expect("a key"));
        let (nonce, mut plain) = (Nonce::assume_unique_for_key(nonce), sealed.to_vec());
        let plain = content.open_in_place(nonce, Aad::empty(), &mut plain).expect("it opens");
        let (&end, plain) = plain.split_last().expect("its end");
        assert_eq!(end, 2, "the last record");
        String::from_utf8(plain.to_vec()).expect("text")
    }

    /// What its sender says of itself, once its signature has held (RFC 8292).
    ///
    /// # Panics
    /// Where it is not signed by the key it names.
    #[must_use]
    pub fn signed(&self) -> serde_json::Value {
        let header = self.headers["authorization"].to_str().expect("text");
        let (token, key) = header
            .strip_prefix("vapid t=")
            .and_then(|said| said.split_once(", k="))
            .expect("the form of RFC 8292");
        let (said, signature) = token.rsplit_once('.').expect("a signature");
        let key = SignedBy::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
        key.verify(said.as_bytes(), &bytes(signature)).expect("it holds");
        let (_, claims) = said.split_once('.').expect("what is claimed");
        serde_json::from_slice(&bytes(claims)).expect("claims")
    }
}

fn bytes(text: &str) -> Vec<u8> {
    BASE64URL.decode(text).expect("base64url")
}

/// So many bytes.
struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derived<const LENGTH: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; LENGTH] {
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
    let mut out = [0; LENGTH];
    let expanded = extracted.expand(info, Length(LENGTH)).expect("a short key");
    expanded.fill(&mut out).expect("a short key");
    out
}
