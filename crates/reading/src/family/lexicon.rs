//! The vocabularies and rules, loaded once and shared.
//!
//! Every phrase of every language is a path in one tree of words that finds all of them in one pass
//! over a message (`trie.rs`). What a phrase means is a [`Sense`]: a concept, in a language, perhaps with a
//! value. Rules combine concepts into others (`rules.rs`).

use std::collections::{HashMap, HashSet};

pub(crate) use self::{concept::Concept, rules::Rule, spelling::Spelling, trie::Phrases};
use crate::{
    family::{text::Respell, tongue::Tongue},
    places::Places,
};

pub(crate) mod concept;
mod cyrillic;
mod load;
pub(crate) mod payers;
pub(crate) mod rules;
mod spelling;
mod trie;
mod words;

/// One meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    /// What it means.
    pub(crate) concept: Concept,
    /// In which language; [`Tongue::ANY`] for names.
    pub(crate) tongue: Tongue,
    /// A number, a month, the row of a table; 0 where there is none.
    pub(crate) value: i32,
}

/// What may be wrong in a vocabulary.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A line that cannot be read.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// The file's name; `extra` for a chapter's own additions.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A table of places, payers or hospitals that cannot be read.
    #[error("reading the table {0}")]
    Table(&'static str, #[source] csv::Error),
}

/// Everything that is known of words.
pub(crate) struct Lexicon {
    /// All phrases with their meanings.
    pub(crate) phrases: Phrases,
    names: Vec<String>,
    /// Rules in the order of their file: a later one may rest on what an earlier one found.
    pub(crate) rules: Vec<Rule>,
    /// Concepts by what is known of them.
    pub(crate) traits: Traits,
    /// Places and ZIPs.
    pub(crate) places: Places,
    /// Who pays.
    pub(crate) payers: Vec<payers::Payer>,
    /// Hospitals' names as they are recorded.
    pub(crate) hospitals: Vec<String>,
    spelling: Spelling,
    han: Han,
}

/// What holds for single concepts, by their number.
#[derive(Default)]
pub(crate) struct Traits {
    /// Lactation concerns.
    pub(crate) concerns: HashSet<Concept>,
    /// Signs of danger, with the level that their own phrases have.
    pub(crate) flags: HashMap<Concept, model::reading::FlagLevel>,
    /// Concerns that stay one when they are denied ("not pumping yet").
    pub(crate) topics: HashSet<Concept>,
    /// Symptoms that are denied in lists ("no fever, chills or redness").
    pub(crate) listed: HashSet<Concept>,
}

/// Traditional characters and their simplified forms.
#[derive(Default)]
pub(crate) struct Han {
    simple: HashMap<char, char>,
    simplified: HashSet<char>,
}

impl Lexicon {
    /// Loads the embedded vocabularies and a chapter's own additions.
    ///
    /// # Errors
    /// Names the first line that cannot be read.
    pub(crate) fn load(extra: &str) -> Result<Self, LexiconError> {
        load::load(extra)
    }

    /// The name of a concept, which is also the code of a concern or a flag.
    pub(crate) fn name(&self, concept: Concept) -> &str {
        self.names.get(concept.index()).map_or("", String::as_str)
    }

    /// How many concepts there are.
    pub(crate) fn concepts(&self) -> usize {
        self.names.len()
    }
}

impl Respell for Lexicon {
    fn simplified(&self, c: char) -> Option<char> {
        self.han.simple.get(&c).copied()
    }

    fn is_simplified(&self, c: char) -> bool {
        self.han.simplified.contains(&c)
    }

    fn respell<'t>(&'t self, word: &'t str) -> Option<&'t str> {
        self.spelling.respell(word)
    }

    fn part<'t>(&self, run: &'t str) -> Option<Vec<&'t str>> {
        self.spelling.part(run)
    }
}
