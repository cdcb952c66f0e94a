//! Why one member is on one hospital's list or not: rule by rule, with what to do; an exception; taking
//! her off.

use askama::Template;
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    response::Response,
};
use eligibility::{Dates, Finding, Severity, Status};
use model::{MemberId, MemberStatus, Word as _};
use roster::{NewException, Roll};
use serde::Deserialize;

use super::{Keeper, TAKEN_OFF, act as act_of, back, badge, rules, today};
use crate::{
    Desk,
    console::{
        fault::Fault,
        frame::{Frame, Room, show},
        names::Badge,
        said::{Said, Saying},
        signed::{Filled, Signed},
    },
};

#[derive(Template)]
#[template(path = "list_why.html")]
struct Page {
    frame: Frame,
    may_keep: bool,
    hospital: String,
    slug: String,
    member: String,
    id: MemberId,
    day: String,
    badge: Badge,
    version: String,
    valid_until: Option<String>,
    is_recalled: bool,
    barred: Option<String>,
    rules: Vec<Rule>,
    status: MemberStatus,
    status_reason: Option<String>,
    /// The key of each requirement that may be waived, and how it is shown.
    waivable: Vec<(String, String)>,
    ahead: Vec<String>,
}

struct Rule {
    name: String,
    badge: Badge,
    preferred: bool,
    because: String,
    fix: Option<String>,
    told_by: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    day: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Path((slug, id)): Path<(String, String)>,
    Saying(said): Saying,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let id: MemberId = id.parse().map_err(|_| Fault::not_found())?;
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let chapter = session.chapter.id;
    let roll = desk
        .dispatch()
        .store()
        .read(move |tx| Box::pin(async move { Roll::of_member(tx, chapter, id).await }));
    let roll = roll.await?;
    let today = today(&desk, &session);
    let day = chosen.day.parse().unwrap_or(today);
    let place = roll.place_of(&slug)?;
    let evaluation = roll.judge(place, day).next().ok_or_else(Fault::not_found)?;
    let may_keep = session.admin.role.may_keep_lists();
    let forecast = roll.forecast(place, day, 90).next();
    let ahead = forecast.iter().flat_map(|forecast| &forecast.turns).map(|turn| {
        let fixes = if may_keep { turn.fixes(Dates::Spoken).join("; ") } else { String::new() };
        let said = turn.sentence(Dates::Spoken);
        if fixes.is_empty() { said } else { format!("{said}. What would help: {fixes}") }
    });
    let member = roll.members.first().ok_or_else(Fault::not_found)?;
    let is_recalled = roll.is_recalled(roll.hospitals[place].id, id);
    let hospital = &roll.hospitals[place];
    let waivable = evaluation.findings.iter().filter(|finding| {
        finding.rule.may_be_waived()
            && finding.rule.severity == Severity::Mandatory
            && finding.status > Status::Waived
    });
    show(&Page {
        may_keep,
        hospital: hospital.name.clone(),
        slug,
        member: member.name.reveal().to_owned(),
        id,
        day: Dates::Spoken.show(day).to_string(),
        badge: if is_recalled { TAKEN_OFF } else { badge(evaluation.outcome) },
        version: evaluation.rule_set.map_or_else(String::new, |set| set.version.clone()),
        valid_until: evaluation.valid_until.map(|last| Dates::Spoken.show(last).to_string()),
        is_recalled,
        status: member.status,
        status_reason: member.status_reason.clone().filter(|_| may_keep),
        barred: evaluation.is_barred().then(|| evaluation.reasons(Dates::Spoken).join("; ")),
        waivable: waivable
            .map(|finding| (finding.rule.key.clone(), finding.rule.key.replace('_', " ")))
            .collect(),
        rules: evaluation.findings.iter().map(|finding| rule(finding, day, may_keep)).collect(),
        ahead: ahead.collect(),
        frame: Frame::new(Room::Lists, &session, said),
    })
}

/// How a requirement stands. What papers say, and why there is an exception, is for who keeps lists.
fn rule(finding: &Finding<'_>, day: jiff::civil::Date, may_keep: bool) -> Rule {
    let (state, name) = match finding.status {
        Status::Met => ("active", "met"),
        Status::Expiring => ("waiting", "ends soon"),
        Status::Waived => ("provisional", "by exception"),
        Status::Grace => ("held", "in grace"),
        Status::Pending => ("applied", "to be checked"),
        Status::Missing => ("withdrawn", "missing"),
        Status::Unmet => ("withdrawn", "not met"),
    };
    let fix = finding.waiver.is_none().then(|| finding.fix(day, Dates::Spoken)).flatten();
    let mut because = if may_keep {
        finding.fact_sentence(day, Dates::Spoken)
    } else {
        let last = finding.last_good();
        last.map_or_else(String::new, |last| format!("through {}", Dates::Spoken.show(last)))
    };
    if let Some(waiver) = finding.waiver.filter(|_| may_keep) {
        let until = waiver.expires.map(|on| format!(" until {}", Dates::Spoken.show(on)));
        because.push_str(&format!("; exception{}: {}", until.unwrap_or_default(), waiver.reason));
    }
    Rule {
        name: finding.rule.key.replace('_', " "),
        badge: Badge { state, name },
        preferred: finding.rule.severity == Severity::Preferred,
        because,
        fix,
        told_by: finding.rule.source.as_ref().map(rules::source),
    }
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    rule: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    expires: String,
    #[serde(default)]
    status: String,
}

/// Asks for an exception, takes her off, lets her on again, or changes her standing.
pub(super) async fn act(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path((slug, id, wanted)): Path<(String, String, String)>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let member: MemberId = id.parse().map_err(|_| Fault::not_found())?;
    let (store, act) = (desk.dispatch().store(), act_of(&desk, &session));
    let here = format!("/lists/{slug}/{member}");
    match wanted.as_str() {
        "except" => {
            let Ok(expires) = sent.expires.parse() else {
                let missing: roster::Result<()> = Err(roster::Refusal::Invalid {
                    field: "expires",
                    problem: "must be a day".to_owned(),
                }
                .into());
                return back(&here, missing, Said::Incomplete);
            };
            let new = NewException {
                hospital: slug,
                member,
                rule: sent.rule,
                reason: sent.reason,
                expires,
            };
            back(&here, roster::request(store, &act, new).await, Said::ExceptionAsked)
        }
        "recall" => {
            let done = roster::recall(store, &act, &slug, member, &sent.reason).await;
            back(&here, done, Said::Recalled)
        }
        "standing" => {
            let status = sent.status.parse::<MemberStatus>().map_err(|_| Fault::form())?;
            let done = roster::set_standing(store, &act, member, status, &sent.reason).await;
            back(&here, done, Said::Standing)
        }
        "lift" => {
            back(&here, roster::lift_recall(store, &act, &slug, member).await, Said::RecallLifted)
        }
        _ => Err(Fault::not_found()),
    }
}
