//! Texts that are found in the carrier's list: after a restore, and where one of them is damaged.

use model::{TaskKind, day_hours, minutes, seconds};
use testkit::Chapter;

use crate::{ALL, JESS, jess_asks};

const FLATBUSH: &str = "Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna";

#[tokio::test]
async fn a_list_that_does_not_come_holds_families_up_once_and_danger_never() {
    let chapter = Chapter::begin().await;
    chapter.is_restored().await;
    let network = &chapter.house().network;
    network.lists_nothing(true);
    chapter.advance(seconds(3)).await;
    let (jess, kim, lisa) = (chapter.family("jess"), chapter.family("kim"), chapter.family("lisa"));
    jess.texts("help my baby is not breathing").await;
    let _ = jess.receives("911");
    let ruth = chapter.admin("ruth");
    ruth.emailed("danger to life");
    kim.texts(FLATBUSH).await;
    chapter.settle().await;
    kim.receives_nothing();
    chapter.advance(minutes(7)).await;
    let _ = kim.receives("Got it");
    // Hours later nobody waits for it any more.
    chapter.advance(day_hours(2)).await;
    lisa.texts(JESS).await;
    chapter.advance(minutes(1)).await;
    let _ = lisa.receives("Got it");
    network.lists_nothing(false);
    chapter.advance(minutes(12)).await;
    for name in ALL.into_iter().chain(["kim", "ruth"]) {
        let _ = chapter.phone(name).reads_all();
    }
    let mails = ruth.reads_mails();
    assert!(mails.iter().any(|mail| mail.contains("restored from a backup")), "{mails:?}");
    chapter.knows_of_trouble("a task failed");
    let open = [TaskKind::Listing, TaskKind::Page, TaskKind::Promise, TaskKind::DeadEnd];
    chapter.done_leaving(&open).await;
}

#[tokio::test]
async fn one_text_that_cannot_be_taken_in_hides_none_that_is_listed_after_it() {
    let chapter = Chapter::begin().await;
    let code = jess_asks(&chapter, &ALL).await;
    // The seal of Jess's number does not open.
    let damage = "UPDATE phones SET number = lookup WHERE id IN (SELECT phone_id FROM inquiries)";
    chapter.tampers(damage.to_owned()).await;
    let (network, line) = (&chapter.house().network, chapter.line().account.number.e164());
    for (name, words) in [("jess", "any news?"), ("ana", code.as_str())] {
        network.list(line, chapter.now(), chapter.text_from(name, words));
    }
    chapter.dispatch().plan_for_lines().await.expect("it is planned");
    chapter.run().await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.knows_of_trouble("a text that was found cannot be taken in");
    chapter.done_leaving(&[TaskKind::Listing, TaskKind::Promise, TaskKind::DeadEnd]).await;
}
