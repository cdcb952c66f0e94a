//! How soon it is ready, and how little it needs while nothing happens.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::program::{Database, Program, client};

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
pub(crate) async fn measure() -> Result<()> {
    let program = Program::start(Database::Sqlite, 300, "http://127.0.0.1:9", 25).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.pid()))?;
    let idle = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("no memory figure")?
        .trim()
        .to_owned();
    let page = client()?.get(format!("http://{}/healthz", program.address)).send().await?.status();
    println!("size: idle {idle} with 300 members (health {page})");
    let folder = program.stop();
    let config = folder.path().join("config.toml");
    let mut times = Vec::new();
    for _ in 0..10 {
        let begun = Instant::now();
        let program = Program::again(&config).await?;
        times.push(begun.elapsed());
        drop(program);
    }
    println!("size: started and ready: {}", crate::figures::Figures::of(times).text());
    Ok(())
}
