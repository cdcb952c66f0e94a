//! A backup restored after a crash: nothing is sent twice, and what came meanwhile is found.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;
use testkit::{
    databases::TestDatabase,
    misbehaving::{Chances, Fault},
};

use super::house::{ADMIN, House, MEMBERS};

testkit::on_both! {
    an_old_backup_is_restored_and_nothing_is_sent_twice_or_forgotten,
}

const JESS: &str = "+17185550111";
const KIM: &str = "+17185550112";

async fn an_old_backup_is_restored_and_nothing_is_sent_twice_or_forgotten(database: TestDatabase) {
    let [ana, beth, cleo, dina, eve] = MEMBERS.map(|(_, number)| number);
    let mut house = House::new(&database.url()).await;
    house.serve().await;
    // Dina's offer is at the carrier, and we never heard; Eve's waits for the carrier's patience.
    house.carrier.number(dina, Fault::DroppedAfter);
    house.carrier.number(eve, Fault::Busy(1));
    let code = house.asks(JESS, &[eve]).await;
    let file = house.path("backup");
    let told: Value =
        serde_json::from_str(&house.must(&["backup", &file, "--json"], true).await).expect("JSON");
    assert_eq!(told["rows"]["referrals"], 1, "{told}");
    let bytes = std::fs::read(&file).expect("the file");
    assert_eq!(told["bytes"], bytes.len());
    assert_eq!(std::fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
    let said = house.refuses(&["backup", &file]).await;
    assert!(said.contains("exists already"), "{said}");
    assert_eq!(std::fs::read(&file).expect("the file"), bytes, "it was not overwritten");
    assert_eq!(house.run(&["backup"], true).await.status.code(), Some(2));
    let said = house.refuses(&["restore", &file, "--replace"]).await;
    assert!(said.contains("is working on this database: stop it first"), "{said}");

    // Life goes on: what waited goes out, a place is taken, another family is answered.
    house.carrier.number(eve, Fault::Fine);
    house.told(eve, &code).await;
    assert_eq!(house.text(ana, &code).await, [200]);
    house.told(ana, "place 1 of 3").await;
    assert_eq!(
        house.text(KIM, "Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna").await,
        [200]
    );
    house.told(KIM, "We are asking").await;
    // What comes now is lost: once by the carrier, once because nobody is there.
    house.carrier.set_chances(Chances { texts_lost: 1.0, ..Chances::default() });
    assert_eq!(house.text(beth, &code).await, [0; 0]);
    house.carrier.set_chances(Chances::default());
    house.kill();
    assert!(house.text(cleo, &code).await.iter().all(|status| *status == 0));

    let wrong = house.path("wrong");
    std::fs::write(&wrong, &bytes[..bytes.len() - 40]).expect("a file");
    let fresh = if database.sqlite_file().is_some() {
        TestDatabase::sqlite()
    } else {
        TestDatabase::postgres().await
    };
    house.configure(&fresh.url());
    let said = house.refuses(&["restore", &wrong]).await;
    assert!(said.contains("not whole, or was altered"), "{said}");
    if let Some(file) = fresh.sqlite_file() {
        assert!(!file.exists(), "a refused backup makes no database");
    }
    let told: Value =
        serde_json::from_str(&house.must(&["restore", &file, "--json"], true).await).expect("JSON");
    assert!(told["to_ask"].as_i64() >= Some(1), "{told}");
    let said = house.refuses(&["restore", &file]).await;
    assert!(said.contains("holds chapters already"), "{said}");

    // The carrier has a bad day on top.
    house.carrier.set_chances(Chances {
        list_broken: 0.2,
        reports_doubled: 0.5,
        reports_reordered: 0.5,
        ..Chances::default()
    });
    house.serve().await;
    house.told(JESS, "Here are 3 consultants").await;
    house.told(beth, "place 2 of 3").await;
    house.told(cleo, "place 3 of 3").await;
    house.told(ADMIN, "answered before a restore").await;
    house.told(ADMIN, "restored from a backup").await;
    house.outbox_rests().await;
    house.nothing_was_sent_twice();
    assert_eq!(house.texts(KIM).len(), 1, "{:?}", house.texts(KIM));
    assert_eq!(house.texts(JESS).len(), 2, "{:?}", house.texts(JESS));
    for (name, number) in MEMBERS {
        let offers = house.texts(number).iter().filter(|text| text.body.contains(&code)).count();
        let answered = [ana, beth, cleo].contains(&number);
        assert_eq!(offers, 1 + usize::from(answered), "{name}: {:?}", house.texts(number));
    }
}
