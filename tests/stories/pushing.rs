//! Notifications on members' phones: beside the text, instead of it where she chose so, and never saying
//! anything of a family.

use std::sync::Arc;

use carriers::push::Subscription;
use dispatch::OwnPage;
use model::{ErrorClass, OfferBy, TaskKind, day_hours, seconds};
use roster::{Act, Person, ProfileChange};
use serde_json::Value;
use testkit::{
    Chapter,
    databases::TestDatabase,
    push::{PushService, Pushed},
};

use crate::JESS;

testkit::on_both!(a_notification_comes_beside_the_text_and_says_no_more_than_a_code);

const RUNS_ON: [TaskKind; 2] = [TaskKind::Promise, TaskKind::DeadEnd];

/// A chapter of which Ana's phone wants notifications.
struct House {
    chapter: Chapter,
    service: PushService,
}

impl House {
    async fn on(database: TestDatabase) -> Self {
        let chapter = Chapter::with_links(database).await;
        let service = PushService::open().await;
        let clock = Arc::new(chapter.house().clock.clone());
        chapter.dispatch().pushes_by(Arc::new(service.pusher(clock)));
        let house = Self { chapter, service };
        assert!(house.subscribes(house.service.subscription("ana")).await);
        house
    }

    fn ana(&self) -> OwnPage {
        let expires_at = self.chapter.now().after(day_hours(1));
        let (chapter, member) = (self.chapter.id(), self.chapter.member("ana"));
        OwnPage { chapter, member, expires_at, is_kept: false }
    }

    async fn subscribes(&self, to: Subscription) -> bool {
        self.chapter.dispatch().own_push_on(self.ana(), to).await.expect("the database answers")
    }

    /// Ana chooses by which way she is told.
    async fn wants(&self, offer_by: OfferBy) {
        let dispatch = self.chapter.dispatch();
        let ana = self.chapter.member("ana");
        let act = Act {
            chapter: self.chapter.id(),
            by: Person::Member(ana),
            now: self.chapter.now(),
            chance: dispatch.chance().clone(),
        };
        let change = ProfileChange { offer_by: Some(offer_by), ..ProfileChange::default() };
        roster::change_profile(dispatch.store(), &act, ana, change).await.expect("it is changed");
    }

    /// A family asks; everybody but Ana reads her offer. Gives the code.
    async fn asks(&self) -> String {
        self.chapter.family("jess").texts(JESS).await;
        self.chapter.settle().await;
        for member in ["beth", "cleo", "dora", "ella"] {
            let _ = self.chapter.phone(member).receives_offer();
        }
        self.chapter.family("jess").receives("Got it").code()
    }

    /// The one notification that came.
    fn pushed(&self) -> Pushed {
        let [pushed] = &self.service.pushed()[..] else { panic!("one notification") };
        pushed.clone()
    }

    async fn browsers(&self) -> usize {
        self.chapter.dispatch().own_browsers(self.ana()).await.expect("the database answers")
    }
}

async fn a_notification_comes_beside_the_text_and_says_no_more_than_a_code(database: TestDatabase) {
    let house = House::on(database).await;
    let code = house.asks().await;
    let _ = house.chapter.phone("ana").receives_offer();
    let pushed = house.pushed();
    let told: Value = serde_json::from_str(&pushed.opened()).expect("JSON");
    assert_eq!(told["title"], "NYLCA");
    assert_eq!(told["tag"], code.as_str());
    let said = told.to_string();
    for private in ["Slope", "11215", "Brooklyn", "Aetna", "days", "daughter"] {
        assert!(!said.contains(private), "{private} is in {said}");
    }
    let open = told["open"].as_str().expect("a link");
    let secret = open.strip_prefix("https://latchline.example/c/").expect("an offer's page");
    let page = house.chapter.dispatch().offer_page(secret).await.expect("the database answers");
    assert_eq!(page.expect("it opens").code.to_string(), code);

    let signed = pushed.signed();
    let service = house.service.subscription("ana").endpoint.replace("/push/ana", "");
    assert_eq!(signed["aud"], service.as_str());
    assert_eq!(signed["sub"], "https://latchline.example");
    let header = |name: &str| pushed.headers[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert_eq!(header("urgency"), "high");
    assert!(header("ttl").parse::<u64>().is_ok_and(|life| life > 60));
    let sealed = String::from_utf8_lossy(&pushed.sealed).into_owned();
    assert!(!sealed.contains(&code) && !sealed.contains(secret));
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn who_wants_notifications_alone_gets_no_text_and_is_asked_all_the_same() {
    let house = House::on(TestDatabase::sqlite()).await;
    house.wants(OfferBy::Push).await;
    let code = house.asks().await;
    let ana = house.chapter.phone("ana");
    ana.receives_nothing();
    assert!(house.pushed().opened().contains(&code));
    ana.texts("OPEN").await;
    let _ = ana.receives(&code);
    ana.texts(&code).await;
    let _ = ana.receives("place 1 of 3");

    house.wants(OfferBy::Text).await;
    let kate = house.chapter.family("kate");
    kate.texts("Park Slope 11215, my son is 9 days old, sore nipples, home visit, Aetna").await;
    house.chapter.settle().await;
    let _ = kate.receives("Got it");
    let _ = ana.receives_offer();
    assert_eq!(house.service.pushed().len(), 1, "by text alone");
    for member in ["beth", "cleo", "dora", "ella"] {
        let _ = house.chapter.phone(member).receives_offer();
    }
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_a_text_comes_in_its_place() {
    let house = House::on(TestDatabase::sqlite()).await;
    house.wants(OfferBy::Push).await;
    house.service.answers(&[410]);
    let code = house.asks().await;
    let offer = house.chapter.phone("ana").receives_offer();
    assert_eq!(offer.code(), code);
    assert_eq!((house.service.pushed().len(), house.browsers().await), (1, 0));
    house.chapter.knows_failed(ErrorClass::BadNumber).await;
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn a_passing_fault_is_tried_again_and_the_text_waits_for_nothing() {
    let house = House::on(TestDatabase::sqlite()).await;
    house.service.answers(&[503, 429]);
    house.asks().await;
    let _ = house.chapter.phone("ana").receives_offer();
    house.chapter.advance(seconds(120)).await;
    let pushed = house.service.pushed();
    assert_eq!(pushed.len(), 3);
    let topics = pushed.iter().map(|one| one.headers["topic"].clone()).collect::<Vec<_>>();
    assert!(topics.iter().all(|topic| *topic == topics[0]), "shown once, however often it comes");
    assert_ne!(pushed[0].sealed, pushed[2].sealed, "no two are sealed alike");
    assert_eq!(house.browsers().await, 1);
    house.chapter.done_leaving(&RUNS_ON).await;
}

#[tokio::test]
async fn who_wants_no_texts_gets_no_notifications_and_off_is_off() {
    let house = House::on(TestDatabase::sqlite()).await;
    let elsewhere = Subscription {
        endpoint: "https://elsewhere.example/push".to_owned(),
        ..house.service.subscription("ana")
    };
    assert!(!house.subscribes(elsewhere).await, "no phone makes us call whom it likes");
    assert!(house.subscribes(house.service.subscription("ana")).await);
    assert_eq!(house.browsers().await, 1, "the same browser is one");
    assert!(house.subscribes(house.service.subscription("tablet")).await);
    assert_eq!(house.browsers().await, 2);
    house.chapter.dispatch().own_push_off(house.ana()).await.expect("the database answers");
    assert_eq!(house.browsers().await, 0);
    assert!(house.subscribes(house.service.subscription("ana")).await);
    house.chapter.phone("ana").texts("STOP").await;
    let _ = house.chapter.phone("ana").receives("You are unsubscribed");
    house.asks().await;
    assert!(house.service.pushed().is_empty());
    house.chapter.phone("ana").receives_nothing();
    house.chapter.done_leaving(&RUNS_ON).await;
}
