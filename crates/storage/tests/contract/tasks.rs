//! Timed work: planned, leased by one node, taken up again when its lease lapses.

use std::collections::HashSet;

use model::{TaskKind, Timestamp, minutes, seconds};
use storage::{DueTask, Task};
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::sample::{Sample, at_once, start};

testkit::on_both! {
    a_plan_moves_and_a_plan_made_once_does_not,
    two_nodes_lease_different_tasks,
    a_lapsed_task_is_taken_up_again,
    a_task_put_off_rests_unless_it_was_planned_anew,
    the_next_task_and_a_chapter_s_plan_are_told,
}

fn task(sample: &Sample, n: u128) -> Task {
    Task { kind: TaskKind::Settle, subject: Uuid::from_u128(n), chapter_id: sample.chapter }
}

async fn lease(sample: &Sample, now: Timestamp, most: i64) -> Vec<DueTask> {
    kept!(sample.store, tx => tx.lease_tasks(now, minutes(1), most).await?)
}

async fn a_plan_moves_and_a_plan_made_once_does_not(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (first, other) = (task(&sample, 1), Task { kind: TaskKind::Promise, ..task(&sample, 1) });
    kept!(sample.store, tx => {
        tx.plan(first, start().after(seconds(25))).await?;
        tx.plan_once(first, start()).await?;
        tx.plan_once(other, start().after(minutes(45))).await?;
    });
    let due = |kind| seen_due(&sample, kind);
    assert_eq!(due(TaskKind::Settle).await, Some(start().after(seconds(25))));
    assert_eq!(due(TaskKind::Promise).await, Some(start().after(minutes(45))));
    assert_eq!(due(TaskKind::Hold).await, None);
    kept!(sample.store, tx => {
        tx.plan(first, start()).await?;
        tx.unplan(TaskKind::Promise, first.subject).await?;
    });
    assert_eq!(due(TaskKind::Settle).await, Some(start()));
    assert_eq!(due(TaskKind::Promise).await, None);
}

async fn seen_due(sample: &Sample, kind: TaskKind) -> Option<Timestamp> {
    seen!(sample.store, tx => tx.task_due_at(kind, Uuid::from_u128(1)).await?)
}

async fn two_nodes_lease_different_tasks(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let tasks = (0..60).map(|n| task(&sample, n)).collect::<Vec<_>>();
    kept!(sample.store, tx => {
        for (n, task) in tasks.iter().enumerate() {
            tx.plan(*task, start().after(seconds(i64::try_from(n).expect("small")))).await?;
        }
    });
    let nodes = [sample.store.clone(), database.store().await];
    let leased = at_once((0..8).map(|n| {
        let store = nodes[n % 2].clone();
        async move {
            let (mut mine, now) = (Vec::new(), start().after(seconds(49)));
            loop {
                let leased = kept!(store, tx => tx.lease_tasks(now, minutes(1), 3).await?);
                assert!(leased.len() <= 3 && leased.is_sorted_by_key(|task| task.due_at));
                if leased.is_empty() {
                    return mine;
                }
                mine.extend(leased);
            }
        }
    }))
    .await
    .concat();
    let subjects = leased.iter().map(|due| due.task.subject.as_u128()).collect::<HashSet<_>>();
    assert_eq!((leased.len(), subjects), (50, (0..50).collect()));
    assert!(leased.iter().all(|due| due.attempts == 1));
}

async fn a_lapsed_task_is_taken_up_again(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let first = task(&sample, 1);
    kept!(sample.store, tx => tx.plan(first, start()).await?);
    assert_eq!(lease(&sample, start(), 9).await[0].attempts, 1);
    assert!(lease(&sample, start().after(seconds(59)), 9).await.is_empty());
    let again = lease(&sample, start().after(seconds(60)), 9).await;
    assert_eq!(again, [DueTask { task: first, due_at: start(), attempts: 2 }]);
    // Planned anew it begins anew, whoever had it in hand.
    kept!(sample.store, tx => tx.plan(first, start()).await?);
    assert_eq!(lease(&sample, start(), 9).await[0].attempts, 1);
    kept!(sample.store, tx => tx.unplan(first.kind, first.subject).await?);
    assert!(lease(&sample, start().after(minutes(9)), 9).await.is_empty());
}

async fn a_task_put_off_rests_unless_it_was_planned_anew(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (first, until) = (task(&sample, 1), start().after(minutes(5)));
    kept!(sample.store, tx => tx.plan(first, start()).await?);
    lease(&sample, start(), 9).await;
    kept!(sample.store, tx => tx.put_off(first, start(), until).await?);
    assert!(lease(&sample, start().after(minutes(4)), 9).await.is_empty());
    let again = lease(&sample, until, 9).await;
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    // While a node failed at it, somebody planned it for another moment: that stands.
    let sooner = start().after(seconds(1));
    kept!(sample.store, tx => {
        tx.plan(first, sooner).await?;
        tx.put_off(first, start(), until).await?;
    });
    assert_eq!(lease(&sample, sooner, 9).await.len(), 1);
}

async fn the_next_task_and_a_chapter_s_plan_are_told(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    assert_eq!(seen!(sample.store, tx => tx.next_task_at().await?), None);
    let tasks = [3, 1, 2]
        .map(|n| (task(&sample, n), start().after(minutes(i64::try_from(n).expect("small")))));
    kept!(sample.store, tx => {
        for (task, due) in tasks {
            tx.plan(task, due).await?;
        }
    });
    let (chapter, nobody) = (sample.chapter, model::ChapterId::from_uuid(Uuid::nil()));
    let (next, planned, none) = seen!(sample.store, tx => (
        tx.next_task_at().await?,
        tx.planned_tasks(chapter, 2).await?,
        tx.planned_tasks(nobody, 9).await?,
    ));
    assert_eq!(next, Some(start().after(minutes(1))));
    // One in hand is nothing to wake for until its lease runs out.
    let now = start().after(minutes(1));
    assert_eq!(lease(&sample, now, 9).await.len(), 1);
    let again = || async { seen!(sample.store, tx => tx.next_task_at().await?) };
    assert_eq!(again().await, Some(start().after(minutes(2))));
    kept!(sample.store, tx => {
        tx.put_off(tasks[1].0, tasks[1].1, now.after(seconds(5))).await?;
    });
    assert_eq!(again().await, Some(now.after(seconds(5))));
    assert_eq!(planned, [tasks[1], tasks[2]]);
    assert!(none.is_empty());
}
