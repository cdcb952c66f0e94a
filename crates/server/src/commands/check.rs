//! What is configured, and what is wrong with it, on one screen.

use anyhow::{Result, bail};
use model::{CarrierKind, LinePurpose, LineState};
use storage::{Admin, Chapter, Line, Store};

use crate::{cli::Config, configuration::Configuration, install};

/// What an installation has.
pub(super) struct Inventory {
    chapters: Vec<(Chapter, Vec<Line>, Vec<Admin>, usize)>,
}

impl Inventory {
    /// Looks at every chapter.
    pub(super) async fn take(store: &Store) -> Result<Self> {
        let chapters = store
            .read::<_, storage::Error, _>(|tx| {
                Box::pin(async move {
                    let mut chapters = Vec::new();
                    for chapter in tx.chapters().await? {
                        let lines = tx.lines_of(chapter.id).await?;
                        let admins = tx.admins(chapter.id).await?;
                        let members = tx.roster(chapter.id).await?.len();
                        chapters.push((chapter, lines, admins, members));
                    }
                    Ok(chapters)
                })
            })
            .await?;
        Ok(Self { chapters })
    }

    /// What there is, a line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (chapter, lines, admins, members) in &self.chapters {
            let zone = chapter.timezone.name();
            said.push(format!(
                "  {} ({}, {zone}): {members} members, {} admins",
                chapter.name,
                chapter.slug,
                admins.len()
            ));
            for line in lines {
                let state = match line.state {
                    LineState::Active => String::new(),
                    LineState::Paused => {
                        format!("  PAUSED (code {})", line.paused_code.as_deref().unwrap_or("none"))
                    }
                };
                said.push(format!(
                    "    {} by {}, for {}{state}",
                    line.number.e164(),
                    line.carrier,
                    line.purpose
                ));
            }
        }
        said
    }

    /// What is wrong, and what to do about it.
    pub(super) fn problems(&self, configuration: &Configuration) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.chapters.is_empty() {
            wrong.push("There is no chapter yet: latchline chapter add --slug ... --name ... --timezone ...".to_owned());
        }
        for (chapter, lines, admins, members) in &self.chapters {
            let slug = &chapter.slug;
            if lines.is_empty() {
                wrong.push(format!("{slug} has no line: latchline line add --chapter {slug} ..."));
            } else if !lines.iter().any(|line| line.purpose != LinePurpose::Families) {
                wrong.push(format!("{slug} has no line for members: nobody can be asked"));
            } else if !lines.iter().any(|line| line.purpose != LinePurpose::Members) {
                wrong.push(format!("{slug} has no line for families"));
            }
            if admins.is_empty() {
                wrong.push(format!(
                    "{slug} has no admin: nobody is paged. latchline admin add --chapter {slug} ..."
                ));
            }
            if *members == 0 {
                wrong.push(format!("{slug} has nobody on its roster: latchline roster import --chapter {slug} FILE.csv"));
            }
            let twilio = lines.iter().any(|line| line.carrier == CarrierKind::Twilio);
            if twilio && !configuration.server.public_url.starts_with("https://") {
                wrong.push("server.public_url is not an https:// address: carriers sign for the address they call".to_owned());
            }
        }
        if configuration.mail.host.is_empty() {
            wrong.push("[mail] has no host: if a line fails, nobody is told".to_owned());
        }
        if configuration.sending.doubts_too_soon() {
            wrong.push("sending.lease_seconds and sending.lost_after_seconds must be more than the 12 s that a request to a carrier may take, or a text can go twice".to_owned());
        }
        wrong
    }
}

pub(super) async fn run(config: &Config) -> Result<()> {
    let configuration = super::read(config)?;
    let store = install::store(&configuration).await?;
    let inventory = Inventory::take(&store).await?;
    install::dispatch(&configuration, store.clone())?;
    store.close().await;
    println!("The configuration can be used, the key fits, and the database is up to date.");
    println!("  public address  {}", configuration.server.public_url);
    for line in inventory.lines() {
        println!("{line}");
    }
    let problems = inventory.problems(&configuration);
    for problem in &problems {
        println!("  ! {problem}");
    }
    // What is merely missing is said; what keeps the service from its work fails the check.
    if inventory.chapters.is_empty() {
        bail!("there is nothing to serve yet");
    }
    Ok(())
}
