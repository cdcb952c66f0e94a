use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::BoxFuture;
use model::{Clock, Timestamp};
use tokio::sync::watch;

use super::{Mail, Mailer};
use crate::Sent;

/// How many mails are kept.
const MOST: usize = 1000;

/// A mailer that sends nothing and keeps every mail to be looked at: for the demo and for tests.
/// Clones keep together.
#[derive(Clone)]
pub struct Kept(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    mails: Mutex<VecDeque<KeptMail>>,
    changes: watch::Sender<u64>,
}

/// A mail that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMail {
    /// The mail.
    pub mail: Mail,
    /// When it was handed over.
    pub at: Timestamp,
}

impl Kept {
    /// Starts without mails.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let (mails, changes) = (Mutex::new(VecDeque::new()), watch::Sender::new(0));
        Self(Arc::new(Inner { clock, mails, changes }))
    }

    /// The mails, oldest first: the last 1,000.
    #[must_use]
    pub fn mails(&self) -> Vec<KeptMail> {
        self.0.mails.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// A counter that moves with every mail.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }
}

impl Mailer for Kept {
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Sent> {
        let kept = KeptMail { mail: mail.clone(), at: self.0.clock.now() };
        let mut mails = self.0.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() >= MOST {
            mails.pop_front();
        }
        mails.push_back(kept);
        drop(mails);
        self.0.changes.send_modify(|count| *count = count.wrapping_add(1));
        let sent = Sent::Accepted { carrier_message_id: mail.id.to_string(), segments: None };
        Box::pin(std::future::ready(sent))
    }
}
