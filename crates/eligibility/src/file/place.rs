use jiff::civil::Date;
use model::Word;
use serde_json::{Map, Value};

use super::FileError;

/// A value in a file and where it stands, so that whatever is wrong with it can be found.
///
/// What the value is never gets into a complaint about a member: it may be personal.
#[derive(Debug, Clone)]
pub(super) struct Place<'v> {
    value: &'v Value,
    path: String,
}

type Read<T> = Result<T, FileError>;

impl<'v> Place<'v> {
    pub(super) fn root(value: &'v Value) -> Self {
        Self { value, path: String::new() }
    }

    /// Adds what the thing here is called, for complaints about it and what it contains.
    pub(super) fn called(mut self, name: &str) -> Self {
        self.path = format!("{} ({name})", self.path);
        self
    }

    /// Stands in for something that is not in the file, where it would stand.
    pub(super) fn within(mut self, parent: &Place<'_>, name: &str) -> Self {
        self.path = format!("{}.{name}", parent.path);
        self
    }

    pub(super) fn complain<T>(&self, problem: impl Into<String>) -> Read<T> {
        let path = if self.path.is_empty() { "the file" } else { &self.path };
        Err(FileError::Place { place: path.to_owned(), problem: problem.into() })
    }

    fn object(&self) -> Read<&'v Map<String, Value>> {
        match self.value.as_object() {
            Some(object) => Ok(object),
            None => self.complain("is not an object"),
        }
    }

    /// What stands under a name; absent and `null` are the same.
    pub(super) fn get(&self, name: &str) -> Read<Option<Self>> {
        let found = self.object()?.get(name).filter(|value| !value.is_null());
        Ok(found.map(|value| {
            let dot = if self.path.is_empty() { "" } else { "." };
            Self { value, path: format!("{}{dot}{name}", self.path) }
        }))
    }

    pub(super) fn need(&self, name: &str) -> Read<Self> {
        match self.get(name)? {
            Some(found) => Ok(found),
            None => self.complain(format!("has no \"{name}\"")),
        }
    }

    /// Refuses names that mean nothing here: a requirement that is not understood must not pass.
    pub(super) fn only(&self, known: &[&str]) -> Read<()> {
        match self.object()?.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) if known.is_empty() => {
                self.complain(format!("has an unknown \"{name}\"; nothing is known here"))
            }
            Some(name) => {
                self.complain(format!("has an unknown \"{name}\"; known are {}", known.join(", ")))
            }
        }
    }

    pub(super) fn list(&self) -> Read<Vec<Self>> {
        let Some(items) = self.value.as_array() else { return self.complain("is not a list") };
        let place = |(at, value)| Self { value, path: format!("{}[{at}]", self.path) };
        Ok(items.iter().enumerate().map(place).collect())
    }

    /// The list under a name; empty where there is none.
    pub(super) fn list_in(&self, name: &str) -> Read<Vec<Self>> {
        self.get(name)?.map_or_else(|| Ok(Vec::new()), |found| found.list())
    }

    pub(super) fn text(&self) -> Read<&'v str> {
        match self.value.as_str() {
            Some(text) => Ok(text),
            None => self.complain("is not a text"),
        }
    }

    /// A text that names something.
    pub(super) fn name(&self) -> Read<&'v str> {
        let text = self.text()?;
        if text.trim().is_empty() { self.complain("is empty") } else { Ok(text) }
    }

    pub(super) fn text_in(&self, name: &str) -> Read<Option<String>> {
        self.get(name)?.map(|found| found.text().map(str::to_owned)).transpose()
    }

    /// A list of texts, or a single one in place of a list of one.
    pub(super) fn texts(&self) -> Read<Vec<String>> {
        if let Some(one) = self.value.as_str() {
            return Ok(vec![one.to_owned()]);
        }
        self.list()?.iter().map(|item| item.name().map(str::to_owned)).collect()
    }

    pub(super) fn texts_in(&self, name: &str) -> Read<Vec<String>> {
        self.get(name)?.map_or_else(|| Ok(Vec::new()), |found| found.texts())
    }

    /// A list of texts that must hold at least one.
    pub(super) fn some_texts(&self, name: &str) -> Read<Vec<String>> {
        let found = self.need(name)?;
        let texts = found.texts()?;
        if texts.is_empty() { found.complain("is empty") } else { Ok(texts) }
    }

    pub(super) fn date(&self) -> Read<Date> {
        let text = self.text()?.trim();
        match text.parse() {
            Ok(date) if text.len() == "2026-11-21".len() => Ok(date),
            _ => self.complain("is not a date like 2026-11-21"),
        }
    }

    pub(super) fn date_in(&self, name: &str) -> Read<Option<Date>> {
        self.get(name)?.map(|found| found.date()).transpose()
    }

    pub(super) fn flag_in(&self, name: &str) -> Read<Option<bool>> {
        let Some(found) = self.get(name)? else { return Ok(None) };
        match found.value.as_bool() {
            Some(flag) => Ok(Some(flag)),
            None => found.complain("is neither true nor false"),
        }
    }

    /// A whole number that is not negative.
    pub(super) fn number(&self) -> Read<u64> {
        let whole = |number: f64| {
            let fits = number >= 0.0 && number.fract() == 0.0 && number < 9e15;
            fits.then(|| format!("{number:.0}").parse().ok()).flatten()
        };
        match self.value.as_u64().or_else(|| self.value.as_f64().and_then(whole)) {
            Some(number) => Ok(number),
            None => self.complain("is not a whole number of 0 or more"),
        }
    }

    pub(super) fn number_in(&self, name: &str) -> Read<Option<u64>> {
        self.get(name)?.map(|found| found.number()).transpose()
    }

    /// A number that is a count of days, months, years or the like.
    pub(super) fn count(&self) -> Read<u32> {
        match u32::try_from(self.number()?) {
            Ok(count) if count <= 100_000 => Ok(count),
            _ => self.complain("is more than 100000"),
        }
    }

    pub(super) fn count_in(&self, name: &str) -> Read<Option<u32>> {
        self.get(name)?.map(|found| found.count()).transpose()
    }

    /// One of a closed set of words.
    pub(super) fn word<W: Word>(&self) -> Read<W> {
        let text = self.text()?;
        if let Some(word) = W::from_word(text.trim()) {
            return Ok(word);
        }
        let known: Vec<_> = W::ALL.iter().map(|word| word.as_str()).collect();
        self.complain(format!("is none of {}", known.join(", ")))
    }

    pub(super) fn word_in<W: Word>(&self, name: &str) -> Read<Option<W>> {
        self.get(name)?.map(|found| found.word()).transpose()
    }
}
