//! What became of the papers she sent.

use askama::Template;
use eligibility::EvidenceStatus;
use roster::{Own, Sent};

use super::Section;
use crate::fault::Fault;

#[derive(Template)]
#[template(path = "member_papers.html")]
struct Papers<'a> {
    papers: Vec<(&'a Sent, String, &'static str, &'static str)>,
}

pub(super) fn section(own: &Own) -> Result<Section, Fault> {
    let papers = own.sent.iter().map(|sent| {
        let (state, word) = match sent.status {
            EvidenceStatus::Submitted => ("applied", "waits for the chapter's check"),
            EvidenceStatus::Verified => ("active", "verified"),
            EvidenceStatus::Rejected => ("withdrawn", "not accepted"),
        };
        let on = sent.at.in_zone(&own.chapter.timezone).strftime("%-d %b %Y").to_string();
        (sent, on, state, word)
    });
    Section::of("papers", "Your papers", &Papers { papers: papers.collect() })
}
