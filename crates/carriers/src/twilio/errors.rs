//! What Twilio's refusals mean for us. The table is `errors.csv`.

use std::{collections::HashMap, sync::LazyLock};

use model::{ErrorClass, Word as _};

use crate::Refusal;

/// What an error code tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The text was not taken, or will not arrive, for such a reason.
    Class(ErrorClass),
    /// It may have been taken all the same.
    Doubt,
}

static TABLE: LazyLock<HashMap<&str, Verdict>> = LazyLock::new(|| {
    rows(include_str!("errors.csv"))
        .filter_map(|(code, word, _)| Some((code, verdict(word)?)))
        .collect()
});

fn rows(table: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let (code, rest) = line.split_once(',')?;
        let (word, meaning) = rest.split_once(',')?;
        Some((code, word, meaning))
    })
}

fn verdict(word: &str) -> Option<Verdict> {
    if word == "doubt" {
        return Some(Verdict::Doubt);
    }
    ErrorClass::from_word(word).map(Verdict::Class)
}

/// What the table says of a code; `None` where it does not have it.
pub(super) fn listed(code: &str) -> Option<Verdict> {
    TABLE.get(code).copied()
}

/// The refusal that a code amounts to.
pub(super) fn refusal(code: &str) -> Refusal {
    let class = match listed(code) {
        Some(Verdict::Class(class)) => class,
        Some(Verdict::Doubt) | None => ErrorClass::Unlisted,
    };
    Refusal { code: code.to_owned(), class, retry_after: None }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::ErrorClass;

    use super::{Verdict, listed, refusal, rows, verdict};

    #[test]
    fn every_row_of_the_table_is_sound() {
        let table = include_str!("errors.csv");
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        let codes: Vec<_> = rows(table)
            .map(|(code, word, meaning)| {
                assert!(code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
                assert!(verdict(word).is_some(), "{code}: {word}");
                assert!(!meaning.is_empty(), "{code}");
                code
            })
            .collect();
        assert_eq!(codes.len(), lines, "a row is not of three columns");
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len(), "a code stands twice");
    }

    #[test]
    fn the_codes_that_matter_most_mean_what_they_should() {
        for (code, class) in [
            ("21610", ErrorClass::OptedOut),
            ("30005", ErrorClass::BadNumber),
            ("21408", ErrorClass::BadNumber),
            ("20003", ErrorClass::Configuration),
            ("30034", ErrorClass::Configuration),
            ("30007", ErrorClass::Content),
            ("20429", ErrorClass::RetryLater),
            ("30003", ErrorClass::RetryLater),
            ("30023", ErrorClass::Tomorrow),
            ("63016", ErrorClass::NeedsTemplate),
            ("30008", ErrorClass::Unlisted),
            ("99999", ErrorClass::Unlisted),
            ("", ErrorClass::Unlisted),
        ] {
            assert_eq!(refusal(code).class, class, "{code}");
        }
        assert_eq!(listed("20500"), Some(Verdict::Doubt));
    }
}
