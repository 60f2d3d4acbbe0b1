//! What a post is called: its title, its slug, and the variables of permalinks that come from them.

use super::{
    Rules,
    file_name::{self, FileName},
};
use crate::{
    import::{
        document::Warning,
        post::{Keys, keys::scalar},
        text,
    },
    slug::{
        hexo::{Case, slugize},
        slugify, slugify_path,
    },
};
use chrono::NaiveDate;

/// The names of one post.
pub(super) struct Names {
    pub(super) title: String,
    pub(super) slug: String,
    /// As Hexo has it: the path under `_posts` without its extension, case and spaces as they are.
    pub(super) raw_slug: String,
    /// The title before it is normalised: Hexo takes it as it is.
    raw_title: Option<String>,
    /// The day that stands in the name of the file.
    pub(super) date: Option<NaiveDate>,
}

impl Names {
    /// Keys that stand in the name of the file go before those of the front matter.
    pub(super) fn of(path: &str, keys: &mut Keys, rules: &Rules) -> Self {
        let FileName { slug: raw_slug, date, keys: named } =
            file_name::read(&rules.file_name, without_extension(under_posts(path)));
        for (key, value) in named {
            keys.rest.insert(key, value.into());
        }
        let written = keys.text("slug");
        let raw_title = keys.rest.get("title").and_then(scalar);
        let title = keys.text("title").and_then(|title| text::clean_line(&title)).unwrap_or_else(|| {
            if !rules.titles_from_names {
                let message = "the post has no title; the name of its file stands there instead".to_owned();
                keys.warnings.push(Warning { line: None, message });
            }
            let named = written.as_deref().unwrap_or(&raw_slug);
            text::clean_line(last_segment(named)).unwrap_or_else(|| "Untitled".to_owned())
        });
        let slug = slugify_path(written.as_deref().unwrap_or(&raw_slug));
        let slug = [slug, slugify(&title)].into_iter().find(|slug| !slug.is_empty());
        Self { slug: slug.unwrap_or_else(|| "post".to_owned()), title, raw_slug, raw_title, date }
    }

    /// A variable of a permalink; None for those that these names do not tell.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        Some(match name {
            "title" | "slug" => self.raw_slug.clone(),
            "name" => last_segment(&self.raw_slug).to_owned(),
            "post_title" => slugize(self.raw_title.as_ref().unwrap_or(&self.title), Case::Lower),
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
