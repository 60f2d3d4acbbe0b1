use super::*;
use crate::{
    article::Naming,
    import::{
        dialect::{self, Dialect},
        document::SiteRules,
        site::{Configured, Folder, Layout},
    },
};
use chrono::SecondsFormat;
use chrono_tz::{Asia::Shanghai, UTC};
use proptest::prelude::*;
use std::collections::BTreeSet;

const NOW: &str = "2023-01-02T03:04:05Z";

fn defaults() -> SiteRules {
    SiteRules {
        dialect: Dialect::Jekyll(Rules::default()),
        timezone: UTC,
        locale: "en".into(),
        url: None,
        naming: Naming::default(),
        statics: vec![String::new()],
        frame_hosts: Vec::new(),
    }
}

fn configured(config: &str) -> Configured {
    let files = vec![("_config.yml".to_owned(), config.to_owned())];
    configure(&Folder { files, ..Folder::default() }, &defaults(), String::new())
}

fn read_by(rules: &SiteRules, path: &str, text: &str) -> Result<Read, Refusal> {
    let now = NOW.parse().unwrap();
    let file = PostFile { path, bytes: text.as_bytes(), known_date: None, changed_at: now, now };
    dialect::read(&file, &Site { rules, pictures: &BTreeSet::new(), posts: &|_| None })
}

/// A post of this path and front matter, on a site with this configuration.
fn post_at(config: &str, path: &str, front_matter: &str) -> Read {
    let text = format!("---\n{front_matter}\n---\nText\n");
    read_by(&configured(config).rules, path, &text).unwrap()
}

fn document(front_matter: &str) -> Document {
    post_at("", "_posts/2022-05-20-a-post.md", front_matter).document
}

fn utc(date: DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Path, front matter; permalink, title, categories, tags.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// A folder of posts with odd names and keys, and what Jekyll 4.3.1 made of them in the zone Asia/Shanghai.
const POSTS: [Row; 14] = [
    ("_posts/sub/22-5-2-short-year.md", "title: T", "/2022/05/02/short-year.html", "T", &[], &[]),
    ("_posts/2022-05-20-Mein Tag.md", "a: b", "/2022/05/20/Mein-Tag.html", "Mein tag", &[], &[]),
    ("_posts/2022-05-20-dots....md", "categories: [a/b, c]", "/a/b/c/2022/05/20/dots.html", "Dots", &["a/b", "c"], &[]),
    (
        "_posts/2022-05-20-hello-world.markdown",
        "categories: Foo Bar",
        "/foo/bar/2022/05/20/hello-world.html",
        "Hello World",
        &["Foo", "Bar"],
        &[],
    ),
    (
        "_posts/2022-05-20-x_y.z~w!.md",
        "categories: [C++, Ä Ö]\nslug: Given Slug\ntag: one two",
        "/c++/ä ö/2022/05/20/Given-Slug.html",
        "X_y.z~w!",
        &["C++", "Ä Ö"],
        &["one two"],
    ),
    ("_posts/2022-05-20-été-半岛，你好.html", "x: y", "/2022/05/20/été-半岛-你好.html", "Été 半岛，你好", &[], &[]),
    (
        "es/_posts/2022-05-20-uno.md",
        "category: Dos Tres\ntags: a b",
        "/es/dos tres/2022/05/20/uno.html",
        "Uno",
        &["es", "Dos Tres"],
        &["a", "b"],
    ),
    (
        "_posts/2022-05-21-perm.md",
        "permalink: /p/:year/:title:output_ext\ncategories: x",
        "/p/2022/perm.html",
        "Perm",
        &["x"],
        &[],
    ),
    ("_posts/2022-05-21-perm2.md", "permalink: abc/def", "/abc/def", "Perm2", &[], &[]),
    (
        "_posts/2022-05-21-perm3.md",
        "permalink: /:categories/:title/\ncategories: [X Y, z]",
        "/x y/z/perm3/",
        "Perm3",
        &["X Y", "z"],
        &[],
    ),
    ("_posts/2022-05-22-style.md", "permalink: pretty", "/pretty", "Style", &[], &[]),
    (
        "_posts/2022-05-23-both2.md",
        "category: One\ncategories: Two Three\ntag: x\ntags: y z",
        "/two/three/one/2022/05/23/both2.html",
        "Both2",
        &["Two", "Three", "One"],
        &["x"],
    ),
    ("_posts/2022-05-23-hash#tag?.md", "a: b", "/2022/05/23/hash-tag.html", "Hash#tag?", &[], &[]),
    (
        "_posts/2022-05-23-both.md",
        "category: One\ncategories: [Two, One]\ndate: 2022-05-24 10:00:00 +0200",
        "/two/one/2022/05/24/both.html",
        "Both",
        &["Two", "One"],
        &[],
    ),
];

#[test]
fn posts_are_read_as_jekyll_reads_them() {
    for (path, front_matter, permalink, title, categories, tags) in POSTS {
        let read = post_at("timezone: Asia/Shanghai", path, front_matter);
        let document = read.document;
        assert_eq!((document.path.as_str(), document.title.as_str()), (permalink, title), "{path}");
        assert_eq!(document.categories.concat(), categories, "{path}");
        assert!(document.categories.iter().all(|chain| chain.len() == 1), "{path}");
        assert_eq!(document.tags, tags, "{path}");
        assert_eq!(read.warnings, [], "{path}");
    }
}

/// As Jekyll 4.3.1 has them.
#[test]
fn every_style_of_permalinks_is_known() {
    let all = "/:categories/:slugified_categories/:slug/:name/:short_year-:i_month-:i_day-:y_day/:short_month/:long_month/\
               :hour:minute:second/:w_year:week:w_day/:short_day:long_day/:path";
    for (style, path, front_matter, is) in [
        ("pretty", "_posts/2022-05-20-Mein Tag.md", "a: b", "/2022/05/20/Mein-Tag/"),
        ("ordinal", "es/_posts/2022-05-20-uno.md", "a: b", "/es/2022/140/uno.html"),
        ("weekdate", "_posts/2022-05-20-a.md", "a: b", "/2022/W20/Fri/a.html"),
        (
            "none",
            "_posts/2022-05-20-x_y.z~w!.md",
            "categories: [C++, Ä Ö]\nslug: Given Slug",
            "/c++/ä ö/Given-Slug.html",
        ),
        ("/:month_:day/:title", "_posts/2022-05-20-a.md", "a: b", "/05_20/a"),
        ("/../a/./b//:title/", "_posts/2022-05-20-a.md", "a: b", "/a/b/a/"),
        (
            all,
            "_posts/2022-05-20-x_y.z~w!.md",
            "categories: [C++, Ä Ö]\nslug: Given Slug",
            "/c++/ä ö/c/ä-ö/given-slug/2022-05-20-x-y-z-w/22-5-20-140/May/May/000000/2022205/FriFriday/2022-05-20-x_y.z~w!",
        ),
        (
            all,
            "es/_posts/2022-05-20-uno.md",
            "category: Dos Tres",
            "/es/dos tres/es/dos-tres/uno/2022-05-20-uno/22-5-20-140/May/May/000000/2022205/FriFriday/es/2022-05-20-uno",
        ),
    ] {
        let read = post_at(&format!("permalink: \"{style}\"\ntimezone: Asia/Shanghai"), path, front_matter);
        assert_eq!(read.document.path, is, "{style}");
        assert_eq!(read.warnings, [], "{style}");
    }
    let unknown = post_at("permalink: /:foo/:title", "_posts/2022-05-20-a.md", "a: b");
    assert_eq!((unknown.document.path.as_str(), unknown.warnings.len()), ("/a", 1));
}

#[test]
fn the_date_is_that_of_the_front_matter_else_that_of_the_name() {
    let config = "timezone: Asia/Shanghai";
    let date = |path: &str, front_matter: &str| utc(post_at(config, path, front_matter).document.published_at);
    assert_eq!(date("_posts/2022-05-20-a.md", "a: b"), "2022-05-19T16:00:00Z");
    assert_eq!(date("_posts/99-5-2-a.md", "a: b"), "1999-05-01T16:00:00Z");
    assert_eq!(date("_posts/2022-05-20-a.md", "date: 2022-05-21 01:23:45"), "2022-05-20T17:23:45Z");
    assert_eq!(date("_posts/2022-05-20-a.md", "date: Fri, 20 May 2022 01:23:45 GMT"), "2022-05-20T01:23:45Z");
    assert_eq!(date("_drafts/a.md", "a: b"), NOW);
    let text = "---\ntitle: x\n---\n";
    let refusal = read_by(&defaults(), "_posts/2022-13-45-a.md", text).unwrap_err();
    assert!(refusal.to_string().starts_with("`the name of the file`: `2022-13-45` is not a date"), "{refusal}");
    assert!(read_by(&defaults(), "_posts/2022-05-20-a.md", "---\ndate: soon\n---\n").is_err());
    let shown = read_by(&defaults(), "_posts/2022-13-45-a.md", "---\ndate: 2022-05-20\n---\n").unwrap();
    assert_eq!(utc(shown.document.published_at), "2022-05-20T00:00:00Z");
    for key in ["last_modified_at", "modified", "updated"] {
        assert_eq!(utc(document(&format!("{key}: 2022-06-01")).updated_at.unwrap()), "2022-06-01T00:00:00Z");
    }
}

#[test]
fn a_date_that_jekyll_takes_for_utc_is_told() {
    let told =
        |config: &str, date: &str| post_at(config, "_posts/2022-05-20-a.md", &format!("date: {date}")).warnings.len();
    assert_eq!(told("timezone: Asia/Shanghai", "2022-05-20 01:23:45"), 1);
    for date in ["2022-05-20", "2022/05/20 01:23", "2022-05-20 01:23:45 +0800", "2022-05-20T01:23:45Z"] {
        assert_eq!(told("timezone: Asia/Shanghai", date), 0, "{date}");
    }
    assert_eq!(told("timezone: UTC", "2022-05-20 01:23:45"), 0);
}

#[test]
fn drafts_are_told_by_folder_or_key() {
    assert!(post_at("", "_drafts/a.md", "a: b").document.is_draft);
    assert!(document("published: false").is_draft && document("draft: true").is_draft);
    assert!(!document("a: b").is_draft);
    assert!(!document("date: 2030-01-01").is_draft, "a later date is no reason");
}

#[test]
fn front_matter_below_a_blank_line_is_read_and_told() {
    let read = |text: &str| read_by(&defaults(), "_posts/2022-05-20-a.md", text).unwrap();
    let late = read("\n\n---\ntitle: T\n---\nText");
    assert_eq!((late.document.title.as_str(), late.warnings.len(), late.warnings[0].line), ("T", 1, Some(1)));
    let marked = read("\u{feff}---\ntitle: T\n---\nText");
    assert_eq!((marked.document.title.as_str(), marked.warnings.len()), ("T", 0));
    assert_eq!(read("---  \r\ntitle: T\r\n---\r\nText").document.title, "T");
    assert_eq!(read("Only text").document.markdown, "Only text");
}

#[test]
fn the_excerpt_is_the_key_else_what_stands_before_the_separator() {
    let excerpt = |config: &str, text: &str| {
        read_by(&configured(config).rules, "_posts/2022-05-20-a.md", text).unwrap().document.excerpt
    };
    assert_eq!(excerpt("", "---\na: b\n---\nOne *two*\nthree.\n\nFour.").unwrap(), "One two three.");
    assert_eq!(excerpt("", "---\na: b\n---\n\nOne.\n\nTwo.").unwrap(), "One.");
    assert_eq!(excerpt("", "---\na: b\n---\nOne.").unwrap(), "One.");
    assert_eq!(excerpt("", "---\nexcerpt: By *hand*.\n---\nOne.").unwrap(), "By hand.");
    assert_eq!(excerpt("", "---\na: b\n---\nSee [this][1].\n\nTwo.\n\n[1]: https://a.example\n").unwrap(), "See this.");
    let own = "---\nexcerpt_separator: <!--more-->\n---\nOne.\n\nTwo.\n<!--more-->\nThree.";
    assert_eq!(excerpt("", own).unwrap(), "One.\nTwo.");
    assert_eq!(excerpt("excerpt_separator: '<!--x-->'", "---\na: b\n---\nOne.\n\nTwo."), None);
    assert_eq!(excerpt("excerpt_separator: ''", "---\na: b\n---\nOne.\n\nTwo."), None);
}

#[test]
fn defaults_are_merged_by_path_and_type() {
    let config = "
defaults:
  - scope: {path: ''}
    values: {author: Ann, layout: post, header: {image: /a.png}}
  - scope: {path: es, type: posts}
    values: {lang: es, categories: noticias, author: Eva}
  - scope: {path: es/_posts/viejo, type: post}
    values: {author: Old}
  - scope: {path: '', type: pages}
    values: {author: Nobody}
  - scope: {path: 'de/*/*.md'}
    values: {published: false}
  - values: {tags: [site]}
";
    let read = |path: &str, front_matter: &str| post_at(config, path, front_matter).document;
    let author = |document: &Document| document.authors[0].name.clone();
    let plain = read("_posts/2022-05-20-a.md", "title: x");
    assert_eq!((author(&plain), plain.tags.concat()), ("Ann".into(), "site".into()));
    assert_eq!(plain.cover.unwrap().original_url, "/a.png");
    assert!(plain.extra.is_empty(), "only the post's own keys are kept");
    let spanish = read("es/_posts/2022-05-20-a.md", "categories: [deportes]\nauthor: Pia");
    assert_eq!((author(&spanish), spanish.locale.as_str()), ("Pia".into(), "es"));
    assert_eq!(spanish.categories.concat(), ["es", "noticias", "deportes"]);
    assert_eq!(author(&read("es/_posts/2022-05-20-a.md", "title: x")), "Eva");
    assert_eq!(author(&read("es/_posts/viejo/2022-05-20-a.md", "title: x")), "Old");
    assert!(read("de/_posts/2022-05-20-a.md", "title: x").is_draft);
}

#[test]
fn authors_are_looked_up_in_the_sites_data() {
    let data = "ann:\n  name: Ann Bee\n  uri: https://ann.example\n  picture: /ann.png\nmo:\n  bio: Writes.\n";
    let config = "authors: {cid: {name: Cid D.}}";
    let files = vec![("_config.yml".to_owned(), config.to_owned()), ("_data/authors.yml".to_owned(), data.to_owned())];
    let site = configure(&Folder { files, ..Folder::default() }, &defaults(), String::new());
    let text = "---\nauthors: [ann, cid, mo, Eve]\n---\n";
    let authors = read_by(&site.rules, "_posts/2022-05-20-a.md", text).unwrap().document.authors;
    let names: Vec<&str> = authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(names, ["Ann Bee", "Cid D.", "mo", "Eve"]);
    assert_eq!(authors[0].website.as_deref(), Some("https://ann.example"));
    assert_eq!(authors[0].avatar.as_ref().unwrap().file.as_deref(), Some("ann.png"));
    assert_eq!(authors[2].bio.as_deref(), Some("Writes."));
}

#[test]
fn pictures_old_paths_and_translations_are_read() {
    for key in ["image: /a.png", "image: {path: /a.png, alt: x}", "header: {image: /a.png}", "feature: /a.png"] {
        assert_eq!(document(key).cover.unwrap().original_url, "/a.png", "{key}");
    }
    assert_eq!(document("header: {teaser: /t.png}").thumbnail.unwrap().original_url, "/t.png");
    assert_eq!(document("image: {path: /a.png, alt: x}").extra["image"]["alt"], "x");
    let moved = document("redirect_from:\n- /old/%E5%8D%8A/\n- other.html\n- https://else.example/x\nredirect_to: /x");
    assert_eq!(moved.earlier_paths, ["/old/半/", "/other.html"]);
    assert_eq!(document("redirect_from: /2022/05/20/a-post.html").earlier_paths, [""; 0]);
    assert_eq!(document("lang-ref: tide").translation_key.unwrap(), "tide");
    assert_eq!(document("lang: zh-cn").locale, "zh-CN");
}

#[test]
fn what_expires_is_a_draft_from_then_on() {
    let gone = post_at("", "_posts/2022-05-20-a.md", "title: x\nexpires: 2022-12-31");
    assert!(gone.document.is_draft);
    assert_eq!(
        (gone.warnings[0].line, utc(gone.document.expires_at.unwrap())),
        (Some(3), "2022-12-31T00:00:00Z".into())
    );
    let later = post_at("", "_posts/2022-05-20-a.md", "expiryDate: 2030-01-01 08:00:00 +0800");
    assert!(!later.document.is_draft && later.warnings[0].message.contains("2030-01-01T00:00:00Z"));
    assert_eq!(document("expires: false").expires_at, None);
}

#[test]
fn the_configuration_is_read() {
    let site = configured(
        "title: Tides\ndescription: About the sea\nurl: https://a.example\nbaseurl: /blog\ntimezone: Asia/Shanghai\nlang: zh-cn\n\
         permalink: pretty\nexclude: [drafts/]\ndestination: ./out\ncollections:\n  posts: {}\n  recipes: {output: true}\n",
    );
    assert_eq!((site.title.as_deref(), site.description.as_deref()), (Some("Tides"), Some("About the sea")));
    assert_eq!(site.rules.url.unwrap().as_str(), "https://a.example/blog/");
    assert_eq!((site.rules.timezone, site.has_timezone, site.rules.locale.as_str()), (Shanghai, true, "zh-CN"));
    assert_eq!(site.warnings.len(), 1);
    assert!(site.warnings[0].2.contains("`recipes`") && site.warnings[0].1 == Some(10), "{:?}", site.warnings);
    let Layout::Jekyll { excluded } = site.layout else { panic!("another layout") };
    assert!(excluded.contains(&"drafts/".to_owned()) && excluded.contains(&"out/".to_owned()));
    let broken = configured("title: x\nurl: [\n");
    assert_eq!((broken.title, broken.warnings.len(), broken.has_timezone), (None, 1, false));
    assert_eq!(configured("url: ''\nbaseurl: ''").warnings, []);
}

proptest! {
    #[test]
    fn no_name_and_no_bytes_make_it_panic(path in "(_posts/|_drafts/|)[0-9a-é:./_ -]{0,30}", front_matter in "[a-z:\\[\\]{}, \n-]{0,40}", body in any::<String>()) {
        let text = format!("---\n{front_matter}\n---\n{body}");
        if let Ok(Read { document, .. }) = read_by(&defaults(), &path, &text) {
            prop_assert!(!document.title.is_empty() && !document.slug.is_empty());
            prop_assert!(document.path.starts_with('/'));
        }
    }
}
