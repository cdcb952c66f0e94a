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

use super::Sense;
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
    words: Quick<Box<str>, u32>,
    heads: Quick<Box<str>, u32>,
    steps: Quick<(u32, u32), u32>,
    senses: Vec<Vec<Sense>>,
}

impl Growing {
    /// Adds a meaning of a phrase; with `open` its last word may go on.
    pub(super) fn add<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str>,
        open: bool,
        sense: Sense,
    ) {
        if self.senses.is_empty() {
            self.senses.push(Vec::new());
        }
        let mut words = words.peekable();
        let mut node = ROOT;
        while let Some(word) = words.next() {
            let step = if open && words.peek().is_none() {
                // Heads of words have even numbers, whole words odd ones.
                number(&mut self.heads, word) * 2
            } else {
                number(&mut self.words, word) * 2 + 1
            };
            let new = self.senses.len() as u32;
            node = *self.steps.entry((node, step)).or_insert(new);
            if node == new {
                self.senses.push(Vec::new());
            }
        }
        if let Some(senses) = self.senses.get_mut(node as usize)
            && node != ROOT
            && !senses.contains(&sense)
        {
            senses.push(sense);
        }
    }

    /// Ends the growing.
    pub(super) fn finish(mut self) -> Phrases {
        let mut ends = Vec::with_capacity(self.senses.len() + 1);
        let mut senses = Vec::with_capacity(self.senses.len());
        for mut node in self.senses {
            ends.push(senses.len() as u32);
            senses.append(&mut node);
        }
        ends.push(senses.len() as u32);
        let mut leads_to_heads = vec![false; ends.len()];
        for &(node, step) in self.steps.keys() {
            if step % 2 == 0 {
                leads_to_heads[node as usize] = true;
            }
        }
        self.words.shrink_to_fit();
        self.heads.shrink_to_fit();
        self.steps.shrink_to_fit();
        Phrases {
            words: self.words,
            heads: self.heads,
            steps: self.steps,
            ends,
            senses,
            leads_to_heads,
        }
    }
}

fn number(words: &mut Quick<Box<str>, u32>, word: &str) -> u32 {
    if let Some(&known) = words.get(word) {
        return known;
    }
    let new = words.len() as u32;
    words.insert(word.into(), new);
    new
}

/// All phrases, ready to be found.
pub(crate) struct Phrases {
    words: Quick<Box<str>, u32>,
    /// Beginnings of words.
    heads: Quick<Box<str>, u32>,
    /// From a node by a word or the head of one.
    steps: Quick<(u32, u32), u32>,
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
            .map(|at| self.words.get(text.word(at)).map(|number| number * 2 + 1))
            .collect();
        // Which heads a word has, for those words that a phrase ends in the middle of.
        let mut heads: Vec<Option<Vec<u32>>> = vec![None; text.tokens.len()];
        for start in 0..tokens.len() {
            let mut node = ROOT;
            for at in start..tokens.len() {
                if self.leads_to_heads[node as usize] {
                    let heads = heads[at].get_or_insert_with(|| self.heads(text.word(at)));
                    for &head in heads.iter() {
                        if let Some(&end) = self.steps.get(&(node, head)) {
                            found(start..at + 1, self.senses(end));
                        }
                    }
                }
                let step = tokens[at].and_then(|word| self.steps.get(&(node, word)));
                let Some(&next) = step else { break };
                node = next;
                let senses = self.senses(node);
                if !senses.is_empty() {
                    found(start..at + 1, senses);
                }
            }
        }
    }

    fn senses(&self, node: u32) -> &[Sense] {
        let node = node as usize;
        &self.senses[self.ends[node] as usize..self.ends[node + 1] as usize]
    }

    fn heads(&self, word: &str) -> Vec<u32> {
        word.char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take(24)
            .filter_map(|end| self.heads.get(&word[..end]).map(|number| number * 2))
            .collect()
    }
}
