use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use model::{CarrierKind, Clock as _, LineId, LinePurpose, Phone, TaskKind};
use storage::{LineAccount, NewLine, Task};

use crate::{
    cli::{CarrierName, Purpose},
    clock::SystemClock,
    configuration::Configuration,
    install,
};

/// What opens a line at its carrier, as the command line gives it.
pub(super) struct Account {
    pub(super) account_sid: Option<String>,
    pub(super) auth_token_file: Option<PathBuf>,
    pub(super) messaging_service: Option<String>,
    pub(super) api_base: Option<String>,
}

pub(super) async fn add(
    configuration: &Configuration,
    slug: &str,
    carrier: CarrierName,
    number: &str,
    account: Account,
    per_second: f64,
    purpose: Purpose,
) -> Result<()> {
    let number =
        Phone::parse(number).or_else(|_| Phone::from_carrier(number)).context("--number")?;
    if !per_second.is_finite() || !(0.0..=10_000.0).contains(&per_second) {
        bail!("--per-second takes a number from 0 (no limit) to 10000");
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a million seconds' worth of microseconds"
    )]
    let gap_micros = if per_second > 0.0 { (1_000_000.0 / per_second).round() as i64 } else { 0 };
    let (now, chance) = (SystemClock.now(), install::chance()?);
    let auth_token = match (&account.auth_token_file, carrier) {
        (Some(file), _) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            text.trim().to_owned()
        }
        // Its webhooks are signed with a secret of its own, which nobody needs to know.
        (None, _) => model::hex(&chance.bytes::<16>()),
    };
    if auth_token.is_empty() {
        bail!("the file of --auth-token-file is empty");
    }
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
        number: number.clone(),
        purpose: match purpose {
            Purpose::Both => LinePurpose::Both,
            Purpose::Families => LinePurpose::Families,
            Purpose::Members => LinePurpose::Members,
        },
        account: LineAccount {
            account_sid: account.account_sid.unwrap_or_default(),
            auth_token,
            messaging_service: account.messaging_service,
            api_base: account.api_base.map(|base| base.trim_end_matches('/').to_owned()),
        },
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
