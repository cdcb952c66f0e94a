//! The words for days, months, holidays and hours in the languages members write.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::super::tokens::Token;

/// The tokens of a reply, read by index; beyond the last there is nothing but empty words.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a [Token]);

impl<'a> Words<'a> {
    pub(super) fn text(self, at: usize) -> &'a str {
        self.0.get(at).map_or("", |token| token.text.as_str())
    }

    /// The sign that stands between this token and the next with no space; a space if none does.
    pub(super) fn glue(self, at: usize) -> char {
        self.0.get(at).map_or(' ', |token| token.glue)
    }
}

/// Words that may stand before a day and say nothing.
pub(super) const ARTICLES: [&str; 17] = [
    "the", "on", "el", "los", "la", "le", "les", "of", "sometime", "early", "late", "w", "во", "в",
    "no", "na", "dia",
];

/// Which of several a word points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Coming,
    Next,
    Last,
}

/// A stretch of time with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Week,
    Weekend,
    Month,
    Year,
}

/// A day that moves or has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed(i8, i8),
    Nth(i8, i8, Weekday),
}

impl Holiday {
    pub(super) fn on(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Nth(month, nth, weekday) => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

/// The day of the week that a word names, in the singular or (`sundays`) the plural.
pub(crate) fn weekday_of(word: &str) -> Option<Weekday> {
    weekday(word).or_else(|| weekday(word.strip_suffix('s')?))
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    Some(match word {
        "monday"
        | "mon"
        | "mondy"
        | "moday"
        | "lunes"
        | "lundi"
        | "понедельник"
        | "понедельника"
        | "пн"
        | "poniedzialek"
        | "poniedzialku"
        | "lendi"
        | "segunda"
        | "월요일"
        | "সোমবার" => Monday,
        "tuesday"
        | "tue"
        | "tues"
        | "tuesdy"
        | "teusday"
        | "tusday"
        | "martes"
        | "mardi"
        | "вторник"
        | "вторника"
        | "вт"
        | "wtorek"
        | "wtorku"
        | "madi"
        | "terca"
        | "화요일"
        | "মঙ্গলবার" => Tuesday,
        "wednesday" | "wed" | "weds" | "wensday" | "wednsday" | "wedensday" | "miercoles"
        | "mercredi" | "среда" | "среду" | "среды" | "ср" | "sroda" | "srode" | "srody"
        | "mekredi" | "quarta" | "수요일" | "বুধবার" => Wednesday,
        "thursday"
        | "thu"
        | "thur"
        | "thurs"
        | "thrs"
        | "thursdy"
        | "thrusday"
        | "jueves"
        | "jeudi"
        | "четверг"
        | "четверга"
        | "чт"
        | "czwartek"
        | "czwartku"
        | "jedi"
        | "quinta"
        | "목요일"
        | "বৃহস্পতিবার" => Thursday,
        "friday"
        | "fri"
        | "frid"
        | "firday"
        | "viernes"
        | "vendredi"
        | "пятница"
        | "пятницу"
        | "пятницы"
        | "пт"
        | "piatek"
        | "piatku"
        | "vandredi"
        | "sexta"
        | "금요일"
        | "শুক্রবার" => Friday,
        "saturday" | "sat" | "satur" | "saterday" | "satuday" | "sabado" | "samedi" | "суббота"
        | "субботу" | "субботы" | "сб" | "sobota" | "sobote" | "soboty" | "samdi" | "shabbos"
        | "shabbat" | "shabbes" | "shabbas" | "토요일" | "শনিবার" => Saturday,
        "sunday"
        | "sun"
        | "sundy"
        | "domingo"
        | "dimanche"
        | "воскресенье"
        | "воскресенья"
        | "вс"
        | "niedziela"
        | "niedziele"
        | "niedzieli"
        | "dimanch"
        | "일요일"
        | "রবিবার" => Sunday,
        _ => return None,
    })
}

pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" | "enero" | "janvier" | "января" | "январь" | "styczen" | "stycznia"
        | "janvye" | "janeiro" => 1,
        "february" | "feb" | "febr" | "febrero" | "fevrier" | "февраля" | "февраль" | "luty"
        | "lutego" | "fevriye" | "fevereiro" => 2,
        "march" | "mar" | "marzo" | "mars" | "марта" | "март" | "marzec" | "marca" | "marco" => {
            3
        }
        "april" | "apr" | "abril" | "avril" | "апреля" | "апрель" | "kwiecien" | "kwietnia" => {
            4
        }
        "may" | "mayo" | "mai" | "мая" | "май" | "maj" | "maja" | "maio" => 5,
        "june" | "jun" | "junio" | "juin" | "июня" | "июнь" | "czerwiec" | "czerwca" | "jen"
        | "junho" => 6,
        "july" | "jul" | "julio" | "juillet" | "июля" | "июль" | "lipiec" | "lipca" | "jiye"
        | "julho" => 7,
        "august" | "aug" | "agosto" | "aout" | "августа" | "август" | "sierpien" | "sierpnia"
        | "out" => 8,
        "september" | "sep" | "sept" | "septiembre" | "setiembre" | "septembre" | "сентября"
        | "сентябрь" | "wrzesien" | "wrzesnia" | "septanm" | "setembro" => 9,
        "october" | "oct" | "octubre" | "octobre" | "октября" | "октябрь" | "pazdziernik"
        | "pazdziernika" | "oktob" | "outubro" => 10,
        "november" | "nov" | "noviembre" | "novembre" | "ноября" | "ноябрь" | "listopad"
        | "listopada" | "novanm" | "novembro" => 11,
        "december" | "dec" | "diciembre" | "decembre" | "декабря" | "декабрь" | "grudzien"
        | "grudnia" | "desanm" | "dezembro" => 12,
        _ => return None,
    })
}

/// How many days from today, and how many words say so.
pub(super) fn relative(words: Words<'_>, at: usize) -> Option<(i64, usize)> {
    let (one, two) = (words.text(at), words.text(at + 1));
    Some(match one {
        "day" if two == "after" && names_tomorrow(words.text(at + 2)) => (2, 3),
        "day" if two == "before" && words.text(at + 2) == "yesterday" => (-2, 3),
        "pasado" if names_tomorrow(two) => (2, 2),
        "后" if two == "天" => (2, 2),
        "後" if two == "天" => (2, 2),
        "послезавтра" | "overmorrow" | "pojutrze" => (2, 1),
        "today" | "tday" | "2day" | "tody" | "hoy" | "сегодня" | "dzis" | "dzisiaj" | "jodi"
        | "aujourdhui" | "hoje" | "haynt" | "오늘" | "আজ" | "اليوم" | "היום" => {
            (0, 1)
        }
        "tonight" | "tonite" | "2nite" | "tn" => (0, 1),
        "esta" if two == "noche" => (0, 2),
        "this"
            if matches!(two, "morning" | "afternoon" | "evening" | "aft" | "eve" | "pm" | "am") =>
        {
            (0, 2)
        }
        "yesterday" | "yest" | "yday" | "ayer" | "вчера" | "wczoraj" | "hier" | "ontem"
        | "어제" => (-1, 1),
        "last" if matches!(two, "night" | "evening") => (-1, 2),
        "昨" if two == "天" => (-1, 2),
        "今" if matches!(two, "天" | "晚" | "日") => (0, 2),
        "明" if matches!(two, "天" | "晚" | "日" | "早") => (1, 2),
        word if names_tomorrow(word) => (1, 1),
        _ => return None,
    })
}

fn names_tomorrow(word: &str) -> bool {
    matches!(
        word,
        "tomorrow"
            | "tmrw"
            | "tmr"
            | "tmw"
            | "tomorow"
            | "tommorow"
            | "tommorrow"
            | "tomorro"
            | "tomrw"
            | "tmrrw"
            | "2moro"
            | "2morrow"
            | "2mrw"
            | "tom"
            | "manana"
            | "завтра"
            | "jutro"
            | "demain"
            | "demen"
            | "amanha"
            | "morgn"
            | "morgen"
            | "내일"
            | "কাল"
            | "আগামীকাল"
            | "غدا"
            | "بكره"
            | "מחר"
    )
}

/// "Next", "this", "last" before a day, and how many words say so.
pub(super) fn which(words: Words<'_>, at: usize) -> Option<(Which, usize)> {
    Some(match words.text(at) {
        "rest" | "remainder" if words.text(at + 1) == "of" => {
            (Which::Coming, 2 + usize::from(matches!(words.text(at + 2), "the" | "this" | "my")))
        }
        "this" | "coming" | "esta" | "este" | "эту" | "этот" | "cette" | "ce" => {
            (Which::Coming, 1)
        }
        "all" | "whole" | "toda"
            if matches!(words.text(at + 1), "this" | "the" | "la" | "esta") =>
        {
            (Which::Coming, 2)
        }
        "all" | "end" if words.text(at + 1) == "of" => {
            (Which::Coming, 2 + usize::from(matches!(words.text(at + 2), "the" | "this")))
        }
        "all" => (Which::Coming, 1),
        "next" | "nxt" | "nex" | "proximo" | "proxima" | "следующий" | "следующую"
        | "следующей" | "przyszly" | "przyszlym" => (Which::Next, 1),
        "下" => (Which::Next, 1),
        "last" | "past" | "прошлый" | "pasado" => (Which::Last, 1),
        _ => return None,
    })
}

/// Whether the words after a weekday say "next", and how many they are.
pub(super) fn next_after(words: Words<'_>, at: usize) -> usize {
    match (words.text(at), words.text(at + 1)) {
        ("next", "week") | ("of", "next") => 2,
        ("proximo" | "prochain", _) => 1,
        _ => 0,
    }
}

pub(super) fn period(word: &str) -> Option<Period> {
    Some(match word {
        "week" | "wk" | "weeks" | "semana" | "semaine" | "неделю" | "неделе" | "tydzien"
        | "tygodniu" | "semen" | "周" => Period::Week,
        "weekend" | "wkend" | "wknd" | "weekends" => Period::Weekend,
        "month" | "mes" | "mois" | "месяц" | "miesiac" => Period::Month,
        "year" | "yr" => Period::Year,
        _ => return None,
    })
}

/// Whether a period may stand with nothing before it: "weekend", but not "week".
pub(super) fn bare_period(word: &str) -> bool {
    matches!(word, "weekend" | "wkend" | "wknd")
}

pub(super) fn holiday(words: Words<'_>, at: usize) -> Option<(Holiday, usize)> {
    use Weekday::{Monday, Thursday};
    let (one, two) = (words.text(at), words.text(at + 1));
    Some(match one {
        "thanksgiving" | "tgiving" => (Holiday::Nth(11, 4, Thursday), 1),
        "christmas" | "xmas" | "navidad" => {
            (Holiday::Fixed(12, 25), 1 + usize::from(matches!(two, "day")))
        }
        "new" if matches!(two, "years" | "year") => {
            (Holiday::Fixed(1, 1), 2 + usize::from(matches!(words.text(at + 2), "day")))
        }
        "holidays" => (Holiday::Fixed(1, 1), 1),
        "labor" if two == "day" => (Holiday::Nth(9, 1, Monday), 2),
        "memorial" if two == "day" => (Holiday::Nth(5, -1, Monday), 2),
        "july" if matches!(two, "4" | "4th") => (Holiday::Fixed(7, 4), 2),
        "valentines" => (Holiday::Fixed(2, 14), 1 + usize::from(two == "day")),
        _ => return None,
    })
}

/// A length of time from today: "2 weeks", "a month", "10 days".
pub(super) fn length(words: Words<'_>, at: usize) -> Option<(Span, usize)> {
    let (word, next) = (words.text(at), words.text(at + 1));
    let (count, taken) = match word {
        "a" | "an" | "one" | "una" | "un" | "uno" | "another" => (1, 1),
        "couple" => (2, 1 + usize::from(next == "of")),
        "two" | "dos" | "deux" | "две" | "два" | "dwa" => (2, 1),
        "three" | "tres" | "trois" | "три" => (3, 1),
        "four" | "cuatro" | "четыре" => (4, 1),
        "five" | "cinco" => (5, 1),
        "six" | "seis" => (6, 1),
        "seven" | "siete" => (7, 1),
        "eight" | "ocho" => (8, 1),
        "ten" | "diez" => (10, 1),
        _ => {
            let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let count = word[..digits].parse::<i64>().ok().filter(|&count| count <= 400)?;
            if digits < word.len() {
                return unit(&word[digits..], count).map(|span| (span, 1));
            }
            (count, 1)
        }
    };
    // "a couple of weeks"
    let (count, taken) = match (word, next) {
        ("a", "couple") => (2, 2 + usize::from(words.text(at + 2) == "of")),
        _ => (count, taken),
    };
    unit(words.text(at + taken), count).map(|span| (span, taken + 1))
}

fn unit(word: &str, count: i64) -> Option<Span> {
    Some(match word {
        "day" | "days" | "d" | "dia" | "dias" | "дня" | "дней" | "jours" | "dni" => {
            count.days()
        }
        "week" | "weeks" | "wk" | "wks" | "w" | "semana" | "semanas" | "недели" | "неделю"
        | "semaines" | "tygodnie" => count.weeks(),
        "month" | "months" | "mo" | "mos" | "mes" | "meses" | "месяц" | "месяца" | "mois" => {
            count.months()
        }
        "year" | "years" | "yr" => count.years(),
        _ => return None,
    })
}
