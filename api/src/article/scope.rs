//! Whose articles are listed.

use crate::category::CategoryBy;

/// What joins articles to something that lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// A category and everything below it.
    Category,
    /// A category alone.
    CategoryAlone,
    /// An author.
    Author,
    /// A tag.
    Tag,
    /// An image.
    Image,
}

/// The articles of one thing. `id` is that of the category, author, tag or image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// How they are joined.
    pub link: Link,
    /// To what.
    pub id: i64,
}

/// Which list of articles a page belongs to.
#[derive(Clone, Debug)]
pub enum Source {
    /// That of the whole site.
    Site,
    /// The whole site's under `where: {inCategory: …}`.
    InCategory(CategoryBy),
    /// A parent's.
    Of(Scope),
}
