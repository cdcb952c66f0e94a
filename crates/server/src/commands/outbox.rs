use anyhow::{Context as _, Result, bail};
use model::{Clock as _, OutboxId, OutboxState};
use serde_json::json;

use crate::{clock::SystemClock, configuration::Configuration, install};

/// At most so many messages are listed one by one.
const MOST: i64 = 1000;

pub(super) async fn list(
    configuration: &Configuration,
    slug: Option<&str>,
    state: Option<&str>,
    as_json: bool,
) -> Result<()> {
    let state = state
        .map(str::parse::<OutboxState>)
        .transpose()
        .context("--state takes waiting, sending, accepted, delivered, failed or unknown")?;
    let store = install::store(configuration).await?;
    let chapter = match slug {
        Some(slug) => Some(install::chapter(&store, slug).await?.id),
        None => None,
    };
    let (counts, settled, messages) = store
        .read::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let counts = tx.outbox_counts(chapter).await?;
                let settled = tx.outbox_settled(chapter).await?;
                let messages = match state {
                    Some(state) => tx.outbox_in(chapter, state, MOST).await?,
                    None => Vec::new(),
                };
                Ok((counts, settled, messages))
            })
        })
        .await?;
    store.close().await;
    if as_json {
        let counts = counts
            .iter()
            .map(|row| json!({"state": row.state, "kind": row.kind, "count": row.count, "oldest": row.oldest}))
            .collect::<Vec<_>>();
        let settled = settled
            .iter()
            .map(|row| json!({"how": row.how, "state": row.state, "count": row.count, "latest": row.latest}))
            .collect::<Vec<_>>();
        let messages = messages
            .iter()
            .map(|message| {
                json!({
                    "id": message.id, "kind": message.kind, "channel": message.channel.to_string(), "state": message.state,
                    "attempts": message.attempts, "created_at": message.created_at, "due_at": message.due_at,
                    "written_at": message.written_at, "accepted_at": message.accepted_at, "ended_at": message.ended_at,
                    "error_code": message.error_code, "error_class": message.error_class, "settled_how": message.settled_how,
                })
            })
            .collect::<Vec<_>>();
        println!("{}", json!({"counts": counts, "settled": settled, "messages": messages}));
        return Ok(());
    }
    if counts.is_empty() {
        println!("The outbox is empty: no text was ever written.");
    }
    for row in counts {
        println!(
            "{:<10} {:<12} {:>8}  oldest {}",
            row.state.to_string(),
            row.kind.to_string(),
            row.count,
            row.oldest
        );
    }
    if !settled.is_empty() {
        println!("Of these, once unknown or sent again:");
    }
    for row in settled {
        let (how, state) = (row.how, row.state.to_string());
        println!("{how:<32} {state:<10} {:>8}  latest {}", row.count, row.latest);
    }
    for message in messages {
        println!(
            "{}  {:<10} attempts {}  written {}  {} {} {}",
            message.id,
            message.kind.to_string(),
            message.attempts,
            message.created_at,
            message.error_code.unwrap_or_default(),
            message.error_class.map(|class| class.to_string()).unwrap_or_default(),
            message.settled_how.unwrap_or_default(),
        );
    }
    Ok(())
}

pub(super) async fn retry(configuration: &Configuration, id: &str) -> Result<()> {
    let id: OutboxId =
        id.parse().context("not the id of a message (latchline outbox list --state failed)")?;
    let now = SystemClock.now();
    let store = install::store(configuration).await?;
    let again = store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move {
                let message = tx.outgoing(id).await?;
                let until = message.and_then(|message| dispatch::view::retry_until(&message, now));
                match until {
                    Some(until) => tx.retry_message(id, now, until).await,
                    None => Ok(false),
                }
            })
        })
        .await?;
    store.close().await;
    if !again {
        bail!(
            "there is no failed message with that id that may go again: its words were erased, its \
             person wants no texts, or it is an offer that is over"
        );
    }
    println!("It goes out again within a second or two, if the service is running.");
    Ok(())
}
