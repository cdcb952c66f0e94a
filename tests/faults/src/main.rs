//! The proof that nothing is lost and nothing doubled.
//!
//! The real `latchline serve` works through a busy day on SQLite (one node) and on PostgreSQL (two
//! nodes), against a carrier that misbehaves, and is killed with SIGKILL at random moments and
//! started again at once. When the day is over and everything has settled, an accountant compares
//! what the carrier really took with what the service believes.
//!
//!     faults --short | --kills N  [--seed N] [--on sqlite|postgres] [--keep FOLDER]

mod accountant;
mod balancer;
mod books;
mod day;
mod installation;
mod nodes;
mod run;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::{Context as _, Result, bail};
use installation::Database;
use model::Clock as _;

/// So many are killed in a day. A long proof is many days: in a longer one every referral that is not
/// filled asks ever more members, and it ends in a crowd of offers that proves nothing more.
const A_DAY: usize = 50;

/// What was asked for on the command line.
pub(crate) struct Asked {
    /// How many processes are killed, over all databases.
    pub(crate) kills: usize,
    pub(crate) seed: u64,
    pub(crate) on: Vec<Database>,
    /// Where databases and logs are left for a look, instead of being thrown away.
    pub(crate) keep: Option<PathBuf>,
}

impl Asked {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let now = day::Now.now().as_micros();
        let mut asked = Self {
            kills: 50,
            seed: u64::try_from(now).unwrap_or(0) % 1_000_000,
            on: vec![Database::Sqlite, Database::Postgres],
            keep: None,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} wants a value"));
            match word.as_str() {
                "--short" => asked.kills = 50,
                "--kills" => asked.kills = value()?.parse().context("--kills wants a number")?,
                "--seed" => asked.seed = value()?.parse().context("--seed wants a number")?,
                "--keep" => asked.keep = Some(value()?.into()),
                "--on" => {
                    asked.on = match value()?.as_str() {
                        "sqlite" => vec![Database::Sqlite],
                        "postgres" => vec![Database::Postgres],
                        other => bail!("--on takes sqlite or postgres, not {other}"),
                    }
                }
                other => bail!("no such option: {other}"),
            }
        }
        Ok(asked)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = match Asked::read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("faults: {error:#}");
            return ExitCode::from(2);
        }
    };
    println!("seed {}", asked.seed);
    let (mut passed, mut failed) = (0, 0);
    let (mut left, mut seed) = (asked.kills, asked.seed);
    while left > 0 {
        let kills = left.min(A_DAY);
        let today = Asked { kills, seed, on: asked.on.clone(), keep: asked.keep.clone() };
        let (good, bad) = play(&Arc::new(today)).await;
        (passed, failed) = (passed + good, failed + bad);
        (left, seed) = (left - kills, seed + 10);
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored");
    ExitCode::from(u8::from(failed > 0))
}

/// Plays one day on each database, side by side; gives how many accounts were right, and how many not.
async fn play(asked: &Arc<Asked>) -> (usize, usize) {
    let days = asked.on.iter().map(|on| (*on, tokio::spawn(run::day(*on, asked.clone()))));
    let (mut passed, mut failed) = (0, 0);
    for (database, day) in days.collect::<Vec<_>>() {
        match day.await {
            Ok(Ok(outcome)) => {
                print!("{}", outcome.told);
                passed += outcome.passed;
                failed += outcome.failed;
            }
            Ok(Err(error)) => {
                println!("{}: the day broke off: {error:#}", database.name());
                failed += 1;
            }
            Err(error) => {
                println!("{}: {error}", database.name());
                failed += 1;
            }
        }
    }
    (passed, failed)
}
