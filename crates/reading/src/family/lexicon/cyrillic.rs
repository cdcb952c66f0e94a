//! Russian as it is typed without a Russian keyboard, so that whatever is learnt in Cyrillic letters is
//! understood in Latin ones too.

/// Shorter phrases than this, in letters, are words of other languages too.
const SHORTEST: usize = 5;

/// The two habits of typing: by sound as an English speaker hears it, and letter by letter.
const HABITS: [fn(char) -> Option<&'static str>; 2] = [by_sound, by_letter];

/// A phrase in Latin letters, once for each habit; none for a short phrase or one in other letters.
pub(super) fn in_latin_letters(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase();
    if lower.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST {
        return Vec::new();
    }
    let mut out: Vec<String> = Vec::with_capacity(HABITS.len());
    for habit in HABITS {
        let mut typed = String::with_capacity(lower.len());
        for c in lower.chars() {
            match habit(c) {
                Some(letters) => typed.push_str(letters),
                None if matches!(c, 'а'..='я') => {}
                None => typed.push(c),
            }
        }
        if typed != lower && !out.contains(&typed) {
            out.push(typed);
        }
    }
    out
}

/// What both habits agree on; `None` for a sign that is not heard, or a letter of another script.
fn common(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'з' => "z",
        'и' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'ч' => "ch",
        'ш' => "sh",
        _ => return None,
    })
}

fn by_sound(c: char) -> Option<&'static str> {
    Some(match c {
        'ж' => "zh",
        'й' | 'ы' => "y",
        'х' => "kh",
        'ц' => "ts",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => return common(c),
    })
}

fn by_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ж' => "j",
        'й' | 'ы' => "i",
        'х' => "h",
        'ц' => "c",
        'щ' => "sh",
        'ю' => "u",
        'я' => "ya",
        _ => return common(c),
    })
}

#[cfg(test)]
mod tests {
    use super::in_latin_letters;

    #[test]
    fn russian_is_typed_by_sound_or_letter_by_letter() {
        assert_eq!(in_latin_letters("не дышит, хрип"), ["ne dyshit, khrip", "ne dishit, hrip"]);
        assert_eq!(in_latin_letters("подуш*"), ["podush*"]);
        assert!(in_latin_letters("он").is_empty());
        assert!(in_latin_letters("rebenok").is_empty());
    }
}
