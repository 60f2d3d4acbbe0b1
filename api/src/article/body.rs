//! `Body` as clients see it.

use super::{
    cover,
    draft::Heading as StoredHeading,
    loader::{BodyColumn, BodyOf},
    pictures,
    row::{ArticleRow, read},
};
use crate::{
    Error, Result,
    graphql::{
        context::{ContextExt, Reader},
        id::Kind,
    },
    image::loader::FiguresOf,
};
use async_graphql::{Context, Enum, ID, Lookahead, Object, SimpleObject};
use std::{borrow::Cow, sync::Arc};

/// What each field is made of.
const FIELDS: [(&str, BodyColumn); 4] = [
    ("html", BodyColumn::Html),
    ("markdown", BodyColumn::Markdown),
    ("text", BodyColumn::Text),
    ("headings", BodyColumn::Headings),
];

/// The forms of a body that were asked for.
pub struct Body {
    article: Arc<ArticleRow>,
    columns: Vec<BodyColumn>,
    values: Vec<String>,
}

impl Body {
    /// Reads what the selection asks for, together with the bodies of the article's siblings; nothing where it asks for
    /// nothing long.
    pub(super) async fn load(reader: &Reader, article: &Arc<ArticleRow>, body: &Lookahead<'_>) -> Result<Self> {
        let asked = |(field, _): &(&str, BodyColumn)| body.field(field).exists();
        let columns: Vec<BodyColumn> = FIELDS.into_iter().filter(asked).map(|(_, column)| column).collect();
        let values = if columns.is_empty() {
            Vec::new()
        } else {
            reader.load_or_default(BodyOf { article: article.id, columns: columns.clone() }).await?
        };
        Ok(Self { article: Arc::clone(article), columns, values })
    }

    fn value(&self, column: BodyColumn, name: &'static str) -> Result<&str> {
        let place = self.columns.iter().position(|read| *read == column);
        read(place.and_then(|place| self.values.get(place)), name).map(String::as_str)
    }
}

/// At which addresses the images of a body stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ImageMode {
    /// Those of the source.
    #[default]
    Original,
    /// This server's copies, where it keeps one.
    Proxied,
}

/// What an article says.
#[Object]
impl Body {
    /// Not the article's; for the caches of clients.
    fn id(&self) -> ID {
        Kind::Body.id(self.article.id)
    }

    /// Sanitised HTML, safe to put into a page as it is. Each image bears `data-figure`, its position among the article's
    /// `figures`; each heading has its anchor as `id`. An image whose source has no absolute address, since the site's is not
    /// known, stands at that of this server's copy in any case, where there is one.
    async fn html(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default_with = "Some(false)",
            desc = "Leaves out the figure that is the article's cover, for pages that show the cover at their head."
        )]
        without_cover: Option<bool>,
        #[graphql(default_with = "Some(ImageMode::Original)", desc = "At which addresses the images stand.")]
        images: Option<ImageMode>,
    ) -> Result<String> {
        let html = self.value(BodyColumn::Html, "html")?;
        let html = if without_cover == Some(true) { cover::without_cover(html) } else { Cow::Borrowed(html) };
        let is_original = images.unwrap_or_default() == ImageMode::Original;
        if is_original && !pictures::has_relative(&html) {
            return Ok(html.into_owned());
        }
        let reader = ctx.reader();
        let figures = reader.kept(&reader.app.shelves.figures.body, self.article.id, FiguresOf).await?;
        let copy = |figure: usize| figures.rows.get(figure)?.image.copy(&reader.app.settings).map(Cow::Owned);
        Ok(pictures::with_addresses(&html, is_original, copy).into_owned())
    }

    /// The body as the source wrote it, front matter excepted: Markdown, in which HTML may stand.
    fn markdown(&self) -> Result<&str> {
        self.value(BodyColumn::Markdown, "markdown")
    }

    /// What a reader sees, without markup: blocks on lines of their own.
    fn text(&self) -> Result<&str> {
        self.value(BodyColumn::Text, "text")
    }

    /// For a table of contents, in reading order.
    fn headings(&self) -> Result<Vec<Heading>> {
        let stored: Vec<StoredHeading> = serde_json::from_str(self.value(BodyColumn::Headings, "headings")?)
            .map_err(|source| Error::Corrupt { what: "headings", source: Arc::new(source) })?;
        Ok(stored.into_iter().map(Heading::from).collect())
    }

    /// Words of the text, a CJK character counting as one; punctuation does not count, captions do.
    fn word_count(&self) -> Result<i32> {
        self.article.word_count()
    }

    /// How long reading takes, at least 1: 500 characters a minute in Chinese, Japanese and Korean, else 212 words.
    fn reading_minutes(&self) -> Result<i32> {
        self.article.reading_minutes()
    }
}

/// A heading of the body.
#[derive(SimpleObject)]
pub struct Heading {
    /// 1 to 6.
    level: i32,
    /// Plain text.
    text: String,
    /// The heading's `id` in the HTML, for links such as `#anchor`.
    anchor: String,
}

impl From<StoredHeading> for Heading {
    fn from(StoredHeading { level, text, anchor }: StoredHeading) -> Self {
        Self { level, text, anchor }
    }
}
