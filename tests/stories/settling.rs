//! Texts that come one after the other are one message.

use model::{TaskKind, minutes, seconds};
use testkit::Chapter;

use crate::{ALL, JESS};

async fn is_asked(chapter: &Chapter) {
    for member in ALL {
        let _ = chapter.phone(member).receives_offer().says("11215").says("11 days");
    }
}

#[tokio::test]
async fn four_texts_are_read_together() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    for text in [
        "Hi I need a lactation consultant",
        "baby is 11 days",
        "we r in 11215, home visit",
        "she wont latch. Aetna",
    ] {
        jess.texts(text).await;
        chapter.advance(seconds(20)).await;
        jess.receives_nothing();
    }
    chapter.advance(seconds(5)).await;
    let _ = jess.receives("Got it").says("11 days");
    is_asked(&chapter).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn whoever_keeps_texting_is_read_after_ninety_seconds() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("Hi, baby is 11 days, 11215, home visit, wont latch, Aetna").await;
    for word in ["hello", "hello?", "anyone", "please"] {
        chapter.advance(seconds(20)).await;
        jess.texts(word).await;
        jess.receives_nothing();
    }
    chapter.advance(seconds(9)).await;
    jess.receives_nothing();
    chapter.advance(seconds(1)).await;
    let _ = jess.receives("Got it").says("11 days");
    is_asked(&chapter).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn a_text_that_the_phone_sent_twice_is_one() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    chapter.advance(seconds(3)).await;
    jess.texts(JESS).await;
    chapter.settle().await;
    let _ = jess.receives("Got it");
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    assert_eq!(chapter.referrals().await.len(), 1);
    chapter.advance(minutes(2)).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn danger_among_them_does_not_wait() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("Hi I need a lactation consultant in 11215").await;
    jess.receives_nothing();
    chapter.advance(seconds(2)).await;
    jess.texts("baby stopped breathing").await;
    let _ = jess.receives("CALL 911 NOW");
    chapter.admin("ruth").is_called("danger to life");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.done().await;
}
