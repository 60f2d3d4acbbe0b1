//! Keeping the keys of names. Callers hold the transaction: a name and what finds it change together.

use super::{Kind, keys::keys};
use crate::{Result, db::bulk};
use entity::{
    Timestamp, article, author, category,
    suggestion::{ActiveModel, Column, Entity},
    tag,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

/// The keys of these articles are those of their titles now.
///
/// # Errors
/// When the database fails.
pub(crate) async fn put_articles(db: &impl ConnectionTrait, articles: &[i64]) -> Result<()> {
    use article::Column::{Id, IsDraft, PublishedAt, Title};
    remove_articles(db, articles).await?;
    for ids in bulk::chunks(articles.iter().copied()) {
        let select = article::Entity::find().select_only().columns([Id, Title, IsDraft, PublishedAt]);
        let found: Vec<(i64, String, bool, Timestamp)> = select.filter(Id.is_in(ids)).into_tuple().all(db).await?;
        let rows = found.iter().flat_map(|(id, title, is_draft, published_at)| {
            let of_article = |row| ActiveModel { is_draft: Set(*is_draft), published_at: Set(published_at.0), ..row };
            rows(Kind::Article, *id, title).map(of_article)
        });
        bulk::insert_all(db, rows).await?;
    }
    Ok(())
}

/// These articles are found no more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn remove_articles(db: &impl ConnectionTrait, articles: &[i64]) -> Result<()> {
    for ids in bulk::chunks(articles.iter().copied()) {
        let of_kind = Entity::delete_many().filter(Column::Kind.eq(Kind::Article.number()));
        of_kind.filter(Column::OwnerId.is_in(ids)).exec(db).await?;
    }
    Ok(())
}

/// The keys of what has been made just now: such a name does not change.
///
/// # Errors
/// When the database fails.
pub(crate) async fn add_names(
    db: &impl ConnectionTrait,
    kind: Kind,
    named: impl IntoIterator<Item = (i64, &str)>,
) -> Result<()> {
    bulk::insert_all(db, named.into_iter().flat_map(|(id, name)| rows(kind, id, name))).await
}

/// The keys of all categories, authors and tags, anew.
///
/// # Errors
/// When the database fails.
pub(crate) async fn put_names(db: &impl ConnectionTrait) -> Result<()> {
    Entity::delete_many().filter(Column::Kind.ne(Kind::Article.number())).exec(db).await?;
    put_all::<category::Entity>(db, Kind::Category, category::Column::Id, category::Column::Name).await?;
    put_all::<author::Entity>(db, Kind::Author, author::Column::Id, author::Column::Name).await?;
    put_all::<tag::Entity>(db, Kind::Tag, tag::Column::Id, tag::Column::Name).await
}

async fn put_all<E: EntityTrait>(db: &impl ConnectionTrait, kind: Kind, id: E::Column, name: E::Column) -> Result<()>
where
    E::Model: FromQueryResult,
{
    let named: Vec<(i64, String)> = E::find().select_only().columns([id, name]).into_tuple().all(db).await?;
    add_names(db, kind, named.iter().map(|(id, name)| (*id, name.as_str()))).await
}

fn rows(kind: Kind, owner: i64, name: &str) -> impl Iterator<Item = ActiveModel> {
    (0_i32..).zip(keys(name)).map(move |(number, key)| ActiveModel {
        kind: Set(kind.number()),
        owner_id: Set(owner),
        number: Set(number),
        key: Set(key.text),
        shared: Set(i32::try_from(key.shared).unwrap_or(i32::MAX)),
        is_draft: Set(false),
        published_at: Set(0),
    })
}
