//! What is written is seen: at once by the process that wrote it, within a second by others, and what was scheduled at its time.

use super::cached;
use serde_json::{Value, json};
use std::{
    thread,
    time::{Duration, Instant},
};
use tests::{
    app::{NOW, TestApp, TestClock, open},
    db::TestDb,
    seed::{Folder, Seed, import, post},
};

const TITLES: &str = "{ articles { totalCount nodes { title } } }";

fn titles(app: &TestApp) -> Value {
    app.query(TITLES, json!({})).value["articles"]["nodes"].clone()
}

/// A site of one post with this title.
fn write(folder: &Folder, title: &str) {
    folder.write("_config.yml", "title: One\n");
    folder.write("source/_posts/one.md", post(&format!("title: {title}\ndate: 2026-01-01 08:00:00"), "Text."));
}

tests::on_both_databases! {
    async fn a_write_by_the_serving_process_is_seen_at_once(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        let folder = Folder::new();
        for round in 0..15 {
            write(&folder, &format!("Round {round}"));
            import(&app.inside, &folder.path()).await;
            assert_eq!(titles(&app), json!([{ "title": format!("Round {round}") }]));
            assert_eq!(cached(&app.ask(TITLES, json!({}), None)), "HIT", "and what it became is kept");
        }
    }

    async fn a_write_by_another_process_is_seen_within_a_second(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        let other = app.beside(&[]).trusting();
        let writer = open(&app.db, &TestClock::at(NOW), &[]).await;
        let folder = Folder::new();
        for round in 0..8 {
            write(&folder, &format!("Round {round}"));
            import(&writer, &folder.path()).await;
            let written = Instant::now();
            for app in [&app, &other] {
                while titles(app) != json!([{ "title": format!("Round {round}") }]) {
                    assert!(written.elapsed() < Duration::from_secs(1), "round {round} is not seen");
                }
            }
        }
    }

    /// Articles without pictures among them: that they have none is kept, too.
    async fn pictures_that_are_kept_are_those_of_the_last_import(db: TestDb) {
        let app = TestApp::start(db, &["--response-cache-bytes=0"]).trusting();
        let folder = Folder::new();
        let query = "{ articles { nodes { cover { alt image { url } } figures { alt caption } body { text } } } }";
        for (round, alts) in [&["Ebb"][..], &[], &["Flow", "Ebb"], &["Ebb", "Flow"], &[]].into_iter().enumerate() {
            let pictures = alts.iter().map(|alt| format!("![{alt}](https://x.example/{alt}.png)\n\n")).collect::<Vec<_>>().concat();
            let cover = alts.first().map(|alt| format!("\ncover: https://x.example/{alt}.png")).unwrap_or_default();
            let head = format!("title: One\ndate: 2026-01-01 08:00:00{cover}");
            folder.write("_config.yml", "title: One\n");
            folder.write("source/_posts/one.md", post(&head, &format!("{pictures}Round {round}.")));
            import(&app.inside, &folder.path()).await;
            for time in 0..3 {
                let answer = app.query(query, json!({}));
                let article = &answer["articles"]["nodes"][0];
                let shown: Vec<&Value> = article["figures"].as_array().unwrap().iter().map(|figure| &figure["alt"]).collect();
                assert_eq!(shown, alts, "round {round}: {article}");
                let url = alts.first().map(|alt| format!("https://x.example/{alt}.png"));
                assert_eq!(article["cover"]["image"]["url"].as_str(), url.as_deref(), "round {round}: {article}");
                assert!(time < 2 || answer.statements == 2, "the article and its body are read: {}", answer.statements);
            }
        }
    }

    /// The clock is set, and nothing else happens.
    async fn a_scheduled_article_is_there_at_its_time_and_not_before(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        let folder = Folder::new();
        write(&folder, "Now");
        folder.write("source/_posts/later.md", post("title: Later\ndate: 2026-11-22 13:00:00", "Text."));
        import(&app.inside, &folder.path()).await;
        let at = "2026-11-22T05:00:00Z";
        for (now, count) in [("2026-11-22T04:59:59.999999Z", 1), (at, 2), ("2026-11-22T04:59:59Z", 1), ("2027-01-01T00:00:00Z", 2)] {
            app.clock.set(now);
            for _ in 0..3 {
                assert_eq!(app.query(TITLES, json!({}))["articles"]["totalCount"], count, "{now}");
            }
            assert_eq!(cached(&app.ask(TITLES, json!({}), None)), "HIT");
        }
    }

    async fn in_real_time_it_is_there_within_50_ms(db: TestDb) {
        let app = TestApp::in_real_time(db).trusting();
        let folder = Folder::new();
        write(&folder, "Now");
        folder.write("source/_posts/later.md", post("title: Later\ndate: 2099-01-01 13:00:00", "Text."));
        import(&app.inside, &folder.path()).await;
        // Nearer than files can say.
        let at = app.inside.now().0 + 1_200_000;
        let change = format!("UPDATE article SET published_at = {at} WHERE title = 'Later'");
        app.db.execute(&format!("BEGIN; {change}; UPDATE content_generation SET generation = generation + 1; COMMIT")).await;
        thread::sleep(Duration::from_millis(400));
        let mut hits = 0;
        loop {
            let asked = app.inside.now().0;
            let answer = app.ask("{ articles { nodes { title } } }", json!({}), None);
            let is_there = answer.json()["data"]["articles"]["nodes"].as_array().unwrap().len() == 2;
            let answered = app.inside.now().0;
            assert!(is_there || asked < at + 50_000, "not there {} us after its time", asked - at);
            assert!(!is_there || answered >= at, "there {} us before its time", at - answered);
            hits += usize::from(cached(&answer) == "HIT");
            if is_there {
                break;
            }
        }
        assert!(hits > 10, "it was answered from what was kept until then: {hits}");
    }

    /// Connections break while everything that is asked was answered before.
    async fn without_a_database_what_was_answered_goes_on_being_answered(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await.trusting();
        if !app.db.is_postgres() {
            return;
        }
        let before = titles(&app);
        // What a server that is restarted does to its connections.
        let hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        for _ in 0..20 {
            app.db.execute(hang_up).await;
            assert_eq!(titles(&app), before);
            thread::sleep(Duration::from_millis(20));
        }
    }

    async fn a_lower_generation_is_another_database(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await.trusting();
        let before = titles(&app);
        assert!(before.as_array().unwrap().len() > 3);
        // As after a backup was put back.
        app.db.execute("DELETE FROM article_count").await;
        app.db.execute("UPDATE article SET is_draft = true").await;
        app.db.execute("UPDATE content_generation SET generation = generation - 1").await;
        thread::sleep(Duration::from_secs(1));
        assert_eq!(titles(&app), json!([]));
    }
}
