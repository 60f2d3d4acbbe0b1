//! Every statement that reads images and figures.

use super::{filter::ImageWhere, order::ImageOrderField};
use crate::{
    Result,
    audience::Audience,
    config::Settings,
    db::{Db, Kept, Row, Shelf},
    list::{
        ListQuery, Terms,
        filter::Where,
        logic,
        page::Slice,
        sql::{self, Layout},
    },
    media,
};
use entity::{
    Timestamp, author, figure,
    image::{Column, Entity},
};
use sea_orm::{
    Value,
    sea_query::{Cond, Condition, Expr, ExprTrait, Func, Query, SelectStatement},
};
use std::{
    collections::HashMap,
    mem::size_of,
    sync::{Arc, OnceLock},
};
use url::Url;

const COLUMNS: [Column; 9] = [
    Column::Id,
    Column::OriginalUrl,
    Column::Alt,
    Column::Width,
    Column::Height,
    Column::MimeType,
    Column::CreatedAt,
    Column::Media,
    Column::Bytes,
];

const FIGURE_COLUMNS: [figure::Column; 7] = [
    figure::Column::Id,
    figure::Column::Position,
    figure::Column::Alt,
    figure::Column::Caption,
    figure::Column::Credit,
    figure::Column::IsCover,
    figure::Column::IsThumbnail,
];

/// An image, as far as clients see it.
#[derive(Debug)]
pub struct ImageRow {
    /// Its id.
    pub id: i64,
    /// Absolute, or from the root of a site whose address is not known.
    pub original_url: String,
    /// The first alternative text that was met.
    pub alt: Option<String>,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// By its content, else by the ending of its name.
    pub mime_type: Option<String>,
    /// When it came in.
    pub created_at: Timestamp,
    /// The name of its copy.
    pub media: Option<String>,
    /// The length of its copy.
    pub bytes: Option<i32>,
    /// Once it was asked for, by the settings of the process.
    url: OnceLock<String>,
}

impl ImageRow {
    /// Where this server's copy is fetched; none where it keeps none.
    #[must_use]
    pub fn copy(&self, settings: &Settings) -> Option<String> {
        let name = self.media.as_ref()?;
        settings.base_url().map(|base| media::address(&base, name))
    }

    /// Where it can be fetched: the copy, else the original, completed by the site's address or this server's.
    #[must_use]
    pub fn url(&self, settings: &Settings) -> &str {
        let completed = || {
            let base = settings.site_url.clone().or_else(|| settings.base_url());
            base.and_then(|base| base.join(&self.original_url).ok())
        };
        let original = || Url::parse(&self.original_url).ok().or_else(completed);
        let copy = || self.copy(settings).or_else(|| original().map(Into::into));
        self.url.get_or_init(|| copy().unwrap_or_else(|| self.original_url.clone()))
    }

    /// As the source has it, made absolute where the site's address is known.
    #[must_use]
    pub fn original_url(&self, settings: &Settings) -> String {
        let site = settings.site_url.as_ref().filter(|_| self.original_url.starts_with('/'));
        site.and_then(|site| site.join(&self.original_url).ok()).map_or_else(|| self.original_url.clone(), Into::into)
    }
}

/// A figure with its image.
#[derive(Debug)]
pub struct FigureRow {
    /// Its id.
    pub id: i64,
    /// The article's id.
    pub article_id: i64,
    /// From 0; negative outside of the body.
    pub position: i32,
    /// May be empty.
    pub alt: String,
    /// Without the credit.
    pub caption: Option<String>,
    /// Who made the picture.
    pub credit: Option<String>,
    /// Whether it is the article's cover.
    pub is_cover: bool,
    /// Whether it is the article's thumbnail.
    pub is_thumbnail: bool,
    /// What it shows.
    pub image: Arc<ImageRow>,
}

/// Figures of one article.
#[derive(Debug, Default)]
pub struct Figures {
    /// The article's id.
    pub article_id: i64,
    /// In reading order.
    pub rows: Vec<Arc<FigureRow>>,
}

impl Figures {
    /// The cover among them.
    #[must_use]
    pub fn cover(&self) -> Option<&Arc<FigureRow>> {
        self.rows.iter().find(|figure| figure.is_cover)
    }

    /// The thumbnail among them, which is the cover where none is.
    #[must_use]
    pub fn thumbnail(&self) -> Option<&Arc<FigureRow>> {
        self.rows.iter().find(|figure| figure.is_thumbnail).or_else(|| self.cover())
    }
}

impl Kept for Figures {
    fn id(&self) -> i64 {
        self.article_id
    }

    fn bytes(&self) -> usize {
        let of_figure = |figure: &Arc<FigureRow>| {
            let FigureRow { alt, caption, credit, image, .. } = &**figure;
            let texts = [caption.as_ref(), credit.as_ref(), image.alt.as_ref(), image.mime_type.as_ref()];
            let others = texts.into_iter().chain([image.media.as_ref()]).flatten().map(String::len).sum::<usize>();
            size_of::<FigureRow>() + size_of::<ImageRow>() + alt.len() + 2 * image.original_url.len() + others
        };
        self.rows.iter().map(of_figure).sum()
    }
}

/// Which figures of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of the body.
    Body,
    /// Cover and thumbnail.
    Marked,
}

/// What figures of either kind may take.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Figures that are kept, by their articles.
pub struct FigureShelves {
    /// Those of bodies.
    pub body: Shelf<Figures>,
    /// Covers and thumbnails.
    pub marked: Shelf<Figures>,
}

impl Default for FigureShelves {
    fn default() -> Self {
        Self { body: Shelf::with_room(MAX_BYTES), marked: Shelf::with_room(MAX_BYTES) }
    }
}

impl FigureShelves {
    /// For figures of this kind.
    #[must_use]
    pub const fn of(&self, which: Which) -> &Shelf<Figures> {
        match which {
            Which::Body => &self.body,
            Which::Marked => &self.marked,
        }
    }
}

/// What is asked of a list of images.
pub type ImageList = ListQuery<ImageWhere, ImageOrderField>;

/// A page of images.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, terms: &Terms, list: &ImageList) -> Result<Slice<Arc<ImageRow>>> {
    let keys = list.order.keys((), terms);
    let layout = Layout::new(&list.page, list.wants, &keys, false);
    let select = sql::page(&passing(&list.filter, terms), &keys, &list.page, &layout, columns());
    Ok(Slice::of(db.rows(&select, |row| layout.decode(row, decode)).await?, &list.page))
}

/// How many images pass.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, terms: &Terms, filter: &ImageWhere) -> Result<i64> {
    let select = passing(filter, terms).expr(Func::count(Expr::col((Entity, Column::Id)))).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

fn passing(filter: &ImageWhere, terms: &Terms) -> SelectStatement {
    let mut rows = Query::select().from(Entity).cond_where(exists(terms.audience)).take();
    rows.and_where(filter.condition((), terms)).take()
}

/// What [`decode`] reads, in its order.
#[must_use]
pub fn columns() -> Vec<Expr> {
    COLUMNS.map(|column| Expr::col((Entity, column))).into()
}

/// The images with these ids that exist for the reader.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(db: &Db, audience: Audience, ids: &[i64]) -> Result<HashMap<i64, Arc<ImageRow>>> {
    let wanted = Expr::col((Entity, Column::Id)).is_in(ids.iter().copied());
    let rows = db.rows(&select(audience).and_where(wanted).take(), decode).await?;
    Ok(rows.into_iter().map(|image| (image.id, image)).collect())
}

/// Figures of each of these articles with their images.
///
/// # Errors
/// When the database fails.
pub async fn of_articles(
    db: &Db,
    shelves: &FigureShelves,
    articles: &[i64],
    which: Which,
) -> Result<HashMap<i64, Arc<Figures>>> {
    let shelf = shelves.of(which);
    let (mut found, unknown) = shelf.kept(db, articles);
    if unknown.is_empty() {
        return Ok(found);
    }
    let (name, first) = match which {
        Which::Body => ("figures of bodies", Some(Value::from(0))),
        Which::Marked => ("marked figures", None),
    };
    let values = unknown.iter().map(|id| Value::from(*id)).chain(first).collect();
    let decode = |row: &mut Row<'_>| {
        let (article, figure): (i64, Option<i64>) = (row.take()?, row.take()?);
        Ok((article, figure.map(|id| decode_figure(row, id, article)).transpose()?))
    };
    let (rows, generation) = db.kept((name, 0), values, || figures_of(&unknown, which), decode).await?;
    let mut read: HashMap<i64, Figures> = HashMap::with_capacity(unknown.len());
    for (article_id, figure) in rows {
        let figures = read.entry(article_id).or_insert_with(|| Figures { article_id, rows: Vec::new() });
        figures.rows.extend(figure.map(Arc::new));
    }
    for (id, mut figures) in read {
        figures.rows.sort_unstable_by_key(|figure| figure.position);
        found.insert(id, Arc::new(figures));
    }
    shelf.keep(generation, unknown.iter().filter_map(|id| found.get(id)));
    Ok(found)
}

/// The figures of each of these articles, behind its id; a row without a figure where it has none, so that this is known, too.
fn figures_of(articles: &[i64], which: Which) -> SelectStatement {
    let column = |column| Expr::col((figure::Entity, column));
    let is_wanted = match which {
        Which::Body => column(figure::Column::Position).gte(0),
        // In the words of its index.
        Which::Marked => Expr::cust("(is_cover OR is_thumbnail)"),
    };
    let is_of_article = column(figure::Column::ArticleId).equals(("asked", "id"));
    let shows = column(figure::Column::ImageId).equals((Entity, Column::Id));
    Query::select()
        .column(("asked", "id"))
        .columns(FIGURE_COLUMNS.map(|column| (figure::Entity, column)))
        .columns(COLUMNS.map(|column| (Entity, column)))
        .from_subquery(sql::values(articles), "asked")
        .left_join(figure::Entity, Cond::all().add(is_of_article).add(is_wanted))
        .left_join(Entity, shows)
        .take()
}

fn select(audience: Audience) -> SelectStatement {
    Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).cond_where(exists(audience)).take()
}

/// An image that stands only in articles that the reader may not see does not exist.
fn exists(audience: Audience) -> Condition {
    let id = (Entity, Column::Id);
    let shown = Query::select()
        .expr(Expr::val(1))
        .from(figure::Entity)
        .and_where(Expr::col((figure::Entity, figure::Column::ImageId)).equals(id))
        .cond_where(audience.visible(figure::Entity))
        .take();
    let borne = Query::select()
        .expr(Expr::val(1))
        .from(author::Entity)
        .and_where(Expr::col((author::Entity, author::Column::AvatarId)).equals(id))
        .take();
    Cond::any().add(logic::exists(shown)).add(logic::exists(borne))
}

/// Reads [`columns`].
///
/// # Errors
/// When they are not as expected.
pub fn decode(row: &mut Row<'_>) -> Result<Arc<ImageRow>> {
    Ok(Arc::new(ImageRow {
        id: row.take()?,
        original_url: row.take()?,
        alt: row.take()?,
        width: row.take()?,
        height: row.take()?,
        mime_type: row.take()?,
        created_at: row.take()?,
        media: row.take()?,
        bytes: row.take()?,
        url: OnceLock::new(),
    }))
}

/// Reads what stands behind the figure's id.
fn decode_figure(row: &mut Row<'_>, id: i64, article_id: i64) -> Result<FigureRow> {
    Ok(FigureRow {
        id,
        article_id,
        position: row.take()?,
        alt: row.take()?,
        caption: row.take()?,
        credit: row.take()?,
        is_cover: row.take()?,
        is_thumbnail: row.take()?,
        image: decode(row)?,
    })
}
