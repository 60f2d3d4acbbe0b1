//! Where the other posts of a source stand, by every name by which a post can refer to one. Made when the first post does so.

use super::{
    dialect::{self, Dialect},
    document::{PostFile, PostLink, Site, SiteRules},
    front_matter::FrontMatter,
    hugo,
    source::Source,
    text,
};
use chrono::{DateTime, Utc};
use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

/// The posts of one source, once they are asked for.
#[derive(Default)]
pub(super) struct Links(OnceLock<Index>);

impl Links {
    /// The post of this name: its file's path, or the end of it, with or without extension; else its title.
    pub(super) fn find(&self, name: &str, source: &Source, rules: &SiteRules, now: DateTime<Utc>) -> Option<PostLink> {
        let of_file = |path: &String| Some((path.clone(), head(path, source, rules, now)?));
        self.0.get_or_init(|| Index::of(source.paths.iter().filter_map(of_file).collect(), &rules.dialect)).find(name)
    }
}

/// Posts by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(HashMap<String, PostLink>);

impl Index {
    /// Of posts with the paths of their files. Of two with the same name the first is meant; whole paths go before their ends,
    /// and those before titles.
    pub(crate) fn of(heads: Vec<(String, PostLink)>, dialect: &Dialect) -> Self {
        let mut posts = HashMap::new();
        let longest = heads.iter().map(|(path, _)| path.split('/').count()).max().unwrap_or(0);
        for dropped in 0..longest {
            for (path, link) in &heads {
                let Some(at) = ends(path).nth(dropped) else { continue };
                for name in [at, without_extension(at), bundle(at)] {
                    posts.entry(name.to_owned()).or_insert_with(|| link.clone());
                }
            }
        }
        if let Dialect::Hugo(hugo) = dialect {
            let names: Vec<_> = heads.iter().map(|(path, link)| (hugo::reference::names(path, hugo), link)).collect();
            for dropped in 0..names.iter().map(|(names, _)| names.len()).max().unwrap_or(0) {
                for (names, link) in &names {
                    let Some(name) = names.get(dropped) else { continue };
                    posts.entry(name.clone()).or_insert_with(|| PostLink::clone(link));
                }
            }
        }
        for (_, link) in heads {
            posts.entry(link.title.clone()).or_insert(link);
        }
        Self(posts)
    }

    /// The post of this name: the path of its file, or the end of it, with or without extension; else its title.
    pub(crate) fn find(&self, name: &str) -> Option<PostLink> {
        let name = name.trim().split('#').next().unwrap_or_default().trim_matches('/');
        self.0.get(name).or_else(|| self.0.get(without_extension(name))).cloned()
    }
}

/// What a file says before its body.
fn head(path: &str, source: &Source, rules: &SiteRules, now: DateTime<Utc>) -> Option<PostLink> {
    let text = text::decode(&source.read(path).ok()?).ok()?;
    let body = FrontMatter::parse(&text).ok()?.body.len();
    let bytes = text.as_bytes().get(..text.len() - body)?;
    let changed_at = source.modified(path).and_then(DateTime::from_timestamp_micros).unwrap_or(now);
    let file = PostFile { path, bytes, known_date: None, changed_at, now };
    let document = dialect::read(&file, &Site { rules, pictures: &BTreeSet::new(), posts: &|_| None }).ok()?.document;
    Some(PostLink { path: document.path, title: document.title })
}

/// A path, and what is left of it without its first folder, its first two, and so on.
fn ends(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.split_once('/').map(|(_, rest)| rest))
}

fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() => stem,
        _ => path,
    }
}

/// The folder of a post that is called `index`.
fn bundle(path: &str) -> &str {
    without_extension(path).strip_suffix("/index").unwrap_or(path)
}
