//! Backups: taken beside a running service, restored where none runs.

use std::{
    fs::File,
    io::{BufWriter, ErrorKind},
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use model::Clock as _;
use serde_json::json;
use storage::{Backup, Restoring};

use crate::{clock::SystemClock, configuration::Configuration, install};

pub(super) async fn take(configuration: &Configuration, file: &Path, as_json: bool) -> Result<()> {
    let store = install::store(configuration).await?;
    let out = match install::private_file(file) {
        Ok(out) => out,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists already and is not overwritten: name another file", file.display())
        }
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be written", file.display()));
        }
    };
    let synced = out.try_clone().context("the file cannot be written")?;
    let taken =
        store.back_up(BufWriter::new(out), env!("CARGO_PKG_VERSION"), SystemClock.now()).await;
    store.close().await;
    let taken = taken.map_err(anyhow::Error::from).and_then(|taken| {
        synced.sync_all().context("the file cannot be written")?;
        Ok(taken)
    });
    let taken = match taken {
        Ok(taken) => taken,
        Err(error) => {
            // Half a backup is worse than none: somebody might rely on it.
            let _ = std::fs::remove_file(file);
            return Err(error).with_context(|| format!("no backup was made in {}", file.display()));
        }
    };
    if as_json {
        let told = json!({
            "file": file, "taken_at": taken.taken_at, "schema": taken.schema, "bytes": taken.bytes, "rows": taken.rows,
        });
        println!("{told}");
    } else {
        println!(
            "A backup of {} rows stands in {} ({} bytes). It holds no key: keep the key file apart from it.",
            taken.rows.values().sum::<u64>(),
            file.display(),
            taken.bytes
        );
    }
    Ok(())
}

pub(super) async fn restore(
    configuration: &Configuration,
    file: &Path,
    replace: bool,
    as_json: bool,
) -> Result<()> {
    let named = || format!("{} was not restored", file.display());
    let backup = File::open(file).with_context(named)?;
    // Before the database is touched, or made.
    let keys = install::keys(&configuration.secrets.key_file)?;
    let backup = Backup::check(backup, &keys, install::chance()?).with_context(named)?;
    let store = install::store(configuration).await?;
    let now = SystemClock.now();
    let ask_at = now.after(configuration.sending().lost_after);
    let restored = store.restore(backup, Restoring { replace, now, ask_at }).await;
    store.close().await;
    let restored = restored.with_context(named)?;
    let rows = restored.rows.values().sum::<u64>();
    if as_json {
        let told = json!({
            "taken_at": restored.taken_at, "rows": restored.rows, "to_ask": restored.to_ask, "given_up": restored.given_up,
        });
        println!("{told}");
        return Ok(());
    }
    println!("Restored {rows} rows as they were at {}.", restored.taken_at);
    println!(
        "  {} texts were on their way: their carriers are asked about them before anything is sent again.",
        restored.to_ask
    );
    if restored.given_up > 0 {
        println!(
            "  {} e-mails were on their way: nobody can be asked about them (latchline outbox list --state failed).",
            restored.given_up
        );
    }
    println!("  Everybody is signed out: latchline admin add prints a fresh link.");
    println!(
        "Start latchline serve: it looks for what came in since, and pages the admins to look too."
    );
    Ok(())
}
