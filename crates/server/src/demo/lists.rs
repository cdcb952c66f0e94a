//! The sample chapter's hospitals, and what its members have for their lists: something of everything, as
//! of the day on which the demo is begun.

use anyhow::{Result, ensure};
use jiff::{ToSpan as _, civil::Date};
use model::{Chance, ChapterId, TaskKind, Timestamp};
use roster::{Act, NewContact, Person};
use storage::{Store, Task};

use super::play::zone;

const REQUIREMENTS: &str = include_str!("../../assets/demo/requirements.csv");
const EVIDENCE: &str = include_str!("../../assets/demo/evidence.csv");

/// Adds them, and publishes the lists that somebody is on.
pub(super) async fn fill(
    store: &Store,
    chapter: ChapterId,
    chance: Chance,
    now: Timestamp,
) -> Result<()> {
    let act = Act { chapter, by: Person::Service, now, chance };
    let today = now.in_zone(&zone()).date();
    let own = roster::NewHospital {
        slug: "members".to_owned(),
        name: "Our own list".to_owned(),
        baseline: true,
        stage: None,
        renewal_on: None,
        note: String::new(),
    };
    roster::add_hospital(store, &act, own).await?;
    let requirements = dated(REQUIREMENTS, today);
    let (_, bad) = roster::import_requirements(store, &act, requirements.as_bytes(), false).await?;
    ensure!(bad.is_empty(), "the sample's requirements: {bad:?}");
    let evidence = dated(EVIDENCE, today);
    let (_, bad) = roster::import_evidence(store, &act, evidence.as_bytes(), false).await?;
    ensure!(bad.is_empty(), "the sample's papers: {bad:?}");
    let contact = NewContact {
        role: "unit manager".to_owned(),
        name: "Mara Example".to_owned(),
        email: None,
        phone: Some("+12125550170".to_owned()),
        note: String::new(),
    };
    roster::add_contact(store, &act, "kings-bay", contact).await?;
    for slug in ["members", "kings-bay", "midtown", "little-neck"] {
        roster::publish(store, &act, slug).await?;
    }
    // Who begins a play is not to find her members reminded already.
    let tomorrow = today.saturating_add(1.day()).at(10, 0, 0, 0);
    let first = zone().instant(tomorrow).unwrap_or(now);
    let task = Task { kind: TaskKind::Remind, subject: chapter.as_uuid(), chapter_id: chapter };
    store
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.plan(task, first).await })
        })
        .await?;
    Ok(())
}

/// The file with each `{12}` as the day twelve days from now, `{-12}` as that twelve days ago, and `{Y2}` as
/// the last day of the year after next.
fn dated(file: &str, today: Date) -> String {
    let mut parts = file.split('{');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (days, rest) = part.split_once('}').unwrap_or(("0", part));
        let day = match days.strip_prefix('Y') {
            Some(years) => {
                let last = today.last_of_year();
                last.saturating_add(years.parse::<i64>().unwrap_or(0).years())
            }
            None => today.saturating_add(days.parse::<i64>().unwrap_or(0).days()),
        };
        whole.push_str(&day.to_string());
        whole.push_str(rest);
    }
    whole
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::dated;

    #[test]
    fn days_are_counted_from_today() {
        let file = "a,{-1},{0}\nb,{31},{Y-2}\n";
        let whole = "a,2026-11-30,2026-12-01\nb,2027-01-01,2024-12-31\n";
        assert_eq!(dated(file, date(2026, 12, 1)), whole);
    }
}
