//! What is known of the site: what the settings tell, else what the last import read from its configuration.

use super::store;
use crate::{Result, app::App, config::Settings};
use chrono_tz::Tz;
use entity::site::Model;
use url::Url;

/// The site as a whole; what nothing tells is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is reached.
    pub url: Option<Url>,
    /// BCP 47.
    pub locale: Option<String>,
    /// Of its dates.
    pub timezone: Option<Tz>,
}

impl About {
    /// Of these settings, and of what was imported.
    #[must_use]
    pub fn new(settings: &Settings, imported: &Model) -> Self {
        let read = |text: &Option<String>| text.clone();
        Self {
            title: settings.site_title.clone().or_else(|| read(&imported.title)),
            description: settings.site_description.clone().or_else(|| read(&imported.description)),
            url: settings.site_url.clone().or_else(|| Url::parse(imported.url.as_deref()?).ok()),
            locale: settings.site_locale.clone().or_else(|| read(&imported.locale)),
            timezone: settings.site_timezone.or_else(|| imported.timezone.as_deref()?.parse().ok()),
        }
    }

    /// As it is known now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(app: &App) -> Result<Self> {
        Ok(Self::new(&app.settings, &store::find(&app.db).await?))
    }
}
