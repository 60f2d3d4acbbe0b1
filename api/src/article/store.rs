//! Reading articles. The statements stand in `sql`, their decoding in `row`.

use super::{
    calendar::{Calendar, Stretch},
    columns::Columns,
    facets::{Facet, FacetKind},
    filter::{ArticleBy, ArticleWhere},
    loader::Side,
    plan::ArticleList,
    row::{ArticleRow, decode},
    scope::Link,
    sql::{self, Grouped, Reading, Whose, is},
};
use crate::{
    Result,
    audience::Audience,
    author,
    category::{self, CategoryBy},
    db::{Db, Known, Row},
    graphql::id::Kind,
    list::{
        IdSet, Terms,
        page::{Found, Slice},
        sql::values,
    },
    path,
    search::{self, Subject},
    tag,
};
use entity::{article, article::Column, body};
use quick_cache::sync::Cache;
use sea_orm::{
    Value,
    sea_query::{Expr, ExprTrait, Order, SelectStatement},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// How many published articles owners have, in one generation of the content and until one instant.
pub type Counts = Cache<(i64, i64, Link, i64), i64>;

/// A page of the site's list.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, terms: &Terms, list: &ArticleList, columns: Columns) -> Result<Slice<Arc<ArticleRow>>> {
    let Reading { select, layout, has_owner } = sql::list(list, terms, columns);
    let decode = |row: &mut Row<'_>| {
        if has_owner {
            row.take::<i64>()?;
        }
        layout.decode(row, |row| decode(row, columns).map(Arc::new))
    };
    Ok(Slice::of(db.stamped(select, decode).await?.0, &list.page))
}

/// A page of each owner's list, in one statement that reads no more than a page of each.
///
/// # Errors
/// When the database fails.
pub async fn list_of(
    db: &Db,
    terms: &Terms,
    link: Link,
    owners: &[i64],
    list: &ArticleList,
    columns: Columns,
) -> Result<HashMap<i64, Slice<Arc<ArticleRow>>>> {
    if let ([owner], true) = (owners, list.is_plain() && !link.has_twins()) {
        return Ok(HashMap::from([(*owner, first_of_one(db, terms, link, *owner, list, columns).await?)]));
    }
    if let [owner] = owners
        && let Some(Reading { select, layout, .. }) = sql::list_of_one(list, link, *owner, terms, columns)
    {
        let decode = |row: &mut Row<'_>| layout.decode(row, |row| decode(row, columns).map(Arc::new));
        let slice = Slice::of(db.stamped(select, decode).await?.0, &list.page);
        return Ok(HashMap::from([(*owner, slice)]));
    }
    let Reading { select, layout, .. } = sql::list_of(list, link, values(owners), terms, columns);
    let decode =
        |row: &mut Row<'_>| Ok((row.take::<i64>()?, layout.decode(row, |row| decode(row, columns).map(Arc::new))?));
    let mut lists: HashMap<i64, Vec<Found<Arc<ArticleRow>>>> = HashMap::new();
    for (owner, found) in db.stamped(select, decode).await?.0 {
        lists.entry(owner).or_default().push(found);
    }
    Ok(lists.into_iter().map(|(owner, found)| (owner, Slice::of(found, &list.page))).collect())
}

/// The newest of one owner's list.
async fn first_of_one(
    db: &Db,
    terms: &Terms,
    link: Link,
    owner: i64,
    list: &ArticleList,
    columns: Columns,
) -> Result<Slice<Arc<ArticleRow>>> {
    let layout = sql::layout(list, terms);
    let name = match link {
        Link::Category => "first of a category",
        Link::CategoryAlone => "first of a category alone",
        Link::Author => "first of an author",
        Link::Tag => "first of a tag",
        Link::Image => "first of an image",
    };
    let alone = (link == Link::CategoryAlone).then(|| Value::from(true));
    let rest = [owner.into(), false.into(), terms.audience.now.0.into(), list.page.limit().into()];
    let values = alone.into_iter().chain(rest).collect();
    let select = || sql::list_of_one(list, link, owner, terms, columns).map(|it| it.select).unwrap_or_default();
    let decode = |row: &mut Row<'_>| layout.decode(row, |row| decode(row, columns).map(Arc::new));
    let form = columns.bits() | list.wants.bits() << 56;
    Ok(Slice::of(db.kept((name, form), values, select, decode).await?.0, &list.page))
}

/// How many articles of the site pass.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, terms: &Terms, filter: &ArticleWhere) -> Result<i64> {
    Ok(db.value(&sql::total(filter, terms)).await?.unwrap_or_default())
}

/// The ids of the articles of the site that pass, some more than once.
///
/// # Errors
/// When the database fails.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is tied to one lifetime of a row")]
pub async fn passing(db: &Db, terms: &Terms, filter: &ArticleWhere) -> Result<Vec<i64>> {
    db.rows(&sql::ids(filter, terms), |row| row.take()).await
}

/// How many articles of each owner pass; owners without one may be left out.
///
/// # Errors
/// When the database fails.
pub async fn count_of(
    db: &Db,
    counts: &Counts,
    terms: &Terms,
    link: Link,
    owners: &[i64],
    filter: &ArticleWhere,
) -> Result<HashMap<i64, i64>> {
    let known = db.known().filter(|_| *filter == ArticleWhere::default());
    let key = |known: Known, owner| (known.generation, known.until.0, link, owner);
    let kept = |owner: &i64| Some((*owner, counts.get(&key(known?, *owner))?));
    if let Some(kept) = owners.iter().map(kept).collect() {
        return Ok(kept);
    }
    let select = sql::counts_of(link, values(owners), filter, terms);
    let (read, generation) = db.stamped(select, |row| Ok((row.take()?, row.take()?))).await?;
    if let Some(known) = known.filter(|known| generation == Some(known.generation)) {
        for (owner, count) in &read {
            counts.insert(key(known, *owner), *count);
        }
    }
    Ok(read.into_iter().collect())
}

/// What the articles of each owner have in common; those of the site under the id 0. Owners without any may be left out.
///
/// # Errors
/// When the database fails.
pub async fn facet(
    db: &Db,
    terms: &Terms,
    whose: Whose<'_>,
    kind: FacetKind,
    filter: &ArticleWhere,
) -> Result<HashMap<i64, Facet>> {
    let owner = |row: &mut Row<'_>| if matches!(whose, Whose::Of(..)) { row.take() } else { Ok(0) };
    let mut facets: HashMap<i64, Facet> = HashMap::new();
    match kind {
        FacetKind::Categories(first) => {
            let select = sql::facet(whose, filter, &grouped_by(Link::Category, first), terms);
            let rows = db.rows(&select, |row| Ok((owner(row)?, row.take()?, category::store::decode(row)?))).await?;
            collect(&mut facets, rows, |facet| &mut facet.categories);
        }
        FacetKind::Authors(first) => {
            let select = sql::facet(whose, filter, &grouped_by(Link::Author, first), terms);
            let rows = db.rows(&select, |row| Ok((owner(row)?, row.take()?, author::store::decode(row)?))).await?;
            collect(&mut facets, rows, |facet| &mut facet.authors);
        }
        FacetKind::Tags(first) => {
            let select = sql::facet(whose, filter, &grouped_by(Link::Tag, first), terms);
            let rows = db.rows(&select, |row| Ok((owner(row)?, row.take()?, tag::store::decode(row)?))).await?;
            collect(&mut facets, rows, |facet| &mut facet.tags);
        }
        FacetKind::Locales => {
            let select = sql::locales(whose, filter, terms);
            let rows = db.rows(&select, |row| Ok((owner(row)?, row.take()?, row.take()?))).await?;
            collect(&mut facets, rows, |facet| &mut facet.locales);
        }
        FacetKind::Years => {
            let calendar = Calendar::of(terms.zone);
            let select = sql::times(whose, filter, calendar.starts(), terms);
            let stretch =
                |row: &mut Row<'_>| -> Result<Stretch> { Ok(Stretch { day: row.take()?, over: row.take()? }) };
            let rows = db.rows(&select, |row| Ok((owner(row)?, row.take::<i64>()?, stretch(row)?))).await?;
            for (owner, count, stretch) in rows {
                *facets.entry(owner).or_default().months.entry(calendar.month(stretch)).or_default() += count;
            }
        }
    }
    Ok(facets)
}

fn grouped_by(link: Link, first: usize) -> Grouped<'static> {
    let first = first as u64;
    match link {
        Link::Author => Grouped { link, table: "author", columns: author::store::columns(), names: &["name"], first },
        Link::Tag => Grouped { link, table: "tag", columns: tag::store::columns(), names: &["name"], first },
        Link::Category | Link::CategoryAlone | Link::Image => {
            let (link, columns) = (Link::Category, category::store::columns());
            Grouped { link, table: "category", columns, names: &["name", "lineage"], first }
        }
    }
}

fn collect<T>(facets: &mut HashMap<i64, Facet>, rows: Vec<(i64, i64, T)>, part: fn(&mut Facet) -> &mut Vec<(T, i64)>) {
    for (owner, count, node) in rows {
        part(facets.entry(owner).or_default()).push((node, count));
    }
}

/// The published neighbour of each article on one side, by the article's id.
///
/// # Errors
/// When the database fails.
pub async fn neighbours(
    db: &Db,
    audience: Audience,
    articles: &[i64],
    side: Side,
    category: Option<&CategoryBy>,
    columns: Columns,
) -> Result<HashMap<i64, Arc<ArticleRow>>> {
    let select = sql::neighbours(audience, articles, side, category, columns);
    let rows = db.rows(&select, |row| Ok((row.take()?, Arc::new(decode(row, columns)?)))).await?;
    Ok(rows.into_iter().collect())
}

/// What has, or had, a path of the site.
#[derive(Debug)]
pub struct AtPath {
    /// Which table: `article`, `category`, `author`, `tag`, or `earlier_path`.
    pub kind: String,
    /// Its id there; of an earlier path that of the article.
    pub id: i64,
    /// Where an earlier path leads.
    pub today: Option<String>,
}

/// What has this path today, else what had it earlier, as far as the reader may see it.
///
/// # Errors
/// When the database fails.
pub async fn resolve(db: &Db, audience: Audience, path: &str) -> Result<Option<AtPath>> {
    let decode = |row: &mut Row<'_>| Ok(AtPath { kind: row.take()?, id: row.take()?, today: row.take()? });
    db.row(&sql::resolve(audience, path), decode).await
}

/// The article of this name, if the reader may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, audience: Audience, by: &ArticleBy, columns: Columns) -> Result<Option<Arc<ArticleRow>>> {
    Ok(find_with_body(db, audience, by, columns, &[]).await?.map(|(row, _)| row))
}

/// The same, with these columns of its body.
///
/// # Errors
/// When the database fails.
pub async fn find_with_body(
    db: &Db,
    audience: Audience,
    by: &ArticleBy,
    columns: Columns,
    body: &[body::Column],
) -> Result<Option<WithBody>> {
    let finding = Finding { db, audience, columns, body };
    match by {
        ArticleBy::Id(id) => match Kind::Article.number(id) {
            Some(id) => finding.named(Column::Id, id.into()).await,
            None => Ok(None),
        },
        ArticleBy::Slug(slug) => finding.named(Column::Slug, slug.as_str().into()).await,
        ArticleBy::Path(path) => {
            let mut spellings = path::spellings(path).into_iter();
            let likeliest: Value = spellings.next().unwrap_or_default().into();
            match finding.named(Column::Path, likeliest).await? {
                Some(found) => Ok(Some(found)),
                None => finding.spelled(spellings.collect()).await,
            }
        }
        ArticleBy::SourceUrl(url) => finding.named(Column::SourceUrl, url.as_str().into()).await,
    }
}

/// An article, and of its body the columns that were asked for, in their order.
pub type WithBody = (Arc<ArticleRow>, Vec<String>);

/// Who looks for one article, and what of it is asked for.
struct Finding<'a> {
    db: &'a Db,
    audience: Audience,
    columns: Columns,
    body: &'a [body::Column],
}

impl Finding<'_> {
    /// Of several the one that came in first.
    async fn named(&self, column: Column, value: Value) -> Result<Option<WithBody>> {
        let name = match column {
            Column::Id => "article by id",
            Column::Slug => "article by slug",
            Column::Path => "article by path",
            _ => "article by source",
        };
        let select = || {
            let mut select = self.select().cond_where(is(column, value.clone())).limit(1).take();
            if name == "article by source" {
                select.order_by((article::Entity, Column::Id), Order::Asc);
            }
            select
        };
        let seen = if self.audience.is_preview { Vec::new() } else { vec![Value::from(0), self.audience.now.0.into()] };
        let values = seen.into_iter().chain([value.clone(), Value::from(1_u64)]).collect();
        let form = self.columns.bits() | form_of(self.body) << 48;
        let (found, _) = self.db.kept((name, form), values, select, |row| self.decode(row)).await?;
        Ok(found.into_iter().next())
    }

    /// The article at one of these paths.
    async fn spelled(&self, paths: Vec<String>) -> Result<Option<WithBody>> {
        let mut select = self.select();
        select.and_where(Expr::col((article::Entity, Column::Path)).is_in(paths));
        select.order_by((article::Entity, Column::Id), Order::Asc).limit(1);
        let (found, _) = self.db.stamped(select, |row| self.decode(row)).await?;
        Ok(found.into_iter().next())
    }

    fn select(&self) -> SelectStatement {
        let mut select = sql::visible(self.audience, self.columns);
        if !self.body.is_empty() {
            sql::join_body(&mut select, self.body);
        }
        select
    }

    fn decode(&self, row: &mut Row<'_>) -> Result<WithBody> {
        Ok((Arc::new(decode(row, self.columns)?), texts(row, self.body)?))
    }
}

/// Tells sets of these columns apart, each of them at most once.
fn form_of(body: &[body::Column]) -> u64 {
    body.iter().fold(0, |form, column| form | 1 << *column as u64)
}

fn texts(row: &mut Row<'_>, body: &[body::Column]) -> Result<Vec<String>> {
    body.iter().map(|_| row.take()).collect()
}

/// The articles with these ids that the reader may see.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(
    db: &Db,
    audience: Audience,
    ids: &[i64],
    columns: Columns,
) -> Result<HashMap<i64, Arc<ArticleRow>>> {
    let wanted = IdSet::new(ids.to_vec()).condition(&Expr::col((article::Entity, Column::Id)), db.backend());
    let select = sql::visible(audience, columns).and_where(wanted).take();
    let rows = db.rows(&select, |row| decode(row, columns)).await?;
    Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
}

/// What is known of these articles to find others like them.
///
/// # Errors
/// When the database fails.
pub async fn subjects(db: &Db, articles: &[i64]) -> Result<Vec<Subject>> {
    let decode = |row: &mut Row<'_>| {
        let (article, title, opening, group, id) = (row.take()?, row.take()?, row.take()?, row.take()?, row.take()?);
        Ok((article, title, opening, group, id))
    };
    let mut subjects: BTreeMap<i64, Subject> = BTreeMap::new();
    for row in db.rows(&sql::subjects(articles), decode).await? {
        let (article, title, opening, group, id): (i64, Option<String>, Option<String>, i64, Option<i64>) = row;
        let subject = subjects.entry(article).or_insert_with(|| Subject { article, ..Subject::default() });
        subject.title = title.unwrap_or_else(|| std::mem::take(&mut subject.title));
        subject.opening = opening.unwrap_or_else(|| std::mem::take(&mut subject.opening));
        let kind = if group == 1 { search::Kind::Category } else { search::Kind::Tag };
        subject.links.extend(id.map(|id| search::Key::id(kind, id)));
    }
    Ok(subjects.into_values().collect())
}

/// The published translations of each of these articles, by language.
///
/// # Errors
/// When the database fails.
pub async fn translations(
    db: &Db,
    audience: Audience,
    articles: &[i64],
    columns: Columns,
) -> Result<HashMap<i64, Vec<Arc<ArticleRow>>>> {
    let select = sql::translations(audience, articles, columns);
    let mut translations: HashMap<i64, Vec<Arc<ArticleRow>>> = HashMap::new();
    for (article, row) in db.rows(&select, |row| Ok((row.take()?, decode(row, columns)?))).await? {
        translations.entry(article).or_default().push(Arc::new(row));
    }
    Ok(translations)
}

/// These columns of the bodies of these articles.
///
/// # Errors
/// When the database fails.
pub async fn bodies(db: &Db, articles: &[i64], columns: &[body::Column]) -> Result<HashMap<i64, Vec<String>>> {
    let decode = |row: &mut Row<'_>| Ok((row.take()?, texts(row, columns)?));
    let values = articles.iter().map(|id| Value::from(*id)).collect();
    let select = || sql::bodies(articles, columns);
    Ok(db.kept(("bodies", form_of(columns)), values, select, decode).await?.0.into_iter().collect())
}
