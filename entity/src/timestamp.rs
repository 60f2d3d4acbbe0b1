//! The one form in which an instant is stored.

use sea_orm::DeriveValueType;

/// Microseconds since 1970-01-01T00:00:00Z, negative before it.
///
/// An integer, because it is compared, ordered and bound in cursors alike on every database, whatever the year; SQLite has
/// no type for instants, and as text `…37Z` and `…37.5Z` do not sort by time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Timestamp(pub i64);
