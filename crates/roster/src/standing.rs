//! A member's standing with the chapter, and what follows from it: whoever is barred is off every list
//! that was published, at once.

use model::{LinkPurpose, MemberId, MemberStatus, TaskKind};
use serde_json::json;
use storage::{Member, Store, Task, WriteTx};

use crate::{
    Act, Error, Refusal, Result, act::some_text, applying::waits_for_answer, editions,
    evidence::member,
};

/// Changes a member's standing, for a reason that stays with the chapter; none is needed to take her
/// back.
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself, another [`Refusal`], or what the database says.
pub async fn set_standing(
    store: &Store,
    act: &Act,
    id: MemberId,
    status: MemberStatus,
    reason: &str,
) -> Result<()> {
    // Nobody goes back to having asked: she would be told that she is not taken in.
    if status == MemberStatus::Applied {
        return Err(Error::invalid("status", "is given by the form for joining alone"));
    }
    let needed = status != MemberStatus::Active || !reason.trim().is_empty();
    let reason = needed.then(|| some_text("reason", reason, 400)).transpose()?;
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let member = member(tx, &act, id).await?;
                if act.by.is(tx, &member).await? {
                    return Err(Refusal::OwnPaper.into());
                }
                keep(tx, &act, &member, status, reason.as_deref()).await?;
                let barred = bars(status).then_some(member.id);
                take_off(tx, &act, barred.as_slice()).await
            })
        })
        .await
}

/// Whether a standing keeps a member off every list.
#[must_use]
pub fn bars(status: MemberStatus) -> bool {
    eligibility::ChapterStatus::from(status).bars()
}

/// Keeps a member's standing, why, and that it changed. Whoever is barred gives up the places she
/// holds: the dispatch sees to that, as soon as this is kept. Whoever is removed has no page any more,
/// and whoever applied is told what came of it.
pub(crate) async fn keep(
    tx: &mut WriteTx,
    act: &Act,
    of: &Member,
    status: MemberStatus,
    reason: Option<&str>,
) -> Result<()> {
    tx.set_member_status(of.id, status, reason).await?;
    if bars(status) {
        let task =
            Task { kind: TaskKind::Barred, subject: of.id.as_uuid(), chapter_id: of.chapter_id };
        tx.plan(task, act.now).await?;
    }
    if status == MemberStatus::Removed {
        tx.forget_links(LinkPurpose::Member, of.id.as_uuid()).await?;
        tx.forget_subscriptions(of.id, None).await?;
    }
    if waits_for_answer(of) && matches!(status, MemberStatus::Active | MemberStatus::Removed) {
        tx.plan(application(act, of.id), act.now).await?;
    }
    let detail = json!({"member": of.id, "from": of.status, "to": status});
    Ok(act.record(tx, "member_standing", detail).await?)
}

/// The work on a member's application.
pub(crate) fn application(act: &Act, member: MemberId) -> Task {
    Task { kind: TaskKind::Application, subject: member.as_uuid(), chapter_id: act.chapter }
}

/// Takes members off every current list, each by an edition that corrects it.
pub(crate) async fn take_off(tx: &mut WriteTx, act: &Act, members: &[MemberId]) -> Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    for hospital in tx.hospitals(act.chapter).await? {
        tx.lock_hospital(hospital.id).await?;
        editions::corrected(tx, act, &hospital, members).await?;
    }
    Ok(())
}
