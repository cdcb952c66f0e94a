//! What is slow outside holds up nothing else: neither a mail server nor a carrier's list.

use std::{sync::Arc, time::Duration};

use carriers::{
    Sent,
    email::{Mail, Mailer},
};
use dispatch::{Dispatch, Parts};
use futures_util::future::BoxFuture;
use model::{TaskKind, seconds};
use testkit::Chapter;
use tokio::{sync::Notify, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// A mail server that takes connections and never says a word.
#[derive(Default)]
struct NeverAnswers(Notify);

impl Mailer for NeverAnswers {
    fn send<'a>(&'a self, _: &'a Mail) -> BoxFuture<'a, Sent> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

/// A node at work, as `serve` has it; it is killed when the story is over.
fn at_work(node: &Dispatch) -> JoinSet<()> {
    let (sender, tasks) = (node.clone(), node.clone());
    let mut work = JoinSet::new();
    work.spawn(async move { sender.run_sender(CancellationToken::new()).await });
    work.spawn(async move { tasks.run_tasks(CancellationToken::new()).await });
    work
}

/// Waits until so many texts have gone to a number.
async fn gone(chapter: &Chapter, name: &str, count: usize) {
    let number = chapter.phone(name).number();
    for _ in 0..2000 {
        let carried = chapter.house().network.carried();
        if carried.iter().filter(|text| text.to == number.e164()).count() >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{name} is never told");
}

#[tokio::test]
async fn a_mail_server_that_never_answers_holds_up_no_text() {
    let chapter = Chapter::begin().await;
    let (jess, mailer) = (chapter.family("jess"), Arc::new(NeverAnswers::default()));
    let silent = mailer.clone();
    let node =
        chapter.house().another_node_with(|parts| Parts { mailer: Some(silent), ..parts }).await;
    let mut work = at_work(&node);
    // The admin is called by text and by e-mail.
    let text = chapter.text_from("jess", "baby choked while nursing and lips are blue. 11215");
    chapter.delivers(&text).await;
    mailer.0.notified().await;
    gone(&chapter, "jess", 1).await;
    // The mail hangs; what comes now is answered all the same.
    let help = chapter.text_from("ana", "HELP");
    chapter.delivers(&help).await;
    gone(&chapter, "ana", 1).await;
    gone(&chapter, "ruth", 1).await;
    work.shutdown().await;
    // With the lease of a node that is gone the mail goes by another.
    chapter.advance(seconds(61)).await;
    let _ = jess.receives("CALL 911 NOW");
    let _ = chapter.phone("ana").receives("STOP");
    chapter.admin("ruth").is_called("danger to life");
    chapter.done_leaving(&[TaskKind::Page]).await;
}

#[tokio::test]
async fn a_carrier_that_never_lists_holds_up_no_task() {
    let chapter = Chapter::begin().await;
    let jess = chapter.family("jess");
    chapter.house().network.keeps_lists(true);
    let node = chapter.house().another_node().await;
    node.plan_for_lines().await.expect("it is planned");
    let mut work = at_work(&node);
    // It is asked for its list, and will say nothing.
    chapter.house().network.is_asked_to_list().await;
    let text = chapter.text_from("jess", "baby choked while nursing and lips are blue. 11215");
    chapter.delivers(&text).await;
    gone(&chapter, "jess", 1).await;
    gone(&chapter, "ruth", 1).await;
    work.shutdown().await;
    chapter.house().network.keeps_lists(false);
    chapter.run().await;
    let _ = jess.receives("CALL 911 NOW");
    chapter.admin("ruth").is_called("danger to life");
    chapter.done_leaving(&[TaskKind::Page, TaskKind::Listing]).await;
}
