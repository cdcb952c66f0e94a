//! The lines we serve, kept at hand for the webhooks, and which line speaks to whom.

use futures_util::future::BoxFuture;
use std::{collections::HashMap, sync::RwLock};

use carriers::Account;
use model::{CarrierKind, ChapterId, LineId, LinePurpose, OutboxId, Phone, Timestamp, seconds};
use storage::{Line, LineEntry};

use crate::{Dispatch, Result, desk::Desk};

/// A line as a webhook needs it: whose it is and what verifies its requests.
#[derive(Debug, Clone)]
pub struct RegisteredLine {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub chapter_id: ChapterId,
    /// Who carries its texts.
    pub carrier: CarrierKind,
    /// Whom it is for.
    pub purpose: LinePurpose,
    /// What opens it at the carrier.
    pub account: Account,
}

/// How long a line found once is taken as found: a changed token works after so many seconds.
const FRESH: i64 = 5;

/// The lines that were asked for lately.
#[derive(Default)]
pub(crate) struct Register(RwLock<HashMap<Phone, (Timestamp, RegisteredLine)>>);

impl From<&Line> for RegisteredLine {
    fn from(line: &Line) -> Self {
        Self {
            id: line.id,
            chapter_id: line.chapter_id,
            carrier: line.carrier,
            purpose: line.purpose,
            account: account_of(line),
        }
    }
}

/// What the carrier needs to speak for a line.
pub(crate) fn account_of(line: &Line) -> Account {
    Account {
        number: line.number.clone(),
        account_sid: line.account.account_sid.clone(),
        auth_token: line.account.auth_token.clone(),
        messaging_service: line.account.messaging_service.clone(),
        api_base: line.account.api_base.clone(),
        shared_key: None,
    }
}

impl Dispatch {
    /// The line with this number; `None` where we have no such line.
    ///
    /// # Errors
    /// Where the database cannot be asked.
    pub fn line_by_number<'a>(
        &'a self,
        number: &'a Phone,
    ) -> BoxFuture<'a, Result<Option<RegisteredLine>>> {
        Box::pin(async move {
            let now = self.now();
            if let Ok(known) = self.0.lines.0.read()
                && let Some((since, line)) = known.get(number)
                && now < since.after(seconds(FRESH))
                && now >= *since
            {
                return Ok(Some(line.clone()));
            }
            let wanted = number.clone();
            let line = self
                .0
                .store
                .read::<_, storage::Error, _>(move |tx| {
                    Box::pin(async move { tx.line_by_number(&wanted).await })
                })
                .await?
                .map(|line| RegisteredLine::from(&line));
            if let Ok(mut known) = self.0.lines.0.write() {
                match &line {
                    Some(line) => {
                        known.insert(number.clone(), (now, line.clone()));
                    }
                    // An unknown number is not remembered: strangers must not fill our memory.
                    None => {
                        known.remove(number);
                    }
                }
            }
            Ok(line)
        })
    }
}

impl Dispatch {
    /// Every line of the installation, oldest first.
    pub(crate) async fn line_entries(&self) -> Result<Vec<LineEntry>> {
        let entries = self
            .0
            .store
            .read::<_, storage::Error, _>(|tx| Box::pin(async move { tx.line_entries().await }));
        Ok(entries.await?)
    }

    /// The line over which a text of ours went; `None` where we have no such text.
    ///
    /// # Errors
    /// Where the database cannot be asked.
    pub fn line_of_message(
        &self,
        message: OutboxId,
    ) -> BoxFuture<'_, Result<Option<RegisteredLine>>> {
        Box::pin(async move {
            let line = self
                .0
                .store
                .read::<_, storage::Error, _>(move |tx| {
                    Box::pin(async move {
                        match tx.line_of_message(message).await? {
                            Some(line) => tx.line(line).await,
                            None => Ok(None),
                        }
                    })
                })
                .await?;
            Ok(line.as_ref().map(RegisteredLine::from))
        })
    }
}

/// The line from which members and admins always hear: the oldest one for members, else the oldest for
/// both.
pub(crate) fn for_members(lines: &[Line]) -> Option<&Line> {
    let of = |purpose| lines.iter().find(|line| line.purpose == purpose);
    of(LinePurpose::Members).or_else(|| of(LinePurpose::Both))
}

impl Desk<'_> {
    /// The chapter's lines, oldest first.
    pub(crate) async fn lines(&mut self) -> Result<&[Line]> {
        if self.lines.is_none() {
            self.lines = Some(self.tx.lines_of(self.chapter.id).await?);
        }
        Ok(self.lines.as_deref().unwrap_or_default())
    }

    /// The line from which members and admins always hear; `None` where the chapter has none.
    pub(crate) async fn members_line(&mut self) -> Result<Option<LineId>> {
        Ok(for_members(self.lines().await?).map(|line| line.id))
    }

    /// The number families text, for whom to name it.
    pub(crate) async fn families_number(&mut self) -> Result<Option<Phone>> {
        let lines = self.lines().await?;
        let of = |purpose| lines.iter().find(|line| line.purpose == purpose);
        Ok(of(LinePurpose::Families)
            .or_else(|| of(LinePurpose::Both))
            .map(|line| line.number.clone()))
    }
}
