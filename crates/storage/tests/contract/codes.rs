//! Codes: which are taken, and which rested longest.

use model::{Code, ReferralState, day_hours};
use storage::Error;
use testkit::databases::TestDatabase;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    a_code_is_in_use_until_its_rest_is_over,
    the_code_that_rested_longest_is_one_that_nobody_uses,
    two_running_referrals_never_share_a_code,
    racing_referrals_draw_different_codes,
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

/// A referral with a code, closed so many days after the start.
async fn with_code(sample: &Sample, n: u32, code: Code, closed_after: Option<i64>) {
    let id = sample.referral(n).await;
    kept!(sample.store, tx => {
        let mut referral = tx.referral_for_update(id).await?.expect("the referral");
        referral.code = Some(code);
        if let Some(days) = closed_after {
            referral.state = ReferralState::Closed;
            referral.closed_at = Some(start().after(day_hours(24 * days)));
        }
        tx.save_referral(&mut referral).await?;
    });
}

async fn a_code_is_in_use_until_its_rest_is_over(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    with_code(&sample, 1, code("K7Q"), Some(1)).await;
    with_code(&sample, 2, code("M3T"), Some(3)).await;
    with_code(&sample, 3, code("A4C"), None).await;
    sample.referral(4).await;
    let chapter = sample.chapter;
    for (day, expected) in
        [(0, vec!["A4C", "K7Q", "M3T"]), (1, vec!["A4C", "M3T"]), (9, vec!["A4C"])]
    {
        let since = start().after(day_hours(24 * day));
        let mut used = seen!(sample.store, tx => tx.codes_in_use(chapter, since).await?);
        used.sort_unstable();
        assert_eq!(used, expected.into_iter().map(code).collect::<Vec<_>>(), "day {day}");
    }
}

async fn the_code_that_rested_longest_is_one_that_nobody_uses(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let chapter = sample.chapter;
    let rested = || async { seen!(sample.store, tx => tx.longest_unused_code(chapter).await?) };
    assert_eq!(rested().await, None);
    // K7Q rested longest by its first referral, but its second ended last; A4C runs again.
    with_code(&sample, 1, code("K7Q"), Some(1)).await;
    with_code(&sample, 2, code("K7Q"), Some(8)).await;
    with_code(&sample, 3, code("A4C"), Some(2)).await;
    with_code(&sample, 4, code("A4C"), None).await;
    with_code(&sample, 5, code("M3T"), Some(5)).await;
    assert_eq!(rested().await, Some(code("M3T")));
    let newest = seen!(sample.store, tx => tx.referral_by_code(chapter, code("A4C")).await?);
    assert_eq!(newest.expect("a referral").closed_at, None);
    let none = seen!(sample.store, tx => tx.referral_by_code(chapter, code("X9X")).await?);
    assert!(none.is_none());
}

async fn two_running_referrals_never_share_a_code(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    with_code(&sample, 1, code("K7Q"), None).await;
    let second = sample.referral(2).await;
    let refused: Result<(), Error> = sample
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut referral = tx.referral_for_update(second).await?.expect("the referral");
                referral.code = Some(code("K7Q"));
                tx.save_referral(&mut referral).await
            })
        })
        .await;
    assert!(matches!(refused, Err(Error::Sql(_))), "{refused:?}");
    let kept = seen!(sample.store, tx => tx.referral(second).await?.expect("the referral"));
    assert_eq!((kept.code, kept.version), (None, 1));
}

/// All draw the first code that is free, behind the chapter's lock.
async fn racing_referrals_draw_different_codes(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut racing = Vec::new();
    for n in 0..12 {
        let (store, chapter, id) = (sample.store.clone(), sample.chapter, sample.referral(n).await);
        racing.push(async move {
            kept!(store, tx => {
                let mut referral = tx.referral_for_update(id).await?.expect("the referral");
                tx.lock_chapter(chapter).await?;
                let used = tx.codes_in_use(chapter, start()).await?;
                let free = Code::all().find(|code| !used.contains(code)).expect("a free code");
                referral.code = Some(free);
                tx.save_referral(&mut referral).await?;
                free
            })
        });
    }
    let mut drawn = at_once(racing).await;
    drawn.sort_unstable();
    assert_eq!(drawn, Code::all().take(12).collect::<Vec<_>>());
}
