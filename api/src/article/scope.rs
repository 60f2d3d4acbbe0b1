//! Whose articles are listed.

use crate::{
    list::{Terms, logic},
    search::Kind,
};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Func, Query, SelectStatement};

/// What joins articles to something that lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// A category and everything below it.
    Category,
    /// A category alone.
    CategoryAlone,
    /// An author.
    Author,
    /// A tag.
    Tag,
    /// An image.
    Image,
}

/// The articles of one thing. `id` is that of the category, author, tag or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// How they are joined.
    pub link: Link,
    /// To what.
    pub id: i64,
}

/// Which list of articles a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// That of the whole site.
    Site,
    /// A parent's.
    Of(Scope),
}

/// Where a statement finds what of an article stands in every table that lists articles: its id, and what lists are ordered
/// by. Everything else is in `article`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// Its column for the article's id.
    pub id: &'static str,
}

impl Place {
    /// The article itself.
    pub const ARTICLE: Self = Self { table: "article", id: "id" };

    /// The article's id.
    #[must_use]
    pub fn id(self) -> Expr {
        Expr::col((self.table, self.id))
    }

    /// When it is or was published.
    #[must_use]
    pub fn published_at(self) -> Expr {
        Expr::col((self.table, "published_at"))
    }

    /// Whether it is a draft.
    #[must_use]
    pub fn is_draft(self) -> Expr {
        Expr::col((self.table, "is_draft"))
    }
}

impl Link {
    /// The table that joins them.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Category | Self::CategoryAlone => "article_category",
            Self::Author => "article_author",
            Self::Tag => "article_tag",
            Self::Image => "figure",
        }
    }

    /// Its column for what lists them.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Category | Self::CategoryAlone => "category_id",
            Self::Author => "author_id",
            Self::Tag => "tag_id",
            Self::Image => "image_id",
        }
    }

    /// Where its table says what listings are ordered by.
    #[must_use]
    pub const fn place(self) -> Place {
        Place { table: self.table(), id: "article_id" }
    }

    /// As what the index of the search knows it.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Category => Kind::Category,
            Self::CategoryAlone => Kind::CategoryAlone,
            Self::Author => Kind::Author,
            Self::Tag => Kind::Tag,
            Self::Image => Kind::Image,
        }
    }

    /// Whether an article may stand twice in one list.
    #[must_use]
    pub const fn has_twins(self) -> bool {
        matches!(self, Self::Image)
    }

    /// Under which name `article_count` keeps its counts, where it does.
    #[must_use]
    pub const fn kept(self) -> Option<&'static str> {
        match self {
            Self::Category => Some("category"),
            Self::CategoryAlone => Some("category_alone"),
            Self::Author => Some("author"),
            Self::Tag => Some("tag"),
            Self::Image => None,
        }
    }

    /// Its rows that belong to this owner, drafts and scheduled articles among them.
    #[must_use]
    pub fn rows_of(self, owner: Expr) -> SelectStatement {
        let is_of_owner = Expr::col((self.table(), self.key())).eq(owner);
        Query::select().from(self.table()).and_where(is_of_owner).cond_where(self.rule()).take()
    }

    /// All of its rows, or those that a rule of its own leaves.
    #[must_use]
    pub fn rule(self) -> Cond {
        self.rule_of(self.table())
    }

    /// The same, of its table under another name.
    #[must_use]
    pub fn rule_of(self, table: &'static str) -> Cond {
        match self {
            Self::CategoryAlone => Cond::all().add(Expr::col((table, "is_leaf")).eq(true)),
            Self::Category | Self::Author | Self::Tag | Self::Image => Cond::all(),
        }
    }

    /// How many published articles this owner has: the kept number of those that are no drafts, without those to come.
    #[must_use]
    pub fn published_count(self, owner: &Expr, terms: &Terms) -> Expr {
        let Some(kept) = self.kept() else {
            let articles = Func::count_distinct(Expr::col((self.table(), "article_id")));
            let mut rows = self.rows_of(owner.clone());
            return logic::scalar(rows.cond_where(terms.audience.published(self.table())).expr(articles).take());
        };
        kept_count(kept, owner.clone(), self.rows_of(owner.clone()), self.place(), terms)
    }

    /// Whether this owner has a published article.
    #[must_use]
    pub fn has_published(self, owner: Expr, terms: &Terms) -> Expr {
        let mut rows = self.rows_of(owner);
        logic::exists(rows.cond_where(terms.audience.published(self.table())).expr(Expr::cust("1")).take())
    }
}

/// How many articles of the site are published.
#[must_use]
pub fn published_count(terms: &Terms) -> Expr {
    let articles = Query::select().from("article").take();
    kept_count("site", Expr::cust("0"), articles, Place::ARTICLE, terms)
}

fn kept_count(list: &'static str, owner: Expr, mut rows: SelectStatement, place: Place, terms: &Terms) -> Expr {
    let ready = Query::select()
        .column(("article_count", "ready"))
        .from("article_count")
        .and_where(Expr::col(("article_count", "list")).eq(list))
        .and_where(Expr::col(("article_count", "owner_id")).eq(owner))
        .take();
    let to_come = rows
        .expr(Func::count(place.id()))
        .and_where(place.is_draft().eq(false))
        .and_where(terms.audience.is_to_come(place.published_at()))
        .take();
    let ready = Func::coalesce([logic::scalar(ready), Expr::cust("0")]);
    Expr::from(ready).sub(logic::scalar(to_come))
}

/// Whether this owner has a published article, or has none, as it is wanted.
#[must_use]
pub fn has_articles(link: Link, owner: Expr, wanted: bool, terms: &Terms) -> Expr {
    let has = link.has_published(owner, terms);
    if wanted { has } else { has.not() }
}
