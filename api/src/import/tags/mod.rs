//! Template tags, shortcodes and the shortcodes of WordPress: those that can be rendered are, before Markdown; all others
//! stay as text exactly as they are written, and are told. Pure, in linear time, without recursion.
//!
//! What a tag becomes is kept apart under a mark while Markdown is read, and put back into the HTML: Markdown neither reads
//! it nor ends it at a blank line.

mod arguments;
mod code;
mod expand;
mod hexo;
mod html;
mod hugo;
mod jekyll;
mod restore;
mod scan;
#[cfg(test)]
mod tests;
mod wordpress;

use super::{
    document::{Site, Warning},
    markdown::{self, Flavour},
    normalise::TooDeep,
};
use std::ops::Range;

/// Whose tags they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Hexo: `{% name %}` and `{{ expression }}`, not in code.
    Nunjucks,
    /// Jekyll: the same braces, in code too.
    Liquid,
    /// Hugo: `{{< name >}}` and `{{% name %}}`, in code too.
    Shortcodes,
}

/// What a body is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown of the dialect to which the tags belong.
    Markdown,
    /// HTML, which stays as it is.
    Html,
}

/// A body as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Without the front matter.
    pub text: &'a str,
    /// Of the first line of `text` in its file, from 1.
    pub line: u32,
    /// Whose tags.
    pub syntax: Syntax,
    /// What is written around them.
    pub format: Format,
}

/// What tags may ask for.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The site of the post.
    pub site: &'a Site<'a>,
    /// The text of a key of the post's front matter.
    pub page: &'a dyn Fn(&str) -> Option<String>,
}

/// A body as HTML, not yet normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// Not sanitised.
    pub html: String,
    /// Tags that stay as text, and links that lead nowhere.
    pub warnings: Vec<Warning>,
}

/// A text whose tags are expanded, to be read as Markdown; `restore` completes what comes of it.
#[derive(Debug)]
pub struct Expanded<'a> {
    /// With a mark in the place of each tag that is not plain text.
    pub text: String,
    /// In the order of the text.
    pub warnings: Vec<Warning>,
    /// What every mark begins with; stands nowhere in the text that was written.
    mark: String,
    pieces: Vec<Piece<'a>>,
}

/// What stands for a tag.
#[derive(Debug)]
struct Piece<'a> {
    /// None for a tag that stays as it is written.
    html: Option<String>,
    source: &'a str,
}

/// The tags, then Markdown, then what the tags became: the HTML of a body.
///
/// # Errors
///
/// `TooDeep` for a text with more marks or tags than any author makes.
pub fn to_html(written: Written, around: Around) -> Result<Html, TooDeep> {
    let mut expanded = expand(written, around)?;
    let html = match written.format {
        Format::Markdown => markdown::render(&expanded.text, written.syntax.flavour())?,
        Format::Html => std::mem::take(&mut expanded.text),
    };
    let warnings = std::mem::take(&mut expanded.warnings);
    Ok(Html { html: expanded.restore(&html), warnings })
}

/// Expands the tags of a text.
///
/// # Errors
///
/// `TooDeep` for a text with more marks or tags than any author makes.
pub fn expand<'a>(written: Written<'a>, around: Around<'a>) -> Result<Expanded<'a>, TooDeep> {
    expand::Expander::new(written, around).run()
}

impl Syntax {
    /// The Markdown that goes with the tags.
    #[must_use]
    pub fn flavour(self) -> Flavour {
        match self {
            Self::Nunjucks => Flavour::Hexo,
            Self::Liquid => Flavour::Jekyll,
            Self::Shortcodes => Flavour::Hugo,
        }
    }
}

/// A tag as it stands in the text.
#[derive(Debug, Clone, Copy)]
struct Tag<'a> {
    kind: Kind,
    source: &'a str,
    /// Where in the text.
    at: usize,
    /// For expressions all that they say; without the `/` or `end` of a tag that closes another one.
    name: &'a str,
    is_closer: bool,
    arguments: &'a str,
}

/// By its brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{% name %}`, `{{< name >}}`, `{{% name %}}`.
    Tag,
    /// `{{ expression }}`.
    Output,
    /// `{{</* name */>}}`: to be shown as text.
    Escaped,
    /// `[name]`.
    Bracket,
}

/// What a tag is to become.
#[derive(Debug)]
enum Answer {
    /// Text that is read like what stands around it.
    Text(String),
    /// HTML that is not read any more.
    Html(String),
    /// It waits for what closes it; the content is read like what stands around it.
    Open,
    /// Its content is taken as it is written, up to what closes it.
    Verbatim,
    /// It is not known here.
    Unknown,
    /// It is known, but what it asks for is not there: the reason.
    Missing(String),
}

impl Tag<'_> {
    fn range(&self) -> Range<usize> {
        self.at..self.at + self.source.len()
    }
}
