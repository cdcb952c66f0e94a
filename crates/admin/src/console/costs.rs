//! What texts take on their way, and what they cost.

use axum::{extract::State, response::IntoResponse as _, response::Response};
use dispatch::view::{Length, View, length};
use serde::Deserialize;

use super::{
    fault::Fault,
    signed::{Filled, Moderator},
};
use crate::{Desk, session::Session};

/// What an answer takes that somebody writes.
#[derive(Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    text: String,
}

/// Says what an answer takes as it stands, while it is written. It is kept nowhere.
pub(super) async fn of_answer(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Filled(written): Filled<Written>,
) -> Result<Response, Fault> {
    let price = price(&desk, &session).await?;
    Ok(of_words(written.text.trim(), price).unwrap_or_default().into_response())
}

/// What a chapter pays for a segment, in hundredths of a cent.
pub(super) async fn price(desk: &Desk, session: &Session) -> Result<u32, Fault> {
    Ok(desk.dispatch().chapter(session.chapter.id).await?.settings.segment_price)
}

/// What words take; nothing where there are none.
pub(super) fn of_words(words: &str, price: u32) -> Option<String> {
    (!words.is_empty()).then(|| takes(length(words), price))
}

/// What it takes to ask so many.
pub(super) fn of_asking(view: &View, many: usize, price: u32) -> Option<String> {
    let many = u64::try_from(many).unwrap_or(u64::MAX);
    let segments = u64::from(length(view.offer.reveal()).segments);
    let texts = if many == 1 { "text" } else { "texts" };
    let all = many.saturating_mul(segments).saturating_mul(u64::from(price));
    let cost = if price == 0 { String::new() } else { format!(", about {}", about(all)) };
    (many > 0).then(|| format!("{many} {texts}{cost}"))
}

/// Hundredths of a cent as money, to the cent.
fn about(price: u64) -> String {
    match price {
        0..150 => "1 cent".to_owned(),
        150..9_950 => format!("{} cents", (price + 50) / 100),
        _ => cost(price),
    }
}

/// How long a text is and what it costs, in words.
pub(super) fn takes(length: Length, price: u32) -> String {
    let segments = match length.segments {
        1 => "1 segment".to_owned(),
        many => format!("{many} segments"),
    };
    let letters = if length.units == 1 { "letter" } else { "letters" };
    let wide = if length.is_wide { " of a wide alphabet" } else { "" };
    let cost = cost(u64::from(length.segments) * u64::from(price));
    format!("{} {letters}{wide}, {segments}, {cost}", length.units)
}

/// Hundredths of a cent as money.
fn cost(price: u64) -> String {
    match price {
        0..10_000 => format!("{}.{} cents", price / 100, price % 100 / 10),
        _ => format!("${}.{:02}", price / 10_000, price % 10_000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, about, cost, takes};

    #[test]
    fn a_text_is_told_by_its_length_and_its_cost() {
        let length = Length { units: 300, segments: 2, is_wide: false };
        assert_eq!(takes(length, 118), "300 letters, 2 segments, 2.3 cents");
        let wide = Length { units: 68, segments: 2, is_wide: true };
        assert_eq!(takes(wide, 50), "68 letters of a wide alphabet, 2 segments, 1.0 cents");
        assert_eq!(cost(12_345), "$1.23");
        assert_eq!(
            (about(3_658), about(98), about(12_345)),
            ("37 cents".into(), "1 cent".into(), "$1.23".into())
        );
    }
}
