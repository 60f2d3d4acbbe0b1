//! Folding what is stored, where that was done by other rules or not at all.

use super::{VERSION, loose, pinyin, title_sort};
use crate::{Result, db::Db, site};
use entity::{article, author, category, folding, image, tag};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, ExprTrait, IdenStatic, QueryResult, Value,
    sea_query::{Expr, IntoIden, Order, Query, TableRef, UpdateStatement, ValueTuple},
};

/// Rows that are read at once.
const BATCH: u64 = 1_000;

/// Folds everything that is stored, if it was folded by other rules. All of it or nothing.
///
/// # Errors
/// When the database fails.
pub async fn ensure(db: &Db) -> Result<()> {
    if is_current(&db.connection()).await? {
        return Ok(());
    }
    let transaction = db.begin().await?;
    // Another process may have done it meanwhile.
    if !is_current(&transaction).await? {
        let rows = all(&transaction, &mut Work::Store).await?;
        if rows > 0 {
            tracing::info!(rows, "what is stored was folded anew");
            site::store::raise_generation(&transaction).await?;
        }
        let done = folding::Entity::update_many().col_expr(folding::Column::Version, VERSION.into());
        done.exec(&transaction).await?;
    }
    db.commit(transaction).await?;
    Ok(())
}

async fn is_current(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(folding::Entity::find().one(db).await?.is_some_and(|folding| folding.version == VERSION))
}

/// Tells of every stored text beside which something else stands than what it is folded to.
///
/// # Errors
/// When the database fails.
pub async fn compare(db: &impl ConnectionTrait, tell: &mut dyn FnMut(String)) -> Result<()> {
    all(db, &mut Work::Compare(tell)).await.map(drop)
}

/// What is done with each row.
enum Work<'a> {
    /// Its texts are folded and stored.
    Store,
    /// They are compared with what is stored, and what differs is told.
    Compare(&'a mut dyn FnMut(String)),
}

/// How many rows there are.
async fn all(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    let mut rows = articles(db, work).await? + authors(db, work).await? + categories(db, work).await?;
    rows += tags(db, work).await? + images(db, work).await?;
    Ok(rows)
}

async fn articles(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    use article::Column::{
        Id, Locale, LocaleFolded, Path, PathFolded, Slug, SlugFolded, SourceUrl, SourceUrlFolded, Title, TitleFolded,
        TitlePinyin, TitleSort,
    };
    let columns = [
        (Slug, SlugFolded, loose as Fold),
        (Path, PathFolded, loose),
        (Title, TitleFolded, loose),
        (Title, TitleSort, |title| title_sort(&loose(title))),
        (Title, TitlePinyin, pinyin),
        (Locale, LocaleFolded, loose),
        (SourceUrl, SourceUrlFolded, loose),
    ];
    table::<article::Entity>(db, Id, &columns, work).await
}

async fn authors(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    use author::Column::{Id, Name, NameFolded, Slug, SlugFolded};
    table::<author::Entity>(db, Id, &[(Slug, SlugFolded, loose), (Name, NameFolded, loose)], work).await
}

async fn categories(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    use category::Column::{Id, Name, NameFolded, Path, PathFolded, Slug, SlugFolded};
    let columns = [(Slug, SlugFolded, loose as Fold), (Name, NameFolded, loose), (Path, PathFolded, loose)];
    table::<category::Entity>(db, Id, &columns, work).await
}

async fn tags(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    use tag::Column::{Id, Name, NameFolded, Slug, SlugFolded};
    table::<tag::Entity>(db, Id, &[(Slug, SlugFolded, loose), (Name, NameFolded, loose)], work).await
}

async fn images(db: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<usize> {
    use image::Column::{Id, MimeType, MimeTypeFolded, OriginalUrl, OriginalUrlFolded};
    let columns = [(OriginalUrl, OriginalUrlFolded, loose as Fold), (MimeType, MimeTypeFolded, loose)];
    table::<image::Entity>(db, Id, &columns, work).await
}

type Fold = fn(&str) -> String;

/// For each row, of each of these columns the folded one: a statement that reads and, where it is stored, one that writes for each
/// batch. How many rows there are.
async fn table<E: EntityTrait + Default>(
    db: &impl ConnectionTrait,
    id: E::Column,
    columns: &[(E::Column, E::Column, Fold)],
    work: &mut Work<'_>,
) -> Result<usize> {
    let (mut after, mut done) = (i64::MIN, 0);
    loop {
        let mut select = Query::select();
        select.column(id).columns(columns.iter().map(|(column, ..)| *column)).from(E::default());
        select.columns(columns.iter().map(|(_, folded, _)| *folded));
        select.and_where(Expr::col(id).gt(after)).order_by(id, Order::Asc).limit(BATCH);
        let rows = db.query_all(&select).await?;
        let Some(last) = rows.last() else {
            return Ok(done);
        };
        after = last.try_get_by_index(0)?;
        done += rows.len();
        match work {
            Work::Store => db.execute(&update::<E>(id, columns, &rows)?).await.map(drop)?,
            Work::Compare(tell) => {
                for row in &rows {
                    differing::<E>(row, columns, tell)?;
                }
            }
        }
    }
}

fn update<E: EntityTrait + Default>(
    id: E::Column,
    columns: &[(E::Column, E::Column, Fold)],
    rows: &[QueryResult],
) -> Result<UpdateStatement, DbErr> {
    let folded = rows.iter().map(|row| folded(row, columns)).collect::<Result<Vec<_>, DbErr>>()?;
    let mut update = Query::update();
    for (number, (_, column, _)) in (2..).zip(columns) {
        update.value(*column, Expr::col(("folded", format!("column{number}"))));
    }
    update.table(E::default()).from(TableRef::ValuesList(folded, "folded".into_iden()));
    update.and_where(Expr::col((E::default(), id)).equals(("folded", "column1")));
    Ok(update)
}

/// The id of a row, then its folded texts.
fn folded<C>(row: &QueryResult, columns: &[(C, C, Fold)]) -> Result<ValueTuple, DbErr> {
    let mut values = vec![Value::from(row.try_get_by_index::<i64>(0)?)];
    for (number, (.., fold)) in (1..).zip(columns) {
        let text: Option<String> = row.try_get_by_index(number)?;
        values.push(text.as_deref().map(fold).into());
    }
    Ok(ValueTuple::Many(values))
}

/// Tells which of its folded columns are not what their texts are folded to.
fn differing<E: EntityTrait + Default>(
    row: &QueryResult,
    columns: &[(E::Column, E::Column, Fold)],
    tell: &mut dyn FnMut(String),
) -> Result<(), DbErr> {
    let id: i64 = row.try_get_by_index(0)?;
    for (number, (_, column, fold)) in (1..).zip(columns) {
        let text: Option<String> = row.try_get_by_index(number)?;
        let stored: Option<String> = row.try_get_by_index(number + columns.len())?;
        if text.as_deref().map(fold) != stored {
            let (table, column) = (E::default().table_name().to_owned(), column.as_str());
            tell(format!("{table} {id}: `{column}` is not what `{}` is folded to", text.unwrap_or_default()));
        }
    }
    Ok(())
}
