//! A Hexo post: front matter keys to the fields of a document, as Hexo 8 reads them.

mod keys;
mod names;
mod pictures;
mod taxonomy;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use self::{keys::Keys, names::Names};
use super::{
    date,
    document::{Document, PostFile, Read, Refusal, SiteRules, Warning},
    front_matter::FrontMatter,
    locale, markdown,
    normalise::{TooDeep, left_out, normalise, visible_text},
    permalink::Permalink,
    text::{clean_value, decode},
};

/// Reads one post. Pure: the same bytes and rules give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &SiteRules) -> Result<Read, Refusal> {
    let text = decode(file.bytes)?;
    let front_matter = FrontMatter::parse(&text)?;
    let mut keys = Keys::new(&front_matter);
    let published_at = instant(&mut keys, "date", site)?;
    let updated_at = instant(&mut keys, "updated", site)?;

    let names = Names::of(file.path, &mut keys);
    let categories = taxonomy::categories(&mut keys);
    let permalink = permalink(&mut keys, &names, &categories, site);
    let cover = pictures::cover(&mut keys);

    let html = html_of(file.path, front_matter.body);
    let too_deep = |reason| Refusal::TooDeep { line: front_matter.body_line, reason };
    let cover_url = cover.as_ref().map(|cover| cover.original_url.as_str());
    let body = normalise(&html, cover_url).map_err(too_deep)?;
    let excerpt = excerpt(&mut keys, &html).map_err(too_deep)?;
    let missing = missing(&left_out(&html).map_err(too_deep)?);

    let document = Document {
        path: published_at.map(|date| permalink.at(date)).or_else(|| permalink.dateless()),
        locale: language(&mut keys, &format!("{}\n{}", names.title, body.text), site),
        is_draft: is_draft(&mut keys, file.path),
        comments_enabled: comments_enabled(&mut keys),
        source_url: source_url(&mut keys),
        authors: taxonomy::authors(&mut keys),
        tags: taxonomy::tags(&mut keys),
        thumbnail: pictures::thumbnail(&mut keys),
        title: names.title,
        slug: names.slug,
        markdown: front_matter.body.to_owned(),
        permalink,
        published_at,
        updated_at,
        excerpt,
        categories,
        cover,
        body,
        extra: keys.rest.into_iter().map(|(key, value)| (key, clean_value(value))).collect(),
    };
    let warnings = repairs(&front_matter).chain(keys.warnings).chain(missing).collect();
    Ok(Read { document, warnings })
}

fn repairs(front_matter: &FrontMatter) -> impl Iterator<Item = Warning> {
    front_matter.repaired.iter().map(|line| Warning {
        line: Some(*line),
        message: "the value is only valid YAML in quotes and was read as if it had them".to_owned(),
    })
}

/// One warning for all media that the body cannot hold, such as `2 iframe, 1 video`.
fn missing(media: &[(&str, usize)]) -> Option<Warning> {
    let total: usize = media.iter().map(|(_, count)| count).sum();
    let named: Vec<String> = media.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let were = if total == 1 { "was" } else { "were" };
    let message =
        format!("{} {were} left out: a body holds text and pictures; link to what is shown there", named.join(", "));
    (total > 0).then_some(Warning { line: None, message })
}

/// Hexo falls back to file times; a date that is there and cannot be read refuses the file instead.
fn instant(keys: &mut Keys, key: &'static str, site: &SiteRules) -> Result<Option<DateTime<Utc>>, Refusal> {
    let Some(value) = keys.take_filled(key) else {
        return Ok(None);
    };
    let text = keys::scalar(&value).unwrap_or_else(|| value.to_string());
    if let Some(caution) = date::caution(&text) {
        keys.warn(key, format!("`{text}` {caution}"));
    }
    let line = keys.line_of(key);
    date::parse(&text, site.timezone).map(Some).map_err(|reason| Refusal::Date { line, key, reason })
}

fn permalink(keys: &mut Keys, names: &Names, categories: &[Vec<String>], site: &SiteRules) -> Permalink {
    if let Some(path) = keys.text("permalink") {
        return Permalink::fixed(&path, site.timezone);
    }
    let mut unknown = Vec::new();
    let permalink = Permalink::from_pattern(&site.permalink, site.timezone, |variable| {
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
fn html_of(path: &str, body: &str) -> String {
    let extension = path.rsplit('.').next().unwrap_or_default();
    if extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm") {
        body.to_owned()
    } else {
        markdown::render(body)
    }
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
    let is_called_draft = hides(keys, "draft", true);
    let is_unpublished = hides(keys, "published", false);
    is_called_draft || is_unpublished || names::folders(path).any(|folder| folder == "_drafts")
}

/// Whether a key keeps a post from the public, as it does when it is `hiding`. It fails closed: who wrote a word that
/// nobody can read meant to say something, and a post can be published later but not be taken back.
fn hides(keys: &mut Keys, key: &str, hiding: bool) -> bool {
    match keys.flag(key) {
        None => false,
        Some(Ok(flag)) => flag == hiding,
        Some(Err(value)) => {
            keys.warn(key, format!("`{key}` should be true or false; because of `{value}` the post stays a draft"));
            true
        }
    }
}

fn comments_enabled(keys: &mut Keys) -> bool {
    match keys.flag("comments") {
        None => true,
        Some(Ok(flag)) => flag,
        Some(Err(value)) => {
            keys.warn("comments", format!("`comments` should be true or false; `{value}` was ignored"));
            true
        }
    }
}

fn language(keys: &mut Keys, text: &str, site: &SiteRules) -> String {
    for key in ["lang", "language"] {
        if let Some(written) = keys.text(key) {
            if let Some(tag) = locale::tag(&written) {
                return tag;
            }
            keys.warn(key, format!("`{key}: {written}` is no language tag such as `zh-CN`; the text's letters decide"));
        }
    }
    locale::detect(text, &site.locale)
}

fn source_url(keys: &mut Keys) -> Option<String> {
    ["source", "source_url", "original_url", "canonical_url", "link"]
        .into_iter()
        .find_map(|key| keys.text_if(key, keys::is_web_url))
}
