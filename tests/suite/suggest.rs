//! What is suggested while a reader types: every name that may be seen, by every beginning of it, and nothing else.

use api::{
    fold,
    import::{self, Options, source::Source},
    suggest::keys::{self, Key, keys},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::AtomicBool,
};
use tests::{
    app::{self, NOW, PREVIEW_TOKEN, TestApp, TestClock, instant, strings},
    db::TestDb,
    model::{Content, Kind, View, content},
    seed::{self, Folder, Seed, post},
};

/// Kinds of names, as they are numbered, and the tables that have them.
const NAMED: [(i32, &str, &str); 4] = [
    (1, "category", "SELECT id, name, FALSE, CAST(0 AS bigint) FROM category"),
    (2, "author", "SELECT id, name, FALSE, CAST(0 AS bigint) FROM author"),
    (3, "tag", "SELECT id, name, FALSE, CAST(0 AS bigint) FROM tag"),
    (4, "article", "SELECT id, title, is_draft, published_at FROM article"),
];

/// Fields of one operation.
const ASKED: usize = 25;

/// What the table says is what the names say.
async fn assert_kept(db: &TestDb, when: &str) {
    type Row = (i32, i64, i32, String, i32, bool, i64);
    let stored: Vec<Row> =
        db.rows("SELECT kind, owner_id, number, key, shared, is_draft, published_at FROM suggestion").await;
    let mut expected = BTreeSet::new();
    for (kind, _, names) in NAMED {
        let named: Vec<(i64, String, bool, i64)> = db.rows(names).await;
        for (id, name, is_draft, published_at) in named {
            for (number, Key { text, shared }) in (0..).zip(keys(&name)) {
                expected.insert((kind, id, number, text, i32::try_from(shared).unwrap(), is_draft, published_at));
            }
        }
    }
    assert!(!expected.is_empty());
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), expected, "after {when}");
}

/// The ids that are suggested for each of these, and what stands beside them.
fn suggested(app: &TestApp, prefixes: &[String], token: Option<&str>) -> Vec<Vec<(String, String)>> {
    let mut all = Vec::new();
    for prefixes in prefixes.chunks(ASKED) {
        let declared: Vec<String> = (0..prefixes.len()).map(|number| format!("$p{number}: String!")).collect();
        let declared = declared.join(" ");
        let field = |number| format!("p{number}: suggest(prefix: $p{number}, first: 100) {{ text node {{ id }} }} ");
        let fields: String = (0..prefixes.len()).map(field).collect();
        let variables: serde_json::Map<String, Value> =
            prefixes.iter().enumerate().map(|(number, prefix)| (format!("p{number}"), json!(prefix))).collect();
        let query = format!("query({declared}) {{ {fields} }}");
        let data = app.ask(&query, variables.into(), token).succeeded(&query);
        for number in 0..prefixes.len() {
            let found = data[&format!("p{number}")].as_array().unwrap().iter();
            let of = |value: &Value| value.as_str().unwrap().to_owned();
            all.push(found.map(|found| (of(&found["node"]["id"]), of(&found["text"]))).collect());
        }
    }
    all
}

fn name(content: &Content, kind: Kind, row: usize) -> String {
    match kind {
        Kind::Article => content.articles[row].title.clone(),
        Kind::Category => content.categories[row].names.last().unwrap().clone(),
        Kind::Author => content.authors[row].name.clone(),
        Kind::Tag => content.tags[row].name.clone(),
        Kind::Image => String::new(),
    }
}

/// All names of the content, hidden ones among them.
fn names(view: View<'_>) -> BTreeSet<String> {
    let of = |kind| (0..view.count(kind)).map(move |row| name(view.content, kind, row));
    [Kind::Article, Kind::Category, Kind::Author, Kind::Tag].into_iter().flat_map(of).collect()
}

/// Every beginning, of a long text the first ones.
fn beginnings(text: &str) -> impl Iterator<Item = String> {
    (1..=text.chars().count().min(20)).map(|length| text.chars().take(length).collect())
}

/// Names by id that this reader is told of for a prefix.
fn expected(view: View<'_>, prefix: &str) -> BTreeMap<String, String> {
    let prefix = keys::typed(prefix);
    let mut expected = BTreeMap::new();
    for kind in [Kind::Article, Kind::Category, Kind::Author, Kind::Tag] {
        for row in view.list(kind, &Value::Null, &Value::Null) {
            let name = name(view.content, kind, row);
            if !prefix.is_empty() && keys(&name).iter().any(|key| key.text.starts_with(&prefix)) {
                expected.insert(view.id(kind, row), name);
            }
        }
    }
    expected
}

async fn prune(db: &TestDb, folder: &Folder) {
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    let roots = import::roots(&app).await.unwrap();
    let sources = Source::open(&folder.path(), &roots, None, &import::rules(&app, None)).unwrap();
    let options = Options { prunes: true, ..Options::default() };
    import::run(&app, &sources, options, &AtomicBool::new(false), &mut |_| {}).await.unwrap();
}

tests::on_both_databases! {
    async fn every_visible_name_is_found_by_each_of_its_beginnings_and_no_hidden_one_ever(db: TestDb) {
        let content = content::plant(&db, 51).await;
        let app = TestApp::start(db, &["--max-cost=1000000000"]);
        for (is_preview, token) in [(false, None), (true, Some(PREVIEW_TOKEN))] {
            let view = View { content: &content, now: instant(NOW).0, is_preview };
            let mut prefixes = BTreeSet::new();
            for name in names(view) {
                prefixes.extend(beginnings(&name));
                prefixes.extend(beginnings(&fold::loose(&name)));
                for key in keys(&name) {
                    prefixes.extend(beginnings(&key.text));
                }
            }
            let prefixes: Vec<String> = prefixes.into_iter().collect();
            assert!(prefixes.len() > 200);
            for (prefix, found) in prefixes.iter().zip(suggested(&app, &prefixes, token)) {
                let by_id: BTreeMap<String, String> = found.iter().cloned().collect();
                assert_eq!(by_id.len(), found.len(), "{prefix:?} finds one twice: {found:#?}");
                assert_eq!(by_id, expected(view, prefix), "{prefix:?}");
            }
        }
    }

    async fn the_keys_follow_the_names(db: TestDb) {
        let folder = Folder::new();
        let of = |title: &str, tags: &str| {
            post(&format!("title: {title}\ndate: 2022-05-20 01:23:45\ntags: {tags}\nauthor: 李长乐"), "Text.")
        };
        folder.write("source/_posts/one.md", of("《女人与绿地》", "[银行, RSS订阅]"));
        folder.write("source/_posts/two.md", of("Two", "[c++]"));
        folder.write("source/_drafts/three.md", of("Three", "[unseen]"));
        folder.write("_config.yml", "title: Walks\n");
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        seed::import(&app, &folder.path()).await;
        assert_kept(&db, "an import").await;
        folder.write("source/_posts/one.md", of("Another", "[walks]"));
        folder.write("source/_posts/three.md", of("Three", "[seen]"));
        folder.remove("source/_drafts/three.md");
        seed::import(&app, &folder.path()).await;
        assert_kept(&db, "changes").await;
        assert_eq!(db.number("SELECT count(*) FROM suggestion WHERE is_draft").await, 0);
        folder.remove("source/_posts/two.md");
        prune(&db, &folder).await;
        assert_eq!(db.number("SELECT count(*) FROM article").await, 2);
        assert_kept(&db, "a deletion").await;
    }

    /// As after an update from a version that knew no suggestions, or other keys.
    async fn what_is_stored_already_gets_its_keys(db: TestDb) {
        seed::plant(&db, Seed::Sample).await;
        assert_kept(&db, "an import").await;
        db.execute("DELETE FROM suggestion WHERE number = 0 OR kind = 2").await;
        db.execute("UPDATE suggestion SET key = 'other'").await;
        db.execute("UPDATE search_state SET version = 0").await;
        let app = TestApp::start(db, &[]);
        assert_kept(&app.db, "an update").await;
    }

    async fn hidden_articles_before_it_do_not_keep_a_shown_one_back(db: TestDb) {
        seed::plant(&db, Seed::Demo(300)).await;
        let query = "{ suggest(prefix: \"the w\", first: 3) { text node { id } } }";
        let app = TestApp::start(db, &[]);
        let shown = app.query(query, json!({}));
        let later = app.db.number("SELECT max(id) FROM article WHERE title LIKE 'The w%'").await;
        for (change, which) in [("is_draft = TRUE", "% 2 = 0"), ("published_at = 9000000000000000", "% 2 = 1")] {
            app.db.execute(&format!("UPDATE article SET {change} WHERE id <> {later} AND id {which}")).await;
            let of_articles = format!("kind = 4 AND owner_id <> {later} AND owner_id {which}");
            app.db.execute(&format!("UPDATE suggestion SET {change} WHERE {of_articles}")).await;
        }
        app.db.execute("UPDATE content_generation SET generation = generation + 1").await;
        let left = app.query(query, json!({}));
        assert_eq!(shown["suggest"].as_array().unwrap().len(), 3);
        let title: Vec<(String,)> = app.db.rows(&format!("SELECT title FROM article WHERE id = {later}")).await;
        assert_eq!(strings(&left["suggest"], "text"), [title[0].0.as_str()]);
    }

    async fn any_number_costs_at_most_five_statements(db: TestDb) {
        seed::plant(&db, Seed::Demo(300)).await;
        let app = TestApp::start(db, &[]);
        let query = "query($first: Int) { suggest(prefix: \"t\", first: $first) { text node { slug ... on Article { title } } } }";
        let [few, many] = [20, 100].map(|first| app.query(query, json!({ "first": first })));
        assert!(many["suggest"].as_array().unwrap().len() > 20);
        // One finds them, and one for each kind that is among them reads them.
        assert!(few.statements <= 5 && many.statements <= 5, "{few:#?}");
        assert!(many.rows <= 500, "{}", many.rows);
    }

    async fn an_article_that_goes_live_is_suggested_from_then_on(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]);
        let told = || strings(&app.query("{ suggest(prefix: \"a letter to\") { text } }", json!({}))["suggest"], "text");
        assert_eq!(told(), [""; 0]);
        app.clock.set("2099-01-01T00:00:00Z");
        assert_eq!(told(), ["A letter to 2099"]);
    }
}
