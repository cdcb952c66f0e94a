//! Logs and metrics. Both carry ids and words of the trade, never numbers, names or texts.

use anyhow::{Context as _, Result, bail};
use dispatch::Dispatch;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::configuration::Log;

/// Begins logging to standard error.
pub(crate) fn log(log: &Log) -> Result<()> {
    let filter = EnvFilter::try_new(&log.filter).context("log.filter cannot be read")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let begun = match log.format.as_str() {
        "text" => builder.with_target(false).try_init(),
        "json" => builder.json().try_init(),
        _ => bail!("log.format is \"text\" or \"json\""),
    };
    begun.map_err(|_| anyhow::anyhow!("logging has begun already"))
}

/// Seconds into which the times of referrals are sorted: from a moment to half a day.
const TIMES: [f64; 10] =
    [10.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 43_200.0];

/// Begins counting, for `/metrics`. Only where somebody fetches them: what is not fetched is not kept
/// within bounds either.
pub(crate) fn metrics() -> Result<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &TIMES)
        .and_then(PrometheusBuilder::install_recorder)
        .context("metrics cannot be counted")
}

/// Sets the gauges of the outbox: how many messages wait or are on their way, and how long the oldest
/// of them has been due. Where the database does not answer they keep what they said last.
pub(crate) async fn gauge_outbox(dispatch: &Dispatch) {
    let depth = dispatch
        .store()
        .read::<_, storage::Error, _>(|tx| Box::pin(async move { tx.outbox_depth().await }))
        .await;
    match depth {
        Ok((count, oldest)) => {
            let age = oldest.map_or(0, |at| dispatch.now().since(at).as_secs().max(0));
            #[expect(clippy::cast_precision_loss, reason = "a gauge is a float, and exact to 2^52")]
            let (count, age) = (count as f64, age as f64);
            metrics::gauge!("latchline_outbox_messages").set(count);
            metrics::gauge!("latchline_outbox_oldest_seconds").set(age);
        }
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the outbox was not counted");
        }
    }
}
