//! Members' papers: sent, looked at by somebody else, verified or rejected.

mod looking;

use eligibility::{
    EvidenceKind, EvidenceStatus, Proof,
    file::{read_evidence, write},
};
use model::{EvidenceId, MemberId, OriginalId};
use serde_json::{Value, json};
use storage::{Evidence, Member, Original, ReadTx, Store, WriteTx};

use self::looking::seen_as;
pub use self::looking::{Paper, paper, queue};
use crate::{Act, Error, Person, Refusal, Result, act::some_text};

/// An original may have so many bytes.
pub(crate) const LARGEST: usize = 8 * 1024 * 1024;

/// A paper to be added: what it shows, in the form of `docs/ELIGIBILITY.md` (`type`, `attrs`,
/// `issued`, `expires`).
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Whose it is.
    pub member: MemberId,
    /// What it shows.
    pub content: Value,
    /// Its id, where the caller must be able to say the same thing twice; otherwise one is drawn.
    pub id: Option<EvidenceId>,
}

/// What somebody found of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is what it says.
    Verify {
        /// Which register was looked at, and how.
        lookup: Option<String>,
    },
    /// It is a paper, and this is what it shows, as whoever looked at it reads: what was sent as a
    /// photo says nothing by itself.
    VerifyAs {
        /// What it shows, in the form of `docs/ELIGIBILITY.md` (`type`, `attrs`, `issued`, `expires`).
        shows: Value,
        /// Which register was looked at, and how.
        lookup: Option<String>,
    },
    /// It is not good enough.
    Reject {
        /// Why; the member is told.
        reason: String,
    },
}

/// The member, if she is one of the chapter's.
pub(crate) async fn member(tx: &mut ReadTx, act: &Act, id: MemberId) -> Result<Member> {
    let member = tx.member(id).await?.filter(|member| member.chapter_id == act.chapter);
    Ok(member.ok_or(Refusal::NotFound)?)
}

/// Adds a paper. It counts once somebody else has verified it. Where one of the same id is there, that
/// one is given.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn submit(store: &Store, act: &Act, new: NewEvidence) -> Result<Evidence> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let member = member(tx, &act, new.member).await?;
                let id = new.id.unwrap_or_else(|| EvidenceId::generate(act.now, &act.chance));
                if let Some(known) = tx.evidence(id).await? {
                    let ours = known.member_id == member.id;
                    return if ours { Ok(known) } else { Err(Refusal::Taken("id").into()) };
                }
                submitted(tx, &act, member.id, id, new.content).await
            })
        })
        .await
}

/// Adds a paper that nobody has looked at.
pub(crate) async fn submitted(
    tx: &mut WriteTx,
    act: &Act,
    member: MemberId,
    id: EvidenceId,
    mut content: Value,
) -> Result<Evidence> {
    let Some(fields) = content.as_object_mut() else {
        return Err(Error::invalid("evidence", "must be an object"));
    };
    fields.insert("status".to_owned(), json!(EvidenceStatus::Submitted));
    for field in DECIDED {
        if fields.contains_key(field) {
            return Err(Error::invalid("evidence", format!("must not say \"{field}\"")));
        }
    }
    let evidence = stored(act, member, id, &content)?;
    tx.add_evidence(&evidence).await?;
    recorded(tx, act, "evidence_submitted", &evidence).await?;
    Ok(evidence)
}

/// What only a decision may say of a paper.
const DECIDED: [&str; 4] = ["verifier", "verified_on", "lookup", "rejected_because"];

/// A paper as it is kept, from what was written down of it.
pub(crate) fn stored(
    act: &Act,
    member: MemberId,
    id: EvidenceId,
    content: &Value,
) -> Result<Evidence> {
    let read =
        read_evidence(content).map_err(|error| Error::invalid("evidence", error.to_string()))?;
    dates_fit(&read)?;
    if read.proof == Proof::Unsorted && read.status == EvidenceStatus::Verified {
        return Err(Error::invalid("type", "must say what the paper is"));
    }
    let read = eligibility::Evidence { id: id.to_string(), ..read };
    let decided = read.status != EvidenceStatus::Submitted;
    Ok(Evidence {
        id,
        chapter_id: act.chapter,
        member_id: member,
        kind: read.proof.kind(),
        status: read.status,
        content: write::evidence(&read),
        submitted_by: act.by.to_string(),
        submitted_at: act.now,
        decided_by: decided.then(|| act.by.to_string()),
        decided_at: decided.then_some(act.now),
    })
}

pub(crate) async fn recorded(tx: &mut WriteTx, act: &Act, what: &str, of: &Evidence) -> Result<()> {
    let detail = json!({"member": of.member_id, "evidence": of.id, "kind": of.kind});
    Ok(act.record(tx, what, detail).await?)
}

/// Verifies or rejects a paper. A decision can be changed by another. With `seen`, only if the paper and
/// its original are still those that were looked at ([`Paper::seen`]).
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself, [`Refusal::Changed`] where something else was looked at,
/// another [`Refusal`], or what the database says.
pub async fn decide(
    store: &Store,
    act: &Act,
    id: EvidenceId,
    seen: Option<String>,
    decision: Decision,
) -> Result<Evidence> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let evidence = tx.evidence_for_update(id).await?;
                let evidence = evidence.filter(|evidence| evidence.chapter_id == act.chapter);
                let mut evidence = evidence.ok_or(Refusal::NotFound)?;
                let owner = member(tx, &act, evidence.member_id).await?;
                let by = act.by.to_string();
                decides(tx, &act, &owner).await?;
                if let Some(seen) = seen
                    && seen != seen_as(&evidence, tx.original_mark(id).await?.as_ref())
                {
                    return Err(Refusal::Changed.into());
                }
                let mut paper = crate::roll::paper_of(&evidence)?;
                if let Decision::VerifyAs { shows, .. } = &decision {
                    paper = read_off(&paper, shows)?;
                }
                let what = match decision {
                    Decision::Verify { lookup } | Decision::VerifyAs { lookup, .. } => {
                        if paper.proof == Proof::Unsorted {
                            return Err(Error::invalid("type", "must say what the paper is"));
                        }
                        let lookup = some_text("lookup", &lookup.unwrap_or_default(), 200)?;
                        let chapter = tx.chapter(act.chapter).await?.ok_or(Refusal::NotFound)?;
                        paper.status = EvidenceStatus::Verified;
                        paper.verifier = Some(by.clone());
                        paper.verified_on = Some(act.today(&chapter));
                        paper.lookup = Some(lookup);
                        paper.rejected_because = None;
                        "evidence_verified"
                    }
                    Decision::Reject { reason } => {
                        paper.status = EvidenceStatus::Rejected;
                        paper.rejected_because = Some(some_text("reason", &reason, 400)?);
                        (paper.verifier, paper.verified_on) = (None, None);
                        "evidence_rejected"
                    }
                };
                evidence.kind = paper.proof.kind();
                evidence.status = paper.status;
                evidence.content = write::evidence(&paper);
                evidence.decided_by = Some(by);
                evidence.decided_at = Some(act.now);
                tx.save_evidence(&evidence).await?;
                recorded(tx, &act, what, &evidence).await?;
                if kept_as_result_alone(evidence.kind) && tx.drop_original(id).await? {
                    recorded(tx, &act, "original_dropped", &evidence).await?;
                }
                Ok(evidence)
            })
        })
        .await
}

/// Sees to it that whoever acts may decide about a member's papers: one of the chapter's people, and not
/// the member herself.
async fn decides(tx: &mut ReadTx, act: &Act, owner: &Member) -> Result<()> {
    if act.by.is(tx, owner).await? || matches!(act.by, Person::Member(_)) {
        return Err(Refusal::OwnPaper.into());
    }
    if !act.by.decides() {
        return Err(Refusal::Program.into());
    }
    Ok(())
}

/// Of what is most private only the result and its date are kept once somebody has looked, and not
/// what was sent.
fn kept_as_result_alone(kind: EvidenceKind) -> bool {
    matches!(kind, EvidenceKind::Immunization | EvidenceKind::BackgroundCheck)
}

/// Nothing ends before it began.
fn dates_fit(paper: &eligibility::Evidence) -> Result<()> {
    match (paper.issued, paper.expires) {
        (Some(issued), Some(expires)) if expires < issued => {
            Err(Error::invalid("expires", "must not come before the day of issue"))
        }
        _ => Ok(()),
    }
}

/// The paper with what somebody reads off it in place of what was said when it was sent.
fn read_off(paper: &eligibility::Evidence, shows: &Value) -> Result<eligibility::Evidence> {
    let mut shows = shows.clone();
    let Some(fields) = shows.as_object_mut() else {
        return Err(Error::invalid("evidence", "must be an object"));
    };
    if DECIDED.iter().chain(&["status"]).any(|field| fields.contains_key(*field)) {
        return Err(Error::invalid("evidence", "must say what the paper shows alone"));
    }
    fields.insert("status".to_owned(), json!(EvidenceStatus::Submitted));
    let read =
        read_evidence(&shows).map_err(|error| Error::invalid("evidence", error.to_string()))?;
    dates_fit(&read)?;
    Ok(eligibility::Evidence {
        proof: read.proof,
        issued: read.issued,
        expires: read.expires,
        ..paper.clone()
    })
}

/// Keeps the photo or file of a paper: a JPEG, a PNG or a PDF. What was decided about another one, or
/// about none, is open again.
///
/// # Errors
/// Once the paper is decided, [`Refusal::OwnPaper`] for the member herself and [`Refusal::Program`] for a
/// program; another [`Refusal`], or what the database says.
pub async fn put_original(store: &Store, act: &Act, id: EvidenceId, file: Vec<u8>) -> Result<()> {
    let original = crate::handing_in::original(file)?;
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let evidence = tx.evidence_for_update(id).await?;
                let evidence = evidence.filter(|evidence| evidence.chapter_id == act.chapter);
                let mut evidence = evidence.ok_or(Refusal::NotFound)?;
                if !crate::roll::paper_of(&evidence)?.proof.has_original() {
                    return Err(Error::invalid(
                        "file",
                        "is not kept of an immunization: tell its date",
                    ));
                }
                if tx.original(id).await?.as_ref() == Some(&original) {
                    return Ok(());
                }
                let decided = evidence.status != EvidenceStatus::Submitted;
                if decided {
                    let owner = member(tx, &act, evidence.member_id).await?;
                    decides(tx, &act, &owner).await?;
                }
                let mut ids = || OriginalId::generate(act.now, &act.chance);
                tx.put_original(id, &original, &mut ids, act.now).await?;
                recorded(tx, &act, "original_kept", &evidence).await?;
                if !decided {
                    return Ok(());
                }
                reopen(&mut evidence)?;
                tx.save_evidence(&evidence).await?;
                recorded(tx, &act, "evidence_reopened", &evidence).await
            })
        })
        .await
}

/// Takes back what was decided about a paper.
fn reopen(evidence: &mut Evidence) -> Result<()> {
    let paper = eligibility::Evidence {
        status: EvidenceStatus::Submitted,
        rejected_because: None,
        verifier: None,
        verified_on: None,
        lookup: None,
        ..crate::roll::paper_of(evidence)?
    };
    evidence.status = paper.status;
    evidence.content = write::evidence(&paper);
    (evidence.decided_by, evidence.decided_at) = (None, None);
    Ok(())
}

/// What a file is, by its first bytes: what its sender calls it is not trusted.
pub(crate) fn media_type(file: &[u8]) -> Option<&'static str> {
    match file {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// The photo or file of a paper.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn original(store: &Store, act: &Act, id: EvidenceId) -> Result<Original> {
    let chapter = act.chapter;
    store
        .read(move |tx| {
            Box::pin(async move {
                let evidence = tx.evidence(id).await?;
                if evidence.is_none_or(|evidence| evidence.chapter_id != chapter) {
                    return Err(Refusal::NotFound.into());
                }
                Ok(tx.original(id).await?.ok_or(Refusal::NotFound)?)
            })
        })
        .await
}
