//! Languages as people write them on a roster.

/// Code and names, each in lower case.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("en", &["english"]),
    ("es", &["spanish", "espanol", "español", "castellano"]),
    ("zh", &["chinese", "mandarin", "cantonese", "fuzhounese", "中文"]),
    ("ru", &["russian", "русский"]),
    ("ht", &["haitian creole", "creole", "kreyol", "kreyòl"]),
    ("bn", &["bengali", "bangla"]),
    ("ko", &["korean"]),
    ("ar", &["arabic"]),
    ("fr", &["french", "francais", "français"]),
    ("pl", &["polish"]),
    ("yi", &["yiddish"]),
    ("pt", &["portuguese"]),
    ("he", &["hebrew", "ivrit"]),
    ("ur", &["urdu"]),
    ("hi", &["hindi"]),
    ("pa", &["punjabi"]),
    ("it", &["italian"]),
    ("ja", &["japanese"]),
    ("tl", &["tagalog", "filipino"]),
    ("sq", &["albanian"]),
    ("uz", &["uzbek"]),
    ("el", &["greek"]),
    ("de", &["german"]),
    ("uk", &["ukrainian"]),
    ("ff", &["fulani", "fula"]),
    ("wo", &["wolof"]),
    ("ase", &["american sign language", "asl"]),
];

/// The code of a language that was written as a name or a code.
/// `None` for one that is not known.
#[must_use]
pub fn code(written: &str) -> Option<&'static str> {
    let written = written.trim().to_lowercase();
    LANGUAGES
        .iter()
        .find(|(code, names)| *code == written || names.contains(&written.as_str()))
        .map(|(code, _)| *code)
}

/// The English name of a language by its code; a code that is not known as it stands.
#[must_use]
pub fn name(code: &str) -> String {
    let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    let Some(name) = known.and_then(|(_, names)| names.first()) else { return code.to_owned() };
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Every language that is known, each by its code with its English name.
#[must_use]
pub fn all() -> Vec<(&'static str, String)> {
    LANGUAGES.iter().map(|(code, _)| (*code, name(code))).collect()
}

#[cfg(test)]
mod tests {
    use super::{code, name};

    #[test]
    fn a_language_is_told_by_its_name_and_found_by_it() {
        for (known, called) in
            [("en", "English"), ("ht", "Haitian Creole"), ("ase", "American Sign Language")]
        {
            assert_eq!((name(known).as_str(), code(called)), (called, Some(known)));
        }
        assert_eq!(name("zh-yue"), "zh-yue");
    }
}
