//! `first` and `after`, checked.

use super::cursor::{self, Fingerprint};
use crate::{Error, Result, config::Limits};
use serde::de::DeserializeOwned;

/// Which part of a list is asked for. `K` is the sort key of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page<K> {
    /// How many rows; 0 is legal.
    pub first: usize,
    /// The key of the row before the first one, where the list goes on.
    pub after: Option<K>,
    /// The list's.
    pub fingerprint: Fingerprint,
}

impl<K: DeserializeOwned> Page<K> {
    /// Forward through the list that `fingerprint` tells; an argument that is null is as if absent.
    ///
    /// # Errors
    /// When `first` is negative or over the limit, or `after` is no cursor of this list.
    pub fn forward(first: Option<i32>, after: Option<&str>, fingerprint: Fingerprint, limits: &Limits) -> Result<Self> {
        let after = after.map(|cursor| cursor::decode(fingerprint, cursor)).transpose()?;
        Ok(Self { first: size(first, limits)?, after, fingerprint })
    }
}

fn size(first: Option<i32>, limits: &Limits) -> Result<usize> {
    let Some(first) = first else {
        return Ok(limits.default_page);
    };
    let size = usize::try_from(first).map_err(|_| Error::Invalid {
        field: "first",
        problem: format!("{first} is negative; ask for 0 to {} rows", limits.page),
    })?;
    if size > limits.page {
        return Err(Error::TooMany { field: "first", asked: size, max: limits.page });
    }
    Ok(size)
}

impl<K> Page<K> {
    /// How many rows to read: one more than asked for tells whether there are more.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.first as u64 + 1
    }
}

/// The rows of one page, and whether the list goes on.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// As many as asked for, or fewer at the end.
    pub rows: Vec<T>,
    /// Whether a row follows.
    pub has_next: bool,
}

impl<T> Slice<T> {
    /// Takes back the row that was read beyond the page.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, first: usize) -> Self {
        let has_next = rows.len() > first;
        rows.truncate(first);
        Self { rows, has_next }
    }

    /// The same page of something made of its rows.
    #[must_use]
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Slice<U> {
        Slice { rows: self.rows.into_iter().map(make).collect(), has_next: self.has_next }
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), has_next: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(first: Option<i32>) -> Result<usize> {
        size(first, &Limits::default())
    }

    #[test]
    fn page_sizes_are_checked_at_their_edges() {
        assert_eq!(asked(None).unwrap(), 20);
        assert_eq!(asked(Some(0)).unwrap(), 0);
        assert_eq!(asked(Some(1_000)).unwrap(), 1_000);
        assert!(matches!(asked(Some(1_001)), Err(Error::TooMany { max: 1_000, .. })));
        assert!(matches!(asked(Some(-1)), Err(Error::Invalid { .. })));
    }
}
