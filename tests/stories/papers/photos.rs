//! A member answers with a photo: it is fetched, sealed, and waits as the paper that was asked for.

use model::{TaskKind, minutes};
use testkit::databases::TestDatabase;

use super::lists::{DAILY, PHOTO, chapter, has, reminds, waiting};
use crate::{ALL, jess_asks};

testkit::on_both! {
    a_photo_is_the_paper_that_was_asked_for,
    where_several_were_asked_for_she_says_which,
    a_photo_that_nobody_asked_for_is_not_fetched_unless_she_says_so,
    a_carrier_on_a_bad_day_is_asked_again_and_nothing_is_kept_twice,
    a_claim_with_a_picture_is_a_claim,
}

async fn a_photo_is_the_paper_that_was_asked_for(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2025-12-17", "2027-12-31").await;
    reminds(&chapter).await;
    let _ = chapter.phone("ana").receives("HIPAA training ends Thu Dec 17");
    chapter.phone("ana").texts_files("here it is", vec![PHOTO.to_vec()], 0).await;
    let _ = chapter.phone("ana").receives("We have your photo: HIPAA training.");
    let waiting = waiting(&chapter).await;
    let [(name, content, original)] = &waiting[..] else { panic!("{}", waiting.len()) };
    assert_eq!((name.as_str(), original.as_slice()), ("Ana Sample", PHOTO));
    assert_eq!(content["type"], "training");
    assert_eq!(content["attrs"]["topic"], "hipaa");
    assert!(content.get("issued").is_none() && content["status"] == "submitted");
    // Front and back, and a file that is neither a picture nor a PDF.
    chapter.phone("ana").texts_files("", vec![PHOTO.to_vec(), b"MZ".to_vec()], 0).await;
    let _ = chapter.phone("ana").receives("We asked for no photo");
    chapter.done_leaving(&DAILY).await;
}

async fn where_several_were_asked_for_she_says_which(database: TestDatabase) {
    let chapter = chapter(database).await;
    for member in ["ana", "beth", "cleo"] {
        has(&chapter, member, "2025-12-17", "2026-12-31").await;
    }
    reminds(&chapter).await;
    for member in ["ana", "beth", "cleo"] {
        let _ = chapter.phone(member).receives("HIPAA training ends");
        chapter.phone(member).texts_files("", vec![PHOTO.to_vec()], 0).await;
        let _ = chapter
            .phone(member)
            .receives("Which paper is in your photo? 1 HIPAA training, 2 insurance, 0 another.");
    }
    chapter.phone("ana").texts("2").await;
    let _ = chapter.phone("ana").receives("We have your photo: insurance.");
    chapter.phone("beth").texts("0").await;
    let _ = chapter.phone("beth").receives("We have your photo. The chapter looks at it.");
    // Cleo does not say: the chapter's people look at it.
    chapter.advance(minutes(31)).await;
    let _ = chapter.phone("cleo").receives("We have your photo. The chapter looks at it.");
    let mut kinds: Vec<_> = waiting(&chapter)
        .await
        .into_iter()
        .map(|(name, content, _)| format!("{name}: {}", content["type"].as_str().expect("a type")))
        .collect();
    kinds.sort();
    assert_eq!(
        kinds,
        ["Ana Sample: liability", "Beth Example: unsorted", "Cleo Specimen: unsorted"]
    );
    chapter.done_leaving(&DAILY).await;
}

async fn a_photo_that_nobody_asked_for_is_not_fetched_unless_she_says_so(database: TestDatabase) {
    let chapter = chapter(database).await;
    for member in ["ana", "beth"] {
        chapter.phone(member).texts_files("", vec![PHOTO.to_vec()], 0).await;
        let _ = chapter.phone(member).receives("We asked for no photo.").says("reply PAPER");
    }
    chapter.advance(minutes(120)).await;
    assert_eq!(chapter.house().network.fetches(), 0, "it stays where it is");
    chapter.phone("ana").texts("Paper").await;
    let _ = chapter.phone("ana").receives("We have your photo. The chapter looks at it.");
    let waiting = waiting(&chapter).await;
    assert_eq!((waiting.len(), &waiting[0].1["type"]), (1, &serde_json::json!("unsorted")));
    chapter.done().await;
}

async fn a_carrier_on_a_bad_day_is_asked_again_and_nothing_is_kept_twice(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2025-12-17", "2027-12-31").await;
    has(&chapter, "beth", "2025-12-17", "2027-12-31").await;
    reminds(&chapter).await;
    let ana = chapter.phone("ana");
    let _ = ana.receives("HIPAA training ends");
    let _ = chapter.phone("beth").receives("HIPAA training ends");
    let mut text = chapter.text_from("ana", "");
    text.media = 1;
    let network = &chapter.house().network;
    network.keeps_pictures(&text.carrier_message_id, vec![PHOTO.to_vec()], 3);
    // The webhook comes three times; the carrier fails three times.
    for _ in 0..3 {
        chapter.delivers(&text).await;
    }
    chapter.advance(minutes(20)).await;
    let _ = ana.receives("We have your photo: HIPAA training.");
    ana.receives_nothing();
    assert_eq!((waiting(&chapter).await.len(), network.fetches()), (1, 4));
    let errors = chapter.expects_errors();
    assert_eq!(errors, 3, "each failure is logged once");
    // What is no picture is not kept, and she hears of it.
    chapter.phone("beth").texts_files("", vec![b"MZ a program".to_vec()], 0).await;
    let _ = chapter.phone("beth").receives("Your photo did not reach us.");
    // Nor is what the carrier does not have.
    chapter.phone("beth").texts_picture("").await;
    chapter.advance(minutes(60)).await;
    let _ = chapter.phone("beth").receives("Your photo did not reach us.");
    assert_eq!(waiting(&chapter).await.len(), 1);
    chapter.done_leaving(&DAILY).await;
}

async fn a_claim_with_a_picture_is_a_claim(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2025-12-17", "2027-12-31").await;
    reminds(&chapter).await;
    let _ = chapter.phone("ana").receives("HIPAA training ends");
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").texts_files(&code, vec![PHOTO.to_vec()], 0).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    assert_eq!(chapter.house().network.fetches(), 0);
    chapter.done_leaving(&[TaskKind::Remind, TaskKind::Promise, TaskKind::DeadEnd]).await;
}
