//! What everything shares, built once.

use crate::{
    Error, Result,
    article::store::Counts,
    author::store::AuthorRow,
    category::store::CategoryRow,
    config::{Limits, Settings},
    db::{Db, Shelf},
    fold,
    freshness::Freshness,
    image::store::FigureShelves,
    media::Media,
    search,
    site::ZoneCache,
    tag::store::TagRow,
};
use chrono::Utc;
use chrono_tz::Tz;
use entity::Timestamp;
use std::sync::{Arc, atomic::AtomicBool};

/// Tells the time. The only one who asks the system.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The database, the copies of images, the settings and the clock.
#[derive(Clone)]
pub struct App {
    /// Where the content is.
    pub db: Db,
    /// Where copies of local images are.
    pub media: Media,
    /// What the operator chose.
    pub settings: Arc<Settings>,
    /// What time it is.
    pub clock: Clock,
    /// The zone of the site, as it was last read.
    pub zone: ZoneCache,
    /// What of the index of the search was read.
    pub search: search::Memory,
    /// Which state of the content is the present one.
    pub freshness: Arc<Freshness>,
    /// What requests keep for each other.
    pub shelves: Arc<Shelves>,
    /// The server is about to stop: it still answers, and says so.
    pub is_leaving: Arc<AtomicBool>,
}

/// Owners whose number of articles is kept.
const COUNTS: usize = 10_000;

/// What belongs to many of the rows that are asked for.
pub struct Shelves {
    /// Categories.
    pub categories: Shelf<CategoryRow>,
    /// Authors.
    pub authors: Shelf<AuthorRow>,
    /// Tags.
    pub tags: Shelf<TagRow>,
    /// Figures of articles.
    pub figures: FigureShelves,
    /// How many articles categories, authors, tags and images have.
    pub counts: Counts,
}

impl Default for Shelves {
    fn default() -> Self {
        Self {
            categories: Shelf::default(),
            authors: Shelf::default(),
            tags: Shelf::default(),
            figures: FigureShelves::default(),
            counts: Counts::new(COUNTS),
        }
    }
}

impl App {
    /// Connects and migrates.
    ///
    /// # Errors
    /// When the database can not be reached or brought up to date.
    pub async fn open(settings: Settings) -> Result<Self> {
        let db = Db::connect(&settings.database_url).await?;
        Self::over(db, settings).await
    }

    /// [`open`](Self::open) for a command that goes through the database once, and is to stay small.
    ///
    /// # Errors
    /// As `open`.
    pub async fn open_lean(settings: Settings) -> Result<Self> {
        let db = Db::connect_lean(&settings.database_url).await?;
        Self::over(db, settings).await
    }

    /// [`open_lean`](Self::open_lean) for a command that is of no use on a database that it would have to make.
    ///
    /// # Errors
    /// As `open`, and where an SQLite file is not there.
    pub async fn open_existing(settings: Settings) -> Result<Self> {
        match settings.database_file().filter(|file| !file.exists()) {
            Some(path) => Err(Error::NoDatabase { path }),
            None => Self::open_lean(settings).await,
        }
    }

    async fn over(db: Db, settings: Settings) -> Result<Self> {
        db.migrate().await?;
        fold::ensure(&db).await?;
        search::reindex::ensure(&db).await?;
        let media = Media::new(settings.media_folder());
        let freshness = Freshness::new(&db);
        Ok(Self {
            db,
            media,
            settings: Arc::new(settings),
            clock: system_clock(),
            zone: ZoneCache::default(),
            search: search::Memory::default(),
            shelves: Arc::default(),
            is_leaving: Arc::default(),
            freshness,
        })
    }

    /// What a request may take.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The time zone of the site, for whoever reads through `db`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn zone(&self, db: &Db) -> Result<Tz> {
        if self.settings.site_timezone.is_none() {
            // It may be another one than when the request began to read.
            db.doubt();
        }
        self.zone.read(self).await
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
fn system_clock() -> Clock {
    Arc::new(|| Timestamp(Utc::now().timestamp_micros()))
}
