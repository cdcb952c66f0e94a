//! Offers a second on a line without a rate, against a bare HTTP client at the same carrier.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use futures_util::{StreamExt as _, stream};

use crate::{
    carrier::Carrier,
    program::{Database, LINE, Program, client, family, member},
    promise::Promises,
};

/// What `sending.concurrency` is by default.
const AT_ONCE: usize = 32;
const MEMBERS: usize = 4000;

pub(crate) async fn measure(promises: &mut Promises) -> Result<()> {
    for (latency, promised) in [(Duration::from_millis(20), 0.9), (Duration::ZERO, 0.25)] {
        let carrier = Carrier::start(latency).await?;
        let bare = bare(&carrier).await?;
        for on in [Database::Sqlite, Database::Postgres] {
            carrier.clear();
            carrier.set_latency(latency);
            let program = Program::start(on, MEMBERS, &carrier.base(), 0).await?;
            let status = program
                .text(&client()?, "SM1", &family(1), "newborn wont latch, Park Slope 11215")
                .await?;
            if status != 200 {
                bail!("the inquiry was answered {status}");
            }
            let rate = offers(&carrier).await?;
            println!(
                "sending {on:?} at {} ms: {rate:.0} offers/s, {:.2} of the bare client's {bare:.0}/s at {AT_ONCE} at once",
                latency.as_millis(),
                rate / bare
            );
            let what = format!("sending {on:?} at {} ms", latency.as_millis());
            promises.at_least(&what, rate / bare, promised);
        }
    }
    Ok(())
}

/// The same requests by nothing but a client.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
async fn bare(carrier: &Carrier) -> Result<f64> {
    let (client, url) =
        (client()?, format!("{}/2010-04-01/Accounts/ACbench/Messages.json", carrier.base()));
    let begun = Instant::now();
    let sent = stream::iter(0..MEMBERS)
        .map(|number| {
            let (client, url) = (client.clone(), url.clone());
            async move {
                let to = member(number);
                let form = [
                    ("To", to.as_str()),
                    ("From", LINE),
                    ("Body", "K7Q: Park Slope 11215. Latch. Reply K7Q to claim, NO to pass."),
                ];
                let answer = client
                    .post(url)
                    .basic_auth("ACbench", Some("token"))
                    .form(&form)
                    .send()
                    .await?;
                answer.bytes().await
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    for answer in sent {
        answer?;
    }
    Ok(MEMBERS as f64 / begun.elapsed().as_secs_f64())
}

/// Waits until every offer is at the carrier, and gives their rate from first to last.
async fn offers(carrier: &Carrier) -> Result<f64> {
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let offers = carrier
            .texts()
            .into_iter()
            .filter(|text| text.body.contains("to claim"))
            .collect::<Vec<_>>();
        if offers.len() >= MEMBERS {
            let first = offers.iter().map(|text| text.at).min();
            let last = offers.iter().map(|text| text.at).max();
            let (Some(first), Some(last)) = (first, last) else { bail!("no offers") };
            return Ok((MEMBERS - 1) as f64 / last.duration_since(first).as_secs_f64());
        }
    }
    bail!("after a minute {} of {MEMBERS} offers are at the carrier", carrier.texts().len())
}
