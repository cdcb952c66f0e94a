//! A bare local carrier: takes every text, after a latency, and remembers when.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Result;
use axum::{
    Router,
    extract::{Form, State},
    http::StatusCode,
    routing::{get, post},
};

/// A text that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) at: Instant,
    pub(crate) to: String,
    pub(crate) body: String,
}

#[derive(Default)]
struct Log {
    texts: Mutex<Vec<Taken>>,
    count: AtomicU64,
    latency_micros: AtomicU64,
}

/// The carrier; dropping it leaves it running until the measurement ends.
#[derive(Clone)]
pub(crate) struct Carrier {
    pub(crate) address: SocketAddr,
    log: Arc<Log>,
}

impl Carrier {
    pub(crate) async fn start(latency: Duration) -> Result<Self> {
        let log = Arc::new(Log::default());
        log.latency_micros.store(u64::try_from(latency.as_micros())?, Ordering::Relaxed);
        let app = Router::new()
            .route("/2010-04-01/Accounts/{sid}/Messages.json", post(take).merge(get(list)))
            .with_state(log.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { address, log })
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn texts(&self) -> Vec<Taken> {
        self.log.texts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn clear(&self) {
        self.log.texts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn set_latency(&self, latency: Duration) {
        self.log
            .latency_micros
            .store(u64::try_from(latency.as_micros()).unwrap_or(0), Ordering::Relaxed);
    }
}

async fn list() -> &'static str {
    r#"{"messages":[],"next_page_uri":null}"#
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
async fn take(
    State(log): State<Arc<Log>>,
    Form(fields): Form<Vec<(String, String)>>,
) -> (StatusCode, [(&'static str, &'static str); 1], String) {
    let at = Instant::now();
    let latency = Duration::from_micros(log.latency_micros.load(Ordering::Relaxed));
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let number = log.count.fetch_add(1, Ordering::Relaxed);
    let taken = Taken { at, to: field("To"), body: field("Body") };
    log.texts.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
    let body = format!(
        r#"{{"sid":"SM{number:032x}","status":"queued","num_segments":"1","error_code":null}}"#
    );
    (StatusCode::CREATED, [("content-type", "application/json")], body)
}
