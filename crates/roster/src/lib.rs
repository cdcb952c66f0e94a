//! The roster: members as the chapter's people bring them in and take them out, the hospitals whose
//! lists they are on, and what decides it.
//!
//! The rules of standing and lists live here, above the database and the pure judgement of
//! `eligibility`. Whoever calls says who acts and when ([`Act`]); whether that person may is for the
//! caller to know, but nobody verifies her own papers or approves her own exception here.

mod act;
mod applying;
mod areas;
mod baseline;
mod cells;
mod editions;
mod erasure;
mod evidence;
mod exceptions;
mod export;
mod facts;
mod handing_in;
mod hospitals;
mod import;
pub mod languages;
mod map;
mod member;
mod number;
mod own;
mod papers;
mod portrait;
mod profile;
mod requirements;
mod roll;
mod sheet;
mod standing;
mod tokens;
mod transcript;

pub use act::{Act, Error, Person, Refusal, Result};
pub use applying::{
    APPLICATION_DAYS, application_ends, apply, told_approved, told_turned_down, turned_down_ends,
};
pub use areas::{Areas, BoroughServed};
pub use baseline::Baseline;
pub use editions::{
    Card, Change as EditionChange, Edition, Entry, Seen, Standing, card_rows, changes, csv,
    current, edition, edition_of_link, editions, fhir, lift_recall, pdf, publish, recall,
};
pub use erasure::{erase_in, erase_member, export_member};
pub use evidence::{
    Decision, NewEvidence, Paper, decide, original, paper, put_original, queue, submit,
};
pub use exceptions::{NewException, approve, end, exceptions, request};
pub use export::{cells_of, export};
pub use facts::{facts, put_facts};
pub use handing_in::{HandedIn, hand_in, hand_in_alone, unread};
pub use hospitals::{
    HospitalChange, NewContact, NewHospital, add_contact, add_hospital, add_rule_set,
    change_hospital, end_contact, hospital, new_link,
};
pub use import::{Change, Imported, Other, Row, VISIT_TYPES, import, parse};
pub use map::area_map;
pub use member::{History, add, change, entered, history, mark_of};
pub use number::change_number_in;
pub use own::{Open, Own, OwnList, Sent, Wanted, own};
pub use papers::{export_evidence, import_evidence};
pub use portrait::{Portrait, drop_portrait, portrait, portrait_of, put_portrait};
pub use profile::{
    BoroughChange, DAYS_OFF, Hours, ProfileChange, change_profile, day_off_name, profile_mark,
};
pub use requirements::{export_requirements, import_requirements};
pub use roll::Roll;
pub use sheet::{Bad, as_text, csv_rows};
pub use standing::{bars, set_standing};
pub use tokens::{NewToken, end_token, make_token};
pub use transcript::{PaperField, Reads, paper_fields, paper_words, transcribed, written};
