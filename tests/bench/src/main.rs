//! Measures the program against the bare limits of the machine it runs on.
//!
//! Ratios are taken within one run, so that a slow or busy machine slows both sides. Absolute times
//! are printed where the product promises them, for a quiet machine of two cores. A promised ratio that was
//! missed is a failure, told once everything asked for was measured.

mod bare;
mod carrier;
mod claims;
mod desk;
mod figures;
mod past;
mod program;
mod promise;
mod sending;
mod size;
mod webhooks;

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let asked = std::env::args().skip(1).collect::<Vec<_>>();
    let wants = |part: &str| asked.is_empty() || asked.iter().any(|word| word == part);
    let mut promises = promise::Promises::default();
    if wants("size") {
        size::measure().await?;
    }
    if wants("webhooks") {
        webhooks::measure(&mut promises).await?;
    }
    if wants("sending") {
        sending::measure(&mut promises).await?;
    }
    if wants("claims") {
        claims::measure().await?;
    }
    if wants("desk") {
        desk::measure(asked.iter().find_map(|word| word.parse().ok())).await?;
    }
    if wants("past") {
        past::measure(&mut promises).await?;
    }
    promises.kept()
}
