//! One hospital: how far the chapter is, whom to ask, what it wants, its editions, the private link, the
//! exceptions that wait, who falls off in the next 90 days.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use eligibility::Dates;
use model::{AgreementStage, ContactId, OverrideId, Word as _};
use serde::Deserialize;

use super::{Keeper, act, back, roll, today};
use crate::{
    Desk,
    console::{
        clock::{Clock, Moment},
        fault::Fault,
        frame::{Frame, Room, show},
        names,
        said::{Said, Saying},
        signed::{Filled, Signed},
    },
};

/// So many editions are shown.
const SHOWN: i64 = 12;

#[derive(Template)]
#[template(path = "list_hospital.html")]
struct Page {
    frame: Frame,
    may_keep: bool,
    slug: String,
    name: String,
    stage: String,
    renewal: Option<String>,
    note: String,
    link: Option<String>,
    version_seen: i64,
    stage_now: AgreementStage,
    renewal_day: String,
    contacts: Vec<Contact>,
    version: Option<String>,
    rechecks: Vec<(String, String)>,
    listed: usize,
    members: usize,
    editions: Vec<Row>,
    changes: Vec<String>,
    exceptions: Vec<Exception>,
    ahead: Vec<(String, String)>,
}

/// One of the hospital's people.
struct Contact {
    id: ContactId,
    who: String,
    ways: String,
}

struct Row {
    number: i64,
    corrects: Option<i64>,
    at: Moment,
    entries: usize,
}

struct Exception {
    id: String,
    member: String,
    rule: String,
    reason: String,
    until: String,
    asked_by: String,
    approved_by: Option<String>,
    waits: bool,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Path(slug): Path<String>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let roll = roll(&desk, &session).await?;
    let place = roll.place_of(&slug)?;
    let (hospital, rules) = (&roll.hospitals[place], &roll.rules()[place]);
    let day = today(&desk, &session);
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let chapter = session.chapter.id;
    let (contacts, admins) = store
        .read::<_, roster::Error, _>(move |tx| {
            Box::pin(async move { Ok((tx.contacts(chapter).await?, tx.admins(chapter).await?)) })
        })
        .await?;
    let person = |actor: &str| names::person(&admins, actor);
    let editions = roster::editions(store, &by, &slug, SHOWN).await?;
    let changes =
        editions.first().map_or_else(Vec::new, |newest| roster::changes(editions.get(1), newest));
    let name_of = |id: model::MemberId| {
        let member = roll.members.iter().find(|member| member.id == id);
        member
            .map_or_else(|| "a former member".to_owned(), |member| member.name.reveal().to_owned())
    };
    let spoken = |on: jiff::civil::Date| Dates::Spoken.show(on).to_string();
    let in_force = rules.rules_on(day);
    let mut rechecks: Vec<_> = in_force
        .into_iter()
        .flat_map(|set| &set.rules)
        .filter_map(|rule| Some((rule.source.as_ref()?.recheck_on?, rule.key.replace('_', " "))))
        .collect();
    rechecks.sort();
    let exceptions = roll
        .exceptions
        .iter()
        .filter(|entry| {
            entry.hospital_id == hospital.id && entry.ended_at.is_none() && entry.expires >= day
        })
        .map(|entry| Exception {
            id: entry.id.to_string(),
            member: name_of(entry.member_id),
            rule: entry.rule.replace('_', " "),
            reason: entry.reason.clone(),
            until: spoken(entry.expires),
            asked_by: person(&entry.requested_by),
            approved_by: entry.approved_by.as_deref().map(person),
            waits: entry.approved_by.is_none(),
        });
    let may_keep = session.admin.role.may_keep_lists();
    let mut ahead: Vec<_> = roll
        .members
        .iter()
        .zip(roll.forecast(place, day, 90))
        .filter_map(|(member, forecast)| {
            let lapse = forecast.lapse()?;
            let mut said = lapse.sentence(Dates::Spoken);
            if may_keep {
                said.push_str(&format!(". {}", lapse.fixes(Dates::Spoken).join("; ")));
            }
            Some((lapse.on, member.name.reveal().to_owned(), said))
        })
        .collect();
    ahead.sort();
    let link = hospital.private.link.as_ref();
    show(&Page {
        may_keep,
        name: hospital.name.clone(),
        version_seen: hospital.version,
        stage_now: hospital.stage,
        renewal_day: hospital.renewal_on.map(|on| on.to_string()).unwrap_or_default(),
        stage: hospital.stage.to_string().replace('_', " "),
        renewal: hospital.renewal_on.map(spoken),
        note: hospital.private.note.clone(),
        link: link
            .filter(|_| may_keep)
            .map(|secret| format!("{}/h/{secret}", desk.dispatch().public_url())),
        contacts: contacts
            .iter()
            .filter(|contact| contact.hospital_id == hospital.id)
            .map(|contact| {
                let person = &contact.private;
                let ways = [&person.email, &person.phone].into_iter().flatten();
                let ways = ways.cloned().collect::<Vec<_>>().join(", ");
                let who = format!("{}, {}", person.name, contact.role);
                Contact { id: contact.id, who, ways }
            })
            .collect(),
        version: in_force.map(|set| format!("{}, {} rules", set.version, set.rules.len())),
        rechecks: rechecks.into_iter().map(|(on, key)| (key, spoken(on))).collect(),
        listed: roll.listed(place, day).count(),
        members: roll.members.len(),
        editions: editions
            .iter()
            .map(|edition| Row {
                number: edition.number,
                corrects: edition.corrects,
                at: clock.both(edition.published_at),
                entries: edition.frozen.entries.len(),
            })
            .collect(),
        changes: changes.iter().map(said_of).collect(),
        exceptions: exceptions.collect(),
        ahead: ahead.into_iter().map(|(_, name, said)| (name, said)).collect(),
        slug,
        frame: Frame::new(Room::Lists, &session, said),
    })
}

fn said_of(change: &roster::EditionChange) -> String {
    use roster::EditionChange::{Added, Changed, Removed};
    match change {
        Added { name } => format!("{name} is new on it"),
        Removed { name } => format!("{name} is not on it any more"),
        Changed { name, fields } => format!("{name}: {}", fields.join(", ")),
    }
}

/// Publishes the list as it is today.
pub(super) async fn publish(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let done = roster::publish(desk.dispatch().store(), &act(&desk, &session), &slug).await;
    back(&format!("/lists/{slug}"), done, Said::Published)
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    sure: String,
}

/// Makes the private link anew, for who knows what ends with the old one.
pub(super) async fn link(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path(slug): Path<String>,
    Filled(asked): Filled<Asked>,
) -> Result<Response, Fault> {
    if asked.sure != "yes" {
        return Err(Fault::form());
    }
    let done = roster::new_link(desk.dispatch().store(), &act(&desk, &session), &slug).await;
    back(&format!("/lists/{slug}"), done, Said::NewLink)
}

/// Approves an exception that waits, or ends one.
pub(super) async fn exception(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path((id, decision)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id: OverrideId = id.parse().map_err(|_| Fault::not_found())?;
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let all = roster::exceptions(store, &by).await?;
    let slug = all.into_iter().find(|(_, entry)| entry.id == id).map(|(slug, _)| slug);
    let here = format!("/lists/{}", slug.ok_or_else(Fault::not_found)?);
    match decision.as_str() {
        "approve" => back(&here, roster::approve(store, &by, id).await, Said::ExceptionApproved),
        "end" => back(&here, roster::end(store, &by, id).await, Said::ExceptionEnded),
        _ => Err(Fault::not_found()),
    }
}
