//! SQL injection: whatever stands in a text, it is a value. Every text argument of the schema is tried, found by introspection.

use super::asking::{
    Schema,
    schema::Input,
    values::{Arguments, Breadth, Values},
};
use serde_json::{Value, json};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::Seed,
};

/// What ends, comments, matches, binds or decodes in some SQL, JSON or encoding. Nothing of it stands in any text.
const ATTACKS: [&str; 45] = [
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\'",
    "';",
    "')",
    "'))",
    "\")",
    "' OR '1'='1",
    "' OR 1=1 --",
    "\" OR \"\"=\"",
    "') OR ('1'='1",
    "' AND '1'='2",
    "'; DROP TABLE article; --",
    "'; DELETE FROM article WHERE '1'='1",
    "' UNION SELECT 1,2,3 --",
    "' UNION ALL SELECT NULL,NULL --",
    "1; SELECT pg_sleep(5)",
    "' || (SELECT title FROM article) || '",
    "' || pg_sleep(5) || '",
    "randomblob(1000000000)",
    "load_extension('x')",
    "--",
    "/*",
    "*/",
    "/**/",
    "#'",
    "$1",
    "$$",
    "$$;$$",
    "?",
    "?1",
    ":name",
    "@name",
    "%(x)s",
    "{0}",
    "%'%",
    "_'_",
    "[']",
    "{\"$ne\": null}",
    "{\"a\": [1}",
    "\u{2019} OR 1=1",
    "\u{ff07} OR 1=1",
];

/// Where nothing is found.
const NOTHING: &str = "zqxjzqxj";

/// A field with one text that an attack stands in for.
struct Hole {
    way: String,
    about: String,
    /// Words of a search may well stand somewhere: `1` does.
    is_search: bool,
}

/// Every place of a text, as an operation with `NOTHING` there. Where many texts are in one argument, each is tried alone.
fn holes(schema: &Schema) -> Vec<Hole> {
    let mut values = Values::default();
    for field in ["title", "id"] {
        values.add(field, Value::from(NOTHING));
    }
    values.add("publishedAt", Value::from("2026-01-01T00:00:00Z"));
    let given = Arguments { schema, values: &values };
    let breadth = Breadth { found: 1, levels: 5, with_parts: false };
    let mut holes = Vec::new();
    for (name, ty) in schema.objects() {
        for field in &ty.fields {
            let required: Vec<&Input> = field.arguments.iter().filter(|argument| argument.is_required()).collect();
            for argument in field.arguments.iter().filter(|argument| required.is_empty() || argument.is_required()) {
                let way = schema.way_to(name).unwrap();
                let literals = given.literals(argument, &argument.name, breadth).into_iter();
                let with_text = literals.filter(|literal| literal.matches(NOTHING).count() == 1);
                let with_text = with_text.step_by(if name == schema.query { 1 } else { 20 });
                holes.extend(with_text.map(|literal| Hole {
                    way: way.replace(
                        '@',
                        &format!("{}({}: {literal}){}", field.name, argument.name, schema.briefly(&field.ty.name)),
                    ),
                    about: format!("{name}.{}", field.name),
                    is_search: argument.name == "search",
                }));
            }
        }
    }
    holes
}

/// What is answered with each of these texts there, in one request.
fn ask(app: &TestApp, hole: &Hole, texts: &[&str]) -> Answer {
    let with = |text: &str| hole.way.replace(&format!("\"{NOTHING}\""), &Value::from(text).to_string());
    let fields = texts.iter().enumerate().map(|(number, text)| format!("a{number}: {}", with(text)));
    app.ask(&format!("{{ {} }}", fields.collect::<Vec<_>>().join(" ")), json!({}), None)
}

fn is_silent(answer: &Answer) -> bool {
    let message = answer.json()["errors"].to_string().to_lowercase();
    let words = ["syntax", "select", "sqlite", "postgres", "sqlx", "no such", "database"];
    answer.code() != "INTERNAL_SERVER_ERROR" && !words.iter().any(|word| message.contains(word))
}

/// What is not there is not found, whatever it is called.
fn assert_harmless(app: &TestApp, hole: &Hole, attacks: &[&str]) {
    let texts: Vec<&str> = [NOTHING].into_iter().chain(attacks.iter().copied()).collect();
    let answer = ask(app, hole, &texts);
    let json = answer.json();
    let told = format!("{}: {}\nwith {attacks:?}: {}", hole.about, hole.way, answer.text);
    assert!(is_silent(&answer), "{told}");
    if hole.is_search {
        assert_eq!(answer.code(), "", "{told}");
    } else if answer.code().is_empty() {
        assert!((1..texts.len()).all(|number| json["data"][format!("a{number}")] == json["data"]["a0"]), "{told}");
    } else {
        // A text that is refused here is refused as any other that is none.
        assert_eq!(answer.code(), ask(app, hole, &[NOTHING]).code(), "{told}");
    }
}

/// No stored text has it, and neither database takes it.
fn assert_nul_is_refused_or_finds_nothing(app: &TestApp, hole: &Hole) {
    let (with_nul, of_nothing) = (ask(app, hole, &["x\0y'"]), ask(app, hole, &[NOTHING]));
    let is_nothing = with_nul.json()["data"] == of_nothing.json()["data"] && with_nul.code() == of_nothing.code();
    let is_refused = ["BAD_USER_INPUT", "CURSOR_INVALID"].contains(&with_nul.code().as_str());
    let is_answered = hole.is_search && with_nul.code().is_empty();
    assert!(
        is_silent(&with_nul) && (is_nothing || is_refused || is_answered),
        "{}: {}\n{}",
        hole.about,
        hole.way,
        with_nul.text
    );
}

tests::on_both_databases! {
    async fn a_text_is_a_value_in_every_argument(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let schema = Schema::read(&app);
        let holes = holes(&schema);
        assert!(holes.len() > 300, "{} places", holes.len());
        let before = counts(&app.db).await;
        for (number, hole) in holes.iter().enumerate() {
            // Each place has some of them, each of them has many places.
            let attacks: Vec<&str> = ATTACKS.iter().copied().cycle().skip(number * 8).take(8).collect();
            assert_harmless(&app, hole, &attacks);
            if number.is_multiple_of(5) {
                assert_nul_is_refused_or_finds_nothing(&app, hole);
            }
        }
        assert_eq!(counts(&app.db).await, before);
    }

    /// `%` and its like stand for themselves where a text is looked for in others.
    async fn wildcards_find_themselves_alone(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for fold in ["NONE", "LOOSE"] {
            let count = |operator: &str, text: &str| {
                let query = format!("query($text: String!) {{ articles(where: {{title: {{{operator}: $text, fold: {fold}}}}}) {{ totalCount }} }}");
                app.query(&query, json!({ "text": text }))["articles"]["totalCount"].as_u64().unwrap()
            };
            for operator in ["contains", "startsWith", "endsWith", "eq"] {
                for wildcard in ["_", "\\", "*", "%a%", "__", "[a-z]", "\\%", "^", ".*", "?"] {
                    assert_eq!(count(operator, wildcard), 0, "{operator} {wildcard} {fold}");
                }
            }
            assert_eq!((count("contains", "%"), count("contains", "0%"), count("startsWith", "%")), (1, 1, 0));
        }
    }

    /// A column is chosen from an enum, never told by its name.
    async fn no_name_of_a_column_is_taken_from_a_client(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for name in ["is_draft", "published_at", "title; DROP TABLE article", "(SELECT 1)", "body.text", "PUBLISHED_AT--", "published_At"] {
            let by_variable = app.ask(
                "query($field: ArticleOrderField!) { articles(orderBy: [{field: $field, direction: ASC}]) { totalCount } }",
                json!({ "field": name }), None,
            );
            let filter = app.ask("query($where: ArticleWhere) { articles(where: $where) { totalCount } }", json!({ "where": { name: { "eq": 1 } } }), None);
            for answer in [by_variable, filter] {
                assert!(answer.json().get("data").is_none_or(Value::is_null) && !answer.code().is_empty(), "{name}: {}", answer.text);
                assert_ne!(answer.code(), "INTERNAL_SERVER_ERROR", "{name}: {}", answer.text);
            }
        }
    }
}

/// How many rows the tables have, and whether the database is whole.
async fn counts(db: &TestDb) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["article", "body", "author", "category", "tag", "image", "figure", "earlier_path", "article_count"] {
        counts.push(db.number(&format!("SELECT count(*) FROM {table}")).await);
    }
    if !db.is_postgres() {
        let whole: Vec<(String,)> = db.rows("PRAGMA integrity_check").await;
        assert_eq!(whole, [("ok".to_owned(),)]);
    }
    counts
}
