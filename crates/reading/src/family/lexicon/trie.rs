//! All phrases of all languages as one tree of words, walked from every word of a message.
//!
//! Phrases begin and end at words, so words rather than letters are the steps: loading takes a third
//! of what an automaton over letters takes, and the tree a tenth of its memory. A phrase may end in
//! the beginning of a word (`ребен*`).

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use super::{Sense, words::Words};
use crate::family::text::Text;

/// A map whose keys come from our own files: quick rather than safe from chosen keys.
pub(crate) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// Multiplies and rotates, as rustc does.
#[derive(Default, Clone, Copy)]
pub(crate) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// Where every phrase begins.
const ROOT: u32 = 0;

/// The tree while it grows.
#[derive(Default)]
pub(super) struct Growing {
    words: Words,
    heads: Words,
    steps: Quick<(u32, u32), u32>,
    nodes: u32,
    /// Each with the node at which its phrase ends.
    senses: Vec<(u32, Sense)>,
}

impl Growing {
    /// Adds a meaning of a phrase; with `open` its last word may go on.
    pub(super) fn add<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str>,
        open: bool,
        sense: Sense,
    ) {
        let mut words = words.peekable();
        let mut node = ROOT;
        while let Some(word) = words.next() {
            let step = if open && words.peek().is_none() {
                // Heads of words have even numbers, whole words odd ones.
                self.heads.add(word) * 2
            } else {
                self.words.add(word) * 2 + 1
            };
            let new = self.nodes + 1;
            node = *self.steps.entry((node, step)).or_insert(new);
            self.nodes = self.nodes.max(node);
        }
        if node != ROOT {
            self.senses.push((node, sense));
        }
    }

    /// Ends the growing: the nodes that one leads to follow each other, by their steps.
    pub(super) fn finish(mut self) -> Phrases {
        let mut edges = self.steps.into_iter().collect::<Vec<_>>();
        edges.sort_unstable();
        // Those of one phrase stay in the order in which they were told.
        self.senses.sort_by_key(|&(node, _)| node);
        let nodes = self.nodes as usize + 1;
        let mut phrases = Phrases {
            words: self.words,
            heads: self.heads,
            begins: Vec::with_capacity(nodes + 1),
            steps: Vec::with_capacity(edges.len()),
            ends: Vec::with_capacity(nodes + 1),
            senses: Vec::with_capacity(self.senses.len()),
            leads_to_heads: vec![false; nodes],
        };
        let mut old = Vec::with_capacity(nodes);
        old.push(ROOT);
        let mut node = 0;
        while let Some(&known_as) = old.get(node) {
            phrases.begins.push(old.len() as u32);
            phrases.ends.push(phrases.senses.len() as u32);
            let first = phrases.senses.len();
            let from = self.senses.partition_point(|&(of, _)| of < known_as);
            for &(_, sense) in self.senses[from..].iter().take_while(|&&(of, _)| of == known_as) {
                if !phrases.senses[first..].contains(&sense) {
                    phrases.senses.push(sense);
                }
            }
            let from = edges.partition_point(|&((of, _), _)| of < known_as);
            let led_to = edges[from..].iter().take_while(|&&((of, _), _)| of == known_as);
            for &((_, step), child) in led_to {
                old.push(child);
                phrases.steps.push(step);
                phrases.leads_to_heads[node] |= step % 2 == 0;
            }
            node += 1;
        }
        phrases.begins.push(old.len() as u32);
        phrases.ends.push(phrases.senses.len() as u32);
        phrases.words.shrink();
        phrases.heads.shrink();
        phrases.senses.shrink_to_fit();
        phrases
    }
}

/// All phrases, ready to be found.
pub(crate) struct Phrases {
    words: Words,
    /// Beginnings of words.
    heads: Words,
    /// By node: the first of those that it leads to; one more at the end.
    begins: Vec<u32>,
    /// By node but the root: the word, or the head of one, that leads to it.
    steps: Vec<u32>,
    /// By node: where its meanings begin; one more at the end.
    ends: Vec<u32>,
    senses: Vec<Sense>,
    /// By node: whether a head of a word leads on from it.
    leads_to_heads: Vec<bool>,
}

impl Phrases {
    /// Calls `found` with the tokens and the meanings of every phrase in the text; overlapping ones
    /// too.
    pub(crate) fn find(&self, text: &Text, mut found: impl FnMut(Range<usize>, &[Sense])) {
        let tokens: Vec<Option<u32>> = (0..text.tokens.len())
            .map(|at| self.words.number(text.word(at)).map(|number| number * 2 + 1))
            .collect();
        // Which heads a word has, for those words that a phrase ends in the middle of.
        let mut heads: Vec<Option<Vec<u32>>> = vec![None; text.tokens.len()];
        for start in 0..tokens.len() {
            let mut node = ROOT;
            for at in start..tokens.len() {
                if self.leads_to_heads[node as usize] {
                    let heads = heads[at].get_or_insert_with(|| self.heads(text.word(at)));
                    for &head in heads.iter() {
                        if let Some(end) = self.step(node, head) {
                            found(start..at + 1, self.senses(end));
                        }
                    }
                }
                let Some(next) = tokens[at].and_then(|word| self.step(node, word)) else { break };
                node = next;
                let senses = self.senses(node);
                if !senses.is_empty() {
                    found(start..at + 1, senses);
                }
            }
        }
    }

    /// Where a step leads from a node.
    fn step(&self, node: u32, step: u32) -> Option<u32> {
        let node = node as usize;
        let (from, to) = (self.begins[node] as usize, self.begins[node + 1] as usize);
        let found = self.steps[from - 1..to - 1].binary_search(&step).ok()?;
        Some((from + found) as u32)
    }

    fn senses(&self, node: u32) -> &[Sense] {
        let node = node as usize;
        &self.senses[self.ends[node] as usize..self.ends[node + 1] as usize]
    }

    fn heads(&self, word: &str) -> Vec<u32> {
        word.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take(24)
            .filter_map(|end| self.heads.number(&word[..end]).map(|number| number * 2))
            .collect()
    }
}
