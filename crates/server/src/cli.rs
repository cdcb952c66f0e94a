//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::simulate::Simulate;

mod lists;

pub(crate) use lists::{HospitalCommand, SheetCommand};

/// The referral dispatch of a lactation chapter.
#[derive(Debug, Parser)]
#[command(name = "latchline", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play a referral in the browser: a sample chapter with clickable phones, no account anywhere.
    Demo {
        /// Where to serve it.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// A PostgreSQL database to play in; a throw-away SQLite file if there is none.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
    },
    /// Run the service.
    Serve(Config),
    /// Bring the database's tables up to date.
    Migrate(Config),
    /// Say what is configured and what is wrong with it.
    Check(Config),
    /// Chapters.
    #[command(subcommand)]
    Chapter(ChapterCommand),
    /// Lines: a chapter's numbers at carriers.
    #[command(subcommand)]
    Line(LineCommand),
    /// The chapter's people.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// The roster.
    #[command(subcommand)]
    Roster(RosterCommand),
    /// Hospitals and their lists.
    #[command(subcommand)]
    Hospital(HospitalCommand),
    /// What hospitals ask for.
    #[command(subcommand)]
    Requirements(SheetCommand),
    /// Members' papers and facts.
    #[command(subcommand)]
    Evidence(SheetCommand),
    /// Print the description of the API, OpenAPI 3.1.
    Openapi,
    /// The outbox.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Write everything the database holds to a file that only its owner can read, beside a running
    /// service. The key is not in it, and an existing file is never overwritten.
    Backup {
        #[command(flatten)]
        config: Config,
        /// The file.
        file: PathBuf,
        /// Print what was written as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put a backup into an empty database, of either kind. It refuses while the service runs.
    Restore {
        #[command(flatten)]
        config: Config,
        /// The file.
        file: PathBuf,
        /// Replace what the database holds.
        #[arg(long)]
        replace: bool,
        /// Print what was restored as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The key that seals what is private.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Read messages, one JSON object a line on standard input, and print what they say.
    Read {
        /// As whom the messages were written.
        #[arg(long = "as")]
        who: ReadAs,
        /// Words and rules beside those that are built in, in the form of their files.
        #[arg(long, value_name = "FILE")]
        lexicon: Option<PathBuf>,
    },
    /// Compare the policies by which places are given, on a made-up roster.
    Simulate(Simulate),
    /// Evaluate a file of hospitals, members and overrides without a database.
    Eligibility {
        /// The file.
        file: PathBuf,
        /// The day, as 2026-11-21; the file's own, or today.
        #[arg(long)]
        as_of: Option<jiff::civil::Date>,
    },
}

/// Where the configuration is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Config {
    /// The configuration file. `config/default.toml` in the source is the reference.
    #[arg(long, env = "LATCHLINE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReadAs {
    /// Families' messages.
    Family,
    /// Members' replies.
    Member,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ChapterCommand {
    /// Add a chapter.
    Add {
        #[command(flatten)]
        config: Config,
        /// How it is called on the command line: small letters, digits and hyphens.
        #[arg(long)]
        slug: String,
        /// Its full name.
        #[arg(long)]
        name: String,
        /// The zone its people live in, such as America/New_York.
        #[arg(long)]
        timezone: String,
        /// What it decides for itself, as KEY=VALUE with a key of the [dispatch] section.
        #[arg(long = "set", value_name = "KEY=VALUE")]
        settings: Vec<String>,
    },
    /// Change what a chapter decides for itself.
    Set {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// KEY=VALUE with a key of the [dispatch] section; KEY= goes back to the installation's.
        #[arg(required_unless_present_any = ["lexicon", "member_lexicon"], value_name = "KEY=VALUE")]
        settings: Vec<String>,
        /// What the chapter adds to the vocabularies and rules of families' messages, in the form of
        /// their files; an empty file takes it back.
        #[arg(long, value_name = "FILE")]
        lexicon: Option<PathBuf>,
        /// The same for members' replies.
        #[arg(long, value_name = "FILE")]
        member_lexicon: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CarrierName {
    /// Twilio.
    Twilio,
    /// The carrier inside this program.
    Simulated,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Purpose {
    /// Families and members.
    Both,
    /// Families.
    Families,
    /// Members and admins.
    Members,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LineCommand {
    /// Add a line.
    Add {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// Who carries it.
        #[arg(long)]
        carrier: CarrierName,
        /// Its number, as +1...
        #[arg(long)]
        number: String,
        /// The account's id at the carrier.
        #[arg(long, required_if_eq("carrier", "twilio"))]
        account_sid: Option<String>,
        /// The file that holds the account's token and nothing else. The token is sealed into the
        /// database; the file can go.
        #[arg(long, required_if_eq("carrier", "twilio"))]
        auth_token_file: Option<PathBuf>,
        #[command(flatten)]
        way: LineWay,
        /// Whom it is for.
        #[arg(long, default_value = "both")]
        purpose: Purpose,
    },
    /// Change what opens a line at its carrier, or how fast it sends: what is not named stays. A
    /// service that runs takes it up within five seconds.
    Set {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// Its number, as +1...
        #[arg(long)]
        number: String,
        /// The account's id at the carrier.
        #[arg(long)]
        account_sid: Option<String>,
        /// The file that holds the account's new token and nothing else.
        #[arg(long)]
        auth_token_file: Option<PathBuf>,
        #[command(flatten)]
        way: LineWay,
    },
}

/// How a line's texts go to its carrier.
#[derive(Debug, Args)]
pub(crate) struct LineWay {
    /// The messaging service that sends for the line; an empty one for none.
    #[arg(long)]
    pub(crate) messaging_service: Option<String>,
    /// Where the carrier's API is, if not at its usual address; an empty one for the usual.
    #[arg(long)]
    pub(crate) api_base: Option<String>,
    /// How many texts a second it may send; 0 for no limit of its own. A new line sends one.
    #[arg(long)]
    pub(crate) per_second: Option<f64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum RoleName {
    /// Everything.
    Owner,
    /// Everything but users.
    Admin,
    /// Referrals and conversations.
    Moderator,
    /// Looks.
    Reader,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Add one of the chapter's people, and print a link that signs her in once. For somebody who is
    /// one already, print a fresh link.
    Add {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// Her name.
        #[arg(long)]
        name: String,
        /// Her e-mail address.
        #[arg(long)]
        email: String,
        /// Her number: she is paged there.
        #[arg(long)]
        phone: String,
        /// What she may do.
        #[arg(long, default_value = "admin")]
        role: RoleName,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make an API token and print it, alone. It is not kept: only its hash is.
    Create {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// What it is called.
        #[arg(long)]
        name: String,
        /// What it may do.
        #[arg(long, default_value = "reader")]
        role: RoleName,
        /// The e-mail address of the one of the chapter's people who uses it: what is done with it, she
        /// does. A program's own token decides about no papers and approves no exceptions.
        #[arg(long)]
        for_admin: Option<String>,
        /// What it opens of the API, such as lists:read; several times for several. Without it, all that
        /// its role may.
        #[arg(long = "scope", value_name = "AREA:read|write")]
        scopes: Vec<String>,
    },
    /// List a chapter's tokens: id, name, role, scopes, and since when one is revoked.
    List {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
    },
    /// Revoke a token: from now on it opens nothing.
    Revoke {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
        /// What it is called.
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum RosterCommand {
    /// Bring members in from a CSV file: all rows, or none if one is bad.
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
        /// Import the good rows although others are bad.
        #[arg(long)]
        skip_bad: bool,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the roster as CSV on standard output.
    Export {
        #[command(flatten)]
        config: Config,
        /// The chapter's slug.
        #[arg(long)]
        chapter: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OutboxCommand {
    /// Say what waits, what is unknown and what failed, by state and age.
    List {
        #[command(flatten)]
        config: Config,
        /// One chapter's only.
        #[arg(long)]
        chapter: Option<String>,
        /// The messages in this state one by one, without their words.
        #[arg(long)]
        state: Option<String>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Send a failed message again.
    Retry {
        #[command(flatten)]
        config: Config,
        /// Its id.
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Write a new key to a file that only its owner can read. It never overwrites one.
    Generate {
        /// The file.
        file: PathBuf,
    },
    /// Make a new key and seal everything with it, while the nodes run. It may be broken off and begun
    /// again. The keys before it stay in the file: numbers are looked up by the oldest.
    Rotate {
        #[command(flatten)]
        config: Config,
        /// So long every node has to come to know the new key before anything is sealed with it: copy the
        /// key file to machines that have one of their own.
        #[arg(long, default_value_t = 30)]
        wait_seconds: u32,
    },
}
