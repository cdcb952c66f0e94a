//! The kinds of rule as they are sent (`docs/ELIGIBILITY.md`): described here, read and judged by
//! `eligibility`.

use std::borrow::Cow;

use eligibility::{RuleKind, Severity};
use jiff::civil::Date;
use model::{
    Word as _,
    schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema},
    shapes::{Line, Words},
};
use serde_json::Value;

use crate::api::lists::union::{Kind, union};

/// One rule.
pub(super) struct NewRule;

/// One rule within another: nothing refers to it, so it needs no key.
struct ChildRule;

impl JsonSchema for NewRule {
    fn schema_name() -> Cow<'static, str> {
        "NewRule".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = kinds(generator);
        union::<Common>(generator, "kind", kinds)
    }
}

impl JsonSchema for ChildRule {
    fn schema_name() -> Cow<'static, str> {
        "ChildRule".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = kinds(generator);
        union::<CommonOfChild>(generator, "kind", kinds)
    }
}

/// What every rule has.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct Common {
    /// What it is called; no two rules of a version are called the same.
    #[schemars(with = "Line<60>")]
    key: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct CommonOfChild {
    /// What it is called.
    #[schemars(with = "Option<Line<60>>")]
    key: Option<String>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct Rest {
    /// Whether it decides, or is only wished for; it decides unless this is given.
    severity: Option<Severity>,
    /// Whether an exception can be granted; true unless this is given.
    waivable: Option<bool>,
    /// For so many days after something has expired the member stays on the list.
    #[schemars(range(min = 0, max = 100_000))]
    grace_days: Option<u32>,
    /// The first day on which it counts.
    effective_from: Option<Date>,
    /// Who told it, when and in which words.
    source: Option<Source>,
}

/// Who told of a rule, when and in which words.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct Source {
    /// Who.
    #[schemars(with = "Option<Line<200>>")]
    told_by: Option<String>,
    /// When the chapter learned it.
    learned_on: Option<Date>,
    /// In which words.
    #[schemars(with = "Option<Words<4000>>")]
    words: Option<String>,
    /// When to ask again.
    recheck_on: Option<Date>,
}

macro_rules! params {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty = $shape:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        #[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
        struct $name { $($(#[$field_doc])* #[schemars(with = $shape)] $field: $kind),* }
    )*};
}

/// A number of days, months, years or hours.
struct Span;

/// Whole dollars.
struct Dollars;

/// At least one name.
struct Names;

macro_rules! bounded {
    ($($name:ident = $schema:tt;)*) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let _ = &generator;
                json_schema!($schema)
            }
        }
    )*};
}

bounded! {
    Span = {"type": "integer", "minimum": 0, "maximum": 100_000};
    Dollars = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000_i64};
    Names = {
        "type": "array", "minItems": 1, "maxItems": 100,
        "items": (<Line<200>>::json_schema(&mut SchemaGenerator::default())),
    };
}

params! {
    /// Holds one of some certificates.
    Credential {
        /// Their initials.
        any_of: Vec<String> = "Names",
    }
    /// Holds one of some licences.
    License {
        /// Their initials.
        any_of: Vec<String> = "Names",
        /// Of which state.
        state: String = "Option<Line<60>>",
    }
    /// Is insured.
    Liability {
        /// For one occurrence.
        min_occurrence: u64 = "Option<Dollars>",
        /// For all together.
        min_aggregate: u64 = "Option<Dollars>",
        /// Who else is insured by it.
        additional_insured: String = "Option<Line<200>>",
    }
    /// Has practised for so long.
    Years {
        /// How many years.
        min_years: u32 = "Span",
    }
    /// Has been trained.
    Training {
        /// In what.
        topic: String = "Line<200>",
    }
    /// How old what meets a rule may be, counted from its day of issue.
    Aged {
        /// No older than so many months.
        max_age_months: u32 = "Option<Span>",
        /// No older than so many days.
        max_age_days: u32 = "Option<Span>",
    }
    /// Is on none of some exclusion lists.
    Exclusion {
        /// Which.
        lists: Vec<String> = "Names",
    }
    /// An immunisation or test.
    Immunization {
        /// Such as mmr or tb.
        code: String = "Line<60>",
        /// The season it is for, such as 2026-27.
        season: String = "Option<Line<20>>",
        /// Whether a declination will do.
        declination: bool = "Option<bool>",
        /// No older than so many months.
        max_age_months: u32 = "Option<Span>",
        /// No older than so many days.
        max_age_days: u32 = "Option<Span>",
    }
    /// One of some.
    Any {
        /// Which.
        any_of: Vec<String> = "Names",
    }
    /// Bills one of some payers.
    Payer {
        /// Which.
        any_of: Vec<String> = "Names",
        /// Whether a sliding scale will do.
        or_sliding_scale: bool = "Option<bool>",
    }
    /// Sees families soon.
    Availability {
        /// Within so many hours.
        within_hours: u32 = "Option<Span>",
        /// At the weekend too.
        weekend: bool = "Option<bool>",
    }
    /// Has references.
    References {
        /// How many; one unless this is given.
        count: u32 = "Option<Span>",
        /// From whom.
        roles: Vec<String> = "Option<Names>",
    }
    /// Has signed a document.
    Document {
        /// Which.
        doc: String = "Line<200>",
        /// In which version.
        version: String = "Option<Line<60>>",
    }
    /// Has none of some conflicts of interest.
    NoConflict {
        /// Which.
        disallow: Vec<String> = "Names",
    }
    /// Is in good standing with the chapter.
    ChapterStanding {
        /// Came to an event within so many months.
        event_within_months: u32 = "Option<Span>",
    }
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "it is described, and read by the room that knows rules")]
struct Immunizations {
    /// Which.
    #[schemars(length(min = 1, max = 50))]
    items: Vec<Immunization>,
}

/// What a rule asks of a paper, with how old the paper may be.
fn aged<Asked: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let age = Aged::json_schema(generator).to_value();
    let mut asked = Asked::json_schema(generator);
    let own = asked.get_mut("properties").and_then(Value::as_object_mut);
    if let (Some(own), Some(age)) = (own, age["properties"].as_object()) {
        own.extend(age.clone());
    }
    asked
}

/// Every kind of rule with its own fields.
fn kinds(generator: &mut SchemaGenerator) -> Vec<Kind> {
    let children = generator.subschema_for::<ChildRule>();
    let children = json_schema!({
        "type": "array", "minItems": 1, "maxItems": 50, "items": children,
        "description": "The rules of which one, or all, must be met.",
    });
    let all = RuleKind::ALL.iter().map(|kind| {
        let schema = match kind {
            RuleKind::Credential => aged::<Credential>(generator),
            RuleKind::License => aged::<License>(generator),
            RuleKind::Liability => aged::<Liability>(generator),
            RuleKind::Years => Years::json_schema(generator),
            RuleKind::Training => aged::<Training>(generator),
            RuleKind::Background => Aged::json_schema(generator),
            RuleKind::Exclusion => aged::<Exclusion>(generator),
            RuleKind::Immunization => Immunizations::json_schema(generator),
            RuleKind::Area | RuleKind::Visit | RuleKind::Languages => Any::json_schema(generator),
            RuleKind::Payer => Payer::json_schema(generator),
            RuleKind::Availability => aged::<Availability>(generator),
            RuleKind::References => aged::<References>(generator),
            RuleKind::Document => aged::<Document>(generator),
            RuleKind::NoConflict => NoConflict::json_schema(generator),
            RuleKind::ChapterStanding => ChapterStanding::json_schema(generator),
            RuleKind::AnyOf | RuleKind::AllOf => children.clone(),
        };
        let composed = matches!(kind, RuleKind::AnyOf | RuleKind::AllOf);
        let field = if composed { "children" } else { "params" };
        Kind { name: kind.as_str(), field, schema }
    });
    all.collect()
}
