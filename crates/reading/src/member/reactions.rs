//! Tapbacks that arrive as text: `Liked "..."`, `👍 to "..."`, in the phones' own wording.
//!
//! What they quote is ours, never hers: no code in it is ever a claim.

use model::{Code, reading::ReactionEffect};

use super::{
    codes::Known,
    lexicon::{Lexicon, Meaning},
    tokens::Tokens,
};
use crate::normalise::{Normalised, WordKind};

/// A tapback and the referral whose offer it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tapback {
    pub(crate) effect: ReactionEffect,
    pub(crate) codes: Vec<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Good,
    Bad,
    Asking,
    Empty,
    TakenBack,
}

/// How phones put it, longest first where one begins another.
const OPENINGS: [(&str, Sign); 44] = [
    ("liked", Sign::Good),
    ("loved", Sign::Good),
    ("emphasized", Sign::Good),
    ("emphasised", Sign::Good),
    ("disliked", Sign::Bad),
    ("questioned", Sign::Asking),
    ("laughed at", Sign::Empty),
    ("removed a", Sign::TakenBack),
    ("removed an", Sign::TakenBack),
    ("removed", Sign::TakenBack),
    ("reacted", Sign::Good),
    ("no le gusto", Sign::Bad),
    ("le gusto", Sign::Good),
    ("le gusta", Sign::Good),
    ("le encanto", Sign::Good),
    ("le encanta", Sign::Good),
    ("enfatizo", Sign::Good),
    ("exclamo", Sign::Good),
    ("se rio de", Sign::Empty),
    ("pregunto", Sign::Asking),
    ("cuestiono", Sign::Asking),
    ("quito", Sign::TakenBack),
    ("elimino", Sign::TakenBack),
    ("reacciono", Sign::Good),
    ("n'a pas aime", Sign::Bad),
    ("a aime", Sign::Good),
    ("a adore", Sign::Good),
    ("a mis l'accent sur", Sign::Good),
    ("a souligne", Sign::Good),
    ("a ri de", Sign::Empty),
    ("a ri a", Sign::Empty),
    ("s'interroge sur", Sign::Asking),
    ("a supprime", Sign::TakenBack),
    ("a retire", Sign::TakenBack),
    ("curtiu", Sign::Good),
    ("gostou de", Sign::Good),
    ("amou", Sign::Good),
    ("понравилось", Sign::Good),
    ("нравится", Sign::Good),
    ("не нравится", Sign::Bad),
    ("赞了", Sign::Good),
    ("喜欢", Sign::Good),
    ("爱了", Sign::Good),
    ("polubiono", Sign::Good),
];

/// Reads a tapback; `None` where the text is a person's own words.
pub(crate) fn read(text: &Normalised<'_>, known: &Known, lexicon: &Lexicon) -> Option<Tapback> {
    let (sign, rest) = opening(text)?;
    let quote = quoted(rest);
    if quote.is_none() && !names_a_thing(rest) {
        return None;
    }
    let codes = quote.map(|quote| offered(quote, known, lexicon)).unwrap_or_default();
    let effect = match sign {
        _ if codes.is_empty() => ReactionEffect::Nothing,
        Sign::Good => ReactionEffect::Provisional,
        Sign::Bad => ReactionEffect::Pass,
        Sign::Asking => ReactionEffect::Question,
        Sign::TakenBack => ReactionEffect::TakenBack,
        Sign::Empty => ReactionEffect::Nothing,
    };
    Some(Tapback { effect, codes })
}

/// What kind of tapback it is, and the text after the words that say so.
fn opening<'t>(text: &'t Normalised<'_>) -> Option<(Sign, &'t str)> {
    let whole = text.text();
    if text.words().first()?.kind == WordKind::Emoji {
        // `👍 to "..."`, as one phone writes it to another of a different make.
        let rest = whole[text.words().first()?.at.end..].trim_start();
        let rest = ["to ", "a ", "на ", "对"].into_iter().find_map(|to| rest.strip_prefix(to))?;
        return Some((emoji(text.word(0)), rest));
    }
    // "‼️" and "⁉️" are letters' signs once they are normalised.
    if let Some(rest) = whole.strip_prefix("!! to ") {
        return Some((Sign::Good, rest));
    }
    if let Some(rest) = whole.strip_prefix("? to ").or_else(|| whole.strip_prefix("!? to ")) {
        return Some((Sign::Asking, rest));
    }
    let found = OPENINGS
        .iter()
        .filter(|(words, _)| {
            whole
                .strip_prefix(words)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || !words.is_ascii())
        })
        .max_by_key(|(words, _)| words.len());
    let &(words, sign) = found?;
    let rest = whole[words.len()..].trim_start();
    let second = text.words().iter().position(|word| word.kind == WordKind::Emoji);
    if matches!(words, "reacted" | "reacciono") {
        let emoji_word = second?;
        let rest = &whole[text.words().get(emoji_word)?.at.end..];
        return Some((emoji(text.word(emoji_word)), rest.trim_start()));
    }
    Some((sign, rest))
}

fn emoji(emoji: &str) -> Sign {
    match emoji {
        "👎" | "❌" | "🙅" => Sign::Bad,
        "❓" | "❔" | "🤔" => Sign::Asking,
        "😂" | "🤣" | "😆" | "😢" | "😭" | "😮" | "🥺" | "😱" | "💔" | "😅" => {
            Sign::Empty
        }
        _ => Sign::Good,
    }
}

/// What stands in the quotation, which may be cut short and so lack its end.
fn quoted(rest: &str) -> Option<&str> {
    let start = rest.find('"')?;
    // Nothing but a few words of the phone's ("a like from") comes before it.
    if start > 40 {
        return None;
    }
    let inner = &rest[start + 1..];
    Some(inner.rfind('"').map_or(inner, |end| &inner[..end]))
}

/// `Liked an image`, which quotes nothing.
fn names_a_thing(rest: &str) -> bool {
    let things = [
        "an image",
        "an attachment",
        "a photo",
        "a video",
        "a message",
        "a movie",
        "an audio message",
        "your message",
        "una imagen",
        "une image",
        "a link",
    ];
    things.iter().any(|thing| {
        rest.trim_end_matches('.').trim_end() == *thing
            || rest.trim_end_matches('.').ends_with(&format!("from {thing}"))
    })
}

/// The codes of the offer that is quoted; none where it is another text of ours.
fn offered(quote: &str, known: &Known, lexicon: &Lexicon) -> Vec<Code> {
    let quote = Normalised::plain(quote);
    let tokens = Tokens::new(&quote, |at| known.at(&quote, at));
    let mut found = Vec::new();
    let seen = lexicon.see(&tokens.all);
    for clause in &tokens.clauses {
        lexicon.find(&seen[clause.clone()], clause.start, &mut found);
    }
    let invites = quote.text().contains("to claim");
    let answers = found.iter().any(|found| found.meaning == Meaning::OurAnswer);
    if answers && !invites {
        return Vec::new();
    }
    tokens.codes().into_iter().filter(|code| known.holds(*code)).collect()
}
