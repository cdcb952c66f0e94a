use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::gsm7;

/// Writes typographic ornaments plainly, and nothing else.
///
/// Curly quotes, dashes, dots, odd spaces, bullets, fractions, full-width letters and invisible
/// characters become what a plain keyboard has. Accented letters, and letters of any other script,
/// stay as they are. Folding a text twice changes nothing more.
#[must_use]
pub fn fold(text: &str) -> String {
    // Where East Asian letters are present their own wide punctuation belongs to them, and folding
    // it would save nothing.
    let east_asian = text.chars().any(is_east_asian);
    let mut folded = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{200C}' | '\u{200D}' => {
                // Joiners shape letters and emoji of other scripts; between Latin ones they are
                // litter from copying.
                if folded.chars().next_back().is_some_and(|before| before > '\u{02FF}') {
                    folded.push(c);
                }
            }
            '\u{FF01}'..='\u{FF5E}' if !east_asian => {
                folded.extend(char::from_u32(c as u32 - 0xFEE0).map(plain_quote));
            }
            '\u{3000}' if !east_asian => folded.push(' '),
            _ => match plain(c) {
                Some(plain) => {
                    // "2½" must not become "21/2".
                    if plain.contains('/')
                        && folded.chars().next_back().is_some_and(|c| c.is_ascii_digit())
                    {
                        folded.push(' ');
                    }
                    folded.push_str(plain);
                }
                None => folded.push(c),
            },
        }
    }
    folded
}

/// Folds, and takes off those accents that the GSM 7-bit alphabet lacks: `más` becomes `mas`,
/// while `mañana` and `bébé` stay.
///
/// It is for texts that must be one segment. What has no Latin likeness (other scripts, emoji)
/// stays, and [`count`](super::count) tells that it does.
#[must_use]
pub fn to_gsm7(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if gsm7::holds(c) {
            written.push(c);
        } else if let Some(letters) = unaccented(c) {
            written.push_str(letters);
        } else {
            let bare: String =
                std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).collect();
            if !bare.is_empty() && bare.chars().all(gsm7::holds) {
                written.push_str(&bare);
            } else {
                written.push(c);
            }
        }
    }
    written
}

/// What a plain keyboard has for an ornament; `None` for everything that is none.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        // Quotes, primes and the accents that people type in their place.
        '`' | '´' | '‘' | '’' | '‚' | '‛' | '′' | '‵' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | 'ˊ' | 'ˋ'
        | '❛' | '❜' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | 'ʺ' | 'ˮ' | '❝' | '❞' | '〝' | '〞' => {
            "\""
        }
        '‹' => "<",
        '›' => ">",
        // Hyphens and dashes of every length, and the minus sign.
        '\u{2010}'..='\u{2015}' | '⁃' | '−' | '﹘' | '﹣' => "-",
        '…' => "...",
        '•' | '‣' | '◦' | '∙' | '·' | '‧' | '●' | '○' | '▪' | '▫' | '■' | '□' => {
            "-"
        }
        // Spaces of every width. A tab costs a whole text its alphabet too.
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => " ",
        '\u{0B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '½' => "1/2",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '¼' => "1/4",
        '¾' => "3/4",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        '⁄' | '∕' => "/",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        // Invisible: zero-width spaces, soft hyphens, byte-order marks, marks of direction. A
        // single pair of isolates around a name would make the whole text UCS-2.
        '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\0' => "",
        _ => return None,
    })
}

/// A full-width accent grave is a quote as the narrow one is.
fn plain_quote(c: char) -> char {
    if c == '`' { '\'' } else { c }
}

/// Letters that no decomposition takes apart.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ı' => "i",
        'œ' => "oe",
        'Œ' => "OE",
        'þ' => "th",
        'Þ' => "Th",
        'ħ' => "h",
        'ŋ' => "ng",
        'ẞ' => "SS",
        _ => return None,
    })
}

/// Letters of the scripts that have wide punctuation of their own.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
}
