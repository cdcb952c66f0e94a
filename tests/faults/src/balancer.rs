//! What stands before the nodes: one address, behind it whichever of them takes the connection.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Result;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The one address of several nodes. It stops when this is dropped.
pub(crate) struct Balancer {
    pub(crate) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Balancer {
    /// Stands before the nodes at these addresses, in turn; one that is away is passed over.
    pub(crate) async fn before(nodes: Vec<SocketAddr>) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let nodes = Arc::new(nodes);
        let task = tokio::spawn(async move {
            let mut turn = 0_usize;
            loop {
                let Ok((client, _)) = listener.accept().await else { continue };
                turn += 1;
                tokio::spawn(carry(client, nodes.clone(), turn));
            }
        });
        Ok(Self { address, task })
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Nobody to carry it to: the connection breaks off, as it would at a proxy's.
async fn carry(mut client: TcpStream, nodes: Arc<Vec<SocketAddr>>, turn: usize) {
    for next in 0..nodes.len() {
        if let Ok(mut node) = TcpStream::connect(nodes[(turn + next) % nodes.len()]).await {
            let _ = (client.set_nodelay(true), node.set_nodelay(true));
            let _ = copy_bidirectional(&mut client, &mut node).await;
            return;
        }
    }
}
