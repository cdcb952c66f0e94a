//! From a text to three names, and the question a day later.

use model::{MessageKind, Outcome, ReferralState, TaskKind, day_hours, seconds};
use testkit::{Chapter, databases::TestDatabase};

use crate::{ALL, JESS, claim};

testkit::on_both!(a_text_becomes_three_names);

async fn a_text_becomes_three_names(database: TestDatabase) {
    let chapter = Chapter::on(database).await;
    let jess = chapter.family("jess");
    jess.texts(JESS).await;
    jess.receives_nothing();
    chapter.advance(seconds(24)).await;
    jess.receives_nothing();
    chapter.advance(seconds(1)).await;
    let ack = jess
        .receives("NYLCA: Got it")
        .says("11215")
        .says("5 days")
        .says("We are asking 5 consultants.")
        .says("You get up to 3 names by noon")
        .says("never your name or number")
        .says("STOP to opt out.");
    let code = ack.code();

    let referral = chapter.referral().await;
    assert_eq!(referral.state, ReferralState::Open);
    assert_eq!((referral.asked, referral.urgent), (5, false));
    for member in ALL {
        let offer = chapter.phone(member).receives_offer().says("Park Slope").says("5 days");
        assert_eq!(offer.code(), code);
        for private in ["Jess", "daughter", "cracked", "555"] {
            let _ = offer.clone().lacks(private);
        }
        assert!(carriers::segments::is_gsm7(&offer.text) && offer.text.len() <= 160);
    }
    // An offer is of use until the names are promised, and the answer to her for six hours.
    let promised = referral.promised_at.expect("names are promised");
    for text in chapter.house().network.carried() {
        let until =
            if text.to == jess.number().e164() { text.at.after(day_hours(6)) } else { promised };
        assert_eq!(text.at.after(seconds(text.valid_seconds.into())), until);
    }
    let trace = chapter.trace(&referral).await;
    let asked = trace.iter().find(|event| event.kind == "asked_members").expect("who was asked");
    assert_eq!(asked.detail["asked"].as_array().map(Vec::len), Some(5), "{}", asked.detail);

    claim(&chapter, &code, &["dora", "ana"], 1).await;
    jess.receives_nothing();
    claim(&chapter, &code, &["ella"], 3).await;
    let names = jess.receives("Here are 3 consultants").says(&code);
    let at = |name: &str| names.text.find(name).unwrap_or_else(|| panic!("{name}: {}", names.text));
    assert!(at("Dora Pattern") < at("Ana Sample") && at("Ana Sample") < at("Ella Model"));
    let _ = names.says("IBCLC").says("https://book.example/dora").lacks("Beth");
    chapter.phone("beth").replies(&code.to_lowercase()).await;
    let _ = chapter.phone("beth").receives("standby").says("filled");
    let referral = chapter.referral().await;
    assert_eq!(referral.state, ReferralState::HandedOff);
    let (firm, standby) = chapter.places(&referral).await;
    assert_eq!(firm, ["dora", "ana", "ella"]);
    assert_eq!(standby, ["beth"]);

    chapter.advance(seconds(24 * 3600 - 60)).await;
    jess.receives_nothing();
    chapter.advance(seconds(120)).await;
    let _ = jess
        .receives("Did you reach someone")
        .says("1 Dora")
        .says("2 Ana")
        .says("3 Ella")
        .says("0 none yet");
    jess.replies("1").await;
    chapter.settle().await;
    let _ = jess.receives("from 1 (bad) to 5");
    assert_eq!(chapter.referral().await.outcome, Some(Outcome::Connected));
    jess.replies("5").await;
    chapter.settle().await;
    let _ = jess.receives("Thank you");
    let referral = chapter.referral().await;
    assert_eq!((referral.state, referral.satisfaction), (ReferralState::Closed, Some(5)));
    assert!(jess.history().len() <= 5, "{}", jess.history().len());

    let id = referral.id;
    let messages =
        chapter.look(move |tx| Box::pin(async move { tx.messages_of_referral(id).await })).await;
    let offers = messages.iter().filter(|message| message.kind == MessageKind::Offer).count();
    assert_eq!(offers, 5);
    chapter.done().await;
}

#[tokio::test]
async fn the_follow_up_waits_for_an_hour_at_which_one_may_write() {
    let chapter = Chapter::begin().await;
    chapter.until(20, 30).await;
    let code = crate::jess_asks(&chapter, &ALL).await;
    claim(&chapter, &code, &["ana", "beth", "cleo"], 1).await;
    let _ = chapter.family("jess").receives("Here are 3 consultants");
    chapter.until(20, 45).await;
    chapter.until(8, 59).await;
    chapter.until(20, 59).await;
    chapter.family("jess").receives_nothing();
    chapter.until(8, 59).await;
    chapter.family("jess").receives_nothing();
    chapter.until(9, 0).await;
    let _ = chapter.family("jess").receives("Did you reach someone");
    chapter.done_leaving(&[TaskKind::FollowUp]).await;
}
