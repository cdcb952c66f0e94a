//! A family opens the page of its names, by the link in their text.

use dispatch::texts::Sheet;
use model::{TaskKind, day_hours, minutes};
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, claim, jess_asks};

async fn page(chapter: &Chapter, link: &str) -> Option<Sheet> {
    chapter.dispatch().names_page(link).await.expect("the database answers")
}

fn names(sheet: &Sheet) -> Vec<&str> {
    sheet.cards.iter().map(|card| card.name.reveal()).collect()
}

/// Jess has the names, and the link to their page.
async fn jess_has_a_page() -> (Chapter, String, String) {
    let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
    let code = jess_asks(&chapter, &ALL).await;
    chapter.phone("ana").replies(&format!("{code} after 5 pm")).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    claim(&chapter, &code, &["beth", "cleo"], 2).await;
    let text = chapter.family("jess").receives("Here are 3 consultants");
    let link = text.link_to("f").expect("the text has a link");
    (chapter, code, link)
}

#[tokio::test]
async fn the_page_shows_the_names_as_they_stand_until_it_ends() {
    let (chapter, code, link) = jess_has_a_page().await;
    let sheet = page(&chapter, &link).await.expect("a page");
    assert_eq!(names(&sheet), ["Ana Sample", "Beth Example", "Cleo Specimen"]);
    assert!(sheet.title.contains(&code) && sheet.lang == "en" && sheet.direction == "ltr");
    let told = |card: usize| format!("{:?}", sheet.cards[card].rows);
    assert!(told(0).contains("after 5 pm") && told(0).contains("Aetna"), "{}", told(0));
    assert!(told(0).contains("Spanish") && told(2).contains("Brooklyn, Queens"), "{}", told(2));
    assert_eq!(sheet.cards[0].phone, chapter.phone("ana").number());
    assert!(sheet.chosen[0].contains("NYLCA") && sheet.chosen[1].contains("Nobody pays"));

    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("standby");
    chapter.phone("beth").replies(&format!("drop {code}")).await;
    let _ = chapter.phone("beth").receives("We tell the family");
    let _ = chapter.phone("dora").receives("place 2 of 3");
    let _ = chapter.family("jess").receives("Beth Example can't take new families now");
    let sheet = page(&chapter, &link).await.expect("a page");
    assert_eq!(names(&sheet), ["Ana Sample", "Dora Pattern", "Cleo Specimen"]);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;

    chapter.house().clock.advance(day_hours(14 * 24 - 1));
    assert!(page(&chapter, &link).await.is_some());
    chapter.house().clock.advance(day_hours(1));
    assert!(page(&chapter, &link).await.is_none());
}

#[tokio::test]
async fn a_link_opens_its_own_page_and_no_other() {
    let (chapter, _, link) = jess_has_a_page().await;
    assert!(chapter.dispatch().offer_page(&link).await.expect("an answer").is_none());
    let offers = chapter.phone("ana").history();
    let offer = offers.iter().find_map(|text| text.text.split_once("/c/")).expect("an offer");
    assert!(page(&chapter, offer.1).await.is_none());
    assert!(chapter.dispatch().offer_page(offer.1).await.expect("an answer").is_some());
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn the_page_is_in_the_familys_language() {
    let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
    let words = "Hola, estoy en Park Slope 11215, mi bebe tiene 5 dias y no se prende bien al pecho. \
                 Busco visita en casa, tengo Aetna.";
    chapter.family("luz").texts(words).await;
    chapter.settle().await;
    let code = chapter.family("luz").receives("NYLCA").code();
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let text = chapter.family("luz").receives(&code);
    let sheet = page(&chapter, &text.link_to("f").expect("a link")).await.expect("a page");
    assert_eq!((sheet.lang, sheet.buttons.call.as_str()), ("es", "Llamar"));
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn whoever_comes_after_more_stands_on_the_same_page() {
    let (chapter, code, link) = jess_has_a_page().await;
    let jess = chapter.family("jess");
    jess.texts("More").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking for more names");
    for member in ["dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    claim(&chapter, &code, &["dora", "ella"], 1).await;
    chapter.advance(minutes(121)).await;
    let text = jess.receives("2 new names");
    let again = text.link_to("f").expect("the text has a link");
    assert_ne!(again, link);
    for link in [link, again] {
        let sheet = page(&chapter, &link).await.expect("a page");
        let names = names(&sheet);
        assert!(names.contains(&"Dora Pattern") && names.contains(&"Ella Model"), "{names:?}");
    }
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise]).await;
}

#[tokio::test]
async fn who_asks_to_be_deleted_has_no_page_any_more() {
    let (chapter, _, link) = jess_has_a_page().await;
    let jess = chapter.family("jess");
    jess.texts("please delete my data").await;
    chapter.settle().await;
    let _ = jess.receives("You are unsubscribed");
    assert!(page(&chapter, &link).await.is_none());
    chapter.admin("ruth").is_called("a family asks to be deleted");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.done().await;
}

#[tokio::test]
async fn how_names_were_chosen_is_recorded_as_it_was_told() {
    let (chapter, _, link) = jess_has_a_page().await;
    let id = chapter.referral().await.phone_id;
    let told = chapter.look(move |tx| Box::pin(async move { tx.consents_of(id).await })).await;
    let told = told.iter().filter(|one| one.kind == "disclosure").collect::<Vec<_>>();
    let [told] = &told[..] else { panic!("once, with the text that opens the page") };
    let sheet = page(&chapter, &link).await.expect("a page");
    assert_eq!(told.wording, sheet.chosen.join(" "));
    assert_eq!(told.language, "en");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn the_page_runs_from_right_to_left_where_its_language_does() {
    let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
    let words = "\u{645}\u{631}\u{62d}\u{628}\u{627}\u{60c} \u{623}\u{646}\u{627} \u{641}\u{64a} Park Slope 11215 \u{648}\u{637}\u{641}\u{644}\u{64a} \u{639}\u{645}\u{631}\u{647} 5 \u{623}\u{64a}\u{627}\u{645} \u{648}\u{644}\u{627} \u{64a}\u{631}\u{636}\u{639}\u{60c} \u{623}\u{631}\u{64a}\u{62f} \u{632}\u{64a}\u{627}\u{631}\u{629} \u{645}\u{646}\u{632}\u{644}\u{64a}\u{629}";
    let layla = chapter.family("layla");
    layla.texts(words).await;
    chapter.settle().await;
    let code = layla.receives("NYLCA").code();
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let text = layla.receives(&code);
    let sheet = page(&chapter, &text.link_to("f").expect("a link")).await.expect("a page");
    assert_eq!((sheet.lang, sheet.direction), ("ar", "rtl"));
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
