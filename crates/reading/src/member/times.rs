//! When a visit could be or was, in her words and by the calendar.

use jiff::ToSpan;
use model::reading::MemberExtract;

use super::{
    availability::dash_before,
    dates::{Days, Direction, Received},
    reply::Reply,
};

/// Fills in when the visit could be: her words, the day, the instant.
pub(crate) fn visit_times(reply: &Reply<'_>, extract: &mut MemberExtract) {
    let Some(received) = reply.received else { return };
    let tokens = &reply.tokens.all;
    let mut days: Vec<(Days, std::ops::Range<usize>)> = Vec::new();
    let mut times: Vec<(jiff::civil::Time, std::ops::Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((day, count)) = received.days(tokens, at, Direction::Ahead)
            && !is_part_of_name(reply, at)
        {
            days.push((day, at..at + count));
            at += count;
            continue;
        }
        let before =
            at.checked_sub(1).and_then(|at| tokens.get(at)).map_or("", |token| token.text.as_str());
        let told = matches!(
            before,
            "at" | "after"
                | "before"
                | "until"
                | "till"
                | "til"
                | "by"
                | "from"
                | "around"
                | "las"
                | "в"
                | "после"
                | "до"
                | "@"
                | "past"
        ) || days.last().is_some_and(|(_, range)| range.end == at);
        if let Some((time, count)) = Received::time(tokens, at, told) {
            let loose = matches!(
                before,
                "after"
                    | "before"
                    | "until"
                    | "till"
                    | "til"
                    | "by"
                    | "from"
                    | "around"
                    | "после"
                    | "до"
                    | "past"
                    | "between"
                    | "or"
                    | "to"
                    | "than"
            ) || dash_before(reply, at)
                || dash_before(reply, at + count)
                || tokens.get(at + count).is_some_and(|token| {
                    matches!(token.text.as_str(), "or" | "to" | "onwards" | "onward" | "ish")
                });
            times.push((time, at..at + count, loose));
            at += count;
            continue;
        }
        at += 1;
    }
    let Some(((first, range), others)) = days.split_first() else {
        if let [(_, range, _)] = &times[..] {
            extract.availability_text = Some(worded(reply, range.clone()));
        }
        return;
    };
    let mut words = range.clone();
    for (_, range, _) in &times {
        if range.start <= words.end + 1 && range.start >= words.start {
            words.end = words.end.max(range.end);
        }
    }
    extract.availability_text = Some(worded(reply, words));
    let one_day = first.first.saturating_add(1.day()) == first.end;
    if !others.is_empty() || !one_day || excluded(reply, range.start) {
        return;
    }
    match &times[..] {
        [(time, _, false)] => {
            extract.availability_start = Some(received.instant(first.first, *time));
        }
        _ => extract.availability_date = Some(first.first.to_string()),
    }
}

/// "Not Monday", "after Tuesday": a day that bounds her time and is not it.
fn excluded(reply: &Reply<'_>, at: usize) -> bool {
    let text = |at: Option<usize>| {
        at.and_then(|at| reply.tokens.all.get(at)).map_or("", |token| token.text.as_str())
    };
    let words = [
        "not", "before", "after", "until", "till", "til", "cant", "except", "no", "by", "from",
        "starting", "than", "dont",
    ];
    words.contains(&text(at.checked_sub(1)))
        || matches!(text(at.checked_sub(2)), "not" | "before" | "until" | "cant")
}

/// "Sun" in "Sun Yat", "mar" and "sat" in a sentence: a short day's name counts where days stand.
fn is_part_of_name(reply: &Reply<'_>, at: usize) -> bool {
    let Some(token) = reply.tokens.all.get(at) else { return false };
    let before = at
        .checked_sub(1)
        .and_then(|at| reply.tokens.all.get(at))
        .map_or("", |token| token.text.as_str());
    match token.text.as_str() {
        "sat" => matches!(before, "i" | "we" | "she" | "who"),
        "tom" => token.capital,
        _ => false,
    }
}

/// Her own words with the time before or after them ("after 5").
fn worded(reply: &Reply<'_>, range: std::ops::Range<usize>) -> String {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    let mut from = range.start;
    while from > 0
        && matches!(
            text(from - 1),
            "after"
                | "before"
                | "by"
                | "around"
                | "not"
                | "until"
                | "only"
                | "from"
                | "between"
                | "после"
                | "despues"
                | "antes"
        )
    {
        from -= 1;
    }
    let mut to = range.end;
    while matches!(
        text(to),
        "morning"
            | "mornings"
            | "afternoon"
            | "afternoons"
            | "evening"
            | "evenings"
            | "night"
            | "am"
            | "pm"
            | "only"
            | "onwards"
            | "утром"
            | "вечером"
    ) {
        to += 1;
    }
    reply.quote(from..to).to_owned()
}

/// The day of a visit that a report of an outcome tells.
pub(crate) fn visit_date(reply: &Reply<'_>, direction: Direction) -> Option<String> {
    let received = reply.received?;
    let tokens = &reply.tokens.all;
    let found = (0..tokens.len()).find_map(|at| {
        received.days(tokens, at, direction).filter(|_| !is_part_of_name(reply, at))
    });
    let (days, _) = found?;
    (days.first.saturating_add(1.day()) == days.end).then(|| days.first.to_string())
}
