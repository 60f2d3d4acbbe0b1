//! Counts that are kept stay right, whoever writes and as time goes by.

use super::Site;
use api::graphql::id::Kind as Id;
use serde_json::Value;
use std::collections::BTreeMap;
use tests::{
    app::{NOW, instant},
    db::TestDb,
};

/// Counts above zero, by the list and the global id of its owner.
type Counts = BTreeMap<(String, String), i64>;

const QUERY: &str = "{
    site { articleCount }
    articles(first: 0) { totalCount facets {
        categories(first: 1000) { node { id } count } authors(first: 1000) { node { id } count } tags(first: 1000) { node { id } count }
    } }
    categories(first: 1000) { nodes {
        id articleCount own: articleCount(descendants: false) articles(first: 0) { totalCount } alone: articles(first: 0, descendants: false) { totalCount }
    } }
    authors(first: 1000) { nodes { id articleCount articles(first: 0) { totalCount } } }
    tags(first: 1000) { nodes { id articleCount articles(first: 0) { totalCount } } }
    busy: authors(first: 1000, where: {hasArticles: true}, orderBy: {field: ARTICLE_COUNT, direction: DESC}) { nodes { id articleCount } }
}";

/// What the tables say.
async fn truth(db: &TestDb, now: i64) -> Counts {
    let mut counts = Counts::new();
    for (list, table, key, rule, kind) in [
        ("category", "article_category", "category_id", "TRUE", Id::Category),
        ("alone", "article_category", "category_id", "is_leaf", Id::Category),
        ("author", "article_author", "author_id", "TRUE", Id::Author),
        ("tag", "article_tag", "tag_id", "TRUE", Id::Tag),
    ] {
        let sql = format!(
            "SELECT {key}, count(DISTINCT article_id) FROM {table}
              WHERE NOT is_draft AND published_at <= {now} AND {rule} GROUP BY {key}"
        );
        let rows: Vec<(i64, i64)> = db.rows(&sql).await;
        counts.extend(rows.into_iter().map(|(id, count)| ((list.to_owned(), kind.id(id).to_string()), count)));
    }
    let site = db.number(&format!("SELECT count(*) FROM article WHERE NOT is_draft AND published_at <= {now}")).await;
    counts.insert(("site".to_owned(), String::new()), site);
    counts
}

fn insert(counts: &mut Counts, list: &str, id: &Value, count: &Value) {
    let (id, count) = (id.as_str().unwrap_or_default().to_owned(), count.as_i64().unwrap());
    if count != 0 {
        let other = counts.insert((list.to_owned(), id.clone()), count);
        assert!(other.is_none_or(|other| other == count), "{list} {id} is counted as {other:?} and as {count}");
    }
}

/// What is answered, each count in every place where it is told.
fn told(site: &Site) -> Counts {
    let data = site.app.query(QUERY, Value::Null);
    let mut counts = Counts::new();
    counts.insert(("site".to_owned(), String::new()), data["site"]["articleCount"].as_i64().unwrap());
    assert_eq!(data["site"]["articleCount"], data["articles"]["totalCount"]);
    for (list, field) in [("category", "categories"), ("author", "authors"), ("tag", "tags")] {
        let mut facet = Counts::new();
        for group in data["articles"]["facets"][field].as_array().unwrap() {
            insert(&mut facet, list, &group["node"]["id"], &group["count"]);
        }
        let mut lists = Counts::new();
        for node in data[field]["nodes"].as_array().unwrap() {
            insert(&mut lists, list, &node["id"], &node["articleCount"]);
            assert_eq!(node["articleCount"], node["articles"]["totalCount"], "{node}");
        }
        assert_eq!(facet, lists, "{field}");
        counts.extend(lists);
    }
    for node in data["categories"]["nodes"].as_array().unwrap() {
        insert(&mut counts, "alone", &node["id"], &node["own"]);
        assert_eq!(node["own"], node["alone"]["totalCount"], "{node}");
    }
    let busy: Vec<i64> =
        data["busy"]["nodes"].as_array().unwrap().iter().map(|node| node["articleCount"].as_i64().unwrap()).collect();
    assert!(busy.is_sorted_by(|one, other| one >= other) && !busy.contains(&0), "{busy:?}");
    counts
}

async fn assert_right(site: &Site, now: &str, after: &str) {
    site.app.db.execute("UPDATE content_generation SET generation = generation + 1").await;
    assert_eq!(told(site), truth(&site.app.db, instant(now).0).await, "after {after}");
}

/// In every table that repeats it.
async fn everywhere(db: &TestDb, change: &str, which: &str) {
    db.execute(&format!("UPDATE article SET {change} WHERE {}", which.replace("article_id", "id"))).await;
    for table in ["article_author", "article_category", "article_tag", "figure"] {
        db.execute(&format!("UPDATE {table} SET {change} WHERE {which}")).await;
    }
}

tests::on_both_databases! {
    async fn kept_counts_are_right_whatever_writes(db: TestDb) {
        let site = Site::new(db, 91).await;
        let db = &site.app.db;
        assert_right(&site, NOW, "content was stored").await;
        everywhere(db, "is_draft = TRUE", "article_id % 3 = 0").await;
        assert_right(&site, NOW, "articles became drafts").await;
        everywhere(db, "is_draft = NOT is_draft", "article_id % 2 = 0").await;
        assert_right(&site, NOW, "drafts became ready and others drafts").await;
        everywhere(db, "published_at = 9000000000000000", "article_id % 5 = 0").await;
        assert_right(&site, NOW, "articles were put off").await;
        everywhere(db, "published_at = -1", "article_id % 5 = 0").await;
        assert_right(&site, NOW, "they were put back").await;
        db.execute("DELETE FROM article WHERE id % 7 = 0").await;
        assert_right(&site, NOW, "articles were deleted").await;
        db.execute("DELETE FROM article_author WHERE position = 0").await;
        db.execute("DELETE FROM article_tag WHERE article_id % 4 = 1").await;
        db.execute("DELETE FROM article_category WHERE is_leaf AND article_id % 4 = 1").await;
        assert_right(&site, NOW, "authors, tags and categories were taken away").await;
        let author = "SELECT min(id) FROM author";
        db.execute(&format!("DELETE FROM article_author WHERE author_id <> ({author}) AND article_id IN (SELECT article_id FROM article_author WHERE author_id = ({author}))")).await;
        db.execute(&format!("UPDATE article_author SET author_id = ({author}) WHERE position = 1 AND article_id NOT IN (SELECT article_id FROM article_author WHERE author_id = ({author}))")).await;
        db.execute("UPDATE article_category SET is_leaf = NOT is_leaf WHERE article_id % 2 = 1").await;
        assert_right(&site, NOW, "articles changed hands and leaves").await;
        db.execute("INSERT INTO article_tag (tag_id, article_id, is_draft, published_at)
                    SELECT (SELECT max(id) FROM tag), a.id, a.is_draft, a.published_at FROM article a
                     WHERE NOT EXISTS (SELECT 1 FROM article_tag t WHERE t.article_id = a.id AND t.tag_id = (SELECT max(id) FROM tag))").await;
        assert_right(&site, NOW, "everything got a tag").await;
        db.execute("DELETE FROM article").await;
        assert_right(&site, NOW, "everything was deleted").await;
    }

    async fn counts_follow_the_clock_to_the_microsecond(db: TestDb) {
        let site = Site::new(db, 92).await;
        for now in [
            "2026-11-22T12:00:00Z", "2026-11-22T12:00:00.000001Z", "2026-12-01T00:00:00Z", "2026-11-30T23:59:59.999999Z", "2100-02-28T15:59:59.999999Z",
            "2100-02-28T16:00:00Z", "2151-01-01T00:00:00Z", "9999-12-31T23:59:59.999998Z", "9999-12-31T23:59:59.999999Z", "2020-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999998Z", "0001-01-01T00:00:00Z",
        ] {
            site.app.clock.set(now);
            assert_right(&site, now, now).await;
        }
    }
}
