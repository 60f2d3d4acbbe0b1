//! The query language of lists: what they are filtered and ordered by, where a page of one stands, and the SQL of that.
//!
//! Everything here is pure, and knows of a feature no more than the names that GraphQL wants for its types. A feature says
//! which columns it has (`filter.rs`, `order.rs`); its statements stand in its own `sql` or `store`.

pub mod cursor;
pub mod filter;
mod ids;
mod keyset;
pub mod logic;
pub mod order;
pub mod page;
mod query;
mod range;
pub mod sql;

pub use self::{
    ids::IdSet,
    keyset::{Bound, bound, conditions_by_time},
    query::{Arguments, ListQuery, Wants},
    range::Range,
};

use crate::audience::Audience;
use chrono_tz::Tz;
use sea_orm::DbBackend;
use url::Url;

/// What conditions depend on besides the filter that they come from.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Which SQL is spoken.
    pub backend: DbBackend,
    /// Who reads, and when.
    pub audience: Audience,
    /// The site's time zone.
    pub zone: Tz,
    /// Where the site is reached: what clients are told of paths without a host starts with it.
    pub site: Option<Url>,
}
