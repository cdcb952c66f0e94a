//! The same shapes written: what [`super::read`] and its kin read back as it was.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::{
    Age, Evidence, Override, Profile, Proof, Requirement, Rule, RuleSet, Severity, Source,
};

/// A JSON object without the fields that say nothing.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn put(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    fn date(self, name: &str, date: Option<Date>) -> Self {
        self.put(name, date.map(|date| date.to_string()))
    }

    fn text(self, name: &str, text: Option<&String>) -> Self {
        self.put(name, text.map(String::as_str))
    }

    fn age(self, age: Age) -> Self {
        self.put("max_age_months", age.months).put("max_age_days", age.days)
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

/// A rule set: `version`, `effective_from`, `note`, `rules`.
#[must_use]
pub fn rule_set(set: &RuleSet) -> Value {
    Object::default()
        .put("version", set.version.as_str())
        .date("effective_from", set.effective_from)
        .text("note", set.note.as_ref())
        .put("rules", set.rules.iter().map(rule).collect::<Vec<_>>())
        .value()
}

/// A rule, with its children.
#[must_use]
pub fn rule(rule: &Rule) -> Value {
    let kind = rule.requirement.kind();
    let children = rule.requirement.children();
    let severity = (rule.severity == Severity::Preferred).then(|| rule.severity.to_string());
    Object::default()
        .put("key", (!rule.key.is_empty()).then_some(rule.key.as_str()))
        .put("kind", kind.to_string())
        .put("params", children.is_empty().then(|| params(&rule.requirement)))
        .put(
            "children",
            (!children.is_empty()).then(|| children.iter().map(self::rule).collect::<Value>()),
        )
        .put("severity", severity)
        .put("waivable", (!rule.waivable).then_some(false))
        .put("grace_days", (rule.grace_days > 0).then_some(rule.grace_days))
        .date("effective_from", rule.effective_from)
        .put("source", rule.source.as_ref().map(source))
        .value()
}

fn source(source: &Source) -> Value {
    Object::default()
        .text("told_by", source.told_by.as_ref())
        .date("learned_on", source.learned_on)
        .text("words", source.words.as_ref())
        .date("recheck_on", source.recheck_on)
        .value()
}

fn params(requirement: &Requirement) -> Value {
    let object = Object::default();
    match requirement {
        Requirement::Credential { any_of, age } => object.put("any_of", any_of.clone()).age(*age),
        Requirement::License { any_of, state, age } => {
            object.put("any_of", any_of.clone()).text("state", state.as_ref()).age(*age)
        }
        Requirement::Liability { min_occurrence, min_aggregate, additional_insured, age } => object
            .put("min_occurrence", *min_occurrence)
            .put("min_aggregate", *min_aggregate)
            .text("additional_insured", additional_insured.as_ref())
            .age(*age),
        Requirement::Years { min_years } => object.put("min_years", *min_years),
        Requirement::Training { topic, age } => object.put("topic", topic.as_str()).age(*age),
        Requirement::Background { age } => object.age(*age),
        Requirement::Exclusion { lists, age } => object.put("lists", lists.clone()).age(*age),
        Requirement::Immunization { items } => {
            let item = |item: &crate::Immunization| {
                Object::default()
                    .put("code", item.code.as_str())
                    .text("season", item.season.as_ref())
                    .age(item.age)
                    .put("declination", item.declination.then_some(true))
                    .value()
            };
            object.put("items", items.iter().map(item).collect::<Vec<_>>())
        }
        Requirement::Area { any_of }
        | Requirement::Visit { any_of }
        | Requirement::Languages { any_of } => object.put("any_of", any_of.clone()),
        Requirement::Payer { any_of, or_sliding_scale } => object
            .put("any_of", any_of.clone())
            .put("or_sliding_scale", or_sliding_scale.then_some(true)),
        Requirement::Availability { within_hours, weekend, age } => object
            .put("within_hours", *within_hours)
            .put("weekend", weekend.then_some(true))
            .age(*age),
        Requirement::References { count, roles, age } => {
            let roles = (!roles.is_empty()).then(|| roles.clone());
            object.put("count", *count).put("roles", roles).age(*age)
        }
        Requirement::Document { doc, version, age } => {
            object.put("doc", doc.as_str()).text("version", version.as_ref()).age(*age)
        }
        Requirement::NoConflict { disallow } => object.put("disallow", disallow.clone()),
        Requirement::ChapterStanding { event_within_months } => {
            object.put("event_within_months", *event_within_months)
        }
        Requirement::AnyOf(_) | Requirement::AllOf(_) => object,
    }
    .value()
}

/// A piece of evidence. It holds what it proves: seal it where it is stored.
#[must_use]
pub fn evidence(evidence: &Evidence) -> Value {
    Object::default()
        .put("id", evidence.id.as_str())
        .put("type", evidence.proof.kind().to_string())
        .date("issued", evidence.issued)
        .date("expires", evidence.expires)
        .put("status", evidence.status.to_string())
        .text("rejected_because", evidence.rejected_because.as_ref())
        .text("verifier", evidence.verifier.as_ref())
        .date("verified_on", evidence.verified_on)
        .text("lookup", evidence.lookup.as_ref())
        .put("attrs", attrs(&evidence.proof))
        .value()
}

fn attrs(proof: &Proof) -> Value {
    let object = Object::default();
    match proof {
        Proof::Credential { credential, number } => {
            object.put("cred", credential.as_str()).text("number", number.as_ref())
        }
        Proof::License { kind, state } => {
            object.put("kind", kind.as_str()).put("state", state.as_str())
        }
        Proof::Liability { per_occurrence, aggregate, additional_insured } => object
            .put("per_occurrence", *per_occurrence)
            .put("aggregate", *aggregate)
            .put("additional_insured", additional_insured.clone()),
        Proof::Training { topic } => object.put("topic", topic.as_str()),
        Proof::BackgroundCheck { result } => {
            object.put("result", result.map(|result| result.to_string()))
        }
        Proof::ExclusionScreen { list, result } => {
            object.put("list", list.as_str()).put("result", result.map(|result| result.to_string()))
        }
        Proof::Immunization { code, season, form } => object
            .put("code", code.as_str())
            .text("season", season.as_ref())
            .put("form", form.to_string()),
        Proof::Availability { within_hours, weekend } => {
            object.put("within_hours", *within_hours).put("weekend", *weekend)
        }
        Proof::Reference { role } => object.put("role", role.as_str()),
        Proof::Document { doc, version } => {
            object.put("doc", doc.as_str()).text("version", version.as_ref())
        }
        Proof::Unsorted => object,
    }
    .value()
}

/// A profile.
#[must_use]
pub fn profile(profile: &Profile) -> Value {
    let events: Vec<_> = profile.events.iter().map(ToString::to_string).collect();
    Object::default()
        .put("chapter_status", profile.chapter_status.as_str())
        .date("membership_paid_through", profile.membership_paid_through)
        .put("events", events)
        .put("conflicts", profile.conflicts.clone())
        .put("visit_types", profile.visit_types.clone())
        .put("payers", profile.payers.clone())
        .put("sliding_scale", profile.sliding_scale)
        .put("languages", profile.languages.clone())
        .date("practice_start", profile.practice_start)
        .put("areas", profile.areas.clone())
        .value()
}

/// An override.
#[must_use]
pub fn granted(entry: &Override) -> Value {
    let mut value = json!({
        "id": entry.id, "hospital": entry.hospital, "member": entry.member, "rule": entry.rule,
        "reason": entry.reason, "requested_by": entry.requested_by, "approver": entry.approver,
    });
    if let Some(fields) = value.as_object_mut() {
        let dates = Object::default().date("granted", entry.granted).date("expires", entry.expires);
        fields.extend(dates.0);
    }
    value
}
