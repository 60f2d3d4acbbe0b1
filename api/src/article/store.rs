//! Reading articles. The statements stand in `sql`, their decoding in `row`.

use super::{
    columns::Columns,
    filter::ArticleBy,
    row::{ArticleRow, Key, decode},
    scope::Link,
    sql::{self, is, values},
};
use crate::{
    Result,
    audience::Audience,
    category::{self, CategoryBy},
    db::{Db, Row},
    graphql::{
        id::Kind,
        page::{Page, Slice},
    },
    path,
};
use entity::{article, article::Column, body};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use std::{collections::HashMap, sync::Arc};

/// The newest published articles of the site, or of a category with its descendants.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    audience: Audience,
    category: Option<&CategoryBy>,
    page: &Page<Key>,
    columns: Columns,
) -> Result<Slice<Arc<ArticleRow>>> {
    let rows = match category {
        None => db.rows(&sql::newest(audience, page, columns), |row| decode(row, columns)).await?,
        Some(category) => {
            let parents = category::store::ids(category);
            let select = sql::newest_of(db.backend(), Link::Category, parents, audience, page, columns);
            let rows = db.rows(&select, |row| Ok((row.take::<i64>()?, decode(row, columns)?))).await?;
            rows.into_iter().map(|(_, article)| article).collect()
        }
    };
    Ok(Slice::cut(rows.into_iter().map(Arc::new).collect(), page.first))
}

/// The newest published articles of each parent, in one statement that reads no more than a page of each.
///
/// # Errors
/// When the database fails.
pub async fn list_of(
    db: &Db,
    audience: Audience,
    link: Link,
    parents: &[i64],
    page: &Page<Key>,
    columns: Columns,
) -> Result<HashMap<i64, Slice<Arc<ArticleRow>>>> {
    let select = sql::newest_of(db.backend(), link, values(parents), audience, page, columns);
    let rows = db.rows(&select, |row| Ok((row.take()?, decode(row, columns)?))).await?;
    let mut lists: HashMap<i64, Vec<Arc<ArticleRow>>> = HashMap::new();
    for (parent, article) in rows {
        lists.entry(parent).or_default().push(Arc::new(article));
    }
    Ok(lists.into_iter().map(|(parent, rows)| (parent, Slice::cut(rows, page.first))).collect())
}

/// How many published articles the site has, or a category with its descendants.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, audience: Audience, category: Option<&CategoryBy>) -> Result<i64> {
    let count = match category {
        None => db.value(&sql::count(audience)).await?,
        Some(category) => {
            let select = sql::counts(Link::Category, category::store::ids(category), audience);
            db.row(&select, |row| Ok((row.take::<i64>()?, row.take()?))).await?.map(|(_, count)| count)
        }
    };
    Ok(count.unwrap_or_default())
}

/// How many published articles each parent has; parents without one are left out.
///
/// # Errors
/// When the database fails.
pub async fn count_of(db: &Db, audience: Audience, link: Link, parents: &[i64]) -> Result<HashMap<i64, i64>> {
    let rows = db.rows(&sql::counts(link, values(parents), audience), |row| Ok((row.take()?, row.take()?))).await?;
    Ok(rows.into_iter().collect())
}

/// Whether the list of the site, or of a category with its descendants, has articles at or before this key.
///
/// # Errors
/// When the database fails.
pub async fn has_through(db: &Db, audience: Audience, category: Option<&CategoryBy>, key: Key) -> Result<bool> {
    let select = match category {
        None => sql::any_through(audience, key),
        Some(category) => sql::reaching(Link::Category, category::store::ids(category), audience, key),
    };
    Ok(db.value::<i64>(&select).await?.is_some())
}

/// Those of the parents whose list has articles at or before this key.
///
/// # Errors
/// When the database fails.
pub async fn has_through_of(
    db: &Db,
    audience: Audience,
    link: Link,
    parents: &[i64],
    key: Key,
) -> Result<HashMap<i64, bool>> {
    let select = sql::reaching(link, values(parents), audience, key);
    Ok(db.rows(&select, |row| Ok((row.take()?, true))).await?.into_iter().collect())
}

/// The article of this name, if the reader may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, audience: Audience, by: &ArticleBy, columns: Columns) -> Result<Option<Arc<ArticleRow>>> {
    let mut select = sql::visible(audience, columns).limit(1).take();
    match by {
        ArticleBy::Id(id) => match Kind::Article.number(id) {
            Some(id) => select.cond_where(is(Column::Id, id)),
            None => return Ok(None),
        },
        ArticleBy::Slug(slug) => select.cond_where(is(Column::Slug, slug.as_str())),
        ArticleBy::Path(path) => {
            let spellings = path::spellings(path);
            select.order_by_expr(path::rank((article::Entity, Column::Path), &spellings), Order::Asc);
            select.and_where(Expr::col((article::Entity, Column::Path)).is_in(spellings))
        }
        ArticleBy::SourceUrl(url) => select.cond_where(is(Column::SourceUrl, url.as_str())),
    };
    select.order_by((article::Entity, Column::Id), Order::Asc);
    Ok(db.row(&select, |row| decode(row, columns)).await?.map(Arc::new))
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
    let wanted = Expr::col((article::Entity, Column::Id)).is_in(ids.iter().copied());
    let select = sql::visible(audience, columns).and_where(wanted).take();
    let rows = db.rows(&select, |row| decode(row, columns)).await?;
    Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
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
    let body = |row: &mut Row<'_>| Ok((row.take()?, columns.iter().map(|_| row.take()).collect::<Result<_>>()?));
    Ok(db.rows(&sql::bodies(articles, columns), body).await?.into_iter().collect())
}
