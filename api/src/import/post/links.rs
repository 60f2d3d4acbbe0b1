//! Under which other paths a post can be found, and what it is a translation of.

use super::{Keys, distinct, keys};
use crate::import::text;
use percent_encoding::percent_decode_str;
use url::Url;

/// The paths that once led to a post, decoded, with a leading slash. Addresses of another site are none.
pub(in crate::import) fn earlier_paths(keys: &mut Keys, site: Option<&Url>, path: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for key in ["alias", "aliases", "redirect_from"] {
        let Some(value) = keys.take_names(&[key]) else { continue };
        for written in keys::names(&value) {
            if let Some(earlier) = earlier_path(&written, site) {
                paths.push(earlier);
            } else {
                keys.warn(key, format!("`{written}` is no path on this site and was left out of the earlier paths"));
            }
        }
    }
    distinct(paths.into_iter().filter(|earlier| earlier != path))
}

fn earlier_path(written: &str, site: Option<&Url>) -> Option<String> {
    let bare = written.split(['?', '#']).next().unwrap_or(written);
    let inner = match Url::parse(bare) {
        Ok(url) => {
            let site = site.filter(|site| site.host() == url.host())?;
            let path = url.path();
            path.strip_prefix(site.path()).unwrap_or(path).to_owned()
        }
        Err(_) => bare.to_owned(),
    };
    let decoded = percent_decode_str(&inner).decode_utf8().map_or_else(|_| inner.clone(), Into::into);
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty()).collect();
    let is_plain = !parts.is_empty() && parts.iter().all(|part| *part != "..");
    let end = if decoded.ends_with('/') { "/" } else { "" };
    is_plain.then(|| text::clean_line(&format!("/{}{end}", parts.join("/")))).flatten()
}

/// What all translations of a post have in common, where a key tells.
pub(in crate::import) fn translation_key(keys: &mut Keys) -> Option<String> {
    ["translationKey", "translation_key", "lang-ref", "lang_ref"].into_iter().find_map(|key| keys.text(key))
}
