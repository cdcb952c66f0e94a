//! `/m/TOKEN`: a member's own page: what it tells, what it takes, and whom it opens for.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use model::{MemberStatus, day_hours};
use roster::{Act, Decision, NewEvidence, NewHospital, Person};
use serde_json::{Value, json};
use testkit::{Chapter, databases::TestDatabase};
use tower::ServiceExt as _;

testkit::on_both! {
    she_sees_her_lists_what_is_missing_and_what_a_renewal_brings,
    a_paper_sent_on_the_page_waits_for_the_chapter,
    what_is_no_paper_is_refused_and_nothing_is_kept,
    a_page_opens_for_its_member_alone_and_for_a_while,
}

/// The beginning of a photo, as phones send them.
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo of a certificate";

struct House {
    chapter: Chapter,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl House {
    /// Kings Bay asks for a HIPAA training and insurance, the chapter's own list for neither.
    async fn new(database: TestDatabase) -> Self {
        let chapter = Chapter::with_links(database).await;
        let router = pages::router(chapter.dispatch().clone());
        let house = Self { chapter, router };
        let store = house.chapter.dispatch().store();
        let lists = [
            (
                "chapter",
                true,
                json!([{"key": "standing", "kind": "chapter_standing", "params": {}}]),
            ),
            (
                "kings-bay",
                false,
                json!([
                    {"key": "hipaa", "kind": "training", "params": {"topic": "hipaa", "max_age_months": 12}},
                    {"key": "cover", "kind": "liability", "params": {"min_occurrence": 1_000_000}},
                ]),
            ),
        ];
        for (slug, baseline, rules) in lists {
            let new = NewHospital {
                slug: slug.to_owned(),
                name: if baseline { "The chapter" } else { "Kings <Bay>" }.to_owned(),
                baseline,
                stage: None,
                renewal_on: None,
                note: "a private note".to_owned(),
            };
            roster::add_hospital(store, &house.act(), new).await.expect("a hospital");
            let set = json!({"version": "1", "rules": rules});
            roster::add_rule_set(store, &house.act(), slug, set).await.expect("rules");
        }
        let (ana, standing) =
            (house.chapter.member("ana"), json!({"membership_paid_through": "2027-12-31"}));
        roster::put_facts(store, &house.act(), ana, standing).await.expect("facts");
        house
    }

    fn act(&self) -> Act {
        let chance = self.chapter.dispatch().chance().clone();
        Act { chapter: self.chapter.id(), by: Person::Service, now: self.chapter.now(), chance }
    }

    /// Ana asks for her page by text.
    async fn page_of_ana(&self) -> String {
        let ana = self.chapter.phone("ana");
        ana.texts("Lists").await;
        let text = ana.receives("Your page, for 72 hours");
        format!("/m/{}", text.link_to("m").expect("a link"))
    }

    async fn verified(&self, content: Value) {
        let store = self.chapter.dispatch().store();
        let new = NewEvidence { member: self.chapter.member("ana"), content, id: None };
        let sent = roster::submit(store, &self.act(), new).await.expect("sent");
        let id = self.chapter.admin_id("ruth");
        let ruth = self.chapter.look(move |tx| Box::pin(async move { tx.admin(id).await })).await;
        let by = Person::Admin(id, ruth.expect("she is there").phone_id);
        let looks = Act { by, ..self.act() };
        let verify = Decision::Verify { lookup: Some("seen".to_owned()) };
        roster::decide(store, &looks, sent.id, None, verify).await.expect("verified");
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Sends the form, with these fields and this file.
    async fn send(&self, page: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let field = format!(
                "--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(field.into_bytes());
        }
        body.extend(
            b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n",
        );
        body.extend(file);
        body.extend(b"\r\n--cut--\r\n");
        let request = Request::post(format!("{page}/papers"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .body(Body::from(body));
        self.ask(request.expect("a request")).await
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole answer");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// What waits for somebody to look at it: its content and its original.
    async fn waiting(&self) -> Vec<(Value, Vec<u8>)> {
        let (store, act) = (self.chapter.dispatch().store(), self.act());
        let status = eligibility::EvidenceStatus::Submitted;
        let mut waiting = Vec::new();
        for paper in roster::queue(store, &act, status, None, 9).await.expect("the queue") {
            let evidence = paper.evidence;
            let original = roster::original(store, &act, evidence.id).await.expect("its original");
            assert_eq!(evidence.submitted_by, format!("member:{}", self.chapter.member("ana")));
            waiting.push((evidence.content, original.content));
        }
        waiting
    }
}

impl Answer {
    #[track_caller]
    fn says(&self, part: &str) -> &Self {
        assert!(self.body.contains(part), "{part:?} is not in: {}", self.body);
        self
    }

    #[track_caller]
    fn lacks(&self, part: &str) -> &Self {
        assert!(!self.body.contains(part), "{part:?} is in: {}", self.body);
        self
    }

    #[track_caller]
    fn leads_to(&self, page: &str) {
        assert_eq!(self.status, 303, "{}", self.body);
        assert_eq!(self.headers[header::LOCATION].to_str().expect("text"), page);
    }

    /// The name of a paper in the form.
    fn paper(&self, words: &str) -> String {
        let (before, _) = self.body.split_once(&format!("> {words}")).expect("it is offered");
        let value = before.rsplit("value=\"").next().expect("a name");
        value.split('"').next().expect("it").to_owned()
    }

    /// The value of the hidden field.
    fn id(&self) -> String {
        let (_, after) = self.body.split_once("name=\"id\" value=\"").expect("the field");
        after.split('"').next().expect("its value").to_owned()
    }
}

async fn she_sees_her_lists_what_is_missing_and_what_a_renewal_brings(database: TestDatabase) {
    let house = House::new(database).await;
    house
        .verified(json!({"type": "training", "issued": "2025-11-20", "attrs": {"topic": "hipaa"}}))
        .await;
    let link = house.page_of_ana().await;
    let page = house.get(&link).await;
    assert_eq!(page.status, 200);
    page.says("1 of 2").says("Kings &#60;Bay&#62;").says("Ana Sample");
    page.says("<a class=\"skip\" href=\"#main\"").says("id=\"main\"");
    page.says("not on the list").says("upload a certificate of insurance.");
    page.says("<strong>insurance of at least $1,000,000 for each case</strong>")
        .says("puts you on Kings");
    page.lacks("a private note").lacks("ends soon");
    house
        .verified(json!({"type": "liability", "issued": "2026-01-01", "expires": "2027-06-30",
        "attrs": {"per_occurrence": 1_000_000}}))
        .await;
    let page = house.get(&link).await;
    page.says("2 of 2").says("on the list, ends soon").says("Holds until 20 Nov 2026");
    page.says("a new HIPAA training").says("keeps you for longer on Kings");
    assert!(page.body.len() < 50_000, "{} bytes", page.body.len());
    page.lacks("<script").lacks("http://").lacks("https://").lacks(" style=");
    house.chapter.done().await;
}

async fn a_paper_sent_on_the_page_waits_for_the_chapter(database: TestDatabase) {
    let house = House::new(database).await;
    let link = house.page_of_ana().await;
    let page = house.get(&link).await;
    let named = page.paper("HIPAA training");
    let id = page.id();
    // Another paper comes to stand before it while she looks for hers.
    let act = house.act();
    let first = json!({"version": "2", "effective_from": "2026-01-01", "rules": [
        {"key": "a_cpr", "kind": "training", "params": {"topic": "infant_cpr"}},
        {"key": "hipaa", "kind": "training", "params": {"topic": "hipaa", "max_age_months": 12}},
    ]});
    let store = house.chapter.dispatch().store();
    roster::add_rule_set(store, &act, "kings-bay", first).await.expect("rules");
    let fields = [("id", &*id), ("what", &*named), ("issued", "2026-11-01"), ("expires", "")];
    for _ in 0..2 {
        house.send(&link, &fields, PHOTO).await.leads_to(&format!("{link}?said=sent"));
    }
    let waiting = house.waiting().await;
    let [(content, original)] = &waiting[..] else { panic!("sent twice, it is kept once") };
    assert_eq!(
        (&content["type"], &content["attrs"]["topic"]),
        (&json!("training"), &json!("hipaa"))
    );
    assert_eq!(
        (&content["issued"], &content["status"]),
        (&json!("2026-11-01"), &json!("submitted"))
    );
    assert_eq!(original, PHOTO);
    house.get(&format!("{link}?said=sent")).await.says("Your paper is with the chapter.");
    house.get(&link).await.says("HIPAA training, sent 17 Nov 2026").says("waits for the chapter");
    house.get(&link).await.says("1 of 2").lacks("Your paper is with the chapter.");

    let fields = [("what", "0"), ("issued", ""), ("expires", "")];
    house.send(&link, &fields, b"%PDF-1.7 something").await.leads_to(&format!("{link}?said=sent"));
    let waiting = house.waiting().await;
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().any(|(content, _)| content["type"] == "unsorted"));
    house.chapter.done().await;
}

async fn what_is_no_paper_is_refused_and_nothing_is_kept(database: TestDatabase) {
    let house = House::new(database).await;
    let link = house.page_of_ana().await;
    let large = [PHOTO, &vec![0; 9 * 1024 * 1024]].concat();
    type Case<'c> = (&'c [(&'c str, &'c str)], &'c [u8], &'c str);
    let cases: [Case<'_>; 5] = [
        (&[("what", "1")], b"<html>", "not_paper"),
        (&[("what", "1")], b"", "no_file"),
        (&[("what", "1"), ("issued", "yesterday")], PHOTO, "dates"),
        (&[("what", "1"), ("issued", "2026-11-02"), ("expires", "2026-11-01")], PHOTO, "dates"),
        (&[("what", "1")], &large, "too_large"),
    ];
    for (fields, file, said) in cases {
        let to = format!("{link}?said={said}");
        house.send(&link, fields, file).await.leads_to(&to);
        assert_eq!(house.get(&to).await.status, 200);
    }
    let odd = house.send(&link, &[("member", "other")], PHOTO).await;
    assert_eq!(odd.status, 400, "no other field is known");
    let form = Request::post(format!("{link}/papers")).body(Body::from("what=1"));
    assert_eq!(house.ask(form.expect("a request")).await.status, 400);
    assert!(house.waiting().await.is_empty());
    house.chapter.done().await;
}

async fn a_page_opens_for_its_member_alone_and_for_a_while(database: TestDatabase) {
    let house = House::new(database).await;
    let link = house.page_of_ana().await;
    let unknown = house.get("/m/aaaaaaaaaaaaaaaa").await;
    unknown.says("This link does not work");
    let secret = link.trim_start_matches("/m/");
    for other in [format!("/c/{secret}"), format!("/f/{secret}"), format!("/h/{secret}")] {
        assert_eq!(house.get(&other).await.status, 404, "a link has one purpose");
    }
    for wrong in ["/m/aaaaaaaaaaaaaaaa", "/m/x"] {
        let refused = house.send(wrong, &[("what", "1")], PHOTO).await;
        assert_eq!((refused.status, &refused.body), (StatusCode::NOT_FOUND, &unknown.body));
    }
    let headers = house.get(&link).await.headers;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");

    let ana = house.chapter.member("ana");
    let stands = async |status| {
        house
            .chapter
            .change(move |tx| {
                Box::pin(async move { tx.set_member_status(ana, status, None).await.map(drop) })
            })
            .await;
    };
    stands(MemberStatus::Removed).await;
    assert_eq!(house.get(&link).await.status, 404, "who has left has no page");
    stands(MemberStatus::Paused).await;
    assert_eq!(house.get(&link).await.status, 200);
    house.chapter.house().clock.advance(day_hours(73));
    let over = house.get(&link).await;
    assert_eq!((over.status, &over.body), (StatusCode::NOT_FOUND, &unknown.body));
    assert_eq!(house.send(&link, &[("what", "0")], PHOTO).await.status, 404);
    assert!(house.waiting().await.is_empty());
    house.chapter.done().await;
}
