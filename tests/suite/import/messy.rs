//! Two hundred posts in every form, among them what is broken, and what is told about each.

use serde_json::Value;
use std::fs;
use tests::{db::TestDb, messy, program::run, seed::Folder};

tests::on_both_databases! {
    async fn a_messy_folder_comes_in_and_everything_is_told(db: TestDb) {
        let folder = Folder::new();
        messy::write(&folder);
        let arguments = ["import", ".", "--report", "report.json", "--database-url", db.url()];
        let ended = run(&folder.path(), &arguments);
        assert_eq!(ended.status, Some(3), "{}", ended.errors);
        let text = fs::read_to_string(folder.path().join("report.json")).unwrap();
        let report: Value = serde_json::from_str(&text.replace(folder.path().as_str(), "FOLDER")).unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description("What an import of the messy folder reports. The same on both databases.");
        settings.bind(|| insta::assert_snapshot!("messy_folder", brief(&report)));
        let stored = db.number("SELECT count(*) FROM article").await;
        assert_eq!(report["outcome"]["created"], stored);

        let again = run(&folder.path(), &arguments);
        assert_eq!(again.status, Some(3));
        assert!(again.last_line().starts_with(&format!("0 created, 0 updated, {stored} unchanged, 0 missing, ")), "{}", again.last_line());
    }
}

/// A line a file and a line a message.
fn brief(report: &Value) -> String {
    let mut brief = format!("{}\n", report["outcome"]);
    let messages = |of: &Value| -> Vec<String> {
        let all = of["messages"].as_array().into_iter().flatten();
        all.map(|told| {
            let line = told["line"].as_u64().map(|line| format!("{line}: ")).unwrap_or_default();
            format!("    {} {line}{}\n", told["severity"].as_str().unwrap(), told["message"].as_str().unwrap())
        })
        .collect()
    };
    for source in report["sources"].as_array().unwrap() {
        let [root, dialect] = ["root", "dialect"].map(|key| source[key].as_str().unwrap());
        brief = format!("{brief}\n{root} {dialect}\n{}", messages(source).concat());
        for file in source["files"].as_array().unwrap() {
            let [path, outcome] = ["path", "outcome"].map(|key| file[key].as_str().unwrap_or("is no post"));
            let place = file["article"]["path"].as_str().map(|path| format!(" {path}")).unwrap_or_default();
            brief = format!("{brief}  {path} {outcome}{place}\n{}", messages(file).concat());
        }
    }
    brief
}
