//! The example operations of GraphiQL's tabs, over the sample content: what a newcomer sees first.

use serde_json::{Value, json};
use std::fs;
use tests::{
    app::{Data, TestApp},
    db::TestDb,
    seed::Seed,
};

fn folder() -> camino::Utf8PathBuf {
    camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/assets/graphiql/examples")
}

/// Name, document and variables of each example.
fn examples() -> Vec<(String, String, Value)> {
    let mut names: Vec<String> = folder()
        .read_dir_utf8()
        .unwrap()
        .map(|file| file.unwrap().file_name().to_owned())
        .filter_map(|name| name.strip_suffix(".graphql").map(str::to_owned))
        .collect();
    names.sort_unstable();
    let read = |file: String| fs::read_to_string(folder().join(file));
    names
        .into_iter()
        .map(|name| {
            let document = read(format!("{name}.graphql")).unwrap();
            let variables = read(format!("{name}.json")).map_or(json!({}), |json| serde_json::from_str(&json).unwrap());
            (name, document, variables)
        })
        .collect()
}

/// Whether something in it is neither null nor empty.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => !fields.is_empty() && fields.values().all(|value| !value.is_null()),
        _ => true,
    }
}

tests::on_both_databases! {
    async fn every_example_finds_something_in_the_sample(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Sample).await;
        let examples = examples();
        assert!(examples.len() >= 4);
        for (name, document, variables) in examples {
            let Data { value, statements, .. } = app.query(&document, variables);
            assert!(says_something(&value), "{name} shows {value:#}");
            assert!(statements <= 10, "{name} costs {statements} statements");
        }
    }

    async fn a_first_start_has_about_thirty_articles_in_two_languages(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Sample).await;
        let data = app.query("{ articles(first: 100) { totalCount nodes { locale cover { caption credit } categories { depth } } } authors { totalCount } }", json!({}));
        let total = data["articles"]["totalCount"].as_i64().unwrap();
        assert!((25..=40).contains(&total), "{total}");
        let nodes = data["articles"]["nodes"].as_array().unwrap();
        let written_in = |language: &str| nodes.iter().filter(|node| node["locale"].as_str().unwrap().starts_with(language)).count();
        assert!(written_in("zh") >= 8 && written_in("en") >= 8);
        assert!(nodes.iter().any(|node| node["cover"]["credit"].is_string()));
        assert!(nodes.iter().any(|node| node["categories"].as_array().unwrap().len() > 1), "several chains of one article");
        assert!(data["authors"]["totalCount"].as_i64() >= Some(2));
        let hidden = app.db.number("SELECT count(*) FROM article WHERE is_draft").await;
        let all = app.db.number("SELECT count(*) FROM article").await;
        assert!(hidden >= 1 && all - hidden > total, "a draft and a scheduled article are among them");
    }
}

#[test]
fn variables_stand_beside_every_example_that_requires_some() {
    for (name, document, variables) in examples() {
        let required = document.matches("!,").count() + document.matches("!)").count();
        assert!(variables.as_object().unwrap().len() >= required, "{name} needs {required} variables");
    }
}
