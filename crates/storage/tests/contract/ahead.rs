//! What a clock that was ahead has left is found, and nothing that waits as it should.

use model::{ErrorClass, MessageKind, OutboxState, TaskKind, day_hours, minutes};
use storage::{Furthest, Settled, Task};
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::sample::{Sample, start};

testkit::on_both! {
    texts_and_leases_that_lie_too_far_ahead_are_due,
    people_to_whom_a_text_waits_have_their_turn,
    tasks_that_lie_too_far_ahead_are_told_and_made_due,
}

fn furthest() -> Furthest {
    let now = start();
    Furthest {
        due: now.after(minutes(6)),
        tomorrow: now.after(day_hours(26)),
        lease: now.after(minutes(2)),
        person: now.after(minutes(2)),
    }
}

async fn texts_and_leases_that_lie_too_far_ahead_are_due(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let mut texts = Vec::new();
    for n in 0..6 {
        let phone = sample.phone(n).await;
        texts.push(sample.enqueue(phone, MessageKind::Reply, &format!("m{n}")).await);
    }
    let at = |after| Some(start().after(after));
    let settled = [
        (OutboxState::Waiting, None, at(minutes(5))),
        (OutboxState::Waiting, Some(ErrorClass::RetryLater), at(minutes(70))),
        (OutboxState::Waiting, Some(ErrorClass::Tomorrow), at(day_hours(20))),
        (OutboxState::Waiting, Some(ErrorClass::Tomorrow), at(day_hours(27))),
        (OutboxState::Unknown, None, at(minutes(1))),
        (OutboxState::Unknown, None, at(minutes(61))),
    ];
    for (&text, (state, error_class, again_at)) in texts.iter().zip(settled) {
        let settled = Settled { error_class, again_at, ..Settled::to(state) };
        assert!(kept!(sample.store, tx => tx.settle_message(text, &settled, start()).await?));
    }
    let moved = kept!(sample.store, tx => tx.bring_back_texts(start(), &furthest()).await?);
    assert_eq!(moved, 3);
    let mut due = Vec::new();
    for &text in &texts {
        let row = seen!(sample.store, tx => tx.outgoing(text).await?).expect("the row");
        due.push(row.lease_until.unwrap_or(row.due_at) == start());
    }
    assert_eq!(due, [false, true, false, true, false, true]);
    let again = kept!(sample.store, tx => tx.bring_back_texts(start(), &furthest()).await?);
    assert_eq!(again, 0);
}

async fn people_to_whom_a_text_waits_have_their_turn(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let (line, ahead) = (sample.line, start().after(minutes(61)));
    let rate = (model::seconds(3), 1);
    for n in 0..2 {
        let phone = sample.phone(n).await;
        sample.enqueue(phone, MessageKind::Reply, &format!("m{n}")).await;
        if n == 0 {
            sample.enqueue(phone, MessageKind::Reply, "another").await;
        }
    }
    // A clock that is an hour ahead sends each of them one.
    let sent = kept!(sample.store, tx => tx.lease_texts(line, ahead, minutes(1), rate, 10).await?);
    assert_eq!(sent.len(), 2);
    for text in &sent {
        let (id, accepted) = (text.id, Settled::to(OutboxState::Accepted));
        kept!(sample.store, tx => tx.settle_message(id, &accepted, ahead).await?);
    }
    let lease = || async {
        kept!(sample.store, tx => tx.lease_texts(line, start(), minutes(1), rate, 10).await?)
    };
    assert!(lease().await.is_empty());
    assert_eq!(kept!(sample.store, tx => tx.bring_back_people(start(), &furthest()).await?), 1);
    assert_eq!(lease().await.len(), 1);
}

async fn tasks_that_lie_too_far_ahead_are_told_and_made_due(database: TestDatabase) {
    let sample = Sample::new(&database).await;
    let chapter_id = sample.chapter;
    let task = move |n| Task { kind: TaskKind::Settle, subject: Uuid::from_u128(n), chapter_id };
    let (soon, far) = (start().after(minutes(9)), start().after(minutes(70)));
    kept!(sample.store, tx => {
        tx.plan(task(1), soon).await?;
        tx.plan(task(2), far).await?;
        tx.plan(Task { kind: TaskKind::Promise, ..task(3) }, far).await?;
    });
    let beyond = start().after(minutes(10));
    let told = seen!(sample.store, tx => tx.tasks_beyond(TaskKind::Settle, beyond).await?);
    assert_eq!(told, [(task(2), far)]);
    // What was planned anew meanwhile stays as it was planned.
    kept!(sample.store, tx => tx.bring_back_task(task(2), soon, start()).await?);
    assert_eq!(seen!(sample.store, tx => tx.tasks_beyond(TaskKind::Settle, beyond).await?), told);
    kept!(sample.store, tx => tx.bring_back_task(task(2), far, start()).await?);
    let leased = kept!(sample.store, tx => tx.lease_tasks(start(), minutes(70), 10).await?);
    assert_eq!(leased.iter().map(|due| due.task).collect::<Vec<_>>(), [task(2)]);
    assert_eq!(kept!(sample.store, tx => tx.free_tasks(start().after(minutes(80))).await?), 0);
    assert_eq!(kept!(sample.store, tx => tx.free_tasks(beyond).await?), 1);
    let again = kept!(sample.store, tx => tx.lease_tasks(start(), minutes(1), 10).await?);
    assert_eq!(again.len(), 1);
}
