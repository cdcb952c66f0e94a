//! `/hospitals/{slug}/standing`, `/forecast` and `/members/{id}/standing`: who is eligible, why, until
//! when, and what would change it.

use axum::{Json, extract::State};
use eligibility::{AsOf, Dates, Evaluation, Finding, Outcome, Renewal, Severity, Status, renewals};
use jiff::civil::Date;
use model::{
    MemberId,
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize};

use super::{Area, Hospital, Problem, Routes, day, roll};
use crate::{
    Desk,
    api::{
        address::{Asked, Id, Named},
        bearer::{Caller, Looker},
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    routes
        .get("/hospitals/{slug}/standing", Area::Lists, ("List who is eligible", "How every member stands for a hospital on a day, rule by rule."), of_hospital)
        .get("/hospitals/{slug}/forecast", Area::Lists, ("Forecast a list", "Who falls off a list or comes onto it in the days to come if nothing new comes in, and what would keep her."), forecast)
        .get("/members/{id}/standing", Area::Members, ("Read a member's standing", "How a member stands for every hospital on a day, and what each thing she could bring would change."), of_member)
}

/// How a member stands for a hospital.
#[derive(Serialize, JsonSchema)]
struct Standing {
    /// The hospital's slug.
    hospital: String,
    /// The member.
    member: String,
    /// What it comes to.
    outcome: Outcome,
    /// The mandatory rules that keep her off the list.
    blocking: Vec<String>,
    /// The preferred rules she does not meet.
    preferred_unmet: Vec<String>,
    /// The last day on which the outcome holds.
    valid_until: Option<Date>,
    /// Why, with rule, fact, date and what to do; `null` for who does not keep lists.
    reasons: Option<Vec<String>>,
    /// Each rule.
    rules: Vec<RuleStanding>,
    /// Which version of the rules was judged by; `null` where none is in force.
    rule_set: Option<String>,
}

/// How one rule stands.
#[derive(Serialize, JsonSchema)]
struct RuleStanding {
    /// Its key.
    rule: String,
    /// Whether it decides.
    severity: Severity,
    /// How it stands.
    status: Status,
    /// The fact and its date; `null` for who does not keep lists.
    because: Option<String>,
    /// What to do; `null` for who does not keep lists.
    fix: Option<String>,
    /// The last day on which it is met.
    last_good: Option<Date>,
    /// The exception by which it counts as met.
    #[serde(rename = "override")]
    exception: Option<String>,
}

impl RuleStanding {
    fn of(finding: &Finding<'_>, day: Date, by: &Caller) -> Self {
        Self {
            rule: finding.rule.key.clone(),
            severity: finding.rule.severity,
            status: finding.status,
            because: by.reads_papers().then(|| finding.fact_sentence(day, Dates::Iso)),
            fix: finding.fix(day, Dates::Iso).filter(|_| by.reads_papers()),
            last_good: finding.last_good(),
            exception: finding.waiver.map(|waiver| waiver.id.clone()),
        }
    }
}

impl Standing {
    fn of(evaluation: &Evaluation<'_>, by: &Caller) -> Self {
        let line = eligibility::file::Line::from(evaluation);
        let rules = evaluation.findings.iter();
        let rules = rules.map(|finding| RuleStanding::of(finding, evaluation.day, by));
        Self {
            hospital: line.hospital,
            member: line.member,
            outcome: line.outcome,
            blocking: line.blocking,
            preferred_unmet: line.preferred_unmet,
            valid_until: line.valid_until,
            reasons: by.reads_papers().then_some(line.reasons),
            rules: rules.collect(),
            rule_set: evaluation.rule_set.map(|set| set.version.clone()),
        }
    }
}

impl Listed for Standing {
    const NAME: &'static str = "standing";

    fn place(&self) -> String {
        self.member.clone()
    }
}

#[derive(Deserialize, JsonSchema)]
struct OnDay {
    /// The day; today where the chapter is, unless it is given.
    as_of: Option<Date>,
    #[serde(flatten)]
    paging: Paging,
}

async fn of_hospital(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(OnDay { as_of, paging }): Asked<OnDay>,
) -> Result<Page<Standing>, Problem> {
    let roll = roll(&desk, &by.act).await?;
    let day = day(&roll, &by.act, as_of);
    let place = roll.place_of(&slug)?;
    paging.of(roll.judge(place, day).map(|evaluation| Standing::of(&evaluation, &by)).collect())
}

/// How a member stands for every hospital.
#[derive(Serialize, JsonSchema)]
struct Hers {
    /// The member.
    member: MemberId,
    /// The day.
    as_of: Date,
    /// For every hospital.
    standing: Vec<Standing>,
    /// What each thing she could bring would change, what helps most first; `null` for who does not keep
    /// lists.
    renewals: Option<Vec<Brings>>,
}

/// What one thing would change if she brought it today.
#[derive(Serialize, JsonSchema)]
struct Brings {
    /// What.
    bring: String,
    /// The hospitals on whose lists it would put her.
    opens: Vec<String>,
    /// The hospitals on whose lists it would keep her.
    keeps: Vec<String>,
    /// The hospitals to whose lists it would bring her nearer.
    nearer: Vec<String>,
}

impl<'r> From<&Renewal<'r>> for Brings {
    fn from(renewal: &Renewal<'r>) -> Self {
        let all = |is_so: fn(&eligibility::Effect<'r>) -> bool| {
            let so = renewal.effects.iter().filter(|effect| is_so(effect));
            so.map(|effect| effect.hospital.id.clone()).collect()
        };
        Self {
            bring: renewal.remedy.words(),
            opens: all(eligibility::Effect::opens),
            keeps: all(eligibility::Effect::keeps),
            nearer: all(eligibility::Effect::nearer),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
struct Day {
    /// The day; today where the chapter is, unless it is given.
    as_of: Option<Date>,
}

async fn of_member(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(Day { as_of }): Asked<Day>,
) -> Result<Json<Hers>, Problem> {
    let roll = roll(&desk, &by.act).await?;
    let day = day(&roll, &by.act, as_of);
    let at = roll.members.iter().position(|member| member.id == id);
    let member = &roll.facts()[at.ok_or_else(Problem::not_found)?];
    let on = AsOf::day(day);
    let standing = roll.rules().iter().map(|hospital| {
        Standing::of(&eligibility::evaluate(hospital, member, roll.overrides(), on), &by)
    });
    let standing = standing.collect();
    let renewals = by.reads_papers().then(|| {
        let all = renewals(roll.rules(), member, roll.overrides(), on);
        all.iter().map(Brings::from).collect()
    });
    Ok(Json(Hers { member: id, as_of: day, standing, renewals }))
}

#[derive(Deserialize, JsonSchema)]
struct Ahead {
    /// The day from which it is looked ahead; today where the chapter is, unless it is given.
    as_of: Option<Date>,
    /// How many days; 90 unless it is given.
    #[schemars(range(min = 0, max = 730))]
    days: Option<u32>,
}

/// What becomes of a list.
#[derive(Serialize, JsonSchema)]
struct Forecast {
    /// The hospital's slug.
    hospital: String,
    /// The day from which it is looked ahead.
    as_of: Date,
    /// How many days.
    days: u32,
    /// What changes, in the order of the days.
    turns: Vec<Turn>,
}

/// A day on which a member comes onto a list or falls off it.
#[derive(Serialize, JsonSchema)]
struct Turn {
    /// The member.
    member: String,
    /// The first day of the new outcome.
    on: Date,
    /// The outcome of the day before.
    from: Outcome,
    /// The new outcome.
    to: Outcome,
    /// The same in a sentence.
    said: String,
    /// What would keep her; `null` for who does not keep lists.
    would_keep: Option<Vec<String>>,
}

async fn forecast(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(Ahead { as_of, days }): Asked<Ahead>,
) -> Result<Json<Forecast>, Problem> {
    let roll = roll(&desk, &by.act).await?;
    let (as_of, days) = (day(&roll, &by.act, as_of), days.unwrap_or(90));
    let place = roll.place_of(&slug)?;
    let mut turns = Vec::new();
    for forecast in roll.forecast(place, as_of, days) {
        turns.extend(forecast.turns.iter().map(|turn| Turn {
            member: forecast.member.id.clone(),
            on: turn.on,
            from: turn.from,
            to: turn.to,
            said: turn.sentence(Dates::Iso),
            would_keep: by.reads_papers().then(|| turn.fixes(Dates::Iso)),
        }));
    }
    turns.sort_by_key(|turn| turn.on);
    Ok(Json(Forecast { hospital: slug, as_of, days, turns }))
}
