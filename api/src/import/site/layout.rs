//! Where a site keeps its posts and pictures. Pure.

use super::glob;

/// Extensions of posts that every dialect has.
const POSTS: [&str; 8] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "html", "htm"];

/// Extensions of posts that are in no Markdown and no HTML.
const UNREAD: [&str; 7] = ["adoc", "asciidoc", "org", "pandoc", "pdc", "rst", "textile"];

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
    /// Everything in the folders of content. What of it is an article the configuration knows.
    Hugo {
        /// Folders of content.
        content: Vec<String>,
        /// Folders of other files that posts show.
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
    pub(crate) fn is_post(&self, path: &str) -> bool {
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
                is_there && !name.starts_with('.')
            }
        }
    }

    /// Whether a post has a name that its dialect needs: Jekyll's begin with a date.
    pub(in crate::import) fn is_well_named(&self, path: &str) -> bool {
        let is_draft = folders(path).last() == Some("_drafts") || folders(path).all(|folder| folder != "_posts");
        !matches!(self, Self::Jekyll { .. }) || is_draft || crate::import::jekyll::is_dated(path)
    }

    /// Whether a file is a post in a form that is not read.
    pub(in crate::import) fn is_unread(&self, path: &str) -> bool {
        let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
        has_extension(path, &UNREAD) && *self != Self::Loose && self.is_post(&format!("{stem}.md"))
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

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    folder(path).split('/')
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
    fn hugo_keeps_everything_in_folders_of_content() {
        for (path, is_post) in [
            ("content/a.md", true),
            ("content/b/index.de.md", true),
            ("content/d/_index.md", true),
            ("inhalt/de/f.html", true),
            ("inhalt/g.md", false),
            ("static/h.md", false),
            ("README.md", false),
        ] {
            assert_eq!(hugo().is_post(path), is_post, "{path}");
        }
        assert!(hugo().enters("inhalt") && hugo().enters("static/x") && !hugo().enters("themes"));
        assert!(hugo().is_unread("content/a.org") && !hugo().is_unread("a.org") && !hugo().is_unread("content/a.md"));
    }

    #[test]
    fn a_folder_that_is_no_site_is_searched_but_for_what_is_hidden() {
        let loose = Layout::Loose;
        assert!(loose.is_post("a/b.md") && !loose.is_post("a/_b.md") && !loose.is_post("a/b.txt"));
        assert!(loose.enters("a/_posts") && !loose.enters("a/_data") && !loose.enters("a/node_modules"));
        assert!(is_picture("a/b.PNG") && !is_picture("a/b") && !is_picture("png"));
    }
}
