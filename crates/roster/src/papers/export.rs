//! Papers, and the facts beside them, as a file that an import takes back.

use std::collections::HashMap;

use eligibility::file::write;
use model::{ChapterId, MemberId};
use serde_json::{Value, json};
use storage::{ReadTx, Store};

use super::COLUMNS;
use crate::{Act, Error, Result, cells, roll::paper_of, sheet};

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
    let mut called = HashMap::new();
    for member in tx.roster(chapter).await? {
        let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
        let told = phone.map_or_else(|| member.id.to_string(), |phone| phone.e164().to_owned());
        called.insert(member.id, told);
    }
    let called = |id: MemberId| called.get(&id).cloned();
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
