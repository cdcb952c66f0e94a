//! Hospitals, their requirements and members' papers.

use std::path::PathBuf;

use clap::Subcommand;

use super::Config;

#[derive(Debug, Subcommand)]
pub(crate) enum HospitalCommand {
    /// Add a hospital, or the chapter's own baseline list.
    Add {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// How the hospital is called in addresses, files and rules.
        #[arg(long)]
        slug: String,
        /// Its full name.
        #[arg(long)]
        name: String,
        /// This is the chapter's own list (chapter set enforce_baseline=true makes it decide who
        /// receives referrals).
        #[arg(long)]
        baseline: bool,
    },
    /// Say which hospitals there are, how far the chapter has come with them, and what to check again.
    List {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say who is eligible, why and until when: a JSON line for each hospital and member, as
    /// `eligibility` prints them, with the member's id.
    Standing {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// One hospital's only.
        #[arg(long)]
        slug: Option<String>,
        /// The day, as 2026-11-21; today where none is given.
        #[arg(long)]
        as_of: Option<jiff::civil::Date>,
    },
    /// Publish a hospital's list as it is today.
    Publish {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// The hospital.
        #[arg(long)]
        slug: String,
    },
    /// Make a hospital's private link anew and print it; the one before stops working.
    Link {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// The hospital.
        #[arg(long)]
        slug: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SheetCommand {
    /// Bring rows in from a CSV file: all, or none if one is bad.
    Import {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// The file; its header names the columns.
        file: PathBuf,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write them as CSV on standard output, in the form that an import takes back.
    Export {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
    },
}
