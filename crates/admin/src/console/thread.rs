//! A thread and a trace as a page shows them. What somebody wrote is shown as it is, never as a link.

use dispatch::view::{Step, ThreadText};
use model::{OutboxId, Phone, reading::Reason};

use super::{
    clock::{Clock, Moment},
    names,
};

/// One text of a thread.
pub(super) struct Bubble {
    pub(super) is_ours: bool,
    pub(super) state: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) said: Option<String>,
    pub(super) media: i64,
    pub(super) error: Option<String>,
    /// By which it can be sent again.
    pub(super) again: Option<OutboxId>,
    pub(super) at: Moment,
}

/// One step of a trace.
pub(super) struct Line {
    pub(super) weight: &'static str,
    pub(super) words: String,
    pub(super) at: Moment,
}

/// Why something was read: what it led to, and the words it rests on.
pub(super) struct Why {
    pub(super) field: String,
    pub(super) rule: String,
    pub(super) words: String,
}

pub(super) fn bubbles(thread: &[ThreadText], clock: &Clock) -> Vec<Bubble> {
    let bubble = |text: &ThreadText| {
        let badge = text.state.map(names::message);
        Bubble {
            is_ours: !text.from_family,
            state: badge.map_or("", |badge| badge.state),
            name: badge.map_or("", |badge| badge.name),
            kind: text.kind.map_or("family", names::message_kind),
            said: text.body.as_ref().map(|body| body.reveal().to_owned()),
            media: text.media,
            error: text.error_code.clone(),
            again: text.again,
            at: clock.exact(text.at),
        }
    };
    thread.iter().map(bubble).collect()
}

/// With whom a thread is. Numbers are for whoever may answer, as words are.
pub(super) fn with(phone: Option<&Phone>, may_act: bool) -> String {
    match phone {
        _ if !may_act => "With a number that moderators see".to_owned(),
        Some(phone) => format!("With {}", phone.national()),
        None => "The number was erased".to_owned(),
    }
}

/// The texts with a member, on her own page.
pub(super) fn with_member(thread: &[ThreadText], clock: &Clock) -> Vec<Bubble> {
    let mut bubbles = bubbles(thread, clock);
    for bubble in bubbles.iter_mut().filter(|bubble| !bubble.is_ours) {
        bubble.kind = "she";
    }
    bubbles
}

pub(super) fn lines(trace: &[Step], clock: &Clock) -> Vec<Line> {
    let line = |step: &Step| Line {
        weight: names::weight(step.weight),
        words: step.words.clone(),
        at: clock.exact(step.at),
    };
    trace.iter().map(line).collect()
}

pub(super) fn whys(reasons: &[Reason]) -> Vec<Why> {
    let why = |reason: &Reason| Why {
        field: names::plain(&reason.field),
        rule: names::plain(&reason.rule),
        words: reason.words.clone(),
    };
    reasons.iter().map(why).collect()
}
