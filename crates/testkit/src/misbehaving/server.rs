//! The HTTP server: one that can also hang up, which a framework does not let its handlers do.

use std::io;

use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Response},
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpListener, task::JoinSet};
use tower::ServiceExt as _;

/// Marks an answer that is never given: the connection is closed instead.
#[derive(Clone, Copy)]
struct HangUp;

/// Hangs up.
pub(super) fn hang_up() -> Response {
    (axum::Extension(HangUp), ()).into_response()
}

/// Serves until it is aborted, and then closes every connection.
pub(super) async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors: the connections at hand will give some back.
            connections.join_next().await;
            continue;
        };
        // Small answers should not wait for each other.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        connections.spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let router = router.clone();
                async move {
                    let Ok(response) = router.oneshot(request.map(Body::new)).await;
                    match response.extensions().get::<HangUp>() {
                        Some(HangUp) => Err(io::Error::other("hung up as asked")),
                        None => Ok(response),
                    }
                }
            });
            // An error is a connection that somebody closed, and that is what this is for.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
        while connections.try_join_next().is_some() {}
    }
}
