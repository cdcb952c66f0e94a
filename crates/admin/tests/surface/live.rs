//! What an open page hears: that something of its own chapter changed, and no more.

use std::time::Duration;

use axum::{body::Body, http::Request};
use futures_util::StreamExt as _;
use model::ChapterId;
use storage::Wake;
use tower::ServiceExt as _;

use crate::house::House;

/// The stream that a page of the chapter's owner listens to.
async fn stream(house: &House) -> axum::body::BodyDataStream {
    let cookie = house.signed_in(house.ours.owner).await;
    let request = Request::get("/events").header("cookie", cookie).body(Body::empty());
    let answer =
        house.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    answer.into_body().into_data_stream()
}

async fn change(house: &House, chapter: ChapterId) {
    house
        .write(move |tx| {
            tx.wake(Wake::Chapter(chapter));
            Box::pin(async { Ok(()) })
        })
        .await;
}

async fn hears(stream: &mut axum::body::BodyDataStream, patience: u64) -> Option<String> {
    let heard = tokio::time::timeout(Duration::from_millis(patience), stream.next()).await;
    let bytes = heard.ok()??.expect("the stream goes on");
    Some(String::from_utf8(bytes.to_vec()).expect("events are text"))
}

#[tokio::test]
async fn a_page_hears_of_its_own_chapter_alone() {
    let house = House::new().await;
    let mut ours = stream(&house).await;
    change(&house, house.theirs.id).await;
    assert_eq!(hears(&mut ours, 300).await, None, "another chapter's change is not told");
    change(&house, house.ours.id).await;
    let heard = hears(&mut ours, 5_000).await.expect("our own is");
    assert_eq!(heard.trim_end(), "event: changed\ndata: now", "it says that, not what");
}

#[tokio::test]
async fn streams_end_when_the_service_stops() {
    let house = House::new().await;
    let mut ours = stream(&house).await;
    house.options.closing.cancel();
    let end = tokio::time::timeout(Duration::from_secs(5), ours.next()).await;
    assert!(end.expect("it ends at once").is_none());
}
