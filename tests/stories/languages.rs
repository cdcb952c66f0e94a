//! A family whose language the chapter does not accept gets plain English, and an admin is asked once.

use model::TaskKind;
use serde_json::json;
use storage::Page;
use testkit::{Chapter, databases::TestDatabase};

testkit::on_both!(a_language_that_is_not_accepted_asks_for_an_admin_once);

/// What waits in the console because of a language.
async fn asked(chapter: &Chapter) -> Vec<Page> {
    let id = chapter.id();
    let open = chapter.look(move |tx| Box::pin(async move { tx.open_pages(id).await })).await;
    open.into_iter().filter(|page| page.reason == "language").collect()
}

async fn a_language_that_is_not_accepted_asks_for_an_admin_once(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(json!({"unreviewed_languages": ["ru"]})).await;

    let olga = chapter.family("olga");
    olga.texts("дочке 5 дней, не берет грудь").await;
    chapter.settle().await;
    let _ = olga.receives("Какой у вас ZIP");
    assert!(asked(&chapter).await.is_empty(), "Russian is accepted");

    let marta = chapter.family("marta");
    marta.texts("mi bebe de 6 dias no agarra el pecho, me duele mucho").await;
    chapter.settle().await;
    let _ = marta.receives("ZIP");
    let calls = asked(&chapter).await;
    assert_eq!(calls.len(), 1);
    assert!(calls[0].inquiry_id.is_some());
    // It waits in the console: nobody is called to the phone for it.
    chapter.admin("ruth").is_left_alone();

    // Answered, it is not asked again for the same inquiry.
    let id = chapter.id();
    let admins = chapter.look(move |tx| Box::pin(async move { tx.admins(id).await })).await;
    let answered = chapter.dispatch().answer_page(id, calls[0].id, admins[0].id).await;
    assert!(answered.expect("the call is answered"));
    marta.texts("todavia no agarra, que hago").await;
    chapter.settle().await;
    assert!(asked(&chapter).await.is_empty());
    // She was asked for her ZIP and did not say it: that is for a person, as in any language.
    let _ = marta.receives("A person from our team");
    chapter.admin("ruth").is_called("waits for you");
    chapter.done_leaving(&[TaskKind::Page, TaskKind::Unanswered]).await;
}
