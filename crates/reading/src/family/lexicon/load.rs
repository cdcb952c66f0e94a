//! Reading the embedded files into a [`Lexicon`].

use std::collections::{HashMap, HashSet};

use super::{
    Concept, Han, Lexicon, LexiconError, Sense, Spelling, Traits, concept, cyrillic, rules,
    trie::Growing,
};
use crate::{
    family::{
        lexicon::payers::Payer,
        text::{Respell, Text},
        tongue::Tongue,
    },
    places::Places,
};

/// The vocabularies, one a language.
const WORDS: &[(&str, &str)] = &[
    ("en.txt", include_str!("../../../data/words/en.txt")),
    ("en_danger.txt", include_str!("../../../data/words/en_danger.txt")),
    ("en_kinds.txt", include_str!("../../../data/words/en_kinds.txt")),
    ("es.txt", include_str!("../../../data/words/es.txt")),
    ("zh.txt", include_str!("../../../data/words/zh.txt")),
    ("ru.txt", include_str!("../../../data/words/ru.txt")),
    ("ht.txt", include_str!("../../../data/words/ht.txt")),
    ("bn.txt", include_str!("../../../data/words/bn.txt")),
    ("ko.txt", include_str!("../../../data/words/ko.txt")),
    ("ar.txt", include_str!("../../../data/words/ar.txt")),
    ("fr.txt", include_str!("../../../data/words/fr.txt")),
    ("pl.txt", include_str!("../../../data/words/pl.txt")),
    ("yi.txt", include_str!("../../../data/words/yi.txt")),
    ("pt.txt", include_str!("../../../data/words/pt.txt")),
    ("latin.txt", include_str!("../../../data/words/latin.txt")),
    ("danger.txt", include_str!("../../../data/words/danger.txt")),
    ("signs/baby.txt", include_str!("../../../data/words/signs/baby.txt")),
    ("signs/parent.txt", include_str!("../../../data/words/signs/parent.txt")),
    ("signs/mind.txt", include_str!("../../../data/words/signs/mind.txt")),
    ("signs/scenes.txt", include_str!("../../../data/words/signs/scenes.txt")),
    ("signs/body.txt", include_str!("../../../data/words/signs/body.txt")),
    ("signs/newborn.txt", include_str!("../../../data/words/signs/newborn.txt")),
    ("signs/home.txt", include_str!("../../../data/words/signs/home.txt")),
    ("ordinary.txt", include_str!("../../../data/words/ordinary.txt")),
    ("signs/plain.txt", include_str!("../../../data/words/signs/plain.txt")),
    ("signs/guards.txt", include_str!("../../../data/words/signs/guards.txt")),
    ("signs/told.txt", include_str!("../../../data/words/signs/told.txt")),
    ("names.txt", include_str!("../../../data/words/names.txt")),
];
const RULES: &str = include_str!("../../../data/rules.txt");
const HAN: &str = include_str!("../../../data/han.txt");
const KNOWN: &str = include_str!("../../../data/words/known.txt");
const PAYERS: &str = include_str!("../../../data/payers.csv");
const HOSPITALS: &str = include_str!("../../../data/hospitals.csv");

/// Simplified characters that are words of their own in the traditional script: they tell neither.
const IN_BOTH_SCRIPTS: &str = "只后里干几台系松面余云谷斗丑冲征舍借叶曲了";

/// How many phrases one line with alternatives may stand for.
const MAX_PHRASES: usize = 2_000;

/// No word is as long as this: its misspellings are not mended.
const NEVER: usize = usize::MAX;

/// From how many letters on the words of a name are mended.
fn mended_name(name: &str) -> usize {
    if name.len() >= 6 { 0 } else { NEVER }
}

/// What is known while loading.
struct Loader {
    ids: HashMap<String, Concept>,
    names: Vec<String>,
    phrases: Growing,
    rules: Vec<rules::Rule>,
    traits: Traits,
    spelling: Spelling,
    han: Han,
}

/// Cuts phrases as texts are cut, with the scripts folded and the spelling left alone.
struct Folding<'h>(&'h Han);

impl Respell for Folding<'_> {
    fn simplified(&self, c: char) -> Option<char> {
        self.0.simple.get(&c).copied()
    }
    fn is_simplified(&self, _: char) -> bool {
        false
    }
    fn respell<'t>(&'t self, word: &'t str) -> Option<&'t str> {
        // The Arabic article goes from phrases as it goes from texts.
        ["وال", "بال", "فال", "كال", "ال", "لل"]
            .into_iter()
            .filter_map(|article| word.strip_prefix(article))
            .find(|rest| rest.chars().count() >= 3)
    }
}

pub(super) fn load(extra: &str) -> Result<Lexicon, LexiconError> {
    let mut loader = Loader {
        ids: HashMap::new(),
        names: Vec::new(),
        phrases: Growing::default(),
        rules: Vec::new(),
        traits: Traits::default(),
        spelling: Spelling::default(),
        han: han(),
    };
    for name in concept::NAMES {
        loader.intern(name);
    }
    for word in KNOWN.split_whitespace() {
        loader.spelling.know(word);
    }
    loader.rules("rules.txt", RULES)?;
    for (file, content) in WORDS {
        loader.words(file, content)?;
    }
    let places = loader.places()?;
    let payers = loader.payers()?;
    let hospitals = loader.hospitals()?;
    loader.extra(extra)?;
    loader.spelling.finish();
    Ok(Lexicon {
        phrases: loader.phrases.finish(),
        names: loader.names,
        rules: loader.rules,
        traits: loader.traits,
        places,
        payers,
        hospitals,
        spelling: loader.spelling,
        han: loader.han,
    })
}

fn han() -> Han {
    let mut han = Han::default();
    for pair in HAN.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let mut chars = pair.chars();
        if let (Some(traditional), Some(simple)) = (chars.next(), chars.next()) {
            han.simple.insert(traditional, simple);
        }
    }
    let both = |simple: char| han.simple.contains_key(&simple) || IN_BOTH_SCRIPTS.contains(simple);
    han.simplified = han.simple.values().copied().filter(|&simple| !both(simple)).collect();
    han
}

impl Loader {
    fn intern(&mut self, name: &str) -> Concept {
        if let Some(&known) = self.ids.get(name) {
            return known;
        }
        let concept = Concept(self.names.len() as u16);
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), concept);
        concept
    }

    /// A phrase as it stands in a text's line, and whether its last word may go on.
    fn pattern(&self, phrase: &str) -> (String, bool) {
        let (phrase, open) =
            phrase.strip_suffix('*').map_or((phrase, false), |phrase| (phrase, true));
        let mut line = Text::new(&[phrase], &Folding(&self.han)).line;
        if open {
            line.pop();
        }
        (line, open)
    }

    fn add(&mut self, phrase: &str, sense: Sense, mend: usize) {
        let (pattern, open) = self.pattern(phrase);
        if pattern.trim().is_empty() || pattern.trim() == "|" {
            return;
        }
        let words = pattern.trim().split(' ').collect::<Vec<_>>();
        let last = words.len() - 1;
        for (at, word) in words.into_iter().enumerate() {
            if open && at == last {
                self.spelling.know_prefix(word);
            } else {
                self.spelling.know(word);
                if word.len() >= mend {
                    self.spelling.mend(word);
                }
            }
        }
        self.phrases.add(pattern.trim().split(' '), open, sense);
    }

    /// A vocabulary: `lang xx`, then sections of phrases; a line of a section may name its own
    /// language, `@xx PHRASES`.
    fn words(&mut self, file: &str, content: &str) -> Result<(), LexiconError> {
        let mut tongue = Tongue::ANY;
        let mut section = None;
        for (number, line) in content.lines().enumerate() {
            let fail = |problem: String| LexiconError::Line {
                file: file.to_owned(),
                line: number + 1,
                problem,
            };
            let line = line.split(" #").next().unwrap_or("").trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(code) = line.strip_prefix("lang ").filter(|code| !code.contains(',')) {
                tongue = Tongue::from_code(code.trim())
                    .ok_or_else(|| fail(format!("no such language: {code}")))?;
                continue;
            }
            if let Some(name) = line.strip_prefix('[') {
                let name = name.strip_suffix(']').ok_or_else(|| fail("no ]".to_owned()))?;
                section = Some(name.trim().to_owned());
                continue;
            }
            let Some(name) = section.as_deref() else {
                return Err(fail("a phrase before any [section]".to_owned()));
            };
            let (tongue, line) = match line.strip_prefix('@').map(|line| line.split_once(' ')) {
                None => (tongue, line),
                Some(None) => return Err(fail("a language without phrases".to_owned())),
                Some(Some((code, phrases))) => Tongue::from_code(code)
                    .map(|tongue| (tongue, phrases))
                    .ok_or_else(|| fail(format!("no such language: {code}")))?,
            };
            self.phrases(name, tongue, line).map_err(fail)?;
        }
        Ok(())
    }

    /// A chapter's own additions: vocabularies as above; lines after `[rules]` are rules.
    fn extra(&mut self, content: &str) -> Result<(), LexiconError> {
        let at = content.find("[rules]");
        let (words, rules) = at.map_or((content, ""), |at| content.split_at(at));
        self.words("extra", words)?;
        self.rules("extra", rules.strip_prefix("[rules]").unwrap_or(rules))
    }

    fn phrases(&mut self, section: &str, tongue: Tongue, line: &str) -> Result<(), String> {
        // From how many letters on a word's misspellings are mended: the shorter a word, the more of its
        // language has to be known.
        let mend = match tongue {
            _ if section == "shield" => NEVER,
            Tongue::EN | Tongue::ES => 0,
            Tongue::FR | Tongue::PT | Tongue::PL | Tongue::HT | Tongue::RU_LATN => 8,
            _ => NEVER,
        };
        for item in commas(line) {
            let (phrase, value) = match item.split_once('=') {
                Some((phrase, value)) => (phrase.trim(), Some(value.trim())),
                None => (item.trim(), None),
            };
            if phrase.is_empty() {
                continue;
            }
            if section == "respell" {
                let by = value.ok_or_else(|| format!("{phrase} stands for nothing"))?;
                self.spelling.replace(phrase, by);
                continue;
            }
            let concept = self.intern(section);
            let value = match value {
                None => 0,
                Some(value) => match value.parse() {
                    Ok(number) => number,
                    // A word as value (a language's code, a drug's name) is kept as a concept.
                    Err(_) => i32::from(self.intern(value).0),
                },
            };
            for phrase in expanded(phrase)? {
                self.add(&phrase, Sense { concept, tongue, value }, mend);
                if tongue == Tongue::RU {
                    for typed in cyrillic::in_latin_letters(&phrase) {
                        self.add(&typed, Sense { concept, tongue: Tongue::RU_LATN, value }, mend);
                    }
                }
            }
        }
        Ok(())
    }

    fn rules(&mut self, file: &str, content: &str) -> Result<(), LexiconError> {
        for (number, line) in content.lines().enumerate() {
            let line = line.split(" #").next().unwrap_or("").trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |problem: String| LexiconError::Line {
                file: file.to_owned(),
                line: number + 1,
                problem,
            };
            if line.contains(':') {
                let mut rules = rules::parse(line, &mut |name| self.intern(name)).map_err(fail)?;
                for rule in &rules {
                    if let Some(level) = rule.level {
                        self.traits.flags.entry(rule.result).or_insert(level);
                    }
                }
                self.rules.append(&mut rules);
                continue;
            }
            let mut words = line.split_whitespace();
            let what = words.next().unwrap_or("");
            if what == "flags" {
                let word = words.next().unwrap_or("");
                let level = model::Word::from_word(word)
                    .ok_or_else(|| fail(format!("no such level: {word}")))?;
                for name in words {
                    let flag = self.intern(name);
                    self.traits.flags.insert(flag, level);
                }
                continue;
            }
            if !matches!(what, "concerns" | "topics" | "listed") {
                return Err(fail(format!("neither a rule nor a list: {what}")));
            }
            for name in words {
                let concept = self.intern(name);
                let set = match what {
                    "concerns" => &mut self.traits.concerns,
                    "topics" => &mut self.traits.topics,
                    _ => &mut self.traits.listed,
                };
                set.insert(concept);
            }
        }
        Ok(())
    }

    fn places(&mut self) -> Result<Places, LexiconError> {
        let places = Places::load()?;
        let aliases: Vec<(String, i32)> = places.aliases().collect();
        for (alias, value) in aliases {
            let mend = mended_name(&alias);
            self.add(&alias, Sense { concept: concept::PLACE, tongue: Tongue::ANY, value }, mend);
        }
        Ok(places)
    }

    fn payers(&mut self) -> Result<Vec<Payer>, LexiconError> {
        let mut payers: Vec<Payer> = Vec::new();
        for row in csv::Reader::from_reader(PAYERS.as_bytes()).records() {
            let row = row.map_err(|error| LexiconError::Table("payers.csv", error))?;
            let field = |at: usize| row.get(at).unwrap_or("").to_owned();
            let payer = Payer {
                code: field(1),
                class: field(2),
                plan: Some(field(3)).filter(|plan| !plan.is_empty()),
            };
            let value = payers.iter().position(|other| *other == payer).unwrap_or_else(|| {
                payers.push(payer);
                payers.len() - 1
            }) as i32;
            let alias = field(0);
            self.add(
                &alias,
                Sense { concept: concept::PAYER, tongue: Tongue::ANY, value },
                mended_name(&alias),
            );
        }
        Ok(payers)
    }

    fn hospitals(&mut self) -> Result<Vec<String>, LexiconError> {
        let mut names: Vec<String> = Vec::new();
        for row in csv::Reader::from_reader(HOSPITALS.as_bytes()).records() {
            let row = row.map_err(|error| LexiconError::Table("hospitals.csv", error))?;
            let (alias, name) = (row.get(0).unwrap_or(""), row.get(1).unwrap_or(""));
            let value = names.iter().position(|other| other == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            }) as i32;
            self.add(
                alias,
                Sense { concept: concept::HOSPITAL, tongue: Tongue::ANY, value },
                mended_name(alias),
            );
        }
        Ok(names)
    }
}

/// Items of a line, parted at commas of any script.
fn commas(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', '，', '،', '、'])
}

/// A phrase with `(a/b/)` alternatives, written out.
fn expanded(phrase: &str) -> Result<HashSet<String>, String> {
    let mut done = HashSet::new();
    let mut waiting = vec![phrase.to_owned()];
    while let Some(next) = waiting.pop() {
        let Some(open) = next.find('(') else {
            done.insert(next.split_whitespace().collect::<Vec<_>>().join(" "));
            continue;
        };
        let close = next[open..].find(')').ok_or_else(|| format!("no ) in {phrase}"))? + open;
        for choice in next[open + 1..close].split('/') {
            waiting.push(format!("{}{}{}", &next[..open], choice.trim(), &next[close + 1..]));
        }
        if done.len() + waiting.len() > MAX_PHRASES {
            return Err(format!("too many alternatives in {phrase}"));
        }
    }
    Ok(done)
}
