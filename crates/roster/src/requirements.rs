//! What hospitals ask for, as a CSV file: a row a rule. The rows of a hospital with the same version
//! are that version; a row with a `parent` is a child of that rule, for `any_of` and `all_of`.

use eligibility::file::{read_rule_set, write};
use model::AgreementStage;
use serde_json::{Map, Value, json};
use storage::{ReadTx, Store, WriteTx};

use crate::{
    Act, Bad, Change, Error, Imported, NewHospital, Refusal, Result, cells,
    hospitals::{add, add_version},
    sheet::{self, Line},
};

const COLUMNS: [(&str, bool); 16] = [
    ("hospital", true),
    ("hospital_name", false),
    ("version", true),
    ("version_from", false),
    ("key", true),
    ("parent", false),
    ("kind", true),
    ("params", false),
    ("severity", false),
    ("waivable", false),
    ("grace_days", false),
    ("effective_from", false),
    ("told_by", false),
    ("learned_on", false),
    ("words", false),
    ("recheck_on", false),
];

/// One version of one hospital's rules, as a file gives it.
struct Version {
    line: u64,
    hospital: String,
    name: Option<String>,
    set: Value,
}

/// Brings versions of hospitals' rules in from a CSV file: all of it, or nothing where anything is bad.
/// A hospital that is not there yet is added. With `dry_run` nothing is kept.
///
/// # Errors
/// Where the database failed; what is bad of the file is given beside what was done.
pub async fn import_requirements(
    store: &Store,
    act: &Act,
    bytes: &[u8],
    dry_run: bool,
) -> Result<(Imported, Vec<Bad>)> {
    let (lines, mut bad) = sheet::read(bytes, &COLUMNS);
    let versions = versions(&lines, &mut bad);
    if !bad.is_empty() {
        bad.sort_by_key(|bad| bad.line);
        return Ok((Imported::default(), bad));
    }
    let act = act.clone();
    sheet::all_or_nothing(store, dry_run, move |tx| {
        Box::pin(async move {
            let (mut imported, mut bad) = (Imported::default(), Vec::new());
            for version in versions {
                let line = version.line;
                match bring_in(tx, &act, version).await {
                    Ok(change) => imported.changes.push((line, change)),
                    Err(Error::Refused(refusal)) => bad.push(Bad {
                        line,
                        column: "version".to_owned(),
                        why: match refusal {
                            Refusal::Taken("version") => {
                                "this version is there with other rules: give the new one another name".to_owned()
                            }
                            other => other.to_string(),
                        },
                    }),
                    Err(error) => return Err(error),
                }
            }
            Ok((imported, bad))
        })
    })
    .await
}

async fn bring_in(tx: &mut WriteTx, act: &Act, version: Version) -> Result<Change> {
    let hospital = match tx.hospital(act.chapter, &version.hospital).await? {
        Some(hospital) => hospital,
        None => {
            let new = NewHospital {
                name: version.name.unwrap_or_else(|| version.hospital.clone()),
                slug: version.hospital,
                baseline: false,
                stage: Some(AgreementStage::Known),
                renewal_on: None,
                note: String::new(),
            };
            add(tx, act, new).await?
        }
    };
    let wanted =
        read_rule_set(&version.set).map_err(|error| Error::invalid("rules", error.to_string()))?;
    let known = tx
        .rule_sets(act.chapter)
        .await?
        .into_iter()
        .find(|set| set.hospital_id == hospital.id && set.version == wanted.version);
    match known {
        Some(known) if known.content == write::rule_set(&wanted) => Ok(Change::Unchanged),
        Some(_) => Err(Refusal::Taken("version").into()),
        None => {
            add_version(tx, act, &hospital, &version.set).await?;
            Ok(Change::Added)
        }
    }
}

fn versions(lines: &[Line], bad: &mut Vec<Bad>) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    let is_of = |line: &Line, version: &Version| {
        line.cell("hospital") == version.hospital
            && version.set["version"].as_str() == Some(line.cell("version"))
    };
    for line in lines {
        for column in ["hospital", "version", "key", "kind"] {
            if line.cell(column).is_empty() {
                bad.push(line.bad(column, "it must say something"));
            }
        }
        if !versions.iter().any(|version| is_of(line, version)) {
            versions.push(Version {
                line: line.number,
                hospital: line.cell("hospital").to_owned(),
                name: line.told("hospital_name").map(str::to_owned),
                set: json!({
                    "version": line.cell("version"), "effective_from": line.told("version_from"), "rules": [],
                }),
            });
        }
    }
    for version in &mut versions {
        let own: Vec<&Line> = lines.iter().filter(|line| is_of(line, version)).collect();
        let mut rules = Vec::new();
        for line in own.iter().filter(|line| line.told("parent").is_none()) {
            match rule(line, &own, 0) {
                Ok(rule) => {
                    if let Err(error) = eligibility::file::read_rule(&rule) {
                        bad.push(line.bad("params", error.to_string()));
                    }
                    rules.push(rule);
                }
                Err(cell) => bad.push(cell),
            }
        }
        for line in own.iter().filter(|line| line.told("parent").is_some()) {
            let parent = line.cell("parent");
            if !own.iter().any(|other| other.cell("key") == parent && other.number != line.number) {
                bad.push(line.bad("parent", "no other rule of this version has this key"));
            }
        }
        version.set["rules"] = Value::Array(rules);
        if bad.is_empty()
            && let Err(error) = read_rule_set(&version.set)
        {
            let why = error.to_string();
            bad.push(Bad { line: version.line, column: "key".to_owned(), why });
        }
    }
    versions
}

/// A rule with its children, in the form in which rules are kept.
fn rule(line: &Line, all: &[&Line], depth: usize) -> Result<Value, Bad> {
    let mut rule = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            rule.insert(name.to_owned(), value);
        }
    };
    put("key", json!(line.cell("key")));
    put("kind", json!(line.cell("kind")));
    let key = line.cell("key");
    let children: Vec<_> = all.iter().filter(|child| child.told("parent") == Some(key)).collect();
    if depth > 16 {
        return Err(line.bad("parent", "rules are nested too deep, or in a circle"));
    }
    if children.is_empty() {
        let params = cells::read(line.cell("params"));
        put("params", params.map_err(|why| line.bad("params", format!("it {why}")))?);
    } else {
        let children = children.iter().map(|child| self::rule(child, all, depth + 1));
        put("children", Value::Array(children.collect::<Result<_, _>>()?));
    }
    put("severity", json!(line.told("severity")));
    if let Some(cell) = line.told("waivable") {
        let waivable = cells::truth(cell).ok_or_else(|| line.bad("waivable", "yes or no"))?;
        put("waivable", json!(waivable));
    }
    if let Some(cell) = line.told("grace_days") {
        let days: u32 = cell.parse().map_err(|_| line.bad("grace_days", "a number of days"))?;
        put("grace_days", json!(days));
    }
    put("effective_from", json!(line.told("effective_from")));
    let told = ["told_by", "learned_on", "words", "recheck_on"];
    if told.iter().any(|column| line.told(column).is_some()) {
        let source: Map<_, _> =
            told.iter().map(|column| ((*column).to_owned(), json!(line.told(column)))).collect();
        put("source", Value::Object(source));
    }
    Ok(Value::Object(rule))
}

/// Writes every version of the rules of a chapter's hospitals as a CSV file that an import takes back.
///
/// # Errors
/// What the database says.
pub async fn export_requirements(store: &Store, act: &Act) -> Result<String> {
    let chapter = act.chapter;
    let rows = store
        .read::<_, Error, _>(move |tx| Box::pin(async move { rows(tx, chapter).await }))
        .await?;
    Ok(sheet::write(COLUMNS.map(|(name, _)| name), rows))
}

async fn rows(tx: &mut ReadTx, chapter: model::ChapterId) -> Result<Vec<[String; 16]>> {
    let hospitals = tx.hospitals(chapter).await?;
    let mut rows = Vec::new();
    for set in tx.rule_sets(chapter).await? {
        let Some(hospital) = hospitals.iter().find(|known| known.id == set.hospital_id) else {
            continue;
        };
        let from = set.effective_from.map(|day| day.to_string()).unwrap_or_default();
        let head = [hospital.slug.clone(), hospital.name.clone(), set.version.clone(), from];
        for rule in set.content["rules"].as_array().into_iter().flatten() {
            flat(rule, "", &head, &mut rows);
        }
    }
    Ok(rows)
}

fn flat(rule: &Value, parent: &str, head: &[String; 4], rows: &mut Vec<[String; 16]>) {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    };
    let none = Value::Object(Map::new());
    let children = rule["children"].as_array();
    // Nothing refers to a child, so it may have no key; in a file it must be told from its siblings.
    let key =
        rule["key"].as_str().map_or_else(|| format!("{parent}.{}", rows.len()), str::to_owned);
    let params = if children.is_some() {
        String::new()
    } else {
        cells::write(rule.get("params").unwrap_or(&none))
    };
    let [hospital, name, version, from] = head.clone();
    let source = &rule["source"];
    rows.push([
        hospital,
        name,
        version,
        from,
        key.clone(),
        parent.to_owned(),
        text(&rule["kind"]),
        params,
        text(&rule["severity"]),
        text(&rule["waivable"]),
        text(&rule["grace_days"]),
        text(&rule["effective_from"]),
        text(&source["told_by"]),
        text(&source["learned_on"]),
        text(&source["words"]),
        text(&source["recheck_on"]),
    ]);
    for child in children.into_iter().flatten() {
        flat(child, &key, head, rows);
    }
}
