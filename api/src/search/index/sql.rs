//! The statements that read the index. Pure.

use super::terms::Key;
use crate::list::logic;
use sea_orm::sea_query::{
    CaseStatement, Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType, Value, ValueTuple,
};

/// Of each segment and each of these keys: the segment's id, its dead documents beside the first key, the key's number, and the page in
/// which the key stands if it does. All of it is of one moment.
///
/// Of a page of more bytes than `most`, which one key alone has, nothing is read: it is empty.
pub fn lookup(keys: &[Key], most: Option<i64>) -> SelectStatement {
    let numbered = (0_i64..).zip(keys);
    let rows = numbered.map(|(number, key)| ValueTuple::Many(vec![number.into(), Value::from(key)]));
    let number = Expr::col(("wanted", "column1"));
    let dead = CaseStatement::new().case(number.clone().eq(0), Expr::col(("segment", "dead")));
    let key = Expr::col(("wanted", "column2"));
    let data = || Expr::col(("page", "data"));
    let is_there = Expr::col(("page", "last_key")).gte(key.clone());
    let mut page = CaseStatement::new();
    if let Some(most) = most {
        let is_long = Expr::from(Func::cust("length").arg(data())).gt(most);
        page = page.case(is_there.clone().and(is_long), Vec::<u8>::new());
    }
    let data = page.case(is_there, data());
    let page = Query::select()
        .expr(data)
        .from_as("search_page", "page")
        .and_where(Expr::col(("page", "segment_id")).equals(("segment", "id")))
        .and_where(Expr::col(("page", "first_key")).lte(key))
        .order_by(("page", "first_key"), Order::Desc)
        .limit(1)
        .take();
    Query::select()
        .column(("segment", "id"))
        .expr(dead)
        .expr(number)
        .expr(logic::scalar(page))
        .from_as("search_segment", "segment")
        .from_values(rows, "wanted")
        .take()
}

/// Of each segment the pages in which keys from the first one up to the second one may stand: the one that begins before them, null where there
/// is none, then those that begin among them. As one condition PostgreSQL would look at every page of all segments.
pub fn range(from: &Key, to: &Key) -> SelectStatement {
    let of_segment = || Expr::col(("page", "segment_id")).equals(("segment", "id"));
    let first = || Expr::col(("page", "first_key"));
    let before = Query::select()
        .column(("page", "data"))
        .from_as("search_page", "page")
        .and_where(of_segment())
        .and_where(first().lt(Value::from(from)))
        .order_by(("page", "first_key"), Order::Desc)
        .limit(1)
        .take();
    // Crossed, so that SQLite does not look for the segments of all pages.
    let page = |column: &'static str| Expr::col(("search_page", column));
    let among = Query::select()
        .columns([("segment", "id"), ("search_page", "data")])
        .from_as("search_segment", "segment")
        .cross_join("search_page")
        .and_where(page("segment_id").equals(("segment", "id")))
        .and_where(page("first_key").gte(Value::from(from)))
        .and_where(page("first_key").lt(Value::from(to)))
        .take();
    Query::select()
        .column(("segment", "id"))
        .expr(logic::scalar(before))
        .from_as("search_segment", "segment")
        .union(UnionType::All, among)
        .take()
}

/// The documents of these segments.
pub fn documents(segments: &[i64]) -> SelectStatement {
    Query::select()
        .columns(["id", "data"])
        .from("search_segment")
        .and_where(Expr::col("id").is_in(segments.iter().copied()))
        .take()
}
