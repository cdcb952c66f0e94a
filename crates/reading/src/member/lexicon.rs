//! Phrases and what they mean, from text files that anyone can read and a chapter can extend.
//!
//! A file has sections, `[claim]`, and under each one phrase a line. In a phrase
//!
//! - a word stands for itself; apostrophes and accents do not count (`can't`, `cant`);
//! - `word*` is any word that begins so;
//! - `(a|b c)` is one of several, `[a|b]` one of them or nothing;
//! - `_` is any one word, `..` none to three words;
//! - `{code}` is a referral's code, `{n}` a word that begins with a figure (`9`, `6pm`); `@name` is a list defined by a line `@name = a|b c`;
//! - `^` in front: only where a clause begins; `$` at the end: only where it ends.
//!
//! Words stand in the order given, within one clause. `#` begins a comment.

use std::{collections::HashMap, fmt};

use super::tokens::{Tag, Token};

mod meaning;
mod phrases;

pub(crate) use meaning::Meaning;
pub(crate) use phrases::Phrases;

/// A phrase found in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The first token of it.
    pub(crate) from: usize,
    /// The token after its last.
    pub(crate) to: usize,
    /// What it means.
    pub(crate) meaning: Meaning,
}

/// Why a phrase file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// A section with a name that means nothing.
    #[error("line {line}: there is no section [{name}]")]
    Section {
        /// Counted from one.
        line: usize,
        /// The name found.
        name: String,
    },
    /// A phrase before the first section.
    #[error("line {0}: a phrase needs a section above it")]
    Homeless(usize),
    /// A bracket that does not close, an unknown list, or a phrase of nothing.
    #[error("line {0}: this phrase cannot be understood")]
    Phrase(usize),
}

/// Where a search through the phrases can stand, and where it can go.
#[derive(Debug)]
struct State {
    /// Which word leads where, in the order of the words' numbers.
    words: Box<[(u32, u32)]>,
    any: Box<[u32]>,
    gap: Box<[u32]>,
    code: Box<[u32]>,
    figure: Box<[u32]>,
    /// What is meant if a phrase ends here, and whether the clause must end too.
    ends: Box<[(Meaning, bool)]>,
}

/// Every phrase, ready to be found.
pub(crate) struct Lexicon {
    states: Vec<State>,
    words: HashMap<Box<str>, u32>,
    prefixes: Vec<(Box<str>, u32)>,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("states", &self.states.len()).finish_non_exhaustive()
    }
}

const ANYWHERE: usize = 0;
const CLAUSE_START: usize = 1;

/// What phrases see of a token.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The numbers of the words and beginnings that it is.
    numbers: Vec<u32>,
    code: bool,
    figure: bool,
}

impl Lexicon {
    /// Whether any phrase has this word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// What phrases see of some tokens.
    pub(crate) fn see(&self, tokens: &[Token]) -> Vec<Seen> {
        let see = |token: &Token| {
            let word = self.words.get(token.text.as_str()).copied();
            let begun =
                self.prefixes.iter().filter(|(beginning, _)| token.text.starts_with(&**beginning));
            Seen {
                numbers: word.into_iter().chain(begun.map(|(_, number)| *number)).collect(),
                code: token.tag != Tag::Plain,
                figure: token.text.starts_with(|c: char| c.is_ascii_digit()),
            }
        };
        tokens.iter().map(see).collect()
    }

    /// Every phrase in one clause, whose first token is the `offset`th of the message.
    pub(crate) fn find(&self, clause: &[Seen], offset: usize, out: &mut Vec<Found>) {
        for start in 0..clause.len() {
            let mut found = |meaning, end: usize| {
                out.push(Found { from: offset + start, to: offset + end, meaning });
            };
            self.walk(ANYWHERE, clause, start, &mut found);
            if start == 0 {
                self.walk(CLAUSE_START, clause, start, &mut found);
            }
        }
    }

    fn walk(
        &self,
        state: usize,
        clause: &[Seen],
        at: usize,
        found: &mut impl FnMut(Meaning, usize),
    ) {
        let Some(state) = self.states.get(state) else { return };
        for &(meaning, closing) in &state.ends {
            if !closing || at == clause.len() {
                found(meaning, at);
            }
        }
        for &next in &state.gap {
            for skipped in 0..=3.min(clause.len() - at) {
                self.walk(next as usize, clause, at + skipped, found);
            }
        }
        let Some(seen) = clause.get(at) else { return };
        for &next in &state.any {
            self.walk(next as usize, clause, at + 1, found);
        }
        if seen.code {
            for &next in &state.code {
                self.walk(next as usize, clause, at + 1, found);
            }
            return;
        }
        if seen.figure {
            for &next in &state.figure {
                self.walk(next as usize, clause, at + 1, found);
            }
        }
        for &number in &seen.numbers {
            let from = state.words.partition_point(|(word, _)| *word < number);
            for &(_, next) in state.words[from..].iter().take_while(|(word, _)| *word == number) {
                self.walk(next as usize, clause, at + 1, found);
            }
        }
    }
}
