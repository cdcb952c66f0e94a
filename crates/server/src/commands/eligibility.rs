use std::path::Path;

use anyhow::{Context as _, Result};

pub(super) fn run(file: &Path, as_of: Option<jiff::civil::Date>) -> Result<()> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = eligibility::file::evaluate_file(&text, as_of)
        .with_context(|| format!("{} cannot be evaluated", file.display()))?;
    for line in lines {
        println!("{}", serde_json::to_string(&line)?);
    }
    Ok(())
}
