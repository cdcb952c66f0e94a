//! E-mails to people outside the console: members, and a hospital's people.

use model::MessageText;

use super::{
    member::{Ending, things},
    speech::Speech,
};

/// One e-mail. None names anybody.
#[derive(Clone, Copy)]
pub enum Letter<'a> {
    /// To a member: what ends soon.
    Reminder {
        /// The nearest end first.
        endings: &'a [Ending],
        /// The address of her page, and for how many days it works.
        link: Option<(&'a str, i64)>,
    },
    /// To a hospital's people: its list is published, or corrected.
    Edition {
        /// The chapter's whole name.
        chapter: &'a str,
        /// The hospital's.
        hospital: &'a str,
        /// The edition's number.
        number: i64,
        /// How many are on it.
        entries: usize,
        /// The edition it corrects, and how many were taken off.
        corrects: Option<(i64, usize)>,
        /// How many are new, are gone and are changed since the one before; none for a first one.
        changes: Option<(usize, usize, usize)>,
        /// The private link.
        link: Option<&'a str>,
    },
}

/// The subject and the body.
pub(super) fn letter(speech: &Speech<'_>, what: &Letter<'_>) -> (String, MessageText) {
    match *what {
        Letter::Reminder { endings, link } => {
            let things = things(speech, endings, endings.len());
            let mut args = vec![("name", speech.name().into()), ("things", things.into())];
            args.extend(
                link.into_iter()
                    .flat_map(|(link, days)| [("link", link.into()), ("days", days.into())]),
            );
            let key = if link.is_some() { "mail-remind" } else { "mail-remind-plain" };
            let body = MessageText::new(speech.say(key, &args));
            (speech.say("mail-remind-subject", &args), body)
        }
        Letter::Edition { chapter, hospital, number, entries, corrects, changes, link } => {
            let mut args = vec![
                ("chapter", chapter.into()),
                ("hospital", hospital.into()),
                ("number", number.into()),
                ("entries", entries.into()),
            ];
            let key = if let Some((corrects, taken)) = corrects {
                args.extend([("corrects", corrects.into()), ("taken", taken.into())]);
                "mail-corrected"
            } else {
                "mail-edition"
            };
            let mut parts = vec![speech.say(key, &args)];
            if let Some((added, removed, changed)) = changes {
                let counts = [
                    ("added", added.into()),
                    ("removed", removed.into()),
                    ("changed", changed.into()),
                ];
                parts.push(speech.say("mail-changes", &counts));
            }
            parts.push(match link {
                Some(link) => speech.say("mail-list", &[("link", link.into())]),
                None => speech.say("mail-ask", &[]),
            });
            let subject = speech.say(&format!("{key}-subject"), &args);
            (subject, MessageText::new(parts.join("\n\n")))
        }
    }
}
