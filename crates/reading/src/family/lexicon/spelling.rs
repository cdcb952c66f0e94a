//! Spelling: one wrong, missing, doubled or swapped letter in a long enough word.
//!
//! A table of all words of the vocabularies with one letter left out finds a neighbour in a few
//! look-ups. Words that are known, and a list of common ones that are near to ours, stay as they are.

use super::{trie::Quick, words::Words};

/// The shortest word that is taken for a misspelling.
const SHORTEST: usize = 5;
/// The shortest run of letters that is taken for several words written as one.
const SHORTEST_RUN: usize = 13;
/// The longest that is parted, and the longest word in it.
const LONGEST_RUN: usize = 60;
const LONGEST_PART: usize = 14;
/// Letters that Arabic glues to the front of a word.
const ARABIC_GLUE: [&str; 5] = ["و", "ف", "ب", "ل", "ك"];
/// Arabic articles, alone and glued.
const ARABIC_ARTICLES: [&str; 6] = ["وال", "بال", "فال", "كال", "ال", "لل"];

/// What is known of how words are written.
#[derive(Default)]
pub(crate) struct Spelling {
    known: Words,
    /// Beginnings of words, sorted.
    prefixes: Vec<String>,
    replaced: Quick<String, String>,
    /// Words by the hash of themselves, whole and with one letter left out; sorted. Two words of one
    /// hash do no harm: every neighbour is compared.
    near: Vec<(u32, u32)>,
    mended: Words,
}

impl Spelling {
    /// Notes a word that is right as it is.
    pub(crate) fn know(&mut self, word: &str) {
        self.known.add(word);
    }

    /// Notes the beginning of words that are right as they are.
    pub(crate) fn know_prefix(&mut self, prefix: &str) {
        self.prefixes.push(prefix.to_owned());
    }

    /// Notes what one word stands for.
    pub(crate) fn replace(&mut self, word: &str, by: &str) {
        self.replaced.insert(word.to_owned(), by.to_owned());
    }

    /// Notes a word whose misspellings are worth mending.
    pub(crate) fn mend(&mut self, word: &str) {
        if word.len() < SHORTEST || !word.is_ascii() || self.mended.number(word).is_some() {
            return;
        }
        let number = self.mended.add(word);
        for at in 0..word.len() {
            self.near.push((hash(&[&word[..at], &word[at + 1..]]), number));
        }
        self.near.push((hash(&[word]), number));
    }

    /// Sorts what was noted; to be called once at the end.
    pub(crate) fn finish(&mut self) {
        self.prefixes.sort_unstable();
        self.prefixes.dedup();
        self.near.sort_unstable();
        self.near.dedup();
        self.near.shrink_to_fit();
        self.known.shrink();
        self.mended.shrink();
    }

    /// The words of a hash.
    fn near(&self, hash: u32) -> impl Iterator<Item = &str> {
        let from = self.near.partition_point(|&(other, _)| other < hash);
        self.near[from..]
            .iter()
            .take_while(move |&&(other, _)| other == hash)
            .map(|&(_, number)| self.mended.word(number))
    }

    fn knows(&self, word: &str) -> bool {
        self.known.number(word).is_some()
            || word.char_indices().skip(2).any(|(at, c)| {
                let head = &word[..at + c.len_utf8()];
                self.prefixes.binary_search_by(|prefix| prefix.as_str().cmp(head)).is_ok()
            })
    }

    /// A better spelling, if there is one and the word is not right as it is.
    pub(crate) fn respell<'t>(&'t self, word: &'t str) -> Option<&'t str> {
        if let Some(by) = self.replaced.get(word) {
            return Some(by);
        }
        if !word.is_ascii() {
            return word.starts_with(is_arabic).then(|| self.unglued(word)).flatten();
        }
        if word.len() + 1 < SHORTEST || word.len() > 20 || self.knows(word) {
            return None;
        }
        let mut best: Option<&str> = None;
        let mut consider = |hash: u32| {
            for candidate in self.near(hash) {
                let first = candidate.as_bytes()[0] == word.as_bytes()[0]
                    || candidate.as_bytes()[0] == word.as_bytes()[1];
                if first
                    && strsim::osa_distance(candidate, word) == 1
                    && best.is_none_or(|best| candidate.len() > best.len())
                {
                    best = Some(candidate);
                }
            }
        };
        consider(hash(&[word]));
        for at in 0..word.len() {
            consider(hash(&[&word[..at], &word[at + 1..]]));
        }
        best
    }

    /// Words written as one, "shesnotbreathing": the fewest known ones that make up the whole, three letters each
    /// in the mean.
    pub(crate) fn part<'t>(&self, run: &'t str) -> Option<Vec<&'t str>> {
        if !(SHORTEST_RUN..=LONGEST_RUN).contains(&run.len()) || !run.is_ascii() || self.knows(run)
        {
            return None;
        }
        // By end: the fewest words up to there, and where the last of them begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; run.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=run.len() {
            for start in end.saturating_sub(LONGEST_PART)..end {
                let word = &run[start..end];
                let Some((count, _)) = best[start] else { continue };
                let known = matches!(word, "i" | "a" | "u")
                    || (word.len() > 1 && self.known.number(word).is_some());
                if known && best[end].is_none_or(|(fewest, _)| count + 1 < fewest) {
                    best[end] = Some((count + 1, start));
                }
            }
        }
        let (count, _) = best[run.len()]?;
        if count < 2 || count * 3 > run.len() {
            return None;
        }
        let mut out = Vec::with_capacity(count);
        let mut end = run.len();
        while let Some((_, start)) = best[end].filter(|_| end > 0) {
            out.push(&run[start..end]);
            end = start;
        }
        out.reverse();
        Some(out)
    }

    /// An Arabic word without its article and without a conjunction or preposition glued to it.
    fn unglued<'t>(&self, word: &'t str) -> Option<&'t str> {
        for article in ARABIC_ARTICLES {
            if let Some(rest) = word.strip_prefix(article)
                && rest.chars().count() >= 3
            {
                return Some(rest);
            }
        }
        if self.knows(word) {
            return None;
        }
        ARABIC_GLUE
            .into_iter()
            .filter_map(|glue| word.strip_prefix(glue))
            .find(|rest| self.knows(rest))
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}')
}

/// The hash of a word given in pieces.
fn hash(pieces: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in pieces.iter().flat_map(|piece| piece.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn one_letter_is_mended_and_known_words_are_left() {
        let mut spelling = Spelling::default();
        for word in ["latch", "fever", "breastfeeding", "brooklyn"] {
            spelling.know(word);
            spelling.mend(word);
        }
        for word in ["fewer", "match", "lunch"] {
            spelling.know(word);
        }
        spelling.know_prefix("vomit");
        spelling.replace("gonna", "going to");
        spelling.finish();
        for (typed, meant) in [
            ("lach", Some("latch")),
            ("lacth", Some("latch")),
            ("brestfeeding", Some("breastfeeding")),
            ("brookyln", Some("brooklyn")),
            ("gonna", Some("going to")),
            ("fewer", None),
            ("match", None),
            ("latch", None),
            ("vomitting", None),
            ("watch", None),
            ("fish", None),
        ] {
            assert_eq!(spelling.respell(typed), meant, "{typed}");
        }
    }

    #[test]
    fn words_written_as_one_are_parted() {
        let mut spelling = Spelling::default();
        for word in ["she", "shes", "not", "breathing", "breath", "in", "g", "no"] {
            spelling.know(word);
        }
        spelling.finish();
        assert_eq!(spelling.part("shesnotbreathing"), Some(vec!["shes", "not", "breathing"]));
        assert_eq!(spelling.part("shesnotbreathingx"), None);
        assert_eq!(spelling.part("breathing"), None);
    }

    #[test]
    fn arabic_words_lose_what_is_glued_to_them() {
        let mut spelling = Spelling::default();
        spelling.know("حار");
        spelling.finish();
        assert_eq!(spelling.respell("الثدي"), Some("ثدي"));
        assert_eq!(spelling.respell("وحار"), Some("حار"));
        assert_eq!(spelling.respell("ولد"), None);
    }
}
