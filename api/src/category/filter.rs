//! What categories can be asked by. Pure.

use super::store;
use crate::{
    Result,
    article::scope::{Link, has_articles},
    graphql::id::Kind,
    list::{
        Terms,
        filter::{Branches, Check, Form, IdFilter, StringFilter, Target, TextColumn, Where, fewest},
        logic,
    },
    path,
};
use async_graphql::{ID, InputObject, OneofObject};
use entity::category::Column;
use sea_orm::sea_query::{Expr, ExprTrait};

/// Names one category. Give exactly one field.
#[derive(OneofObject, Clone, Debug, PartialEq, Eq, Hash)]
pub enum CategoryBy {
    /// Its global id.
    Id(ID),
    /// Its slug, which holds those of its ancestors, e.g. `craft/printing`.
    Slug(String),
    /// The path at which the site shows it, percent-encoded or not, with or without the last slash.
    Path(String),
    /// Names from the root, itself last, e.g. `["Craft", "Printing"]`.
    Names(Vec<String>),
}

/// Which categories: those for which every field holds. A field that is null is as if absent; an empty filter lets everything
/// pass.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CategoryWhere {
    /// All of these hold. An empty list holds.
    pub and: Option<Vec<CategoryWhere>>,
    /// One of these holds. An empty list does not.
    pub or: Option<Vec<CategoryWhere>>,
    /// This does not hold.
    pub not: Option<Box<CategoryWhere>>,
    /// By its global id.
    pub id: Option<Box<IdFilter>>,
    /// By its slug, which holds those of its ancestors.
    pub slug: Option<Box<StringFilter>>,
    /// By its own name.
    pub name: Option<Box<StringFilter>>,
    /// By its path: percent-encoded or not, and where it is whole, with or without the last slash.
    pub path: Option<Box<StringFilter>>,
    /// By the category above it; a root has none. `{}`: there is one.
    pub parent: Option<Box<CategoryWhere>>,
    /// Whether it is a root.
    pub is_root: Option<bool>,
    /// Whether a published article is in it or below it.
    pub has_articles: Option<bool>,
}

/// Under which name a category stands in a statement: how many levels above the one that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(pub usize);

impl Level {
    /// The category that is asked for.
    pub const OWN: Self = Self(0);

    /// The name of its table.
    #[must_use]
    pub fn table(self) -> String {
        if self == Self::OWN { "category".to_owned() } else { format!("parent{}", self.0) }
    }

    /// A column there.
    #[must_use]
    pub fn column(self, column: Column) -> Expr {
        Expr::col((self.table(), column))
    }
}

impl Where for CategoryWhere {
    type Place = Level;

    fn branches(&self) -> Branches<'_, Self> {
        Branches { and: self.and.as_ref(), or: self.or.as_ref(), not: self.not.as_deref() }
    }

    fn check_fields(&self, check: &mut Check) -> Result<()> {
        check.at_each("id", self.id.as_deref(), IdFilter::check)?;
        check.at_each("slug", self.slug.as_deref(), StringFilter::check)?;
        check.at_each("name", self.name.as_deref(), StringFilter::check)?;
        check.at_each("path", self.path.as_deref(), |path, check| path.check_spelt(check, path::SPELLINGS))?;
        check.at_each("parent", self.parent.as_deref(), |parent, check| check.above(|check| parent.check(check)))?;
        check.operators([self.parent.is_some(), self.is_root.is_some(), self.has_articles.is_some()])
    }

    fn fields(&self, level: Level, terms: &Terms) -> Vec<Expr> {
        let text = |filter: &Option<Box<StringFilter>>, plain, folded, form| {
            let text =
                TextColumn { plain: level.column(plain), folded: level.column(folded), is_nullable: false, form };
            filter.iter().flat_map(|filter| filter.conditions(&text, terms.backend)).collect::<Vec<_>>()
        };
        let id = level.column(Column::Id);
        let parent_id = level.column(Column::ParentId);
        let mut conditions = Vec::new();
        conditions.extend(self.id.iter().flat_map(|filter| filter.conditions(&id, Kind::Category)));
        conditions.extend(text(&self.slug, Column::Slug, Column::SlugFolded, Form::Plain));
        conditions.extend(text(&self.name, Column::Name, Column::NameFolded, Form::Plain));
        conditions.extend(text(&self.path, Column::Path, Column::PathFolded, Form::Path));
        conditions.extend(self.parent.iter().map(|parent| {
            let above = Level(level.0 + 1);
            logic::exists(store::parents(level, above, parent.conditions(above, terms)))
        }));
        conditions.extend(
            self.is_root.map(|is_root| if is_root { parent_id.clone().is_null() } else { parent_id.is_not_null() }),
        );
        conditions.extend(self.has_articles.map(|has| has_articles(Link::Category, id, has, terms)));
        conditions
    }
}

impl Target for CategoryWhere {
    const LINK: Link = Link::CategoryAlone;
    const TABLE: &'static str = "category";
    const PLACE: Level = Level::OWN;

    /// Ids and slugs are unique. Several categories may have one name, and a path may be spelt in several ways.
    fn most(&self) -> Option<usize> {
        let several = |most: Option<usize>| most.map(|most| most.saturating_add(1));
        fewest([
            self.id.as_ref().and_then(|id| id.most()),
            self.slug.as_ref().and_then(|slug| slug.most()),
            several(self.path.as_ref().and_then(|path| path.most())),
            several(self.name.as_ref().and_then(|name| name.most())),
        ])
    }
}
