//! Which columns a selection asks for. Pure.

use async_graphql::{Lookahead, SelectionField};
use entity::article::Column;

/// What each field of `Article` is made of. Fields that are not here come from other tables, or from the columns that are
/// always read: `id`, `is_draft` and `published_at`.
const FIELDS: [(&str, &[Column]); 15] = [
    ("slug", &[Column::Slug]),
    ("path", &[Column::Path]),
    ("title", &[Column::Title]),
    ("excerpt", &[Column::Excerpt, Column::Opening]),
    ("locale", &[Column::Locale]),
    ("createdAt", &[Column::CreatedAt]),
    ("updatedAt", &[Column::UpdatedAt]),
    ("commentsEnabled", &[Column::CommentsEnabled]),
    ("sourceUrl", &[Column::SourceUrl]),
    ("extra", &[Column::Extra]),
    ("version", &[Column::Version]),
    ("body", &[Column::WordCount, Column::Locale]),
    ("authors", &[Column::AuthorIds]),
    ("categories", &[Column::CategoryIds]),
    ("tags", &[Column::TagIds]),
];

/// A set of columns of `article`, beyond those that are always read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Columns(u64);

/// Beside the columns: more of the opening is wanted than an excerpt of the usual length needs.
const LONG_EXCERPT: u64 = 1 << 63;

impl Columns {
    /// What the selections below these fields need, which all give articles.
    #[must_use]
    pub fn of<'a>(fields: impl IntoIterator<Item = Lookahead<'a>>) -> Self {
        fields
            .into_iter()
            .flat_map(|field| field.selection_fields())
            .flat_map(|field| field.selection_set().collect::<Vec<_>>())
            .fold(Self::default(), Self::with_selected)
    }

    fn with_selected(self, field: SelectionField<'_>) -> Self {
        let columns = self.with_field(field.name());
        // Whatever it is: only where it is not given it is known to be the usual one.
        let is_given = field.name() == "excerpt" && field.arguments().is_ok_and(|given| !given.is_empty());
        if is_given { columns.with_long_excerpt() } else { columns }
    }

    /// With all that an excerpt of any length needs.
    #[must_use]
    pub const fn with_long_excerpt(self) -> Self {
        Self(self.0 | LONG_EXCERPT)
    }

    /// Whether more than an excerpt of the usual length is asked for.
    #[must_use]
    pub const fn has_long_excerpt(self) -> bool {
        self.0 & LONG_EXCERPT != 0
    }

    /// What the nodes of a connection need, by whichever way they are selected.
    #[must_use]
    pub fn of_connection(connection: &Lookahead<'_>) -> Self {
        Self::of([connection.field("nodes"), connection.field("edges").field("node")])
    }

    /// With the title.
    #[must_use]
    pub fn with_title(self) -> Self {
        self.with_field("title")
    }

    /// These columns, in the order in which they are selected and decoded.
    pub fn iter(self) -> impl Iterator<Item = Column> {
        let all = FIELDS.into_iter().flat_map(|(_, columns)| columns.iter().copied());
        let mut rest = self.0;
        all.filter(move |column| {
            let is_new = rest & bit(*column) != 0;
            rest &= !bit(*column);
            is_new
        })
    }

    /// Tells the set from others.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// With what this field of `Article` is made of.
    #[must_use]
    pub fn with_field(self, name: &str) -> Self {
        let columns = FIELDS.iter().find(|(field, _)| *field == name).map_or(&[][..], |(_, columns)| columns);
        Self(columns.iter().fold(self.0, |set, column| set | bit(*column)))
    }
}

const fn bit(column: Column) -> u64 {
    1 << column as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_two_fields_is_read_once() {
        let columns = ["body", "locale", "slug", "authors"].into_iter().fold(Columns::default(), Columns::with_field);
        let read: Vec<Column> = columns.iter().collect();
        assert_eq!(format!("{read:?}"), "[Slug, Locale, WordCount, AuthorIds]");
    }
}
