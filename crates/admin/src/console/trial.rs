//! `/try`: a message tried out. What would be read, why, which way it would go and what would be
//! said, word for word. Nothing is kept and nothing is sent; the words are in no address.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::{
    trial::{FamilyTrial, MemberTrial, Said},
    view::plainly,
};
use model::MessageText;
use serde::Deserialize;

use super::{
    facts,
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    signed::{Filled, Signed},
    thread::{self, Why},
};
use crate::Desk;

/// No text that a carrier brings is longer.
const MOST: usize = 1600;

#[derive(Deserialize)]
pub(crate) struct Sent {
    words: String,
    #[serde(rename = "as")]
    who: Who,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Who {
    Family,
    Member,
}

#[derive(Template)]
#[template(path = "try.html")]
struct Page {
    frame: Frame,
    words: String,
    is_member: bool,
    problem: Option<&'static str>,
    read: Option<Read>,
}

struct Read {
    kind: String,
    way: String,
    flags: Vec<Badge>,
    facts: Vec<(String, String)>,
    reasons: Vec<Why>,
    texts: Vec<Text>,
    silent: &'static str,
}

struct Text {
    to: String,
    body: String,
    takes: String,
}

pub(crate) async fn page(Signed(session): Signed) -> Result<Response, Fault> {
    show(&Page {
        frame: Frame::new(Room::Try, &session, None),
        words: String::new(),
        is_member: false,
        problem: None,
        read: None,
    })
}

pub(crate) async fn read(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Filled(Sent { words, who }): Filled<Sent>,
) -> Result<Response, Fault> {
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let mut page = Page {
        frame: Frame::new(Room::Try, &session, None),
        is_member: who == Who::Member,
        problem: None,
        read: None,
        words,
    };
    let words = page.words.trim();
    if words.is_empty() {
        page.problem = Some("Write a message first.");
    } else if words.chars().count() > MOST {
        page.problem = Some("That is longer than any text message: 1600 characters at most.");
    } else if page.is_member {
        let trial = dispatch.try_member(chapter, MessageText::new(words)).await?;
        page.read = Some(Read::of_member(&trial));
    } else {
        let trial = dispatch.try_family(chapter, MessageText::new(words)).await?;
        match trial {
            Some(trial) => page.read = Some(Read::of_family(&trial)),
            None => page.problem = Some("The chapter has no line yet that families can text."),
        }
    }
    show(&page)
}

impl Read {
    fn of_family(trial: &FamilyTrial) -> Self {
        let reading = &trial.reading;
        let mut facts: Vec<_> =
            trial.told.iter().map(|(name, words)| ((*name).to_owned(), words.clone())).collect();
        facts.push(("language".to_owned(), reading.lang.clone()));
        if !reading.missing.is_empty() {
            let missing = reading.missing.iter().map(names::plain).collect::<Vec<_>>();
            facts.push(("not known".to_owned(), missing.join(", ")));
        }
        let mut texts: Vec<_> =
            trial.to_family.iter().map(|said| Text::of("To the family", said)).collect();
        if let Some(offer) = &trial.offer {
            let members = if trial.asked == 1 { "member" } else { "members" };
            texts.push(Text::of(&format!("To {} {members}", trial.asked), offer));
        }
        Self {
            kind: plainly::kind(reading.kind).to_owned(),
            way: facts::way(reading.route).to_owned(),
            flags: reading.red_flags.iter().map(|flag| names::flag(flag.level)).collect(),
            facts,
            reasons: thread::whys(&reading.reasons),
            texts,
            silent: "Nobody would be sent anything.",
        }
    }

    fn of_member(trial: &MemberTrial) -> Self {
        let reading = &trial.reading;
        let codes = reading.codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut facts = Vec::new();
        let extract = &reading.extract;
        for (name, words) in [
            ("condition", &extract.caveat),
            ("when", &extract.availability_text),
            ("payment", &extract.insurance),
            ("away from", &extract.away_from),
            ("away until", &extract.away_until),
            ("outcome", &extract.outcome),
        ] {
            facts.extend(words.as_ref().map(|words| (name.to_owned(), words.clone())));
        }
        Self {
            kind: plainly::intent(reading.intent).to_owned(),
            way: if codes.is_empty() {
                "it names no referral".to_owned()
            } else {
                format!("for {}", codes.join(", "))
            },
            flags: Vec::new(),
            facts,
            reasons: thread::whys(&reading.reasons),
            texts: trial.to_member.iter().map(|said| Text::of("To her", said)).collect(),
            silent: "What she is told hangs on how the referral stands then.",
        }
    }
}

impl Text {
    fn of(to: &str, said: &Said) -> Self {
        let parts = if said.segments == 1 { "segment" } else { "segments" };
        let kind = if said.is_plain { "plain alphabet" } else { "full alphabet" };
        Self {
            to: to.to_owned(),
            body: said.body.reveal().to_owned(),
            takes: format!("{} {parts}, {kind}", said.segments),
        }
    }
}
