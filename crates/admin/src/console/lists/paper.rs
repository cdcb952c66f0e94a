//! `/papers/{id}`: one paper beside the fields for what is read off it; it is verified or rejected there.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use eligibility::{EvidenceKind, EvidenceStatus};
use model::{EvidenceId, Word as _};
use roster::{Decision, PaperField, Reads, Refusal, Roll, paper_fields, paper_words, transcribed};
use serde::Deserialize;

use super::{Keeper, act, back};
use crate::{
    Desk,
    console::{
        clock::{Clock, Moment},
        fault::Fault,
        frame::{Frame, Room, show},
        names,
        said::{Said, Saying},
        signed::{Filled, Id},
    },
    session::Session,
};

#[derive(Template)]
#[template(path = "paper.html")]
struct Page {
    frame: Frame,
    id: EvidenceId,
    member: String,
    at: Moment,
    original: Option<Original>,
    is_own: bool,
    waits: bool,
    seen: String,
    what: EvidenceKind,
    kind: String,
    fields: Vec<Field>,
    issued: String,
    expires: String,
    lookup: String,
    /// What of that which was typed cannot be used.
    fault: Option<String>,
}

/// What came with the paper: a picture is shown beside its fields.
enum Original {
    Picture,
    File,
}

/// A fact to be read off the paper.
struct Field {
    asked: &'static PaperField,
    value: String,
    /// The words in which hospitals ask for it.
    words: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    what: String,
}

/// What somebody typed.
struct Typed {
    told: HashMap<String, String>,
    fault: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<EvidenceId>,
    Saying(said): Saying,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.ok().and_then(|Query(chosen)| EvidenceKind::from_word(&chosen.what));
    show(&shown(&desk, &session, id, said, chosen, None).await?)
}

/// The page of a paper, with the fields of its kind or of the one that is chosen, and with what was
/// typed in place of what the paper says.
async fn shown(
    desk: &Desk,
    session: &Session,
    id: EvidenceId,
    said: Option<Said>,
    chosen: Option<EvidenceKind>,
    typed: Option<Typed>,
) -> Result<Page, Fault> {
    let paper = roster::paper(desk.dispatch().store(), &act(desk, session), id).await?;
    let (chapter, member) = (session.chapter.id, paper.member.id);
    let roll = desk
        .dispatch()
        .store()
        .read(move |tx| Box::pin(async move { Roll::of_member(tx, chapter, member).await }))
        .await?;
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let what = chosen.unwrap_or(paper.evidence.kind);
    let value = |name: &str| match &typed {
        Some(typed) => typed.told.get(name).cloned().unwrap_or_default(),
        None => roster::written(&paper.evidence.content, name),
    };
    Ok(Page {
        fields: fields(&roll, what, value),
        issued: value("issued"),
        expires: value("expires"),
        lookup: typed.as_ref().map_or_else(String::new, |_| value("lookup")),
        id,
        member: paper.member.name.reveal().to_owned(),
        at: clock.both(paper.evidence.submitted_at),
        original: paper.original.as_deref().map(|media_type| {
            if media_type.starts_with("image/") { Original::Picture } else { Original::File }
        }),
        is_own: paper.is_own,
        waits: paper.evidence.status == EvidenceStatus::Submitted,
        seen: paper.seen,
        what,
        kind: names::plain(paper.evidence.kind),
        fault: typed.map(|typed| typed.fault),
        frame: Frame::new(Room::Papers, session, said),
    })
}

fn fields(roll: &Roll, what: EvidenceKind, value: impl Fn(&str) -> String) -> Vec<Field> {
    let field = |asked: &'static PaperField| Field {
        asked,
        value: value(asked.name),
        words: paper_words(roll.rules(), what, asked.name).into_iter().collect(),
    };
    paper_fields(what).iter().map(field).collect()
}

/// Verifies or rejects it. What was seen of it goes with the form, and so does what was read off it.
pub(super) async fn decide(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path((id, decision)): Path<(String, String)>,
    Filled(told): Filled<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let id: EvidenceId = id.parse().map_err(|_| Fault::not_found())?;
    let field = |name: &str| told.get(name).map_or("", String::as_str);
    let Some(seen) = told.get("seen").cloned() else { return Err(Fault::form()) };
    let what = EvidenceKind::from_word(field("what"));
    let (wanted, well) = match decision.as_str() {
        "reject" => (Ok(Decision::Reject { reason: field("reason").to_owned() }), Said::Rejected),
        "verify" => {
            let what = what.ok_or_else(Fault::form)?;
            let lookup = Some(field("lookup").to_owned());
            let shows = transcribed(what, field);
            (shows.map(|shows| Decision::VerifyAs { shows, lookup }), Said::Verified)
        }
        _ => return Err(Fault::not_found()),
    };
    let done = match wanted {
        Ok(wanted) => {
            let (store, by) = (desk.dispatch().store(), act(&desk, &session));
            roster::decide(store, &by, id, Some(seen), wanted).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => back("/papers", done, well),
        Err(roster::Error::Refused(Refusal::Invalid { field, problem })) => {
            let fault = format!("{}: {problem}", label(what, field));
            let page = shown(&desk, &session, id, None, what, Some(Typed { told, fault })).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
        }
        Err(_) => back(&format!("/papers/{id}"), done, well),
    }
}

/// What a fact is called on the page.
fn label(what: Option<EvidenceKind>, field: &'static str) -> &'static str {
    let fields = what.map_or(&[][..], paper_fields);
    match (fields.iter().find(|asked| asked.name == field), field) {
        (Some(asked), _) => asked.label,
        (None, "lookup") => "Where you looked it up",
        (None, "reason") => "Why",
        (None, "expires") => "Last good day",
        (None, "type") => "What it is",
        (None, _) => "What was typed",
    }
}

/// The photo or file of one. It is shown in the browser and runs nothing.
pub(super) async fn original(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<EvidenceId>,
) -> Result<Response, Fault> {
    let original = roster::original(desk.dispatch().store(), &act(&desk, &session), id).await?;
    let mut headers = HeaderMap::new();
    if let Ok(media_type) = HeaderValue::from_str(&original.media_type) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    Ok((headers, original.content).into_response())
}
