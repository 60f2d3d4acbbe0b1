//! What tags can be asked by. Pure.

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
use entity::tag::Column;
use sea_orm::sea_query::Expr;

/// Names one tag. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum TagBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
}

/// Which tags: those for which every field holds. A field that is null is as if absent; an empty filter lets everything pass.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TagWhere {
    /// All of these hold. An empty list holds.
    pub and: Option<Vec<TagWhere>>,
    /// One of these holds. An empty list does not.
    pub or: Option<Vec<TagWhere>>,
    /// This does not hold.
    pub not: Option<Box<TagWhere>>,
    /// By its global id.
    pub id: Option<Box<IdFilter>>,
    /// By its slug.
    pub slug: Option<Box<StringFilter>>,
    /// By its name.
    pub name: Option<Box<StringFilter>>,
    /// Whether a published article bears it.
    pub has_articles: Option<bool>,
}

fn column(column: Column) -> Expr {
    Expr::col(("tag", column))
}

impl Where for TagWhere {
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
        conditions.extend(self.id.iter().flat_map(|id| id.conditions(&column(Column::Id), Kind::Tag)));
        conditions.extend(self.slug.iter().flat_map(|filter| filter.conditions(&slug, terms.backend)));
        conditions.extend(self.name.iter().flat_map(|filter| filter.conditions(&name, terms.backend)));
        conditions.extend(self.has_articles.map(|has| has_articles(Link::Tag, column(Column::Id), has, terms)));
        conditions
    }
}

impl Target for TagWhere {
    const LINK: Link = Link::Tag;
    const TABLE: &'static str = "tag";
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
