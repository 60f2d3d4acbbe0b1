//! Every statement that reads images and figures.

use crate::{
    Result,
    audience::Audience,
    config::Settings,
    db::{Db, Row},
    graphql::page::{Page, Slice},
    media,
};
use entity::{
    Timestamp, author, figure,
    image::{Column, Entity},
};
use sea_orm::sea_query::{Cond, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr};
use std::{collections::HashMap, sync::Arc};

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

const FIGURE_COLUMNS: [figure::Column; 8] = [
    figure::Column::Id,
    figure::Column::ArticleId,
    figure::Column::Position,
    figure::Column::Alt,
    figure::Column::Caption,
    figure::Column::Credit,
    figure::Column::IsCover,
    figure::Column::IsThumbnail,
];

/// When it came in, and its id: both downwards.
pub type Key = (i64, i64);

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
}

impl ImageRow {
    /// Where this server's copy is fetched; none where it keeps none.
    #[must_use]
    pub fn copy(&self, settings: &Settings) -> Option<String> {
        let name = self.media.as_ref()?;
        settings.base_url().map(|base| media::address(&base, name))
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

/// Which figures of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of the body.
    Body,
    /// Cover and thumbnail.
    Marked,
}

/// Images, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, audience: Audience, page: &Page<Key>) -> Result<Slice<Arc<ImageRow>>> {
    let mut select = select(audience)
        .order_by((Entity, Column::CreatedAt), Order::Desc)
        .order_by((Entity, Column::Id), Order::Desc)
        .limit(page.limit())
        .take();
    if let Some((at, id)) = page.after {
        select.and_where(key().lt(Expr::tuple([at.into(), id.into()])));
    }
    Ok(Slice::cut(db.rows(&select, decode).await?, page.first))
}

/// How many images exist for the reader.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, audience: Audience) -> Result<i64> {
    let id = Expr::col((Entity, Column::Id));
    let select = Query::select().expr(Func::count(id)).from(Entity).cond_where(exists(audience)).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

/// Whether there are images at or before this key.
///
/// # Errors
/// When the database fails.
pub async fn has_through(db: &Db, audience: Audience, (at, id): Key) -> Result<bool> {
    let reached = key().gte(Expr::tuple([at.into(), id.into()]));
    Ok(db.row(&select(audience).and_where(reached).limit(1).take(), decode).await?.is_some())
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

/// Figures of each article with their images, in reading order.
///
/// # Errors
/// When the database fails.
pub async fn of_articles(db: &Db, articles: &[i64], which: Which) -> Result<HashMap<i64, Vec<Arc<FigureRow>>>> {
    let column = |column| Expr::col((figure::Entity, column));
    let wanted = match which {
        Which::Body => column(figure::Column::Position).gte(0),
        Which::Marked => column(figure::Column::IsCover).eq(true).or(column(figure::Column::IsThumbnail).eq(true)),
    };
    let select = Query::select()
        .columns(FIGURE_COLUMNS.map(|column| (figure::Entity, column)))
        .columns(COLUMNS.map(|column| (Entity, column)))
        .from(figure::Entity)
        .inner_join(Entity, column(figure::Column::ImageId).equals((Entity, Column::Id)))
        .and_where(column(figure::Column::ArticleId).is_in(articles.iter().copied()))
        .and_where(wanted)
        .order_by((figure::Entity, figure::Column::ArticleId), Order::Asc)
        .order_by((figure::Entity, figure::Column::Position), Order::Asc)
        .take();
    let mut figures: HashMap<i64, Vec<Arc<FigureRow>>> = HashMap::new();
    for row in db.rows(&select, decode_figure).await? {
        figures.entry(row.article_id).or_default().push(Arc::new(row));
    }
    Ok(figures)
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
    Cond::any().add(Expr::exists(shown)).add(Expr::exists(borne))
}

fn key() -> SimpleExpr {
    Expr::tuple([Expr::col((Entity, Column::CreatedAt)), Expr::col((Entity, Column::Id))])
}

fn decode(row: &mut Row<'_>) -> Result<Arc<ImageRow>> {
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
    }))
}

fn decode_figure(row: &mut Row<'_>) -> Result<FigureRow> {
    Ok(FigureRow {
        id: row.take()?,
        article_id: row.take()?,
        position: row.take()?,
        alt: row.take()?,
        caption: row.take()?,
        credit: row.take()?,
        is_cover: row.take()?,
        is_thumbnail: row.take()?,
        image: decode(row)?,
    })
}
