//! Jekyll's `_config.yml`, as Jekyll 4 reads it.

use super::{Rules, defaults};
use crate::import::{
    dialect::Dialect,
    document::SiteRules,
    post::site,
    site::{
        Configured, Folder, Layout, naming,
        settings::{self, Settings},
    },
};
use serde_json::{Map, Value};

/// What Jekyll passes over where the site does not say.
const EXCLUDED: [&str; 6] =
    [".sass-cache/", ".jekyll-cache/", "gemfiles/", "node_modules/", "vendor/bundle/", "vendor/cache/"];

/// The site that a configuration describes.
pub(in crate::import) fn configure(folder: &Folder, defaults: &SiteRules, why: String) -> Configured {
    let mut settings = folder.text("_config.").map(|(name, text)| Settings::parse(name, text)).unwrap_or_default();
    let zone = site::timezone(&mut settings);
    let url = site::url(&mut settings, "baseurl");
    let locale = site::locale(&mut settings, &["lang", "locale", "language"]);
    told_apart(&mut settings);
    let rules = rules(&mut settings, folder);
    let layout = Layout::Jekyll { excluded: excluded(&mut settings) };
    let rules = SiteRules {
        dialect: Dialect::Jekyll(rules),
        timezone: zone.unwrap_or(defaults.timezone),
        locale: locale.unwrap_or_else(|| defaults.locale.clone()),
        url: url.or_else(|| defaults.url.clone()),
        naming: naming::naming(|key| settings.get(key)).unwrap_or_else(|| defaults.naming.clone()),
        statics: vec![String::new()],
        frame_hosts: defaults.frame_hosts.clone(),
    };
    Configured {
        is_broken: false,
        rules,
        title: settings.text("title").or_else(|| settings.text("name")),
        description: settings.text("description").or_else(|| settings.text("tagline")),
        why,
        has_timezone: zone.is_some(),
        layout,
        warnings: settings.warnings,
        files: Vec::new(),
        pages: Vec::new(),
    }
}

fn rules(settings: &mut Settings, folder: &Folder) -> Rules {
    let standard = Rules::default();
    let collections = settings.text("collections_dir").unwrap_or_default().trim_matches('/').to_owned();
    let of_posts = settings.get("collections").and_then(|all| all.get("posts")?.get("permalink")?.as_str());
    let permalink = of_posts.map(str::to_owned).or_else(|| settings.text("permalink"));
    let separator = settings.get("excerpt_separator").and_then(Value::as_str).map(str::to_owned);
    Rules {
        permalink: permalink.unwrap_or(standard.permalink),
        defaults: defaults::read(settings, &collections),
        authors: authors(settings, folder),
        excerpt_separator: separator.unwrap_or(standard.excerpt_separator),
        collections,
    }
}

/// What the data and the configuration say of authors, the data first.
fn authors(settings: &mut Settings, folder: &Folder) -> Map<String, Value> {
    let mut authors = Map::new();
    if let Some(Value::Object(of_site)) = settings.get("authors") {
        authors.extend(of_site.clone());
    }
    if let Some((name, text)) = folder.text("_data/authors.") {
        match settings::value(name, text) {
            Ok(Value::Object(of_data)) => authors.extend(of_data),
            Ok(_) => {}
            Err((line, message)) => {
                let message = format!("no author is described, since the data cannot be read: {message}");
                settings.warnings.push((name.to_owned(), line, message));
            }
        }
    }
    authors
}

/// What is not looked at: the standard ones, unless the site has its own, and the folder that Jekyll writes to.
fn excluded(settings: &mut Settings) -> Vec<String> {
    let standard = EXCLUDED.iter().map(|name| (*name).to_owned());
    let written =
        settings.text("destination").filter(|to| !to.contains("..")).map(|to| to.trim_matches(['.', '/']).to_owned());
    let written = written.filter(|to| !to.is_empty()).map(|to| format!("{to}/"));
    standard.chain(settings.patterns("exclude")).chain(written).collect()
}

/// Other collections than posts are no articles.
fn told_apart(settings: &mut Settings) {
    let names: Vec<String> = match settings.get("collections") {
        Some(Value::Object(collections)) => collections.keys().cloned().collect(),
        Some(_) => settings.list("collections"),
        None => return,
    };
    let others: Vec<String> =
        names.into_iter().filter(|name| name != "posts").map(|name| format!("`{name}`")).collect();
    if !others.is_empty() {
        let message = format!("only posts and drafts are imported, not the collections {}", others.join(", "));
        settings.warn(settings.line_of("collections"), message);
    }
}
