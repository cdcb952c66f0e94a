use anyhow::{Context as _, Result, bail};
use eligibility::file::Line;
use jiff::civil::Date;
use model::Clock as _;
use roster::{Act, NewHospital, Person, Roll};
use serde_json::json;
use storage::Store;

use super::roster::tell;
use crate::{
    cli::{Config, HospitalCommand, SheetCommand},
    clock::SystemClock,
    configuration::Configuration,
    install,
};

/// Which of the two files.
#[derive(Clone, Copy)]
pub(super) enum Sheet {
    Requirements,
    Evidence,
}

/// The database of a configuration, and what is done in it by whoever has the command line.
struct AtWork {
    configuration: Configuration,
    store: Store,
    act: Act,
}

async fn at_work(config: &Config, chapter: &str) -> Result<AtWork> {
    let configuration = super::read(config)?;
    let store = install::store(&configuration).await?;
    let chapter = install::chapter(&store, chapter).await?.id;
    let act =
        Act { chapter, by: Person::Service, now: SystemClock.now(), chance: install::chance()? };
    Ok(AtWork { configuration, store, act })
}

pub(super) async fn hospital(command: HospitalCommand) -> Result<()> {
    match command {
        HospitalCommand::Add { config, chapter, slug, name, baseline } => {
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let new = NewHospital {
                slug,
                name,
                baseline,
                stage: None,
                renewal_on: None,
                note: String::new(),
            };
            let added = roster::add_hospital(&store, &act, new).await?;
            store.close().await;
            println!(
                "Added {}. Next: latchline requirements import --chapter {chapter} FILE.csv",
                added.slug
            );
        }
        HospitalCommand::List { config, chapter, json } => {
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let roll = load(&store, &act).await?;
            store.close().await;
            list(&roll, today(&roll, &act), json);
        }
        HospitalCommand::Standing { config, chapter, slug, as_of } => {
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let roll = load(&store, &act).await?;
            store.close().await;
            let day = as_of.unwrap_or_else(|| today(&roll, &act));
            for (place, hospital) in roll.hospitals.iter().enumerate() {
                if slug.as_ref().is_some_and(|slug| *slug != hospital.slug) {
                    continue;
                }
                for evaluation in roll.judge(place, day) {
                    println!("{}", serde_json::to_string(&Line::from(&evaluation))?);
                }
            }
        }
        HospitalCommand::Publish { config, chapter, slug } => {
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let edition = roster::publish(&store, &act, &slug).await?;
            store.close().await;
            println!(
                "Published edition {}: {} on it.",
                edition.number,
                edition.frozen.entries.len()
            );
        }
        HospitalCommand::Link { config, chapter, slug } => {
            let AtWork { configuration, store, act } = at_work(&config, &chapter).await?;
            let secret = roster::new_link(&store, &act, &slug).await?;
            store.close().await;
            println!("{}/h/{secret}", configuration.server.public_url);
        }
    }
    Ok(())
}

async fn load(store: &Store, act: &Act) -> Result<Roll> {
    let chapter = act.chapter;
    Ok(store.read(move |tx| Box::pin(async move { Roll::load(tx, chapter).await })).await?)
}

fn today(roll: &Roll, act: &Act) -> Date {
    act.now.in_zone(&roll.chapter.timezone).date()
}

fn list(roll: &Roll, today: Date, as_json: bool) {
    for (place, hospital) in roll.hospitals.iter().enumerate() {
        let rules = roll.rules()[place].rules_on(today);
        let version = rules.map_or("none", |set| set.version.as_str());
        let listed = roll.listed(place, today).count();
        let rechecks = rules
            .into_iter()
            .flat_map(|set| &set.rules)
            .filter_map(|rule| Some((rule.source.as_ref()?.recheck_on?, rule.key.as_str())));
        let recheck = rechecks.min();
        if as_json {
            println!(
                "{}",
                json!({
                    "slug": hospital.slug, "name": hospital.name, "baseline": hospital.baseline,
                    "stage": hospital.stage, "renewal_on": hospital.renewal_on, "rules": version,
                    "eligible": listed, "members": roll.members.len(),
                    "recheck_on": recheck.map(|(day, _)| day), "recheck": recheck.map(|(_, key)| key),
                })
            );
        } else {
            let recheck = recheck
                .map_or_else(String::new, |(day, key)| format!(", check {key} again by {day}"));
            println!(
                "{}: {} ({}), rules {version}, {listed} of {} eligible{recheck}",
                hospital.slug,
                hospital.name,
                hospital.stage,
                roll.members.len()
            );
        }
    }
}

pub(super) async fn sheet(sheet: Sheet, command: SheetCommand) -> Result<()> {
    match command {
        SheetCommand::Import { config, chapter, file, dry_run, json } => {
            let bytes = std::fs::read(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let (imported, bad) = match sheet {
                Sheet::Requirements => {
                    roster::import_requirements(&store, &act, &bytes, dry_run).await?
                }
                Sheet::Evidence => roster::import_evidence(&store, &act, &bytes, dry_run).await?,
            };
            store.close().await;
            for cell in &bad {
                eprintln!("{cell}");
            }
            let kept = imported.changes.len();
            if !bad.is_empty() && kept > 0 {
                bail!(
                    "the first {kept} lines were imported; what a later one is about was changed \
                     meanwhile: look at it and bring the same file in again"
                );
            }
            if !bad.is_empty() {
                bail!(
                    "{} cells are bad and nothing was imported; mend them and try again",
                    bad.len()
                );
            }
            tell(&imported, &bad, dry_run, json);
        }
        SheetCommand::Export { config, chapter } => {
            let AtWork { store, act, .. } = at_work(&config, &chapter).await?;
            let file = match sheet {
                Sheet::Requirements => roster::export_requirements(&store, &act).await?,
                Sheet::Evidence => roster::export_evidence(&store, &act).await?,
            };
            store.close().await;
            print!("{file}");
        }
    }
    Ok(())
}
