//! Members' papers, and the facts beside them, as a CSV file: a row a paper or a fact.
//!
//! A fact has one of these as its type: `dues` (`expires`: paid through), `event` (`issued`), `practice`
//! (`issued`: its first day), `conflict` and `sliding_scale` (`attrs`: the conflict, or yes).

use eligibility::{EvidenceKind, EvidenceStatus, file::write};
use model::{ChapterId, EvidenceId, MemberId, Phone, Word as _};
use serde_json::{Map, Value, json};
use storage::{Member, ReadTx, Store, WriteTx};

use crate::{
    Act, Bad, Change, Error, Imported, Result, cells,
    evidence::{facts_of, keep_facts, stored},
    roll::paper_of,
    sheet::{self, Line},
};

const COLUMNS: [(&str, bool); 10] = [
    ("member", true),
    ("type", true),
    ("attrs", false),
    ("issued", false),
    ("expires", false),
    ("status", false),
    ("verifier", false),
    ("verified_on", false),
    ("lookup", false),
    ("rejected_because", false),
];

const FACTS: [&str; 5] = ["dues", "event", "practice", "conflict", "sliding_scale"];

/// A member as a file may name her.
struct Named {
    member: Member,
    phone: Option<Phone>,
}

impl Named {
    /// Whether a cell means her: by number, e-mail address, exact name or id.
    fn is(&self, cell: &str) -> bool {
        let same = |other: &str| other.eq_ignore_ascii_case(cell.trim());
        same(self.member.name.reveal())
            || same(&self.member.id.to_string())
            || self.member.email.as_ref().is_some_and(|email| same(email.reveal()))
            || (Phone::parse(cell).ok().is_some_and(|phone| self.phone.as_ref() == Some(&phone)))
    }
}

/// Brings papers and facts in from a CSV file: all of it, or nothing where anything is bad. A paper that
/// is there already, by its member, what it shows and its day of issue, is brought up to date. With
/// `dry_run` nothing is kept.
///
/// # Errors
/// Where the database failed; what is bad of the file is given beside what was done.
pub async fn import_evidence(
    store: &Store,
    act: &Act,
    bytes: &[u8],
    dry_run: bool,
) -> Result<(Imported, Vec<Bad>)> {
    let (lines, bad) = sheet::read(bytes, &COLUMNS);
    if !bad.is_empty() {
        return Ok((Imported::default(), bad));
    }
    let act = act.clone();
    sheet::all_or_nothing(store, dry_run, move |tx| {
        Box::pin(async move {
            let named = named(tx, act.chapter).await?;
            let (mut imported, mut bad) = (Imported::default(), Vec::new());
            for line in &lines {
                let whose: Vec<_> =
                    named.iter().filter(|one| one.is(line.cell("member"))).collect();
                let [whose] = whose[..] else {
                    let why = if whose.is_empty() {
                        "nobody of the roster has this number, e-mail address or name"
                    } else {
                        "several of the roster have this name: give the number"
                    };
                    bad.push(line.bad("member", why));
                    continue;
                };
                let done = if FACTS.contains(&line.cell("type")) {
                    fact(tx, &act, whose, line).await
                } else {
                    paper(tx, &act, whose, line).await
                };
                match done {
                    Ok(Ok(change)) => imported.changes.push((line.number, change)),
                    Ok(Err(cell)) => bad.push(cell),
                    Err(Error::Refused(refusal)) => {
                        bad.push(line.bad("(row)", refusal.to_string()));
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok((imported, bad))
        })
    })
    .await
}

async fn named(tx: &mut ReadTx, chapter: ChapterId) -> Result<Vec<Named>> {
    let mut named = Vec::new();
    for member in tx.roster(chapter).await? {
        let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
        named.push(Named { member, phone });
    }
    Ok(named)
}

async fn paper(
    tx: &mut WriteTx,
    act: &Act,
    whose: &Named,
    line: &Line,
) -> Result<Result<Change, Bad>> {
    if EvidenceKind::from_word(line.cell("type")).is_none() {
        let known: Vec<_> =
            EvidenceKind::ALL.iter().map(|kind| kind.as_str()).chain(FACTS).collect();
        return Ok(Err(line.bad("type", format!("one of {}", known.join(", ")))));
    }
    let attrs = match cells::read(line.cell("attrs")) {
        Ok(attrs) => listed(attrs),
        Err(why) => return Ok(Err(line.bad("attrs", format!("it {why}")))),
    };
    let status = line.told("status").unwrap_or(EvidenceStatus::Submitted.as_str());
    let Some(status) = EvidenceStatus::from_word(status) else {
        return Ok(Err(line.bad("status", "one of submitted, verified, rejected")));
    };
    match (status, line.told("verifier"), line.told("rejected_because")) {
        (EvidenceStatus::Verified, None, _) => {
            return Ok(Err(line.bad("verifier", "say who verified it")));
        }
        (EvidenceStatus::Verified, Some(verifier), _) if whose.is(verifier) => {
            return Ok(Err(line.bad("verifier", "nobody verifies her own papers")));
        }
        (EvidenceStatus::Rejected, _, None) => {
            return Ok(Err(line.bad("rejected_because", "say why")));
        }
        _ => {}
    }
    let mut content = json!({"type": line.cell("type"), "attrs": attrs, "status": status});
    for column in ["issued", "expires", "verifier", "verified_on", "lookup", "rejected_because"] {
        content[column] = json!(line.told(column));
    }
    let member = whose.member.id;
    let fresh = EvidenceId::generate(act.now, &act.chance);
    let wanted = match stored(act, member, fresh, &content) {
        Ok(wanted) => wanted,
        Err(Error::Refused(refusal)) => return Ok(Err(line.bad("attrs", refusal.to_string()))),
        Err(error) => return Err(error),
    };
    let new = paper_of(&wanted)?;
    for known in tx.evidence_of(member).await? {
        let old = paper_of(&known)?;
        if old.proof != new.proof || old.issued != new.issued {
            continue;
        }
        let mut content = wanted.content.clone();
        content["id"] = json!(known.id);
        if known.content == content {
            return Ok(Ok(Change::Unchanged));
        }
        tx.save_evidence(&storage::Evidence { id: known.id, content, ..wanted }).await?;
        return Ok(Ok(Change::Updated));
    }
    tx.add_evidence(&wanted).await?;
    let detail = json!({"member": member, "evidence": wanted.id, "kind": wanted.kind});
    act.record(tx, "evidence_imported", detail).await?;
    Ok(Ok(Change::Added))
}

/// The one attribute of evidence that is a list stands with `|` between in a cell.
fn listed(mut attrs: Value) -> Value {
    if let Some(insured) = attrs.get_mut("additional_insured").filter(|told| told.is_string()) {
        *insured = insured.as_str().unwrap_or_default().split('|').map(str::trim).collect();
    }
    attrs
}

async fn fact(
    tx: &mut WriteTx,
    act: &Act,
    whose: &Named,
    line: &Line,
) -> Result<Result<Change, Bad>> {
    let before = facts_of(tx, act, whose.member.id).await?;
    let mut facts = before.as_object().cloned().unwrap_or_else(Map::new);
    let mut needed = |column: &str, name: &str| match line.told(column) {
        Some(told) => {
            facts.insert(name.to_owned(), json!(told));
            Ok(())
        }
        None => Err(line.bad(column, "it must say something")),
    };
    let put = match line.cell("type") {
        "dues" => needed("expires", "membership_paid_through"),
        "practice" => needed("issued", "practice_start"),
        "event" => one_more(&mut facts, "events", line, "issued"),
        "conflict" => one_more(&mut facts, "conflicts", line, "attrs"),
        _ => match cells::truth(line.cell("attrs")) {
            Some(truth) => {
                facts.insert("sliding_scale".to_owned(), json!(truth));
                Ok(())
            }
            None => Err(line.bad("attrs", "yes or no")),
        },
    };
    if let Err(cell) = put {
        return Ok(Err(cell));
    }
    let after = keep_facts(tx, act, whose.member.id, &Value::Object(facts)).await?;
    let known = before.as_object().is_some_and(|before| !before.is_empty());
    Ok(Ok(match known {
        _ if before == after => Change::Unchanged,
        true => Change::Updated,
        false => Change::Added,
    }))
}

fn one_more(
    facts: &mut Map<String, Value>,
    name: &str,
    line: &Line,
    column: &str,
) -> Result<(), Bad> {
    let told = line.told(column).ok_or_else(|| line.bad(column, "it must say something"))?;
    let list = facts.entry(name).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut().filter(|list| !list.contains(&json!(told))) {
        list.push(json!(told));
    }
    Ok(())
}

/// Writes all papers and facts of a chapter's members as a CSV file that an import takes back. It holds
/// what is sealed in the database.
///
/// # Errors
/// What the database says.
pub async fn export_evidence(store: &Store, act: &Act) -> Result<String> {
    let chapter = act.chapter;
    let rows = store
        .read::<_, Error, _>(move |tx| Box::pin(async move { rows(tx, chapter).await }))
        .await?;
    Ok(sheet::write(COLUMNS.map(|(name, _)| name), rows))
}

async fn rows(tx: &mut ReadTx, chapter: ChapterId) -> Result<Vec<[String; 10]>> {
    let mut rows = Vec::new();
    let named = named(tx, chapter).await?;
    let called = |id: MemberId| {
        let one = named.iter().find(|one| one.member.id == id)?;
        Some(one.phone.as_ref().map_or_else(|| id.to_string(), |phone| phone.e164().to_owned()))
    };
    for evidence in tx.evidence_of_chapter(chapter).await? {
        let Some(member) = called(evidence.member_id) else { continue };
        let paper = write::evidence(&paper_of(&evidence)?);
        let text = |name: &str| paper[name].as_str().unwrap_or_default().to_owned();
        let attrs = paper.get("attrs").map(cells::write).unwrap_or_default();
        rows.push([
            member,
            text("type"),
            attrs,
            text("issued"),
            text("expires"),
            text("status"),
            text("verifier"),
            text("verified_on"),
            text("lookup"),
            text("rejected_because"),
        ]);
    }
    for facts in tx.member_facts(chapter).await? {
        let Some(member) = called(facts.member_id) else { continue };
        let row = |kind: &str, attrs: &str, issued: &str, expires: &str| {
            let mut row: [String; 10] = std::array::from_fn(|_| String::new());
            for (cell, text) in row.iter_mut().zip([&member, kind, attrs, issued, expires]) {
                text.clone_into(cell);
            }
            row
        };
        let content = &facts.content;
        let texts = |name: &str| {
            let list = content[name].as_array().into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        rows.extend(texts("events").iter().map(|day| row("event", "", day, "")));
        rows.extend(texts("conflicts").iter().map(|what| row("conflict", what, "", "")));
        if let Some(day) = content["membership_paid_through"].as_str() {
            rows.push(row("dues", "", "", day));
        }
        if let Some(day) = content["practice_start"].as_str() {
            rows.push(row("practice", "", day, ""));
        }
        if content["sliding_scale"] == json!(true) {
            rows.push(row("sliding_scale", "yes", "", ""));
        }
    }
    Ok(rows)
}
