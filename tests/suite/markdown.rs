//! The examples of the `CommonMark` specification 0.31.2, which npm brings: its text has a licence of its own.

use api::import::markdown::{Flavour, render};
use camino::{Utf8Path, Utf8PathBuf};
use std::{fmt::Write, fs, process::Command};

/// Markdown and the HTML that it means.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The package of the specification in a folder of its own; None where npm cannot bring it, which is a failure in CI.
fn package() -> Option<(tempfile::TempDir, Utf8PathBuf)> {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path()).unwrap().to_owned();
    let pinned = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("markdown");
    for file in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(file), path.join(file)).unwrap();
    }
    let npm = Command::new("npm").args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(&path).status();
    if npm.is_ok_and(|status| status.success()) {
        return Some((folder, path.join("node_modules/commonmark-spec/spec.txt")));
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "npm does not bring the specification of CommonMark");
    eprintln!("skipped: the examples of CommonMark need npm and its registry");
    None
}

/// The specification writes a tab as an arrow.
fn examples(specification: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let opener = format!("{fence} example\n");
    let blocks = specification.split(&opener).skip(1);
    (1..)
        .zip(blocks)
        .map(|(number, block)| {
            let (example, _) = block.split_once(&format!("{fence}\n")).unwrap();
            // Either part may be empty.
            let example = format!("\n{example}");
            let (markdown, html) = example.split_once("\n.\n").unwrap();
            let plain = |text: &str| text.replace('→', "\t");
            let markdown = plain(markdown.strip_prefix('\n').unwrap_or(markdown));
            Example { number, markdown: format!("{markdown}\n"), html: plain(html) }
        })
        .collect()
}

fn differing(examples: &[Example], flavour: Flavour) -> Vec<usize> {
    let differs = |example: &&Example| render(&example.markdown, flavour).unwrap() != example.html;
    examples.iter().filter(differs).map(|example| example.number).collect()
}

/// `CommonMark` passes them all. In the others a bare address is a link (602, 608, 611, 612), and in Hexo every line break is
/// one in the HTML, which is all that the rest of its examples differ in.
#[test]
fn every_example_of_commonmark_is_read_as_it_means() {
    let Some((_folder, specification)) = package() else { return };
    let examples = examples(&fs::read_to_string(specification).unwrap());
    assert_eq!(examples.len(), 652);
    assert_eq!(differing(&examples, Flavour::CommonMark), [0; 0]);
    let mut report = String::new();
    for flavour in [Flavour::Hexo, Flavour::Jekyll, Flavour::Hugo] {
        let others = differing(&examples, flavour);
        writeln!(report, "{flavour:?}: {} of {}, all but {others:?}", examples.len() - others.len(), examples.len())
            .unwrap();
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("examples_of_commonmark", report));
}
