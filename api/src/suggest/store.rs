//! Finding names by what they start with.

use super::Kind;
use crate::{
    Error, Result,
    audience::Audience,
    db::{Db, Row},
    tag,
    text::successor,
};
use entity::suggestion::{Column, Entity};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement, UnionType};

/// A name that starts with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) owner_id: i64,
    /// That of its keys by which it was found.
    pub(super) key: String,
    pub(super) published_at: i64,
}

/// Of each kind the first names that the reader may see and that one of their keys finds, each once.
///
/// # Errors
/// When the database fails.
pub(super) async fn starting_with(db: &Db, audience: Audience, prefix: &str, most: usize) -> Result<Vec<Candidate>> {
    let [first, rest @ ..] = Kind::ALL.map(|kind| walk(kind, audience, prefix, most));
    let select = rest.into_iter().fold(first, |mut all, one| all.union(UnionType::All, one).take());
    db.rows(&select, decode).await
}

fn decode(row: &mut Row<'_>) -> Result<Candidate> {
    let kind = Kind::of_number(row.take()?).ok_or(Error::ColumnNotRead("kind"))?;
    Ok(Candidate { kind, owner_id: row.take()?, key: row.take()?, published_at: row.take()? })
}

/// Along the index from the prefix on, which ends after so many rows. Hidden articles are passed over in it.
fn walk(kind: Kind, audience: Audience, prefix: &str, most: usize) -> SelectStatement {
    let column = |column: Column| Expr::col((Entity, column));
    let length = i32::try_from(prefix.chars().count()).unwrap_or(i32::MAX);
    let exists = match kind {
        Kind::Tag => tag::store::exists_of(column(Column::OwnerId), audience),
        Kind::Category | Kind::Author | Kind::Article => Cond::all(),
    };
    let read = [Column::Kind, Column::OwnerId, Column::Key, Column::PublishedAt];
    let along = Query::select()
        .columns(read.map(|column| (Entity, column)))
        .from(Entity)
        .and_where(column(Column::Kind).eq(kind.number()))
        .and_where(column(Column::Key).gte(prefix))
        .and_where_option(successor(prefix).map(|end| column(Column::Key).lt(end)))
        // The other keys of what stands further in front.
        .and_where(column(Column::Shared).lt(length))
        .cond_where(audience.published(Entity))
        .cond_where(exists)
        .order_by((Entity, Column::Key), Order::Asc)
        .order_by((Entity, Column::PublishedAt), Order::Desc)
        .order_by((Entity, Column::OwnerId), Order::Desc)
        .limit(most as u64)
        .take();
    // A member of a union has no order of its own.
    Query::select().columns(read).from_subquery(along, "found").take()
}
