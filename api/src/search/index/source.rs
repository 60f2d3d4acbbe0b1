//! Articles as they are indexed, read back from where they are stored: there is one way into the index, whoever wrote them.

use super::{
    segment::Source,
    terms::{Key, Kind},
};
use crate::{Result, db::bulk, search::fold::folded};
use entity::{article, article_author, article_category, article_tag, body, figure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, TryGetableMany};
use std::collections::{BTreeMap, BTreeSet};

/// What is read of `article`.
type Row = (i64, bool, i64, String, String);

/// These articles, by id.
pub async fn sources(db: &impl ConnectionTrait, articles: &[i64]) -> Result<Vec<Source>> {
    use article::Column::{Id, IsDraft, Locale, PublishedAt, Title};
    let mut sources: BTreeMap<i64, Source> = BTreeMap::new();
    for (article, is_draft, published_at, title, locale) in
        pick::<article::Entity, Row>(db, Id, articles, &[Id, IsDraft, PublishedAt, Title, Locale]).await?
    {
        let links = vec![Key::text(Kind::Locale, &locale)];
        let source = Source { article, is_draft, published_at, title: folded(&title), links, ..Source::default() };
        sources.insert(article, source);
    }
    let texts: Vec<(i64, String)> =
        pick::<body::Entity, _>(db, body::Column::ArticleId, articles, &[body::Column::ArticleId, body::Column::Text])
            .await?;
    for (article, text) in texts {
        if let Some(source) = sources.get_mut(&article) {
            source.body = folded(&text);
        }
    }
    for (article, link) in links(db, articles).await? {
        if let Some(source) = sources.get_mut(&article) {
            source.links.push(link);
        }
    }
    Ok(sources.into_values().collect())
}

/// What lists these articles, each once.
async fn links(db: &impl ConnectionTrait, articles: &[i64]) -> Result<BTreeSet<(i64, Key)>> {
    use article_category::Column::{ArticleId, CategoryId, IsLeaf};
    let mut links = BTreeSet::new();
    let categories: Vec<(i64, i64, bool)> =
        pick::<article_category::Entity, _>(db, ArticleId, articles, &[ArticleId, CategoryId, IsLeaf]).await?;
    for (article, category, is_leaf) in categories {
        links.insert((article, Key::id(Kind::Category, category)));
        if is_leaf {
            links.insert((article, Key::id(Kind::CategoryAlone, category)));
        }
    }
    let of = |kind: Kind| move |(article, id): (i64, i64)| (article, Key::id(kind, id));
    let authors = [article_author::Column::ArticleId, article_author::Column::AuthorId];
    let authors = pick::<article_author::Entity, _>(db, article_author::Column::ArticleId, articles, &authors).await?;
    links.extend(authors.into_iter().map(of(Kind::Author)));
    let tags = [article_tag::Column::ArticleId, article_tag::Column::TagId];
    let tags = pick::<article_tag::Entity, _>(db, article_tag::Column::ArticleId, articles, &tags).await?;
    links.extend(tags.into_iter().map(of(Kind::Tag)));
    let images = [figure::Column::ArticleId, figure::Column::ImageId];
    let images = pick::<figure::Entity, _>(db, figure::Column::ArticleId, articles, &images).await?;
    links.extend(images.into_iter().map(of(Kind::Image)));
    Ok(links)
}

/// These columns of the rows of these articles.
async fn pick<E: EntityTrait, T: TryGetableMany + Send + Sync>(
    db: &impl ConnectionTrait,
    article: E::Column,
    articles: &[i64],
    columns: &[E::Column],
) -> Result<Vec<T>>
where
    E::Model: FromQueryResult,
{
    let mut found = Vec::new();
    for ids in bulk::chunks(articles.iter().copied()) {
        let select = E::find().select_only().columns(columns.iter().copied());
        found.extend(select.filter(article.is_in(ids)).into_tuple::<T>().all(db).await?);
    }
    Ok(found)
}
