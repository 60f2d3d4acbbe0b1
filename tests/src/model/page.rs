//! Which part of a list is on a page.

use super::{Kind, View, order::compare};
use serde_json::{Map, Value, json};

/// How a page is asked for. Cursors are rows here, which need not be on the list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// So many from the beginning.
    pub first: Option<usize>,
    /// So many before the end.
    pub last: Option<usize>,
    /// Behind this row.
    pub after: Option<usize>,
    /// Before this row.
    pub before: Option<usize>,
    /// So many are passed over.
    pub offset: Option<usize>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// In the order of the list.
    pub rows: Vec<usize>,
    /// Whether any come before.
    pub has_previous: bool,
    /// Whether any follow.
    pub has_next: bool,
}

impl Page {
    /// All of a list that is not too long.
    #[must_use]
    pub fn whole() -> Self {
        Self { first: Some(1_000), ..Self::default() }
    }

    /// Cuts it out of a list, which is in order.
    #[must_use]
    pub fn cut(&self, view: View<'_>, kind: Kind, order: &Value, list: &[usize]) -> Cut {
        let stands = |row: usize, cursor: usize| compare(view, kind, order, row, cursor);
        let up_to = |after| list.iter().filter(|row| stands(**row, after).is_le()).count();
        let before = |before| list.iter().filter(|row| stands(**row, before).is_lt()).count();
        let from = self.after.map_or(0, up_to);
        // Where the cursors have changed places, nothing is between them.
        let end = self.before.map_or(list.len(), before);
        let until = end.max(from);
        let offset = self.offset.unwrap_or_default();
        let rows = if let Some(last) = self.last {
            let until = until.saturating_sub(offset).max(from);
            until.saturating_sub(last).max(from)..until
        } else {
            let from = (from + offset).min(until);
            from..(from + self.first.unwrap_or(20)).min(until)
        };
        let has_next = rows.end < until || end < list.len();
        Cut { has_previous: rows.start > 0, has_next, rows: list[rows].to_vec() }
    }

    /// The arguments, with the cursors of rows.
    #[must_use]
    pub fn arguments(&self, cursor: impl Fn(usize) -> String) -> Map<String, Value> {
        let cursors = [("after", self.after), ("before", self.before)];
        let numbers = [("first", self.first), ("last", self.last), ("offset", self.offset)];
        let cursors = cursors.into_iter().filter_map(|(name, row)| Some((name, json!(cursor(row?)))));
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, json!(number?))));
        cursors.chain(numbers).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
