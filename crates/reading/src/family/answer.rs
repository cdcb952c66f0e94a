//! Short answers to something we asked.

use model::reading::Answer;

use crate::family::{
    found::{Found, Hit},
    kind::Thread,
    lexicon::{Concept, concept as c},
    text::{Kind, Text},
};

/// The longest message that is an answer, in words.
const LONGEST: usize = 8;
/// The longest by which a request is called off, in words: more tells of more.
const LONGEST_CALLING_OFF: usize = 12;
/// The highest number that the follow-up offers to a family that has asked for no more names.
const CHOICES: usize = 3;

/// The value of a word of agreement that is as much one of politeness: "please".
const POLITE: i32 = 1;

/// How the message answers what we asked; `None` where it does not.
pub(crate) fn answer(
    text: &Text,
    found: &Found,
    thread: Thread,
    names: &[String],
) -> Option<(Answer, String)> {
    let quote = |hit: &Hit| text.quote(&hit.at).to_owned();
    if let Some(hit) = found.first(c::DELETE_ME) {
        return Some((Answer::DeleteMe, quote(hit)));
    }
    if let Some(hit) = found.first(c::SOMEONE_ELSE)
        && thread.has_referral()
    {
        return Some((Answer::SomeoneElse, quote(hit)));
    }
    if thread == Thread::FollowedUp
        && let Some(choice) = choice(text, names)
    {
        return Some(choice);
    }
    // Said in words, at any length: nobody called back, or somebody came.
    if thread.has_names() {
        if found.says(c::NO_ANSWER)
            && let Some(hit) = found.first(c::NO_ANSWER)
        {
            return Some((Answer::SomeoneElse, quote(hit)));
        }
        if found.says(c::OUTCOME)
            && let Some(hit) = found.first(c::OUTCOME)
        {
            return Some((Answer::Yes, quote(hit)));
        }
    }
    // Called off while members are asked; not where anything is still wanted beside it.
    if thread == Thread::Open
        && text.length() <= LONGEST_CALLING_OFF
        && !found.says_any(&[c::SOMEONE_ELSE, c::NO_ANSWER, c::CORRECTION])
        && let Some(hit) = found.first(c::SOLVED)
    {
        return Some((Answer::Solved, quote(hit)));
    }
    if text.length() > LONGEST || text.length() == 0 && text.tokens.is_empty() {
        return None;
    }
    let leads = |concept: Concept| found.of(concept).find(|hit| hit.at.start == 0);
    // "no problem", "no one called": the denial of something else is no "no".
    let no = leads(c::NO).filter(|hit| {
        text.tokens
            .get(hit.at.end)
            .is_none_or(|next| matches!(next.kind, Kind::Break | Kind::Emoji) || next.sign == ',')
            || found.before(c::THANKS, text.tokens.len(), text.tokens.len()).is_some()
    });
    if let Some(hit) = no {
        return Some((Answer::No, quote(hit)));
    }
    // "Please have them call me" asks for a call: the word that is only polite agrees to nothing there.
    leads(c::YES)
        .filter(|hit| hit.value != POLITE || !found.says(c::CALL_ME))
        .map(|hit| (Answer::Yes, quote(hit)))
}

/// The follow-up's number, alone or at the front; or the name that stands for it.
fn choice(text: &Text, names: &[String]) -> Option<(Answer, String)> {
    let first = text.tokens.first()?;
    let alone = text
        .tokens
        .get(1)
        .is_none_or(|next| matches!(next.kind, Kind::Break | Kind::Emoji) || !next.tight);
    if first.kind == Kind::Number
        && alone
        && text.length() <= 5
        && let Some(number) = text.number(0)
        && number as usize <= CHOICES.max(names.len())
    {
        return Some((Answer::Choice(number), text.quote(&(0..1)).to_owned()));
    }
    if text.length() > 3 {
        return None;
    }
    names.iter().zip(1u32..).find_map(|(name, number)| {
        let name = name.split_whitespace().next()?.to_lowercase();
        let at = (0..text.tokens.len()).find(|&at| text.word(at) == name)?;
        Some((Answer::Choice(number), text.quote(&(at..at + 1)).to_owned()))
    })
}
