//! Requirements and papers from CSV files, and back.

use roster::{Change, Person, import_evidence, import_requirements};
use serde_json::json;
use testkit::databases::TestDatabase;

use super::house::{House, day};

testkit::on_both! {
    requirements_come_in_and_go_out_as_they_were,
    rules_of_one_key_are_refused_before_they_multiply,
    a_large_file_of_papers_goes_in_by_pieces,
    papers_come_in_and_go_out_as_they_were,
    what_was_decided_is_changed_by_whoever_may_decide_alone,
    nobody_brings_in_facts_of_her_own,
}

const REQUIREMENTS: &str = "\
hospital,hospital_name,version,version_from,key,parent,kind,params,severity,waivable,grace_days,told_by,learned_on,words,recheck_on
staten,Staten Harbor,S-1,,who,,any_of,,,no,,,,,
staten,,S-1,,who.ibclc,who,credential,any_of=IBCLC,,,,,,,
staten,,S-1,,who.rn,who,all_of,,,,,,,,
staten,,S-1,,who.rn.clc,who.rn,credential,any_of=CLC,,,,,,,
staten,,S-1,,who.rn.rn,who.rn,license,any_of=RN; state=NY,,,,,,,
staten,,S-1,,hipaa,,training,topic=hipaa; max_age_months=24,,,30,unit manager,2026-03-02,\"HIPAA, every two years\",2027-03-02
staten,,S-2,2027-01-01,hipaa,,training,topic=hipaa; max_age_months=12,preferred,,,,,,
";

async fn requirements_come_in_and_go_out_as_they_were(database: TestDatabase) {
    let house = House::new(database).await;
    let (store, act) = (&house.store, house.act(house.ruth));
    let import = async |file: &str, dry_run| {
        import_requirements(store, &act, file.as_bytes(), dry_run)
            .await
            .expect("the database takes it")
    };
    let (tried, bad) = import(REQUIREMENTS, true).await;
    assert_eq!((tried.count(Change::Added), bad), (2, vec![]));
    assert!(house.roll().await.place_of("staten").is_err(), "it was only tried");
    let (done, bad) = import(REQUIREMENTS, false).await;
    assert_eq!((done.count(Change::Added), bad), (2, vec![]));
    let roll = house.roll().await;
    let staten = &roll.rules()[roll.place_of("staten").expect("it was added")];
    let first = staten.rules_on(day("2026-12-31")).expect("rules");
    assert_eq!((first.version.as_str(), first.rules.len()), ("S-1", 2));
    assert_eq!(first.rules[0].requirement.children()[1].requirement.children().len(), 2);
    let source = first.rules[1].source.as_ref().expect("a source");
    assert_eq!(source.words.as_deref(), Some("HIPAA, every two years"));
    assert_eq!(staten.rules_on(day("2027-01-01")).expect("rules").version, "S-2");

    let out = roster::export_requirements(store, &act).await.expect("a file");
    let (again, bad) = import(&out, false).await;
    assert_eq!((again.count(Change::Unchanged), bad), (2, vec![]), "{out}");
    let (_, bad) = import(&REQUIREMENTS.replace("=24", "=36"), false).await;
    assert_eq!(bad.len(), 1, "a version is never replaced: {bad:?}");

    let wrong = "hospital,version,key,kind,params,parent,waivable\n\
                 staten,S-3,a,training,topic,,\n\
                 staten,S-3,b,teleport,,,\n\
                 staten,S-3,c,training,topic=x,nobody,\n\
                 staten,,d,years,min_years=two,,perhaps\n";
    let (done, bad) = import(wrong, false).await;
    let places: Vec<_> = bad.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    let wanted = [(2, "params"), (3, "params"), (4, "parent"), (5, "version"), (5, "params")];
    assert_eq!(places, wanted, "{bad:?}");
    assert!(done.changes.is_empty());
}

async fn rules_of_one_key_are_refused_before_they_multiply(database: TestDatabase) {
    let house = House::new(database).await;
    let act = house.act(house.ruth);
    let import = async |file: &str| {
        import_requirements(&house.store, &act, file.as_bytes(), false).await.expect("asked").1
    };
    let mut file = "hospital,version,key,parent,kind,params\n".to_owned();
    file.push_str("staten,S-1,r0,,any_of,\n");
    for depth in 1..12 {
        for _ in 0..3 {
            file.push_str(&format!("staten,S-1,r{depth},r{},any_of,\n", depth - 1));
        }
    }
    let bad = import(&file).await;
    assert_eq!(bad.len(), 22, "{bad:?}");
    assert!(bad.iter().all(|bad| bad.column == "key"), "{bad:?}");
    let circle = "hospital,version,key,parent,kind,params\n\
                  staten,S-1,a,,training,topic=x\nstaten,S-1,b,c,any_of,\nstaten,S-1,c,b,any_of,\n";
    let bad = import(circle).await;
    let places: Vec<_> = bad.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    assert_eq!(places, [(3, "parent"), (4, "parent")], "{bad:?}");
    let leaves = "hospital,version,key,parent,kind,params\n\
                  staten,S-1,a,,any_of,\nstaten,S-1,x,a,training,topic=x\n\
                  staten,S-1,b,,any_of,\nstaten,S-1,x,b,training,topic=x\n";
    assert_eq!(import(leaves).await, [], "a leaf may be called as a leaf of another rule");
    let long = format!("{leaves}{}", "staten,S-2,k,,training,topic=x\n".repeat(20_001));
    let bad = import(&long).await;
    assert_eq!((bad.len(), bad[0].column.as_str()), (1, "(file)"));
}

async fn a_large_file_of_papers_goes_in_by_pieces(database: TestDatabase) {
    let house = House::new(database).await;
    let act = house.act(house.ruth);
    let mut file = "member,type,attrs,issued\n".to_owned();
    for n in 0..600 {
        let member = ["Ana Sample", "347-555-0121", "member2@example.org"][n % 3];
        file.push_str(&format!("{member},training,topic=t{n},2026-06-01\n"));
    }
    file.push_str("Ana Sample,dues,,\n");
    let import = async |file: &str| {
        import_evidence(&house.store, &act, file.as_bytes(), false).await.expect("asked")
    };
    let (done, bad) = import(&file).await;
    assert_eq!((done.changes.len(), bad.len(), house.papers().await), (0, 1, 0), "all, or nothing");
    let good = file.replace("dues,,\n", "sliding_scale,yes,\n");
    let (done, bad) = import(&good).await;
    assert_eq!((done.count(Change::Added), bad, house.papers().await), (601, vec![], 600));
    assert_eq!(import(&good).await.0.count(Change::Unchanged), 601);
}

impl House {
    async fn papers(&self) -> usize {
        self.roll().await.facts().iter().map(|member| member.evidence().len()).sum()
    }

    /// How many of her papers are verified.
    async fn verified(&self, member: model::MemberId) -> usize {
        let roll = self.roll().await;
        let hers = roll.facts()[House::place(&roll, member)].evidence().iter();
        hers.filter(|paper| paper.status == eligibility::EvidenceStatus::Verified).count()
    }

    /// The member Cleo as one of the chapter's people.
    async fn cleo_as_admin(&self) -> Person {
        let roll = self.roll().await;
        let phone = roll.members[Self::place(&roll, self.cleo)].phone_id;
        Person::Admin(model::AdminId::generate(self.act(self.ruth).now, &self.chance), phone)
    }
}

const PAPERS: &str = "\
member,type,attrs,issued,expires,status,verifier,verified_on,lookup,rejected_because
347-555-0121,credential,cred=IBCLC; number=L-30544,2023-06-30,2028-06-30,verified,Ruth,2026-11-01,registry,
Beth Example,training,topic=hipaa,2026-06-01,,submitted,,,,
member2@example.org,liability,\"per_occurrence=1,000,000; aggregate=3000000; additional_insured=H4|H5\",2026-01-01,2026-12-31,rejected,,,,too dark to read
Cleo Muster,dues,,,2026-12-31,,,,,
Cleo Muster,event,,2026-05-02,,,,,,
Cleo Muster,practice,,2019-02-01,,,,,,
Cleo Muster,conflict,sells_pumps,,,,,,,
Cleo Muster,sliding_scale,yes,,,,,,,
";

async fn papers_come_in_and_go_out_as_they_were(database: TestDatabase) {
    let house = House::new(database).await;
    let (store, act) = (&house.store, house.act(house.ruth));
    let import = async |file: &str, dry_run| {
        import_evidence(store, &act, file.as_bytes(), dry_run).await.expect("the database takes it")
    };
    let (tried, bad) = import(PAPERS, true).await;
    assert_eq!((tried.changes.len(), bad), (8, vec![]));
    assert!(house.roll().await.facts().iter().all(|member| member.evidence().is_empty()));
    let (done, bad) = import(PAPERS, false).await;
    assert_eq!((done.changes.len(), bad), (8, vec![]));
    let roll = house.roll().await;
    let [beth, cleo] =
        [house.beth, house.cleo].map(|member| &roll.facts()[House::place(&roll, member)]);
    assert_eq!(beth.evidence().len(), 2);
    assert_eq!((cleo.profile.events.len(), cleo.profile.sliding_scale), (1, true));
    assert_eq!(cleo.profile.practice_start, Some(day("2019-02-01")));
    assert_eq!(cleo.profile.conflicts, ["sells_pumps"]);

    let (again, _) = import(PAPERS, false).await;
    assert_eq!(again.count(Change::Unchanged), 8);
    let out = roster::export_evidence(store, &act).await.expect("a file");
    let (again, bad) = import(&out, false).await;
    assert_eq!((again.count(Change::Unchanged), bad), (8, vec![]), "{out}");
    let (renewed, _) = import(&PAPERS.replace("2028-06-30", "2028-12-31"), false).await;
    assert_eq!(renewed.count(Change::Updated), 1);

    let silent = "member,type,attrs,issued\n\
                  Beth Example,credential,cred=IBCLC; number=L-30544,2023-06-30\n\
                  Cleo Muster,training,topic=hipaa,2026-06-01\n";
    let (done, bad) = import(silent, false).await;
    assert_eq!((done.count(Change::Unchanged), done.count(Change::Added), bad), (1, 1, vec![]));
    assert_eq!(house.verified(house.beth).await, 1, "what was decided holds");
    let ended =
        silent.replace("issued\n", "issued,expires\n").replace("06-30\n", "06-30,2029-01-01\n");
    let ended = ended.replace("06-01\n", "06-01,\n");
    let (_, bad) = import(&ended, false).await;
    let places: Vec<_> = bad.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    assert_eq!(places, [(2, "status")], "{bad:?}");
    let program = Person::Token(model::TokenId::generate(act.now, &house.chance));
    let told = "member,type,attrs,issued,status,verifier\nCleo Muster,training,topic=hipaa,2026-06-01,verified,Ruth\n";
    for refused in [program, house.cleo_as_admin().await] {
        let act = house.act(refused);
        let (_, bad) = import_evidence(store, &act, told.as_bytes(), false).await.expect("asked");
        assert_eq!((bad.len(), bad[0].column.as_str()), (1, "status"), "{refused:?}");
    }
    let lowered = "member,type,attrs,issued,status\nBeth Example,credential,cred=IBCLC; number=L-30544,2023-06-30,submitted\n";
    assert_eq!(import(lowered, false).await.0.count(Change::Updated), 1);
    assert_eq!(house.verified(house.beth).await, 0);
    let recorded = house.database.recorded().await;
    let lowered = recorded.iter().find(|(kind, _)| kind == "evidence_reopened").expect("an event");
    assert_eq!((&lowered.1["from"], &lowered.1["to"]), (&json!("verified"), &json!("submitted")));

    let wrong = "member,type,attrs,status,verifier,issued,expires\n\
                 Nobody,training,topic=x,,,,\n\
                 Beth Example,teleport,,,,,\n\
                 Beth Example,training,topic=x,verified,347 555 0121,,\n\
                 Beth Example,training,topic=x,verified,,,\n\
                 Beth Example,training,topic=x,,,2026-02-02,2026-02-01\n\
                 Beth Example,credential,number=1,,,,\n";
    let (done, bad) = import(wrong, false).await;
    let places: Vec<_> = bad.iter().map(|bad| (bad.line, bad.column.as_str())).collect();
    let wanted =
        [(2, "member"), (3, "type"), (4, "verifier"), (5, "verifier"), (6, "attrs"), (7, "attrs")];
    assert_eq!(places, wanted, "{bad:?}");
    assert!(done.changes.is_empty() && !format!("{bad:?}").contains("teleport"));
}

const CERTIFIED: &str = "\
member,type,attrs,issued,expires,status,verifier,verified_on,lookup
Beth Example,credential,cred=IBCLC; number=L-30544,2023-06-30,2028-06-30,verified,Ruth,2026-11-01,registry
";

async fn what_was_decided_is_changed_by_whoever_may_decide_alone(database: TestDatabase) {
    let house = House::new(database).await;
    let import = async |by, file: &str| {
        import_evidence(&house.store, &house.act(by), file.as_bytes(), false).await.expect("asked")
    };
    let (done, bad) = import(house.ruth, CERTIFIED).await;
    assert_eq!((done.count(Change::Added), bad), (1, vec![]));
    let longer = CERTIFIED.replace("2028-06-30", "2038-06-30");
    let program = Person::Token(model::TokenId::generate(house.act(house.ruth).now, &house.chance));
    for refused in [program, house.beth_as_admin] {
        for file in [longer.clone(), CERTIFIED.replace("registry", "by telephone")] {
            let (done, bad) = import(refused, &file).await;
            let columns: Vec<_> = bad.iter().map(|bad| bad.column.as_str()).collect();
            assert_eq!((columns, done.changes.len()), (vec!["status"], 0), "{refused:?}");
        }
        assert_eq!(import(refused, CERTIFIED).await.0.count(Change::Unchanged), 1);
    }
    let (_, bad) = import(house.ana_as_admin, &longer.replace("Ruth", "")).await;
    assert_eq!(bad[0].column, "verifier", "another end is another decision");
    assert_eq!(import(house.ana_as_admin, &longer).await.0.count(Change::Updated), 1);
    let verified = eligibility::EvidenceStatus::Verified;
    let papers = roster::queue(&house.store, &house.act(house.ruth), verified, None, 9).await;
    let paper = &papers.expect("a queue")[0].evidence;
    assert_eq!(paper.content["expires"], "2038-06-30");
    assert_eq!(paper.decided_by, Some(house.ana_as_admin.to_string()), "whoever changed it");
}

async fn nobody_brings_in_facts_of_her_own(database: TestDatabase) {
    let house = House::new(database).await;
    let import = async |by, paid: &str| {
        let file = format!("member,type,expires\nBeth Example,dues,{paid}\n");
        import_evidence(&house.store, &house.act(by), file.as_bytes(), false).await.expect("asked")
    };
    assert_eq!(import(house.ruth, "2026-12-31").await.0.count(Change::Added), 1);
    let (done, bad) = import(house.beth_as_admin, "2036-12-31").await;
    assert_eq!((done.changes.len(), bad.len()), (0, 1), "{bad:?}");
    let kept = roster::facts(&house.store, &house.act(house.ruth), house.beth).await;
    assert_eq!(kept.expect("facts")["membership_paid_through"], "2026-12-31");
    let same = import(house.beth_as_admin, "2026-12-31").await.0;
    assert_eq!(same.count(Change::Unchanged), 1, "what changes nothing is in nobody's way");
}
