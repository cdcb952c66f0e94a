//! Hospitals: whatever changes of one is recorded.

use model::AgreementStage;
use roster::HospitalChange;
use serde_json::json;
use testkit::databases::TestDatabase;

use super::house::{House, rules};

testkit::on_both! { whatever_changes_of_a_hospital_is_recorded }

async fn whatever_changes_of_a_hospital_is_recorded(database: TestDatabase) {
    let house = House::new(database).await;
    let (store, act) = (&house.store, house.act(house.ruth));
    let change = async |change: HospitalChange| {
        roster::change_hospital(store, &act, "kings-bay", None, change).await.expect("changed")
    };
    let private = "a private note";
    change(HospitalChange {
        name: Some("Kings Bay Hospital".to_owned()),
        renewal_on: Some(Some(super::house::day("2027-01-01"))),
        note: Some(private.to_owned()),
        ..HospitalChange::default()
    })
    .await;
    change(HospitalChange { note: Some(private.to_owned()), ..HospitalChange::default() }).await;
    house.asks("kings-bay", rules("KB-1")).await;
    house.certified(house.ana).await;
    house.publishes("kings-bay").await;
    let recorded = house.database.recorded().await;
    let of = |wanted: &str| {
        let found = recorded.iter().filter(|(kind, _)| kind == wanted).map(|(_, detail)| detail);
        found.collect::<Vec<_>>()
    };
    let changed = of("hospital_changed");
    assert_eq!(changed.len(), 1, "the second changed nothing");
    assert_eq!(changed[0]["fields"], json!(["name", "renewal_on", "note"]));
    let stage = of("hospital_stage");
    assert_eq!((stage.len(), &stage[0]["to"]), (1, &json!(AgreementStage::Known)));
    assert_eq!(of("hospital_link").len(), 1, "the first edition draws the link");
    let all = json!(recorded).to_string();
    assert!(!all.contains(private) && !all.contains("Kings Bay Hospital"));
}
