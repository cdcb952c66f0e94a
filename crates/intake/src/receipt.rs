use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// How a carrier's request is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It was taken, or had been before: an empty document, or what a caller hears.
    Taken(&'static str, String),
    /// Unsigned, wrongly signed, or for a line we do not have.
    Forbidden,
    /// Signed, but without what every such request carries.
    Unusable,
    /// Not a form.
    WrongType,
    /// Nothing was kept: come again.
    Later,
}

impl Receipt {
    /// The outcome in one word, for the counter that is a refused request's only trace.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Taken(..) => "taken",
            Self::Forbidden => "forbidden",
            Self::Unusable => "unusable",
            Self::WrongType => "wrong_type",
            Self::Later => "later",
        }
    }

    /// The HTTP status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Taken(..) => StatusCode::OK,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Unusable => StatusCode::BAD_REQUEST,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Later => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Receipt {
    fn into_response(self) -> Response {
        let status = self.status();
        match self {
            Self::Taken(content_type, body) => {
                (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
            }
            Self::Later => (status, [(header::RETRY_AFTER, "5")]).into_response(),
            _ => status.into_response(),
        }
    }
}
