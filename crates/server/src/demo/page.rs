//! The page of phones, over HTTP.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration};

use anyhow::Result;
use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, Request, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use carriers::simulated::Faults;
use futures_util::StreamExt as _;
use model::Phone;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{RwLock, RwLockReadGuard};
use tokio_stream::wrappers::WatchStream;
use tower_http::set_header::SetResponseHeaderLayer;

use super::{
    play::Play,
    state::{self, Standing},
};

/// Longer texts are not taken: no carrier delivers more.
const LONGEST_TEXT: usize = 1600;

/// The play that is on; a restart puts another in its place.
///
/// Whoever answers a request holds the play until it is answered, and a restart waits for them: no
/// request finds its database gone.
pub(super) struct Stage {
    public_url: String,
    database: Option<String>,
    play: RwLock<Play>,
}

impl Stage {
    pub(super) async fn new(public_url: String, database: Option<String>) -> Result<Self> {
        let play = RwLock::new(Play::begin(public_url.clone(), database.as_deref()).await?);
        Ok(Self { public_url, database, play })
    }

    async fn play(&self) -> RwLockReadGuard<'_, Play> {
        self.play.read().await
    }

    /// Begins another play and signs the visitor in to it: the cookie that says so.
    async fn restart(&self) -> Result<HeaderValue> {
        let fresh = Play::begin(self.public_url.clone(), self.database.as_deref()).await?;
        let cookie = fresh.cookie.clone();
        let before = std::mem::replace(&mut *self.play.write().await, fresh);
        // Pages that listened to the play before are told to look again.
        before.touch();
        before.end().await;
        Ok(cookie)
    }

    pub(super) async fn close(&self) {
        self.play().await.end().await;
    }
}

pub(super) fn router(stage: Arc<Stage>) -> Router {
    let policy = HeaderValue::from_static(
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    Router::new()
        .route("/demo", get(page))
        .route("/demo/assets/{name}", get(asset))
        .route("/demo/state", get(snapshot))
        .route("/demo/events", get(events))
        .route("/demo/text", post(text))
        .route("/demo/jump", post(jump))
        .route("/demo/carrier", post(carrier))
        .route("/demo/number", post(standing))
        .route("/demo/restart", post(restart))
        .layer(SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy))
        .fallback(console)
        .with_state(stage)
}

/// What went wrong, for the page: a title and a sentence.
struct Problem(StatusCode, &'static str, &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body =
            json!({"status": self.0.as_u16(), "title": self.1, "detail": self.2}).to_string();
        (self.0, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = %format!("{error:#}"), "the demo could not");
        Self(
            StatusCode::INTERNAL_SERVER_ERROR,
            "That did not work",
            "Nothing was lost. Try again, or restart the play.",
        )
    }
}

async fn page(State(stage): State<Arc<Stage>>) -> Response {
    let cookie = stage.play().await.cookie.clone();
    let html = include_str!("../../assets/demo/demo.html");
    let headers = [
        (header::SET_COOKIE, cookie),
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, html).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    let script = "text/javascript; charset=utf-8";
    let (content_type, text) = match name.as_str() {
        "demo.css" => ("text/css; charset=utf-8", include_str!("../../assets/demo/demo.css")),
        "demo.js" => (script, include_str!("../../assets/demo/demo.js")),
        "drawing.js" => (script, include_str!("../../assets/demo/drawing.js")),
        "guide.js" => (script, include_str!("../../assets/demo/guide.js")),
        "phones.js" => (script, include_str!("../../assets/demo/phones.js")),
        "server.js" => (script, include_str!("../../assets/demo/server.js")),
        "story.js" => (script, include_str!("../../assets/demo/story.js")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-cache")], text)
        .into_response()
}

async fn snapshot(State(stage): State<Arc<Stage>>) -> Result<Response, Problem> {
    let state = state::snapshot(&*stage.play().await).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(state)).into_response())
}

async fn events(State(stage): State<Arc<Stage>>) -> impl IntoResponse {
    let changes = WatchStream::new(stage.play().await.changes());
    let events = changes.map(|version| {
        Ok::<_, Infallible>(
            Event::default().event("changed").data(json!({"version": version}).to_string()),
        )
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

#[derive(Deserialize)]
struct TextSent {
    phone: String,
    text: String,
}

async fn text(
    State(stage): State<Arc<Stage>>,
    Json(sent): Json<TextSent>,
) -> Result<StatusCode, Problem> {
    let phone = known(&sent.phone)?;
    if sent.text.trim().is_empty() || sent.text.chars().count() > LONGEST_TEXT {
        return Err(Problem(
            StatusCode::BAD_REQUEST,
            "Not sent",
            "A text has 1 to 1,600 characters.",
        ));
    }
    stage.play().await.text(&phone, &sent.text);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Jump {
    id: String,
}

async fn jump(
    State(stage): State<Arc<Stage>>,
    Json(jump): Json<Jump>,
) -> Result<StatusCode, Problem> {
    let play = stage.play().await;
    play.let_texts_arrive().await;
    let Some(target) = state::target(&play, &jump.id).await? else {
        return Err(Problem(
            StatusCode::CONFLICT,
            "Nothing to wait for",
            "That moment has passed already.",
        ));
    };
    play.jump_to(target).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn carrier(
    State(stage): State<Arc<Stage>>,
    Json(sent): Json<HashMap<String, f64>>,
) -> StatusCode {
    let play = stage.play().await;
    let before = play.simulated.faults();
    let chance = state::chances(&sent);
    let latency = sent.get("latency_ms").copied().filter(|ms| (0.0..=10_000.0).contains(ms));
    play.simulated.set_faults(Faults {
        latency: latency.map_or(before.latency, |ms| Duration::from_secs_f64(ms / 1000.0)),
        loss: chance("loss", before.loss),
        duplicates: chance("duplicates", before.duplicates),
        reordering: chance("reordering", before.reordering),
        busy: chance("busy", before.busy),
        ..before.clone()
    });
    play.touch();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct NumberSent {
    phone: String,
    standing: Standing,
}

async fn standing(
    State(stage): State<Arc<Stage>>,
    Json(sent): Json<NumberSent>,
) -> Result<StatusCode, Problem> {
    let phone = known(&sent.phone)?;
    let play = stage.play().await;
    let mut faults = play.simulated.faults();
    sent.standing.make(phone, &mut faults);
    play.simulated.set_faults(faults);
    play.touch();
    Ok(StatusCode::NO_CONTENT)
}

/// The number of one of the page's phones.
fn known(id: &str) -> Result<Phone, Problem> {
    state::number(id).ok_or(Problem(
        StatusCode::NOT_FOUND,
        "No such phone",
        "The page is out of date: load it again.",
    ))
}

async fn restart(State(stage): State<Arc<Stage>>) -> Result<Response, Problem> {
    let cookie = stage.restart().await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Everything else is the console of the play that is on. Whoever comes without a session is signed
/// in as the sample chapter's owner.
async fn console(State(stage): State<Arc<Stage>>, mut request: Request<Body>) -> Response {
    use tower_service::Service as _;
    let play = stage.play().await;
    let signed_in = request.headers().contains_key(header::COOKIE);
    if !signed_in
        && let Some(pair) = play.cookie.to_str().ok().and_then(|cookie| cookie.split(';').next())
        && let Ok(pair) = HeaderValue::from_str(pair)
    {
        request.headers_mut().insert(header::COOKIE, pair);
    }
    let mut response = match play.console.clone().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if !signed_in {
        response.headers_mut().append(header::SET_COOKIE, play.cookie.clone());
    }
    response
}
