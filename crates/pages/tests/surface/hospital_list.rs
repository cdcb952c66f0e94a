//! `/h/TOKEN`: what a hospital's staff see, and for how long.

use axum::http::{Method, Request, StatusCode, header};
use axum::{Router, body::Body, body::to_bytes};
use roster::{Act, NewHospital, Person};
use serde_json::{Value, json};
use testkit::{Chapter, chapter::Joining};
use tower::ServiceExt as _;

struct House {
    chapter: Chapter,
    router: Router,
}

impl House {
    /// A hospital that asks for Spanish, and a chapter of which some speak it.
    async fn new() -> Self {
        let chapter = Chapter::begin().await;
        let router = pages::router(chapter.dispatch().clone());
        let house = Self { chapter, router };
        let new = NewHospital {
            slug: "kings-bay".to_owned(),
            name: "Kings <Bay>".to_owned(),
            baseline: false,
            stage: None,
            renewal_on: None,
            note: "a private note".to_owned(),
        };
        let (store, act) = (house.chapter.dispatch().store(), house.act());
        roster::add_hospital(store, &act, new).await.expect("a hospital");
        let rules = json!({"version": "KB-1", "rules": [
            {"key": "standing", "kind": "chapter_standing", "params": {}},
        ]});
        let standing = json!({"membership_paid_through": "2027-12-31"});
        roster::add_rule_set(store, &act, "kings-bay", rules).await.expect("rules");
        for member in ["ana", "beth"] {
            house.meets(member, &standing).await;
        }
        house
    }

    /// The member meets what is asked for.
    async fn meets(&self, member: &str, facts: &Value) {
        let (store, id) = (self.chapter.dispatch().store(), self.chapter.member(member));
        roster::put_facts(store, &self.act(), id, facts.clone()).await.expect("facts");
    }

    fn act(&self) -> Act {
        let chance = self.chapter.dispatch().chance().clone();
        Act { chapter: self.chapter.id(), by: Person::Service, now: self.chapter.now(), chance }
    }

    /// The private link.
    async fn link(&self) -> String {
        let store = self.chapter.dispatch().store();
        let secret = roster::new_link(store, &self.act(), "kings-bay").await.expect("a link");
        format!("/h/{secret}")
    }

    async fn publish(&self) {
        let store = self.chapter.dispatch().store();
        roster::publish(store, &self.act(), "kings-bay").await.expect("an edition");
    }

    async fn get(&self, path: &str) -> (StatusCode, String, String) {
        let request = Request::builder().method(Method::GET).uri(path).body(Body::empty());
        let answer = self.router.clone().oneshot(request.expect("a request")).await.expect("one");
        let (parts, body) = answer.into_parts();
        let kind = parts.headers[header::CONTENT_TYPE].to_str().expect("text").to_owned();
        assert_eq!(parts.headers[header::REFERRER_POLICY], "no-referrer");
        assert_eq!(parts.headers[header::CACHE_CONTROL], "no-store");
        let body = to_bytes(body, usize::MAX).await.expect("a whole answer");
        (parts.status, kind, String::from_utf8(body.to_vec()).expect("text"))
    }
}

#[tokio::test]
async fn the_link_shows_the_current_list_and_a_recall_at_once() {
    let house = House::new().await;
    let link = house.link().await;
    assert!(house.get(&link).await.2.contains("No list yet"));
    house.publish().await;
    let (status, _, page) = house.get(&link).await;
    assert_eq!(status, 200);
    let [ana, beth] = ["ana", "beth"].map(|name| house.chapter.person(name).roster_name.clone());
    assert!(page.contains(&ana) && page.contains(&beth) && page.contains("2 of 2"), "{page}");
    assert!(
        page.contains("Edition 1, verified on 17 Nov 2026") && page.contains("Kings &#60;Bay&#62;")
    );
    for kept in ["private note", "explanation", "KB-1"] {
        assert!(!page.contains(kept), "{kept} is the chapter's");
    }
    assert!(
        page.contains("<option value=\"en\">English</option>")
            && page.contains("until 31 Dec 2027")
    );
    assert!(!page.contains(">+1"), "a number stands there as people write it");
    let (_, _, page) = house.get(&format!("{link}?language=xx")).await;
    assert!(page.contains("Nobody fits this") && !page.contains(&ana));
    let (_, _, page) = house.get(&format!("{link}?language=en&area=")).await;
    assert!(page.contains(&ana));

    let (store, member) = (house.chapter.dispatch().store(), house.chapter.member("ana"));
    let recalled = roster::recall(store, &house.act(), "kings-bay", member, "a complaint").await;
    recalled.expect("recalled");
    let (_, _, page) = house.get(&link).await;
    assert!(page.contains("corrects the one before") && page.contains("1 of 1"), "{page}");
    assert!(page.contains(&format!("No longer on the list: {ana}")) && !page.contains("complaint"));
    house.chapter.done().await;
}

#[tokio::test]
async fn the_list_is_narrowed_by_language_payer_and_area() {
    let house = House::new().await;
    let gina = Joining::usual("Gina Park").areas(&["Park Slope"]).languages(&["en", "ru"]);
    house.chapter.joins("gina", gina).await;
    for member in ["cleo", "gina"] {
        house.meets(member, &json!({"membership_paid_through": "2027-12-31"})).await;
    }
    house.publish().await;
    let link = house.link().await;
    for (chosen, shown) in [
        ("language=ru", &["gina"][..]),
        ("language=es&payer=aetna", &["ana"]),
        ("payer=AETNA", &["ana", "beth", "cleo", "gina"]),
        ("payer=medicaid", &[]),
        ("area=Queens", &["cleo"]),
        ("area=Park+Slope", &["gina"]),
        // Who serves a neighborhood serves its borough.
        ("area=Brooklyn", &["ana", "beth", "cleo", "gina"]),
        ("area=Brooklyn&language=ru&payer=cigna", &[]),
    ] {
        let (_, _, page) = house.get(&format!("{link}?{chosen}")).await;
        for member in ["ana", "beth", "cleo", "gina"] {
            let name = &house.chapter.person(member).roster_name;
            assert_eq!(
                page.contains(name.as_str()),
                shown.contains(&member),
                "{member} by {chosen}"
            );
        }
    }
    house.chapter.done().await;
}

#[tokio::test]
async fn nobody_is_shown_past_her_last_day_or_once_she_is_barred() {
    let house = House::new().await;
    house.publish().await;
    let link = house.link().await;
    let (store, beth) = (house.chapter.dispatch().store(), house.chapter.member("beth"));
    let name = house.chapter.person("beth").roster_name.clone();
    let suspended = model::MemberStatus::Suspended;
    house
        .chapter
        .change(move |tx| {
            Box::pin(async move { tx.set_member_status(beth, suspended, None).await })
        })
        .await;
    let (_, _, page) = house.get(&link).await;
    assert!(page.contains("1 of 1") && page.contains("1 of this edition is not shown"), "{page}");
    assert!(!page.contains(&name), "she is not shown: {page}");
    let (_, _, file) = house.get(&format!("{link}/list.csv")).await;
    assert_eq!(file.lines().count(), 2, "{file}");
    house.chapter.advance(model::day_hours(24 * 420)).await;
    let (_, _, page) = house.get(&link).await;
    assert!(page.contains("2 of this edition are not shown any more"), "{page}");
    let recalled = roster::recall(store, &house.act(), "kings-bay", beth, "a complaint").await;
    assert_eq!(recalled.expect("recalled").map(|edition| edition.number), Some(2));
    let (_, _, page) = house.get(&link).await;
    assert!(
        page.contains("Edition 2, verified on 17 Nov 2026"),
        "it was not looked at again: {page}"
    );
    house.chapter.done().await;
}

#[tokio::test]
async fn the_list_is_taken_along_as_a_file_and_an_old_link_opens_nothing() {
    let house = House::new().await;
    house.publish().await;
    let link = house.link().await;
    let (_, kind, file) = house.get(&format!("{link}/list.csv")).await;
    assert_eq!((kind.as_str(), file.lines().count()), ("text/csv; charset=utf-8", 3));
    let (_, _, list) = house.get(&format!("{link}/list.json")).await;
    let list: Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!((&list["edition"], list["entries"].as_array().map(Vec::len)), (&json!(1), Some(2)));
    assert!(list["entries"][0].get("explanation").is_none() && list.get("rule_set").is_none());
    let (_, kind, bundle) = house.get(&format!("{link}/list.fhir.json")).await;
    assert_eq!(kind, "application/fhir+json");
    let bundle: Value = serde_json::from_str(&bundle).expect("JSON");
    assert_eq!(bundle["entry"].as_array().map(Vec::len), Some(4));
    assert_eq!(house.get(&format!("{link}/list.exe")).await.0, 404);
    let paper = format!("{link}/list.pdf");
    let request = Request::builder().uri(paper).body(Body::empty()).expect("a request");
    let paper = house.router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(paper.headers()[header::CONTENT_TYPE], "application/pdf");

    let fresh = house.link().await;
    for gone in [link.clone(), format!("{link}/list.csv"), "/h/guessed".to_owned()] {
        let (status, _, page) = house.get(&gone).await;
        assert_eq!(status, 404, "{gone}");
        assert!(page.contains("This link does not work"));
    }
    assert_eq!(house.get(&fresh).await.0, 200);
    house.chapter.done().await;
}
