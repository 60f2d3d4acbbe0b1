//! The same folders, imported and built by the programs that they were written for: titles, dates, paths, categories and tags
//! are those that Hexo, Jekyll and Hugo themselves have.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};
use std::{
    env, fs,
    process::{Command, Stdio},
};
use tests::{
    app::{self, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder},
};

/// When everything has been published.
const LATER: &str = "2100-01-01T00:00:00Z";

/// One of the programs.
#[derive(Clone, Copy)]
enum Tool {
    Hexo,
    Jekyll,
    Hugo,
}

impl Tool {
    /// What the program says of its posts, by their files below `site`; nothing where it is not installed, which CI does not
    /// let pass.
    fn posts(self, site: &Utf8Path) -> Option<Map<String, Value>> {
        let json = match self {
            Self::Hexo => run(Command::new("node").arg(here().join("hexo.cjs")).arg(site).current_dir(here())),
            Self::Jekyll => {
                let plugins = site.join("_plugins");
                fs::create_dir_all(&plugins).unwrap();
                fs::copy(here().join("jekyll.rb"), plugins.join("posts.rb")).unwrap();
                run(Command::new("jekyll").args(["build", "--quiet"]).current_dir(site))
                    .map(|_| fs::read_to_string(site.join("_site/posts.json")).unwrap())
            }
            Self::Hugo => {
                fs::create_dir_all(site.join("layouts")).unwrap();
                fs::copy(here().join("hugo/index.json"), site.join("layouts/index.json")).unwrap();
                let configuration = ["hugo.toml", "config.toml"].into_iter().find(|file| site.join(file).exists());
                let configuration = format!("{},{}", configuration.unwrap(), here().join("hugo/outputs.toml"));
                run(Command::new("hugo").args(["--quiet", "--config", &configuration]).current_dir(site))
                    .map(|_| fs::read_to_string(site.join("public/index.json")).unwrap())
            }
        };
        Some(serde_json::from_str(&json?).unwrap())
    }
}

/// The programs' side of the comparison.
fn here() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tools")
}

/// What a program prints; nothing where it is not installed.
fn run(command: &mut Command) -> Option<String> {
    // Authors' machines stand where their sites' clocks are.
    let command = command.env("TZ", "Asia/Shanghai").env("JEKYLL_NO_BUNDLER_REQUIRE", "true").stdin(Stdio::null());
    let is_there = here().join("node_modules/hexo").exists() || command.get_program() != "node";
    match command.output() {
        Ok(output) if is_there => {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command:?}: {errors}");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        _ => {
            assert_ne!(env::var("CI").as_deref(), Ok("true"), "{command:?}: it is not installed");
            eprintln!("left out: {command:?} is not installed");
            None
        }
    }
}

/// The same of our articles.
async fn ours(db: TestDb) -> Map<String, Value> {
    let files: Vec<(String, String)> = db.rows("SELECT slug, source_path FROM article WHERE NOT is_draft").await;
    let app = TestApp::start(db, &[]);
    // What a program has just made is published by now.
    app.clock.set(LATER);
    let query = "query($slug: String!) { article(by: {slug: $slug}) {
        title path publishedAt categories { names path ancestors { names path } } tags { name path } translations { id } } }";
    let mut posts = Map::new();
    for (slug, file) in files {
        let article = app.query(query, json!({ "slug": slug }))["article"].clone();
        posts.insert(file, article);
    }
    posts
}

fn decoded(path: &Value) -> String {
    percent_encoding::percent_decode_str(path.as_str().unwrap()).decode_utf8().unwrap().into_owned()
}

fn instant(text: &Value) -> i64 {
    app::instant(text.as_str().unwrap()).0
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.dedup();
    items
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Compares one post; `has_ancestors` tells whether the program counts those among the categories of a post.
fn compare(file: &str, theirs: &Value, ours: &Value, tool: Tool) {
    assert_eq!(ours["title"], theirs["title"], "{file}");
    assert_eq!(
        instant(&ours["publishedAt"]),
        instant(&theirs["date"]),
        "{file}: {} {}",
        ours["publishedAt"],
        theirs["date"]
    );
    assert_eq!(decoded(&ours["path"]), decoded(&theirs["path"]), "{file}");
    let tags =
        |tags: &Value| sorted(tags.as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap().to_owned()));
    assert_eq!(tags(&ours["tags"]), sorted(texts(&theirs["tags"]).into_iter()), "{file}");

    let leaves = ours["categories"].as_array().unwrap();
    let above = leaves.iter().flat_map(|leaf| leaf["ancestors"].as_array().unwrap());
    let all: Vec<&Value> =
        if matches!(tool, Tool::Hexo) { leaves.iter().chain(above).collect() } else { leaves.iter().collect() };
    let names = sorted(all.iter().map(|category| texts(&category["names"])));
    let chains = theirs["categories"].as_array().unwrap().iter();
    let chains = sorted(
        chains.map(|chain| if chain.is_array() { texts(chain) } else { vec![chain.as_str().unwrap().to_owned()] }),
    );
    assert_eq!(names, chains, "{file}");
    if let Some(places) = theirs["places"].as_object() {
        let tags =
            ours["tags"].as_array().unwrap().iter().map(|tag| (format!("#{}", tag["name"].as_str().unwrap()), tag));
        let categories = all.iter().map(|category| (texts(&category["names"]).join(" > "), *category));
        for (name, page) in tags.chain(categories).filter(|(name, _)| places.contains_key(name)) {
            assert_eq!(decoded(&page["path"]), decoded(&places[&name]), "{file}: {name}");
        }
    }
    if let Some(translations) = theirs["translations"].as_u64() {
        assert_eq!(ours["translations"].as_array().unwrap().len() as u64, translations, "{file}");
    }
}

/// Builds a site, imports it, and compares what both have.
async fn same(db: TestDb, tool: Tool, site: &Folder) {
    let Some(theirs) = tool.posts(&site.path()) else { return };
    let imported = seed::import(&app::open(&db, &TestClock::at(LATER), &[]).await, &site.path()).await;
    assert_eq!(imported.outcome.refused, 0, "{:#?}", imported.lines);
    let ours = ours(db).await;
    let files = |posts: &Map<String, Value>| sorted(posts.keys().cloned());
    assert_eq!(files(&ours), files(&theirs), "the posts that are shown");
    assert!(!theirs.is_empty());
    for (file, post) in &theirs {
        compare(file, post, &ours[file], tool);
    }
}

/// A copy of one of our sites, which the programs may write into.
fn copy(name: &str) -> Folder {
    let site = Folder::new();
    let original = seed::content().join(name);
    let status = Command::new("cp").args(["-r", &format!("{original}/."), site.path().as_str()]).status();
    assert!(status.unwrap().success());
    site
}

fn replace(site: &Folder, file: &str, from: &str, to: &str) {
    let place = site.path().join(file);
    let text = fs::read_to_string(&place).unwrap();
    assert!(text.contains(from), "{file}: {text}");
    fs::write(place, text.replace(from, to)).unwrap();
}

/// A site as a program's own command makes it, with a post made by that, too.
fn made(program: &str, commands: &[&[&str]]) -> Option<Folder> {
    let site = Folder::new();
    for arguments in commands {
        run(Command::new(program).args(*arguments).current_dir(site.path()))?;
    }
    Some(site)
}

tests::on_both_databases! {
    async fn what_hexo_shows_is_what_is_imported(db: TestDb) {
        same(db, Tool::Hexo, &copy("hexo")).await;
    }

    async fn what_jekyll_shows_is_what_is_imported(db: TestDb) {
        same(db, Tool::Jekyll, &copy("jekyll")).await;
    }

    async fn what_hugo_shows_is_what_is_imported(db: TestDb) {
        same(db, Tool::Hugo, &copy("hugo")).await;
    }

    async fn a_new_site_of_hexo_comes_in_as_hexo_shows_it(db: TestDb) {
        let hexo = here().join("node_modules/hexo-cli/assets");
        let site = Folder::new();
        if !hexo.exists() {
            run(Command::new("node").arg("--version"));
            return;
        }
        assert!(Command::new("cp").args(["-r", &format!("{hexo}/."), site.path().as_str()]).status().unwrap().success());
        // What it leaves to the machine: its clock, and the time at which a file was made.
        replace(&site, "_config.yml", "timezone: ''", "timezone: 'Asia/Shanghai'");
        replace(&site, "source/_posts/hello-world.md", "title: Hello World", "title: Hello World\ndate: 2022-01-02 03:04:05");
        same(db, Tool::Hexo, &site).await;
    }

    async fn a_new_site_of_jekyll_comes_in_as_jekyll_shows_it(db: TestDb) {
        let Some(site) = made("jekyll", &[&["new", ".", "--skip-bundle", "--force"]]) else { return };
        // Its theme is not installed everywhere and says nothing about posts.
        let configuration = site.path().join("_config.yml");
        let text = fs::read_to_string(&configuration).unwrap();
        let text: String = text.lines().filter(|line| !line.starts_with("theme:")).flat_map(|line| [line, "\n"]).collect();
        let text = text.replace("plugins:", "unused:");
        fs::write(&configuration, text).unwrap();
        fs::remove_file(site.path().join("Gemfile")).unwrap();
        // Jekyll takes a date for none that is the second in which it builds.
        let post = fs::read_dir(site.path().join("_posts")).unwrap().next().unwrap().unwrap().path();
        let text = fs::read_to_string(&post).unwrap();
        let date = text.lines().find(|line| line.starts_with("date:")).unwrap();
        fs::write(&post, text.replace(date, "date: 2022-01-02 03:04:05 +0800")).unwrap();
        same(db, Tool::Jekyll, &site).await;
    }

    async fn a_new_site_of_hugo_comes_in_as_hugo_shows_it(db: TestDb) {
        let commands: [&[&str]; 3] = [
            &["new", "site", ".", "--force", "--quiet"],
            &["new", "posts/my-first-post.md", "--quiet"],
            &["new", "posts/Second Post/index.md", "--quiet"],
        ];
        let Some(site) = made("hugo", &commands) else { return };
        for post in ["posts/my-first-post.md", "posts/Second Post/index.md"] {
            let file = site.path().join("content").join(post);
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, format!("{}\nSome words.\n", text.replace("draft: true", "draft: false"))).unwrap();
        }
        same(db, Tool::Hugo, &site).await;
    }
}
