//! Texts that nobody planned for: pieces of real ones cut, joined and littered, and plain noise.

/// A small generator of numbers: the same seed gives the same texts.
pub(crate) struct Chance(u64);

impl Chance {
    /// Begins with a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 11).unwrap_or(0) % bound.max(1)
    }
}

/// What is thrown between words.
const LITTER: [&str; 34] = [
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{feff}",
    "\u{fe0f}",
    "\r\n",
    "\t",
    "🤱🏽",
    "👩‍👩‍👧",
    "🇺🇸",
    "😭😭😭",
    "e\u{301}\u{301}\u{301}",
    "\u{1100}\u{1161}\u{11a8}",
    "ﷺ",
    "½",
    "①",
    "１１２１５",
    "100.4",
    "11/31/2026",
    "35+2",
    "0000000000000000000000",
    "-1",
    "99999999999 weeks",
    "''''",
    "|",
    "…",
    "\"",
    "(((",
    "&&&",
    "http://x.y",
    "*",
];

/// The characters that noise is made of, by script.
const SCRIPTS: [(u32, u32); 12] = [
    (0x20, 0x7e),
    (0xc0, 0x24f),
    (0x400, 0x4ff),
    (0x5d0, 0x5ea),
    (0x600, 0x6ff),
    (0x980, 0x9ff),
    (0xac00, 0xd7a3),
    (0x4e00, 0x9fff),
    (0x1f300, 0x1faff),
    (0x300, 0x36f),
    (0x0, 0x1f),
    (0x2000, 0x206f),
];

/// A text made of the seeds.
pub(crate) fn text(chance: &mut Chance, seeds: &[&str]) -> String {
    let mut out = String::new();
    match chance.below(10) {
        // Noise of one script or of all.
        0 => {
            let one = chance.below(SCRIPTS.len() * 2);
            for _ in 0..chance.below(400) {
                let (from, to) =
                    SCRIPTS[if one < SCRIPTS.len() { one } else { chance.below(SCRIPTS.len()) }];
                let c = from + u32::try_from(chance.below((to - from + 1) as usize)).unwrap_or(0);
                out.extend(char::from_u32(c));
            }
        }
        // One piece many times over.
        1 => {
            let seed = piece(chance, seeds);
            let most = if chance.below(20) == 0 { 2_000 } else { 40 };
            for _ in 0..chance.below(most) {
                out.push_str(&seed);
                if chance.below(3) == 0 {
                    out.push(' ');
                }
            }
        }
        // Several messages, cut anywhere and joined.
        _ => {
            for _ in 0..=chance.below(5) {
                out.push_str(&piece(chance, seeds));
                if chance.below(2) == 0 {
                    out.push_str(LITTER[chance.below(LITTER.len())]);
                }
                out.push_str(["", " ", ", ", ". ", "\n"][chance.below(5)]);
            }
        }
    }
    for _ in 0..chance.below(4) {
        change(chance, &mut out);
    }
    out
}

fn piece(chance: &mut Chance, seeds: &[&str]) -> String {
    let chars: Vec<char> = seeds[chance.below(seeds.len())].chars().collect();
    let from = chance.below(chars.len());
    let length = if chance.below(2) == 0 { chars.len() } else { chance.below(chars.len()) };
    chars.iter().skip(if chance.below(2) == 0 { 0 } else { from }).take(length).collect()
}

/// Drops, doubles or replaces one character, or upper-cases all.
fn change(chance: &mut Chance, text: &mut String) {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(&at) = places.get(chance.below(places.len())) else { return };
    match chance.below(4) {
        0 => drop(text.remove(at)),
        1 => text.insert_str(at, LITTER[chance.below(LITTER.len())]),
        2 => {
            let c = text[at..].chars().next().unwrap_or(' ');
            text.insert(at, c);
        }
        _ => *text = text.to_uppercase(),
    }
}
