//! Bodies of the form `application/x-www-form-urlencoded`, read without losing a byte.
//!
//! Signatures are made over the decoded bytes, so nothing is replaced, trimmed or dropped here:
//! empty values and repeated names stay, and what is no proper escape stands for itself.

use std::borrow::Cow;

/// The pairs of a form, in the order in which they came.
#[derive(Default)]
pub(crate) struct Form(Vec<(Vec<u8>, Vec<u8>)>);

impl Form {
    /// Reads a body, or the query of an address. Every sequence of bytes has a reading.
    pub(crate) fn read(body: &[u8]) -> Self {
        let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| match pair.iter().position(|byte| *byte == b'=') {
                    Some(at) => (decode(&pair[..at]), decode(&pair[at + 1..])),
                    None => (decode(pair), Vec::new()),
                })
                .collect(),
        )
    }

    /// The first value of a name; an odd encoding within it shows as replacement characters.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name.as_bytes())?;
        Some(String::from_utf8_lossy(value))
    }

    /// The first value of a name, where it has one that is not empty.
    pub(crate) fn filled(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Each pair once, by name and then by value.
    pub(crate) fn sorted_unique(&self) -> Vec<(&[u8], &[u8])> {
        let mut pairs: Vec<_> =
            self.0.iter().map(|(name, value)| (name.as_slice(), value.as_slice())).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// Undoes the form encoding: `+` is a space, `%41` a byte.
fn decode(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        decoded.push(match (first, tail) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            _ => *first,
        });
    }
    decoded
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Writes pairs as a form.
pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The query of an address, without its fragment; empty where there is none.
pub(crate) fn query(url: &str) -> Form {
    let url = url.split('#').next().unwrap_or_default();
    url.split_once('?').map_or_else(Form::default, |(_, query)| Form::read(query.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::{Form, encode, query};

    #[test]
    fn odd_forms_have_a_reading() {
        let form = Form::read(b"&&a&=b&c=&c=2&d=%zz%4&e=%E2%80%99+%2B&f=\xff%ff&g=1=2&%61=no");
        let read = |name| form.get(name).map(Cow::into_owned);
        assert_eq!(read("a").as_deref(), Some(""));
        assert_eq!(read("").as_deref(), Some("b"));
        assert_eq!(read("c").as_deref(), Some(""));
        assert_eq!(form.filled("c"), None);
        assert_eq!(read("d").as_deref(), Some("%zz%4"));
        assert_eq!(read("e").as_deref(), Some("’ +"));
        assert_eq!(read("f").as_deref(), Some("\u{FFFD}\u{FFFD}"));
        assert_eq!(read("g").as_deref(), Some("1=2"));
        assert_eq!(read("h"), None);
        assert!(form.sorted_unique().is_sorted());
    }

    #[test]
    fn a_query_ends_where_the_fragment_begins() {
        assert_eq!(query("https://a.example/b?m=1&n=%20#rc=3&m=2").get("n").as_deref(), Some(" "));
        assert!(query("https://a.example/b#?m=1").get("m").is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(pairs in prop::collection::vec((".{0,20}", any::<String>()), 0..12)) {
            let body = encode(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let form = Form::read(body.as_bytes());
            for (name, _) in &pairs {
                let first = pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
                let read = form.get(name);
                prop_assert_eq!(read.as_deref(), first);
            }
        }

        #[test]
        fn no_bytes_are_too_odd(body in prop::collection::vec(any::<u8>(), 0..300)) {
            let form = Form::read(&body);
            let decoded: usize = form.sorted_unique().iter().map(|(name, value)| name.len() + value.len()).sum();
            prop_assert!(decoded <= body.len());
        }
    }
}
