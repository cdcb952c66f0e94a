use std::{collections::BTreeSet, time::Duration};

use model::Phone;

/// What goes wrong in the simulated network. The default is a good day: nothing.
///
/// Chances are from 0 (never) to 1 (always).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    /// How long each step takes, give or take half of it: handing a text over, its way to the
    /// phone, a phone's text on its way to the line.
    pub latency: Duration,
    /// A text never arrives. One of ours is reported failed; of a phone's no webhook comes, and
    /// only asking the carrier shows it.
    pub loss: f64,
    /// A webhook comes twice.
    pub duplicates: f64,
    /// A webhook is overtaken by a later one.
    pub reordering: f64,
    /// The carrier takes no text just now and says so.
    pub busy: f64,
    /// No answer comes, and the text was not taken.
    pub timeout_before: f64,
    /// No answer comes, but the text was taken.
    pub timeout_after: f64,
    /// Numbers that the carrier itself has opted out.
    pub opted_out: BTreeSet<Phone>,
    /// Numbers that cannot be texted.
    pub bad_numbers: BTreeSet<Phone>,
}
