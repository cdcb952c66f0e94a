//! Hospitals' lists, through the API and on the console's pages.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    asking::{Answer, get, post},
    house::{House, MEMBER},
};

pub(crate) const API: &str = "/api/v1";

pub(crate) struct Lists {
    pub(crate) house: House,
}

impl Lists {
    pub(crate) async fn new() -> Self {
        let this = Self { house: House::new().await };
        this.sends("/hospitals", &json!({"slug": "kings-bay", "name": "Kings Bay"})).await.is(201);
        let rules = json!({"version": "KB-1", "rules": [
            {"key": "ibclc", "kind": "credential", "params": {"any_of": ["IBCLC"]}},
            {"key": "hipaa", "kind": "training", "params": {"topic": "hipaa"}, "source": {
                "told_by": "unit manager", "words": "HIPAA every year", "recheck_on": "2027-03-02",
            }},
        ]});
        this.sends("/hospitals/kings-bay/rules", &rules).await.is(201);
        this
    }

    pub(crate) async fn sends(&self, path: &str, body: &Value) -> Answer {
        let asked = post(format!("{API}{path}")).bearer(&self.house.ours.token);
        asked.json(&body.to_string()).of(&self.house.router).await
    }

    pub(crate) async fn reads(&self, path: &str) -> Answer {
        get(format!("{API}{path}")).bearer(&self.house.ours.token).of(&self.house.router).await
    }

    /// Sends a paper of the member's and gives its id.
    pub(crate) async fn paper(&self, content: Value) -> String {
        let path = format!("/members/{}/evidence", self.house.ours.member);
        let sent = self.sends(&path, &content).await;
        sent.is(201);
        sent.json()["id"].as_str().expect("an id").to_owned()
    }

    /// The member meets everything.
    async fn qualified(&self) {
        let certificate = json!({
            "type": "credential", "issued": "2023-06-30", "attrs": {"cred": "IBCLC", "number": "L-41207"},
        });
        let training =
            json!({"type": "training", "issued": "2026-06-01", "attrs": {"topic": "hipaa"}});
        for content in [certificate, training] {
            let id = self.paper(content).await;
            let path = format!("/evidence/{id}/verify");
            self.sends(&path, &json!({"lookup": "registry"})).await.is(200);
        }
    }
}

impl Answer {
    pub(crate) fn is(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
    }
}

#[tokio::test]
async fn a_hospital_is_set_up_judged_published_and_corrected_by_the_api() {
    let lists = Lists::new().await;
    let member = lists.house.ours.member;
    let standing = lists.reads("/hospitals/kings-bay/standing").await.json();
    assert_eq!(standing["standing"][0]["outcome"], "ineligible");
    assert_eq!(standing["standing"][0]["blocking"], json!(["ibclc", "hipaa"]));
    let hers = lists.reads(&format!("/members/{member}/standing")).await.json();
    assert_eq!(hers["renewals"][0]["nearer"], json!(["kings-bay"]), "{hers}");

    lists.qualified().await;
    let standing = lists.reads("/hospitals/kings-bay/standing").await.json();
    assert_eq!(standing["standing"][0]["outcome"], "eligible");
    let past = lists.reads("/hospitals/kings-bay/standing?as_of=2026-05-31").await.json();
    assert_eq!(past["standing"][0]["outcome"], "ineligible");
    assert_eq!(
        lists.reads("/hospitals/kings-bay/forecast?days=90").await.json()["turns"],
        json!([])
    );

    let published = lists.sends("/hospitals/kings-bay/editions", &json!({})).await;
    published.is(201);
    assert_eq!(published.json()["entries"][0]["name"], MEMBER);
    let bundle = lists.reads("/hospitals/kings-bay/editions/current.fhir.json").await.json();
    let entries = bundle["entry"].as_array().expect("entries").iter();
    let kinds: Vec<_> = entries.map(|entry| entry["resource"]["resourceType"].as_str()).collect();
    assert_eq!(kinds, [Some("Practitioner"), Some("PractitionerRole")]);
    let file = lists.reads("/hospitals/kings-bay/editions/1.csv").await.body;
    assert!(file.contains("Ana Sample, IBCLC"), "{file}");

    let recall = json!({"member": member, "reason": "a complaint"});
    let recalled = lists.sends("/hospitals/kings-bay/recalls", &recall).await;
    recalled.is(201);
    assert_eq!(recalled.json()["correction"]["corrects"], 1);
    let current = lists.reads("/hospitals/kings-bay/editions/current").await.json();
    assert_eq!((&current["number"], &current["entries"]), (&json!(2), &json!([])));
    assert_eq!(current["changes"][0]["change"], "removed");
    let first = lists.reads("/hospitals/kings-bay/editions/1").await.json();
    assert_eq!(first["entries"][0]["name"], MEMBER, "an edition never changes");
}

#[tokio::test]
async fn who_may_not_keep_lists_only_looks_and_no_other_chapter_sees_them() {
    let lists = Lists::new().await;
    let (ours, theirs) = (&lists.house.ours, &lists.house.theirs);
    let add =
        || post(format!("{API}/hospitals")).json(&json!({"slug": "x", "name": "X"}).to_string());
    add().bearer(&ours.reader_token).of(&lists.house.router).await.is_problem(403, "forbidden");
    add().of(&lists.house.router).await.is_problem(401, "unauthorized");
    get(format!("{API}/hospitals"))
        .bearer(&ours.reader_token)
        .of(&lists.house.router)
        .await
        .is(200);
    for path in
        ["/hospitals/kings-bay", "/hospitals/kings-bay/standing", "/hospitals/kings-bay/rules"]
    {
        let answer =
            get(format!("{API}{path}")).bearer(&theirs.token).of(&lists.house.router).await;
        answer.is_problem(404, "not-found");
    }
    let id = lists.paper(json!({"type": "training", "attrs": {"topic": "hipaa"}})).await;
    for path in [
        "/evidence".to_owned(),
        format!("/evidence/{id}"),
        format!("/evidence/{id}/original"),
        format!("/members/{}/evidence", ours.member),
        format!("/members/{}/facts", ours.member),
        "/hospitals/kings-bay/contacts".to_owned(),
    ] {
        let answer = get(format!("{API}{path}")).bearer(&ours.reader_token);
        answer.of(&lists.house.router).await.is_problem(403, "forbidden");
    }
    let program = post(format!("{API}/evidence/{id}/verify")).bearer(&ours.program_token);
    let program = program.json(r#"{"lookup": "registry"}"#).of(&lists.house.router).await;
    program.is_problem(409, "conflict");
    let verify = post(format!("{API}/evidence/{id}/verify")).bearer(&theirs.token);
    let verify = verify.json("{\"lookup\":\"registry\"}");
    verify.of(&lists.house.router).await.is_problem(404, "not-found");
    lists
        .sends("/hospitals", &json!({"slug": "kings-bay", "name": "Again"}))
        .await
        .is_problem(409, "conflict");
    lists
        .sends("/hospitals", &json!({"slug": "a b", "name": "X"}))
        .await
        .is_problem(400, "invalid-request");
    let wrong = json!({"version": "KB-2", "rules": [{"key": "x", "kind": "teleport"}]});
    lists.sends("/hospitals/kings-bay/rules", &wrong).await.is_problem(400, "invalid-request");
}

#[tokio::test]
async fn a_hospital_is_changed_only_in_the_version_that_was_seen() {
    let lists = Lists::new().await;
    let path = format!("{API}/hospitals/kings-bay");
    let seen = lists.reads("/hospitals/kings-bay").await;
    let tag = seen.header(axum::http::header::ETAG).to_owned();
    let change = |tag: &str| {
        let asked = post(&path).method(Method::PATCH).bearer(&lists.house.ours.token);
        asked
            .header("if-match", tag)
            .json(&json!({"stage": "listed", "renewal_on": "2027-01-01"}).to_string())
    };
    let changed = change(&tag).of(&lists.house.router).await;
    changed.is(200);
    assert_eq!(
        (&changed.json()["stage"], &changed.json()["renewal_on"]),
        (&json!("listed"), &json!("2027-01-01"))
    );
    change(&tag).of(&lists.house.router).await.is_problem(412, "changed-meanwhile");
}

#[tokio::test]
async fn requirements_and_papers_come_in_as_files() {
    let lists = Lists::new().await;
    let send = |path: &str, file: &str| {
        post(format!("{API}{path}")).bearer(&lists.house.ours.token).csv(file)
    };
    let file = "hospital,hospital_name,version,key,kind,params\nstaten,Staten Harbor,S-1,ibclc,credential,any_of=IBCLC\n";
    let tried = send("/imports/requirements?dry_run=true", file).of(&lists.house.router).await;
    assert_eq!((tried.status.as_u16(), &tried.json()["added"]), (200, &json!(1)));
    assert_eq!(lists.reads("/hospitals/staten").await.status, 404);
    send("/imports/requirements", file).of(&lists.house.router).await.is(200);
    assert!(lists.reads("/exports/requirements.csv").await.body.contains("any_of=IBCLC"));
    let bad =
        send("/imports/evidence", "member,type\nNobody,training\n").of(&lists.house.router).await;
    assert_eq!((bad.status.as_u16(), &bad.json()["bad"][0]["column"]), (422, &json!("member")));
}

#[tokio::test]
async fn the_grid_leads_to_why_and_a_second_person_approves_what_the_first_asks() {
    let lists = Lists::new().await;
    let (house, member) = (&lists.house, lists.house.ours.member);
    let owner = house.signed_in(house.ours.owner).await;
    let page = get("/lists").cookie(&owner).of(&house.router).await.body;
    let cell = format!("/lists/kings-bay/{member}");
    assert!(page.contains(&format!("href=\"{cell}\"")) && page.contains("not eligible"), "{page}");
    assert!(page.contains("ibclc and 1 more"));
    let why = get(&cell).cookie(&owner).of(&house.router).await.body;
    assert!(why.contains("HIPAA every year (unit manager, to be checked by 2 Mar 2027)"), "{why}");
    assert!(why.contains("Ask for an exception") && why.contains("value=\"hipaa\""));
    assert!(!why.contains("value=\"ibclc\""), "a certificate cannot be waived");
    let rules = get("/lists/kings-bay/rules").cookie(&owner).of(&house.router).await.body;
    assert!(rules.contains("KB-1") && rules.contains("credential: any of IBCLC"), "{rules}");
    assert!(rules.contains("no exception") && rules.contains("to be checked by 2 Mar 2027"));
    let other = house.signed_in(house.theirs.owner).await;
    let strange = get("/lists/kings-bay/rules").cookie(&other).of(&house.router).await;
    assert_eq!(strange.status, 404, "another chapter's hospital");
    let nobody = get("/lists?name=zoe").cookie(&owner).of(&house.router).await.body;
    assert!(nobody.contains("Nobody is called so") && !nobody.contains(&cell));
    assert!(
        get("/lists?name=ANA&page=0").cookie(&owner).of(&house.router).await.body.contains(&cell)
    );
    let beyond = get("/lists?page=18446744073709551615").cookie(&owner).of(&house.router).await;
    assert!(beyond.status == 200 && beyond.body.contains("Before"));

    let form = "rule=hipaa&reason=the+course+is+full&expires=2027-01-31";
    let asked = post(format!("{cell}/except")).cookie(&owner).form(form).of(&house.router).await;
    assert_eq!(asked.location(), format!("{cell}?said=exception_asked"));
    let all = lists.reads("/overrides").await.json();
    let id = all["overrides"][0]["id"].as_str().expect("it waits").to_owned();
    let own =
        post(format!("/exceptions/{id}/approve")).cookie(&owner).form("").of(&house.router).await;
    assert!(own.location().ends_with("said=second_person"));
    for nobody in [&house.ours.owner_token, &house.ours.program_token] {
        let path = format!("{API}/overrides/{id}/approve");
        let done = post(path).bearer(nobody).json("{}").of(&house.router).await;
        done.is_problem(409, "conflict");
    }
    let keeper = house.signed_in(house.ours.keeper).await;
    let second =
        post(format!("/exceptions/{id}/approve")).cookie(&keeper).form("").of(&house.router).await;
    assert!(second.location().ends_with("said=exception_approved"));
    let why = get(&cell).cookie(&owner).of(&house.router).await.body;
    assert!(why.contains("by exception") && why.contains("the course is full"), "{why}");
    let hospital = get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body;
    assert!(hospital.contains("the course is full") && hospital.contains("Take back"));
    assert!(hospital.contains("Asked for by Ruth owner, approved by Ruth admin"), "{hospital}");

    lists.sends("/hospitals/kings-bay/editions", &json!({})).await.is(201);
    let page = get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body;
    assert!(
        page.contains("https://refer.example.org/h/"),
        "there is a link to be kept from others"
    );
    let reader = house.signed_in(house.ours.reader).await;
    let page = get("/lists/kings-bay").cookie(&reader).of(&house.router).await.body;
    assert!(!page.contains("Publish the list") && !page.contains("/h/"));
    let form = "reason=x";
    let refused = post(format!("{cell}/recall")).cookie(&reader).form(form).of(&house.router).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn whoever_is_taken_off_or_barred_is_off_the_list_and_still_has_a_page() {
    let lists = Lists::new().await;
    let (house, member) = (&lists.house, lists.house.ours.member);
    let owner = house.signed_in(house.ours.owner).await;
    let cell = format!("/lists/kings-bay/{member}");
    lists.qualified().await;
    let does = async |path: String, form: &str| {
        post(path).cookie(&owner).form(form).of(&house.router).await.location().to_owned()
    };
    assert_eq!(does(format!("{cell}/recall"), "reason=x").await, format!("{cell}?said=recalled"));
    let page = get("/lists").cookie(&owner).of(&house.router).await.body;
    assert!(page.contains("taken off") && page.contains("0 of 1"), "{page}");
    assert!(does(format!("{cell}/lift"), "").await.ends_with("said=recall_lifted"));
    lists.sends("/hospitals/kings-bay/editions", &json!({})).await.is(201);

    let standing = format!("{cell}/standing");
    assert!(does(standing.clone(), "status=removed&reason=").await.ends_with("said=no_reason"));
    let reader = house.signed_in(house.ours.reader).await;
    let form = "status=removed&reason=left";
    assert_eq!(post(&standing).cookie(&reader).form(form).of(&house.router).await.status, 403);
    assert!(does(standing, form).await.ends_with("said=standing"));
    let current = lists.reads("/hospitals/kings-bay/editions/current").await.json();
    assert_eq!((&current["corrects"], &current["entries"]), (&json!(1), &json!([])));
    let why = get(&cell).cookie(&owner).of(&house.router).await;
    assert!(why.status == 200 && why.body.contains("chapter status is removed"), "{}", why.body);
    assert!(why.body.contains("Why: left"));
    let why = get(&cell).cookie(&reader).of(&house.router).await.body;
    assert!(!why.contains("Why: left"), "the reason is for those who keep lists");
}

#[tokio::test]
async fn a_new_link_is_made_by_who_knows_what_ends_with_the_old_one() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let owner = house.signed_in(house.ours.owner).await;
    let link = async |form: &str| {
        post("/lists/kings-bay/link").cookie(&owner).form(form).of(&house.router).await
    };
    assert_eq!(link("").await.status, 400, "one tap is not enough");
    assert!(!get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body.contains("/h/"));
    assert!(link("sure=yes").await.location().ends_with("said=new_link"));
    assert!(get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body.contains("/h/"));
}

#[tokio::test]
async fn how_far_the_chapter_is_and_whom_to_ask_is_kept_on_the_hospitals_page() {
    let lists = Lists::new().await;
    let house = &lists.house;
    let owner = house.signed_in(house.ours.owner).await;
    let does = async |path: &str, form: &str| {
        post(format!("/lists/kings-bay/{path}")).cookie(&owner).form(form).of(&house.router).await
    };
    let version = lists.reads("/hospitals/kings-bay").await.json()["version"].to_string();
    let form = format!("stage=signed&renewal_on=2027-03-01&note=by+post&version={version}");
    assert!(does("agreement", &form).await.location().ends_with("said=kept"));
    let again = does("agreement", &form).await;
    assert!(again.location().ends_with("said=changed"), "it is another version by now");
    assert_eq!(does("agreement", "stage=married&version=1").await.status, 400);
    let hospital = lists.reads("/hospitals/kings-bay").await.json();
    assert_eq!(
        (&hospital["stage"], &hospital["renewal_on"]),
        (&json!("signed"), &json!("2027-03-01"))
    );

    let form = "role=unit+manager&name=Mara+Example&email=mara%40example.org&phone=";
    assert!(does("contacts", form).await.location().ends_with("said=kept"));
    let page = get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body;
    assert!(page.contains("Mara Example, unit manager") && page.contains("mara@example.org"));
    let people = lists.reads("/hospitals/kings-bay/contacts").await.json();
    let id = people["contacts"][0]["id"].as_str().expect("a contact").to_owned();
    let reader = house.signed_in(house.ours.reader).await;
    let theirs = house.signed_in(house.theirs.owner).await;
    for (cookie, status) in [(&reader, 403), (&theirs, 404)] {
        for path in ["contacts".to_owned(), format!("contacts/{id}")] {
            let asked = post(format!("/lists/kings-bay/{path}")).cookie(cookie).form(form);
            assert_eq!(asked.of(&house.router).await.status, status, "{path}");
        }
    }
    assert!(does(&format!("contacts/{id}"), "").await.location().ends_with("said=kept"));
    let page = get("/lists/kings-bay").cookie(&owner).of(&house.router).await.body;
    assert!(!page.contains("Mara Example"));
}

#[tokio::test]
async fn a_body_that_cannot_be_used_is_not_repeated() {
    let lists = Lists::new().await;
    for body in [
        r#"{"slug": "x", "name": {"Karoline": "718-555-0142"}}"#,
        r#"{"slug": "x", "name": "X", "Karoline": 1}"#,
        r#"{"slug": "Karoline Muster", "name": "X"}"#,
        "{Karoline",
    ] {
        let asked = post(format!("{API}/hospitals")).bearer(&lists.house.ours.token).json(body);
        let answer = asked.of(&lists.house.router).await;
        assert!(
            answer.status.is_client_error() && !answer.body.contains("Karoline"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn who_does_not_keep_lists_reads_outcomes_and_nothing_of_papers() {
    let lists = Lists::new().await;
    let (house, member) = (&lists.house, lists.house.ours.member);
    lists.qualified().await;
    lists.sends("/hospitals/kings-bay/editions", &json!({})).await.is(201);
    let except = json!({
        "hospital": "kings-bay", "member": member, "rule": "hipaa", "reason": "the course is full",
        "expires": "2027-01-31",
    });
    lists.sends("/overrides", &except).await.is(201);
    let reads = async |path: &str| {
        let answer = get(format!("{API}{path}")).bearer(&house.ours.reader_token);
        answer.of(&house.router).await
    };
    let standing = reads("/hospitals/kings-bay/standing").await.json()["standing"][0].clone();
    assert_eq!((&standing["outcome"], &standing["reasons"]), (&json!("eligible"), &json!(null)));
    assert_eq!(standing["rules"][1]["rule"], "hipaa");
    for kept_back in ["because", "fix"] {
        assert_eq!(standing["rules"][1][kept_back], json!(null), "{standing}");
    }
    let hers = reads(&format!("/members/{member}/standing")).await.json();
    assert_eq!((&hers["renewals"], &hers["standing"][0]["reasons"]), (&json!(null), &json!(null)));
    let edition = reads("/hospitals/kings-bay/editions/current").await.json();
    assert_eq!(edition["entries"][0]["name"], MEMBER);
    for kept_back in ["explanation", "evidence"] {
        assert_eq!(edition["entries"][0][kept_back], json!([]), "{edition}");
    }
    let paper = "/hospitals/kings-bay/editions/current.pdf";
    assert!(lists.reads(paper).await.body.contains("/Figure"), "the square with the link");
    assert!(!reads(paper).await.body.contains("/Figure"), "whoever has the link reads the list");
    let overrides = reads("/overrides").await.json();
    assert_eq!(overrides["overrides"][0]["reason"], json!(null));
    let recall = json!({"member": member, "reason": "a complaint"});
    lists.sends("/hospitals/kings-bay/recalls", &recall).await.is(201);
    let recalls = reads("/hospitals/kings-bay/recalls").await.json();
    assert_eq!(recalls["recalls"][0]["reason"], json!(null));
    let kept = lists.reads("/hospitals/kings-bay/recalls").await.json();
    assert_eq!(kept["recalls"][0]["reason"], "a complaint");

    let reader = house.signed_in(house.ours.reader).await;
    let owner = house.signed_in(house.ours.owner).await;
    let cell = format!("/lists/kings-bay/{member}");
    let [seen, whole] = [&reader, &owner].map(|who| get(&cell).cookie(who).of(&house.router));
    let (seen, whole) = (seen.await.body, whole.await.body);
    assert!(whole.contains("L-41207") || whole.contains("What to do"), "{whole}");
    assert!(seen.contains("hipaa") && !seen.contains("L-41207") && !seen.contains("What to do"));
    let page = get("/lists/kings-bay").cookie(&reader).of(&house.router).await.body;
    assert!(page.contains("hipaa") && !page.contains("the course is full"), "{page}");
}

#[tokio::test]
async fn every_requirement_can_be_sent_again_as_it_was_told() {
    let lists = Lists::new().await;
    let names = json!(["A", "B"]);
    let all = [
        ("credential", json!({"any_of": names})),
        ("license", json!({"any_of": names, "state": "NY", "max_age_months": 1})),
        ("liability", json!({"min_occurrence": 1, "min_aggregate": 2, "additional_insured": "H"})),
        ("liability", json!({})),
        ("years", json!({"min_years": 2})),
        ("training", json!({"topic": "hipaa", "max_age_days": 3})),
        ("background", json!({})),
        ("exclusion", json!({"lists": names})),
        (
            "immunization",
            json!({"items": [{"code": "mmr"}, {"code": "flu", "season": "2026-27", "declination": true}]}),
        ),
        ("area", json!({"any_of": names})),
        ("visit", json!({"any_of": names})),
        ("languages", json!({"any_of": names})),
        ("payer", json!({"any_of": names, "or_sliding_scale": true})),
        ("availability", json!({"within_hours": 24, "weekend": true})),
        ("references", json!({})),
        ("references", json!({"count": 2, "roles": names})),
        ("document", json!({"doc": "who_code", "version": "v3"})),
        ("no_conflict", json!({"disallow": names})),
        ("chapter_standing", json!({"event_within_months": 12})),
    ];
    let rules: Vec<_> = (0..)
        .zip(&all)
        .map(
            |(at, (kind, params))| json!({"key": format!("k{at}"), "kind": kind, "params": params}),
        )
        .collect();
    let children: Vec<_> =
        all.iter().map(|(kind, params)| json!({"kind": kind, "params": params})).collect();
    let composed = ["any_of", "all_of"].map(|kind| {
        json!({"key": kind, "kind": kind, "children": children, "waivable": false, "grace_days": 3,
               "severity": "preferred", "source": {"words": "so"}})
    });
    let rules = [rules, composed.to_vec()].concat();
    let mut wanted = json!({"version": "V-0", "note": "as told", "rules": rules});
    for again in 1..3 {
        let made = lists.sends("/hospitals/kings-bay/rules", &wanted).await;
        made.is(201);
        let told = lists.reads("/hospitals/kings-bay/rules").await.json();
        let mut sets = told["rule_sets"].as_array().expect("versions").iter();
        let told = sets.find(|set| set["version"] == wanted["version"]).expect("it").clone();
        let known: Vec<_> = told["rules"].as_array().expect("rules").iter().collect();
        assert_eq!(known.len(), all.len() + 2);
        wanted =
            json!({"version": format!("V-{again}"), "note": told["note"], "rules": told["rules"]});
    }
}
