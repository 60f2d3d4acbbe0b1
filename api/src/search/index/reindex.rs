//! Making the index anew, some articles at a time: what was done stays done when it is stopped, and the next run goes on there.

use super::write;
use crate::{Result, db::Db, search::VERSION, site, suggest};
use entity::{
    article, search_document, search_page, search_segment,
    search_state::{self, Column},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Cond, Expr, Order, Query},
};

/// Articles of one transaction, at most.
const BATCH: u64 = 500;

/// Words of one transaction, about, so that long articles take no more memory than others.
const WORDS: i64 = 500_000;

/// Indexes what is stored and not indexed, or by other rules. To be called when the database is opened.
///
/// # Errors
/// When the database fails.
pub async fn ensure(db: &Db) -> Result<()> {
    let state = write::state(&db.connection()).await?;
    if state.version == VERSION && state.is_complete {
        return Ok(());
    }
    let transaction = db.begin().await?;
    if write::state(&transaction).await?.version != VERSION {
        // What other rules have written can not be read.
        let known = search_document::Entity::delete_many().exec(&transaction).await?.rows_affected;
        search_page::Entity::delete_many().exec(&transaction).await?;
        search_segment::Entity::delete_many().exec(&transaction).await?;
        let columns = [(Column::Version, VERSION.into()), (Column::IsComplete, false.into())];
        note(&transaction, &columns).await?;
        if known > 0 {
            site::store::raise_generation(&transaction).await?;
        }
    }
    db.commit(transaction).await?;
    let mut articles = 0;
    fill(db, Which::Missing, &mut |done| articles += done).await?;
    if articles > 0 {
        tracing::info!(articles, "the index of the search was made anew");
    }
    Ok(())
}

/// Makes the whole index anew, or goes on with that. Meanwhile everything is found as before. `tell` is told how many more articles
/// are done.
///
/// # Errors
/// When the database fails.
pub async fn run(db: &Db, tell: &mut dyn FnMut(usize)) -> Result<()> {
    let transaction = db.begin().await?;
    let state = write::state(&transaction).await?;
    if state.is_complete {
        let columns = [(Column::Epoch, (state.epoch + 1).into()), (Column::IsComplete, false.into())];
        note(&transaction, &columns).await?;
    }
    db.commit(transaction).await?;
    fill(db, Which::Stale, tell).await
}

/// How many articles wait.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &Db) -> Result<usize> {
    let state = write::state(&db.connection()).await?;
    let epoch = if state.is_complete { state.epoch + 1 } else { state.epoch };
    let mut select = stale(epoch);
    let count = select.expr(Expr::col((article::Entity, article::Column::Id)).count()).take();
    let row = db.connection().query_one(&count).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Whether no article waits.
///
/// # Errors
/// When the database fails.
pub async fn is_complete(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(write::state(db).await?.is_complete)
}

/// Which articles are indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Those that are not found at all.
    Missing,
    /// Those that were indexed in an earlier epoch, too.
    Stale,
}

async fn fill(db: &Db, which: Which, tell: &mut dyn FnMut(usize)) -> Result<()> {
    let (mut after, mut done) = (i64::MIN, 0);
    loop {
        let transaction = db.begin().await?;
        if after == i64::MIN {
            suggest::put_names(&transaction).await?;
        }
        let epoch = write::state(&transaction).await?.epoch;
        let id = Expr::col((article::Entity, article::Column::Id));
        let mut select = stale(if which == Which::Missing { i32::MIN } else { epoch });
        select.expr(id.clone()).column((article::Entity, article::Column::WordCount)).and_where(id.clone().gt(after));
        select.order_by((article::Entity, article::Column::Id), Order::Asc).limit(BATCH);
        let rows = transaction.query_all(&select).await?;
        let rows = rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)));
        let ids = batch(rows.collect::<Result<Vec<(i64, i32)>, DbErr>>()?);
        let Some(last) = ids.last() else {
            // A making that was stopped is for `reindex` to go on with: nothing is missing from what it has left.
            let is_complete = transaction.query_one(stale(epoch).expr(id).limit(1)).await?.is_none();
            note(&transaction, &[(Column::IsComplete, is_complete.into())]).await?;
            if is_complete && sweep(&transaction, epoch).await? > 0 {
                site::store::raise_generation(&transaction).await?;
            }
            db.commit(transaction).await?;
            db.finish_writing(done).await;
            return Ok(());
        };
        after = *last;
        write::put(&transaction, &ids).await?;
        suggest::put_articles(&transaction, &ids).await?;
        site::store::raise_generation(&transaction).await?;
        db.commit(transaction).await?;
        db.reclaim(done, done + ids.len()).await;
        done += ids.len();
        tell(ids.len());
    }
}

/// The first of these articles, as many as are written at once. With each stands how many words it has.
fn batch(articles: Vec<(i64, i32)>) -> Vec<i64> {
    let mut before = 0;
    let is_in = |(_, words): &(i64, i32)| {
        let is_in = before < WORDS;
        before += i64::from(*words);
        is_in
    };
    articles.into_iter().take_while(is_in).map(|(id, _)| id).collect()
}

/// The articles that are not indexed, or were in an earlier epoch.
fn stale(epoch: i32) -> sea_orm::sea_query::SelectStatement {
    let document = |column: search_document::Column| Expr::col((search_document::Entity, column));
    let segment = |column: search_segment::Column| Expr::col((search_segment::Entity, column));
    let of_article = document(search_document::Column::ArticleId).equals((article::Entity, article::Column::Id));
    let of_document =
        segment(search_segment::Column::Id).equals((search_document::Entity, search_document::Column::SegmentId));
    let is_missing = segment(search_segment::Column::Id).is_null();
    let is_old = segment(search_segment::Column::Epoch).lt(epoch);
    Query::select()
        .from(article::Entity)
        .left_join(search_document::Entity, of_article)
        .left_join(search_segment::Entity, of_document)
        .cond_where(Cond::any().add(is_missing).add(is_old))
        .take()
}

/// Takes away what no article needs once all are in segments of this epoch. Of an index that is sound that is nothing: a segment goes
/// with its last article. How many rows there were.
async fn sweep(db: &impl ConnectionTrait, epoch: i32) -> Result<u64> {
    let articles = Query::select().column(article::Column::Id).from(article::Entity).take();
    let segments = Query::select().column(search_segment::Column::Id).from(search_segment::Entity).take();
    let old = search_segment::Entity::delete_many().filter(search_segment::Column::Epoch.lt(epoch)).exec(db).await?;
    let pages = search_page::Entity::delete_many().filter(search_page::Column::SegmentId.not_in_subquery(segments));
    let pages = pages.exec(db).await?;
    let gone = search_document::Column::ArticleId.not_in_subquery(articles);
    let gone = search_document::Entity::delete_many().filter(gone).exec(db).await?;
    let suggested = suggest::remove_gone(db).await?;
    Ok(old.rows_affected + pages.rows_affected + gone.rows_affected + suggested)
}

async fn note(db: &impl ConnectionTrait, values: &[(Column, Expr)]) -> Result<()> {
    let mut update = search_state::Entity::update_many();
    for (column, value) in values {
        update = update.col_expr(*column, value.clone());
    }
    update.exec(db).await?;
    Ok(())
}
