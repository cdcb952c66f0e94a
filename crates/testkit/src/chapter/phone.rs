//! A phone in a story: what its owner texts, and what she reads.

use model::Code;

use super::Chapter;
use crate::{
    manners::is_offer,
    network::{Carried, Fate},
};

/// Somebody's phone.
#[derive(Clone)]
pub struct Phone<'c> {
    chapter: &'c Chapter,
    name: String,
    line: usize,
}

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Who read it.
    pub by: String,
    /// The words.
    pub text: String,
    /// As it was carried.
    pub carried: Carried,
}

impl Heard {
    /// It says this too.
    ///
    /// # Panics
    /// Where it does not.
    #[track_caller]
    #[must_use]
    pub fn says(self, part: &str) -> Self {
        assert!(self.text.contains(part), "{} should read {part:?} in: {}", self.by, self.text);
        self
    }

    /// It does not say this, in any case.
    ///
    /// # Panics
    /// Where it does.
    #[track_caller]
    #[must_use]
    pub fn lacks(self, part: &str) -> Self {
        let holds = self.text.to_lowercase().contains(&part.to_lowercase());
        assert!(!holds, "{} should not read {part:?} in: {}", self.by, self.text);
        self
    }

    /// The secret part of the link to a page that stands in it, if there is one.
    #[must_use]
    pub fn link_to(&self, page: &str) -> Option<String> {
        let (_, after) = self.text.split_once(&format!("/{page}/"))?;
        Some(after.split_whitespace().next().unwrap_or_default().to_owned())
    }

    /// The first code that stands in it as a word.
    ///
    /// # Panics
    /// Where there is none.
    #[track_caller]
    #[must_use]
    pub fn code(&self) -> String {
        let mut words = self.text.split(|c: char| !c.is_alphanumeric());
        let code = words.find(|word| word.parse::<Code>().is_ok() && word.to_uppercase() == *word);
        code.unwrap_or_else(|| panic!("no code in: {}", self.text)).to_owned()
    }
}

impl<'c> Phone<'c> {
    pub(super) fn of(chapter: &'c Chapter, name: &str) -> Self {
        Self { chapter, name: name.to_owned(), line: 0 }
    }

    /// Texting another of the chapter's lines, by its place among them.
    #[must_use]
    pub fn on(mut self, line: usize) -> Self {
        self.line = line;
        self
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> model::Phone {
        self.chapter.person(&self.name).phone
    }

    /// Texts the line; what is due at once is done.
    pub async fn texts(&self, words: &str) -> &Self {
        let text = self.chapter.text_from(&self.name, words);
        self.send(text).await
    }

    /// Texts a picture, with these words.
    pub async fn texts_picture(&self, words: &str) -> &Self {
        let mut text = self.chapter.text_from(&self.name, words);
        text.media = 1;
        self.send(text).await
    }

    /// Texts these files, with these words: the carrier has them, and fails so often before it gives them.
    pub async fn texts_files(&self, words: &str, files: Vec<Vec<u8>>, failing: usize) -> &Self {
        let mut text = self.chapter.text_from(&self.name, words);
        text.media = u32::try_from(files.len()).expect("a few files");
        let network = &self.chapter.house.network;
        network.keeps_pictures(&text.carrier_message_id, files, failing);
        self.send(text).await
    }

    async fn send(&self, text: carriers::InboundText) -> &Self {
        let line = &self.chapter.lines[self.line];
        self.chapter.dispatch().receive(line, text).await.expect("a text is taken in");
        self.chapter.run().await;
        self
    }

    /// Answers; what is due at once is done.
    pub async fn replies(&self, words: &str) -> &Self {
        self.texts(words).await
    }

    /// The next text she has not read says this.
    ///
    /// # Panics
    /// Where there is none, or it says something else.
    #[track_caller]
    pub fn receives(&self, part: &str) -> Heard {
        let Some(next) = self.unread().into_iter().next() else {
            panic!("{} has no text; one should say {part:?}", self.name);
        };
        self.chapter.read_texts().insert(next.id);
        Heard { by: self.name.clone(), text: next.text.clone(), carried: next }.says(part)
    }

    /// The next text she has not read is an offer; gives it.
    ///
    /// # Panics
    /// Where it is none.
    #[track_caller]
    pub fn receives_offer(&self) -> Heard {
        let heard = self.receives("to claim, NO to pass");
        assert!(is_offer(&heard.text), "{} should read an offer: {}", self.name, heard.text);
        heard
    }

    /// She has read everything.
    ///
    /// # Panics
    /// Where there is more.
    #[track_caller]
    pub fn receives_nothing(&self) {
        let unread = self.unread().into_iter().map(|text| text.text).collect::<Vec<_>>();
        assert!(unread.is_empty(), "{} should have no text: {unread:#?}", self.name);
    }

    /// Reads everything there is; gives it.
    pub fn reads_all(&self) -> Vec<String> {
        let unread = self.unread();
        self.chapter.read_texts().extend(unread.iter().map(|text| text.id));
        unread.into_iter().map(|text| text.text).collect()
    }

    /// Everything she ever got from this chapter, read or not.
    #[must_use]
    pub fn history(&self) -> Vec<Carried> {
        let number = self.chapter.person(&self.name).phone;
        let ours = |text: &Carried| {
            self.chapter.lines.iter().any(|line| line.account.number.e164() == text.from)
        };
        let all = self.chapter.house.network.carried();
        all.into_iter().filter(|text| text.to == number.e164() && ours(text)).collect()
    }

    /// What the carrier does with the next texts to her.
    pub fn next_texts(&self, fates: impl IntoIterator<Item = Fate>) {
        let number = self.chapter.person(&self.name).phone;
        self.chapter.house.network.script(number.e164(), fates);
    }

    /// The next e-mail to her says this in its subject or its words.
    ///
    /// # Panics
    /// Where there is none, or it says something else.
    #[track_caller]
    pub fn emailed(&self, part: &str) -> String {
        let Some(next) = self.chapter.unread_mails(&self.name).into_iter().next() else {
            panic!("{} has no e-mail; one should say {part:?}", self.name);
        };
        self.chapter.read_texts().insert(next.id);
        let words = format!("{}\n{}", next.subject, next.text.reveal());
        assert!(words.contains(part), "{} should be e-mailed {part:?}: {words}", self.name);
        words
    }

    /// Reads every e-mail there is; gives their subjects.
    pub fn reads_mails(&self) -> Vec<String> {
        let unread = self.chapter.unread_mails(&self.name);
        self.chapter.read_texts().extend(unread.iter().map(|mail| mail.id));
        unread.into_iter().map(|mail| mail.subject).collect()
    }

    /// She is called for attention, by text and by e-mail.
    ///
    /// # Panics
    /// Where one of them did not come, or names another reason.
    #[track_caller]
    pub fn is_called(&self, reason: &str) {
        let _ = self.receives(reason).says("Open the console or reply OK.");
        let _ = self.emailed(reason);
    }

    /// Nobody calls her.
    ///
    /// # Panics
    /// Where somebody did.
    #[track_caller]
    pub fn is_left_alone(&self) {
        self.receives_nothing();
        let mails = self.chapter.unread_mails(&self.name);
        let subjects = mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>();
        assert!(subjects.is_empty(), "{} should have no e-mail: {subjects:?}", self.name);
    }

    fn unread(&self) -> Vec<Carried> {
        let read = self.chapter.read_texts();
        self.history().into_iter().filter(|text| !read.contains(&text.id)).collect()
    }
}
