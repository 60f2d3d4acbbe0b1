//! The time zone of the site, remembered for a moment: the days of a filter are told in it, and a list is to cost one statement.

use super::About;
use crate::{Result, app::App};
use chrono_tz::Tz;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long what an import changes may stay unnoticed.
const REMEMBERED: Duration = Duration::from_secs(1);

/// What was read last, and when.
#[derive(Clone, Debug, Default)]
pub struct ZoneCache(Arc<Mutex<Option<(Instant, Tz)>>>);

impl ZoneCache {
    /// The zone that a setting tells, else what the last import read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, app: &App) -> Result<Tz> {
        if let Some(zone) = app.settings.site_timezone {
            return Ok(zone);
        }
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known {
            Some((read, zone)) if read.elapsed() < REMEMBERED => Ok(zone),
            _ => {
                let zone = About::read(app).await?.timezone.unwrap_or_default();
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), zone));
                Ok(zone)
            }
        }
    }
}
