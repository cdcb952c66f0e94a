//! The console's settings and its record: who may see and change them, what is refused, what is told.

use crate::{
    asking::{Answer, get, post},
    house::House,
};

/// The version that a page's forms carry.
fn version(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"version\" value=\"").expect("a form with a version");
    rest.split('"').next().expect("a version").to_owned()
}

struct Owner {
    house: House,
    cookie: String,
}

impl Owner {
    async fn new() -> Self {
        let house = House::new().await;
        let cookie = house.signed_in(house.ours.owner).await;
        Self { house, cookie }
    }

    async fn sees(&self, path: &str) -> String {
        let page = get(path).cookie(&self.cookie).of(&self.house.router).await;
        assert_eq!(page.status, 200, "{path}");
        page.body
    }

    /// Sends a group's form as a page showed it.
    async fn keeps(&self, group: &str, version: &str, fields: &str) -> Answer {
        let path = format!("/settings/{group}");
        let form = format!("version={version}&{fields}");
        post(path).cookie(&self.cookie).form(&form).of(&self.house.router).await
    }
}

const PROMISE: &str =
    "urgent_names_by_minutes=45&answer_minutes=20&follow_up_hours=24&dead_end_hours=24";

#[tokio::test]
async fn a_group_of_settings_is_kept_as_it_was_seen_and_its_bounds_hold() {
    let owner = Owner::new().await;
    let page = owner.sees("/settings").await;
    assert!(page.contains("names within 2 hours, urgent 45 min"), "what holds is said at a glance");
    assert!(page.contains("min=\"1\" max=\"2880\""), "the bounds are the API's");
    let seen = version(&page);
    let kept = owner.keeps("promise", &seen, &format!("names_by_minutes=90&{PROMISE}")).await;
    assert_eq!(kept.location(), "/settings?said=kept");
    let late = owner.keeps("promise", &seen, &format!("names_by_minutes=60&{PROMISE}")).await;
    assert_eq!(late.location(), "/settings?said=changed", "somebody changed it meanwhile");
    let page = owner.sees("/settings").await;
    assert!(page.contains("names within 1 h 30 min"));
    for wrong in ["0", "2881", "soon", ""] {
        let fields = format!("names_by_minutes={wrong}&{PROMISE}");
        let refused = owner.keeps("promise", &version(&page), &fields).await;
        assert_eq!(refused.status, 200);
        assert!(refused.body.contains("Nothing was kept") && refused.body.contains("aria-invalid"));
        assert!(refused.body.contains(&format!("value=\"{wrong}\"")), "what was typed stays");
    }
    assert!(owner.sees("/settings").await.contains("names within 1 h 30 min"));
}

#[tokio::test]
async fn hours_the_rule_and_texts_at_hand_are_kept() {
    let owner = Owner::new().await;
    let page = owner.sees("/settings").await;
    assert!(page.contains("left alone 9:00 pm to 8:00 am"));
    assert!(page.contains("What members read"), "each rule stands with its published text");
    let hours = "quiet_hours_from=22%3A00&quiet_hours_to=07%3A30";
    owner.keeps("hours", &version(&page), hours).await;
    let page = owner.sees("/settings").await;
    assert!(page.contains("left alone 10:00 pm to 7:30 am"));
    let same = "quiet_hours_from=22%3A00&quiet_hours_to=22%3A00";
    assert!(owner.keeps("hours", &version(&page), same).await.body.contains("Nothing was kept"));
    owner.keeps("hours", &version(&page), "quiet_hours_off=yes").await;
    let page = owner.sees("/settings").await;
    assert!(page.contains("asked at any hour"));

    let texts = owner.sees("/settings/texts").await;
    assert!(texts.contains("1 segment") && texts.contains("cents"), "a text tells what it takes");
    let canned = "canned_name_0=Hello&canned_text_0=I+am+here.&canned_name_1=&canned_text_1=";
    let kept = owner.keeps("canned", &version(&page), canned).await;
    assert_eq!(kept.location(), "/settings/texts?said=kept");
    let texts = owner.sees("/settings/texts").await;
    assert!(texts.contains("10 letters, 1 segment, 1.1 cents") && !texts.contains("May we call"));
    let bare = "canned_name_0=&canned_text_0=I+am+here.";
    let refused = owner.keeps("canned", &version(&texts), bare).await;
    assert!(refused.body.contains("Nothing was kept"), "a text at hand has a name");
}

#[tokio::test]
async fn a_language_that_is_left_out_is_answered_in_english() {
    let owner = Owner::new().await;
    let page = owner.sees("/settings/texts?lang=es").await;
    assert!(page.contains("lang=\"es\"") && page.contains("2 segments"), "{page}");
    let kept = owner.keeps("languages", &version(&page), "lang_ru=yes").await;
    assert_eq!(kept.location(), "/settings/texts?said=kept");
    let view = owner.house.dispatch.chapter(owner.house.ours.id).await.expect("a chapter");
    assert_eq!(view.settings.unreviewed_languages, ["ru"]);
    assert!(owner.sees("/settings/texts?lang=es").await.contains("are answered in English"));
    let every = view_of_all(&owner);
    owner.keeps("languages", &version(&owner.sees("/settings/texts").await), &every).await;
    let view = owner.house.dispatch.chapter(owner.house.ours.id).await.expect("a chapter");
    assert_eq!(view.settings.unreviewed_languages, ["*"], "all, and those that are still to come");
}

fn view_of_all(owner: &Owner) -> String {
    let all = owner.house.dispatch.languages();
    all.iter().map(|(lang, _)| format!("lang_{lang}=yes")).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn settings_are_changed_by_keepers_and_the_record_is_theirs_to_read() {
    let owner = Owner::new().await;
    let seen = version(&owner.sees("/settings").await);
    let form = format!("version={seen}&names_by_minutes=90&{PROMISE}");
    let reader = owner.house.signed_in(owner.house.ours.reader).await;
    let router = &owner.house.router;
    let refused = post("/settings/promise").cookie(&reader).form(&form).of(router).await;
    assert_eq!(refused.status, 403);
    let page = get("/settings").cookie(&reader).of(router).await;
    assert!(page.status == 200 && page.body.contains("disabled") && !page.body.contains(">Keep<"));
    for path in ["/audit", "/audit.csv"] {
        assert_eq!(get(path).cookie(&reader).of(router).await.status, 403, "{path}");
        assert_eq!(get(path).of(router).await.location(), "/sign-in", "{path}");
    }
    let elsewhere = post("/settings/promise").cookie(&owner.cookie).raw(&form);
    let elsewhere = elsewhere
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://evil.example")
        .of(router)
        .await;
    assert_eq!(elsewhere.status, 403, "another site's form");
    assert_eq!(owner.keeps("nonsense", &seen, "").await.status, 404);
    let theirs = owner.house.signed_in(owner.house.theirs.owner).await;
    let crossed = post("/settings/promise").cookie(&theirs).form(&form).of(router).await;
    assert_eq!(crossed.location(), "/settings?said=changed", "what she saw is not her chapter");
    let view = owner.house.dispatch.chapter(owner.house.ours.id).await.expect("a chapter");
    assert_eq!(view.settings.names_by_minutes, 120, "ours is as it was");
}

#[tokio::test]
async fn the_record_is_filtered_paged_and_taken_along() {
    let owner = Owner::new().await;
    let (chapter, who) = (owner.house.ours.id, owner.house.ours.owner);
    let now = owner.house.dispatch.now();
    owner
        .house
        .write(move |tx| {
            Box::pin(async move {
                let chance = model::Chance::seeded(9);
                for _ in 0..60 {
                    let event = storage::NewEvent {
                        id: model::EventId::generate(now, &chance),
                        chapter_id: chapter,
                        inquiry_id: None,
                        referral_id: None,
                        at: now,
                        actor: model::ActorKind::Admin,
                        actor_id: Some(who.as_uuid()),
                        kind: "chapter_changed".to_owned(),
                        detail: serde_json::json!({"settings": ["names_by_minutes"]}),
                    };
                    tx.add_event(&event).await?;
                }
                Ok(())
            })
        })
        .await;
    let first = owner.sees("/audit?kind=chapter_changed").await;
    assert!(first.contains("Changed settings: names by minutes.") && first.contains("Ruth owner"));
    assert_eq!(first.matches("Changed settings").count(), 50);
    let (_, rest) = first.split_once("&#38;before=").expect("there are older ones");
    let before = rest.split('"').next().expect("a place");
    let older = owner.sees(&format!("/audit?kind=chapter_changed&before={before}")).await;
    assert_eq!(older.matches("Changed settings").count(), 10);
    let other = owner.sees(&format!("/audit?person={}", owner.house.ours.keeper)).await;
    assert!(other.contains("Nothing here"), "nothing was done by her");
    assert!(owner.sees("/audit?since=2031-01-01").await.contains("Nothing here"));
    assert!(
        owner.sees("/audit?actor=%3Cb%3E&kind=%22%3E&since=x").await.contains("Changed settings")
    );
    let sheet = owner.sees("/audit.csv?kind=chapter_changed").await;
    assert_eq!(sheet.lines().count(), 61, "a head, and all of them whatever the pages");
    assert!(!sheet.contains("Ruth"), "ids, and nobody's name");
    let theirs = owner.house.signed_in(owner.house.theirs.owner).await;
    let theirs = get("/audit").cookie(&theirs).of(&owner.house.router).await;
    assert!(!theirs.body.contains("Changed settings"), "the other chapter's record is its own");
}
