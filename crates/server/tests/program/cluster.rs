//! A PostgreSQL of one test's own, which it may stop and start.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server in a folder of its own. It goes with this value.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    owner: String,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    /// Makes a server and starts it.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .local_addr()
            .expect("it")
            .port();
        let root = said("id", &["-u"]) == "0";
        // It refuses to run as root, so root has somebody run it who owns nothing else here.
        let owner = if !root {
            said("id", &["-un"])
        } else if said("id", &["-u", "postgres"]).is_empty() {
            "nobody".to_owned()
        } else {
            "postgres".to_owned()
        };
        if root {
            said("chown", &[&owner, &folder.path().display().to_string()]);
        }
        let mut this = Self { folder, programs: programs(), owner, port, server: None };
        let made = this
            .program(
                "initdb",
                &[
                    "--pgdata=data",
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                ],
            )
            .output()
            .expect("initdb starts");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        this.begin();
        this
    }

    /// The address of a database in it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it again.
    pub(crate) fn begin(&mut self) {
        let (home, port) = (self.folder.path().display().to_string(), self.port.to_string());
        let server = self
            .program(
                "postgres",
                &["-D", "data", "-k", &home, "-h", "127.0.0.1", "-p", &port, "-c", "fsync=off"],
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.server = Some(server.expect("the server starts"));
        for _ in 0..600 {
            let ready = self
                .program("pg_isready", &["--quiet", "--host=127.0.0.1", &format!("--port={port}")])
                .status();
            if ready.is_ok_and(|ready| ready.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("PostgreSQL did not start in {home}");
    }

    /// Stops it at once, in the midst of whatever it does.
    pub(crate) fn stop(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        said("kill", &["-QUIT", &server.id().to_string()]);
        server.wait().expect("it stops");
    }

    fn program(&self, name: &str, words: &[&str]) -> Command {
        let program = self.programs.join(name);
        let mut command = Command::new("env");
        command.args(["--ignore-environment", "LC_ALL=C"]).current_dir(self.folder.path());
        command.arg(format!("PATH={}:/usr/bin:/bin", self.programs.display()));
        if said("id", &["-u"]) == "0" {
            let group = said("id", &["-g", &self.owner]);
            command.args([
                "setpriv",
                "--reuid",
                &self.owner,
                "--regid",
                &group,
                "--init-groups",
                "--",
            ]);
        }
        command.arg(program).args(words).stdin(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a small program says.
fn said(program: &str, words: &[&str]) -> String {
    let done = Command::new(program).args(words).output().expect("it starts");
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// Debian keeps the server's programs out of PATH, in one folder a version.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders = versions.map(|version| version.path().join("bin")).collect::<Vec<_>>();
    folders.retain(|folder| folder.join("initdb").exists());
    folders.sort();
    folders.pop().unwrap_or_else(|| {
        let found = said("sh", &["-c", "dirname \"$(readlink -f \"$(command -v initdb)\")\""]);
        assert!(
            Path::new(&found).join("initdb").exists(),
            "no PostgreSQL: apt-get install postgresql"
        );
        PathBuf::from(found)
    })
}
