//! From a document to its plan, if it asks for nothing else than plans can answer. Pure.

use super::{
    At, List, OfArticle, OfBody, OfCategory, OfConnection, OfEdge, OfFigure, OfPageInfo, Plan, Root, Set,
    fields::{self, Told},
    json::Key,
};
use crate::{
    article::{BodyColumn, Columns, scope::Link},
    graphql::document::{Document, Field, Operation, Selection, Template},
    list::Wants,
};
use async_graphql::{Value, parser::types::OperationType};
use std::cell::Cell;

/// The plan of an operation, if it has one.
#[must_use]
pub fn compile(document: &Document, operation: &Operation) -> Option<Plan> {
    let room = Cell::new(MOST);
    let roots = Chosen::of(Compiling { document, room: &room }, "Query", &[&operation.selections])?;
    (operation.ty == OperationType::Query).then_some(())?;
    Some(Plan(set(&roots, |field| {
        Some(match field.name() {
            "article" => {
                let set = field.set("Article", article)?;
                Root::Article(field.at(), columns(&set), set)
            }
            "articles" => Root::Articles(field.list("Article", article, columns)?),
            "category" => Root::Category(field.at(), field.set("Category", category)?),
            "categories" => Root::Categories(field.list("Category", category_of_many, |_| Columns::default())?),
            "author" => Root::Author(field.at(), field.set("Author", Chosen::told)?),
            _ => return None,
        })
    })?))
}

/// Selections that are looked at, each as often as it is spread: fragments in one another would double without end.
const MOST: usize = 2_000;

/// What is compiled, and how much more of it may be looked at.
#[derive(Clone, Copy)]
struct Compiling<'a> {
    document: &'a Document,
    room: &'a Cell<usize>,
}

/// A field of an object, with everything that is selected of it.
struct Chosen<'a> {
    compiling: Compiling<'a>,
    field: &'a Field,
    selections: Vec<&'a [Selection]>,
}

impl<'a> Chosen<'a> {
    /// What these selections ask of an object, once for each key.
    fn of(compiling: Compiling<'a>, of: &str, selections: &[&'a [Selection]]) -> Option<Vec<(&'a str, Self)>> {
        let mut chosen = Vec::new();
        for selections in selections {
            Self::collect(compiling, of, selections, &mut chosen)?;
        }
        Some(chosen)
    }

    fn collect(
        compiling: Compiling<'a>,
        of: &str,
        selections: &'a [Selection],
        chosen: &mut Vec<(&'a str, Self)>,
    ) -> Option<()> {
        for selection in selections {
            compiling.room.set(compiling.room.get().checked_sub(1)?);
            match selection {
                Selection::Field(field) if field.conditions.is_empty() => {
                    let key = field.alias.as_ref().unwrap_or(&field.name).as_str();
                    match chosen.iter_mut().find(|(other, _)| *other == key) {
                        Some((_, same)) => same.selections.push(&field.selections),
                        None => chosen.push((key, Self { compiling, field, selections: vec![&field.selections] })),
                    }
                }
                Selection::Inline(inline) if inline.conditions.is_empty() => {
                    inline.on.as_ref().is_none_or(|on| on == of).then_some(())?;
                    Self::collect(compiling, of, &inline.selections, chosen)?;
                }
                Selection::Spread(spread) if spread.conditions.is_empty() => {
                    let fragment = compiling.document.fragments.get(spread.fragment)?;
                    (fragment.on == of).then_some(())?;
                    Self::collect(compiling, of, &fragment.selections, chosen)?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn name(&self) -> &str {
        &self.field.name
    }

    fn at(&self) -> At {
        self.field.number
    }

    fn gives(&self, argument: &str) -> bool {
        self.field.arguments.iter().any(|given| given.name == argument)
    }

    /// What is selected of its value, which is of this type.
    fn set<P>(&self, of: &str, part: impl Fn(&Chosen<'a>) -> Option<P>) -> Option<Set<P>> {
        set(&Self::of(self.compiling, of, &self.selections)?, part)
    }

    fn told<T: Told>(&self) -> Option<fields::Plain<T>> {
        T::plain(self.name())
    }

    /// A page of a list of this type.
    fn list<P>(
        &self,
        of: &'static str,
        part: impl Fn(&Chosen<'a>) -> Option<P>,
        columns: impl Fn(&Set<P>) -> Columns,
    ) -> Option<List<P>> {
        (!self.gives("search")).then_some(())?;
        let (connection, edge) = match of {
            "Article" => ("ArticleConnection", "ArticleEdge"),
            _ => ("CategoryConnection", "CategoryEdge"),
        };
        let set = self.set(connection, |field| {
            Some(match field.name() {
                "__typename" => OfConnection::Typename(connection),
                "nodes" => OfConnection::Nodes(field.set(of, &part)?),
                "edges" => OfConnection::Edges(field.set(edge, |field| {
                    Some(match field.name() {
                        "__typename" => OfEdge::Typename(edge),
                        "cursor" => OfEdge::Cursor,
                        "node" => OfEdge::Node(field.set(of, &part)?),
                        _ => return None,
                    })
                })?),
                "pageInfo" => OfConnection::PageInfo(field.set("PageInfo", page_info)?),
                "totalCount" => OfConnection::TotalCount,
                _ => return None,
            })
        })?;
        let (wants, columns) = (wants(&set), of_nodes(&set, columns));
        Some(List { at: self.at(), wants, columns, set })
    }
}

fn set<'a, P>(chosen: &[(&'a str, Chosen<'a>)], part: impl Fn(&Chosen<'a>) -> Option<P>) -> Option<Set<P>> {
    chosen.iter().map(|(key, field)| Some((Key::new(key), part(field)?))).collect::<Option<_>>().map(Set)
}

fn page_info(field: &Chosen<'_>) -> Option<OfPageInfo> {
    Some(match field.name() {
        "__typename" => OfPageInfo::Typename,
        "hasNextPage" => OfPageInfo::HasNextPage,
        "hasPreviousPage" => OfPageInfo::HasPreviousPage,
        "startCursor" => OfPageInfo::StartCursor,
        "endCursor" => OfPageInfo::EndCursor,
        _ => return None,
    })
}

fn article(field: &Chosen<'_>) -> Option<OfArticle> {
    Some(match field.name() {
        "excerpt" => OfArticle::Excerpt(field.at(), !field.field.arguments.is_empty()),
        "body" => OfArticle::Body(field.set("Body", body)?),
        "cover" => OfArticle::Cover(field.set("Figure", figure)?),
        "thumbnail" => OfArticle::Thumbnail(field.set("Figure", figure)?),
        "figures" => OfArticle::Figures(field.set("Figure", figure)?),
        "authors" => OfArticle::Authors(field.set("Author", Chosen::told)?),
        "categories" => OfArticle::Categories(field.set("Category", category_of_many)?),
        "tags" => OfArticle::Tags(field.set("Tag", Chosen::told)?),
        _ => OfArticle::Plain(field.told()?),
    })
}

fn body(field: &Chosen<'_>) -> Option<OfBody> {
    Some(match field.name() {
        "html" if field.field.arguments.is_empty() => OfBody::Html,
        "markdown" => OfBody::Text(BodyColumn::Markdown),
        "text" => OfBody::Text(BodyColumn::Text),
        name => OfBody::Plain(fields::of_body(name)?),
    })
}

fn figure(field: &Chosen<'_>) -> Option<OfFigure> {
    Some(match field.name() {
        "image" => OfFigure::Image(field.set("Image", Chosen::told)?),
        _ => OfFigure::Plain(field.told()?),
    })
}

/// Of one category, or of some whose lists are not asked for.
fn category(field: &Chosen<'_>) -> Option<OfCategory> {
    Some(match field.name() {
        "articles" => OfCategory::Articles(link(field)?, field.list("Article", article, columns)?),
        _ => category_of_many(field)?,
    })
}

fn category_of_many(field: &Chosen<'_>) -> Option<OfCategory> {
    Some(match field.name() {
        "parent" => OfCategory::Parent(field.set("Category", Chosen::told)?),
        "ancestors" => OfCategory::Ancestors(field.set("Category", Chosen::told)?),
        "articleCount" => OfCategory::ArticleCount(link(field)?),
        _ => OfCategory::Plain(field.told()?),
    })
}

/// Whether what stands below the category is meant, where the document itself says so.
fn link(field: &Chosen<'_>) -> Option<Link> {
    match field.field.arguments.iter().find(|given| given.name == "descendants") {
        None => Some(Link::Category),
        Some(given) => match given.value {
            Template::Constant(Value::Boolean(true) | Value::Null) => Some(Link::Category),
            Template::Constant(Value::Boolean(false)) => Some(Link::CategoryAlone),
            _ => None,
        },
    }
}

fn wants<P>(connection: &Set<OfConnection<P>>) -> Wants {
    let mut wants = Wants::default();
    for (_, part) in &connection.0 {
        match part {
            OfConnection::Nodes(_) => wants.rows = true,
            OfConnection::Edges(set) => {
                wants.rows = true;
                wants.cursors |= set.0.iter().any(|(_, part)| matches!(part, OfEdge::Cursor));
            }
            OfConnection::PageInfo(set) => {
                wants.rows = true;
                for (_, part) in &set.0 {
                    match part {
                        OfPageInfo::Typename => {}
                        OfPageInfo::HasNextPage => wants.next = true,
                        OfPageInfo::HasPreviousPage => wants.previous = true,
                        OfPageInfo::StartCursor | OfPageInfo::EndCursor => wants.cursors = true,
                    }
                }
            }
            OfConnection::Typename(_) | OfConnection::TotalCount => {}
        }
    }
    wants
}

fn of_nodes<P>(connection: &Set<OfConnection<P>>, columns: impl Fn(&Set<P>) -> Columns) -> Columns {
    connection.0.iter().flat_map(|(_, part)| part.nodes()).map(columns).fold(Columns::default(), Columns::and)
}

impl<P> OfConnection<P> {
    /// What is asked of each row.
    pub(super) fn nodes(&self) -> Vec<&Set<P>> {
        match self {
            Self::Nodes(set) => vec![set],
            Self::Edges(edge) => edge
                .0
                .iter()
                .filter_map(|(_, part)| if let OfEdge::Node(set) = part { Some(set) } else { None })
                .collect(),
            Self::Typename(_) | Self::PageInfo(_) | Self::TotalCount => Vec::new(),
        }
    }
}

fn columns(article: &Set<OfArticle>) -> Columns {
    article.0.iter().fold(Columns::default(), |columns, (_, part)| {
        columns.with_field(match part {
            OfArticle::Plain(field) => field.name(),
            OfArticle::Excerpt(_, is_long) => {
                let columns = columns.with_field("excerpt");
                return if *is_long { columns.with_long_excerpt() } else { columns };
            }
            OfArticle::Body(_) => "body",
            OfArticle::Authors(_) => "authors",
            OfArticle::Categories(_) => "categories",
            OfArticle::Tags(_) => "tags",
            OfArticle::Cover(_) | OfArticle::Thumbnail(_) | OfArticle::Figures(_) => return columns,
        })
    })
}
