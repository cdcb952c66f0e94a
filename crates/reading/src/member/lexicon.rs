//! Phrases and what they mean, from text files that anyone can read and a chapter can extend.
//!
//! A file has sections, `[claim]`, and under each one phrase a line. In a phrase
//!
//! - a word stands for itself; apostrophes and accents do not count (`can't`, `cant`);
//! - `word*` is any word that begins so;
//! - `(a|b c)` is one of several, `[a|b]` one of them or nothing;
//! - `_` is any one word, `..` none to three words;
//! - `{code}` is a referral's code, `{n}` a word that begins with a figure (`9`, `6pm`); `@name` is a list defined by a line `@name = a|b c`;
//! - `^` in front: only where a clause begins; `$` at the end: only where it ends.
//!
//! Words stand in the order given, within one clause. `#` begins a comment.

use std::collections::{HashMap, HashSet};

use super::tokens::{Tag, Token, spelled};
use crate::normalise::{Normalised, WordKind};

model::word! {
    /// What a phrase means. The name is the section's.
    Meaning {
        /// She takes it.
        Claim = "claim",
        /// She takes it, said by a word that means so only when it is the whole clause.
        Yes = "yes",
        /// She saw it; perhaps she takes it.
        Perhaps = "perhaps",
        /// She takes it if nobody else does.
        Standby = "standby",
        /// She takes it if something holds.
        Condition = "condition",
        /// She asks whether her own time or terms suit.
        OwnTerms = "own_terms",
        /// Not this one.
        Decline = "decline",
        /// No, said by a word that means so only when it is the whole clause.
        No = "no",
        /// A limit on how or when, which is a no only when nothing says yes.
        Limit = "limit",
        /// What keeps her: a no, unless a yes is said too.
        Excuse = "excuse",
        /// More than one: both, all.
        Both = "both",
        /// None of several.
        Neither = "neither",
        /// She gives her place back.
        Release = "release",
        /// She gives it back, if she has one; else she passes.
        Retract = "retract",
        /// A question.
        Question = "question",
        /// How does it stand?
        Status = "status",
        /// How does it stand, if it is asked.
        StatusIfAsked = "status_if_asked",
        /// Her open offers.
        ListOpen = "list_open",
        /// Her own places.
        ListMine = "list_mine",
        /// How does this line work?
        HowTo = "how_to",
        /// Away.
        Away = "away",
        /// Away only if a day to return on is told with it.
        AwayIfDated = "away_if_dated",
        /// Back.
        Back = "back",
        /// Texts again, please.
        OptIn = "opt_in",
        /// A rule for what she is sent from now on.
        Preference = "preference",
        /// A rule about days, if days are named with it.
        DayRule = "day_rule",
        /// A rule about places, if places are named with it.
        AreaRule = "area_rule",
        /// Visit booked.
        Booked = "booked",
        /// Visit took place.
        Seen = "seen",
        /// The family never called.
        NoContact = "no_contact",
        /// The family did not come.
        NoShow = "no_show",
        /// The family and she spoke.
        Connected = "connected",
        /// She believes she knows the family.
        Prior = "prior",
        /// Money or a swap for a referral.
        Ethics = "ethics",
        /// She speaks for a colleague.
        Proxy = "proxy",
        /// She and a colleague.
        WithColleague = "with_colleague",
        /// For the members' group.
        OffTopic = "off_topic",
        /// An answer that a machine wrote.
        AutoReply = "auto_reply",
        /// Words of a machine's answer that people use as well.
        AutoReplyWeak = "auto_reply_weak",
        /// Her own baby or body.
        OwnBaby = "own_baby",
        /// Trouble with feeding, or a cry for help.
        Trouble = "trouble",
        /// Need, told outright.
        NeedsHelp = "needs_help",
        /// Leans to a yes, when nothing else was understood.
        LeanYes = "lean_yes",
        /// Leans to a no, when nothing else was understood.
        LeanNo = "lean_no",
        /// Thanks.
        Thanks = "thanks",
        /// Talk that wants nothing.
        Chatter = "chatter",
        /// Words that carry nothing: please, hi, so.
        Filler = "filler",
        /// Her condition or time, worth telling the family.
        Term = "term",
        /// Video.
        VisitVirtual = "visit_virtual",
        /// At the family's home.
        VisitHome = "visit_home",
        /// At her own place.
        VisitOffice = "visit_office",
        /// In the hospital.
        VisitHospital = "visit_hospital",
        /// Takes the family's plan.
        InNetwork = "in_network",
        /// Does not bill insurance, gives a superbill.
        Superbill = "superbill",
        /// Does not bill insurance.
        OutOfNetwork = "out_of_network",
        /// The family pays herself.
        SelfPay = "self_pay",
        /// A clinical word that stays out of texts.
        Clinical = "clinical",
        /// What our own texts say when they are no offer.
        OurAnswer = "our_answer",
        /// No more texts, in plain words.
        Refusal = "refusal",
        /// Something else shall stop, or only some of the texts.
        Scoped = "scoped",
    }
}

impl Meaning {
    /// Whether it tells something beside what she means, and so may stand inside another phrase.
    pub(crate) fn informs(self) -> bool {
        use Meaning::{
            AreaRule, AwayIfDated, Both, Clinical, Condition, DayRule, Excuse, Filler, InNetwork,
            LeanNo, LeanYes, Limit, OurAnswer, OutOfNetwork, OwnTerms, Retract, SelfPay,
            StatusIfAsked, Superbill, Term, VisitHome, VisitHospital, VisitOffice, VisitVirtual,
            WithColleague,
        };
        matches!(
            self,
            AreaRule
                | AwayIfDated
                | Both
                | Clinical
                | Condition
                | DayRule
                | Excuse
                | Filler
                | InNetwork
                | LeanNo
                | LeanYes
                | Limit
                | OurAnswer
                | OutOfNetwork
                | OwnTerms
                | Retract
                | SelfPay
                | StatusIfAsked
                | Superbill
                | Term
                | VisitHome
                | VisitHospital
                | VisitOffice
                | VisitVirtual
                | WithColleague
        )
    }

    /// Whether it counts only where something else allows it, and so hides no shorter phrase.
    pub(crate) fn depends(self) -> bool {
        use Meaning::{Booked, Connected, NoContact, NoShow, Prior, Seen};
        self.informs() || matches!(self, Booked | Connected | NoContact | NoShow | Prior | Seen)
    }
}

/// A phrase found in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// What it means.
    pub(crate) meaning: Meaning,
    /// The first token of it.
    pub(crate) from: usize,
    /// The token after its last.
    pub(crate) to: usize,
}

/// Why a phrase file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// A section with a name that means nothing.
    #[error("line {line}: there is no section [{name}]")]
    Section {
        /// Counted from one.
        line: usize,
        /// The name found.
        name: String,
    },
    /// A phrase before the first section.
    #[error("line {0}: a phrase needs a section above it")]
    Homeless(usize),
    /// A bracket that does not close, an unknown list, or a phrase of nothing.
    #[error("line {0}: this phrase cannot be understood")]
    Phrase(usize),
}

/// One step of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Step {
    Word(Box<str>),
    Prefix(Box<str>),
    Any,
    Gap,
    Code,
    Figure,
}

/// A part of a phrase.
#[derive(Debug)]
enum Part {
    Step(Step),
    OneOf(Vec<Vec<Part>>),
}

/// One point that the phrases read so far have in common.
#[derive(Debug, Default)]
struct Node {
    words: HashMap<Box<str>, usize>,
    prefixes: Vec<(Box<str>, usize)>,
    any: Option<usize>,
    gap: Option<usize>,
    code: Option<usize>,
    figure: Option<usize>,
    /// Where the phrase goes on without a word: from one of several choices to what follows them.
    on: Vec<usize>,
    /// What is meant when a phrase ends here, and whether the clause must end too.
    ends: Vec<(Meaning, bool)>,
}

/// Every phrase, ready to be found.
#[derive(Debug)]
pub(crate) struct Lexicon {
    nodes: Vec<Node>,
    lists: HashMap<String, String>,
    /// Every word of every phrase.
    known: HashSet<Box<str>>,
}

const ANYWHERE: usize = 0;
const CLAUSE_START: usize = 1;

impl Lexicon {
    /// An empty lexicon.
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node::default(), Node::default()],
            lists: HashMap::new(),
            known: HashSet::new(),
        }
    }

    /// Whether any phrase has this word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// Adds the phrases of one file.
    pub(crate) fn add(&mut self, file: &str) -> Result<(), LexiconError> {
        let mut section = None;
        for (index, line) in file.lines().enumerate() {
            let number = index + 1;
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
                && let Some(meaning) = named(name, number)?
            {
                section = Some(meaning);
                continue;
            }
            if let Some((name, choices)) =
                line.strip_prefix('@').and_then(|rest| rest.split_once('='))
            {
                let choices = self.with_lists(choices).ok_or(LexiconError::Phrase(number))?;
                self.lists.insert(name.trim().to_owned(), choices);
                continue;
            }
            let meaning = section.ok_or(LexiconError::Homeless(number))?;
            self.phrase(line, meaning, number)?;
        }
        Ok(())
    }

    fn phrase(&mut self, line: &str, meaning: Meaning, number: usize) -> Result<(), LexiconError> {
        let wrong = LexiconError::Phrase(number);
        let line = self.with_lists(line).ok_or(wrong.clone())?;
        let (line, root) = match line.strip_prefix('^') {
            Some(rest) => (rest, CLAUSE_START),
            None => (line.as_str(), ANYWHERE),
        };
        let (line, closing) = match line.strip_suffix('$') {
            Some(rest) => (rest, true),
            None => (line, false),
        };
        let mut reader = Parts { rest: line };
        let choices = reader.choices(None).ok_or(wrong.clone())?;
        if choices.iter().any(Vec::is_empty) {
            return Err(wrong);
        }
        for parts in choices {
            let end = self.lay(parts, root);
            if end <= CLAUSE_START {
                return Err(wrong);
            }
            let ends = &mut self.nodes[end].ends;
            if !ends.contains(&(meaning, closing)) {
                ends.push((meaning, closing));
            }
        }
        Ok(())
    }

    /// Lays a phrase's parts from a node on; returns the node where they end.
    fn lay(&mut self, parts: Vec<Part>, from: usize) -> usize {
        parts.into_iter().fold(from, |node, part| match part {
            Part::Step(step) => self.step(node, step),
            Part::OneOf(choices) => {
                let ends =
                    choices.into_iter().map(|choice| self.lay(choice, node)).collect::<Vec<_>>();
                let join = self.nodes.len();
                self.nodes.push(Node::default());
                for end in ends {
                    self.nodes[end].on.push(join);
                }
                join
            }
        })
    }

    /// Puts the lists that `line` names in their places.
    fn with_lists(&self, line: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = line.trim();
        while let Some((before, after)) = rest.split_once('@') {
            let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
            out.push_str(before);
            out.push('(');
            out.push_str(self.lists.get(&after[..end])?);
            out.push(')');
            rest = &after[end..];
        }
        out.push_str(rest);
        Some(out)
    }

    fn step(&mut self, from: usize, step: Step) -> usize {
        let next = self.nodes.len();
        let node = &mut self.nodes[from];
        let found = match step {
            Step::Word(word) => {
                self.known.insert(word.clone());
                *node.words.entry(word).or_insert(next)
            }
            Step::Prefix(prefix) => {
                match node.prefixes.iter().find(|(known, _)| *known == prefix) {
                    Some((_, at)) => *at,
                    None => {
                        node.prefixes.push((prefix, next));
                        next
                    }
                }
            }
            Step::Any => *node.any.get_or_insert(next),
            Step::Gap => *node.gap.get_or_insert(next),
            Step::Code => *node.code.get_or_insert(next),
            Step::Figure => *node.figure.get_or_insert(next),
        };
        if found == next {
            self.nodes.push(Node::default());
        }
        found
    }

    /// Every phrase in one clause, whose first token is the `offset`th of the message.
    pub(crate) fn find(&self, clause: &[Token], offset: usize, out: &mut Vec<Found>) {
        for start in 0..clause.len() {
            let roots: &[usize] = if start == 0 { &[CLAUSE_START, ANYWHERE] } else { &[ANYWHERE] };
            for &root in roots {
                self.walk(root, clause, start, &mut |meaning, end| {
                    let found = Found { meaning, from: offset + start, to: offset + end };
                    if !out.contains(&found) {
                        out.push(found);
                    }
                });
            }
        }
    }

    fn walk(
        &self,
        node: usize,
        clause: &[Token],
        at: usize,
        found: &mut impl FnMut(Meaning, usize),
    ) {
        let node = &self.nodes[node];
        for &(meaning, closing) in &node.ends {
            if !closing || at == clause.len() {
                found(meaning, at);
            }
        }
        if let Some(gap) = node.gap {
            for skipped in 0..=3.min(clause.len() - at) {
                self.walk(gap, clause, at + skipped, found);
            }
        }
        for &next in &node.on {
            self.walk(next, clause, at, found);
        }
        let Some(token) = clause.get(at) else { return };
        if let Tag::Code(_) = token.tag {
            if let Some(next) = node.code.or(node.any) {
                self.walk(next, clause, at + 1, found);
            }
            return;
        }
        if let Some(next) = node.figure
            && token.text.starts_with(|c: char| c.is_ascii_digit())
        {
            self.walk(next, clause, at + 1, found);
        }
        if let Some(&next) = node.words.get(token.text.as_str()) {
            self.walk(next, clause, at + 1, found);
        }
        for (prefix, next) in &node.prefixes {
            if token.text.starts_with(&**prefix) {
                self.walk(*next, clause, at + 1, found);
            }
        }
        if let Some(next) = node.any {
            self.walk(next, clause, at + 1, found);
        }
    }
}

/// The meaning that a section's name tells; `None` where the line is a phrase in brackets.
fn named(name: &str, line: usize) -> Result<Option<Meaning>, LexiconError> {
    if name.contains(['[', ']', '|', ' ']) {
        return Ok(None);
    }
    match <Meaning as model::Word>::from_word(name) {
        Some(meaning) => Ok(Some(meaning)),
        None => Err(LexiconError::Section { line, name: name.to_owned() }),
    }
}

/// Reads a phrase.
struct Parts<'a> {
    rest: &'a str,
}

impl Parts<'_> {
    /// Everything up to `close` (or the end): the choices that `|` parts.
    fn choices(&mut self, close: Option<char>) -> Option<Vec<Vec<Part>>> {
        let mut choices = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else {
                return close.is_none().then_some(choices);
            };
            let parts = choices.last_mut()?;
            match c {
                _ if Some(c) == close => {
                    self.rest = &self.rest[1..];
                    return Some(choices);
                }
                '|' => {
                    self.rest = &self.rest[1..];
                    choices.push(Vec::new());
                }
                '(' | '[' => {
                    self.rest = &self.rest[1..];
                    let mut inner = self.choices(Some(if c == '(' { ')' } else { ']' }))?;
                    if c == '[' {
                        inner.push(Vec::new());
                    } else if inner.iter().any(Vec::is_empty) {
                        return None;
                    }
                    parts.push(Part::OneOf(inner));
                }
                ')' | ']' => return None,
                _ => {
                    let steps = self.plain();
                    if steps.is_empty() {
                        return None;
                    }
                    parts.extend(steps.into_iter().map(Part::Step));
                }
            }
        }
    }

    /// One blank-free piece of a phrase.
    fn plain(&mut self) -> Vec<Step> {
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || "()[]|".contains(c))
            .unwrap_or(self.rest.len());
        let (piece, rest) = self.rest.split_at(end);
        self.rest = rest;
        match piece {
            "_" => return vec![Step::Any],
            ".." => return vec![Step::Gap],
            "{code}" => return vec![Step::Code],
            "{n}" => return vec![Step::Figure],
            _ => {}
        }
        let (piece, prefix) = match piece.strip_suffix('*') {
            Some(piece) => (piece, true),
            None => (piece, false),
        };
        let read = Normalised::plain(piece);
        let mut steps = (0..read.words().len())
            .filter(|&at| !matches!(read.words()[at].kind, WordKind::Mark | WordKind::LineBreak))
            .map(|at| Step::Word(spelled(read.word(at)).into()))
            .collect::<Vec<_>>();
        if prefix && let Some(Step::Word(word)) = steps.pop() {
            steps.push(Step::Prefix(word));
        }
        steps
    }
}
