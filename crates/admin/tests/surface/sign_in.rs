//! Signing in: a link works once, a look at it does not use it up, a session ends.

use admin::{Options, issue_sign_in, sign_in_link};
use axum::http::header;
use model::{AdminId, day_hours};

use crate::{
    asking::{get, post},
    house::House,
};

async fn link(house: &House, admin: AdminId) -> String {
    let (store, chance) = (house.dispatch.store(), house.dispatch.chance());
    let token = issue_sign_in(store, chance, house.dispatch.now(), admin).await;
    let link = sign_in_link("https://refer.example.org/", &token.expect("a link is made"));
    link.strip_prefix("https://refer.example.org").expect("the link is ours").to_owned()
}

#[tokio::test]
async fn a_link_is_looked_at_any_number_of_times_and_used_once() {
    let house = House::new().await;
    let link = link(&house, house.ours.owner).await;
    for _ in 0..3 {
        let page = get(&link).of(&house.router).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("<button") && page.headers.get(header::SET_COOKIE).is_none());
    }
    let entered = post(&link).form("").of(&house.router).await;
    assert_eq!((entered.status.as_u16(), entered.location()), (303, "/"));
    let cookie = entered.header(header::SET_COOKIE).to_owned();
    for part in ["latchline=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(part), "{cookie} has no {part}");
    }
    let cookie = cookie.split(';').next().expect("a value");
    let now = get("/").cookie(cookie).of(&house.router).await;
    assert_eq!(now.status, 200);
    assert!(now.body.contains("Ruth owner"));

    let again = post(&link).form("").of(&house.router).await;
    assert_eq!(again.status, 410);
    assert!(again.body.contains("used before") && again.headers.get(header::SET_COOKIE).is_none());
}

#[tokio::test]
async fn an_old_link_and_an_unknown_one_say_the_same() {
    let house = House::new().await;
    let link = link(&house, house.ours.owner).await;
    house.clock.advance(day_hours(7 * 24));
    let old = post(&link).form("").of(&house.router).await;
    let unknown = post("/sign-in/never-made").form("").of(&house.router).await;
    assert_eq!((old.status.as_u16(), unknown.status.as_u16()), (410, 410));
    assert_eq!(old.body, unknown.body);
    assert!(old.headers.get(header::SET_COOKIE).is_none());
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let house = House::with(Options::default()).await;
    let link = link(&house, house.ours.owner).await;
    let entered = post(&link).form("").of(&house.router).await;
    let cookie = entered.header(header::SET_COOKIE).to_owned();
    assert!(cookie.starts_with("__Host-latchline=") && cookie.contains("Secure"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
    let value = cookie.split(['=', ';']).nth(1).expect("a value");
    let plain = get("/").cookie(&format!("latchline={value}")).of(&house.router).await;
    assert_eq!(plain.status, 303, "the name that any host could have set is not taken");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_told_how_to_be_and_shown_nothing() {
    let house = House::new().await;
    let referral = format!("/referrals/{}", house.ours.held);
    for path in ["/", "/referrals", &referral, "/lines", "/outbox", "/events", "/inquiries/x"] {
        for cookie in ["", "latchline=", "latchline=wrong"] {
            let answer = get(path).cookie(cookie).of(&house.router).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/sign-in"), "{path}");
            assert!(answer.body.is_empty());
        }
        let answer = post(format!("{referral}/close")).form("version=2").of(&house.router).await;
        assert_eq!(answer.location(), "/sign-in");
    }
    let how = get("/sign-in").of(&house.router).await;
    assert!(how.status == 200 && how.body.contains("latchline admin add"));
}

#[tokio::test]
async fn a_session_ends_by_hand_and_by_the_clock() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let other = house.signed_in(house.ours.owner).await;
    let left = post("/sign-out").cookie(&cookie).form("").of(&house.router).await;
    assert!(left.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(get("/").cookie(&cookie).of(&house.router).await.location(), "/sign-in");
    assert_eq!(get("/").cookie(&other).of(&house.router).await.status, 200, "another device stays");
    house.clock.advance(day_hours(12));
    assert_eq!(get("/").cookie(&other).of(&house.router).await.location(), "/sign-in");
}
