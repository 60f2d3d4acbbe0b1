//! The shortcodes that Hugo brings along.

use super::{
    Answer, Around, Kind, Tag,
    arguments::Arguments,
    html::{attribute, code_block, escape, href, link, link_paragraph, video},
};
use crate::import::{
    hugo::reference::in_language,
    markdown::{self, Flavour},
};

pub(super) fn answer(tag: &Tag, around: Around) -> Answer {
    if tag.kind == Kind::Output {
        return Answer::Unknown;
    }
    let self_closed = tag.arguments.strip_suffix('/');
    let arguments = Arguments::named(self_closed.unwrap_or(tag.arguments));
    match tag.name {
        "highlight" => Answer::Verbatim,
        "details" => Answer::Open,
        "figure" => figure(&arguments).map_or(Answer::Unknown, Answer::Html),
        "ref" | "relref" => post(&arguments, around),
        "param" => parameter(&arguments, around),
        _ => shown_elsewhere(tag.name, &arguments)
            .map_or(Answer::Unknown, |url| Answer::Html(link_paragraph(&url, arguments.get("title")))),
    }
}

pub(super) fn verbatim(tag: &Tag, content: &str) -> Answer {
    let arguments = Arguments::named(tag.arguments);
    Answer::Html(code_block(arguments.at(0).or_else(|| arguments.get("lang")), content))
}

pub(super) fn paired(tag: &Tag, content: &str) -> String {
    let arguments = Arguments::named(tag.arguments);
    let open = if arguments.get("open").is_some_and(|open| open != "false") { " open" } else { "" };
    let summary = arguments.either("summary", 0).or_else(|| arguments.get("title"));
    let summary = summary.map(|summary| format!("<summary>{}</summary>", inline(summary))).unwrap_or_default();
    format!("<details{open}>{summary}{}</details>", content.trim())
}

fn figure(arguments: &Arguments) -> Option<String> {
    let source = arguments.either("src", 0)?;
    let attributes = [
        attribute("alt", Some(arguments.get("alt").unwrap_or_default())),
        attribute("width", arguments.get("width")),
        attribute("height", arguments.get("height")),
    ];
    let image = format!("<img src=\"{}\"{}>", escape(source), attributes.concat());
    let image = match arguments.get("link") {
        Some(address) => format!("<a href=\"{}\">{image}</a>", escape(address)),
        None => image,
    };
    let title = arguments.get("title").map(|title| format!("<strong>{}</strong>", inline(title)));
    let caption = arguments.get("caption").map(inline);
    let credit = arguments.get("attr").map(|credit| {
        let credit = match arguments.get("attrlink") {
            Some(address) => link(address, credit),
            None => inline(credit),
        };
        format!("<span class=\"credit\">{credit}</span>")
    });
    let said: Vec<String> = [title, caption, credit].into_iter().flatten().collect();
    let caption = if said.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", said.join(" ")) };
    Some(format!("<figure>{image}{caption}</figure>"))
}

/// Markdown of one paragraph, without the paragraph.
fn inline(text: &str) -> String {
    let Ok(html) = markdown::render(text, Flavour::Hugo) else { return escape(text) };
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html).to_owned()
}

/// The address of another page, or of a heading of this one.
fn post(arguments: &Arguments, around: Around) -> Answer {
    let Some(name) = arguments.either("path", 0) else { return Answer::Unknown };
    let (name, anchor) = name.split_at(name.find('#').unwrap_or(name.len()));
    if name.is_empty() {
        return Answer::Text(anchor.to_owned());
    }
    let language = arguments.get("lang").filter(|language| !language.is_empty());
    let asked = language.map_or_else(|| name.to_owned(), |language| in_language(language, name));
    match ((around.site.posts)(&asked), language) {
        (Some(found), _) => Answer::Text(format!("{}{anchor}", href(around, &found.path))),
        (None, Some(language)) => Answer::Missing(format!("there is no post `{name}` in the language `{language}`")),
        (None, None) => Answer::Missing(format!("there is no post `{name}`")),
    }
}

fn parameter(arguments: &Arguments, around: Around) -> Answer {
    let Some(name) = arguments.at(0) else { return Answer::Unknown };
    match (around.page)(name) {
        Some(text) => Answer::Text(text),
        None => Answer::Missing(format!("the front matter has no `{name}`")),
    }
}

/// The page that shows what a body cannot hold.
fn shown_elsewhere(name: &str, arguments: &Arguments) -> Option<String> {
    let first = || arguments.either("id", 0);
    match name {
        "gist" => {
            let (user, id) = (arguments.either("user", 0)?, arguments.either("id", 1)?);
            Some(format!("https://gist.github.com/{user}/{id}"))
        }
        "tweet" | "x" | "twitter" => {
            match (arguments.get("user"), arguments.get("id"), arguments.at(0), arguments.at(1)) {
                (Some(user), Some(id), ..) | (_, _, Some(user), Some(id)) => {
                    Some(format!("https://x.com/{user}/status/{id}"))
                }
                _ => Some(format!("https://x.com/i/status/{}", first()?)),
            }
        }
        "instagram" => Some(format!("https://www.instagram.com/p/{}/", first()?)),
        name => video(name, first()?),
    }
}
