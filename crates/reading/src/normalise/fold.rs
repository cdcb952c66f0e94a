//! What single characters become.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Signs that exist in many shapes, and the one shape they get. Decided before NFKC, which would
/// make a space and a mark of the acute accent that people use as an apostrophe.
pub(super) fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{2018}'..='\u{201B}'
        | '\u{2032}'
        | '\u{B4}'
        | '`'
        | '\u{2BC}'
        | '\u{2B9}'
        | '\u{FF07}' => '\'',
        '\u{201C}'..='\u{201F}'
        | '\u{2033}'
        | '\u{AB}'
        | '\u{BB}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{300C}'..='\u{300F}'
        | '\u{301D}'..='\u{301F}'
        | '\u{5F4}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5BE}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
            '-'
        }
        '\u{3002}' | '\u{FF61}' | '\u{6D4}' | '\u{964}' => '.',
        '\u{3001}' | '\u{60C}' | '\u{FF64}' => ',',
        '\u{61F}' | '\u{37E}' => '?',
        '\u{61B}' => ';',
        '\u{2022}' | '\u{B7}' | '\u{2027}' | '\u{30FB}' => '\u{B7}',
        _ => return None,
    })
}

/// The commonest letters of other scripts that no folding changes, so that the tables need not be
/// asked: Chinese, Korean, small Cyrillic, Hebrew, Arabic, Bengali consonants.
pub(super) fn unchanging(c: char) -> bool {
    matches!(
        c,
        '\u{4E00}'..='\u{9FEF}' | '\u{AC00}'..='\u{D7A3}' | 'а'..='я' | 'א'..='ת'
            | '\u{627}' | '\u{628}' | '\u{62A}'..='\u{63A}' | '\u{641}'..='\u{648}'
            | '\u{64A}' | '\u{995}'..='\u{9A8}'
    )
}

/// Characters that nobody sees: joiners, selectors, direction marks, the soft hyphen, tags.
pub(super) fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{20E3}'
            | '\u{307}' | '\u{E0000}'..='\u{E0FFF}'
    ) || skin_tone(c)
}

/// What belongs to the character before it although it is no combining mark: joiners, selectors,
/// and the vowels and finals of a decomposed Korean syllable.
pub(super) fn extends(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1160}'..='\u{11FF}')
}

/// The five skin tones.
pub(super) fn skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// One half of a flag.
pub(super) fn regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether it is shown as a picture.
pub(super) fn emoji(c: char) -> bool {
    matches!(
        c,
        '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}'
            | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'
    ) && !skin_tone(c)
}

/// A sign that is a word: Chinese and Japanese put no spaces between them.
pub(super) fn ideograph(c: char) -> bool {
    matches!(
        c,
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}'
    )
}

/// The zero of every script whose ten digits NFKC leaves alone.
const ZEROS: [u32; 42] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x1E950, 0x1FBF0,
];

/// A digit of any script as ASCII; anything else unchanged.
pub(super) fn digit(c: char) -> char {
    if (c as u32) < 0x660 {
        return c;
    }
    let before = ZEROS.partition_point(|&zero| zero <= c as u32);
    let value = before.checked_sub(1).and_then(|at| ZEROS.get(at)).map(|zero| c as u32 - zero);
    match value {
        Some(value @ 0..=9) => char::from_digit(value, 10).unwrap_or(c),
        _ => c,
    }
}

/// A letter without the marks that people leave away: those on Latin letters, and vowel points.
pub(super) fn without_accent(c: char) -> impl Iterator<Item = char> {
    let latin = matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let point = matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{652}' | '\u{670}');
    let decomposed = latin.then(|| c.nfd().filter(|&c| canonical_combining_class(c) == 0));
    let whole = (!latin && !point).then_some(c);
    decomposed.into_iter().flatten().chain(whole)
}

/// Letters whose stroke or dots are part of them in Unicode and are left away by those who type.
pub(super) fn letter_without_accent(c: char) -> char {
    match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ё' => 'е',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

    use super::{ZEROS, digit, letter_without_accent, sign, unchanging, without_accent};

    #[test]
    fn letters_that_need_no_tables_would_not_change_by_them() {
        for c in ('\u{80}'..='\u{FFFF}').filter(|&c| unchanging(c)) {
            assert!(c.is_alphabetic() && !is_combining_mark(c) && sign(c).is_none(), "{c}");
            let folded: String = std::iter::once(c)
                .nfkc()
                .flat_map(char::to_lowercase)
                .flat_map(without_accent)
                .nfc()
                .map(|c| digit(letter_without_accent(c)))
                .collect();
            assert_eq!(folded, c.to_string());
        }
    }

    #[test]
    fn zeros_are_in_order_and_each_counts_to_nine() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let c = char::from_u32(zero + value).expect("a digit");
                assert_eq!(digit(c).to_digit(10), Some(value), "{c}");
            }
        }
        assert_eq!(digit('é'), 'é');
        assert_eq!(digit('字'), '字');
    }
}
