//! Inquiry webhooks a second at 64 connections, against bare durable inserts.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    bare,
    figures::Figures,
    program::{Database, Program, client, family},
    promise::Promises,
};

const CONNECTIONS: usize = 64;
const NEED: &str = "Hi, my baby is 5 days old and latching hurts. Park Slope 11215";

pub(crate) async fn measure(promises: &mut Promises) -> Result<()> {
    for (on, promised) in [(Database::Sqlite, 0.3), (Database::Postgres, 0.2)] {
        let program = Arc::new(Program::start(on, 0, "http://127.0.0.1:9", 3600).await?);
        let bare = bare::inserts(on, &program).await?;
        // Once to warm up, then for the record.
        burst(&program, 0, Duration::from_secs(2)).await?;
        let (rate, times) = burst(&program, 1_000_000, Duration::from_secs(8)).await?;
        println!(
            "webhooks {on:?}: {rate:.0}/s at {CONNECTIONS} connections, {:.2} of {bare:.0} bare inserts/s; {}",
            rate / bare,
            times.text()
        );
        promises.at_least(&format!("webhooks {on:?}"), rate / bare, promised);
    }
    Ok(())
}

/// Posts texts of families never heard of from all connections for a while.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
pub(crate) async fn burst(
    program: &Arc<Program>,
    first: usize,
    how_long: Duration,
) -> Result<(f64, Figures)> {
    let next = Arc::new(AtomicUsize::new(first));
    let begun = Instant::now();
    let client = client()?;
    let connections = (0..CONNECTIONS).map(|_| {
        let (program, next, client) = (program.clone(), next.clone(), client.clone());
        tokio::spawn(async move {
            let mut times = Vec::new();
            while begun.elapsed() < how_long {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let sent = Instant::now();
                let status = program
                    .text(&client, &format!("SM{number:032x}"), &family(number), NEED)
                    .await?;
                ensure!(status == 200, "a webhook was answered {status}");
                times.push(sent.elapsed());
            }
            Ok(times)
        })
    });
    let mut all = Vec::new();
    for connection in connections.collect::<Vec<_>>() {
        all.extend(connection.await??);
    }
    let rate = all.len() as f64 / begun.elapsed().as_secs_f64();
    Ok((rate, Figures::of(all)))
}
