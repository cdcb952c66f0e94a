//! Rule sets, members and overrides in one JSON file, for trying a rule set without a database.
//!
//! The file holds `hospitals`, `members` and `overrides`, and may hold `as_of` and `warn_days`;
//! other fields at the top (`expected`, `note`, ...) are left alone. The shape of a rule, a
//! profile, a piece of evidence and an override is the one in which they are stored and sent as
//! well; [`write`] makes it. `docs/ELIGIBILITY.md` shows it.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{
    AsOf, Dates, Evaluation, Evidence, Hospital, Member, Outcome, Override, Overrides, Profile,
    Rule, RuleSet, WARN_DAYS, evaluate,
};

mod people;
mod place;
mod rules;
pub mod write;

use place::Place;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is not JSON.
    #[error("line {line}, column {column}: this is not JSON")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// Something in it is not as it should be.
    #[error("{place} {problem}")]
    Place {
        /// Where, such as `hospitals[1] (H2).rules[0] (hipaa).params`.
        place: String,
        /// What, without what stands there: it may be personal.
        problem: String,
    },
    /// Neither the file nor the caller names a day.
    #[error("no day is given: add \"as_of\" to the file, or name one with --as-of")]
    NoDay,
}

/// A file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The day for which the file asks.
    pub as_of: Option<Date>,
    /// How many days ahead an end is near.
    pub warn_days: u32,
    /// The hospitals, in the file's order.
    pub hospitals: Vec<Hospital>,
    /// The members, in the file's order.
    pub members: Vec<Member>,
    /// The overrides.
    pub overrides: Overrides,
}

/// One line of `latchline eligibility`: a hospital and a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The hospital's id.
    pub hospital: String,
    /// The member's id.
    pub member: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The keys of the mandatory rules that keep her off the list.
    pub blocking: Vec<String>,
    /// The keys of the preferred rules she does not meet.
    pub preferred_unmet: Vec<String>,
    /// The last day on which the outcome holds.
    pub valid_until: Option<Date>,
    /// Why, with rule, fact, date and what to do.
    pub reasons: Vec<String>,
}

impl From<&Evaluation<'_>> for Line {
    fn from(evaluation: &Evaluation<'_>) -> Self {
        let owned = |keys: Vec<&str>| keys.into_iter().map(str::to_owned).collect();
        Self {
            hospital: evaluation.hospital.id.clone(),
            member: evaluation.member.id.clone(),
            outcome: evaluation.outcome,
            blocking: owned(evaluation.blocking()),
            preferred_unmet: owned(evaluation.preferred_unmet()),
            valid_until: evaluation.valid_until,
            reasons: evaluation.reasons(Dates::Iso),
        }
    }
}

/// Evaluates every member for every hospital of a file: by hospital, then by member, both in the
/// file's order. `as_of` goes before the file's own day.
///
/// # Errors
/// [`FileError`] where the file is not understood or no day is named.
pub fn evaluate_file(text: &str, as_of: Option<Date>) -> Result<Vec<Line>, FileError> {
    let book = read(text)?;
    let day = as_of.or(book.as_of).ok_or(FileError::NoDay)?;
    let as_of = AsOf { day, warn_days: book.warn_days };
    let mut lines = Vec::with_capacity(book.hospitals.len() * book.members.len());
    for hospital in &book.hospitals {
        for member in &book.members {
            lines.push(Line::from(&evaluate(hospital, member, &book.overrides, as_of)));
        }
    }
    Ok(lines)
}

/// Reads a file.
///
/// # Errors
/// [`FileError`] with the place of the first thing that is not understood.
pub fn read(text: &str) -> Result<Book, FileError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FileError::Syntax { line: error.line(), column: error.column() })?;
    let root = Place::root(&value);
    let as_of = root.date_in("as_of")?;
    let warn_days = root.count_in("warn_days")?.unwrap_or(WARN_DAYS);
    let hospitals = each(&root, "hospitals", rules::hospital, |it| &it.id)?;
    let members = each(&root, "members", people::member, |it| &it.id)?;
    let overrides: Vec<Override> =
        root.list_in("overrides")?.iter().map(people::granted).collect::<Result<_, _>>()?;
    Ok(Book { as_of, warn_days, hospitals, members, overrides: Overrides::new(overrides) })
}

/// Reads a list in which every id must be another.
fn each<T>(
    root: &Place<'_>,
    name: &str,
    read: impl Fn(&Place<'_>) -> Result<T, FileError>,
    id: impl Fn(&T) -> &String,
) -> Result<Vec<T>, FileError> {
    let mut ids = HashSet::new();
    let mut all = Vec::new();
    for place in root.need(name)?.list()? {
        let one = read(&place)?;
        if !ids.insert(id(&one).clone()) {
            return place.complain(format!("has the id \"{}\" of one before it", id(&one)));
        }
        all.push(one);
    }
    Ok(all)
}

/// Reads one rule set as it is stored: `version`, `effective_from`, `note` and `rules`.
///
/// # Errors
/// [`FileError::Place`] for the first thing that is not understood.
pub fn read_rule_set(value: &Value) -> Result<RuleSet, FileError> {
    rules::rule_set(&Place::root(value))
}

/// Reads one rule as it is stored.
///
/// # Errors
/// [`FileError::Place`] for the first thing that is not understood.
pub fn read_rule(value: &Value) -> Result<Rule, FileError> {
    rules::rule(&Place::root(value), 0)
}

/// Reads one piece of evidence as it is stored.
///
/// # Errors
/// [`FileError::Place`] for the first thing that is not understood.
pub fn read_evidence(value: &Value) -> Result<Evidence, FileError> {
    people::evidence(&Place::root(value))
}

/// Reads a profile as it is stored.
///
/// # Errors
/// [`FileError::Place`] for the first thing that is not understood.
pub fn read_profile(value: &Value) -> Result<Profile, FileError> {
    people::profile(&Place::root(value))
}

/// Reads an override as it is stored. Whether it counts is another matter.
///
/// # Errors
/// [`FileError::Place`] for the first thing that is not understood.
pub fn read_override(value: &Value) -> Result<Override, FileError> {
    people::granted(&Place::root(value))
}
