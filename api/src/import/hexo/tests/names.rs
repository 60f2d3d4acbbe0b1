//! Titles, slugs and paths.

use super::*;

#[test]
fn a_post_without_a_title_is_named_after_its_file() {
    let read = read_at("source/_posts/2022/Mein Tag.md", "Text", &site()).unwrap();
    assert_eq!(read.document.title, "Mein Tag");
    assert_eq!(read.document.slug, "2022/mein-tag");
    assert_eq!(read.warnings.len(), 1);
    assert_eq!(document("title: ''").title, "a-post");
    assert_eq!(document("title: 2022").title, "2022");
    assert_eq!(document("title: \"a\\nb\\0c\"").title, "a bc");
}

#[test]
fn the_slug_is_the_path_under_posts_unless_one_is_given() {
    let slug = |path: &str, text: &str| read_at(path, text, &site()).unwrap().document.slug;
    assert_eq!(slug("source/_posts/Foo Bar/半岛.md", ""), "foo-bar/半岛");
    assert_eq!(slug("_posts/a.b.md", ""), "a-b");
    assert_eq!(slug("source/_drafts/x.md", ""), "x");
    assert_eq!(slug("folder.x/plain", ""), "folder-x/plain");
    assert_eq!(slug("a.md", "---\nslug: My Slug/Two\n---\n"), "my-slug/two");
    assert_eq!(slug("！.md", "---\ntitle: Hi\n---\n"), "hi");
    assert_eq!(slug("！.md", "---\ntitle: ？\n---\n"), "post");
}

#[test]
fn the_path_follows_the_sites_pattern() {
    let path = |pattern: &str, front_matter: &str| {
        let rules = Rules { permalink: pattern.into(), ..Rules::default() };
        let site = SiteRules { dialect: Dialect::Hexo(rules), ..site() };
        let text = format!("---\n{front_matter}\n---\n");
        let read = read_at("source/_posts/Sub/Mein Tag.md", &text, &site).unwrap();
        (read.document.path, read.warnings.len())
    };
    let date = "title: T\ndate: 2022-08-05T18:09:07Z";
    let some = |path: &str| (path.to_owned(), 0);
    assert_eq!(path(":year/:month/:day/:title/", date), some("/2022/08/06/Sub/Mein Tag/"));
    assert_eq!(path(":year/:i_month/:i_day/:name.html", date), some("/2022/8/6/Mein Tag.html"));
    assert_eq!(path("/:category/:post_title", "title: Ä B\ncategories: [[X], [Al J, 半岛]]"), some("/Al-J/半岛/a-b"));
    assert_eq!(path(":category/:title/", "title: T"), some("/uncategorized/Sub/Mein Tag/"));
    assert_eq!(path("p/:abbrlink/", "title: T\nabbrlink: 4a17b156"), some("/p/4a17b156/"));
    assert_eq!(path(":id/", date), ("/Sub/Mein Tag/".to_owned(), 1));
    assert_eq!(path(":year/:title/", "title: T"), some("/2022/Sub/Mein Tag/"));
    assert_eq!(path(":year/:title/", "title: T\npermalink: 2022/%E5%8D%8A%E5%B2%9B.html"), some("/2022/半岛.html"));
}

#[test]
fn a_post_without_a_date_keeps_the_one_that_it_has() {
    assert_eq!(document("title: x").path, "/2022/01/02/a-post/");
}
