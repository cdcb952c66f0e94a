//! What goes on beside the line: the post for the members' group, a claim made there with its condition, a
//! consultant who is replaced, and what a release or an answer costs.

use model::{ClaimId, ClaimKind, InquiryId, MemberId, MemberStatus, PersonName, Phone};

use crate::{
    asking::{Answer, get, post},
    house::{FAMILY, House, run},
};

/// One of the chapter's people at a referral's page.
struct Desk {
    house: House,
    cookie: String,
    here: String,
}

impl Desk {
    async fn new() -> Self {
        let house = House::new().await;
        let cookie = house.signed_in(house.ours.owner).await;
        let here = format!("/referrals/{}", house.ours.held);
        Self { house, cookie, here }
    }

    async fn page(&self) -> Answer {
        get(&self.here).cookie(&self.cookie).of(&self.house.router).await
    }

    async fn version(&self) -> i64 {
        self.house.held().await.summary.version
    }

    /// Presses a button, and gives what the page said of it.
    async fn said(&self, way: &str, form: &str) -> String {
        let form = format!("version={}&{form}", self.version().await);
        let asked = post(format!("{}{way}", self.here)).cookie(&self.cookie).form(&form);
        let done = asked.of(&self.house.router).await;
        let said = done.location().strip_prefix(&format!("{}?said=", self.here));
        said.map_or_else(|| panic!("{} {}", done.status, done.body), str::to_owned)
    }

    /// Another active member, who stands by if she claimed after the places were gone.
    async fn member(&self, name: &'static str, number: &'static str) -> MemberId {
        let (chapter, now) = (self.house.ours.id, self.house.dispatch.now());
        let added = self.house.write(move |tx| {
            Box::pin(async move {
                let chance =
                    model::Chance::seeded(number.len() as u64 + number.as_bytes()[11] as u64);
                let number = Phone::from_carrier(number).expect("a number");
                let phone = tx.phone_for(chapter, &number, now, &chance).await?;
                let member = storage::NewMember {
                    id: MemberId::generate(now, &chance),
                    chapter_id: chapter,
                    phone_id: phone.id,
                    name: PersonName::new(name),
                    email: None,
                    private: storage::MemberPrivate::default(),
                    status: MemberStatus::Active,
                    profile: storage::Profile::default(),
                    now,
                };
                Ok(tx.put_member(&member).await?.0)
            })
        });
        added.await
    }

    /// Puts a claim of hers beside those that are there.
    async fn claims(&self, member: MemberId, kind: ClaimKind, place: Option<i64>) {
        let (ours, now) = (self.house.ours.clone(), self.house.dispatch.now());
        self.house
            .write(move |tx| {
                Box::pin(async move {
                    let chance = model::Chance::seeded(member.as_uuid().as_u64_pair().1);
                    tx.put_claim(&storage::NewClaim {
                        id: ClaimId::generate(now, &chance),
                        chapter_id: ours.id,
                        referral_id: ours.held,
                        member_id: member,
                        kind,
                        place,
                        turn: place.unwrap_or(4),
                        caveat: None,
                        held_until: None,
                        now,
                    })
                    .await
                })
            })
            .await;
    }
}

#[tokio::test]
async fn the_group_s_post_tells_what_an_offer_tells_and_how_to_claim_alone() {
    let desk = Desk::new().await;
    desk.page().await.lacks("id=\"post-text\"");
    run(&desk.house).await;
    let page = desk.page().await;
    page.says("data-copy=\"post-text\"").says("id=\"post-text-said\" role=\"status\"");
    let (_, told) = page.body.split_once("id=\"post-text\"").expect("the post");
    let (told, _) = told.split_once("</textarea>").expect("its end");
    assert!(told.contains("text K7Q to 212-555-0101"), "{told}");
    assert!(told.contains("Park Slope"), "what an offer says: {told}");
    for hers in ["Milo", "won", FAMILY, "718", "http", "/c/"] {
        assert!(!told.contains(hers), "{hers} is in {told}");
    }
    // Once nobody can claim any more there is nothing to post.
    let close = post(format!("/api/v1{}/close", desk.here)).bearer(&desk.house.ours.token);
    close.of(&desk.house.router).await.is(200);
    desk.page().await.lacks("id=\"post-text\"");
}

#[tokio::test]
async fn a_claim_made_elsewhere_keeps_its_condition() {
    let desk = Desk::new().await;
    run(&desk.house).await;
    let bea = desk.member("Bea Sample", "+17185550161").await;
    desk.page().await.says("name=\"caveat\"");
    let long = format!("member={bea}&caveat={}", "x".repeat(81));
    assert_eq!(desk.said("/claim", &long).await, "long_caveat");
    assert!(desk.house.held().await.places[1].member.is_none(), "nothing was changed");
    let claim = format!("member={bea}&caveat=+only+after+5+pm%0A");
    assert_eq!(desk.said("/claim", &claim).await, "placed");
    let place = desk.house.held().await.places[1].clone();
    assert_eq!((place.member, place.caveat.as_deref()), (Some(bea), Some("only after 5 pm")));
    desk.page().await.says("Bea Sample - only after 5 pm");
    let reader = desk.house.signed_in(desk.house.ours.reader).await;
    let form = format!("version={}&{claim}", desk.version().await);
    let asked = post(format!("{}/claim", desk.here)).cookie(&reader).form(&form);
    assert_eq!(asked.of(&desk.house.router).await.status, 403);
}

#[tokio::test]
async fn whoever_cannot_is_replaced_by_whoever_stands_by() {
    let desk = Desk::new().await;
    run(&desk.house).await;
    let bea = desk.member("Bea Sample", "+17185550161").await;
    let cai = desk.member("Cai Sample", "+17185550162").await;
    let dia = desk.member("Dia Sample", "+17185550163").await;
    desk.claims(bea, ClaimKind::Firm, Some(2)).await;
    desk.claims(cai, ClaimKind::Firm, Some(3)).await;
    desk.claims(dia, ClaimKind::Standby, None).await;
    desk.page().await.says("On standby: Dia Sample").says("Replace a consultant");
    let ana = desk.house.ours.member;
    let stale = format!("version={}&member={ana}", desk.version().await + 7);
    let path = format!("{}/replace", desk.here);
    let stale = post(&path).cookie(&desk.cookie).form(&stale).of(&desk.house.router).await;
    assert_eq!(stale.location(), format!("{}?said=changed", desk.here));
    let reader = desk.house.signed_in(desk.house.ours.reader).await;
    let form = format!("version={}&member={ana}", desk.version().await);
    let refused = post(&path).cookie(&reader).form(&form).of(&desk.house.router).await;
    assert_eq!(refused.status, 403);
    let theirs = desk.house.signed_in(desk.house.theirs.owner).await;
    assert_eq!(post(&path).cookie(&theirs).form(&form).of(&desk.house.router).await.status, 404);
    assert_eq!(desk.said("/replace", &format!("member={ana}")).await, "replaced");
    desk.page().await.says("Dia Sample").lacks("On standby");
    let places = desk.house.held().await.places;
    assert_eq!(places[0].member, Some(dia), "whoever stands by moves up: {places:?}");
    assert_eq!(
        desk.said("/replace", &format!("member={ana}")).await,
        "nobody_found",
        "she has none"
    );
    // Whoever stands by herself gives nobody's place away: it would come to her.
    let own = desk.member("Ruth owner", "+16465550131").await;
    desk.claims(own, ClaimKind::Standby, None).await;
    assert_eq!(desk.said("/replace", &format!("member={bea}")).await, "own_place");
}

#[tokio::test]
async fn it_is_told_what_a_release_and_an_answer_cost() {
    let desk = Desk::new().await;
    desk.member("Bea Sample", "+17185550161").await;
    desk.page().await.says("Releasing sends 2 texts, about ");
    let members = get(format!("{}/members", desk.here)).cookie(&desk.cookie);
    members.of(&desk.house.router).await.says("Releasing sends 2 texts, about ");
    let reader = desk.house.signed_in(desk.house.ours.reader).await;
    get(&desk.here).cookie(&reader).of(&desk.house.router).await.lacks("Releasing sends");

    let length = async |cookie: &str, words: &str| {
        let asked = post("/conversations/length").cookie(cookie).form(&format!("text={words}"));
        asked.of(&desk.house.router).await
    };
    let told = length(&desk.cookie, "Hello").await;
    assert!(told.body.starts_with("5 letters, 1 segment, "), "{}", told.body);
    let wide = length(&desk.cookie, "%E2%9C%93").await;
    assert!(wide.body.starts_with("1 letter of a wide alphabet, 1 segment"), "{}", wide.body);
    assert_eq!(length(&desk.cookie, "").await.body, "");
    assert_eq!(length(&reader, "Hello").await.status, 403);
    assert_eq!(length("", "Hello").await.location(), "/sign-in");
    // A text at hand is put in with what it takes.
    let talk: InquiryId = desk.house.held().await.inquiry;
    let thread = format!("/conversations/{talk}");
    let take = post(format!("{thread}/take-over")).cookie(&desk.cookie).form("");
    take.of(&desk.house.router).await;
    let page = get(format!("{thread}?canned=0")).cookie(&desk.cookie).of(&desk.house.router).await;
    page.says("data-takes=\"text-takes\"").says("letters, 1 segment");
}
