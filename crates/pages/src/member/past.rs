//! What she claimed before.

use askama::Template;
use dispatch::{Past, PastClaim};
use model::ClaimKind;

use super::{Section, work::word};
use crate::fault::Fault;

#[derive(Template)]
#[template(path = "member_past.html")]
struct Shown<'a> {
    secret: &'a str,
    past: &'a Past,
    rows: Vec<(&'a PastClaim, String, &'static str, Option<&'static str>)>,
}

pub(super) fn section(past: &Past, secret: &str) -> Result<Section, Fault> {
    let rows = past.claims.iter().map(|claim| {
        let on = claim.claimed_at.in_zone(&past.zone).strftime("%-d %b %Y").to_string();
        (claim, on, what(claim), claim.told.map(word))
    });
    Section::of("history", "What you claimed", &Shown { secret, past, rows: rows.collect() })
}

/// What became of a claim.
fn what(claim: &PastClaim) -> &'static str {
    match claim.kind {
        ClaimKind::Dropped => "given back",
        ClaimKind::Lapsed => "not confirmed in time",
        ClaimKind::Replaced => "another was named",
        _ if claim.named_at.is_some() => "the family had your card",
        ClaimKind::Standby | ClaimKind::Collected => "the places were gone",
        ClaimKind::Firm | ClaimKind::Provisional | ClaimKind::Kept => {
            "closed before names went out"
        }
    }
}
