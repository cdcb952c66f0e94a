//! Published lists: frozen, corrected by another, told apart.

use eligibility::Outcome;
use proptest::prelude::*;
use roster::{Decision, Edition, EditionChange, Refusal};
use serde_json::json;
use testkit::databases::TestDatabase;

use super::house::{House, rules, training};

testkit::on_both! {
    a_list_is_frozen_and_a_recall_corrects_it_at_once,
    a_card_names_what_was_verified_and_is_good_on_the_day,
}

async fn a_list_is_frozen_and_a_recall_corrects_it_at_once(database: TestDatabase) {
    let house = House::new(database).await;
    let (store, act) = (&house.store, house.act(house.ruth));
    let none = roster::publish(store, &act, "kings-bay").await;
    assert!(matches!(none, Err(roster::Error::Refused(Refusal::NoRules))));
    house.asks("kings-bay", rules("KB-1")).await;
    house.certified(house.ana).await;
    house.certified(house.beth).await;
    let first = house.publishes("kings-bay").await;
    let names: Vec<_> = first.frozen.entries.iter().map(|entry| entry.card.name.as_str()).collect();
    assert_eq!((first.number, names), (1, vec!["Ana Sample", "Beth Example"]));
    let ana = &first.frozen.entries[0];
    assert_eq!(ana.outcome, Outcome::Eligible);
    assert_eq!(ana.card.phone.as_deref(), Some("+13475550120"));
    assert_eq!(ana.card.valid_until, Some(super::house::day("2027-06-01")));
    assert_eq!((ana.explanation.len(), ana.evidence.len()), (3, 2));

    house.later(1);
    let as_ana = house.act(house.ana_as_admin);
    let own = roster::recall(store, &as_ana, "kings-bay", house.ana, "me").await;
    assert!(matches!(own, Err(roster::Error::Refused(Refusal::OwnPaper))));
    let gone =
        roster::recall(store, &house.act(house.ruth), "kings-bay", house.ana, "a complaint").await;
    let gone = gone.expect("recalled").expect("she was on it");
    assert_eq!((gone.number, gone.corrects, gone.frozen.taken_off), (2, Some(1), 1));
    let (current, before) =
        roster::current(store, &act, "kings-bay").await.expect("the current list");
    assert_eq!(current, gone);
    assert_eq!(before.as_ref(), Some(&first));
    let changed = roster::changes(before.as_ref(), &current);
    assert_eq!(changed, [EditionChange::Removed { name: "Ana Sample".to_owned() }]);
    let twice = roster::recall(store, &act, "kings-bay", house.ana, "again").await;
    assert!(matches!(twice, Err(roster::Error::Refused(Refusal::Over))));

    house.certified(house.cleo).await;
    let third = house.publishes("kings-bay").await;
    let changed = roster::changes(Some(&current), &third);
    assert_eq!(changed, [EditionChange::Added { name: "Cleo Muster".to_owned() }]);
    let own = roster::lift_recall(store, &as_ana, "kings-bay", house.ana).await;
    assert!(matches!(own, Err(roster::Error::Refused(Refusal::OwnPaper))));
    roster::lift_recall(store, &act, "kings-bay", house.ana).await.expect("lifted");
    assert_eq!(house.publishes("kings-bay").await.frozen.entries.len(), 3);
    let (again, _) = roster::edition(store, &act, "kings-bay", 1).await.expect("the first");
    assert_eq!(again, first);

    let paper = roster::pdf(&third, Some("https://refer.example.org/h/secret")).expect("drawn");
    assert!(paper.starts_with(b"%PDF-") && roster::pdf(&gone, None).is_some());
    // However much stands on a card, every row fits a page.
    let mut endless = third.clone();
    endless.frozen.entries[0].card.areas = vec!["Somewhere in the city".to_owned(); 2000];
    assert!(roster::pdf(&endless, None).is_some());
    let text = String::from_utf8_lossy(&paper);
    for tag in ["/H1", "/Table", "/TH", "/Figure", "pdfuaid"] {
        assert!(text.contains(tag), "{tag} is not in it");
    }

    let roll = house.roll().await;
    let link = roll.hospitals[roll.place_of("kings-bay").expect("there")].private.link.clone();
    let (link, now) = (link.expect("a link"), house.act(house.ruth).now);
    let seen = roster::edition_of_link(store, &link, now).await.expect("read");
    let seen = seen.and_then(|(_, _, seen)| seen).expect("a list");
    assert_eq!((seen.edition.number, seen.edition.frozen.entries.len(), seen.left_out), (4, 3, 0));
    assert!(roster::edition_of_link(store, "guessed", now).await.expect("read").is_none());
}

async fn a_card_names_what_was_verified_and_is_good_on_the_day(database: TestDatabase) {
    let house = House::new(database).await;
    let speaks = json!({"version": "KB-1", "rules": [
        {"key": "languages", "kind": "languages", "params": {"any_of": ["es"]}},
    ]});
    house.asks("kings-bay", speaks).await;
    house.certified(house.ana).await;
    let paper = |kind: &str, attrs: serde_json::Value, expires: &str| json!({"type": kind, "issued": "2023-06-30", "expires": expires, "attrs": attrs});
    let nurse = json!({"kind": "RN", "state": "NY"});
    house.shows(house.ana, paper("license", nurse.clone(), "2027-12-31")).await;
    house.sends(house.beth, paper("credential", json!({"cred": "CLC"}), "2027-12-31")).await;
    house.shows(house.beth, paper("license", nurse, "2026-11-20")).await;
    let edition = house.publishes("kings-bay").await;
    let cards: Vec<_> =
        edition.frozen.entries.iter().map(|entry| entry.card.credentials.clone()).collect();
    assert_eq!(cards[0], ["IBCLC", "RN"], "her own words are not asked");
    assert!(cards[1].is_empty(), "one was never looked at, the other is over");
    assert!(cards[2].is_empty(), "the roster calls her IBCLC, and nobody has seen it");
}

/// Something that happens after a list was published.
#[derive(Debug, Clone, Copy)]
enum Happens {
    Publishes,
    Recalls(u8),
    Lifts(u8),
    Rejects,
    NewRules,
    Trains(u8),
    DaysGoBy(u8),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        Just(Happens::Publishes),
        (0..3_u8).prop_map(Happens::Recalls),
        (0..3_u8).prop_map(Happens::Lifts),
        Just(Happens::Rejects),
        Just(Happens::NewRules),
        (0..3_u8).prop_map(Happens::Trains),
        (1..200_u8).prop_map(Happens::DaysGoBy),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn an_edition_never_changes(later in proptest::collection::vec(happens(), 1..12)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(never_changes(later));
    }
}

async fn never_changes(later: Vec<Happens>) {
    let house = House::new(TestDatabase::sqlite()).await;
    let store = &house.store;
    house.asks("kings-bay", rules("KB-1")).await;
    let members = [house.ana, house.beth, house.cleo];
    for member in members {
        house.certified(member).await;
    }
    let mut published: Vec<Edition> = vec![house.publishes("kings-bay").await];
    let mut version = 1;
    for happening in later {
        let act = house.act(house.ruth);
        match happening {
            Happens::Publishes => published.push(house.publishes("kings-bay").await),
            Happens::Recalls(n) => {
                let member = members[usize::from(n)];
                let done = roster::recall(store, &act, "kings-bay", member, "why").await;
                published.extend(done.ok().flatten());
            }
            Happens::Lifts(n) => {
                let _ =
                    roster::lift_recall(store, &act, "kings-bay", members[usize::from(n)]).await;
            }
            Happens::Rejects => {
                let evidence = {
                    let roll = house.roll().await;
                    roll.facts()[House::place(&roll, house.ana)].evidence()[0].id.clone()
                };
                let reject = Decision::Reject { reason: "wrong".to_owned() };
                let id = evidence.parse().expect("an id");
                roster::decide(store, &act, id, None, reject).await.expect("rejected");
            }
            Happens::NewRules => {
                version += 1;
                house.asks("kings-bay", rules(&format!("KB-{version}"))).await;
            }
            Happens::Trains(n) => {
                house.shows(members[usize::from(n)], training("2026-11-20")).await;
            }
            Happens::DaysGoBy(days) => house.later(i64::from(days)),
        }
        for edition in &published {
            let (now, _) =
                roster::edition(store, &act, "kings-bay", edition.number).await.expect("there");
            assert_eq!(&now, edition);
        }
    }
}
