//! Who is eligible for which hospital's list, why, and until when.
//!
//! Requirements, evidence and a day go in; an outcome and its explanation come out. Nothing here
//! reads a clock, a file or a database: the caller says which day it is where the chapter is.
//! How it decides, and how doubtful points are decided, is told in `docs/ELIGIBILITY.md`.
//!
//! - [`evaluate`]: one member, one hospital, one day.
//! - [`forecast`]: the days on which that changes, if nothing new comes in.
//! - [`what_if`] and [`renewals`]: what a paper would change, and which paper would change most.
//! - [`reminders`]: which papers to remind a member of, once for all her lists.
//! - [`file`]: rules, members and overrides from a JSON file, for trying a rule set.

mod dates;
mod evaluation;
mod evidence;
mod fact;
pub mod file;
mod finding;
mod forecast;
mod hospital;
pub mod ibclc;
mod judge;
mod member;
mod overrides;
mod reminders;
mod requirement;
mod sentences;
mod what_if;
mod words;

pub use dates::{Dates, ShownDate};
pub use evaluation::{AsOf, CHAPTER_STATUS, Evaluation, WARN_DAYS, evaluate};
pub use evidence::{Evidence, Proof};
pub use fact::{Defect, Fact, ProfileFact, Subject};
pub use finding::Finding;
pub use forecast::{Forecast, Turn, forecast};
pub use hospital::{Hospital, RuleSet};
pub use member::{ChapterStatus, Member, Profile};
pub use model::{EvidenceKind, EvidenceStatus};
pub use overrides::{Override, Overrides, Refusal};
pub use reminders::{Reminder, Stage, reminders};
pub use requirement::{Age, Immunization, Requirement, Rule, Source};
pub use what_if::{Effect, Remedy, Renewal, renewals, what_if};
pub use words::{ImmunizationForm, Outcome, RuleKind, ScreenResult, Severity, Status};
