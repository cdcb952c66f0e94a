//! A consultant asks to be taken onto the roster: what is kept of it, and for how long.

use model::{ConsentId, MemberStatus, Timestamp, day_hours};
use serde_json::{Value, json};
use storage::{Member, Store, WriteTx};

use crate::{
    Act, Refusal, Result,
    import::{Row, merged, put},
    standing::application,
};

/// A chapter looks at no more applications than this at once; further ones are refused.
const MOST: usize = 200;
/// An application that nobody looked at, and one that was turned down, is kept for so many days.
pub const APPLICATION_DAYS: i64 = 30;
/// What stands where a member's answer is awaited, once she was told that she is not taken in.
const TURNED_DOWN: &str = "turned_down:";

/// Takes an application: she waits for the chapter's answer. Who is on the roster already is not told
/// so, and nothing of her changes; whoever was removed waits again as she was, with why she was removed:
/// anybody can type a number, so nothing that was known of its owner is written over. `wording` is
/// what she agreed to.
///
/// # Errors
/// [`Refusal::Over`] where too many wait already, or what the database says.
pub async fn apply(store: &Store, act: &Act, row: Row, wording: String) -> Result<()> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let (chapter, applied) = (act.chapter, Some(MemberStatus::Applied));
                let most = i64::try_from(MOST).unwrap_or(i64::MAX);
                let waiting = tx.members_after(chapter, applied, None, most).await?;
                if waiting.len() >= MOST {
                    return Err(Refusal::Over.into());
                }
                let phone = tx.phone_for(chapter, &row.phone, act.now, &act.chance).await?;
                let known = tx.member_with_phone(phone.id, chapter).await?;
                if known.as_ref().is_some_and(|known| known.status != MemberStatus::Removed) {
                    return Ok(());
                }
                if known.as_ref().is_none_or(Member::is_erased) {
                    let today = tx.chapter(chapter).await?.map(|chapter| act.today(&chapter));
                    let row = Row { status: applied, ..row };
                    put(tx, &act, known.as_ref(), merged(known.as_ref(), row, today)).await?;
                }
                let Some(member) = tx.member_with_phone(phone.id, chapter).await? else {
                    return Ok(());
                };
                if let Some(known) = known {
                    let reason = known.status_reason.as_deref();
                    tx.set_member_status(member.id, MemberStatus::Applied, reason).await?;
                    tx.set_member_applied(member.id, act.now).await?;
                }
                tx.plan(application(&act, member.id), ends(act.now)).await?;
                let id = ConsentId::generate(act.now, &act.chance);
                tx.add_consent(id, &phone, "membership", &wording, "en", "form", act.now).await?;
                let detail = json!({"member": member.id, "waiting": waiting.len() + 1});
                Ok(act.record(tx, "member_applied", detail).await?)
            })
        })
        .await
}

fn ends(from: Timestamp) -> Timestamp {
    from.after(day_hours(24 * APPLICATION_DAYS))
}

/// Until when an application is kept that nobody has looked at.
#[must_use]
pub fn application_ends(member: &Member) -> Timestamp {
    ends(member.created_at)
}

/// Until when one is kept that was turned down; `None` where she was not told so.
#[must_use]
pub fn turned_down_ends(member: &Member) -> Option<Timestamp> {
    let awaiting = member.awaiting.as_ref().and_then(Value::as_str)?;
    awaiting.strip_prefix(TURNED_DOWN)?.parse().ok().map(ends)
}

/// Whether she applied and is not taken in: by now, or she was turned down.
pub(crate) fn waits_for_answer(member: &Member) -> bool {
    member.status == MemberStatus::Applied || turned_down_ends(member).is_some()
}

/// Keeps that she was told that she is not taken in; gives until when the application is kept.
///
/// # Errors
/// What the database says.
pub async fn told_turned_down(
    tx: &mut WriteTx,
    member: &Member,
    now: Timestamp,
) -> Result<Timestamp> {
    let mark = json!(format!("{TURNED_DOWN}{now}"));
    tx.set_member_awaiting(member.id, Some(&mark)).await?;
    Ok(ends(now))
}

/// Keeps that she was told that she is taken in.
///
/// # Errors
/// What the database says.
pub async fn told_approved(tx: &mut WriteTx, member: &Member) -> Result<()> {
    if turned_down_ends(member).is_some() {
        tx.set_member_awaiting(member.id, None).await?;
    }
    Ok(())
}
