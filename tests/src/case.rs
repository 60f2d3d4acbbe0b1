//! Cases: an operation in a file, and beside it what it costs and what is answered, on every database alike.

use crate::{
    app::{PREVIEW_TOKEN, TestApp},
    seed::Seed,
};
use camino::{Utf8Path, Utf8PathBuf};
use insta::Settings;
use serde_json::{Value, json};
use std::{fs, panic};

/// One file of `tests/cases`.
#[derive(Debug)]
pub struct Case {
    /// Folder and name, without the ending.
    pub name: String,
    /// Its first line: what it shows.
    pub shows: String,
    /// `# seed:`.
    pub seed: Seed,
    /// `# role: preview`.
    pub is_preview: bool,
    /// `# operation:`, of several.
    pub operation: Option<String>,
    /// `# variables:`.
    pub variables: Value,
    /// `# statements: at most N`, where an error may or may not come before what else is read.
    pub most_statements: Option<u64>,
    /// The whole file.
    pub document: String,
}

/// Every case, by name.
#[must_use]
pub fn all() -> Vec<Case> {
    files("graphql").iter().map(|path| Case::read(path)).collect()
}

/// The files of `tests/cases` with this ending, in order.
#[must_use]
pub fn files(ending: &str) -> Vec<Utf8PathBuf> {
    let mut files = Vec::new();
    for feature in folder().read_dir_utf8().expect("the cases are in the repository") {
        let feature = feature.expect("a folder can be listed");
        if feature.path().is_dir() {
            let inside = feature.path().read_dir_utf8().expect("a folder can be listed");
            files.extend(inside.map(|file| file.expect("a folder can be listed").into_path()));
        } else {
            files.push(feature.into_path());
        }
    }
    files.retain(|file| file.extension() == Some(ending));
    files.sort_unstable();
    files
}

/// `tests/cases`.
#[must_use]
pub fn folder() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

impl Case {
    fn read(path: &Utf8Path) -> Self {
        let document = fs::read_to_string(path).expect("a case can be read");
        let name = path.strip_prefix(folder()).expect("it was found there").with_extension("");
        let comments = || document.lines().map_while(|line| line.strip_prefix("# "));
        let setting = |name: &str| comments().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let seed = match setting("seed") {
            Some("content") => Seed::Content,
            Some("sample") => Seed::Sample,
            other => panic!("{path}: no seed `{other:?}`"),
        };
        let variables = setting("variables").map_or(json!({}), |json| {
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: variables: {error}"))
        });
        Self {
            name: name.into_string(),
            shows: comments().next().unwrap_or_default().to_owned(),
            seed,
            is_preview: setting("role") == Some("preview"),
            operation: setting("operation").map(str::to_owned),
            variables,
            most_statements: setting("statements").map(|most| {
                let most = most.strip_prefix("at most ").and_then(|most| most.parse().ok());
                most.unwrap_or_else(|| panic!("{path}: statements: at most how many?"))
            }),
            document,
        }
    }

    /// What is posted.
    #[must_use]
    pub fn body(&self) -> String {
        json!({ "query": self.document, "variables": self.variables, "operationName": self.operation }).to_string()
    }

    /// What its snapshot is to say: first what it costs, then the answer.
    #[must_use]
    pub fn run(&self, app: &TestApp) -> String {
        let bearer = format!("Bearer {PREVIEW_TOKEN}");
        let mut headers = vec![("content-type", "application/json"), ("x-masthead-receipt", "1")];
        if self.is_preview {
            headers.push(("authorization", &bearer));
        }
        let answer = app.send("POST", "/graphql", &headers, Some(self.body().as_bytes()));
        assert_eq!(answer.status, 200, "{}", answer.text);
        let mut answer = answer.json();
        let statements = answer["extensions"]["receipt"]["statements"].as_u64();
        let cost = match (statements, self.most_statements) {
            (None, _) => "refused before any statement".to_owned(),
            (Some(statements), Some(most)) if statements <= most => format!("statements: at most {most}"),
            (Some(statements), _) => format!("statements: {statements}"),
        };
        if let Some(answer) = answer.as_object_mut() {
            answer.shift_remove("extensions");
        }
        if let Some(Value::Array(errors)) = answer.get_mut("errors") {
            // Fields of one selection fail in any order.
            errors.sort_by_cached_key(|error| error["locations"].to_string());
        }
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let answer = format!("{answer:#}").replace(&version, "\"version\": \"<that of the workspace>\"");
        format!("{cost}\n\n{answer}")
    }

    /// Compares with the file beside the case; tells whether they are alike.
    #[must_use]
    pub fn matches(&self, shown: &str) -> bool {
        let path = folder().join(&self.name);
        let (place, name) = (path.parent().expect("it lies in a folder"), path.file_name());
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(place);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(&self.shows);
        let name = name.expect("it has a name");
        // One that differs does not keep the others from being compared.
        let compare = || settings.bind(|| insta::assert_snapshot!(name, shown));
        panic::catch_unwind(panic::AssertUnwindSafe(compare)).is_ok()
    }
}
