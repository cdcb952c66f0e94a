//! A chapter's own words, taken up from a file: the service reads with them, and a file that cannot be read changes
//! nothing.

use testkit::databases::TestDatabase;

use super::house::{House, MEMBERS};

testkit::on_both! {
    a_chapter_takes_up_words_and_lays_them_down_again,
}

const JESS: &str = "+17185550113";

async fn a_chapter_takes_up_words_and_lays_them_down_again(database: TestDatabase) {
    let mut house = House::new(&database.url()).await;
    let file = house.path("words");
    let write = |text: &str| std::fs::write(&file, text).expect("a file");
    let set = ["chapter", "set", "--chapter", "nylca", "--lexicon", &file];
    let members = ["chapter", "set", "--chapter", "nylca", "--member-lexicon", &file];

    write("lang en\n[low_supply]\nrunning on empty\n");
    let told = house.must(&set, true).await;
    assert!(told.contains(r#""lexicon":"(3 lines)""#) && !told.contains("empty"), "{told}");
    // What cannot be read is told with its line, and what was set stays.
    write("lang en\n[low_supply\nrunning dry\n");
    for words in [&set, &members] {
        let said = house.refuses(words).await;
        assert!(said.contains("line "), "{said}");
    }
    house.serve().await;
    let need =
        "Park Slope 11215, baby 3 weeks old, I feel I am running on empty, home visit, Aetna";
    assert_eq!(house.text(JESS, need).await, [200]);
    house.told(MEMBERS[0].1, "Low supply").await;

    write("");
    let told = house.must(&set, true).await;
    assert!(!told.contains("lexicon"), "{told}");
}
