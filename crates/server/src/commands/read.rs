use std::{
    fs,
    io::{BufRead as _, Write as _},
    path::Path,
};

use anyhow::{Context as _, Result};
use model::reading::{FamilyContext, MemberContext};
use reading::{Reader, member::MemberReader};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cli::ReadAs;

/// A line as the acceptance cases write it.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    texts: Vec<String>,
    #[serde(default)]
    context: Value,
}

pub(super) fn run(who: ReadAs, lexicon: Option<&Path>) -> Result<()> {
    let extra = match lexicon {
        Some(file) => fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?,
        None => String::new(),
    };
    let here = || format!("{} cannot be used", lexicon.unwrap_or(Path::new("extra")).display());
    let family = if matches!(who, ReadAs::Family) { &*extra } else { "" };
    let reader = Reader::with_extra(family).with_context(here)?;
    let member = if matches!(who, ReadAs::Member) { &*extra } else { "" };
    let members = MemberReader::with(member).with_context(here)?;
    let mut out = std::io::stdout().lock();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let here = || format!("line {} of standard input cannot be used", number + 1);
        let line: Line = serde_json::from_str(&line).with_context(here)?;
        let texts = line.text.into_iter().chain(line.texts).collect::<Vec<_>>();
        let read = match who {
            ReadAs::Family => {
                let context: FamilyContext = context(line.context).with_context(here)?;
                let texts = texts.iter().map(String::as_str).collect::<Vec<_>>();
                serde_json::to_value(reader.family(&texts, &context))?
            }
            ReadAs::Member => {
                let context: MemberContext = context(line.context).with_context(here)?;
                serde_json::to_value(members.read(&texts.join("\n"), &context))?
            }
        };
        match writeln!(out, "{}", json!({"id": line.id, "read": read})) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            written => written.context("standard output cannot be written")?,
        }
    }
    Ok(())
}

fn context<T: Default + for<'de> Deserialize<'de>>(value: Value) -> Result<T> {
    if value.is_null() { Ok(T::default()) } else { Ok(serde_json::from_value(value)?) }
}
