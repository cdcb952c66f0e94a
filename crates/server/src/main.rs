//! Latchline: the referral dispatch of a lactation chapter, in one program.

mod cli;
mod clock;
mod commands;
mod configuration;
mod demo;
mod http;
mod install;
mod telemetry;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    // One provider of cryptography for every TLS connection; a second install is refused, not wrong.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// One clear line on standard error: what was being done, why it failed, and what to do next.
fn fail(error: &anyhow::Error) -> ExitCode {
    let chain = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
    eprintln!("latchline: {}", chain.replace('\n', " "));
    ExitCode::FAILURE
}
