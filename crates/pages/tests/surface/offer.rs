//! `/c/TOKEN`: looking changes nothing, pressing does; what a link that opens nothing is answered.

use axum::http::{Method, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{TaskKind, day_hours};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::house::House;

const RUNS_ON: [TaskKind; 2] = [TaskKind::Promise, TaskKind::DeadEnd];

#[tokio::test]
async fn looking_claims_nothing_whoever_looks_and_the_button_claims() {
    let house = House::asking().await;
    let page = house.of("ana");
    for method in [Method::GET, Method::HEAD, Method::GET] {
        let answer = house.ask(method, page, "act=claim").await;
        assert_eq!(answer.status, 200);
    }
    for path in [format!("{page}?act=claim"), format!("{page}?said=claim")] {
        let answer = house.get(&path).await;
        let code = &house.code;
        answer.says(&format!("Claim {code}</button>")).says("<strong>0 of 3</strong>");
        answer.says("Park Slope 11215, Brooklyn").says("5 days").says("Aetna").lacks("Jess");
        answer.says(&roster::area_map(&["11215".to_owned()]).expect("a map"));
    }
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert_eq!(house.ask(method, page, "act=claim").await.status, 404);
    }
    house.chapter.phone("ana").receives_nothing();

    let pressed = house.post(page, "act=claim&line=after+6+pm").await;
    assert_eq!((pressed.status.as_u16(), pressed.header(header::LOCATION)), (303, page));
    let _ = house.chapter.phone("ana").receives("place 1 of 3").says("after 6 pm");
    house.get(page).await.says("You have place 1 of 3.").says("<q>after 6 pm</q>").says("Undo");
    house.get(house.of("beth")).await.says("<strong>1 of 3</strong>").lacks("Ana").lacks("6 pm");

    let pressed = house.post(page, "act=give_back").await;
    assert_eq!(pressed.status, 303);
    let _ = house.chapter.phone("ana").receives("released");
    house.get(page).await.says("<strong>0 of 3</strong>");
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn what_nobody_may_read_is_never_shown_and_what_is_shown_is_no_markup() {
    let house = House::asking().await;
    let page = house.of("ana");
    let pressed = house.post(page, "act=claim&line=call+917-555-0142,+evenings+%3Cb%3Eonly").await;
    assert_eq!(pressed.header(header::LOCATION), format!("{page}?said=line_partly"));
    let _ = house.chapter.phone("ana").receives("place 1 of 3").lacks("917-555-0142");
    let shown = house.get(pressed.header(header::LOCATION)).await;
    shown.says("Part of your line was left out").lacks("917-555").lacks("<b>");
    for form in ["", "act=other", "line=x", "act=claim&act=claim"] {
        assert_eq!(house.post(page, form).await.status, 400, "{form}");
    }
    let long = format!("act=claim&line={}", "x".repeat(5000));
    assert_eq!(house.post(page, &long).await.status, 400);
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn where_offers_are_coarse_the_map_is_too() {
    let house = House::asking().await;
    house.chapter.decides_for_itself(json!({"coarse_offers": true})).await;
    let map = |area: &str| roster::area_map(&[area.to_owned()]).expect("a map");
    let answer = house.get(house.of("ana")).await;
    answer.says(&map("Park Slope")).lacks(&map("11215")).lacks("11215");
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn a_link_that_opens_nothing_gets_one_answer_whatever_it_was() {
    let house = House::asking().await;
    let ana = house.of("ana").to_owned();
    house.chapter.done_leaving(&RUNS_ON).await;
    let unknown = house.get("/c/aaaaaaaaaaaaaaaa").await;
    assert_eq!(unknown.status, 404);
    unknown.says("This link does not work");
    let same = |answer: &crate::house::Answer| {
        assert_eq!((answer.status, &answer.body), (unknown.status, &unknown.body));
        assert_eq!(answer.headers, unknown.headers);
    };
    for path in ["/c/x", "/c/%00", "/c/%ff", "/c/a.b", &ana.to_uppercase().replace("/C/", "/c/")] {
        same(&house.get(path).await);
        same(&house.post(path, "act=claim").await);
    }
    house.chapter.house().clock.advance(day_hours(73));
    same(&house.get(&ana).await);
    same(&house.post(&ana, "act=claim").await);
}

#[tokio::test]
async fn a_page_tells_nobody_of_its_link_and_is_small() {
    let house = House::asking().await;
    let page = house.of("ana").to_owned();
    let secret = page.trim_start_matches("/c/");
    let mut bytes = 0;
    for path in [page.as_str(), "/assets/pages.js"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"));
        answer.lacks("http://").lacks("https://").lacks(" style=").lacks(" onclick");
        bytes += answer.body.len();
    }
    let answer = house.get(&page).await;
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert!(answer.header("x-robots-tag").contains("noindex"));
    answer.lacks(secret);
    assert!(bytes < 50_000, "{bytes} bytes");
    // One request brings all that is drawn first.
    answer.lacks("rel=\"stylesheet\"");
    let sheet = answer.body.split("<style>").nth(1).expect("a sheet");
    let sheet = sheet.split("</style>").next().expect("its end");
    let print = STANDARD.encode(Sha256::digest(sheet));
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains(&format!("style-src 'sha256-{print}';")), "{policy}");
    house.chapter.done_leaving(&RUNS_ON).await;
}
