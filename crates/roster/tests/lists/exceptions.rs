//! Exceptions: two people, one rule, one hospital, an end.

use roster::{Error, NewException, Person, Refusal};
use testkit::databases::TestDatabase;

use super::house::{House, certificate, day, rules};

testkit::on_both! {
    an_exception_needs_a_second_person_and_reaches_one_rule_of_one_hospital_until_its_end,
}

async fn an_exception_needs_a_second_person_and_reaches_one_rule_of_one_hospital_until_its_end(
    database: TestDatabase,
) {
    let house = House::new(database).await;
    let store = &house.store;
    house.asks("kings-bay", rules("KB-1")).await;
    house.asks("eastriver", rules("ER-1")).await;
    house.shows(house.ana, certificate()).await;
    house.shows(house.beth, certificate()).await;
    let wanted = |rule: &str, expires: &str| NewException {
        hospital: "kings-bay".to_owned(),
        member: house.ana,
        rule: rule.to_owned(),
        reason: "the course is full".to_owned(),
        expires: day(expires),
    };
    let ruth = house.act(house.ruth);
    let ask = async |by, new| match roster::request(store, &house.act(by), new).await {
        Err(Error::Refused(refusal)) => Err(refusal),
        Ok(made) => Ok(made),
        Err(error) => panic!("{error}"),
    };
    assert_eq!(ask(house.ruth, wanted("ibclc", "2027-01-31")).await, Err(Refusal::NotWaivable));
    assert_eq!(
        ask(house.ana_as_admin, wanted("hipaa", "2027-01-31")).await,
        Err(Refusal::SecondPerson)
    );
    for wrong in [
        wanted("nothing", "2027-01-31"),
        wanted("hipaa", "2026-11-20"),
        wanted("hipaa", "2028-11-22"),
    ] {
        assert!(matches!(ask(house.ruth, wrong).await, Err(Refusal::Invalid { .. })));
    }
    let program = Person::Token(model::TokenId::generate(ruth.now, &house.chance));
    for nobody in [program, Person::Service] {
        let done = ask(nobody, wanted("hipaa", "2027-01-31")).await;
        assert_eq!(done, Err(Refusal::Program), "its owner may be the second person");
    }
    let made = ask(house.ruth, wanted("hipaa", "2027-01-31")).await.expect("it waits");
    assert!(
        house.listed("kings-bay", "2026-11-21").await.is_empty(),
        "it waits for a second person"
    );
    for same in [house.ruth, house.ana_as_admin, Person::Member(house.ana)] {
        let done = roster::approve(store, &house.act(same), made.id).await;
        assert!(matches!(done, Err(Error::Refused(Refusal::SecondPerson))), "{same:?}");
    }
    for nobody in [program, Person::Service] {
        let done = roster::approve(store, &house.act(nobody), made.id).await;
        assert!(matches!(done, Err(Error::Refused(Refusal::Program))), "{nobody:?}");
    }
    let beths = NewException { member: house.beth, ..wanted("hipaa", "2027-01-31") };
    assert_eq!(ask(house.beth_as_admin, beths).await, Err(Refusal::SecondPerson));
    let helen = house.beth_as_admin;
    roster::approve(store, &house.act(helen), made.id).await.expect("approved");
    let again = roster::approve(store, &house.act(helen), made.id).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Over))));

    assert_eq!(house.listed("kings-bay", "2026-11-21").await, [house.ana]);
    assert_eq!(house.listed("kings-bay", "2027-01-31").await, [house.ana]);
    assert!(house.listed("kings-bay", "2027-02-01").await.is_empty());
    assert!(house.listed("kings-bay", "2026-11-20").await.is_empty(), "not before it was granted");
    assert!(house.listed("eastriver", "2026-11-21").await.is_empty());
    let edition = house.publishes("kings-bay").await;
    assert_eq!(edition.frozen.entries[0].card.standing, roster::Standing::ByException);

    roster::end(store, &ruth, made.id).await.expect("taken back");
    assert!(house.listed("kings-bay", "2026-11-21").await.is_empty());
}
