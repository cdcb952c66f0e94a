//! Brings a text into the one shape in which its words can be compared.
//!
//! People type the same word in many ways: curly quotes, full-width letters, Bengali digits, an
//! emoji in five skin tones. Here they become one, and every word still knows where it stood in the
//! text as it was written, so that a reason or a caveat can quote the person herself.

use std::{collections::VecDeque, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

mod fold;

/// How many characters of a text are read. No text message is longer than ten segments (1,600
/// characters); several that were settled into one fit too. What lies beyond is not read, so that
/// no text can take long.
pub const MAX_CHARS: usize = 4_000;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, perhaps with an apostrophe inside: `can't`. One ideograph is a word of its own.
    Letters,
    /// ASCII digits alone, whatever script they were written in.
    Digits,
    /// Letters and digits together: `k7q`, `10am`, `2wks`.
    Mixed,
    /// One emoji, without its skin tone, variation selector or the rest of a joined sequence.
    Emoji,
    /// One character of punctuation or any other sign.
    Mark,
    /// The end of a line; its text is a space.
    LineBreak,
}

/// One word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it is made of.
    pub kind: WordKind,
    /// Where it stands in [`Normalised::text`], in bytes.
    pub at: Range<usize>,
    /// Where it stood in the text as it was written, in bytes.
    pub source: Range<usize>,
}

/// A text in the shape in which words are compared.
///
/// `text` is NFKC, lower case, with digits of all scripts in ASCII, quotes and dashes straight, no
/// invisible characters, and every run of white space one space.
#[derive(Debug, Clone)]
pub struct Normalised<'a> {
    original: &'a str,
    text: String,
    words: Vec<Word>,
}

/// Whether marks on Latin letters are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Accents {
    Keep,
    Drop,
}

impl<'a> Normalised<'a> {
    /// Normalises a text and keeps its accents: `más` stays `más`.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        Self::with(original, Accents::Keep)
    }

    /// Normalises a text and drops accents, for comparing what people type without them: `más`
    /// becomes `mas`, `ё` becomes `е`, `ł` becomes `l`. Scripts in which a mark is a letter of its
    /// own (Bengali, Devanagari, Hangul, й) keep it; Arabic and Hebrew vowel points go.
    #[must_use]
    pub fn plain(original: &'a str) -> Self {
        Self::with(original, Accents::Drop)
    }

    fn with(original: &'a str, accents: Accents) -> Self {
        let end = original.char_indices().nth(MAX_CHARS).map_or(original.len(), |(at, _)| at);
        let original = &original[..end];
        let mut builder = Builder {
            accents,
            out: Self { original, text: String::with_capacity(end), words: Vec::new() },
        };
        builder.read();
        builder.out
    }

    /// The text as it was written, as far as it was read.
    #[must_use]
    pub fn original(&self) -> &'a str {
        self.original
    }

    /// The whole normalised text, without white space at either end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words, signs and emoji in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The normalised text of one word; empty where there is no such word.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &self.text[word.at.clone()])
    }

    /// What the person wrote from one word up to, not including, another, with the white space and
    /// signs between them; empty where the range is.
    #[must_use]
    pub fn quote(&self, words: Range<usize>) -> &'a str {
        let Some(words) = self.words.get(words) else { return "" };
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => &self.original[first.source.start..last.source.end],
            _ => "",
        }
    }

    /// What the person wrote where `at` (bytes of [`Normalised::text`]) stands, widened to whole
    /// words.
    #[must_use]
    pub fn quote_bytes(&self, at: Range<usize>) -> &'a str {
        let from = self.words.partition_point(|word| word.at.end <= at.start);
        let to = self.words.partition_point(|word| word.at.start < at.end);
        self.quote(from..to.max(from))
    }

    /// The text of every word that is not a sign, in order.
    pub fn spoken(&self) -> impl Iterator<Item = &str> {
        self.words
            .iter()
            .filter(|word| !matches!(word.kind, WordKind::Mark | WordKind::LineBreak))
            .map(|word| &self.text[word.at.clone()])
    }
}

/// One normalised character and where it came from.
#[derive(Clone, Copy)]
struct Folded {
    c: char,
    from: usize,
    to: usize,
}

struct Builder<'a> {
    accents: Accents,
    out: Normalised<'a>,
}

impl Builder<'_> {
    fn read(&mut self) {
        let mut source = Groups { rest: self.out.original, at: 0 };
        let mut waiting = VecDeque::new();
        loop {
            // Four characters of sight are enough for an apostrophe inside a word.
            while waiting.len() < 4 {
                let Some((from, group)) = source.next() else { break };
                self.fold(from, group, &mut waiting);
            }
            let Some(next) = waiting.pop_front() else { break };
            self.take(next, waiting.front().map(|next| next.c));
        }
        while self.out.text.ends_with(' ') {
            self.out.text.pop();
        }
        while self.out.words.last().is_some_and(|word| word.kind == WordKind::LineBreak) {
            self.out.words.pop();
        }
    }

    /// Folds one character with the marks that belong to it.
    fn fold(&self, from: usize, group: &str, out: &mut VecDeque<Folded>) {
        let to = from + group.len();
        let mut push = |c| out.push_back(Folded { c, from, to });
        let first = group.chars().next().unwrap_or(' ');
        if let Some(c) = fold::sign(first).or_else(|| fold::emoji(first).then_some(first)) {
            return push(c);
        }
        if fold::unchanging(first) && group.len() == first.len_utf8() {
            return push(first);
        }
        if group.len() == 1 {
            return group.chars().for_each(|c| push(c.to_ascii_lowercase()));
        }
        let composed = group.nfkc().flat_map(char::to_lowercase).filter(|&c| !fold::invisible(c));
        match self.accents {
            Accents::Keep => composed.nfc().for_each(|c| push(fold::digit(c))),
            Accents::Drop => composed
                .flat_map(fold::without_accent)
                .nfc()
                .for_each(|c| push(fold::digit(fold::letter_without_accent(c)))),
        }
    }

    fn take(&mut self, folded: Folded, next: Option<char>) {
        let Folded { c, from, to } = folded;
        if c.is_whitespace() || c.is_control() {
            return self.space(folded);
        }
        let kind = if c.is_ascii_digit() {
            WordKind::Digits
        } else if c.is_ascii_alphabetic()
            || fold::unchanging(c)
            || !c.is_ascii() && (c.is_alphabetic() || is_combining_mark(c))
        {
            WordKind::Letters
        } else if fold::emoji(c) {
            WordKind::Emoji
        } else if c == '\'' && next.is_some_and(char::is_alphabetic) && self.ends_in_letter(from) {
            WordKind::Letters
        } else {
            WordKind::Mark
        };
        let start = self.out.text.len();
        self.out.text.push(c);
        let end = self.out.text.len();
        let ideograph = fold::ideograph(c);
        if let Some(last) = self.out.words.last_mut()
            && last.at.end == start
            && !ideograph
            && !self.out.text[..start].chars().next_back().is_some_and(fold::ideograph)
            && let Some(kind) = joined(last.kind, kind)
        {
            last.kind = kind;
            last.at.end = end;
            last.source.end = to;
        } else if kind == WordKind::Emoji
            && fold::regional(c)
            && let Some(last) = self.out.words.last_mut()
            && last.at.end == start
            && last.kind == WordKind::Emoji
            && start - last.at.start == c.len_utf8()
            && self.out.text[..start].chars().next_back().is_some_and(fold::regional)
        {
            last.at.end = end;
            last.source.end = to;
        } else {
            self.out.words.push(Word { kind, at: start..end, source: from..to });
        }
    }

    fn space(&mut self, Folded { c, from, to }: Folded) {
        if self.out.text.is_empty() {
            return;
        }
        let start = self.out.text.len();
        let line = matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        let at = if self.out.text.ends_with(' ') {
            start - 1..start
        } else {
            self.out.text.push(' ');
            start..start + 1
        };
        if line && self.out.words.last().is_none_or(|word| word.kind != WordKind::LineBreak) {
            self.out.words.push(Word { kind: WordKind::LineBreak, at, source: from..to });
        }
    }

    /// Whether the character just taken is a letter that stood right before `from`.
    fn ends_in_letter(&self, from: usize) -> bool {
        self.out.words.last().is_some_and(|word| {
            matches!(word.kind, WordKind::Letters | WordKind::Mixed) && word.source.end == from
        })
    }
}

/// What a word becomes when a character of another kind follows without a space.
fn joined(word: WordKind, next: WordKind) -> Option<WordKind> {
    use WordKind::{Digits, Letters, Mixed};
    match (word, next) {
        (Letters, Letters) => Some(Letters),
        (Digits, Digits) => Some(Digits),
        (Letters | Mixed, Digits | Letters) | (Digits, Letters) => Some(Mixed),
        _ => None,
    }
}

/// Cuts a text into characters with the marks, joiners and modifiers that belong to each.
struct Groups<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Iterator for Groups<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        // Two plain letters in a row need no look into the tables.
        if let [first, rest @ ..] = self.rest.as_bytes()
            && first.is_ascii()
            && rest.first().is_none_or(u8::is_ascii)
        {
            let (group, rest) = self.rest.split_at(1);
            let at = self.at;
            self.at += 1;
            self.rest = rest;
            return Some((at, group));
        }
        let mut chars = self.rest.char_indices().peekable();
        let (_, first) = chars.next()?;
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        if fold::unchanging(first) && (next.is_ascii() || fold::unchanging(next)) {
            let (group, rest) = self.rest.split_at(first.len_utf8());
            let at = self.at;
            self.at += group.len();
            self.rest = rest;
            return Some((at, group));
        }
        // An emoji swallows its whole joined sequence (a woman shrugging is a shrug).
        let emoji = fold::emoji(first);
        let mut joiner = false;
        // Normalisation sorts marks, so their number is bounded: no real text has so many.
        let end = loop {
            match chars.peek() {
                None => break self.rest.len(),
                Some(&(at, c)) => {
                    let belongs = is_combining_mark(c)
                        || fold::extends(c)
                        || (emoji && (fold::skin_tone(c) || joiner && fold::emoji(c)));
                    if !belongs || at > 96 {
                        break at;
                    }
                    joiner = c == '\u{200D}';
                    chars.next();
                }
            }
        };
        let (group, rest) = self.rest.split_at(end);
        let at = self.at;
        self.at += end;
        self.rest = rest;
        Some((at, group))
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHARS, Normalised, WordKind};

    fn text(original: &str) -> String {
        Normalised::new(original).text().to_owned()
    }

    fn words(original: &str) -> Vec<String> {
        let read = Normalised::new(original);
        (0..read.words().len()).map(|index| read.word(index).to_owned()).collect()
    }

    #[test]
    fn case_quotes_dashes_width_and_spaces_are_one() {
        assert_eq!(
            text("  I\u{2019}LL \u{201C}take\u{201D}\u{a0}it \u{2014} now\t "),
            "i'll \"take\" it - now"
        );
        assert_eq!(text("Ｋ７Ｑ ＹＥＳ！"), "k7q yes!");
        assert_eq!(text("yes\u{200B}\u{FEFF}\u{AD}"), "yes");
        assert_eq!(text("多少钱？好。"), "多少钱?好.");
    }

    #[test]
    fn digits_of_every_script_are_ascii() {
        for digits in ["১১৩৭২", "١١٣٧٢", "۱۱۳۷۲", "११३७२", "１１３７２", "𝟏𝟏𝟑𝟕𝟐", "①①③⑦②"]
        {
            assert_eq!(text(digits), "11372", "{digits}");
        }
        assert_eq!(text("1\u{FE0F}\u{20E3}"), "1");
    }

    #[test]
    fn a_composed_and_a_decomposed_letter_are_the_same() {
        assert_eq!(text("ma\u{301}s"), text("más"));
        assert_eq!(text("\u{1112}\u{1161}\u{11AB}"), "한");
        assert_eq!(
            Normalised::plain("Más CAFÉ, Łódź, ещё, мой").text(),
            "mas cafe, lodz, еще, мой"
        );
    }

    #[test]
    fn an_emoji_is_one_word_whatever_its_dress() {
        for thumb in ["👍", "👍🏾", "👍\u{FE0F}"] {
            assert_eq!(words(thumb), ["👍"], "{thumb}");
        }
        assert_eq!(words("🤷🏽\u{200D}♀\u{FE0F}ok❤\u{FE0F}"), ["🤷", "ok", "❤"]);
        assert_eq!(words("🇺🇸🇲🇽"), ["🇺🇸", "🇲🇽"]);
        assert_eq!(words("👍👍"), ["👍", "👍"]);
    }

    #[test]
    fn words_are_letters_digits_or_both_and_an_ideograph_stands_alone() {
        assert_eq!(words("can't do 10am,k7q!!"), ["can't", "do", "10am", ",", "k7q", "!", "!"]);
        assert_eq!(words("我可以k7q"), ["我", "可", "以", "k7q"]);
        assert_eq!(words("'me'"), ["'", "me", "'"]);
        let read = Normalised::new("a\nb\n\n");
        let kinds = read.words().iter().map(|word| word.kind).collect::<Vec<_>>();
        assert_eq!(kinds, [WordKind::Letters, WordKind::LineBreak, WordKind::Letters]);
    }

    #[test]
    fn a_quote_is_what_was_written() {
        let read = Normalised::new("Yes \u{2013} I\u{2019}m  free  Thurs!");
        let free = (0..).find(|&index| read.word(index) == "free").expect("the word");
        assert_eq!(read.quote(free - 1..free + 2), "I\u{2019}m  free  Thurs");
        let at = read.text().find("i'm").expect("the words");
        assert_eq!(read.quote_bytes(at..at + 8), "I\u{2019}m  free");
        assert_eq!(read.quote(7..99), "");
    }

    #[test]
    fn what_lies_beyond_the_bound_is_not_read() {
        let long = "é".repeat(MAX_CHARS + 10);
        assert_eq!(Normalised::new(&long).text().chars().count(), MAX_CHARS);
        let marks = format!("a{}", "\u{301}".repeat(5_000));
        assert!(Normalised::new(&marks).text().len() < 20_000);
    }
}
