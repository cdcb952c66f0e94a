//! An admin's morning by requests, on SQLite and on PostgreSQL: what waited is put right and released, a place
//! is given by hand, a thread taken over and handed back, a member approved; and it is all on the record.
//! The browser test plays it with a finger.

use model::{MemberId, MemberStatus, PersonName, Phone};
use testkit::databases::TestDatabase;

use crate::{
    asking::{get, post},
    house::House,
};

testkit::on_both!(a_morning_is_worked_through_and_stands_on_the_record);

struct Admin {
    house: House,
    cookie: String,
}

impl Admin {
    async fn sees(&self, path: &str) -> String {
        let page = get(path).cookie(&self.cookie).of(&self.house.router).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        page.body
    }

    /// What a page says of what was just done.
    async fn presses(&self, path: &str, form: &str) -> String {
        let done = post(path).cookie(&self.cookie).form(form).of(&self.house.router).await;
        assert_eq!(done.status, 303, "{path}: {}", done.body);
        done.location().rsplit_once("said=").map_or_else(String::new, |said| said.1.to_owned())
    }

    async fn version(&self) -> i64 {
        self.house.held().await.summary.version
    }
}

/// Somebody who asks to join.
async fn applies(house: &House) -> MemberId {
    let (chapter, now) = (house.ours.id, house.dispatch.now());
    let applied = house.write(move |tx| {
        Box::pin(async move {
            let chance = model::Chance::seeded(31);
            let number = Phone::from_carrier("+17185550199").expect("a number");
            let phone = tx.phone_for(chapter, &number, now, &chance).await?;
            let member = storage::NewMember {
                id: MemberId::generate(now, &chance),
                chapter_id: chapter,
                phone_id: phone.id,
                name: PersonName::new("Nina Newcomer"),
                email: None,
                private: storage::MemberPrivate::default(),
                status: MemberStatus::Applied,
                profile: storage::Profile::default(),
                now,
            };
            Ok(tx.put_member(&member).await?.0)
        })
    });
    applied.await
}

async fn a_morning_is_worked_through_and_stands_on_the_record(database: TestDatabase) {
    let house = House::on(database).await;
    let (referral, member, newcomer) = (house.ours.held, house.ours.member, applies(&house).await);
    let talk = house.held().await.inquiry;
    let cookie = house.signed_in(house.ours.owner).await;
    let admin = Admin { house, cookie };
    let path = |way: &str| format!("/referrals/{referral}{way}");
    assert!(admin.sees("/").await.contains(&path("")), "it waits for her");

    let form = format!("version={}&fact=place&value=Brooklyn", admin.version().await);
    assert_eq!(admin.presses(&path("/correct"), &form).await, "corrected");
    assert!(admin.sees(&path("/members")).await.contains("Would be asked"));
    let form = format!("version={}", admin.version().await);
    assert_eq!(admin.presses(&path("/release"), &form).await, "released");
    assert_eq!(admin.house.held().await.asked.len(), 1);
    let form = format!("version={}&member={member}", admin.version().await);
    assert_eq!(admin.presses(&path("/claim"), &form).await, "placed");

    let thread = |way: &str| format!("/conversations/{talk}{way}");
    assert_eq!(admin.presses(&thread("/take-over"), "").await, "taken_over");
    let sent = admin.presses(&thread("/answer"), "key=k&text=This+is+Ruth").await;
    assert!(sent.starts_with("sent"), "{sent}");
    assert_eq!(admin.presses(&thread("/hand-back"), "").await, "handed_back");

    let standing = format!("/roster/{newcomer}/standing");
    assert_eq!(admin.presses(&standing, "status=active&reason=").await, "standing");

    let record = admin.sees("/audit").await;
    for words in [
        "releases it to the members",
        "has place 1 of 3",
        "hands the thread back",
        "Made Nina Newcomer active",
    ] {
        assert!(record.contains(words), "{words}: {record}");
    }
    assert!(admin.sees("/audit.csv").await.lines().count() > 8);
    for path in
        ["/settings", "/settings/texts", "/people", "/lines", "/roster", "/outbox", "/referrals"]
    {
        admin.sees(path).await;
    }
}
