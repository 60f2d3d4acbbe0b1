//! The tags of Jekyll, and the expressions of Liquid whose values are known.

use super::{
    Answer, Around, Kind, Tag,
    html::{code_block, href},
};
use url::Position;

pub(super) fn answer(tag: &Tag, around: Around) -> Answer {
    if tag.kind == Kind::Output {
        return value(tag.name, around).map_or(Answer::Unknown, Answer::Text);
    }
    match tag.name {
        "highlight" | "raw" | "comment" => Answer::Verbatim,
        "post_url" | "link" => address(tag, around),
        _ => Answer::Unknown,
    }
}

pub(super) fn verbatim(tag: &Tag, content: &str) -> Answer {
    match tag.name {
        "raw" => Answer::Text(content.to_owned()),
        "highlight" => Answer::Html(code_block(tag.arguments.split_whitespace().next(), content)),
        // A comment is for whoever reads the source.
        _ => Answer::Text(String::new()),
    }
}

/// The address of a post, of a page or of a file of the site.
fn address(tag: &Tag, around: Around) -> Answer {
    let name = tag.arguments.trim().trim_matches(['"', '\'']);
    if name.is_empty() || name.contains("{{") {
        return Answer::Unknown;
    }
    if let Some(post) = (around.site.posts)(name) {
        return Answer::Text(href(around, &post.path));
    }
    let file = name.trim_start_matches('/');
    if tag.name == "link" && around.site.pictures.contains(file) {
        return Answer::Text(href(around, &format!("/{file}")));
    }
    Answer::Missing(format!("there is no post `{name}`"))
}

/// What an expression says, with its filters applied; None where a part of it is not known here.
fn value(expression: &str, around: Around) -> Option<String> {
    let mut parts = split_outside_quotes(expression, '|').into_iter();
    let mut said = term(parts.next()?.trim(), around)?;
    for filter in parts {
        let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
        let argument = || term(argument.trim(), around);
        said = match name.trim() {
            "relative_url" => format!("{}{}", base(around), with_slash(&said)),
            "absolute_url" => format!("{}{}{}", origin(around), base(around), with_slash(&said)),
            "prepend" => argument()? + &said,
            "append" => said + &argument()?,
            "downcase" => said.to_lowercase(),
            "upcase" => said.to_uppercase(),
            "strip" => said.trim().to_owned(),
            "escape" | "xml_escape" => super::html::escape(&said),
            _ => return None,
        };
    }
    Some(said)
}

fn term(text: &str, around: Around) -> Option<String> {
    let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    match (quoted, text) {
        (Some(quoted), _) => Some(quoted.to_owned()),
        (None, "site.url") => Some(origin(around)),
        (None, "site.baseurl") => Some(base(around)),
        (None, text) => (around.page)(text.strip_prefix("page.")?),
    }
}

fn origin(around: Around) -> String {
    around.site.rules.url.as_ref().map(|url| url[..Position::BeforePath].to_owned()).unwrap_or_default()
}

/// The folder in which the site stands, without a last slash.
fn base(around: Around) -> String {
    around.site.rules.url.as_ref().map(|url| url.path().trim_end_matches('/').to_owned()).unwrap_or_default()
}

fn with_slash(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut quote = None;
    text.split(|c: char| {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && c == separator
    })
    .collect()
}
