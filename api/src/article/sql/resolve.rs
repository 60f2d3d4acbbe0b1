//! What a path of the site leads to.

use crate::{audience::Audience, path};
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, Order, Query, SelectStatement, UnionType};

/// What has this path today, then what had it earlier, the likeliest spelling first: which table, the id there, and where an
/// earlier path leads today.
pub fn resolve(audience: Audience, asked: &str) -> SelectStatement {
    let spellings = path::spellings(asked);
    let tables: [(&'static str, Cond); 4] = [
        ("article", audience.visible_aside("article")),
        ("category", Cond::all()),
        ("author", Cond::all()),
        ("tag", Cond::all().add(crate::tag::store::exists(audience))),
    ];
    let mut found = earlier(audience, &spellings, i32::MAX);
    for (rank, (table, exists)) in (0..).zip(tables) {
        let mut today = row(table, rank, Expr::col((table, "id")), Expr::cust("NULL"));
        today.expr_as(path::rank((table, "path"), &spellings), "spelling").from(table).cond_where(exists);
        today.and_where(Expr::col((table, "path")).is_in(spellings.clone()));
        found.union(UnionType::All, today);
    }
    Query::select()
        .columns(["kind", "id", "today"])
        .from_subquery(found, "found")
        .order_by("rank", Order::Asc)
        .order_by("spelling", Order::Asc)
        .limit(1)
        .take()
}

fn earlier(audience: Audience, spellings: &[String], rank: i32) -> SelectStatement {
    let id = Expr::col(("earlier_path", "article_id"));
    let mut earlier = row("earlier_path", rank, id.clone(), Expr::col(("article", "path")));
    earlier
        .expr_as(path::rank(("earlier_path", "path"), spellings), "spelling")
        .from("earlier_path")
        .inner_join("article", Cond::all().add(Expr::col(("article", "id")).eq(id)))
        .cond_where(audience.visible_aside("article"))
        .and_where(Expr::col(("earlier_path", "path")).is_in(spellings.to_vec()));
    earlier
}

fn row(kind: &'static str, rank: i32, id: Expr, today: Expr) -> SelectStatement {
    Query::select()
        .expr_as(Expr::val(kind).cast_as(Alias::new("text")), "kind")
        .expr_as(Expr::val(rank), "rank")
        .expr_as(id, "id")
        .expr_as(today, "today")
        .take()
}
