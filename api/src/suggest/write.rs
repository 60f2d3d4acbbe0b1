//! Keeping the keys of names. Callers hold the transaction: a name and what finds it change together.

use super::{Kind, keys::keys};
use crate::{Result, db::bulk};
use entity::{
    Timestamp, article, author, category,
    suggestion::{ActiveModel, Column, Entity, Model},
    tag,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use std::collections::HashMap;

/// Names that are compared at once.
const COMPARED: u64 = 1_000;

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

/// Articles that are there no more are not found, either. How many keys they had.
///
/// # Errors
/// When the database fails.
pub(crate) async fn remove_gone(db: &impl ConnectionTrait) -> Result<u64> {
    let articles = Query::select().column(article::Column::Id).from(article::Entity).take();
    let of_kind = Entity::delete_many().filter(Column::Kind.eq(Kind::Article.number()));
    Ok(of_kind.filter(Column::OwnerId.not_in_subquery(articles)).exec(db).await?.rows_affected)
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

/// Tells of every name whose keys are not those that would be written of it now.
///
/// # Errors
/// When the database fails.
pub(crate) async fn compare(db: &impl ConnectionTrait, tell: &mut dyn FnMut(String)) -> Result<()> {
    compare_all::<category::Entity>(db, Kind::Category, category::Column::Id, category::Column::Name, tell).await?;
    compare_all::<author::Entity>(db, Kind::Author, author::Column::Id, author::Column::Name, tell).await?;
    compare_all::<tag::Entity>(db, Kind::Tag, tag::Column::Id, tag::Column::Name, tell).await?;
    compare_all::<article::Entity>(db, Kind::Article, article::Column::Id, article::Column::Title, tell).await
}

/// Whose keys they are, whether that is a draft, and when it was published.
type Named = (i64, String, bool, i64);

async fn compare_all<E: EntityTrait>(
    db: &impl ConnectionTrait,
    kind: Kind,
    id: E::Column,
    name: E::Column,
    tell: &mut dyn FnMut(String),
) -> Result<()>
where
    E::Model: FromQueryResult,
{
    use article::Column::{IsDraft, PublishedAt};
    let mut after = i64::MIN;
    loop {
        let mut select = E::find().select_only().columns([id, name]);
        select = if kind == Kind::Article {
            select.columns([IsDraft, PublishedAt])
        } else {
            select.expr(Expr::val(false)).expr(Expr::val(0_i64))
        };
        let named: Vec<Named> =
            select.filter(id.gt(after)).order_by_asc(id).limit(COMPARED).into_tuple().all(db).await?;
        let Some((last, ..)) = named.last() else { return Ok(()) };
        after = *last;
        let stored = Entity::find().filter(Column::Kind.eq(kind.number()));
        let stored = stored.filter(Column::OwnerId.is_in(named.iter().map(|(id, ..)| *id)));
        let mut kept: HashMap<i64, Vec<Model>> = HashMap::new();
        for row in stored.order_by_asc(Column::Number).all(db).await? {
            kept.entry(row.owner_id).or_default().push(row);
        }
        for (id, name, is_draft, published_at) in named {
            let kept = kept.remove(&id).unwrap_or_default();
            let of_owner = |row| ActiveModel { is_draft: Set(is_draft), published_at: Set(published_at), ..row };
            if !rows(kind, id, &name).map(of_owner).eq(kept.into_iter().map(|row| row.into_active_model().reset_all()))
            {
                tell(format!("{} {id} (`{name}`) is not suggested as it is written and said", kind.name()));
            }
        }
    }
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
