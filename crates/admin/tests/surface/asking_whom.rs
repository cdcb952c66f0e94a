//! A referral's page: who would be asked and who not, another try of a text, two requests made one.

use model::{InquiryId, Phone, ReferralId, ReferralState};

use crate::{
    asking::{get, post},
    house::{House, MEMBER},
};

/// A second request that runs, from another phone of the same family.
async fn another(house: &House) -> ReferralId {
    let (chapter, now) = (house.ours.clone(), house.dispatch.now());
    let id = house.write(move |tx| {
        Box::pin(async move {
            let chance = model::Chance::seeded(77);
            let number = Phone::from_carrier("+17185550190").expect("a number");
            let phone = tx.phone_for(chapter.id, &number, now, &chance).await?;
            let inquiry = storage::NewInquiry {
                id: InquiryId::generate(now, &chance),
                chapter_id: chapter.id,
                line_id: chapter.line,
                phone_id: phone.id,
                language: "en".to_owned(),
                now,
            };
            let (inquiry, _) = tx.open_inquiry(&inquiry).await?;
            let referral = storage::NewReferral {
                id: ReferralId::generate(now, &chance),
                chapter_id: chapter.id,
                inquiry_id: inquiry.id,
                line_id: chapter.line,
                phone_id: phone.id,
                state: ReferralState::Held,
                now,
            };
            Ok(tx.add_referral(&referral).await?.id)
        })
    });
    id.await
}

#[tokio::test]
async fn before_a_release_it_is_seen_who_would_be_asked() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}/members", house.ours.held);
    let seen = get(&path).cookie(&cookie).of(&house.router).await;
    assert!(seen.body.contains("Would be asked") && seen.body.contains(MEMBER), "{}", seen.body);
    assert!(seen.body.contains("K7Q"), "the offer's exact text stands beside");
    let version = house.held().await.summary.version;
    assert_eq!(house.held().await.asked.len(), 0, "looking asks nobody");
    // She is away now: she is left out, and the page says why.
    let (member, until) = (house.ours.member, house.dispatch.now().after(model::day_hours(24)));
    house.write(move |tx| Box::pin(tx.set_member_away(member, Some(until)))).await;
    let left = get(format!("{path}?list=left&why=away")).cookie(&cookie).of(&house.router).await;
    assert!(left.body.contains("Away") && left.body.contains(MEMBER), "{}", left.body);
    let other = get(format!("{path}?list=left&why=%22%3E%3Cb%3E&page=9")).cookie(&cookie);
    let other = other.of(&house.router).await;
    assert!(other.status == 200 && !other.body.contains("<b>"), "what is typed is not repeated");
    assert_eq!(house.held().await.summary.version, version, "looking changes nothing");
    let theirs = house.signed_in(house.theirs.owner).await;
    assert_eq!(get(&path).cookie(&theirs).of(&house.router).await.status, 404);
    assert_eq!(get(&path).of(&house.router).await.location(), "/sign-in");
}

#[tokio::test]
async fn a_text_that_failed_goes_again_from_the_page_that_shows_it() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.owner).await;
    let page = format!("/referrals/{}", house.ours.held);
    let retry = format!("/outbox/{}/retry", house.ours.failed);
    let shown = get(&page).cookie(&cookie).of(&house.router).await.body;
    assert!(shown.contains(&retry) && shown.contains("Send again"), "{shown}");
    let reader = house.signed_in(house.ours.reader).await;
    let shown = get(&page).cookie(&reader).of(&house.router).await.body;
    assert!(!shown.contains(&retry), "a reader is offered nothing");
    let evil = "back=https%3A%2F%2Fevil.example%2Freferrals%2Fx";
    let form = format!("back={}", page.replace('/', "%2F"));
    let sent = post(&retry).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(sent.location(), format!("{page}?said=retried"));
    let again = post(&retry).cookie(&cookie).form(evil).of(&house.router).await;
    assert_eq!(again.location(), "/outbox?said=not_retried", "to no other site, and not twice");
}

#[tokio::test]
async fn two_requests_of_one_family_are_made_one() {
    let house = House::new().await;
    let (kept, other) = (house.ours.held, another(&house).await);
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{other}/merge");
    let page = get(&path).cookie(&cookie).of(&house.router).await;
    assert!(page.body.contains(&kept.to_string()) && page.body.contains("Make them one"));
    let version = house.dispatch.referral(house.ours.id, other).await.expect("read");
    let version = version.expect("one").summary.version;
    let form = format!("version={version}&into={kept}");
    let reader = house.signed_in(house.ours.reader).await;
    assert_eq!(post(&path).cookie(&reader).form(&form).of(&house.router).await.status, 403);
    let theirs = house.signed_in(house.theirs.owner).await;
    assert_eq!(post(&path).cookie(&theirs).form(&form).of(&house.router).await.status, 404);
    let foreign = format!("version={version}&into={}", house.theirs.held);
    assert_eq!(post(&path).cookie(&cookie).form(&foreign).of(&house.router).await.status, 404);
    let itself = format!("version={version}&into={other}");
    assert_eq!(post(&path).cookie(&cookie).form(&itself).of(&house.router).await.status, 404);
    let old = format!("version={}&into={kept}", version + 7);
    let old = post(&path).cookie(&cookie).form(&old).of(&house.router).await;
    assert_eq!(old.location(), format!("/referrals/{other}?said=changed"));
    let done = post(&path).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(done.location(), format!("/referrals/{kept}?said=merged"));
    let view = house.dispatch.referral(house.ours.id, other).await.expect("read").expect("one");
    assert_eq!(view.summary.state, ReferralState::Closed);
    let words = |view: &dispatch::view::View| {
        view.trace.iter().map(|step| step.words.clone()).collect::<String>()
    };
    assert!(words(&view).contains("in favour of another request"));
    assert!(words(&house.held().await).contains("closed in favour of this one"));
    let twice = post(&path).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(twice.location(), format!("/referrals/{other}?said=changed"), "not twice");
}
