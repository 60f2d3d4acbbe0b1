//! What rows are shown as: their columns in the order of the statements.

use super::rows::{First, Rows, Shape, Statement};
use crate::{
    answer::{Branch, Card, Cover, Figure, Image, Line, Named, PageInfo, Place},
    text::{self, Cursor, Instant, Path},
};
use rusqlite::{Result, Row};

/// Of authors, categories and tags.
pub struct Names;

impl Shape for Names {
    type Shown<'r> = Named<'r>;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Named<'r>> {
        Ok(Named { name: text(row, 0)?, path: Path(text(row, 1)?) })
    }
}

/// Of articles in a list, with the statements for what belongs to them.
pub struct Cards<'a, 'c> {
    pub authors: &'a Statement<'c>,
    pub categories: &'a Statement<'c>,
    pub cover: &'a Statement<'c>,
    pub page: &'a PageInfo,
}

impl<'c> Shape for Cards<'_, 'c> {
    type Shown<'r>
        = Card<'r, Rows<'r, 'c, [i64; 1], Names>, Rows<'r, 'c, [i64; 1], Names>, First<'r, 'c, [i64; 1], Covers>>
    where
        Self: 'r;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Self::Shown<'r>> {
        let (id, published_at) = (row.get(0)?, row.get(1)?);
        self.page.end_cursor.set(Some(Cursor { published_at, id }));
        let given = row.get_ref(5)?.as_str_or_null()?;
        let opening = || Ok::<_, rusqlite::Error>(text::excerpt(row.get_ref(6)?.as_bytes()?));
        Ok(Card {
            slug: text(row, 2)?,
            path: Path(text(row, 3)?),
            title: text(row, 4)?,
            excerpt: given.map_or_else(opening, Ok)?,
            published_at: Instant(published_at),
            authors: Rows::all(self.authors, [id], Names),
            categories: Rows::all(self.categories, [id], Names),
            cover: First(self.cover, [id], Covers),
        })
    }
}

/// Of figures as covers.
pub struct Covers;

impl Shape for Covers {
    type Shown<'r> = Cover<'r>;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Cover<'r>> {
        Ok(Cover { alt: text(row, 0)?, image: image(row, 1)? })
    }
}

/// Of the figures of an article.
pub struct Figures;

impl Shape for Figures {
    type Shown<'r> = Figure<'r>;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Figure<'r>> {
        Ok(Figure {
            position: row.get(0)?,
            alt: text(row, 1)?,
            caption: row.get_ref(2)?.as_str_or_null()?,
            credit: row.get_ref(3)?.as_str_or_null()?,
            image: image(row, 4)?,
        })
    }
}

/// Of articles in a list that shows less, with the statement for their authors.
pub struct Lines<'a, 'c>(pub &'a Statement<'c>);

impl<'c> Shape for Lines<'_, 'c> {
    type Shown<'r>
        = Line<'r, Rows<'r, 'c, [i64; 1], Names>>
    where
        Self: 'r;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Self::Shown<'r>> {
        Ok(Line {
            published_at: Instant(row.get(1)?),
            path: Path(text(row, 2)?),
            title: text(row, 3)?,
            authors: Rows::all(self.0, [row.get(0)?], Names),
        })
    }
}

/// Of an article's categories, with the statement for what is above them.
pub struct Places<'a, 'c>(pub &'a Statement<'c>);

impl<'c> Shape for Places<'_, 'c> {
    type Shown<'r>
        = Place<'r, Rows<'r, 'c, [i64; 1], Names>>
    where
        Self: 'r;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Self::Shown<'r>> {
        let Named { name, path } = Names.read(row)?;
        Ok(Place { name, path, ancestors: Rows::all(self.0, [row.get(2)?], Names) })
    }
}

/// Of the tree of categories.
pub struct Branches;

impl Shape for Branches {
    type Shown<'r> = Branch<'r>;

    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Branch<'r>> {
        Ok(Branch { name: text(row, 0)?, path: Path(text(row, 1)?), depth: row.get(2)?, article_count: row.get(3)? })
    }
}

/// A text that is always there.
pub fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str> {
    Ok(row.get_ref(column)?.as_str()?)
}

/// URL, width and height.
fn image<'r>(row: &'r Row<'_>, from: usize) -> Result<Image<'r>> {
    Ok(Image { url: text(row, from)?, width: row.get(from + 1)?, height: row.get(from + 2)? })
}
