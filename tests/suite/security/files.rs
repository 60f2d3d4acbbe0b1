//! Traversal, links and archives, and requests that a server is made to send: an import reads what lies in its folder, and asks
//! nobody for anything.

use serde_json::json;
use std::{
    io::ErrorKind,
    net::TcpListener,
    os::unix::fs::symlink,
    thread,
    time::{Duration, Instant},
};
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    program,
    seed::{self, Folder, post},
};

const SECRET: &str = "the-secret-outside";

/// Front matter and a body that name a file outside in every way that names one.
fn posts(outside: &str, depth: &str) -> Vec<(String, String)> {
    let places = [
        outside.to_owned(),
        format!("{depth}{outside}"),
        format!("file://{outside}"),
        format!("/{depth}{outside}"),
        depth.to_owned() + "%2e%2e" + outside,
    ];
    let each = places.iter().enumerate();
    each.map(|(number, place)| {
        let front_matter = format!("title: Post {number}\ndate: 2026-01-0{}\ncover: {place}.svg\nthumbnail: {place}.svg\nlayout: {place}.md", number + 1);
        let body = format!(
            "![a]({place}.svg)\n\n<img src=\"{place}.svg\">\n\n{{% asset_img {place}.svg %}}\n\n{{% include {place}.md %}}\n\n\
             {{% include_code {place}.md %}}\n\n{{{{< readfile \"{place}.md\" >}}}}\n\n{{{{< include \"{place}.md\" >}}}}\n\n<!-- #include file=\"{place}.md\" -->",
        );
        (format!("post-{number}.md"), post(&front_matter, &body))
    })
    .collect()
}

/// A site of each dialect: its configuration, its posts' folder, and an archive where pages would be.
const SITES: [(&str, &str, &str); 3] = [
    ("_config.yml", "title: Site\npost_asset_folder: true", "source/_posts"),
    ("_config.yml", "title: Site\nplugins: []\ncollections: {}", "_posts"),
    ("hugo.toml", "title = 'Site'", "content/posts"),
];

tests::on_both_databases! {
    /// By path, by link, as a file and as a folder, in texts and in pictures.
    async fn an_import_reads_nothing_outside_of_its_folder(db: TestDb) {
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let outside = Folder::new();
        outside.write("hidden.md", post("title: Outside", SECRET));
        outside.write("hidden.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{SECRET}</title></svg>"));
        outside.write("folder/post.md", post("title: Outside\ndate: 2026-01-01", SECRET));
        let hidden = outside.path().join("hidden");
        for (configuration, told, folder) in SITES {
            let site = Folder::new();
            site.write(configuration, told);
            for (name, text) in posts(hidden.as_str(), "../../../../../../../../..") {
                let name = if folder == "_posts" { format!("2026-01-01-{name}") } else { name };
                site.write(&format!("{folder}/{name}"), text);
            }
            let place = site.path().join(folder);
            symlink(outside.path().join("hidden.md"), place.join("2026-01-02-link.md")).unwrap();
            symlink(outside.path().join("folder"), place.join("linked")).unwrap();
            symlink(outside.path().join("hidden.svg"), place.join("picture.svg")).unwrap();
            symlink(outside.path().join("folder"), site.path().join("_data")).unwrap();
            let imported = seed::import(&app, &site.path()).await;
            assert!(imported.outcome.created > 0, "{folder}: {:#?}", imported.lines);
            let told = format!("{:?}", imported.lines);
            assert!(!told.contains(SECRET), "{told}");
        }
        for (table, columns) in [("article", "title || extra || coalesce(excerpt, '') || opening"), ("body", "html || text || markdown")] {
            let found = db.number(&format!("SELECT count(*) FROM {table} WHERE {columns} LIKE '%{SECRET}%'")).await;
            assert_eq!(found, 0, "{table}");
        }
        assert_eq!(db.number("SELECT count(*) FROM image WHERE media IS NOT NULL").await, 0, "no picture was copied");
        let media = app::media(db.url());
        assert!(!media.exists() || media.read_dir_utf8().unwrap().count() == 0, "{media}");
    }

    /// An archive is a file like any other: nothing unpacks it.
    async fn an_archive_is_not_unpacked(db: TestDb) {
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let site = Folder::new();
        site.write("_config.yml", "title: Site");
        site.write("source/_posts/a.md", post("title: A\ndate: 2026-01-01", "![x](/evil.zip) ![y](/evil.svgz)"));
        // The headers of a ZIP with one entry, `../../evil.md`, and of a compressed drawing.
        let zip: &[u8] = b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0\x0d\0\0\0../../evil.mdx";
        for name in ["source/evil.zip", "source/_posts/evil.md.zip", "source/evil.svgz", "source/_posts/evil.tar.gz"] {
            site.write(name, zip);
        }
        let imported = seed::import(&app, &site.path()).await;
        assert_eq!((imported.outcome.created, imported.outcome.refused), (1, 0), "{:#?}", imported.lines);
        assert_eq!(db.number("SELECT count(*) FROM image WHERE media IS NOT NULL").await, 0);
        assert!(!site.path().join("../evil.md").exists() && !site.path().join("../../evil.md").exists());
    }

    /// Neither an import nor an answer: pictures, portraits, sources and links at an address on this machine are left alone.
    async fn nothing_is_fetched_from_the_addresses_in_a_post(db: TestDb) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let site = Folder::new();
        site.write("_config.yml", format!("title: Site\nurl: {base}/"));
        let front_matter = format!(
            "title: A\ndate: 2026-01-01\ncover: {base}/cover.png\nthumbnail: {base}/thumb.png\nsource: {base}/source\nlink: {base}/link\n\
             authors:\n  - name: Ada\n    website: {base}/ada\n    avatar: {base}/ada.png"
        );
        let body = format!(
            "![a]({base}/a.png) ![b](/b.png) ![c](//{}/c.png)\n\n<img src=\"{base}/d.png\" srcset=\"{base}/e.png 2x\" data-src=\"{base}/f.png\">\n\n\
             [l]({base}/l)\n\n<iframe src=\"{base}/g\"></iframe>\n\n<link rel=stylesheet href=\"{base}/h.css\"><script src=\"{base}/i.js\"></script>\n\n\
             <video poster=\"{base}/j.png\" src=\"{base}/k.mp4\"></video>\n\n<svg><image href=\"{base}/m.png\"/></svg>\n\n{{% img {base}/n.png %}}\n\n{{% asset_img {base}/o.png %}}",
            &base["http://".len()..]
        );
        site.write("source/_posts/a.md", post(&front_matter, &body));
        site.write("_posts/2026-01-01-b.md", post(&front_matter, &body));
        let opened = app::open(&db, &TestClock::at(NOW), &["--site-url="]).await;
        let imported = seed::import(&opened, &site.path()).await;
        assert!(imported.outcome.created > 0, "{:#?}", imported.lines);
        let urls = db.number("SELECT count(*) FROM image WHERE original_url LIKE 'http://127.%'").await;
        assert!(urls >= 4, "the addresses have come in: {urls}");
        let server = TestApp::start(db, &["--site-url=", &format!("--public-url={base}/")]);
        let all = "{ images { nodes { url originalUrl bytes } } articles { nodes { body { html(images: PROXIED) } authors { website avatar { url } } cover { image { url } } } } }";
        let answer = server.query(all, json!({}));
        assert!(answer.value.to_string().contains(&base), "{}", answer.value);
        assert_eq!(server.get("/media/", &[]).status, 404);
        assert_nobody_called(&listener);
    }
}

/// What is connected stands in the socket's queue, whenever it is looked at.
fn assert_nobody_called(listener: &TcpListener) {
    let until = Instant::now() + Duration::from_millis(500);
    while Instant::now() < until {
        match listener.accept() {
            Ok((_, from)) => panic!("{from} has called"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// What the program says to whoever runs it, at its most talkative.
#[test]
fn no_log_and_no_help_tells_the_preview_token() {
    let (place, token) = (Folder::new(), "a-token-that-nobody-reads");
    let help =
        program::command(&place.path(), &["serve", "--help"]).env("MASTHEAD_PREVIEW_TOKEN", token).output().unwrap();
    let text = String::from_utf8_lossy(&help.stdout);
    assert!(text.contains("MASTHEAD_PREVIEW_TOKEN") && !text.contains(token), "{text}");
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut served = program::command(&place.path(), &["serve", "--listen", &address.to_string(), "--no-sample"])
        .envs([("MASTHEAD_PREVIEW_TOKEN", token), ("RUST_LOG", "trace")])
        .stdout(std::fs::File::create(place.path().join("out")).unwrap())
        .stderr(std::fs::File::create(place.path().join("err")).unwrap())
        .spawn()
        .unwrap();
    let ask = |bearer: &str| {
        let request = ureq::get(format!("http://{address}/graphql?query=%7Bviewer%7Brole%7D%7D"));
        request.header("authorization", format!("Bearer {bearer}")).call()
    };
    let until = Instant::now() + Duration::from_mins(1);
    while ask(token).is_err() && Instant::now() < until {
        thread::sleep(Duration::from_millis(50));
    }
    let seen = ask(token).unwrap().body_mut().read_to_string().unwrap();
    let refused = ask("a-guess-that-nobody-reads");
    served.kill().unwrap();
    served.wait().unwrap();
    assert!(seen.contains("PREVIEW"), "{seen}");
    assert!(matches!(refused, Err(ureq::Error::StatusCode(401))), "{refused:?}");
    let logged = ["out", "err"].map(|name| std::fs::read_to_string(place.path().join(name)).unwrap()).concat();
    assert!(logged.lines().count() > 5, "{logged}");
    for secret in [token, "a-guess-that-nobody-reads"] {
        let line = logged.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}
