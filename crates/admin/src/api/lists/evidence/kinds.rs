//! The kinds of paper as they are sent (`docs/ELIGIBILITY.md`): described here, read and judged by
//! `eligibility`.

use std::borrow::Cow;

use eligibility::{EvidenceKind, ImmunizationForm, ScreenResult};
use jiff::civil::Date;
use model::{
    Word as _,
    schemars::{self, JsonSchema, Schema, SchemaGenerator},
    shapes::Line,
};

use crate::api::lists::union::{Kind, union};

/// A paper or statement of a member's, to be added.
pub(super) struct NewPaper;

impl JsonSchema for NewPaper {
    fn schema_name() -> Cow<'static, str> {
        "NewEvidence".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let all = EvidenceKind::ALL.iter().filter_map(|kind| {
            let schema = match kind {
                // It waits to be sorted: only the service itself begins one.
                EvidenceKind::Unsorted => return None,
                EvidenceKind::Credential => Credential::json_schema(generator),
                EvidenceKind::License => License::json_schema(generator),
                EvidenceKind::Liability => Liability::json_schema(generator),
                EvidenceKind::Training => Training::json_schema(generator),
                EvidenceKind::BackgroundCheck => BackgroundCheck::json_schema(generator),
                EvidenceKind::ExclusionScreen => ExclusionScreen::json_schema(generator),
                EvidenceKind::Immunization => Immunization::json_schema(generator),
                EvidenceKind::Availability => Availability::json_schema(generator),
                EvidenceKind::Reference => Reference::json_schema(generator),
                EvidenceKind::Document => Document::json_schema(generator),
            };
            Some(Kind { name: kind.as_str(), field: "attrs", schema })
        });
        let all = all.collect();
        union::<Common>(generator, "type", all)
    }
}

/// What every paper has.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, and read by the room that knows papers")]
struct Common {
    /// The day from which it counts; today's where none is on the paper.
    issued: Option<Date>,
    /// The last day on which it is good; not before it was issued.
    expires: Option<Date>,
}

macro_rules! attrs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        #[expect(dead_code, reason = "it is described, and read by the room that knows papers")]
        struct $name { $($(#[$field_doc])* $field: $kind),* }
    )*};
}

attrs! {
    /// A certificate.
    Credential {
        /// Its initials, such as IBCLC.
        cred: Line<60>,
        /// Its number.
        number: Option<Line<80>>,
    }
    /// A licence.
    License {
        /// Its initials, such as RN.
        kind: Line<60>,
        /// The state that issued it.
        state: Option<Line<60>>,
    }
    /// Professional liability insurance.
    Liability {
        /// For one occurrence, in whole dollars.
        #[schemars(range(min = 0, max = 1_000_000_000_000_i64))]
        per_occurrence: Option<u64>,
        /// For all together, in whole dollars.
        #[schemars(range(min = 0, max = 1_000_000_000_000_i64))]
        aggregate: Option<u64>,
        /// Who else is insured by it.
        #[schemars(length(max = 100))]
        additional_insured: Option<Vec<Line<200>>>,
    }
    /// A training.
    Training {
        /// In what, such as hipaa.
        topic: Line<200>,
    }
    /// A background report.
    BackgroundCheck {
        /// What it found.
        result: Option<ScreenResult>,
    }
    /// A look at an exclusion list.
    ExclusionScreen {
        /// Which list.
        list: Line<60>,
        /// What it found.
        result: Option<ScreenResult>,
    }
    /// An immunisation or test.
    Immunization {
        /// Such as mmr or tb.
        code: Line<60>,
        /// The season it is for, such as 2026-27.
        season: Option<Line<20>>,
        /// How it is shown.
        form: Option<ImmunizationForm>,
    }
    /// A statement of how soon she sees families.
    Availability {
        /// Hours to the first visit.
        #[schemars(range(min = 0, max = 100_000))]
        within_hours: Option<u32>,
        /// Whether that holds at the weekend too.
        weekend: Option<bool>,
    }
    /// A letter of reference.
    Reference {
        /// What the writer is, such as midwife.
        role: Option<Line<60>>,
    }
    /// A signed document.
    Document {
        /// Such as who_code.
        doc: Line<200>,
        /// In which version.
        version: Option<Line<60>>,
    }
}
