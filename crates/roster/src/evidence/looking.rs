//! Papers as somebody looks at them: one, or all that wait.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use eligibility::EvidenceStatus;
use model::{EvidenceId, OriginalId};
use serde_json::json;
use storage::{Evidence, Member, ReadTx, Store};

use crate::{Act, Refusal, Result};

/// A paper as somebody looks at it.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The paper.
    pub evidence: Evidence,
    /// Whose it is.
    pub member: Member,
    /// What the photo or file is that came with it, as a media type.
    pub original: Option<String>,
    /// Whether it is that of whoever looks.
    pub is_own: bool,
    /// What names the paper and its original as they are now, so that a decision is about what was seen.
    pub seen: String,
}

async fn looked_at(tx: &mut ReadTx, act: &Act, evidence: Evidence) -> Result<Option<Paper>> {
    let Some(member) = tx.member(evidence.member_id).await? else { return Ok(None) };
    let is_own = act.by.is(tx, &member).await?;
    let original = tx.original_mark(evidence.id).await?;
    let seen = seen_as(&evidence, original.as_ref());
    let original = original.map(|(_, media_type)| media_type);
    Ok(Some(Paper { evidence, member, original, is_own, seen }))
}

/// What names a paper and its original as they are now.
pub(super) fn seen_as(evidence: &Evidence, original: Option<&(OriginalId, String)>) -> String {
    let original = original.map(|(id, _)| id);
    let whole = json!([evidence.status, evidence.content, evidence.decided_at, original]);
    URL_SAFE_NO_PAD.encode(storage::hash_secret(&whole.to_string()))
}

/// A paper of the chapter's.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn paper(store: &Store, act: &Act, id: EvidenceId) -> Result<Paper> {
    let act = act.clone();
    store
        .read(move |tx| {
            Box::pin(async move {
                let evidence = tx.evidence(id).await?;
                let evidence = evidence.filter(|evidence| evidence.chapter_id == act.chapter);
                let evidence = evidence.ok_or(Refusal::NotFound)?;
                Ok(looked_at(tx, &act, evidence).await?.ok_or(Refusal::NotFound)?)
            })
        })
        .await
}

/// What waits for somebody to look at it, or was decided so, the oldest first: from the beginning, or from
/// behind one of them.
///
/// # Errors
/// What the database says.
pub async fn queue(
    store: &Store,
    act: &Act,
    status: EvidenceStatus,
    after: Option<EvidenceId>,
    limit: i64,
) -> Result<Vec<Paper>> {
    let act = act.clone();
    store
        .read(move |tx| {
            Box::pin(async move {
                let mut queue = Vec::new();
                for evidence in tx.evidence_in(act.chapter, status, after, limit).await? {
                    queue.extend(looked_at(tx, &act, evidence).await?);
                }
                Ok(queue)
            })
        })
        .await
}
