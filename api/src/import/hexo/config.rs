//! Hexo's `_config.yml`, as Hexo 8 reads it.

use super::{Case, Rules};
use crate::import::{
    dialect::Dialect,
    document::SiteRules,
    post::site,
    site::{Configured, Folder, Layout, settings::Settings},
};

/// The site that a configuration describes.
pub(in crate::import) fn configure(folder: &Folder, defaults: &SiteRules, why: String) -> Configured {
    let file = folder.text("_config.").filter(|(name, _)| *name != "_config.toml");
    let mut settings = file.map(|(name, text)| Settings::parse(name, text)).unwrap_or_default();
    let zone = site::timezone(&mut settings);
    let url = site::url(&mut settings, "root");
    let locale = site::locale(&mut settings, &["language"]);
    let naming = super::taxonomy::naming(&settings, defaults);
    let source = folder_name(&settings, "source_dir", "source");
    let rules = SiteRules {
        dialect: Dialect::Hexo(rules(&settings)),
        timezone: zone.unwrap_or(defaults.timezone),
        locale: locale.unwrap_or_else(|| defaults.locale.clone()),
        url: url.or_else(|| defaults.url.clone()),
        naming,
        statics: vec![source.clone()],
        frame_hosts: defaults.frame_hosts.clone(),
    };
    let ignored = settings.patterns("ignore");
    Configured {
        is_broken: false,
        rules,
        title: settings.text("title"),
        description: settings.text("description").or_else(|| settings.text("subtitle")),
        why,
        has_timezone: zone.is_some(),
        layout: Layout::Hexo { source, ignored },
        warnings: settings.warnings,
        files: Vec::new(),
        pages: Vec::new(),
    }
}

fn rules(settings: &Settings) -> Rules {
    let standard = Rules::default();
    let text = |key: &str, default: String| settings.text(key).unwrap_or(default);
    Rules {
        permalink: text("permalink", standard.permalink),
        permalink_defaults: settings.map("permalink_defaults"),
        default_category: text("default_category", standard.default_category),
        file_name: text("new_post_name", standard.file_name),
        case: match settings.text("filename_case").as_deref() {
            Some("1") => Case::Lower,
            Some("2") => Case::Upper,
            _ => Case::Kept,
        },
        has_asset_folders: settings.flag("post_asset_folder"),
        titles_from_names: settings.flag("use_slug_as_post_title") || settings.flag("use_filename_as_post_title"),
    }
}

fn folder_name(settings: &Settings, key: &str, default: &str) -> String {
    settings.text(key).map_or_else(|| default.to_owned(), |name| name.trim_matches('/').to_owned())
}
