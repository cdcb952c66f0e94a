//! A hospital's people hear by e-mail that its list is published or corrected, once each.

use model::TaskKind;
use roster::{NewContact, Person};
use storage::Task;
use testkit::{Chapter, databases::TestDatabase};

use super::lists::{act, chapter, has};

testkit::on_both! { contacts_hear_once_of_an_edition_and_of_a_correction }

async fn contact(chapter: &Chapter, hospital: &str, name: &str, email: Option<&str>) {
    let new = NewContact {
        role: "unit manager".to_owned(),
        name: name.to_owned(),
        email: email.map(str::to_owned),
        phone: None,
        note: String::new(),
    };
    let act = act(chapter, Person::Service);
    roster::add_contact(chapter.dispatch().store(), &act, hospital, new).await.expect("added");
}

async fn contacts_hear_once_of_an_edition_and_of_a_correction(database: TestDatabase) {
    let chapter = chapter(database).await;
    has(&chapter, "ana", "2026-10-01", "2027-12-31").await;
    has(&chapter, "beth", "2026-10-01", "2027-12-31").await;
    let (mara, otto) = ("mara@h1.example", "otto@h2.example");
    contact(&chapter, "h1", "Mara", Some(mara)).await;
    contact(&chapter, "h1", "Nobody", None).await;
    contact(&chapter, "h2", "Otto", Some(otto)).await;
    let (store, act) = (chapter.dispatch().store(), act(&chapter, Person::Service));
    let edition = roster::publish(store, &act, "h1").await.expect("published");
    chapter.run().await;
    let mails = chapter.mails_to(mara);
    let [mail] = &mails[..] else { panic!("one e-mail, not {}", mails.len()) };
    let body = mail.text.reveal();
    assert!(mail.subject.contains("H1") && body.contains("edition 1"), "{body}");
    assert!(body.contains("2 consultants") && body.contains("/h/"), "{body}");
    assert!(!body.contains("Ana") && !body.contains("555"), "no name, no number: {body}");

    // The task runs again, as after a crash: nothing is doubled.
    let (id, now, own) = (edition.id.as_uuid(), chapter.now(), chapter.id());
    let task = Task { kind: TaskKind::Notice, subject: id, chapter_id: own };
    chapter.change(move |tx| Box::pin(async move { tx.plan(task, now).await })).await;
    chapter.run().await;
    assert_eq!(chapter.mails_to(mara).len(), 1);

    roster::recall(store, &act, "h1", chapter.member("ana"), "a complaint")
        .await
        .expect("recalled");
    chapter.run().await;
    let mails = chapter.mails_to(mara);
    let body = mails[1].text.reveal();
    assert!(mails.len() == 2 && mails[1].subject.contains("corrected"));
    assert!(
        body.contains("taken 1 consultant off") && body.contains("takes the place of edition 1")
    );
    assert!(!body.contains("complaint"), "why stays with the chapter: {body}");
    assert!(chapter.mails_to(otto).is_empty(), "another hospital's list is not theirs");
    chapter.done().await;
}
