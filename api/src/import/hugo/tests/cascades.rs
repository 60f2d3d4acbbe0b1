use super::*;

const LANGUAGES: &str = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n";

/// A site with these pages of sections, each with its front matter, and what is wrong with them.
fn with_pages(configuration: &str, pages: &[(&str, &str)]) -> (SiteRules, Vec<String>) {
    let mut site = site(configuration);
    let files: Vec<String> = pages.iter().map(|(path, _)| (*path).to_owned()).collect();
    let read = |path: &str, most: u64| {
        let (_, text) = pages.iter().find(|(name, _)| *name == path).unwrap();
        let text = format!("---\n{text}\n---\n{}", "é".repeat(40_000));
        Ok(text.bytes().take(usize::try_from(most).unwrap()).collect())
    };
    let Dialect::Hugo(rules) = &mut site.dialect else { unreachable!() };
    let remarks = rules.learn_cascades(&files, read);
    (site, remarks.into_iter().map(|(file, line, why)| format!("{file}:{line:?} {why}")).collect())
}

/// The tags of a post at this path, which a cascade may have given.
fn tags(path: &str, front_matter: &str, rules: &SiteRules) -> String {
    read_at(path, &format!("title: T\ndate: 2022-01-01\n{front_matter}"), rules).document.tags.join(" ")
}

#[test]
fn the_page_itself_goes_first_then_the_nearest_section_then_the_site() {
    let (site, remarks) = with_pages(
        "[[cascade]]\ntags = 'site'\ndraft = true\n",
        &[("content/_index.md", "cascade: {Tags: home}"), ("content/a/b/_index.md", "cascade: [{tags: deep}]")],
    );
    assert_eq!(remarks, [""; 0]);
    for (path, front_matter, is) in [
        ("content/a/b/c/p.md", "", "deep"),
        ("content/a/b/p/index.md", "", "deep"),
        ("content/a/b/p.md", "TAGS: own", "own"),
        ("content/a/bc/p.md", "", "home"),
        ("content/p.md", "", "home"),
    ] {
        assert_eq!(tags(path, front_matter, &site), is, "{path}");
    }
    let read = |front_matter: &str| read_at("content/a/p.md", front_matter, &site).document;
    assert!(read("title: T").is_draft && !read("title: T\nDraft: false").is_draft);
}

#[test]
fn targets_choose_pages_by_path_kind_language_and_environment() {
    let sets = "cascade:\n\
        - {_target: {path: '/p/{x,y}/**'}, tags: path}\n\
        - {target: {path: '/P/name'}, tags: name}\n\
        - {target: {path: '/p/file.*'}, tags: file}\n\
        - {_target: {kind: '{home,section}'}, tags: section}\n\
        - {_target: {environment: staging}, tags: staging}\n\
        - {_target: {kind: page, lang: en}, tags: rest}";
    let (site, remarks) = with_pages("", &[("content/p/_index.md", sets)]);
    assert_eq!(remarks, [""; 0]);
    for (path, is) in [
        ("content/p/x/a.md", "path"),
        ("content/p/y/z/a.md", "path"),
        ("content/p/name.md", "name"),
        ("content/p/name/index.md", "name"),
        ("content/p/file.md", "file"),
        ("content/p/other.md", "rest"),
        ("content/q/x/a.md", ""),
    ] {
        assert_eq!(tags(path, "", &site), is, "{path}");
    }
}

#[test]
fn a_section_gives_to_the_pages_of_its_language() {
    let pages =
        [("content/p/_index.md", "cascade: {tags: english}"), ("content/p/_index.de.md", "cascade: {tags: german}")];
    let (site, _) = with_pages(LANGUAGES, &pages);
    assert_eq!(tags("content/p/a.md", "", &site), "english");
    assert_eq!(tags("content/p/a.de.md", "", &site), "german");
    let (site, _) = with_pages(LANGUAGES, &pages[..1]);
    assert_eq!(tags("content/p/a.de.md", "", &site), "");
}

#[test]
fn what_a_cascade_gives_is_no_extra_field_of_the_post() {
    let (site, _) = with_pages("", &[("content/_index.md", "cascade: {mood: calm, wind: west}")]);
    let read = read_at("content/a.md", "title: T\ndate: 2022-01-01\nWind: east", &site);
    assert_eq!(serde_json::to_string(&read.document.extra).unwrap(), "{\"Wind\":\"east\"}");
}

#[test]
fn a_page_of_a_section_that_cannot_be_read_is_told() {
    let many = format!("cascade: {{_target: {{path: '{}'}}, draft: true}}", "{a,b}".repeat(20));
    for (front_matter, why) in [
        ("title: [", "content/_index.md:Some(2) its `cascade` gives nothing to the pages below: "),
        ("cascade: text", "content/_index.md:None a set of `cascade` was left out: "),
        (&many, "content/_index.md:None a set of `cascade` was left out: "),
    ] {
        let (_, remarks) = with_pages("", &[("content/_index.md", front_matter)]);
        assert!(remarks.len() == 1 && remarks[0].starts_with(why), "{remarks:?}");
    }
    let long = format!("title: {}\ncascade: {{draft: true}}", "x".repeat(70_000));
    assert_eq!(with_pages("", &[("content/_index.md", &long)]).1.len(), 1);
    let (_, remarks) = with_pages("", &[("content/_index.md", "title: S")]);
    assert_eq!(remarks, [""; 0]);
}
