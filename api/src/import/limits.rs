//! What is too long to be found again. Pure.

use super::document::Document;
use crate::category;

/// Bytes of anything that is looked up: an entry of a PostgreSQL index holds 2,704.
const MAX_KEY_BYTES: usize = 2_000;

/// Levels of a category tree.
const MAX_DEPTH: usize = 32;

/// Why a post can not be stored, in its author's words.
///
/// # Errors
/// When a name, a path or the URL of a picture is too long, or a chain of categories too deep.
pub fn check(document: &Document, file: &str) -> Result<(), String> {
    if let Some(chain) = document.categories.iter().find(|chain| chain.len() > MAX_DEPTH) {
        return Err(format!("`categories`: a chain of {} names; the tree has at most {MAX_DEPTH} levels", chain.len()));
    }
    match keys(document, file).find(|(_, key)| key.len() > MAX_KEY_BYTES) {
        None => Ok(()),
        Some((what, key)) => {
            let start: String = key.chars().take(40).collect();
            Err(format!("{what} `{start}…` has {} bytes; at most {MAX_KEY_BYTES} can be looked up", key.len()))
        }
    }
}

fn keys<'a>(document: &'a Document, file: &'a str) -> impl Iterator<Item = (&'static str, std::borrow::Cow<'a, str>)> {
    let single = [("the file's path", file), ("the permalink", document.path.as_str()), ("the slug", &document.slug)];
    let pictures = document.body.figures.iter().map(|figure| &figure.image);
    let pictures = pictures.chain(&document.cover).chain(&document.thumbnail).map(|picture| &picture.original_url);
    let pictures = pictures.chain(
        document.authors.iter().filter_map(|author| author.avatar.as_ref()).map(|picture| &picture.original_url),
    );
    let names = document.authors.iter().map(|author| ("`author`", author.name.as_str()));
    let chains = document.categories.iter().map(|chain| ("`categories`", category::lineage(chain).into()));
    single
        .into_iter()
        .chain([("the language", document.locale.as_str())])
        .chain(document.source_url.iter().map(|url| ("the source's URL", url.as_str())))
        .chain(document.earlier_paths.iter().map(|path| ("the earlier path", path.as_str())))
        .chain(document.translation_key.iter().map(|key| ("the translation key", key.as_str())))
        .chain(names)
        .chain(document.tags.iter().map(|tag| ("`tags`", tag.as_str())))
        .chain(pictures.map(|url| ("the picture", url.as_str())))
        .map(|(what, key)| (what, key.into()))
        .chain(chains)
}
