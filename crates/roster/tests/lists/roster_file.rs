//! The roster from a file: what a file does not speak of stays as it is.

use model::{MemberId, MemberStatus};
use roster::{Change, Imported};
use storage::Member;
use testkit::databases::TestDatabase;

use super::house::{House, rules};

testkit::on_both! {
    a_file_without_a_column_leaves_it_as_it_was,
    a_file_reinstates_nobody_by_silence,
    whoever_is_suspended_by_a_file_is_off_the_published_list,
    a_roster_goes_out_and_comes_back_as_it_was,
}

impl House {
    async fn roster_file(&self, file: &str, dry_run: bool) -> Imported {
        let (rows, bad) = roster::parse(file.as_bytes());
        assert_eq!(bad, []);
        let act = self.act(roster::Person::Service);
        roster::import(&self.store, &act, rows, dry_run).await.expect("the database takes it")
    }

    async fn member(&self, id: MemberId) -> Member {
        let found = self.store.read(move |tx| Box::pin(tx.member(id))).await;
        found.expect("read").expect("she is there")
    }

    async fn stands(&self, id: MemberId, status: MemberStatus) {
        let act = self.act(self.ruth);
        roster::set_standing(&self.store, &act, id, status, "a complaint").await.expect("kept");
    }
}

async fn a_file_without_a_column_leaves_it_as_it_was(database: TestDatabase) {
    let house = House::new(database).await;
    let before = house.member(house.beth).await;
    let file = "name,phone,areas\nBeth Example,347-555-0121,Queens\nDora New,347-555-0129,\n";
    let tried = house.roster_file(file, true).await;
    let done = house.roster_file(file, false).await;
    assert_eq!((tried.changes.as_slice(), &tried.left), (done.changes.as_slice(), &done.left));
    assert_eq!((done.count(Change::Updated), done.count(Change::Added)), (1, 1));
    let after = house.member(house.beth).await;
    assert_eq!(after.profile.areas, ["Queens"]);
    assert_eq!(after.profile.credentials, before.profile.credentials);
    assert_eq!(after.profile.languages, before.profile.languages);
    assert_eq!(
        (after.email, after.private, after.status),
        (before.email, before.private, before.status)
    );
    let recorded = house.database.recorded().await;
    let changed = recorded.iter().find(|(kind, _)| kind == "member_changed").expect("an event");
    assert_eq!(changed.1["fields"], serde_json::json!(["areas"]));
    assert!(recorded.iter().any(|(kind, _)| kind == "member_added"));
    assert_eq!(house.roster_file(file, false).await.count(Change::Unchanged), 2);
}

async fn a_file_reinstates_nobody_by_silence(database: TestDatabase) {
    let house = House::new(database).await;
    house.stands(house.ana, MemberStatus::Suspended).await;
    house.stands(house.beth, MemberStatus::Removed).await;
    // Nobody is made to have asked by a person: only the form does that.
    let (cleo, applied) = (house.cleo, MemberStatus::Applied);
    let put = house.store.write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.set_member_status(cleo, applied, None).await })
    });
    put.await.expect("she has asked");
    for file in [
        "name,phone\nAna Sample,347-555-0120\nBeth Example,347-555-0121\nCleo Muster,347-555-0122\n",
        "name,phone,status\nAna Sample,347-555-0120,\nBeth Example,347-555-0121,\nCleo Muster,347-555-0122,\n",
    ] {
        let done = house.roster_file(file, false).await;
        assert_eq!((done.count(Change::Unchanged), done.left.len()), (2, 1), "{file}");
        assert_eq!((done.left[0].line, done.left[0].column.as_str()), (3, "status"));
        let ana = house.member(house.ana).await;
        assert_eq!(
            (ana.status, ana.status_reason.as_deref()),
            (MemberStatus::Suspended, Some("a complaint"))
        );
        assert_eq!(house.member(house.beth).await.status, MemberStatus::Removed);
        assert_eq!(house.member(house.cleo).await.status, MemberStatus::Applied);
    }
    let told = "name,phone,status\nBeth Example,347-555-0121,active\n";
    assert_eq!(house.roster_file(told, false).await.count(Change::Updated), 1);
    let beth = house.member(house.beth).await;
    assert_eq!((beth.status, beth.status_reason), (MemberStatus::Active, None));
    assert_eq!(beth.profile.languages, ["en", "es"], "what was known of her is known again");
}

async fn whoever_is_suspended_by_a_file_is_off_the_published_list(database: TestDatabase) {
    let house = House::new(database).await;
    house.asks("kings-bay", rules("KB-1")).await;
    house.certified(house.ana).await;
    house.certified(house.beth).await;
    assert_eq!(house.publishes("kings-bay").await.frozen.entries.len(), 2);
    house.roster_file("name,phone,status\nAna Sample,347-555-0120,suspended\n", false).await;
    let act = house.act(house.ruth);
    let (current, _) = roster::current(&house.store, &act, "kings-bay").await.expect("a list");
    let on: Vec<_> = current.frozen.entries.iter().map(|entry| entry.member).collect();
    assert_eq!((current.corrects, on), (Some(1), vec![house.beth]));
    house.stands(house.beth, MemberStatus::Removed).await;
    let (current, _) = roster::current(&house.store, &act, "kings-bay").await.expect("a list");
    assert!(current.frozen.entries.is_empty(), "nobody is left");
    let own = house.act(house.ana_as_admin);
    let own = roster::set_standing(&house.store, &own, house.ana, MemberStatus::Active, "").await;
    assert!(own.is_err(), "nobody reinstates herself");
}

async fn a_roster_goes_out_and_comes_back_as_it_was(database: TestDatabase) {
    let house = House::new(database).await;
    let file = "name,phone,areas,payers,note\n\
                =Ana Sample,347-555-0120,-Bronx;11215,@Aetna;+Cigna,=1+1\n\
                '=Beth,347-555-0121,,,'tis a note\n\
                \"Cleo, Muster\",347-555-0122,Queens,,\"-5, or more\"\n";
    house.roster_file(file, false).await;
    assert_eq!(house.member(house.ana).await.name.reveal(), "=Ana Sample");
    let out = roster::export(&house.store, house.chapter).await.expect("a file");
    for line in out.lines() {
        assert!(!line.starts_with(['=', '@', '-']), "a spreadsheet takes it for a formula: {line}");
    }
    let before = [house.member(house.ana).await, house.member(house.beth).await];
    let done = house.roster_file(&out, false).await;
    assert_eq!((done.count(Change::Unchanged), done.left), (3, vec![]), "{out}");
    for member in before {
        let after = house.member(member.id).await;
        assert_eq!((after.name, after.private), (member.name, member.private));
    }
}
