//! What was found in a message: hits of concepts, denied or not, and what rules make of them.

use std::{cell::OnceCell, cmp::Reverse, ops::Range};

use crate::family::{
    lexicon::{
        Concept, Lexicon,
        concept::{self as c},
        rules::{Polarity, Rule, Term},
    },
    subject::PERSONS,
    text::{Kind, Text},
    tongue::{Languages, TONGUES, Tongue, Votes},
};

/// How a hit is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Denial {
    /// It is not.
    None,
    /// There is trouble with it: "struggles to latch".
    Trouble,
    /// It is: "no fever".
    Denied,
}

/// A concept, where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// Which concept.
    pub(crate) concept: Concept,
    /// Its value, where the phrase has one.
    pub(crate) value: i32,
    /// Its tokens.
    pub(crate) at: Range<usize>,
    /// Its sentence.
    pub(crate) sentence: u16,
    /// Whether it is denied.
    pub(crate) denial: Denial,
    /// The number of the rule that made it; `None` where a phrase did.
    pub(crate) rule: Option<u16>,
    /// The language of the phrase.
    pub(crate) tongue: Tongue,
}

impl Hit {
    /// Whether it is said and not denied.
    pub(crate) fn said(&self) -> bool {
        self.denial != Denial::Denied
    }

    fn admits(&self, polarity: Polarity) -> bool {
        match polarity {
            Polarity::Said => self.said(),
            Polarity::Denied => self.denial != Denial::None,
            Polarity::Refused => self.denial == Denial::Denied,
            Polarity::Trouble => self.denial == Denial::Trouble,
            Polarity::Either => true,
        }
    }
}

/// Of one concept no more hits than this are made by rules: who says a thing so often has said it.
const MOST_MADE: u32 = 64;

/// Where the hits of one concept are.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// In [`Found::order`], from and to: those of phrases, by their first tokens.
    from: u32,
    to: u32,
    /// The first and the last that rules made, counted from 1; 0 where there is none.
    first: u32,
    last: u32,
    /// How many rules made.
    made: u32,
}

/// All hits of a message.
///
/// Whoever asks for hits near some tokens is given those alone ([`Found::within`]), so that a phrase
/// said a thousand times costs a thousand times what it costs once, and not a million times.
pub(crate) struct Found {
    /// In the order of their first tokens; those that rules made come last.
    pub(crate) hits: Vec<Hit>,
    /// The languages it is written in.
    pub(crate) languages: Languages,
    /// By concept.
    slots: Vec<Slot>,
    /// The hits of phrases, those of one concept together.
    order: Vec<u32>,
    /// How many hits phrases made.
    plain: usize,
    /// By hit that a rule made: the next one of the same concept, counted from 1.
    next: Vec<u32>,
    /// The most tokens that a phrase's hit has.
    longest: usize,
    /// Those of phrases that name a person, in their order.
    people: OnceCell<Vec<u32>>,
}

impl Found {
    /// Searches a message.
    pub(crate) fn search(lexicon: &Lexicon, text: &Text) -> Self {
        let (mut hits, votes) = collect(lexicon, text);
        let languages = Languages::weigh(text, votes);
        hits.retain(|hit| {
            let letters = hit.at.clone().map(|at| text.word(at).len()).sum();
            languages.admits(hit.tongue, letters, hit.at.len())
        });
        shield(text, &mut hits);
        hits.sort_by_key(|hit| (hit.at.start, hit.at.end));
        deny(lexicon, text, &mut hits);
        let (slots, order) = grouped(&hits, lexicon.concepts());
        let longest = hits.iter().map(|hit| hit.at.len()).max().unwrap_or(0);
        let plain = hits.len();
        let people = OnceCell::new();
        let next = Vec::new();
        let mut out = Self { hits, languages, slots, order, plain, next, longest, people };
        out.apply(lexicon, text);
        out
    }

    fn slot(&self, concept: Concept) -> Slot {
        self.slots.get(concept.index()).copied().unwrap_or_default()
    }

    /// Whether a concept stands anywhere, denied or not.
    pub(crate) fn any(&self, concept: Concept) -> bool {
        let slot = self.slot(concept);
        slot.from < slot.to || slot.first > 0
    }

    /// Every hit of a concept.
    pub(crate) fn of(&self, concept: Concept) -> impl Iterator<Item = &Hit> {
        let slot = self.slot(concept);
        self.order[slot.from as usize..slot.to as usize]
            .iter()
            .map(|&at| &self.hits[at as usize])
            .chain(self.made(slot))
    }

    /// Those that rules made.
    fn made(&self, slot: Slot) -> impl Iterator<Item = &Hit> {
        let mut number = slot.first;
        std::iter::from_fn(move || {
            let at = number.checked_sub(1)? as usize;
            number = self.next[at - self.plain];
            Some(&self.hits[at])
        })
    }

    /// The hits of a concept that rules made.
    pub(crate) fn made_of(&self, concept: Concept) -> impl Iterator<Item = &Hit> {
        self.made(self.slot(concept))
    }

    /// Every hit of a concept that touches some tokens or lies between them; perhaps some more that
    /// end shortly before.
    pub(crate) fn within(
        &self,
        concept: Concept,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = &Hit> {
        let slot = self.slot(concept);
        let all = &self.order[slot.from as usize..slot.to as usize];
        let hit = |at: u32| &self.hits[at as usize];
        let from = all.partition_point(|&at| hit(at).at.start + self.longest < tokens.start);
        let before = move |hit: &&Hit| hit.at.start <= tokens.end;
        let made = self.made(slot).filter(before);
        all[from..].iter().map(move |&at| hit(at)).take_while(before).chain(made)
    }

    /// Hits of a concept that hold all of some tokens and more.
    pub(crate) fn around(
        &self,
        concept: Concept,
        tokens: &Range<usize>,
    ) -> impl Iterator<Item = &Hit> {
        let tokens = tokens.clone();
        self.within(concept, tokens.clone()).filter(move |hit| {
            hit.at.len() > tokens.len() && hit.at.start <= tokens.start && hit.at.end >= tokens.end
        })
    }

    /// The first hit of a concept that is not denied.
    pub(crate) fn first(&self, concept: Concept) -> Option<&Hit> {
        self.of(concept).find(|hit| hit.said())
    }

    /// Whether a concept is said.
    pub(crate) fn says(&self, concept: Concept) -> bool {
        self.first(concept).is_some()
    }

    /// Whether one of several concepts is said.
    pub(crate) fn says_any(&self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|&concept| self.says(concept))
    }

    /// The hit of a concept that is nearest to some tokens in the same sentence, at most `gap` words
    /// away.
    pub(crate) fn near(
        &self,
        concept: Concept,
        at: &Range<usize>,
        sentence: u16,
        gap: usize,
    ) -> Option<&Hit> {
        self.within(concept, at.start.saturating_sub(gap)..at.end + gap)
            .filter(|hit| hit.sentence == sentence && distance(&hit.at, at) <= gap)
            .min_by_key(|hit| distance(&hit.at, at))
    }

    /// Whether a concept stands right before some tokens.
    pub(crate) fn before(&self, concept: Concept, start: usize, gap: usize) -> Option<&Hit> {
        self.within(concept, start.saturating_sub(gap)..start)
            .find(|hit| hit.at.end <= start && start - hit.at.end <= gap)
    }

    /// Whether a concept stands right after some tokens.
    pub(crate) fn after(&self, concept: Concept, end: usize, gap: usize) -> Option<&Hit> {
        self.within(concept, end..end + gap)
            .find(|hit| hit.at.start >= end && hit.at.start - end <= gap)
    }

    /// The hits of phrases that name a person, by number, in their order.
    pub(crate) fn people(&self) -> &[u32] {
        self.people.get_or_init(|| {
            let named = |at: &u32| PERSONS.contains(&self.hits[*at as usize].concept);
            (0..self.plain as u32).filter(named).collect()
        })
    }

    /// The most tokens that a phrase of this message has.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Adds what a rule made.
    fn add(&mut self, hit: Hit) {
        let number = self.hits.len() as u32 + 1;
        let Some(slot) = self.slots.get_mut(hit.concept.index()) else { return };
        if slot.made >= MOST_MADE {
            return;
        }
        slot.made += 1;
        if slot.first == 0 {
            slot.first = number;
        } else {
            self.next[slot.last as usize - 1 - self.plain] = number;
        }
        slot.last = number;
        self.hits.push(hit);
        self.next.push(0);
    }

    fn apply(&mut self, lexicon: &Lexicon, text: &Text) {
        let wide = text.tokens.iter().filter(|token| token.kind == Kind::Syllable).count() * 2
            > text.tokens.len();
        for (number, rule) in lexicon.rules.iter().enumerate() {
            if !rule.terms.iter().all(|term| self.any(term.concept))
                || rule.never.iter().any(|&never| self.says(never))
            {
                continue;
            }
            let gap = if wide { rule.gap * 2 } else { rule.gap };
            for made in self.matches(rule, gap, number as u16) {
                self.add(made);
            }
        }
    }

    fn matches(&self, rule: &Rule, gap: usize, number: u16) -> Vec<Hit> {
        let mut made: Vec<Hit> = Vec::new();
        let Some((first, rest)) = rule.terms.split_first() else { return made };
        // Anchors come sentence by sentence: what undoes the rule is asked once for each.
        let mut asked: Option<(u16, bool)> = None;
        for anchor in self.of(first.concept).filter(|hit| hit.admits(first.polarity)) {
            let mut span = anchor.at.clone();
            let mut last = anchor.at.clone();
            let mut taken = [(0usize, 0usize); 6];
            taken[0] = (anchor.at.start, anchor.at.end);
            let fits = rest.iter().enumerate().all(|(at, term)| {
                let sentence = (!rule.across).then_some(anchor.sentence);
                let taken_here = &taken[..=at.min(4)];
                let found =
                    self.partner(term, sentence, &span, &last, gap, rule.ordered, taken_here);
                if let Some(hit) = found {
                    span = span.start.min(hit.at.start)..span.end.max(hit.at.end);
                    last = hit.at.clone();
                    if at < 5 {
                        taken[at + 1] = (hit.at.start, hit.at.end);
                    }
                }
                found.is_some()
            });
            if !fits || made.iter().any(|other| other.at == span) {
                continue;
            }
            let sentence = anchor.sentence;
            let undone = asked.filter(|&(of, _)| of == sentence).map_or_else(
                || rule.unless.iter().any(|&concept| self.said_in(concept, sentence)),
                |(_, undone)| undone,
            );
            asked = Some((sentence, undone));
            if undone {
                continue;
            }
            made.push(Hit {
                concept: rule.result,
                value: rule.level.map_or(0, |level| level as i32 + 1),
                at: span,
                sentence,
                denial: Denial::None,
                rule: Some(number),
                tongue: anchor.tongue,
            });
            if made.len() >= MOST_MADE as usize {
                break;
            }
        }
        made
    }

    /// Whether a concept is said in a sentence.
    fn said_in(&self, concept: Concept, sentence: u16) -> bool {
        let slot = self.slot(concept);
        let all = &self.order[slot.from as usize..slot.to as usize];
        let hit = |at: u32| &self.hits[at as usize];
        let from = all.partition_point(|&at| hit(at).sentence < sentence);
        let here = |hit: &&Hit| hit.sentence == sentence;
        all[from..].iter().map(|&at| hit(at)).take_while(here).any(Hit::said)
            || self.made(slot).filter(here).any(Hit::said)
    }

    fn partner(
        &self,
        term: &Term,
        sentence: Option<u16>,
        span: &Range<usize>,
        last: &Range<usize>,
        gap: usize,
        ordered: bool,
        taken: &[(usize, usize)],
    ) -> Option<&Hit> {
        self.within(term.concept, span.start.saturating_sub(gap)..span.end + gap)
            .filter(|hit| sentence.is_none_or(|sentence| hit.sentence == sentence))
            .filter(|hit| hit.admits(term.polarity))
            .filter(|hit| !ordered || hit.at.start >= last.end)
            .filter(|hit| !taken.iter().any(|&(from, to)| hit.at.start < to && from < hit.at.end))
            .filter(|hit| distance(&hit.at, span) <= gap)
            .min_by_key(|hit| distance(&hit.at, span))
    }
}

/// The hits of every concept together, by their first tokens.
fn grouped(hits: &[Hit], concepts: usize) -> (Vec<Slot>, Vec<u32>) {
    let mut slots = vec![Slot::default(); concepts];
    for hit in hits {
        if let Some(slot) = slots.get_mut(hit.concept.index()) {
            slot.to += 1;
        }
    }
    let mut end = 0;
    for slot in &mut slots {
        (slot.from, end) = (end, end + slot.to);
        slot.to = slot.from;
    }
    let mut order = vec![0; end as usize];
    for (number, hit) in hits.iter().enumerate() {
        if let Some(slot) = slots.get_mut(hit.concept.index()) {
            order[slot.to as usize] = number as u32;
            slot.to += 1;
        }
    }
    (slots, order)
}

/// How many tokens stand between two runs of them.
pub(crate) fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}

/// All phrases with all their meanings, and what they say of the language.
fn collect(lexicon: &Lexicon, text: &Text) -> (Vec<Hit>, Votes) {
    let mut hits = Vec::with_capacity(128);
    let mut votes: Votes = [0; TONGUES];
    lexicon.phrases.find(text, |at, senses| {
        let Some(first) = text.tokens.get(at.start) else { return };
        let mut several = [false; TONGUES];
        for sense in senses {
            several[usize::from(sense.tongue.0)] = true;
            hits.push(Hit {
                concept: sense.concept,
                value: sense.value,
                at: at.clone(),
                sentence: first.sentence,
                denial: Denial::None,
                rule: None,
                tongue: sense.tongue,
            });
        }
        let tongues = several.iter().skip(1).filter(|&&there| there).count() as u32;
        if tongues == 0 {
            return;
        }
        let words = senses.iter().any(|sense| sense.concept == c::WORDS);
        let weight = (if words { 12 } else { 8 }) * at.len() as u32 / tongues;
        for (tongue, _) in several.iter().enumerate().skip(1).filter(|(_, there)| **there) {
            votes[tongue] += weight;
        }
    });
    (hits, votes)
}

/// Figures of speech hide what stands inside them: "this latch is killing me".
fn shield(text: &Text, hits: &mut Vec<Hit>) {
    // By token: of the figures that begin there or before the one that reaches farthest.
    let mut ends: Vec<(usize, Reverse<usize>)> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.concept == c::SHIELD) {
        if ends.is_empty() {
            ends.resize(text.tokens.len(), (0, Reverse(0)));
        }
        if let Some(longest) = ends.get_mut(hit.at.start) {
            *longest = (*longest).max((hit.at.end, Reverse(hit.at.start)));
        }
    }
    if ends.is_empty() {
        return;
    }
    let mut reach = (0, Reverse(0));
    for longest in &mut ends {
        reach = reach.max(*longest);
        *longest = reach;
    }
    hits.retain(|hit| {
        let (end, Reverse(start)) = ends[hit.at.start];
        hit.concept == c::WORDS || hit.at.end > end || hit.at == (start..end)
    });
}

/// How far a denial reaches, in words.
const REACH: usize = 4;
/// No denial begins farther away than this: its reach and its own length.
const NEAR: usize = 16;

/// Marks what is denied.
fn deny(lexicon: &Lexicon, text: &Text, hits: &mut [Hit]) {
    let mut deniers: Vec<(Range<usize>, u16, Denial, bool)> = hits
        .iter()
        .filter_map(|hit| {
            let (denial, backward) = match hit.concept {
                c::NEG => (Denial::Denied, false),
                c::NEG_AFTER => (Denial::Denied, true),
                c::FAIL => (Denial::Trouble, false),
                _ => return None,
            };
            Some((hit.at.clone(), hit.sentence, denial, backward))
        })
        .collect();
    if deniers.is_empty() {
        return;
    }
    deniers.sort_by_key(|(at, ..)| at.start);
    let mut stops: Vec<usize> = hits
        .iter()
        .filter(|hit| hit.concept == c::BUT)
        .map(|hit| hit.at.start)
        .chain((0..text.tokens.len()).filter(|&at| comma(text, at)))
        .collect();
    stops.sort_unstable();
    for hit in hits.iter_mut() {
        if matches!(hit.concept, c::NEG | c::NEG_AFTER | c::FAIL | c::SHIELD | c::WORDS | c::BUT) {
            continue;
        }
        // None but the near ones reach it.
        let near = deniers.partition_point(|(at, ..)| at.start + NEAR < hit.at.start);
        for (denier, sentence, denial, backward) in &deniers[near..] {
            if denier.start > hit.at.end + NEAR {
                break;
            }
            if *sentence != hit.sentence {
                continue;
            }
            let (from, to) =
                if *backward { (hit.at.end, denier.start) } else { (denier.end, hit.at.start) };
            let most = if *backward { 2 } else { REACH };
            if from > to || to - from > most.min(deniable(hit.concept)) {
                continue;
            }
            // "Latches not, Williamsburg": what stands behind a comma is not denied.
            if from == to && comma(text, to) {
                continue;
            }
            // A sign or a "but" ends the reach; it may stand right at the later of the two.
            let first = stops.partition_point(|&stop| stop < from + usize::from(from == to));
            if stops.get(first).is_none_or(|&stop| stop > to) {
                hit.denial = hit.denial.max(*denial);
            }
        }
    }
    // "no fever, chills or redness": a list of symptoms is denied as a whole.
    let mut before: Option<usize> = None;
    for at in 0..hits.len() {
        if !lexicon.traits.listed.contains(&hits[at].concept) {
            continue;
        }
        if let Some(last) = before
            && hits[last].denial == Denial::Denied
            && hits[last].sentence == hits[at].sentence
            && hits[at].denial == Denial::None
            && hits[at].at.start >= hits[last].at.end
            && hits[at].at.start - hits[last].at.end <= 1
            && ends_list(text, hits[at].at.end)
        {
            hits[at].denial = Denial::Denied;
        }
        before = Some(at);
    }
}

/// Whether a list of symptoms may end before this token: nothing is said of the last one.
fn ends_list(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_none_or(|token| {
        token.kind != Kind::Word
            || token.sign == ','
            || matches!(
                text.word(at),
                "or" | "and"
                    | "nor"
                    | "just"
                    | "only"
                    | "o"
                    | "ni"
                    | "y"
                    | "pero"
                    | "solo"
                    | "but"
                    | "so"
            )
    })
}

/// How near a denial has to stand to deny a concept: a name, a day or a wish is denied only by what
/// stands right before it.
fn deniable(concept: Concept) -> usize {
    match concept {
        c::BORN
        | c::GAVE_BIRTH
        | c::DUE
        | c::PREGNANT
        | c::NEWBORN
        | c::TWINS
        | c::PAYER
        | c::WEEKDAY
        | c::RELATIVE_DAY
        | c::MONTH_NAME
        | c::VISIT_HOME
        | c::VISIT_OFFICE
        | c::VISIT_VIRTUAL
        | c::TODAY
        | c::WANT_CONSULTANT
        | c::HELP_WORD
        | c::BREASTFEEDING
        | c::THANKS
        | c::PRAISE
        | c::SELF
        | c::PARTNER
        | c::CLIENT
        | c::CALL_ME
        | c::NICU => 1,
        c::PLACE | c::LANGUAGE_NAME => 2,
        _ => usize::MAX,
    }
}

/// Whether a comma stands before the token.
fn comma(text: &Text, at: usize) -> bool {
    let number = |at: usize| text.tokens.get(at).is_some_and(|token| token.kind == Kind::Number);
    match text.tokens[at].sign {
        ',' => !(text.tokens[at].tight && number(at) && at > 0 && number(at - 1)),
        ';' => true,
        _ => false,
    }
}
