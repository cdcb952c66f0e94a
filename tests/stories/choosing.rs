//! How places are given where more want one than there are: each policy of a chapter, on both
//! databases.

use dispatch::{Decision, Stands, Tap};
use futures_util::future::join_all;
use jiff::SignedDuration;
use model::{MemberId, TaskKind, Timestamp, minutes, seconds};
use serde_json::{Value, json};
use storage::Event;
use testkit::{Chapter, chapter::Joining, databases::TestDatabase};

use crate::{ALL, JESS, claim, jess_has_names};

testkit::on_both!(
    a_fair_start_counts_from_ones_own_copy_and_not_from_the_first,
    a_window_gives_places_by_fit_and_then_to_whoever_was_named_least_recently,
    while_claims_are_collected_one_may_leave_and_a_thumbs_up_keeps_its_turn,
    waves_ask_the_next_ones_only_while_a_place_is_free,
    the_first_three_are_those_who_claimed_first_as_the_trace_tells,
    many_claims_meet_the_end_of_a_window_and_three_have_places,
    what_was_collected_outlives_a_hold_and_another_policy,
    a_claim_by_page_is_collected_like_one_by_text,
    a_place_that_was_told_is_not_collected_again_under_another_policy,
);

async fn chapter(database: TestDatabase, settings: Value) -> Chapter {
    Chapter::on_sending_every(database, settings, SignedDuration::ZERO).await
}

/// Jess asks under a chapter's policy; the code.
async fn jess_texts(chapter: &Chapter) -> String {
    chapter.family("jess").texts(JESS).await;
    chapter.settle().await;
    chapter.family("jess").receives("Got it").code()
}

/// Who was asked, in the order of sending.
async fn in_order(chapter: &Chapter) -> Vec<&'static str> {
    let id = chapter.referral().await.id;
    let offers = chapter.look(move |tx| Box::pin(async move { tx.offers(id).await })).await;
    let name = |id: MemberId| ALL.into_iter().find(|name| chapter.member(name) == id);
    offers.iter().filter_map(|offer| name(offer.member_id)).collect()
}

async fn told(chapter: &Chapter, kind: &str) -> Event {
    let trace = chapter.trace(&chapter.referral().await).await;
    trace.into_iter().find(|event| event.kind == kind).expect("it is told")
}

async fn a_fair_start_counts_from_ones_own_copy_and_not_from_the_first(database: TestDatabase) {
    let fair = json!({"policy": "fair_start"});
    let chapter = Chapter::on_sending_every(database, fair, seconds(20)).await;
    chapter.family("jess").texts(JESS).await;
    chapter.advance(seconds(26)).await;
    let code = chapter.family("jess").receives("Got it").code();
    let order = in_order(&chapter).await;
    // The first one asked has her copy, thinks for most of a minute and claims before anybody; those
    // after her get theirs later and answer at once.
    while chapter.phone(order[0]).history().is_empty() {
        chapter.advance(seconds(5)).await;
    }
    chapter.advance(seconds(15)).await;
    chapter.phone(order[0]).replies(&code).await;
    for name in &order[1..4] {
        while chapter.phone(name).history().is_empty() {
            chapter.advance(seconds(1)).await;
        }
        chapter.phone(name).replies(&code).await;
    }
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    chapter.advance(minutes(6)).await;
    let (mut firm, standby) = chapter.places(&chapter.referral().await).await;
    firm.sort_unstable();
    let mut quick = order[1..4].iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    quick.sort_unstable();
    assert_eq!((firm, standby), (quick, vec![order[0].to_owned()]));
    let slow = chapter.phone(order[0]).reads_all().join("\n");
    assert!(slow.contains("your claim is in") && slow.contains("just filled"), "{slow}");
    for name in &order[1..4] {
        let quick = chapter.phone(name).reads_all().join("\n");
        assert!(quick.contains(" of 3"), "{name}: {quick}");
    }
    let _ = chapter.phone(order[4]).reads_all();
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    by_hand(&told(&chapter, "gate_opened").await, |one| {
        let at = |key: &str| one[key].as_str().expect("it is kept").parse::<Timestamp>();
        let (copy, claimed) =
            (at("clock_from").expect("a time"), at("claimed_at").expect("a time"));
        let took = i64::try_from(claimed.since(copy).as_millis()).expect("a while");
        assert_eq!(one["took_ms"].as_i64(), Some(took), "{one}");
        (took, one["turn"].as_i64().unwrap_or_default())
    });
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// The order that was kept is the one that comes of what was kept beside it.
fn by_hand<K: Ord>(event: &Event, key: impl Fn(&Value) -> K) {
    let order = event.detail["order"].as_array().expect("an order");
    assert!(order.len() > 3, "more want a place than there are: {order:?}");
    assert!(order.is_sorted_by_key(key), "{order:?}");
}

async fn a_window_gives_places_by_fit_and_then_to_whoever_was_named_least_recently(
    database: TestDatabase,
) {
    let chapter = chapter(database, json!({"enforce_baseline": false})).await;
    // Ana, Beth and Cleo are named to a first family.
    let _ = jess_has_names(&chapter).await;
    chapter.decides_for_itself(json!({"policy": "window", "window_minutes": 20})).await;
    chapter.joins("fay", Joining::usual("Fay Latest")).await;
    let kim = chapter.family("kim");
    kim.texts("Flatbush 11226, baby 3 weeks, low supply, home visit please, Aetna").await;
    chapter.settle().await;
    let code = kim.receives("Got it").code();
    for member in ALL.into_iter().chain(["fay"]) {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    for member in ["ana", "beth", "dora", "cleo", "ella", "fay"] {
        chapter.phone(member).replies(&code).await;
        let _ = chapter.phone(member).receives("your claim is in").lacks(" of 3");
    }
    // Once more changes nothing.
    chapter.phone("dora").replies(&code).await;
    let _ = chapter.phone("dora").receives("your claim is in");
    chapter.advance(minutes(19)).await;
    kim.receives_nothing();
    chapter.advance(minutes(1)).await;
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert_eq!(firm, ["dora", "ella", "fay"]);
    assert_eq!(standby.len(), 3);
    for member in ["dora", "ella", "fay"] {
        let _ = chapter.phone(member).receives(" of 3");
    }
    for member in ["ana", "beth", "cleo"] {
        let _ = chapter.phone(member).receives("just filled");
    }
    let _ = kim.receives("Here are 3 consultants").says("Dora Pattern");
    by_hand(&told(&chapter, "gate_opened").await, |one| {
        let named = one["last_placed"].as_str().map(|at| at.parse::<Timestamp>().expect("a time"));
        (one["stage"].as_i64(), named, one["turn"].as_i64())
    });
    // The rule that members read, and the trace in words, are the ones that held.
    let rule = chapter.dispatch().rule(chapter.id()).await.expect("the database answers").join(" ");
    assert!(rule.contains("collected for 20 minutes"), "{rule}");
    let view = chapter.dispatch().referral(chapter.id(), chapter.referral().await.id).await;
    let view = view.expect("the database answers").expect("a referral");
    let words = view.trace.iter().map(|step| step.words.as_str()).collect::<Vec<_>>().join("\n");
    assert!(words.contains("Dora Pattern (fits in all, never named)"), "{words}");
    assert!(words.contains("Ana Sample (fits in all, last named Nov 17"), "{words}");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn while_claims_are_collected_one_may_leave_and_a_thumbs_up_keeps_its_turn(
    database: TestDatabase,
) {
    let chapter = chapter(database, json!({"policy": "window"})).await;
    let code = jess_texts(&chapter).await;
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    // Ana confirms in time, and keeps the turn of her thumbs-up; Dora does not.
    chapter.phone("ana").replies("\u{1f44d}").await;
    let _ = chapter.phone("ana").receives("We keep your turn 10 min");
    chapter.phone("dora").replies("\u{1f44d}").await;
    let _ = chapter.phone("dora").receives("We keep your turn 10 min");
    chapter.phone("beth").replies(&code).await;
    let _ = chapter.phone("beth").receives("your claim is in");
    chapter.phone("beth").replies(&format!("drop {code}")).await;
    let _ = chapter.phone("beth").receives("released");
    chapter.phone("cleo").replies(&format!("{code} after 5 pm")).await;
    let _ = chapter.phone("cleo").receives("your claim is in");
    chapter.advance(minutes(6)).await;
    chapter.phone("ana").replies("y").await;
    let _ = chapter.phone("ana").receives("your claim is in");
    // Ella has not said yet whether she means it when places are given: one is held for her.
    chapter.phone("ella").replies("\u{1f44d}").await;
    let _ = chapter.phone("ella").receives("We keep your turn 10 min");
    chapter.advance(minutes(9)).await;
    let _ = chapter.phone("dora").receives("did not hear back");
    let _ = chapter.phone("ana").receives("place 1 of 3");
    let _ = chapter.phone("cleo").receives("place 2 of 3").says("after 5 pm");
    let _ = chapter.phone("ella").receives("We hold your place 10 min");
    let (firm, standby) = chapter.places(&chapter.referral().await).await;
    assert_eq!((firm, standby), (vec!["ana".to_owned(), "cleo".to_owned()], vec![]));
    chapter.phone("ella").replies("y").await;
    let _ = chapter.phone("ella").receives("place 3 of 3");
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    // From now on each claim is judged as it comes.
    chapter.phone("beth").replies(&code).await;
    let _ = chapter.phone("beth").receives("standby");
    chapter.advance(minutes(11)).await;
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn waves_ask_the_next_ones_only_while_a_place_is_free(database: TestDatabase) {
    let waves = json!({"policy": "waves", "wave_size": 2, "wave_minutes": 10});
    let chapter = chapter(database, waves).await;
    // Fay fits less well than all others: she takes no Aetna.
    let mut fay = Joining::usual("Fay Latest");
    fay.profile.payers = vec!["cigna".to_owned()];
    chapter.joins("fay", fay).await;
    let code = jess_texts(&chapter).await;
    let order = in_order(&chapter).await;
    let asked = |name: &str| !chapter.phone(name).history().is_empty();
    let all_asked = || order.iter().map(|name| asked(name)).collect::<Vec<_>>();
    assert_eq!(all_asked(), [true, true, false, false, false]);
    for name in &order[..2] {
        assert_eq!(chapter.phone(name).receives_offer().code(), code);
        chapter.phone(name).replies(&code).await;
        let _ = chapter.phone(name).receives(" of 3");
    }
    chapter.advance(minutes(10)).await;
    assert_eq!(all_asked(), [true, true, true, true, false]);
    for name in &order[2..4] {
        assert_eq!(chapter.phone(name).receives_offer().code(), code);
    }
    chapter.advance(minutes(10)).await;
    assert_eq!(chapter.phone(order[4]).receives_offer().code(), code);
    assert_eq!(chapter.phone("fay").receives_offer().code(), code);
    chapter.phone(order[3]).replies(&code).await;
    let _ = chapter.phone(order[3]).receives("place 3 of 3");
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    let asked = told(&chapter, "asked_members").await;
    assert_eq!((&asked.detail["policy"], &asked.detail["wave_size"]), (&json!("waves"), &json!(2)));
    // By hand: whoever fits best came first, and it is told of each.
    let fits = asked.detail["fits"].as_array().expect("each one's fit");
    assert!(fits.len() == 6 && fits.is_sorted_by_key(|one| one["stage"].as_i64()), "{fits:?}");
    assert_eq!(fits[5], json!({"member": chapter.member("fay"), "stage": 1}));
    let story = in_words(&chapter).await;
    assert!(story.contains("best match first, those alike in shuffled order"), "{story}");
    assert!(
        story.contains("Fay Latest (another payer)") && story.contains("(fits in all)"),
        "{story}"
    );
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// The trace of the referral as people read it.
async fn in_words(chapter: &Chapter) -> String {
    let id = chapter.referral().await.id;
    let view = chapter.dispatch().referral(chapter.id(), id).await.expect("it is read");
    let view = view.expect("it is there");
    view.trace.iter().map(|line| line.words.as_str()).collect::<Vec<_>>().join("\n")
}

async fn the_first_three_are_those_who_claimed_first_as_the_trace_tells(database: TestDatabase) {
    let chapter = chapter(database, json!({"policy": "first_three"})).await;
    let code = jess_texts(&chapter).await;
    let claimed = ["dora", "ana", "ella", "cleo"];
    for name in claimed {
        let _ = chapter.phone(name).receives_offer();
        chapter.phone(name).replies(&code).await;
        let _ = chapter.phone(name).reads_all();
    }
    let _ = (chapter.phone("beth").reads_all(), chapter.family("jess").reads_all());
    let referral = chapter.referral().await;
    let trace = chapter.trace(&referral).await;
    let claims = trace.iter().filter(|event| event.kind == "claimed");
    let told = claims.map(|event| (event.detail["member"].clone(), event.detail["place"].as_i64()));
    let told = told.collect::<Vec<_>>();
    let by_hand = claimed.iter().enumerate().map(|(nth, name)| {
        let place = i64::try_from(nth + 1).ok().filter(|&place| place <= 3);
        (json!(chapter.member(name)), place)
    });
    assert_eq!(told, by_hand.collect::<Vec<_>>());
    assert_eq!(chapter.places(&referral).await.0, claimed[..3]);
    let story = in_words(&chapter).await;
    assert!(
        story.contains("in shuffled order") && story.contains("Dora Pattern has place 1 of 3"),
        "{story}"
    );
    assert!(story.contains("Cleo Specimen stands by: all places are taken"), "{story}");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

/// Claims from two nodes, the end of the window and a drop meet in one moment.
async fn many_claims_meet_the_end_of_a_window_and_three_have_places(database: TestDatabase) {
    let chapter = chapter(database, json!({"policy": "window"})).await;
    let mut members = ALL.map(str::to_owned).to_vec();
    for n in members.len()..20 {
        let name = format!("m{n}");
        chapter.joins(&name, Joining::usual(&format!("Member {n} Sample"))).await;
        members.push(name);
    }
    let code = jess_texts(&chapter).await;
    for name in &members {
        assert_eq!(chapter.phone(name).receives_offer().code(), code);
    }
    chapter.phone("ana").replies(&code).await;
    chapter.advance(SignedDuration::from_mins(14)).await;
    chapter.house().clock.advance(seconds(60));
    let node = chapter.house().another_node().await;
    let nodes = [chapter.dispatch().clone(), node.clone()];
    let texts = members.iter().enumerate().map(|(n, name)| {
        let (node, line) = (nodes[n % 2].clone(), chapter.line().clone());
        let words = if name == "ana" { format!("DROP {code}") } else { code.clone() };
        let text = chapter.text_from(name, &words);
        tokio::spawn(async move { node.receive(&line, text).await })
    });
    let (texts, ran) = tokio::join!(join_all(texts), node.run_due_tasks());
    for text in texts {
        text.expect("it runs").expect("it is taken in");
    }
    ran.expect("tasks run");
    chapter.run().await;
    let referral = chapter.referral().await;
    let (firm, standby) = chapter.places(&referral).await;
    assert_eq!((firm.len(), standby.len(), referral.collects_until), (3, 16, None));
    let trace = chapter.trace(&referral).await;
    assert_eq!(trace.iter().filter(|event| event.kind == "gate_opened").count(), 1);
    let mut places = Vec::new();
    for name in &members {
        let texts = chapter.phone(name).reads_all().join("\n");
        assert!(!firm.contains(name) || texts.contains(" of 3"), "{name}: {texts}");
        assert!(
            firm.contains(name) || name == "ana" || !texts.contains(" of 3"),
            "{name}: {texts}"
        );
        places.extend(firm.contains(name).then(|| name.clone()));
    }
    assert_eq!(places.len(), 3);
    // Ana's own turn may have come before she gave it back: then the family is told so, and a person
    // too where nobody stood by at that moment.
    let _ = chapter.family("jess").reads_all();
    let _ = (chapter.admin("ruth").reads_all(), chapter.admin("ruth").reads_mails());
    chapter.done_leaving(&[TaskKind::FollowUp, TaskKind::Promise, TaskKind::Page]).await;
}

async fn what_was_collected_outlives_a_hold_and_another_policy(database: TestDatabase) {
    let chapter = chapter(database, json!({"policy": "window"})).await;
    let code = jess_texts(&chapter).await;
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    chapter.phone("beth").replies(&code).await;
    let _ = chapter.phone("beth").receives("your claim is in");
    let referral = chapter.referral().await;
    let by = dispatch::By::Admin(chapter.person("ruth").admin.expect("she is an admin"));
    let decide =
        |decision| chapter.dispatch().decide(chapter.id(), referral.id, by, None, decision);
    decide(dispatch::Decision::Hold).await.expect("it is kept").expect("it is carried out");
    chapter.advance(minutes(20)).await;
    assert_eq!(chapter.places(&chapter.referral().await).await, (vec![], vec![]));
    chapter.decides_for_itself(json!({"policy": "first_three"})).await;
    decide(dispatch::Decision::Release).await.expect("it is kept").expect("it is carried out");
    chapter.run().await;
    let _ = chapter.phone("beth").receives("place 1 of 3");
    let _ = chapter.family("jess").reads_all();
    claim(&chapter, &code, &["ana", "cleo"], 2).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}

async fn a_claim_by_page_is_collected_like_one_by_text(database: TestDatabase) {
    let chapter = Chapter::with_links(database).await;
    chapter.decides_for_itself(json!({"policy": "window"})).await;
    let code = jess_texts(&chapter).await;
    let offer = chapter.phone("ana").receives_offer();
    let secret = offer.link_to("c").expect("the offer has a link");
    for member in &ALL[1..] {
        let _ = chapter.phone(member).receives_offer();
    }
    let stands = async || {
        let page = chapter.dispatch().offer_page(&secret).await.expect("the database answers");
        page.expect("a page").stands
    };
    assert_eq!(stands().await, Stands::MayClaim);
    let claim = Tap::Claim { line: "after 5 pm".to_owned() };
    chapter.dispatch().tap(&secret, claim).await.expect("it is kept");
    chapter.run().await;
    let _ = chapter.phone("ana").receives("your claim is in");
    assert!(matches!(stands().await, Stands::Collected { certain: true, .. }));
    chapter.dispatch().tap(&secret, Tap::GiveBack).await.expect("it is kept");
    chapter.run().await;
    let _ = chapter.phone("ana").receives("released");
    chapter.phone("ana").replies("\u{1f44d}").await;
    let _ = chapter.phone("ana").receives("We keep your turn");
    assert!(matches!(stands().await, Stands::Collected { certain: false, .. }));
    chapter.dispatch().tap(&secret, Tap::Claim { line: String::new() }).await.expect("it is kept");
    chapter.run().await;
    let _ = chapter.phone("ana").receives("your claim is in");
    chapter.advance(minutes(15)).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    assert!(matches!(stands().await, Stands::Placed { place: 1, .. }), "{code}");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

async fn a_place_that_was_told_is_not_collected_again_under_another_policy(database: TestDatabase) {
    let chapter = chapter(database, json!({})).await;
    let code = jess_texts(&chapter).await;
    for member in ALL {
        let _ = chapter.phone(member).receives_offer();
    }
    claim(&chapter, &code, &["ana"], 1).await;
    let (id, ruth) = (chapter.referral().await.id, chapter.admin_id("ruth"));
    let decides = async |decision| {
        let done = chapter.dispatch().decide(chapter.id(), id, ruth.into(), None, decision).await;
        done.expect("the database answers").expect("it is carried out");
        chapter.run().await;
    };
    decides(Decision::Hold).await;
    chapter.decides_for_itself(json!({"policy": "window", "window_minutes": 20})).await;
    decides(Decision::Release).await;
    let _ = chapter.family("jess").receives("Got it");
    chapter.phone("ana").replies(&format!("{code} after 5 pm")).await;
    let _ = chapter.phone("ana").receives("place 1 of 3");
    assert_eq!(chapter.places(&chapter.referral().await).await.0, ["ana"]);
    claim(&chapter, &code, &["beth"], 2).await;
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
