//! `latchline simulate`: what each policy does to a roster, and how long families wait.

mod plot;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use dispatch::policy::{
    Policy,
    simulation::{self, Figures, Trial},
};
use model::settings::Settings;

/// How large a trial is, and what is written of it.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// How many members are on the roster.
    #[arg(long, default_value_t = 300)]
    members: usize,
    /// How many families ask.
    #[arg(long, default_value_t = 1000)]
    referrals: usize,
    /// What chance begins with: the same number gives the same figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Draw the figures into this folder: places.svg and waiting.svg.
    #[arg(long, value_name = "FOLDER")]
    plots: Option<PathBuf>,
    /// Print one JSON object a policy.
    #[arg(long)]
    json: bool,
}

const POLICIES: [Policy; 4] =
    [Policy::FirstThree, Policy::FairStart, Policy::Waves, Policy::Window];

pub(super) fn run(wanted: &Simulate) -> Result<()> {
    ensure!(
        (10..=10_000).contains(&wanted.members) && (1..=100_000).contains(&wanted.referrals),
        "a trial has 10 to 10,000 members and 1 to 100,000 referrals"
    );
    let Simulate { members, referrals, seed, .. } = *wanted;
    let trial = Trial { members, referrals, seed };
    let figures = POLICIES.map(|policy| simulation::run(policy, &Settings::default(), trial));
    if wanted.json {
        for figures in &figures {
            println!("{}", serde_json::to_string(figures)?);
        }
    } else {
        table(wanted, &figures);
    }
    if let Some(folder) = &wanted.plots {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        write(&folder.join("places.svg"), &plot::places(&figures))?;
        write(&folder.join("waiting.svg"), &plot::waiting(&figures))?;
    }
    Ok(())
}

fn write(file: &Path, drawing: &str) -> Result<()> {
    std::fs::write(file, drawing).with_context(|| format!("{} cannot be written", file.display()))
}

fn table(wanted: &Simulate, figures: &[Figures]) {
    let (members, referrals) = (wanted.members, wanted.referrals);
    println!(
        "{members} members, {referrals} referrals, one text a second. A model, not a forecast."
    );
    println!();
    println!(
        "{:<12} {:>12} {:>6} {:>14} {:>14} {:>12} {:>14}",
        "policy",
        "quickest ten",
        "Gini",
        "wait, median",
        "wait, 9 of 10",
        "under three",
        "texts a family"
    );
    for one in figures {
        println!(
            "{:<12} {:>10.1} % {:>6.2} {:>10.1} min {:>10.1} min {:>10.1} % {:>14.0}",
            one.policy.to_string(),
            one.quickest_ten * 100.0,
            one.gini,
            one.wait_median,
            one.wait_p90,
            one.short * 100.0,
            one.texts
        );
    }
    println!();
    println!("An even share of ten members is {:.1} %.", 1000.0 / members as f64);
}
