//! Calls for the admin's attention: raised once, answered once.

use model::{AdminId, EmailAddress, LineId, PageId, PersonName, Role, minutes};
use storage::{NewAdmin, NewPage};
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    the_same_call_raised_twelve_times_at_once_is_one,
    calls_about_different_things_stand_side_by_side,
    a_call_is_opened_once_and_closed_again_by_what_is_new,
    a_call_is_answered_by_one,
    people_are_called_in_the_order_they_were_added,
}

fn page(sample: &Sample, reason: &str, line: Option<LineId>) -> NewPage {
    NewPage {
        id: PageId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        reason: reason.to_owned(),
        inquiry_id: None,
        referral_id: None,
        line_id: line,
        member_id: None,
        now: start(),
    }
}

async fn admin(sample: &Sample, n: u32) -> AdminId {
    let new = NewAdmin {
        id: AdminId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        phone_id: sample.phone(n).await,
        name: PersonName::new(format!("Admin {n}")),
        email: EmailAddress::new(format!("admin{n}@example.org")),
        role: Role::Admin,
        now: start(),
    };
    let id = new.id;
    assert!(kept!(sample.store, tx => tx.add_admin(&new).await?));
    id
}

async fn the_same_call_raised_twelve_times_at_once_is_one(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let inquiry = {
        let new = sample.new_inquiry(sample.phone(1).await);
        kept!(sample.store, tx => tx.open_inquiry(&new).await?.0.id)
    };
    for (line, inquiry) in [(None, None), (Some(sample.line), None), (None, Some(inquiry))] {
        let raised = at_once((0..12).map(|_| {
            let store = sample.store.clone();
            let new = NewPage { inquiry_id: inquiry, ..page(&sample, "line_paused", line) };
            async move { kept!(store, tx => tx.add_page(&new).await?) }
        }))
        .await;
        assert_eq!(raised.iter().filter(|raised| **raised).count(), 1, "{line:?} {inquiry:?}");
    }
    let chapter = sample.chapter;
    assert_eq!(seen!(sample.store, tx => tx.open_pages(chapter).await?.len()), 3);
}

async fn calls_about_different_things_stand_side_by_side(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (second, chapter) = (sample.second_line().await, sample.chapter);
    let (ana, beth) = (sample.member(7).await, sample.member(8).await);
    let about = |member| NewPage { member_id: Some(member), ..page(&sample, "opt_out", None) };
    let pages = [
        about(ana),
        about(beth),
        page(&sample, "line_paused", Some(sample.line)),
        page(&sample, "line_paused", Some(second)),
        page(&sample, "held", None),
        page(&sample, "line_paused", None),
    ];
    let mut expected = pages
        .iter()
        .map(|page| (page.id, page.reason.clone(), page.line_id, page.member_id))
        .collect::<Vec<_>>();
    expected.sort_by_key(|(id, ..)| *id);
    let reasons = kept!(sample.store, tx => {
        for page in &pages {
            assert!(tx.add_page(page).await?);
            assert!(!tx.add_page(&NewPage { id: PageId::from_uuid(uuid::Uuid::nil()), ..page.clone() }).await?);
        }
        let open = tx.open_pages(chapter).await?;
        open.into_iter()
            .map(|page| (page.id, page.reason, page.line_id, page.member_id))
            .collect::<Vec<_>>()
    });
    assert_eq!(reasons, expected);
}

async fn a_call_is_opened_once_and_closed_again_by_what_is_new(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (new, other) = (page(&sample, "written", None), page(&sample, "held", None));
    let (chapter, at, id) = (sample.chapter, start().after(minutes(1)), new.id);
    let (opened, again, fresh) = kept!(sample.store, tx => {
        assert!(tx.add_page(&new).await? && tx.add_page(&other).await?);
        assert_eq!(tx.raise_again(&new).await?, None, "nobody has looked at it");
        let opened = [tx.open_page(new.id, at).await?, tx.open_page(new.id, at).await?];
        let seen = tx.open_pages(chapter).await?;
        assert_eq!(seen.iter().filter(|page| page.opened_at == Some(at)).count(), 1);
        let again = tx.raise_again(&new).await?;
        (opened, again, tx.open_pages(chapter).await?)
    });
    assert_eq!((opened, again), ([true, false], Some(id)));
    assert!(fresh.len() == 2 && fresh.iter().all(|page| page.opened_at.is_none()));
    let admin = admin(&sample, 4).await;
    assert!(kept!(sample.store, tx => {
        tx.answer_page(id, admin, at).await? && !tx.open_page(id, at).await?
    }));
}

async fn a_call_is_answered_by_one(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let new = page(&sample, "held", None);
    assert!(kept!(sample.store, tx => {
        assert!(tx.add_page(&new).await?);
        tx.set_page_turns(new.id, 2).await?;
        tx.page_for_update(new.id).await?.is_some_and(|page| page.turns == 2)
    }));
    let mut answers = Vec::new();
    for n in 0..6 {
        let (store, admin) = (sample.store.clone(), admin(&sample, n).await);
        let at = start().after(minutes(i64::from(n)));
        let id = page_id(&sample).await;
        answers.push(async move {
            kept!(store, tx => tx.answer_page(id, admin, at).await?).then_some((admin, at))
        });
    }
    let id = page_id(&sample).await;
    let answered = at_once(answers).await.into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(answered.len(), 1);
    let kept = kept!(sample.store, tx => tx.page_for_update(id).await?.expect("the call"));
    assert_eq!((kept.answered_by, kept.answered_at), (Some(answered[0].0), Some(answered[0].1)));
    // Answered, it may be raised again.
    let again = page(&sample, "held", None);
    let id = again.id;
    assert!(kept!(sample.store, tx => tx.add_page(&again).await?));
    assert_eq!(page_id(&sample).await, id);
}

/// The one call that is open.
async fn page_id(sample: &Sample) -> PageId {
    let chapter = sample.chapter;
    let open = seen!(sample.store, tx => tx.open_pages(chapter).await?);
    assert_eq!(open.len(), 1);
    open[0].id
}

async fn people_are_called_in_the_order_they_were_added(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let ids = [admin(&sample, 3).await, admin(&sample, 1).await, admin(&sample, 2).await];
    let chapter = sample.chapter;
    let order = seen!(sample.store, tx => tx.admins(chapter).await?);
    assert_eq!(order.iter().map(|admin| admin.id).collect::<Vec<_>>(), ids);
    assert_eq!(order.iter().map(|admin| admin.paging_order).collect::<Vec<_>>(), [1, 2, 3]);
    // A number that is one of theirs already is not added twice.
    let (phone, name) = (order[0].phone_id, PersonName::new("Somebody else"));
    let twice = NewAdmin {
        id: AdminId::generate(start(), &sample.chance),
        chapter_id: chapter,
        phone_id: phone,
        name,
        email: EmailAddress::new("else@example.org"),
        role: Role::Reader,
        now: start(),
    };
    assert!(!kept!(sample.store, tx => tx.add_admin(&twice).await?));
    let found = seen!(sample.store, tx => tx.admin_by_phone(phone, chapter).await?);
    assert_eq!(found.expect("the admin").name.reveal(), "Admin 3");
}
