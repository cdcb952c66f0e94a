//! The chapter's own list decides who is in good standing.

use testkit::databases::TestDatabase;

use super::house::{House, day, rules};

testkit::on_both! { standing_is_being_on_the_chapters_own_list }

async fn standing_is_being_on_the_chapters_own_list(database: TestDatabase) {
    let house = House::new(database).await;
    let today = day("2026-11-21");
    house.certified(house.beth).await;
    assert_eq!(house.roll().await.in_standing(today), None, "nothing is asked yet");
    house.asks("kings-bay", rules("KB-1")).await;
    assert_eq!(house.roll().await.in_standing(today), None, "another hospital's list is none");
    let mut ahead = rules("CH-0");
    for rule in ahead["rules"].as_array_mut().expect("rules") {
        rule["effective_from"] = serde_json::json!("2027-01-01");
    }
    house.asks("chapter", ahead).await;
    assert_eq!(house.roll().await.in_standing(today), None, "what is announced is not asked yet");
    let early = roster::publish(&house.store, &house.act(house.ruth), "chapter").await;
    assert!(matches!(early, Err(roster::Error::Refused(roster::Refusal::NoRules))));
    house.asks("chapter", rules("CH-1")).await;
    let standing = house.roll().await.in_standing(today).expect("a list");
    assert_eq!(standing.into_iter().collect::<Vec<_>>(), [house.beth]);
    let later = house.roll().await.in_standing(day("2027-07-01")).expect("a list");
    assert!(later.is_empty(), "the training is over a year old");

    let (store, act) = (&house.store, house.act(house.ruth));
    roster::recall(store, &act, "chapter", house.beth, "a complaint").await.expect("taken off");
    let standing = house.roll().await.in_standing(today).expect("a list");
    assert!(standing.is_empty(), "whoever is taken off the chapter's own list is asked no more");
    assert!(house.listed("chapter", "2026-11-21").await.is_empty());
    roster::lift_recall(store, &act, "chapter", house.beth).await.expect("lifted");
    assert_eq!(house.roll().await.in_standing(today).expect("a list").len(), 1);
}
