//! Which lists she is on, what is missing for the others, and what a renewal would bring.

use askama::Template;
use eligibility::{Dates, Outcome};
use roster::{Own, OwnList, Wanted};

use super::Section;
use crate::fault::Fault;

#[derive(Template)]
#[template(path = "member_lists.html")]
struct Lists<'a> {
    on: usize,
    lists: Vec<Shown<'a>>,
    wanted: Vec<(&'a str, String)>,
}

struct Shown<'a> {
    list: &'a OwnList,
    state: &'static str,
    word: &'static str,
    until: Option<String>,
}

pub(super) fn section(own: &Own) -> Result<Section, Fault> {
    let shown = |list| {
        let (state, word) = word(list);
        let until = list.valid_until.filter(|_| list.is_on());
        Shown { list, state, word, until: until.map(|on| Dates::Spoken.show(on).to_string()) }
    };
    let shown = Lists {
        on: own.lists.iter().filter(|list| list.is_on()).count(),
        lists: own.lists.iter().map(shown).collect(),
        wanted: own.wanted.iter().map(|wanted| (wanted.what.as_str(), brings(wanted))).collect(),
    };
    Section::of("lists", "Your lists", &shown)
}

fn word(list: &OwnList) -> (&'static str, &'static str) {
    if list.is_recalled {
        return ("withdrawn", "taken off by the chapter");
    }
    match list.outcome {
        Outcome::Eligible => ("active", "on the list"),
        Outcome::EligibleExpiring => ("waiting", "on the list, ends soon"),
        Outcome::EligibleInGrace => ("held", "on the list, in grace"),
        Outcome::EligibleByOverride => ("provisional", "on the list, by exception"),
        Outcome::Pending => ("applied", "waits for the chapter's check"),
        Outcome::Ineligible => ("withdrawn", "not on the list"),
        Outcome::NothingAsked => ("withdrawn", "asks for nothing yet"),
    }
}

/// What something she could bring would change.
fn brings(wanted: &Wanted) -> String {
    let mut parts = Vec::new();
    if !wanted.opens.is_empty() {
        parts.push(format!("puts you on {}", names(&wanted.opens)));
    }
    if !wanted.keeps.is_empty() {
        parts.push(format!("keeps you for longer on {}", names(&wanted.keeps)));
    }
    if parts.is_empty() {
        return format!("one thing less between you and {}", names(&wanted.nearer));
    }
    parts.join("; ")
}

/// Names, joined as they are said.
fn names(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
