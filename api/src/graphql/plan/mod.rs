//! A faster way to the same answer. What frontends ask most, pages of articles and what belongs to them, is compiled once into a
//! plan, which reads by the same functions as the resolvers do and writes JSON while it goes.
//!
//! The resolvers define the answers. A document that asks for anything that is not here has no plan, a plan that meets an error
//! gives up, and the engine executes it as it does all others. The suite asks every case both ways.

mod compile;
mod fields;
mod json;
mod read;
mod write;

pub use compile::compile;

use self::{
    fields::Plain,
    json::{Json, Key},
    read::Reading,
};
use super::document::Arguments;
use crate::{
    Result,
    app::App,
    article::{BodyColumn, Columns, row::ArticleRow, scope::Link},
    audience::Audience,
    author::store::AuthorRow,
    category::store::CategoryRow,
    db::Db,
    image::store::{FigureRow, ImageRow},
    list::Wants,
    tag::store::TagRow,
};
use std::collections::BTreeSet;

/// How an operation is answered.
#[derive(Debug)]
pub struct Plan(Set<Root>);

/// What is written of an object, in its order.
#[derive(Debug)]
struct Set<P>(Vec<(Key, P)>);

/// Where a field that takes arguments stands in its document.
type At = usize;

#[derive(Debug)]
enum Root {
    Article(At, Columns, Set<OfArticle>),
    Articles(List<OfArticle>),
    Category(At, Set<OfCategory>),
    Categories(List<OfCategory>),
    Author(At, Set<OfAuthor>),
}

/// A page of a list.
#[derive(Debug)]
struct List<P> {
    at: At,
    wants: Wants,
    /// What is read of each row, where that can be chosen.
    columns: Columns,
    set: Set<OfConnection<P>>,
}

#[derive(Debug)]
enum OfConnection<P> {
    Typename(&'static str),
    Nodes(Set<P>),
    Edges(Set<OfEdge<P>>),
    PageInfo(Set<OfPageInfo>),
    TotalCount,
}

#[derive(Debug)]
enum OfEdge<P> {
    Typename(&'static str),
    Cursor,
    Node(Set<P>),
}

#[derive(Debug)]
enum OfPageInfo {
    Typename,
    HasNextPage,
    HasPreviousPage,
    StartCursor,
    EndCursor,
}

#[derive(Debug)]
enum OfArticle {
    Plain(Plain<ArticleRow>),
    /// Whether a length is given.
    Excerpt(At, bool),
    Body(Set<OfBody>),
    Cover(Set<OfFigure>),
    Thumbnail(Set<OfFigure>),
    Figures(Set<OfFigure>),
    Authors(Set<OfAuthor>),
    Categories(Set<OfCategory>),
    Tags(Set<OfTag>),
}

#[derive(Debug)]
enum OfBody {
    Plain(Plain<ArticleRow>),
    /// A column as it is stored.
    Text(BodyColumn),
    /// The same, with the addresses of images that its source does not give whole.
    Html,
}

#[derive(Debug)]
enum OfFigure {
    Plain(Plain<FigureRow>),
    Image(Set<Plain<ImageRow>>),
}

#[derive(Debug)]
enum OfCategory {
    Plain(Plain<CategoryRow>),
    Parent(Set<Plain<CategoryRow>>),
    Ancestors(Set<Plain<CategoryRow>>),
    ArticleCount(Link),
    Articles(Link, List<OfArticle>),
}

type OfAuthor = Plain<AuthorRow>;
type OfTag = Plain<TagRow>;

impl Plan {
    /// The answer, as JSON; where it is to be `tagged` with the ids of the objects that it shows.
    ///
    /// # Errors
    /// When anything is wrong; the engine tells what.
    pub async fn run(
        &self,
        app: &App,
        db: &Db,
        audience: Audience,
        arguments: &Arguments,
        tagged: bool,
    ) -> Result<(Vec<u8>, Option<BTreeSet<String>>)> {
        let reading = Reading::new(app, db, audience, arguments);
        let mut json = Json::of_answer(tagged);
        for (number, (key, root)) in self.0.0.iter().enumerate() {
            json.key(number, key);
            reading.root(root, &mut json).await?;
        }
        json.end();
        json.end();
        Ok(json.into_parts())
    }
}
