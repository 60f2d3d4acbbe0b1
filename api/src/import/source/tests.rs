use super::*;
use crate::{
    article::Naming,
    import::{dialect::Dialect, hexo},
};
use std::os::unix::fs::symlink;

/// A folder that is gone when the test ends.
struct Place(Utf8PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("masthead-source-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(Utf8PathBuf::from_path_buf(folder.canonicalize().unwrap()).unwrap())
    }

    fn with(self, files: &[(&str, &str)]) -> Self {
        for (path, text) in files {
            let place = self.0.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        self
    }

    fn open(&self, path: &str, kind: Option<Kind>) -> Vec<Source> {
        Source::open(&self.0.join(path), &[], kind, &defaults()).unwrap()
    }

    fn one(&self, path: &str) -> Source {
        let mut sources = self.open(path, None);
        assert_eq!(sources.len(), 1);
        sources.remove(0)
    }

    fn name(&self, source: &Source) -> String {
        relative(&self.0, Utf8Path::new(&source.root))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn defaults() -> SiteRules {
    SiteRules {
        dialect: Dialect::Hexo(hexo::Rules::default()),
        timezone: chrono_tz::UTC,
        locale: "en".into(),
        url: None,
        naming: Naming::default(),
        statics: vec!["source".into()],
        frame_hosts: Vec::new(),
    }
}

fn pictures(source: &Source) -> Vec<&str> {
    source.pictures.iter().map(String::as_str).collect()
}

const HEXO: [(&str, &str); 9] = [
    ("_config.yml", "title: H\ntheme: landscape\npermalink: :title/\nignore: '**/not.md'\n"),
    ("source/_posts/a.md", ""),
    ("source/_posts/a/x.png", ""),
    ("source/_posts/not.md", ""),
    ("source/_drafts/b.md", ""),
    ("source/images/y.JPG", ""),
    ("source/about/index.md", ""),
    ("themes/landscape/README.md", ""),
    ("public/z.png", ""),
];

const JEKYLL: [(&str, &str); 9] = [
    ("_config.yml", "title: J\ntheme: minima\nexclude: [old]\n"),
    ("_posts/2022-05-20-a.md", ""),
    ("_posts/x.png", ""),
    ("_posts/about.md", ""),
    ("es/_posts/2022-05-20-b.md", ""),
    ("old/_posts/2022-05-20-c.md", ""),
    ("assets/y.svg", ""),
    ("_site/z.png", ""),
    ("about.md", ""),
];

#[test]
fn a_hexo_site_is_found_with_its_pictures_wherever_one_stands_in_it() {
    let place = Place::new("hexo").with(&HEXO);
    let source = place.one("");
    assert_eq!(source.configured.why, "Hexo, since `_config.yml` and `source/_posts` are there");
    assert_eq!(source.configured.title.as_deref(), Some("H"));
    assert_eq!(source.paths, ["source/_drafts/b.md", "source/_posts/a.md"]);
    assert_eq!(pictures(&source), ["source/_posts/a/x.png", "source/images/y.JPG"]);
    assert!(source.is_whole);
    for (path, paths) in [
        ("source", &["source/_drafts/b.md", "source/_posts/a.md"][..]),
        ("source/_posts", &["source/_posts/a.md"]),
        ("source/_posts/a.md", &["source/_posts/a.md"]),
    ] {
        let part = place.one(path);
        assert_eq!(
            (part.root == source.root, part.is_whole, part.paths.as_slice()),
            (true, false, paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>().as_slice()),
            "{path}"
        );
        assert_eq!(part.pictures, source.pictures);
    }
    let theme = place.one("themes/landscape");
    assert_eq!((theme.paths, theme.is_whole), (vec!["README.md".to_owned()], true));
}

#[test]
fn a_jekyll_site_is_found_with_posts_at_any_depth() {
    let place = Place::new("jekyll").with(&JEKYLL);
    let source = place.one("");
    assert_eq!(source.configured.why, "Jekyll, since `_config.yml` and `_posts` are there");
    assert_eq!(source.paths, ["_posts/2022-05-20-a.md", "es/_posts/2022-05-20-b.md"]);
    assert_eq!(pictures(&source), ["_posts/x.png", "assets/y.svg"]);
    assert_eq!(source.configured.warnings.len(), 1, "{:?}", source.configured.warnings);
    assert_eq!(source.configured.warnings[0].0, "_posts/about.md");
    assert_eq!(place.one("es/_posts/2022-05-20-b.md").root, source.root);
}

#[test]
fn a_hugo_site_is_found_without_the_parts_of_its_bundles() {
    let place = Place::new("hugo").with(&[
        ("hugo.toml", "title = 'G'\nlanguageCode = 'de'\n"),
        ("content/_index.md", ""),
        ("content/posts/_index.md", ""),
        ("content/posts/a.md", ""),
        ("content/posts/b/index.md", ""),
        ("content/posts/b/part.md", ""),
        ("content/posts/b/x.png", ""),
        ("content/posts/c.org", ""),
        ("static/y.png", ""),
        ("themes/t/content/z.md", ""),
    ]);
    let source = place.one("");
    assert_eq!(source.configured.why, "Hugo, since `hugo.toml` is there");
    assert_eq!(source.configured.title.as_deref(), Some("G"));
    assert_eq!(source.paths, ["content/posts/a.md", "content/posts/b/index.md"]);
    assert_eq!(pictures(&source), ["content/posts/b/x.png", "static/y.png"]);
    let Dialect::Hugo(rules) = &source.configured.rules.dialect else { panic!("another dialect") };
    assert!(rules.sections.contains("content/posts"), "{:?}", rules.sections);
    assert_eq!(source.configured.warnings[0].0, "content/posts/c.org");
    let part = place.one("content/posts/b");
    assert_eq!((part.paths.concat(), part.root == source.root), ("content/posts/b/index.md".to_owned(), true));
    assert_eq!(part.configured.rules, source.configured.rules, "so that files are not read again");
}

#[test]
fn a_folder_of_sites_is_as_many_sources_and_one_for_what_is_left() {
    let place = Place::new("mixed");
    for (folder, files) in [("h", &HEXO[..]), ("deep/er/j", &JEKYLL)] {
        let files: Vec<(String, &str)> = files.iter().map(|(path, text)| (format!("{folder}/{path}"), *text)).collect();
        for (path, text) in &files {
            fs::create_dir_all(place.0.join(path).parent().unwrap()).unwrap();
            fs::write(place.0.join(path), text).unwrap();
        }
    }
    let place = place.with(&[
        ("loose.md", ""),
        ("_posts/c.md", ""),
        ("deep/p.png", ""),
        ("_data/no.md", ""),
        ("bare/source/_posts/d.md", ""),
    ]);
    let sources = place.open("", None);
    let found: Vec<(String, &str, usize)> =
        sources.iter().map(|source| (place.name(source), source.configured.why.as_str(), source.paths.len())).collect();
    assert_eq!(found.len(), 4, "{found:?}");
    for expected in [
        ("h", "Hexo, since `_config.yml` and `source/_posts` are there", 2),
        ("deep/er/j", "Jekyll, since `_config.yml` and `_posts` are there", 2),
        ("bare", "Hexo, since `source/_posts` is there", 1),
        ("", "Hexo, since nothing tells another dialect", 2),
    ] {
        assert!(found.contains(&(expected.0.to_owned(), expected.1, expected.2)), "{expected:?} in {found:?}");
    }
    let loose = sources.last().unwrap();
    assert_eq!(loose.paths, ["_posts/c.md", "loose.md"]);
    assert_eq!(pictures(loose), ["deep/p.png"]);
}

#[test]
fn a_dialect_that_is_asked_for_is_believed() {
    let place = Place::new("asked").with(&[("_posts/2022-05-20-a.md", ""), ("_posts/b.md", ""), ("c.md", "")]);
    let asked = place.open("", Some(Kind::Jekyll)).remove(0);
    assert_eq!(
        (asked.configured.why.as_str(), asked.paths.as_slice()),
        ("Jekyll, as asked for", &["_posts/2022-05-20-a.md".to_owned()][..])
    );
    let auto = place.one("");
    assert_eq!((auto.configured.rules.dialect.kind(), auto.paths.len()), (Kind::Hexo, 3));
    let file = place.open("c.md", Some(Kind::Jekyll)).remove(0);
    assert_eq!((file.configured.rules.dialect.kind(), file.paths.as_slice()), (Kind::Jekyll, &["c.md".to_owned()][..]));
}

#[test]
fn posts_of_no_site_belong_to_the_nearest_folder_that_articles_came_from() {
    let place = Place::new("roots").with(&[("a/b/c.md", ""), ("a/_posts/d.md", "")]);
    let opened = |path: &str, roots: &[&str]| {
        let roots: Vec<String> = roots.iter().map(|root| place.0.join(root).to_string()).collect();
        let source = Source::open(&place.0.join(path), &roots, None, &defaults()).unwrap().remove(0);
        (place.name(&source), source.paths.concat())
    };
    let is = |root: &str, path: &str| (root.to_owned(), path.to_owned());
    assert_eq!(opened("a/b/c.md", &[]), is("a/b", "c.md"));
    assert_eq!(opened("a/b/c.md", &["", "a"]), is("a", "b/c.md"));
    assert_eq!(opened("a/_posts", &[]), is("a", "_posts/d.md"));
}

#[test]
fn links_are_not_followed_and_odd_names_are_told() {
    let place = Place::new("links").with(&[("site/a.md", ""), ("else/b.md", ""), ("else/p.png", "")]);
    symlink(place.0.join("else/b.md"), place.0.join("site/b.md")).unwrap();
    symlink(place.0.join("else/p.png"), place.0.join("site/p.png")).unwrap();
    symlink(place.0.join("site"), place.0.join("site/loop")).unwrap();
    let odd: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(b"odd\xff.md".to_vec());
    fs::write(place.0.join("site").as_std_path().join(odd), "").unwrap();
    let source = place.one("site");
    assert_eq!(source.paths, ["a.md"]);
    assert_eq!(source.unreadable.len(), 3, "{:?}", source.unreadable);
    assert_eq!((source.pictures.len(), source.configured.warnings.len()), (0, 1));
}

#[test]
fn a_configuration_that_cannot_be_read_is_told_and_the_posts_are_found() {
    let place = Place::new("broken").with(&[("_config.yml", "title: [\n"), ("source/_posts/a.md", "")]);
    fs::write(place.0.join("package.json"), [0xff]).unwrap();
    let source = place.one("");
    assert_eq!(source.paths, ["source/_posts/a.md"]);
    let files: Vec<&str> = source.configured.warnings.iter().map(|(file, ..)| file.as_str()).collect();
    assert_eq!(files, ["_config.yml", "package.json"]);
}

#[test]
fn files_are_read_up_to_their_bounds() {
    let place = Place::new("bounds").with(&[("a.md", "text"), ("p.png", "bytes")]);
    File::create(place.0.join("long.md")).unwrap().set_len(MAX_BYTES + 1).unwrap();
    let source = place.one("");
    assert_eq!(&*source.read("a.md").unwrap(), b"text");
    assert_eq!(&*source.picture("p.png").unwrap(), b"bytes");
    assert!(source.read("long.md").unwrap_err().to_string().contains("an article has at most 4194304"));
    assert!(source.picture("long.md").is_ok() && source.picture("none.png").is_err());
}

#[test]
fn the_sample_is_whole() {
    let sample = Source::sample(&defaults());
    assert!(sample.is_whole && sample.paths.len() > 20);
    assert!(!sample.read(&sample.paths[0]).unwrap().is_empty());
    assert!(sample.pictures.iter().all(|path| sample.picture(path).is_ok()));
}
