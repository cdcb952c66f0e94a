//! The files of texts, read once, and one sentence taken from them.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// The language that everything else falls back to.
pub(super) const ENGLISH: &str = "en";

/// The languages we have texts in, with their files.
pub(super) const LANGUAGES: [(&str, &str); 13] = [
    (ENGLISH, include_str!("../../texts/en.ftl")),
    ("ar", include_str!("../../texts/ar.ftl")),
    ("bn", include_str!("../../texts/bn.ftl")),
    ("es", include_str!("../../texts/es.ftl")),
    ("fr", include_str!("../../texts/fr.ftl")),
    ("ht", include_str!("../../texts/ht.ftl")),
    ("ko", include_str!("../../texts/ko.ftl")),
    ("pl", include_str!("../../texts/pl.ftl")),
    ("pt", include_str!("../../texts/pt.ftl")),
    ("ru", include_str!("../../texts/ru.ftl")),
    ("yi", include_str!("../../texts/yi.ftl")),
    ("zh-Hans", include_str!("../../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../../texts/zh-Hant.ftl")),
];

/// What every language shares: hotlines, and names that are nowhere translated.
const SHARED: [&str; 2] =
    [include_str!("../../texts/numbers.ftl"), include_str!("../../texts/names.ftl")];

/// What is written in English only: members and admins work in English.
const ENGLISH_ONLY: [&str; 3] = [
    include_str!("../../texts/members.ftl"),
    include_str!("../../texts/papers.ftl"),
    include_str!("../../texts/admins.ftl"),
];

/// Arguments of a sentence, by name.
pub(super) type Args<'a> = [(&'a str, FluentValue<'a>)];

/// Every language's texts.
pub(super) struct Bundles(BTreeMap<&'static str, FluentBundle<FluentResource>>);

impl Bundles {
    pub(super) fn read() -> Self {
        Self(LANGUAGES.into_iter().map(|(lang, source)| (lang, bundle(lang, source))).collect())
    }

    /// The language of our files that serves `tag`: `es-MX` is served by `es`, `zh-TW` by
    /// `zh-Hant`. A language written in letters that its readers may not read is not served:
    /// Yiddish in Latin letters (`yi-Latn`) is answered in English.
    pub(super) fn find(&self, tag: &str) -> Option<&'static str> {
        let exact = |tag: &str| self.0.keys().copied().find(|lang| lang.eq_ignore_ascii_case(tag));
        if let Some(lang) = exact(tag) {
            return Some(lang);
        }
        let wanted: LanguageIdentifier = tag.parse().ok()?;
        let traditional = wanted
            .region
            .is_some_and(|region| ["TW", "HK", "MO"].iter().any(|place| region.as_str() == *place));
        match (wanted.language.as_str(), wanted.script) {
            ("zh", None) => exact(if traditional { "zh-Hant" } else { "zh-Hans" }),
            ("zh", Some(script)) => exact(&format!("zh-{script}")),
            (language, None) => exact(language),
            (_, Some(_)) => None,
        }
    }

    /// Whether a native reader has read the texts of `lang`, or they were written in it.
    pub(super) fn is_reviewed(&self, lang: &str) -> bool {
        self.look_up(lang, "reviewed", &[]).is_some_and(|reviewed| reviewed != "no")
    }

    /// The sentence `key` in `lang`; in English where that language lacks it.
    ///
    /// A key that even English lacks shows as `{key}`; a test sees to it that there is none.
    pub(super) fn say(&self, lang: &str, key: &str, args: &Args<'_>) -> String {
        self.look_up(lang, key, args)
            .or_else(|| self.look_up(ENGLISH, key, args))
            .unwrap_or_else(|| format!("{{{key}}}"))
    }

    /// The sentence `key` in `lang`; `None` where that language lacks it.
    pub(super) fn look_up(&self, lang: &str, key: &str, args: &Args<'_>) -> Option<String> {
        let bundle = self.0.get(lang)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            given.set(*name, value.clone());
        }
        // A reference that fails shows as `{name}` in what is returned; the tests look for it.
        let mut failed = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&given), &mut failed).into_owned())
    }
}

/// The files that make up a language.
fn files(lang: &str, source: &'static str) -> impl Iterator<Item = &'static str> {
    let english_only = ENGLISH_ONLY.into_iter().filter(move |_| lang == ENGLISH);
    SHARED.into_iter().chain([source]).chain(english_only)
}

fn bundle(lang: &str, source: &'static str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.parse().unwrap_or_default()]);
    // Marks around what is filled in would cost a text message its cheap encoding.
    bundle.set_use_isolating(false);
    for source in files(lang, source) {
        // A second message of the same name would be left out; a test sees to it that none is.
        let _ = bundle.add_resource(resource(source));
    }
    bundle
}

/// Every file of texts with a name for it.
#[cfg(test)]
pub(super) fn every_file() -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = SHARED.into_iter().chain(ENGLISH_ONLY).map(|source| ("a shared file", source));
    LANGUAGES.into_iter().chain(others)
}

/// What can be read of a file; a test sees to it that this is all of it.
fn resource(source: &str) -> FluentResource {
    match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    }
}
