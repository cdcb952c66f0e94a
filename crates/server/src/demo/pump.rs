//! Brings what the simulated carrier has to tell to the service, by the way all carriers take.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use carriers::simulated::Simulated;
use dispatch::Dispatch;
use intake::{Receipt, Request};
use model::CarrierKind;
use tokio_util::sync::CancellationToken;

/// Puts every webhook of the simulated carrier to the service until it stops.
pub(crate) async fn run(dispatch: Dispatch, simulated: Simulated, shutdown: CancellationToken) {
    loop {
        let webhook = tokio::select! {
            webhook = simulated.next_webhook() => webhook,
            () = shutdown.cancelled() => return,
        };
        let headers = webhook
            .headers
            .iter()
            .filter_map(|(name, value)| {
                Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))
            })
            .collect::<HeaderMap>();
        // Reports were told where to come; the rest is the carrier's own.
        let path_and_query =
            webhook.url.as_deref().and_then(|url| url.strip_prefix(dispatch.public_url()));
        let request = Request {
            path_and_query: path_and_query.unwrap_or_default().to_owned(),
            headers,
            body: webhook.body.into(),
        };
        let receipt = intake::take(&dispatch, CarrierKind::Simulated, webhook.hook, &request).await;
        if receipt == Receipt::Later {
            tracing::warn!(
                "the simulated carrier's webhook was not taken; asking it finds the text"
            );
        }
    }
}
