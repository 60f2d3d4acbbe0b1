//! Paths as Hugo 0.111.3 built them from the same files, and where newer versions differ, as those do.

use super::*;

fn path(file: &str, front_matter: &str, rules: &SiteRules) -> String {
    read_at(file, front_matter, rules).document.path
}

#[test]
fn names_of_files_become_paths_as_hugo_builds_them() {
    let site = site("baseURL = 'https://example.com/blog/'");
    for (file, expected) in [
        ("posts/My Post.md", "/posts/my-post/"),
        ("posts/UPPER_case.md", "/posts/upper_case/"),
        ("posts/a.b.c.md", "/posts/a.b.c/"),
        ("posts/中文 名字.md", "/posts/中文-名字/"),
        ("posts/été à Noël.md", "/posts/été-à-noël/"),
        ("posts/we!rd@#$%^&()+=~;,'name.md", "/posts/werd@#+~name/"),
        ("posts/a--b.md", "/posts/a--b/"),
        ("posts/a  b.md", "/posts/a-b/"),
        ("posts/ -lead- .md", "/posts/-lead-/"),
        ("posts/ lead.md", "/posts/-lead/"),
        ("posts/trail .md", "/posts/trail-/"),
        ("posts/sp /x.md", "/posts/sp-/x/"),
        ("posts/bundle/index.md", "/posts/bundle/"),
        ("posts/Bun dle.V2/index.md", "/posts/bun-dle.v2/"),
        ("posts/2022/deep/post.md", "/posts/2022/deep/post/"),
        ("Upper Sec/Sub B/Post.md", "/upper-sec/sub-b/post/"),
        ("root post.md", "/root-post/"),
        ("posts/file.zh-cn.md", "/posts/file.zh-cn/"),
        ("posts/file.en.md", "/posts/file/"),
        ("posts/d/index.fr.md", "/posts/d/"),
        ("posts/emoji😀x.md", "/posts/emojix/"),
        ("posts/c#.md", "/posts/c#/"),
        ("posts/full：width.md", "/posts/fullwidth/"),
        ("posts/tilde~x.md", "/posts/tilde~x/"),
        ("posts/colon:x.md", "/posts/colonx/"),
        ("posts/ab[1]{2}.md", "/posts/ab12/"),
        ("posts/हिन्दी.md", "/posts/हिन्दी/"),
        ("posts/①½²ⅧⒶ.md", "/posts/"),
        ("posts/İstanbulΣΑΣ.md", "/posts/istanbulσασ/"),
        ("posts/100%41.md", "/posts/100%41/"),
        ("posts/index.md", "/posts/"),
        ("_usec/_under.md", "/_usec/_under/"),
        ("posts/html.html", "/posts/html/"),
    ] {
        assert_eq!(path(&format!("content/{file}"), "title: T", &site), expected, "{file}");
    }
}

#[test]
fn a_slug_stands_for_the_name_and_a_url_for_the_whole() {
    let site = site("");
    for (key, expected) in [
        ("slug: 'My Slug/With ! Odd'", "/posts/my-slug/with-odd/"),
        ("slug: '-trim-'", "/posts/trim/"),
        ("slug: 'ÄÖ x.y'", "/posts/äö-x.y/"),
        ("slug: '../up'", "/up/"),
        ("slug: /lead/", "/posts/lead/"),
        ("slug: 2022", "/posts/2022/"),
        ("Slug: a/", "/posts/a/"),
        ("url: '/Some/Where Else/'", "/Some/Where Else/"),
        ("url: 'rel/x.html'", "/rel/x.html"),
        ("URL: noslash", "/noslash/"),
        ("url: /a.b/c", "/a.b/c"),
        ("url: /a:b/", "/a:b/"),
        ("url: /a/../b//c/", "/b/c/"),
        ("url: 中文", "/中文/"),
        ("url: '/%E4%B8%AD/'", "/中/"),
        // Hugo writes the file `index.html` there.
        ("url: /foo/index.html", "/foo/"),
        // As newer versions have it.
        ("url: '/:year/:title/'\ndate: 2022-05-20", "/2022/t/"),
    ] {
        assert_eq!(path("content/posts/name.md", &format!("title: T\n{key}"), &site), expected, "{key}");
    }
    assert_eq!(path("content/posts/b/index.md", "title: T\nslug: other", &site), "/posts/other/");
}

const PATTERNS: &str = r#"
timeZone = "Asia/Shanghai"
[permalinks]
a = "/:year/:month/:day/:slug/"
b = "/x/:sections[1:]/:filename/"
c = "/:section/:monthname-:weekday-:weekdayname-:yearday/:title.html"
d = "/:sections/:slugorfilename"
e = "/d/:2006-01-02/:title/"
f = "/p/:contentbasename/:slugorcontentbasename/"
g = "/:sections[0]/:sections[last]/:title/"
h = "/Upper/:title/"
u = "/:title/x"
v = ":year/:title"
"/" = "/base/:title/"
"#;

#[test]
fn patterns_are_filled_as_hugo_fills_them() {
    let site = with_sections(site(PATTERNS), &["content/b/s1"]);
    for (file, front_matter, expected) in [
        ("a/My File.md", "title: The Title? Ünï\ndate: 2022-05-20 23:30:00", "/2022/05/20/the-title-ünï/"),
        // The day is that of the zone in which it is written.
        ("a/2.md", "title: T2\ndate: 2022-05-20T20:30:00Z\nslug: My Slug", "/2022/05/20/my-slug/"),
        ("a/3.md", "title: T3\ndate: Fri, 20 May 2022 23:45:00 GMT", "/2022/05/20/t3/"),
        ("a/4.md", "title: T4\ndate: '2022-05-20 23:45:00 -0700'", "/2022/05/20/t4/"),
        ("b/s1/S 2/index.md", "title: Bun", "/x/s1/s-2/"),
        ("b/s1/x/y/Some File.md", "title: Bun", "/x/s1/some-file/"),
        ("c/z.md", "title: 'C++ & C# / Go: 100%'\ndate: 2022-05-20", "/c/may-5-friday-140/c-c#-/-go-100.html/"),
        ("d/q/z Z.md", "title: x", "/d/z-z/"),
        ("d/q/z2.md", "title: x\nslug: Sl/ug", "/d/sl/ug/"),
        ("e/z.md", "title: e\ndate: 2022-05-20", "/d/2022-01-02/e/"),
        // `last` of one section alone is nothing in 0.111.
        ("g/s1/s2/z.md", "title: gg", "/g/g/gg/"),
        ("g/z.md", "title: g", "/g/g/g/"),
        ("h/z.md", "title: Hh", "/upper/hh/"),
        ("top.md", "title: Top", "/base/top/"),
        ("u/1.md", "title: 'A+B + C 50%% `x` ''q'' / \\ d'", "/a-b--c-50-x-q-/-\\-d/x/"),
        ("u/2.md", "title: Learning C#", "/learning-c/x/"),
        ("v/2.md", "title: No", "/1/no/"),
        ("v/1.md", "slug: zz", "/1/"),
        // Of newer versions.
        ("f/z Z.md", "title: T\nslug: s l", "/p/z-z/s-l/"),
    ] {
        assert_eq!(path(&format!("content/{file}"), front_matter, &site), expected, "{file}");
    }
}

#[test]
fn a_variable_that_nobody_knows_is_reported() {
    let read = read_at("content/a/My File.md", "title: T", &site("[permalinks]\na = '/:nobody/:title/'"));
    assert_eq!(read.document.path, "/my-file/t/");
    assert!(read.warnings.iter().any(|warning| warning.message.contains("`:nobody`")));
}

const LANGUAGES: &str = r#"
defaultContentLanguage = "en"
[languages]
[languages.en]
weight = 1
[languages.zh-cn]
weight = 2
languageCode = "zh-Hans-CN"
[languages.de]
weight = 3
contentDir = "content.de"
[permalinks]
news = "/n/:year/:slug/"
"#;

#[test]
fn languages_are_told_by_names_of_files_and_by_folders() {
    let site = site(LANGUAGES);
    for (file, front_matter, expected, locale) in [
        ("content/posts/a.md", "", "/posts/a/", "en"),
        ("content/posts/a.zh-cn.md", "", "/zh-cn/posts/a/", "zh-Hans-CN"),
        ("content/posts/b/index.zh-cn.md", "", "/zh-cn/posts/b/", "zh-Hans-CN"),
        ("content.de/posts/a.md", "", "/de/posts/a/", "de"),
        ("content/posts/c.zh.md", "", "/posts/c.zh/", "en"),
        ("content/news/d.zh-cn.md", "date: 2022-05-20", "/zh-cn/n/2022/t/", "zh-Hans-CN"),
        ("content/news/e.zh-cn.md", "url: /abs/e/", "/abs/e/", "zh-Hans-CN"),
        ("content/news/f.zh-cn.md", "url: rel/f/", "/zh-cn/rel/f/", "zh-Hans-CN"),
        ("content/news/g.zh-cn.md", "url: /zh-cn/g/", "/zh-cn/g/", "zh-Hans-CN"),
        ("content/news/h.zh-cn.md", "url: rel/h", "/zh-cn/rel/h/", "zh-Hans-CN"),
        ("content/news/i.md", "url: rel/i.html\nslug: x", "/rel/i.html", "en"),
        // Newer versions do not tell cases of languages apart.
        ("content/posts/c.zh-CN.md", "", "/zh-cn/posts/c/", "zh-Hans-CN"),
    ] {
        let document = read_at(file, &format!("title: T\n{front_matter}"), &site).document;
        assert_eq!((document.path.as_str(), document.locale.as_str()), (expected, locale), "{file}");
    }
}

#[test]
fn ugly_urls_the_default_languages_folder_and_upper_case_are_settings() {
    let settings = "uglyURLs = true\ndefaultContentLanguageInSubdir = true\ndisablePathToLower = true\n";
    let site = site(&format!("{settings}{LANGUAGES}"));
    for (file, front_matter, expected) in [
        ("content/posts/Sub Dir/Cap.md", "", "/en/posts/Sub-Dir/Cap.html"),
        ("content/posts/Dot.x.md", "", "/en/posts/Dot.x.html"),
        ("content/News/x.md", "date: 2022-05-20", "/en/n/2022/Perm.html"),
        ("content/posts/b/index.md", "", "/en/posts/b.html"),
        ("content/news/perm.md", "date: 2022-05-20", "/en/n/2022/Perm.html"),
        ("content/news/i.md", "url: rel/i.html", "/en/rel/i.html"),
        ("content/news/f.zh-cn.md", "url: rel/f/", "/zh-cn/rel/f/"),
        ("content.de/posts/a.md", "", "/de/posts/a.html"),
    ] {
        let front_matter = format!("title: Perm\n{front_matter}");
        assert_eq!(path(file, &front_matter, &site), expected, "{file}");
    }
    let aliases = read_at("content/posts/b/index.zh-cn.md", "aliases: [/old/, rel]", &site).document.earlier_paths;
    assert_eq!(aliases, ["/old.html", "/zh-cn/posts/rel.html"]);
}

#[test]
fn aliases_are_earlier_paths_beside_the_page_or_from_the_root() {
    let aliases = |file: &str, aliases: &str| {
        read_at(file, &format!("title: T\naliases: {aliases}"), &site(LANGUAGES)).document.earlier_paths
    };
    let written =
        "[/old/one/, rel, ../up/, 'old/Two.html', 'x y', /x.htm, /y/index.html, z.html/, 中 文, '/A B/', /p.php]";
    let expected = [
        "/old/one/",
        "/posts/rel/",
        "/up/",
        "/posts/old/Two.html",
        "/posts/x y/",
        "/x.htm/",
        "/y/",
        "/posts/z.html",
        "/posts/中 文/",
        "/A B/",
        "/p.php/",
    ];
    assert_eq!(aliases("content/posts/alias.md", written), expected);
    assert_eq!(aliases("content/posts/b/index.zh-cn.md", "[/old/, rel]"), ["/old/", "/zh-cn/posts/rel/"]);
    assert_eq!(aliases("content/posts/a.md", "/posts/a/"), [""; 0]);
    let read = read_at("content/posts/a.md", "title: T\naliases: [/, 'https://example.com/q', ok]", &site(""));
    assert_eq!((read.document.earlier_paths, read.warnings.len()), (vec!["/posts/ok/".to_owned()], 3));
}

#[test]
fn the_posts_of_a_site_are_its_pages_without_what_lies_in_bundles() {
    let files = [
        "content/_index.md",
        "content/index.md",
        "content/about.md",
        "content/posts/_index.en.md",
        "content/posts/a.md",
        "content/posts/b/index.md",
        "content/posts/b/index.de.md",
        "content/posts/b/extra.md",
        "content/posts/b/sub/x.md",
        "content/posts/c/x.md",
    ];
    let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    let posts = Rules::default().posts(&files);
    let expected = [
        "content/index.md",
        "content/about.md",
        "content/posts/a.md",
        "content/posts/b/index.md",
        "content/posts/b/index.de.md",
        "content/posts/c/x.md",
    ];
    assert_eq!(posts, expected);
    assert_eq!(
        Rules::sections(files.iter().map(String::as_str)).into_iter().collect::<Vec<_>>(),
        ["content", "content/posts"]
    );
}
