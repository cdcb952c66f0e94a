//! Where the next page of a list begins.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{ReferralId, Timestamp};
use uuid::Uuid;

use super::page::Listed;

/// The last row of a page as a caller gets it: opaque, and made of no secret.
pub(crate) fn encode(at: Timestamp, id: ReferralId) -> String {
    let mut bytes = at.as_micros().to_be_bytes().to_vec();
    bytes.extend_from_slice(id.as_uuid().as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What [`encode`] made; `None` for anything else.
pub(crate) fn decode(cursor: &str) -> Option<(Timestamp, ReferralId)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (at, id) = bytes.split_first_chunk::<8>()?;
    let at = Timestamp::from_micros(i64::from_be_bytes(*at))?;
    Some((at, ReferralId::from_uuid(Uuid::from_slice(id).ok()?)))
}

/// Where a page ends, as a caller gets it.
pub(crate) fn of_place(last: &impl Listed) -> String {
    URL_SAFE_NO_PAD.encode(last.place())
}

/// What [`of_place`] made of an id or a number; `None` for anything else.
pub(crate) fn place<P: std::str::FromStr>(cursor: &str) -> Option<P> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn a_cursor_comes_back_and_nothing_else_is_one() {
        let at = "2026-11-21T15:00:00.000001Z".parse().expect("an instant");
        let id = "0193a000-0000-7000-8000-000000000001".parse().expect("an id");
        let cursor = encode(at, id);
        assert_eq!(decode(&cursor), Some((at, id)));
        for other in ["", "K7Q", &cursor[1..], &format!("{cursor}AAAA"), "%%%"] {
            assert_eq!(decode(other), None, "{other}");
        }
    }
}
