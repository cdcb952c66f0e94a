//! Safety first: what cannot wait goes first, at any hour, and nothing is asked or sold beside it.

use model::{MemberStatus, ReferralState, TaskKind, minutes};
use testkit::{Chapter, chapter::Joining};

use crate::{ALL, JESS};

/// A text at night that must be answered with these words alone, and call a person for this reason.
async fn answered_by_safety_alone(text: &str, says: &str, reason: &str) {
    let chapter = Chapter::begin().await;
    chapter.until(3, 0).await;
    let jess = chapter.family("jess");
    jess.texts(text).await;
    // It does not wait for texts to settle.
    let _ = jess.receives(says).lacks("ZIP").lacks("consultant");
    let ruth = chapter.admin("ruth");
    ruth.is_called(reason);
    ruth.replies("OK").await;
    let _ = ruth.receives("is with you");
    chapter.advance(minutes(60)).await;
    jess.receives_nothing();
    for member in ALL {
        chapter.phone(member).receives_nothing();
    }
    assert_eq!(chapter.referral().await.state, ReferralState::Held);
    chapter.done().await;
}

#[tokio::test]
async fn an_emergency_is_told_to_call_911() {
    answered_by_safety_alone(
        "baby choked while nursing and lips are blue. Park Slope 11215",
        "CALL 911 NOW",
        "danger to life",
    )
    .await;
}

#[tokio::test]
async fn an_emergency_in_spanish_is_told_so_in_spanish() {
    answered_by_safety_alone("mi bebe no respira y esta morado", "911", "danger to life").await;
}

#[tokio::test]
async fn a_crisis_is_told_who_listens() {
    answered_by_safety_alone(
        "i cant do this anymore. breastfeeding isnt working and im failing him. they would be better off without me",
        "988",
        "danger words",
    )
    .await;
}

#[tokio::test]
async fn a_crisis_in_spanish_is_told_so_in_spanish() {
    answered_by_safety_alone("ya no puedo mas, me quiero morir", "988", "danger words").await;
}

#[tokio::test]
async fn thoughts_of_harming_the_baby_are_met_without_judgement() {
    answered_by_safety_alone(
        "I keep having thoughts of throwing the baby. I'm so scared of myself. pls",
        "put baby down somewhere safe",
        "danger words",
    )
    .await;
}

#[tokio::test]
async fn danger_at_home_is_asked_only_whether_texting_is_safe() {
    answered_by_safety_alone(
        "my husband hits me and he goes through my phone. i need help with breastfeeding",
        "Is it safe to text you on this phone?",
        "a family may not be safe to text",
    )
    .await;
}

#[tokio::test]
async fn a_loss_is_met_by_a_person() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("my son was stillborn on tuesday and my milk came in today. i dont know what to do. is there someone who can help me make it stop. washington heights").await;
    chapter.settle().await;
    let _ =
        jess.receives("We are so sorry").says("A person from our team").lacks("ZIP").lacks("STOP");
    chapter.admin("ruth").is_called("a loss, needs a person");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    assert_eq!(chapter.referral().await.state, ReferralState::Held);
    chapter.advance(minutes(30)).await;
    chapter.done().await;
}

#[tokio::test]
async fn doctor_now_comes_first_and_the_referral_goes_on() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("baby is 4 days old hasnt had a wet diaper since last night and shes super sleepy wont wake up to eat. Park Slope 11215, home visit, Aetna").await;
    chapter.settle().await;
    let ack = jess.receives("NYLCA: This needs a doctor now.").says("We are asking 5 consultants");
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), ack.code());
    }
    chapter.admin("ruth").is_called("signs that need a doctor now");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    assert!(chapter.referral().await.urgent);
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

#[tokio::test]
async fn doctor_today_is_said_and_nobody_is_called() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    jess.texts("Hola, tengo un beb\u{e9} de 10 d\u{ed}as y no sube de peso, creo que no tengo suficiente leche. Estoy en Park Slope, Brooklyn 11215.").await;
    chapter.settle().await;
    let ack = jess.receives("NYLCA:");
    assert!(ack.text.contains("doctor") || ack.text.contains("pediatra"), "{}", ack.text);
    for member in ALL {
        let _ = chapter.phone(member).reads_all();
    }
    chapter.admin("ruth").is_left_alone();
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd, TaskKind::Hours]).await;
}

#[tokio::test]
async fn danger_in_a_later_text_is_answered_while_the_referral_runs() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    crate::jess_asks(&chapter, &ALL).await;
    jess.texts("she turned blue and is not breathing").await;
    let _ = jess.receives("CALL 911 NOW");
    chapter.admin("ruth").is_called("danger to life");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}

/// On a line for both: whoever writes of danger is answered as a family is, member or not.
#[tokio::test]
async fn a_member_in_danger_is_answered_first() {
    let chapter = Chapter::begin().await;
    chapter.phone("ana").texts("my baby stopped breathing hes blue").await;
    chapter.run().await;
    let _ = chapter.phone("ana").receives("911");
    chapter.admin("ruth").is_called("danger to life");
    chapter.admin("ruth").replies("ok").await;
    let _ = chapter.admin("ruth").receives("is with you");
    chapter.done().await;
}

/// Anybody can apply with a family's number: until somebody has looked at it, it is a family's.
#[tokio::test]
async fn who_has_only_applied_is_a_family() {
    let chapter = Chapter::begin().await;
    let applied = Joining::usual("Hana Applies").standing(MemberStatus::Applied);
    chapter.joins("hana", applied).await;
    let hana = chapter.phone("hana");
    hana.texts(JESS).await;
    chapter.settle().await;
    let code = hana.receives("Got it").code();
    for member in ALL {
        assert_eq!(chapter.phone(member).receives_offer().code(), code);
    }
    chapter.done_leaving(&[TaskKind::Promise, TaskKind::DeadEnd]).await;
}
