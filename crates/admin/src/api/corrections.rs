//! `/corrections`: what the chapter's people put right of what was read, as cases, a line each. The
//! words are without names, numbers, addresses and dates of birth.

use axum::{extract::State, response::Response};

use super::{Problem, bearer::Bearer};
use crate::{Desk, console::json_lines};

pub(crate) async fn list(State(desk): State<Desk>, bearer: Bearer) -> Result<Response, Problem> {
    let Bearer(token) = bearer.may_act()?;
    Ok(json_lines(&desk.dispatch().corrections(token.chapter_id).await?))
}
