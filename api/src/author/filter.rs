//! What authors can be asked by. Pure.

use crate::{
    Result,
    article::scope::{Link, has_articles},
    graphql::id::Kind,
    list::{
        Terms,
        filter::{Branches, Check, Form, IdFilter, StringFilter, Target, TextColumn, Where, fewest},
    },
};
use async_graphql::{ID, InputObject, OneofObject};
use entity::author::Column;
use sea_orm::sea_query::Expr;

/// Names one author. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum AuthorBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
}

/// Which authors: those for whom every field holds. A field that is null is as if absent; an empty filter lets everyone pass.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AuthorWhere {
    /// All of these hold. An empty list holds.
    pub and: Option<Vec<AuthorWhere>>,
    /// One of these holds. An empty list does not.
    pub or: Option<Vec<AuthorWhere>>,
    /// This does not hold.
    pub not: Option<Box<AuthorWhere>>,
    /// By the global id.
    pub id: Option<Box<IdFilter>>,
    /// By the slug.
    pub slug: Option<Box<StringFilter>>,
    /// By the name.
    pub name: Option<Box<StringFilter>>,
    /// Whether anything of theirs is published.
    pub has_articles: Option<bool>,
}

fn column(column: Column) -> Expr {
    Expr::col(("author", column))
}

impl Where for AuthorWhere {
    type Place = ();

    fn branches(&self) -> Branches<'_, Self> {
        Branches { and: self.and.as_ref(), or: self.or.as_ref(), not: self.not.as_deref() }
    }

    fn check_fields(&self, check: &mut Check) -> Result<()> {
        check.at_each("id", self.id.as_deref(), IdFilter::check)?;
        check.at_each("slug", self.slug.as_deref(), StringFilter::check)?;
        check.at_each("name", self.name.as_deref(), StringFilter::check)?;
        check.operators([self.has_articles.is_some()])
    }

    fn fields(&self, (): (), terms: &Terms) -> Vec<Expr> {
        let text = |plain, folded| TextColumn {
            plain: column(plain),
            folded: column(folded),
            is_nullable: false,
            form: Form::Plain,
        };
        let (slug, name) = (text(Column::Slug, Column::SlugFolded), text(Column::Name, Column::NameFolded));
        let mut conditions = Vec::new();
        conditions.extend(self.id.iter().flat_map(|id| id.conditions(&column(Column::Id), Kind::Author)));
        conditions.extend(self.slug.iter().flat_map(|filter| filter.conditions(&slug, terms.backend)));
        conditions.extend(self.name.iter().flat_map(|filter| filter.conditions(&name, terms.backend)));
        conditions.extend(self.has_articles.map(|has| has_articles(Link::Author, column(Column::Id), has, terms)));
        conditions
    }
}

impl Target for AuthorWhere {
    const LINK: Link = Link::Author;
    const TABLE: &'static str = "author";
    const PLACE: () = ();

    /// Ids, slugs and names are unique.
    fn most(&self) -> Option<usize> {
        fewest([
            self.id.as_ref().and_then(|id| id.most()),
            self.slug.as_ref().and_then(|slug| slug.most()),
            self.name.as_ref().and_then(|name| name.most()),
        ])
    }
}
