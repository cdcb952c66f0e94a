//! The HTTP faces of the service, put together.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use dispatch::Dispatch;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;

use crate::telemetry;

/// How the console is served: its open pages end when the service does.
pub(crate) fn console(dispatch: &Dispatch, closing: &CancellationToken) -> admin::Options {
    let secure = dispatch.public_url().starts_with("https://");
    admin::Options { secure, closing: closing.clone(), ..admin::Options::default() }
}

/// Everything the public listener serves.
pub(crate) fn app(dispatch: &Dispatch, options: admin::Options) -> Router {
    let health = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(dispatch.clone());
    let desk = Arc::new(OnceLock::new());
    let at_desk = dispatch.clone();
    intake::router(dispatch.clone())
        .merge(health)
        .merge(pages::router(dispatch.clone()))
        // The console, the API, and whatever is nowhere. Their hundreds of routes are put together when
        // somebody first comes to them: a service at rest holds none of it in memory.
        .fallback(move |request: Request| {
            let desk = desk.get_or_init(|| admin::router(at_desk.clone(), options.clone()));
            desk.clone().oneshot(request)
        })
        .layer(CatchPanicLayer::new())
}

/// Ready means that the database answers and takes what is to be kept: a full disk can still be read.
async fn ready(State(dispatch): State<Dispatch>) -> impl IntoResponse {
    let answered = dispatch
        .store()
        .write::<_, storage::Error, _>(|tx| Box::pin(async move { tx.probe().await }))
        .await;
    match answered {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database takes nothing"),
    }
}

/// Binds an address, or says what to do about it.
pub(crate) async fn bind(listen: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(listen)
        .await
        .with_context(|| format!("{listen} cannot be listened on (is another program there?)"))
}

/// Serves `/metrics` on a listener of its own until the service stops.
pub(crate) async fn serve_metrics(
    listener: TcpListener,
    handle: PrometheusHandle,
    dispatch: Dispatch,
    shutdown: CancellationToken,
) {
    let (upkeep, stop) = (handle.clone(), shutdown.clone());
    tokio::spawn(async move {
        // Without it, histograms grow for ever.
        while tokio::time::timeout(std::time::Duration::from_secs(5), stop.cancelled())
            .await
            .is_err()
        {
            upkeep.run_upkeep();
        }
    });
    let render = move || {
        let (handle, dispatch) = (handle.clone(), dispatch.clone());
        async move {
            telemetry::gauge_outbox(&dispatch).await;
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render())
        }
    };
    let app = Router::new().route("/metrics", get(render));
    let served =
        axum::serve(listener, app).with_graceful_shutdown(shutdown.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(error = &error as &dyn std::error::Error, "metrics are no longer served");
    }
}
