//! The tags that Hexo brings along.

use super::{
    Answer, Around, Kind, Tag,
    arguments::Arguments,
    html::{attribute, code_block, escape, href, link, link_paragraph, video},
};

pub(super) fn answer(tag: &Tag, around: Around) -> Answer {
    if tag.kind == Kind::Output {
        return Answer::Unknown;
    }
    let arguments = Arguments::words(tag.arguments);
    match tag.name {
        "codeblock" | "code" | "raw" => Answer::Verbatim,
        "blockquote" | "quote" | "pullquote" => Answer::Open,
        "img" | "image" | "asset_img" => image(&arguments).map_or(Answer::Unknown, Answer::Html),
        "asset_path" => arguments.at(0).map_or(Answer::Unknown, |file| Answer::Text(spaceless(file))),
        "asset_link" => asset_link(&arguments).map_or(Answer::Unknown, Answer::Html),
        "link" => external(&arguments).map_or(Answer::Unknown, Answer::Html),
        "post_link" | "post_path" => post(tag, &arguments, around),
        _ => shown_elsewhere(tag.name, &arguments)
            .map_or(Answer::Unknown, |url| Answer::Html(link_paragraph(&url, None))),
    }
}

/// What stands in a tag whose content Markdown does not read.
pub(super) fn verbatim(tag: &Tag, content: &str) -> Answer {
    Answer::Html(if tag.name == "raw" { content.to_owned() } else { code(tag.arguments, content) })
}

/// A quotation, with who said it and where.
pub(super) fn paired(tag: &Tag, content: &str) -> String {
    let source = if tag.name == "pullquote" { String::new() } else { cite(&Arguments::words(tag.arguments)) };
    format!("<blockquote>{}{source}</blockquote>", content.trim())
}

/// `[class names] source [width] [height] [title [alternative text]]`
fn image(arguments: &Arguments) -> Option<String> {
    let is_file = |value: &str| {
        let path = value.split(['?', '#']).next().unwrap_or(value);
        let has_ending = path.rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && (2..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
        });
        value.contains("//") || value.starts_with('/') || has_ending
    };
    let at = arguments.from(0).position(|argument| is_file(&argument.value))?;
    let source = spaceless(arguments.at(at)?);
    let is_measure =
        |value: Option<&str>| value.is_some_and(|value| value.trim_end_matches(['%', 'p', 'x']).parse::<u32>().is_ok());
    let measures = usize::from(is_measure(arguments.at(at + 1)));
    let measures = measures + usize::from(measures == 1 && is_measure(arguments.at(at + 2)));
    let width = arguments.at(at + 1).filter(|_| measures > 0);
    let height = arguments.at(at + 2).filter(|_| measures > 1);
    let (title, alt) = meaning(arguments, at + 1 + measures);
    let attributes = [
        attribute("alt", Some(alt.as_deref().unwrap_or_default())),
        attribute("title", title.as_deref()),
        attribute("width", width),
        attribute("height", height),
    ];
    Some(format!("<img src=\"{}\"{}>", escape(&source), attributes.concat()))
}

/// The title and the alternative text: two quoted texts, maybe in quotes of their own, else all words are the title.
fn meaning(arguments: &Arguments, from: usize) -> (Option<String>, Option<String>) {
    let rest: Vec<_> = arguments.from(from).collect();
    match rest.as_slice() {
        [both] if both.is_quoted && both.value.contains(['"', '\'']) => {
            let inner = Arguments::words(&both.value);
            (inner.at(0).map(str::to_owned), inner.at(1).map(str::to_owned))
        }
        [title, alt] if title.is_quoted && alt.is_quoted => (filled(&title.value), filled(&alt.value)),
        _ => (arguments.joined(from), None),
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// An address that can stand in Markdown.
fn spaceless(file: &str) -> String {
    file.replace(' ', "%20")
}

/// `file [text]`
fn asset_link(arguments: &Arguments) -> Option<String> {
    let file = arguments.at(0)?;
    Some(link(&spaceless(file), arguments.joined(1).as_deref().unwrap_or(file)))
}

/// `text… url [external] [title]`
fn external(arguments: &Arguments) -> Option<String> {
    let is_address =
        |value: &str| value.contains("://") || value.starts_with(['/', '#']) || value.starts_with("mailto:");
    let at = arguments.from(0).position(|argument| is_address(&argument.value))?;
    let url = arguments.at(at)?;
    let text: Vec<&str> = arguments.from(0).take(at).map(|argument| argument.value.as_str()).collect();
    let text = if text.is_empty() { url.to_owned() } else { text.join(" ") };
    Some(link(url, &text))
}

/// `name[#anchor] [text] [true|false]`
fn post(tag: &Tag, arguments: &Arguments, around: Around) -> Answer {
    let Some(name) = arguments.at(0) else { return Answer::Unknown };
    let (name, anchor) = name.split_at(name.find('#').unwrap_or(name.len()));
    let Some(found) = (around.site.posts)(name) else {
        return Answer::Missing(format!("there is no post `{name}`"));
    };
    let address = format!("{}{anchor}", href(around, &found.path));
    if tag.name == "post_path" {
        return Answer::Text(address);
    }
    let words: Vec<&str> = arguments.from(1).map(|argument| argument.value.as_str()).collect();
    let words = match words.as_slice() {
        [text @ .., "true" | "false"] | text => text,
    };
    let text = words.join(" ");
    Answer::Html(link(&address, if text.trim().is_empty() { &found.title } else { &text }))
}

/// The page that shows what a body cannot hold.
fn shown_elsewhere(name: &str, arguments: &Arguments) -> Option<String> {
    let id = arguments.at(0)?;
    match name {
        "gist" => Some(format!("https://gist.github.com/{id}")),
        "jsfiddle" => Some(format!("https://jsfiddle.net/{id}/")),
        "iframe" if id.contains("//") => Some(id.to_owned()),
        name => video(name, id),
    }
}

/// `[title] [lang:language] [url] [link text]`, and settings such as `line_number:false`.
fn code(arguments: &str, content: &str) -> String {
    const SETTINGS: [&str; 7] =
        ["line_number:", "line_threshold:", "highlight:", "first_line:", "mark:", "wrap:", "language_attr:"];
    let arguments = Arguments::words(arguments);
    let mut language = None;
    let mut words = Vec::new();
    for argument in arguments.from(0) {
        match argument.value.strip_prefix("lang:") {
            Some(name) => language = Some(name),
            None if SETTINGS.iter().any(|setting| argument.value.starts_with(setting)) => {}
            None => words.push(argument.value.as_str()),
        }
    }
    let block = code_block(language, content);
    let url = words.iter().position(|word| word.contains("://"));
    let (title, linked) = words.split_at(url.unwrap_or(words.len()));
    let title = title.join(" ");
    let source = linked
        .split_first()
        .map(|(url, text)| link(url, &if text.is_empty() { (*url).to_owned() } else { text.join(" ") }));
    match (title.is_empty(), source) {
        (true, None) => block,
        (_, source) => {
            let said = [escape(&title), source.unwrap_or_default()].join(" ");
            format!("<figure><figcaption>{}</figcaption>{block}</figure>", said.trim())
        }
    }
}

/// `author[, source] [url] [title of the link]`
fn cite(arguments: &Arguments) -> String {
    let words: Vec<&str> = arguments.from(0).map(|argument| argument.value.as_str()).collect();
    let url = words.iter().position(|word| word.starts_with("http://") || word.starts_with("https://"));
    let (said, linked) = words.split_at(url.unwrap_or(words.len()));
    let said = said.join(" ");
    let title = linked.get(1..).unwrap_or_default().join(" ");
    // As in Hexo, what stands before a link with a title is said as it is.
    let parts = said.split_once(',').filter(|_| title.is_empty());
    let (author, work) = parts.map_or((said.as_str(), ""), |(author, work)| (author, work.trim()));
    let shown = [title.as_str(), work].into_iter().find(|text| !text.is_empty());
    let cited = match linked.first() {
        Some(url) => link(url, shown.unwrap_or(url)),
        None => shown.map(escape).unwrap_or_default(),
    };
    let author = author.trim();
    let author = if author.is_empty() { String::new() } else { format!("<strong>{}</strong>", escape(author)) };
    let cited = if cited.is_empty() { cited } else { format!("<cite>{cited}</cite>") };
    let footer = [author, cited].join(" ");
    if footer.trim().is_empty() { String::new() } else { format!("<p>{}</p>", footer.trim()) }
}
