//! Who is found by a code or a number, and by whom.

use crate::{
    asking::{post, sent},
    house::{FAMILY, House, run},
};

#[tokio::test]
async fn a_family_that_phones_is_found_and_no_number_stands_in_an_address() {
    let house = House::new().await;
    run(&house).await;
    let talk = format!("/conversations/{}", house.held().await.inquiry);
    let (referral, member) =
        (format!("/referrals/{}", house.ours.held), format!("/roster/{}", house.ours.member));
    let nothing = "/conversations?said=nothing_found";
    for (who, what, found) in [
        (house.ours.keeper, "k7q", referral.as_str()),
        (house.ours.keeper, FAMILY, talk.as_str()),
        (house.ours.keeper, "(347) 555-0121", member.as_str()),
        (house.ours.keeper, "718-555-0143", nothing),
        (house.ours.keeper, "Ana Sample", nothing),
        (house.ours.reader, "K7Q", referral.as_str()),
        (house.ours.reader, FAMILY, nothing),
        (house.theirs.owner, "K7Q", nothing),
        (house.theirs.owner, FAMILY, nothing),
    ] {
        let cookie = house.signed_in(who).await;
        let form = format!("what={}", sent(what));
        let answer = post("/find").cookie(&cookie).form(&form).of(&house.router).await;
        assert_eq!(answer.location(), found, "{what}");
    }
    let stranger = post("/find").form("what=K7Q").of(&house.router).await;
    assert_eq!(stranger.location(), "/sign-in");
}
