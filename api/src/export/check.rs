//! What an import of a file would make other than the article is. Pure.

use super::article::Stored;
use crate::{
    article::{AuthorDraft, Picture},
    import::{document::Document, plan::timestamp},
};
use entity::Timestamp;
use std::{collections::HashSet, fmt};

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The headline.
    Title,
    /// The name in URLs.
    Slug,
    /// Where it stands.
    Path,
    /// The language.
    Locale,
    /// Whether it is a draft.
    Draft,
    /// The date of publication.
    Published,
    /// The date of the last change.
    Updated,
    /// Whether comments are invited.
    Comments,
    /// Where it was first published.
    SourceUrl,
    /// The excerpt.
    Excerpt,
    /// Who wrote it.
    Authors,
    /// Where it is sorted in.
    Categories,
    /// Under which words it is found.
    Tags,
    /// The paths that it had.
    EarlierPaths,
    /// What it is a translation of.
    Translations,
    /// The picture at its head.
    Cover,
    /// The size of that picture.
    CoverSize,
    /// The picture in lists.
    Thumbnail,
    /// The size of that picture.
    ThumbnailSize,
    /// The body as it is shown.
    Html,
    /// The body as it was written.
    Markdown,
    /// Front matter without a field.
    Extra,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "the title",
            Self::Slug => "the slug",
            Self::Path => "the path",
            Self::Locale => "the language",
            Self::Draft => "the status",
            Self::Published => "the date",
            Self::Updated => "the date of the last change",
            Self::Comments => "the comments",
            Self::SourceUrl => "the source's URL",
            Self::Excerpt => "the excerpt",
            Self::Authors => "the authors",
            Self::Categories => "the categories",
            Self::Tags => "the tags",
            Self::EarlierPaths => "the earlier paths",
            Self::Translations => "the translations",
            Self::Cover => "the cover",
            Self::CoverSize => "the size of the cover",
            Self::Thumbnail => "the thumbnail",
            Self::ThumbnailSize => "the size of the thumbnail",
            Self::Html => "the body",
            Self::Markdown => "the body's Markdown",
            Self::Extra => "the other front matter",
        })
    }
}

/// How strictly a file is held against its article.
#[derive(Clone, Copy, Debug)]
pub enum Against<'a> {
    /// It is as it came in: what it leaves to the import or to other files is as it was.
    Kept,
    /// It was made at this instant; these authors are told of by files before it.
    Made {
        /// When.
        now: Timestamp,
        /// By name.
        told: &'a HashSet<String>,
    },
}

/// The fields in which a file that says this is not the article.
#[must_use]
pub fn differences(article: &Stored, document: &Document, against: Against) -> Vec<Field> {
    let mut tags = document.tags.clone();
    tags.sort_unstable();
    let is_made = matches!(against, Against::Made { .. });
    let found = [
        (Field::Title, article.title != document.title),
        (Field::Slug, article.slug != document.slug),
        (Field::Path, article.path != document.path),
        (Field::Locale, article.locale != document.locale),
        (Field::Draft, article.is_draft != document.is_draft),
        (Field::Published, article.published_at != timestamp(document.published_at)),
        (Field::Updated, updated(article, document, against) != Some(article.updated_at)),
        (Field::Comments, article.comments_enabled != document.comments_enabled),
        (Field::SourceUrl, article.source_url != document.source_url),
        (Field::Excerpt, article.excerpt != document.excerpt),
        (Field::Authors, !same_authors(&article.authors, &document.authors, against)),
        (Field::Categories, article.categories != document.categories),
        (Field::Tags, article.tags != tags),
        (Field::EarlierPaths, is_made && !untold_paths(article, document).is_empty()),
        (Field::Translations, article.translation_key != document.translation_key),
        (Field::Cover, url(article.cover.as_ref()) != url(document.cover.as_ref())),
        (Field::CoverSize, is_made && !tells_size(article.cover.as_ref(), document)),
        (Field::Thumbnail, url(article.thumbnail.as_ref()) != url(document.thumbnail.as_ref())),
        (Field::ThumbnailSize, is_made && !tells_size(article.thumbnail.as_ref(), document)),
        (Field::Html, article.html != document.body.html),
        (Field::Markdown, article.markdown != document.markdown),
        (Field::Extra, article.extra != document.extra),
    ];
    found.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

/// The date of the last change as an import would store it; None where only the import's own time would tell.
fn updated(article: &Stored, document: &Document, against: Against) -> Option<Timestamp> {
    let created_at = match against {
        Against::Kept => Some(article.created_at),
        Against::Made { now, .. } => (article.published_at <= now).then_some(article.published_at),
    };
    document.updated_at.map(timestamp).or(created_at)
}

/// The same names in the same order; what is told of one is what is known, and what no file before has told is told here.
fn same_authors(stored: &[AuthorDraft], read: &[AuthorDraft], against: Against) -> bool {
    let is_same = |(stored, read): (&AuthorDraft, &AuthorDraft)| {
        let is_known = match against {
            Against::Kept => true,
            Against::Made { told, .. } => told.contains(&stored.name),
        };
        let agrees = |known: Option<&str>, told: Option<&str>| known == told || is_known && told.is_none();
        stored.name == read.name
            && agrees(stored.bio.as_deref(), read.bio.as_deref())
            && agrees(stored.website.as_deref(), read.website.as_deref())
            && agrees(url(stored.avatar.as_ref()), url(read.avatar.as_ref()))
    };
    stored.len() == read.len() && stored.iter().zip(read).all(is_same)
}

/// Whether a file says all that is known of an author.
#[must_use]
pub fn tells_all(stored: &AuthorDraft, read: &AuthorDraft) -> bool {
    stored.bio == read.bio && stored.website == read.website && url(stored.avatar.as_ref()) == url(read.avatar.as_ref())
}

/// The paths that an article had of which a file does not tell. Hugo ends all of them in a slash.
#[must_use]
pub fn untold_paths<'a>(article: &'a Stored, document: &Document) -> Vec<&'a str> {
    let bare = |path: &str| path.trim_end_matches('/').to_owned();
    let told: HashSet<String> = document.earlier_paths.iter().map(|path| bare(path)).collect();
    article.earlier_paths.iter().map(String::as_str).filter(|path| !told.contains(&bare(path))).collect()
}

/// Whether a known size of a picture is told by the file, at its head or in its body.
fn tells_size(picture: Option<&Picture>, document: &Document) -> bool {
    let Some(known) = picture.filter(|known| known.width.is_some() && is_elsewhere(known)) else {
        return true;
    };
    let of_body = document.body.figures.iter().map(|figure| &figure.image);
    let mut told = of_body.chain(&document.cover).chain(&document.thumbnail);
    told.any(|told| told.original_url == known.original_url && told.width.is_some())
}

/// Whether only markup can tell the size of a picture: those of the site itself are measured.
fn is_elsewhere(picture: &Picture) -> bool {
    picture.file.is_none() && picture.original_url.starts_with("http")
}

fn url(picture: Option<&Picture>) -> Option<&str> {
    picture.map(|picture| picture.original_url.as_str())
}
