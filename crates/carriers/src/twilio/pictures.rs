//! The pictures and files that came with a text. They are asked for by the text's id, so that no address
//! that a webhook names is ever fetched.

use reqwest::{Client, Response, Url, header::LOCATION};
use serde::Deserialize;

use super::{
    listing,
    rest::{self, Answer},
};
use crate::{Account, AskError, Picture};

/// Twilio takes at most ten with a text.
const MOST: usize = 10;

#[derive(Deserialize)]
struct List {
    media_list: Vec<Medium>,
}

#[derive(Deserialize)]
struct Medium {
    sid: String,
}

/// Fetches what came with a text; nothing where Twilio has nothing (any more).
pub(super) async fn pictures(
    http: &Client,
    account: &Account,
    message: &str,
) -> Result<Vec<Picture>, AskError> {
    let messages =
        rest::messages(account).ok_or_else(|| AskError::Refused("account-sid".into()))?;
    let messages = messages.trim_end_matches(".json");
    if !is_id(message) {
        return Ok(Vec::new());
    }
    let listed = listing::ask(http, account, &format!("{messages}/{message}/Media.json")).await;
    let list: List = match listed {
        Ok(body) => serde_json::from_slice(&body).map_err(|_| AskError::Unreadable)?,
        // It was deleted, or the account keeps none.
        Err(AskError::Refused(code)) if ["20404", "http-404"].contains(&&*code) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let mut pictures = Vec::new();
    for medium in list.media_list.iter().filter(|medium| is_id(&medium.sid)).take(MOST) {
        let address = format!("{messages}/{message}/Media/{}", medium.sid);
        if let Some(content) = fetch(http, account, &address).await? {
            pictures.push(Picture { content });
        }
    }
    Ok(pictures)
}

/// One picture; `None` where it is gone or too large to be kept. Twilio sends on to where it lies: once,
/// and our credentials stay behind.
async fn fetch(
    http: &Client,
    account: &Account,
    address: &str,
) -> Result<Option<Vec<u8>>, AskError> {
    let request = http.get(address).basic_auth(&account.account_sid, Some(&account.auth_token));
    let mut response = sent(request).await?;
    if response.status().is_redirection() {
        let next = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let here = Url::parse(address).map_err(|_| AskError::Unreadable)?;
        let next = next.and_then(|to| here.join(to).ok()).ok_or(AskError::Unreadable)?;
        if next.scheme() != here.scheme() {
            return Err(AskError::Unreadable);
        }
        response = sent(http.get(next)).await?;
    }
    let status = response.status().as_u16();
    match status {
        200..=299 => Ok(Answer::read(response).await.body),
        404 | 410 => Ok(None),
        408 | 429 | 500.. => Err(AskError::Unreachable),
        status => Err(AskError::Refused(format!("http-{status}"))),
    }
}

async fn sent(request: reqwest::RequestBuilder) -> Result<Response, AskError> {
    request.send().await.map_err(|error| {
        tracing::debug!(error = &error.without_url() as &dyn std::error::Error);
        AskError::Unreachable
    })
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric())
}
