//! Sending a paper: a photo or a PDF, sealed as it comes and looked at by one of the chapter's people.

use askama::Template;
use axum::{
    extract::{FromRequest as _, Multipart, Request, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::Dispatch;
use eligibility::Proof;
use jiff::civil::Date;
use model::EvidenceId;
use roster::{HandedIn, Own, Person, Refusal};

use super::{Section, act, opened, own, to};
use crate::{Secret, fault::Fault};

/// A form with a paper of 8 MB and a little more.
pub(crate) const MOST_BYTES: usize = 8 * 1024 * 1024 + 64 * 1024;

#[derive(Template)]
#[template(path = "member_send.html")]
struct Sending<'a> {
    secret: &'a str,
    id: EvidenceId,
    papers: Vec<String>,
}

pub(super) fn section(own: &Own, secret: &str, dispatch: &Dispatch) -> Result<Section, Fault> {
    // Drawn anew each time the page is shown: the same form sent twice is one paper.
    let id = EvidenceId::generate(dispatch.now(), dispatch.chance());
    let papers = papers(own).iter().map(Proof::words).collect();
    Section::of("send", "Send a paper", &Sending { secret, id, papers })
}

/// The papers that would change something. The form names each in words: what another day wants is then
/// never taken for what she chose.
fn papers(own: &Own) -> Vec<Proof> {
    let mut papers: Vec<Proof> = Vec::new();
    for paper in own.wanted.iter().flat_map(|wanted| &wanted.papers) {
        if !papers.contains(paper) {
            papers.push(paper.clone());
        }
    }
    papers
}

/// What she filled in.
#[derive(Default)]
struct Filled {
    what: String,
    id: Option<EvidenceId>,
    issued: String,
    expires: String,
    file: Vec<u8>,
}

/// Why a form was not taken, as the page says it.
pub(super) enum NotTaken {
    Unreadable,
    TooLarge,
    Said(&'static str),
}

impl From<MultipartError> for NotTaken {
    fn from(error: MultipartError) -> Self {
        let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if large { Self::TooLarge } else { Self::Unreadable }
    }
}

/// Keeps the paper that she sends, then shows the page as it is now.
pub(crate) async fn send(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    request: Request,
) -> Result<Response, Fault> {
    // Only then is what she sends read: whoever has no page sends nothing.
    let page = opened(&dispatch, &secret).await?;
    let own = own(&dispatch, page).await?;
    let said = match filled(request).await {
        Err(NotTaken::Unreadable) => return Err(Fault::form()),
        Err(NotTaken::TooLarge) => "too_large",
        Err(NotTaken::Said(said)) => said,
        Ok(filled) => match paper(&own, page.member, filled, &dispatch) {
            Err(said) => said,
            Ok(paper) => {
                let act = act(&dispatch, page, Person::Member(page.member));
                match roster::hand_in_alone(dispatch.store(), &act, paper).await {
                    Ok(_) => "sent",
                    Err(roster::Error::Refused(Refusal::Invalid { field: "file", .. })) => {
                        "not_paper"
                    }
                    Err(roster::Error::Refused(Refusal::Invalid { field: "expires", .. })) => {
                        "dates"
                    }
                    Err(roster::Error::Refused(_)) => return Err(Fault::form()),
                    Err(error) => return Err(error.into()),
                }
            }
        },
    };
    Ok(Redirect::to(&to(&secret, "", Some(said))).into_response())
}

async fn filled(request: Request) -> Result<Filled, NotTaken> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| NotTaken::Unreadable)?;
    let mut filled = Filled::default();
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => filled.file = field.bytes().await?.to_vec(),
            "what" => filled.what = field.text().await?,
            "issued" => filled.issued = field.text().await?,
            "expires" => filled.expires = field.text().await?,
            "id" => filled.id = field.text().await?.parse().ok(),
            _ => return Err(NotTaken::Unreadable),
        }
    }
    if filled.file.is_empty() { Err(NotTaken::Said("no_file")) } else { Ok(filled) }
}

fn paper(
    own: &Own,
    member: model::MemberId,
    filled: Filled,
    dispatch: &Dispatch,
) -> Result<HandedIn, &'static str> {
    let proof = papers(own).into_iter().find(|proof| proof.words() == filled.what);
    let day = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|_| "dates"),
    };
    Ok(HandedIn {
        member,
        proof: proof.unwrap_or(Proof::Unsorted),
        issued: day(&filled.issued)?,
        expires: day(&filled.expires)?,
        id: filled.id.unwrap_or_else(|| EvidenceId::generate(dispatch.now(), dispatch.chance())),
        file: filled.file,
    })
}
