//! What `_config.yml` says.

use super::*;
use crate::{
    article::Spelling,
    import::site::{Configured, Folder, Layout},
};

fn configured(config: &str) -> Configured {
    let files = vec![("_config.yml".to_owned(), config.to_owned())];
    configure(&Folder { files, ..Folder::default() }, &site(), String::new())
}

/// A post on a site with this configuration.
fn post_on(config: &str, path: &str, front_matter: &str) -> Read {
    read_at(path, &format!("---\n{front_matter}\n---\nText\n"), &configured(config).rules).unwrap()
}

#[test]
fn the_configuration_is_read() {
    let site = configured(
        "title: Tides\nsubtitle: Sea\ndescription: About it\nurl: https://a.example\nroot: /blog/\nlanguage: [zh-cn, en]\n\
         timezone: Europe/Berlin\nsource_dir: src\ncategory_dir: c/\ntag_dir: t\nignore: '**/x.md'\ntag_map: {海: sea}\n",
    );
    assert_eq!((site.title.as_deref(), site.description.as_deref()), (Some("Tides"), Some("About it")));
    assert_eq!(site.rules.url.unwrap().as_str(), "https://a.example/blog/");
    assert_eq!((site.rules.locale.as_str(), site.has_timezone), ("zh-CN", true));
    assert_eq!(site.rules.timezone, chrono_tz::Europe::Berlin);
    assert_eq!(site.rules.statics, ["src"]);
    assert_eq!(site.layout, Layout::Hexo { source: "src".into(), ignored: vec!["**/x.md".into()] });
    let naming = site.rules.naming;
    assert_eq!(
        (naming.categories.as_str(), naming.tags.as_str(), naming.spelling),
        ("c", "t", Spelling::Hexo(Case::Kept))
    );
    assert_eq!(naming.tag_slugs["海"], "sea");
    assert_eq!(site.warnings, []);
}

#[test]
fn what_the_configuration_does_not_tell_is_as_it_was() {
    let bare = configured("title: x\nfilename_case: 1\nlanguage: ''\ntimezone: ''\nurl:\n");
    assert_eq!((bare.rules.timezone, bare.rules.locale.as_str(), bare.rules.url), (Shanghai, "en", None));
    assert!(!bare.has_timezone && bare.rules.naming.spelling == Spelling::Hexo(Case::Lower));
    assert_eq!(bare.warnings, []);
    let broken = configured("title: x\n  url: y: z\n");
    assert_eq!((broken.title, broken.rules.dialect), (None, Dialect::Hexo(Rules::default())));
    assert_eq!(broken.warnings.len(), 1);
    assert!(broken.warnings[0].1.is_some());
}

/// As Hexo 8.1.2 has them, but that it answers no leading slash.
#[test]
fn permalinks_are_those_of_hexo() {
    let pattern = "permalink: ':year/:month/:day/:title/|:name|:post_title|:category|:hash|:timestamp/'\n\
                   category_map: {Fish: fische, 国际: guoji}\ntimezone: UTC\n";
    let date = "date: 2022-05-20T01:23:45Z";
    for (path, front_matter, is) in [
        (
            "Mein Tag.md",
            "title: Ä B ß Ø ế œ\ncategories: [Fish, 国际, C++]",
            "Mein Tag/|Mein Tag|a-b-s-o-e-oe|fische/guoji/C|1f0c03caec05|1653009825/",
        ),
        (
            "Sub Dir/Été.markdown",
            "title: Hello   World!! -- x_y\ncategories: [Żółć, Ａ１]\nslug: given",
            "Sub Dir/Été/|Été|hello-world-x-y|Zolc/A１|2f361e44aa46|1653009825/",
        ),
        (
            "2022-03-04-dated.md",
            "title: “Quoted” e\u{301}\ncategory: Al J",
            "2022-03-04-dated/|2022-03-04-dated|“quoted”-e\u{301}|Al-J|c508520f31a9|1653009825/",
        ),
        (
            "半岛，你好.md",
            "title: 半岛，你好？",
            "半岛，你好/|半岛，你好|半岛，你好？|uncategorized|7f4df2cb1cb4|1653009825/",
        ),
    ] {
        let read = post_on(pattern, &format!("source/_posts/{path}"), &format!("{front_matter}\n{date}"));
        assert_eq!(read.document.path, format!("/2022/05/20/{is}"), "{path}");
    }
    let named = format!("{pattern}new_post_name: ':year-:month-:day-:title.md'");
    let read = post_on(&named, "source/_posts/2022-03-04-dated.md", "title: d");
    assert_eq!(read.document.path, "/2022/03/04/dated/|dated|d|uncategorized|53603c461609|1646352000/");
    let read = post_on(&named, "source/_posts/Sub Dir/Été.markdown", &format!("title: H\n{date}"));
    assert!(read.document.path.starts_with("/2022/05/20/Sub-Dir-Ete/|Sub-Dir-Ete|h|"), "{}", read.document.path);
}

#[test]
fn the_name_of_a_file_tells_what_the_front_matter_does_not() {
    let config = "new_post_name: ':lang/:year-:month-:day-:title.md'\ntimezone: Asia/Shanghai";
    let read = post_on(config, "source/_posts/de/2022-03-04-flut.md", "title: Flut");
    assert_eq!(utc(read.document.published_at), "2022-03-03T16:00:00Z");
    assert_eq!((read.document.locale.as_str(), read.document.slug.as_str()), ("de", "flut"));
    let read = post_on(config, "source/_posts/de/2022-03-04-flut.md", "date: 2022-05-01");
    assert_eq!(utc(read.document.published_at), "2022-04-30T16:00:00Z");
    assert_eq!((read.document.title.as_str(), read.warnings.len()), ("flut", 1));
    let quiet = format!("{config}\nuse_slug_as_post_title: true");
    assert_eq!(post_on(&quiet, "source/_posts/de/2022-03-04-flut.md", "tags: x").warnings, []);
}

#[test]
fn a_page_with_a_folder_of_pictures_is_a_folder() {
    let path = |front_matter: &str| {
        let config = "post_asset_folder: true\npermalink: ':title'\n";
        post_on(config, "source/_posts/a.md", &format!("title: x\n{front_matter}")).document.path
    };
    assert_eq!(path("date: 2022-05-20"), "/a/");
    assert_eq!(path("permalink: b"), "/b/");
    assert_eq!(path("permalink: b.html"), "/b.html");
    let defaults = "permalink: ':kind/:title/'\npermalink_defaults: {kind: note}";
    assert_eq!(post_on(defaults, "source/_posts/a.md", "title: x").document.path, "/note/a/");
    assert_eq!(post_on(defaults, "source/_posts/a.md", "title: x\nkind: tale").document.path, "/tale/a/");
}

#[test]
fn earlier_paths_are_read_under_every_name_for_them() {
    for (front_matter, paths) in [
        ("alias: old/%E6%BD%AE/index.html", &["/old/潮/index.html"][..]),
        ("aliases: [/a//b/, c, /a/b/]", &["/a/b/", "/c"]),
        ("redirect_from: [/x, '', ~]", &["/x"]),
        ("alias: ../up", &[]),
    ] {
        assert_eq!(document(front_matter).earlier_paths, paths, "{front_matter}");
    }
    let known = SiteRules { url: Some("https://a.example/blog/".parse().unwrap()), ..site() };
    let text = "---\ntitle: x\nalias: [https://a.example/blog/old/, https://b.example/old/]\n---\n";
    let read = read_at("a.md", text, &known).unwrap();
    assert_eq!((read.document.earlier_paths, read.warnings.len()), (vec!["/old/".to_owned()], 1));
}
