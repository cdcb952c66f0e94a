//! Papers that wait for a look: told in pages, read off fact by fact, verified or rejected.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    asking::{get, post},
    house::MEMBER,
    lists::{API, Lists},
};

#[tokio::test]
async fn what_was_sent_is_looked_at_on_its_page() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let owner = house.signed_in(house.ours.owner).await;
    let id = lists
        .paper(json!({"type": "training", "issued": "2026-06-01", "attrs": {"topic": "hipaa"}}))
        .await;
    let file =
        post(format!("{API}/evidence/{id}/original")).method(Method::PUT).bearer(&house.ours.token);
    let file = file.header("content-type", "application/pdf");
    file.raw("%PDF-1.7 a scan").of(&house.router).await.is(204);
    let queue = get("/papers").cookie(&owner).of(&house.router).await.body;
    let leads = format!("href=\"/papers/{id}\"");
    assert!(
        queue.contains("training") && queue.contains(MEMBER) && queue.contains(&leads),
        "{queue}"
    );
    let looks = async |how: &str| {
        get(format!("/papers/{id}{how}")).cookie(&owner).of(&house.router).await.body
    };
    let page = looks("").await;
    assert!(page.contains("Open the file that was sent"), "{page}");
    assert!(page.contains("name=\"topic\" value=\"hipaa\"") && page.contains("2026-06-01"));
    assert!(
        page.contains("<option value=\"hipaa\">"),
        "the word in which the hospital asks for it"
    );
    let scan = get(format!("/papers/{id}/original")).cookie(&owner).of(&house.router).await;
    assert_eq!(scan.header(axum::http::header::CONTENT_TYPE), "application/pdf");
    let reader = house.signed_in(house.ours.reader).await;
    let stranger = house.signed_in(house.theirs.owner).await;
    for path in ["/papers".to_owned(), format!("/papers/{id}"), format!("/papers/{id}/original")] {
        assert_eq!(get(&path).cookie(&reader).of(&house.router).await.status, 403, "{path}");
        if path != "/papers" {
            assert_eq!(get(&path).cookie(&stranger).of(&house.router).await.status, 404, "{path}");
        }
    }
    // Every kind of paper has fields of its own.
    let insurance = looks("?what=liability").await;
    assert!(insurance.contains("name=\"aggregate\"") && !insurance.contains("name=\"topic\""));
    let seen = seen_of(&page);
    let decide = async |how: &str, form: String| {
        post(format!("/papers/{id}/{how}")).cookie(&owner).form(&form).of(&house.router).await
    };
    assert_eq!(
        decide("verify", "what=training&topic=hipaa&lookup=registry".to_owned()).await.status,
        400,
        "nothing was seen"
    );
    for (how, form, said) in [
        ("reject", format!("reason=&seen={seen}"), "Why: "),
        (
            "verify",
            format!("what=training&topic=hipaa&lookup=+&seen={seen}"),
            "Where you looked it up: ",
        ),
        ("verify", format!("what=training&topic=&lookup=registry&seen={seen}"), "Training: "),
        (
            "verify",
            format!(
                "what=training&topic=hipaa&issued=2026-06-02&expires=2026-06-01&lookup=registry&seen={seen}"
            ),
            "Last good day: ",
        ),
    ] {
        let again = decide(how, form).await;
        assert!(again.status == 422 && again.body.contains(said), "{said} {}", again.body);
        assert_eq!(
            again.body.contains("value=\"registry\""),
            how == "verify" && said != "Where you looked it up: ",
            "what was typed is not lost"
        );
    }
    let file =
        post(format!("{API}/evidence/{id}/original")).method(Method::PUT).bearer(&house.ours.token);
    let file = file.header("content-type", "application/pdf");
    file.raw("%PDF-1.7 another scan").of(&house.router).await.is(204);
    let form = format!("what=training&topic=hipaa&lookup=registry&seen={seen}");
    let late = decide("verify", form).await;
    assert!(late.location().ends_with("said=changed"), "another scan came between");
    let seen = seen_of(&looks("").await);
    for wrong in ["unsorted", "teleport", ""] {
        let form = format!("what={wrong}&lookup=registry&seen={seen}");
        let refused = decide("verify", form).await;
        assert!(refused.status.is_client_error(), "{wrong}: {}", refused.status);
    }
    // What was read off the photo counts, whatever was said when it was sent.
    let form = "what=document&doc=who_code&version=v3&issued=2026-06-02&expires=&lookup=registry";
    let done = decide("verify", format!("{form}&seen={seen}")).await;
    assert!(done.location().ends_with("said=verified"), "{}", done.location());
    let paper =
        get(format!("{API}/evidence/{id}")).bearer(&house.ours.token).of(&house.router).await;
    assert!(paper.body.contains("who_code") && paper.body.contains("2026-06-02"), "{}", paper.body);
    let seen = paper.json()["seen"].as_str().expect("what was seen").to_owned();
    let done = decide("reject", format!("reason=too+dark&seen={seen}")).await;
    assert!(done.location().ends_with("said=rejected"));
    let page = get("/papers?said=rejected").cookie(&owner).of(&house.router).await.body;
    assert!(page.contains("Nothing waits"), "{page}");
}

#[tokio::test]
async fn papers_are_told_in_pages_and_of_health_only_the_result_is_kept() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let owner = house.signed_in(house.ours.owner).await;
    let mut all = Vec::new();
    for _ in 0..31 {
        all.push(lists.paper(json!({"type": "training", "attrs": {"topic": "hipaa"}})).await);
    }
    let page = async |path: &str| get(path).cookie(&owner).of(&house.router).await.body;
    let shown = |page: &str| all.iter().filter(|id| page.contains(id.as_str())).count();
    let first = page("/papers").await;
    let (_, rest) = first.split_once("/papers?after=").expect("there is more");
    let next = rest.split_once('"').expect("a link").0;
    let second = page(&format!("/papers?after={next}")).await;
    assert_eq!((shown(&first), shown(&second)), (30, 1));
    assert!(!second.contains("?after="));
    let api = lists.reads("/evidence?limit=30").await.json();
    assert_eq!(api["evidence"].as_array().map(Vec::len), Some(30));
    let cursor = api["next_cursor"].as_str().expect("there is more");
    let rest = lists.reads(&format!("/evidence?cursor={cursor}")).await.json();
    assert_eq!(
        (rest["evidence"].as_array().map(Vec::len), &rest["next_cursor"]),
        (Some(1), &Value::Null)
    );
    lists.reads("/evidence?cursor=other").await.is(422);

    // Of an immunisation nothing but its date is kept; of a report on her past its result.
    let puts = async |id: &str, status: u16| {
        let path = format!("{API}/evidence/{id}/original");
        let file = post(&path).method(Method::PUT).bearer(&house.ours.token);
        let file = file.header("content-type", "application/pdf").raw("%PDF-1.7 a record");
        file.of(&house.router).await.is(status);
    };
    let id = lists.paper(json!({"type": "immunization", "attrs": {"code": "mmr"}})).await;
    puts(&id, 422).await;
    let id = lists.paper(json!({"type": "background_check", "attrs": {"result": "clear"}})).await;
    puts(&id, 204).await;
    lists.reads(&format!("/evidence/{id}/original")).await.is(200);
    lists.sends(&format!("/evidence/{id}/verify"), &json!({"lookup": "registry"})).await.is(200);
    lists.reads(&format!("/evidence/{id}/original")).await.is(404);
}

/// What the form says was looked at.
fn seen_of(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").expect("a form");
    rest.split_once('"').expect("a value").0.to_owned()
}
