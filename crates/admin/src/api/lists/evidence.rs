//! `/evidence` and `/members/{id}/evidence`: papers sent, looked at, decided.

mod kinds;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use eligibility::{EvidenceKind, EvidenceStatus};
use jiff::civil::Date;
use model::{
    EvidenceId, MemberId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::Line,
};
use roster::{Decision, NewEvidence};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Area, Problem, Routes, read};
use crate::{
    Desk,
    api::{
        address::{Asked, Id, Named, Whole},
        answer::{Created, Done},
        bearer::Keeper,
        body::{Picture, Shaped, Told},
        operation::{Answers, Operation},
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Members;
    routes
        .get("/members/{id}/evidence", area, ("List a member's papers", "The papers and statements of a member, in the order in which they came."), of_member)
        .post("/members/{id}/evidence", area, ("Add a paper", "Adds a paper of a member's. It counts once somebody else has verified it."), submit)
        .get("/evidence", area, ("List papers", "The papers that wait for a look, or that were decided so, the oldest first."), queue)
        .get("/evidence/{id}", area, ("Read a paper", "What a paper shows and how far it has come."), one)
        .post("/evidence/{id}/verify", area, ("Verify a paper", "It is what it says. Nobody verifies her own."), verify)
        .post("/evidence/{id}/reject", area, ("Reject a paper", "It is not good enough; the member is told why."), reject)
        .get("/evidence/{id}/original", area, ("Read a paper's original", "The photo or document of a paper."), original)
        .put("/evidence/{id}/original", area, ("Keep a paper's original", "Keeps the photo or document of a paper: a JPEG, a PNG, a WebP or a PDF of at most 8 MB."), put_original)
}

/// What a paper shows, and how far it has come.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Content {
    /// Of which kind it is.
    #[serde(rename = "type")]
    kind: EvidenceKind,
    /// What it shows, by its kind.
    #[serde(default)]
    attrs: Map<String, Value>,
    /// The day from which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    /// The last day on which it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
    /// How far it has come.
    status: EvidenceStatus,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected_because: Option<String>,
    /// Who verified it.
    #[serde(skip_serializing_if = "Option::is_none")]
    verifier: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified_on: Option<Date>,
    /// Which register was looked at, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    lookup: Option<String>,
}

/// A paper or statement of a member's.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Evidence")]
struct Paper {
    /// Its id.
    id: EvidenceId,
    /// Whose it is.
    member: MemberId,
    #[serde(flatten)]
    content: Content,
    /// Who sent it.
    submitted_by: String,
    /// When.
    submitted_at: Timestamp,
    /// Who verified or rejected it.
    decided_by: Option<String>,
    /// When.
    decided_at: Option<Timestamp>,
}

impl TryFrom<storage::Evidence> for Paper {
    type Error = Problem;

    fn try_from(evidence: storage::Evidence) -> Result<Self, Problem> {
        Ok(Self {
            id: evidence.id,
            member: evidence.member_id,
            content: read("evidence", evidence.id, evidence.content)?,
            submitted_by: evidence.submitted_by,
            submitted_at: evidence.submitted_at,
            decided_by: evidence.decided_by,
            decided_at: evidence.decided_at,
        })
    }
}

/// A paper in a list of several members'.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WaitingEvidence")]
struct Waiting {
    #[serde(flatten)]
    paper: Paper,
    /// The member's name.
    member_name: String,
    /// Whether its photo or document was sent.
    has_original: bool,
    /// Names the paper and its original as they are now: send it back with a decision, which is then
    /// about what was seen.
    seen: String,
}

impl TryFrom<roster::Paper> for Waiting {
    type Error = Problem;

    fn try_from(paper: roster::Paper) -> Result<Self, Problem> {
        Ok(Self {
            member_name: paper.member.name.reveal().to_owned(),
            has_original: paper.original.is_some(),
            seen: paper.seen,
            paper: paper.evidence.try_into()?,
        })
    }
}

macro_rules! listed {
    ($($kind:ident: $id:expr;)*) => {$(
        impl Listed for $kind {
            const NAME: &'static str = "evidence";

            fn place(&self) -> String {
                let id: fn(&Self) -> EvidenceId = $id;
                id(self).to_string()
            }
        }
    )*};
}

listed! {
    Paper: |paper| paper.id;
    Waiting: |waiting| waiting.paper.id;
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// How far they have come; `submitted` unless it is given.
    status: Option<EvidenceStatus>,
    #[serde(flatten)]
    paging: Paging,
}

async fn queue(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(Filter { status, paging }): Asked<Filter>,
) -> Result<Page<Waiting>, Problem> {
    let status = status.unwrap_or(EvidenceStatus::Submitted);
    let after = paging.begins(|cursor| cursor.parse().ok())?;
    let (store, more) = (desk.dispatch().store(), paging.limit() + 1);
    let queue = roster::queue(store, &by.act, status, after, more).await?;
    let queue = queue.into_iter().map(Waiting::try_from).collect::<Result<_, _>>()?;
    Ok(paging.page(queue, |last: &Waiting| last.paper.id.to_string()))
}

async fn one(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<EvidenceId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Waiting>, Problem> {
    Ok(Json(roster::paper(desk.dispatch().store(), &by.act, id).await?.try_into()?))
}

async fn of_member(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<MemberId>>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Paper>, Problem> {
    // Whoever is not of the chapter has no facts either.
    roster::facts(desk.dispatch().store(), &by.act, id).await?;
    let evidence = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.evidence_of(id).await?) })
    });
    paging.of(evidence.await?.into_iter().map(Paper::try_from).collect::<Result<_, _>>()?)
}

async fn submit(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id: member }): Named<Id<MemberId>>,
    Shaped(content, _): Shaped<kinds::NewPaper>,
) -> Result<Created<Json<Paper>>, Problem> {
    let new = NewEvidence { member, content, id: None };
    let evidence = roster::submit(desk.dispatch().store(), &by.act, new).await?;
    Ok(Created(Json(evidence.try_into()?)))
}

/// What is read off a paper.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Shows {
    /// Of which kind it is.
    #[serde(rename = "type")]
    kind: EvidenceKind,
    /// What it shows, by its kind.
    #[serde(default)]
    attrs: Map<String, Value>,
    /// The day from which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    /// The last day on which it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Verified {
    /// What the paper shows, as whoever verifies it reads: a photo says nothing by itself.
    shows: Option<Shows>,
    /// Which register was looked at, and how.
    #[schemars(with = "Line<200>")]
    lookup: String,
    /// `seen` of the paper that was looked at: it is verified only if it is still that one.
    #[schemars(with = "Option<Line<200>>")]
    seen: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rejected {
    /// Why; the member is told.
    #[schemars(with = "Line<400>")]
    reason: String,
    /// `seen` of the paper that was looked at: it is rejected only if it is still that one.
    #[schemars(with = "Option<Line<200>>")]
    seen: Option<String>,
}

async fn verify(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<EvidenceId>>,
    Told(Verified { shows, lookup, seen }): Told<Verified>,
) -> Result<Json<Paper>, Problem> {
    let lookup = Some(lookup);
    let decision = match shows.map(serde_json::to_value) {
        Some(Ok(shows)) => Decision::VerifyAs { shows, lookup },
        Some(Err(_)) => return Err(Problem::field("shows", "It cannot be read.")),
        None => Decision::Verify { lookup },
    };
    let evidence = roster::decide(desk.dispatch().store(), &by.act, id, seen, decision).await?;
    Ok(Json(evidence.try_into()?))
}

async fn reject(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<EvidenceId>>,
    Told(Rejected { reason, seen }): Told<Rejected>,
) -> Result<Json<Paper>, Problem> {
    let decision = Decision::Reject { reason };
    let evidence = roster::decide(desk.dispatch().store(), &by.act, id, seen, decision).await?;
    Ok(Json(evidence.try_into()?))
}

async fn put_original(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<EvidenceId>>,
    Picture(file): Picture,
) -> Result<Done, Problem> {
    roster::put_original(desk.dispatch().store(), &by.act, id, file).await?;
    Ok(Done)
}

/// A photo or document as it was sent.
struct Original(storage::Original);

impl Answers for Original {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        let kinds = ["image/jpeg", "image/png", "image/webp", "application/pdf"];
        operation.answer_in(status, &kinds.map(|kind| (kind, serde_json::json!({}))));
    }
}

impl IntoResponse for Original {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        if let Ok(media_type) = self.0.media_type.parse() {
            headers.insert(header::CONTENT_TYPE, media_type);
        }
        (headers, self.0.content).into_response()
    }
}

async fn original(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Id { id }): Named<Id<EvidenceId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Original, Problem> {
    Ok(Original(roster::original(desk.dispatch().store(), &by.act, id).await?))
}
