//! How well searches are answered: made articles ([`maker`]), and queries whose answers were graded ([`relevance`]). The data, and
//! what it means, stand in `tests/search`.

pub mod maker;
pub mod relevance;

use crate::{
    app::{self, NOW, TestClock, instant},
    db::TestDb,
};
use api::{
    article::{Draft, Naming, Save, service},
    import::{normalise::normalise, place::Place},
    media::LocalPictures,
};
use camino::Utf8Path;
use serde::de::DeserializeOwned;
use std::fs;

/// Articles of one transaction.
const BATCH: usize = 500;

/// Stores the articles, as every source of articles does.
pub async fn plant(db: &TestDb) {
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    for batch in maker::corpus().chunks(BATCH) {
        let saves: Vec<Save> = batch.iter().map(|article| Save { replaces: None, draft: draft(article) }).collect();
        let transaction = app.db.begin().await.expect("the database answers");
        let stored = service::save(&transaction, &saves, &LocalPictures::new(), &Naming::default(), app.now()).await;
        stored.expect("what was made can be stored");
        transaction.commit().await.expect("the database answers");
    }
}

fn draft(article: &maker::Article) -> Draft {
    let published_at = instant(&article.published_at);
    let paragraphs: Vec<String> = article.text.split('\n').map(|paragraph| format!("<p>{paragraph}</p>\n")).collect();
    let html = paragraphs.concat();
    let body = normalise(&html, &Place::unknown(), None).expect("paragraphs are not deep");
    assert_eq!(body.text, article.text, "what is searched is what was judged");
    Draft {
        title: article.title.clone(),
        slug: article.slug.clone(),
        path: format!("/{}/", article.slug),
        locale: article.locale.clone(),
        is_draft: false,
        published_at,
        created_at: published_at,
        updated_at: published_at,
        comments_enabled: true,
        source_url: None,
        excerpt: None,
        authors: Vec::new(),
        categories: article.categories.clone(),
        tags: article.tags.clone(),
        cover: None,
        thumbnail: None,
        body,
        markdown: html,
        extra: "{}".to_owned(),
        earlier_paths: Vec::new(),
        translation_key: None,
        origin: None,
        file: None,
    }
}

/// A file of `tests/search`.
fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("search").join(name);
    let json = fs::read_to_string(path).expect("the judged set is in the repository");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: {error}"))
}
