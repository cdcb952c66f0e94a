//! What a member's own pages rest on: her browsers, what she claimed before, her share.

use model::{ClaimId, ClaimKind, MessageKind, PushId, minutes, seconds};
use serde_json::json;
use storage::{By, Claim, NewClaim, NewMessage, NewSubscription};
use testkit::databases::TestDatabase;

use super::sample::{Sample, start};

testkit::on_both! {
    a_browser_is_known_by_its_address_and_room_is_made_for_the_newest,
    a_notification_is_leased_with_its_browser_and_goes_again_where_nobody_knows,
    the_key_that_is_kept_stays,
    what_is_over_is_told_page_by_page,
    shares_are_counted_for_all_or_for_one,
}

fn browser(sample: &Sample, member: model::MemberId, n: i64) -> NewSubscription {
    NewSubscription {
        id: PushId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        member_id: member,
        endpoint: format!("https://push.example/{n}"),
        content: json!({"endpoint": n}),
        now: start().after(seconds(n)),
    }
}

async fn a_browser_is_known_by_its_address_and_room_is_made_for_the_newest(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, beth) = (sample.member(1).await, sample.member(2).await);
    let of = async |member| seen!(sample.store, tx => tx.subscriptions(member).await?);
    let (first, again) = (browser(&sample, ana, 1), browser(&sample, ana, 1));
    kept!(sample.store, tx => tx.add_subscription(&first).await?);
    let second = again.id;
    kept!(sample.store, tx => tx.add_subscription(&again).await?);
    assert_eq!(of(ana).await, [second]);
    let hers = browser(&sample, beth, 1);
    kept!(sample.store, tx => tx.add_subscription(&hers).await?);
    assert_eq!((of(ana).await.len(), of(beth).await.len()), (0, 1));
    let many = (2..12).map(|n| browser(&sample, ana, n)).collect::<Vec<_>>();
    let newest = many.iter().skip(2).map(|one| one.id).collect::<Vec<_>>();
    kept!(sample.store, tx => for one in &many { tx.add_subscription(one).await?; });
    assert_eq!(of(ana).await, newest);
    let gone = newest[0];
    kept!(sample.store, tx => assert_eq!(tx.forget_subscriptions(ana, Some(gone)).await?, 1));
    kept!(sample.store, tx => assert_eq!(tx.forget_subscriptions(ana, None).await?, 7));
    assert_eq!((of(ana).await.len(), of(beth).await.len()), (0, 1));
}

async fn a_notification_is_leased_with_its_browser_and_goes_again_where_nobody_knows(
    database: TestDatabase,
) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let phone = sample.phone(1).await;
    let (known, gone) = (browser(&sample, member, 1), browser(&sample, member, 2));
    let message = |to, dedupe: &str| NewMessage {
        by: By::Push { to, member },
        ..sample.text(phone, MessageKind::Offer, dedupe)
    };
    let (one, other) = (message(known.id, "one"), message(gone.id, "other"));
    let (first, browser) = (one.id, known.id);
    kept!(sample.store, tx => {
        tx.add_subscription(&known).await?;
        tx.enqueue(&one).await?;
        tx.enqueue(&other).await?;
    });
    let lease = async |at| kept!(sample.store, tx => tx.lease_pushes(at, minutes(1), 9).await?);
    let leased = lease(start()).await;
    let of = |id| leased.iter().find(|leased| leased.id == id).expect("it is leased");
    assert_eq!(leased.len(), 2);
    assert_eq!(of(first).push, Some(json!({"endpoint": 1})));
    assert!(of(first).to.is_none() && !of(first).suppressed);
    assert!(leased.iter().any(|leased| leased.push.is_none()), "its browser is not known");
    assert!(lease(start()).await.is_empty());
    let lapsed = start().after(minutes(1));
    kept!(sample.store, tx => assert_eq!(tx.return_lapsed(lapsed).await?, 2));
    let known = seen!(sample.store, tx => tx.browser_of(first).await?);
    assert_eq!(known, (Some(member), Some(browser)));
    let stopped = seen!(sample.store, tx => tx.phone(phone).await?.expect("her number"));
    kept!(sample.store, tx => tx.suppress(&stopped, "chapter", "keyword", start()).await?);
    assert!(lease(lapsed).await.iter().all(|leased| leased.suppressed && leased.attempts == 2));
}

async fn the_key_that_is_kept_stays(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let key =
        async |new: &'static [u8]| kept!(sample.store, tx => tx.push_key(new, start()).await?);
    assert_eq!(key(b"first").await, b"first");
    assert_eq!(key(b"second").await, b"first");
}

async fn what_is_over_is_told_page_by_page(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let member = sample.member(1).await;
    let mut all = Vec::new();
    for n in 0..5 {
        let referral = sample.referral(10 + n).await;
        let kind = if n == 4 { ClaimKind::Standby } else { ClaimKind::Dropped };
        let claim = NewClaim {
            id: ClaimId::generate(start(), &sample.chance),
            chapter_id: sample.chapter,
            referral_id: referral,
            member_id: member,
            kind,
            place: None,
            turn: 1,
            caveat: None,
            held_until: None,
            // Two at one instant: their ids tell them apart.
            now: start().after(seconds(i64::from(n / 2))),
        };
        all.push((claim.now, claim.id));
        kept!(sample.store, tx => tx.put_claim(&claim).await?);
    }
    let running = all.pop().expect("the last");
    all.sort_unstable();
    all.reverse();
    let (mut told, mut before) = (Vec::new(), None);
    loop {
        let page = seen!(sample.store, tx => tx.past_claims(member, before, 3).await?);
        let Some(last) = page.last() else { break };
        before = Some((last.claimed_at, last.id));
        told.extend(page.iter().map(|claim| (claim.claimed_at, claim.id)));
    }
    assert_eq!(told, all);
    assert!(!told.contains(&running), "what runs is not over");
}

async fn shares_are_counted_for_all_or_for_one(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (ana, beth) = (sample.member(1).await, sample.member(2).await);
    let referral = sample.referral(10).await;
    let claim = NewClaim {
        id: ClaimId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        referral_id: referral,
        member_id: ana,
        kind: ClaimKind::Firm,
        place: Some(1),
        turn: 1,
        caveat: None,
        held_until: None,
        now: start(),
    };
    kept!(sample.store, tx => tx.put_claim(&claim).await?);
    let chapter = sample.chapter;
    let later = start().after(seconds(5));
    let named = async |since| seen!(sample.store, tx => (tx.share_since(ana, since).await?, tx.named_since(chapter, since).await?));
    assert_eq!(named(start()).await, ((0, 0), vec![(0, 2)]), "nobody has her name yet");
    kept!(sample.store, tx => {
        for claim in tx.claims_of(&[referral]).await? {
            tx.save_claim(&Claim { named_at: Some(later), ..claim }).await?;
        }
    });
    assert_eq!(named(later).await, ((0, 1), vec![(0, 1), (1, 1)]));
    assert_eq!(named(later.after(seconds(1))).await, ((0, 0), vec![(0, 2)]));
    let shares = async |since, only| {
        let mut all = seen!(sample.store, tx => tx.shares(chapter, since, only).await?);
        all.sort_unstable_by_key(|(member, _)| *member != ana);
        all
    };
    assert_eq!(shares(start(), None).await, [(ana, [0, 1, 1]), (beth, [0, 0, 0])]);
    assert_eq!(shares(start(), Some(ana)).await, [(ana, [0, 1, 1])]);
    assert_eq!(shares(start().after(seconds(1)), Some(ana)).await, [(ana, [0, 0, 1])]);
}
