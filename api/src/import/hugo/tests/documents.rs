//! Keys and bodies.

use super::*;
use crate::import::date::DateError;
use serde_json::json;

#[test]
fn a_post_in_toml_is_read_whole() {
    let text = "+++\ntitle = 'Ein Hafen'\ndate = 2022-05-20T01:23:45\nlastmod = 2022-06-01\ncategories = ['A', 'B']\ntags = ['x', 'y', 'x']\nauthor = 'Mara'\nseries = ['S']\nweight = 3\nlinkTitle = 'Hafen'\n[params]\nfoo = 1.5\n+++\nOne.\n\n<!--more-->\n\nTwo.\n";
    let site = site("timeZone = 'Asia/Shanghai'");
    let Read { document, warnings } = try_read("content/posts/Hafen.md", text, &site, &[]).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(
        (document.title.as_str(), document.slug.as_str(), document.path.as_str()),
        ("Ein Hafen", "hafen", "/posts/hafen/")
    );
    assert_eq!(
        (utc(document.published_at), utc(document.updated_at)),
        ("2022-05-19T17:23:45Z".into(), "2022-05-31T16:00:00Z".into())
    );
    assert_eq!(document.categories, [["A"], ["B"]]);
    assert_eq!((document.tags, document.authors[0].name.as_str()), (vec!["x".to_owned(), "y".to_owned()], "Mara"));
    assert_eq!(document.excerpt.as_deref(), Some("One."));
    assert_eq!(document.body.text, "One.\nTwo.");
    assert_eq!(document.translation_key, None);
    let extra = json!({"series": ["S"], "weight": 3, "linkTitle": "Hafen", "params": {"foo": 1.5}});
    assert_eq!(serde_json::Value::Object(document.extra), extra);
}

#[test]
fn dates_are_absolute_where_they_have_a_zone_and_of_the_site_elsewhere() {
    let site = site("timeZone = 'Asia/Shanghai'");
    for (date, instant) in [
        ("Fri, 20 May 2022 01:23:45 GMT", "2022-05-20T01:23:45Z"),
        ("2022-05-20 01:23:45", "2022-05-19T17:23:45Z"),
        ("2022-05-20T01:23:45+08:00", "2022-05-19T17:23:45Z"),
        ("2022-05-20", "2022-05-19T16:00:00Z"),
        ("02 Jan 2006", "2006-01-01T16:00:00Z"),
        ("1653009825", "2022-05-20T01:23:45Z"),
    ] {
        assert_eq!(
            utc(read_at("content/a.md", &format!("date: {date}"), &site).document.published_at),
            instant,
            "{date}"
        );
    }
}

#[test]
fn each_date_has_its_keys_in_their_order_and_in_any_case() {
    let read = document("PublishDate: 2022-05-02\nmodified: 2022-06-01\nunpublishDate: 2050-01-01");
    assert_eq!(
        (utc(read.published_at), utc(read.updated_at)),
        ("2022-05-02T00:00:00Z".into(), "2022-06-01T00:00:00Z".into())
    );
    assert_eq!(utc(read.expires_at), "2050-01-01T00:00:00Z");
    assert!(read.extra.is_empty() && !read.is_draft);
    let read = document("date: 2022-05-20\nPubDate: 2022-05-01\nlastmod:\n");
    assert_eq!((utc(read.published_at), read.updated_at), ("2022-05-20T00:00:00Z".into(), None));
    assert_eq!(read.extra["PubDate"], "2022-05-01");
    let read = document("lastmod: 2022-05-20");
    assert_eq!(
        (utc(read.published_at), utc(read.updated_at)),
        ("2022-05-20T00:00:00Z".into(), "2022-05-20T00:00:00Z".into())
    );
}

#[test]
fn what_hugo_hides_until_its_publish_date_is_scheduled_and_what_it_shows_is_not() {
    for (keys, instant) in [
        ("date: 2022-05-20\npublishDate: 2099-01-01", "2099-01-01T00:00:00Z"),
        ("date: 2099-01-01", "2099-01-01T00:00:00Z"),
        ("date: 2099-01-01\npublishDate: 2020-01-01", "2020-01-01T00:00:00Z"),
        ("date: 2020-01-01\npublishDate: 2021-01-01", "2020-01-01T00:00:00Z"),
    ] {
        assert_eq!(utc(document(keys).published_at), instant, "{keys}");
    }
    assert!(document("title: x\nexpiryDate: 2020-01-01").is_draft);
}

#[test]
fn an_unreadable_date_refuses_the_file() {
    let refusal =
        |keys: &str| try_read("content/a.md", &format!("---\ntitle: x\n{keys}\n---\n"), &site(""), &[]).unwrap_err();
    let error = refusal("Date: someday");
    assert_eq!(error, Refusal::Date { line: 3, key: "date", reason: DateError::Unreadable("someday".into()) });
    assert_eq!(refusal("date: 2022-05-20\nexpiryDate: [1]").line(), 4);
    assert!(matches!(refusal("published: soon"), Refusal::Date { key: "published", .. }));
}

#[test]
fn the_name_of_a_file_tells_a_date_where_that_is_configured() {
    let site = site("[frontmatter]\ndate = [':filename', ':default']\nlastmod = [':git', ':fileModTime']");
    for (file, keys, date, path) in [
        ("dates/2021-03-04-dated name.md", "title: T", "2021-03-04T00:00:00Z", "/dates/dated-name/"),
        ("dates/2021-03-05-other.md", "date: 2022-05-20", "2021-03-05T00:00:00Z", "/dates/other/"),
        ("dates/2021-03-07-bun/index.md", "title: T", "2021-03-07T00:00:00Z", "/dates/bun/"),
        ("dates/2021-03-08-x.md", "slug: own", "2021-03-08T00:00:00Z", "/dates/own/"),
        ("dates/plain.md", "date: 2022-05-20", "2022-05-20T00:00:00Z", "/dates/plain/"),
        // As newer versions have it.
        ("dates/2021-03-06-13-14-15_other.md", "title: T", "2021-03-06T13:14:15Z", "/dates/other/"),
    ] {
        let read = read_at(&format!("content/{file}"), keys, &site).document;
        assert_eq!((utc(read.published_at).as_str(), read.path.as_str()), (date, path), "{file}");
        assert_eq!(utc(read.updated_at), CHANGED_AT);
    }
    assert_eq!(read_at("content/2021-03-04-x.md", "title: T", &defaults()).document.path, "/2021-03-04-x/");
}

#[test]
fn draft_beats_published_which_may_be_a_date() {
    for (keys, is_draft) in [
        ("draft: true", true),
        ("draft: 'true'", true),
        ("published: false", true),
        ("published: false\ndraft: false", false),
        ("published: true\ndraft: true", true),
        ("published: 2022-05-20", false),
        ("draft: maybe", true),
        ("build: {render: never}", true),
        ("_build:\n  render: always", false),
        ("headless: true", false),
    ] {
        assert_eq!(document(&format!("date: 2022-05-20\n{keys}")).is_draft, is_draft, "{keys}");
    }
    assert!(read_at("content/b/index.md", "headless: true", &site("")).document.is_draft);
    assert!(warnings("title: x\ndate: 2022-01-01\nbuild: {render: never}")[0].1.contains("`build`"));
}

#[test]
fn a_summary_comes_before_the_marker_and_that_before_the_description() {
    let excerpt = |keys: &str, body: &str| {
        let text = format!("---\ntitle: x\n{keys}\n---\n{body}\n");
        try_read("content/a.md", &text, &site(""), &[]).unwrap().document.excerpt
    };
    assert_eq!(excerpt("summary: a **b**\ndescription: d", "one\n<!--more-->\ntwo").unwrap(), "a b");
    assert_eq!(excerpt("description: d", "one\n<!--more-->\ntwo").unwrap(), "one");
    assert_eq!(excerpt("description: d", "one\n<!-- more -->\ntwo").unwrap(), "d");
    assert_eq!(excerpt("", "one"), None);
    assert_eq!(document("description: d").extra["description"], "d");
}

#[test]
fn taxonomies_are_flat() {
    let read = document("categories: 'A B, C'\ntags: [1, [b, b]]\ncategory: X");
    assert_eq!((read.categories, read.tags), (vec![vec!["A B, C".to_owned()]], vec!["1".to_owned(), "b".to_owned()]));
    assert_eq!(read.extra["category"], "X");
}

#[test]
fn keys_are_known_in_any_case_and_others_keep_theirs() {
    let read = document("TITLE: x\nTags: [a]\nSummary: s\nmyKey: 1\ncomments: false");
    assert_eq!((read.title.as_str(), read.tags.len(), read.excerpt.as_deref()), ("x", 1, Some("s")));
    assert!(!read.comments_enabled);
    assert_eq!(serde_json::Value::Object(read.extra), json!({"myKey": 1}));
}

#[test]
fn translations_share_the_path_without_a_language_or_a_key() {
    let site = site("[languages.en]\n[languages.zh]\ncontentDir = 'content/zh'");
    let key = |file: &str, keys: &str| {
        let read = read_at(file, &format!("title: T\n{keys}"), &site).document;
        (read.translation_key.unwrap(), read.slug)
    };
    assert_eq!(key("content/p/a.md", ""), ("p/a".into(), "a".into()));
    assert_eq!(key("content/p/a.zh.md", ""), ("p/a".into(), "zh/a".into()));
    assert_eq!(key("content/zh/p/a/index.md", ""), ("p/a".into(), "zh/a".into()));
    assert_eq!(key("content/p/b.md", "translationKey: one"), ("one".into(), "b".into()));
}

/// The cover, the thumbnail and what is left of the keys, of a bundle with these pictures.
fn pictures(keys: &str, files: &[&str]) -> (Option<String>, Option<String>, serde_json::Value) {
    let text = format!("---\ntitle: x\n{keys}\n---\nText.\n");
    let files: Vec<String> = files.iter().map(|file| format!("content/p/b/{file}")).collect();
    let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
    files.push("static/img/s.png");
    let read = try_read("content/p/b/index.md", &text, &site(""), &files).unwrap().document;
    let address = |picture: Option<crate::article::Picture>| picture.map(|picture| picture.original_url);
    (address(read.cover), address(read.thumbnail), read.extra.into())
}

#[test]
fn themes_have_their_own_keys_of_pictures() {
    let cover = |keys: &str| pictures(keys, &["x.png"]).0.unwrap();
    assert_eq!(cover("cover: x.png"), "/p/b/x.png");
    assert_eq!(cover("cover: {image: x.png, relative: true, caption: c}"), "/p/b/x.png");
    assert_eq!(cover("cover: {image: y.png, relative: true}"), "/p/b/y.png");
    assert_eq!(cover("cover: {image: img/other.png}"), "/img/other.png");
    assert_eq!(cover("cover: {image: img/s.png}"), "/img/s.png");
    assert_eq!(cover("featured_image: /img/s.png"), "/img/s.png");
    assert_eq!(cover("images: [/img/s.png, b.png]"), "/img/s.png");
    assert_eq!(cover("params: {cover: {image: x.png}}"), "/p/b/x.png");
    assert_eq!(pictures("cover: {image: x.png, alt: a}", &[]).2["cover"]["alt"], "a");
    assert_eq!(pictures("images: [/img/s.png]", &[]).2, json!({}));
    assert_eq!(pictures("thumbnail: x.png", &["x.png"]).1.unwrap(), "/p/b/x.png");
}

#[test]
fn resources_and_files_of_a_bundle_are_covers_by_their_names() {
    let files = ["Featured.jpg", "in/cover.png", "thumb.png", "z.png"];
    let (cover, thumbnail, _) = pictures("", &files);
    assert_eq!((cover.unwrap().as_str(), thumbnail.unwrap().as_str()), ("/p/b/Featured.jpg", "/p/b/thumb.png"));
    let resources = "resources:\n - {src: 'in/*.png', name: cover}\n - {src: z.png, name: thumbnail, title: t}";
    let (cover, thumbnail, extra) = pictures(resources, &files);
    assert_eq!((cover.unwrap().as_str(), thumbnail.unwrap().as_str()), ("/p/b/in/cover.png", "/p/b/z.png"));
    assert_eq!(extra["resources"][1]["title"], "t");
    assert_eq!(pictures("cover: false", &files).0, None);
    assert_eq!(pictures("", &["z.png"]).0, None);
}

#[test]
fn pictures_of_the_body_lie_beside_a_bundle_or_below_the_static_folder() {
    let text = "---\ntitle: x\n---\n![](x.png) ![](/img/s.png)\n";
    let files = ["content/p/b/x.png", "static/img/s.png"];
    let read = try_read("content/p/b/index.md", text, &site("baseURL = 'https://ex.com/blog/'"), &files).unwrap();
    let found: Vec<_> = read.document.body.figures.iter().map(|figure| figure.image.file.as_deref().unwrap()).collect();
    assert_eq!(found, files);
    assert_eq!(read.document.body.figures[0].image.original_url, "https://ex.com/blog/p/b/x.png");
}

#[test]
fn a_post_without_a_title_or_a_date_is_told() {
    let read = read_at("content/p/my-name.md", "tags: a", &site(""));
    assert_eq!((read.document.title.as_str(), utc(read.document.published_at).as_str()), ("my-name", CHANGED_AT));
    assert_eq!(read.warnings.len(), 2);
    assert!(warnings("title: x\ndate: 20210304")[0].1.contains("seconds since 1970"));
}

proptest::proptest! {
    #[test]
    fn no_post_makes_it_panic(path in "(content/)?([a-cé. -]{0,4}/){0,3}(index|2021-03-04[-_]é?)?[a-zé.-]{0,9}", front_matter in "((date|url|aliases|cover|resources|slug|build): [-0-9a-c:/\\[\\]{} é*.]{0,20}\n){0,4}") {
        let _ = try_read(&path, &format!("---\n{front_matter}---\nx"), &site(PATTERNS), &[]);
    }
}

const PATTERNS: &str = "[permalinks]\n'/' = '/:sections[1:]/:2006x/:title\\\\:/:'\na = ':sections[last:0]:'\n[frontmatter]\ndate = [':filename', ':default']";

#[test]
fn a_list_of_tens_of_thousands_is_read_in_time() {
    let list = (0..49_000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(",");
    for key in ["aliases", "tags", "author"] {
        let start = std::time::Instant::now();
        let read = document(&format!("title: x\n{key}: [{list}]"));
        assert_eq!(read.tags.len() + read.earlier_paths.len() + read.authors.len(), 49_000);
        assert!(start.elapsed().as_secs() < 5, "{key}: {:?}", start.elapsed());
    }
}
