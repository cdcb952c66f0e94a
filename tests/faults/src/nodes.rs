//! The nodes: started, killed at random moments, and started again at once.

use std::{process::Child, time::Duration};

use anyhow::{Result, bail};
use model::Chance;
use tokio::time::{Instant, sleep};

use crate::{
    books::Ledger,
    installation::{Installation, client},
};

/// A node that is not ready by then never will be.
const READY: Duration = Duration::from_secs(60);

/// The processes that serve an installation. They are killed when this is dropped.
pub(crate) struct Nodes<'a> {
    installation: &'a Installation,
    running: Vec<Child>,
    http: reqwest::Client,
    /// How many were killed so far.
    pub(crate) killed: usize,
}

impl<'a> Nodes<'a> {
    /// Starts them all and waits until they answer.
    pub(crate) async fn start(installation: &'a Installation) -> Result<Self> {
        let mut this = Self { installation, running: Vec::new(), http: client()?, killed: 0 };
        for node in 0..installation.database.nodes() {
            this.running.push(installation.serve(node)?);
            this.ready(node).await?;
        }
        Ok(this)
    }

    async fn ready(&mut self, node: usize) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < READY {
            if let Some(ended) = self.running[node].try_wait()? {
                let log = std::fs::read_to_string(self.installation.log(node))?;
                bail!("node {node} ended by itself ({ended}):\n{log}");
            }
            if self.installation.is_ready(node, &self.http).await {
                return Ok(());
            }
            sleep(Duration::from_millis(10)).await;
        }
        bail!("node {node} is not ready after {READY:?}")
    }

    /// Kills one of them, or all at once, at a random moment, and starts what was killed again.
    pub(crate) async fn kill_some(&mut self, chance: &Chance) -> Result<()> {
        // Now and then while it is still starting; else while it works.
        if chance.below(6) > 0 {
            for node in 0..self.running.len() {
                self.ready(node).await?;
            }
        }
        sleep(Duration::from_millis(30 + chance.below(900))).await;
        let count = u64::try_from(self.running.len())?;
        let one = usize::try_from(chance.below(count))?;
        let all = chance.below(3) == 0;
        let hit = (0..self.running.len()).filter(|node| all || *node == one).collect::<Vec<_>>();
        for &node in &hit {
            if let Some(ended) = self.running[node].try_wait()? {
                let log = std::fs::read_to_string(self.installation.log(node))?;
                bail!("node {node} ended by itself ({ended}):\n{log}");
            }
            // SIGKILL: nothing of the process runs any more.
            self.running[node].kill()?;
            self.killed += 1;
        }
        for &node in &hit {
            self.running[node].wait()?;
            self.running[node] = self.installation.serve(node)?;
        }
        Ok(())
    }

    /// Kills them all once more and waits until they are back: what the carrier could not deliver is
    /// looked for at the start.
    pub(crate) async fn kill_all(&mut self) -> Result<()> {
        for node in &mut self.running {
            node.kill()?;
            self.killed += 1;
            node.wait()?;
        }
        for node in 0..self.running.len() {
            self.running[node] = self.installation.serve(node)?;
        }
        for node in 0..self.running.len() {
            self.ready(node).await?;
        }
        Ok(())
    }
}

/// Starts one node alone and kills it as soon as it has begun to remind the members; gives how many it
/// had got to by then.
pub(crate) async fn killed_while_reminding(
    installation: &Installation,
    ledger: &mut Ledger,
) -> Result<i64> {
    let began = Instant::now();
    let mut node = installation.serve(0)?;
    while ledger.reminded().await? == 0 {
        if began.elapsed() > READY || node.try_wait()?.is_some() {
            let _ = node.kill();
            let log = std::fs::read_to_string(installation.log(0))?;
            bail!("nobody was reminded:\n{log}");
        }
        sleep(Duration::from_millis(1)).await;
    }
    node.kill()?;
    node.wait()?;
    ledger.reminded().await
}

impl Drop for Nodes<'_> {
    fn drop(&mut self) {
        for node in &mut self.running {
            let _ = node.kill();
            let _ = node.wait();
        }
    }
}
