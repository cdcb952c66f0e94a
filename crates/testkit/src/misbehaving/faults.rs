use serde::{Deserialize, Serialize};

/// How one request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// As it should.
    #[default]
    Fine,
    /// Refused for the time being: 429 with 20429 and `Retry-After` in seconds.
    Busy(u32),
    /// Refused with an error code of Twilio's.
    Refused(u32),
    /// A page of HTML with status 500, and nothing was taken.
    Broken,
    /// A page of HTML with status 500, but the text was taken.
    BrokenAfter,
    /// Silence, then the connection is closed; nothing was taken.
    Silent,
    /// The same, but the text was taken.
    SilentAfter,
    /// The connection is closed at once; nothing was taken.
    Dropped,
    /// The same, but the text was taken.
    DroppedAfter,
    /// Taken, and later reported undelivered with an error code of Twilio's.
    Undelivered(u32),
    /// Taken, and never reported on.
    Unreported,
}

/// What goes wrong by chance, from 0 (never) to 1 (always). The default is a good day.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chances {
    /// [`Fault::Busy`], for one second.
    pub busy: f64,
    /// [`Fault::Broken`].
    pub broken: f64,
    /// [`Fault::BrokenAfter`].
    pub broken_after: f64,
    /// [`Fault::Silent`].
    pub silent: f64,
    /// [`Fault::SilentAfter`].
    pub silent_after: f64,
    /// [`Fault::Dropped`].
    pub dropped: f64,
    /// [`Fault::DroppedAfter`].
    pub dropped_after: f64,
    /// [`Fault::Undelivered`] with 30003.
    pub undelivered: f64,
    /// [`Fault::Unreported`].
    pub unreported: f64,
    /// A question for the list finds the carrier broken.
    pub list_broken: f64,
    /// A report comes twice.
    pub reports_doubled: f64,
    /// A report is overtaken by the next.
    pub reports_reordered: f64,
    /// A webhook for a text that came in is called twice.
    pub texts_doubled: f64,
    /// A webhook for a text that came in is never called.
    pub texts_lost: f64,
}

impl Chances {
    /// Draws how a text handed over goes.
    pub(super) fn draw(&self, happens: impl Fn(f64) -> bool) -> Fault {
        let faults = [
            (self.busy, Fault::Busy(1)),
            (self.broken, Fault::Broken),
            (self.broken_after, Fault::BrokenAfter),
            (self.silent, Fault::Silent),
            (self.silent_after, Fault::SilentAfter),
            (self.dropped, Fault::Dropped),
            (self.dropped_after, Fault::DroppedAfter),
            (self.undelivered, Fault::Undelivered(30003)),
            (self.unreported, Fault::Unreported),
        ];
        let drawn = faults.into_iter().find(|(chance, _)| *chance > 0.0 && happens(*chance));
        drawn.map_or(Fault::Fine, |(_, fault)| fault)
    }
}
