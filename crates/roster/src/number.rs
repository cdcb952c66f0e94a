//! A member has another number.

use model::{ErrorClass, LinkPurpose, MemberId, MemberStatus, Phone};
use serde_json::json;
use storage::{Member, WriteTx};

use crate::{Act, Error, Person, Refusal, Result, evidence::member};

/// Gives a member another number: the old one is told nothing more and opens nothing any more, and the
/// new one is as if nobody had answered from it yet. Gives the member as she is then.
///
/// # Errors
/// [`Refusal::OwnPaper`] for the member herself and for one's own number, [`Refusal::Taken`] where somebody
/// with that number is or was on the roster, [`Refusal::Over`] for whoever was removed, another
/// [`Refusal`], or what the database says.
pub async fn change_number_in(
    tx: &mut WriteTx,
    act: &Act,
    id: MemberId,
    number: &Phone,
) -> Result<Member> {
    member(tx, act, id).await?;
    let known = tx.member_for_update(id).await?.ok_or(Refusal::NotFound)?;
    if act.by.is(tx, &known).await? {
        return Err(Refusal::OwnPaper.into());
    }
    if known.status == MemberStatus::Removed {
        return Err(Refusal::Over.into());
    }
    let phone = tx.phone_for(act.chapter, number, act.now, &act.chance).await?;
    if phone.id == known.phone_id {
        return Err(Error::invalid("number", "is hers already"));
    }
    if matches!(act.by, Person::Admin(_, own) if own == phone.id) {
        return Err(Refusal::OwnPaper.into());
    }
    if tx.member_with_phone(phone.id, act.chapter).await?.is_some() {
        return Err(Refusal::Taken("number").into());
    }
    tx.set_member_number(id, phone.id).await?;
    // Whoever has the old phone reads nothing more, and claims nothing in her name.
    tx.drop_waiting_for_member(known.phone_id, ErrorClass::Suppressed, act.now).await?;
    tx.forget_links(LinkPurpose::Member, id.as_uuid()).await?;
    tx.forget_offer_links(id).await?;
    tx.forget_subscriptions(id, None).await?;
    act.record(tx, "member_number", json!({"member": id})).await?;
    Ok(tx.member(id).await?.ok_or(Refusal::NotFound)?)
}
