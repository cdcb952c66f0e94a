//! Members' replies: what she means, for which referral, with which condition.
//!
//! The order in which a reply is read is fixed and is the whole of the method: carriers' words, then
//! reactions, then an answer to what we asked, then outcomes, giving back, away and back, no, question,
//! and only then yes. Whatever is left over is never guessed.

use std::sync::LazyLock;

use model::{
    Code,
    reading::{Intent, MemberContext, MemberExtract, MemberReading, ReactionEffect, Reason},
};

use crate::{
    keywords::{Keyword, keyword},
    normalise::Normalised,
};

mod availability;
mod caveat;
mod claims;
mod codes;
mod colleagues;
mod dates;
pub(crate) mod lexicon;
mod offers;
mod order;
mod outcomes;
mod reactions;
mod reply;
mod times;
pub(crate) mod tokens;

pub use lexicon::LexiconError;
use lexicon::{Found, Lexicon, Phrases};
use reply::Reply;

/// Reads members' replies by a set of phrases.
#[derive(Debug)]
pub struct MemberReader {
    lexicon: Lexicon,
    /// Place names and what the roster calls them, longest first.
    places: Vec<(Vec<String>, String)>,
}

static BUILT_IN: LazyLock<MemberReader> = LazyLock::new(|| {
    MemberReader::with("").unwrap_or_else(|error| {
        debug_assert!(false, "the built-in phrases: {error}");
        MemberReader { lexicon: Phrases::new().finish(), places: Vec::new() }
    })
});

/// Reads a reply by the phrases that are built in.
///
/// `codes` names the referrals she means: those she typed or described, or the only one open. With
/// several open and none named, a claim is `claim_ambiguous` and `codes` holds them all. A reading
/// knows nothing of races: whether a claim gets a place is decided where places are.
#[must_use]
pub fn read(text: &str, context: &MemberContext) -> MemberReading {
    BUILT_IN.read(text, context)
}

impl MemberReader {
    /// The built-in phrases and those of `more`, a file of the same form, in which a chapter keeps
    /// its own.
    ///
    /// # Errors
    /// Names the line of `more` that cannot be understood.
    pub fn with(more: &str) -> Result<Self, LexiconError> {
        let mut phrases = Phrases::new();
        phrases.add(include_str!("../data/member_phrases.txt"))?;
        phrases.add(more)?;
        Ok(Self { lexicon: phrases.finish(), places: places() })
    }

    /// Reads one reply. See [`read`].
    #[must_use]
    pub fn read(&self, text: &str, context: &MemberContext) -> MemberReading {
        let verdict = self.judge(text, context);
        let Verdict { intent, codes, extract, reaction, reasons } = standing(verdict, context);
        MemberReading { intent, codes, extract, reaction, reasons }
    }

    fn judge(&self, text: &str, context: &MemberContext) -> Verdict {
        let plain = Normalised::plain(text);
        if plain.spoken().next().is_none() && plain.text().chars().all(|c| !"?¿".contains(c)) {
            return Verdict::bare(if context.media > 0 {
                Intent::MediaOnly
            } else {
                Intent::Unclear
            });
        }
        match keyword(text) {
            // "Cancel please", from somebody who holds a place, gives the place back. The carriers'
            // bare CANCEL has ended her texts before we see it, and stays what it is.
            Some(Keyword::Stop) if context.already_claimed.is_some() && cancels(&plain) => {}
            Some(Keyword::Stop) => {
                return Verdict::bare(Intent::OptOut).because("keyword.stop", text);
            }
            Some(Keyword::Start) => {
                return Verdict::bare(Intent::OptIn).because("keyword.start", text);
            }
            Some(Keyword::Help) => {
                return Verdict::bare(Intent::Help).because("keyword.help", text);
            }
            None => {}
        }
        let reply = Reply::new(plain, context, &self.lexicon);
        if let Some(tapback) = reactions::read(&reply.text, &reply.known, &self.lexicon) {
            let verdict = Verdict::new(Intent::Reaction, tapback.codes);
            return Verdict { reaction: Some(tapback.effect), ..verdict }.because("reaction", text);
        }
        order::read(&reply, text, &self.places)
    }
}

/// "Cancel" with a word of courtesy.
fn cancels(text: &Normalised<'_>) -> bool {
    text.spoken().any(|word| word == "cancel") && text.spoken().count() > 1
}

/// What a reply was read as, while it is being read.
#[derive(Debug)]
struct Verdict {
    intent: Intent,
    codes: Vec<Code>,
    extract: MemberExtract,
    reaction: Option<ReactionEffect>,
    reasons: Vec<Reason>,
}

impl Verdict {
    fn new(intent: Intent, codes: Vec<Code>) -> Self {
        let codes = codes_once(codes);
        Self {
            intent,
            codes,
            extract: MemberExtract::default(),
            reaction: None,
            reasons: Vec::new(),
        }
    }

    fn bare(intent: Intent) -> Self {
        Self::new(intent, Vec::new())
    }

    /// Notes the rule, and the text it rests on.
    fn because(mut self, rule: &str, words: &str) -> Self {
        let words = words.chars().take(200).collect();
        self.reasons.push(Reason { field: "intent".to_owned(), rule: rule.to_owned(), words });
        self
    }

    /// Notes the rule, and the phrase it rests on.
    fn found(mut self, rule: &str, reply: &Reply<'_>, found: Found) -> Self {
        self.reasons.push(reply.reason("intent", rule, found.from..found.to));
        self
    }

    fn with(self, extract: MemberExtract) -> Self {
        Self { extract, ..self }
    }
}

/// Each code once, in the order of its first.
fn codes_once(codes: Vec<Code>) -> Vec<Code> {
    codes.into_iter().fold(Vec::new(), |mut once, code| {
        if !once.contains(&code) {
            once.push(code);
        }
        once
    })
}

/// What her standing makes of a claim. Keywords hold for everybody; a number that is not on the
/// roster learns nothing else.
fn standing(verdict: Verdict, context: &MemberContext) -> Verdict {
    let claims = matches!(
        verdict.intent,
        Intent::Claim
            | Intent::ClaimProvisional
            | Intent::ClaimConditional
            | Intent::ClaimStandby
            | Intent::ClaimAmbiguous
            | Intent::ClaimLate
            | Intent::DisambiguationAnswer
    );
    match context.member_status.as_str() {
        "unknown_number"
            if !matches!(
                verdict.intent,
                Intent::OptOut | Intent::OptIn | Intent::Help | Intent::Resign
            ) =>
        {
            Verdict { reasons: verdict.reasons, ..Verdict::bare(Intent::NotOnRoster) }
        }
        "suspended" | "paused" | "applied" | "removed" if claims => {
            Verdict { intent: Intent::NotEligible, ..verdict }
        }
        status if claims && status.starts_with("active_blocked") => {
            Verdict { intent: Intent::NotEligible, ..verdict }
        }
        _ => verdict,
    }
}

/// Boroughs and neighbourhoods as members write them, and their names.
fn places() -> Vec<(Vec<String>, String)> {
    let lines = include_str!("../data/member_places.txt").lines();
    let mut places = Vec::new();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let Some((name, spellings)) = line.split_once('=') else { continue };
        for spelling in std::iter::once(name).chain(spellings.split('|')) {
            let words = Normalised::plain(spelling)
                .spoken()
                .map(|word| word.replace('\'', ""))
                .collect::<Vec<_>>();
            if !words.is_empty() {
                places.push((words, name.trim().to_owned()));
            }
        }
    }
    places
}
