//! The words that end, begin or explain texts, and refusals in plain words.
//!
//! Shared by families and members. Carriers act on the keywords before we see them, the law honours
//! "any reasonable words" beside them, and parents write "how do I stop breastfeeding": the three
//! are kept apart here.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    member::lexicon::{Found, Lexicon, Meaning, Phrases},
    member::tokens::Tokens,
    normalise::Normalised,
};

/// What a whole message says as a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
    /// What is this?
    Help,
}

/// How a text refuses further texts in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A reasonable person would understand it so: end the texts at once.
    Plain,
    /// It holds a stop word and little else, and nothing else is to be stopped: treat it as one.
    Short,
}

static KEYWORDS: LazyLock<HashMap<String, Keyword>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut section = Keyword::Help;
    for line in include_str!("../data/keywords.txt").lines() {
        match line.trim() {
            "" => {}
            "[stop]" => section = Keyword::Stop,
            "[start]" => section = Keyword::Start,
            "[help]" => section = Keyword::Help,
            line if line.starts_with('#') => {}
            line => {
                words.insert(bare(&Normalised::plain(line)), section);
            }
        }
    }
    words
});

static REFUSALS: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    let read = phrases.add(include_str!("../data/refusals.txt"));
    debug_assert_eq!(read, Ok(()));
    phrases.finish()
});

/// Stop words that make a short message a refusal.
const STOP_WORDS: [&str; 12] = [
    "stop",
    "stopall",
    "unsubscribe",
    "optout",
    "quit",
    "cancel",
    "revoke",
    "alto",
    "退订",
    "стоп",
    "отписаться",
    "sispann",
];

/// The keyword that the whole message is, whatever its case, marks, emoji and accents.
#[must_use]
pub fn keyword(text: &str) -> Option<Keyword> {
    if text.len() > 200 {
        return None;
    }
    // "èd" is Haitian Creole for help; without its accent it is a man's name.
    if text.contains(['è', 'È', '\u{300}']) && bare(&Normalised::new(text)) == "èd" {
        return Some(Keyword::Help);
    }
    let text = Normalised::plain(text);
    if text.words().len() > 24 {
        return None;
    }
    let whole = bare(&text);
    KEYWORDS.get(&whole).or_else(|| KEYWORDS.get(without_courtesy(&whole))).copied()
}

/// A message without the courtesy at its ends: "start please".
fn without_courtesy(text: &str) -> &str {
    const COURTESY: [&str; 12] = [
        "please",
        "pls",
        "plz",
        "thanks",
        "thank you",
        "thx",
        "hi",
        "hello",
        "hey",
        "por favor",
        "sorry",
        "ok",
    ];
    let mut text = text;
    while let Some(rest) = COURTESY.iter().find_map(|word| {
        let before = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
        before.or_else(|| text.strip_suffix(word).and_then(|rest| rest.strip_suffix(' ')))
    }) {
        text = rest;
    }
    text
}

/// Whether a text asks for no more texts in its own words: "remove my number please".
///
/// "How do I stop breastfeeding" and "stop sending me Manhattan ones" are none. Keywords are not
/// looked for: [`keyword`] comes first.
#[must_use]
pub fn refusal(text: &str) -> Option<Refusal> {
    refusal_in(&Normalised::plain(text))
}

/// The same, for a text that was normalised without its accents.
pub(crate) fn refusal_in(text: &Normalised<'_>) -> Option<Refusal> {
    let tokens = Tokens::new(text, |_| None);
    let mut found = Vec::new();
    let seen = REFUSALS.see(&tokens.all);
    for clause in &tokens.clauses {
        REFUSALS.find(&seen[clause.clone()], clause.start, &mut found);
    }
    let has = |meaning| found.iter().any(|found: &Found| found.meaning == meaning);
    if has(Meaning::Scoped) {
        return None;
    }
    if has(Meaning::Refusal) {
        return Some(Refusal::Plain);
    }
    let words = tokens.all.iter().filter(|token| !token.text.is_empty());
    let stops = tokens.all.iter().any(|token| STOP_WORDS.contains(&token.text.as_str()));
    (stops && words.count() <= 6 && !text.text().contains('?')).then_some(Refusal::Short)
}

/// A text as its words alone, one space between them; ideographs together.
fn bare(text: &Normalised<'_>) -> String {
    use crate::normalise::WordKind::{Emoji, LineBreak, Mark};
    let mut out = String::new();
    let mut end = 0;
    for (at, word) in text.words().iter().enumerate() {
        if matches!(word.kind, Mark | LineBreak | Emoji) {
            continue;
        }
        if !out.is_empty() && end < word.at.start {
            out.push(' ');
        }
        out.push_str(&text.word(at).replace('\'', ""));
        end = word.at.end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Keyword, Refusal, keyword, refusal};

    #[test]
    fn keywords_count_in_any_dress_and_only_as_the_whole_message() {
        for text in [
            "STOP",
            "stop.",
            " Stop! ",
            "ＳＴＯＰ",
            "opt-out",
            "Opt Out",
            "STOP 🛑",
            "no más",
            "退订。",
            "Стоп",
        ] {
            assert_eq!(keyword(text), Some(Keyword::Stop), "{text}");
        }
        for text in ["start", "UNSTOP"] {
            assert_eq!(keyword(text), Some(Keyword::Start), "{text}");
        }
        for text in ["HELP", "ayuda", "èd", "Info"] {
            assert_eq!(keyword(text), Some(Keyword::Help), "{text}");
        }
        for text in [
            "yes",
            "Ed",
            "stop sending me manhattan ones",
            "how do I stop breastfeeding",
            "",
            "help with latch",
        ] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_in_plain_words_is_one() {
        for text in [
            "pls remove me from this list",
            "stop texting me",
            "Please take my number off your list",
            "don't text me anymore",
            "I do not want these messages",
            "leave me alone",
            "ya no quiero recibir mensajes",
            "не пишите мне больше",
            "不要再发短信给我了",
            "I want to unsubscribe",
            "delete my number",
        ] {
            assert_eq!(refusal(text), Some(Refusal::Plain), "{text}");
        }
        assert_eq!(refusal("ok stop it already"), Some(Refusal::Short));
    }

    #[test]
    fn something_else_that_shall_stop_is_no_refusal() {
        for text in [
            "how do I stop breastfeeding my 14 month old?",
            "stop sending me manhattan ones",
            "baby wont stop crying",
            "is there someone who can help me make it stop",
            "stop texting me at night",
            "I want to stop nursing",
            "dejar de dar pecho",
            "K7Q",
        ] {
            assert_eq!(refusal(text), None, "{text}");
        }
    }
}
