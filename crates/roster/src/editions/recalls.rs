//! Who is taken off a list: at once, and off later ones until it is lifted.

use model::{MemberId, RecallId};
use serde_json::json;
use storage::{Hospital, Recall, Store, WriteTx};

use super::{Edition, add, newest};
use crate::{Act, Refusal, Result, act::some_text, evidence, hospitals};

/// Takes a member off a hospital's list: at once, by an edition that corrects the current one, and off
/// later ones until it is lifted. Gives the correction; `None` where she was not on the list.
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself, [`Refusal::Over`] where she is taken off already, another
/// [`Refusal`], or what the database says.
pub async fn recall(
    store: &Store,
    act: &Act,
    slug: &str,
    member: MemberId,
    reason: &str,
) -> Result<Option<Edition>> {
    let (act, slug, reason) = (act.clone(), slug.to_owned(), some_text("reason", reason, 400)?);
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                another(tx, &act, member).await?;
                tx.lock_hospital(hospital.id).await?;
                let recall = Recall {
                    id: RecallId::generate(act.now, &act.chance),
                    chapter_id: act.chapter,
                    hospital_id: hospital.id,
                    member_id: member,
                    reason,
                    recalled_by: act.by.to_string(),
                    recalled_at: act.now,
                };
                if !tx.add_recall(&recall).await? {
                    return Err(Refusal::Over.into());
                }
                let detail = json!({"hospital": hospital.id, "member": member});
                act.record(tx, "member_recalled", detail).await?;
                corrected(tx, &act, &hospital, &[member]).await
            })
        })
        .await
}

/// Sees to it that the member is one of the chapter's, and another than whoever acts.
async fn another(tx: &mut WriteTx, act: &Act, id: MemberId) -> Result<()> {
    let member = evidence::member(tx, act, id).await?;
    if act.by.is(tx, &member).await? {
        return Err(Refusal::OwnPaper.into());
    }
    Ok(())
}

/// Publishes the current list of a hospital, which is locked, without some members; `None` where none of
/// them is on it.
pub(crate) async fn corrected(
    tx: &mut WriteTx,
    act: &Act,
    hospital: &Hospital,
    without: &[MemberId],
) -> Result<Option<Edition>> {
    let Some(current) = newest(tx, hospital.id, None).await? else { return Ok(None) };
    let mut frozen = current.frozen;
    let before = frozen.entries.len();
    frozen.entries.retain(|entry| !without.contains(&entry.member));
    frozen.taken_off = before - frozen.entries.len();
    if frozen.taken_off == 0 {
        return Ok(None);
    }
    let corrects = Some(current.number);
    Ok(Some(add(tx, act, hospital, current.as_of, corrects, frozen).await?))
}

/// Lets a member onto later editions again.
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself, another [`Refusal`], or what the database says.
pub async fn lift_recall(store: &Store, act: &Act, slug: &str, member: MemberId) -> Result<()> {
    let (act, slug) = (act.clone(), slug.to_owned());
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let hospital = hospitals::hospital(tx, &act, &slug).await?;
                another(tx, &act, member).await?;
                tx.lock_hospital(hospital.id).await?;
                if !tx.lift_recall(&hospital, member, &act.by.to_string(), act.now).await? {
                    return Err(Refusal::NotFound.into());
                }
                let detail = json!({"hospital": hospital.id, "member": member});
                Ok(act.record(tx, "recall_lifted", detail).await?)
            })
        })
        .await
}
