//! A Hexo post: front matter keys to the fields of a document, as Hexo 8 reads them.

mod names;
mod taxonomy;
#[cfg(test)]
mod tests;

use self::names::Names;
use super::{
    document::{Document, PostFile, Read, Refusal, Site, SiteRules, Warning},
    front_matter::FrontMatter,
    normalise::{TooDeep, left_out, normalise, visible_text},
    permalink::Permalink,
    place::Shelf,
    post::{self, Keys, pictures},
    tags::{self, Around, Format, Syntax, Written},
    text::{clean_value, decode},
};

/// What only Hexo's configuration tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The pattern of permalinks.
    pub permalink: String,
    /// Whether each post has a folder of its own for its pictures.
    pub has_asset_folders: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { permalink: ":year/:month/:day/:title/".to_owned(), has_asset_folders: false }
    }
}

/// Reads one post. Pure: the same bytes and the same site give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &Site, rules: &Rules) -> Result<Read, Refusal> {
    let text = decode(file.bytes)?;
    let front_matter = FrontMatter::parse(&text)?;
    let zone = site.rules.timezone;
    let mut keys = Keys::new(&front_matter);
    let published_at = post::instant(&mut keys, "date", zone)?;
    let updated_at = post::instant(&mut keys, "updated", zone)?;
    let is_draft = is_draft(&mut keys, file.path);
    let published_at = published_at.unwrap_or_else(|| post::undated(&mut keys, file, is_draft));

    let names = Names::of(file.path, &mut keys);
    let categories = taxonomy::categories(&mut keys);
    let path = permalink(&mut keys, &names, &categories, site.rules, rules).at(published_at);
    let place = site.place(&path, shelves(file.path, rules));
    let cover = pictures::cover(&mut keys, &place);

    let too_deep = |reason| Refusal::TooDeep { line: front_matter.body_line, reason };
    let written = Written {
        text: front_matter.body,
        line: front_matter.body_line,
        syntax: Syntax::Nunjucks,
        format: format(file.path),
    };
    let tags::Html { html, warnings: of_tags } =
        tags::to_html(written, Around { site, page: &|key| keys.peek(key) }).map_err(too_deep)?;
    let cover_url = cover.as_ref().map(|cover| cover.original_url.as_str());
    let body = normalise(&html, &place, cover_url).map_err(too_deep)?;
    let excerpt = excerpt(&mut keys, &html).map_err(too_deep)?;
    let missing = post::missing(&left_out(&html).map_err(too_deep)?);

    let document = Document {
        locale: post::language(&mut keys, &format!("{}\n{}", names.title, body.text), &site.rules.locale),
        comments_enabled: post::comments_enabled(&mut keys),
        source_url: post::source_url(&mut keys),
        authors: post::authors(&mut keys, &place),
        tags: taxonomy::tags(&mut keys),
        thumbnail: pictures::thumbnail(&mut keys, &place),
        title: names.title,
        slug: names.slug,
        markdown: front_matter.body.to_owned(),
        earlier_paths: Vec::new(),
        translation_key: None,
        expires_at: None,
        path,
        is_draft,
        published_at,
        updated_at,
        excerpt,
        categories,
        cover,
        body,
        extra: keys.rest.into_iter().map(|(key, value)| (key, clean_value(value))).collect(),
    };
    let warnings = post::repairs(&front_matter).chain(keys.warnings).chain(of_tags).chain(missing).collect();
    Ok(Read { document, warnings })
}

/// Where the pictures of a post lie: in its own folder, whose files Hexo shows beside the page, else beside its file.
fn shelves(path: &str, rules: &Rules) -> Vec<Shelf> {
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    vec![
        Shelf { folder: stem.to_owned(), is_published: rules.has_asset_folders },
        Shelf { folder: folder.to_owned(), is_published: false },
    ]
}

fn permalink(keys: &mut Keys, names: &Names, categories: &[Vec<String>], site: &SiteRules, rules: &Rules) -> Permalink {
    if let Some(path) = keys.text("permalink") {
        return Permalink::fixed(&path, site.timezone);
    }
    let mut unknown = Vec::new();
    let permalink = Permalink::from_pattern(&rules.permalink, site.timezone, |variable| {
        let value = names.variable(variable, categories).or_else(|| keys.peek(variable));
        Some(value.unwrap_or_else(|| {
            unknown.push(format!(
                "the permalink's `:{variable}` is not known for this post; its slug stands there instead"
            ));
            names.raw_slug.clone()
        }))
    });
    keys.warnings.extend(unknown.into_iter().map(|message| Warning { line: None, message }));
    permalink
}

/// `.html` files are posts too.
fn format(path: &str) -> Format {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_html = extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm");
    if is_html { Format::Html } else { Format::Markdown }
}

/// What the key says, else the text before the "more" marker.
fn excerpt(keys: &mut Keys, html: &str) -> Result<Option<String>, TooDeep> {
    let written = keys.text("excerpt").and_then(|excerpt| keys.visible("excerpt", &excerpt));
    if written.is_some() {
        return Ok(written);
    }
    let text = before_more(html).map(visible_text).transpose()?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// What stands before `<!-- more -->`, spaces optional and in any case: Hexo's `/<!-- ?more ?-->/i`, on rendered HTML.
fn before_more(html: &str) -> Option<&str> {
    html.match_indices("<!--").find_map(|(at, opener)| {
        let rest = html.get(at + opener.len()..)?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let (word, rest) = rest.split_at_checked(4)?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let is_marker = word.eq_ignore_ascii_case("more") && rest.starts_with("-->");
        is_marker.then(|| html.get(..at))?
    })
}

fn is_draft(keys: &mut Keys, path: &str) -> bool {
    let is_called_draft = post::hides(keys, "draft", true);
    let is_unpublished = post::hides(keys, "published", false);
    is_called_draft || is_unpublished || post::folders(path).any(|folder| folder == "_drafts")
}
