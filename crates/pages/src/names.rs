//! `/f/TOKEN`: a family's names, each with her photo if she gave one, and as a card that its phone can keep.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse as _, Response},
};
use dispatch::{
    Dispatch,
    texts::{Sheet, SheetCard},
};

use crate::{Secret, fault::Fault, portrait};

#[derive(Template)]
#[template(path = "names.html")]
struct Page {
    secret: String,
    sheet: Sheet,
}

/// Shows the names as they stand.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
) -> Result<Response, Fault> {
    let Some(sheet) = dispatch.names_page(&secret).await? else { return Err(Fault::unknown()) };
    Ok(Html(Page { secret, sheet }.render()?).into_response())
}

/// One consultant as a vCard, `/f/TOKEN/1.vcf`, or her photo by her id, `/f/TOKEN/ID.jpg`: what was the
/// second card when the page was opened may be another's by now, and her face is never put beside
/// another's name.
pub(crate) async fn file(
    State(dispatch): State<Dispatch>,
    Path((secret, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let Some(sheet) = dispatch.names_page(&secret).await? else { return Err(Fault::unknown()) };
    if let Some(id) = file.strip_suffix(".jpg") {
        let mut shown = sheet.cards.iter().filter_map(|card| card.portrait);
        let id = shown.find(|shown| shown.to_string() == id).ok_or_else(Fault::unknown)?;
        return portrait::shown(&dispatch, id).await;
    }
    let number = file.strip_suffix(".vcf").and_then(|number| number.parse::<usize>().ok());
    let card = number.and_then(|number| sheet.cards.get(number.checked_sub(1)?));
    let card = card.ok_or_else(Fault::unknown)?;
    let headers = [
        (header::CONTENT_TYPE, "text/vcard; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"consultant.vcf\""),
    ];
    Ok((headers, vcard(&sheet, card)).into_response())
}

/// A card as phones have read it since they could read any: vCard 3.0.
fn vcard(sheet: &Sheet, card: &SheetCard) -> String {
    let name = card.name.reveal();
    let (given, family) = name.rsplit_once(' ').unwrap_or((name, ""));
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:3.0".to_owned(),
        format!("N:{};{};;;", escaped(family), escaped(given)),
        format!("FN:{}", escaped(name)),
        format!("TEL;TYPE=CELL,VOICE:{}", card.phone.e164()),
    ];
    if !card.credentials.is_empty() {
        lines.push(format!("TITLE:{}", escaped(&card.credentials)));
    }
    // An address is no text: what stands in it is not escaped, and it holds no line's end.
    let url = |url: &str| format!("URL:{}", url.replace(char::is_whitespace, ""));
    lines.extend(card.booking.as_deref().map(url));
    lines.push(format!("NOTE:{}", escaped(&sheet.chapter)));
    lines.push("END:VCARD\r\n".to_owned());
    lines.join("\r\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\r' | '\n' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
