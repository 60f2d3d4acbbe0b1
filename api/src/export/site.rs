//! The files that make a folder a site of its tool. Pure.

use super::{form::Form, yaml};
use crate::{
    article::{Naming, Spelling},
    slug::hexo::Case,
};
use serde_json::{Map, Value, json};

/// What is known of the site as a whole.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is reached, with a last slash.
    pub url: Option<String>,
    /// The language of most of it.
    pub locale: String,
    /// The zone of its dates, as an IANA name.
    pub timezone: String,
    /// The pattern of permalinks, as the tool writes it; none for its own.
    pub permalink: Option<String>,
    /// What ends the excerpt in a post of Jekyll's; none for its own, empty for no excerpts.
    pub excerpt_separator: Option<String>,
    /// Where the pages of categories and tags stand, and slugs that their names do not give.
    pub naming: Naming,
}

/// The configuration files, each with its path.
#[must_use]
pub fn files(form: Form, about: &About) -> Vec<(&'static str, String)> {
    match form {
        Form::Hexo => vec![("_config.yml", hexo(about)), ("package.json", package())],
        Form::Jekyll => vec![("_config.yml", jekyll(about))],
        Form::Hugo => vec![("hugo.toml", hugo(about))],
    }
}

fn hexo(about: &About) -> String {
    let usual = Naming::default();
    let mut fields = told([
        ("title", Some(about.title.clone())),
        ("description", about.description.clone()),
        ("url", about.url.clone()),
        ("language", Some(about.locale.clone())),
        ("timezone", Some(about.timezone.clone())),
        ("permalink", about.permalink.clone()),
        ("theme", Some("landscape".to_owned())),
    ]);
    let naming = &about.naming;
    let folders = [("category_dir", &naming.categories, &usual.categories), ("tag_dir", &naming.tags, &usual.tags)];
    for (key, folder, _) in folders.into_iter().filter(|(_, folder, usual)| folder != usual) {
        fields.insert(key.to_owned(), Value::from(folder.as_str()));
    }
    let spelling = match naming.spelling {
        Spelling::Hexo(Case::Kept) => None,
        Spelling::Hexo(Case::Lower) => Some(("filename_case", Value::from(1))),
        Spelling::Hexo(Case::Upper) => Some(("filename_case", Value::from(2))),
        Spelling::Cased => Some(("masthead_paths", Value::from("cased"))),
        Spelling::Slug => Some(("masthead_paths", Value::from("slug"))),
    };
    fields.extend(spelling.map(|(key, value)| (key.to_owned(), value)));
    for (key, slugs) in [("category_map", &naming.category_slugs), ("tag_map", &naming.tag_slugs)] {
        if !slugs.is_empty() {
            fields.insert(key.to_owned(), json!(slugs));
        }
    }
    yaml::document(&fields)
}

/// What `npm install` fetches so that `npx hexo generate` renders the site.
fn package() -> String {
    let names = [
        "hexo",
        "hexo-generator-archive",
        "hexo-generator-category",
        "hexo-generator-index",
        "hexo-generator-tag",
        "hexo-renderer-ejs",
        "hexo-renderer-marked",
        "hexo-renderer-stylus",
        "hexo-theme-landscape",
    ];
    let dependencies: Vec<String> = names.iter().map(|name| format!("    \"{name}\": \"*\"")).collect();
    format!(
        "{{\n  \"name\": \"site\",\n  \"private\": true,\n  \"hexo\": {{ \"version\": \"\" }},\n  \"dependencies\": {{\n{}\n  }}\n}}\n",
        dependencies.join(",\n")
    )
}

fn jekyll(about: &About) -> String {
    // Jekyll wants the folder in which the site stands on its host apart.
    let (url, base) = match about.url.as_deref().and_then(|url| url::Url::parse(url).ok()) {
        Some(url) => {
            let base = url.path().trim_end_matches('/').to_owned();
            (Some(url.origin().ascii_serialization()), (!base.is_empty()).then_some(base))
        }
        None => (None, None),
    };
    yaml::document(&told([
        ("title", Some(about.title.clone())),
        ("description", about.description.clone()),
        ("url", url),
        ("baseurl", base),
        ("lang", Some(about.locale.clone())),
        ("timezone", Some(about.timezone.clone())),
        ("permalink", about.permalink.clone()),
        ("excerpt_separator", about.excerpt_separator.clone()),
    ]))
}

fn hugo(about: &About) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    let mut out = String::new();
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(key);
            out.push_str(" = ");
            out.push_str(&text(value));
            out.push('\n');
        }
    };
    line("baseURL", about.url.as_deref());
    line("title", Some(&about.title));
    line("languageCode", Some(&about.locale));
    line("defaultContentLanguage", Some(&about.locale.to_ascii_lowercase()));
    line("timeZone", Some(&about.timezone));
    if let Some(description) = &about.description {
        line("\n[params]\ndescription", Some(description));
    }
    if about.permalink.is_some() {
        line("\n[permalinks]\nposts", about.permalink.as_deref());
    }
    out
}

fn told<const N: usize>(fields: [(&str, Option<String>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            title: "The Tide: notes".to_owned(),
            description: Some("Harbours".to_owned()),
            url: Some("https://tide.example.com/blog/".to_owned()),
            locale: "zh-CN".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            permalink: Some(":year/:title/".to_owned()),
            excerpt_separator: None,
            naming: Naming { tag_slugs: [("C++".to_owned(), "cpp".to_owned())].into(), ..Naming::default() },
        }
    }

    #[test]
    fn each_tool_finds_its_own_configuration() {
        let [(name, hexo), _] = files(Form::Hexo, &about()).try_into().unwrap();
        assert_eq!(name, "_config.yml");
        assert_eq!(
            hexo,
            "title: 'The Tide: notes'\ndescription: Harbours\nurl: https://tide.example.com/blog/\nlanguage: zh-CN\n\
             timezone: Asia/Shanghai\npermalink: ':year/:title/'\ntheme: landscape\nmasthead_paths: slug\ntag_map: { C++: cpp }\n"
        );
        let [(_, jekyll)] = files(Form::Jekyll, &about()).try_into().unwrap();
        assert!(jekyll.contains("url: https://tide.example.com\nbaseurl: /blog\n"), "{jekyll}");
        let [(name, hugo)] = files(Form::Hugo, &about()).try_into().unwrap();
        assert_eq!(name, "hugo.toml");
        let read: toml::Table = toml::from_str(&hugo).unwrap();
        assert_eq!(read["permalinks"]["posts"].as_str(), Some(":year/:title/"));
        assert_eq!(read["params"]["description"].as_str(), Some("Harbours"));
    }

    #[test]
    fn the_package_is_json() {
        let package: Value = serde_json::from_str(&package()).unwrap();
        assert!(package["dependencies"]["hexo"].is_string() && package["hexo"].is_object());
    }
}
