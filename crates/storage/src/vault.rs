//! Sealing what is private, and finding it again without opening it.

use std::{
    fmt,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use model::{Chance, ChapterId, EmailAddress, Phone, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// First byte of everything sealed: which form it has.
const FORM: u8 = 1;
const NONCE: usize = 24;

/// A key file that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a key file, or a damaged one.
    #[error(
        "the key file is damaged: each line is a number from 1 to 255, a space and 32 bytes in base64"
    )]
    Damaged,
    /// No key in it.
    #[error("the key file holds no key")]
    Empty,
}

/// The keys of an installation, oldest first.
///
/// The last one seals; all open, so that a rotation can re-seal row by row. Look-up hashes always
/// come from the first: a suppression must be found again long after the number itself is gone.
#[derive(Clone)]
pub struct Keyring(Vec<Key>);

/// A key and its number.
#[derive(Clone)]
struct Key {
    number: u8,
    key: Zeroizing<[u8; 32]>,
    /// It seals from this instant on; until then it only opens. `None` for at once.
    from: Option<Timestamp>,
}

impl Keyring {
    /// A ring with one fresh key.
    #[must_use]
    pub fn generate(chance: &Chance) -> Self {
        Self(vec![Key { number: 1, key: Zeroizing::new(chance.bytes()), from: None }])
    }

    /// The same ring with one more key, which seals from an instant on: until then every node comes to know
    /// it. `None` where there is no number left.
    #[must_use]
    pub fn grown(&self, chance: &Chance, from: Timestamp) -> Option<Self> {
        let newest = self.0.iter().map(|key| key.number).max()?;
        let key = Key {
            number: newest.checked_add(1)?,
            key: Zeroizing::new(chance.bytes()),
            from: Some(from),
        };
        Some(Self(self.0.iter().cloned().chain([key]).collect()))
    }

    /// From when on the newest key seals; `None` where it has for long.
    #[must_use]
    pub fn seals_from(&self) -> Option<Timestamp> {
        self.0.last()?.from
    }

    /// The same ring, with every key's time come.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self(self.0.iter().cloned().map(|key| Key { from: None, ..key }).collect())
    }

    /// Reads a key file: a line a key, `number base64`; `#` begins a remark.
    ///
    /// # Errors
    /// [`KeyError`] where there is no usable key. It never repeats the content.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for line in
            text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (number, rest) = line.split_once(' ').ok_or(KeyError::Damaged)?;
            let number: u8 = number.parse().map_err(|_| KeyError::Damaged)?;
            let mut rest = rest.split_whitespace();
            let key = rest.next().ok_or(KeyError::Damaged)?;
            let from = rest.next().map(str::parse).transpose().map_err(|_| KeyError::Damaged)?;
            let key = Zeroizing::new(BASE64.decode(key).map_err(|_| KeyError::Damaged)?);
            let key: [u8; 32] = key.as_slice().try_into().map_err(|_| KeyError::Damaged)?;
            if number == 0
                || rest.next().is_some()
                || keys.iter().any(|other: &Key| other.number == number)
            {
                return Err(KeyError::Damaged);
            }
            keys.push(Key { number, key: Zeroizing::new(key), from });
        }
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(Self(keys)) }
    }

    /// The key file's text.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = "# Latchline key file. Whoever has it and the database can read everything in it.\n\
                        # Keep a copy apart from the database's backups; without it they cannot be opened.\n"
            .to_owned();
        for Key { number, key, from } in &self.0 {
            let key = Zeroizing::new(BASE64.encode(key.as_slice()));
            let from = from.map(|from| format!(" {from}")).unwrap_or_default();
            text.push_str(&format!("{number} {}{from}\n", *key));
        }
        Zeroizing::new(text)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} keys)", self.0.len())
    }
}

/// Seals and opens what is private, and hashes what must be found.
pub struct Vault {
    ring: RwLock<Ring>,
    lookup: Zeroizing<[u8; 32]>,
    backup: Zeroizing<[u8; 32]>,
    chance: Chance,
}

/// The keys made ready.
struct Ring {
    seals: Vec<(u8, XChaCha20Poly1305)>,
    /// The place of the one that seals.
    present: usize,
    fingerprints: Vec<String>,
}

fn derive(key: &[u8; 32], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    // HKDF gives up to 8,160 bytes; 32 cannot fail.
    let _ = Hkdf::<Sha256>::new(None, key).expand(purpose, derived.as_mut_slice());
    derived
}

impl Ring {
    /// Makes a ring ready, as it is at an instant; without one, keys whose time is yet to come do not seal.
    fn new(ring: &Keyring, now: Option<Timestamp>) -> Self {
        let seal = |key: &Key| {
            let cipher = XChaCha20Poly1305::new(&(*derive(&key.key, b"latchline seal 1")).into());
            (key.number, cipher)
        };
        let fingerprint = |key: &Key| {
            let derived = derive(&key.key, b"latchline fingerprint 1");
            format!("{}:{}", key.number, model::hex(&derived[..8]))
        };
        let seals_now = |key: &Key| key.from.is_none_or(|from| now.is_some_and(|now| from <= now));
        Self {
            seals: ring.0.iter().map(seal).collect(),
            present: ring.0.iter().rposition(seals_now).unwrap_or(0),
            fingerprints: ring.0.iter().map(fingerprint).collect(),
        }
    }

    /// Where the key stands that something was sealed with, by its number.
    fn place_of(&self, sealed: &[u8]) -> Option<usize> {
        let &[FORM, number, ..] = sealed else { return None };
        self.seals.iter().position(|(have, _)| *have == number)
    }
}

impl Vault {
    /// Makes ready the keys of a ring; nonces are drawn from `chance`.
    #[must_use]
    pub fn new(ring: &Keyring, chance: Chance) -> Self {
        let of_first = |purpose: &[u8]| {
            ring.0.first().map_or_else(|| Zeroizing::new([0; 32]), |key| derive(&key.key, purpose))
        };
        let (lookup, backup) = (of_first(b"latchline lookup 1"), of_first(b"latchline backup 1"));
        Self { ring: RwLock::new(Ring::new(ring, None)), lookup, backup, chance }
    }

    fn ring(&self) -> RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes up a ring that has grown, as it is at an instant. `false`, and nothing changes, where a key that
    /// is known is not in it.
    pub(crate) fn renew(&self, keys: &Keyring, now: Timestamp) -> bool {
        let ring = Ring::new(keys, Some(now));
        let mut known = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        let grows = ring.fingerprints.starts_with(&known.fingerprints);
        if grows {
            *known = ring;
        }
        grows
    }

    /// The vault of another ring, with the same chance.
    pub(crate) fn with(&self, ring: &Keyring) -> Self {
        Self::new(ring, self.chance.clone())
    }

    /// Whether the ring has a key of the number that it was sealed with.
    pub(crate) fn knows(&self, sealed: &[u8]) -> bool {
        self.ring().place_of(sealed).is_some()
    }

    /// Whether a key of the ring sealed it that is older than the present one.
    pub(crate) fn is_older(&self, sealed: &[u8]) -> bool {
        let ring = self.ring();
        ring.place_of(sealed).is_some_and(|place| place < ring.present)
    }

    /// Whether the present key sealed it.
    pub(crate) fn is_present(&self, sealed: &[u8]) -> bool {
        let ring = self.ring();
        ring.place_of(sealed) == Some(ring.present)
    }

    /// What tells the keys of a ring from others without telling anything of them, oldest first.
    pub(crate) fn fingerprints(&self) -> Vec<String> {
        self.ring().fingerprints.clone()
    }

    /// What a backup is stamped with at its end: nobody without the oldest key can make or alter one.
    pub(crate) fn stamp(&self) -> Option<Hmac<Sha256>> {
        // A 32-byte key is always accepted.
        Hmac::new_from_slice(self.backup.as_slice()).ok()
    }

    /// Seals `plain` for one column of one row; it opens nowhere else.
    #[must_use]
    pub fn seal(&self, column: &'static str, id: Uuid, plain: &[u8]) -> Vec<u8> {
        let ring = self.ring();
        let Some((number, cipher)) = ring.seals.get(ring.present) else { return Vec::new() };
        let nonce: [u8; NONCE] = self.chance.bytes();
        let payload = Payload { msg: plain, aad: &place(column, id) };
        // XChaCha20-Poly1305 fails only beyond 256 GiB.
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        let mut out = Vec::with_capacity(2 + NONCE + sealed.len());
        out.extend_from_slice(&[FORM, *number]);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens what was sealed for this column of this row; `None` if it was not.
    #[must_use]
    pub fn open(&self, column: &'static str, id: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&[form, number], rest) = sealed.split_first_chunk::<2>()?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>()?;
        let ring = self.ring();
        let (_, cipher) = ring.seals.iter().find(|(have, _)| form == FORM && *have == number)?;
        cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &place(column, id) })
            .ok()
    }

    /// Seals a document for one column of one row.
    pub(crate) fn seal_document(
        &self,
        column: &'static str,
        id: Uuid,
        document: &impl serde::Serialize,
    ) -> Vec<u8> {
        self.seal(column, id, &serde_json::to_vec(document).unwrap_or_default())
    }

    /// Opens the document in one column, named `table.column`, of one row.
    pub(crate) fn open_document<T: serde::de::DeserializeOwned>(
        &self,
        column: &'static str,
        id: Uuid,
        sealed: &[u8],
    ) -> Result<T> {
        let (table, name) = column.split_once('.').unwrap_or((column, ""));
        let plain =
            self.open(column, id, sealed).ok_or_else(|| Error::unopened(table, name, id))?;
        // The parser's own words would repeat the content.
        serde_json::from_slice(&plain)
            .map_err(|_| Error::unreadable(table, name, id, "it is no such document"))
    }

    /// The keyed hash by which a number is found within a chapter.
    ///
    /// The chapter is part of it: the same person in two chapters cannot be seen to be the same.
    #[must_use]
    pub fn lookup(&self, chapter: ChapterId, phone: &Phone) -> Vec<u8> {
        self.hash(&[b"phone", chapter.as_uuid().as_bytes(), phone.e164().as_bytes()])
    }

    /// The keyed hash by which an e-mail address is found within a chapter, whatever its case.
    #[must_use]
    pub fn lookup_email(&self, chapter: ChapterId, address: &EmailAddress) -> Vec<u8> {
        self.hash(&[
            b"email",
            chapter.as_uuid().as_bytes(),
            address.reveal().trim().to_lowercase().as_bytes(),
        ])
    }

    /// The keyed hash by which a browser's address for notifications is found within a chapter.
    #[must_use]
    pub fn lookup_push(&self, chapter: ChapterId, endpoint: &str) -> Vec<u8> {
        self.hash(&[b"push", chapter.as_uuid().as_bytes(), endpoint.as_bytes()])
    }

    fn hash(&self, parts: &[&[u8]]) -> Vec<u8> {
        // A 32-byte key is always accepted.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.lookup.as_slice()) else {
            return Vec::new();
        };
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

fn place(column: &'static str, id: Uuid) -> Vec<u8> {
    [column.as_bytes(), b".", id.as_bytes()].concat()
}

/// The hash under which a random secret of ours (a link, a session, a token) is kept.
///
/// A plain hash is enough: the secrets are 256 drawn bits, which nobody guesses.
#[must_use]
pub fn hash_secret(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Vault {
        let chance = Chance::seeded(1);
        Vault::new(&Keyring::generate(&chance), chance)
    }

    #[test]
    fn what_is_sealed_opens_only_in_its_own_column_and_row() {
        let (vault, id) = (vault(), Uuid::from_u128(7));
        let sealed = vault.seal("phones.number", id, b"+17185550123");
        assert_eq!(
            vault.open("phones.number", id, &sealed).as_deref(),
            Some(b"+17185550123".as_slice())
        );
        assert_eq!(vault.open("phones.number", Uuid::from_u128(8), &sealed), None);
        assert_eq!(vault.open("members.name", id, &sealed), None);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(vault.open("phones.number", id, &damaged), None, "byte {at}");
        }
        assert_ne!(vault.seal("phones.number", id, b"+17185550123"), sealed);
    }

    #[test]
    fn an_older_key_still_opens_and_look_ups_stay() {
        let chance = Chance::seeded(2);
        let old = Keyring::generate(&chance);
        let rotated = Keyring::parse(&format!("{}2 {}\n", *old.to_text(), BASE64.encode([9; 32])))
            .expect("a ring");
        let (before, after) = (Vault::new(&old, chance.clone()), Vault::new(&rotated, chance));
        let id = Uuid::from_u128(7);
        let sealed = before.seal("phones.number", id, b"x");
        assert_eq!(after.open("phones.number", id, &sealed).as_deref(), Some(b"x".as_slice()));
        assert_eq!(before.open("phones.number", id, &after.seal("phones.number", id, b"x")), None);
        let phone = Phone::from_carrier("+17185550123").expect("a number");
        let chapter = ChapterId::from_uuid(Uuid::from_u128(1));
        assert_eq!(before.lookup(chapter, &phone), after.lookup(chapter, &phone));
        assert_ne!(
            before.lookup(ChapterId::from_uuid(Uuid::from_u128(2)), &phone),
            before.lookup(chapter, &phone)
        );
    }

    #[test]
    fn a_damaged_key_file_is_refused() {
        for text in [
            "",
            "# nothing\n",
            "1",
            "1 AAAA",
            "0 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "x y",
        ] {
            assert!(Keyring::parse(text).is_err(), "{text}");
        }
        let twice = "1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".repeat(2);
        assert_eq!(Keyring::parse(&twice).map(|_| ()), Err(KeyError::Damaged));
    }
}
