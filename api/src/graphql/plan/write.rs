//! How a plan writes what was read.

use super::{
    List, OfArticle, OfBody, OfCategory, OfConnection, OfEdge, OfFigure, OfPageInfo, Plain, Root, Set,
    fields::Told,
    json::Json,
    read::{Page, Reading, WithArticles, WithCategories},
};
use crate::{
    Error, Result,
    article::{BodyColumn, pictures, row::ArticleRow},
    category::store::CategoryRow,
    image::store::FigureRow,
    list::{cursor, page::Entry},
};
use std::{borrow::Cow, sync::Arc};

impl Reading<'_> {
    /// Reads and writes a root field.
    pub(super) async fn root(&self, root: &Root, json: &mut Json) -> Result<()> {
        match root {
            Root::Article(at, columns, set) => {
                let Some((row, with)) = self.article(*at, *columns, set).await? else { return json.null() };
                self.write_article(json, &row, set, &with)
            }
            Root::Articles(list) => {
                let page = self.articles(None, list).await?;
                let with = self.with_articles(page.rows(), &list.nodes(), None).await?;
                write_page(json, &page, list, |json, row, set| self.write_article(json, row, set, &with))
            }
            Root::Category(at, set) => {
                let Some(row) = self.category(*at).await? else { return json.null() };
                let mut with = self.with_categories(&[row.id], [set].into_iter()).await?;
                for (_, part) in &set.0 {
                    if let OfCategory::Articles(link, list) = part {
                        let page = self.articles(Some((*link, row.id)), list).await?;
                        let with_articles = self.with_articles(page.rows(), &list.nodes(), None).await?;
                        with.lists.push((page, with_articles));
                    }
                }
                self.write_category(json, &row, set, &with)
            }
            Root::Categories(list) => {
                let page = self.categories(list).await?;
                let ids: Vec<i64> = page.rows().map(|row| row.id).collect();
                let with = self.with_categories(&ids, list.nodes().into_iter()).await?;
                write_page(json, &page, list, |json, row, set| self.write_category(json, row, set, &with))
            }
            Root::Author(at, set) => match self.author(*at).await? {
                Some(row) => self.tell(json, &*row, set),
                None => json.null(),
            },
        }
    }

    /// Writes what is told by the row alone.
    fn tell<T: Told>(&self, json: &mut Json, row: &T, set: &Set<Plain<T>>) -> Result<()> {
        shows(json, row);
        json.object(&set.0, |json, field| field.write(row, &self.teller, json))
    }

    fn write_article(
        &self,
        json: &mut Json,
        row: &ArticleRow,
        set: &Set<OfArticle>,
        with: &WithArticles,
    ) -> Result<()> {
        shows(json, row);
        json.object(&set.0, |json, part| match part {
            OfArticle::Plain(field) => field.write(row, &self.teller, json),
            OfArticle::Excerpt(_, false) => json.text(row.excerpt(None)?),
            OfArticle::Excerpt(at, true) => json.text(row.excerpt(self.argument(*at, "length")?.flatten())?),
            OfArticle::Body(set) => self.write_body(json, row, set, with),
            OfArticle::Cover(set) => {
                let cover = with.marked.get(&row.id).and_then(|marked| marked.cover());
                json.optional(cover, |json, figure| self.write_figure(json, figure, set))
            }
            OfArticle::Thumbnail(set) => {
                let thumbnail = with.marked.get(&row.id).and_then(|marked| marked.thumbnail());
                json.optional(thumbnail, |json, figure| self.write_figure(json, figure, set))
            }
            OfArticle::Figures(set) => {
                let figures = with.figures.get(&row.id).into_iter().flat_map(|figures| &figures.rows);
                json.array(figures, |json, figure| self.write_figure(json, figure, set))
            }
            OfArticle::Authors(set) => {
                let authors = row.author_ids()?.iter().filter_map(|id| with.authors.get(id));
                json.array(authors, |json, row| self.tell(json, &**row, set))
            }
            OfArticle::Categories(set) => {
                let categories = row.category_ids()?.iter().filter_map(|id| with.categories.get(id));
                json.array(categories, |json, row| self.write_category(json, row, set, &with.with_categories))
            }
            OfArticle::Tags(set) => {
                let tags = row.tag_ids()?.iter().filter_map(|id| with.tags.get(id));
                json.array(tags, |json, row| self.tell(json, &**row, set))
            }
        })
    }

    fn write_body(&self, json: &mut Json, row: &ArticleRow, set: &Set<OfBody>, with: &WithArticles) -> Result<()> {
        let texts = with.bodies.get(&row.id);
        let text = |column| {
            let place = with.body_columns.iter().position(|read| *read == column);
            place.and_then(|place| texts?.get(place)).map(String::as_str).ok_or(Error::ColumnNotRead("body"))
        };
        json.object(&set.0, |json, part| match part {
            OfBody::Plain(field) => field.write(row, &self.teller, json),
            OfBody::Text(column) => json.text(text(*column)?),
            OfBody::Html => {
                let figures = with.figures.get(&row.id);
                let settings = &self.teller.app.settings;
                let copy = |place: usize| figures?.rows.get(place)?.image.copy(settings).map(Cow::Owned);
                json.text(&pictures::with_addresses(text(BodyColumn::Html)?, true, copy))
            }
        })
    }

    fn write_figure(&self, json: &mut Json, row: &FigureRow, set: &Set<OfFigure>) -> Result<()> {
        json.object(&set.0, |json, part| match part {
            OfFigure::Plain(field) => field.write(row, &self.teller, json),
            OfFigure::Image(set) => self.tell(json, &*row.image, set),
        })
    }

    fn write_category(
        &self,
        json: &mut Json,
        row: &CategoryRow,
        set: &Set<OfCategory>,
        with: &WithCategories,
    ) -> Result<()> {
        let ancestors = || with.ancestors.get(&row.id).into_iter().flatten();
        let mut lists = with.lists.iter();
        shows(json, row);
        json.object(&set.0, |json, part| match part {
            OfCategory::Plain(field) => field.write(row, &self.teller, json),
            OfCategory::Parent(set) => json.optional(ancestors().last(), |json, row| self.tell(json, &**row, set)),
            OfCategory::Ancestors(set) => json.array(ancestors(), |json, row| self.tell(json, &**row, set)),
            OfCategory::ArticleCount(link) => {
                json.count(with.counts.get(&(*link, row.id)).copied().unwrap_or_default())
            }
            OfCategory::Articles(_, list) => {
                let (page, with) = lists.next().ok_or(Error::ColumnNotRead("articles"))?;
                write_page(json, page, list, |json, row, set| self.write_article(json, row, set, with))
            }
        })
    }
}

fn shows(json: &mut Json, row: &impl Told) {
    if let Some((kind, number)) = row.shown() {
        json.shows(kind, number);
    }
}

impl<T> Page<T> {
    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Arc<T>> + Clone {
        self.slice.rows.iter().map(|entry| &entry.node)
    }
}

fn write_page<T, P>(
    json: &mut Json,
    page: &Page<T>,
    list: &List<P>,
    write: impl Fn(&mut Json, &T, &Set<P>) -> Result<()>,
) -> Result<()> {
    let rows = &page.slice.rows;
    json.object(&list.set.0, |json, part| match part {
        OfConnection::Typename(name) => json.word(name),
        OfConnection::Nodes(set) => json.array(page.rows(), |json, row| write(json, row, set)),
        OfConnection::Edges(set) => json.array(rows, |json, entry| {
            json.object(&set.0, |json, part| match part {
                OfEdge::Typename(name) => json.word(name),
                OfEdge::Cursor => write_cursor(json, page, entry),
                OfEdge::Node(set) => write(json, &entry.node, set),
            })
        }),
        OfConnection::PageInfo(set) => json.object(&set.0, |json, part| match part {
            OfPageInfo::Typename => json.word("PageInfo"),
            OfPageInfo::HasNextPage => json.boolean(page.slice.has_next),
            OfPageInfo::HasPreviousPage => json.boolean(page.slice.has_previous),
            OfPageInfo::StartCursor => json.optional(rows.first(), |json, entry| write_cursor(json, page, entry)),
            OfPageInfo::EndCursor => json.optional(rows.last(), |json, entry| write_cursor(json, page, entry)),
        }),
        OfConnection::TotalCount => json.count(page.total),
    })
}

fn write_cursor<T>(json: &mut Json, page: &Page<T>, entry: &Entry<Arc<T>>) -> Result<()> {
    let position = entry.position.as_ref().ok_or(Error::ColumnNotRead("cursor"))?;
    json.word(&cursor::encode(page.fingerprint, position))
}
