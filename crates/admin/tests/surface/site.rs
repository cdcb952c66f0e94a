//! What keeps the console from being misused by other sites.

use axum::http::header;
use model::ReferralState;

use crate::{
    asking::{get, post},
    house::House,
};

#[tokio::test]
async fn what_another_site_sends_changes_nothing() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let version = house.held().await.summary.version;
    let path = format!("/referrals/{}/close", house.ours.held);
    let form = format!("version={version}&sure=yes");
    let sent = |site: &'static str, origin: &'static str| {
        let form = post(&path).cookie(&cookie).header("host", "refer.example.org");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let form = if site.is_empty() { form } else { form.header("sec-fetch-site", site) };
        if origin.is_empty() { form } else { form.header("origin", origin) }
    };
    for (site, origin) in [
        ("cross-site", "https://evil.example"),
        ("same-site", "https://other.example.org"),
        ("", "https://evil.example"),
        ("", "null"),
        ("cross-site", ""),
    ] {
        let answer = sent(site, origin).of(&house.router).await;
        assert_eq!(answer.status, 403, "{site} {origin}");
        assert!(answer.body.contains("did not come from the console"), "{}", answer.body);
    }
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
    let ours = post(&path).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(ours.status, 303);
    assert_eq!(house.held().await.summary.state, ReferralState::Closed);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_guard_it() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let referral = format!("/referrals/{}", house.ours.held);
    let nobody = "/referrals/0193a000-0000-7000-8000-000000000001";
    for path in [
        "/",
        "/referrals",
        &referral,
        nobody,
        "/lines",
        "/outbox",
        "/try",
        "/corrections.jsonl",
        "/sign-in",
        "/sign-in/token",
        "/api/v1/referrals",
        "/assets/console.js",
    ] {
        let answer = get(path).cookie(&cookie).of(&house.router).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{path}");
        if !path.starts_with("/assets") {
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
        for inline in ["<style", " style=", "javascript:", " onclick", "<script>"] {
            assert!(!answer.body.contains(inline), "{path} has {inline}");
        }
    }
    let secure = House::with(admin::Options::default()).await;
    let answer = get("/sign-in").of(&secure.router).await;
    assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
}

#[tokio::test]
async fn assets_have_their_kind_and_are_sent_again_only_if_they_changed() {
    let house = House::new().await;
    for (path, kind) in [
        ("/assets/latchline.css", "text/css; charset=utf-8"),
        ("/assets/console.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let first = get(path).of(&house.router).await;
        assert_eq!((first.status.as_u16(), first.header(header::CONTENT_TYPE)), (200, kind));
        let tag = first.header(header::ETAG).to_owned();
        let again = get(path).header("if-none-match", tag).of(&house.router).await;
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
        let changed = get(path).header("if-none-match", "\"older\"").of(&house.router).await;
        assert_eq!(changed.status, 200);
    }
    assert_eq!(get("/assets/other.js").of(&house.router).await.status, 404);
}
