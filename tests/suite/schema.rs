//! The public contract: what is served, what stands in the repository, and that every word of it is explained.

use serde_json::{Value, json};
use std::fs;
use tests::{
    app::TestApp,
    db::TestDb,
    program::run,
    seed::{Folder, Seed},
};

const INTROSPECTION: &str = "{ __schema { types {
    kind name description isOneOf
    fields { name description type { ...T } args { name description type { ...T } defaultValue } }
    inputFields { name description type { ...T } }
    interfaces { name } possibleTypes { name } enumValues { name description }
} directives { name } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The types that are ours.
fn types(app: &TestApp) -> Vec<Value> {
    let types = app.query(INTROSPECTION, json!({}))["__schema"]["types"].clone();
    let is_ours = |ty: &Value| {
        let name = ty["name"].as_str().unwrap();
        !name.starts_with("__") && !["Boolean", "Float", "ID", "Int", "String"].contains(&name)
    };
    types.as_array().unwrap().iter().filter(|ty| is_ours(ty)).cloned().collect()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

/// As SDL writes it.
fn written(ty: &Value) -> String {
    match ty["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&ty["ofType"])),
        Some("LIST") => format!("[{}]", written(&ty["ofType"])),
        _ => ty["name"].as_str().unwrap_or_default().to_owned(),
    }
}

fn undescribed(types: &[Value]) -> Vec<String> {
    let mut bare = Vec::new();
    let mut note = |place: String, described: &Value| {
        if described["description"].as_str().is_none_or(|text| text.trim().len() < 4) {
            bare.push(place);
        }
    };
    for ty in types {
        let name = ty["name"].as_str().unwrap();
        note(name.to_owned(), ty);
        for field in list(ty, "fields") {
            note(format!("{name}.{}", field["name"]), field);
            for argument in list(field, "args") {
                note(format!("{name}.{}({})", field["name"], argument["name"]), argument);
            }
        }
        for part in list(ty, "inputFields").iter().chain(list(ty, "enumValues")) {
            note(format!("{name}.{}", part["name"]), part);
        }
    }
    bare
}

#[test]
fn the_committed_schema_is_the_served_one() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let committed = fs::read_to_string(committed).unwrap_or_default();
    assert!(
        committed.trim_end() == api::graphql::sdl().trim_end(),
        "schema.graphql is not what `cargo run -- schema > schema.graphql` writes"
    );
}

#[test]
fn the_program_prints_the_schema_without_a_database() {
    let here = Folder::new();
    let ended = run(&here.path(), &["schema", "--database-url", "postgres://nobody@127.0.0.1:1/nothing"]);
    assert_eq!(ended.status, Some(0), "{}", ended.errors);
    assert_eq!(ended.output.trim_end(), api::graphql::sdl().trim_end());
    assert_eq!(ended.errors, "");
    assert_eq!(here.path().read_dir_utf8().unwrap().count(), 0, "it leaves no file behind");
}

#[test]
fn the_schema_is_the_same_each_time() {
    assert_eq!(api::graphql::sdl(), api::graphql::sdl());
}

tests::on_both_databases! {
    async fn every_word_of_the_schema_is_described(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        assert_eq!(undescribed(&types(&app)), [""; 0]);
    }

    async fn one_name_for_the_same_thing_everywhere(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for ty in types(&app).iter().filter(|ty| ty["name"].as_str().unwrap().ends_with("Connection")) {
            let node = ty["name"].as_str().unwrap().strip_suffix("Connection").unwrap();
            let fields: Vec<String> = list(ty, "fields").iter().map(|field| format!("{}: {}", field["name"].as_str().unwrap(), written(&field["type"]))).collect();
            for expected in [format!("edges: [{node}Edge!]!"), format!("nodes: [{node}!]!"), "pageInfo: PageInfo!".to_owned(), "totalCount: Int!".to_owned()] {
                assert!(fields.contains(&expected), "{} has {fields:?}", ty["name"]);
            }
        }
    }

    async fn interfaces_are_as_the_contract_has_them(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let types = types(&app);
        let named = |name: &str, field: &str| -> Vec<String> {
            let ty = types.iter().find(|ty| ty["name"] == name).unwrap();
            let mut names = tests::app::strings(&json!(list(ty, field)), "name");
            names.sort_unstable();
            names
        };
        assert_eq!(named("Node", "possibleTypes"), ["Article", "Author", "Category", "Image", "Tag"]);
        assert_eq!(named("Page", "possibleTypes"), ["Article", "Author", "Category", "Tag"]);
        assert_eq!(named("Article", "interfaces"), ["Node", "Page"]);
    }

    async fn exactly_one_name_is_asked_for_where_the_contract_says_so(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for name in ["ArticleBy", "CategoryBy", "AuthorBy", "TagBy"] {
            let ty = types(&app).into_iter().find(|ty| ty["name"] == name).unwrap();
            assert_eq!(ty["isOneOf"], true, "{name}");
        }
    }

    /// What a client may already have been written against: the contract's words for what this server serves.
    async fn names_and_nullability_are_those_of_the_contract(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let mut served = Vec::new();
        for ty in types(&app) {
            let kind = ty["name"].as_str().unwrap();
            for field in list(&ty, "fields").iter().chain(list(&ty, "inputFields")) {
                let arguments: Vec<String> = list(field, "args").iter().map(|argument| {
                    let default = argument["defaultValue"].as_str().map_or_else(String::new, |value| format!(" = {value}"));
                    format!("{}: {}{default}", argument["name"].as_str().unwrap(), written(&argument["type"]))
                }).collect();
                let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
                served.push(format!("{kind}.{}{arguments}: {}", field["name"].as_str().unwrap(), written(&field["type"])));
            }
            served.extend(list(&ty, "enumValues").iter().map(|value| format!("{kind}.{}", value["name"].as_str().unwrap())));
        }
        served.sort_unstable();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("contract", served.join("\n")));
    }
}
