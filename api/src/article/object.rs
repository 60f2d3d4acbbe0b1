//! `Article` as clients see it.

use super::{
    Columns,
    body::Body,
    loader::{NeighbourOf, RelatedOf, Side, TranslationsOf},
    row::{ArticleRow, read},
};
use crate::{
    Error, Nullable, Result,
    author::{Author, loader::AuthorById},
    category::{Category, CategoryBy, loader::CategoryById},
    graphql::{context::ContextExt, id::Kind, scalars::DateTime},
    image::{
        Figure,
        loader::{FiguresOf, MarkedFiguresOf},
        store::Figures,
    },
    list,
    tag::{Tag, loader::BorneTag},
};
use async_graphql::{Context, Enum, ID, Json, Object};
use std::sync::Arc;

/// The most neighbours of an article that can be asked for.
pub const MAX_RELATED: usize = 100;

/// An article as it was read.
#[derive(Clone)]
pub struct Article(pub Arc<ArticleRow>);

/// Where an article is on its way to the reader.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArticleStatus {
    /// Not ready. Only preview readers see it.
    Draft,
    /// Ready, but `publishedAt` is still to come; it appears at that instant. Only preview readers see it before.
    Scheduled,
    /// Everyone sees it.
    Published,
}

impl ArticleStatus {
    /// Whether preview readers alone see it.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Draft | Self::Scheduled)
    }
}

impl Article {
    async fn neighbour(&self, ctx: &Context<'_>, side: Side, category: Option<CategoryBy>) -> Nullable<Article> {
        let key = NeighbourOf { article: self.0.id, side, category, columns: Columns::selected(ctx) };
        ctx.reader().load(key).await.transpose()
    }

    /// Its cover and its thumbnail.
    async fn marked(&self, ctx: &Context<'_>) -> Result<Arc<Figures>> {
        let reader = ctx.reader();
        reader.kept(&reader.app.shelves.figures.marked, self.0.id, MarkedFiguresOf).await
    }
}

/// Something that the site publishes under a title and a path of its own.
#[Object]
impl Article {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Article.id(self.0.id)
    }

    /// Short name for URLs, unique among articles; letters of any script. Kept as long as the
    /// source names the article the same.
    #[expect(clippy::unused_async, reason = "an interface awaits its fields")]
    pub(crate) async fn slug(&self) -> Result<String> {
        self.0.slug().map(str::to_owned)
    }

    /// Where the site shows it, percent-encoded, e.g. `/2022/08/16/slug/`.
    #[expect(clippy::unused_async, reason = "an interface awaits its fields")]
    pub(crate) async fn path(&self) -> Result<String> {
        self.0.path()
    }

    /// The headline, plain text.
    fn title(&self) -> Result<&str> {
        self.0.title()
    }

    /// What stands below the headline in a list: the excerpt that the source gives, whole; else the first characters of
    /// the text, cut at a word. Plain text.
    fn excerpt(
        &self,
        #[graphql(
            default_with = "Some(160)",
            desc = "The most characters of the text that are shown where the source gives no excerpt; at most 1,000."
        )]
        length: Option<i32>,
    ) -> Result<&str> {
        self.0.excerpt(length)
    }

    /// What it says, in every form. Ask for the forms that you show: only these are read.
    async fn body(&self, ctx: &Context<'_>) -> Result<Body> {
        Body::load(ctx.reader(), &self.0, &ctx.look_ahead()).await
    }

    /// The language as a BCP 47 tag, e.g. `zh-CN`.
    fn locale(&self) -> Result<&str> {
        self.0.locale()
    }

    /// Always `PUBLISHED` for public readers.
    fn status(&self, ctx: &Context<'_>) -> ArticleStatus {
        self.0.status(ctx.reader().audience)
    }

    /// What lists are ordered by. Of a draft the planned date, else its creation.
    fn published_at(&self) -> DateTime {
        DateTime(self.0.published_at)
    }

    /// When it was first written: the author's date, not the server's.
    fn created_at(&self) -> Result<DateTime> {
        self.0.created_at().map(DateTime)
    }

    /// When it was last changed: the author's date, not the server's.
    fn updated_at(&self) -> Result<DateTime> {
        self.0.updated_at().map(DateTime)
    }

    /// Whether the site invites comments below it.
    fn comments_enabled(&self) -> Result<bool> {
        self.0.comments_enabled()
    }

    /// Where it was first published; null where that was here.
    fn source_url(&self) -> Nullable<&str> {
        self.0.source_url().transpose()
    }

    /// The image at its head; null where the source names none. It is one of `figures` where it also stands in the body.
    async fn cover(&self, ctx: &Context<'_>) -> Nullable<Figure> {
        self.marked(ctx).await.map(|marked| marked.cover().map(Figure::of)).transpose()
    }

    /// The image for lists; the cover where the source names none.
    async fn thumbnail(&self, ctx: &Context<'_>) -> Nullable<Figure> {
        self.marked(ctx).await.map(|marked| marked.thumbnail().map(Figure::of)).transpose()
    }

    /// Every image of the body, in reading order.
    async fn figures(&self, ctx: &Context<'_>) -> Result<Vec<Figure>> {
        let reader = ctx.reader();
        let figures = reader.kept(&reader.app.shelves.figures.body, self.0.id, FiguresOf).await?;
        Ok(figures.rows.iter().map(Figure::of).collect())
    }

    /// Who wrote it, in the order given by the source.
    async fn authors(&self, ctx: &Context<'_>) -> Result<Vec<Author>> {
        let reader = ctx.reader();
        reader.named(&reader.app.shelves.authors, self.0.author_ids()?, AuthorById).await
    }

    /// The last category of each chain that the source gives, in its order; walk up with `parent` or `ancestors`.
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let reader = ctx.reader();
        reader.named(&reader.app.shelves.categories, self.0.category_ids()?, CategoryById).await
    }

    /// Its tags, by name.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<Tag>> {
        let reader = ctx.reader();
        reader.named(&reader.app.shelves.tags, self.0.tag_ids()?, BorneTag).await
    }

    /// The published article before it in time, those of one instant by id; null where there is none.
    async fn older(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Within this category and what stands below it, whether the article stands there or not.")]
        in_category: Option<CategoryBy>,
    ) -> Nullable<Article> {
        self.neighbour(ctx, Side::Older, in_category).await
    }

    /// The published article after it in time, those of one instant by id; null where there is none.
    async fn newer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Within this category and what stands below it, whether the article stands there or not.")]
        in_category: Option<CategoryBy>,
    ) -> Nullable<Article> {
        self.neighbour(ctx, Side::Newer, in_category).await
    }

    /// The published articles nearest to it, nearest first: those that share its rarest words, its categories and tags. What tells the
    /// same story comes behind what does not.
    async fn related(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(5)", desc = "How many, 0 to 100.")] first: Option<i32>,
    ) -> Result<Vec<Article>> {
        let first = list::page::size_within("first", first.unwrap_or(5), MAX_RELATED)?;
        let columns = Columns::selected(ctx);
        ctx.reader().load_or_default(RelatedOf { article: self.0.id, first, columns }).await
    }

    /// The published articles that say the same in other languages, by language tag.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<Article>> {
        let columns = Columns::selected(ctx);
        ctx.reader().load_or_default(TranslationsOf { article: self.0.id, columns }).await
    }

    /// Front matter that has no field of its own: a JSON object with the source's keys.
    fn extra(&self) -> Result<Json<serde_json::Value>> {
        let text = read(self.0.extra.as_ref(), "extra")?;
        let value = serde_json::from_str(text)
            .map_err(|source| Error::Corrupt { what: "front matter", source: Arc::new(source) })?;
        Ok(Json(value))
    }

    /// Starts at 1 and counts the changes.
    fn version(&self) -> Result<i32> {
        self.0.version()
    }
}

impl Columns {
    /// What `Figure.article` and the like select directly.
    #[must_use]
    pub fn selected(ctx: &Context<'_>) -> Self {
        Self::of([ctx.look_ahead()])
    }
}
