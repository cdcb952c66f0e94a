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
    house.asks("chapter", rules("CH-1")).await;
    let standing = house.roll().await.in_standing(today).expect("a list");
    assert_eq!(standing.into_iter().collect::<Vec<_>>(), [house.beth]);
    let later = house.roll().await.in_standing(day("2027-07-01")).expect("a list");
    assert!(later.is_empty(), "the training is over a year old");
}
