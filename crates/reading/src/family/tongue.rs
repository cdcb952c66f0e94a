//! Languages: their codes, their scripts, and which of them a message is written in.
//!
//! The words of our own vocabularies decide; a trigram detector (whatlang) is asked only when they
//! say too little, and for languages that we do not read.

use crate::family::text::{Kind, Text};

/// One language, as a small number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Tongue(pub(crate) u8);

macro_rules! tongues {
    ($($constant:ident = $code:literal, $number:literal;)+) => {
        impl Tongue {
            $(#[doc = concat!("`", $code, "`.")] pub(crate) const $constant: Self = Self($number);)+
        }
        // Languages that only the vocabularies name are named here too, in their order.
        const _: &[Tongue] = &[$(Tongue::$constant),+];
        const CODES: &[&str] = &[$($code),+];
    };
}

tongues! {
    ANY = "und", 0;
    EN = "en", 1;
    ES = "es", 2;
    ZH = "zh", 3;
    RU = "ru", 4;
    HT = "ht", 5;
    BN = "bn", 6;
    KO = "ko", 7;
    AR = "ar", 8;
    FR = "fr", 9;
    PL = "pl", 10;
    YI = "yi", 11;
    PT = "pt", 12;
    YI_LATN = "yi-Latn", 13;
    BN_LATN = "bn-Latn", 14;
    RU_LATN = "ru-Latn", 15;
    AR_LATN = "ar-Latn", 16;
    ZH_LATN = "zh-Latn", 17;
}

/// How many languages there are, [`Tongue::ANY`] included.
pub(crate) const TONGUES: usize = CODES.len();

impl Tongue {
    /// Finds a language by its code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        CODES.iter().position(|&known| known == code).map(|at| Self(at as u8))
    }

    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        CODES.get(usize::from(self.0)).copied().unwrap_or("und")
    }
}

/// How much speaks for each language.
pub(crate) type Votes = [u32; TONGUES];

/// In which languages a message is written.
pub(crate) struct Languages {
    /// The code of the language of the whole: `es`, `zh-Hant`, `yi-Latn`, `und`.
    pub(crate) code: &'static str,
    /// Our own language that comes nearest; [`Tongue::ANY`] where none does.
    pub(crate) main: Tongue,
    votes: Votes,
}

impl Languages {
    /// Weighs the votes of the vocabularies, the script, and last the detector.
    pub(crate) fn weigh(text: &Text, votes: Votes) -> Self {
        let script = script(text);
        let mut main = Tongue::ANY;
        let mut most = 0;
        for (number, &count) in votes.iter().enumerate().skip(1) {
            let tongue = Tongue(number as u8);
            if count > most && script.allows(tongue) {
                most = count;
                main = tongue;
            }
        }
        let code = script.code(text, main, most).unwrap_or_else(|| main.code());
        Self { code, main, votes }
    }

    /// Whether words of a language count as such here: its own, and those it is mixed with.
    pub(crate) fn admits(&self, tongue: Tongue, letters: usize, words: usize) -> bool {
        if tongue == Tongue::ANY || tongue == self.main || words >= 3 {
            return true;
        }
        let own = self.votes[usize::from(self.main.0)];
        let its = self.votes[usize::from(tongue.0)];
        its * 5 >= own * 2 || (tongue == Tongue::EN && (letters >= 7 || words >= 2))
    }
}

/// The scripts that tell something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Bengali,
    Hangul,
    Han,
    Kana,
    Other,
    None,
}

impl Script {
    fn allows(self, tongue: Tongue) -> bool {
        match self {
            Self::Latin | Self::Other | Self::None => !matches!(
                tongue,
                Tongue::ZH | Tongue::RU | Tongue::BN | Tongue::KO | Tongue::AR | Tongue::YI
            ),
            Self::Cyrillic => tongue == Tongue::RU,
            Self::Arabic => tongue == Tongue::AR,
            Self::Hebrew => tongue == Tongue::YI,
            Self::Bengali => tongue == Tongue::BN,
            Self::Hangul => tongue == Tongue::KO,
            Self::Han => tongue == Tongue::ZH,
            Self::Kana => false,
        }
    }

    /// The code where the script or the detector decides it.
    fn code(self, text: &Text, main: Tongue, votes: u32) -> Option<&'static str> {
        match self {
            Self::Han => {
                Some(if text.traditional > text.simplified { "zh-Hant" } else { "zh-Hans" })
            }
            Self::Hangul => Some("ko"),
            Self::Bengali => Some("bn"),
            Self::Kana => Some("ja"),
            Self::None => Some("und"),
            Self::Cyrillic => (votes == 0).then(|| detected(text, self).unwrap_or("ru")),
            Self::Arabic => (votes < 2).then(|| detected(text, self).unwrap_or("ar")),
            Self::Hebrew => (votes == 0).then(|| detected(text, self).unwrap_or("he")),
            Self::Latin if votes >= 2 => None,
            Self::Latin | Self::Other => detected(text, self)
                .or_else(|| (main != Tongue::ANY).then(|| main.code()))
                .or(Some("und")),
        }
    }
}

/// In which script most of the letters are.
fn script(text: &Text) -> Script {
    let mut counts = [0usize; 9];
    for token in &text.tokens {
        if !matches!(token.kind, Kind::Word | Kind::Syllable) {
            continue;
        }
        let word = &text.line[token.at.clone()];
        let at = match word.chars().next().unwrap_or(' ') {
            'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => 0,
            '\u{400}'..='\u{52F}' => 1,
            '\u{600}'..='\u{77F}' => 2,
            '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}' => 3,
            '\u{980}'..='\u{9FF}' => 4,
            '\u{AC00}'..='\u{D7A3}' => 5,
            '\u{3040}'..='\u{30FF}' => 7,
            c if token.kind == Kind::Syllable && c > '\u{3100}' => 6,
            _ => 8,
        };
        counts[at] += if token.kind == Kind::Syllable { 2 } else { 3 };
    }
    // Kana among ideographs is Japanese; a foreign word among them changes nothing.
    if counts[7] * 4 > counts[6] && counts[7] > 0 {
        return Script::Kana;
    }
    let scripts = [
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Hebrew,
        Script::Bengali,
        Script::Hangul,
        Script::Han,
        Script::Kana,
        Script::Other,
    ];
    // Names of places are often in Latin letters: another script needs a third only.
    let mut best = (0, Script::None);
    for (at, &count) in counts.iter().enumerate() {
        let weight = if at == 0 { count } else { count * 2 };
        if weight > best.0 {
            best = (weight, scripts[at]);
        }
    }
    best.1
}

/// What the trigram detector says, among the languages that are likely here.
fn detected(text: &Text, script: Script) -> Option<&'static str> {
    use whatlang::Lang;
    let likely: &[Lang] = match script {
        Script::Cyrillic => &[Lang::Rus, Lang::Ukr],
        Script::Arabic => &[Lang::Ara, Lang::Urd, Lang::Pes],
        Script::Hebrew => &[Lang::Heb, Lang::Yid],
        Script::Other => {
            &[Lang::Hin, Lang::Pan, Lang::Guj, Lang::Tam, Lang::Tel, Lang::Tha, Lang::Nep]
        }
        _ => &[
            Lang::Eng,
            Lang::Spa,
            Lang::Fra,
            Lang::Por,
            Lang::Pol,
            Lang::Ita,
            Lang::Deu,
            Lang::Tur,
            Lang::Tgl,
            Lang::Vie,
        ],
    };
    if text.line.len() < 24 {
        return None;
    }
    let mut end = text.line.len().min(400);
    while !text.line.is_char_boundary(end) {
        end -= 1;
    }
    let detector = whatlang::Detector::with_allowlist(likely.to_vec());
    let info = detector.detect(&text.line[..end])?;
    if info.confidence() < 0.3 {
        return None;
    }
    Some(match info.lang() {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Fra => "fr",
        Lang::Por => "pt",
        Lang::Pol => "pl",
        Lang::Ita => "it",
        Lang::Deu => "de",
        Lang::Tur => "tr",
        Lang::Tgl => "tl",
        Lang::Vie => "vi",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Urd => "ur",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Hin => "hi",
        Lang::Pan => "pa",
        Lang::Guj => "gu",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tha => "th",
        Lang::Nep => "ne",
        _ => return None,
    })
}
