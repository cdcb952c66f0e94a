//! What to bring, in words.

use super::names::{amount, document_name, immunization_name, join_or, topic_name};
use crate::Remedy;

impl Remedy {
    /// What it is, as a member is told: `a current IBCLC certificate`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Check { .. } => "nothing: what was sent waits for the chapter's check".to_owned(),
            Self::Credential { credential } => format!("a current {credential} certificate"),
            Self::License { kind, state } => {
                format!("a current {} licence", format!("{state} {kind}").trim())
            }
            Self::Insurance { per_occurrence: 0, aggregate: 0, .. } => {
                "a current certificate of insurance".to_owned()
            }
            Self::Insurance { per_occurrence, aggregate, .. } => {
                let limits = [(*per_occurrence, "for each case"), (*aggregate, "in all")];
                let limits: Vec<_> = limits
                    .iter()
                    .filter(|(least, _)| *least > 0)
                    .map(|(least, of)| format!("${} {of}", amount(Some(*least))))
                    .collect();
                format!("insurance of at least {}", limits.join(" and "))
            }
            Self::Training { topic } => format!("a new {} training", topic_name(topic)),
            Self::BackgroundCheck => "a clear background report".to_owned(),
            Self::Screens { lists } => {
                format!("nothing: the chapter screens {} again", join_or(lists))
            }
            Self::Immunizations { items } => {
                let names: Vec<_> = items.iter().map(|(code, _)| immunization_name(code)).collect();
                names.join(", ")
            }
            Self::Availability { within_hours, .. } => {
                format!("a statement that you see families within {within_hours} hours")
            }
            Self::References { count, roles } if roles.is_empty() => {
                format!("{count} letters of reference")
            }
            Self::References { count, roles } => {
                format!("{count} letters of reference from a {}", join_or(roles))
            }
            Self::Document { doc, .. } => format!("the {}, signed", document_name(doc)),
            Self::Standing { dues: true, event: true } => "the dues and a chapter event".to_owned(),
            Self::Standing { dues: true, .. } => "the dues".to_owned(),
            Self::Standing { .. } => "a chapter event".to_owned(),
        }
    }
}
