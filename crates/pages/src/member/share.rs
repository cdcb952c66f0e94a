//! Her share of what there was to give, and the rule by which it is given.

use askama::Template;
use dispatch::{Figure, Share};

use super::Section;
use crate::fault::Fault;

#[derive(Template)]
#[template(path = "member_share.html")]
struct Shown<'a> {
    share: &'a Share,
    figures: [(&'static str, Figure); 3],
}

#[derive(Template)]
#[template(path = "member_rule.html")]
struct Rule {
    rule: Vec<String>,
}

pub(super) fn sections(share: &Share, rule: Vec<String>) -> Result<Vec<Section>, Fault> {
    let figures =
        [("Asked", share.asked), ("Claimed", share.claimed), ("Named to a family", share.placed)];
    Ok(vec![
        Section::of("share", "Your share", &Shown { share, figures })?,
        Section::of("rule", "How places are decided", &Rule { rule })?,
    ])
}
