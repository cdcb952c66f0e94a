//! The first page's day: what waits for whoever keeps the roster and the lists, and five figures since
//! midnight, each of which leads to what it counts.

use dispatch::view::Day;

use super::fault::Fault;
use crate::{Desk, session::Session};

/// Something that waits, in words.
pub(super) struct Waits {
    pub(super) words: String,
    pub(super) href: String,
}

/// Something that was counted since midnight.
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) count: i64,
    pub(super) note: Option<String>,
    pub(super) href: String,
}

/// What waits for whoever keeps the roster and the lists.
pub(super) async fn waits(desk: &Desk, session: &Session) -> Result<Vec<Waits>, Fault> {
    let chapter = session.chapter.id;
    let today = desk.dispatch().now().in_zone(&session.chapter.timezone).date();
    let waiting = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.undecided(chapter, today).await })
    });
    let waiting = waiting.await?;
    let mut all = vec![
        (
            waiting.applications,
            "consultant asks",
            "consultants ask",
            " to join",
            "/roster?status=applied".to_owned(),
        ),
        (waiting.papers, "paper waits", "papers wait", "", "/papers".to_owned()),
    ];
    all.extend(waiting.exceptions.into_iter().map(|(slug, count)| {
        let href = format!("/lists/{slug}#exceptions");
        (count, "exception waits", "exceptions wait", " for a second person", href)
    }));
    let told = all.into_iter().filter(|(count, ..)| *count > 0);
    Ok(told
        .map(|(count, one, many, rest, href)| Waits {
            words: format!("{count} {}{rest}.", if count == 1 { one } else { many }),
            href,
        })
        .collect())
}

/// A day's figures.
pub(super) fn figures(day: &Day) -> Vec<Figure> {
    let (date, counted) = (day.date, &day.figures);
    let figure = |name, count, href: String| Figure { name, count, note: None, href };
    let named = i64::try_from(counted.waits.len()).unwrap_or(i64::MAX);
    vec![
        figure("Families texted", counted.families, "/conversations".to_owned()),
        figure("Referrals opened", counted.referrals, format!("/referrals?since={date}")),
        Figure {
            note: day.median_wait().map(|wait| format!("median {} min", wait.as_mins())),
            ..figure("Names sent", named, format!("/referrals?since={date}&names=sent"))
        },
        figure("Without a name", counted.unnamed, format!("/referrals?since={date}&names=none")),
        figure("Texts that failed", counted.failed, "/outbox".to_owned()),
    ]
}
