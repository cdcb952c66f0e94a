//! What a family says in a word once it has names: more of them, or a score.

/// "More" as a whole message, but for words of politeness: anything longer is read as it is.
const MORE: [&str; 25] = [
    "more",
    "more names",
    "mas",
    "m\u{e1}s",
    "mas nombres",
    "m\u{e1}s nombres",
    "plus",
    "plus de noms",
    "mais",
    "mais nomes",
    "wi\u{119}cej",
    "wiecej",
    "\u{435}\u{449}\u{435}",
    "\u{435}\u{449}\u{451}",
    "plis",
    "plis non",
    "\u{627}\u{644}\u{645}\u{632}\u{64a}\u{62f}",
    "\u{645}\u{632}\u{64a}\u{62f}",
    "\u{5e0}\u{5d0}\u{5da}",
    "\u{5de}\u{5e2}\u{5e8}",
    "\u{986}\u{9b0}\u{993}",
    "\u{b354}",
    "\u{66f4}\u{591a}",
    "\u{8fd8}\u{8981}",
    "\u{9084}\u{8981}",
];

/// Words that ask nicely and say nothing else.
const POLITE: [&str; 44] = [
    "please",
    "pls",
    "plz",
    "thanks",
    "thank",
    "thx",
    "you",
    "hi",
    "ok",
    "can",
    "could",
    "may",
    "i",
    "we",
    "me",
    "us",
    "get",
    "have",
    "send",
    "need",
    "want",
    "would",
    "like",
    "some",
    "por",
    "favor",
    "gracias",
    "quiero",
    "necesito",
    "svp",
    "merci",
    "quero",
    "preciso",
    "obrigada",
    "prosz\u{119}",
    "prosze",
    "poprosz\u{119}",
    "poprosze",
    "tanpri",
    "mwen",
    "vle",
    "bezwen",
    "\u{43f}\u{43e}\u{436}\u{430}\u{43b}\u{443}\u{439}\u{441}\u{442}\u{430}",
    "\u{43c}\u{43e}\u{436}\u{43d}\u{43e}",
];

/// Whether a message asks for more names, and for nothing else.
pub(super) fn is_more(words: &str) -> bool {
    let plain = words.to_lowercase();
    let said = plain
        .split(|c: char| c.is_whitespace() || ['.', ',', '!', '?', '\u{3002}'].contains(&c))
        .filter(|word| !word.is_empty() && !POLITE.contains(word));
    MORE.contains(&said.collect::<Vec<_>>().join(" ").as_str())
}

/// A score from 1 to 5 at the head of a message: "5", "4/5", "5 - so kind".
pub(super) fn score_in(words: &str) -> Option<i64> {
    let mut signs = words.trim().chars();
    let score = signs.next().and_then(digit).filter(|score| (1..=5).contains(score))?;
    let more = signs.next().is_some_and(|next| digit(next).is_some() || next == '0');
    (!more).then_some(score)
}

/// A digit as people's phones write it: Western, Arabic, Bengali, full-width.
fn digit(sign: char) -> Option<i64> {
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{9e6}', '\u{ff10}'];
    let value = |zero: char| u32::from(sign).checked_sub(u32::from(zero)).filter(|&n| n < 10);
    zeros.into_iter().find_map(value).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_stands_at_the_head_and_is_one_digit() {
        let scores = ["5", " 4/5", "5 - so kind", "3!", "\u{665}", "\u{9eb} \u{9ad}"];
        let read = scores.map(score_in);
        assert_eq!(read, [Some(5), Some(4), Some(5), Some(3), Some(5), Some(5)]);
        assert_eq!(["", "0", "6", "10", "55", "we gave it 5", "11215"].map(score_in), [None; 7]);
    }

    #[test]
    fn more_is_a_whole_message() {
        assert!(
            [
                "More",
                "more.",
                " M\u{e1}s ",
                "\u{415}\u{449}\u{451}",
                "\u{b354}",
                "more names please",
                "Can we get some more?",
                "m\u{e1}s nombres por favor"
            ]
            .iter()
            .all(|word| is_more(word))
        );
        assert!(
            !["more milk", "no more", "", "any more?", "please", "i need more milk"]
                .iter()
                .any(|word| is_more(word))
        );
    }
}
