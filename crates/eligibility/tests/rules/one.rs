//! One hospital and one member, written as they stand in a file.

use eligibility::{
    AsOf, Evaluation, Hospital, Member, Outcome, Overrides, RuleSet, Status, evaluate,
    file::{read_evidence, read_override, read_profile, read_rule},
};
use jiff::civil::Date;
use serde_json::{Value, json};

/// A hospital H with these rules, a member M with this profile and these papers, and overrides.
pub(crate) struct One {
    pub(crate) hospital: Hospital,
    pub(crate) member: Member,
    pub(crate) overrides: Overrides,
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

impl One {
    pub(crate) fn new(rules: &Value, profile: &Value, evidence: &Value) -> Self {
        let rules = items(rules).iter().map(|rule| read_rule(rule).expect("a rule")).collect();
        let evidence =
            items(evidence).iter().map(|paper| read_evidence(paper).expect("evidence")).collect();
        Self {
            hospital: Hospital {
                id: "H".to_owned(),
                name: "Harbor Hospital".to_owned(),
                rule_sets: vec![RuleSet { rules, ..RuleSet::default() }],
            },
            member: Member::new("M", read_profile(profile).expect("a profile"), evidence),
            overrides: Overrides::default(),
        }
    }

    /// One rule `r`, given by its kind and parameters, and papers.
    pub(crate) fn rule(kind: &str, params: Value, evidence: &Value) -> Self {
        Self::new(&rules(kind, params), &json!({}), evidence)
    }

    pub(crate) fn overridden(mut self, overrides: &Value) -> Self {
        let all = items(overrides).iter().map(|entry| read_override(entry).expect("an override"));
        self.overrides = Overrides::new(all.collect());
        self
    }

    pub(crate) fn on(&self, text: &str) -> Evaluation<'_> {
        evaluate(&self.hospital, &self.member, &self.overrides, AsOf::day(day(text)))
    }

    /// How the first rule stands, and its last good day.
    pub(crate) fn stands(&self, text: &str) -> (Status, Option<Date>) {
        let evaluation = self.on(text);
        (evaluation.findings[0].status, evaluation.findings[0].last_good())
    }

    pub(crate) fn outcome(&self, text: &str) -> (Outcome, Option<Date>) {
        let evaluation = self.on(text);
        (evaluation.outcome, evaluation.valid_until)
    }

    /// Checks the first rule on a table of days.
    pub(crate) fn table(&self, what: &str, rows: &[(&str, Status, Option<&str>)]) {
        for (on, status, last_good) in rows {
            assert_eq!(self.stands(on), (*status, last_good.map(day)), "{what} on {on}");
        }
    }
}

/// A list of one rule `r`.
pub(crate) fn rules(kind: &str, params: Value) -> Value {
    let mut rule = json!({ "key": "r", "kind": kind });
    rule["params"] = params;
    Value::Array(vec![rule])
}

/// A verified paper `E`.
pub(crate) fn paper(kind: &str, issued: &str, expires: Option<&str>, attrs: Value) -> Value {
    let mut paper = json!({ "id": "E", "type": kind, "issued": issued, "expires": expires,
                            "status": "verified" });
    paper["attrs"] = attrs;
    paper
}
