//! How a list of articles is read: along which table, and what is asked of each row. Pure.

use super::{
    ArticleOrderField, ArticleWhere,
    scope::{Link, Place},
};
use crate::{
    audience, category,
    list::{
        ListQuery, Range, Terms,
        filter::{ListFilter, StringFilter, Target, Where},
        order::Order,
    },
};
use async_graphql::InputType;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

/// 31 days, in microseconds.
const MONTH: i64 = 31 * 86_400_000_000;

/// What is asked of a list of articles.
pub type ArticleList = ListQuery<ArticleWhere, ArticleOrderField>;

/// The rows along which a list is read.
#[derive(Clone, Debug)]
pub enum Drive {
    /// All articles.
    Site,
    /// The lists of some owners.
    Along(Box<Along>),
}

/// The lists of some owners.
#[derive(Clone, Debug)]
pub struct Along {
    /// What joins articles to them.
    pub link: Link,
    /// Their ids, in a column `id`.
    pub owners: SelectStatement,
    /// Whether there is at most one, so that no article is met twice.
    pub is_single: bool,
}

/// What is asked of each row.
#[derive(Clone, Debug)]
pub struct Rest {
    filter: ArticleWhere,
    /// Whether it can be told from any table that lists articles.
    pub is_of_listings: bool,
    /// When it was published.
    pub range: Range,
    /// No drafts, and nothing to come: what everyone sees.
    pub is_published: bool,
}

impl Drive {
    /// Of the whole site's list. Where a filter names an owner, the owner's list is walked instead of that of the site, and
    /// the filter is met by that.
    #[must_use]
    pub fn of(filter: &mut ArticleWhere, terms: &Terms) -> Self {
        let images = take(&mut filter.images, terms);
        let authors = images.or_else(|| take(&mut filter.authors, terms));
        let tags = authors.or_else(|| take(&mut filter.tags, terms));
        let categories = tags.or_else(|| take(&mut filter.categories, terms));
        let in_category = categories.or_else(|| {
            let category = filter.in_category.take()?;
            let owners = category::store::ids(&category);
            Some(Along { link: Link::Category, owners, is_single: true })
        });
        in_category.map_or(Self::Site, |along| Self::Along(Box::new(along)))
    }
}

/// The owners that `some` names, so that not many of them have to be asked.
fn take<W: Target + InputType>(filter: &mut Option<Box<ListFilter<W>>>, terms: &Terms) -> Option<Along> {
    let relation = filter.as_mut()?;
    let most = relation.some.as_ref()?.most()?;
    let some = relation.some.take()?;
    if relation.every.is_none() && relation.none.is_none() {
        *filter = None;
    }
    let mut owners = Query::select().column((W::TABLE, "id")).from(W::TABLE).take();
    owners.and_where(some.condition(W::PLACE, terms));
    Some(Along { link: W::LINK, owners, is_single: most == 1 })
}

impl Rest {
    /// What is asked besides belonging to an owner.
    #[must_use]
    pub fn of(mut filter: ArticleWhere, terms: &Terms) -> Self {
        let is_published = !(terms.audience.is_preview && filter.asks_for_status());
        let now = if is_published { terms.audience.past() } else { Range::default() };
        let range = filter.take_range(terms).within(now);
        Self { is_of_listings: filter.is_of_listings(), filter, range, is_published }
    }

    /// Whether everyone sees all of it.
    #[must_use]
    pub fn is_everything_published(&self, terms: &Terms) -> bool {
        let asks_nothing = self.filter.conditions(Place::ARTICLE, terms).is_empty();
        self.is_published && self.range == terms.audience.past() && asks_nothing
    }

    /// Whether the filter names the articles that it lets pass.
    #[must_use]
    pub fn is_named(&self) -> bool {
        let texts = [&self.filter.slug, &self.filter.path, &self.filter.source_url];
        let is_named = |text: &&Option<Box<StringFilter>>| text.as_ref().is_some_and(|text| text.is_exact());
        self.filter.found.as_ref().is_some_and(|found| found.is_few())
            || self.filter.id.as_ref().is_some_and(|id| id.most().is_some())
            || texts.iter().any(is_named)
    }

    /// Whether it leaves no more than a month.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let span = self.range.from.zip(self.range.until).map(|(from, until)| until.saturating_sub(from));
        span.is_some_and(|span| span <= MONTH)
    }

    /// All but the stretch of time, as conditions that all hold.
    #[must_use]
    pub fn conditions(&self, place: Place, terms: &Terms) -> Vec<Expr> {
        let is_ready = self.is_published.then(|| place.is_draft().eq(false));
        is_ready.into_iter().chain(self.filter.conditions(place, terms)).collect()
    }

    /// All of it, for rows that are walked along the time.
    #[must_use]
    pub fn walked(&self, place: Place, terms: &Terms) -> Vec<Expr> {
        let mut conditions = self.conditions(place, terms);
        conditions.extend(self.range.conditions(&place.published_at()));
        conditions
    }

    /// All of it, for articles that are walked in another order than that of time.
    #[must_use]
    pub fn walked_otherwise(&self, terms: &Terms) -> Vec<Expr> {
        let mut conditions = self.conditions(Place::ARTICLE, terms);
        conditions.extend(self.range.conditions(&audience::aside(Place::ARTICLE.published_at())));
        conditions
    }

    /// All of it, for articles that are found by their names: see [`published_aside`](crate::audience::Audience::published_aside).
    #[must_use]
    pub fn found_otherwise(&self, terms: &Terms) -> Vec<Expr> {
        let place = Place::ARTICLE;
        let is_ready = self.is_published.then(|| place.is_draft().not());
        let filter = self.filter.conditions(place, terms);
        let range = self.range.conditions(&audience::aside(place.published_at()));
        is_ready.into_iter().chain(filter).chain(range).collect()
    }

    /// All of it, for all articles that pass, in no order.
    #[must_use]
    pub fn all_conditions(&self, place: Place, terms: &Terms) -> Vec<Expr> {
        if place == Place::ARTICLE && self.is_named() { self.found_otherwise(terms) } else { self.walked(place, terms) }
    }
}

/// Whether this order can be told from any table that lists articles.
#[must_use]
pub fn is_by_time(order: &Order<ArticleOrderField>) -> bool {
    order.by().iter().all(|by| by.field == ArticleOrderField::PublishedAt)
}
