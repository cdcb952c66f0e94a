//! Sealing a notification for one browser: RFC 8291, in the form of RFC 8188.

use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    error::Unspecified,
    hmac,
    rand::SecureRandom,
};

use super::Subscription;

/// Everything stands in one record of at most so many bytes.
const RECORD: u32 = 4096;
/// Ends the last record.
const LAST: u8 = 2;

/// Seals `plain` for a browser with a fresh pair of keys from `random`. No two have the same salt.
///
/// # Errors
/// Where the subscription's keys are none, or too much is said for one record.
pub(super) fn seal(
    to: &Subscription,
    plain: &[u8],
    salt: [u8; 16],
    random: &dyn SecureRandom,
) -> Result<Vec<u8>, Unspecified> {
    let (theirs, auth) = to.keys().ok_or(Unspecified)?;
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, random)?;
    let public = ours.compute_public_key()?;
    let theirs_of = UnparsedPublicKey::new(&ECDH_P256, theirs);
    let shared = agree_ephemeral(ours, &theirs_of, |shared| {
        let info: [&[u8]; 3] = [b"WebPush: info\0", &theirs, public.as_ref()];
        derived::<32>(&auth, shared, &info)
    })?;
    let key = derived::<16>(&salt, &shared, &[b"Content-Encoding: aes128gcm\0"]);
    let nonce = derived::<12>(&salt, &shared, &[b"Content-Encoding: nonce\0"]);

    let mut sealed = [plain, &[LAST]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)?;
    if sealed.len() > RECORD as usize {
        return Err(Unspecified);
    }
    let length = u8::try_from(public.as_ref().len()).map_err(|_| Unspecified)?;
    Ok([&salt[..], &RECORD.to_be_bytes(), &[length], public.as_ref(), &sealed].concat())
}

/// HKDF with SHA-256 for what fits into one block.
fn derived<const LENGTH: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; LENGTH] {
    let extracted = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), secret);
    let key = hmac::Key::new(hmac::HMAC_SHA256, extracted.as_ref());
    let mut block = hmac::Context::with_key(&key);
    for part in info {
        block.update(part);
    }
    block.update(&[1]);
    let mut out = [0; LENGTH];
    out.copy_from_slice(&block.sign().as_ref()[..LENGTH]);
    out
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
    #[expect(deprecated, reason = "the one way to a key that is known beforehand")]
    use ring::test::rand::FixedSliceRandom;

    use super::{Subscription, seal};

    fn bytes(text: &str) -> Vec<u8> {
        BASE64URL.decode(text).expect("base64url")
    }

    fn subscription() -> Subscription {
        Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".to_owned(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        }
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn what_the_rfc_seals_is_sealed_as_it_seals_it() {
        let key = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        #[expect(deprecated, reason = "the one way to a key that is known beforehand")]
        let random = FixedSliceRandom { bytes: &key };
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("a salt");
        let plain = b"When I grow up, I want to be a watermelon";
        let sealed = seal(&subscription(), plain, salt, &random).expect("it is sealed");
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(BASE64URL.encode(sealed), expected);
    }

    #[test]
    fn what_is_no_key_and_what_is_too_long_is_not_sealed() {
        let random = ring::rand::SystemRandom::new();
        let sealed = |to: &Subscription, plain: &[u8]| seal(to, plain, [7; 16], &random);
        assert!(sealed(&subscription(), &[0; 3000]).is_ok());
        assert!(sealed(&subscription(), &[0; 4096]).is_err());
        let other = |p256dh: &str, auth: &str| Subscription {
            p256dh: p256dh.to_owned(),
            auth: auth.to_owned(),
            ..subscription()
        };
        let point = &BASE64URL.encode([[4].as_slice(), &[9; 64]].concat());
        for (p256dh, auth) in
            [("", ""), (point, "BTBZMqHH6r4Tts7J_aSIgg"), (&subscription().p256dh, "AAAA")]
        {
            assert!(sealed(&other(p256dh, auth), b"x").is_err(), "no point of the curve");
        }
        assert_eq!(format!("{:?}", subscription()), "Subscription(..)");
    }
}
