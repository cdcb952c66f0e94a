//! Exceptions: one member, one hospital, one rule, a reason, an end; asked for by one person and
//! approved by another, neither of whom is the member.

use eligibility::Rule;
use jiff::{Span, civil::Date};
use model::{
    MemberId, OverrideId,
    schemars::JsonSchema,
    shapes::{Line, Slug},
};
use serde::Deserialize;
use serde_json::json;
use storage::{Override, Store, WriteTx};

use crate::{Act, Error, Refusal, Result, Roll, act::some_text, evidence::member};

/// An exception lasts no longer: what is to hold for good is another rule.
const LONGEST_YEARS: i16 = 2;

/// An exception that somebody asks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
#[serde(deny_unknown_fields)]
pub struct NewException {
    /// The one hospital, by its slug.
    #[schemars(with = "Slug")]
    pub hospital: String,
    /// The one member.
    pub member: MemberId,
    /// The key of the one rule.
    #[schemars(with = "Line<120>")]
    pub rule: String,
    /// Why.
    #[schemars(with = "Line<400>")]
    pub reason: String,
    /// The last day on which it counts.
    pub expires: Date,
}

/// A chapter's exceptions, those that are over included, each with its hospital's slug.
///
/// # Errors
/// What the database says.
pub async fn exceptions(store: &Store, act: &Act) -> Result<Vec<(String, Override)>> {
    let chapter = act.chapter;
    store
        .read(move |tx| {
            Box::pin(async move {
                let hospitals = tx.hospitals(chapter).await?;
                let slug = |entry: &Override| {
                    let hospital = hospitals.iter().find(|known| known.id == entry.hospital_id);
                    hospital.map_or_else(String::new, |hospital| hospital.slug.clone())
                };
                let all = tx.overrides(chapter).await?;
                Ok(all.into_iter().map(|entry| (slug(&entry), entry)).collect())
            })
        })
        .await
}

/// Asks for an exception. It counts once somebody else approves it.
///
/// # Errors
/// [`Refusal::NotWaivable`] where nobody can grant it, [`Refusal::Program`] for a program, another [`Refusal`], or what the database says.
pub async fn request(store: &Store, act: &Act, new: NewException) -> Result<Override> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let owner = member(tx, &act, new.member).await?;
                if act.by.is(tx, &owner).await? {
                    return Err(Refusal::SecondPerson.into());
                }
                // A program may be anybody's, also that of whoever approves it.
                if !act.by.decides() {
                    return Err(Refusal::Program.into());
                }
                let roll = Roll::of_member(tx, act.chapter, new.member).await?;
                let today = act.today(&roll.chapter);
                if new.expires < today {
                    return Err(Error::invalid("expires", "must not be over already"));
                }
                if new.expires > today.saturating_add(Span::new().years(LONGEST_YEARS)) {
                    return Err(Error::invalid("expires", "must be at most two years away"));
                }
                let hospital = roll.place_of(&new.hospital)?;
                if !rule(&roll, hospital, &new.rule, today)?.may_be_waived() {
                    return Err(Refusal::NotWaivable.into());
                }
                let wanted = Override {
                    id: OverrideId::generate(act.now, &act.chance),
                    chapter_id: act.chapter,
                    hospital_id: roll.hospitals[hospital].id,
                    member_id: new.member,
                    rule: new.rule,
                    reason: some_text("reason", &new.reason, 400)?,
                    expires: new.expires,
                    requested_by: act.by.to_string(),
                    requested_at: act.now,
                    approved_by: None,
                    granted: None,
                    ended_by: None,
                    ended_at: None,
                };
                tx.add_override(&wanted).await?;
                recorded(tx, &act, "exception_requested", &wanted).await?;
                Ok(wanted)
            })
        })
        .await
}

/// The rule of a key, in the hospital's version of the day.
fn rule<'r>(roll: &'r Roll, hospital: usize, key: &str, day: Date) -> Result<&'r Rule> {
    let set = roll.rules()[hospital].rules_on(day).ok_or(Refusal::NoRules)?;
    let found = set.rules.iter().find(|rule| rule.key == key);
    found.ok_or_else(|| Error::invalid("rule", "must be the key of a rule of the hospital's"))
}

async fn recorded(tx: &mut WriteTx, act: &Act, what: &str, of: &Override) -> Result<()> {
    let detail = json!({"exception": of.id, "hospital": of.hospital_id, "member": of.member_id, "rule": of.rule});
    Ok(act.record(tx, what, detail).await?)
}

/// Approves an exception: it counts from today through its end.
///
/// # Errors
/// [`Refusal::SecondPerson`] for the one who asked and for the member, another [`Refusal`], or what the
/// database says.
pub async fn approve(store: &Store, act: &Act, id: OverrideId) -> Result<Override> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let mut wanted = tx.granted(act.chapter, id).await?.ok_or(Refusal::NotFound)?;
                let owner = member(tx, &act, wanted.member_id).await?;
                let by = act.by.to_string();
                if by == wanted.requested_by || act.by.is(tx, &owner).await? {
                    return Err(Refusal::SecondPerson.into());
                }
                if !act.by.decides() {
                    return Err(Refusal::Program.into());
                }
                let chapter = tx.chapter(act.chapter).await?.ok_or(Refusal::NotFound)?;
                let today = act.today(&chapter);
                if today > wanted.expires || !tx.approve_override(&wanted, &by, today).await? {
                    return Err(Refusal::Over.into());
                }
                (wanted.approved_by, wanted.granted) = (Some(by), Some(today));
                recorded(tx, &act, "exception_approved", &wanted).await?;
                Ok(wanted)
            })
        })
        .await
}

/// Refuses an exception that waits, or takes one back.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn end(store: &Store, act: &Act, id: OverrideId) -> Result<Override> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let mut wanted = tx.granted(act.chapter, id).await?.ok_or(Refusal::NotFound)?;
                let by = act.by.to_string();
                if !tx.end_override(&wanted, &by, act.now).await? {
                    return Err(Refusal::Over.into());
                }
                (wanted.ended_by, wanted.ended_at) = (Some(by), Some(act.now));
                recorded(tx, &act, "exception_ended", &wanted).await?;
                Ok(wanted)
            })
        })
        .await
}
