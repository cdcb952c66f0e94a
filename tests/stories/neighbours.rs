//! Two chapters in one installation see nothing of each other.

use model::{ReferralState, TaskKind};
use testkit::{Chapter, chapter::Joining};

use crate::{ALL, JESS, claim, jess_asks};

#[tokio::test]
async fn the_same_family_and_the_same_member_are_strangers_next_door() {
    let here = Chapter::begin().await;
    let there = here.neighbour("bayside").await;
    for name in ["ana", "jess"] {
        let phone = here.family(name).number();
        there.knows(name, &phone);
    }
    there.joins("ana", Joining::usual("Ana Nextdoor")).await;
    there.joins("zoe", Joining::usual("Zoe Nextdoor")).await;

    let code = jess_asks(&here, &ALL).await;
    there.family("jess").receives_nothing();
    there.phone("ana").receives_nothing();
    there.family("jess").texts(JESS).await;
    there.settle().await;
    let ack = there.family("jess").receives("Bayside LC: Got it").says("2 consultants");
    let other = ack.code();
    for name in ["ana", "zoe"] {
        assert_eq!(there.phone(name).receives_offer().code(), other);
    }
    here.family("jess").receives_nothing();

    // A place here is none there, and the other's code is nobody's.
    claim(&here, &code, &["ana"], 1).await;
    there.phone("ana").receives_nothing();
    let (firm, _) = there.places(&there.referral().await).await;
    assert!(firm.is_empty(), "{firm:?}");
    if code != other {
        there.phone("ana").texts(&code).await;
        let answered = there.phone("ana").reads_all();
        assert!(answered.iter().all(|text| !text.contains("of 3")), "{answered:?}");
        let (firm, _) = here.places(&here.referral().await).await;
        assert_eq!(firm, ["ana"]);
    }

    // A stop there is none here.
    there.family("jess").texts("STOP").await;
    let _ = there.family("jess").receives("You are unsubscribed");
    assert_eq!(there.referral().await.state, ReferralState::Withdrawn);
    let _ = there.phone("ana").reads_all();
    claim(&here, &code, &["beth", "cleo"], 2).await;
    let _ = here.family("jess").receives("Here are 3 consultants").lacks("Nextdoor");
    there.family("jess").receives_nothing();
    assert_eq!((here.referrals().await.len(), there.referrals().await.len()), (1, 1));

    // Nobody decides about the neighbour's.
    let (theirs, ruth) = (there.referral().await.id, here.admin_id("ruth"));
    let decided = here
        .dispatch()
        .decide(here.id(), theirs, ruth.into(), None, dispatch::Decision::Close)
        .await
        .expect("the database answers");
    assert_eq!(decided, Err(dispatch::Refusal::NotFound));
    here.done_leaving(&[TaskKind::FollowUp]).await;
    there.done_leaving(&[TaskKind::Hold]).await;
}
