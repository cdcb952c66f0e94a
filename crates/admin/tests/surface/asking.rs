//! Requests as a browser or a program sends them, and answers taken apart.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt as _;

/// A request to be sent.
pub(crate) struct Asking {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

pub(crate) fn get(path: impl Into<String>) -> Asking {
    Asking { method: Method::GET, path: path.into(), headers: Vec::new(), body: Vec::new() }
}

pub(crate) fn post(path: impl Into<String>) -> Asking {
    Asking { method: Method::POST, ..get(path) }
}

/// A value as a form sends it.
pub(crate) fn sent(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Asking {
    pub(crate) fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    /// A form as a browser sends it from one of our own pages.
    pub(crate) fn form(mut self, fields: &str) -> Self {
        self.body = fields.into();
        self.header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
    }

    pub(crate) fn json(mut self, body: &str) -> Self {
        self.body = body.into();
        self.header("content-type", "application/json")
    }

    /// A form with one file, as a browser sends it from one of our own pages.
    pub(crate) fn file(mut self, bytes: &[u8]) -> Self {
        let head =
            b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        self.body = [head.as_slice(), bytes, b"\r\n--cut--\r\n"].concat();
        self.header("content-type", "multipart/form-data; boundary=cut")
            .header("sec-fetch-site", "same-origin")
    }

    /// A body as it is.
    pub(crate) fn raw(mut self, body: &str) -> Self {
        self.body = body.into();
        self
    }

    /// A sheet.
    pub(crate) fn csv(self, body: &str) -> Self {
        self.raw(body).header("content-type", "text/csv")
    }

    pub(crate) async fn of(self, router: &Router) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole answer");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("an answer in JSON")
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// What a hidden field of a form on the page holds.
    #[track_caller]
    pub(crate) fn hidden(&self, name: &str) -> String {
        let field = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&field).expect("a hidden field");
        let value = rest.split_once('"').expect("a value").0;
        value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
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

    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// It is a problem of this status and kind, and says so in every way.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.header(header::CONTENT_TYPE), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("urn:latchline:problem:{kind}"));
        for part in ["title", "detail"] {
            assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem
    }
}
