//! A consultant's photo: she gives it, those who have her name see it, and nobody else.

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{TaskKind, day_hours};
use roster::{Act, Person};
use tower::ServiceExt as _;

use crate::{house::House, names::named, own_pages::own};

/// A picture of one pixel.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async fn ask(house: &House, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, Bytes) {
    let answer = house.router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = answer.into_parts();
    (parts.status, parts.headers, to_bytes(body, usize::MAX).await.expect("a whole answer"))
}

async fn file(house: &House, path: &str) -> (u16, Bytes) {
    let (status, headers, body) =
        ask(house, Request::get(path).body(Body::empty()).expect("a request")).await;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store", "nobody keeps it on its way");
    (status.as_u16(), body)
}

/// Sends a photo from a page of hers; gives the status and what is said of it.
async fn sends(house: &House, page: &str, photo: &[u8]) -> (u16, String) {
    let mut body =
        b"--cut\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n\r\n"
            .to_vec();
    body.extend(photo);
    body.extend(b"\r\n--cut--\r\n");
    let request = Request::post(format!("{page}/photo"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(Body::from(body));
    let (status, headers, _) = ask(house, request.expect("a request")).await;
    let to = headers.get(header::LOCATION).map_or("", |to| to.to_str().expect("text"));
    (status.as_u16(), to.rsplit('=').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn who_has_her_name_sees_her_photo_and_nobody_else_does() {
    let (house, names) = named().await;
    let page = own(&house, "ana").await;
    let png = STANDARD.decode(PNG).expect("a picture");
    for (photo, said) in [
        (&png[..20], "not_photo"),
        (b"%PDF-1.7", "not_photo"),
        (b"", "no_file"),
        (&png, "photo_kept"),
    ] {
        assert_eq!(sends(&house, &page, photo).await, (303, said.to_owned()));
    }
    assert_eq!(sends(&house, "/m/aaaaaaaaaaaaaaaa", &png).await.0, 404);
    let profile = house.get(&format!("{page}/profile")).await;
    profile.says(&format!("src=\"{page}/photo\"")).says("Another photo");
    let (status, hers) = file(&house, &format!("{page}/photo")).await;
    assert!(status == 200 && hers.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG, whatever she sent");

    let [ana, beth, dora] = ["ana", "beth", "dora"].map(|name| house.chapter.member(name));
    let secret = names.trim_start_matches("/f/");
    house.get(&names).await.says(&format!("src=\"{secret}/{ana}.jpg\"")).lacks(&beth.to_string());
    assert_eq!(file(&house, &format!("{names}/{ana}.jpg")).await, (200, hers));
    // Who is not named to the family is not shown to it, though she has given a photo.
    let doras = own(&house, "dora").await;
    assert_eq!(sends(&house, &doras, &png).await.1, "photo_kept");
    let offers = house.of("ana").replace("/c/", "/f/");
    for path in [
        format!("{names}/{dora}.jpg"),
        format!("{names}/{beth}.jpg"),
        format!("{names}/1.jpg"),
        format!("{offers}/{ana}.jpg"),
        format!("/f/aaaaaaaaaaaaaaaa/{ana}.jpg"),
        "/m/aaaaaaaaaaaaaaaa/photo".to_owned(),
        format!("{}/photo", own(&house, "beth").await),
    ] {
        assert_eq!(file(&house, &path).await.0, 404, "{path}");
    }
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
    // Her page is over, and the family's is not.
    house.chapter.house().clock.advance(day_hours(73));
    assert_eq!(file(&house, &format!("{page}/photo")).await.0, 404);
    assert_eq!(sends(&house, &page, &png).await.0, 404);
    assert_eq!(file(&house, &format!("{names}/{ana}.jpg")).await.0, 200);
    house.chapter.house().clock.advance(day_hours(24 * 14));
    assert_eq!(file(&house, &format!("{names}/{ana}.jpg")).await.0, 404);
}

#[tokio::test]
async fn she_takes_it_away_and_it_goes_with_her() {
    let (house, names) = named().await;
    let png = STANDARD.decode(PNG).expect("a picture");
    let page = own(&house, "ana").await;
    let ana = house.chapter.member("ana");
    let shown = async || file(&house, &format!("{names}/{ana}.jpg")).await.0;
    assert_eq!(sends(&house, &page, &png).await.1, "photo_kept");
    assert_eq!(shown().await, 200);
    assert_eq!(house.post("/m/aaaaaaaaaaaaaaaa/photo/remove", "").await.status, 404);
    assert_eq!(shown().await, 200);
    let gone = house.post(&format!("{page}/photo/remove"), "").await;
    assert_eq!(gone.header(header::LOCATION), format!("{page}/profile?said=photo_gone"));
    assert_eq!(shown().await, 404);
    house.get(&names).await.lacks("<img").says("Ana Sample");

    assert_eq!(sends(&house, &page, &png).await.1, "photo_kept");
    let dispatch = house.chapter.dispatch();
    let act = Act {
        chapter: house.chapter.id(),
        by: Person::Service,
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    };
    roster::erase_member(dispatch.store(), &act, ana).await.expect("she is erased");
    assert!(roster::portrait(dispatch.store(), ana).await.expect("it is read").is_none());
    house.chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
