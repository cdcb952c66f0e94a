//! `/members`: who they are, and the facts of each that rules ask for.

use axum::{Json, extract::State};
use jiff::civil::Date;
use model::{
    ChapterId, MemberId, MemberStatus, Timestamp,
    schemars::{self, JsonSchema},
    settings::QuietHours,
    shapes::{Line, Words},
};
use roster::{Hours, ProfileChange};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Area, Problem, Routes, read};
use crate::{
    Desk,
    api::{
        address::{Asked, Id, Named, Whole},
        answer::Versioned,
        bearer::{Keeper, Looker},
        body::Told,
        cursor,
        page::{Listed, Page, Paging},
        seen::{Seen, unless_changed},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Members;
    routes
        .get(
            "/members",
            area,
            ("List members", "The chapter's members, in the order in which they came."),
            list,
        )
        .get(
            "/members/{id}",
            area,
            (
                "Read a member",
                "What the roster has of a member: what she offers, and how she is reached.",
            ),
            one,
        )
        .patch(
            "/members/{id}",
            area,
            (
                "Change a member's standing",
                "Approves, pauses, suspends, takes back or removes a member. A reason is needed unless she is \
                 taken back; it stays with the chapter. Nobody decides about herself.",
            ),
            change,
        )
        .patch(
            "/members/{id}/profile",
            area,
            (
                "Change what a member offers",
                "Changes what is given; the rest stays. To name payers is to confirm them today.",
            ),
            profile,
        )
        .get(
            "/members/{id}/facts",
            area,
            (
                "Read a member's facts",
                "The facts of a member that rules ask for and the roster does not hold.",
            ),
            facts,
        )
        .put(
            "/members/{id}/facts",
            area,
            (
                "Put a member's facts",
                "Keeps the facts of a member in place of those that were known.",
            ),
            put,
        )
}

/// A member.
#[derive(Serialize, JsonSchema)]
struct Member {
    /// Her id.
    id: MemberId,
    /// Her name as the roster has it.
    name: String,
    /// Her standing on the roster.
    status: MemberStatus,
}

impl From<&storage::Member> for Member {
    fn from(member: &storage::Member) -> Self {
        let name = member.name.reveal().to_owned();
        Self { id: member.id, name, status: member.status }
    }
}

impl Listed for Member {
    const NAME: &'static str = "members";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only those of this standing.
    status: Option<MemberStatus>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Filter { status, paging }): Asked<Filter>,
) -> Result<Page<Member>, Problem> {
    let (chapter, limit) = (by.act.chapter, paging.limit() + 1);
    let after = paging.begins(cursor::place)?;
    let members = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.members_after(chapter, status, after, limit).await?) })
    });
    let shown = members.await?.iter().map(Member::from).collect();
    Ok(paging.page(shown, cursor::of_place))
}

/// What the roster has of a member.
#[derive(Serialize, JsonSchema)]
struct MemberWhole {
    #[serde(flatten)]
    member: Member,
    /// Her number; null once it was erased.
    phone: Option<String>,
    /// Her e-mail address.
    email: Option<String>,
    /// Where families book.
    booking_url: Option<String>,
    /// Credentials as shown on the card.
    credentials: Vec<String>,
    /// Boroughs, neighbourhoods or ZIPs she serves; none for no limit.
    areas: Vec<String>,
    /// Areas she does not want.
    exclude_areas: Vec<String>,
    /// Languages she works in.
    languages: Vec<String>,
    /// Payers she takes.
    payers: Vec<String>,
    /// The day on which they were last confirmed.
    payers_confirmed: Option<Date>,
    /// How she sees families; none for no limit.
    visit_types: Vec<String>,
    /// Whether she wants to be asked at night.
    night_owl: bool,
    /// Days on which she is left alone.
    quiet_days: Vec<String>,
    /// The hours in which she is left alone, where they are others than the chapter's.
    quiet_hours: Option<QuietHours>,
    /// How many referrals she wants to hold at once, where that is fewer than the chapter allows.
    cap: Option<u32>,
    /// Away until this instant.
    away_until: Option<Timestamp>,
    /// When she came onto the roster.
    created_at: Timestamp,
    /// When she showed that the number is hers.
    number_confirmed_at: Option<Timestamp>,
}

async fn one(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Versioned<MemberWhole>, Problem> {
    whole(&desk, by.act.chapter, id).await
}

async fn whole(
    desk: &Desk,
    chapter: ChapterId,
    id: MemberId,
) -> Result<Versioned<MemberWhole>, Problem> {
    let read = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move {
            let member = tx.member(id).await?.filter(|member| member.chapter_id == chapter);
            let Some(member) = member else { return Ok(None) };
            let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
            Ok(Some((member, phone)))
        })
    });
    let (member, phone) = read.await?.ok_or_else(Problem::not_found)?;
    let body = MemberWhole {
        phone: phone.map(|phone| phone.e164().to_owned()),
        email: member.email.as_ref().map(|email| email.reveal().to_owned()),
        away_until: member.away_until,
        created_at: member.created_at,
        number_confirmed_at: member.number_confirmed_at,
        member: Member::from(&member),
        booking_url: member.private.booking_url,
        credentials: member.profile.credentials,
        areas: member.profile.areas,
        exclude_areas: member.profile.exclude_areas,
        languages: member.profile.languages,
        payers: member.profile.payers,
        payers_confirmed: member.profile.payers_confirmed,
        visit_types: member.profile.visit_types,
        night_owl: member.profile.night_owl,
        quiet_days: member.profile.quiet_days,
        quiet_hours: member.profile.quiet_hours,
        cap: member.profile.cap,
    };
    Ok(Versioned::hashed(body))
}

/// What is to become of a member's standing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MemberChange")]
struct Change {
    /// Her standing from now on.
    status: MemberStatus,
    /// Why.
    #[schemars(with = "Option<Words<400>>")]
    reason: Option<String>,
}

async fn change(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Seen(seen): Seen,
    Told(Change { status, reason }): Told<Change>,
) -> Result<Versioned<MemberWhole>, Problem> {
    let now = whole(&desk, by.act.chapter, id).await?;
    unless_changed(seen, &now.version)?;
    let reason = reason.unwrap_or_default();
    roster::set_standing(desk.dispatch().store(), &by.act, id, status, &reason).await?;
    whole(&desk, by.act.chapter, id).await
}

/// What a member offers, as far as it is to be other.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ProfileChange")]
struct Profile {
    /// Boroughs, neighborhoods, ZIPs or towns she serves; an empty list for no limit.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    areas: Option<Vec<String>>,
    /// Areas she does not want.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    exclude_areas: Option<Vec<String>>,
    /// Languages she works in, by code or name.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    languages: Option<Vec<String>>,
    /// Payers she takes.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    payers: Option<Vec<String>>,
    /// How she sees families; an empty list for no limit.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    visit_types: Option<Vec<String>>,
    /// Days on which she is left alone: mon to sun, or shabbat.
    #[schemars(with = "Option<Vec<Line<120>>>", length(max = 60))]
    quiet_days: Option<Vec<String>>,
    /// The hours in which she is left alone; off for none.
    quiet_hours: Option<QuietHours>,
    /// How many referrals she wants to hold at once; 0 for as many as the chapter allows.
    #[schemars(range(min = 0, max = 100))]
    cap: Option<u32>,
}

impl From<Profile> for ProfileChange {
    fn from(told: Profile) -> Self {
        Self {
            areas: told.areas,
            exclude_areas: told.exclude_areas,
            languages: told.languages,
            payers: told.payers,
            visit_types: told.visit_types,
            quiet_days: told.quiet_days,
            hours: told.quiet_hours.map(|quiet| match quiet {
                QuietHours::Off => Hours::Any,
                QuietHours::Between(from, to) => Hours::Between(to, from),
            }),
            cap: told.cap.map(|most| Some(most).filter(|most| *most > 0)),
            ..Self::default()
        }
    }
}

async fn profile(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Seen(seen): Seen,
    Told(told): Told<Profile>,
) -> Result<Versioned<MemberWhole>, Problem> {
    let now = whole(&desk, by.act.chapter, id).await?;
    unless_changed(seen, &now.version)?;
    roster::change_profile(desk.dispatch().store(), &by.act, id, told.into()).await?;
    whole(&desk, by.act.chapter, id).await
}

/// The facts of a member that rules ask for and the roster does not hold.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MemberFacts")]
struct Facts {
    /// Until when her dues are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    membership_paid_through: Option<Date>,
    /// The chapter's events she came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    events: Option<Vec<Date>>,
    /// Her conflicts of interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Vec<Line<200>>>", length(max = 100))]
    conflicts: Option<Vec<String>>,
    /// Since when she has practised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    practice_start: Option<Date>,
    /// Whether she has a sliding scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sliding_scale: Option<bool>,
}

async fn facts(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Facts>, Problem> {
    let facts = roster::facts(desk.dispatch().store(), &by.act, id).await?;
    Ok(Json(read("facts", id, facts)?))
}

async fn put(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Told(facts): Told<Facts>,
) -> Result<Json<Facts>, Problem> {
    let kept = roster::put_facts(desk.dispatch().store(), &by.act, id, json!(facts)).await?;
    Ok(Json(read("facts", id, kept)?))
}
