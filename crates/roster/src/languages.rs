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
    ("ase", &["asl", "american sign language"]),
];

/// The code of a language that was written as a name or a code.
pub(crate) fn code(written: &str) -> Option<&'static str> {
    let written = written.trim().to_lowercase();
    LANGUAGES
        .iter()
        .find(|(code, names)| *code == written || names.contains(&written.as_str()))
        .map(|(code, _)| *code)
}
