//! The time zone of the site, remembered while the content does not change: the days of a filter are told in it, and a list is to
//! cost one statement.

use super::About;
use crate::{Result, app::App};
use chrono_tz::Tz;
use std::sync::{Arc, Mutex, PoisonError};

/// What was read last, and the generation that was known before that: what stands here was read under this one or a later one,
/// which a request that used it finds out at its end.
#[derive(Clone, Debug, Default)]
pub struct ZoneCache(Arc<Mutex<Option<(i64, Tz)>>>);

impl ZoneCache {
    /// The zone that a setting tells, else what the last import read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, app: &App) -> Result<Tz> {
        if let Some(zone) = app.settings.site_timezone {
            return Ok(zone);
        }
        let latest = app.freshness.latest();
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known {
            Some((generation, zone)) if Some(generation) == latest => Ok(zone),
            _ => {
                let zone = About::read(app).await?.timezone.unwrap_or_default();
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = latest.map(|generation| (generation, zone));
                Ok(zone)
            }
        }
    }
}
