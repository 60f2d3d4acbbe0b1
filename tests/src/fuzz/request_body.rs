//! Any bytes as the body of a request, as the query of a URL, and as a document.

use super::site::{self, Site};
use api::{
    error::Code,
    graphql::api::Asked,
    http::request::{self, Asking},
};

/// Sends them to a site on SQLite.
pub fn run(data: &[u8]) {
    site::on_site(async |site| ask(site, data).await);
}

/// Sends them to this site.
pub async fn ask(site: &Site, data: &[u8]) {
    match request::body(data, 4) {
        Ok(Asking::One(asked)) => drop(site.answer(asked).await),
        Ok(Asking::Several(asked)) => {
            assert!((1..=4).contains(&asked.len()), "{} operations", asked.len());
            drop(site.answer_all(asked).await);
        }
        Err(error) => assert_eq!(error.code(), Code::BadUserInput, "{error}"),
    }
    let Ok(text) = str::from_utf8(data) else { return };
    match request::parameters(text) {
        Ok(asked) => drop(site.answer(asked).await),
        Err(error) => assert_eq!(error.code(), Code::BadUserInput, "{error}"),
    }
    let document = Asked {
        query: Some(text.to_owned()),
        document_id: None,
        operation_name: None,
        variables: None,
        extensions: None,
    };
    drop(site.answer(document).await);
}
