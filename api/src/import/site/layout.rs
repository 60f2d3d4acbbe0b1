//! Where a site keeps its posts and pictures. Pure.

use super::glob;

/// Extensions of posts that every dialect has.
const POSTS: [&str; 8] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "html", "htm"];

/// Extensions of pictures.
const PICTURES: [&str; 11] = ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "apng", "bmp", "ico", "jfif"];

/// Which files of a folder are posts and pictures. Paths are below the root, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A folder of posts that is no site: everything but what is hidden.
    #[default]
    Loose,
    /// `_posts` and `_drafts` in one folder.
    Hexo {
        /// Where both are.
        source: String,
        /// Patterns of paths that Hexo passes over.
        ignored: Vec<String>,
    },
    /// `_posts` and `_drafts` at any depth.
    Jekyll {
        /// What is passed over: paths, beginnings of paths, patterns.
        excluded: Vec<String>,
    },
    /// Everything in the folders of content.
    Hugo {
        /// Folders of content.
        content: Vec<String>,
        /// Folders of files that the site shows as they are.
        statics: Vec<String>,
    },
}

impl Layout {
    /// Whether to look into a folder.
    pub(in crate::import) fn enters(&self, folder: &str) -> bool {
        let name = last(folder);
        if name == "node_modules" || name.starts_with('.') || name.ends_with('~') {
            return false;
        }
        let is_posts = matches!(name, "_posts" | "_drafts");
        match self {
            Self::Loose => is_posts || !(name.starts_with('_') || name.ends_with('%')),
            Self::Hexo { source, ignored } => {
                let is_open = is_posts || !name.starts_with('_') || is_above(folder, source);
                is_open && meets(folder, source) && !is_ignored(ignored, folder)
            }
            Self::Jekyll { excluded } => {
                (is_posts || !name.starts_with(['_', '#', '~'])) && !is_excluded(excluded, folder)
            }
            Self::Hugo { content, statics } => content.iter().chain(statics).any(|base| meets(folder, base)),
        }
    }

    /// Whether a file is a post, as far as its path tells.
    pub(in crate::import) fn is_post(&self, path: &str) -> bool {
        let name = last(path);
        if !has_extension(path, &POSTS) {
            return false;
        }
        let is_hidden = name.starts_with(['_', '.']) || name.ends_with(['~', '%']);
        match self {
            Self::Loose => !is_hidden,
            Self::Hexo { source, ignored } => {
                let inside = below(path, source);
                let is_there = inside.is_some_and(|path| path.starts_with("_posts/") || path.starts_with("_drafts/"));
                is_there && !is_hidden && !is_ignored(ignored, path)
            }
            Self::Jekyll { excluded } => {
                let is_there = folders(path).any(|folder| matches!(folder, "_posts" | "_drafts"));
                is_there && !is_hidden && !name.starts_with('#') && !is_excluded(excluded, path)
            }
            Self::Hugo { content, .. } => {
                let is_there = content.iter().any(|base| below(path, base).is_some());
                is_there && !name.starts_with("_index.") && !name.starts_with('.')
            }
        }
    }

    /// Whether a post has a name that its dialect needs: Jekyll's begin with a date.
    pub(in crate::import) fn is_well_named(&self, path: &str) -> bool {
        let is_draft = folders(path).last() == Some("_drafts") || folders(path).all(|folder| folder != "_posts");
        !matches!(self, Self::Jekyll { .. }) || is_draft || crate::import::jekyll::is_dated(path)
    }

    /// Without what stands beside the article of a folder: Hugo takes such files for parts of that article.
    pub(in crate::import) fn without_resources(&self, paths: Vec<String>) -> Vec<String> {
        if !matches!(self, Self::Hugo { .. }) {
            return paths;
        }
        let leaves: std::collections::BTreeSet<String> =
            paths.iter().filter(|path| is_index(path)).map(|path| folder(path).to_owned()).collect();
        let is_kept = |path: &String| {
            let is_resource =
                above(path).any(|above| leaves.contains(above) && !(is_index(path) && above == folder(path)));
            !is_resource
        };
        paths.into_iter().filter(is_kept).collect()
    }
}

/// Whether a file is a picture, by its extension.
pub(in crate::import) fn is_picture(path: &str) -> bool {
    has_extension(path, &PICTURES)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = last(path).rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// `index.md`, `index.zh-cn.md`.
fn is_index(path: &str) -> bool {
    let name = last(path);
    name.starts_with("index.") && name.matches('.').count() <= 2
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    folder(path).split('/')
}

/// The folders that a file lies in, whole.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// The rest of a path below a folder; the path itself below the root.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// Whether a folder is above another one.
fn is_above(folder: &str, base: &str) -> bool {
    folder == base || below(base, folder).is_some()
}

/// Whether a folder is above another one or in it.
fn meets(folder: &str, base: &str) -> bool {
    is_above(folder, base) || below(folder, base).is_some()
}

fn is_ignored(patterns: &[String], path: &str) -> bool {
    patterns.iter().any(|pattern| glob::fits(pattern, path))
}

/// As Jekyll has it: what begins with an excluded text is excluded too.
fn is_excluded(excluded: &[String], path: &str) -> bool {
    excluded.iter().map(|pattern| pattern.trim_start_matches('/')).any(|pattern| {
        let bare = pattern.trim_end_matches('/');
        !bare.is_empty() && (path == bare || path.starts_with(pattern) || glob::fits(pattern, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hexo() -> Layout {
        Layout::Hexo { source: "source".into(), ignored: vec!["**/old/*.md".into()] }
    }

    fn jekyll() -> Layout {
        Layout::Jekyll { excluded: vec!["vendor/".into(), "es/_posts/2020-*.md".into()] }
    }

    fn hugo() -> Layout {
        Layout::Hugo { content: vec!["content".into(), "inhalt/de".into()], statics: vec!["static".into()] }
    }

    #[test]
    fn hexo_keeps_posts_in_two_folders() {
        for (path, is_post) in [
            ("source/_posts/a.md", true),
            ("source/_posts/x/a.HTML", true),
            ("source/_drafts/a.markdown", true),
            ("source/_posts/_a.md", false),
            ("source/_posts/a.md~", false),
            ("source/about/index.md", false),
            ("_posts/a.md", false),
            ("source/_posts/old/a.md", false),
            ("source/_posts/a.png", false),
        ] {
            assert_eq!(hexo().is_post(path), is_post, "{path}");
        }
        for (folder, is_entered) in [
            ("source", true),
            ("source/_posts/a", true),
            ("source/images", true),
            ("source/_data", false),
            ("themes", false),
        ] {
            assert_eq!(hexo().enters(folder), is_entered, "{folder}");
        }
    }

    #[test]
    fn jekyll_keeps_posts_at_any_depth() {
        for (path, is_post) in [
            ("_posts/2022-01-02-a.md", true),
            ("es/_posts/2022-01-02-a.md", true),
            ("es/_posts/2020-01-02-a.md", false),
            ("_drafts/a.md", true),
            ("about.md", false),
            ("_posts/_2022-01-02-a.md", false),
        ] {
            assert_eq!(jekyll().is_post(path), is_post, "{path}");
        }
        assert!(jekyll().is_well_named("_posts/x/2022-1-2-a.md") && jekyll().is_well_named("_drafts/a.md"));
        assert!(!jekyll().is_well_named("_posts/a.md"));
        for (folder, is_entered) in [
            ("assets", true),
            ("_posts/2022", true),
            ("_site", false),
            ("_layouts", false),
            ("vendor", false),
            (".git", false),
        ] {
            assert_eq!(jekyll().enters(folder), is_entered, "{folder}");
        }
    }

    #[test]
    fn hugo_takes_what_stands_beside_an_index_for_a_part_of_it() {
        let paths = [
            "content/_index.md",
            "content/a.md",
            "content/b/index.md",
            "content/b/index.de.md",
            "content/b/part.md",
            "content/b/c/part.md",
            "content/d/_index.md",
            "content/d/e.md",
            "inhalt/de/f.md",
            "inhalt/g.md",
        ];
        let posts = paths.iter().filter(|path| hugo().is_post(path)).map(|path| (*path).to_owned()).collect();
        assert_eq!(
            hugo().without_resources(posts),
            ["content/a.md", "content/b/index.md", "content/b/index.de.md", "content/d/e.md", "inhalt/de/f.md"]
        );
        assert!(hugo().enters("inhalt") && hugo().enters("static/x") && !hugo().enters("themes"));
    }

    #[test]
    fn a_folder_that_is_no_site_is_searched_but_for_what_is_hidden() {
        let loose = Layout::Loose;
        assert!(loose.is_post("a/b.md") && !loose.is_post("a/_b.md") && !loose.is_post("a/b.txt"));
        assert!(loose.enters("a/_posts") && !loose.enters("a/_data") && !loose.enters("a/node_modules"));
        assert!(is_picture("a/b.PNG") && !is_picture("a/b") && !is_picture("png"));
    }
}
