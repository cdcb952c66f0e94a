//! Reads phrase files and lays the phrases out as a graph of words.

use std::collections::HashMap;

use super::{ANYWHERE, CLAUSE_START, Lexicon, LexiconError, Meaning, State};
use crate::{
    member::tokens::spelled,
    normalise::{Normalised, WordKind},
};

/// One step of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    words: HashMap<u32, usize>,
    any: Option<usize>,
    gap: Option<usize>,
    code: Option<usize>,
    figure: Option<usize>,
    /// Where the phrase goes on without a word: from one of several choices to what follows them.
    on: Vec<usize>,
    /// What is meant when a phrase ends here, and whether the clause must end too.
    ends: Vec<(Meaning, bool)>,
}

/// The phrases of several files, being read.
#[derive(Debug)]
pub(crate) struct Phrases {
    nodes: Vec<Node>,
    lists: HashMap<String, String>,
    /// Every word of every phrase, and its number; numbers of beginnings (`avail*`) lie among them.
    words: HashMap<Box<str>, u32>,
    prefixes: Vec<(Box<str>, u32)>,
    numbers: u32,
}

impl Phrases {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node::default(), Node::default()],
            lists: HashMap::new(),
            words: HashMap::new(),
            prefixes: Vec::new(),
            numbers: 0,
        }
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
        if choices.iter().any(|parts| says_nothing(parts)) {
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
            Part::Step(step) => self.step(node, &step),
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

    fn step(&mut self, from: usize, step: &Step) -> usize {
        let next = self.nodes.len();
        let number = match step {
            Step::Word(word) => self.number(word),
            Step::Prefix(beginning) => self.beginning(beginning),
            _ => 0,
        };
        let node = &mut self.nodes[from];
        let found = match step {
            Step::Word(_) | Step::Prefix(_) => *node.words.entry(number).or_insert(next),
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

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        self.numbers += 1;
        self.words.insert(word.into(), self.numbers);
        self.numbers
    }

    fn beginning(&mut self, beginning: &str) -> u32 {
        if let Some((_, number)) = self.prefixes.iter().find(|(known, _)| **known == *beginning) {
            return *number;
        }
        self.numbers += 1;
        self.prefixes.push((beginning.into(), self.numbers));
        self.numbers
    }

    /// Makes them ready to be found: each state knows at once every word that can follow, through
    /// all the choices that meet in it.
    pub(crate) fn finish(self) -> Lexicon {
        let states = (0..self.nodes.len()).map(|start| self.state(start)).collect();
        Lexicon { states, words: self.words, prefixes: self.prefixes }
    }

    fn state(&self, start: usize) -> State {
        let mut reached = vec![start];
        let mut at = 0;
        while let Some(&node) = reached.get(at) {
            for &next in &self.nodes[node].on {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        let nodes = || reached.iter().map(|&node| &self.nodes[node]);
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        let all =
            |follow: fn(&Node) -> Option<usize>| nodes().filter_map(follow).map(number).collect();
        let mut words = nodes()
            .flat_map(|node| node.words.iter().map(|(&word, &next)| (word, number(next))))
            .collect::<Vec<_>>();
        words.sort_unstable();
        words.dedup();
        let mut ends = nodes().flat_map(|node| node.ends.iter().copied()).collect::<Vec<_>>();
        ends.sort_unstable();
        ends.dedup();
        State {
            words: words.into(),
            any: all(|node| node.any),
            gap: all(|node| node.gap),
            code: all(|node| node.code),
            figure: all(|node| node.figure),
            ends: ends.into(),
        }
    }
}

/// Whether a phrase is there even where nobody says anything: `[please]`.
fn says_nothing(parts: &[Part]) -> bool {
    parts.iter().all(|part| match part {
        Part::Step(step) => *step == Step::Gap,
        Part::OneOf(choices) => choices.iter().any(|choice| says_nothing(choice)),
    })
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
