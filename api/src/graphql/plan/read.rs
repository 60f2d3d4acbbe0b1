//! What a plan reads: by the functions that the resolvers and their batches use, in as many statements, and in one less where a body is
//! read with its article.

use super::{At, List, OfArticle, OfBody, OfCategory, OfConnection, Set, fields::Teller};
use crate::{
    Error, Result,
    app::App,
    article::{
        ArticleOrderField, ArticleWhere, BodyColumn, Columns, pictures, row::ArticleRow, scope::Link, store as articles,
    },
    audience::Audience,
    author::store::{self as authors, AuthorRow},
    category::{
        CategoryOrderField, CategoryWhere,
        store::{self as categories, CategoryRow},
    },
    db::Db,
    graphql::{context, document::Arguments},
    image::store::{self as images, Figures, Which},
    list::{
        Arguments as ListArguments, ListQuery, Terms,
        cursor::Fingerprint,
        filter::Where,
        order::{OrderBy, OrderField},
        page::{PageArguments, Slice},
    },
    tag::store::{self as tags, TagRow},
};
use async_graphql::InputType;
use chrono_tz::Tz;
use entity::body;
use std::{
    collections::{BTreeSet, HashMap},
    slice,
    sync::Arc,
};

/// One operation that is being answered.
pub struct Reading<'a> {
    db: &'a Db,
    arguments: &'a Arguments,
    /// How rows are told.
    pub teller: Teller<'a>,
}

/// A page of a list, and what is told of the whole list.
pub struct Page<T> {
    /// Tells the cursors of the list.
    pub fingerprint: Fingerprint,
    /// Its rows.
    pub slice: Slice<Arc<T>>,
    /// How many rows the list has, where that is asked.
    pub total: i64,
}

/// What articles are told with, by the ids of the articles or of what they name.
#[derive(Default)]
pub struct WithArticles {
    pub marked: HashMap<i64, Arc<Figures>>,
    pub figures: HashMap<i64, Arc<Figures>>,
    pub bodies: HashMap<i64, Vec<String>>,
    pub body_columns: Vec<BodyColumn>,
    pub authors: HashMap<i64, Arc<AuthorRow>>,
    pub categories: HashMap<i64, Arc<CategoryRow>>,
    pub with_categories: WithCategories,
    pub tags: HashMap<i64, Arc<TagRow>>,
}

/// What categories are told with.
#[derive(Default)]
pub struct WithCategories {
    pub ancestors: HashMap<i64, Vec<Arc<CategoryRow>>>,
    pub counts: HashMap<(Link, i64), i64>,
    /// Of a single category, in the order of its plan.
    pub lists: Vec<(Page<ArticleRow>, WithArticles)>,
}

impl<'a> Reading<'a> {
    /// For one request.
    pub const fn new(app: &'a App, db: &'a Db, audience: Audience, arguments: &'a Arguments) -> Self {
        Self { db, arguments, teller: Teller { app, audience } }
    }

    /// An argument, where it is given.
    pub fn argument<T: InputType>(&self, at: At, name: &str) -> Result<Option<T>> {
        let given = self.arguments.of(at).iter().find(|(given, _)| given == name);
        // Whatever is wrong with it, the engine says it.
        let parse =
            |value: &async_graphql::Value| T::parse(Some(value.clone())).map_err(|_| Error::ColumnNotRead("argument"));
        given.map(|(_, value)| parse(value)).transpose()
    }

    /// The article that is asked for, and what it is told with.
    pub async fn article(
        &self,
        at: At,
        columns: Columns,
        set: &Set<OfArticle>,
    ) -> Result<Option<(Arc<ArticleRow>, WithArticles)>> {
        let by = self.argument(at, "by")?.ok_or(Error::ColumnNotRead("argument"))?;
        let body = body_columns(&[set]);
        let of_body: Vec<body::Column> = body.iter().copied().map(Into::into).collect();
        let found = articles::find_with_body(self.db, self.teller.audience, &by, columns, &of_body).await?;
        let Some((row, texts)) = found else { return Ok(None) };
        let bodies = HashMap::from([(row.id, texts)]);
        let with = self.with_articles(slice::from_ref(&row).iter(), &[set], Some(bodies)).await?;
        Ok(Some((row, with)))
    }

    /// The category that is asked for.
    pub async fn category(&self, at: At) -> Result<Option<Arc<CategoryRow>>> {
        let by = self.argument(at, "by")?.ok_or(Error::ColumnNotRead("argument"))?;
        categories::find(self.db, &self.teller.app.shelves.categories, &by).await
    }

    /// The author that is asked for.
    pub async fn author(&self, at: At) -> Result<Option<Arc<AuthorRow>>> {
        let by = self.argument(at, "by")?.ok_or(Error::ColumnNotRead("argument"))?;
        authors::find(self.db, &self.teller.app.shelves.authors, &by).await
    }

    /// A page of articles: of the site, or of a category.
    pub async fn articles(&self, of: Option<(Link, i64)>, list: &List<OfArticle>) -> Result<Page<ArticleRow>> {
        let asked: ListQuery<ArticleWhere, ArticleOrderField> = self.asked("articles", list).await?;
        let (db, terms) = (self.db, self.terms(asked.zone));
        let slice = match of {
            _ if !asked.wants.rows => Slice::default(),
            None => articles::list(db, &terms, &asked, list.columns).await?,
            Some((link, id)) => {
                let mut slices = articles::list_of(db, &terms, link, &[id], &asked, list.columns).await?;
                slices.remove(&id).unwrap_or_default()
            }
        };
        let total = match of {
            _ if !list.counts() => 0,
            None => articles::count(db, &terms, &asked.filter).await?,
            Some((link, id)) => {
                let counts =
                    articles::count_of(db, &self.teller.app.shelves.counts, &terms, link, &[id], &asked.filter).await?;
                counts.get(&id).copied().unwrap_or_default()
            }
        };
        Ok(Page { fingerprint: asked.fingerprint, slice, total })
    }

    /// A page of the site's categories.
    pub async fn categories(&self, list: &List<OfCategory>) -> Result<Page<CategoryRow>> {
        let asked: ListQuery<CategoryWhere, CategoryOrderField> = self.asked("categories", list).await?;
        let (db, terms) = (self.db, self.terms(asked.zone));
        let slice = if asked.wants.rows { categories::list(db, &terms, &asked).await? } else { Slice::default() };
        let total = if list.counts() { categories::count(db, &terms, &asked.filter).await? } else { 0 };
        Ok(Page { fingerprint: asked.fingerprint, slice, total })
    }

    async fn asked<P, W, F>(&self, name: &str, list: &List<P>) -> Result<ListQuery<W, F>>
    where
        W: Where + InputType + Default + PartialEq,
        F: OrderField,
        OrderBy<F>: InputType,
    {
        let limits = self.teller.app.limits();
        let page = PageArguments {
            first: self.argument(list.at, "first")?.flatten(),
            after: self.argument(list.at, "after")?.flatten(),
            last: self.argument(list.at, "last")?.flatten(),
            before: self.argument(list.at, "before")?.flatten(),
            offset: self.argument(list.at, "offset")?.flatten(),
        };
        let filter: Option<W> = self.argument(list.at, "where")?.flatten();
        let order_by = self.argument(list.at, "orderBy")?.flatten();
        let arguments = ListArguments { filter, order_by, page, search: None };
        let needs_zone = arguments.check(limits, self.teller.audience)?;
        let zone = if needs_zone { self.teller.app.zone(self.db).await? } else { Tz::UTC };
        ListQuery::new(name, arguments, list.wants, zone, limits)
    }

    /// What these articles are told with; the texts of their bodies may have been read with them.
    pub async fn with_articles<'r>(
        &self,
        rows: impl Iterator<Item = &'r Arc<ArticleRow>> + Clone + Send,
        sets: &[&Set<OfArticle>],
        bodies: Option<HashMap<i64, Vec<String>>>,
    ) -> Result<WithArticles> {
        let mut with = WithArticles::default();
        let ids: Vec<i64> = rows.clone().map(|row| row.id).collect();
        if ids.is_empty() {
            return Ok(with);
        }
        let (db, shelves) = (self.db, &self.teller.app.shelves);
        let parts: Vec<&OfArticle> = sets.iter().flat_map(|set| &set.0).map(|(_, part)| part).collect();
        let asks = |what: fn(&OfArticle) -> bool| parts.iter().any(|part| what(part));
        if asks(|part| matches!(part, OfArticle::Cover(_) | OfArticle::Thumbnail(_))) {
            with.marked = images::of_articles(db, &shelves.figures, &ids, Which::Marked).await?;
        }
        if asks(|part| matches!(part, OfArticle::Figures(_))) {
            with.figures = images::of_articles(db, &shelves.figures, &ids, Which::Body).await?;
        }
        if asks(|part| matches!(part, OfArticle::Authors(_))) {
            let named = named(rows.clone().map(|row| row.author_ids()))?;
            with.authors = authors::by_ids(db, &shelves.authors, &named).await?;
        }
        if asks(|part| matches!(part, OfArticle::Tags(_))) {
            let named = named(rows.clone().map(|row| row.tag_ids()))?;
            with.tags = tags::borne(db, &shelves.tags, &named).await?;
        }
        if asks(|part| matches!(part, OfArticle::Categories(_))) {
            let named = named(rows.clone().map(|row| row.category_ids()))?;
            with.categories = categories::by_ids(db, &shelves.categories, &named).await?;
            let sets =
                parts.iter().filter_map(|part| if let OfArticle::Categories(set) = part { Some(set) } else { None });
            with.with_categories = self.with_categories(&named, sets).await?;
        }
        with.body_columns = body_columns(sets);
        with.bodies = match bodies {
            Some(bodies) => bodies,
            None if with.body_columns.is_empty() => HashMap::new(),
            None => {
                let columns: Vec<body::Column> = with.body_columns.iter().copied().map(Into::into).collect();
                articles::bodies(db, &ids, &columns).await?
            }
        };
        let html = with.body_columns.iter().position(|column| *column == BodyColumn::Html);
        let html_of = |texts: &Vec<String>| {
            html.and_then(|place| texts.get(place)).is_some_and(|html| pictures::has_relative(html))
        };
        if with.figures.is_empty() && with.bodies.values().any(html_of) {
            with.figures = images::of_articles(db, &shelves.figures, &ids, Which::Body).await?;
        }
        Ok(with)
    }

    /// What these categories are told with, besides lists.
    pub async fn with_categories<'r>(
        &self,
        ids: &[i64],
        sets: impl Iterator<Item = &'r Set<OfCategory>>,
    ) -> Result<WithCategories> {
        let (db, shelves) = (self.db, &self.teller.app.shelves);
        let mut with = WithCategories::default();
        let parts: Vec<&OfCategory> = sets.flat_map(|set| &set.0).map(|(_, part)| part).collect();
        if ids.is_empty() {
            return Ok(with);
        }
        if parts.iter().any(|part| matches!(part, OfCategory::Parent(_) | OfCategory::Ancestors(_))) {
            with.ancestors = categories::ancestors(db, &shelves.categories, ids).await?;
        }
        let links: BTreeSet<Link> = parts
            .iter()
            .filter_map(|part| if let OfCategory::ArticleCount(link) = part { Some(*link) } else { None })
            .collect();
        for link in links {
            let counts =
                articles::count_of(db, &shelves.counts, &self.terms(Tz::UTC), link, ids, &ArticleWhere::default())
                    .await?;
            with.counts.extend(counts.into_iter().map(|(id, count)| ((link, id), count)));
        }
        Ok(with)
    }

    fn terms(&self, zone: Tz) -> Terms {
        context::terms(self.teller.app, self.teller.audience, zone)
    }
}

impl OfArticle {
    fn reads(&self, column: BodyColumn) -> bool {
        let is_read = |part: &OfBody| match part {
            OfBody::Text(read) => *read == column,
            OfBody::Html => column == BodyColumn::Html,
            OfBody::Plain(_) => false,
        };
        matches!(self, Self::Body(set) if set.0.iter().any(|(_, part)| is_read(part)))
    }
}

impl<P> List<P> {
    fn counts(&self) -> bool {
        self.set.0.iter().any(|(_, part)| matches!(part, OfConnection::TotalCount))
    }

    /// What is asked of each row, by whichever way.
    pub fn nodes(&self) -> Vec<&Set<P>> {
        self.set.0.iter().flat_map(|(_, part)| part.nodes()).collect()
    }
}

/// What of bodies is asked for.
fn body_columns(sets: &[&Set<OfArticle>]) -> Vec<BodyColumn> {
    let reads = |column| sets.iter().flat_map(|set| &set.0).any(|(_, part)| part.reads(column));
    BodyColumn::ALL.into_iter().filter(|column| reads(*column)).collect()
}

/// All that some articles name, once.
fn named<'r>(ids: impl Iterator<Item = Result<&'r [i64]>>) -> Result<Vec<i64>> {
    let mut named = Vec::new();
    for ids in ids {
        named.extend_from_slice(ids?);
    }
    named.sort_unstable();
    named.dedup();
    Ok(named)
}
