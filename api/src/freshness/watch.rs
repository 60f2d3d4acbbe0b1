//! Keeps what is known fresh while the server runs.

use super::{Freshness, LEASE, store};
use crate::{
    Result,
    app::Clock,
    audience::Audience,
    db::{News, Row, is_gone},
};
use sea_orm::DbErr;
use std::{
    sync::{Arc, Weak},
    time::Duration,
};
use tokio::time::{sleep, timeout};

/// Between two tries to reach the database.
const PAUSE: Duration = Duration::from_millis(100);

impl Freshness {
    /// Starts to watch, until nobody needs what is known any more. To be called on the runtime that is to do it.
    pub fn watch(self: &Arc<Self>, clock: Clock) {
        tokio::spawn(watch(Arc::downgrade(self), clock));
    }
}

async fn watch(freshness: Weak<Freshness>, clock: Clock) {
    let mut was_well = true;
    let mut news: Option<News> = None;
    loop {
        let Some(freshness) = freshness.upgrade() else { return };
        let look = freshness.begin();
        let looked = timeout(LEASE, async {
            let news = match &mut news {
                Some(news) => news,
                none => none.insert(freshness.db.news().await?),
            };
            freshness.take(news, Audience { now: clock(), is_preview: false }).await
        });
        let failure = match looked.await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => {
                if is_gone(&error) {
                    // Nobody can write what could not be read.
                    freshness.confirm(look);
                }
                Some(error.to_string())
            }
            Err(_) => Some("it is slow".to_owned()),
        };
        drop(freshness);
        if let Some(failure) = &failure {
            news = None;
            if was_well {
                tracing::warn!(error = failure, "the database can not be watched for changes; trying again");
            }
        }
        was_well = failure.is_none();
        match &mut news {
            Some(connected) => {
                if connected.wait().await.is_err() {
                    news = None;
                }
            }
            None => sleep(PAUSE).await,
        }
    }
}

impl Freshness {
    async fn take(&self, news: &mut News, audience: Audience) -> Result<(), DbErr> {
        let look = self.begin();
        if !news.came().await? {
            self.confirm(look);
            return Ok(());
        }
        let (before, look) = (self.latest(), self.begin());
        let rows = news.fetch(&store::select(audience)).await?;
        let row = rows.first().ok_or_else(store::missing)?;
        let known =
            store::decode(&mut Row::fetched(row), audience).map_err(|error| DbErr::Custom(error.to_string()))?;
        let known = self.note(known, look);
        if before.is_some_and(|before| known.generation < before) {
            // What was known before a look can not be more than that sees, unless the database is another one now.
            self.skip();
            return Err(DbErr::Custom("its content is older than it was".to_owned()));
        }
        Ok(())
    }
}
