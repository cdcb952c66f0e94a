//! `/corrections`: what the chapter's people put right of what was read, as cases, a line each. The
//! words are without names, numbers, addresses and dates of birth.

use axum::extract::State;

use super::{
    Problem,
    address::{Asked, Whole},
    answer::Lines,
    bearer::Moderator,
};
use crate::{Desk, console::json_lines};

pub(super) async fn list(
    State(desk): State<Desk>,
    Moderator(by): Moderator,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Lines, Problem> {
    Ok(Lines(json_lines(&desk.dispatch().corrections(by.act.chapter).await?)))
}
