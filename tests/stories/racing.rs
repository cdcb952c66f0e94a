//! Many at once: exactly three, whoever comes when, on both databases and from two nodes.

use dispatch::Received;
use futures_util::future::join_all;
use model::{ClaimKind, TaskKind, minutes, seconds};
use testkit::{Chapter, chapter::Joining, databases::TestDatabase};

use crate::{ALL, claim, jess_asks};

testkit::on_both!(
    thirty_claim_at_once_and_three_have_places,
    one_claim_delivered_twelve_times_counts_once,
    a_claim_a_drop_and_the_promised_time_meet,
);

const MEMBERS: usize = 30;
const ROUNDS: usize = 4;

async fn thirty_claim_at_once_and_three_have_places(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    chapter.decides_for_itself(serde_json::json!({"member_cap": 1000})).await;
    let mut members = ALL.map(str::to_owned).to_vec();
    for n in members.len()..MEMBERS {
        let name = format!("m{n}");
        chapter.joins(&name, Joining::usual(&format!("Member {n} Sample"))).await;
        members.push(name);
    }
    let nodes = [chapter.dispatch().clone(), chapter.house().another_node().await];
    for round in 0..ROUNDS {
        let family = chapter.family(&format!("family{round}"));
        family.texts("Flatbush 11226, baby 3 weeks, low supply, home visit, Aetna").await;
        chapter.settle().await;
        let code = family.receives("We are asking 30 consultants.").code();
        for name in &members {
            assert_eq!(chapter.phone(name).receives_offer().code(), code);
        }
        let claims = members.iter().enumerate().map(|(n, name)| {
            let (node, line) = (nodes[n % 2].clone(), chapter.line().clone());
            let text = chapter.text_from(name, &code);
            tokio::spawn(async move { node.receive(&line, text).await })
        });
        for claimed in join_all(claims).await {
            assert_eq!(claimed.expect("it runs").expect("it is taken in"), Received::New);
        }
        chapter.run().await;
        let _ = family.receives("Here are 3 consultants").says(&code);
        let referral = chapter.referral().await;
        let (firm, standby) = chapter.places(&referral).await;
        assert_eq!((firm.len(), standby.len()), (3, MEMBERS - 3));
        let mut told = Vec::new();
        for name in &members {
            let texts = chapter.phone(name).reads_all();
            let [text] = texts.as_slice() else { panic!("{name}: {texts:?}") };
            let place = ["place 1 of 3", "place 2 of 3", "place 3 of 3"]
                .into_iter()
                .position(|place| text.contains(place));
            assert_eq!(place.is_some(), firm.contains(name), "{name}: {text}");
            told.extend(place);
        }
        told.sort_unstable();
        assert_eq!(told, [0, 1, 2]);
        // Phones rest, so that what they may get at once is theirs again.
        chapter.advance(seconds(30)).await;
    }
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// What she offers is read under its lock before it is written: on PostgreSQL two may be at it at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn her_wish_undoes_nothing_that_is_changed_of_her_at_that_moment() {
    let chapter = Chapter::on(TestDatabase::postgres().await).await;
    let (ana, id) = (chapter.phone("ana"), chapter.member("ana"));
    ana.texts("don't text me on sundays").await;
    let _ = ana.receives("Reply");
    let (begun, begins) = tokio::sync::oneshot::channel();
    let console = chapter.change(move |tx| {
        Box::pin(async move {
            let mut profile = tx.member(id).await?.expect("Ana").profile;
            profile.exclude_areas.push("Bronx".to_owned());
            tx.set_member_profile(id, &profile).await?;
            begun.send(()).expect("somebody waits");
            // Her text comes in, and waits for this.
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            Ok(())
        })
    });
    let text = chapter.text_from("ana", "ok");
    let says = async {
        begins.await.expect("it begins");
        chapter.delivers(&text).await
    };
    tokio::join!(console, says);
    chapter.run().await;
    let _ = ana.receives("");
    let member = chapter.look(move |tx| Box::pin(async move { tx.member(id).await })).await;
    let profile = member.expect("Ana").profile;
    assert_eq!(
        (profile.quiet_days, profile.exclude_areas),
        (vec!["sun".to_owned()], vec!["Bronx".to_owned()])
    );
    chapter.done().await;
}

async fn one_claim_delivered_twelve_times_counts_once(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    let nodes = [chapter.dispatch().clone(), chapter.house().another_node().await];
    let text = chapter.text_from("ana", &code);
    let deliveries = (0..12).map(|n| {
        let (node, line, text) = (nodes[n % 2].clone(), chapter.line().clone(), text.clone());
        tokio::spawn(async move { node.receive(&line, text).await })
    });
    let mut new = 0;
    for delivery in join_all(deliveries).await {
        let received = delivery.expect("it runs").expect("it is taken in");
        new += usize::from(received == Received::New);
    }
    assert_eq!(new, 1);
    chapter.run().await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.phone("ana").receives_nothing();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn a_claim_a_drop_and_the_promised_time_meet(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let code = jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth"], 1).await;
    chapter.advance(minutes(119)).await;
    chapter.house().clock.advance(seconds(60));
    let node = chapter.house().another_node().await;
    let (first, second) = (chapter.dispatch().clone(), node.clone());
    let line = chapter.line().clone();
    let claims = chapter.text_from("cleo", &code);
    let drops = chapter.text_from("ana", &format!("DROP {code}"));
    let (one, two) = (line.clone(), line);
    let (claimed, dropped, ran) = tokio::join!(
        tokio::spawn(async move { first.receive(&one, claims).await }),
        tokio::spawn(async move { second.receive(&two, drops).await }),
        node.run_due_tasks(),
    );
    claimed.expect("it runs").expect("it is taken in");
    dropped.expect("it runs").expect("it is taken in");
    ran.expect("tasks run");
    chapter.run().await;
    chapter.advance(minutes(1)).await;
    let referral = chapter.referral().await;
    let id = referral.id;
    let claims = chapter.look(move |tx| Box::pin(async move { tx.claims(id).await })).await;
    let firm = claims.iter().filter(|claim| claim.kind == ClaimKind::Firm).collect::<Vec<_>>();
    assert_eq!(firm.len(), 2, "Beth and Cleo");
    let told = chapter.family("jess").reads_all().join("\n");
    assert!(told.contains("Beth Example"), "{told}");
    // Whoever was named and dropped out is taken back by name.
    assert!(!told.contains("Ana Sample (") || told.contains("Ana Sample can't take"), "{told}");
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    let ruth = chapter.admin("ruth");
    let (_, _) = (ruth.reads_all(), ruth.reads_mails());
    chapter
        .done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::Page, TaskKind::DeadEnd])
        .await;
}
