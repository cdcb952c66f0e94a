//! What a rule is called in a file. Nothing but a file refers to a child, so it may have no key, or one
//! that others have too; there its children must name it all the same. Then it is called `~` and a number,
//! and after a colon its key if it has one: `~3`, `~4:who`.

use std::collections::HashMap;

use serde_json::Value;

/// What begins a name that a file gave.
const GIVEN: char = '~';

/// The key of a rule that a file calls so; `None` where it has none.
pub(super) fn key_of(cell: &str) -> Option<&str> {
    let key = match cell.strip_prefix(GIVEN) {
        Some(given) => given.split_once(':').map_or("", |(_, key)| key),
        None => cell,
    };
    (!key.is_empty()).then_some(key)
}

fn key(rule: &Value) -> &str {
    rule["key"].as_str().unwrap_or_default()
}

fn has_children(rule: &Value) -> bool {
    rule["children"].is_array()
}

/// What the rules of one version are called in a file.
pub(super) struct Names {
    /// How many rules have a key, and whether one of them has children.
    keys: HashMap<String, (usize, bool)>,
    given: usize,
}

impl Names {
    /// Those of a version with these rules.
    pub(super) fn of(rules: &[Value]) -> Self {
        let mut names = Self { keys: HashMap::new(), given: 0 };
        names.count(rules);
        names
    }

    fn count(&mut self, rules: &[Value]) {
        for rule in rules {
            let known = self.keys.entry(key(rule).to_owned()).or_default();
            *known = (known.0 + 1, known.1 || has_children(rule));
            if let Some(children) = rule["children"].as_array() {
                self.count(children);
            }
        }
    }

    /// What a rule is called beside its siblings: its key, where that names it alone.
    pub(super) fn name(&mut self, rule: &Value, siblings: &[Value]) -> String {
        let own = key(rule);
        if own.is_empty() && !has_children(rule) {
            return String::new();
        }
        let (known, is_parent) = self.keys.get(own).copied().unwrap_or_default();
        let alike = siblings.iter().filter(|sibling| key(sibling) == own).count();
        let alone = known == 1 || (!is_parent && alike == 1);
        if alone && !own.is_empty() && !own.starts_with(GIVEN) {
            return own.to_owned();
        }
        self.given += 1;
        match own {
            "" => format!("{GIVEN}{}", self.given),
            own => format!("{GIVEN}{}:{own}", self.given),
        }
    }
}
