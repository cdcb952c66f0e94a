//! An authenticator for tests: makes passkeys and signs, rightly and wrongly, as a browser would send it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

/// Somebody's finger was there and was hers; a credential comes with it.
const THERE_AND_HERS: u8 = 0b101;
const WITH_CREDENTIAL: u8 = 0b100_0000;

/// One passkey on one device.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// Where the browser believes to be.
    pub(crate) origin: String,
    /// Of which host the passkey is.
    pub(crate) host: String,
    /// Whom the passkey says it is of.
    pub(crate) user: String,
    /// How often it has signed.
    pub(crate) counter: u32,
    /// Whether her finger is asked for.
    pub(crate) flags: u8,
}

impl Authenticator {
    pub(crate) fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("a key");
        Self {
            key: EcdsaKeyPair::from_pkcs8(kind, made.as_ref(), &random).expect("the key"),
            id: vec![id; 32],
            origin: "https://refer.example.org".to_owned(),
            host: "refer.example.org".to_owned(),
            user: String::new(),
            counter: 0,
            flags: THERE_AND_HERS,
        }
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        let told = json!({
            "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false,
        });
        told.to_string().into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Makes a passkey as it is asked to.
    pub(crate) fn makes(&mut self, options: &Value) -> Value {
        self.user = options["publicKey"]["user"]["id"].as_str().expect("a user").to_owned();
        let mut data = self.data(self.flags | WITH_CREDENTIAL);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(&self.id);
        // The key as COSE has it: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        let point = self.key.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("a short one"));
        object.extend(&data);
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "response": {
                "attestationObject": BASE64.encode(&object),
                "clientDataJSON": BASE64.encode(self.client("webauthn.create", options)),
            },
            "extensions": {},
        })
    }

    /// Signs as it is asked to; its counter goes on.
    pub(crate) fn signs(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let (client, data) = (self.client("webauthn.get", options), self.data(self.flags));
        let mut words = data.clone();
        words.extend(digest(&SHA256, &client).as_ref());
        let signature = self.key.sign(&SystemRandom::new(), &words).expect("a signature");
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "response": {
                "authenticatorData": BASE64.encode(&data),
                "clientDataJSON": BASE64.encode(&client),
                "signature": BASE64.encode(signature.as_ref()),
                "userHandle": self.user,
            },
            "extensions": {},
        })
    }
}
