//! A reply as clauses of tokens: what the phrases are looked for in.

use std::ops::Range;

use model::Code;

use crate::normalise::{Normalised, WordKind};

/// What a token is beyond its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// A word, a number, an emoji.
    Plain,
    /// A referral's code, in whatever dress.
    Code(Code),
}

/// One word without its apostrophes, or a code of several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// What phrases are compared with.
    pub(crate) text: String,
    /// Which words of the normalised text it is.
    pub(crate) words: Range<usize>,
    /// What it is.
    pub(crate) tag: Tag,
    /// Whether it was written with a capital at its head.
    pub(crate) capital: bool,
    /// The sign between it and the next token, if no space is there either; else a space.
    pub(crate) glue: char,
}

/// A reply's tokens and where its clauses begin and end.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// All tokens in order.
    pub(crate) all: Vec<Token>,
    /// The clauses, as ranges of tokens; none is empty.
    pub(crate) clauses: Vec<Range<usize>>,
}

/// How many words of a reply are read; four times the longest that anybody has a reason to send.
const MOST: usize = 300;

/// Words that begin a clause of their own.
const TURNS: [&str; 11] = [
    "but", "though", "however", "except", "although", "altho", "pero", "но", "mais", "ale", "aber",
];

impl Tokens {
    /// Cuts a text into tokens; `code` says which words from an index on are a code, and how many.
    pub(crate) fn new(
        text: &Normalised<'_>,
        mut code: impl FnMut(usize) -> Option<(Code, usize)>,
    ) -> Self {
        let mut tokens = Self { all: Vec::new(), clauses: Vec::new() };
        let mut begun = 0;
        let mut at = 0;
        while let Some(word) = text.words().get(at).filter(|_| tokens.all.len() < MOST) {
            if let Some((code, count)) = code(at) {
                let token = Token {
                    text: code.as_str().to_ascii_lowercase(),
                    words: at..at + count,
                    tag: Tag::Code(code),
                    capital: false,
                    glue: ' ',
                };
                tokens.all.push(token);
                at += count;
                continue;
            }
            match word.kind {
                WordKind::Mark | WordKind::LineBreak => {
                    if ends_clause(text, at) {
                        tokens.close(&mut begun);
                    }
                    if let Some(spoken) = spoken_sign(text.word(at)) {
                        tokens.all.push(Token {
                            text: spoken.to_owned(),
                            words: at..at + 1,
                            tag: Tag::Plain,
                            capital: false,
                            glue: ' ',
                        });
                    }
                }
                WordKind::Emoji => {
                    // An emoji is a clause of its own, as it would be a gesture of its own.
                    tokens.close(&mut begun);
                    tokens.push(text, at);
                    tokens.close(&mut begun);
                }
                WordKind::Letters | WordKind::Digits | WordKind::Mixed => {
                    if TURNS.contains(&text.word(at)) {
                        tokens.close(&mut begun);
                    }
                    tokens.push(text, at);
                }
            }
            at += 1;
        }
        tokens.close(&mut begun);
        tokens
    }

    fn push(&mut self, text: &Normalised<'_>, at: usize) {
        self.all.push(Token {
            text: spelled(text.word(at)),
            words: at..at + 1,
            tag: Tag::Plain,
            capital: text.quote(at..at + 1).starts_with(char::is_uppercase),
            glue: glue(text, at),
        });
    }

    fn close(&mut self, begun: &mut usize) {
        if *begun < self.all.len() {
            self.clauses.push(*begun..self.all.len());
            *begun = self.all.len();
        }
    }

    /// The codes she typed, in order, each once.
    pub(crate) fn codes(&self) -> Vec<Code> {
        let mut codes = Vec::new();
        for token in &self.all {
            if let Tag::Code(code) = token.tag
                && !codes.contains(&code)
            {
                codes.push(code);
            }
        }
        codes
    }

    /// The clause that a token stands in.
    pub(crate) fn clause_of(&self, token: usize) -> Range<usize> {
        self.clauses.iter().find(|clause| clause.contains(&token)).cloned().unwrap_or(0..0)
    }
}

/// A word without apostrophes, and without the letters that people draw out: `yesss`, `pleaseeee`.
pub(crate) fn spelled(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars().filter(|&c| c != '\'') {
        run = if c == last && c.is_alphabetic() { run + 1 } else { 1 };
        last = c;
        if run == 3 {
            out.pop();
        }
        if run < 3 {
            out.push(c);
        }
    }
    out
}

/// A sign that is read aloud.
fn spoken_sign(sign: &str) -> Option<&'static str> {
    match sign {
        "&" | "+" => Some("and"),
        "%" => Some("percent"),
        "$" => Some("dollars"),
        _ => None,
    }
}

/// The one sign that joins word `at` to the next without a space.
fn glue(text: &Normalised<'_>, at: usize) -> char {
    let Some([word, sign, next]) = text.words().get(at..at + 3) else { return ' ' };
    let joined = word.at.end == sign.at.start && sign.at.end == next.at.start;
    let joined = joined && sign.kind == WordKind::Mark && next.kind != WordKind::Mark;
    if joined { text.word(at + 1).chars().next().unwrap_or(' ') } else { ' ' }
}

/// Whether a sign parts two clauses, rather than standing inside a number, a word or a time.
fn ends_clause(text: &Normalised<'_>, at: usize) -> bool {
    let Some(word) = text.words().get(at) else { return true };
    let glued_before =
        at > 0 && text.words().get(at - 1).is_some_and(|before| before.at.end == word.at.start);
    let next = text.words().get(at + 1);
    let glued_after =
        next.is_some_and(|next| next.at.start == word.at.end && next.kind != WordKind::Mark);
    match text.word(at) {
        "!" | "?" | ";" => true,
        "," => {
            !(glued_before && glued_after && next.is_some_and(|next| next.kind == WordKind::Digits))
        }
        "." | ":" => !(glued_before && glued_after),
        "-" | "/" => !glued_before && !glued_after,
        "(" | ")" | "|" | "~" | "=" => true,
        _ => word.kind == WordKind::LineBreak,
    }
}
