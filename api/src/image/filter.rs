//! What images can be asked by. Pure.

use crate::{
    Result,
    article::scope::Link,
    graphql::id::Kind,
    list::{
        Terms,
        filter::{
            Branches, Check, Form, IdFilter, IntFilter, NumberColumn, StringFilter, Target, TextColumn, Where, fewest,
        },
    },
    path,
};
use async_graphql::InputObject;
use entity::image::Column;
use sea_orm::sea_query::Expr;

/// Which images: those for which every field holds. A field that is null is as if absent; an empty filter lets everything pass.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageWhere {
    /// All of these hold. An empty list holds.
    pub and: Option<Vec<ImageWhere>>,
    /// One of these holds. An empty list does not.
    pub or: Option<Vec<ImageWhere>>,
    /// This does not hold.
    pub not: Option<Box<ImageWhere>>,
    /// By its global id.
    pub id: Option<Box<IdFilter>>,
    /// By its original URL, as `originalUrl` answers it.
    pub original_url: Option<Box<StringFilter>>,
    /// By its type, e.g. `image/png`.
    pub mime_type: Option<Box<StringFilter>>,
    /// By its width in pixels.
    pub width: Option<Box<IntFilter>>,
    /// By its height in pixels.
    pub height: Option<Box<IntFilter>>,
}

fn column(column: Column) -> Expr {
    Expr::col(("image", column))
}

impl Where for ImageWhere {
    type Place = ();

    fn branches(&self) -> Branches<'_, Self> {
        Branches { and: self.and.as_ref(), or: self.or.as_ref(), not: self.not.as_deref() }
    }

    fn check_fields(&self, check: &mut Check) -> Result<()> {
        check.at_each("id", self.id.as_deref(), IdFilter::check)?;
        check.at_each("originalUrl", self.original_url.as_deref(), |url, check| {
            url.check_spelt(check, path::SPELLINGS)
        })?;
        check.at_each("mimeType", self.mime_type.as_deref(), StringFilter::check)?;
        check.at_each("width", self.width.as_deref(), IntFilter::check)?;
        check.at_each("height", self.height.as_deref(), IntFilter::check)
    }

    fn fields(&self, (): (), terms: &Terms) -> Vec<Expr> {
        let original_url = TextColumn {
            plain: column(Column::OriginalUrl),
            folded: column(Column::OriginalUrlFolded),
            is_nullable: false,
            form: Form::Url(terms.site.clone()),
        };
        let mime_type = TextColumn {
            plain: column(Column::MimeType),
            folded: column(Column::MimeTypeFolded),
            is_nullable: true,
            form: Form::Plain,
        };
        let number = |number| NumberColumn { column: column(number), is_nullable: true };
        let mut conditions = Vec::new();
        conditions.extend(self.id.iter().flat_map(|id| id.conditions(&column(Column::Id), Kind::Image)));
        conditions.extend(self.original_url.iter().flat_map(|url| url.conditions(&original_url, terms.backend)));
        conditions.extend(self.mime_type.iter().flat_map(|mime| mime.conditions(&mime_type, terms.backend)));
        conditions.extend(self.width.iter().flat_map(|width| width.conditions(&number(Column::Width))));
        conditions.extend(self.height.iter().flat_map(|height| height.conditions(&number(Column::Height))));
        conditions
    }
}

impl Target for ImageWhere {
    const LINK: Link = Link::Image;
    const TABLE: &'static str = "image";
    const PLACE: () = ();

    /// Ids are unique. What clients are told of a URL can mean several stored ones.
    fn most(&self) -> Option<usize> {
        let url = self.original_url.as_ref().and_then(|url| url.most());
        fewest([self.id.as_ref().and_then(|id| id.most()), url.map(|most| most.saturating_add(1))])
    }
}
