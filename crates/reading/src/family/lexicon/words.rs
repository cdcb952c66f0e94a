//! Words by number: each kept once, one behind the other, so that some thirty thousand of them take little room.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use hashbrown::HashTable;

use super::trie::QuickHasher;

/// Words, numbered from 0 in the order in which they came.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    /// By number: where the word ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

impl Words {
    /// The number of a word, which is added if it is new.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        if let Some(known) = self.number(word) {
            return known;
        }
        let new = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        let Self { text, ends, numbers } = self;
        numbers.insert_unique(hash(word), new, |&other| hash(at(text, ends, other)));
        new
    }

    /// The number of a word that was added.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.find(hash(word), |&number| self.word(number) == word).copied()
    }

    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        at(&self.text, &self.ends, number)
    }

    /// Gives back the room that is not needed.
    pub(super) fn shrink(&mut self) {
        let Self { text, ends, numbers } = self;
        text.shrink_to_fit();
        ends.shrink_to_fit();
        numbers.shrink_to_fit(|&number| hash(at(text, ends, number)));
    }
}

fn at<'w>(text: &'w str, ends: &[u32], number: u32) -> &'w str {
    let number = number as usize;
    let from = number.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &text[from..ends[number] as usize]
}

fn hash(word: &str) -> u64 {
    BuildHasherDefault::<QuickHasher>::default().hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_word_has_one_number_and_a_number_one_word() {
        let mut words = Words::default();
        let said = ["latch", "", "hurts", "latch", "боль", "hurts"];
        assert_eq!(said.map(|word| words.add(word)), [0, 1, 2, 0, 3, 2]);
        words.shrink();
        for (number, word) in ["latch", "", "hurts", "боль"].into_iter().enumerate() {
            assert_eq!(words.word(number as u32), word);
            assert_eq!(words.number(word), Some(number as u32));
        }
        assert_eq!(words.number("milk"), None);
    }
}
