//! The service.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use carriers::{simulated::Simulated, webhook::Poster};
use dispatch::Dispatch;
use model::Clock as _;
use storage::{Store, hash_secret};
use tokio_util::sync::CancellationToken;

use super::check::Inventory;
use crate::{
    clock::SystemClock, configuration::Configuration, demo::pump, http, install, telemetry,
};

/// The key file is looked at so often.
const LOOK_FOR_KEYS: Duration = Duration::from_secs(5);
/// What is in hand when the service stops has so long to be finished; then it is left leasable.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn run(configuration: &Configuration) -> Result<()> {
    telemetry::log(&configuration.log)?;
    // The vocabularies are loaded beside the opening of the database, and whoever reads waits for
    // them: a text is taken in without being read.
    drop(tokio::task::spawn_blocking(|| reading::Reader::new().load()));
    let store = install::store(configuration).await?;
    let _service = store.begin_service().await?;
    let (dispatch, simulated) = install::dispatch(configuration, store.clone())?;
    install::push(configuration, &dispatch).await?;
    let listener = http::bind(configuration.server.listen).await?;
    let metrics = match configuration.server.metrics_listen.as_str() {
        "off" | "" => None,
        address => {
            let address =
                address.parse().context("server.metrics_listen is an address or \"off\"")?;
            Some((http::bind(address).await?, telemetry::metrics()?))
        }
    };
    let inventory = Inventory::take(&store).await?;
    say(configuration, &inventory);

    let shutdown = CancellationToken::new();
    let mut workers = begin(&dispatch, &simulated, &shutdown);
    workers.push(tokio::spawn(watch_keys(
        store.clone(),
        configuration.secrets.key_file.clone(),
        shutdown.clone(),
    )));
    let poster = Poster::new(configuration.server.reach())?;
    workers.push({
        let (dispatch, shutdown) = (dispatch.clone(), shutdown.clone());
        tokio::spawn(async move { dispatch.run_webhooks(Arc::new(poster), shutdown).await })
    });
    if let Some((listener, counted)) = metrics {
        let watched = http::serve_metrics(listener, counted, dispatch.clone(), shutdown.clone());
        tokio::spawn(watched);
    }
    tokio::spawn(stop_on_signal(shutdown.clone()));
    let requests_per_minute = configuration.server.api_requests_per_minute;
    let reach = configuration.server.reach();
    let console = http::console(&dispatch, &shutdown);
    let app = http::app(&dispatch, admin::Options { requests_per_minute, reach, ..console });
    let served =
        axum::serve(listener, app).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    // Pages that listen for news would keep the service from stopping for ever.
    let served = tokio::select! {
        served = served.into_future() => served,
        () = patience(&shutdown) => Ok(()),
    };
    shutdown.cancel();
    let finished = async {
        futures_util::future::join_all(workers).await;
        store.close().await;
    };
    let _ = tokio::time::timeout(PATIENCE, finished).await;
    served.context("HTTP is no longer served")
}

/// Starts everything that works in the background.
pub(crate) fn begin(
    dispatch: &Dispatch,
    simulated: &Simulated,
    shutdown: &CancellationToken,
) -> Vec<tokio::task::JoinHandle<()>> {
    let tasks = {
        let (dispatch, shutdown) = (dispatch.clone(), shutdown.clone());
        tokio::spawn(async move {
            if let Err(error) = dispatch.plan_for_lines().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the lines' tasks could not be planned"
                );
            }
            if let Err(error) = dispatch.plan_for_chapters().await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the chapters' reminders could not be planned"
                );
            }
            dispatch.run_tasks(shutdown).await;
        })
    };
    let sender = {
        let (dispatch, shutdown) = (dispatch.clone(), shutdown.clone());
        tokio::spawn(async move { dispatch.run_sender(shutdown).await })
    };
    let webhooks = tokio::spawn(pump::run(dispatch.clone(), simulated.clone(), shutdown.clone()));
    vec![tasks, sender, webhooks]
}

fn say(configuration: &Configuration, inventory: &Inventory) {
    println!("Latchline {} is at work.", env!("CARGO_PKG_VERSION"));
    println!("  listens on      http://{}", configuration.server.listen);
    println!("  public address  {}", configuration.server.public_url);
    for line in inventory.lines() {
        println!("{line}");
    }
    for problem in inventory.problems(configuration) {
        println!("  ! {problem}");
    }
}

/// Takes up a key that was added to the file, and lets it seal once its time has come.
async fn watch_keys(store: Store, file: PathBuf, shutdown: CancellationToken) {
    let mut known = None;
    while !shutdown.is_cancelled() {
        match install::keys(&file) {
            Ok(ring) => {
                let text = hash_secret(&ring.to_text());
                let is_new = known.replace(text.clone()).is_some_and(|before| before != text);
                if !store.renew_keys(&ring, SystemClock.now()) && is_new {
                    tracing::error!(
                        "the key file holds other keys than before: they are not taken up"
                    );
                } else if is_new {
                    tracing::info!("the key file has changed and was taken up");
                }
            }
            // What is known goes on.
            Err(error) => tracing::error!(error = format!("{error:#}"), "the key file is not read"),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(LOOK_FOR_KEYS) => {}
        }
    }
}

async fn patience(shutdown: &CancellationToken) {
    shutdown.cancelled().await;
    tokio::time::sleep(Duration::from_secs(5)).await;
}

/// Stops the service on SIGTERM or SIGINT.
pub(crate) async fn stop_on_signal(shutdown: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
        () = shutdown.cancelled() => {}
    }
    shutdown.cancel();
}
