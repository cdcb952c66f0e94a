//! What rules ask of a member and neither her papers nor the roster hold.

use eligibility::file::{read_profile, write};
use model::MemberId;
use serde_json::{Map, Value, json};
use storage::{MemberFacts, ReadTx, Store, WriteTx};

use crate::{Act, Error, Refusal, Result, evidence::member};

/// The facts of a member that rules ask for and the roster does not hold: dues, events, conflicts, the
/// start of her practice, a sliding scale.
const FACTS: [&str; 5] =
    ["membership_paid_through", "events", "conflicts", "practice_start", "sliding_scale"];

/// The facts of a member, as they were given.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn facts(store: &Store, act: &Act, id: MemberId) -> Result<Value> {
    let act = act.clone();
    store
        .read(move |tx| {
            Box::pin(async move {
                member(tx, &act, id).await?;
                Ok(facts_of(tx, id).await?)
            })
        })
        .await
}

pub(crate) async fn facts_of(tx: &mut ReadTx, id: MemberId) -> storage::Result<Value> {
    let hers = tx.facts_of_member(id).await?;
    Ok(hers.map_or_else(|| Value::Object(Map::new()), |facts| facts.content))
}

/// Keeps the facts of a member in place of those that were known. What the roster holds, her areas and
/// languages and her standing, is not given here.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn put_facts(store: &Store, act: &Act, id: MemberId, given: Value) -> Result<Value> {
    let act = act.clone();
    store
        .write_again(move |tx| Box::pin(async move { keep_facts(tx, &act, id, &given).await }))
        .await
}

async fn keep_facts(tx: &mut WriteTx, act: &Act, id: MemberId, given: &Value) -> Result<Value> {
    let owner = member(tx, act, id).await?;
    if act.by.is(tx, &owner).await? {
        return Err(Refusal::OwnPaper.into());
    }
    let content = checked_facts(given)?;
    write_facts(tx, act, id, content.clone()).await?;
    Ok(content)
}

/// Facts as they are kept, from what was written down of them.
pub(crate) fn checked_facts(given: &Value) -> Result<Value> {
    let Some(fields) = given.as_object() else {
        return Err(Error::invalid("facts", "must be an object"));
    };
    if fields.keys().any(|field| !FACTS.contains(&field.as_str())) {
        return Err(Error::invalid("facts", format!("may hold {} alone", FACTS.join(", "))));
    }
    let read = read_profile(given).map_err(|error| Error::invalid("facts", error.to_string()))?;
    let mut content = write::profile(&read);
    if let Some(fields) = content.as_object_mut() {
        fields.retain(|field, _| FACTS.contains(&field.as_str()));
    }
    Ok(content)
}

pub(crate) async fn write_facts(
    tx: &mut WriteTx,
    act: &Act,
    id: MemberId,
    content: Value,
) -> Result<()> {
    tx.put_member_facts(&MemberFacts {
        member_id: id,
        chapter_id: act.chapter,
        content,
        updated_at: act.now,
    })
    .await?;
    Ok(act.record(tx, "facts_kept", json!({"member": id})).await?)
}
