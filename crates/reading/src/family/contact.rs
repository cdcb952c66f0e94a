//! Who is writing, who told them of us, and whether they wish to be called.

use jiff::{ToSpan, Zoned, civil::Weekday};
use model::reading::Callback;

use crate::family::{
    found::Found,
    lexicon::{Concept, Lexicon, concept as c},
    text::{Kind, Text},
};

/// Professions that write for a family, and the roles they have.
const PROFESSIONS: [(Concept, Concept, &str); 4] = [
    (c::DOULA, c::ROLE_DOULA, "doula"),
    (c::MIDWIFE, c::ROLE_MIDWIFE, "midwife"),
    (c::NURSE, c::ROLE_NURSE, "nurse"),
    (c::DOCTOR, c::ROLE_DOCTOR, "doctor"),
];

/// The role of the writer, with the words that tell it.
pub(crate) fn role(text: &Text, found: &Found) -> (&'static str, Option<String>) {
    let words = |concept| found.first(concept).map(|hit| text.quote(&hit.at).to_owned());
    for (_, role, name) in PROFESSIONS {
        if found.says(role) {
            return (name, words(role));
        }
    }
    if found.says(c::CLIENT) {
        for (profession, _, name) in PROFESSIONS {
            if found.says(profession) {
                return (name, words(profession));
            }
        }
        return ("other", words(c::CLIENT));
    }
    if found.says(c::ROLE_PARTNER) {
        return ("partner", words(c::ROLE_PARTNER));
    }
    if found.says(c::ROLE_RELATIVE) {
        return ("relative", words(c::ROLE_RELATIVE));
    }
    if found.says(c::ROLE_FRIEND) {
        return ("friend", words(c::ROLE_FRIEND));
    }
    if found.says(c::ROLE_OTHER) {
        return ("other", words(c::ROLE_OTHER));
    }
    if found.says(c::PARTNER) {
        return ("partner", words(c::PARTNER));
    }
    ("parent", None)
}

/// Who told the family of us.
pub(crate) fn source(lexicon: &Lexicon, found: &Found, role: &str) -> Option<String> {
    let hospital =
        found.of(c::HOSPITAL).filter(|hit| found.around(c::HOSPITAL, &hit.at).next().is_none());
    for hit in hospital {
        let told = found.near(c::SOURCE, &hit.at, hit.sentence, 6).is_some()
            || found.near(c::TOLD_BY, &hit.at, hit.sentence, 6).is_some();
        let nurse = role == "nurse" && hit.sentence <= 1;
        if told || nurse {
            let name = usize::try_from(hit.value).ok().and_then(|at| lexicon.hospitals.get(at))?;
            return Some(format!("hospital:{name}"));
        }
    }
    if matches!(role, "doula" | "midwife" | "nurse" | "doctor") {
        return Some(role.to_owned());
    }
    let told = found.first(c::SOURCE)?;
    let value = u16::try_from(told.value).ok().filter(|&value| value > 0);
    if let Some(value) = value {
        return Some(lexicon.name(Concept(value)).to_owned());
    }
    let names = [
        (c::DOULA, "doula"),
        (c::MIDWIFE, "midwife"),
        (c::NURSE, "nurse"),
        (c::DOCTOR, "doctor"),
        (c::ROLE_FRIEND, "friend"),
    ];
    names
        .into_iter()
        .find(|&(concept, _)| found.near(concept, &told.at, told.sentence, 5).is_some())
        .map(|(_, name)| name.to_owned())
}

/// The wish to be called: number, time and name.
pub(crate) fn callback(text: &Text, found: &Found, received: Option<&Zoned>) -> Option<Callback> {
    found.first(c::CALL_ME)?;
    Some(Callback {
        number: phone(text),
        after: received.and_then(|received| after(text, found, received)),
        name: name(text, found),
    })
}

/// The first run of ten digits, or of eleven that begin with 1, as E.164.
pub(crate) fn phone(text: &Text) -> Option<String> {
    let tokens = &text.tokens;
    (0..tokens.len()).find_map(|start| {
        let mut digits = String::new();
        let mut at = start;
        while let Some(token) = tokens.get(at)
            && token.kind == Kind::Number
            && digits.len() < 11
            && token.sentence == tokens[start].sentence
        {
            digits.push_str(text.word(at));
            at += 1;
        }
        let ten = match digits.len() {
            10 => Some(digits.as_str()),
            11 => digits.strip_prefix('1'),
            _ => None,
        }?;
        ten.starts_with(|c: char| ('2'..='9').contains(&c)).then(|| format!("+1{ten}"))
    })
}

fn after(text: &Text, found: &Found, received: &Zoned) -> Option<String> {
    let (hour, minute) = hour(text, found)?;
    let mut day = received.date();
    if found.says(c::SATURDAY_NIGHT) {
        day = next(day, Weekday::Saturday);
    } else if let Some(weekday) = found.first(c::WEEKDAY) {
        day = next(day, Weekday::from_monday_one_offset(weekday.value as i8).ok()?);
    } else if found.says(c::TOMORROW) || (received.hour(), received.minute()) >= (hour, minute) {
        day = day.checked_add(1.day()).ok()?;
    }
    let at = day.at(hour, minute, 0, 0).to_zoned(received.time_zone().clone()).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

fn next(from: jiff::civil::Date, weekday: Weekday) -> jiff::civil::Date {
    let ahead = from.weekday().until(weekday);
    from.checked_add(i64::from(ahead).days()).unwrap_or(from)
}

/// "after 8pm", "after 3", "despues de las 5".
fn hour(text: &Text, found: &Found) -> Option<(i8, i8)> {
    let after = found.first(c::CALL_AFTER)?;
    let at = (after.at.end..after.at.end + 3).find(|&at| text.number(at).is_some())?;
    let hour = text.number(at).filter(|&hour| hour <= 23)? as i8;
    let minutes = text.tokens.get(at + 1).is_some_and(|next| next.sign == ':' && next.tight);
    let minute = if minutes { text.number(at + 1).filter(|&m| m < 60)? as i8 } else { 0 };
    let half = text.word(at + 1 + usize::from(minutes));
    let hour = match half {
        "pm" | "p" if hour < 12 => hour + 12,
        "am" | "a" => hour % 12,
        // Without a word for it nobody means three at night.
        _ if (1..=7).contains(&hour) => hour + 12,
        _ => hour,
    };
    Some((hour, minute))
}

fn name(text: &Text, found: &Found) -> Option<String> {
    let ask = found.first(c::ASK_FOR)?;
    let name = text.quote(&(ask.at.end..ask.at.end + 1));
    let letters = name.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
    (letters && name.chars().next().is_some_and(char::is_uppercase)).then(|| name.to_owned())
}
