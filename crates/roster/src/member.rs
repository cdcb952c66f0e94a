//! One member: what the chapter's people change of her, and her fair share.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{ChapterId, MemberId, Timestamp, day_hours};
use serde_json::{Value, json};
use storage::{Member, Part, ReadTx, Store, hash_secret};

use crate::{
    Act, Bad, Person, Refusal, Result,
    evidence::member,
    export::cells_of,
    import::{Row, merged, parse, put},
};

/// What counts towards a fair share: referrals of so many days.
const SHARE_DAYS: i64 = 90;
/// So many parts of a member are shown.
const SHOWN: i64 = 25;

/// What was typed into a form, column by column, as a row of the roster.
///
/// # Errors
/// What is wrong, by column.
pub fn entered(cells: &[(&str, &str)]) -> Result<Row, Vec<Bad>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = file.write_record(cells.iter().map(|(column, _)| column));
    // No payer has a comma in its name: whoever types one parts them by it.
    let _ = file.write_record(cells.iter().map(|(column, cell)| match *column {
        "payers" => cell.replace(',', ";"),
        _ => (*cell).to_owned(),
    }));
    let (mut rows, bad) = parse(&file.into_inner().unwrap_or_default());
    match rows.pop() {
        Some(row) if bad.is_empty() => Ok(row),
        _ => Err(bad),
    }
}

/// A mark of what the roster says of a member: another one as soon as any of it is changed.
#[must_use]
pub fn mark_of(member: &Member) -> String {
    mark(&json!(cells_of(member, None)))
}

/// A mark of a document: another one as soon as any of it is changed.
pub(crate) fn mark(document: &Value) -> String {
    URL_SAFE_NO_PAD.encode(hash_secret(&document.to_string()))
}

/// Puts one member on the roster, of whom nothing is known yet but what the row says. Gives her id.
///
/// # Errors
/// [`Refusal::Taken`] where somebody with that number is or was on it, [`Refusal::OwnPaper`] for one's own
/// number, or what the database says.
pub async fn add(store: &Store, act: &Act, row: Row) -> Result<MemberId> {
    let act = act.clone();
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let phone = tx.phone_for(act.chapter, &row.phone, act.now, &act.chance).await?;
                if matches!(act.by, Person::Admin(_, own) if own == phone.id) {
                    return Err(Refusal::OwnPaper.into());
                }
                if tx.member_with_phone(phone.id, act.chapter).await?.is_some() {
                    return Err(Refusal::Taken("number").into());
                }
                let today = tx.chapter(act.chapter).await?.map(|chapter| act.today(&chapter));
                put(tx, &act, None, merged(None, row.clone(), today)).await?;
                let added = tx.member_with_phone(phone.id, act.chapter).await?;
                Ok(added.ok_or(Refusal::NotFound)?.id)
            })
        })
        .await
}

/// Brings what the roster has of a member up to date, if it still is what was seen ([`mark_of`]); her
/// standing and her number stay as they are. What she is called, her address and her credentials are nobody's to
/// change for herself.
///
/// # Errors
/// [`Refusal::Changed`], [`Refusal::OwnPaper`], another [`Refusal`], or what the database says.
pub async fn change(store: &Store, act: &Act, id: MemberId, row: Row, seen: &str) -> Result<()> {
    let (act, seen) = (act.clone(), seen.to_owned());
    store
        .write(move |tx| {
            Box::pin(async move {
                member(tx, &act, id).await?;
                // She may say something by text, or on her own page, at this moment.
                let known = tx.member_for_update(id).await?.ok_or(Refusal::NotFound)?;
                if mark_of(&known) != seen {
                    return Err(Refusal::Changed.into());
                }
                let phone = tx.phone(known.phone_id).await?.and_then(|phone| phone.number);
                let row = Row { phone: phone.ok_or(Refusal::Over)?, status: None, ..row };
                let today = tx.chapter(act.chapter).await?.map(|chapter| act.today(&chapter));
                let merged = merged(Some(&known), row, today);
                if merged.decides() && act.by.is(tx, &known).await? {
                    return Err(Refusal::OwnPaper.into());
                }
                put(tx, &act, Some(&known), merged).await?;
                Ok(())
            })
        })
        .await
}

/// What a member did lately, and how it compares with the others.
#[derive(Debug, Clone)]
pub struct History {
    /// The referrals in which she had a part, the newest first.
    pub parts: Vec<Part>,
    /// How many offers she was sent in the last 90 days.
    pub asked: i64,
    /// How often her name went to a family in the same time.
    pub named: i64,
    /// The median of the others' who are active.
    pub median: i64,
    /// The most that any of them has.
    pub most: i64,
    /// How many are active.
    pub active: i64,
}

/// What a member did lately.
///
/// # Errors
/// What the database says.
pub async fn history(
    tx: &mut ReadTx,
    chapter: ChapterId,
    id: MemberId,
    now: Timestamp,
) -> Result<History> {
    let since = now.after(-day_hours(SHARE_DAYS * 24));
    let (asked, named) = tx.share_since(id, since).await?;
    let all = tx.named_since(chapter, since).await?;
    let active = all.iter().map(|(_, members)| members).sum::<i64>();
    let mut below = 0;
    let middle = all.iter().find(|(_, members)| {
        below += members;
        below > active / 2
    });
    Ok(History {
        parts: tx.parts_of(id, SHOWN).await?,
        asked,
        named,
        median: middle.map_or(0, |(times, _)| *times),
        most: all.last().map_or(0, |(times, _)| *times),
        active,
    })
}
