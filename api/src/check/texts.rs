//! What is counted and packed of texts.

use super::{
    found::Found,
    store::{self, Texts},
};
use crate::{Result, import::words::Census};
use sea_orm::ConnectionTrait;
use serde_json::{Map, Value};

/// Articles that are read at once: their bodies are in memory.
const PAGE: u64 = 100;

/// Whether the words are as many as is noted, and JSON is JSON.
///
/// # Errors
/// When the database fails.
pub async fn check(db: &impl ConnectionTrait, found: &mut Found) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let articles = store::texts(db, after, PAGE).await?;
        let Some(last) = articles.last() else { return Ok(()) };
        after = last.id;
        for article in &articles {
            for what in wrong(article) {
                found.add(format!("article {} ({}): {what}", article.id, article.path));
            }
        }
    }
}

fn wrong(article: &Texts) -> impl Iterator<Item = String> {
    let words = i32::try_from(Census::of(&article.text).total()).unwrap_or(i32::MAX);
    let is_object = serde_json::from_str::<Map<String, Value>>(&article.extra).is_ok();
    let is_array = serde_json::from_str::<Vec<Value>>(&article.headings).is_ok();
    let counted = (words != article.word_count)
        .then(|| format!("its text has {words} words, and {} are noted", article.word_count));
    let extra = (!is_object).then(|| "`extra` is no JSON object".to_owned());
    let headings = (!is_array).then(|| "`headings` is no JSON array".to_owned());
    [counted, extra, headings].into_iter().flatten()
}
