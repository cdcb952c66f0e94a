//! From the third claim to the names at the carrier; and many claims at once.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::future::join_all;

use crate::{
    carrier::Carrier,
    figures::Figures,
    program::{Database, Program, client, family, member},
};

const CLAIMANTS: usize = 30;
const RACED: usize = 1000;
/// Among them, one after the other.
const TIMED: usize = 100;

pub(crate) async fn measure() -> Result<()> {
    for on in [Database::Sqlite, Database::Postgres] {
        let carrier = Carrier::start(Duration::ZERO).await?;
        let program = Program::start(on, CLAIMANTS, &carrier.base(), 0).await?;
        let (mut times, mut played) = (Vec::new(), HashSet::new());
        let mut races = 0;
        for round in 0..RACED + TIMED {
            let raced = !round.is_multiple_of(RACED / TIMED + 1);
            races += usize::from(raced);
            times.extend(play(&program, &carrier, round, raced, &mut played).await?);
            carrier.clear();
        }
        println!("claims {on:?}: {CLAIMANTS} at once, {races} times: never more than three places");
        println!(
            "claims {on:?}: third claim to the names at the carrier: {}",
            Figures::of(times).text()
        );
    }
    Ok(())
}

/// One referral. Raced, all claim at once; else three one after the other, and the time from the third
/// claim's webhook to the names is measured.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
async fn play(
    program: &Program,
    carrier: &Carrier,
    round: usize,
    raced: bool,
    played: &mut HashSet<String>,
) -> Result<Option<Duration>> {
    let (client, from) = (client()?, family(round));
    program
        .text(&client, &format!("SMfamily{round}"), &from, "newborn wont latch, Park Slope 11215")
        .await?;
    // Texts of the round before may still arrive.
    let is_new =
        |text: &crate::carrier::Taken| code(text).is_some_and(|code| !played.contains(&code));
    let offers = wait(carrier, is_new, CLAIMANTS).await?;
    let code = offers.first().and_then(code).context("an offer without a code")?;
    played.insert(code.clone());
    let claim = |number: usize| {
        let (client, code) = (client.clone(), code.clone());
        async move {
            program.text(&client, &format!("SMclaim{round}x{number}"), &member(number), &code).await
        }
    };
    let begun;
    if raced {
        begun = Instant::now();
        for answered in join_all((0..CLAIMANTS).map(claim)).await {
            ensure!(answered? == 200, "a claim was refused");
        }
    } else {
        claim(0).await?;
        claim(1).await?;
        wait(carrier, |text| text.body.starts_with(&code) && text.body.contains(" of 3"), 2)
            .await?;
        begun = Instant::now();
        claim(2).await?;
    }
    let names = wait(carrier, |text| text.to == from && text.body.contains("1)"), 1).await?;
    let answers = if raced { CLAIMANTS } else { 3 };
    let told = wait(
        carrier,
        |text| text.to != from && text.body.starts_with(&code) && !text.body.contains("to claim"),
        answers,
    )
    .await?;
    let mut places: HashMap<String, usize> = HashMap::new();
    for text in &told {
        // "place 2 of 3", and not "if a place opens".
        if let Some(at) = text.body.find(" of 3") {
            *places.entry(text.body[..at].chars().last().into_iter().collect()).or_default() += 1;
        }
    }
    ensure!(
        places.len() == 3 && places.values().all(|&count| count == 1),
        "places were told as {places:?}"
    );
    let at = names.first().map(|text| text.at).context("no names")?;
    Ok((!raced).then(|| at.saturating_duration_since(begun)))
}

/// The code of an offer; of nothing else.
fn code(text: &crate::carrier::Taken) -> Option<String> {
    if !text.body.contains("to claim") {
        return None;
    }
    let at = text.body.find("Reply ")? + "Reply ".len();
    Some(text.body[at..].chars().take(3).collect())
}

async fn wait(
    carrier: &Carrier,
    which: impl Fn(&crate::carrier::Taken) -> bool,
    count: usize,
) -> Result<Vec<crate::carrier::Taken>> {
    for _ in 0..20_000 {
        let found = carrier.texts().into_iter().filter(|text| which(text)).collect::<Vec<_>>();
        if found.len() >= count {
            return Ok(found);
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    bail!(
        "after twenty seconds the carrier has only these: {:?}",
        carrier.texts().iter().map(|text| &text.body).collect::<Vec<_>>()
    )
}
