use std::{fmt, str::FromStr};

const LETTERS: &[u8; 20] = b"ACDEFGHJKMNPQRTUVWXY";
const DIGITS: &[u8; 5] = b"34679";

/// Codes that read as a word once the digit is taken for the letter it looks like.
const SPELLED: [&str; 14] = [
    "F4G", "F4T", "G4Y", "K4K", "D3D", "H3X", "N4G", "H4G", "T4T", "R4T", "W3T", "F3D", "M4D",
    "C4D",
];

/// A referral's code, such as `K7Q`: a letter, a digit, a letter.
///
/// It is what a member texts to claim, and the reference by which a family on the phone and the
/// admin speak of the same thing. The letters and digits are those that nobody confuses when
/// spoken or handwritten, and no code spells anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 3]);

/// A text that is not a code: it must be letter, digit, letter from the chosen alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a referral code")]
pub struct CodeError;

impl Code {
    /// Every code there is, in alphabetical order.
    pub fn all() -> impl Iterator<Item = Self> {
        LETTERS
            .iter()
            .flat_map(|&a| {
                DIGITS.iter().flat_map(move |&b| LETTERS.iter().map(move |&c| [a, b, c]))
            })
            .map(Self)
            .filter(|code| !SPELLED.contains(&code.as_str()))
    }

    /// The code as it is printed: three capitals and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Reads a code in any case. Spaces and dots inside are the reader's business, not this type's.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let &[a, b, c] = text.as_bytes() else { return Err(CodeError) };
        let (a, c) = (a.to_ascii_uppercase(), c.to_ascii_uppercase());
        if LETTERS.contains(&a) && DIGITS.contains(&b) && LETTERS.contains(&c) {
            Ok(Self([a, b, c]))
        } else {
            Err(CodeError)
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]$",
        })
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_survives_printing_and_reading_in_any_case() {
        for code in Code::all() {
            assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
        }
    }

    #[test]
    fn letters_that_are_mistaken_for_others_are_refused() {
        for text in ["O7Q", "K0Q", "K1Q", "I7Q", "K7L", "K7B", "K5Q", "", "K7", "K7QQ", "éQ"] {
            assert!(text.parse::<Code>().is_err(), "{text}");
        }
    }

    #[test]
    fn there_are_enough_codes_and_none_spells() {
        let all = Code::all().collect::<Vec<_>>();
        assert_eq!(all.len(), 2000 - super::SPELLED.len());
        assert!(all.is_sorted());
        assert!(!all.iter().any(|code| code.as_str() == "F4T"));
    }
}
