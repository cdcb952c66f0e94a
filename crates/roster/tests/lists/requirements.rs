//! Requirements go out as a file and come back as they were, whatever they ask.

use proptest::{collection::vec, option, prelude::*};
use roster::Change;
use serde_json::{Map, Value, json};
use testkit::databases::TestDatabase;

use super::house::House;

/// What people write, and what could be taken for something else in a cell.
fn text() -> BoxedStrategy<Value> {
    "[a-zA-Z~'=;|,:{+][a-zA-Z0-9 ~=;|,:\"\n]{0,6}[a-z0-9]".prop_map(Value::from).boxed()
}

fn texts() -> BoxedStrategy<Value> {
    vec(text(), 1..3).prop_map(Value::from).boxed()
}

fn number() -> BoxedStrategy<Value> {
    (0..100_000_u32).prop_map(Value::from).boxed()
}

fn truth() -> BoxedStrategy<Value> {
    any::<bool>().prop_map(Value::from).boxed()
}

fn date() -> BoxedStrategy<Value> {
    (1..28_u8).prop_map(|day| json!(format!("2026-03-{day:02}"))).boxed()
}

/// An object with all of some fields, and any of others.
fn object(
    needed: Vec<(&'static str, BoxedStrategy<Value>)>,
    others: Vec<(&'static str, BoxedStrategy<Value>)>,
) -> BoxedStrategy<Value> {
    let needed = needed.into_iter().map(|(name, value)| (Just(name), value.prop_map(Some).boxed()));
    let others = others.into_iter().map(|(name, value)| (Just(name), option::of(value).boxed()));
    let fields = needed.chain(others).collect::<Vec<_>>();
    let told = |fields: Vec<(&'static str, Option<Value>)>| {
        let told = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(told.collect::<Map<_, _>>())
    };
    fields.prop_map(told).boxed()
}

/// Every kind of requirement that has no children, with whatever it may ask.
fn leaf() -> BoxedStrategy<Value> {
    let ages = || vec![("max_age_months", number()), ("max_age_days", number())];
    let aged = |mut others: Vec<(&'static str, BoxedStrategy<Value>)>| {
        others.extend(ages());
        others
    };
    let item =
        object(vec![("code", text())], aged(vec![("season", text()), ("declination", truth())]));
    let items = vec(item, 1..3).prop_map(Value::from).boxed();
    let any_of = || vec![("any_of", texts())];
    let kinds = vec![
        ("credential", object(any_of(), ages())),
        ("license", object(any_of(), aged(vec![("state", text())]))),
        (
            "liability",
            object(
                vec![],
                aged(vec![
                    ("min_occurrence", number()),
                    ("min_aggregate", number()),
                    ("additional_insured", text()),
                ]),
            ),
        ),
        ("years", object(vec![("min_years", number())], vec![])),
        ("training", object(vec![("topic", text())], ages())),
        ("background", object(vec![], ages())),
        ("exclusion", object(vec![("lists", texts())], ages())),
        ("immunization", object(vec![("items", items)], vec![])),
        ("area", object(any_of(), vec![])),
        ("visit", object(any_of(), vec![])),
        ("languages", object(any_of(), vec![])),
        ("payer", object(any_of(), vec![("or_sliding_scale", truth())])),
        (
            "availability",
            object(vec![], aged(vec![("within_hours", number()), ("weekend", truth())])),
        ),
        ("references", object(vec![], aged(vec![("count", number()), ("roles", texts())]))),
        ("document", object(vec![("doc", text())], aged(vec![("version", text())]))),
        ("no_conflict", object(vec![("disallow", texts())], vec![])),
        ("chapter_standing", object(vec![], vec![("event_within_months", number())])),
    ];
    let kinds = kinds.into_iter().map(|(kind, params)| {
        params.prop_map(move |params| json!({"kind": kind, "params": params})).boxed()
    });
    proptest::strategy::Union::new(kinds.collect::<Vec<_>>()).boxed()
}

/// What a rule says of itself beside what it asks. Its key is one that others may have as well.
fn told() -> BoxedStrategy<Value> {
    let source = object(
        vec![],
        vec![
            ("told_by", text()),
            ("learned_on", date()),
            ("words", text()),
            ("recheck_on", date()),
        ],
    );
    let key = proptest::sample::select(vec!["a", "b", "~1", "~2:a", "top0"]).prop_map(Value::from);
    object(
        vec![],
        vec![
            ("key", key.boxed()),
            ("severity", Just(json!("preferred")).boxed()),
            ("waivable", truth()),
            ("grace_days", number()),
            ("effective_from", date()),
            ("source", source),
        ],
    )
}

fn rule() -> BoxedStrategy<Value> {
    let with = |(mut told, asks): (Value, Value)| {
        let fields = told.as_object_mut().expect("an object");
        fields.extend(asks.as_object().expect("an object").clone());
        told
    };
    let leaf = (told(), leaf()).prop_map(with);
    let nested = leaf.prop_recursive(3, 12, 3, move |child| {
        let kind = proptest::sample::select(vec!["any_of", "all_of"]);
        let asks = (kind, vec(child, 1..3))
            .prop_map(|(kind, children)| json!({"kind": kind, "children": children}));
        (told(), asks).prop_map(with)
    });
    nested.boxed()
}

/// A version of a hospital's rules; no two at the top have one key.
fn version() -> impl Strategy<Value = Value> {
    (vec(rule(), 1..4), option::of(text())).prop_map(|(mut rules, note)| {
        for (at, rule) in rules.iter_mut().enumerate() {
            rule["key"] = json!(format!("top{at}"));
        }
        let mut set = json!({"rules": rules});
        if let Some(note) = note {
            set["note"] = note;
        }
        set
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_hospital_asks_goes_out_and_comes_back(versions in vec(version(), 8)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(goes_out_and_comes_back(versions));
    }
}

async fn goes_out_and_comes_back(versions: Vec<Value>) {
    let house = House::new(TestDatabase::sqlite()).await;
    let act = house.act(house.ruth);
    let many = versions.len();
    for (at, mut set) in versions.into_iter().enumerate() {
        set["version"] = json!(format!("V-{at}"));
        house.asks("kings-bay", set).await;
    }
    let file = roster::export_requirements(&house.store, &act).await.expect("a file");
    let brought = roster::import_requirements(&house.store, &act, file.as_bytes(), false).await;
    let (brought, bad) = brought.expect("the database takes it");
    assert_eq!((brought.count(Change::Unchanged), bad), (many, vec![]), "{file}");
    // And into a chapter that knows nothing of them.
    let other = House::new(TestDatabase::sqlite()).await;
    let act = other.act(other.ruth);
    let brought = roster::import_requirements(&other.store, &act, file.as_bytes(), false).await;
    let (brought, bad) = brought.expect("the database takes it");
    assert_eq!((brought.count(Change::Added), bad), (many, vec![]), "{file}");
    let again = roster::export_requirements(&other.store, &act).await.expect("a file");
    let act = house.act(house.ruth);
    let brought = roster::import_requirements(&house.store, &act, again.as_bytes(), false).await;
    assert_eq!(brought.expect("asked").0.count(Change::Unchanged), many, "{again}");
}
