use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use model::{CarrierKind, Clock as _, LineId, LinePurpose, LineState, Phone, TaskKind};
use storage::{LineAccount, NewLine, Task};

use crate::{
    cli::{CarrierName, LineWay, Purpose},
    clock::SystemClock,
    configuration::Configuration,
    install,
};

/// Microseconds between two texts of a new line.
const ONE_A_SECOND: i64 = 1_000_000;

/// What opens a line at its carrier and how fast it sends, as far as the command line tells.
pub(super) struct Told {
    pub(super) account_sid: Option<String>,
    pub(super) auth_token_file: Option<PathBuf>,
    pub(super) way: LineWay,
}

impl Told {
    /// Lays what was told over what was.
    fn over(&self, account: &mut LineAccount, gap_micros: &mut i64) -> Result<()> {
        if let Some(sid) = &self.account_sid {
            account.account_sid.clone_from(sid);
        }
        if let Some(file) = &self.auth_token_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            text.trim().clone_into(&mut account.auth_token);
        }
        if account.auth_token.is_empty() {
            bail!("the file of --auth-token-file is empty");
        }
        let told = |word: &String| Some(word.clone()).filter(|word| !word.is_empty());
        if let Some(service) = &self.way.messaging_service {
            account.messaging_service = told(service);
        }
        if let Some(base) = &self.way.api_base {
            account.api_base = told(&base.trim_end_matches('/').to_owned());
        }
        if let Some(per_second) = self.way.per_second {
            *gap_micros = gap(per_second)?;
        }
        Ok(())
    }
}

/// The microseconds between two texts of a line that sends so many a second.
fn gap(per_second: f64) -> Result<i64> {
    if !per_second.is_finite() || !(0.0..=10_000.0).contains(&per_second) {
        bail!("--per-second takes a number from 0 (no limit) to 10000");
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a million seconds' worth of microseconds"
    )]
    Ok(if per_second > 0.0 { (1_000_000.0 / per_second).round() as i64 } else { 0 })
}

fn number(told: &str) -> Result<Phone> {
    Phone::parse(told).or_else(|_| Phone::from_carrier(told)).context("--number")
}

pub(super) async fn set(
    configuration: &Configuration,
    slug: &str,
    told_number: &str,
    told: Told,
) -> Result<()> {
    let number = number(told_number)?;
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let known = store
        .read::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.line_by_number(&number).await })
        })
        .await?;
    let Some(mut line) = known.filter(|line| line.chapter_id == chapter.id) else {
        bail!("chapter {slug} has no line with that number");
    };
    told.over(&mut line.account, &mut line.gap_micros)?;
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(
                async move { tx.set_line_account(line.id, &line.account, line.gap_micros).await },
            )
        })
        .await?;
    store.close().await;
    println!("Changed the line. A service that runs takes it up within five seconds.");
    if line.state == LineState::Paused {
        println!("It is paused: let it be tried again on the console's page of lines.");
    }
    Ok(())
}

pub(super) async fn add(
    configuration: &Configuration,
    slug: &str,
    carrier: CarrierName,
    told_number: &str,
    told: Told,
    purpose: Purpose,
) -> Result<()> {
    let number = number(told_number)?;
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let mut account = LineAccount {
        account_sid: String::new(),
        // Without a file its webhooks are signed with a secret of its own, which nobody needs to know.
        auth_token: model::hex(&chance.bytes::<16>()),
        messaging_service: None,
        api_base: None,
    };
    let mut gap_micros = ONE_A_SECOND;
    told.over(&mut account, &mut gap_micros)?;
    let carrier = match carrier {
        CarrierName::Twilio => CarrierKind::Twilio,
        CarrierName::Simulated => CarrierKind::Simulated,
    };
    let store = install::store(configuration).await?;
    let chapter = install::chapter(&store, slug).await?;
    let line = NewLine {
        id: LineId::generate(now, &chance),
        chapter_id: chapter.id,
        carrier,
        number,
        purpose: match purpose {
            Purpose::Both => LinePurpose::Both,
            Purpose::Families => LinePurpose::Families,
            Purpose::Members => LinePurpose::Members,
        },
        account,
        gap_micros,
        now,
    };
    let added = store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let task = Task {
                    kind: TaskKind::Listing,
                    subject: line.id.as_uuid(),
                    chapter_id: line.chapter_id,
                };
                let added = tx.add_line(&line).await?;
                if added {
                    tx.plan_once(task, now).await?;
                }
                Ok(added)
            })
        })
        .await?;
    store.close().await;
    if !added {
        bail!("that number belongs to a line already");
    }
    let url = &configuration.server.public_url;
    println!("Added a line of chapter {slug}. At the carrier, enter these webhooks (POST):");
    println!("  messages  {url}/hooks/{carrier}/message#rc=5&rp=all");
    println!("  calls     {url}/hooks/{carrier}/voice#rc=5&rp=all");
    println!("The part from # on has the carrier try again when this service does not answer.");
    Ok(())
}
