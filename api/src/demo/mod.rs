//! Made-up articles in any number, for load tests. An article depends on its seed and number alone.

mod article;
mod random;
mod store;
mod words;

use self::article::Maker;
use crate::{
    Result,
    app::App,
    article::{Naming, Save, service},
    import::report::Event,
    media::LocalPictures,
};
use clap::Args;

/// Articles of one transaction.
const BATCH: u64 = 1_000;

/// What is to be made.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// How many; they follow those that the seed has made before
    #[arg(long, default_value_t = 10_000)]
    pub articles: u64,
    /// The same seed makes the same articles
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Bytes of text in each body, about
    #[arg(long, default_value_t = 4_000)]
    pub body_bytes: usize,
}

/// Adds the articles in batches; those of a batch appear together.
///
/// # Errors
/// When the database fails.
pub async fn run(app: &App, options: &Options, tell: &mut dyn FnMut(Event)) -> Result<()> {
    let maker = Maker::new(options.seed, options.body_bytes);
    let made = store::made(&app.db.connection(), &maker.root()).await?;
    let end = made + options.articles;
    tell(Event::Found(usize::try_from(options.articles).unwrap_or(usize::MAX)));
    let mut next = made;
    while next < end {
        let batch = next..end.min(next + BATCH);
        next = batch.end;
        let saves: Vec<Save> = batch.map(|number| Save { replaces: None, draft: maker.article(number) }).collect();
        let transaction = app.db.begin().await?;
        service::save(&transaction, &saves, &LocalPictures::new(), &Naming::default(), app.now()).await?;
        app.db.commit(transaction).await?;
        let written = |number: u64| usize::try_from(number - made).unwrap_or(usize::MAX);
        app.db.reclaim(written(next) - saves.len(), written(next)).await;
        tell(Event::Done(saves.len()));
    }
    app.db.finish_writing(usize::try_from(options.articles).unwrap_or(usize::MAX)).await;
    Ok(())
}
