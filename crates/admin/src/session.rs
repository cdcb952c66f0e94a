//! Signing in and staying signed in.
//!
//! A sign-in link and a session are each 256 drawn bits, of which only the hash is kept. A link works
//! once and for a week; using it always begins a new session, so nobody can be made to use one that
//! somebody else knows.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use dispatch::Dispatch;
use model::{AdminId, Chance, Timestamp, day_hours};
use storage::{Admin, Chapter, SignIn, Store, hash_secret};

use crate::{Options, Result};

/// A sign-in link works for so many hours.
const LINK_HOURS: i64 = 7 * 24;

/// One of the chapter's people, signed in, and her chapter.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) admin: Admin,
    pub(crate) chapter: Chapter,
}

/// Makes a sign-in link's token for one of the chapter's people. It works once, within a week.
///
/// # Errors
/// Where the database failed.
pub async fn issue_sign_in(
    store: &Store,
    chance: &Chance,
    now: Timestamp,
    admin: AdminId,
) -> Result<String> {
    let token = secret(chance);
    let hash = hash_secret(&token);
    let until = now.after(day_hours(LINK_HOURS));
    store
        .write::<_, storage::Error, _>(move |tx| Box::pin(tx.add_sign_in(hash, admin, until)))
        .await?;
    Ok(token)
}

/// The address at which a sign-in token is used.
#[must_use]
pub fn sign_in_link(public_url: &str, token: &str) -> String {
    format!("{}/sign-in/{token}", public_url.trim_end_matches('/'))
}

/// Signs one of the chapter's people in, without a link: the value of a `Set-Cookie` header.
///
/// The caller vouches for her. The demo does, for its one visitor.
///
/// # Errors
/// Where the database failed.
pub async fn begin_session(
    dispatch: &Dispatch,
    admin: AdminId,
    options: &Options,
) -> Result<HeaderValue> {
    let token = secret(dispatch.chance());
    let (hash, now) = (hash_secret(&token), dispatch.now());
    let until = now.after(day_hours(i64::from(options.session_hours)));
    dispatch
        .store()
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(tx.begin_session(hash, admin, now, until))
        })
        .await?;
    Ok(cookie(options, token))
}

/// Uses up a sign-in link.
pub(crate) async fn use_link(dispatch: &Dispatch, token: &str) -> Result<SignIn> {
    let (hash, now) = (hash_secret(token), dispatch.now());
    Ok(dispatch
        .store()
        .write::<_, storage::Error, _>(move |tx| Box::pin(tx.use_sign_in(hash, now)))
        .await?)
}

/// Who is signed in, by the cookie.
pub(crate) async fn session(
    dispatch: &Dispatch,
    options: &Options,
    headers: &HeaderMap,
) -> Result<Option<Session>> {
    let Some(token) = token(options, headers) else { return Ok(None) };
    let (hash, now) = (hash_secret(&token), dispatch.now());
    let session = dispatch.store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            let Some(admin) = tx.session(hash, now).await? else { return Ok(None) };
            let chapter = tx.chapter(admin.chapter_id).await?;
            Ok(chapter.map(|chapter| Session { admin, chapter }))
        })
    });
    Ok(session.await?)
}

/// The hash by which the session of the cookie is known.
pub(crate) fn own_hash(options: &Options, headers: &HeaderMap) -> Option<Vec<u8>> {
    token(options, headers).map(|token| hash_secret(&token))
}

/// Ends the session of the cookie: gives the `Set-Cookie` that takes the cookie back.
pub(crate) async fn end(
    dispatch: &Dispatch,
    options: &Options,
    headers: &HeaderMap,
) -> Result<HeaderValue> {
    if let Some(token) = token(options, headers) {
        let (hash, now) = (hash_secret(&token), dispatch.now());
        dispatch
            .store()
            .write::<_, storage::Error, _>(move |tx| Box::pin(tx.end_session(hash, now)))
            .await?;
    }
    Ok(no_cookie(options))
}

fn secret(chance: &Chance) -> String {
    URL_SAFE_NO_PAD.encode(chance.bytes::<32>())
}

/// A browser takes a `__Host-` cookie over HTTPS alone, for this host alone.
fn name(options: &Options) -> &'static str {
    if options.secure { "__Host-latchline" } else { "latchline" }
}

fn token(options: &Options, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name(options)).map(|cookie| cookie.value().to_owned())
}

fn cookie(options: &Options, token: String) -> HeaderValue {
    let age = axum_extra::extract::cookie::Cookie::build((name(options), token))
        .path("/")
        .http_only(true)
        .secure(options.secure)
        .same_site(SameSite::Lax)
        .build();
    let mut value = age.to_string();
    // The cookie goes with the browser session or with ours, whichever ends first.
    value.push_str(&format!("; Max-Age={}", u64::from(options.session_hours) * 3600));
    header_value(&value)
}

fn no_cookie(options: &Options) -> HeaderValue {
    let cookie = Cookie::build((name(options), ""))
        .path("/")
        .http_only(true)
        .secure(options.secure)
        .same_site(SameSite::Lax)
        .build();
    header_value(&format!("{cookie}; Max-Age=0"))
}

fn header_value(cookie: &str) -> HeaderValue {
    let mut value = HeaderValue::from_str(cookie).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// The header in which a session's cookie goes out.
pub(crate) const SET_COOKIE: header::HeaderName = header::SET_COOKIE;
