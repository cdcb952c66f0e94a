//! What another process asks of the carrier: its log, and how it shall misbehave.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post, put},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Accepted, Carrier, Chances, Fault, Received, calls};

pub(super) fn router() -> Router<Arc<Carrier>> {
    Router::new()
        .route("/misbehaving/accepted", get(accepted))
        .route("/misbehaving/received", get(received))
        .route("/misbehaving/chances", put(chances))
        .route("/misbehaving/script", post(script))
        .route("/misbehaving/numbers", post(number))
        .route("/misbehaving/texts", post(text))
}

async fn accepted(State(carrier): State<Arc<Carrier>>) -> Json<Vec<Accepted>> {
    Json(carrier.state().log.accepted())
}

async fn received(State(carrier): State<Arc<Carrier>>) -> Json<Vec<Received>> {
    Json(carrier.state().log.received())
}

async fn chances(State(carrier): State<Arc<Carrier>>, Json(chances): Json<Chances>) -> StatusCode {
    carrier.state().chances = chances;
    StatusCode::NO_CONTENT
}

async fn script(State(carrier): State<Arc<Carrier>>, Json(faults): Json<Vec<Fault>>) -> StatusCode {
    carrier.state().sends.extend(faults);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Number {
    number: String,
    fault: Fault,
}

async fn number(State(carrier): State<Arc<Carrier>>, Json(asked): Json<Number>) -> StatusCode {
    carrier.state().numbers.insert(asked.number, asked.fault);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Text {
    url: String,
    from: String,
    to: String,
    body: String,
}

async fn text(State(carrier): State<Arc<Carrier>>, Json(asked): Json<Text>) -> Json<Value> {
    let told = calls::text(&carrier, &asked.url, &asked.from, &asked.to, &asked.body).await;
    Json(json!({"sid": told.sid, "statuses": told.statuses, "answer": told.answer}))
}
