//! Replies that nobody planned for: pieces of what members write in any order.

/// Numbers that come out the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// Begins with a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }
}

/// Pieces of what members write, and of what nobody does.
const PIECES: [&str; 84] = [
    "me",
    "yes",
    "no",
    "not",
    "k7q",
    "K 7 Q",
    "M3T",
    "K7O",
    "k7",
    "can",
    "can't",
    "take",
    "drop",
    "away",
    "until",
    "til",
    "through",
    "back",
    "dec",
    "5",
    "31",
    "13/45",
    "12/1",
    "2026-02-30",
    "99999999999999999999",
    "feb 30",
    "monday",
    "next",
    "week",
    "weeks",
    "0 days",
    "400 weeks",
    "10am",
    "25:99",
    "12:60pm",
    "after",
    "noon",
    "if",
    "only",
    "both",
    "neither",
    "first",
    "2",
    "the",
    "virtual",
    "one",
    "?",
    "!",
    ",",
    ".",
    "-",
    "/",
    "(",
    "\"",
    "“",
    "”",
    "Liked",
    "Removed a like from",
    "👍 to",
    "👍🏽",
    "🙋‍♀️",
    "❓",
    "STOP",
    "stop",
    "Dana",
    "for",
    "and",
    "thanks",
    "booked",
    "saw her",
    "tongue tie",
    "Dr",
    "ﷺ",
    "İ",
    "ß",
    "\u{301}",
    "\u{200D}",
    "\n",
    "",
    "٣",
    "我可以",
    "могу",
    "puedo",
    "\u{0}",
];

/// A reply of fewer pieces than `most`.
pub(crate) fn text(dice: &mut Dice, most: usize) -> String {
    (0..dice.roll(most))
        .map(|_| PIECES[dice.roll(PIECES.len())].to_owned() + [" ", " ", ""][dice.roll(3)])
        .collect()
}
