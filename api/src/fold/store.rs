//! Folding what is stored, where that was done by other rules or not at all.

use super::{VERSION, loose, pinyin, title_sort};
use crate::{Result, db::Db};
use entity::{article, author, category, folding, image, tag};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryResult,
    sea_query::{Expr, Order, Query},
};

/// Rows that are read at once.
const BATCH: u64 = 1_000;

/// Folds everything that is stored, if it was folded by other rules. All of it or nothing.
///
/// # Errors
/// When the database fails.
pub async fn ensure(db: &Db) -> Result<()> {
    if is_current(db.connection()).await? {
        return Ok(());
    }
    let transaction = db.begin().await?;
    // Another process may have done it meanwhile.
    if !is_current(&transaction).await? {
        tracing::info!("what is stored is folded anew");
        all(&transaction).await?;
        let done = folding::Entity::update_many().col_expr(folding::Column::Version, VERSION.into());
        done.exec(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn is_current(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(folding::Entity::find().one(db).await?.is_some_and(|folding| folding.version == VERSION))
}

async fn all(db: &impl ConnectionTrait) -> Result<()> {
    use article::Column as A;
    let articles = [
        (A::Slug, A::SlugFolded, loose as Fold),
        (A::Path, A::PathFolded, loose),
        (A::Title, A::TitleFolded, loose),
        (A::Title, A::TitleSort, |title| title_sort(&loose(title))),
        (A::Title, A::TitlePinyin, pinyin),
        (A::Locale, A::LocaleFolded, loose),
        (A::SourceUrl, A::SourceUrlFolded, loose),
    ];
    table::<article::Entity>(db, A::Id, &articles).await?;
    use author::Column as W;
    table::<author::Entity>(db, W::Id, &[(W::Slug, W::SlugFolded, loose), (W::Name, W::NameFolded, loose)]).await?;
    use category::Column as C;
    let categories =
        [(C::Slug, C::SlugFolded, loose as Fold), (C::Name, C::NameFolded, loose), (C::Path, C::PathFolded, loose)];
    table::<category::Entity>(db, C::Id, &categories).await?;
    use tag::Column as T;
    table::<tag::Entity>(db, T::Id, &[(T::Slug, T::SlugFolded, loose), (T::Name, T::NameFolded, loose)]).await?;
    use image::Column as I;
    let images = [(I::OriginalUrl, I::OriginalUrlFolded, loose as Fold), (I::MimeType, I::MimeTypeFolded, loose)];
    table::<image::Entity>(db, I::Id, &images).await
}

type Fold = fn(&str) -> String;

/// For each row, of each of these columns the folded one.
async fn table<E: EntityTrait + Default>(
    db: &impl ConnectionTrait,
    id: E::Column,
    columns: &[(E::Column, E::Column, Fold)],
) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let mut select = Query::select();
        select.column(id).columns(columns.iter().map(|(column, ..)| *column)).from(E::default());
        select.and_where(Expr::col(id).gt(after)).order_by(id, Order::Asc).limit(BATCH);
        let rows = db.query_all(&select).await?;
        for row in &rows {
            after = row.try_get_by_index(0)?;
            let mut update = E::update_many();
            for ((_, folded, fold), text) in columns.iter().zip(texts(row, columns.len())?) {
                update = update.col_expr(*folded, Expr::val(text.as_deref().map(fold)));
            }
            update.filter(id.eq(after)).exec(db).await?;
        }
        if rows.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}

/// Behind the id.
fn texts(row: &QueryResult, count: usize) -> Result<Vec<Option<String>>, DbErr> {
    (1..=count).map(|column| row.try_get_by_index(column)).collect()
}
