//! The demo: a sample chapter in a throw-away database, a simulated carrier, and a page of clickable
//! phones, so that anyone can play a whole referral in a minute.

mod lists;
mod page;
mod play;
pub(crate) mod pump;
mod sample;
mod state;

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context as _, Result};
use tokio_util::sync::CancellationToken;

use crate::{commands::stop_on_signal, configuration::Configuration, http, telemetry};

/// Serves the demo until it is stopped, in the PostgreSQL database of an address or in a file.
pub(crate) async fn run(listen: SocketAddr, database: Option<String>) -> Result<()> {
    let mut configuration = Configuration::built_in()?;
    configuration.log.filter = "warn".to_owned();
    telemetry::log(&configuration.log)?;
    let listener = http::bind(listen).await?;
    let address = listener.local_addr().context("the listener has no address")?;
    let stage = Arc::new(page::Stage::new(format!("http://{address}"), database).await?);
    println!("Play a referral in the browser:");
    println!();
    println!("    http://{address}/demo");
    println!();
    println!("No text leaves this machine. Stop it with Ctrl-C; nothing is kept.");
    let shutdown = CancellationToken::new();
    tokio::spawn(stop_on_signal(shutdown.clone()));
    let served = axum::serve(listener, page::router(stage.clone()))
        .with_graceful_shutdown(shutdown.clone().cancelled_owned());
    tokio::select! {
        served = served.into_future() => served.context("HTTP is no longer served")?,
        // Open pages listen for news and would keep it from stopping.
        () = shutdown.cancelled() => {}
    }
    stage.close().await;
    Ok(())
}
