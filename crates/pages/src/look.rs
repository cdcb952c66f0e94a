//! The sheet of the pages, which each carries within itself: what a phone far from its mast draws waits
//! for no second request.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// The house's sheet, and what lays out these pages.
const HOUSE: &str = include_str!("../../admin/assets/latchline.css");
const OWN: &str = include_str!("../assets/pages.css");

/// What begins a room of the house's sheet.
const ROOM: &str = "/* ---- ";
/// Rooms of which no page here has a piece.
const CONSOLE_ALONE: [&str; 4] = ["The three places", "The day", "Trace", "Threads"];

/// The sheet as a page holds it.
static SHEET: LazyLock<String> = LazyLock::new(|| {
    let rooms = HOUSE.split(ROOM).skip(1);
    let rooms = rooms.filter(|room| !CONSOLE_ALONE.iter().any(|alone| room.starts_with(alone)));
    rooms.map(|room| packed(&format!("{ROOM}{room}"))).chain([packed(OWN)]).collect()
});

/// What a page may load and do: its own sheet, known by its fingerprint, and what this house serves.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let print = STANDARD.encode(Sha256::digest(SHEET.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{print}'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// The sheet as a page holds it.
pub(crate) fn sheet() -> &'static str {
    &SHEET
}

/// The policy of every answer.
pub(crate) fn policy() -> HeaderValue {
    POLICY.clone()
}

/// A sheet without its comments and the space that only people need.
fn packed(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    bare.extend(parts.filter_map(|part| Some(part.split_once("*/")?.1)));
    let mut packed = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in ['{', '}', ';', ','] {
        packed = packed.replace(&format!(" {sign}"), &sign.to_string());
        packed = packed.replace(&format!("{sign} "), &sign.to_string());
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::{CONSOLE_ALONE, HOUSE, ROOM, packed, sheet};

    #[test]
    fn the_sheet_is_whole_and_small() {
        for room in CONSOLE_ALONE {
            assert!(HOUSE.contains(&format!("{ROOM}{room}")), "the sheet has no room {room}");
        }
        assert_eq!(sheet().matches('{').count(), sheet().matches('}').count());
        for piece in [":root{color-scheme:light dark", ".button.primary{", ".map .here{", ".reach{"]
        {
            let piece = piece.replace("color-scheme:", "color-scheme: ");
            assert!(sheet().contains(&piece), "{piece} is not in {}", sheet());
        }
        assert!(!sheet().contains("/*") && !sheet().contains('<') && !sheet().contains(".bubble{"));
        assert!(sheet().len() < 25_000, "{} bytes", sheet().len());
    }

    #[test]
    fn what_people_need_goes_and_what_browsers_need_stays() {
        let sheet =
            "/* A. */\n.a > .b,\n.c :hover { margin: 0 1px; content: \"\\2713\" / \"\"; }\n";
        assert_eq!(packed(sheet), ".a > .b,.c :hover{margin: 0 1px;content: \"\\2713\" / \"\";}");
    }
}
