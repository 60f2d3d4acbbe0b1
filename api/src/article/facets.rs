//! `ArticleFacets` as clients see it: what the articles of a list have in common.

use super::{
    ArticleWhere,
    found::{self, Asked},
    loader::FacetOf,
    scope::Source,
    sql::Whose,
    store,
};
use crate::{
    Result,
    author::{Author, AuthorRow},
    category::{Category, CategoryRow},
    graphql::context::{ContextExt, Reader},
    tag::{Tag, TagRow},
};
use async_graphql::{Context, Object, SimpleObject};
use chrono_tz::Tz;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// How many groups where nothing is said.
const DEFAULT_FIRST: i32 = 50;

/// Which facet, and how many groups of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetKind {
    /// With what stands below them.
    Categories(usize),
    /// Who wrote them.
    Authors(usize),
    /// What they bear.
    Tags(usize),
    /// Their languages.
    Locales,
    /// The years and months of their publication.
    Years,
}

/// What was counted: one of these.
#[derive(Clone, Debug, Default)]
pub struct Facet {
    pub(super) categories: Vec<(Arc<CategoryRow>, i64)>,
    pub(super) authors: Vec<(Arc<AuthorRow>, i64)>,
    pub(super) tags: Vec<(Arc<TagRow>, i64)>,
    pub(super) locales: Vec<(String, i64)>,
    pub(super) months: BTreeMap<(i32, u32), i64>,
}

/// The facets of one list.
pub struct ArticleFacets {
    /// Which list.
    pub source: Source,
    /// Its filter.
    pub filter: Arc<ArticleWhere>,
    /// The zone of the days that the filter asks for.
    pub zone: Tz,
    /// A search that it stands under.
    pub asked: Option<Asked>,
}

impl ArticleFacets {
    async fn load(&self, reader: &Reader, kind: FacetKind, zone: Tz) -> Result<Facet> {
        let filter = Arc::new(without(&self.filter, kind));
        let asked = self.asked.as_ref().map(|asked| Asked { filter: Arc::clone(&filter), ..asked.clone() });
        match self.source {
            Source::Of(scope) => reader.load_or_default(FacetOf { scope, kind, filter, zone, asked }).await,
            Source::Site => {
                let terms = reader.terms(zone);
                if let Some(asked) = asked {
                    let found =
                        reader.searches.found(&reader.db, &reader.app, &reader.terms(asked.zone), &asked).await?;
                    let lists = HashMap::from([(0, Arc::clone(&found.hits))]);
                    let of = found::Facets { db: &reader.db, app: &reader.app, audience: reader.audience, zone };
                    return Ok(of.read(&found.matches, kind, lists).await?.remove(&0).unwrap_or_default());
                }
                let mut facets = store::facet(&reader.db, &terms, Whose::Site, kind, &filter).await?;
                Ok(facets.remove(&0).unwrap_or_default())
            }
        }
    }
}

/// The filter but for its own part at the top: choosing one value leaves the others to be chosen.
fn without(filter: &ArticleWhere, kind: FacetKind) -> ArticleWhere {
    let mut filter = filter.clone();
    match kind {
        FacetKind::Categories(_) => (filter.in_category, filter.categories) = (None, None),
        FacetKind::Authors(_) => filter.authors = None,
        FacetKind::Tags(_) => filter.tags = None,
        FacetKind::Locales => filter.locale = None,
        FacetKind::Years => filter.published_at = None,
    }
    filter
}

/// What the articles of the whole list have in common, whatever part of it this page shows. A facet is counted under the whole
/// filter except its own part at the top of `where` (of `categories` those are `inCategory` and `categories`; of `years`
/// `publishedAt`), so that what was not chosen can be. The owner of a nested list always counts.
#[Object]
impl ArticleFacets {
    /// Each with those below it; the most articles first, then by name.
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)", desc = "How many, 0 to 1,000.")] first: Option<i32>,
    ) -> Result<Vec<CategoryFacet>> {
        let kind = FacetKind::Categories(size(ctx.reader(), first)?);
        let facet = self.load(ctx.reader(), kind, self.zone).await?.categories;
        facet
            .into_iter()
            .map(|(row, articles)| Ok(CategoryFacet { node: Category(row), count: count(articles) }))
            .collect()
    }

    /// The most articles first, then by name.
    async fn authors(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)", desc = "How many, 0 to 1,000.")] first: Option<i32>,
    ) -> Result<Vec<AuthorFacet>> {
        let kind = FacetKind::Authors(size(ctx.reader(), first)?);
        let facet = self.load(ctx.reader(), kind, self.zone).await?.authors;
        facet.into_iter().map(|(row, articles)| Ok(AuthorFacet { node: Author(row), count: count(articles) })).collect()
    }

    /// The most articles first, then by name.
    async fn tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)", desc = "How many, 0 to 1,000.")] first: Option<i32>,
    ) -> Result<Vec<TagFacet>> {
        let kind = FacetKind::Tags(size(ctx.reader(), first)?);
        let facet = self.load(ctx.reader(), kind, self.zone).await?.tags;
        facet.into_iter().map(|(row, articles)| Ok(TagFacet { node: Tag(row), count: count(articles) })).collect()
    }

    /// The languages; the most articles first, then by tag.
    async fn locales(&self, ctx: &Context<'_>) -> Result<Vec<LocaleFacet>> {
        let facet = self.load(ctx.reader(), FacetKind::Locales, self.zone).await?.locales;
        Ok(facet.into_iter().map(|(locale, articles)| LocaleFacet { locale, count: count(articles) }).collect())
    }

    /// The years of publication in the site's time zone, newest first.
    async fn years(&self, ctx: &Context<'_>) -> Result<Vec<YearFacet>> {
        let zone = ctx.reader().app.zone(&ctx.reader().db).await?;
        let facet = self.load(ctx.reader(), FacetKind::Years, zone).await?;
        let mut years: Vec<YearFacet> = Vec::new();
        for ((year, month), articles) in facet.months.into_iter().rev() {
            let month = MonthFacet { month: i32::try_from(month).unwrap_or_default(), count: count(articles) };
            match years.last_mut().filter(|last| last.year == year) {
                Some(last) => {
                    last.count = last.count.saturating_add(month.count);
                    last.months.push(month);
                }
                None => years.push(YearFacet { year, count: month.count, months: vec![month] }),
            }
        }
        Ok(years)
    }
}

fn size(reader: &Reader, first: Option<i32>) -> Result<usize> {
    crate::list::page::size("first", first.unwrap_or(DEFAULT_FIRST), reader.app.limits())
}

fn count(articles: i64) -> i32 {
    i32::try_from(articles).unwrap_or(i32::MAX)
}

/// A category, and how many articles of the list are in it or below it.
#[derive(SimpleObject)]
pub struct CategoryFacet {
    /// The category.
    node: Category,
    /// How many articles, each once.
    count: i32,
}

/// An author, and how many articles of the list are theirs.
#[derive(SimpleObject)]
pub struct AuthorFacet {
    /// The author.
    node: Author,
    /// How many articles.
    count: i32,
}

/// A tag, and how many articles of the list bear it.
#[derive(SimpleObject)]
pub struct TagFacet {
    /// The tag.
    node: Tag,
    /// How many articles.
    count: i32,
}

/// A language, and how many articles of the list are in it.
#[derive(SimpleObject)]
pub struct LocaleFacet {
    /// A BCP 47 tag, as articles bear it.
    locale: String,
    /// How many articles.
    count: i32,
}

/// A year, and how many articles of the list were published in it.
#[derive(SimpleObject)]
pub struct YearFacet {
    /// In the site's time zone.
    year: i32,
    /// How many articles.
    count: i32,
    /// Its months with articles, newest first.
    months: Vec<MonthFacet>,
}

/// A month of a year, and how many articles of the list were published in it.
#[derive(SimpleObject)]
pub struct MonthFacet {
    /// 1 to 12.
    month: i32,
    /// How many articles.
    count: i32,
}
