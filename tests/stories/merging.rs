//! Two requests of one family are made one: nothing of either is lost, and nobody is left waiting.

use dispatch::Decision;
use model::{ClaimKind, ReferralState, TaskKind};
use storage::Referral;
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, claim, deciding::decides, jess_asks, jess_has_names};

testkit::on_both!(
    the_other_phone_hears_of_it_also_where_nothing_is_promised_any_more,
    whom_the_family_has_from_one_request_it_does_not_get_from_the_other,
    what_was_not_read_yet_is_read_in_the_one_that_goes_on,
    what_settles_after_the_close_begins_another_request,
);

/// Sam, of the same family, asks from another phone; gives the code.
async fn sam_asks(chapter: &Chapter) -> String {
    chapter.family("sam").texts("newborn wont latch, 3 days old, Park Slope 11215").await;
    chapter.settle().await;
    let code = chapter.family("sam").receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    code
}

async fn of_code(chapter: &Chapter, code: &str) -> Referral {
    let all = chapter.referrals().await;
    let is_it = |one: &Referral| one.code.is_some_and(|own| own.as_str() == code);
    all.into_iter().find(is_it).expect("a referral of this code")
}

async fn merged(chapter: &Chapter, from: &str, into: &str) {
    let (other, kept) = (of_code(chapter, from).await, of_code(chapter, into).await);
    let done = decides(chapter, "ruth", &other, Decision::MergeInto(kept.id)).await;
    assert_eq!(done, Ok(()));
    assert_eq!(of_code(chapter, from).await.state, ReferralState::Closed);
}

async fn the_other_phone_hears_of_it_also_where_nothing_is_promised_any_more(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    let names = jess_has_names(&chapter).await;
    let asked = sam_asks(&chapter).await;
    merged(&chapter, &asked, &names).await;
    let _ = chapter.family("sam").receives("A person from our team will text you");
    chapter.admin("ruth").is_called("a family's other phone");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn whom_the_family_has_from_one_request_it_does_not_get_from_the_other(
    database: TestDatabase,
) {
    let chapter = Chapter::on(database).await;
    let names = jess_has_names(&chapter).await;
    let asked = sam_asks(&chapter).await;
    merged(&chapter, &names, &asked).await;
    let _ = chapter.family("jess").receives(&asked);
    chapter.phone("ana").replies(&asked).await;
    let _ = chapter.phone("ana").receives("filled");
    claim(&chapter, &asked, &["dora", "ella"], 1).await;
    let kept = of_code(&chapter, &asked).await.id;
    let claims = chapter.look(move |tx| Box::pin(async move { tx.claims(kept).await })).await;
    let had = claims.iter().filter(|claim| claim.kind == ClaimKind::Kept).count();
    assert_eq!(had, 3, "{claims:?}");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn what_was_not_read_yet_is_read_in_the_one_that_goes_on(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let kept = jess_asks(&chapter, &ALL).await;
    let other = sam_asks(&chapter).await;
    claim(&chapter, &kept, &["ana"], 1).await;
    let sam = chapter.family("sam");
    sam.texts("we would also take a video visit, and we speak Spanish").await;
    merged(&chapter, &other, &kept).await;
    let _ = sam.receives(&kept);
    let _ = chapter.phone("ana").reads_all();
    chapter.settle().await;
    sam.receives_nothing();
    let facts = of_code(&chapter, &kept).await.facts;
    assert!(facts.visit_types.iter().any(|visit| visit == "virtual"), "{facts:?}");
    assert!(facts.languages.iter().any(|language| language == "es"), "{facts:?}");
    let _ = chapter.family("jess").reads_all();
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn what_settles_after_the_close_begins_another_request(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    let jess = chapter.family("jess");
    jess.texts("we moved, it is Astoria 11102 now, he still wont latch").await;
    let seen = of_code(&chapter, &code).await;
    assert_eq!(decides(&chapter, "ruth", &seen, Decision::Close).await, Ok(()));
    let _ = jess.reads_all();
    chapter.settle().await;
    let anew = jess.receives("Got it").says("Astoria").code();
    assert_ne!(anew, code);
    assert_eq!(of_code(&chapter, &code).await.state, ReferralState::Closed);
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
