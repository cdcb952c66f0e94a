//! The console's and the API's main pages with 5,000 members and 100,000 referrals.

mod past_work;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use model::{AdminId, Chance, InquiryId, MemberId, ReferralId, Timestamp, day_hours};
use storage::{Keyring, Store, hash_secret};

use crate::{
    figures::Figures,
    program::{Database, Program, client},
};

const MEMBERS: usize = 5_000;
const REFERRALS: usize = 100_000;
/// What the product promises.
const PROMISED: Duration = Duration::from_millis(50);
const TURNS: usize = 60;

/// What one looks at.
struct Looked {
    member: MemberId,
    referral: ReferralId,
    inquiry: InquiryId,
}

/// With another number of referrals to see it work, not for figures.
pub(crate) async fn measure(referrals: Option<usize>) -> Result<()> {
    let referrals = referrals.unwrap_or(REFERRALS);
    let mut slow = Vec::new();
    for on in [Database::Sqlite, Database::Postgres] {
        let program = Program::start(on, MEMBERS, "http://127.0.0.1:9", 25).await?;
        let store = open(&program).await?;
        let begun = now();
        let looked = past_work::fill(&store, referrals).await?;
        program.analyse(on).await?;
        let filled = now().since(begun).as_secs();
        println!("desk {on:?}: {MEMBERS} members and {referrals} referrals, filled in {filled} s");
        let cookie = signed_in(&program, &store).await?;
        let token = program.token()?;
        store.close().await;
        slow.extend(pages(on, &program, &looked, &cookie, &token).await?);
    }
    ensure!(slow.is_empty(), "slower than {PROMISED:?} at p90: {}", slow.join(", "));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the program under measurement goes by it too")]
fn now() -> Timestamp {
    Timestamp::new(jiff::Timestamp::now())
}

async fn open(program: &Program) -> Result<Store> {
    let key = std::fs::read_to_string(program.folder.path().join("key"))?;
    Ok(Store::open(&program.database, &Keyring::parse(&key)?, Chance::seeded(1), now()).await?)
}

/// The cookie of somebody who is signed in.
async fn signed_in(program: &Program, store: &Store) -> Result<String> {
    program.admin()?;
    let (begun, hash) = (now(), hash_secret("bench"));
    let begin = store.write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            let chapter = tx.chapters().await?.remove(0).id;
            let admin: AdminId = tx.admins(chapter).await?.remove(0).id;
            tx.begin_session(hash, admin, begun, begun.after(day_hours(12))).await
        })
    });
    begin.await?;
    Ok("__Host-latchline=bench".to_owned())
}

/// Visits the pages; gives those that are too slow.
async fn pages(
    on: Database,
    program: &Program,
    looked: &Looked,
    cookie: &str,
    token: &str,
) -> Result<Vec<String>> {
    let client = client()?;
    let mut slow = Vec::new();
    for path in addresses(looked) {
        let asked = || {
            let asked = client.get(format!("http://{}{path}", program.address));
            asked.header("cookie", cookie).bearer_auth(token)
        };
        let times = visited(&path, asked).await?;
        let Looked { member, referral, inquiry } = looked;
        let ids = [member.to_string(), referral.to_string(), inquiry.to_string()];
        let path = ids.iter().fold(path, |path, id| path.replace(id, "ID"));
        let is_slow = times.at(900) > PROMISED;
        println!("desk {on:?}: {path}: {}{}", times.text(), if is_slow { "  SLOW" } else { "" });
        if is_slow {
            slow.push(format!("{path} on {on:?}"));
        }
    }
    Ok(slow)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
async fn visited(path: &str, asked: impl Fn() -> reqwest::RequestBuilder) -> Result<Figures> {
    let mut times = Vec::new();
    for turn in 0..TURNS + 5 {
        let begun = Instant::now();
        let answer = asked().send().await?;
        let status = answer.status();
        answer.bytes().await.context("an answer")?;
        ensure!(status == 200, "{path} was answered {status}");
        // The first few warm it up.
        if turn >= 5 {
            times.push(begun.elapsed());
        }
    }
    Ok(Figures::of(times))
}

/// The console's pages and the API's that are looked at.
fn addresses(looked: &Looked) -> Vec<String> {
    let Looked { member, referral, inquiry } = looked;
    let console = [
        "/".to_owned(),
        "/referrals".to_owned(),
        "/referrals?state=held".to_owned(),
        "/referrals?since=2026-01-01&names=sent".to_owned(),
        "/referrals?since=2026-01-01&names=none".to_owned(),
        format!("/referrals/{referral}"),
        format!("/referrals/{referral}/merge"),
        format!("/referrals/{referral}/members"),
        format!("/referrals/{referral}/members?list=asked"),
        format!("/referrals/{referral}/members?list=left"),
        format!("/referrals/{referral}/members?list=left&why=area&page=20"),
        format!("/inquiries/{inquiry}"),
        "/conversations".to_owned(),
        "/conversations?shelf=needs_person".to_owned(),
        "/conversations?shelf=running".to_owned(),
        "/conversations?shelf=taken_over".to_owned(),
        "/conversations?shelf=closed".to_owned(),
        format!("/conversations/{inquiry}"),
        "/outbox".to_owned(),
        "/lines".to_owned(),
        "/roster".to_owned(),
        "/roster?status=paused".to_owned(),
        "/roster?words=member+4999".to_owned(),
        "/roster?words=nobody".to_owned(),
        "/roster/new".to_owned(),
        "/roster/import".to_owned(),
        format!("/roster/{member}"),
        "/lists".to_owned(),
        "/lists?name=member+4999".to_owned(),
        "/papers".to_owned(),
        "/people".to_owned(),
        "/settings".to_owned(),
        "/settings/texts".to_owned(),
        "/try".to_owned(),
        "/audit".to_owned(),
        "/audit?kind=handed_off".to_owned(),
        "/audit?kind=paused".to_owned(),
        "/audit?since=2026-01-01&until=2026-01-31".to_owned(),
    ];
    let api = [
        "/chapter".to_owned(),
        "/lines".to_owned(),
        "/members".to_owned(),
        "/members?status=paused".to_owned(),
        format!("/members/{member}"),
        "/referrals".to_owned(),
        "/referrals?running=true".to_owned(),
        "/referrals?state=held".to_owned(),
        "/referrals?code=K7Q".to_owned(),
        format!("/referrals/{referral}"),
        "/conversations".to_owned(),
        "/conversations?open=true".to_owned(),
        format!("/conversations/{inquiry}/messages"),
        "/audit".to_owned(),
        "/audit?kind=handed_off".to_owned(),
        format!("/audit?referral={referral}"),
        "/outbox".to_owned(),
        "/outbox/messages?state=failed".to_owned(),
        "/outbox/messages?state=delivered".to_owned(),
    ];
    console.into_iter().chain(api.map(|path| format!("/api/v1{path}"))).collect()
}
