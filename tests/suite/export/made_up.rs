//! Export then import is the identity, whatever articles there are.

use super::{another, assert_same, content, export, import_again, open};
use api::{
    article::{AuthorDraft, Draft, Naming, Picture, Save, service},
    export::Form,
    import::{
        self, locale,
        markdown::{self, Flavour},
        normalise::normalise,
        place::Place,
        text,
    },
    media::LocalPictures,
    slug::slugify_path,
};
use chrono::DateTime;
use entity::Timestamp;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use tests::db::TestDb;

/// Articles of one database.
const ARTICLES: usize = 60;

/// Names that some reader of YAML could take for something else, and others that are read with care.
const ODD: [&str; 40] = [
    "yes",
    "No",
    "null",
    "~",
    "true",
    "1",
    "1.0",
    "1e3",
    "0x1F",
    "007",
    "2022-05-20",
    "12:30",
    "2022-05-20 01:23:45",
    "---",
    "...",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "'",
    "\"",
    "it's \"so\"",
    "a, b",
    "[a]",
    "{a}",
    "*a*",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "a\\nb",
    "🐟 fish",
    "半岛：潮汐",
    "<b>bold</b>",
    "{{ a }} {% b %}",
    "C++",
    "a/b",
    "é",
    "=",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![3 => prop::sample::select(&ODD[..]).prop_map(str::to_owned), 1 => "[a-zA-Z 潮汐é0-9:#'\"-]{1,12}", 1 => any::<String>()]
}

fn line() -> impl Strategy<Value = String> {
    word().prop_filter_map("a line", |text| text::clean_line(&text).filter(|line| line.len() < 400))
}

/// Text as it is stored: lines without space at their ends.
fn plain() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

fn instant() -> impl Strategy<Value = Timestamp> {
    // From 1971 to 2050, to the second or to the microsecond; the tests' zone had summer time for some years.
    let seconds = 31_536_000_i64..2_524_608_000;
    (seconds, prop_oneof![3 => Just(0_i64), 1 => 0..1_000_000_i64])
        .prop_map(|(seconds, micros)| Timestamp(seconds * 1_000_000 + micros))
}

fn url() -> impl Strategy<Value = String> {
    (0..30_u32, prop::sample::select(&["a.jpg", "b.png?v=1", "%E6%BD%AE.webp", "c d.gif"][..]))
        .prop_map(|(number, name)| format!("https://images.example.com/{number}/{}", name.replace(' ', "%20")))
}

/// The size of a picture goes with its URL, as it does in a database.
fn picture() -> impl Strategy<Value = Picture> {
    url().prop_map(|original_url| {
        let size = i32::try_from(original_url.len()).unwrap();
        let size = (size % 2 == 0).then_some(size * 10);
        Picture { width: size, height: size.map(|size| size / 2), original_url, file: None }
    })
}

fn authors() -> impl Strategy<Value = Vec<AuthorDraft>> {
    // What is known of an author is known once, so it goes with the number.
    let author = (0..ODD.len()).prop_map(|number| AuthorDraft {
        name: ODD[number].to_owned(),
        bio: (number % 3 == 0)
            .then(|| format!("Writes of {}", ODD[(number + 7) % ODD.len()]))
            .and_then(|bio| text::clean(&bio)),
        website: (number % 4 == 0).then(|| format!("https://author-{number}.example.org/?a=1&b=2#c")),
        avatar: (number % 5 == 0).then(|| Picture {
            original_url: format!("https://images.example.com/people/{number}.jpg"),
            file: None,
            width: None,
            height: None,
        }),
    });
    prop::collection::vec(author, 0..4).prop_map(|authors| {
        let mut names = HashSet::new();
        authors.into_iter().filter(|author| names.insert(author.name.clone())).collect()
    })
}

/// Names of which no two have one slug: which of both gets the number depends on who comes first.
fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    let distinct =
        ["yes", "2022", "a, b", "潮汐", "C sharp", "it's", "null", "1.5", "é", "x: y", "#tag", "[z]", "true", "q & a"];
    prop::collection::vec(prop::sample::select(distinct.to_vec()), 0..most).prop_map(|names| {
        let mut seen = HashSet::new();
        names.into_iter().filter(|name| seen.insert(*name)).map(str::to_owned).collect()
    })
}

fn chains() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(names(4), 0..4).prop_map(|chains| {
        let mut seen = HashSet::new();
        chains.into_iter().filter(|chain| !chain.is_empty() && seen.insert(chain.clone())).collect()
    })
}

fn extra() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        word().prop_map(|text| Value::from(text::without_controls(&text).into_owned())),
        plain().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        Just(json!(4.5)),
        Just(json!(1.0)),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    let value = leaf.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..4).prop_map(|fields| {
                let clean = |key: String| text::without_controls(&key).into_owned();
                Value::Object(fields.into_iter().map(|(key, value)| (clean(key), value)).collect())
            }),
        ]
    });
    let keys = prop::sample::select(&["rating", "layout", "yes", "1", "a key", "潮", "x-y", "params", "top"][..]);
    prop::collection::vec((keys.prop_map(str::to_owned), value), 0..4).prop_map(|fields| fields.into_iter().collect())
}

fn body() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        plain(),
        line().prop_map(|line| format!("## {line}")),
        (url(), line()).prop_map(|(url, line)| format!("![{line}]({url})")),
        (url(), line()).prop_map(|(url, line)| format!(
            "<figure><img src=\"{url}\" alt=\"\"><figcaption>{line} (AFP)</figcaption></figure>"
        )),
        line().prop_map(|line| format!("```yaml\n---\ntitle: {line}\n---\n```")),
        Just("---".to_owned()),
        Just("<!-- more -->".to_owned()),
        Just("| a | b |\n| - | - |\n| 1 | 2 |".to_owned()),
        Just("[a link](/walks/) and *more*[^1]\n\n[^1]: a note".to_owned()),
    ];
    prop::collection::vec(block, 0..6).prop_map(|blocks| blocks.join("\n\n"))
}

prop_compose! {
    fn article()(
        title in line(),
        slug in prop_oneof![line().prop_map(|line| slugify_path(&line)), Just("same".to_owned()), Just("a/b".to_owned())],
        path in prop_oneof![Just(None), line().prop_map(Some)],
        (published_at, later) in (instant(), prop_oneof![Just(0_i64), 1..100_000_000_000_i64]),
        locale in prop::sample::select(&["en", "zh-CN", "ja", "de-AT"][..]),
        (is_draft, comments_enabled) in (prop::bool::weighted(0.2), prop::bool::weighted(0.7)),
        excerpt in prop::option::of(plain()),
        source_url in prop::option::of(Just("https://first.example.net/a?b=c&d=%20#e".to_owned())),
        authors in authors(),
        categories in chains(),
        tags in names(5),
        cover in prop::option::of(picture()),
        thumbnail in prop::option::of(picture()),
        markdown in body(),
        extra in extra(),
        earlier in prop::collection::vec(line(), 0..3),
        translation in prop::option::of(line()),
    ) -> (Draft, Option<String>) {
        let slug = if slug.is_empty() { "post".to_owned() } else { slug };
        let draft = Draft {
            title, slug, path: String::new(), locale: locale::tag(locale).unwrap(), is_draft,
            published_at, created_at: published_at, updated_at: Timestamp(published_at.0 + later),
            comments_enabled, source_url, excerpt, authors, categories, tags, cover, thumbnail,
            body: api::article::BodyDraft::default(), markdown, extra: Value::Object(extra).to_string(),
            earlier_paths: earlier, translation_key: translation, origin: None, file: None,
        };
        (draft, path)
    }
}

/// What an import makes of the parts: the path is given, the body in its one form.
fn finished(number: usize, mut draft: Draft, end: Option<String>, site: &url::Url, form: Form) -> Draft {
    draft.path = match end {
        None => {
            let day = DateTime::from_timestamp_micros(draft.published_at.0)
                .unwrap()
                .with_timezone(&chrono_tz::Asia::Shanghai);
            format!("/{}/{}/", day.format("%Y/%m/%d"), draft.slug)
        }
        // Other paths are changed by these tools themselves.
        Some(end) if form != Form::Hexo => format!("/{number}/x{}/", slugify_path(&end)),
        Some(end) => format!("/{number}/{}", end.replace("//", "/")).replace("//", "/"),
    };
    // Each belongs to one article, and to this one alone.
    let ends: HashSet<String> = draft.earlier_paths.iter().map(|line| line.replace(['/', '\\'], "-")).collect();
    draft.earlier_paths = ends.into_iter().map(|end| format!("/earlier/{number}/{end}/")).collect();
    draft.translation_key = draft.translation_key.map(|key| format!("{number} {key}"));
    if draft.excerpt.is_none() {
        // What stands before the marker would be the excerpt.
        draft.markdown = draft.markdown.replace("<!-- more -->", "");
    }
    let flavour = match form {
        Form::Hexo => Flavour::Hexo,
        Form::Jekyll => Flavour::Jekyll,
        Form::Hugo => Flavour::Hugo,
    };
    let html = markdown::render(&draft.markdown, flavour).unwrap();
    let place = Place::on_site(Some(site), &draft.path);
    let cover = draft.cover.as_ref().map(|cover| cover.original_url.clone());
    draft.body = normalise(&html, &place, cover.as_deref()).unwrap();
    draft
}

fn drafts(app: &api::app::App, runner: &mut TestRunner, form: Form) -> Vec<Draft> {
    let rules = import::rules(app, None);
    let site = rules.url.unwrap();
    let made = prop::collection::vec(article(), ARTICLES).new_tree(runner).unwrap().current();
    let mut paths = HashSet::new();
    let drafts = made.into_iter().enumerate().map(|(number, (draft, path))| finished(number, draft, path, &site, form));
    drafts.filter(|draft| paths.insert(draft.path.clone())).collect()
}

async fn is_the_identity(db: TestDb, form: Form) {
    let app = open(&db).await;
    let mut runner = TestRunner::deterministic();
    let drafts = drafts(&app, &mut runner, form);
    let count = drafts.len();
    assert!(count > ARTICLES / 2);
    let saves: Vec<Save> = drafts.into_iter().map(|draft| Save { replaces: None, draft }).collect();
    let transaction = app.db.begin().await.unwrap();
    service::save(&transaction, &saves, &LocalPictures::default(), &Naming::default(), app.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let other = another(&db).await;
    let exported = export(&db, Some(form)).await;
    let again = import_again(&other, &exported).await;
    assert_eq!(again.refusals(), [""; 0]);
    assert_eq!(again.outcome.created, count);
    let (before, after) = (content(db).await, content(other).await);
    assert_same(&before, &after, &exported);
    assert_eq!(exported.lines, [""; 0]);
}

tests::on_both_databases! {
    async fn export_then_import_is_the_identity_for_hexo(db: TestDb) {
        is_the_identity(db, Form::Hexo).await;
    }

    async fn export_then_import_is_the_identity_for_jekyll(db: TestDb) {
        is_the_identity(db, Form::Jekyll).await;
    }

    async fn export_then_import_is_the_identity_for_hugo(db: TestDb) {
        is_the_identity(db, Form::Hugo).await;
    }
}
