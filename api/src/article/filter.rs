//! What articles can be asked by. Pure.

use super::{scope::Place, sql, status::StatusFilter};
use crate::{
    Result,
    author::AuthorWhere,
    category::{self, CategoryBy, CategoryWhere},
    graphql::id::Kind,
    image::ImageWhere,
    list::{
        IdSet, Range, Terms,
        filter::{
            Branches, Check, DateTimeFilter, Form, IdFilter, IntFilter, ListFilter, NumberColumn, StringFilter,
            TextColumn, Where,
        },
        logic,
    },
    path,
    tag::TagWhere,
};
use async_graphql::{ID, InputObject, OneofObject};
use entity::article::Column;
use sea_orm::sea_query::{Expr, ExprTrait};
use std::sync::Arc;

/// Names one article. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum ArticleBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// The path at which the site shows it, percent-encoded or not, with or without the last slash.
    Path(String),
    /// Where it was first published.
    SourceUrl(String),
}

/// Which articles a list shows: those for which every field holds. A field that is null is as if absent; an empty filter
/// lets everything pass.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ArticleWhere {
    /// All of these hold. An empty list holds.
    pub and: Option<Vec<ArticleWhere>>,
    /// One of these holds. An empty list does not.
    pub or: Option<Vec<ArticleWhere>>,
    /// This does not hold.
    pub not: Option<Box<ArticleWhere>>,
    /// By its global id.
    pub id: Option<Box<IdFilter>>,
    /// By its slug.
    pub slug: Option<Box<StringFilter>>,
    /// By its path: percent-encoded or not, and where it is whole, with or without the last slash.
    pub path: Option<Box<StringFilter>>,
    /// By its title.
    pub title: Option<Box<StringFilter>>,
    /// By its language tag.
    pub locale: Option<Box<StringFilter>>,
    /// By where it was first published.
    pub source_url: Option<Box<StringFilter>>,
    /// Lists show published articles unless this says otherwise; who is no preview reader may not ask for others.
    pub status: Option<Box<StatusFilter>>,
    /// By when it was published.
    pub published_at: Option<Box<DateTimeFilter>>,
    /// By when it was first written.
    pub created_at: Option<Box<DateTimeFilter>>,
    /// By when it was last changed.
    pub updated_at: Option<Box<DateTimeFilter>>,
    /// Whether the site invites comments below it.
    pub comments_enabled: Option<bool>,
    /// By the number of its words.
    pub word_count: Option<Box<IntFilter>>,
    /// Whether an image stands at its head.
    pub has_cover: Option<bool>,
    /// By who wrote it.
    pub authors: Option<Box<ListFilter<AuthorWhere>>>,
    /// By its own categories, the last ones of its chains; see `inCategory` for those with all below them.
    pub categories: Option<Box<ListFilter<CategoryWhere>>>,
    /// Those of this category and its descendants, each once. A category that does not exist has none.
    pub in_category: Option<Box<CategoryBy>>,
    /// By its tags.
    pub tags: Option<Box<ListFilter<TagWhere>>>,
    /// By the images that it shows.
    pub images: Option<Box<ListFilter<ImageWhere>>>,
    /// Those that a search has found.
    #[graphql(skip)]
    pub found: Option<Arc<IdSet>>,
}

impl ArticleWhere {
    /// Whether it says anywhere which statuses are asked for.
    #[must_use]
    pub fn asks_for_status(&self) -> bool {
        let Branches { and, or, not } = self.branches();
        let mut nested = and.into_iter().chain(or).flatten().chain(not);
        self.status.as_ref().is_some_and(|status| status.is_said()) || nested.any(Self::asks_for_status)
    }

    /// Whether it depends on nothing but what stands in every table that lists articles.
    #[must_use]
    pub fn is_of_listings(&self) -> bool {
        let rest = Self { id: None, status: None, published_at: None, found: None, ..self.clone() };
        rest == Self::default()
    }

    /// Takes out the stretch of time in which all that it lets pass was published.
    pub fn take_range(&mut self, terms: &Terms) -> Range {
        let Some(filter) = &mut self.published_at else {
            return Range::default();
        };
        let range = filter.range(terms.zone);
        let other = DateTimeFilter { ne: filter.ne.clone(), ..DateTimeFilter::default() };
        self.published_at = filter.ne.is_value().then(|| Box::new(other));
        range
    }

    fn texts(&self) -> [(&'static str, Option<&StringFilter>, Column, Column, Form); 5] {
        use Column::{
            Locale, LocaleFolded, Path, PathFolded, Slug, SlugFolded, SourceUrl, SourceUrlFolded, Title, TitleFolded,
        };
        [
            ("slug", self.slug.as_deref(), Slug, SlugFolded, Form::Plain),
            ("path", self.path.as_deref(), Path, PathFolded, Form::Path),
            ("title", self.title.as_deref(), Title, TitleFolded, Form::Plain),
            ("locale", self.locale.as_deref(), Locale, LocaleFolded, Form::Plain),
            ("sourceUrl", self.source_url.as_deref(), SourceUrl, SourceUrlFolded, Form::Plain),
        ]
    }

    fn of_relations(&self, id: &Expr, terms: &Terms) -> Vec<Expr> {
        let authors = self.authors.iter().flat_map(|authors| authors.conditions(id, terms));
        let categories = self.categories.iter().flat_map(|categories| categories.conditions(id, terms));
        let tags = self.tags.iter().flat_map(|tags| tags.conditions(id, terms));
        let images = self.images.iter().flat_map(|images| images.conditions(id, terms));
        let in_category = self.in_category.iter().map(|category| in_category(id, category));
        let has_cover = self.has_cover.iter().map(|has_cover| self::has_cover(id, *has_cover));
        authors.chain(categories).chain(tags).chain(images).chain(in_category).chain(has_cover).collect()
    }
}

impl Where for ArticleWhere {
    type Place = Place;

    fn branches(&self) -> Branches<'_, Self> {
        Branches { and: self.and.as_ref(), or: self.or.as_ref(), not: self.not.as_deref() }
    }

    fn check_fields(&self, check: &mut Check) -> Result<()> {
        check.at_each("id", self.id.as_deref(), IdFilter::check)?;
        for (name, filter, ..) in self.texts() {
            let spellings = if name == "path" { path::SPELLINGS } else { 1 };
            check.at_each(name, filter, |filter, check| filter.check_spelt(check, spellings))?;
        }
        check.at_each("status", self.status.as_deref(), StatusFilter::check)?;
        check.at_each("publishedAt", self.published_at.as_deref(), DateTimeFilter::check)?;
        check.at_each("createdAt", self.created_at.as_deref(), DateTimeFilter::check)?;
        check.at_each("updatedAt", self.updated_at.as_deref(), DateTimeFilter::check)?;
        check.at_each("wordCount", self.word_count.as_deref(), IntFilter::check)?;
        check.at_each("authors", self.authors.as_deref(), ListFilter::check)?;
        check.at_each("categories", self.categories.as_deref(), ListFilter::check)?;
        check.at_each("tags", self.tags.as_deref(), ListFilter::check)?;
        check.at_each("images", self.images.as_deref(), ListFilter::check)?;
        check.operators([self.comments_enabled.is_some(), self.has_cover.is_some(), self.in_category.is_some()])
    }

    fn fields(&self, place: Place, terms: &Terms) -> Vec<Expr> {
        let column = |column: Column| Expr::col(("article", column));
        let mut conditions = Vec::new();
        conditions.extend(self.found.iter().map(|found| found.condition(&place.id(), terms.backend)));
        if let Some(id) = &self.id {
            conditions.extend(id.conditions(&place.id(), Kind::Article));
        }
        for (_, filter, plain, folded, form) in self.texts() {
            if let Some(filter) = filter {
                let is_nullable = matches!(plain, Column::SourceUrl);
                let text = TextColumn { plain: column(plain), folded: column(folded), is_nullable, form };
                conditions.extend(filter.conditions(&text, terms.backend));
            }
        }
        if let Some(status) = &self.status {
            conditions.extend(status.conditions(place, terms));
        }
        let instants = [
            (&self.published_at, place.published_at()),
            (&self.created_at, column(Column::CreatedAt)),
            (&self.updated_at, column(Column::UpdatedAt)),
        ];
        for (filter, instant) in instants {
            conditions.extend(filter.iter().flat_map(|filter| filter.conditions(&instant, terms.zone)));
        }
        conditions.extend(self.comments_enabled.map(|enabled| column(Column::CommentsEnabled).eq(enabled)));
        if let Some(words) = &self.word_count {
            conditions
                .extend(words.conditions(&NumberColumn { column: column(Column::WordCount), is_nullable: false }));
        }
        conditions.extend(self.of_relations(&place.id(), terms));
        conditions
    }
}

fn in_category(id: &Expr, category: &CategoryBy) -> Expr {
    logic::exists(sql::places_of(id.clone(), category::store::ids(category)))
}

fn has_cover(id: &Expr, wanted: bool) -> Expr {
    let has = logic::exists(sql::covers_of(id.clone()));
    if wanted { has } else { has.not() }
}
