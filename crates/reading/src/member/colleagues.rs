//! A colleague she claims for, or names beside herself.

use super::{lexicon::Meaning, reply::Reply};
use crate::redact::names;

/// What is said of a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colleague {
    /// Her name as it was written, if it was told.
    pub(crate) name: Option<String>,
    /// The token to quote as the reason.
    pub(crate) at: usize,
}

/// What a colleague does, after her name, when a reply claims for her.
const WILL: [&str; 20] = [
    "will", "can", "could", "would", "wants", "want", "takes", "says", "said", "asked", "claims",
    "is", "has", "ll", "might", "should", "wanted", "needs", "would", "and",
];

/// The colleague for whom a reply claims; `None` where it speaks for the member herself.
pub(crate) fn claimed_for(reply: &Reply<'_>) -> Option<Colleague> {
    if reply.has(Meaning::WithColleague) || speaks_for_herself(reply) {
        return None;
    }
    let tokens = &reply.tokens.all;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    if let Some(found) = reply.first(Meaning::Proxy) {
        let name = (0..tokens.len()).find_map(|at| name_at(reply, at));
        return Some(Colleague { name, at: found.from });
    }
    for at in 0..tokens.len() {
        let Some(name) = name_at(reply, at) else { continue };
        let count = name.split_whitespace().count();
        let after = at + count;
        let clause = reply.tokens.clause_of(at);
        // "Dana will take it", "Dana's free"
        let takes = (after..clause.end).any(|at| {
            matches!(
                text(at),
                "take"
                    | "takes"
                    | "it"
                    | "this"
                    | "see"
                    | "go"
                    | "help"
                    | "do"
                    | "one"
                    | "available"
                    | "free"
                    | "interested"
                    | "claim"
                    | "claims"
                    | "her"
            )
        });
        // "Did Dana take it?" asks.
        let acts = clause.contains(&after)
            && WILL.contains(&text(after))
            && takes
            && text(after) != "and"
            && !reply.asked_in(at);
        let possessive = at > clause.start
            && matches!(
                text(at - 1),
                "for" | "to" | "down" | "add" | "put" | "sign" | "give" | "mark"
            );
        let asked = possessive
            && match text(at - 1) {
                "for" => claims_for(reply, at - 1),
                "to" => matches!(
                    text(at.wrapping_sub(3)),
                    "give" | "send" | "offer" | "pass" | "assign"
                ),
                _ => true,
            };
        if acts || asked {
            return Some(Colleague { name: Some(name), at });
        }
    }
    None
}

/// "K7Q for Miriam", "claiming for Dana": the word before `for` is a claim's.
fn claims_for(reply: &Reply<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let token = &reply.tokens.all[before];
    matches!(token.tag, super::tokens::Tag::Code(_))
        || matches!(
            token.text.as_str(),
            "claiming"
                | "claim"
                | "taking"
                | "replying"
                | "answering"
                | "this"
                | "it"
                | "one"
                | "texting"
                | "accepting"
                | "yes"
                | "booking"
                | "responding"
                | "writing"
        )
}

/// The colleague named beside herself: "me and Dana".
pub(crate) fn beside_her(reply: &Reply<'_>) -> Option<String> {
    let found = reply.first(Meaning::WithColleague)?;
    (found.from..found.to).find_map(|at| name_at(reply, at))
}

fn speaks_for_herself(reply: &Reply<'_>) -> bool {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    (0..reply.tokens.all.len()).any(|at| {
        matches!(
            (text(at), text(at + 1)),
            ("put" | "count" | "sign" | "mark" | "add", "me")
                | ("i", "can" | "could" | "will" | "take")
                | ("me", "and")
                | ("and", "me" | "i")
        ) || text(at) == "ill"
    }) && !reply.has(Meaning::Proxy)
}

/// A person's name that begins at a token.
pub(crate) fn name_at(reply: &Reply<'_>, at: usize) -> Option<String> {
    let token = reply.tokens.all.get(at)?;
    if matches!(token.tag, super::tokens::Tag::Code(_)) {
        return None;
    }
    let count = names::person_at(&reply.text, token.words.start, reply.mute)?;
    let written = reply.text.quote(token.words.start..token.words.start + count);
    let written =
        written.strip_suffix("'s").or_else(|| written.strip_suffix("\u{2019}s")).unwrap_or(written);
    // The first name tells who is meant; what follows ("Sarah K") goes on no record.
    Some(written.split_whitespace().next().unwrap_or(written).to_owned())
}
