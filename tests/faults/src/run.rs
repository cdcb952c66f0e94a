//! One day on one database, from the first text to the accountant's word.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use jiff::SignedDuration;
use model::Chance;
use testkit::misbehaving::{Chances, Misbehaving, Options};
use tokio::time::{Instant, sleep};

use crate::{
    Asked, accountant,
    balancer::Balancer,
    books::{Books, Ledger, row_of},
    day::{Day, Now, PLACES},
    installation::{ACCOUNT, Database, Installation, TOKEN, free_address},
    nodes::{Nodes, killed_while_reminding},
};

/// How late the carrier's list shows a text.
const LISTING_LAG: SignedDuration = SignedDuration::from_millis(1500);
/// Longer than this nothing needs to settle.
const SETTLED: Duration = Duration::from_secs(300);

/// What came of a day.
pub(crate) struct Outcome {
    pub(crate) told: String,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// A carrier's bad day.
const BAD_DAY: Chances = Chances {
    busy: 0.03,
    broken: 0.02,
    broken_after: 0.03,
    silent: 0.02,
    silent_after: 0.03,
    dropped: 0.02,
    dropped_after: 0.03,
    undelivered: 0.0,
    unreported: 0.05,
    list_broken: 0.1,
    reports_doubled: 0.1,
    reports_reordered: 0.2,
    texts_doubled: 0.15,
    texts_lost: 0.05,
};

/// Plays a day, kills processes meanwhile, lets everything settle and has it audited.
pub(crate) async fn day(database: Database, asked: Arc<Asked>) -> Result<Outcome> {
    let seed = asked.seed + u64::try_from(database.nodes())?;
    let kills = match (asked.on.len(), database) {
        (1, _) => asked.kills,
        // Two nodes die faster than one.
        (_, Database::Sqlite) => asked.kills * 2 / 5,
        (_, Database::Postgres) => asked.kills - asked.kills * 2 / 5,
    };
    let began = Instant::now();
    let options = Options {
        account_sid: ACCOUNT.to_owned(),
        auth_token: TOKEN.to_owned(),
        latency: Duration::from_millis(15),
        silence: Duration::from_millis(700),
        step: Duration::from_millis(60),
        listing_lag: LISTING_LAG,
        page_size: 100,
        ..Options::default()
    };
    let carrier = Misbehaving::start(options, Arc::new(Now), Chance::seeded(seed)).await?;
    let base = carrier.base();
    let listens = (0..database.nodes()).map(|_| free_address()).collect::<Result<Vec<_>>>()?;
    let balancer = Balancer::before(listens.clone()).await?;
    let address = balancer.address;
    let places = PLACES.len();
    let installed = Installation::new(
        database,
        &PLACES[..places],
        listens,
        address,
        &base,
        asked.keep.as_deref(),
    );
    let installed = installed.await.context("the installation")?;
    let mut ledger = Ledger::open(&installed.url).await?;
    let reminded = killed_while_reminding(&installed, &mut ledger).await?;
    let mut nodes = Nodes::start(&installed).await?;
    nodes.killed += 1;

    carrier.set_chances(BAD_DAY);
    let hook = format!("http://{address}/hooks/twilio/message#rc=5&rp=all");
    let day = Arc::new(Day::new(carrier, Chance::seeded(seed + 1), hook, &installed.members));
    let playing = tokio::spawn(day.clone().play(places));
    day.more_families(4);
    let chance = Chance::seeded(seed + 2);
    let mut killed = Ok(());
    while nodes.killed + database.nodes() < kills && killed.is_ok() {
        day.more_families(2);
        killed = nodes.kill_some(&chance).await;
    }
    day.ends();
    playing.await.context("the day")?;
    killed?;

    // The carrier comes to its senses; a last kill has the nodes look for what they were not told.
    day.carrier.set_chances(Chances::default());
    sleep(LISTING_LAG.unsigned_abs() + Duration::from_millis(500)).await;
    nodes.kill_all().await?;
    let played = began.elapsed();
    settle(&day, &mut ledger).await?;
    let books = ledger.read().await?.with_log(&day.carrier, &day.taken());
    let accounts = accountant::audit(&books);
    let failed = accounts.iter().filter(|account| !account.faults.is_empty()).count();
    let mut told = format!("\n{}\n", database.name());
    writeln!(told, "  killed first with {reminded} of {} reminded", installed.members.len())?;
    summary(&mut told, &books, &day, nodes.killed, played, began.elapsed())?;
    for account in &accounts {
        let word = if account.faults.is_empty() { "ok    " } else { "FAULTY" };
        writeln!(told, "  {word} {} ({})", account.name, account.looked_at)?;
        for fault in account.faults.iter().take(20) {
            writeln!(told, "         {fault}")?;
        }
    }
    Ok(Outcome { told, passed: accounts.len() - failed, failed })
}

/// Waits until the service has nothing more to do; where places are free, members claim them.
async fn settle(day: &Day, ledger: &mut Ledger) -> Result<()> {
    let began = Instant::now();
    let (mut quiet, mut claimed) = (0, false);
    while began.elapsed() < SETTLED {
        sleep(Duration::from_millis(500)).await;
        let idle = ledger.unsettled().await? == (0, 0);
        quiet = if idle { quiet + 1 } else { 0 };
        if quiet < 4 {
            continue;
        }
        if claimed {
            return Ok(());
        }
        claim_what_is_free(day, ledger.silent().await?).await;
        (quiet, claimed) = (0, true);
    }
    // What is left undone is the accountant's to tell.
    Ok(())
}

/// Three members a referral, of those who were asked and have said nothing.
async fn claim_what_is_free(day: &Day, free: Vec<(String, String)>) {
    let numbers = day
        .carrier
        .accepted()
        .into_iter()
        .filter_map(|text| Some((text.status_callback.as_deref().and_then(row_of)?, text.to)));
    let numbers = numbers.collect::<BTreeMap<_, _>>();
    let mut of_code: BTreeMap<String, usize> = BTreeMap::new();
    for (code, row) in free {
        let claimed = of_code.entry(code.clone()).or_default();
        if let Some(number) = numbers.get(&row)
            && *claimed < 3
        {
            *claimed += 1;
            day.texts(number, &code).await;
        }
    }
}

fn summary(
    told: &mut String,
    books: &Books,
    day: &Day,
    killed: usize,
    played: Duration,
    whole: Duration,
) -> Result<()> {
    let count = |name: &str| books.events.iter().filter(|event| event.kind == name).count();
    let mut settled: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &books.outbox {
        if let Some(how) = &row.settled_how {
            *settled.entry(how).or_default() += 1;
        }
    }
    let again = books.outbox.iter().filter(|row| row.attempts > 1).count();
    let unanswered = books.came.iter().filter(|text| text.answered.is_none()).count();
    writeln!(
        told,
        "  {killed} kills in {} s ({} s with settling); {} families, {} texts in ({unanswered} not \
         answered), {} out; {} referrals, {} claims, {} given back, {} families told names",
        played.as_secs(),
        whole.as_secs(),
        day.families(),
        books.came.len(),
        books.taken.len(),
        books.referrals.len(),
        count("claimed"),
        count("released"),
        count("handed_off"),
    )?;
    let settled = settled.iter().map(|(how, times)| format!("{how}: {times}"));
    let settled = settled.collect::<Vec<_>>().join(", ");
    writeln!(
        told,
        "  handed over {} times; {again} texts more than once; unknowns settled: {settled}",
        day.carrier.attempts(),
    )?;
    Ok(())
}
