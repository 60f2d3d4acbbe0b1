//! Sites that differ in nothing but what a public reader may not see.

use super::{HIDDEN, json};
use std::slice;
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, post},
};

/// A served site.
pub struct World {
    /// Which one.
    pub name: &'static str,
    /// Its server.
    pub app: TestApp,
}

/// What the hidden articles of a site say; everything differs from what those of another say.
struct Secret {
    word: &'static str,
    image: (u32, u32),
    language: &'static str,
    planned: &'static str,
    to_come: &'static str,
    /// Which of the hidden articles are drafts; the others are scheduled.
    drafts: [usize; 3],
    /// How many came in last.
    late: usize,
}

const HARPOON: Secret = Secret {
    word: "harpoon",
    image: (611, 433),
    language: "fr",
    planned: "2026-01-20 08:00:00",
    to_come: "2031-05-05 05:05:05",
    drafts: [0, 2, 5],
    late: 3,
};

const ZEPPELIN: Secret = Secret {
    word: "zeppelin",
    image: (907, 1201),
    language: "de",
    planned: "2026-02-22 09:30:00",
    to_come: "2044-04-04 04:04:04",
    drafts: [1, 3, 4],
    late: 1,
};

/// What is asked is large on purpose.
const LIMITS: [&str; 3] = ["--max-cost=100000000", "--max-tokens=100000", "--max-query-bytes=1000000"];

/// How many hidden articles came in before some of the public ones: as many everywhere, since ids count.
const EARLY: usize = 4;

/// The worlds: with one secret, with another, and with none.
pub async fn all(db: TestDb) -> Vec<World> {
    let is_postgres = db.is_postgres();
    let mut worlds = vec![World::with_secret(db).await];
    worlds.push(World::new("zeppelin", another(is_postgres).await, &ZEPPELIN).await);
    worlds.push(World::without_secret(another(is_postgres).await).await);
    worlds
}

async fn another(is_postgres: bool) -> TestDb {
    if is_postgres { TestDb::postgres().await.expect("it answered before") } else { TestDb::sqlite().await }
}

impl World {
    /// One in which everything that is hidden speaks of a harpoon, and nothing else does.
    pub async fn with_secret(db: TestDb) -> Self {
        Self::new("harpoon", db, &HARPOON).await
    }

    async fn new(name: &'static str, db: TestDb, secret: &Secret) -> Self {
        fill(&db, secret, secret.late).await;
        Self { name, app: TestApp::start(db, &LIMITS) }
    }

    /// The rows of what came in early are taken away again, so that those behind them have their ids; nothing came late.
    async fn without_secret(db: TestDb) -> Self {
        fill(&db, &HARPOON, 0).await;
        db.execute("DELETE FROM article WHERE is_draft OR title LIKE '%harpoon%'").await;
        for orphan in ["figure WHERE image_id = image.id", "author WHERE avatar_id = image.id"] {
            assert!(db.number(&format!("SELECT count(*) FROM image WHERE EXISTS (SELECT 1 FROM {orphan})")).await > 0);
        }
        db.execute(
            "DELETE FROM image WHERE NOT EXISTS (SELECT 1 FROM figure WHERE image_id = image.id)
             AND NOT EXISTS (SELECT 1 FROM author WHERE avatar_id = image.id)",
        )
        .await;
        db.execute("DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM article_tag WHERE tag_id = tag.id)").await;
        Self { name: "none", app: TestApp::start(db, &LIMITS) }
    }
}

impl World {
    /// How many articles are not published.
    pub fn count_hidden(&self) -> usize {
        let hidden = self.app.preview(&format!("{{ articles(where: {HIDDEN}) {{ totalCount }} }}"), json!({}));
        usize::try_from(hidden["articles"]["totalCount"].as_u64().expect("a number")).expect("a small number")
    }

    /// What no field tells: the paths that articles had.
    pub async fn earlier_paths(&self) -> Vec<String> {
        let paths: Vec<(String,)> = self.app.db.rows("SELECT path FROM earlier_path ORDER BY path").await;
        paths.into_iter().map(|(path,)| path).collect()
    }
}

/// Public and hidden articles come in by turns, in as many transactions everywhere.
async fn fill(db: &TestDb, secret: &Secret, late: usize) {
    let (site, app) = (Folder::new(), app::open(db, &TestClock::at(NOW), &[]).await);
    for (name, picture) in [("harbour", (300, 200)), (secret.word, secret.image)] {
        let (width, height) = picture;
        let drawing = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>"#);
        site.write(&format!("source/images/{name}.svg"), drawing);
    }
    let (first, last) = PUBLIC.split_at(3);
    write_public(&site, first);
    import(&app, &site).await;
    (0..EARLY).for_each(|number| write_hidden(&site, secret, number, "early"));
    import(&app, &site).await;
    write_public(&site, last);
    import(&app, &site).await;
    write_public(&site, slice::from_ref(&MOVED));
    (0..EARLY).for_each(|number| write_hidden(&site, secret, number, "moved"));
    import(&app, &site).await;
    (EARLY..EARLY + late).for_each(|number| write_hidden(&site, secret, number, "late"));
    site.write("source/_posts/plain.md", post(PUBLIC[2].1, "Nothing but words, and some more of these."));
    import(&app, &site).await;
}

async fn import(app: &api::app::App, site: &Folder) {
    let imported = seed::import(app, &site.path()).await;
    assert_eq!(imported.outcome.refused, 0, "{:#?}", imported.lines);
}

fn write_public(site: &Folder, posts: &[(&str, &str, &str)]) {
    for (name, front_matter, body) in posts {
        site.write(&format!("source/_posts/{name}.md"), post(front_matter, body));
    }
}

fn write_hidden(site: &Folder, secret: &Secret, number: usize, place: &str) {
    let Secret { word, image: (width, height), language, planned, to_come, .. } = secret;
    let is_draft = secret.drafts.contains(&number);
    let (date, published) = if is_draft { (planned, "published: false") } else { (to_come, "") };
    // Somebody and something that no public article names, the same everywhere: authors and categories are public.
    let (author, category) =
        if number == 0 { ("Hidden Hand", "[Vault, Attic]") } else { ("Ada", "[Places, Harbours]") };
    let front_matter = format!(
        "title: The {word} {number}\ndate: {date}\nupdated: 2026-0{month}-03 10:00:00\n{published}\npermalink: /{place}/{word}-{number}/\n\
         alias: /old/{word}-{number}/\ncategories:\n  - {category}\n  - [{other}]\ntags: [sea, ink, '{word} tag {number}']\n\
         authors: [{author}, {second}]\ncomments: {comments}\nsource: https://{word}.example.net/{number}\nexcerpt: About a {word}.\n\
         lang: {language}\ntranslation_key: walk\n{word}: {number}\n\
         cover: https://images.example.com/{word}-{number}.png",
        month = 1 + number,
        other = if word.len() % 2 == 0 { "Notes" } else { "Places" },
        second = if word.len() % 2 == 0 { "Mei" } else { "Jonas" },
        comments = word.len() % 2 == 0,
    );
    let body = format!(
        "{}\n\n## A {word}\n\n![the {word}](https://images.example.com/quay.png)\n\n![{word}](/images/{word}.svg)\n\n\
         <img src=\"https://images.example.com/sized-{word}-{number}.png\" width=\"{width}\" height=\"{height}\" alt=\"{word}\">",
        format!("{word} ").repeat(word.len() + number)
    );
    // The last ones take what has been that of public articles: a path named by one, and a path left by one.
    let front_matter = match number {
        4 => front_matter.replace(&format!("/old/{word}-4/"), "/walks/quay/"),
        5 => front_matter.replace(&format!("/late/{word}-5/"), "/moving/"),
        _ => front_matter,
    };
    site.write(&format!("source/_posts/{word}-{number}.md"), post(&front_matter, &body));
}

/// Behind its name: front matter and body.
const PUBLIC: [(&str, &str, &str); 6] = [
    (
        "walk",
        "title: A walk\ndate: 2026-01-10 08:00:00\nupdated: 2026-03-05 09:30:00\npermalink: /walks/harbour/\nalias: /walks/quay/\n\
         categories:\n  - [Places, Harbours]\n  - [Walks]\ntags: [sea, ink]\nauthors:\n  - name: Ada\n    bio: Walks.\n    \
         website: https://ada.example.org/\n    avatar: https://images.example.com/ada.jpg\n  - Jonas\n\
         cover: https://images.example.com/quay.png\nsource: https://first.example.net/walk\nlang: en-GB\ntranslation_key: walk\nwind: 4",
        "One two three.\n\n![A quay](https://images.example.com/quay.png)\n\n![The harbour](/images/harbour.svg)",
    ),
    (
        "notes",
        "title: Notes\ndate: 2026-01-30 08:00:00\ncategories: [Notes]\ntags: [ink]\nauthor: Mei\nlang: zh-CN\ntranslation_key: walk",
        "潮水一天来两次。\n\n![](https://images.example.com/quay.png)",
    ),
    ("plain", "title: Plain\ndate: 2025-05-05 05:05:05\nauthor: Jonas", "Nothing but words, and these."),
    (
        "moving",
        "title: Moving\ndate: 2026-02-25 08:00:00\npermalink: /moving/\ncategories: [Places]\ntags: [sea]\nauthor: Ada",
        "It goes elsewhere.",
    ),
    ("twin-a", "title: Twins\ndate: 2026-02-01T00:00:00Z\ncategories: [Walks]\nauthor: Mei\ntags: [twins]", "One."),
    (
        "twin-b",
        "title: Twins\ndate: 2026-02-01T00:00:00Z\ncategories: [Walks]\nauthor: Mei\ntags: [twins]",
        "One and one.",
    ),
];

/// One of them has another path than before.
const MOVED: (&str, &str, &str) = (
    "moving",
    "title: Moving\ndate: 2026-02-25 08:00:00\npermalink: /moved/\ncategories: [Places]\ntags: [sea]\nauthor: Ada",
    "It went elsewhere.",
);
