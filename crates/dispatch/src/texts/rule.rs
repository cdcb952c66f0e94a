//! How places are decided, told from the settings: to members as the rule they work by, to families
//! as how their names were chosen. Whatever tells it anywhere takes it from here.

use model::{Policy, settings::Settings};

use super::speech::Speech;
use crate::policy::{Gate, Terms};

/// How names were chosen on these terms, and that nobody pays for it.
pub(super) fn to_family(speech: &Speech<'_>, terms: &Terms) -> [String; 2] {
    let name = ("name", speech.name().into());
    let chosen = match terms.policy() {
        Policy::FirstThree => speech.say("page-chosen", &[name]),
        Policy::FairStart => speech.say("page-chosen-fair_start", &[name]),
        Policy::Waves => {
            let (size, gap) = terms.waves().unwrap_or_default();
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            let args = [name, ("size", size.into()), ("minutes", gap.as_mins().into())];
            speech.say("page-chosen-waves", &args)
        }
        Policy::Window => {
            speech.say("page-chosen-window", &[name, ("minutes", collected(terms).into())])
        }
    };
    [chosen, speech.say("page-unpaid", &[])]
}

/// The chapter's rule, sentence by sentence.
pub(super) fn to_members(speech: &Speech<'_>, settings: &Settings) -> Vec<String> {
    let terms = Terms::of(settings, false);
    let plain = |key: &str| speech.say(key, &[]);
    let mut rule = vec![plain("rule-asked")];
    match terms.policy() {
        Policy::FirstThree => rule.push(plain("rule-first_three")),
        Policy::FairStart => {
            rule.push(speech.say("rule-fair_start", &[("minutes", collected(&terms).into())]));
        }
        Policy::Waves => {
            let (size, gap) = terms.waves().unwrap_or_default();
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            let args = [("size", size.into()), ("minutes", gap.as_mins().into())];
            rule.push(speech.say("rule-waves", &args));
        }
        Policy::Window => {
            rule.push(speech.say("rule-window", &[("minutes", collected(&terms).into())]));
            rule.push(plain("rule-window-urgent"));
        }
    }
    if terms.gate() != Gate::Open {
        rule.push(plain("rule-second_try"));
    }
    let cap = i64::from(settings.member_cap);
    rule.push(speech.say("rule-cap", &[("cap", cap.into())]));
    rule.push(plain("rule-standby"));
    rule.push(plain("rule-unpaid"));
    rule.push(plain("rule-trace"));
    rule
}

/// For how many minutes claims are collected at the most.
fn collected(terms: &Terms) -> i64 {
    terms.gate().latest().unwrap_or_default().as_mins()
}
