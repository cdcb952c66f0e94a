//! Bringing members in from a CSV file: all of it or, where the chapter says so, all good rows.

mod row;

use jiff::civil::Date;
use model::{MemberId, MemberStatus};
use serde_json::{Value, json};
use storage::{Member, MemberPrivate, NewMember, Profile, ReadTx, Store, WriteTx};

pub(crate) use self::row::COLUMNS;
pub use self::row::{Row, VISIT_TYPES, parse};
use crate::{
    Act, Bad, Result,
    export::{cells, cells_of},
    standing,
};

/// What an import does, or would do, to one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// She is new.
    Added,
    /// What the roster has of her is brought up to date.
    Updated,
    /// Nothing of her changes.
    Unchanged,
}

/// A cell that is other than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The column.
    pub column: &'static str,
    /// What the roster has.
    pub before: String,
    /// What it will have.
    pub after: String,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// By line: what happens to whom.
    pub changes: Vec<(u64, Change)>,
    /// By line: what is other than it was.
    pub others: Vec<(u64, Vec<Other>)>,
    /// The lines that were left alone, and why.
    pub left: Vec<Bad>,
}

impl Imported {
    /// How many lines come to a change.
    #[must_use]
    pub fn count(&self, of: Change) -> usize {
        self.changes.iter().filter(|(_, change)| *change == of).count()
    }
}

/// Brings rows onto a chapter's roster, in one unit: members with a number it has are brought up to
/// date, and what a row does not speak of stays. Whoever was removed comes back only where her row says
/// a standing. Whoever is barred by it is off every published list at once. With `dry_run` nothing is
/// kept.
///
/// # Errors
/// What the database says; then nothing was kept.
pub async fn import(store: &Store, act: &Act, rows: Vec<Row>, dry_run: bool) -> Result<Imported> {
    let act = act.clone();
    if dry_run {
        return store
            .read(move |tx| {
                Box::pin(async move {
                    let mut imported = Imported::default();
                    for row in rows {
                        let known = known(tx, &act, &row).await?;
                        let own = is_own(tx, &act, known.as_ref()).await?;
                        judged(&mut imported, known.as_ref(), &row, None, own);
                    }
                    Ok(imported)
                })
            })
            .await;
    }
    store
        .write_again(move |tx| {
            Box::pin(async move {
                let mut imported = Imported::default();
                let chapter = tx.chapter(act.chapter).await?;
                let today = chapter.map(|chapter| act.today(&chapter));
                let mut barred = Vec::new();
                for row in rows {
                    let known = known(tx, &act, &row).await?;
                    let own = is_own(tx, &act, known.as_ref()).await?;
                    let Some(merged) = judged(&mut imported, known.as_ref(), &row, today, own)
                    else {
                        continue;
                    };
                    let member = put(tx, &act, known.as_ref(), merged).await?;
                    barred.extend(member);
                }
                standing::take_off(tx, &act, &barred).await?;
                Ok(imported)
            })
        })
        .await
}

/// The member with a row's number, removed or not.
async fn known(tx: &mut ReadTx, act: &Act, row: &Row) -> storage::Result<Option<Member>> {
    match tx.phone_by_number(act.chapter, &row.phone).await? {
        Some(phone) => tx.member_with_phone(phone.id, act.chapter).await,
        None => Ok(None),
    }
}

/// Whether a row is about whoever brings it in.
async fn is_own(tx: &mut ReadTx, act: &Act, known: Option<&Member>) -> storage::Result<bool> {
    match known {
        Some(known) => act.by.is(tx, known).await,
        None => Ok(false),
    }
}

/// What is other than it was, cell by cell.
fn others(known: Option<&Member>, merged: &Merged) -> Vec<Other> {
    let email = match &merged.row.email {
        Some(told) => told.as_ref(),
        None => known.and_then(|known| known.email.as_ref()),
    };
    let phone = Some(&merged.row.phone);
    let after =
        cells(&merged.row.name, phone, email, merged.status, &merged.profile, &merged.private);
    let before = known.map(|known| cells_of(known, phone));
    let other = COLUMNS.iter().zip(after).enumerate().filter_map(|(at, ((column, _), after))| {
        let before = before.as_ref().map_or_else(String::new, |before| before[at].clone());
        (before != after).then_some(Other { column, before, after })
    });
    other.collect()
}

/// What a member comes to by a row.
pub(crate) struct Merged {
    row: Row,
    status: MemberStatus,
    private: MemberPrivate,
    profile: Profile,
    /// What is other than it was, by the names of the columns.
    other: Vec<&'static str>,
}

/// Judges one row and notes what happens; `None` where nothing is to be written.
fn judged(
    imported: &mut Imported,
    known: Option<&Member>,
    row: &Row,
    today: Option<Date>,
    is_own: bool,
) -> Option<Merged> {
    let mut leave = |column: &str, why: &str| {
        imported.left.push(Bad { line: row.line, column: column.to_owned(), why: why.to_owned() });
    };
    if known.is_some_and(|known| known.status == MemberStatus::Removed) && row.status.is_none() {
        leave("status", "she was removed: say her status to take her back");
        return None;
    }
    let merged = merged(known, row.clone(), today);
    if is_own && merged.decides() {
        leave(
            "status",
            "this is about yourself: somebody else changes your name, address, papers and standing",
        );
        return None;
    }
    let change = match known {
        None => Change::Added,
        Some(_) if merged.other.is_empty() => Change::Unchanged,
        Some(_) => Change::Updated,
    };
    imported.changes.push((merged.row.line, change));
    imported.others.push((merged.row.line, others(known, &merged)));
    Some(merged)
}

impl Merged {
    /// Whether it decides about her, rather than saying what she offers.
    pub(crate) fn decides(&self) -> bool {
        // By her address she is known as one of the chapter's people: it decides who may decide.
        let own = ["name", "email", "credentials", "status"];
        self.other.iter().any(|column| own.contains(column))
    }
}

/// What the row says, and of the rest what is known: what a member decided for herself by text among it.
pub(crate) fn merged(known: Option<&Member>, row: Row, today: Option<Date>) -> Merged {
    let mut profile = known.map_or_else(Profile::default, |known| known.profile.clone());
    let mut private = known.map_or_else(MemberPrivate::default, |known| known.private.clone());
    let mut other = Vec::new();
    let mut put = |name: &'static str, is_other: bool| {
        if is_other {
            other.push(name);
        }
    };
    put("name", known.is_none_or(|known| known.name != row.name));
    let email = known.and_then(|known| known.email.as_ref());
    put("email", row.email.as_ref().is_some_and(|told| told.as_ref() != email));
    for (name, told, has) in [
        ("credentials", &row.credentials, &mut profile.credentials),
        ("areas", &row.areas, &mut profile.areas),
        ("languages", &row.languages, &mut profile.languages),
        ("payers", &row.payers, &mut profile.payers),
        ("visit_types", &row.visit_types, &mut profile.visit_types),
    ] {
        if let Some(told) = told {
            put(name, told != has);
            has.clone_from(told);
        }
    }
    if let Some(told) = row.night_owl {
        put("night_owl", told != profile.night_owl);
        profile.night_owl = told;
    }
    if let Some(told) = &row.booking_url {
        put("booking_url", *told != private.booking_url);
        private.booking_url.clone_from(told);
    }
    if let Some(told) = &row.note {
        put("note", *told != private.note);
        private.note.clone_from(told);
    }
    // What the file says of payers holds as of today, changed or not.
    if row.payers.is_some() {
        profile.payers_confirmed = today.filter(|_| !profile.payers.is_empty());
    }
    let before = known.map(|known| known.status);
    let status = row.status.or(before).unwrap_or(MemberStatus::Active);
    put("status", before != Some(status));
    Merged { row, status, private, profile, other }
}

/// Writes one member and what became of her; gives her id where she is barred from now on.
pub(crate) async fn put(
    tx: &mut WriteTx,
    act: &Act,
    known: Option<&Member>,
    merged: Merged,
) -> Result<Option<MemberId>> {
    let Merged { row, status, private, profile, other } = merged;
    if let Some(known) = known.filter(|_| other.is_empty()) {
        tx.set_member_profile(known.id, &profile).await?;
        return Ok(None);
    }
    let phone = tx.phone_for(act.chapter, &row.phone, act.now, &act.chance).await?;
    let email = row.email.unwrap_or_else(|| known.and_then(|known| known.email.clone()));
    let new = NewMember {
        id: MemberId::generate(act.now, &act.chance),
        chapter_id: act.chapter,
        phone_id: phone.id,
        name: row.name,
        email,
        private,
        status,
        profile,
        now: act.now,
    };
    let (member, _) = tx.put_member(&new).await?;
    let Some(known) = known else {
        let detail = json!({"member": member, "line": row.line, "status": status});
        act.record(tx, "member_added", detail).await?;
        return Ok(None);
    };
    let detail = json!({"member": member, "line": row.line, "fields": Value::from(other)});
    act.record(tx, "member_changed", detail).await?;
    let is_other = known.status != status;
    if is_other {
        standing::keep(tx, act, known, status, None).await?;
    }
    Ok((is_other && standing::bars(status)).then_some(member))
}
