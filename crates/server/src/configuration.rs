//! The configuration: what is embedded, then the file, then the environment.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context as _, Result, bail};
use config::{Config, Environment, File, FileFormat};
use dispatch::Sending;
use model::{seconds, settings::Settings};
use serde::Deserialize;

/// The reference and the default.
const DEFAULT: &str = include_str!("../../../config/default.toml");

/// Everything that can be configured. The keys are explained in `config/default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configuration {
    pub(crate) server: Server,
    pub(crate) database: Database,
    pub(crate) secrets: Secrets,
    pub(crate) dispatch: Settings,
    pub(crate) sending: SendingKeys,
    pub(crate) mail: Mail,
    pub(crate) push: Push,
    pub(crate) log: Log,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: String,
    pub(crate) metrics_listen: String,
    pub(crate) api_requests_per_minute: u32,
    pub(crate) webhooks_over_http: bool,
    pub(crate) webhooks_to_private_addresses: bool,
}

impl Server {
    /// Where a chapter's own tools may be.
    pub(crate) fn reach(&self) -> dispatch::Reach {
        dispatch::Reach {
            plain_http: self.webhooks_over_http,
            private_addresses: self.webhooks_to_private_addresses,
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    pub(crate) url: String,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Database")
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secrets {
    pub(crate) key_file: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendingKeys {
    concurrency: usize,
    lease_seconds: i64,
    ask_after_seconds: i64,
    lost_after_seconds: i64,
    person_gap_seconds: i64,
    person_burst: i64,
}

impl SendingKeys {
    /// Whether a text may be taken for lost while its request is still under way.
    pub(crate) fn doubts_too_soon(&self) -> bool {
        let request = carriers::twilio::HttpOptions::default().request_timeout.as_secs();
        let request = i64::try_from(request).unwrap_or(i64::MAX);
        self.lease_seconds <= request || self.lost_after_seconds <= request
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: String,
    pub(crate) username: String,
    pub(crate) password_file: String,
    pub(crate) from: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Push {
    pub(crate) services: String,
}

impl Push {
    /// The hosts of the push services that are spoken to.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let hosts = self.services.split(',').map(str::trim);
        hosts.filter(|host| !host.is_empty()).map(str::to_lowercase).collect()
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    pub(crate) format: String,
    pub(crate) filter: String,
}

impl Configuration {
    /// Reads the configuration. A key that is unknown, or a value that cannot be, is named with the
    /// place it came from.
    pub(crate) fn read(file: Option<&PathBuf>) -> Result<Self> {
        let mut sources = Config::builder().add_source(File::from_str(DEFAULT, FileFormat::Toml));
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).with_context(|| {
                format!("the configuration file {} cannot be read", file.display())
            })?;
            sources = sources.add_source(File::from_str(&text, FileFormat::Toml));
        }
        sources = sources.add_source(
            Environment::with_prefix("LATCHLINE").prefix_separator("__").separator("__"),
        );
        let read = sources.build().context("the configuration cannot be read")?;
        let mut this: Self = read.try_deserialize().context("the configuration cannot be used")?;
        this.server.public_url = this.server.public_url.trim_end_matches('/').to_owned();
        let url = &this.server.public_url;
        if !(url.starts_with("https://") || url.starts_with("http://")) || url.contains(['?', '#'])
        {
            bail!(
                "server.public_url must be an address that begins with https:// (http:// for trying out)"
            );
        }
        if this.sending.concurrency == 0 {
            bail!("sending.concurrency must be at least 1");
        }
        if this.sending.person_gap_seconds < 0 || this.sending.person_burst < 1 {
            bail!(
                "sending.person_gap_seconds must not be negative, and sending.person_burst at least 1"
            );
        }
        Ok(this)
    }

    /// The built-in configuration alone, for the demo.
    pub(crate) fn built_in() -> Result<Self> {
        let read =
            Config::builder().add_source(File::from_str(DEFAULT, FileFormat::Toml)).build()?;
        Ok(read.try_deserialize()?)
    }

    /// Whether the installation says where people reach it: texts carry links to its pages only then.
    pub(crate) fn is_reachable(&self) -> Result<bool> {
        Ok(self.server.public_url != Self::built_in()?.server.public_url)
    }

    pub(crate) fn sending(&self) -> Sending {
        Sending {
            concurrency: self.sending.concurrency,
            lease: seconds(self.sending.lease_seconds),
            ask_after: seconds(self.sending.ask_after_seconds),
            lost_after: seconds(self.sending.lost_after_seconds),
            phone_gap: seconds(self.sending.person_gap_seconds),
            phone_burst: self.sending.person_burst,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_what_the_program_does_without_a_file() {
        let built_in = Configuration::built_in().expect("the embedded configuration");
        assert_eq!(built_in.dispatch, Settings::default());
        let sending = (built_in.sending(), Sending::default());
        assert_eq!(format!("{:?}", sending.0), format!("{:?}", sending.1));
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        std::fs::write(&file, "[dispatch]\nsettle_secs = 1\n").expect("a file");
        let error = Configuration::read(Some(&file)).expect_err("an unknown key");
        assert!(format!("{error:#}").contains("settle_secs"), "{error:#}");
    }

    #[test]
    fn a_file_overrides_what_it_names_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("config.toml");
        std::fs::write(&file, "[dispatch]\nsettle_seconds = 0\nquiet_hours = \"off\"\n")
            .expect("a file");
        let read = Configuration::read(Some(&file)).expect("a configuration");
        assert_eq!((read.dispatch.settle_seconds, read.dispatch.names_by_minutes), (0, 120));
        assert_eq!(read.dispatch.quiet_hours, model::settings::QuietHours::Off);
    }
}
