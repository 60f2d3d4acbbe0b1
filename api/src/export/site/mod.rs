//! The files that make a folder a site of its tool. Pure.

pub mod store;

use super::{form::Form, target::Files, yaml};
use crate::{
    article::{Naming, Spelling},
    import::site::naming::{PATHS, SPELLINGS},
    slug::hexo::Case,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
    /// Whether posts of Hexo's have folders of their own for pictures.
    pub has_asset_folders: bool,
    /// Where the pages of categories and tags stand, and slugs that their names do not give.
    pub naming: Naming,
}

/// The configuration files, each with its path.
#[must_use]
pub fn files(form: Form, about: &About) -> Files {
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    match form {
        Form::Hexo => vec![file("_config.yml", hexo(about)), file("package.json", package())],
        Form::Jekyll => vec![file("_config.yml", jekyll(about))],
        Form::Hugo => vec![file("hugo.toml", hugo(about))],
    }
}

fn hexo(about: &About) -> String {
    let mut fields = told([
        ("title", Some(about.title.clone())),
        ("description", about.description.clone()),
        ("url", about.url.clone()),
        ("language", Some(about.locale.clone())),
        ("timezone", Some(about.timezone.clone())),
        ("permalink", about.permalink.clone()),
        ("theme", Some("landscape".to_owned())),
    ]);
    if about.has_asset_folders {
        fields.insert("post_asset_folder".to_owned(), Value::from(true));
    }
    let naming = &about.naming;
    // What Hexo can say itself is said in its own keys.
    match naming.spelling {
        Spelling::Hexo(case) if naming.authors == Naming::default().authors => match case {
            Case::Kept => {}
            Case::Lower => drop(fields.insert("filename_case".to_owned(), Value::from(1))),
            Case::Upper => drop(fields.insert("filename_case".to_owned(), Value::from(2))),
        },
        spelling => drop(fields.insert(PATHS.to_owned(), spelt(spelling))),
    }
    fields.extend(folders(naming));
    fields.extend(slugs(naming).map(|(key, slugs)| (key.to_owned(), json!(slugs))));
    yaml::document(&fields)
}

fn spelt(spelling: Spelling) -> Value {
    SPELLINGS.into_iter().find(|(_, known)| *known == spelling).map_or(Value::Null, |(name, _)| Value::from(name))
}

/// The folders of pages that are not where they usually are.
fn folders(naming: &Naming) -> impl Iterator<Item = (String, Value)> {
    let usual = Naming::default();
    let folders = [
        ("category_dir", naming.categories.clone(), usual.categories),
        ("tag_dir", naming.tags.clone(), usual.tags),
        ("author_dir", naming.authors.clone(), usual.authors),
    ];
    let unusual = folders.into_iter().filter(|(_, folder, usual)| folder != usual);
    unusual.map(|(key, folder, _)| (key.to_owned(), Value::from(folder)))
}

fn slugs(naming: &Naming) -> impl Iterator<Item = (&'static str, &BTreeMap<String, String>)> {
    let slugs = [("category_map", &naming.category_slugs), ("tag_map", &naming.tag_slugs)];
    slugs.into_iter().filter(|(_, slugs)| !slugs.is_empty())
}

/// What the other tools can not say; nothing where all is as usual.
fn masthead(naming: &Naming) -> Map<String, Value> {
    let mut fields = Map::new();
    if *naming != Naming::default() {
        fields.insert(PATHS.to_owned(), spelt(naming.spelling));
        fields.extend(folders(naming));
    }
    fields
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
    let mut fields = told([
        ("title", Some(about.title.clone())),
        ("description", about.description.clone()),
        ("url", url),
        ("baseurl", base),
        ("lang", Some(about.locale.clone())),
        ("timezone", Some(about.timezone.clone())),
        ("permalink", about.permalink.clone()),
        ("excerpt_separator", about.excerpt_separator.clone()),
    ]);
    fields.extend(masthead(&about.naming));
    fields.extend(slugs(&about.naming).map(|(key, slugs)| (key.to_owned(), json!(slugs))));
    yaml::document(&fields)
}

fn hugo(about: &About) -> String {
    let line = |key: &str, text: &str| format!("{key} = {}\n", toml::Value::from(text));
    let locale = about.locale.to_ascii_lowercase();
    let known = [
        ("baseURL", about.url.as_deref()),
        ("title", Some(&about.title)),
        ("languageCode", Some(&about.locale)),
        ("defaultContentLanguage", Some(&locale)),
        ("timeZone", Some(&about.timezone)),
    ];
    let mut out: String = known.into_iter().filter_map(|(key, text)| Some(line(key, text?))).collect();
    let naming = masthead(&about.naming);
    if about.description.is_some() || !naming.is_empty() {
        out.push_str("\n[params]\n");
        let params = about.description.iter().map(|text| ("description", text.as_str()));
        let params = params.chain(naming.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))));
        out.extend(params.map(|(key, text)| line(key, text)));
        out.extend(slugs(&about.naming).map(|(key, slugs)| format!("{key} = {}\n", pairs(slugs))));
    }
    if let Some(permalink) = &about.permalink {
        out.push_str("\n[permalinks]\n");
        out.push_str(&line("posts", permalink));
    }
    out
}

/// Hugo folds the case of keys, so that names can not be keys.
fn pairs(slugs: &BTreeMap<String, String>) -> toml::Value {
    slugs.iter().map(|(name, slug)| vec![name.as_str(), slug.as_str()]).collect::<Vec<_>>().into()
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
            has_asset_folders: false,
            naming: Naming { tag_slugs: [("C++".to_owned(), "cpp".to_owned())].into(), ..Naming::default() },
        }
    }

    fn text(form: Form) -> (String, String) {
        let (name, bytes) = files(form, &about()).swap_remove(0);
        (name, String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn each_tool_finds_its_own_configuration() {
        let (name, hexo) = text(Form::Hexo);
        assert_eq!(name, "_config.yml");
        assert_eq!(
            hexo,
            "title: 'The Tide: notes'\ndescription: Harbours\nurl: https://tide.example.com/blog/\nlanguage: zh-CN\n\
             timezone: Asia/Shanghai\npermalink: ':year/:title/'\ntheme: landscape\nmasthead_paths: slug\ntag_map: { C++: cpp }\n"
        );
        let (_, jekyll) = text(Form::Jekyll);
        assert!(jekyll.contains("url: https://tide.example.com\nbaseurl: /blog\n"), "{jekyll}");
        assert!(jekyll.ends_with("masthead_paths: slug\ntag_map: { C++: cpp }\n"), "{jekyll}");
        let (name, hugo) = text(Form::Hugo);
        assert_eq!(name, "hugo.toml");
        let read: toml::Table = toml::from_str(&hugo).unwrap();
        assert_eq!(read["permalinks"]["posts"].as_str(), Some(":year/:title/"));
        assert_eq!(read["params"]["description"].as_str(), Some("Harbours"));
        assert_eq!(read["params"]["tag_map"][0][1].as_str(), Some("cpp"));
    }

    #[test]
    fn the_package_is_json() {
        let package: Value = serde_json::from_str(&package()).unwrap();
        assert!(package["dependencies"]["hexo"].is_string() && package["hexo"].is_object());
    }
}
