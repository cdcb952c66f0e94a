//! The care lines: what a text says before or beside everything else when a doctor is needed.

use model::{
    MessageKind,
    reading::{FlagLevel, RedFlag},
};

use super::speech::Speech;

/// What care a family's message calls for. The service never rules anything out: where a sign was
/// read, the line is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Care {
    /// A doctor at once: the line opens the text, before everything but the chapter's name.
    pub now: bool,
    /// A doctor today: the text contains the line.
    pub today: bool,
    /// It is the parent who needs the doctor.
    pub parent: bool,
    /// The baby needs the doctor as well as the parent; of no meaning without `parent`.
    pub baby_too: bool,
    /// Something was swallowed: Poison Help.
    pub poison: bool,
    /// The line of support is added.
    pub support: bool,
    /// The doctor is to be called today about the baby's weight.
    pub weight: bool,
}

impl Care {
    /// What these signs of danger call for. Emergency, crisis and private signs call for texts of
    /// their own and are not answered here.
    #[must_use]
    pub fn of(flags: &[RedFlag]) -> Self {
        let at = |level| flags.iter().filter(move |flag| flag.level == level);
        let now = at(FlagLevel::DoctorNow).count() > 0;
        let today = !now && at(FlagLevel::DoctorToday).count() > 0;
        let level = if now { FlagLevel::DoctorNow } else { FlagLevel::DoctorToday };
        let is_parent =
            |flag: &RedFlag| flag.code.starts_with("parent_") || flag.code.starts_with("mastitis");
        let parent = at(level).any(is_parent);
        Self {
            now,
            today,
            parent,
            baby_too: parent && at(level).any(|flag| !is_parent(flag)),
            poison: flags.iter().any(|flag| flag.code == "baby_ingestion"),
            support: at(FlagLevel::Support).count() > 0,
            weight: today && at(level).any(|flag| flag.code == "baby_weight_concern"),
        }
    }

    /// What kind of message answers words that call for it: a doctor at once is safety.
    pub(crate) fn kind(self) -> MessageKind {
        if self.now { MessageKind::Safety } else { MessageKind::Reply }
    }

    /// Whether a text is longer for it.
    pub(crate) fn is_some(self) -> bool {
        self != Self::default()
    }
}

impl Speech<'_> {
    /// The line that opens the text.
    pub(super) fn care_now(&self, care: Care) -> Option<String> {
        let key = match care {
            Care { poison: true, .. } => "care-poison",
            Care { now: false, .. } => return None,
            Care { parent: true, baby_too: true, .. } => "care-now-both",
            Care { parent: true, .. } => "care-now-parent",
            Care { .. } => "care-now-baby",
        };
        Some(self.say(key, &[]))
    }

    /// The lines that stand further on.
    pub(super) fn care_beside(&self, care: Care) -> Vec<String> {
        let mut lines = Vec::new();
        if care.today && !care.now && !care.poison {
            let baby = if care.weight { "care-today-weight" } else { "care-today-baby" };
            if care.parent {
                lines.push(self.say("care-today-parent", &[]));
            }
            if !care.parent || care.baby_too {
                lines.push(self.say(baby, &[]));
            }
        }
        if care.support {
            lines.push(self.say("support-harm", &[]));
        }
        lines
    }

    /// How an answer ends: 911, unless the care line has said it, and STOP.
    pub(super) fn closing(&self, care: Care) -> Vec<String> {
        let mut lines = Vec::new();
        if !care.now && !care.poison {
            lines.push(self.say("emergency", &[]));
        }
        lines.push(self.say("stop", &[]));
        lines
    }
}
