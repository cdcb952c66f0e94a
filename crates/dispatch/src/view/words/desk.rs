//! What the chapter's people, its members and the service do beside referrals, in plain words.

use std::collections::HashMap;

use model::{MemberId, PersonName};
use serde_json::Value;
use storage::Event;

use super::name;

/// The kinds of changes by what they are about, each with its name: for whoever looks for one.
pub const GROUPS: &[(&str, &[(&str, &str)])] = &[
    (
        "Signing in and people",
        &[
            ("signed_in", "signed in"),
            ("sign_in_refused", "a wrong code or passkey"),
            ("passkey_added", "a passkey was added"),
            ("passkey_ended", "a passkey was taken away"),
            ("person_invited", "somebody was invited"),
            ("person_role", "a role was given"),
            ("person_let_go", "somebody was let go"),
            ("token_made", "a token was made"),
            ("token_ended", "a token was ended"),
        ],
    ),
    (
        "Settings and lines",
        &[
            ("chapter_changed", "settings were changed"),
            ("line_paused", "a line was paused"),
            ("line_tried", "a line was tried again"),
            ("erased", "what had its time was erased"),
        ],
    ),
    (
        "Roster and lists",
        &[
            ("member_applied", "somebody asked to join"),
            ("member_added", "a member was added"),
            ("member_changed", "what the roster has of a member was changed"),
            ("member_profile", "a profile was changed"),
            ("member_number", "a member has another number"),
            ("member_standing", "a standing was changed"),
            ("member_recalled", "a member was taken off a list"),
            ("recall_lifted", "a taking off was lifted"),
            ("member_exported", "a member's data was given out"),
            ("member_erased", "a member was erased"),
            ("edition_published", "a list was published"),
            ("rules_added", "rules were added"),
            ("hospital_changed", "a hospital was changed"),
        ],
    ),
    (
        "Referrals",
        &[
            ("held", "held for a person"),
            ("released_by_admin", "released"),
            ("asked_members", "members were asked"),
            ("claimed", "a place was taken"),
            ("handed_off", "names were given"),
            ("corrected", "a reading was corrected"),
            ("merged", "two requests were made one"),
            ("closed", "closed"),
            ("withdrawn", "called off"),
        ],
    ),
    (
        "Threads",
        &[
            ("taken_over", "a thread was taken over"),
            ("answered_by_person", "a person wrote"),
            ("handed_back", "a thread was handed back"),
            ("thread_reopened", "a closed thread was opened again"),
            ("paged", "somebody was called"),
            ("page_opened", "a call was looked at"),
            ("page_answered", "a call was answered"),
            ("undelivered", "a text did not arrive"),
            ("opted_out", "a STOP"),
            ("family_exported", "a family's data was given out"),
            ("family_erased", "a family was erased"),
        ],
    ),
];

/// One event in a sentence.
pub(super) fn told(event: &Event, names: &HashMap<MemberId, PersonName>) -> String {
    let detail = &event.detail;
    let text = |key: &str| detail[key].as_str().unwrap_or_default().replace('_', " ");
    let many = |key: &str| detail[key].as_i64().unwrap_or(0);
    let who = || name(&detail["member"], names);
    match event.kind.as_str() {
        "signed_in" => "Signed in.".to_owned(),
        "sign_in_refused" => "Was refused: a wrong code or passkey.".to_owned(),
        "passkey_added" => "Added a passkey.".to_owned(),
        "passkey_ended" => "Took a passkey away.".to_owned(),
        "person_invited" => format!("Invited somebody as {}.", text("role")),
        "person_role" => format!("Made somebody {}, who was {}.", text("to"), text("from")),
        "person_let_go" => "Let somebody go: her sessions ended at once.".to_owned(),
        "token_made" => format!("Made a token that may do what a {} may.", text("role")),
        "token_ended" => format!("Ended a token of the role {}.", text("role")),
        "chapter_changed" => format!("Changed settings: {}.", listed(&detail["settings"])),
        "line_paused" => "Paused a line: its carrier refuses its texts.".to_owned(),
        "line_tried" => "Tried a line again.".to_owned(),
        "erased" => format!(
            "Erased what had its time: the words of {} conversations, {} numbers.",
            many("conversations"),
            many("numbers")
        ),
        "member_applied" => "Asked to join by the public form.".to_owned(),
        "member_added" => format!("Brought {} onto the roster.", who()),
        "member_changed" => format!("Changed what the roster has of {}.", who()),
        "member_profile" => {
            format!("Changed what {} offers: {}.", who(), listed(&detail["fields"]))
        }
        "member_standing" => format!("Made {} {}, who was {}.", who(), text("to"), text("from")),
        "member_recalled" => format!("Took {} off a published list.", who()),
        "recall_lifted" => format!("Lifted the taking off of {}.", who()),
        "member_exported" => "Gave out what is known of a member.".to_owned(),
        "member_erased" => "Erased a member.".to_owned(),
        "edition_published" => "Published a list.".to_owned(),
        "rules_added" => "Added rules of a hospital.".to_owned(),
        "merged" if detail["into"].is_string() => {
            "Closed in favour of another request of the same family.".to_owned()
        }
        "merged" => {
            "Another request of the same family was closed in favour of this one.".to_owned()
        }
        "thread_reopened" => "Opened a closed thread again, to write in it.".to_owned(),
        "page_opened" => "An admin has looked at it: nobody further is called.".to_owned(),
        "away" => format!("{} is away.", who()),
        "back" => format!("{} is back.", who()),
        "member_number" => format!("Gave {} another number.", who()),
        other if detail["member"].is_string() => {
            format!("{}: {}.", capital(&other.replace('_', " ")), who())
        }
        other => format!("{}.", capital(&other.replace('_', " "))),
    }
}

/// What a list holds, in words.
fn listed(list: &Value) -> String {
    let all = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let words = all.iter().filter_map(Value::as_str).map(|word| word.replace('_', " "));
    words.collect::<Vec<_>>().join(", ")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
