//! Letters that the font lacks. They are written in Latin letters and marked, so that a name on paper can
//! be read and found, and nobody takes it for how its owner writes it.

use ttf_parser::Face;

/// What stands behind words that were written in Latin letters.
const MARK: char = '*';

/// What the mark means, for under the heading.
pub(super) const NOTE: &str =
    "* Written in Latin letters here; the list behind the square code has it as it is.";

/// The text with Latin letters for those that the font lacks; `None` where it lacks none.
pub(super) fn latin(face: &Face<'_>, text: &str) -> Option<String> {
    let has = |c: char| c.is_whitespace() || face.glyph_index(c).is_some();
    if text.chars().all(has) {
        return None;
    }
    let mut written = String::new();
    for c in text.chars() {
        match deunicode::deunicode_char(c) {
            _ if has(c) => written.push(c),
            Some(latin) => written.push_str(latin),
            None => {}
        }
    }
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("{words}{MARK}"))
}

#[cfg(test)]
mod tests {
    use ttf_parser::Face;

    use super::{super::paper::REGULAR, latin};

    #[test]
    fn what_the_font_has_stays_and_what_it_lacks_is_told_in_latin_letters() {
        let face = Face::parse(REGULAR, 0).expect("the font");
        for stays in ["Ana Sample", "Zoë Ñandú", "דנה כהן", "Дана", "نور", "Nguyễn", ""]
        {
            assert_eq!(latin(&face, stays), None, "{stays}");
        }
        for (name, told) in
            [("李文", "Li Wen*"), ("Li 李, IBCLC", "Li Li , IBCLC*"), ("이문", "imun*")]
        {
            let latin = latin(&face, name).expect("it is told otherwise");
            assert_eq!(latin, told);
            assert!(latin.chars().all(|c| c.is_ascii() && c != '?'), "{latin}");
        }
    }
}
