//! The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038).

/// The characters beyond printable ASCII that cost one septet.
const BASIC: &str = "\n\r¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ";

/// The characters that cost two.
const EXTENDED: &str = "\u{0C}[\\]^{|}~€";

/// Whether the alphabet or its extension has the character.
pub(super) fn holds(c: char) -> bool {
    match c {
        // The one printable ASCII character that it lacks altogether.
        '`' => false,
        ' '..='~' => true,
        _ => BASIC.contains(c) || EXTENDED.contains(c),
    }
}

/// Whether the character is in the extension table and so costs two septets.
pub(super) fn is_extended(c: char) -> bool {
    EXTENDED.contains(c)
}
