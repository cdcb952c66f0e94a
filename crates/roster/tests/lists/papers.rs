//! Papers: sent, verified by somebody else, rejected with a reason; and what they come to on any day.

use eligibility::EvidenceStatus;
use roster::{Decision, Error, NewEvidence, Person, Refusal};
use serde_json::json;
use testkit::databases::TestDatabase;

use super::house::{House, certificate, rules, training};

testkit::on_both! {
    what_is_sent_counts_once_somebody_else_has_verified_it,
    what_is_decided_is_what_was_seen,
    the_past_is_judged_by_its_own_day_and_the_future_by_what_is_known,
}

fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> Refusal {
    match done {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn what_is_sent_counts_once_somebody_else_has_verified_it(database: TestDatabase) {
    let house = House::new(database).await;
    let lookup = || Some("registry".to_owned());
    let (store, verify) = (&house.store, || Decision::Verify { lookup: lookup() });
    house.asks("kings-bay", rules("KB-1")).await;
    house.sends(house.ana, training("2026-06-01")).await;
    let sent = house.sends(house.ana, certificate()).await;
    assert_eq!(sent.status, EvidenceStatus::Submitted);
    assert!(house.listed("kings-bay", "2026-11-21").await.is_empty());

    for own in [Person::Member(house.ana), house.ana_as_admin, Person::Member(house.beth)] {
        let done = roster::decide(store, &house.act(own), sent.id, None, verify()).await;
        assert_eq!(refused(done), Refusal::OwnPaper, "{own:?}");
    }
    let beths = house.sends(house.beth, certificate()).await;
    let done =
        roster::decide(store, &house.act(house.beth_as_admin), beths.id, None, verify()).await;
    assert_eq!(refused(done), Refusal::OwnPaper, "told by her e-mail address");
    let reject = Decision::Reject { reason: "not hers".to_owned() };
    roster::decide(store, &house.act(house.ruth), beths.id, None, reject).await.expect("decided");
    for program in [
        Person::Token(model::TokenId::generate(house.act(house.ruth).now, &house.chance)),
        Person::Service,
    ] {
        let done = roster::decide(store, &house.act(program), sent.id, None, verify()).await;
        assert_eq!(refused(done), Refusal::Program, "{program:?}");
    }
    for nothing in [None, Some("  ".to_owned())] {
        let unseen = Decision::Verify { lookup: nothing };
        let done = roster::decide(store, &house.act(house.ruth), sent.id, None, unseen).await;
        assert!(matches!(refused(done), Refusal::Invalid { field: "lookup", .. }));
    }
    let queue =
        roster::queue(store, &house.act(house.ruth), EvidenceStatus::Submitted, None, 9).await;
    let queue = queue.expect("a queue");
    assert_eq!(queue.len(), 2);
    for waiting in queue {
        assert!(waiting.original.is_none() && !waiting.is_own);
        let (id, seen) = (waiting.evidence.id, Some(waiting.seen));
        roster::decide(store, &house.act(house.ruth), id, seen, verify()).await.expect("verified");
    }
    assert_eq!(house.listed("kings-bay", "2026-11-21").await, [house.ana]);

    let reject = Decision::Reject { reason: "the scan cannot be read".to_owned() };
    let rejected = roster::decide(store, &house.act(house.ruth), sent.id, None, reject).await;
    assert_eq!(rejected.expect("rejected").status, EvidenceStatus::Rejected);
    assert!(house.listed("kings-bay", "2026-11-21").await.is_empty());
    let roll = house.roll().await;
    let place = roll.place_of("kings-bay").expect("a hospital");
    let today = super::house::day("2026-11-21");
    let hers = roll.judge(place, today).nth(House::place(&roll, house.ana)).expect("judged");
    let reasons = hers.reasons(eligibility::Dates::Iso).join("; ");
    assert!(reasons.contains("the scan cannot be read"), "{reasons}");

    let act = house.act(house.ruth);
    let claims = json!({"type": "training", "attrs": {"topic": "hipaa"}, "verifier": "me"});
    let new = NewEvidence { member: house.ana, content: claims, id: None };
    assert!(matches!(refused(roster::submit(store, &act, new).await), Refusal::Invalid { .. }));
    let exe = roster::put_original(store, &act, sent.id, b"MZ\x90\0".to_vec()).await;
    assert!(matches!(refused(exe), Refusal::Invalid { .. }));
    let photo = b"\xff\xd8\xff\xe0 a photo".to_vec();
    roster::put_original(store, &act, sent.id, photo.clone()).await.expect("a photo");
    let kept = roster::original(store, &act, sent.id).await.expect("it is there");
    assert_eq!((kept.media_type.as_str(), kept.content), ("image/jpeg", photo));
}

async fn what_is_decided_is_what_was_seen(database: TestDatabase) {
    let house = House::new(database).await;
    let (store, ruth) = (&house.store, house.act(house.ruth));
    let verify = || Decision::Verify { lookup: Some("registry".to_owned()) };
    let sent = house.sends(house.ana, certificate()).await;
    let before = roster::paper(store, &ruth, sent.id).await.expect("there").seen;
    let scan = b"\xff\xd8\xff\xe0 a scan".to_vec();
    roster::put_original(store, &ruth, sent.id, scan.clone()).await.expect("kept");
    let late = roster::decide(store, &ruth, sent.id, Some(before), verify()).await;
    assert_eq!(refused(late), Refusal::Changed, "another scan came between");
    let seen = roster::paper(store, &ruth, sent.id).await.expect("there").seen;
    let decided = roster::decide(store, &ruth, sent.id, Some(seen.clone()), verify()).await;
    assert_eq!(decided.expect("verified").status, EvidenceStatus::Verified);
    let twice = roster::decide(store, &ruth, sent.id, Some(seen), verify()).await;
    assert_eq!(refused(twice), Refusal::Changed, "somebody decided meanwhile");

    for (by, why) in [
        (house.ana_as_admin, Refusal::OwnPaper),
        (Person::Token(model::TokenId::generate(ruth.now, &house.chance)), Refusal::Program),
    ] {
        let other = b"%PDF- of hers".to_vec();
        let done = roster::put_original(store, &house.act(by), sent.id, other).await;
        assert_eq!(refused(done), why, "it would take a decision back");
    }
    roster::put_original(store, &ruth, sent.id, scan).await.expect("kept");
    let same = roster::paper(store, &ruth, sent.id).await.expect("there").evidence;
    assert_eq!(same.status, EvidenceStatus::Verified, "the same scan changes nothing");
    roster::put_original(store, &ruth, sent.id, b"%PDF- another".to_vec()).await.expect("kept");
    let other = roster::paper(store, &ruth, sent.id).await.expect("there").evidence;
    assert_eq!((other.status, other.decided_by), (EvidenceStatus::Submitted, None));
    let recorded = house.database.recorded().await;
    assert!(recorded.iter().any(|(kind, _)| kind == "evidence_reopened"));
}

async fn the_past_is_judged_by_its_own_day_and_the_future_by_what_is_known(database: TestDatabase) {
    let house = House::new(database).await;
    let mut stricter = rules("KB-2");
    stricter["effective_from"] = json!("2026-09-01");
    stricter["rules"][1]["params"]["max_age_months"] = json!(3);
    house.asks("kings-bay", rules("KB-1")).await;
    house.asks("kings-bay", stricter).await;
    house.certified(house.beth).await;
    assert_eq!(house.listed("kings-bay", "2026-08-31").await, [house.beth]);
    assert_eq!(house.listed("kings-bay", "2026-09-01").await, [house.beth]);
    assert!(house.listed("kings-bay", "2026-09-02").await.is_empty());
    house.shows(house.beth, training("2026-11-20")).await;
    let roll = house.roll().await;
    let place = roll.place_of("kings-bay").expect("a hospital");
    let ahead: Vec<_> = roll.forecast(place, super::house::day("2026-11-21"), 120).collect();
    let lapse = ahead[House::place(&roll, house.beth)].lapse().expect("she falls off");
    assert_eq!(lapse.on, super::house::day("2027-02-21"));
    assert!(ahead[House::place(&roll, house.ana)].lapse().is_none());
}
