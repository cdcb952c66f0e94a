use std::path::Path;

use anyhow::{Context as _, Result, bail};
use model::Clock as _;
use roster::{Act, Bad, Change, Imported, Person};
use serde_json::json;

use crate::{clock::SystemClock, configuration::Configuration, install};

pub(super) async fn import(
    configuration: &Configuration,
    slug: &str,
    file: &Path,
    dry_run: bool,
    skip_bad: bool,
    as_json: bool,
) -> Result<()> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (rows, bad) = roster::parse(&bytes);
    for cell in &bad {
        eprintln!("{cell}");
    }
    // A header that is wrong leaves no row to go by.
    let header_is_bad = bad.iter().any(|cell| cell.line <= 1);
    if !bad.is_empty() && (!skip_bad || header_is_bad) {
        bail!(
            "{} cells are bad and nothing was imported; mend them, or import the good rows with --skip-bad",
            bad.len()
        );
    }
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?.id;
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let act = Act { chapter, by: Person::Service, now, chance };
    let imported = roster::import(&store, &act, rows, dry_run).await?;
    store.close().await;
    tell(&imported, &bad, dry_run, as_json);
    Ok(())
}

/// Says what an import did, or would do.
pub(super) fn tell(imported: &Imported, bad: &[Bad], dry_run: bool, as_json: bool) {
    for line in &imported.left {
        eprintln!("left alone: {line}");
    }
    let count = |of| imported.count(of);
    let (added, updated, unchanged) =
        (count(Change::Added), count(Change::Updated), count(Change::Unchanged));
    if as_json {
        let named = |cells: &[Bad]| {
            let named = cells.iter();
            named
                .map(|bad| json!({"line": bad.line, "column": bad.column, "why": bad.why}))
                .collect::<Vec<_>>()
        };
        let result = json!({
            "dry_run": dry_run, "added": added, "updated": updated, "unchanged": unchanged,
            "left_alone": named(&imported.left), "bad": named(bad),
        });
        println!("{result}");
    } else {
        let would = if dry_run { "Would be" } else { "Were" };
        println!("{would} added: {added}, brought up to date: {updated}, unchanged: {unchanged}.");
    }
}

pub(super) async fn export(configuration: &Configuration, slug: &str) -> Result<()> {
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let file = roster::export(&store, chapter.id).await?;
    store.close().await;
    print!("{file}");
    Ok(())
}
