//! A trace in plain words: what happened and why, for people who were not there.

use std::collections::HashMap;

use model::{ActorKind, MemberId, PersonName, TimeZone, Timestamp};
use serde_json::Value;
use storage::Event;

use super::{Weight, plainly};

mod asked;
mod desk;
mod gate;

pub(super) use self::asked::why_not;
pub use self::desk::GROUPS;

/// So many people are named in a sentence.
pub(super) const MOST_NAMES: usize = 40;
/// And so many of those who were not asked, with why.
pub(super) const MOST_REASONS: usize = 6;

/// One event in a sentence, and how much it weighs.
pub(super) fn of(
    event: &Event,
    names: &HashMap<MemberId, PersonName>,
    zone: &TimeZone,
) -> (String, Weight) {
    let detail = &event.detail;
    let text = |key: &str| detail[key].as_str().unwrap_or_default().replace('_', " ");
    let who = |key: &str| name(&detail[key], names);
    let list = |key: &str| {
        let all = detail[key].as_array().map(Vec::as_slice).unwrap_or_default();
        shortened(all, |id| name(id, names))
    };
    match event.kind.as_str() {
        "inquiry_begun" => {
            ("A family texts. We wait for more texts before reading.".to_owned(), Weight::Plain)
        }
        "read" => read(detail),
        "asked_family" => (
            format!("We ask the family one question: {}.", question(&text("question"))),
            Weight::Plain,
        ),
        "asked_members" => (asked::told(detail, names, zone), Weight::Key),
        "hours_began" => {
            let why = if detail["policy"] == "waves" {
                "Their turn has come"
            } else {
                "Their hours have begun"
            };
            (format!("{why}. Asked: {}.", list("asked")), Weight::Plain)
        }
        "collected" if detail["certain"] == false => (
            format!("{} may claim: she is asked, and keeps her turn.", who("member")),
            Weight::Plain,
        ),
        "collected" => (
            format!("{} claims. Places are given later, by the chapter's rule.", who("member")),
            Weight::Plain,
        ),
        "gate_opened" => (gate::told(detail, names, zone), Weight::Key),
        "member_said" => {
            let said = plainly::told(detail, "intent", plainly::intent);
            (format!("{} {said}.", who("member")), Weight::Plain)
        }
        "member_tapped" => {
            (format!("{} answers on the page of the offer.", who("member")), Weight::Plain)
        }
        "claimed" => {
            let caveat =
                if detail["caveat"] == true { " with a condition for the family" } else { "" };
            match (detail["kind"].as_str(), detail["place"].as_i64()) {
                (Some("firm"), Some(place)) => {
                    (format!("{} has place {place} of 3{caveat}.", who("member")), Weight::Key)
                }
                (_, Some(place)) => (
                    format!("Place {place} is held for {} while we ask her.", who("member")),
                    Weight::Plain,
                ),
                _ => (format!("{} stands by: all places are taken.", who("member")), Weight::Plain),
            }
        }
        "passed" => (format!("{} passes.", who("member")), Weight::Plain),
        "released" => (format!("{} gives her place back.", who("member")), Weight::Warn),
        "lapsed" => {
            (format!("{} did not confirm in time: her hold is over.", who("member")), Weight::Plain)
        }
        "moved_up" => {
            let place = detail["place"].as_i64().unwrap_or(0);
            (format!("{} moves up from standby to place {place}.", who("member")), Weight::Key)
        }
        "filled" => ("Three places are firm.".to_owned(), Weight::Key),
        "handed_off" => {
            let more =
                if detail["more_coming"] == true { " We keep asking for the rest." } else { "" };
            (format!("The family has the names: {}.{more}", list("members")), Weight::Key)
        }
        "topped_up" => {
            (format!("The family has the missing names: {}.", list("members")), Weight::Key)
        }
        "replaced" => {
            (format!("{} cannot; the family has {} instead.", who("gone"), who("by")), Weight::Warn)
        }
        "replacement_sought" => {
            (format!("{} cannot, and nobody stands by: we ask again.", who("gone")), Weight::Warn)
        }
        "promised_time" => ("The promised time has come.".to_owned(), Weight::Plain),
        "held" => (format!("Waits for the admin: {}.", text("reason")), Weight::Warn),
        "paged" => {
            let reason = plainly::reason(detail["reason"].as_str().unwrap_or_default());
            (format!("The admin is called: {reason}."), Weight::Warn)
        }
        "page_answered" => ("An admin has seen it.".to_owned(), Weight::Plain),
        "released_by_admin" => {
            (format!("{} releases it to the members.", decider(event)), Weight::Key)
        }
        "taken_over" => (
            format!("{} takes the thread over: the service falls silent.", decider(event)),
            Weight::Warn,
        ),
        "handed_back" => {
            (format!("{} hands the thread back to the service.", decider(event)), Weight::Key)
        }
        "answered_by_person" => {
            (format!("{} writes to the family, as the line.", decider(event)), Weight::Plain)
        }
        "names_wait" => (
            format!("There are names: {}. A person has the thread, so they wait.", list("members")),
            Weight::Warn,
        ),
        "corrected" => (
            format!("{} corrects what was read: {}.", decider(event), corrected(&text("field"))),
            Weight::Plain,
        ),
        "facts_added" => ("The family adds to what we know.".to_owned(), Weight::Plain),
        "more_asked" => ("The family asks for more names.".to_owned(), Weight::Key),
        "call_asked" => (
            "The family wants a call: we ask whether those named may get its number.".to_owned(),
            Weight::Plain,
        ),
        "call_agreed" => (
            format!("The family agreed in writing: its number goes to {}.", list("members")),
            Weight::Key,
        ),
        "satisfaction" => {
            (format!("The family gives the line {} of 5.", detail["score"]), Weight::Key)
        }
        "number_asked" => {
            (format!("{} is asked whether her number is hers.", who("member")), Weight::Plain)
        }
        "number_confirmed" => {
            (format!("{} answered from her number.", who("member")), Weight::Plain)
        }
        "practised" => (format!("{} claimed a practice referral.", who("member")), Weight::Plain),
        "followed_up" => {
            ("We ask the family whether it reached someone.".to_owned(), Weight::Plain)
        }
        "outcome" => {
            let outcome = plainly::told(detail, "outcome", plainly::outcome);
            (format!("The family says: {outcome}."), Weight::Key)
        }
        "member_outcome" => {
            let outcome = plainly::told(detail, "outcome", plainly::outcome);
            (format!("{} reports: {outcome}.", who("member")), Weight::Plain)
        }
        "opted_out" => ("No more texts to this number.".to_owned(), Weight::Warn),
        "deletion_asked" => (
            "The family asks to be deleted: what it wrote and its number go within two days."
                .to_owned(),
            Weight::Key,
        ),
        "family_erased" => ("What the family wrote is deleted.".to_owned(), Weight::Key),
        "opted_in" => ("Texts to this number again.".to_owned(), Weight::Plain),
        "undelivered" => {
            let why = plainly::told(detail, "class", plainly::why_not_sent);
            (format!("A text did not arrive ({}): {why}.", text("for")), Weight::Warn)
        }
        "sent_again" => {
            (format!("A text that failed is tried again ({}).", text("for")), Weight::Plain)
        }
        "texts_used_up" => {
            ("The family has had its texts: a person takes over.".to_owned(), Weight::Warn)
        }
        "closed" => (format!("Closed: {}.", text("reason")), Weight::Plain),
        "withdrawn" => (format!("Called off: {}.", text("reason")), Weight::Warn),
        "inquiry_closed" => {
            (format!("Nothing further is to be done: {}.", text("reason")), Weight::Plain)
        }
        _ => (desk::told(event, names), Weight::Plain),
    }
}

/// Who decided, by kind.
fn decider(event: &Event) -> &'static str {
    if event.actor == ActorKind::Token { "A program" } else { "An admin" }
}

fn read(detail: &Value) -> (String, Weight) {
    let flags = detail["red_flags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let kind = plainly::told(detail, "kind", plainly::kind);
    let urgency = plainly::told(detail, "urgency", plainly::urgency);
    let mut words = format!("Read: {kind}{urgency}");
    let concerns = detail["concerns"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !concerns.is_empty() {
        let concerns =
            concerns.iter().filter_map(Value::as_str).map(|concern| concern.replace('_', " "));
        words.push_str(&format!(": {}", concerns.collect::<Vec<_>>().join(", ")));
    }
    words.push('.');
    if flags.is_empty() {
        return (words, Weight::Plain);
    }
    let flags = flags
        .iter()
        .filter_map(Value::as_str)
        .map(|flag| flag.replace('_', " "))
        .collect::<Vec<_>>();
    words.push_str(&format!(" Signs of danger: {}.", flags.join(", ")));
    (words, Weight::Safety)
}

fn question(word: &str) -> &str {
    match word {
        "zip" => "the ZIP in the borough",
        "which" => "which of several places",
        "zip again" => "the ZIP once more",
        "virtual ok" => "whether video is welcome, so far away",
        "wants referral" => "whether a consultant is wanted",
        _ => "where it is",
    }
}

/// A field of a reading by the name people give it.
fn corrected(field: &str) -> &str {
    match field {
        "extract.location" => "the place",
        "extract.baby" => "the baby's age",
        "extract.concerns" => "the concerns",
        "extract.visit types" => "the visit",
        "extract.insurance" => "who pays",
        "extract.consult languages" => "the language of the visit",
        "lang" => "the family's language",
        "urgency" => "how soon",
        "route" => "which way it goes",
        other => other,
    }
}

/// The first of a list, and how many there are beside them.
fn shortened(all: &[Value], one: impl Fn(&Value) -> String) -> String {
    first_of(all, MOST_NAMES, one)
}

fn first_of(all: &[Value], most: usize, one: impl Fn(&Value) -> String) -> String {
    let shown = all.iter().take(most).map(one).collect::<Vec<_>>().join(", ");
    if all.len() > most { format!("{shown} and {} more", all.len() - most) } else { shown }
}

fn name(id: &Value, names: &HashMap<MemberId, PersonName>) -> String {
    id.as_str().and_then(|id| names.get(&id.parse().ok()?)).map_or_else(
        || "a member".to_owned(),
        |name| name.reveal().split(',').next().unwrap_or_default().to_owned(),
    )
}

/// The time as people say it, with the day where it is not obvious from a trace's own times.
fn clock(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.in_zone(zone);
    local.strftime("%-I:%M %P").to_string().replace(":00 ", " ")
}
