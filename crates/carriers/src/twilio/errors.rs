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

    /// Twilio's codes as they are grouped by what should come of them. Where ours differ
    /// (21408, 30025, 30026), `docs/DECISIONS.md` says why.
    #[test]
    fn every_known_code_means_what_it_should() {
        for (class, codes) in [
            (ErrorClass::OptedOut, "21610 63014 63033"),
            (ErrorClass::BadNumber, "21211 21612 21614 21635 30005 30006 63003 63024 21408"),
            (
                ErrorClass::Configuration,
                "20003 21606 21608 21609 21703 21704 21705 30002 30034 30035 30032 63007 63051",
            ),
            (
                ErrorClass::Content,
                "30007 30004 21602 21617 30019 63013 63005 63021 63027 63028 63041 21656",
            ),
            (
                ErrorClass::RetryLater,
                "20429 21611 30001 30003 30017 30022 30410 63010 63012 63017 63018",
            ),
            // Once more, and then failed.
            (ErrorClass::Unlisted, "30008 99999"),
            (ErrorClass::Tomorrow, "30023 30027 63038 30025 30026"),
            (ErrorClass::NeedsTemplate, "63016"),
        ] {
            for code in codes.split(' ') {
                assert_eq!(refusal(code).class, class, "{code}");
            }
        }
        assert_eq!(refusal("").class, ErrorClass::Unlisted);
        assert_eq!(listed("20500"), Some(Verdict::Doubt));
    }
}
