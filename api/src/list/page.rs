//! `first`, `after`, `last`, `before` and `offset`, checked; and what was read of a page.

use super::{
    Bound,
    cursor::{self, Fingerprint, Position},
    order::Kind,
};
use crate::{Error, Result, config::Limits};

/// The arguments by which a part of a list is asked for, as a client gave them.
#[derive(Clone, Debug, Default)]
pub struct PageArguments {
    /// So many, from the beginning or behind `after`.
    pub first: Option<i32>,
    /// Only what stands behind this cursor.
    pub after: Option<String>,
    /// So many, before the end or before `before`.
    pub last: Option<i32>,
    /// Only what stands before this cursor.
    pub before: Option<String>,
    /// So many are passed over.
    pub offset: Option<i32>,
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// How many rows; 0 is legal.
    pub size: usize,
    /// From the end.
    pub is_backward: bool,
    /// How many rows are passed over, from where it begins.
    pub offset: u64,
    after: Option<Position>,
    before: Option<Position>,
}

/// Rows outside of a page: there are some where this finds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe<'a> {
    /// Anywhere in the list.
    Anywhere,
    /// On one side of a position.
    On(Bound, &'a Position),
}

impl Page {
    /// Of a list whose cursors bear this fingerprint and hold keys of these kinds. An argument that is null is as if absent.
    ///
    /// # Errors
    /// When an argument can not be meant, or two can not be meant together.
    pub fn new(arguments: &PageArguments, kinds: &[Kind], fingerprint: Fingerprint, limits: &Limits) -> Result<Self> {
        let PageArguments { first, after, last, before, offset } = arguments;
        if first.is_some() && last.is_some() {
            return Err(invalid("last", "give `first` or `last`, not both"));
        }
        if offset.is_some() && (after.is_some() || before.is_some()) {
            return Err(invalid(
                "offset",
                "give an offset or a cursor, not both; a cursor already says where to begin",
            ));
        }
        let position = |argument, cursor: &Option<String>| {
            cursor.as_deref().map(|cursor| cursor::decode(fingerprint, kinds, argument, cursor)).transpose()
        };
        let size = match (first, last) {
            (Some(first), _) => size("first", *first, limits)?,
            (_, Some(last)) => size("last", *last, limits)?,
            (None, None) => limits.default_page,
        };
        let offset = offset.map_or(Ok(0), |offset| {
            u64::try_from(offset).map_err(|_| invalid("offset", &format!("{offset} is negative")))
        })?;
        let (after, before) = (position("after", after)?, position("before", before)?);
        Ok(Self { size, is_backward: last.is_some(), offset, after, before })
    }

    /// How many rows to read: one more than asked for tells whether there are more.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.size as u64 + 1
    }

    /// Whether it is where the list begins.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        !self.is_backward && self.offset == 0 && self.after.is_none() && self.before.is_none()
    }

    /// Between which positions its rows stand.
    #[must_use]
    pub fn bounds(&self) -> Vec<(&Position, Bound)> {
        let after = self.after.iter().map(|after| (after, Bound::Behind));
        after.chain(self.before.iter().map(|before| (before, Bound::Before))).collect()
    }

    /// Where rows before the page would stand, besides those that reading one row more tells of.
    #[must_use]
    pub const fn previous(&self) -> Option<Probe<'_>> {
        match &self.after {
            Some(after) => Some(Probe::On(Bound::Through, after)),
            None if self.offset > 0 && !self.is_backward => Some(Probe::Anywhere),
            None => None,
        }
    }

    /// Where rows behind the page would stand, besides those that reading one row more tells of.
    #[must_use]
    pub const fn next(&self) -> Option<Probe<'_>> {
        match &self.before {
            Some(before) => Some(Probe::On(Bound::From, before)),
            None if self.offset > 0 && self.is_backward => Some(Probe::Anywhere),
            None => None,
        }
    }
}

fn invalid(field: &'static str, problem: &str) -> Error {
    Error::Invalid { field: field.into(), problem: problem.to_owned() }
}

/// How many rows are asked for by this argument.
///
/// # Errors
/// When it is negative or over the limit.
pub fn size(field: &'static str, asked: i32, limits: &Limits) -> Result<usize> {
    size_within(field, asked, limits.page)
}

/// The same where a list has a maximum of its own.
///
/// # Errors
/// When it is negative or over the maximum.
pub fn size_within(field: &'static str, asked: i32, max: usize) -> Result<usize> {
    let Ok(size) = usize::try_from(asked) else {
        return Err(invalid(field, &format!("{asked} is negative; ask for 0 to {max} rows")));
    };
    if size > max {
        return Err(Error::TooMany { field: field.into(), asked: size, max });
    }
    Ok(size)
}

/// A row, and where in its list it stands, if that was read.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// Read only where a cursor is asked for.
    pub position: Option<Position>,
    /// The row.
    pub node: T,
}

/// What one row of a statement tells of a page: it may be that there is no row in the page.
#[derive(Debug)]
pub struct Found<T> {
    /// Whether a row was found before the page.
    pub has_previous: bool,
    /// Whether a row was found behind the page.
    pub has_next: bool,
    /// A row of the page.
    pub entry: Option<Entry<T>>,
}

/// The rows of one page, in the order of the list, and whether the list goes on.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// As many as asked for, or fewer at the end.
    pub rows: Vec<Entry<T>>,
    /// Whether a row stands before them.
    pub has_previous: bool,
    /// Whether a row follows.
    pub has_next: bool,
}

impl<T> Slice<T> {
    /// Of what was read for this page, in the order in which it was read.
    #[must_use]
    pub fn of(found: Vec<Found<T>>, page: &Page) -> Self {
        let mut has_previous = found.iter().any(|found| found.has_previous);
        let mut has_next = found.iter().any(|found| found.has_next);
        let mut rows: Vec<Entry<T>> = found.into_iter().filter_map(|found| found.entry).collect();
        let has_more = rows.len() > page.size;
        rows.truncate(page.size);
        if page.is_backward {
            rows.reverse();
            has_previous |= has_more;
        } else {
            has_next |= has_more;
        }
        Self { rows, has_previous, has_next }
    }

    /// The same page of something made of its rows.
    #[must_use]
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Slice<U> {
        let Self { rows, has_previous, has_next } = self;
        let rows = rows.into_iter().map(|Entry { position, node }| Entry { position, node: make(node) }).collect();
        Slice { rows, has_previous, has_next }
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &PageArguments) -> Result<Page> {
        let list = Fingerprint::of("articles");
        Page::new(arguments, &[Kind::Integer], list, &Limits::DEFAULT)
    }

    fn first(first: i32) -> Result<usize> {
        asked(&PageArguments { first: Some(first), ..PageArguments::default() }).map(|page| page.size)
    }

    #[test]
    fn page_sizes_are_checked_at_their_edges() {
        assert_eq!(asked(&PageArguments::default()).unwrap().size, 20);
        assert_eq!(first(0).unwrap(), 0);
        assert_eq!(first(1_000).unwrap(), 1_000);
        assert!(matches!(first(1_001), Err(Error::TooMany { max: 1_000, .. })));
        assert!(matches!(first(-1), Err(Error::Invalid { .. })));
        let negative = asked(&PageArguments { offset: Some(-1), ..PageArguments::default() });
        assert!(matches!(negative, Err(Error::Invalid { .. })));
    }

    #[test]
    fn what_can_not_be_meant_together_is_refused() {
        let cursor = || Some(cursor::encode(Fingerprint::of("articles"), &Position(vec![cursor::Value::Integer(1)])));
        let both = PageArguments { first: Some(1), last: Some(1), ..PageArguments::default() };
        assert!(matches!(asked(&both), Err(Error::Invalid { .. })));
        let after = PageArguments { offset: Some(0), after: cursor(), ..PageArguments::default() };
        assert!(matches!(asked(&after), Err(Error::Invalid { .. })));
        let between = PageArguments { last: Some(1), after: cursor(), before: cursor(), ..PageArguments::default() };
        let page = asked(&between).unwrap();
        assert_eq!(page.bounds().len(), 2);
        assert!(page.is_backward && page.previous().is_some() && page.next().is_some());
    }

    #[test]
    fn a_page_from_the_end_is_turned_round() {
        let page = asked(&PageArguments { last: Some(2), ..PageArguments::default() }).unwrap();
        let found = [3, 2, 1].map(|node| Found {
            has_previous: false,
            has_next: false,
            entry: Some(Entry { position: None, node }),
        });
        let slice = Slice::of(found.into(), &page);
        assert_eq!(slice.rows.iter().map(|entry| entry.node).collect::<Vec<_>>(), [2, 3]);
        assert!(slice.has_previous && !slice.has_next);
    }
}
