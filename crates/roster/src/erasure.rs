//! A member who asks for what is known of her, or that it be forgotten.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{ChapterId, MemberId, MemberStatus, TaskKind};
use serde_json::{Value, json};
use storage::{Member, ReadTx, Store, WriteTx};

use crate::{Act, Refusal, Result, evidence::member, facts::facts_of, standing};

/// Everything that the chapter has of a member, for herself. That it was handed out is recorded.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn export_member(store: &Store, act: &Act, id: MemberId) -> Result<Value> {
    let act = act.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let member = member(tx, &act, id).await?;
                let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
                let papers = tx.evidence_of(id).await?;
                let papers = papers.into_iter().map(|paper| {
                    json!({
                        "id": paper.id, "content": paper.content, "submitted_at": paper.submitted_at,
                        "decided_at": paper.decided_at,
                    })
                });
                let consents = tx.consents_of(member.phone_id).await?;
                let consents = consents.iter().map(|consent| {
                    json!({"kind": consent.kind, "wording": consent.wording, "at": consent.at})
                });
                let facts = facts_of(tx, id).await?;
                let portrait = tx.portrait(id).await?.map(|photo| STANDARD.encode(photo));
                let [recalls, exceptions] = decided(tx, act.chapter, id).await?;
                let told = json!({
                    "name": member.name.reveal(), "number": phone.as_ref().map(model::Phone::e164),
                    "email": member.email.as_ref().map(model::EmailAddress::reveal),
                    "booking_url": member.private.booking_url, "note": member.private.note,
                    "status": member.status, "status_reason": member.status_reason,
                    "profile": member.profile, "photo": portrait, "since": member.created_at, "facts": facts,
                    "papers": papers.collect::<Vec<_>>(), "consents": consents.collect::<Vec<_>>(),
                    "recalls": recalls, "exceptions": exceptions,
                });
                act.record(tx, "member_exported", json!({"member": id})).await?;
                Ok(told)
            })
        })
        .await
}

/// What was decided about a member and hospitals' lists: that she was taken off one, and exceptions.
async fn decided(tx: &mut ReadTx, chapter: ChapterId, id: MemberId) -> Result<[Value; 2]> {
    let hospitals = tx.hospitals(chapter).await?;
    let slug = |id| hospitals.iter().find(|known| known.id == id).map(|known| known.slug.clone());
    let recalls = tx.recalls_of(id).await?;
    let recalls = recalls.iter().map(|recall| {
        json!({"hospital": slug(recall.hospital_id), "reason": recall.reason, "at": recall.recalled_at})
    });
    let exceptions = tx.overrides(chapter).await?;
    let exceptions = exceptions.iter().filter(|entry| entry.member_id == id).map(|entry| {
        json!({
            "hospital": slug(entry.hospital_id), "rule": entry.rule, "reason": entry.reason,
            "asked_at": entry.requested_at, "granted": entry.granted, "expires": entry.expires,
            "ended_at": entry.ended_at,
        })
    });
    Ok([recalls.collect(), exceptions.collect()])
}

/// Takes a member off the roster and every list, and erases all that is known of her but that there was
/// one: counts, and the editions that were published, stay as they were.
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself, another [`Refusal`], or what the database says.
pub async fn erase_member(store: &Store, act: &Act, id: MemberId) -> Result<()> {
    let act = act.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let member = member(tx, &act, id).await?;
                if act.by.is(tx, &member).await? {
                    return Err(Refusal::OwnPaper.into());
                }
                erase_in(tx, &act, &member).await
            })
        })
        .await
}

/// The same in a unit of work, whoever does it.
///
/// # Errors
/// What the database says.
pub async fn erase_in(tx: &mut WriteTx, act: &Act, member: &Member) -> Result<()> {
    let id = member.id;
    if member.status != MemberStatus::Removed {
        standing::keep(tx, act, member, MemberStatus::Removed, None).await?;
        standing::take_off(tx, act, &[id]).await?;
    }
    tx.erase_member(id, member.phone_id).await?;
    // Nobody is told any more what came of her application.
    tx.unplan(TaskKind::Application, id.as_uuid()).await?;
    Ok(act.record(tx, "member_erased", json!({"member": id})).await?)
}
