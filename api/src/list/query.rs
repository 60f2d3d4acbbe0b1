//! What is asked of a list, checked: its filter, its order, a page of it, and what of that page is to be read.

use super::{
    cursor::Fingerprint,
    filter::{Check, Where},
    order::{Order, OrderBy, OrderField},
    page::{Page, PageArguments},
};
use crate::{Error, Result, audience::Audience, config::Limits, search::SearchQuery};
use async_graphql::{InputType, Lookahead, Value, indexmap::IndexMap};
use chrono_tz::Tz;
use std::sync::Arc;

/// The arguments of a list, as a client gave them.
#[derive(Clone, Debug)]
pub struct Arguments<W, F: InputType> {
    /// `where`.
    pub filter: Option<W>,
    /// `orderBy`.
    pub order_by: Option<Vec<OrderBy<F>>>,
    /// `first` and the others.
    pub page: PageArguments,
    /// `search`, where the type has it.
    pub search: Option<String>,
}

/// What is asked of one list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListQuery<W, F: InputType> {
    /// Which rows.
    pub filter: W,
    /// Which of these rows, by words.
    pub search: Option<Arc<SearchQuery>>,
    /// In which order.
    pub order: Order<F>,
    /// Which part of them.
    pub page: Page,
    /// What of that part.
    pub wants: Wants,
    /// Tells the cursors of this list from those of others, where there are any.
    pub fingerprint: Fingerprint,
    /// The zone of the days that the filter asks for; any where it asks for none.
    pub zone: Tz,
}

/// What is to be read of a page, as far as its statement depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a client may select")]
pub struct Wants {
    /// Any row, or whether there is one.
    pub rows: bool,
    /// Where the rows stand.
    pub cursors: bool,
    /// `hasPreviousPage`.
    pub previous: bool,
    /// `hasNextPage`.
    pub next: bool,
}

impl Wants {
    /// What a selection of a connection asks for.
    #[must_use]
    pub fn of(connection: &Lookahead<'_>) -> Self {
        let page_info = connection.field("pageInfo");
        let asks = |field| page_info.field(field).exists();
        let edges = connection.field("edges");
        Self {
            rows: connection.field("nodes").exists() || edges.exists() || page_info.exists(),
            cursors: edges.field("cursor").exists() || asks("startCursor") || asks("endCursor"),
            previous: asks("hasPreviousPage"),
            next: asks("hasNextPage"),
        }
    }
}

impl Wants {
    /// Tells it from others, in four bits.
    #[must_use]
    pub fn bits(self) -> u64 {
        let all = [self.rows, self.cursors, self.previous, self.next];
        all.into_iter().fold(0, |bits, wanted| bits << 1 | u64::from(wanted))
    }
}

impl<W: Default + PartialEq, F: OrderField> ListQuery<W, F> {
    /// Whether it is the first page of all rows, in their usual order.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.search.is_none() && self.filter == W::default() && *self.order.by() == [F::DEFAULT] && self.page.is_first()
    }
}

impl<W: Where, F: InputType> Arguments<W, F> {
    /// Whether the filter depends on the zone of the site's days.
    ///
    /// # Errors
    /// When the filter can not be meant, or may not be asked by this reader.
    pub fn check(&self, limits: &Limits, audience: Audience) -> Result<bool> {
        let mut check = Check::new(*limits, audience);
        self.filter.as_ref().map_or(Ok(()), |filter| filter.check(&mut check))?;
        Ok(check.needs_zone())
    }
}

impl<W: InputType + Default + PartialEq, F: OrderField> ListQuery<W, F> {
    /// Of arguments whose filter was checked. `list` tells lists of one type from those of another.
    ///
    /// # Errors
    /// When a part of the list can not be meant.
    pub fn new(list: &str, checked: Arguments<W, F>, wants: Wants, zone: Tz, limits: &Limits) -> Result<Self> {
        let filter = checked.filter.unwrap_or_default();
        let search = checked.search.as_deref().map(SearchQuery::parse).filter(|search| !search.is_empty());
        let mut order_by = checked.order_by;
        if let (None, Some(_), Some(asked)) = (&search, &checked.search, &mut order_by) {
            // Nothing stands in the box yet: what orders a search waits for that.
            asked.retain(|by| !by.field.is_of_search());
        }
        let order = Order::new(order_by, search.is_some());
        if search.is_none() && order.by().iter().any(|by| by.field.is_of_search()) {
            let problem = "orders what a search has found; give `search`, too".to_owned();
            return Err(Error::Invalid { field: "orderBy: RELEVANCE".into(), problem });
        }
        order.check()?;
        let has_cursors = wants.cursors || checked.page.after.is_some() || checked.page.before.is_some();
        let fingerprint = has_cursors.then(|| {
            let by = order.by().iter().map(|by| format!("{} {}", by.field.to_value(), by.direction.to_value()));
            // Most filters say nothing, and are of many fields.
            let asked =
                if filter == W::default() { Value::Object(IndexMap::new()) } else { canonical(filter.to_value()) };
            let described = format!("{list} by {} where {asked}", by.collect::<Vec<_>>().join(" "));
            let searched = search.as_ref().map(|search| format!("{described} search {}", search.canonical()));
            Fingerprint::of(searched.as_ref().unwrap_or(&described))
        });
        let fingerprint = fingerprint.unwrap_or_default();
        let page = Page::new(&checked.page, &order.kinds(), fingerprint, limits)?;
        Ok(Self { filter, search: search.map(Arc::new), order, page, wants, fingerprint, zone })
    }
}

/// A filter as GraphQL writes it, without what is as if absent: what is null, and the defaults of the schema.
fn canonical(filter: Value) -> Value {
    match filter {
        Value::Object(fields) => {
            let is_default = |name: &str, value: &Value| name == "fold" && value.to_string() == "NONE";
            let fields = fields.into_iter().map(|(name, value)| (name, canonical(value)));
            Value::Object(fields.filter(|(name, value)| *value != Value::Null && !is_default(name, value)).collect())
        }
        Value::List(values) => Value::List(values.into_iter().map(canonical).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleWhere;

    #[test]
    fn a_filter_that_says_nothing_is_written_as_one_without_fields() {
        let empty = Value::Object(IndexMap::new());
        assert_eq!(canonical(ArticleWhere::default().to_value()), empty);
    }
}
