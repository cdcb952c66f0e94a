//! What a message is as a whole: a keyword, a reaction, a picture.

use crate::family::{
    found::{Found, Hit},
    lexicon::Concept,
    text::{Kind, Text},
};

/// How phones write a reaction as text, up to the quotation.
const REACTIONS: &str = include_str!("../../data/reactions.txt");

/// Whether one phrase of the concept is all that the message says.
pub(crate) fn is_all(text: &Text, found: &Found, concept: Concept) -> bool {
    found.of(concept).any(|hit| covers(text, hit))
}

/// Whether a hit covers every word of the message.
pub(crate) fn covers(text: &Text, hit: &Hit) -> bool {
    text.tokens
        .iter()
        .enumerate()
        .all(|(at, token)| hit.at.contains(&at) || matches!(token.kind, Kind::Break | Kind::Emoji))
}

/// Whether the message is a reaction that a phone sent as text. What it quotes is not the family's.
pub(crate) fn is_reaction(text: &Text) -> bool {
    let Some(first) = text.parts().first() else { return false };
    let line = first.text();
    let Some(quote) = line.find('"') else {
        return REACTIONS
            .lines()
            .filter_map(|known| known.strip_suffix(" image").map(|_| known))
            .any(|known| line == known);
    };
    let before = line[..quote].trim();
    if before.is_empty() {
        return false;
    }
    if REACTIONS.lines().any(|known| known == before) {
        return true;
    }
    // `Reacted 😍 to "..."`, `👍 to "..."`, and the same of other languages.
    let plain: String =
        before.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect::<String>();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    plain.len() < before.len() && REACTIONS.lines().any(|known| known == plain)
}
