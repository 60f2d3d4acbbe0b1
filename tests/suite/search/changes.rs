//! The index follows the articles: changes, deletions, what is hidden, and being made anew.

use super::{Folder, all, found_exactly, found_set, import, scanned, write};
use api::search::reindex;
use serde_json::json;
use std::{collections::BTreeSet, ops::Range};
use tests::{
    app::{NOW, TestApp, TestClock, open},
    db::TestDb,
    seed,
};

fn numbered(numbers: Range<usize>, body: &str) -> Vec<(String, String, String)> {
    numbers
        .map(|number| {
            (format!("p{number}"), format!("title: 第{number}号\ndate: 2024-01-01"), format!("{body} 数{number}"))
        })
        .collect()
}

async fn count(db: &TestDb, table: &str) -> i64 {
    let rows: Vec<(i64,)> = db.rows(&format!("SELECT count(*) FROM {table}")).await;
    rows[0].0
}

/// The index says what is stored: each article once, and no page without a segment.
async fn assert_whole(db: &TestDb) {
    let articles = count(db, "article").await;
    assert_eq!(count(db, "search_document").await, articles);
    assert_eq!(count(db, "search_document JOIN article ON article.id = search_document.article_id").await, articles);
    assert_eq!(
        count(db, "search_document JOIN search_segment ON search_segment.id = search_document.segment_id").await,
        articles
    );
    assert_eq!(count(db, "search_page WHERE segment_id NOT IN (SELECT id FROM search_segment)").await, 0);
}

tests::on_both_databases! {
    async fn articles_that_come_one_by_one_are_found(db: TestDb) {
        let folder = Folder::new();
        let app = open(&db, &TestClock::at(NOW), &[]).await;
        for number in 0..30 {
            write(&folder, &numbered(number..number + 1, "海上的灯塔 light"));
            import(&app, &folder.path()).await;
        }
        assert_whole(&db).await;
        let segments = count(&db, "search_segment").await;
        assert!(segments < 12, "30 imports left {segments} segments");
        let server = TestApp::start(db, &[]);
        let articles = all(&server);
        for word in ["灯塔", "light", "号", "数2", "第1", "数29"] {
            assert_eq!(found_exactly(&server, word), scanned(&articles, &[word.to_owned()]), "{word}");
        }
    }

    async fn changed_articles_are_found_by_what_they_say_now(db: TestDb) {
        let folder = Folder::new();
        write(&folder, &numbered(0..20, "旧的内容"));
        let app = open(&db, &TestClock::at(NOW), &[]).await;
        import(&app, &folder.path()).await;
        for round in 0..3 {
            write(&folder, &numbered(round * 5..round * 5 + 5, "新的说法"));
            import(&app, &folder.path()).await;
            assert_whole(&db).await;
        }
        let server = TestApp::start(db, &[]);
        assert_eq!((found_exactly(&server, "旧的内容").len(), found_exactly(&server, "新的说法").len()), (5, 15));
        let articles = all(&server);
        for word in ["内容", "说法", "数1", "第"] {
            assert_eq!(found_exactly(&server, word), scanned(&articles, &[word.to_owned()]), "{word}");
        }
    }

    async fn pruned_articles_are_found_no_more(db: TestDb) {
        let folder = Folder::new();
        write(&folder, &numbered(0..9, "同一个词"));
        let app = open(&db, &TestClock::at(NOW), &[]).await;
        import(&app, &folder.path()).await;
        for number in 0..6 {
            folder.remove(&format!("source/_posts/p{number}.md"));
        }
        let sources = api::import::source::Source::open(
            &folder.path(), &api::import::roots(&app).await.unwrap(), None, &api::import::rules(&app, None),
        ).unwrap();
        let options = api::import::Options { prunes: true, ..Default::default() };
        api::import::run(&app, &sources, options, &false.into(), &mut |_| {}).await.unwrap();
        assert_whole(&db).await;
        assert_eq!(found_set(&TestApp::start(db, &[]), "同一个词"), ["p6", "p7", "p8"].map(str::to_owned).into());
    }

    async fn the_index_is_made_anew_from_where_it_stopped(db: TestDb) {
        let server = TestApp::seeded(db, seed::Seed::Demo(40)).await;
        let db = &server.db;
        let app = open(db, &TestClock::at(NOW), &[]).await;
        let before: BTreeSet<String> = found_set(&server, "灯塔");
        let mut done = 0;
        reindex::run(&app.db, &mut |articles| done += articles).await.unwrap();
        assert_eq!(done, 40);
        assert_whole(db).await;
        assert_eq!(found_set(&server, "灯塔"), before);
        // As if it had been stopped.
        db.execute("UPDATE search_state SET epoch = epoch + 1, is_complete = FALSE").await;
        assert_eq!(reindex::waiting(&app.db).await.unwrap(), 40);
        open(db, &TestClock::at(NOW), &[]).await;
        assert_eq!(reindex::waiting(&app.db).await.unwrap(), 40, "it waits for the command");
        let mut done = 0;
        reindex::run(&app.db, &mut |articles| done += articles).await.unwrap();
        assert_eq!((done, reindex::waiting(&app.db).await.unwrap()), (40, 40));
        // An index of other rules is not read, and everything is indexed when the database is opened.
        db.execute("UPDATE search_state SET version = 0").await;
        open(db, &TestClock::at(NOW), &[]).await;
        assert_whole(db).await;
        assert_eq!(found_set(&server, "灯塔"), before);
    }

    async fn what_is_hidden_is_not_found_and_changes_no_score(db: TestDb) {
        let visible = numbered(0..6, "灯塔 与 海");
        let folder = Folder::new();
        write(&folder, &visible);
        let server = TestApp::start(db, &[]);
        let app = open(&server.db, &TestClock::at(NOW), &[]).await;
        import(&app, &folder.path()).await;
        let query = "{ articles(search: \"灯塔 数\") { totalCount searched { relaxed didYouMean } facets { years { count } } edges { score node { slug } } }
            typo: articles(search: \"隐秘词\") { totalCount searched { relaxed didYouMean query } nodes { slug } } }";
        let before = server.query(query, json!({})).value;
        for number in 0..9 {
            let hidden = if number % 2 == 0 { "published: false" } else { "date: 2099-01-01" };
            folder.write(&format!("source/_posts/h{number}.md"), seed::post(&format!("title: 隐秘词{number}\n{hidden}"), "灯塔 灯塔 数 隐秘词"));
        }
        import(&app, &folder.path()).await;
        assert_eq!(server.query(query, json!({})).value, before);
        let drafts = server.preview("{ articles(search: \"隐秘词\", where: {status: {in: [DRAFT, SCHEDULED]}}) { totalCount } }", json!({}));
        assert_eq!(drafts["articles"]["totalCount"], 9);
        server.clock.set("2100-01-01T00:00:00Z");
        assert_eq!(found_set(&server, "隐秘词").len(), 4, "what was to come has come");
    }
}
