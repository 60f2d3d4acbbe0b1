//! Whose site a folder is. Pure.

use super::{Folder, settings};
use crate::import::dialect::Kind;
use serde_json::Value;

/// The dialect of a site's own folder and the reason, for people; none where the folder is no site.
#[must_use]
pub fn detect(folder: &Folder) -> Option<(Kind, String)> {
    let config = folder.text("_config.").map(|(name, _)| name);
    let source = source_folder(folder);
    let hexo_posts = [format!("{source}/_posts"), format!("{source}/_drafts")];
    let hexo_posts = hexo_posts.iter().find(|name| folder.folders.contains(*name));
    let posts = ["_posts", "_drafts"];
    let posts = posts.iter().find_map(|end| folder.folders.iter().find(|name| name.ends_with(end)));
    let has_gem = folder.text("Gemfile").is_some_and(|(_, text)| names_jekyll(text));
    let said = |kind: Kind, why: String| Some((kind, format!("{kind}, since {why}")));
    match (config, hexo_posts) {
        (_, _) if names_hexo(folder) && (config.is_some() || hexo_posts.is_some()) => {
            said(Kind::Hexo, "`package.json` names it".to_owned())
        }
        (Some(_), Some(_)) if has_gem => said(Kind::Jekyll, "`Gemfile` names it".to_owned()),
        (Some(config), Some(posts)) => said(Kind::Hexo, format!("`{config}` and `{posts}` are there")),
        (None, Some(posts)) if !has_gem => said(Kind::Hexo, format!("`{posts}` is there")),
        _ if has_gem => said(Kind::Jekyll, "`Gemfile` names it".to_owned()),
        (config, _) => match (config, posts, hugo(folder)) {
            (Some(config), Some(posts), _) => said(Kind::Jekyll, format!("`{config}` and `{posts}` are there")),
            (_, _, Some(why)) => said(Kind::Hugo, why),
            _ => None,
        },
    }
}

/// Hugo's older name for its configuration is one that others have, too: there its content must be seen.
fn hugo(folder: &Folder) -> Option<String> {
    if let Some((name, _)) = folder.text("hugo.") {
        return Some(format!("`{name}` is there"));
    }
    let (name, text) = folder.text("config")?;
    if folder.folders.contains("content") {
        return Some(format!("`{name}` and `content` are there"));
    }
    text.to_ascii_lowercase().contains("contentdir").then(|| format!("`{name}` names its content"))
}

/// Where Hexo's posts are.
fn source_folder(folder: &Folder) -> String {
    let config = folder.text("_config.").and_then(|(name, text)| settings::value(name, text).ok());
    let source = config.as_ref().and_then(|config| config.get("source_dir")?.as_str());
    source.map_or("source", |source| source.trim_matches('/')).to_owned()
}

fn names_hexo(folder: &Folder) -> bool {
    let Some((name, text)) = folder.text("package.json") else { return false };
    let Ok(package) = settings::value(name, text) else { return false };
    let depends = |kind: &str| package.get(kind).and_then(|packages| packages.get("hexo")).is_some();
    package.get("hexo").is_some_and(Value::is_object) || depends("dependencies") || depends("devDependencies")
}

fn names_jekyll(gemfile: &str) -> bool {
    let is_gem = |line: &str| {
        let name = line.strip_prefix("gem").unwrap_or_default().trim_start_matches([' ', '(', '"', '\'']);
        name.starts_with("jekyll") || name.starts_with("github-pages")
    };
    gemfile.lines().any(|line| is_gem(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)], folders: &[&str]) -> Folder {
        Folder {
            files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            folders: folders.iter().map(|name| (*name).to_owned()).collect(),
            ..Folder::default()
        }
    }

    #[test]
    fn a_site_is_told_by_its_configuration_and_its_folders() {
        let package = ("package.json", "{\"dependencies\": {\"hexo\": \"^8.0.0\"}}");
        let other = ("package.json", "{\"dependencies\": {\"left-pad\": \"1\"}}");
        let gems = ("Gemfile", "source 'x'\ngem \"jekyll\", \"~> 4\"\n");
        let config = ("_config.yml", "title: x\n");
        for (files, folders, is) in [
            (&[config][..], &["source/_posts"][..], Some("Hexo, since `_config.yml` and `source/_posts` are there")),
            (&[config, package], &[], Some("Hexo, since `package.json` names it")),
            (
                &[("_config.yml", "source_dir: src\n")],
                &["src/_posts"],
                Some("Hexo, since `_config.yml` and `src/_posts` are there"),
            ),
            (&[config], &["_posts"], Some("Jekyll, since `_config.yml` and `_posts` are there")),
            (&[config], &["_drafts", "_posts"], Some("Jekyll, since `_config.yml` and `_posts` are there")),
            (&[config], &["es/_posts"], Some("Jekyll, since `_config.yml` and `es/_posts` are there")),
            (&[config, gems], &["source/_posts"], Some("Jekyll, since `Gemfile` names it")),
            (&[gems], &["_posts"], Some("Jekyll, since `Gemfile` names it")),
            (&[], &["source/_drafts"], Some("Hexo, since `source/_drafts` is there")),
            (&[config], &[], None),
            (&[config], &["content"], None),
            (&[config], &["content", "es/_posts"], Some("Jekyll, since `_config.yml` and `es/_posts` are there")),
            (&[("hugo.toml", "")], &[], Some("Hugo, since `hugo.toml` is there")),
            (&[("config.yaml", "")], &["content"], Some("Hugo, since `config.yaml` and `content` are there")),
            (
                &[("config/_default/hugo.toml", "")],
                &["content"],
                Some("Hugo, since `config/_default/hugo.toml` and `content` are there"),
            ),
            (&[("config.toml", "contentDir = 'inhalt'")], &[], Some("Hugo, since `config.toml` names its content")),
            (&[("config.json", "{}")], &[], None),
            (&[other], &["_posts"], None),
            (&[("package.json", "{")], &[], None),
            (&[("Gemfile", "# gem 'jekyll'\ngem 'rails'")], &["_posts"], None),
            (&[], &[], None),
        ] {
            assert_eq!(detect(&folder(files, folders)).map(|(_, why)| why).as_deref(), is, "{files:?} {folders:?}");
        }
    }
}
