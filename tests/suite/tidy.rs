//! Rules of the code that no lint knows (CONVENTIONS: errors, where SQL lives, pure modules).

use camino::{Utf8Path, Utf8PathBuf};
use std::fs;
use tests::case;

/// A line of a source file.
struct Line {
    file: String,
    number: usize,
    text: String,
}

impl Line {
    fn place(&self) -> String {
        format!("{}:{}: {}", self.file, self.number, self.text.trim())
    }
}

fn root() -> Utf8PathBuf {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize_utf8().unwrap()
}

fn files(folder: &Utf8Path, found: &mut Vec<Utf8PathBuf>) {
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension() == Some("rs") {
            found.push(path);
        }
    }
}

/// The code of these folders; comments are not code.
fn code(folders: &[&str]) -> Vec<Line> {
    let mut found = Vec::new();
    for folder in folders {
        files(&root().join(folder), &mut found);
    }
    let lines = found.iter().flat_map(|path| {
        let file = path.strip_prefix(root()).unwrap().to_string();
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        (1..).zip(lines).map(move |(number, text)| Line { file: file.clone(), number, text })
    });
    lines.filter(|line| !line.text.trim_start().starts_with("//")).collect()
}

/// Where one of these words stands in a file that is not allowed to hold it.
fn breaches(folders: &[&str], words: &[&str], is_allowed: impl Fn(&str) -> bool) -> Vec<String> {
    code(folders)
        .iter()
        .filter(|line| !is_allowed(&line.file) && words.iter().any(|word| line.text.contains(word)))
        .map(Line::place)
        .collect()
}

#[test]
fn resolvers_return_our_own_errors() {
    let words = ["async_graphql::Result", "async_graphql::Error", "Error as GraphqlError", "FieldResult"];
    assert_eq!(breaches(&["api/src"], &words, |file| file == "api/src/graphql/errors.rs"), [""; 0]);
}

#[test]
fn sql_stands_where_statements_stand() {
    let words = [
        "EntityTrait",
        "Query::select",
        "Query::insert",
        "Query::update",
        "Query::delete",
        "QueryFilter",
        "Statement::from_",
        "execute_unprepared",
        "query_all_raw",
    ];
    let is_allowed = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or_default();
        ["store.rs", "write.rs", "sql.rs", "unique.rs", "service.rs"].contains(&name)
            || file.starts_with("api/src/db/")
            || file.starts_with("api/src/article/sql/")
            || file.starts_with("api/src/search/index/")
            || [
                "api/src/article/scope.rs",
                "api/src/article/plan.rs",
                "api/src/list/filter/relation.rs",
                "api/src/list/sql.rs",
            ]
            .contains(&file)
            || file == "api/src/audience.rs"
    };
    assert_eq!(breaches(&["api/src"], &words, is_allowed), [""; 0]);
}

#[test]
fn reading_files_knows_no_database() {
    let is_allowed = |file: &str| {
        ["mod.rs", "apply.rs", "pictures.rs", "store.rs"].iter().any(|name| file == format!("api/src/import/{name}"))
    };
    let words = ["crate::db", "sea_orm", "app.db", "async fn", ".await"];
    assert_eq!(breaches(&["api/src/import"], &words, is_allowed), [""; 0]);
}

#[test]
fn pure_modules_do_not_wait() {
    let pure = [
        "article/calendar.rs",
        "article/filter.rs",
        "article/plan.rs",
        "article/columns.rs",
        "import/plan.rs",
        "import/date/mod.rs",
        "list/cursor.rs",
        "list/keyset.rs",
        "list/page.rs",
        "list/sql.rs",
        "search/evaluate.rs",
        "search/fold.rs",
        "search/highlight.rs",
        "search/index/documents.rs",
        "search/index/postings.rs",
        "search/index/segment.rs",
        "search/index/terms.rs",
        "search/plan.rs",
        "search/query.rs",
        "search/words.rs",
        "graphql/id.rs",
        "slug/mod.rs",
        "path.rs",
    ];
    let is_other = |file: &str| !pure.iter().any(|name| file.ends_with(&format!("api/src/{name}")));
    assert_eq!(breaches(&["api/src"], &["async fn", ".await", "std::fs", "SystemTime"], is_other), [""; 0]);
    for name in pure {
        assert!(root().join("api/src").join(name).exists(), "{name} is not there any more");
    }
}

#[test]
fn http_knows_no_feature() {
    let words = [
        "crate::article",
        "crate::author",
        "crate::category",
        "crate::image",
        "crate::tag",
        "crate::import",
        "article::",
        "author::",
    ];
    assert_eq!(breaches(&["api/src/http"], &words, |_| false), [""; 0]);
}

#[test]
fn entities_and_migrations_do_not_know_each_other() {
    assert_eq!(breaches(&["entity/src"], &["migration::", "api::", "async_graphql"], |_| false), [""; 0]);
    assert_eq!(breaches(&["migration/src"], &["entity::", "api::"], |_| false), [""; 0]);
}

#[test]
fn nothing_is_left_for_later() {
    // Written so that this file does not break its own rule.
    let words = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat(), ["unimplemented", "!("].concat()];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for folder in ["api/src", "entity/src", "migration/src", "tests/src", "tests/suite"] {
        files(&root().join(folder), &mut found);
    }
    let left: Vec<String> = found
        .iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            words.iter().any(|word| text.contains(word))
        })
        .map(ToString::to_string)
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn the_repository_refers_to_nothing_outside() {
    let outside = ["../shared", concat!("/work", "/")];
    let mut refers = breaches(&["api/src", "entity/src", "migration/src", "tests/src"], &outside, |_| false);
    refers.extend(breaches(&["tests/suite"], &outside, |file| file.ends_with("suite/tidy.rs")));
    assert_eq!(refers, [""; 0]);
}

/// A crate without this line would know no lint of the workspace, and so might have `unsafe` code.
#[test]
fn every_crate_forbids_unsafe_code() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let workspace = read("Cargo.toml");
    assert!(workspace.contains("\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n"));
    let (members, _) = workspace.split_once("members = [").unwrap().1.split_once(']').unwrap();
    let members: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    assert!(members.len() >= 5, "{members:?}");
    let has_lints = |member: &&&str| read(&format!("{member}/Cargo.toml")).contains("\n[lints]\nworkspace = true\n");
    let without: Vec<&&str> = members.iter().filter(|member| !has_lints(member)).collect();
    assert_eq!(without, [&""; 0]);
    // The targets of libFuzzer are a workspace of their own.
    assert!(read("fuzz/Cargo.toml").contains("\n[lints.rust]\nunsafe_code = \"forbid\"\n"));
}

#[test]
fn no_snapshot_is_left_without_its_test() {
    let folder = root().join("tests/suite/snapshots");
    let mut suite = Vec::new();
    files(&root().join("tests/suite"), &mut suite);
    let suite: String = suite.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut left = Vec::new();
    for snapshot in folder.read_dir_utf8().unwrap() {
        let snapshot = snapshot.unwrap();
        let name = snapshot.file_name().strip_suffix(".snap").unwrap_or_default();
        if !suite.contains(&format!("\"{name}\"")) {
            left.push(snapshot.file_name().to_owned());
        }
    }
    assert_eq!(left, [""; 0]);
    // Those of the cases are looked after beside the cases.
    assert!(case::files("snap").iter().any(|file| file.ends_with("uncovered_fields.snap")));
}

#[test]
fn files_are_no_longer_than_can_be_read() {
    let mut found = Vec::new();
    for folder in ["api/src", "entity/src", "migration/src", "tests/src", "tests/suite"] {
        files(&root().join(folder), &mut found);
    }
    let long: Vec<String> = found
        .iter()
        .map(|path| (fs::read_to_string(path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > 600)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert_eq!(long, [""; 0]);
}
