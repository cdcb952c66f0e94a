//! The sub-commands, one a file.

mod admin;
mod backup;
mod chapter;
mod check;
mod eligibility;
mod line;
mod lists;
mod outbox;
mod read;
mod roster;
mod rotate;
mod serve;
pub(crate) mod simulate;
mod token;

use anyhow::Result;
pub(crate) use serve::{begin, stop_on_signal};

use crate::{
    cli::{
        AdminCommand, ChapterCommand, Cli, Command, Config, KeyCommand, LineCommand, OutboxCommand,
        RosterCommand, TokenCommand,
    },
    configuration::Configuration,
    demo, install,
};

/// Does what the command line says.
pub(crate) async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Demo { listen, database } => demo::run(listen, database).await,
        Command::Serve(config) => serve::run(&read(&config)?).await,
        Command::Migrate(config) => {
            let configuration = read(&config)?;
            install::store(&configuration).await?.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Check(config) => check::run(&config).await,
        Command::Chapter(ChapterCommand::Add { config, slug, name, timezone, settings }) => {
            chapter::add(&read(&config)?, &slug, &name, &timezone, &settings).await
        }
        Command::Chapter(ChapterCommand::Set {
            config,
            chapter,
            settings,
            lexicon,
            member_lexicon,
        }) => {
            let words = chapter::Words { lexicon, member_lexicon };
            chapter::set(&read(&config)?, &chapter, &settings, &words).await
        }
        Command::Line(LineCommand::Add {
            config,
            chapter,
            carrier,
            number,
            account_sid,
            auth_token_file,
            way,
            purpose,
        }) => {
            let told = line::Told { account_sid, auth_token_file, way };
            line::add(&read(&config)?, &chapter, carrier, &number, told, purpose).await
        }
        Command::Line(LineCommand::Set {
            config,
            chapter,
            number,
            account_sid,
            auth_token_file,
            way,
        }) => {
            let told = line::Told { account_sid, auth_token_file, way };
            line::set(&read(&config)?, &chapter, &number, told).await
        }
        Command::Admin(AdminCommand::Add { config, chapter, name, email, phone, role }) => {
            admin::add(&read(&config)?, &chapter, &name, &email, &phone, role).await
        }
        Command::Token(TokenCommand::Create { config, chapter, name, role, for_admin, scopes }) => {
            let for_admin = for_admin.as_deref();
            token::create(&read(&config)?, &chapter, &name, role, for_admin, scopes).await
        }
        Command::Token(TokenCommand::List { config, chapter }) => {
            token::list(&read(&config)?, &chapter).await
        }
        Command::Token(TokenCommand::Revoke { config, chapter, name }) => {
            token::revoke(&read(&config)?, &chapter, &name).await
        }
        Command::Roster(RosterCommand::Import {
            config,
            chapter,
            file,
            dry_run,
            skip_bad,
            json,
        }) => roster::import(&read(&config)?, &chapter, &file, dry_run, skip_bad, json).await,
        Command::Roster(RosterCommand::Export { config, chapter }) => {
            roster::export(&read(&config)?, &chapter).await
        }
        Command::Hospital(command) => lists::hospital(command).await,
        Command::Requirements(command) => lists::sheet(lists::Sheet::Requirements, command).await,
        Command::Evidence(command) => lists::sheet(lists::Sheet::Evidence, command).await,
        Command::Openapi => {
            use std::io::Write as _;
            // Whoever reads only its beginning is no failure of ours.
            let _ = writeln!(std::io::stdout(), "{:#}", ::admin::api_document());
            Ok(())
        }
        Command::Outbox(OutboxCommand::List { config, chapter, state, json }) => {
            outbox::list(&read(&config)?, chapter.as_deref(), state.as_deref(), json).await
        }
        Command::Outbox(OutboxCommand::Retry { config, id }) => {
            outbox::retry(&read(&config)?, &id).await
        }
        Command::Backup { config, file, json } => backup::take(&read(&config)?, &file, json).await,
        Command::Restore { config, file, replace, json } => {
            backup::restore(&read(&config)?, &file, replace, json).await
        }
        Command::Key(KeyCommand::Rotate { config, wait_seconds }) => {
            rotate::run(&read(&config)?, wait_seconds).await
        }
        Command::Key(KeyCommand::Generate { file }) => {
            install::generate_key(&file)?;
            println!(
                "A new key stands in {}. Keep a copy apart from the database's backups.",
                file.display()
            );
            Ok(())
        }
        Command::Read { who, lexicon } => read::run(who, lexicon.as_deref()),
        Command::Simulate(wanted) => simulate::run(&wanted),
        Command::Eligibility { file, as_of } => eligibility::run(&file, as_of),
    }
}

fn read(config: &Config) -> Result<Configuration> {
    Configuration::read(config.config.as_ref())
}
