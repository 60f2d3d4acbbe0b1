use super::*;
use crate::import::hugo::rules::{Language, Pattern};

fn defaults() -> SiteRules {
    SiteRules {
        dialect: Dialect::Hugo(Rules::default()),
        timezone: Tz::UTC,
        locale: "fr".into(),
        url: None,
        naming: Naming::default(),
        statics: Vec::new(),
        frame_hosts: Vec::new(),
    }
}

fn read(files: &[(&str, &str)]) -> Configuration {
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    configure(&files, &defaults())
}

fn rules(configuration: &Configuration) -> &Rules {
    match &configuration.rules.dialect {
        Dialect::Hugo(rules) => rules,
        Dialect::Hexo(_) | Dialect::Jekyll(_) => panic!("it is a site of Hugo"),
    }
}

fn folders(content: &[Content]) -> Vec<(&str, Option<&str>)> {
    content.iter().map(|content| (content.folder.as_str(), content.language.as_deref())).collect()
}

#[test]
fn a_site_says_what_it_is_in_any_form() {
    let toml = "baseURL = 'https://example.com/blog'\ntitle = 'T'\nlanguageCode = 'zh-cn'\ntimeZone = 'Asia/Shanghai'\nstaticDir = ['static', 'more']\n[params]\ndescription = 'D'\n[taxonomies]\ncategory = 'topics'\n[permalinks]\nposts = '/:year/:slug/'\n";
    let yaml = "baseurl: https://example.com/blog\ntitle: T\nlanguageCode: zh-cn\ntimezone: Asia/Shanghai\nstaticDir: [static, more]\nparams: {description: D}\ntaxonomies: {category: topics}\npermalinks: {page: {posts: /:year/:slug/}}\n";
    let json = r#"{"baseURL": "https://example.com/blog", "title": "T", "languageCode": "zh-cn", "timeZone": "Asia/Shanghai",
        "staticDir": ["static", "more"], "params": {"description": "D"}, "taxonomies": {"category": "topics"},
        "permalinks": [{"target": {"kind": "term"}, "pattern": "/x/"}, {"target": {"path": "/posts/**"}, "pattern": "/:year/:slug/"}]}"#;
    for (file, text) in [("hugo.toml", toml), ("config.yaml", yaml), ("hugo.json", json)] {
        let site = read(&[(file, text)]);
        assert_eq!(site.warnings, [], "{file}");
        assert_eq!(
            (site.title.as_deref(), site.description.as_deref(), site.has_timezone),
            (Some("T"), Some("D"), true)
        );
        assert_eq!(site.rules.url.as_ref().unwrap().as_str(), "https://example.com/blog/");
        assert_eq!((site.rules.locale.as_str(), site.rules.timezone), ("zh-CN", Tz::Asia__Shanghai));
        assert_eq!((site.rules.naming.categories.as_str(), site.rules.naming.tags.as_str()), ("topics", "tags"));
        assert_eq!(site.rules.statics, ["static", "more", "assets", "content"]);
        assert_eq!(rules(&site).permalinks, [Pattern { section: "posts".into(), pattern: "/:year/:slug/".into() }]);
        assert_eq!(site.content, ["content"]);
    }
}

#[test]
fn what_nothing_tells_is_as_it_is_for_all() {
    let site = read(&[]);
    assert_eq!((site.title, site.has_timezone, site.rules.locale.as_str()), (None, false, "fr"));
    assert_eq!(site.rules.dialect, Dialect::Hugo(Rules::default()));
    assert_eq!(site.rules.statics, ["static", "assets", "content"]);
}

#[test]
fn later_files_say_more_than_earlier_ones() {
    let site = read(&[
        ("config/production/hugo.toml", "baseURL = 'https://live.example/'"),
        ("config/_default/permalinks.yaml", "posts: /p/:slug/"),
        ("config/_default/languages.en.toml", "languageCode = 'en-GB'\ntitle = 'English'"),
        (
            "config/_default/config.toml",
            "title = 'Two'\nbaseURL = 'https://two.example/'\n[permalinks]\nnews = '/n/:slug/'",
        ),
        ("config/_default/params.toml", "description = 'D'"),
        ("config.toml", "title = 'Left out'\ntimeZone = 'Europe/Paris'"),
        ("hugo.toml", "title = 'One'\nuglyURLs = true"),
    ]);
    assert_eq!((site.title.as_deref(), site.description.as_deref()), (Some("English"), Some("D")));
    assert_eq!(site.rules.url.as_ref().unwrap().as_str(), "https://live.example/");
    assert!(rules(&site).has_ugly_urls && !site.has_timezone);
    assert_eq!(rules(&site).permalinks.len(), 2);
    assert_eq!(site.rules.locale, "en-GB");
    assert_eq!(rules(&site).languages.len(), 1);
}

#[test]
fn the_default_language_comes_first_and_has_no_prefix() {
    let text = "defaultContentLanguage: DE\ndisableLanguages: [it]\nlanguages:\n  fr: {weight: 1, contentDir: ./inhalt/fr/}\n  zh-CN: {weight: 2, locale: zh-Hans}\n  de: {weight: 9, languageCode: de-AT, title: Titel}\n  it: {}\n  es: {disabled: true}\n";
    let site = read(&[("hugo.yaml", text)]);
    let language =
        |key: &str, tag: &str, prefix: &str| Language { key: key.into(), tag: tag.into(), prefix: prefix.into() };
    let expected = [language("de", "de-AT", ""), language("fr", "fr", "fr"), language("zh-cn", "zh-Hans", "zh-cn")];
    assert_eq!(rules(&site).languages, expected);
    assert_eq!((site.title.as_deref(), site.rules.locale.as_str()), (Some("Titel"), "de-AT"));
    assert_eq!(folders(&rules(&site).content), [("content", None), ("inhalt/fr", Some("fr"))]);
    let site = read(&[("hugo.yaml", &format!("defaultContentLanguageInSubdir: true\n{text}"))]);
    assert_eq!(rules(&site).languages[0].prefix, "de");
}

#[test]
fn mounts_stand_for_folders() {
    let text = "[[module.mounts]]\nsource = 'docs/en'\ntarget = 'content'\nlang = 'en'\n[[module.mounts]]\nsource = 'docs/de'\ntarget = 'content'\nlang = 'de'\n[[module.mounts]]\nsource = 'public'\ntarget = 'static'\n";
    let site = read(&[("hugo.toml", text)]);
    assert_eq!(folders(&rules(&site).content), [("docs/en", Some("en")), ("docs/de", Some("de"))]);
    assert_eq!(site.rules.statics, ["public", "assets", "docs/en", "docs/de"]);
}

#[test]
fn dates_have_the_places_that_are_configured() {
    let site =
        read(&[("hugo.toml", "[frontmatter]\ndate = ['myDate', ':filename', ':default']\nlastmod = ':fileModTime'")]);
    let key = |key: &str| DateSource::Key(key.into());
    let dates = &rules(&site).dates;
    let expected = [
        key("mydate"),
        DateSource::Filename,
        key("date"),
        key("publishdate"),
        key("pubdate"),
        key("published"),
        key("lastmod"),
        key("modified"),
    ];
    assert_eq!(dates.date, expected);
    assert_eq!(dates.lastmod, [DateSource::FileTime]);
    assert_eq!(dates.expiry, DateKeys::default().expiry);
}

#[test]
fn patterns_of_terms_name_the_folder_of_a_taxonomy() {
    let naming = |text: &str| read(&[("hugo.toml", text)]).rules.naming;
    assert_eq!(naming("[permalinks.term]\ncategories = '/c/in/:slug/'").categories, "c/in");
    assert_eq!(naming("[permalinks]\ntags = '/t/:title'").tags, "t");
    assert_eq!(naming("[permalinks]\ntags = '/:title/'").tags, "tags");
    assert_eq!(naming("disablePathToLower = true").spelling, Spelling::Cased);
}

#[test]
fn what_cannot_be_used_is_told_with_its_file() {
    let site = read(&[
        ("hugo.toml", "title = 'T'\ntitle = 'U'\n"),
        ("config/_default/hugo.yaml", "timeZone: Nowhere\nbaseURL: ftp://x\nlanguageCode: '?'\n"),
        ("config/_default/menus.json", "[1]"),
        ("config/_default/params.yaml", "a: [\n"),
    ]);
    let told: Vec<_> = site.warnings.iter().map(|(file, line, _)| (file.as_str(), *line)).collect();
    assert_eq!(told[0], ("hugo.toml", Some(2)));
    assert_eq!(told[1].0, "config/_default/menus.json");
    assert_eq!(told[2].0, "config/_default/params.yaml");
    assert_eq!(told.len(), 6);
    assert!(site.warnings[3].2.contains("`timeZone: Nowhere`"), "{:?}", site.warnings);
}

proptest::proptest! {
    #[test]
    fn no_configuration_makes_it_panic(text in "([a-z]{1,9}(\\.[a-z]{1,4})? ?[=:] ?[-'a-c0-9\\[\\]{}:/*]{0,9}\n){0,5}", file in "(hugo|config/_default/(languages|permalinks|module|x\\.y)(\\.en)?|config/_default/)\\.(toml|yaml|json)") {
        let _ = read(&[(file.as_str(), text.as_str())]);
    }
}
