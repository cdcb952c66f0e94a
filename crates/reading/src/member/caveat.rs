//! What a claim says to the family: her times and terms, in her own words, without what is private.

use std::ops::Range;

use model::reading::MemberExtract;

use super::{lexicon::Meaning, reply::Reply, times::visit_times, tokens::Tag};
use crate::redact::{Redacted, redact};

/// No caveat is longer; a card has room for one line or two.
const MOST_CHARS: usize = 160;

/// What carries no term: the words of a claim itself.
const CLAIM: [Meaning; 6] = [
    Meaning::Claim,
    Meaning::Yes,
    Meaning::Perhaps,
    Meaning::Thanks,
    Meaning::Chatter,
    Meaning::Filler,
];

/// Languages a member may offer, by the words that name them.
const LANGUAGES: [(&str, &[&str]); 24] = [
    ("ar", &["arabic", "arabe", "арабский", "العربية", "عربي"]),
    ("ase", &["asl"]),
    ("bn", &["bengali", "bangla", "বাংলা", "বাংলায়"]),
    ("de", &["german", "aleman", "deutsch"]),
    ("en", &["english", "ingles", "inglés", "anglais", "английский", "英语", "英文"]),
    ("es", &["spanish", "espanol", "castellano", "испанский", "西班牙语", "espagnol", "panyol"]),
    ("fr", &["french", "frances", "francais", "французский", "franse", "法语"]),
    ("he", &["hebrew", "ivrit", "иврит", "עברית", "hebreo"]),
    ("hi", &["hindi"]),
    ("ht", &["creole", "kreyol", "haitian"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese"]),
    ("ko", &["korean", "한국어", "한국말"]),
    ("pl", &["polish", "polski", "polsku", "польский"]),
    ("pt", &["portuguese", "portugues", "português"]),
    ("ru", &["russian", "русски", "русский", "русском", "ruso", "俄语"]),
    ("sq", &["albanian"]),
    ("tl", &["tagalog", "filipino"]),
    ("uk", &["ukrainian", "українська", "украинский"]),
    ("ur", &["urdu"]),
    ("uz", &["uzbek"]),
    ("yi", &["yiddish", "yidish", "idish", "ייִדיש", "יידיש", "אידיש", "идиш"]),
    ("yue", &["cantonese"]),
    ("zh", &["mandarin", "chinese", "普通话", "中文", "国语", "华语", "китайский", "chino"]),
];

/// Fills in everything that a claim tells beside itself.
pub(crate) fn read(reply: &Reply<'_>, extract: &mut MemberExtract) {
    visit_times(reply, extract);
    extract.languages = languages(reply);
    extract.visit_types = visit_types(reply);
    extract.insurance = insurance(reply);
    extract.caveat = caveat(reply, extract);
}

fn languages(reply: &Reply<'_>) -> Vec<String> {
    let text = reply.text.text();
    let named = LANGUAGES.iter().filter(|(_, names)| {
        names.iter().any(|name| {
            if name.is_ascii()
                || name.chars().all(char::is_alphabetic) && !name.chars().any(|c| c >= '\u{3000}')
            {
                reply.tokens.all.iter().any(|token| token.text == *name)
            } else {
                text.contains(name)
            }
        })
    });
    named.map(|(code, _)| (*code).to_owned()).collect()
}

pub(crate) fn visit_types(reply: &Reply<'_>) -> Vec<String> {
    let kinds = [
        (Meaning::VisitHome, "home"),
        (Meaning::VisitOffice, "office"),
        (Meaning::VisitVirtual, "virtual"),
        (Meaning::VisitHospital, "hospital"),
    ];
    let offered = kinds.into_iter().filter(|(meaning, _)| {
        reply.all(*meaning).any(|found| {
            let limited = reply.all(Meaning::Limit).chain(reply.all(Meaning::Decline));
            let mut limited =
                limited.filter(|limit| limit.from <= found.from && found.from < limit.to + 1);
            limited.next().is_none()
        })
    });
    offered.map(|(_, word)| word.to_owned()).collect()
}

fn insurance(reply: &Reply<'_>) -> Option<String> {
    let word = if reply.has(Meaning::Superbill) {
        "oon_superbill"
    } else if reply.has(Meaning::OutOfNetwork) {
        "oon"
    } else if reply.has(Meaning::SelfPay) {
        "self_pay"
    } else if reply.has(Meaning::InNetwork) {
        "in_network"
    } else {
        return None;
    };
    Some(word.to_owned())
}

/// The clauses that tell a term, without the words of the claim, the code, and what is private.
fn caveat(reply: &Reply<'_>, extract: &MemberExtract) -> Option<String> {
    let mut parts = Vec::new();
    for clause in reply.tokens.clauses.iter().flat_map(|clause| without_reasons(reply, clause)) {
        let clause = &clause;
        if !tells_a_term(reply, clause, extract) {
            continue;
        }
        let Some(kept) = without_claim(reply, clause) else { continue };
        let words = reply.quote(kept.clone());
        let words = redact(&spelled_out(reply, kept, words)).text;
        let words =
            words.trim_matches(|c: char| c.is_whitespace() || ",;.:-!?".contains(c)).to_owned();
        if tells(&words) {
            parts.push(words);
        }
    }
    let mut text = parts.join(", ");
    if let Some((end, _)) = text.char_indices().nth(MOST_CHARS) {
        let end = text[..end].rfind(' ').unwrap_or(end);
        text.truncate(end);
    }
    // Joined, a capital may stand inside a sentence that began one before.
    while let Redacted { text: left, cut } = redact(&text)
        && !cut.is_empty()
    {
        text = left;
    }
    tells(&text).then_some(text)
}

/// The parts of a clause that are no reason for the others: "home with a sick kid so virtual only"
/// tells the family "virtual only".
fn without_reasons(reply: &Reply<'_>, clause: &Range<usize>) -> Vec<Range<usize>> {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    let mut parts = Vec::new();
    let mut from = clause.start;
    let mut reason = false;
    for at in clause.clone() {
        let because = matches!(
            text(at),
            "because" | "bc" | "cuz" | "cause" | "coz" | "since" | "porque" | "потому"
        );
        if because || text(at) == "so" && at > from {
            if !reason {
                parts.push(from..at);
            }
            reason = because;
            from = at + 1;
        }
    }
    if !reason {
        parts.push(from..clause.end);
    }
    let private = |part: &Range<usize>| {
        reply
            .all(Meaning::Excuse)
            .chain(reply.all(Meaning::OwnBaby))
            .any(|found| part.contains(&found.from))
    };
    parts.into_iter().filter(|part| !part.is_empty() && !private(part)).collect()
}

/// Whether anything is left that tells something, once what is private was cut.
fn tells(words: &str) -> bool {
    let empty = [
        "or", "and", "at", "me", "you", "can", "call", "text", "reach", "my", "is", "it", "the",
        "to", "on", "in", "i", "im", "contact", "book", "email", "phone", "number", "address",
        "her", "she", "here", "come", "please", "pls", "for", "tell",
    ];
    let words = words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '$');
    words.filter(|word| !word.is_empty()).any(|word| !empty.contains(&word.to_lowercase().as_str()))
}

/// Whether a clause tells the family something: a time, a place, a price, a language, a condition.
fn tells_a_term(reply: &Reply<'_>, clause: &Range<usize>, extract: &MemberExtract) -> bool {
    let within = |meaning| reply.all(meaning).any(|found| clause.contains(&found.from));
    let telling = [
        Meaning::Term,
        Meaning::Limit,
        Meaning::Condition,
        Meaning::VisitVirtual,
        Meaning::VisitHome,
        Meaning::VisitOffice,
        Meaning::VisitHospital,
        Meaning::InNetwork,
        Meaning::Superbill,
        Meaning::OutOfNetwork,
        Meaning::SelfPay,
    ];
    let availability = extract.availability_text.as_deref().unwrap_or("");
    let dated = !availability.is_empty() && reply.quote(clause.clone()).contains(availability);
    let money = reply.quote(clause.clone()).contains('$');
    // Whether the place is still free is ours to know, not the family's.
    let status = reply
        .all(Meaning::Status)
        .chain(reply.all(Meaning::Standby))
        .any(|found| clause.contains(&found.from));
    (telling.into_iter().any(within) || dated || money) && !status
}

/// A clause without the code and the claim's own words at its ends; `None` if nothing else is in it.
fn without_claim(reply: &Reply<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let said = |at: usize, from_left: bool| {
        let claims = reply
            .found
            .iter()
            .filter(|found| CLAIM.contains(&found.meaning) && clause.contains(&found.from));
        // A term inside the claim's words ends them: "available Thursday".
        if from_left {
            let begun = claims.filter(|found| found.from <= at && at < found.to);
            begun.map(|found| before_term(reply, at, found.to)).max()
        } else {
            claims
                .filter(|found| found.to == at && found.from >= clause.start)
                .map(|found| found.from)
                .min()
        }
    };
    let (mut from, mut to) = (clause.start, clause.end);
    loop {
        let token = reply.tokens.all.get(from).filter(|_| from < to)?;
        if matches!(token.tag, Tag::Code(_))
            || (LEADS.contains(&token.text.as_str()) && from + 1 < to)
        {
            from += 1;
        } else if let Some(end) = said(from, true).filter(|&end| end > from) {
            from = end;
        } else {
            break;
        }
    }
    loop {
        let token = reply.tokens.all.get(to.checked_sub(1)?).filter(|_| from < to)?;
        if matches!(token.tag, Tag::Code(_))
            || matches!(token.text.as_str(), "and" | "but" | "or" | "though")
        {
            to -= 1;
        } else if let Some(start) = said(to, false)
            .filter(|&start| start < to && start >= from && before_term(reply, start, to) == to)
        {
            to = start;
        } else {
            break;
        }
    }
    (from < to).then_some(from..to)
}

/// Words that lead from a claim to its term.
const LEADS: [&str; 17] = [
    "but", "and", "for", "do", "it", "this", "her", "them", "see", "take", "to", "that", "one",
    "is", "pero", "но", "though",
];

/// The end of a claim's words, cut where a term begins in them.
fn before_term(reply: &Reply<'_>, from: usize, to: usize) -> usize {
    let received = reply.received;
    (from..to)
        .find(|&at| {
            let day = received.is_some_and(|received| {
                received.days(&reply.tokens.all[..], at, super::dates::Direction::Ahead).is_some()
            });
            day || reply.all(Meaning::Term).any(|term| {
                term.from == at
                    && !matches!(
                        reply.tokens.all[at].text.as_str(),
                        "at" | "by" | "near" | "accept" | "just" | "so"
                    )
            })
        })
        .unwrap_or(to)
}

/// Writes out what people shorten in a text and a family might not know.
fn spelled_out(reply: &Reply<'_>, tokens: Range<usize>, quote: &str) -> String {
    let Some(first) = reply.tokens.all.get(tokens.start) else { return quote.to_owned() };
    let base = reply.text.words()[first.words.start].source.start;
    let mut out = String::new();
    let mut done = 0;
    for token in &reply.tokens.all[tokens] {
        let Some(full) = full_word(&token.text) else { continue };
        let words = &reply.text.words()[token.words.clone()];
        let (Some(from), Some(to)) = (words.first(), words.last()) else { continue };
        let (from, to) = (from.source.start - base, to.source.end - base);
        // One character may have become several words.
        if from < done {
            continue;
        }
        out.push_str(&quote[done..from]);
        out.push_str(full);
        done = to;
    }
    out.push_str(&quote[done..]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn full_word(short: &str) -> Option<&'static str> {
    Some(match short {
        "tmrw" | "tmr" | "tmw" | "tomorow" | "tommorow" | "tommorrow" | "tomorro" | "2moro"
        | "2morrow" | "tomrw" => "tomorrow",
        "2nite" | "tonite" => "tonight",
        "mon" => "Monday",
        "tue" | "tues" => "Tuesday",
        "wed" | "weds" => "Wednesday",
        "thu" | "thur" | "thurs" => "Thursday",
        "fri" => "Friday",
        "sat" => "Saturday",
        "sun" => "Sunday",
        "oon" => "out of network",
        "inn" => "in network",
        "appt" | "apt." => "appointment",
        "appts" => "appointments",
        "wknd" | "wkend" => "weekend",
        "hv" => "home visit",
        "bc" => "because",
        "ur" => "your",
        "u" => "you",
        _ => return None,
    })
}
