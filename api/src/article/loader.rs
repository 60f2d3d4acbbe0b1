//! What of articles is read in batches.

use super::{Article, Columns, row::Key, scope::Scope, store};
use crate::{
    Error, Result,
    graphql::{
        context::Batches,
        page::{Page, Slice},
    },
};
use async_graphql::dataloader::Loader;
use entity::body;
use std::{collections::HashMap, hash::Hash};

/// An article by id, if the reader may see it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleById {
    /// Which.
    pub id: i64,
    /// What of it is asked for.
    pub columns: Columns,
}

/// A page of the articles of one category, author, tag or image.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ArticlesOf {
    /// Whose.
    pub scope: Scope,
    /// Which part.
    pub page: Page<Key>,
    /// What of them is asked for.
    pub columns: Columns,
}

/// How many published articles belong to one category, author, tag or image.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleCountOf(pub Scope);

/// Whether the list of one category, author, tag or image has articles at or before a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticlesThrough {
    /// Whose list.
    pub scope: Scope,
    /// In its order.
    pub key: Key,
}

/// The published translations of one article.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TranslationsOf {
    /// The article's id.
    pub article: i64,
    /// What of them is asked for.
    pub columns: Columns,
}

/// The long columns of one article, in the order asked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BodyOf {
    /// The article's id.
    pub article: i64,
    /// Which columns.
    pub columns: Vec<BodyColumn>,
}

/// A long column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyColumn {
    /// Normalised and sanitised.
    Html,
    /// As the source wrote it.
    Markdown,
    /// Without markup.
    Text,
    /// JSON.
    Headings,
}

impl From<BodyColumn> for body::Column {
    fn from(column: BodyColumn) -> Self {
        match column {
            BodyColumn::Html => Self::Html,
            BodyColumn::Markdown => Self::Markdown,
            BodyColumn::Text => Self::Text,
            BodyColumn::Headings => Self::Headings,
        }
    }
}

impl Loader<ArticleById> for Batches {
    type Value = Article;
    type Error = Error;

    async fn load(&self, keys: &[ArticleById]) -> Result<HashMap<ArticleById, Article>> {
        let mut found = HashMap::new();
        for (columns, ids) in grouped(keys, |key| (key.columns, key.id)) {
            let rows = store::by_ids(&self.db, self.audience, &ids, columns).await?;
            found.extend(rows.into_iter().map(|(id, row)| (ArticleById { id, columns }, Article(row))));
        }
        Ok(found)
    }
}

impl Loader<ArticlesOf> for Batches {
    type Value = Slice<Article>;
    type Error = Error;

    async fn load(&self, keys: &[ArticlesOf]) -> Result<HashMap<ArticlesOf, Slice<Article>>> {
        let mut lists = HashMap::new();
        for ((link, page, columns), parents) in
            grouped(keys, |key| ((key.scope.link, key.page.clone(), key.columns), key.scope.id))
        {
            let found = store::list_of(&self.db, self.audience, link, &parents, &page, columns).await?;
            lists.extend(found.into_iter().map(|(id, list)| {
                (ArticlesOf { scope: Scope { link, id }, page: page.clone(), columns }, list.map(Article))
            }));
        }
        Ok(lists)
    }
}

impl Loader<ArticleCountOf> for Batches {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[ArticleCountOf]) -> Result<HashMap<ArticleCountOf, i64>> {
        let mut counts = HashMap::new();
        for (link, parents) in grouped(keys, |key| (key.0.link, key.0.id)) {
            let found = store::count_of(&self.db, self.audience, link, &parents).await?;
            counts.extend(found.into_iter().map(|(id, count)| (ArticleCountOf(Scope { link, id }), count)));
        }
        Ok(counts)
    }
}

impl Loader<ArticlesThrough> for Batches {
    type Value = bool;
    type Error = Error;

    async fn load(&self, keys: &[ArticlesThrough]) -> Result<HashMap<ArticlesThrough, bool>> {
        let mut answers = HashMap::new();
        for ((link, key), parents) in grouped(keys, |key| ((key.scope.link, key.key), key.scope.id)) {
            let found = store::has_through_of(&self.db, self.audience, link, &parents, key).await?;
            answers
                .extend(found.into_iter().map(|(id, has)| (ArticlesThrough { scope: Scope { link, id }, key }, has)));
        }
        Ok(answers)
    }
}

impl Loader<TranslationsOf> for Batches {
    type Value = Vec<Article>;
    type Error = Error;

    async fn load(&self, keys: &[TranslationsOf]) -> Result<HashMap<TranslationsOf, Vec<Article>>> {
        let mut translations = HashMap::new();
        for (columns, articles) in grouped(keys, |key| (key.columns, key.article)) {
            let found = store::translations(&self.db, self.audience, &articles, columns).await?;
            translations.extend(
                found.into_iter().map(|(article, rows)| {
                    (TranslationsOf { article, columns }, rows.into_iter().map(Article).collect())
                }),
            );
        }
        Ok(translations)
    }
}

impl Loader<BodyOf> for Batches {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[BodyOf]) -> Result<HashMap<BodyOf, Vec<String>>> {
        let mut bodies = HashMap::new();
        for (columns, articles) in grouped(keys, |key| (key.columns.clone(), key.article)) {
            let read: Vec<body::Column> = columns.iter().copied().map(Into::into).collect();
            let found = store::bodies(&self.db, &articles, &read).await?;
            bodies
                .extend(found.into_iter().map(|(article, body)| (BodyOf { article, columns: columns.clone() }, body)));
        }
        Ok(bodies)
    }
}

/// One group for each different way of asking, which is one for each place in the document that asks: the number of
/// statements follows the shape of the operation.
fn grouped<K, G: Hash + Eq>(keys: &[K], split: impl Fn(&K) -> (G, i64)) -> HashMap<G, Vec<i64>> {
    let mut groups: HashMap<G, Vec<i64>> = HashMap::new();
    for key in keys {
        let (group, id) = split(key);
        groups.entry(group).or_default().push(id);
    }
    groups
}
