//! The settings by what they are about, in the words of somebody who never wanted to run a line.

use model::settings::{Mode, Settings};

use super::{days, minutes, quiet};

/// Which page a group stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Work,
    Texts,
}

/// Settings that are kept together.
pub(super) struct Group {
    pub(super) id: &'static str,
    pub(super) of: Of,
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) fields: &'static [Given],
    /// What holds now, in few words.
    pub(super) words: fn(&Settings) -> String,
}

impl Group {
    pub(super) fn page(&self) -> &'static str {
        match self.of {
            Of::Work => "/settings",
            Of::Texts => "/settings/texts",
        }
    }
}

/// One setting: its key, its name for people, and what may stand there.
pub(super) struct Given {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) hint: &'static str,
    pub(super) kind: Kind,
}

/// What a setting may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A number of these.
    Number(&'static str),
    Switch,
    OneOf(&'static [(&'static str, &'static str)]),
    Hours,
    Policy,
    Canned,
    Languages,
}

const fn given(key: &'static str, name: &'static str, hint: &'static str, kind: Kind) -> Given {
    Given { key, name, hint, kind }
}

const MINUTES: Kind = Kind::Number("minutes");
const HOURS: Kind = Kind::Number("hours");
const DAYS: Kind = Kind::Number("days");

pub(super) const GROUPS: &[Group] = &[
    Group {
        id: "promise",
        of: Of::Work,
        name: "The promise",
        about: "What families are told about when they hear from us.",
        fields: &[
            given(
                "names_by_minutes",
                "Names are promised within",
                "Counted from when asking begins.",
                MINUTES,
            ),
            given("urgent_names_by_minutes", "And within, where it is urgent", "", MINUTES),
            given(
                "answer_minutes",
                "A family may take for our one question",
                "Then we go on with what we know.",
                MINUTES,
            ),
            given("follow_up_hours", "We ask whether it reached someone after", "", HOURS),
            given(
                "dead_end_hours",
                "Without any name, a person takes over after",
                "The family is then sent other places to turn to.",
                HOURS,
            ),
        ],
        words: |settings| {
            let urgent = settings.urgent_names_by_minutes.min(settings.names_by_minutes);
            format!(
                "names within {}, urgent {}",
                minutes(settings.names_by_minutes),
                minutes(urgent)
            )
        },
    },
    Group {
        id: "hours",
        of: Of::Work,
        name: "Hours",
        about: "When members are not asked. A family is answered at any hour, and told when asking begins. A member's own hours go before these.",
        fields: &[given("quiet_hours", "Members are left alone", "", Kind::Hours)],
        words: quiet,
    },
    Group {
        id: "places",
        of: Of::Work,
        name: "Who gets a place",
        about: "The rule is published: members read it on their pages, families beside their names.",
        fields: &[
            given("policy", "The rule", "", Kind::Policy),
            given("fair_start_minutes", "A fair start waits at most", "", MINUTES),
            given("wave_size", "A wave asks", "", Kind::Number("members")),
            given("wave_minutes", "The next wave comes after", "", MINUTES),
            given("window_minutes", "A window is open for", "", MINUTES),
            given(
                "member_cap",
                "A member may hold at once",
                "She may want fewer, never more.",
                Kind::Number("referrals"),
            ),
            given("hold_minutes", "A place is kept while she is asked for", "", MINUTES),
        ],
        words: |settings| super::policy_name(settings.policy).to_lowercase(),
    },
    Group {
        id: "asking",
        of: Of::Work,
        name: "Before members are asked",
        about: "Who lets a broadcast go, to whom, and how much it says.",
        fields: &[
            given(
                "mode",
                "Who lets it go",
                "",
                Kind::OneOf(&[
                    ("automatic", "The service, unless something calls for a person"),
                    ("reviewed", "One of you, every time"),
                ]),
            ),
            given(
                "coarse_offers",
                "Offers tell the area and an age band only",
                "Never the ZIP or the age as told.",
                Kind::Switch,
            ),
            given(
                "enforce_baseline",
                "Ask only members who are eligible on the chapter's own list",
                "",
                Kind::Switch,
            ),
            given(
                "confirm_numbers",
                "New members answer a text before they are asked",
                "So that a number is known to be hers.",
                Kind::Switch,
            ),
        ],
        words: |settings| match settings.mode {
            Mode::Automatic => "the service asks by itself".to_owned(),
            Mode::Reviewed => "one of you releases each".to_owned(),
        },
    },
    Group {
        id: "person",
        of: Of::Work,
        name: "When a person is called",
        about: "How soon the next of you is called, and after how many texts the service stops by itself.",
        fields: &[
            given("page_minutes", "An unanswered call goes to the next of you after", "", MINUTES),
            given(
                "family_texts",
                "Without a person, a family gets at most",
                "",
                Kind::Number("texts"),
            ),
            given(
                "passive_replies",
                "Words that say nothing useful are answered",
                "",
                Kind::Number("times"),
            ),
            given(
                "settle_seconds",
                "Texts belong together if they come within",
                "",
                Kind::Number("seconds"),
            ),
        ],
        words: |settings| format!("the next of you after {}", minutes(settings.page_minutes)),
    },
    Group {
        id: "kept",
        of: Of::Work,
        name: "What is kept, and for how long",
        about: "Every night, what has had its time is erased: first words, then numbers. Counts, consent and the record stay, without anything personal. A STOP holds for good.",
        fields: &[
            given("keep_texts_days", "The words of a conversation, after it was closed", "", DAYS),
            given(
                "keep_numbers_days",
                "A family's number, after its last conversation",
                "No sooner than the words.",
                DAYS,
            ),
        ],
        words: |settings| {
            format!(
                "words {}, numbers {}",
                days(settings.keep_texts_days),
                days(settings.keep_numbers_days)
            )
        },
    },
    Group {
        id: "voice",
        of: Of::Texts,
        name: "How the line speaks",
        about: "What stands at the head of each text, and where people may write instead.",
        fields: &[
            given(
                "short_name",
                "Texts begin with",
                "Short: it counts in every text. Empty for the chapter's full name.",
                Kind::Text,
            ),
            given(
                "contact",
                "People may write instead to",
                "An e-mail address or a web address; the answer to HELP tells it.",
                Kind::Text,
            ),
            given(
                "stop_scope",
                "A STOP reaches",
                "",
                Kind::OneOf(&[
                    ("chapter", "every line of the chapter"),
                    ("line", "the line it was sent to"),
                ]),
            ),
            given(
                "segment_price",
                "A segment costs",
                "As your carrier charges it, its fees included: 118 is 1.18 cents. Only this page uses it.",
                Kind::Number("hundredths of a cent"),
            ),
        ],
        words: |settings| settings.short_name.clone(),
    },
    Group {
        id: "canned",
        of: Of::Texts,
        name: "Texts at hand",
        about: "For answering a family yourself, with one tap. Clear both fields to take one away.",
        fields: &[given("canned", "Texts at hand", "", Kind::Canned)],
        words: |settings| format!("{} texts", settings.canned.len()),
    },
    Group {
        id: "languages",
        of: Of::Texts,
        name: "Languages",
        about: "A language that you leave out is answered in English.",
        fields: &[given("unreviewed_languages", "Languages", "", Kind::Languages)],
        words: |_| String::new(),
    },
];
