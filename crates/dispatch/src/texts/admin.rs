//! What the chapter's admins are told: an id and a reason, never a family's words.

use model::{MessageText, word};

use super::speech::Speech;

word! {
    /// Why an admin is called.
    PageReason {
        /// A life is in danger.
        Emergency = "emergency",
        /// Words of self-harm or of harm to the baby.
        Crisis = "crisis",
        /// Somebody at home may be dangerous and may read along.
        Private = "private",
        /// Somebody needs a doctor now; the referral goes on.
        Doctor = "doctor",
        /// A baby died.
        Loss = "loss",
        /// Anger at us or at a consultant.
        Complaint = "complaint",
        /// A request waits to be released.
        Held = "held",
        /// Nobody by the promised time.
        Unfilled = "unfilled",
        /// Nobody within a day.
        DeadEnd = "dead_end",
        /// A consultant dropped out after the names, and nobody stands by.
        Replacement = "replacement",
        /// The family reached nobody: a second try runs.
        Reopened = "reopened",
        /// The family has had as many texts as it may without a human.
        Budget = "budget",
        /// A family asks to be called.
        Callback = "callback",
        /// A family asks to be deleted.
        Erasure = "erasure",
        /// A text that matters did not reach its person.
        Unreachable = "unreachable",
        /// Somebody with an open request, or a member, opted out.
        OptOut = "opt_out",
        /// Money or a swap was offered for a referral.
        Money = "money",
        /// A family wrote in a thread that a person has taken over.
        Written = "written",
        /// A family's other phone was told that a person writes: its request was made one with another.
        Merged = "merged",
        /// There are names for a family whose thread a person has taken over.
        NamesWait = "names_wait",
        /// A text that could not be read.
        Unread = "unread",
        /// A family writes in a language that the chapter accepts no texts in: it gets English.
        Language = "language",
        /// The line carries no texts; e-mail carries this alone.
        LineFailing = "line_failing",
        /// The service was restored from a backup: what happened since is to be looked through.
        Restored = "restored",
        /// A family was answered by the service that was lost, nobody knows with what.
        AfterRestore = "after_restore",
    }
}

/// One text to an admin.
#[derive(Clone, Copy)]
pub enum ToAdmin<'a> {
    /// A call for attention. She answers OK or opens it; else it goes to the next admin.
    Page {
        /// The short id by which she finds it: of the inquiry, or of the line.
        id: &'a str,
        /// It is an inquiry's id, and not a line's or a member's.
        of_inquiry: bool,
        /// Why.
        reason: PageReason,
        /// Somebody was paged before and did not answer.
        again: bool,
    },
    /// She texted something that answers no page: where her work is done.
    Console {
        /// The console's address.
        address: &'a str,
    },
    /// Her OK was taken.
    PageAnswered {
        /// The id of the page.
        id: &'a str,
    },
    /// The code with which she signs in.
    SignInCode {
        /// The code.
        code: &'a str,
        /// How long it works.
        minutes: u32,
    },
}

/// One e-mail to an admin.
#[derive(Clone, Copy)]
pub enum Email<'a> {
    /// A call for attention, beside the text.
    Page {
        /// The short id by which she finds it.
        id: &'a str,
        /// Why.
        reason: PageReason,
        /// Somebody was paged before and did not answer.
        again: bool,
        /// The address in the console.
        console: &'a str,
    },
    /// She is one of the chapter's people now: the link with which she signs in first.
    Invited {
        /// The link; it works once.
        link: &'a str,
        /// How long it works.
        days: u32,
    },
    /// The link with which she signs in.
    SignIn {
        /// The link; it works once.
        link: &'a str,
        /// How long it works.
        minutes: u32,
    },
}

/// What was chosen.
pub(super) fn text(speech: &Speech<'_>, what: &ToAdmin<'_>) -> MessageText {
    let name = speech.name();
    MessageText::new(match *what {
        ToAdmin::Page { id, of_inquiry, reason, again } => {
            let key = match (of_inquiry, again) {
                (true, false) => "page",
                (true, true) => "page-again",
                (false, false) => "page-line",
                (false, true) => "page-line-again",
            };
            let reason = why(speech, reason);
            speech.say(key, &[("name", name.into()), ("id", id.into()), ("reason", reason.into())])
        }
        ToAdmin::Console { address } => {
            speech.say("console", &[("name", name.into()), ("address", address.into())])
        }
        ToAdmin::PageAnswered { id } => {
            speech.say("page-answered", &[("name", name.into()), ("id", id.into())])
        }
        ToAdmin::SignInCode { code, minutes } => speech.say(
            "sign-in-code",
            &[("name", name.into()), ("code", code.into()), ("minutes", i64::from(minutes).into())],
        ),
    })
}

/// What was chosen: the subject and the body.
pub(super) fn email(speech: &Speech<'_>, what: &Email<'_>) -> (String, MessageText) {
    let name = speech.name();
    let (subject, body) = match *what {
        Email::Page { id, reason, again, console } => {
            let reason = why(speech, reason);
            let args = [
                ("name", name.into()),
                ("id", id.into()),
                ("reason", reason.as_str().into()),
                ("console", console.into()),
            ];
            let subject = if again { "email-page-again-subject" } else { "email-page-subject" };
            (speech.say(subject, &args), speech.say("email-page", &args))
        }
        Email::Invited { link, days } => {
            let args =
                [("name", name.into()), ("link", link.into()), ("days", i64::from(days).into())];
            (speech.say("email-invited-subject", &args), speech.say("email-invited", &args))
        }
        Email::SignIn { link, minutes } => {
            let args = [
                ("name", name.into()),
                ("link", link.into()),
                ("minutes", i64::from(minutes).into()),
            ];
            (speech.say("email-sign-in-subject", &args), speech.say("email-sign-in", &args))
        }
    };
    (subject, MessageText::new(body))
}

pub(super) fn why(speech: &Speech<'_>, reason: PageReason) -> String {
    speech.say(&format!("reason-{reason}"), &[])
}
