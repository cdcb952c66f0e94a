//! A new key, beside the nodes that run.

use std::time::Duration;

use anyhow::{Context as _, Result};
use model::{Clock as _, seconds};

use crate::{clock::SystemClock, configuration::Configuration, install};

/// First every node comes to know the new key, then it seals, then what older ones sealed is sealed anew. How
/// far it has come stands in the key file, so that a rotation that was broken off goes on.
pub(super) async fn run(configuration: &Configuration, wait_seconds: u32) -> Result<()> {
    let file = &configuration.secrets.key_file;
    let store = install::store(configuration).await?;
    let ring = install::keys(file)?;
    let ring = if ring.seals_from().is_some() {
        println!("Going on with the rotation that was begun.");
        ring
    } else {
        let from = SystemClock.now().after(seconds(i64::from(wait_seconds)));
        let ring =
            ring.grown(&install::chance()?, from).context("there is no room for another key")?;
        install::keep_keys(file, &ring)?;
        println!("A new key stands in {}. Every node is to know it by {from}.", file.display());
        ring
    };
    if let Some(from) = ring.seals_from() {
        let wait = from.since(SystemClock.now()).unsigned_abs();
        if from > SystemClock.now() {
            tokio::time::sleep(wait + Duration::from_secs(1)).await;
        }
    }
    anyhow::ensure!(
        store.renew_keys(&ring, SystemClock.now()),
        "the key file was changed meanwhile: nothing was sealed anew"
    );
    let many = store.seal_anew().await?;
    // What a node sealed in the moments before it took up the new key.
    let more = store.seal_anew().await?;
    store.close().await;
    install::keep_keys(file, &ring.settled())?;
    println!(
        "{} values were sealed anew. Keep the file: numbers are looked up by its oldest key.",
        many + more
    );
    Ok(())
}
