//! An installation of the real program: a chapter with a line, an admin and a roster.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use carriers::twilio::{HttpOptions, http_client};
use model::{Clock as _, day_hours};
use sqlx::Connection as _;

use crate::day::Now;

pub(crate) const LINE: &str = "+12125550100";
pub(crate) const ADMIN: &str = "+16462000001";
pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "a token for the fault runs";

/// So many members serve the same place.
const OF_A_PLACE: usize = 8;

/// On which database the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite, one node",
            Self::Postgres => "PostgreSQL, two nodes",
        }
    }

    /// How many nodes serve it.
    pub(crate) fn nodes(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 2,
        }
    }
}

/// An installation in a throw-away folder.
pub(crate) struct Installation {
    pub(crate) database: Database,
    /// Its address, as `database.url` has it.
    pub(crate) url: String,
    pub(crate) members: Vec<String>,
    folder: tempfile::TempDir,
    listens: Vec<SocketAddr>,
}

impl Installation {
    /// Writes its files and sets up its chapter. The nodes do not run yet.
    pub(crate) async fn new(
        database: Database,
        places: &[&str],
        listens: Vec<SocketAddr>,
        public: SocketAddr,
        carrier: &str,
        keep: Option<&Path>,
    ) -> Result<Self> {
        let mut folder = match keep {
            Some(path) => tempfile::Builder::new().prefix("latchline-faults-").tempdir_in(path)?,
            None => tempfile::Builder::new().prefix("latchline-faults-").tempdir()?,
        };
        folder.disable_cleanup(keep.is_some());
        let url = match database {
            Database::Sqlite => format!("sqlite:{}", folder.path().join("latchline.db").display()),
            Database::Postgres => fresh_postgres().await?,
        };
        let members = (0..places.len() * OF_A_PLACE).map(member).collect::<Vec<_>>();
        let this = Self { database, url, members, folder, listens };
        for (node, listen) in this.listens.iter().enumerate() {
            std::fs::write(this.config(node), this.configuration(*listen, public))?;
        }
        std::fs::write(this.path("token"), TOKEN)?;
        let mut roster = std::fs::File::create(this.path("roster.csv"))?;
        writeln!(roster, "name,phone,areas,visit_types")?;
        for (number, phone) in this.members.iter().enumerate() {
            let place = places[number / OF_A_PLACE];
            writeln!(roster, "Member {number} Sample,{phone},{place},home;virtual")?;
        }
        let path = |name: &str| this.path(name).display().to_string();
        let chapter = ["--chapter", "day"];
        this.run(&["key", "generate", &path("key")])?;
        let zone = "America/New_York";
        this.run(&["chapter", "add", "--slug", "day", "--name", "Day", "--timezone", zone])?;
        let line = ["line", "add", "--carrier", "twilio", "--number", LINE, "--account-sid"];
        let account =
            [ACCOUNT, "--auth-token-file", &path("token"), "--api-base", carrier, "--per-second"];
        this.run(&[&line[..], &account, &["0"], &chapter].concat())?;
        let admin = ["admin", "add", "--name", "Ruth Sample", "--email", "ruth@example.org"];
        this.run(&[&admin[..], &["--phone", ADMIN, "--role", "owner"], &chapter].concat())?;
        this.run(&[&["roster", "import"][..], &chapter, &[&path("roster.csv")]].concat())?;
        this.write_papers()?;
        for what in ["requirements", "evidence"] {
            let file = path(&format!("{what}.csv"));
            this.run(&[&[what, "import"][..], &chapter, &[&file]].concat())?;
        }
        Ok(this)
    }

    /// A hospital that asks for a training, and every member's certificate of it, which ends in 20 days.
    fn write_papers(&self) -> Result<()> {
        let mut requirements = std::fs::File::create(self.path("requirements.csv"))?;
        writeln!(requirements, "hospital,version,key,kind,params")?;
        writeln!(requirements, "kings-bay,1,hipaa,training,topic=hipaa")?;
        let ends = Now.now().after(day_hours(20 * 24)).to_string();
        let ends = ends.split('T').next().unwrap_or_default();
        let mut evidence = std::fs::File::create(self.path("evidence.csv"))?;
        writeln!(evidence, "member,type,attrs,issued,expires,status,verifier")?;
        for phone in &self.members {
            writeln!(evidence, "{phone},training,topic=hipaa,2020-01-01,{ends},verified,Ruth")?;
        }
        Ok(())
    }

    fn configuration(&self, listen: SocketAddr, public: SocketAddr) -> String {
        // A lease and the time after which a text counts as never taken are longer than the longest
        // request (12 s), as they are by default; all else is as quick as it goes.
        format!(
            "[server]\nlisten = \"{listen}\"\npublic_url = \"http://{public}\"\n\
             [database]\nurl = \"{}\"\n[secrets]\nkey_file = \"{}\"\n\
             [dispatch]\nsettle_seconds = 1\nsettle_cap_seconds = 3\nquiet_hours = \"off\"\n\
             names_by_minutes = 1\nurgent_names_by_minutes = 1\nhold_minutes = 1\n\
             answer_minutes = 1\npage_minutes = 60\nmember_cap = 100000\n\
             [sending]\nlease_seconds = 14\nask_after_seconds = 1\nlost_after_seconds = 14\n\
             [log]\nfilter = \"warn\"\n",
            self.url,
            self.path("key").display()
        )
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn config(&self, node: usize) -> PathBuf {
        self.path(&format!("node-{node}.toml"))
    }

    /// Where a node tells what goes wrong.
    pub(crate) fn log(&self, node: usize) -> PathBuf {
        self.path(&format!("node-{node}.log"))
    }

    fn run(&self, words: &[&str]) -> Result<()> {
        let done = command(&self.config(0)).args(words).stdin(Stdio::null()).output()?;
        if !done.status.success() {
            bail!("latchline {words:?}: {}", String::from_utf8_lossy(&done.stderr));
        }
        Ok(())
    }

    /// Starts a node.
    pub(crate) fn serve(&self, node: usize) -> Result<Child> {
        let log = std::fs::File::options().create(true).append(true).open(self.log(node))?;
        let mut serve = command(&self.config(node));
        serve.arg("serve").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        serve.spawn().context("the program could not be started")
    }

    /// Whether a node answers.
    pub(crate) async fn is_ready(&self, node: usize, http: &reqwest::Client) -> bool {
        let answer = http.get(format!("http://{}/readyz", self.listens[node])).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }
}

/// The number of a member.
fn member(number: usize) -> String {
    format!("+1718{:07}", 2_000_000 + number)
}

/// A family's number.
pub(crate) fn family(number: usize) -> String {
    format!("+1917{:07}", 2_000_000 + number)
}

/// A client for asking whether a node is there, which does not wait for one that is not.
pub(crate) fn client() -> Result<reqwest::Client> {
    let options = HttpOptions {
        connect_timeout: Duration::from_millis(300),
        request_timeout: Duration::from_secs(2),
        ..HttpOptions::default()
    };
    http_client(&options).context("the HTTP client")
}

fn command(config: &Path) -> Command {
    let mut command = Command::new(binary());
    command.env("LATCHLINE_CONFIG", config);
    command
}

fn binary() -> PathBuf {
    let told = std::env::var_os("LATCHLINE_BIN").map(PathBuf::from);
    told.unwrap_or_else(|| {
        let beside = std::env::current_exe().unwrap_or_default().with_file_name("latchline");
        if beside.exists() { beside } else { "target/debug/latchline".into() }
    })
}

#[expect(clippy::disallowed_methods, reason = "the run script tells where PostgreSQL is")]
async fn fresh_postgres() -> Result<String> {
    let server = std::env::var("LATCHLINE_TEST_POSTGRES")
        .context("LATCHLINE_TEST_POSTGRES is not set: run this under tests/with-postgres")?;
    let name = format!("faults_{}_{}", std::process::id(), free_address()?.port());
    let mut connection = sqlx::PgConnection::connect(&server).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    let (base, query) = server.split_once('?').unwrap_or((&server, ""));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    Ok(if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") })
}

/// An address at which nobody listens now.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
