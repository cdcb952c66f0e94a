//! What was read: its reasons, how a person puts it right, what becomes of that, and the box in
//! which a message is tried out.

use model::{InboundId, InquiryId, InquiryState, MessageText, ReferralState, Standing};
use serde_json::Value;
use storage::{NewInbound, NewInquiry};

use crate::{
    asking::{Answer, get, post},
    house::{FAMILY, House},
};

async fn correct(house: &House, version: i64, fact: &str, value: &str) -> Answer {
    let cookie = house.signed_in(house.ours.owner).await;
    let form = format!("version={version}&fact={fact}&value={value}");
    let path = format!("/referrals/{}/correct", house.ours.held);
    post(path).cookie(&cookie).form(&form).of(&house.router).await
}

async fn now_corrected(house: &House, fact: &str, value: &str) {
    let version = house.held().await.summary.version;
    let answer = correct(house, version, fact, value).await;
    assert!(
        answer.location().ends_with("?said=corrected"),
        "{fact} {value}: {}",
        answer.location()
    );
}

async fn page_of(house: &House) -> String {
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}", house.ours.held);
    get(path).cookie(&cookie).of(&house.router).await.body
}

#[tokio::test]
async fn each_fact_stands_with_the_words_it_rests_on_and_with_what_it_may_be() {
    let house = House::new().await;
    let page = page_of(&house).await;
    let concerns = page.split("id=\"fact-concern\"").nth(1).expect("the concerns");
    let concerns = concerns.split("</details>").next().expect("their end");
    assert!(concerns.contains("latch difficulty") && concerns.contains("<q>won&#39;t latch</q>"));
    assert!(concerns.contains("value=\"-latch_difficulty\"") && concerns.contains("+low_supply"));
    let cookie = house.signed_in(house.ours.reader).await;
    let path = format!("/referrals/{}", house.ours.held);
    let reader = get(path).cookie(&cookie).of(&house.router).await.body;
    assert!(reader.contains("id=\"fact-place\"") && !reader.contains("/correct\""));
}

#[tokio::test]
async fn a_correction_holds_in_what_members_are_sent_and_is_told_in_the_trace() {
    let house = House::new().await;
    now_corrected(&house, "place", "10467").await;
    now_corrected(&house, "age", "2+weeks").await;
    now_corrected(&house, "concern", "-latch_difficulty").await;
    now_corrected(&house, "concern", "%2Blow_supply").await;
    now_corrected(&house, "visit", "%2Bvirtual").await;
    now_corrected(&house, "payer", "aetna").await;
    now_corrected(&house, "visit_language", "%2Bes").await;
    now_corrected(&house, "urgency", "urgent_today").await;
    let view = house.held().await;
    assert_eq!(view.facts.place.zip.as_deref(), Some("10467"));
    assert_eq!((view.facts.baby.as_str(), view.summary.urgent), ("2 weeks", true));
    assert_eq!(view.facts.concerns, ["low_supply"]);
    assert_eq!(
        (&*view.facts.visit_types, &*view.facts.languages),
        (&["virtual".to_owned()][..], &["es".to_owned()][..],)
    );
    assert_eq!(view.facts.insurance.as_ref().map(|payer| payer.payer.as_str()), Some("aetna"));
    let offer = view.offer.reveal();
    assert!(
        offer.contains("10467") && offer.contains("2 wk") || offer.contains("2 weeks"),
        "{offer}"
    );
    assert!(!offer.contains("Park Slope") && !offer.to_lowercase().contains("latch"), "{offer}");
    let page = page_of(&house).await;
    assert!(page.contains("An admin corrects what was read: the place."));
}

#[tokio::test]
async fn a_correction_of_what_changed_or_cannot_be_understood_changes_nothing() {
    let house = House::new().await;
    let version = house.held().await.summary.version;
    let stale = correct(&house, version - 1, "place", "10467").await;
    assert!(stale.location().ends_with("?said=changed"), "{}", stale.location());
    for (fact, value) in [("place", "asdf"), ("age", "blue"), ("payer", "qwerty")] {
        let answer = correct(&house, version, fact, value).await;
        assert!(answer.location().ends_with("?said=not_understood"), "{fact} {value}");
    }
    for (fact, value) in [
        ("place", ""),
        ("concern", "%2BMilo"),
        ("visit", "%2Btaxi"),
        ("language", "xx"),
        ("route", "close"),
        ("name", "Milo"),
    ] {
        let answer = correct(&house, version, fact, value).await;
        assert_eq!(answer.status, 400, "{fact} {value}");
    }
    assert_eq!(house.held().await.summary.version, version);
    let cookie = house.signed_in(house.ours.reader).await;
    let path = format!("/referrals/{}/correct", house.ours.held);
    let form = format!("version={version}&fact=place&value=10467");
    let reader = post(path).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(reader.status, 403);
    let cookie = house.signed_in(house.ours.owner).await;
    let path = format!("/referrals/{}/correct", house.theirs.held);
    let other = post(path).cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(other.status, 404, "another chapter's");
}

#[tokio::test]
async fn which_way_it_goes_is_corrected_by_going_there() {
    let house = House::new().await;
    now_corrected(&house, "route", "dispatch").await;
    assert_eq!(house.held().await.summary.state, ReferralState::Open);
    now_corrected(&house, "route", "hold_admin").await;
    assert_eq!(house.held().await.summary.state, ReferralState::Held);
}

#[tokio::test]
async fn corrections_leave_as_cases_without_anything_personal() {
    let house = House::new().await;
    now_corrected(&house, "place", "10467").await;
    now_corrected(&house, "urgency", "routine").await;
    let ours = get("/api/v1/corrections").bearer(&house.ours.token).of(&house.router).await;
    assert_eq!(ours.status, 200);
    let lines = ours.body.lines().collect::<Vec<_>>();
    assert_eq!(lines.len(), 1, "one case an inquiry: {}", ours.body);
    let case: Value = serde_json::from_str(lines[0]).expect("a case");
    assert_eq!(case["expected"]["extract"]["location"]["zip"], "10467");
    assert_eq!(case["expected"]["urgency"], "routine");
    let must = case["expected"]["must"].as_array().expect("what was looked at");
    assert!(must.len() == 2 && must.contains(&"urgency".into()), "{must:?}");
    assert!(must.contains(&"extract.location".into()), "{must:?}");
    assert!(case["id"].is_string() && case["context"]["state"] == "new");
    let texts = case["texts"].as_array().expect("the texts");
    assert!(texts[0].as_str().is_some_and(|text| text.contains("latch")), "{texts:?}");
    for private in ["Milo", "evil.example", FAMILY, "555", "Ruth"] {
        assert!(!ours.body.contains(private), "{private}: {}", ours.body);
    }
    let reader = get("/api/v1/corrections").bearer(&house.ours.reader_token);
    reader.of(&house.router).await.is_problem(403, "forbidden");
    let theirs = get("/api/v1/corrections").bearer(&house.theirs.token).of(&house.router).await;
    assert_eq!((theirs.status.as_u16(), theirs.body.as_str()), (200, ""));
    let cookie = house.signed_in(house.ours.owner).await;
    let file = get("/corrections.jsonl").cookie(&cookie).of(&house.router).await;
    assert_eq!(file.body, ours.body);
    assert!(file.header(axum::http::header::CONTENT_DISPOSITION).starts_with("attachment"));
}

/// What was closed as a wrong number, and was none.
async fn misread(house: &House) -> InquiryId {
    let (chapter, clock) = (house.ours.clone(), house.clock.clone());
    let chance = house.dispatch.chance().clone();
    house
        .write(move |tx| {
            Box::pin(async move {
                let now = model::Clock::now(&clock);
                let number = model::Phone::from_carrier("+19175550177").expect("a number");
                let phone = tx.phone_for(chapter.id, &number, now, &chance).await?.id;
                let new = NewInquiry {
                    id: InquiryId::generate(now, &chance),
                    chapter_id: chapter.id,
                    line_id: chapter.line,
                    phone_id: phone,
                    language: "en".to_owned(),
                    now,
                };
                let (mut inquiry, _) = tx.open_inquiry(&new).await?;
                let text = NewInbound {
                    id: InboundId::generate(now, &chance),
                    chapter_id: chapter.id,
                    line_id: chapter.line,
                    phone_id: phone,
                    carrier_message_id: format!("SM{}", inquiry.id),
                    standing: Standing::Family,
                    body: MessageText::new("is this the milk people? 11215"),
                    media: 0,
                    inquiry_id: None,
                    received_at: now,
                };
                tx.add_inbound(&text).await?;
                tx.assign_inbound(text.id, inquiry.id).await?;
                let mut reading = reading_of_held(tx, chapter.held).await?;
                reading.kind = model::reading::FamilyKind::WrongNumber;
                reading.route = model::reading::Route::Info;
                inquiry.reading = Some(reading);
                inquiry.state = InquiryState::Closed;
                inquiry.closed_at = Some(now);
                inquiry.close_reason = Some("wrong_number".to_owned());
                tx.save_inquiry(&inquiry).await?;
                Ok(inquiry.id)
            })
        })
        .await
}

async fn reading_of_held(
    tx: &mut storage::WriteTx,
    held: model::ReferralId,
) -> storage::Result<model::reading::FamilyReading> {
    let inquiry = tx.referral(held).await?.expect("the referral").inquiry_id;
    Ok(tx.inquiry(inquiry).await?.expect("the inquiry").reading.expect("it was read"))
}

#[tokio::test]
async fn what_became_no_referral_is_put_right_and_becomes_one() {
    let house = House::new().await;
    let inquiry = misread(&house).await;
    let cookie = house.signed_in(house.ours.owner).await;
    let page = format!("/inquiries/{inquiry}");
    let shown = get(&page).cookie(&cookie).of(&house.router).await.body;
    assert!(shown.contains("id=\"fact-place\"") && shown.contains("Make it a referral"));
    let send = async |form: &str| {
        post(format!("{page}/correct")).cookie(&cookie).form(form).of(&house.router).await
    };
    let placed = send("fact=place&value=11215").await;
    assert_eq!(placed.location(), format!("{page}?said=corrected"));
    let made = send("fact=route&value=dispatch").await;
    assert!(made.location().starts_with("/referrals/") && made.location().ends_with("taken_up"));
    let at = made.location().split('?').next().expect("an address").to_owned();
    let referral = get(&at).cookie(&cookie).of(&house.router).await.body;
    assert!(referral.contains("data-state=\"held\"") && referral.contains("Brooklyn 11215"));
}

#[tokio::test]
async fn a_message_is_tried_and_nothing_of_it_is_kept() {
    let house = House::new().await;
    let cookie = house.signed_in(house.ours.reader).await;
    let before = get("/outbox").cookie(&cookie).of(&house.router).await.body;
    let empty = get("/try").cookie(&cookie).of(&house.router).await.body;
    assert!(empty.contains("aria-current=\"page\">Try a message"));
    let words = "words=Baby+5+days+will+not+latch%2C+Park+Slope+11215%2C+home+visit";
    let form = format!("{words}&as=family");
    let tried = post("/try").cookie(&cookie).form(&form).of(&house.router).await;
    assert_eq!(tried.status, 200);
    let page = &tried.body;
    assert!(
        page.contains("<dd>to the members</dd>") && page.contains("Park Slope 11215"),
        "{page}"
    );
    assert!(page.contains("To the family (") && page.contains("STOP"), "the first answer: {page}");
    assert!(page.contains("To 1 member (1 segment, plain alphabet)"), "the offer: {page}");
    assert!(page.contains("<q>"), "with the words it rests on");
    let danger = "words=my+baby+is+not+breathing+11215&as=family";
    let danger = post("/try").cookie(&cookie).form(danger).of(&house.router).await.body;
    assert!(danger.contains("911") && !danger.contains("member (1 segment"), "{danger}");
    let member = "words=k7q+yes+after+5&as=member";
    let member = post("/try").cookie(&cookie).form(member).of(&house.router).await.body;
    assert!(member.contains("for K7Q") && member.contains("K7Q: place 1 of 3"), "{member}");
    let none = post("/try").cookie(&cookie).form("words=+&as=family").of(&house.router).await.body;
    assert!(none.contains("Write a message first"));
    let after = get("/outbox").cookie(&cookie).of(&house.router).await.body;
    assert_eq!(before, after);
    let referrals = house.dispatch.referrals(
        house.ours.id,
        storage::ReferralFilter { limit: 9, ..storage::ReferralFilter::default() },
    );
    assert_eq!(referrals.await.expect("a list").len(), 1, "the one that was there");
}

#[tokio::test]
async fn a_chapter_s_own_words_are_read_in_that_chapter_alone() {
    let house = House::new().await;
    let chapter = house.ours.id;
    let read = async |chapter| {
        let words = MessageText::new("Our baby is 5 days old and keeps zorblaxing, 11215");
        let trial = house.dispatch.try_family(chapter, words).await.expect("it is tried");
        trial.expect("there is a line").reading.extract.concerns
    };
    assert!(!read(chapter).await.contains(&"tongue_tie".to_owned()));
    let mut settings = serde_json::Map::new();
    settings.insert("lexicon".to_owned(), "lang en\n[tongue_tie]\nzorblaxing\n".into());
    house
        .write(move |tx| Box::pin(async move { tx.set_chapter_settings(chapter, &settings).await }))
        .await;
    assert!(read(chapter).await.contains(&"tongue_tie".to_owned()));
    assert!(!read(house.theirs.id).await.contains(&"tongue_tie".to_owned()));
}
