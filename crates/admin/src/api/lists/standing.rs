//! `/hospitals/{slug}/standing`, `/forecast` and `/members/{id}/standing`: who is eligible, why, until
//! when, and what would change it.

use axum::{Json, extract::State};
use eligibility::{AsOf, Dates, Evaluation, file::Line, renewals};
use jiff::civil::Date;
use model::MemberId;
use roster::Roll;
use serde_json::{Value, json};

use super::{Looker, Named, Problem, day, roll};
use crate::{Desk, api::query::Parameters};

/// The chapter's members, so that their ids are known.
pub(super) async fn members(
    State(desk): State<Desk>,
    Looker(act): Looker,
) -> Result<Json<Value>, Problem> {
    let chapter = act.chapter;
    let members = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.roster(chapter).await?) })
    });
    let members = members.await?;
    let members = members.iter().map(
        |member| json!({"id": member.id, "name": member.name.reveal(), "status": member.status}),
    );
    Ok(Json(json!({"members": members.collect::<Vec<_>>()})))
}

/// A line as `latchline eligibility` prints it, with each rule beside it.
fn shown(evaluation: &Evaluation<'_>) -> Value {
    let rules = evaluation.findings.iter().map(|finding| {
        json!({
            "rule": finding.rule.key, "severity": finding.rule.severity, "status": finding.status,
            "because": finding.fact_sentence(evaluation.day, Dates::Iso),
            "fix": finding.fix(evaluation.day, Dates::Iso), "last_good": finding.last_good(),
            "override": finding.waiver.map(|waiver| &waiver.id),
        })
    });
    let rules: Vec<_> = rules.collect();
    let mut line = json!(Line::from(evaluation));
    line["rules"] = json!(rules);
    line["rule_set"] = json!(evaluation.rule_set.map(|set| &set.version));
    line
}

async fn asked_day(
    desk: &Desk,
    act: &roster::Act,
    mut asked: Parameters,
) -> Result<(Roll, Date), Problem> {
    let as_of = asked.take::<Date>("as_of", "a day, as 2026-11-21")?;
    asked.none_left("as_of")?;
    let roll = roll(desk, act).await?;
    let day = day(&roll, act, as_of);
    Ok((roll, day))
}

pub(super) async fn of_hospital(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
    asked: Parameters,
) -> Result<Json<Value>, Problem> {
    let (roll, day) = asked_day(&desk, &act, asked).await?;
    let place = roll.place_of(&slug)?;
    let standing: Vec<_> = roll.judge(place, day).map(|evaluation| shown(&evaluation)).collect();
    Ok(Json(json!({"hospital": slug, "as_of": day, "standing": standing})))
}

pub(super) async fn of_member(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(id): Named<MemberId>,
    asked: Parameters,
) -> Result<Json<Value>, Problem> {
    let (roll, day) = asked_day(&desk, &act, asked).await?;
    let at = roll.members.iter().position(|member| member.id == id);
    let at = at.ok_or_else(Problem::not_found)?;
    let member = &roll.facts()[at];
    let as_of = AsOf::day(day);
    let standing = roll
        .rules()
        .iter()
        .map(|hospital| shown(&eligibility::evaluate(hospital, member, roll.overrides(), as_of)));
    let standing: Vec<_> = standing.collect();
    let renewals = renewals(roll.rules(), member, roll.overrides(), as_of);
    let renewals = renewals.iter().map(|renewal| {
        let (mut opens, mut keeps, mut nearer) = (Vec::new(), Vec::new(), Vec::new());
        for effect in &renewal.effects {
            let hospital = effect.hospital.id.as_str();
            for (is_so, list) in [
                (effect.opens(), &mut opens),
                (effect.keeps(), &mut keeps),
                (effect.nearer(), &mut nearer),
            ] {
                if is_so {
                    list.push(hospital);
                }
            }
        }
        json!({
            "bring": renewal.remedy.words(), "opens": opens, "keeps": keeps, "nearer": nearer,
        })
    });
    let renewals: Vec<_> = renewals.collect();
    Ok(Json(json!({"member": id, "as_of": day, "standing": standing, "renewals": renewals})))
}

/// Who falls off a list or comes onto it in the days to come if nothing new comes in, and what would
/// keep her.
pub(super) async fn forecast(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
    mut asked: Parameters,
) -> Result<Json<Value>, Problem> {
    let days = asked.take::<u32>("days", "a number of days up to 730")?.unwrap_or(90).min(730);
    let as_of = asked.take::<Date>("as_of", "a day, as 2026-11-21")?;
    asked.none_left("days, as_of")?;
    let roll = roll(&desk, &act).await?;
    let day = day(&roll, &act, as_of);
    let place = roll.place_of(&slug)?;
    let mut turns = Vec::new();
    for forecast in roll.forecast(place, day, days) {
        for turn in &forecast.turns {
            turns.push(json!({
                "member": forecast.member.id, "on": turn.on, "from": turn.from, "to": turn.to,
                "said": turn.sentence(Dates::Iso), "would_keep": turn.fixes(Dates::Iso),
            }));
        }
    }
    turns.sort_by_key(|turn| turn["on"].to_string());
    Ok(Json(json!({"hospital": slug, "as_of": day, "days": days, "turns": turns})))
}
