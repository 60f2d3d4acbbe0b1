//! What the name of a post's file tells, and what the post is called.

use crate::{
    import::{post::Keys, text},
    slug::{slugify, slugify_path},
};

/// The names of one post.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) title: String,
    pub(super) slug: String,
    /// What permalinks are made of: the key `slug`, else the name of the file without its date.
    pub(super) raw_slug: String,
    /// The name of the file without its extension.
    pub(super) basename: String,
    /// The path of the file without its extension, without the folders of the dialect.
    pub(super) path: String,
    /// In lower case.
    pub(super) extension: String,
    /// The date in the name, with a year of four digits.
    pub(super) date: Option<String>,
}

impl Names {
    /// What a path tells, below the folder of the collections.
    pub(super) fn of(path: &str) -> Self {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (basename, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_post = !folder.split('/').any(|folder| folder == "_drafts");
        let (date, slug) =
            split(basename).filter(|_| is_post).map_or((None, basename), |(date, slug)| (Some(date), slug));
        let cleaned = path.strip_suffix(extension).and_then(|path| path.strip_suffix('.')).unwrap_or(path);
        Self {
            raw_slug: slug.trim_end_matches('.').to_owned(),
            basename: basename.to_owned(),
            path: cleaned.replacen("_posts", "", 1).trim_end_matches('.').to_owned(),
            extension: extension.to_ascii_lowercase(),
            date,
            ..Self::default()
        }
    }

    /// With what the front matter says.
    pub(super) fn with(self, keys: &mut Keys) -> Self {
        let named = titleized(&self.raw_slug);
        let title = keys.text("title").and_then(|title| text::clean_line(&title));
        let title = title.or_else(|| text::clean_line(&named)).unwrap_or_else(|| "Untitled".to_owned());
        let written = keys.text("slug");
        let of_key = written.as_deref().map(slugify_path).unwrap_or_default();
        let raw_slug = written.unwrap_or(self.raw_slug);
        let slug = [of_key, slugify(&raw_slug), slugify(&title)].into_iter().find(|slug| !slug.is_empty());
        Self { slug: slug.unwrap_or_else(|| "post".to_owned()), title, raw_slug, ..self }
    }
}

/// Whether the name of a file begins with a date, as the names of Jekyll's posts do.
pub(in crate::import) fn is_dated(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(basename, _)| split(basename).is_some())
}

/// A date of digits at the start of a name, and the rest. Years of two digits are read as Ruby reads them.
fn split(basename: &str) -> Option<(String, &str)> {
    let mut parts = basename.splitn(4, '-');
    let (year, month, day, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !(is_number(year, 4) && year.len() >= 2 && is_number(month, 2) && is_number(day, 2)) {
        return None;
    }
    let year = match (year.len(), year.parse::<u32>().ok()?) {
        (2, short @ 0..=68) => short + 2000,
        (2, short) => short + 1900,
        (_, year) => year,
    };
    Some((format!("{year:04}-{month}-{day}"), rest))
}

/// As Jekyll makes a title: words with a capital, the rest of them in lower case.
fn titleized(slug: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|first| first.to_uppercase().collect::<String>());
        format!("{}{}", first.unwrap_or_default(), chars.as_str().to_lowercase())
    };
    slug.split('-').map(word).collect::<Vec<_>>().join(" ")
}
