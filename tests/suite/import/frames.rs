//! Frames of the hosts that `--iframe-hosts` names.

use super::named;
use api::{
    app::App,
    export::{self, Form},
};
use serde_json::json;
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, Imported, post},
};

const FRAME: &str = "<iframe src=\"https://player.example/1\" title=\"A film\" sandbox=\"allow-presentation allow-same-origin allow-scripts\" \
    allowfullscreen=\"\" loading=\"lazy\" referrerpolicy=\"strict-origin-when-cross-origin\"></iframe>";
const OTHER: &str = "<p>Before.</p>\n<p><a href=\"https://vimeo.com/5\" rel=\"noopener noreferrer\">https://vimeo.com/5</a></p>\n<p>After.</p>";

fn film() -> Folder {
    let folder = Folder::new();
    let body = "Before.\n\n<iframe src='//player.example/1' title='A film' allow=camera onload='alert(1)'></iframe>\n\
        <iframe src=https://player.vimeo.com/video/5></iframe>\n\nAfter.";
    folder.write("_config.yml", "title: Films\n");
    folder.write("source/_posts/film.md", post("title: Film\ndate: 2026-01-01 00:00:00", body));
    folder
}

async fn open(db: &TestDb, hosts: &str) -> App {
    let hosts = format!("--iframe-hosts={hosts}");
    let flags: &[&str] = if hosts.ends_with('=') { &[] } else { &[&hosts] };
    app::open(db, &TestClock::at(NOW), flags).await
}

async fn import(db: &TestDb, folder: &Folder, hosts: &str) -> Imported {
    seed::import(&open(db, hosts).await, &folder.path()).await
}

fn html(app: &TestApp) -> String {
    app.query("{ article(by: {slug: \"film\"}) { body { html } } }", json!({}))["article"]["body"]["html"]
        .as_str()
        .unwrap()
        .to_owned()
}

tests::on_both_databases! {
    async fn a_file_is_read_again_when_the_hosts_change_and_only_then(db: TestDb) {
        let folder = film();
        let with_frame = OTHER.replacen("\n<p>", &format!("\n{FRAME}\n<p>"), 1);
        let mut app = TestApp::start(db, &[]);
        for (hosts, summary, told, expected) in [
            ("", "1 created, 0 updated, 0 unchanged, 0 missing, 0 refused", 1, OTHER),
            ("player.example", "0 created, 1 updated, 0 unchanged, 0 missing, 0 refused", 0, with_frame.as_str()),
            ("player.example", "0 created, 0 updated, 1 unchanged, 0 missing, 0 refused", 0, &with_frame),
            ("other.example", "0 created, 1 updated, 0 unchanged, 0 missing, 0 refused", 1, OTHER),
            // The order and repetitions say nothing.
            ("player.example,a.example", "0 created, 1 updated, 0 unchanged, 0 missing, 0 refused", 0, &with_frame),
            ("a.example,Player.example,a.example", "0 created, 0 updated, 1 unchanged, 0 missing, 0 refused", 0, &with_frame),
        ] {
            let imported = import(&app.db, &folder, hosts).await;
            assert_eq!((imported.summary().as_str(), imported.lines.len()), (summary, told), "{hosts} {:?}", imported.lines);
            assert_eq!(html(&app).replace("\n\n", "\n"), expected, "{hosts}");
        }
        assert_eq!(named(&app, "film")["body"]["text"], "Before.\nhttps://vimeo.com/5\nAfter.");
        app.stop();
    }

    async fn an_export_gives_frames_back_as_they_came(db: TestDb) {
        let (folder, out) = (film(), Folder::new());
        import(&db, &folder, "player.example").await;
        let app = open(&db, "player.example").await;
        for (form, path) in [(Form::Hexo, "source/_posts/film.md"), (Form::Hugo, "content/posts/film.md")] {
            let place = out.path().join(form.name());
            let mut lines = Vec::new();
            export::run(&app, &place, Some(form), &mut |event| lines.push(format!("{event:?}"))).await.unwrap();
            let text = std::fs::read_to_string(place.join(path));
            let text = text.unwrap_or_else(|error| panic!("{path}: {error} {lines:?}"));
            if form == Form::Hexo {
                assert_eq!(text, std::fs::read_to_string(folder.path().join(path)).unwrap());
            } else {
                assert!(text.contains("//player.example/1"), "{text}");
            }
            assert!(!lines.iter().any(|line| line.contains("changes")), "{lines:?}");
        }
    }
}
