//! `ArticleConnection`: what every list has, and facets; and under a search, what each article was found for.

use super::{
    Article, ArticleWhere,
    facets::ArticleFacets,
    found::Asked,
    loader::{ArticleCountOf, BodyColumn, BodyOf, FoundCountOf},
    row::read,
    scope::Source,
    store,
};
use crate::{
    Nullable, Result,
    graphql::{
        connection::{Connection, Edge, Listed},
        context::{ContextExt, Reader},
    },
    search::{self, highlight},
};
use async_graphql::{Context, Object, SimpleObject};
use chrono_tz::Tz;
use std::{collections::HashMap, sync::Arc};

/// Characters of a piece of a text in which words were found.
const PIECE: usize = 120;

/// Bytes of a text that is looked through on a thread of its own, so that other requests do not wait.
const LONG: usize = 32 * 1024;

/// What decides which articles a list has.
#[derive(Clone)]
pub struct Selection {
    /// Whose they are.
    pub source: Source,
    /// Which of them.
    pub filter: Arc<ArticleWhere>,
    /// The zone of the days that the filter asks for.
    pub zone: Tz,
    /// Which of these, by words.
    pub search: Option<Arc<Searching>>,
}

/// A search, and what it has found of a page.
pub struct Searching {
    /// What was asked.
    pub asked: Asked,
    /// What was really asked.
    pub searched: search::Searched,
    /// By the article's id, in millionths.
    pub scores: HashMap<i64, i64>,
}

/// A page of articles.
pub struct ArticleConnection(pub Connection<Article>);

/// One page of a list. `nodes` is the short way to its rows, `edges` the one that also gives each row its cursor.
#[Object]
impl ArticleConnection {
    #[graphql(flatten)]
    fn page(&self) -> &Connection<Article> {
        &self.0
    }

    /// What the articles of the whole list have in common. Each facet is counted only when selected; null where one of them
    /// can not be.
    async fn facets(&self) -> Option<ArticleFacets> {
        let Selection { source, filter, zone, search } = self.0.list().clone();
        Some(ArticleFacets { source, filter, zone, asked: search.map(|search| search.asked.clone()) })
    }

    /// What was really asked. Null without a search.
    async fn searched(&self) -> Option<Searched> {
        let searched = &self.0.list().search.as_ref()?.searched;
        Some(Searched {
            query: searched.query.to_string(),
            relaxed: searched.is_relaxed,
            did_you_mean: searched.did_you_mean.clone(),
        })
    }
}

/// What a search has really asked.
#[derive(SimpleObject)]
pub struct Searched {
    /// The words that were looked for at last, and that highlights mark.
    query: String,
    /// True where no article has all the words as they were typed. Then misspelt words were replaced, sentences were cut into words, or
    /// articles with only some of the words are shown.
    relaxed: bool,
    /// The query with words that are written or pronounced nearly so, in place of those that stand in no article. Null where none was
    /// put in.
    did_you_mean: Option<String>,
}

/// An article of a list, where in the list it stands, and what it was found for.
pub struct ArticleEdge {
    edge: Edge<Article>,
    search: Option<Arc<Searching>>,
}

/// An article of a list, and where in the list it stands.
#[Object]
impl ArticleEdge {
    /// Give it as `after` to read on behind this row, or as `before` to read up to it. Opaque; stays valid when rows come and go
    /// around it.
    fn cursor(&self) -> Result<String> {
        self.edge.encoded()
    }

    /// The article.
    async fn node(&self) -> &Article {
        self.edge.row()
    }

    /// How well it fits the search: the higher, the better, and of no meaning beside those of other searches. Null without a search.
    async fn score(&self) -> Option<f64> {
        let score = self.search.as_ref()?.scores.get(&self.edge.row().0.id)?;
        #[expect(clippy::cast_precision_loss, reason = "a score has some ten digits")]
        let score = *score as f64 / 1e6;
        Some(score)
    }

    /// Where its words stand. Null without a search.
    async fn highlight(&self, ctx: &Context<'_>) -> Nullable<Highlight> {
        let search = self.search.as_ref()?;
        Some(highlighted(ctx, search, self.edge.row()).await)
    }
}

/// Where the words of a search stand in an article: safe HTML in which `<mark>` alone stands.
#[derive(SimpleObject)]
pub struct Highlight {
    /// The whole title.
    title_html: String,
    /// The best piece of the text, some 120 characters. Null where the words stand in the title alone.
    body_html: Option<String>,
}

async fn highlighted(ctx: &Context<'_>, search: &Searching, article: &Article) -> Result<Highlight> {
    let query = &search.searched.query;
    let title_html = highlight::title(read(article.0.title.as_ref(), "title")?, &query.texts());
    let look_ahead = ctx.look_ahead();
    if !look_ahead.field("bodyHtml").exists() {
        return Ok(Highlight { title_html, body_html: None });
    }
    let body = BodyOf { article: article.0.id, columns: vec![BodyColumn::Text] };
    let body = ctx.reader().load_or_default(body).await?;
    let Some(text) = body.into_iter().next() else {
        return Ok(Highlight { title_html, body_html: None });
    };
    let query = query.clone();
    let body_html = if text.len() < LONG {
        highlight::piece(&text, &query.texts(), PIECE)
    } else {
        ctx.reader().db.aside(move || highlight::piece(&text, &query.texts(), PIECE)).await?
    };
    Ok(Highlight { title_html, body_html })
}

impl Listed for Article {
    type List = Selection;
    type Edge = ArticleEdge;

    fn edge(list: &Selection, edge: Edge<Self>) -> ArticleEdge {
        ArticleEdge { edge, search: list.search.clone() }
    }

    async fn count(reader: &Reader, Selection { source, filter, zone, search }: &Selection) -> Result<i64> {
        match (source, search) {
            (Source::Site, None) => store::count(&reader.db, &reader.terms(*zone), filter).await,
            (Source::Site, Some(search)) => {
                let found = reader.searches.found(&reader.db, &reader.app, &reader.terms(*zone), &search.asked).await?;
                Ok(i64::try_from(found.hits.len()).unwrap_or(i64::MAX))
            }
            (Source::Of(scope), None) => {
                let key = ArticleCountOf { scope: *scope, filter: Arc::clone(filter), zone: *zone };
                reader.load_or_default(key).await
            }
            (Source::Of(scope), Some(search)) => {
                reader.load_or_default(FoundCountOf { scope: *scope, asked: search.asked.clone() }).await
            }
        }
    }
}
