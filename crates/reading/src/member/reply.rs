//! One reply, taken apart as far as words go: tokens, phrases, codes, marks.

use std::ops::Range;

use model::{
    Code,
    reading::{MemberContext, OpenOffer, Reason},
};

use strsim::osa_distance;

use super::{
    codes::Known,
    dates::Received,
    lexicon::{Found, Lexicon, Meaning},
    tokens::{Tag, Tokens},
};
use crate::{normalise::Normalised, redact::names::capitals_are_mute};

/// A reply with everything that was found in it.
pub(crate) struct Reply<'a> {
    pub(crate) text: Normalised<'a>,
    pub(crate) tokens: Tokens,
    pub(crate) found: Vec<Found>,
    pub(crate) context: &'a MemberContext,
    pub(crate) known: Known,
    pub(crate) received: Option<Received>,
    /// Whether capitals tell nothing of names, because most words have one.
    pub(crate) mute: bool,
    /// The clauses that end in a question mark, by number.
    asked: Vec<bool>,
}

impl<'a> Reply<'a> {
    /// Takes apart a text that was normalised without its accents.
    pub(crate) fn new(text: Normalised<'a>, context: &'a MemberContext, lexicon: &Lexicon) -> Self {
        let known = known(context);
        let mut tokens = Tokens::new(&text, |at| known.at(&text, at));
        mend(&mut tokens, lexicon);
        let mut found = Vec::new();
        let seen = lexicon.see(&tokens.all);
        for clause in &tokens.clauses {
            let from = found.len();
            lexicon.find(&seen[clause.clone()], clause.start, &mut found);
            let kept = without_fillers(clause, &found[from..]);
            if kept != *clause {
                lexicon.find(&seen[kept.clone()], kept.start, &mut found);
            }
        }
        drop_contained(&mut found);
        let asked =
            tokens.clauses.iter().map(|clause| ends_asking(&text, &tokens, clause)).collect();
        let received = Received::parse(&context.received_at);
        let mute = capitals_are_mute(&text);
        Self { text, tokens, found, context, known, received, mute, asked }
    }

    pub(crate) fn has(&self, meaning: Meaning) -> bool {
        self.first(meaning).is_some()
    }

    pub(crate) fn any(&self, meanings: &[Meaning]) -> Option<Found> {
        meanings.iter().find_map(|&meaning| self.first(meaning))
    }

    pub(crate) fn first(&self, meaning: Meaning) -> Option<Found> {
        self.all(meaning).min_by_key(|found| (found.from, usize::MAX - found.to))
    }

    pub(crate) fn all(&self, meaning: Meaning) -> impl Iterator<Item = Found> {
        self.found.iter().copied().filter(move |found| found.meaning == meaning)
    }

    /// What she wrote for a run of tokens.
    pub(crate) fn quote(&self, tokens: Range<usize>) -> &'a str {
        match self.tokens.all.get(tokens) {
            Some([first, .., last]) => self.text.quote(first.words.start..last.words.end),
            Some([only]) => self.text.quote(only.words.clone()),
            _ => "",
        }
    }

    /// Why something was read.
    pub(crate) fn reason(&self, field: &str, rule: &str, tokens: Range<usize>) -> Reason {
        Reason {
            field: field.to_owned(),
            rule: rule.to_owned(),
            words: self.quote(tokens).to_owned(),
        }
    }

    /// Whether the text asks anything by its mark.
    pub(crate) fn asks(&self) -> bool {
        self.text.text().contains(['?', '❓', '❔'])
    }

    /// Whether the clause in which a token stands ends in a question mark.
    pub(crate) fn asked_in(&self, token: usize) -> bool {
        let clause = self.tokens.clauses.iter().position(|clause| clause.contains(&token));
        clause.and_then(|clause| self.asked.get(clause)).copied().unwrap_or(false)
    }

    /// Codes she typed, in order.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.tokens.codes()
    }

    /// The open offers that she has not claimed, those with a free place first; if none has one,
    /// the filled ones.
    pub(crate) fn free_offers(&self) -> Vec<&'a OpenOffer> {
        let mine = self.claimed();
        let offers = || {
            self.context
                .open_referrals
                .iter()
                .filter(move |offer| offer.code.parse().is_ok_and(|code: Code| Some(code) != mine))
        };
        let free = offers().filter(|offer| !filled(offer)).collect::<Vec<_>>();
        if free.is_empty() { offers().collect() } else { free }
    }

    /// The codes of [`Reply::free_offers`].
    pub(crate) fn free_codes(&self) -> Vec<Code> {
        self.free_offers().iter().filter_map(|offer| offer.code.parse().ok()).collect()
    }

    /// The code she holds a place of.
    pub(crate) fn claimed(&self) -> Option<Code> {
        self.context.already_claimed.as_ref()?.code.parse().ok()
    }

    /// The code of her last hand-off.
    pub(crate) fn last(&self) -> Option<Code> {
        self.context.last_referral.as_ref()?.code.parse().ok()
    }

    /// Whether the family of this referral has the names.
    pub(crate) fn handed_off(&self, code: Code) -> bool {
        [&self.context.last_referral, &self.context.already_claimed].into_iter().flatten().any(
            |referral| {
                referral.code.parse() == Ok(code)
                    && matches!(
                        referral.state.as_str(),
                        "names_sent" | "handed_off" | "closed" | "followup_sent"
                    )
            },
        )
    }

    /// How many words there are beside codes.
    pub(crate) fn plain_words(&self) -> usize {
        self.tokens.all.iter().filter(|token| token.tag == Tag::Plain).count()
    }
}

/// The longest message in which slips of the finger are mended; a longer one has words enough.
const MENDED: usize = 40;

/// Words that decide, and so are known again with a letter wrong, missing, doubled or swapped.
const DECIDING: [&str; 75] = [
    "absolutely",
    "accept",
    "afternoon",
    "afternoons",
    "already",
    "anymore",
    "anyone",
    "appointment",
    "available",
    "backup",
    "booked",
    "brooklyn",
    "cancel",
    "cancelled",
    "cannot",
    "claim",
    "claimed",
    "claiming",
    "client",
    "colleague",
    "confirm",
    "contact",
    "contacted",
    "decline",
    "definitely",
    "disponible",
    "english",
    "evening",
    "evenings",
    "family",
    "friday",
    "happy",
    "insurance",
    "interested",
    "manhattan",
    "maternity",
    "monday",
    "morning",
    "mornings",
    "network",
    "nobody",
    "office",
    "patient",
    "perfect",
    "please",
    "possible",
    "queens",
    "referral",
    "referrals",
    "release",
    "remove",
    "saturday",
    "schedule",
    "scheduled",
    "someone",
    "sorry",
    "spanish",
    "standby",
    "status",
    "sunday",
    "superbill",
    "taken",
    "thanks",
    "thursday",
    "tomorrow",
    "tonight",
    "tuesday",
    "unavailable",
    "unfortunately",
    "unsubscribe",
    "vacation",
    "virtual",
    "wednesday",
    "weekend",
    "working",
];

/// Sets slips of the finger right: `intrested`, `avialable`, `relase`.
fn mend(tokens: &mut Tokens, lexicon: &Lexicon) {
    if tokens.all.len() > MENDED {
        return;
    }
    for token in &mut tokens.all {
        let length = token.text.len();
        if token.tag != Tag::Plain
            || length < 5
            || !token.text.is_ascii()
            || lexicon.knows(&token.text)
        {
            continue;
        }
        let most = if length >= 8 { 2 } else { 1 };
        let near = DECIDING
            .iter()
            .filter(|word| word.len().abs_diff(length) <= most)
            .map(|word| (osa_distance(word, &token.text), word))
            .filter(|(distance, _)| *distance <= most)
            .min_by_key(|(distance, _)| *distance);
        if let Some((_, word)) = near {
            token.text = (*word).to_owned();
        }
    }
}

/// Whether an offer has no free place.
pub(crate) fn filled(offer: &OpenOffer) -> bool {
    offer.state == "filled" || (offer.slots > 0 && offer.claims >= offer.slots)
}

fn known(context: &MemberContext) -> Known {
    let mut known = Known::default();
    known
        .open
        .extend(context.open_referrals.iter().filter_map(|offer| offer.code.parse::<Code>().ok()));
    let asked =
        context.awaiting.as_deref().unwrap_or("").split_once(':').map_or("", |(_, codes)| codes);
    let others = [&context.already_claimed, &context.last_referral];
    let others =
        others.into_iter().flatten().filter_map(|referral| referral.code.parse::<Code>().ok());
    known.others.extend(asked.split(',').filter_map(|code| code.trim().parse().ok()).chain(others));
    known
}

/// A clause without the polite words at its ends; the whole clause where nothing else is in it.
fn without_fillers(clause: &Range<usize>, found: &[Found]) -> Range<usize> {
    let fillers = || found.iter().filter(|found| found.meaning == Meaning::Filler);
    let (mut from, mut to) = (clause.start, clause.end);
    while let Some(filler) =
        fillers().filter(|filler| filler.from == from).max_by_key(|filler| filler.to)
    {
        from = filler.to;
    }
    while let Some(filler) = fillers()
        .filter(|filler| filler.to == to && filler.from >= from)
        .min_by_key(|filler| filler.from)
    {
        to = filler.from;
    }
    if from < to { from..to } else { clause.clone() }
}

/// Takes away what is part of a longer phrase: "can't talk now" is no "can't".
fn drop_contained(found: &mut Vec<Found>) {
    found.sort_unstable();
    found.dedup();
    let mut kept = Vec::with_capacity(found.len());
    // How far the phrases that begin earlier reach, per meaning.
    let mut reach = Vec::<(Meaning, usize)>::new();
    for beside in found.chunk_by(|a, b| a.from == b.from) {
        let hidden = |inner: &Found| {
            let earlier =
                reach.iter().any(|(meaning, to)| *meaning != inner.meaning && *to >= inner.to);
            let longer = beside.iter().any(|outer| {
                outer.to > inner.to && outer.meaning != inner.meaning && !outer.meaning.depends()
            });
            !inner.meaning.informs() && (earlier || longer)
        };
        kept.extend(beside.iter().copied().filter(|inner| !hidden(inner)));
        for outer in beside.iter().filter(|outer| !outer.meaning.depends()) {
            match reach.iter_mut().find(|(meaning, _)| *meaning == outer.meaning) {
                Some((_, to)) => *to = outer.to.max(*to),
                None => reach.push((outer.meaning, outer.to)),
            }
        }
    }
    *found = kept;
}

/// Whether a question mark stands between a clause and the next.
fn ends_asking(text: &Normalised<'_>, tokens: &Tokens, clause: &Range<usize>) -> bool {
    let Some(last) = tokens.all.get(clause.end.wrapping_sub(1)) else { return false };
    let next = tokens.all.get(clause.end).map_or(text.words().len(), |token| token.words.start);
    (last.words.end..next.max(last.words.end))
        .any(|word| matches!(text.word(word), "?" | "❓" | "❔"))
}
