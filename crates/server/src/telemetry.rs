//! Logs and metrics. Both carry ids and words of the trade, never numbers, names or texts.

use anyhow::{Context as _, Result, bail};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
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

/// Begins counting, for `/metrics`.
pub(crate) fn metrics() -> Result<PrometheusHandle> {
    PrometheusBuilder::new().install_recorder().context("metrics cannot be counted")
}
