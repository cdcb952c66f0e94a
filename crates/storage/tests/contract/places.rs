//! Exactly three places: the locked referral is the referee, unique indexes stand behind it.

use model::{ClaimId, ClaimKind, MemberId, ReferralId, referral::PLACES, seconds};
use storage::{Claim, Error, NewClaim, Result, WriteTx};
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    forty_racing_claims_give_exactly_three_places,
    one_member_who_claims_twelve_times_at_once_has_one_place,
    without_the_lock_the_table_itself_refuses_a_taken_place,
    a_place_given_back_goes_to_the_next,
    a_member_has_one_offer_in_a_referral,
}

fn claim(sample: &Sample, referral: ReferralId, member: MemberId) -> NewClaim {
    NewClaim {
        id: ClaimId::generate(start(), &sample.chance),
        chapter_id: sample.chapter,
        referral_id: referral,
        member_id: member,
        kind: ClaimKind::Firm,
        place: None,
        turn: 0,
        caveat: None,
        held_until: None,
        now: start(),
    }
}

/// What the dispatch does in a few words: lock, look, take the lowest free place or stand by.
async fn take_a_place(tx: &mut WriteTx, new: &NewClaim) -> Result<Option<i64>> {
    tx.referral_for_update(new.referral_id).await?.expect("the referral");
    let claims = tx.claims(new.referral_id).await?;
    if let Some(mine) = claims.iter().find(|claim| claim.member_id == new.member_id) {
        return Ok(mine.place);
    }
    let taken = claims.iter().filter_map(|claim| claim.place).collect::<Vec<_>>();
    let place = (1..=PLACES).find(|place| !taken.contains(place));
    let kind = if place.is_some() { ClaimKind::Firm } else { ClaimKind::Standby };
    let turn = i64::try_from(claims.len()).expect("few claims") + 1;
    tx.put_claim(&NewClaim { kind, place, turn, ..new.clone() }).await?;
    Ok(place)
}

async fn claims(sample: &Sample, referral: ReferralId) -> Vec<Claim> {
    seen!(sample.store, tx => tx.claims(referral).await?)
}

async fn forty_racing_claims_give_exactly_three_places(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let referral = sample.referral(1).await;
    let mut racing = Vec::new();
    for n in 0..40 {
        let new = claim(&sample, referral, sample.member(100 + n).await);
        let store = sample.store.clone();
        racing.push(async move { kept!(store, tx => take_a_place(tx, &new).await?) });
    }
    let mut places = at_once(racing).await;
    places.sort_unstable();
    let mut expected = vec![None; 37];
    expected.extend([Some(1), Some(2), Some(3)]);
    assert_eq!(places, expected);
    let kept = claims(&sample, referral).await;
    assert_eq!(kept.iter().filter(|claim| claim.kind == ClaimKind::Firm).count(), 3);
    let turns = kept.iter().map(|claim| claim.turn).collect::<Vec<_>>();
    assert_eq!(turns, (1..=40).collect::<Vec<_>>(), "each saw all that came before it");
    assert!(kept.iter().all(|claim| claim.place.is_some() == (claim.turn <= 3)));
}

async fn one_member_who_claims_twelve_times_at_once_has_one_place(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (referral, member) = (sample.referral(1).await, sample.member(2).await);
    let places = at_once((0..12).map(|_| {
        let (store, new) = (sample.store.clone(), claim(&sample, referral, member));
        async move { kept!(store, tx => take_a_place(tx, &new).await?) }
    }))
    .await;
    assert_eq!(places, vec![Some(1); 12]);
    assert_eq!(claims(&sample, referral).await.len(), 1);
}

async fn without_the_lock_the_table_itself_refuses_a_taken_place(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let referral = sample.referral(1).await;
    let mut racing = Vec::new();
    for n in 0..12 {
        let new = NewClaim {
            place: Some(2),
            turn: i64::from(n),
            ..claim(&sample, referral, sample.member(100 + n).await)
        };
        let store = sample.store.clone();
        racing.push(async move {
            store.write(move |tx| Box::pin(async move { tx.put_claim(&new).await })).await
        });
    }
    let outcomes = at_once(racing).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(matches!(refused, Error::Sql(_)) && !refused.is_passing(), "{refused:?}");
    }
    assert_eq!(claims(&sample, referral).await.len(), 1);
    for place in [0, 4, -1] {
        let new =
            NewClaim { place: Some(place), ..claim(&sample, referral, sample.member(200).await) };
        let refused: Result<()> =
            sample.store.write(move |tx| Box::pin(async move { tx.put_claim(&new).await })).await;
        assert!(refused.is_err(), "there is no place {place}");
    }
}

async fn a_place_given_back_goes_to_the_next(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let referral = sample.referral(1).await;
    let mut members = Vec::new();
    for n in 0..4 {
        members.push(sample.member(100 + n).await);
    }
    for (n, member) in members.iter().enumerate() {
        let new = claim(&sample, referral, *member);
        let place = kept!(sample.store, tx => take_a_place(tx, &new).await?);
        assert_eq!(place, [Some(1), Some(2), Some(3), None][n]);
    }
    let named = start().after(seconds(30));
    kept!(sample.store, tx => {
        let mut all = tx.claims(referral).await?;
        all[1].kind = ClaimKind::Dropped;
        all[1].place = None;
        all[1].named_at = Some(named);
        tx.save_claim(&all[1]).await?;
        all[3].kind = ClaimKind::Firm;
        all[3].place = Some(2);
        tx.save_claim(&all[3]).await?;
    });
    let kept = claims(&sample, referral).await;
    assert_eq!(
        kept.iter().map(|claim| claim.place).collect::<Vec<_>>(),
        [Some(1), None, Some(3), Some(2)]
    );
    let last = members[1];
    assert_eq!(seen!(sample.store, tx => tx.last_named(last).await?), Some(referral));
    assert_eq!(seen!(sample.store, tx => tx.running_claims(last).await?.len()), 0);
    // She comes back: the same claim with a new turn, and the family has not been told of it.
    let again = NewClaim { kind: ClaimKind::Standby, turn: 5, ..claim(&sample, referral, last) };
    kept!(sample.store, tx => tx.put_claim(&again).await?);
    let kept = claims(&sample, referral).await;
    assert_eq!(kept.len(), 4);
    assert_eq!((kept[3].member_id, kept[3].turn, kept[3].named_at), (last, 5, None));
    assert_eq!(seen!(sample.store, tx => tx.running_claims(last).await?.len()), 1);
}

async fn a_member_has_one_offer_in_a_referral(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (referral, member) = (sample.referral(1).await, sample.member(2).await);
    let added = at_once((0..8).map(|n| {
        let store = sample.store.clone();
        let new = storage::NewOffer {
            id: model::OfferId::generate(start(), &sample.chance),
            chapter_id: sample.chapter,
            referral_id: referral,
            member_id: member,
            round: 1,
            position: n,
            state: model::OfferState::Resting,
            due_at: start(),
            outbox_id: None,
        };
        async move { kept!(store, tx => tx.add_offer(&new).await?) }
    }))
    .await;
    assert_eq!(added.iter().filter(|added| **added).count(), 1);
    assert_eq!(seen!(sample.store, tx => tx.offers(referral).await?.len()), 1);
}
