//! What a post is called: its title, its slug, and the variables of permalinks that come from them.

use crate::{
    import::{document::Warning, post::Keys, text},
    slug::{join_segments, slugify, slugify_cased, slugify_path},
};

/// The names of one post.
pub(super) struct Names {
    pub(super) title: String,
    pub(super) slug: String,
    /// As Hexo has it: the path under `_posts` without its extension, case and spaces as they are.
    pub(super) raw_slug: String,
}

impl Names {
    pub(super) fn of(path: &str, keys: &mut Keys) -> Self {
        let written = keys.text("slug");
        let raw_slug = written.unwrap_or_else(|| without_extension(under_posts(path)).to_owned());
        let title = keys.text("title").and_then(|title| text::clean_line(&title)).unwrap_or_else(|| {
            let message = "the post has no title; the name of its file stands there instead".to_owned();
            keys.warnings.push(Warning { line: None, message });
            text::clean_line(last_segment(&raw_slug)).unwrap_or_else(|| "Untitled".to_owned())
        });
        let slug = [slugify_path(&raw_slug), slugify(&title)].into_iter().find(|slug| !slug.is_empty());
        Self { slug: slug.unwrap_or_else(|| "post".to_owned()), title, raw_slug }
    }

    /// A variable of a permalink; None for those that these names do not tell.
    pub(super) fn variable(&self, name: &str, categories: &[Vec<String>]) -> Option<String> {
        Some(match name {
            "title" => self.raw_slug.clone(),
            "name" => last_segment(&self.raw_slug).to_owned(),
            "post_title" => slugify(&self.title),
            // Of the category that was linked last, as Hexo has it: in the case it is written in.
            "category" => match categories.last() {
                Some(chain) => join_segments(chain.iter().map(|name| slugify_cased(name))),
                None => "uncategorized".to_owned(),
            },
            _ => return None,
        })
    }
}

/// The path under `_posts/` or `_drafts/`; the whole path where there is neither.
fn under_posts(path: &str) -> &str {
    ["_posts/", "_drafts/"]
        .into_iter()
        .find_map(|folder| match path.strip_prefix(folder) {
            Some(rest) => Some(rest),
            None => path.split_once(&format!("/{folder}")).map(|(_, rest)| rest),
        })
        .unwrap_or(path)
}

fn without_extension(path: &str) -> &str {
    let name = path.len() - last_segment(path).len();
    match path.rfind('.') {
        Some(dot) if dot > name => path.get(..dot).unwrap_or(path),
        _ => path,
    }
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
