//! What a folder shows of itself before its posts are looked for: the only place where configurations are read.

use camino::Utf8Path;
use std::{collections::BTreeSet, fs::File, io::Read};
use walkdir::{DirEntry, WalkDir};

/// A longer configuration is none.
const MAX_BYTES: u64 = 1024 * 1024;

/// How deep `_posts` is looked for.
const MAX_DEPTH: usize = 6;

/// How many folders are looked at for it: a home may hold a configuration of something else.
const MAX_ENTRIES: usize = 20_000;

/// What can tell a dialect on its own or together with folders, in order of precedence.
const FILES: [&str; 13] = [
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "package.json",
    "Gemfile",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];

/// Data that readers of posts need.
const DATA: [&str; 3] = ["_data/authors.yml", "_data/authors.yaml", "_data/authors.json"];

/// A folder, as far as it tells whose site it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Configurations by their paths below the folder, with their text, in order of precedence.
    pub files: Vec<(String, String)>,
    /// Configurations that can not be read, and why.
    pub unreadable: Vec<(String, String)>,
    /// Folders of posts and of content, by their paths below the folder.
    pub folders: BTreeSet<String>,
}

impl Folder {
    /// Looks at a folder. One without any configuration is hardly looked at.
    #[must_use]
    pub fn look(path: &Utf8Path) -> Self {
        let mut folder = Self::default();
        for name in FILES {
            folder.add(path, name);
        }
        let known = ["content", "_posts", "_drafts", "source/_posts", "source/_drafts"];
        folder.folders.extend(known.iter().filter(|name| path.join(name).is_dir()).map(|name| (*name).to_owned()));
        let settings = ["config/_default", "config/production"];
        for name in settings.iter().flat_map(|name| names(path, name)) {
            folder.add(path, &name);
        }
        if folder.text("_config.").is_some() || folder.text("Gemfile").is_some() {
            folder.folders.extend(folders_of_posts(path));
            for name in DATA {
                folder.add(path, name);
            }
        }
        folder
    }

    /// The first file whose path begins so.
    #[must_use]
    pub fn text(&self, start: &str) -> Option<(&str, &str)> {
        let found = self.files.iter().find(|(name, _)| name.starts_with(start))?;
        Some((&found.0, &found.1))
    }

    fn add(&mut self, folder: &Utf8Path, name: &str) {
        let place = folder.join(name);
        if !place.is_file() {
            return;
        }
        match read(&place) {
            Ok(text) => self.files.push((name.to_owned(), text)),
            Err(why) => self.unreadable.push((name.to_owned(), why)),
        }
    }
}

fn read(place: &Utf8Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = File::open(place).map_err(|error| error.to_string())?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("a configuration has at most {MAX_BYTES} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as UTF-8".to_owned())
}

/// The files of a folder, sorted, by their paths below `root`.
fn names(root: &Utf8Path, folder: &str) -> Vec<String> {
    let Ok(entries) = root.join(folder).read_dir_utf8() else { return Vec::new() };
    let is_settings = |name: &str| [".toml", ".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
    let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_owned());
    let mut names: Vec<String> =
        names.filter(|name| is_settings(name)).map(|name| format!("{folder}/{name}")).collect();
    names.sort_unstable();
    names
}

fn folders_of_posts(root: &Utf8Path) -> Vec<String> {
    let is_open = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_posts = name == "_posts" || name == "_drafts";
        let is_hidden = name.starts_with(['.', '_']) || name == "node_modules" || name == "vendor";
        entry.depth() == 0 || (entry.file_type().is_dir() && (is_posts || !is_hidden))
    };
    let walk = WalkDir::new(root).max_depth(MAX_DEPTH).into_iter().filter_entry(is_open).filter_map(Result::ok);
    let below = walk.take(MAX_ENTRIES).filter_map(|entry| {
        let path = Utf8Path::from_path(entry.path())?.strip_prefix(root).ok()?;
        matches!(path.file_name(), Some("_posts" | "_drafts")).then(|| path.to_string())
    });
    below.collect()
}
