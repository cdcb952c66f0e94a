//! A message cut into the tokens that the vocabularies are compared with.
//!
//! On top of [`Normalised`]: letters and digits that touch are parted (`2wks`), a Korean syllable is
//! a token like an ideograph (Korean texters put spaces where they like), traditional characters
//! become simplified, French and Creole elisions are parted, and sentences end somewhere.

use std::ops::Range;

use crate::normalise::{Normalised, WordKind};

/// How many texts of one message are read.
const MAX_TEXTS: usize = 30;
/// The longest text that carriers pass on has 1,600 characters, of up to three bytes; beyond it
/// nothing is read.
const MAX_BYTES: usize = 4_800;
/// How many bytes of several texts are read.
const MAX_ALL: usize = 9_600;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word of letters.
    Word,
    /// ASCII digits.
    Number,
    /// One ideograph or one Korean syllable.
    Syllable,
    /// An emoji.
    Emoji,
    /// The end of a sentence or of a text.
    Break,
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands in [`Text::line`], in bytes, without the spaces around it.
    pub(crate) at: Range<usize>,
    /// Which of the texts it is from.
    part: u16,
    /// Which of that text's words it is from.
    word: u32,
    /// The sign between the token before and this one; `\0` where they touch, a space otherwise.
    pub(crate) sign: char,
    /// Whether that sign touches both.
    pub(crate) tight: bool,
    /// In which sentence it stands.
    pub(crate) sentence: u16,
}

/// A message, ready to be searched.
pub(crate) struct Text<'a> {
    parts: Vec<Normalised<'a>>,
    /// All tokens, each between two spaces; a sentence's end is `|`.
    pub(crate) line: String,
    /// The tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// How many characters exist in the traditional script alone.
    pub(crate) traditional: usize,
    /// How many exist in the simplified script alone.
    pub(crate) simplified: usize,
}

/// Replaces single tokens before they are written down: spelling, scripts.
pub(crate) trait Respell {
    /// The simplified form of a traditional character.
    fn simplified(&self, c: char) -> Option<char>;
    /// Whether it is the simplified form of some other character.
    fn is_simplified(&self, c: char) -> bool;
    /// A better spelling of a word, or the word without what is glued to it.
    fn respell<'t>(&'t self, word: &'t str) -> Option<&'t str>;
    /// The words of a run of letters without spaces.
    fn part<'t>(&self, _: &'t str) -> Option<Vec<&'t str>> {
        None
    }
}

impl<'a> Text<'a> {
    /// Cuts texts into tokens. A text that was sent twice is taken once.
    pub(crate) fn new(texts: &[&'a str], respell: &impl Respell) -> Self {
        let mut parts: Vec<Normalised<'a>> = Vec::new();
        for text in texts.iter().take(MAX_TEXTS) {
            let trimmed = text.trim();
            if trimmed.is_empty() || parts.iter().any(|part| part.original().trim() == trimmed) {
                continue;
            }
            let read: usize = parts.iter().map(|part: &Normalised| part.original().len()).sum();
            if read >= MAX_ALL {
                break;
            }
            parts.push(Normalised::plain(bounded(text)));
        }
        let mut out = Self {
            parts: Vec::new(),
            line: String::with_capacity(256),
            tokens: Vec::with_capacity(64),
            traditional: 0,
            simplified: 0,
        };
        out.line.push(' ');
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                out.end_sentence(index as u16, 0);
            }
            Cutter {
                out: &mut out,
                part,
                index: index as u16,
                sign: ' ',
                touches: false,
                respell,
                runs: 0,
            }
            .cut();
        }
        out.parts = parts;
        out
    }

    /// The normalised texts it was made of.
    pub(crate) fn parts(&self) -> &[Normalised<'a>] {
        &self.parts
    }

    /// A token's letters; empty where there is no such token.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.line[token.at.clone()])
    }

    /// The number a token is; `None` where it is none or too long to be one that matters.
    pub(crate) fn number(&self, index: usize) -> Option<u32> {
        let token = self.tokens.get(index)?;
        (token.kind == Kind::Number && token.at.len() <= 9)
            .then(|| self.line[token.at.clone()].parse().ok())
            .flatten()
    }

    /// What the person wrote there.
    pub(crate) fn quote(&self, tokens: &Range<usize>) -> &'a str {
        let Some(run) = self.tokens.get(tokens.clone()) else { return "" };
        let Some(first) = run.first() else { return "" };
        let Some(part) = self.parts.get(usize::from(first.part)) else { return "" };
        let last = run.iter().rev().find(|token| token.part == first.part).unwrap_or(first);
        part.quote(first.word as usize..last.word as usize + 1)
    }

    /// Whether nothing was said in letters or digits.
    pub(crate) fn is_wordless(&self) -> bool {
        !self
            .tokens
            .iter()
            .any(|token| matches!(token.kind, Kind::Word | Kind::Number | Kind::Syllable))
    }

    /// How many words were said, a syllable of Chinese or Korean counting half.
    pub(crate) fn length(&self) -> usize {
        let halves: usize = self
            .tokens
            .iter()
            .map(|token| match token.kind {
                Kind::Word | Kind::Number => 2,
                Kind::Syllable => 1,
                Kind::Emoji | Kind::Break => 0,
            })
            .sum();
        halves.div_ceil(2)
    }

    fn end_sentence(&mut self, part: u16, word: u32) {
        if self.tokens.last().is_none_or(|token| token.kind == Kind::Break) {
            return;
        }
        self.push(Kind::Break, "|", part, word, ' ', false);
    }

    fn push(&mut self, kind: Kind, word: &str, part: u16, index: u32, sign: char, tight: bool) {
        let sentence = self
            .tokens
            .last()
            .map_or(0, |token| token.sentence.saturating_add(u16::from(token.kind == Kind::Break)));
        let start = self.line.len();
        self.line.push_str(word);
        let at = start..self.line.len();
        self.line.push(' ');
        self.tokens.push(Token { kind, at, part, word: index, sign, tight, sentence });
    }
}

fn bounded(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Cuts one text of a message.
struct Cutter<'t, 'a, R> {
    out: &'t mut Text<'a>,
    part: &'t Normalised<'a>,
    index: u16,
    sign: char,
    touches: bool,
    respell: &'t R,
    /// How many runs of letters were parted into words.
    runs: usize,
}

/// Nobody leaves out all spaces more often than this.
const MOST_RUNS: usize = 6;

impl<R: Respell> Cutter<'_, '_, R> {
    fn cut(&mut self) {
        let mut end = 0;
        let words = self.part.words();
        for (index, word) in words.iter().enumerate() {
            let text = self.part.word(index);
            self.touches = word.at.start == end && index > 0;
            end = word.at.end;
            if self.sign == ' ' && self.touches {
                self.sign = '\0';
            }
            match word.kind {
                WordKind::LineBreak => {
                    self.out.end_sentence(self.index, index as u32);
                    self.sign = ' ';
                }
                WordKind::Mark => self.mark(index, text),
                WordKind::Emoji => {
                    self.out.push(Kind::Emoji, text, self.index, index as u32, ' ', false);
                    self.sign = ' ';
                }
                WordKind::Digits => self.token(Kind::Number, text, index),
                WordKind::Letters => self.letters(text, index),
                WordKind::Mixed => self.mixed(text, index),
            }
        }
    }

    fn token(&mut self, kind: Kind, text: &str, index: usize) {
        self.out.push(kind, text, self.index, index as u32, self.sign, self.touches);
        self.sign = ' ';
        // What follows within the same word touches it.
        self.touches = true;
    }

    fn mark(&mut self, index: usize, text: &str) {
        let mark = text.chars().next().unwrap_or(' ');
        let words = self.part.words();
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let after = words.get(index + 1);
        let here = &words[index];
        let left = before.is_some_and(|word| word.at.end == here.at.start);
        let right = after.is_some_and(|word| word.at.start == here.at.end);
        let digit = |word: Option<&crate::normalise::Word>, last: bool| {
            word.is_some_and(|word| {
                let text = &self.part.text()[word.at.clone()];
                let c = if last { text.chars().next_back() } else { text.chars().next() };
                c.is_some_and(|c| c.is_ascii_digit())
            })
        };
        let inside = left && right && digit(before, true) && digit(after, false);
        match mark {
            '.' if inside => self.sign = '.',
            '.' if self.abbreviated() => {}
            '.' | '!' | '?' | ';' => {
                self.out.end_sentence(self.index, index as u32);
                self.sign = ' ';
            }
            ',' if inside => self.sign = ',',
            ',' => self.sign = ',',
            '%' => self.token(Kind::Word, "%", index),
            _ if inside || (left && right) => self.sign = mark,
            '$' | '(' | '#' | '@' | '+' | '~' => self.sign = mark,
            _ if self.sign == '\0' || self.sign == ' ' => self.sign = ';',
            _ => {}
        }
    }

    /// Whether the point after the last token belongs to it: `st. albans`, `a.m.`, `approx. 3`.
    fn abbreviated(&self) -> bool {
        let Some(last) = self.out.tokens.last() else { return false };
        let word = &self.out.line[last.at.clone()];
        last.kind == Kind::Word
            && (word.len() == 1
                || matches!(
                    word,
                    "st" | "ft"
                        | "mt"
                        | "dr"
                        | "mr"
                        | "mrs"
                        | "ms"
                        | "apt"
                        | "ave"
                        | "approx"
                        | "wks"
                        | "wk"
                        | "mos"
                        | "mo"
                        | "yr"
                        | "yrs"
                        | "hosp"
                        | "ped"
                        | "pt"
                        | "нед"
                        | "мес"
                        | "tyg"
                        | "sra"
                        | "dra"
                        | "sr"
                ))
    }

    /// Letters alone: perhaps an elision, perhaps Korean, perhaps misspelt.
    fn letters(&mut self, text: &str, index: usize) {
        if text.is_ascii() && !text.contains('\'') {
            return self.word(text, index);
        }
        if let Some((before, after)) = text.split_once('\'') {
            let elided = matches!(
                before,
                "j" | "l" | "d" | "n" | "m" | "t" | "s" | "c" | "qu" | "k" | "w" | "p" | "y"
            ) && !matches!(after, "re" | "ve" | "ll" | "s" | "t" | "d" | "m");
            if elided {
                self.word(before, index);
                return self.letters(after, index);
            }
            let joined = text.replace('\'', "");
            return self.word(&joined, index);
        }
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let syllable = is_syllable(first);
            let end = rest
                .char_indices()
                .find(|&(at, c)| at > 0 && (syllable || is_syllable(c)))
                .map_or(rest.len(), |(at, _)| at);
            let (run, more) = rest.split_at(end);
            if syllable {
                self.syllable(first, index);
            } else {
                self.word(run, index);
            }
            rest = more;
        }
    }

    fn syllable(&mut self, c: char, index: usize) {
        let simple = self.respell.simplified(c);
        if simple.is_some() {
            self.out.traditional += 1;
        } else if self.respell.is_simplified(c) {
            self.out.simplified += 1;
        }
        let mut buffer = [0; 4];
        self.token(Kind::Syllable, simple.unwrap_or(c).encode_utf8(&mut buffer), index);
    }

    /// Letters and digits that touch: `2wks`, `11215brooklyn`; but not `any1`.
    fn mixed(&mut self, text: &str, index: usize) {
        if let Some(whole) = respelt_mix(text) {
            return self.token(Kind::Word, whole, index);
        }
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let digits = first.is_ascii_digit();
            let end = rest
                .char_indices()
                .find(|&(_, c)| c.is_ascii_digit() != digits)
                .map_or(rest.len(), |(at, _)| at);
            let (run, more) = rest.split_at(end);
            if rest.len() < text.len() && self.sign == ' ' {
                self.sign = '\0';
            }
            if digits {
                self.token(Kind::Number, run, index);
            } else {
                self.letters(run, index);
            }
            rest = more;
        }
    }

    fn word(&mut self, text: &str, index: usize) {
        if let Some(better) = self.respell.respell(text) {
            // A replacement may be two words: what was glued together is parted.
            let better = better.to_owned();
            for part in better.split(' ') {
                self.token(Kind::Word, part, index);
            }
            return;
        }
        if self.runs < MOST_RUNS
            && let Some(parts) = self.respell.part(text)
        {
            self.runs += 1;
            for part in parts {
                self.token(Kind::Word, part, index);
            }
            return;
        }
        let drawn = squeezed(text);
        if let Some(drawn) = drawn {
            let drawn = self.respell.respell(&drawn).map_or(drawn.clone(), str::to_owned);
            return self.token(Kind::Word, &drawn, index);
        }
        self.token(Kind::Word, text, index);
    }
}

/// Whether a character is a token of its own.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// What is typed with a digit for its sound.
fn respelt_mix(text: &str) -> Option<&'static str> {
    Some(match text {
        "any1" => "anyone",
        "some1" => "someone",
        "every1" => "everyone",
        "no1" => "noone",
        "2day" => "today",
        "2nite" | "2night" => "tonight",
        "2moro" | "2morrow" | "2mrw" => "tomorrow",
        "b4" => "before",
        "gr8" => "great",
        "l8r" => "later",
        "w8" => "wait",
        "4ever" => "forever",
        "h8" => "hate",
        _ => return None,
    })
}

/// A word without drawn-out letters: `heeeelp`, `nooo`. `None` where there are none.
fn squeezed(text: &str) -> Option<String> {
    let mut run = 0;
    let mut last = '\0';
    let long = text.chars().any(|c| {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        run >= 3
    });
    if !long {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut more = 0;
        while rest.peek() == Some(&c) {
            rest.next();
            more += 1;
        }
        out.push(c);
        if more == 1 {
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Respell, Text};

    struct Plain;

    impl Respell for Plain {
        fn simplified(&self, c: char) -> Option<char> {
            (c == '寶').then_some('宝')
        }
        fn is_simplified(&self, c: char) -> bool {
            c == '宝'
        }
        fn respell<'t>(&'t self, word: &'t str) -> Option<&'t str> {
            (word == "lach").then_some("latch")
        }
    }

    fn line(text: &str) -> String {
        Text::new(&[text], &Plain).line
    }

    #[test]
    fn tokens_are_parted_where_people_do_not() {
        assert_eq!(line("2wks ld, cant lach!!"), " 2 wks ld cant latch | ");
        assert_eq!(line("bed-stuy St. Albans 35+2 100.4"), " bed stuy st albans 35 2 100 4 ");
        assert_eq!(line("m'ap tete. j'ai mal"), " m ap tete | j ai mal ");
        assert_eq!(line("won't heeeelp any1"), " wont help anyone ");
        assert_eq!(line("寶寶3周 아기가 열"), " 宝 宝 3 周 아 기 가 열 ");
    }

    #[test]
    fn a_quote_is_what_was_written() {
        let text = Text::new(&["hi", "2wks  ld Bed-Stuy"], &Plain);
        assert_eq!(text.quote(&(2..5)), "2wks  ld");
        assert_eq!(text.quote(&(90..91)), "");
    }

    #[test]
    fn a_text_sent_twice_is_read_once() {
        assert_eq!(Text::new(&["hi there", "hi there "], &Plain).line, " hi there ");
    }
}
