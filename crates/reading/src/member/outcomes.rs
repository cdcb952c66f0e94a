//! What became of a referral, in a member's words, with the clinical ones cut out.

use model::{
    Code,
    reading::{Intent, MemberExtract},
};

use super::{
    dates::Direction,
    lexicon::{Found, Meaning},
    reply::Reply,
    times::visit_date,
};
use crate::redact;

/// An outcome as far as it was told.
pub(crate) struct Outcome {
    pub(crate) intent: Intent,
    pub(crate) code: Code,
    pub(crate) extract: MemberExtract,
    pub(crate) found: Found,
}

/// Which words win where several are said: "saw her, and booked the next" was seen.
const ORDER: [(Meaning, Intent, &str); 5] = [
    (Meaning::NoShow, Intent::OutcomeFamilyNoShow, "family_no_show"),
    (Meaning::NoContact, Intent::OutcomeNoContact, "no_contact"),
    (Meaning::Seen, Intent::OutcomeSeen, "seen"),
    (Meaning::Booked, Intent::OutcomeReport, "booked"),
    (Meaning::Connected, Intent::OutcomeReport, "connected"),
];

/// Reads an outcome of a referral that she can report on; `None` where there is none.
pub(crate) fn read(reply: &Reply<'_>) -> Option<Outcome> {
    let typed = reply.codes();
    let free = reply.free_codes();
    let (found, intent, word) = ORDER.into_iter().find_map(|(meaning, intent, word)| {
        let found = reply
            .all(meaning)
            .filter(|found| !denied(reply, found.from))
            .min_by_key(|found| found.from)?;
        Some((found, intent, word))
    })?;
    // The code she typed, else her last hand-off; never an offer that is still open to her.
    let code = match typed.as_slice() {
        [] => reply.last().or_else(|| reply.claimed().filter(|&code| reply.handed_off(code)))?,
        codes => codes.iter().copied().find(|code| !free.contains(code))?,
    };
    // An offer is open too, and no code was typed: only words that cannot be about it count.
    let about_offer = typed.is_empty() && !free.is_empty();
    if about_offer
        && matches!(found.meaning, Meaning::Seen | Meaning::Connected)
        && reply.plain_words() < 2
    {
        return None;
    }
    if reply.asks() && typed.is_empty() {
        return None;
    }
    let direction =
        if found.meaning == Meaning::Booked { Direction::Ahead } else { Direction::Behind };
    let dated = matches!(found.meaning, Meaning::Booked | Meaning::Seen);
    let extract = MemberExtract {
        outcome: Some(word.to_owned()),
        visit_date: dated.then(|| visit_date(reply, direction)).flatten(),
        redacted: private_words(reply),
        ..MemberExtract::default()
    };
    Some(Outcome { intent, code, extract, found })
}

/// "Haven't seen her": the words before take it back.
fn denied(reply: &Reply<'_>, at: usize) -> bool {
    let words = [
        "not", "havent", "hasnt", "never", "didnt", "cant", "no", "wasnt", "werent", "isnt", "нe",
        "не", "pa",
    ];
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|at| {
        reply.tokens.all.get(at).is_some_and(|token| words.contains(&token.text.as_str()))
            && reply.tokens.clause_of(at).contains(&(at + 1))
    })
}

/// Clinical words and names, as she wrote them and in her order.
fn private_words(reply: &Reply<'_>) -> Vec<String> {
    let original = reply.text.original();
    let mut spans = reply
        .all(Meaning::Clinical)
        .map(|found| {
            let start = reply.tokens.all[found.from].words.start;
            let end = reply.tokens.all[found.to - 1].words.end;
            reply.text.words()[start].source.start..reply.text.words()[end - 1].source.end
        })
        .chain(redact::spans(original).into_iter().map(|(span, _)| span))
        .collect::<Vec<_>>();
    spans.sort_by_key(|span| (span.start, usize::MAX - span.end));
    let mut words = Vec::<String>::new();
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            words.push(original[span.clone()].to_owned());
            end = span.end;
        }
    }
    words
}
