//! The real program under measurement: installed, started and spoken to as a carrier speaks to it.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

pub(crate) const LINE: &str = "+12125550100";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://refer.example.org";

/// Which database it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

/// An installation in a throw-away folder, and the program serving it.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) database: String,
    serve: Child,
}

impl Program {
    /// Installs a chapter with `members` on its roster and a line without a rate, and serves it.
    pub(crate) async fn start(
        on: Database,
        members: usize,
        api_base: &str,
        settle: u32,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = match on {
            Database::Sqlite => format!("sqlite:{}", folder.path().join("latchline.db").display()),
            Database::Postgres => fresh_postgres().await?,
        };
        let address = free_address()?;
        let path = |name: &str| folder.path().join(name);
        std::fs::write(
            path("config.toml"),
            format!(
                "[server]\nlisten = \"{address}\"\npublic_url = \"{PUBLIC}\"\napi_requests_per_minute = 0\n[database]\nurl = \"{database}\"\n\
                 [secrets]\nkey_file = \"{}\"\n[dispatch]\nsettle_seconds = {settle}\nquiet_hours = \"off\"\n\
                 member_cap = 100000\n\
                 keep_texts_days = 3650\nkeep_numbers_days = 3650\n[sending]\nperson_gap_seconds = 0\n[log]\nfilter = \"error\"\n",
                path("key").display()
            ),
        )?;
        std::fs::write(path("token"), TOKEN)?;
        let mut roster = std::fs::File::create(path("roster.csv"))?;
        writeln!(roster, "name,phone,areas,visit_types")?;
        for number in 0..members {
            writeln!(roster, "Member {number},{},Brooklyn,home", member(number))?;
        }
        let this = |arguments: &[&str]| -> Result<()> {
            let done = command(&folder.path().join("config.toml")).args(arguments).output()?;
            if !done.status.success() {
                bail!("{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
            }
            Ok(())
        };
        let key = path("key").display().to_string();
        this(&["key", "generate", &key])?;
        this(&[
            "chapter",
            "add",
            "--slug",
            "bench",
            "--name",
            "Bench",
            "--timezone",
            "America/New_York",
        ])?;
        let token = path("token").display().to_string();
        this(&[
            "line",
            "add",
            "--chapter",
            "bench",
            "--carrier",
            "twilio",
            "--number",
            LINE,
            "--account-sid",
            "ACbench",
            "--auth-token-file",
            &token,
            "--api-base",
            api_base,
            "--per-second",
            "0",
        ])?;
        if members > 0 {
            let roster = path("roster.csv").display().to_string();
            this(&["roster", "import", "--chapter", "bench", &roster])?;
        }
        let serve = command(&path("config.toml")).arg("serve").stdout(Stdio::null()).spawn()?;
        let program = Self { address, folder, database, serve };
        program.ready().await?;
        Ok(program)
    }

    /// Serves an installation again.
    pub(crate) async fn again(config: &std::path::Path) -> Result<Self> {
        let text = std::fs::read_to_string(config)?;
        let address =
            text.lines().find_map(|line| line.strip_prefix("listen = \"")?.strip_suffix('"'));
        let address = address.context("no address in the configuration")?.parse()?;
        let serve = command(config).arg("serve").stdout(Stdio::null()).spawn()?;
        let program =
            Self { address, folder: tempfile::tempdir()?, database: String::new(), serve };
        program.ready().await?;
        Ok(program)
    }

    /// A token of the API that may do all that an admin may.
    pub(crate) fn token(&self) -> Result<String> {
        let words = ["token", "create", "--chapter", "bench", "--name", "bench", "--role", "admin"];
        Ok(self.does(&words)?.trim().to_owned())
    }

    /// One of the chapter's people.
    pub(crate) fn admin(&self) -> Result<()> {
        self.does(&[
            "admin",
            "add",
            "--chapter",
            "bench",
            "--name",
            "Bench",
            "--email",
            "bench@example.org",
            "--phone",
            "+16465550199",
            "--role",
            "owner",
        ])?;
        Ok(())
    }

    /// Another command, beside the program that serves; what it printed.
    fn does(&self, words: &[&str]) -> Result<String> {
        let done = command(&self.folder.path().join("config.toml")).args(words).output()?;
        if !done.status.success() {
            bail!("{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        }
        Ok(String::from_utf8(done.stdout)?)
    }

    /// Lets the database look at what it holds, as it would in time by itself.
    pub(crate) async fn analyse(&self, on: Database) -> Result<()> {
        use sqlx::Connection as _;
        match on {
            Database::Sqlite => {
                let file = self.folder.path().join("latchline.db");
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
            }
            Database::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.database).await?;
                sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await?;
            }
        }
        Ok(())
    }

    async fn ready(&self) -> Result<()> {
        let client = client()?;
        for _ in 0..2000 {
            let answer = client.get(format!("http://{}/readyz", self.address)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the program is not ready after ten seconds")
    }

    /// Stops serving and keeps the installation.
    pub(crate) fn stop(mut self) -> tempfile::TempDir {
        std::mem::replace(
            &mut self.folder,
            tempfile::TempDir::new().unwrap_or_else(|error| panic!("{error}")),
        )
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> u32 {
        self.serve.id()
    }

    /// Posts a text as the carrier does, signed, and gives the status.
    pub(crate) async fn text(
        &self,
        client: &reqwest::Client,
        id: &str,
        from: &str,
        body: &str,
    ) -> Result<u16> {
        let fields = [
            ("AccountSid", "ACbench"),
            ("Body", body),
            ("From", from),
            ("MessageSid", id),
            ("NumMedia", "0"),
            ("To", LINE),
        ];
        let mut signed = format!("{PUBLIC}/hooks/twilio/message");
        for (name, value) in fields {
            signed.push_str(name);
            signed.push_str(value);
        }
        let mut mac = Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes())?;
        mac.update(signed.as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let answer = client
            .post(format!("http://{}/hooks/twilio/message", self.address))
            .header("X-Twilio-Signature", signature)
            .form(&fields)
            .send()
            .await
            .context("a webhook")?;
        let status = answer.status().as_u16();
        answer.bytes().await?;
        Ok(status)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.serve.kill();
        let _ = self.serve.wait();
    }
}

/// The number of a member.
pub(crate) fn member(number: usize) -> String {
    format!("+1718{:07}", 2_000_000 + number)
}

/// The number of a family.
pub(crate) fn family(number: usize) -> String {
    format!("+1917{:07}", 2_000_000 + number)
}

/// An HTTP client that keeps its connections.
pub(crate) fn client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().pool_max_idle_per_host(256).build()?)
}

fn command(config: &std::path::Path) -> Command {
    let mut command = Command::new(binary());
    // As the unit of `deploy/` starts it.
    command.env("MALLOC_MMAP_THRESHOLD_", "65536");
    command.env("LATCHLINE_CONFIG", config);
    command
}

#[expect(clippy::disallowed_methods, reason = "the run script tells where the program is")]
fn binary() -> PathBuf {
    std::env::var("LATCHLINE_BIN").unwrap_or_else(|_| "target/release/latchline".to_owned()).into()
}

#[expect(clippy::disallowed_methods, reason = "the run script tells where PostgreSQL is")]
async fn fresh_postgres() -> Result<String> {
    use sqlx::Connection as _;
    let server =
        std::env::var("LATCHLINE_TEST_POSTGRES").context("run this with tests/bench/run")?;
    let name = format!("bench_{}", std::process::id() + u32::from(free_address()?.port()));
    let mut connection = sqlx::PgConnection::connect(&server).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await?;
    let (base, query) =
        server.split_once('?').map_or((server.as_str(), ""), |(base, query)| (base, query));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    Ok(if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") })
}

pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
