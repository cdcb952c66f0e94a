//! Who we are to a push service: RFC 8292.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use jiff::SignedDuration;
use model::Timestamp;
use ring::{
    error::Unspecified,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde::Serialize;

/// What we sign holds for so long; a day is the most that is allowed.
const HOLDS: SignedDuration = SignedDuration::from_hours(12);

/// The pair of keys by which push services and browsers know an installation.
pub struct PushKey {
    pair: EcdsaKeyPair,
    public: String,
}

impl fmt::Debug for PushKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushKey(..)")
    }
}

/// A key that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key for push services cannot be used")]
pub struct PushKeyError;

/// What is signed, its parts in the order of the RFC's example.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl PushKey {
    /// A new key, as it is kept (PKCS #8). Chance comes from the operating system: the library takes it
    /// from nowhere else.
    ///
    /// # Errors
    /// Where the operating system has none.
    pub fn generate() -> Result<Vec<u8>, PushKeyError> {
        let made =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Ok(made.map_err(|_| PushKeyError)?.as_ref().to_vec())
    }

    /// The key that was kept.
    ///
    /// # Errors
    /// [`PushKeyError`] where it is none.
    pub fn open(kept: &[u8]) -> Result<Self, PushKeyError> {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept, &random);
        let pair = pair.map_err(|_| PushKeyError)?;
        let public = BASE64URL.encode(pair.public_key());
        Ok(Self { pair, public })
    }

    /// The public half, as browsers take it.
    #[must_use]
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The value of the header that tells a push service who we are and whom to ask about us.
    pub(super) fn authorization(
        &self,
        service: &str,
        contact: &str,
        now: Timestamp,
    ) -> Result<String, Unspecified> {
        let said = unsigned(service, contact, now.after(HOLDS));
        let signature = self.pair.sign(&SystemRandom::new(), said.as_bytes())?;
        let signature = BASE64URL.encode(signature.as_ref());
        Ok(format!("vapid t={said}.{signature}, k={}", self.public))
    }
}

fn unsigned(service: &str, contact: &str, until: Timestamp) -> String {
    let claims = Claims { aud: service, exp: until.as_jiff().as_second(), sub: contact };
    let claims = serde_json::to_vec(&claims).unwrap_or_default();
    let head = BASE64URL.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
    format!("{head}.{}", BASE64URL.encode(claims))
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    /// RFC 8292, section 2.4.
    const SAID: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";
    const SIGNED: &str =
        "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
    const KEY: &str =
        "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    fn holds(key: &str, said: &str, signature: &str) -> bool {
        let bytes = |text: &str| BASE64URL.decode(text).expect("base64url");
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
        key.verify(said.as_bytes(), &bytes(signature)).is_ok()
    }

    #[test]
    fn what_the_rfc_signs_is_what_we_sign_and_its_signature_holds() {
        let until: Timestamp = "2016-01-23T04:36:08Z".parse().expect("an instant");
        assert_eq!(unsigned("https://push.example.net", "mailto:push@example.com", until), SAID);
        assert!(holds(KEY, SAID, SIGNED));
        assert!(!holds(KEY, &SAID.replace("eyJ0", "eyJ1"), SIGNED));
    }

    #[test]
    fn what_we_sign_holds_for_our_key_alone() {
        let made = || PushKey::open(&PushKey::generate().expect("a key")).expect("it opens");
        let (ours, other) = (made(), made());
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().expect("an instant");
        let said = ours.authorization("https://push.example.net", "https://refer.example.org", now);
        let said = said.expect("it is signed");
        let (token, key) = said
            .strip_prefix("vapid t=")
            .and_then(|said| said.split_once(", k="))
            .expect("its form");
        assert_eq!(key, ours.public());
        let (said, signature) = token.rsplit_once('.').expect("a signature");
        assert!(holds(ours.public(), said, signature) && !holds(other.public(), said, signature));
        assert!(PushKey::open(b"no key").is_err());
        assert_eq!(format!("{ours:?}"), "PushKey(..)");
    }
}
