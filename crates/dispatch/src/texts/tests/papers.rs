//! One of every text about papers, and how a long reminder is cut.

use jiff::civil::date;

use super::samples::{Chapter, words};
use crate::texts::{AboutPapers, Ending, Letter, ToMember};

const LINK: &str = "https://refer.example.org/m/Zk3bQ0x9Lm2RZk3b";

pub(super) fn endings() -> Vec<Ending> {
    let ending = |what: &str, stage: &str, lists| Ending {
        what: what.to_owned(),
        stage: stage.to_owned(),
        last_good: date(2026, 12, 31),
        lists,
    };
    vec![
        ending("HIPAA training", "grace", 1),
        ending("insurance", "last_day", 3),
        ending("IBCLC", "7_days", 4),
        ending("membership", "30_days", 2),
        ending("influenza immunization for 2026-27", "60_days", 1),
    ]
}

/// Runs `each` over one of every text to a member about papers.
pub(super) fn every_text(each: &mut dyn FnMut(&str, AboutPapers<'_>)) {
    for link in [None, Some((LINK, 72))] {
        each("page", AboutPapers::Page { on: 3, of: 7, link });
        each("page without lists", AboutPapers::Page { on: 0, of: 0, link });
    }
    let options = words(&["HIPAA training", "insurance", "IBCLC certificate"]);
    each("photo kept", AboutPapers::Kept { what: Some("HIPAA training") });
    each("photo kept, unsorted", AboutPapers::Kept { what: None });
    each("which photo", AboutPapers::Which { options: &options });
    each("photo unasked", AboutPapers::Unasked);
    each("photo lost", AboutPapers::Lost);
    each("remind of one", AboutPapers::Remind { endings: &endings()[1..2], link: Some(LINK) });
}

#[test]
fn a_reminder_tells_all_that_ends_the_nearest_first() {
    let (chapter, endings) = (Chapter::new(), endings());
    let remind = AboutPapers::Remind { endings: &endings[..3], link: Some(LINK) };
    assert_eq!(
        chapter.member(&ToMember::Papers(remind)),
        format!(
            "NYLCA: HIPAA training has ended, grace runs to Thu Dec 31 (1 list), insurance ends today \
             (3 lists) and IBCLC ends Thu Dec 31 (4 lists). Reply with a photo of the new one, or send it \
             here: {LINK}"
        )
    );
}

#[test]
fn a_reminder_of_more_than_fits_says_how_much_more_and_keeps_its_link() {
    let chapter = Chapter::new();
    let many: Vec<_> = endings().into_iter().cycle().take(40).collect();
    for link in [None, Some(LINK)] {
        let text = chapter.member(&ToMember::Papers(AboutPapers::Remind { endings: &many, link }));
        assert!(carriers::segments::count(&text).segments <= 3, "{text}");
        assert!(text.contains(" more.") && link.is_none_or(|link| text.ends_with(link)), "{text}");
    }
}

#[test]
fn e_mails_say_what_to_do_and_name_nobody() {
    let (chapter, endings) = (Chapter::new(), endings());
    let letter = |letter: &Letter<'_>| {
        let (subject, body) = chapter.texts.letter(&chapter.voice("en"), letter);
        format!("{subject}\n{}", body.reveal())
    };
    let reminder = letter(&Letter::Reminder { endings: &endings, link: Some((LINK, 7)) });
    assert!(reminder.contains(LINK) && reminder.contains("for 7 days"), "{reminder}");
    let edition = |corrects, changes, link| Letter::Edition {
        chapter: "New York Lactation Consultants",
        hospital: "Kings Bay",
        number: 4,
        entries: 12,
        corrects,
        changes,
        link,
    };
    let published = letter(&edition(None, Some((1, 2, 0)), Some(LINK)));
    assert!(
        published.contains("edition 4 of the list for Kings Bay: 12 consultants."),
        "{published}"
    );
    assert!(published.contains("1 added, 2 taken off, 0 changed") && published.contains(LINK));
    let corrected = letter(&edition(Some((3, 1)), None, None));
    assert!(
        corrected.contains("has taken 1 consultant off") && corrected.contains("ask the chapter")
    );
    for text in [&reminder, &published, &corrected] {
        assert!(!text.contains('{') && !text.contains('\u{2068}'), "{text}");
    }
}
