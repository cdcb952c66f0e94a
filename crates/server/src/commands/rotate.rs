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
    let before = install::keys(file)?;
    let ring = if before.seals_from().is_some() {
        println!("Going on with the rotation that was begun.");
        before.clone()
    } else {
        let from = SystemClock.now().after(seconds(i64::from(wait_seconds)));
        let ring =
            before.grown(&install::chance()?, from).context("there is no room for another key")?;
        install::keep_keys(file, &ring)?;
        ring
    };
    // The file first: a key that is the database's and stands nowhere would be the end of both.
    if let Err(error) = store.take_key(&ring, SystemClock.now()).await {
        install::keep_keys(file, &before)?;
        return Err(error).context("a rotation was begun elsewhere: copy the key file from there");
    }
    if let Some(from) = ring.seals_from() {
        println!("A new key stands in {}. Every node is to know it by {from}.", file.display());
    }
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
    anyhow::ensure!(
        *install::keys(file)?.to_text() == *ring.to_text(),
        "the key file was changed meanwhile and is left as it is; what is stored was sealed anew"
    );
    install::keep_keys(file, &ring.settled())?;
    println!(
        "{} values were sealed anew. Keep the file: numbers are looked up by its oldest key.",
        many + more
    );
    Ok(())
}
