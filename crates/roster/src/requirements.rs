//! What hospitals ask for, as a CSV file: a row a rule. The rows of a hospital with the same version
//! are that version; a row with a `parent` is a child of that rule, for `any_of` and `all_of`.

mod names;

use std::collections::{HashMap, HashSet};

use eligibility::file::read_rule_set;
use model::AgreementStage;
use serde_json::{Map, Value, json};
use storage::{ReadTx, RuleSet, Store, WriteTx};

use self::names::Names;
use crate::{
    Act, Bad, Change, Error, Imported, NewHospital, Refusal, Result, cells,
    hospitals::{add, add_version},
    sheet::{self, Line},
};

const COLUMNS: [(&str, bool); 17] = [
    ("hospital", true),
    ("hospital_name", false),
    ("version", true),
    ("version_from", false),
    ("version_note", false),
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
#[derive(Clone)]
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
            let known = tx.rule_sets(act.chapter).await?;
            for version in versions {
                let line = version.line;
                match bring_in(tx, &act, &known, version).await {
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

async fn bring_in(
    tx: &mut WriteTx,
    act: &Act,
    known: &[RuleSet],
    version: Version,
) -> Result<Change> {
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
    let known =
        known.iter().find(|set| set.hospital_id == hospital.id && set.version == wanted.version);
    match known {
        Some(known) if read_rule_set(&known.content).is_ok_and(|known| known == wanted) => {
            Ok(Change::Unchanged)
        }
        Some(_) => Err(Refusal::Taken("version").into()),
        None => {
            add_version(tx, act, &hospital, &version.set).await?;
            Ok(Change::Added)
        }
    }
}

fn versions(lines: &[Line], bad: &mut Vec<Bad>) -> Vec<Version> {
    let mut versions: Vec<(Version, Vec<&Line>)> = Vec::new();
    let mut places = HashMap::new();
    for line in lines {
        for column in ["hospital", "version", "key", "kind"] {
            let is_child = column == "key" && !line.cell("parent").is_empty();
            if line.cell(column).is_empty() && !is_child {
                bad.push(line.bad(column, "it must say something"));
            }
        }
        let place =
            *places.entry((line.cell("hospital"), line.cell("version"))).or_insert_with(|| {
                versions.push((begun(line), Vec::new()));
                versions.len() - 1
            });
        versions[place].1.push(line);
    }
    versions
        .into_iter()
        .map(|(mut version, own)| {
            let before = bad.len();
            version.set["rules"] = Value::Array(rules(&own, bad));
            if bad.len() == before
                && let Err(error) = read_rule_set(&version.set)
            {
                let why = error.to_string();
                bad.push(Bad { line: version.line, column: "key".to_owned(), why });
            }
            version
        })
        .collect()
}

/// A version as its first line begins it.
fn begun(line: &Line) -> Version {
    Version {
        line: line.number,
        hospital: line.cell("hospital").to_owned(),
        name: line.told("hospital_name").map(str::to_owned),
        set: json!({
            "version": line.cell("version"), "effective_from": line.told("version_from"),
            "note": line.told("version_note"), "rules": [],
        }),
    }
}

/// The rules of one version, in the form in which rules are kept. Every line stands in them once.
fn rules(own: &[&Line], bad: &mut Vec<Bad>) -> Vec<Value> {
    let before = bad.len();
    let mut tree = Tree { children: HashMap::new(), taken: HashSet::new() };
    let mut seen = HashMap::new();
    for line in own {
        let (parent, key) = (line.cell("parent"), line.cell("key"));
        tree.children.entry(parent).or_default().push(line);
        if let Some(first) = seen.insert((parent, key), line.number).filter(|_| !key.is_empty()) {
            bad.push(line.bad("key", format!("the same key stands on line {first}")));
        }
    }
    let mut parents = HashMap::new();
    for line in own.iter().filter(|line| tree.has_children(line)) {
        // Of two of the same key under one parent it is told already.
        let first = parents.entry(line.cell("key")).or_insert((line.cell("parent"), line.number));
        if first.0 != line.cell("parent") {
            let why = format!("the same key stands on line {}, and other rules name it", first.1);
            bad.push(line.bad("key", why));
        }
    }
    if bad.len() > before {
        return Vec::new();
    }
    let mut rules = Vec::new();
    for line in tree.children.get("").cloned().unwrap_or_default() {
        match tree.rule(line, 0) {
            Ok(rule) => {
                if let Err(error) = eligibility::file::read_rule(&rule) {
                    bad.push(line.bad("params", error.to_string()));
                }
                rules.push(rule);
            }
            Err(cell) => bad.push(cell),
        }
    }
    let fine = bad.len() == before;
    for line in own.iter().filter(|line| !tree.taken.contains(&line.number)) {
        let parent = line.cell("parent");
        if !own.iter().any(|other| other.cell("key") == parent && other.number != line.number) {
            bad.push(line.bad("parent", "no other rule of this version has this key"));
        } else if fine {
            bad.push(line.bad("parent", "rules are nested in a circle"));
        }
    }
    rules
}

/// The lines of one version by the key that each names as its parent.
struct Tree<'l> {
    children: HashMap<&'l str, Vec<&'l Line>>,
    /// The lines that stand in a rule.
    taken: HashSet<u64>,
}

impl Tree<'_> {
    /// Whether other lines name this one as their parent. Those that name none are at the top.
    fn has_children(&self, line: &Line) -> bool {
        !line.cell("key").is_empty() && self.children.contains_key(line.cell("key"))
    }

    /// A rule with its children.
    fn rule(&mut self, line: &Line, depth: usize) -> Result<Value, Bad> {
        self.taken.insert(line.number);
        if depth > 16 {
            return Err(line.bad("parent", "rules are nested too deep"));
        }
        let children = self.children.get(line.cell("key")).cloned();
        let children = children.filter(|_| self.has_children(line)).unwrap_or_default();
        let (name, value) = if children.is_empty() {
            let params = cells::read(line.cell("params"));
            ("params", params.map_err(|why| line.bad("params", format!("it {why}")))?)
        } else {
            let children = children.into_iter().map(|child| self.rule(child, depth + 1));
            ("children", Value::Array(children.collect::<Result<_, _>>()?))
        };
        let mut rule = alone(line)?;
        rule.insert(name.to_owned(), value);
        Ok(Value::Object(rule))
    }
}

/// What a line says of its rule, children and parameters aside.
fn alone(line: &Line) -> Result<Map<String, Value>, Bad> {
    let mut rule = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            rule.insert(name.to_owned(), value);
        }
    };
    put("key", json!(names::key_of(line.cell("key"))));
    put("kind", json!(line.cell("kind")));
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
    Ok(rule)
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

async fn rows(tx: &mut ReadTx, chapter: model::ChapterId) -> Result<Vec<[String; 17]>> {
    let hospitals = tx.hospitals(chapter).await?;
    let mut rows = Vec::new();
    for set in tx.rule_sets(chapter).await? {
        let Some(hospital) = hospitals.iter().find(|known| known.id == set.hospital_id) else {
            continue;
        };
        let from = set.effective_from.map(|day| day.to_string()).unwrap_or_default();
        let note = set.content["note"].as_str().unwrap_or_default().to_owned();
        let head = [hospital.slug.clone(), hospital.name.clone(), set.version.clone(), from, note];
        let rules = set.content["rules"].as_array().map_or(&[][..], Vec::as_slice);
        flat(rules, "", &head, &mut Names::of(rules), &mut rows);
    }
    Ok(rows)
}

fn flat(
    rules: &[Value],
    parent: &str,
    head: &[String; 5],
    names: &mut Names,
    rows: &mut Vec<[String; 17]>,
) {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        other => other.to_string(),
    };
    let none = Value::Object(Map::new());
    for rule in rules {
        let children = rule["children"].as_array();
        let params = match children {
            Some(_) => String::new(),
            None => cells::write(rule.get("params").unwrap_or(&none)),
        };
        let name = names.name(rule, rules);
        let [hospital, hospital_name, version, from, note] = head.clone();
        let source = &rule["source"];
        rows.push([
            hospital,
            hospital_name,
            version,
            from,
            note,
            name.clone(),
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
        if let Some(children) = children {
            flat(children, &name, head, names, rows);
        }
    }
}
