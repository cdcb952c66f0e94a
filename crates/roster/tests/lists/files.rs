//! Requirements and papers from CSV files, and back.

use roster::{Change, import_evidence, import_requirements};
use testkit::databases::TestDatabase;

use super::house::{House, day};

testkit::on_both! {
    requirements_come_in_and_go_out_as_they_were,
    papers_come_in_and_go_out_as_they_were,
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
