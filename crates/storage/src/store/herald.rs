//! Carries hints between nodes over PostgreSQL.
//!
//! A `NOTIFY` inside a transaction would make commits queue behind one lock, so hints go out after
//! the commit, gathered for some milliseconds, on a connection borrowed for the moment. A lost hint
//! costs a second: everybody also looks now and then.

use std::{collections::HashSet, sync::Arc, time::Duration};

use model::ChapterId;
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::{broadcast, mpsc},
    task::AbortHandle,
};

use super::Wake;

const CHANNEL: &str = "latchline";
const GATHER: Duration = Duration::from_millis(20);
const AGAIN: Duration = Duration::from_secs(2);

/// Tells the other nodes, and listens to them for as long as there is a copy of it.
#[derive(Clone)]
pub(super) struct Herald {
    hints: mpsc::UnboundedSender<Wake>,
    _listening: Arc<Listening>,
}

struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Herald {
    pub(super) fn start(pool: PgPool, node: String, wakes: broadcast::Sender<Wake>) -> Self {
        let (hints, queue) = mpsc::unbounded_channel();
        tokio::spawn(tell(pool.clone(), node.clone(), queue));
        let listening = tokio::spawn(listen(pool, node, wakes)).abort_handle();
        Self { hints, _listening: Arc::new(Listening(listening)) }
    }

    pub(super) fn tell(&self, hint: Wake) {
        let _ = self.hints.send(hint);
    }
}

async fn tell(pool: PgPool, node: String, mut queue: mpsc::UnboundedReceiver<Wake>) {
    while let Some(first) = queue.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut hints = HashSet::from([first]);
        while let Ok(hint) = queue.try_recv() {
            hints.insert(hint);
        }
        for hint in hints {
            let payload = format!("{node} {}", word(hint));
            let told = sqlx::query("SELECT pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(payload)
                .execute(&pool)
                .await;
            if let Err(sqlx::Error::PoolClosed) = told {
                return;
            }
        }
    }
}

async fn listen(pool: PgPool, node: String, wakes: broadcast::Sender<Wake>) {
    while !pool.is_closed() {
        let Ok(mut listener) = PgListener::connect_with(&pool).await else {
            tokio::time::sleep(AGAIN).await;
            continue;
        };
        if listener.listen(CHANNEL).await.is_err() {
            tokio::time::sleep(AGAIN).await;
            continue;
        }
        while let Ok(notification) = listener.recv().await {
            let Some((from, hint)) = notification.payload().split_once(' ') else { continue };
            if let (true, Some(hint)) = (from != node, read(hint)) {
                let _ = wakes.send(hint);
            }
        }
    }
}

fn word(hint: Wake) -> String {
    match hint {
        Wake::Outbox => "outbox".to_owned(),
        Wake::Tasks => "tasks".to_owned(),
        Wake::Chapter(id) => id.to_string(),
    }
}

fn read(word: &str) -> Option<Wake> {
    match word {
        "outbox" => Some(Wake::Outbox),
        "tasks" => Some(Wake::Tasks),
        id => id.parse::<ChapterId>().ok().map(Wake::Chapter),
    }
}
