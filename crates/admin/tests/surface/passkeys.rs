//! Passkeys: added by whoever is signed in, signed in with afterwards, and every wrong answer refused.

use axum::http::header;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use model::AdminId;
use serde_json::{Value, json};

use crate::{
    asking::{Answer, get, post},
    authenticator::Authenticator,
    house::House,
};

async fn asks(house: &House, path: &str, cookie: &str) -> Value {
    let answer = post(path).cookie(cookie).json("{}").of(&house.router).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

async fn sends(
    house: &House,
    path: &str,
    cookie: &str,
    asked: &Value,
    credential: Value,
) -> Answer {
    let body = json!({"token": asked["token"], "credential": credential});
    post(path).cookie(cookie).json(&body.to_string()).of(&house.router).await
}

/// Adds a passkey of somebody's who is signed in.
async fn added(house: &House, admin: AdminId, id: u8) -> Authenticator {
    let (cookie, mut device) = (house.signed_in(admin).await, Authenticator::new(id));
    let asked = asks(house, "/passkeys/new", &cookie).await;
    let credential = device.makes(&asked["options"]);
    let kept = sends(house, "/passkeys", &cookie, &asked, credential).await;
    assert_eq!(
        (kept.status.as_u16(), &kept.json()["to"]),
        (200, &json!("/people?said=passkey_added"))
    );
    device
}

/// What comes of signing in with whatever a device gives.
async fn signs_in(house: &House, device: &mut Authenticator) -> Answer {
    let asked = asks(house, "/passkeys/ask", "").await;
    let credential = device.signs(&asked["options"]);
    sends(house, "/passkeys/sign-in", "", &asked, credential).await
}

fn refused(answer: &Answer, why: &str) {
    assert_eq!(answer.status, 403, "{why}: {}", answer.body);
    assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{why}");
    assert_eq!(answer.json(), json!({"said": "refused"}), "{why}: it tells nothing");
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in_and_is_taken_away() {
    let house = House::new().await;
    let owner = house.ours.owner;
    let mut device = added(&house, owner, 1).await;
    let asked = asks(&house, "/passkeys/ask", "").await;
    assert_eq!(asked["options"]["publicKey"]["userVerification"], "required");
    assert_eq!(asked["options"]["publicKey"]["allowCredentials"], json!([]), "it names nobody");
    let entered = signs_in(&house, &mut device).await;
    assert_eq!((entered.status.as_u16(), &entered.json()["to"]), (200, &json!("/")));
    let cookie = entered.header(header::SET_COOKIE).to_owned();
    let cookie = cookie.split(';').next().expect("a value");
    let page = get("/people").cookie(cookie).of(&house.router).await;
    assert!(page.body.contains("Ruth owner") && page.body.contains("used <time"));
    let (_, rest) = page.body.split_once("action=\"/passkeys/").expect("it is listed");
    let path = format!("/passkeys/{}", rest.split('"').next().expect("an address"));
    let other = house.signed_in(house.ours.keeper).await;
    assert_eq!(
        post(&path).cookie(&other).form("").of(&house.router).await.status,
        404,
        "hers alone"
    );
    assert_eq!(post(&path).form("").of(&house.router).await.location(), "/sign-in");
    let ended = post(&path).cookie(cookie).form("").of(&house.router).await;
    assert_eq!(ended.location(), "/people?said=passkey_ended");
    refused(&signs_in(&house, &mut device).await, "it was taken away");
    let log = get("/audit?kind=passkey_ended").cookie(cookie).of(&house.router).await;
    assert!(log.body.contains("Took a passkey away."));
}

#[tokio::test]
async fn an_answer_is_taken_once_and_in_time() {
    let house = House::new().await;
    let mut device = added(&house, house.ours.owner, 1).await;
    let asked = asks(&house, "/passkeys/ask", "").await;
    let credential = device.signs(&asked["options"]);
    let send = || sends(&house, "/passkeys/sign-in", "", &asked, credential.clone());
    assert_eq!(send().await.status, 200);
    refused(&send().await, "the same answer again");
    let old = asks(&house, "/passkeys/ask", "").await;
    let credential = device.signs(&old["options"]);
    house.clock.advance(model::minutes(6));
    refused(&sends(&house, "/passkeys/sign-in", "", &old, credential).await, "too late");
    // An answer to another challenge, under a token that is good.
    let (mine, other) =
        (asks(&house, "/passkeys/ask", "").await, asks(&house, "/passkeys/ask", "").await);
    let credential = device.signs(&other["options"]);
    refused(&sends(&house, "/passkeys/sign-in", "", &mine, credential).await, "another challenge");
    // What was asked for adding a passkey signs nobody in.
    let cookie = house.signed_in(house.ours.owner).await;
    let adding = asks(&house, "/passkeys/new", &cookie).await;
    let credential = device.signs(&adding["options"]);
    refused(&sends(&house, "/passkeys/sign-in", "", &adding, credential).await, "meant otherwise");
}

#[tokio::test]
async fn another_site_another_person_and_a_copy_are_refused() {
    let house = House::new().await;
    let mut device = added(&house, house.ours.owner, 1).await;
    let mut other = added(&house, house.ours.keeper, 2).await;
    assert_eq!(signs_in(&house, &mut device).await.status, 200);

    device.origin = "https://refer.example.org.evil.example".to_owned();
    refused(&signs_in(&house, &mut device).await, "signed for another site");
    device.origin = "https://refer.example.org".to_owned();
    device.host = "evil.example".to_owned();
    refused(&signs_in(&house, &mut device).await, "a passkey of another host");
    device.host = "refer.example.org".to_owned();
    device.flags = 0b1;
    refused(&signs_in(&house, &mut device).await, "nobody's finger was asked for");
    device.flags = 0b101;

    let owner = device.user.clone();
    device.user.clone_from(&other.user);
    refused(&signs_in(&house, &mut device).await, "it says that it is somebody else's");
    device.user = BASE64.encode(house.theirs.owner.as_uuid().as_bytes());
    refused(&signs_in(&house, &mut device).await, "another chapter's person");
    device.user = owner;

    assert_eq!(signs_in(&house, &mut device).await.status, 200);
    device.counter = 2;
    refused(&signs_in(&house, &mut device).await, "its counter went back: a copy");
    device.counter = 40;
    assert_eq!(signs_in(&house, &mut device).await.status, 200);
    refused(&signs_in(&house, &mut Authenticator::new(9)).await, "a passkey nobody added");
    assert_eq!(signs_in(&house, &mut other).await.status, 200);
    let cookie = house.signed_in(house.ours.owner).await;
    let log = get("/audit?kind=sign_in_refused").cookie(&cookie).of(&house.router).await;
    assert!(log.body.contains("Was refused"), "a wrong answer is on the record");
}

#[tokio::test]
async fn nobody_adds_a_passkey_to_another_person() {
    let house = House::new().await;
    let owner = house.signed_in(house.ours.owner).await;
    let keeper = house.signed_in(house.ours.keeper).await;
    for path in ["/passkeys/new", "/passkeys"] {
        let nobody = post(path).json("{}").of(&house.router).await;
        assert_eq!(nobody.location(), "/sign-in", "{path}");
    }
    let asked = asks(&house, "/passkeys/new", &owner).await;
    let mut device = Authenticator::new(3);
    let made = device.makes(&asked["options"]);
    let kept = sends(&house, "/passkeys", &keeper, &asked, made.clone()).await;
    refused(&kept, "asked of the owner, sent by the keeper");
    let again = asks(&house, "/passkeys/new", &owner).await;
    refused(&sends(&house, "/passkeys", &owner, &again, made).await, "an old answer");
    let again = asks(&house, "/passkeys/new", &owner).await;
    device.origin = "http://refer.example.org".to_owned();
    let made = device.makes(&again["options"]);
    refused(&sends(&house, "/passkeys", &owner, &again, made).await, "made for another origin");
    let asked = asks(&house, "/passkeys/ask", "").await;
    let body = json!({"token": asked["token"], "credential": {}}).to_string();
    let cross = post("/passkeys/sign-in").header("sec-fetch-site", "cross-site").json(&body);
    assert_eq!(cross.of(&house.router).await.status, 403, "another site's page");
    let bad = post("/passkeys/sign-in").json("{\"token\": 1}").of(&house.router).await;
    assert_eq!(bad.status, 400);
}

#[tokio::test]
async fn whoever_is_let_go_has_no_passkey_any_more() {
    let house = House::new().await;
    let mut device = added(&house, house.ours.keeper, 4).await;
    assert_eq!(signs_in(&house, &mut device).await.status, 200);
    let owner = house.signed_in(house.ours.owner).await;
    let path = format!("/people/{}/let-go", house.ours.keeper);
    let gone = post(path).cookie(&owner).form("sure=yes").of(&house.router).await;
    assert_eq!(gone.location(), "/people?said=let_go");
    refused(&signs_in(&house, &mut device).await, "she was let go");
}
