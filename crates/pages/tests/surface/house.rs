//! A chapter with an offer out, and requests to its pages.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use model::{MemberId, MemberStatus};
use roster::{Act, Person};
use testkit::{Chapter, databases::TestDatabase};
use tower::ServiceExt as _;

/// What a family texts that tells all that is needed.
const JESS: &str = "Park Slope 11215, my daughter is 5 days old and won't latch, home visit, Aetna";

/// A chapter with an offer out to Ana, Beth, Cleo, Dora and Ella.
pub(crate) struct House {
    pub(crate) chapter: Chapter,
    pub(crate) router: Router,
    pub(crate) code: String,
    /// The address of each one's page.
    pub(crate) pages: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl House {
    /// A chapter in which nothing is asked.
    pub(crate) async fn new() -> Self {
        let chapter = Chapter::with_links(TestDatabase::sqlite()).await;
        let router = pages::router(chapter.dispatch().clone());
        Self { chapter, router, code: String::new(), pages: Vec::new() }
    }

    pub(crate) async fn asking() -> Self {
        let Self { chapter, router, .. } = Self::new().await;
        chapter.family("jess").texts(JESS).await;
        chapter.settle().await;
        let code = chapter.family("jess").receives("Got it").code();
        let page = |member: &'static str| {
            let offer = chapter.phone(member).receives_offer();
            (member, format!("/c/{}", offer.link_to("c").expect("the offer has a link")))
        };
        let pages = ["ana", "beth", "cleo", "dora", "ella"].map(page).to_vec();
        Self { chapter, router, code, pages }
    }

    pub(crate) fn of(&self, member: &str) -> &str {
        let page = self.pages.iter().find(|(known, _)| *known == member);
        page.map(|(_, page)| page.as_str()).expect("she was asked")
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "").await
    }

    /// Presses a button; what is due at once is done.
    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        let answer = self.ask(Method::POST, path, form).await;
        self.chapter.run().await;
        answer
    }

    /// Somebody of the chapter decides.
    pub(crate) async fn stands(&self, id: MemberId, status: MemberStatus, reason: &str) {
        let dispatch = self.chapter.dispatch();
        let act = Act {
            chapter: self.chapter.id(),
            by: Person::Service,
            now: dispatch.now(),
            chance: dispatch.chance().clone(),
        };
        let done = roster::set_standing(dispatch.store(), &act, id, status, reason).await;
        done.expect("it is kept");
        self.chapter.run().await;
    }

    /// The status and the kind of a file that is no text.
    pub(crate) async fn raw(&self, path: &str) -> (u16, String) {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().expect("text").to_owned();
        (response.status().as_u16(), kind)
    }

    pub(crate) async fn ask(&self, method: Method, path: &str, form: &str) -> Answer {
        self.ask_from(method, path, form, "203.0.113.1").await
    }

    /// A form from somewhere, as the proxy before us says it.
    pub(crate) async fn post_from(&self, path: &str, form: &str, address: &str) -> Answer {
        self.ask_from(Method::POST, path, form, address).await
    }

    async fn ask_from(&self, method: Method, path: &str, form: &str, address: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let request =
            Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
        let request = request.header("x-forwarded-for", address);
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole answer");
        let body = String::from_utf8(body.to_vec()).expect("an answer in text");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    #[track_caller]
    pub(crate) fn says(&self, part: &str) -> &Self {
        assert!(self.body.contains(part), "{part:?} is not in: {}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn lacks(&self, part: &str) -> &Self {
        assert!(!self.body.contains(part), "{part:?} is in: {}", self.body);
        self
    }
}
