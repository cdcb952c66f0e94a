//! A member's papers on her page: what each says, who looked at it and where; one that is added for her.

use axum::{
    extract::{FromRequest as _, Multipart, Request, State},
    response::Response,
};
use eligibility::Proof;
use model::{EvidenceId, EvidenceStatus, MemberId, Word as _};
use roster::{HandedIn, Sent};
use storage::Admin;

use crate::{
    Desk,
    console::{
        clock::{Clock, Moment},
        fault::Fault,
        lists::{Keeper, act, back, paper_facts},
        names::{self, Badge},
        said::Said,
        signed::Id,
    },
};

/// A paper on her page.
pub(super) struct Paper {
    pub(super) id: EvidenceId,
    pub(super) what: String,
    pub(super) badge: Badge,
    pub(super) at: Moment,
    pub(super) why: Option<String>,
    pub(super) waits: bool,
    pub(super) facts: Vec<(String, String)>,
}

impl Paper {
    pub(super) fn of(sent: &Sent, admins: &[Admin], clock: &Clock) -> Self {
        let waits = sent.status == EvidenceStatus::Submitted;
        let badge = if waits {
            Badge { state: "applied", name: "to be looked at" }
        } else {
            Badge { state: "active", name: sent.status.as_str() }
        };
        let mut facts = paper_facts(&sent.content);
        let said = |field: &str| roster::written(&sent.content, field);
        let looked = [
            ("looked at by", by(&said("verifier"), admins)),
            ("on", said("verified_on")),
            ("looked up in", said("lookup")),
        ];
        let looked = looked.into_iter().filter(|(_, value)| !value.is_empty());
        facts.extend(looked.map(|(name, value)| (name.to_owned(), value)));
        Self {
            id: sent.id,
            what: sent.what.clone(),
            badge,
            at: clock.exact(sent.at),
            why: sent.why.clone(),
            waits,
            facts,
        }
    }
}

/// Who looked at it: one of the chapter's people, or as a file said.
fn by(verifier: &str, admins: &[Admin]) -> String {
    match verifier.split_once(':') {
        Some(("admin" | "token", _)) => names::person(admins, verifier),
        _ => verifier.to_owned(),
    }
}

/// A file that a form sends.
pub(super) async fn file_of(request: Request) -> Result<Vec<u8>, Fault> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Fault::form())?;
    while let Some(field) = form.next_field().await.map_err(|_| Fault::form())? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await.map_err(|_| Fault::form())?.to_vec());
        }
    }
    Err(Fault::form())
}

/// Takes in a photo or a file of hers, to be looked at like one that she sent herself.
pub(super) async fn add(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(member): Id<MemberId>,
    request: Request,
) -> Result<Response, Fault> {
    let file = file_of(request).await?;
    let by = act(&desk, &session);
    let id = EvidenceId::generate(by.now, &by.chance);
    let paper = HandedIn { member, proof: Proof::Unsorted, issued: None, expires: None, id, file };
    let done = roster::hand_in_alone(desk.dispatch().store(), &by, paper).await;
    back(&format!("/roster/{member}"), done, Said::PaperKept)
}
