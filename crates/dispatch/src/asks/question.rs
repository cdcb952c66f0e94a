//! What a family was asked after its names, as its inquiry keeps it until it is answered.

use model::{MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use storage::Inquiry;

/// A question that the family's next words may answer. Our own next text ends it: a yes that comes
/// later answers something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Question {
    /// Whether these may call it; a yes is heard until this time.
    MayCall {
        /// Those whom the question named.
        members: Vec<MemberId>,
        /// From then on nobody gets the number by it.
        until: Timestamp,
    },
    /// What it thought of the line.
    Rate,
}

impl Question {
    /// Keeps that it was asked.
    pub(crate) fn put_to(&self, inquiry: &mut Inquiry) {
        inquiry.asked = serde_json::to_string(self).ok();
    }

    /// What was asked, if it was one of these; it is not asked any longer.
    pub(crate) fn taken_from(inquiry: &mut Inquiry) -> Option<Self> {
        let question = serde_json::from_str(inquiry.asked.as_deref()?).ok()?;
        inquiry.asked = None;
        Some(question)
    }

    /// Nothing of this kind is asked any longer.
    pub(crate) fn forget(inquiry: &mut Inquiry) {
        let _ = Self::taken_from(inquiry);
    }
}
