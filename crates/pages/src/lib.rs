//! The public pages: what a link in a text opens, on whatever phone it was sent to.
//!
//! No account and no cookie: the link is all that a page asks for. This room holds no rules: it
//! decodes a request, calls `dispatch`, and encodes what came back. Looking changes nothing, as
//! scanners and previews look too; only a pressed button does. A link that is over, was made for
//! another page, or never was one of ours gets one same answer, so that nobody learns which.
//!
//! Pages work without script. Each holds its sheet, and they load nothing of anybody else's.

mod assets;
mod fault;
mod guard;
mod hospital_list;
mod join;
mod look;
mod member;
mod moment;
mod names;
mod offer;
mod portrait;

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path},
    http::request::Parts,
    middleware::map_response,
    routing::get,
};
use dispatch::Dispatch;
use tower_http::compression::CompressionLayer;

use crate::fault::Fault;

/// No form of a public page has more to say than this.
const MOST_BYTES: usize = 4 * 1024;

/// An offer at `/c/TOKEN`, a member's own pages at `/m/TOKEN`, a family's names at `/f/TOKEN`, a hospital's
/// list at `/h/TOKEN`, an application at `/join/CHAPTER`, and what the pages load from `/assets`.
pub fn router(dispatch: Dispatch) -> Router {
    let pages = Router::new()
        .route("/c/{secret}", get(offer::page).post(offer::tap))
        .route("/f/{secret}", get(names::page))
        .route("/f/{secret}/{file}", get(names::file))
        .route("/h/{secret}", get(hospital_list::page))
        .route("/h/{secret}/{file}", get(hospital_list::file))
        .route("/join/{chapter}", get(join::page).post(join::apply))
        .method_not_allowed_fallback(async || Fault::unknown())
        .layer(Extension(join::Comers::default()))
        .layer(DefaultBodyLimit::max(MOST_BYTES));
    let pages = pages.merge(member::router()).layer(map_response(guard::page));
    let all = pages.merge(assets::router()).layer(map_response(guard::all));
    // A page is asked for by its secret alone, without a cookie: nobody else can make a browser ask for one
    // with words of his own in it, and learn from its length.
    all.layer(CompressionLayer::new()).with_state(dispatch)
}

/// The secret part of a link, as it stands in the address.
pub(crate) struct Secret(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Secret {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let secret = Path::<String>::from_request_parts(parts, state).await;
        secret.map(|Path(secret)| Self(secret)).map_err(|_| Fault::unknown())
    }
}
