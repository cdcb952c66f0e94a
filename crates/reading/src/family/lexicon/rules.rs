//! Rules: concepts that stand near each other make another concept.
//!
//! One rule a line, `RESULT: TERM TERM ~GAP unless CONCEPT`, alternatives parted by `;`:
//!
//! - `latch` holds where the concept stands and is not denied, `-latch` where it is denied
//!   ("won't latch") or there is trouble with it ("struggles to latch"), `!latch` where it is denied
//!   outright, `?latch` where there is trouble only, `=latch` in any case;
//! - `~4` lets up to four words stand between neighbours (three if nothing is said; syllables of
//!   Chinese and Korean count half); `>` before the first term asks for the order as written, `&` lets
//!   the terms stand in sentences of their own;
//! - `unless x y` drops the match if `x` or `y` stands in the same sentence, `never x y` if anywhere.
//!
//! `flag LEVEL NAME: ...` makes a sign of danger of that level.

use model::{Word, reading::FlagLevel};

use super::concept::Concept;

/// What a term asks of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polarity {
    /// It is said and not denied.
    Said,
    /// It is denied, or there is trouble with it.
    Denied,
    /// It is denied outright.
    Refused,
    /// There is trouble with it, short of denial: "hard to wake".
    Trouble,
    /// Either.
    Either,
}

/// One term of a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// What must stand there.
    pub(crate) concept: Concept,
    /// And how.
    pub(crate) polarity: Polarity,
}

/// One alternative of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// What it finds.
    pub(crate) result: Concept,
    /// With which level, where it finds a flag.
    pub(crate) level: Option<FlagLevel>,
    /// What must stand together.
    pub(crate) terms: Vec<Term>,
    /// How many words may stand between neighbours.
    pub(crate) gap: usize,
    /// Whether the terms stand in this order.
    pub(crate) ordered: bool,
    /// Whether the terms may stand in different sentences.
    pub(crate) across: bool,
    /// What undoes it in the same sentence.
    pub(crate) unless: Vec<Concept>,
    /// What undoes it anywhere in the message.
    pub(crate) never: Vec<Concept>,
}

/// Reads one line of rules; `intern` gives a concept its number.
pub(crate) fn parse(
    line: &str,
    intern: &mut impl FnMut(&str) -> Concept,
) -> Result<Vec<Rule>, String> {
    let (head, body) = line.split_once(':').ok_or("a rule is NAME: TERMS")?;
    let mut head = head.split_whitespace();
    let mut name = head.next().ok_or("a rule needs a name")?;
    let mut level = None;
    if name == "flag" {
        let word = head.next().ok_or("a flag needs a level")?;
        level = Some(FlagLevel::from_word(word).ok_or_else(|| format!("no such level: {word}"))?);
        name = head.next().ok_or("a flag needs a name")?;
    }
    if head.next().is_some() {
        return Err("a rule has one name".to_owned());
    }
    let result = intern(name);
    body.split(';')
        .map(str::trim)
        .filter(|body| !body.is_empty())
        .map(|body| alternative(body, result, level, intern))
        .collect()
}

fn alternative(
    body: &str,
    result: Concept,
    level: Option<FlagLevel>,
    intern: &mut impl FnMut(&str) -> Concept,
) -> Result<Rule, String> {
    let mut rule = Rule {
        result,
        level,
        terms: Vec::new(),
        gap: 3,
        ordered: false,
        across: false,
        unless: Vec::new(),
        never: Vec::new(),
    };
    let mut into = 0;
    for word in body.split_whitespace() {
        match word {
            "unless" => into = 1,
            "never" => into = 2,
            ">" => rule.ordered = true,
            "&" => rule.across = true,
            _ if into == 1 => rule.unless.push(intern(word)),
            _ if into == 2 => rule.never.push(intern(word)),
            _ if word.starts_with('~') => {
                rule.gap = word[1..].parse().map_err(|_| format!("no gap: {word}"))?;
            }
            _ => {
                let (polarity, name) = match word.split_at_checked(1) {
                    Some(("-", name)) => (Polarity::Denied, name),
                    Some(("!", name)) => (Polarity::Refused, name),
                    Some(("?", name)) => (Polarity::Trouble, name),
                    Some(("=", name)) => (Polarity::Either, name),
                    _ => (Polarity::Said, word),
                };
                rule.terms.push(Term { concept: intern(name), polarity });
            }
        }
    }
    if rule.terms.is_empty() {
        return Err("an alternative needs a term".to_owned());
    }
    Ok(rule)
}
