//! What the carrier took and what came in to it.

use jiff::{fmt::rfc2822, tz::TimeZone};
use model::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

/// A text that the carrier took, for the accountant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The carrier's id of it.
    pub sid: String,
    /// The line, or what sends for it; empty while a messaging service has not chosen.
    pub from: String,
    /// The recipient.
    pub to: String,
    /// The words.
    pub body: String,
    /// When it was taken.
    pub at: Timestamp,
    /// Where it is reported on.
    pub status_callback: Option<String>,
    /// Until when it is of use, in seconds from `at`.
    pub validity_period: Option<String>,
    /// How far it has come, in Twilio's words.
    pub status: String,
}

/// A text that came in to the carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Received {
    /// The carrier's id of it.
    pub sid: String,
    /// Who wrote it.
    pub from: String,
    /// The line.
    pub to: String,
    /// The words.
    pub body: String,
    /// When it came in.
    pub at: Timestamp,
}

/// A message as the carrier keeps it.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) sid: String,
    pub(super) inbound: bool,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) body: String,
    pub(super) created: Timestamp,
    /// Texts that wait have not been sent, and the list's filter by day passes over them.
    pub(super) sent: Option<Timestamp>,
    pub(super) status: &'static str,
    pub(super) error_code: Option<u32>,
    pub(super) service: Option<String>,
    pub(super) callback: Option<String>,
    pub(super) validity_period: Option<String>,
}

impl Record {
    /// The message as the API shows it.
    pub(super) fn json(&self, account_sid: &str) -> Value {
        let unchosen = self.from.is_empty();
        json!({
            "sid": self.sid,
            "account_sid": account_sid,
            "messaging_service_sid": self.service,
            "direction": if self.inbound { "inbound" } else { "outbound-api" },
            "from": (!unchosen).then_some(&self.from),
            "to": self.to,
            "body": self.body,
            "status": self.status,
            "error_code": self.error_code,
            "error_message": self.error_code.map(|_| "It failed"),
            "num_media": "0",
            "num_segments": if unchosen { "0" } else { "1" },
            "date_created": date(self.created),
            "date_sent": self.sent.map(date),
            "date_updated": date(self.sent.unwrap_or(self.created)),
            "price": null,
            "price_unit": "USD",
            "api_version": "2010-04-01",
            "uri": format!("/2010-04-01/Accounts/{account_sid}/Messages/{}.json", self.sid),
        })
    }
}

/// A date as Twilio writes it: `Sun, 01 Mar 2026 12:00:00 +0000`.
fn date(at: Timestamp) -> String {
    rfc2822::to_string(&at.as_jiff().to_zoned(TimeZone::UTC)).unwrap_or_default()
}

/// Every message, in the order in which it came.
#[derive(Default)]
pub(super) struct Log {
    pub(super) records: Vec<Record>,
    pub(super) attempts: u64,
}

impl Log {
    pub(super) fn accepted(&self) -> Vec<Accepted> {
        let ours = self.records.iter().filter(|record| !record.inbound).cloned();
        ours.map(|record| Accepted {
            sid: record.sid,
            from: record.from,
            to: record.to,
            body: record.body,
            at: record.created,
            status_callback: record.callback,
            validity_period: record.validity_period,
            status: record.status.to_owned(),
        })
        .collect()
    }

    pub(super) fn received(&self) -> Vec<Received> {
        let theirs = self.records.iter().filter(|record| record.inbound).cloned();
        theirs
            .map(|record| Received {
                sid: record.sid,
                from: record.from,
                to: record.to,
                body: record.body,
                at: record.created,
            })
            .collect()
    }

    pub(super) fn find(&self, sid: &str) -> Option<&Record> {
        // Whoever asks for one asks for a young one.
        self.records.iter().rev().find(|record| record.sid == sid)
    }

    pub(super) fn find_mut(&mut self, sid: &str) -> Option<&mut Record> {
        self.records.iter_mut().rev().find(|record| record.sid == sid)
    }
}
