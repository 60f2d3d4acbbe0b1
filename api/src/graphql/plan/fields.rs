//! Fields that are told by a row alone.

use super::json::Json;
use crate::{
    Result,
    app::App,
    article::row::ArticleRow,
    audience::Audience,
    author::store::AuthorRow,
    category::store::CategoryRow,
    graphql::{id::Kind, scalars::DateTime},
    image::store::{FigureRow, ImageRow},
    tag::store::TagRow,
};
use async_graphql::{ID, InputType, Value};
use entity::{Timestamp, category::SEPARATOR};
use std::fmt;

/// A field that is told by a row alone.
pub struct Plain<T> {
    name: Box<str>,
    way: Way<T>,
}

/// Writes a field of a row.
pub type Tell<T> = fn(&T, &Teller<'_>, &mut Json) -> Result<()>;

enum Way<T> {
    Typename(&'static str),
    Told(Tell<T>),
}

/// What else decides how a row is told.
pub struct Teller<'a> {
    /// Settings.
    pub app: &'a App,
    /// Who listens, and when.
    pub audience: Audience,
}

impl<T> Plain<T> {
    fn new(name: &str, way: Way<T>) -> Self {
        Self { name: name.into(), way }
    }

    /// Its name in the schema.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes it.
    pub fn write(&self, row: &T, teller: &Teller<'_>, json: &mut Json) -> Result<()> {
        match self.way {
            Way::Typename(name) => json.word(name),
            Way::Told(tell) => tell(row, teller, json),
        }
    }
}

impl<T> fmt::Debug for Plain<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// Rows of which fields can be told.
pub trait Told: Sized + 'static {
    /// The type in the schema.
    const NAME: &'static str;

    /// What a cache in front of the server may know the row by.
    fn shown(&self) -> Option<(Kind, i64)>;

    /// The field of this name, if the row tells it.
    fn told(name: &str) -> Option<Tell<Self>>;

    /// The same, or the name of the type.
    fn plain(name: &str) -> Option<Plain<Self>> {
        let way = if name == "__typename" { Way::Typename(Self::NAME) } else { Way::Told(Self::told(name)?) };
        Some(Plain::new(name, way))
    }
}

fn id(json: &mut Json, id: &ID) -> Result<()> {
    json.word(id)
}

fn instant(json: &mut Json, at: Timestamp) -> Result<()> {
    json.word(&DateTime(at).text())
}

impl Told for ArticleRow {
    const NAME: &'static str = "Article";

    fn shown(&self) -> Option<(Kind, i64)> {
        Some((Kind::Article, self.id))
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Article.id(row.id)),
            "slug" => |row, _, json| json.text(row.slug()?),
            "path" => |row, _, json| json.path(row.stored_path()?),
            "title" => |row, _, json| json.text(row.title()?),
            "locale" => |row, _, json| json.text(row.locale()?),
            "status" => |row, teller, json| match InputType::to_value(&row.status(teller.audience)) {
                Value::Enum(name) => json.word(&name),
                _ => json.null(),
            },
            "publishedAt" => |row, _, json| instant(json, row.published_at),
            "createdAt" => |row, _, json| instant(json, row.created_at()?),
            "updatedAt" => |row, _, json| instant(json, row.updated_at()?),
            "commentsEnabled" => |row, _, json| json.boolean(row.comments_enabled()?),
            "sourceUrl" => |row, _, json| json.optional(row.source_url()?, Json::text),
            "version" => |row, _, json| json.number(row.version()?),
            _ => return None,
        })
    }
}

/// Those of its body.
pub fn of_body(name: &str) -> Option<Plain<ArticleRow>> {
    let way: Way<ArticleRow> = match name {
        "__typename" => Way::Typename("Body"),
        "id" => Way::Told(|row, _, json| id(json, &Kind::Body.id(row.id))),
        "wordCount" => Way::Told(|row, _, json| json.number(row.word_count()?)),
        "readingMinutes" => Way::Told(|row, _, json| json.number(row.reading_minutes()?)),
        _ => return None,
    };
    Some(Plain::new(name, way))
}

impl Told for AuthorRow {
    const NAME: &'static str = "Author";

    fn shown(&self) -> Option<(Kind, i64)> {
        Some((Kind::Author, self.id))
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Author.id(row.id)),
            "slug" => |row, _, json| json.text(&row.slug),
            "path" => |row, _, json| json.word(&row.path),
            "name" => |row, _, json| json.text(&row.name),
            "bio" => |row, _, json| json.optional(row.bio.as_deref(), Json::text),
            "website" => |row, _, json| json.optional(row.website.as_deref(), Json::text),
            _ => return None,
        })
    }
}

impl Told for CategoryRow {
    const NAME: &'static str = "Category";

    fn shown(&self) -> Option<(Kind, i64)> {
        Some((Kind::Category, self.id))
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Category.id(row.id)),
            "slug" => |row, _, json| json.text(&row.slug),
            "path" => |row, _, json| json.word(&row.path),
            "name" => |row, _, json| json.text(&row.name),
            "names" => |row, _, json| json.array(row.lineage.split(SEPARATOR), Json::text),
            "depth" => |row, _, json| json.number(row.depth),
            _ => return None,
        })
    }
}

impl Told for TagRow {
    const NAME: &'static str = "Tag";

    fn shown(&self) -> Option<(Kind, i64)> {
        Some((Kind::Tag, self.id))
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Tag.id(row.id)),
            "slug" => |row, _, json| json.text(&row.slug),
            "path" => |row, _, json| json.word(&row.path),
            "name" => |row, _, json| json.text(&row.name),
            _ => return None,
        })
    }
}

impl Told for FigureRow {
    const NAME: &'static str = "Figure";

    fn shown(&self) -> Option<(Kind, i64)> {
        None
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Figure.id(row.id)),
            "position" => |row, _, json| json.number(row.position),
            "alt" => |row, _, json| json.text(&row.alt),
            "caption" => |row, _, json| json.optional(row.caption.as_deref(), Json::text),
            "credit" => |row, _, json| json.optional(row.credit.as_deref(), Json::text),
            _ => return None,
        })
    }
}

impl Told for ImageRow {
    const NAME: &'static str = "Image";

    fn shown(&self) -> Option<(Kind, i64)> {
        Some((Kind::Image, self.id))
    }

    fn told(name: &str) -> Option<Tell<Self>> {
        Some(match name {
            "id" => |row, _, json| id(json, &Kind::Image.id(row.id)),
            "url" => |row, teller, json| json.text(row.url(&teller.app.settings)),
            "originalUrl" => |row, teller, json| json.text(&row.original_url(&teller.app.settings)),
            "alt" => |row, _, json| json.optional(row.alt.as_deref(), Json::text),
            "width" => |row, _, json| json.optional(row.width, Json::number),
            "height" => |row, _, json| json.optional(row.height, Json::number),
            "mimeType" => |row, _, json| json.optional(row.mime_type.as_deref(), Json::text),
            "bytes" => |row, _, json| json.optional(row.bytes, Json::number),
            _ => return None,
        })
    }
}
