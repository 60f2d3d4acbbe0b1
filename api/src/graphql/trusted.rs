//! Documents that an operator has put into a folder: always known, by their hash and by their name. Read once, when the server starts.

use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, io, sync::Arc};

/// A document of the folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Trusted {
    /// Where it stands.
    pub file: Utf8PathBuf,
    /// What it is asked for by, besides its hash: the file's path without its ending, or the id in a manifest.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// What build tools write: Apollo's manifest, or an object of ids and documents as Relay's compiler writes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { format: String, operations: Vec<Operation> },
    Relay(BTreeMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

/// All documents below a folder: `.graphql` and `.gql` files, and `.json` manifests. In the order of their paths.
///
/// # Errors
/// When a file can not be read or a manifest is none.
pub fn read(folder: &Utf8Path) -> Result<Vec<Trusted>> {
    let mut documents = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(place) = folders.pop() {
        let unreadable = |source: io::Error| Error::Read { path: place.clone(), source: Arc::new(source) };
        for entry in place.read_dir_utf8().map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.into_path();
            if path.is_dir() {
                folders.push(path);
            } else {
                documents.extend(file(folder, &path)?);
            }
        }
    }
    documents.sort_by(|one, other| (&one.file, &one.name).cmp(&(&other.file, &other.name)));
    Ok(documents)
}

fn file(folder: &Utf8Path, path: &Utf8Path) -> Result<Vec<Trusted>> {
    let text =
        || fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source: Arc::new(source) });
    let trusted = |name: String, text: String| Trusted { file: path.to_owned(), name, text };
    match path.extension() {
        Some("graphql" | "gql") => {
            let name = path.strip_prefix(folder).unwrap_or(path).with_extension("");
            Ok(vec![trusted(name.into_string().replace('\\', "/"), text()?)])
        }
        Some("json") => {
            let manifest = serde_json::from_str(&text()?).map_err(|error| refused(path, &error.to_string()))?;
            match manifest {
                Manifest::Apollo { format, operations } if format == "apollo-persisted-query-manifest" => {
                    Ok(operations.into_iter().map(|operation| trusted(operation.id, operation.body)).collect())
                }
                Manifest::Apollo { .. } => Err(refused(path, "`format` is to be `apollo-persisted-query-manifest`")),
                Manifest::Relay(documents) => {
                    Ok(documents.into_iter().map(|(id, document)| trusted(id, document)).collect())
                }
            }
        }
        _ => Ok(Vec::new()),
    }
}

/// Why the server does not start.
#[must_use]
pub fn refused(place: impl std::fmt::Display, problem: &str) -> Error {
    Error::Setting { setting: "trusted-documents".to_owned(), problem: format!("{place}: {problem}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_manifests_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir(folder.join("pages")).unwrap();
        for (path, text) in [
            ("b.graphql", "{ b }"),
            ("pages/a.gql", "{ a }\n"),
            ("readme.md", "# Not for us"),
            ("relay.json", r#"{"5d41":"{ r }"}"#),
            (
                "z.json",
                r#"{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"x","name":"X","type":"query","body":"{ x }"}]}"#,
            ),
        ] {
            fs::write(folder.join(path), text).unwrap();
        }
        let read: Vec<_> = super::read(folder).unwrap().into_iter().map(|it| (it.name, it.text)).collect();
        let expected = [("b", "{ b }"), ("pages/a", "{ a }\n"), ("5d41", "{ r }"), ("x", "{ x }")];
        assert_eq!(read, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        fs::write(folder.join("bad.json"), "[]").unwrap();
        assert!(super::read(folder).unwrap_err().to_string().contains("bad.json: "));
        assert!(super::read(Utf8Path::new("/nowhere/at/all")).is_err());
    }
}
