//! One row, or none: what the last import read from a site's configuration.

use sea_orm::entity::prelude::*;

/// What the API says of the site where no setting says it.
#[sea_orm::model]
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Its name.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is reached: absolute, with a last slash.
    pub url: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
