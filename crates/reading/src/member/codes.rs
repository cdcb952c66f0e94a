//! Referral codes in whatever dress they come: `k7q`, `K 7 Q`, `#k7q!!`, `K-7-Q`, `k7qm3t`, and the
//! one that is a slip away from one that is open.

use model::Code;
use strsim::osa_distance;

use crate::normalise::{Normalised, WordKind};

/// The codes a member can mean: open offers, her place, her last referral, our question to her.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Open offers, in the order in which she was asked.
    pub(crate) open: Vec<Code>,
    /// Others that she has or had.
    pub(crate) others: Vec<Code>,
}

impl Known {
    pub(crate) fn holds(&self, code: Code) -> bool {
        self.open.contains(&code) || self.others.contains(&code)
    }

    fn all(&self) -> impl Iterator<Item = Code> {
        self.open.iter().chain(&self.others).copied()
    }

    /// The code that begins at word `at`, and how many words it takes.
    pub(crate) fn at(&self, text: &Normalised<'_>, at: usize) -> Option<(Code, usize)> {
        let word = text.word(at);
        match text.words().get(at)?.kind {
            WordKind::Mixed => {
                if let Some(code) = parse(word) {
                    return Some((code, 1));
                }
                // "k7q me" typed without its space: only a code that she can mean is cut off.
                self.all()
                    .find(|code| glued(word, *code))
                    .map(|code| (code, 1))
                    .or_else(|| (word.chars().count() < 3).then(|| self.apart(text, at)).flatten())
            }
            WordKind::Letters | WordKind::Digits if word.chars().count() == 1 => {
                self.apart(text, at)
            }
            _ => None,
        }
    }

    /// A code whose letters stand apart. "I have a 4 y old" is none: only one that she can mean
    /// counts, or one that is the whole message.
    fn apart(&self, text: &Normalised<'_>, at: usize) -> Option<(Code, usize)> {
        let mut letters = String::new();
        for (count, word) in text.words().iter().enumerate().skip(at).take(7) {
            match word.kind {
                WordKind::LineBreak | WordKind::Emoji => return None,
                WordKind::Mark => {
                    if !matches!(text.word(count), "." | "-" | "_" | "/") {
                        return None;
                    }
                }
                _ => letters.push_str(text.word(count)),
            }
            if letters.chars().count() >= 3 {
                let code = parse(&letters)?;
                let taken = count + 1 - at;
                let whole = at == 0
                    && text.words()[count + 1..].iter().all(|word| word.kind == WordKind::Mark);
                return (whole || self.holds(code)).then_some((code, taken));
            }
        }
        None
    }

    /// The open codes that a wrong one may have been meant for.
    ///
    /// A slip is one letter wrong, missing, doubled or swapped. `alone` says that the message is
    /// little more than this word; only then can a word without a digit, or of two characters
    /// (`2w` is an age), be a slip.
    pub(crate) fn near(&self, typed: &str, alone: bool) -> Vec<Code> {
        let typed = latin(typed).to_ascii_uppercase();
        let length = typed.chars().count();
        let digit = typed.chars().any(|c| c.is_ascii_digit());
        if !(2..=4).contains(&length) || (!alone && (length == 2 || !digit)) {
            return Vec::new();
        }
        // Letters alone are a slip only if they keep two of the code's three in their places.
        self.open
            .iter()
            .copied()
            .filter(|code| osa_distance(&typed, code.as_str()) == 1 && (digit || length == 3))
            .collect()
    }
}

/// Letters of other alphabets that look like those of a code, as a phone that was left in another
/// language types them.
fn latin(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'а' | 'α' => 'a',
            'с' => 'c',
            'е' | 'ε' => 'e',
            'н' => 'h',
            'к' | 'κ' => 'k',
            'м' | 'μ' => 'm',
            'р' | 'ρ' => 'p',
            'т' | 'τ' => 't',
            'у' | 'υ' => 'y',
            'х' | 'χ' => 'x',
            c => c,
        })
        .collect()
}

fn parse(word: &str) -> Option<Code> {
    latin(word).parse().ok()
}

/// Whether a word is a code with something stuck to it: `k7qyes`, `k7qm3t`, `k7qme`.
fn glued(word: &str, code: Code) -> bool {
    let word = latin(word);
    let Some(rest) = word.strip_prefix(&code.as_str().to_ascii_lowercase()) else { return false };
    ["me", "yes", "y", "please", "pls", "plz", "ok", "s"].contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::Known;
    use crate::normalise::Normalised;

    fn known() -> Known {
        let code = |text: &str| text.parse().expect("a code");
        Known { open: vec![code("K7Q"), code("M3T")], others: vec![code("A4Y")] }
    }

    fn read(text: &str) -> Option<(String, usize)> {
        known().at(&Normalised::plain(text), 0).map(|(code, count)| (code.to_string(), count))
    }

    #[test]
    fn a_code_is_known_in_any_dress() {
        for (text, count) in [
            ("k7q", 1),
            ("K 7 Q", 3),
            ("K7 Q", 2),
            ("k.7.q.", 5),
            ("K-7-Q", 5),
            ("К7Q", 1),
            ("k7qme", 1),
        ] {
            assert_eq!(read(text), Some(("K7Q".to_owned(), count)), "{text}");
        }
    }

    #[test]
    fn an_age_is_no_code() {
        assert_eq!(read("a 4 w old baby"), None);
        assert_eq!(read("10am"), None);
    }

    #[test]
    fn a_slip_is_near_exactly_one() {
        let known = known();
        for slip in ["k7o", "k7g", "k70", "x7q", "kq7", "k7", "k77q"] {
            assert_eq!(known.near(slip, true).len(), 1, "{slip}");
        }
        assert_eq!(known.near("2w", false), []);
        assert_eq!(known.near("m3", false), []);
        assert_eq!(known.near("9pm", true), []);
    }
}
