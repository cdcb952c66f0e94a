//! A member answers on the page of her offer, by the link in its text.

use std::collections::BTreeMap;

use dispatch::{Dispatch, OfferPage, Stands, Tap, Tapped};
use futures_util::future::join_all;
use model::{MemberStatus, TaskKind, day_hours, minutes, seconds};
use testkit::{Chapter, chapter::Joining, databases::TestDatabase};

use crate::{ALL, JESS};

testkit::on_both!(
    pages_and_texts_at_once_and_three_have_places,
    one_claim_pressed_many_times_counts_once,
);

/// What was asked: its code, and everybody's link.
struct Asked {
    code: String,
    links: BTreeMap<String, String>,
}

impl Asked {
    async fn of(chapter: &Chapter, members: &[String]) -> Self {
        chapter.family("jess").texts(JESS).await;
        chapter.settle().await;
        let code = chapter.family("jess").receives("Got it").code();
        let links = members.iter().map(|member| {
            let offer = chapter.phone(member).receives_offer();
            assert_eq!(offer.code(), code);
            (member.clone(), offer.link_to("c").expect("the offer has a link"))
        });
        Self { links: links.collect(), code }
    }

    async fn page(&self, chapter: &Chapter, member: &str) -> OfferPage {
        let page = chapter.dispatch().offer_page(&self.links[member]).await;
        page.expect("the database answers").expect("the link opens a page")
    }

    /// She presses a button; what is due at once is done.
    async fn taps(&self, chapter: &Chapter, member: &str, tap: Tap) -> Tapped {
        let tapped = chapter.dispatch().tap(&self.links[member], tap).await;
        chapter.run().await;
        tapped.expect("the database answers").expect("the link opens a page")
    }

    async fn claims(&self, chapter: &Chapter, member: &str, line: &str) -> Tapped {
        self.taps(chapter, member, claim(line)).await
    }
}

fn claim(line: &str) -> Tap {
    Tap::Claim { line: line.to_owned() }
}

fn usual() -> Vec<String> {
    ALL.map(str::to_owned).to_vec()
}

async fn usual_with_links() -> (Chapter, Asked) {
    let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
    let asked = Asked::of(&chapter, &usual()).await;
    (chapter, asked)
}

const MEMBERS: usize = 18;

async fn pages_and_texts_at_once_and_three_have_places(database: TestDatabase) {
    let chapter = Chapter::with_links(database).await;
    let mut members = usual();
    for n in members.len()..MEMBERS {
        let name = format!("m{n}");
        chapter.joins(&name, Joining::usual(&format!("Member {n} Sample"))).await;
        members.push(name);
    }
    let asked = Asked::of(&chapter, &members).await;
    let nodes = [chapter.dispatch().clone(), chapter.house().another_node().await];
    let tapping = |node: Dispatch, link: String| {
        tokio::spawn(async move {
            node.tap(&link, claim("")).await.expect("it is judged").expect("a page");
        })
    };
    let texting = |node: Dispatch, name: &str| {
        let (line, text) = (chapter.line().clone(), chapter.text_from(name, &asked.code));
        tokio::spawn(async move {
            node.receive(&line, text).await.expect("it is taken in");
        })
    };
    // A third claims on the page, a third by text, a third both ways at once.
    let mut claims = Vec::new();
    for (n, name) in members.iter().enumerate() {
        if n % 3 != 0 {
            claims.push(tapping(nodes[n % 2].clone(), asked.links[name].clone()));
        }
        if n % 3 != 1 {
            claims.push(texting(nodes[(n + 1) % 2].clone(), name));
        }
    }
    for claimed in join_all(claims).await {
        claimed.expect("it runs");
    }
    chapter.run().await;
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert_eq!((firm.len(), standby.len()), (3, MEMBERS - 3));
    let _ = chapter.family("jess").receives("Here are 3 consultants").says(&asked.code);
    for name in &members {
        let told = chapter.phone(name).reads_all().join("\n");
        assert_eq!(told.contains(" of 3"), firm.contains(name), "{name}: {told}");
        let stands = asked.page(&chapter, name).await.stands;
        assert_eq!(matches!(stands, Stands::Placed { named: true, .. }), firm.contains(name));
        assert_eq!(stands == Stands::StandsBy, standby.contains(name));
    }
    chapter.advance(seconds(60)).await;
    for name in &members {
        let _ = chapter.phone(name).reads_all();
    }
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn one_claim_pressed_many_times_counts_once(database: TestDatabase) {
    let chapter = Chapter::with_links(database).await;
    let asked = Asked::of(&chapter, &usual()).await;
    let nodes = [chapter.dispatch().clone(), chapter.house().another_node().await];
    let presses = (0..8).map(|n| {
        let (node, link) = (nodes[n % 2].clone(), asked.links["ana"].clone());
        tokio::spawn(async move { node.tap(&link, claim("")).await })
    });
    for pressed in join_all(presses).await {
        assert_eq!(pressed.expect("it runs").expect("it is judged"), Some(Tapped::Done));
    }
    chapter.run().await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.phone("ana").receives_nothing();
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert_eq!((firm, standby), (vec!["ana".to_owned()], vec![]));
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn looking_takes_nothing_and_a_claim_with_a_line_reaches_the_family_word_for_word() {
    let (chapter, asked) = usual_with_links().await;
    for _ in 0..3 {
        let page = asked.page(&chapter, "ana").await;
        assert_eq!((page.taken, page.stands), (0, Stands::MayClaim));
        assert_eq!(page.code.as_str(), asked.code);
        let told = |name: &str| page.told.iter().find(|(known, _)| *known == name);
        assert!(
            told("place").is_some_and(|(_, words)| words.contains("Park Slope 11215, Brooklyn"))
        );
    }
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    let line = "after 5 pm, video only";
    assert_eq!(asked.claims(&chapter, "ana", line).await, Tapped::Done);
    let _ = chapter.phone("ana").receives("place 1 of 3").says(line);
    let page = asked.page(&chapter, "ana").await;
    assert!(matches!(page.stands, Stands::Placed { place: 1, named: false, undo_until: Some(_) }));
    assert_eq!((page.taken, page.caveat.as_deref()), (1, Some(line)));
    for (place, member) in [(2, "beth"), (3, "cleo")] {
        asked.claims(&chapter, member, "").await;
        let _ = chapter.phone(member).receives(&format!("place {place} of 3"));
    }
    let _ = chapter.family("jess").receives("Here are 3 consultants").says(line);
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn who_was_named_before_the_family_wants_more_reads_that_her_name_stands_and_may_still_go() {
    let (chapter, asked) = usual_with_links().await;
    for member in ["ana", "beth", "cleo"] {
        asked.claims(&chapter, member, "").await;
        let _ = chapter.phone(member).receives("of 3");
    }
    let jess = chapter.family("jess");
    let _ = jess.receives("Here are 3 consultants");
    jess.texts("more names please").await;
    chapter.settle().await;
    let _ = jess.receives("We are asking for more names");
    for member in ["dora", "ella"] {
        let _ = chapter.phone(member).receives_offer();
    }
    assert_eq!(asked.page(&chapter, "ana").await.stands, Stands::Kept);
    assert_eq!(asked.taps(&chapter, "ana", Tap::GiveBack).await, Tapped::Done);
    let _ = (chapter.phone("ana").reads_all(), jess.receives("Ana Sample can't"));
    assert_eq!(asked.page(&chapter, "beth").await.stands, Stands::Kept);
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter
        .done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page])
        .await;
}

#[tokio::test]
async fn what_is_private_in_a_line_or_is_no_term_is_left_out_and_she_is_told() {
    let (chapter, asked) = usual_with_links().await;
    let private = "call me at 917-555-0142, evenings only";
    assert_eq!(asked.claims(&chapter, "ana", private).await, Tapped::LinePartly);
    let _ = chapter.phone("ana").receives("place 1 of 3").lacks("917-555-0142");
    let page = asked.page(&chapter, "ana").await;
    assert!(page.caveat.is_some_and(|caveat| caveat.contains("evenings only")));
    assert_eq!(asked.claims(&chapter, "beth", "DROP it like that").await, Tapped::LineNot);
    let _ = chapter.phone("beth").receives("place 2 of 3");
    // She may say it better until the family has read it.
    assert_eq!(asked.claims(&chapter, "beth", "mornings only").await, Tapped::Done);
    let _ = chapter.phone("beth").receives("place 2 of 3").says("mornings only");
    asked.claims(&chapter, "cleo", "").await;
    let _ = chapter.phone("cleo").receives("place 3 of 3");
    let names = chapter.family("jess").receives("Here are 3 consultants").says("mornings only");
    let _ = names.says("evenings only").lacks("917-555-0142").lacks("like that");
    assert_eq!(asked.claims(&chapter, "beth", "noon only").await, Tapped::Done);
    assert_eq!(asked.page(&chapter, "beth").await.caveat.as_deref(), Some("mornings only"));
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_claim_is_undone_within_its_minute_and_given_back_after_it() {
    let (chapter, asked) = usual_with_links().await;
    for wait in [seconds(5), minutes(5)] {
        asked.claims(&chapter, "ana", "").await;
        let _ = chapter.phone("ana").receives("place 1 of 3");
        chapter.advance(wait).await;
        let stands = asked.page(&chapter, "ana").await.stands;
        let Stands::Placed { undo_until, .. } = stands else { panic!("{stands:?}") };
        assert_eq!(undo_until.is_some(), wait == seconds(5));
        asked.taps(&chapter, "ana", Tap::GiveBack).await;
        let _ = chapter.phone("ana").receives("released");
        assert_eq!(asked.page(&chapter, "ana").await.stands, Stands::MayClaim);
        // Pressed again it finds nothing to give back.
        asked.taps(&chapter, "ana", Tap::GiveBack).await;
    }
    chapter.family("jess").receives_nothing();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn once_the_names_are_out_it_is_a_drop_with_one_text_to_the_family() {
    let (chapter, asked) = usual_with_links().await;
    for (place, member) in [(1, "ana"), (2, "beth"), (3, "cleo")] {
        asked.claims(&chapter, member, "").await;
        let _ = chapter.phone(member).receives(&format!("place {place} of 3"));
    }
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    let stands = asked.page(&chapter, "beth").await.stands;
    assert_eq!(stands, Stands::Placed { place: 2, named: true, undo_until: None });
    assert_eq!(asked.page(&chapter, "dora").await.stands, Stands::MayStandBy);
    asked.claims(&chapter, "dora", "").await;
    let _ = chapter.phone("dora").receives("standby");
    assert_eq!(asked.page(&chapter, "dora").await.stands, Stands::StandsBy);
    asked.taps(&chapter, "beth", Tap::GiveBack).await;
    let _ = chapter.phone("beth").receives("We tell the family");
    let _ = chapter.phone("dora").receives("place 2 of 3");
    let jess = chapter.family("jess");
    let _ = jess.receives("Beth Example can't take new families now").says("Dora Pattern");
    jess.receives_nothing();
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

#[tokio::test]
async fn a_place_that_is_held_is_taken_on_the_page() {
    let (chapter, asked) = usual_with_links().await;
    chapter.phone("ana").replies("ok").await;
    let _ = chapter.phone("ana").receives(&format!("Claim {}?", asked.code));
    let stands = asked.page(&chapter, "ana").await.stands;
    assert!(matches!(stands, Stands::Held { place: 1, .. }), "{stands:?}");
    asked.claims(&chapter, "ana", "").await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    chapter.advance(minutes(11)).await;
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["ana"]);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn who_is_paused_or_wants_no_texts_claims_nothing() {
    let (chapter, asked) = usual_with_links().await;
    let ana = chapter.member("ana");
    chapter
        .change(move |tx| {
            Box::pin(async move { tx.set_member_status(ana, MemberStatus::Paused, None).await })
        })
        .await;
    assert_eq!(asked.page(&chapter, "ana").await.stands, Stands::Paused);
    asked.claims(&chapter, "ana", "").await;
    chapter.phone("beth").replies("STOP").await;
    let _ = chapter.phone("beth").receives("unsubscribed");
    assert_eq!(asked.claims(&chapter, "beth", "").await, Tapped::NoTexts);
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    chapter.admin("ruth").reads_all();
    chapter.admin("ruth").reads_mails();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Page]).await;
}

#[tokio::test]
async fn a_link_is_one_members_for_one_offer_and_ends() {
    let (chapter, asked) = usual_with_links().await;
    let mut all = asked.links.values().cloned().collect::<Vec<_>>();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), ALL.len(), "everybody has her own");
    let ana = &asked.links["ana"];
    let others = ["", "x", "../c", "aaaaaaaaaaaaaaaa", &ana[1..], &format!("{ana}a")];
    for secret in others.map(str::to_owned).iter().chain([&ana.to_lowercase()]) {
        assert!(chapter.dispatch().offer_page(secret).await.expect("an answer").is_none());
        assert_eq!(chapter.dispatch().tap(secret, claim("")).await.expect("an answer"), None);
    }
    asked.claims(&chapter, "ana", "").await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    let (firm, _) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["ana"]);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
    chapter.house().clock.advance(day_hours(73));
    assert!(chapter.dispatch().offer_page(ana).await.expect("an answer").is_none());
    assert_eq!(chapter.dispatch().tap(ana, claim("")).await.expect("an answer"), None);
}

/// What the console shows as the offer is what members are sent, but for each one's own link.
#[tokio::test]
async fn an_offer_is_shown_word_for_word() {
    let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    let _ = chapter.family("jess").receives("Got it");
    let id = chapter.referral().await.id;
    let view = chapter.dispatch().referral(chapter.id(), id).await;
    let view = view.expect("it can be read").expect("it is there");
    for member in ALL {
        let offer = chapter.phone(member).receives_offer();
        let link = offer.link_to("c").expect("the offer has a link");
        assert_eq!(view.offer.reveal(), offer.carried.text.replace(&link, "..."));
    }
    let post = view.post.expect("a post for the members' group");
    assert!(!post.contains("/c/"), "what all are shown leads to nobody's page");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
